/* people, inside: the organisations that held what was found, each under a
 * number, in the order in which mentions name them. */
#ifndef TOCSIN_PEOPLE_PEOPLE_HOLDERS_H
#define TOCSIN_PEOPLE_PEOPLE_HOLDERS_H

#include "base/mention.h"
#include "people/people.h"

enum { PEOPLE_HOLDERS_SLOTS = 2 * PEOPLE_HOLDERS_MAX };

struct people_holders {
	struct people_holder *all; /* [PEOPLE_HOLDERS_MAX] */
	size_t n;
	uint32_t *slots; /* number plus 1; 0: free */
};

/**
 * people_holders_init(h), people_holders_done(h):
 * Make ${h} empty; release what it holds.
 *
 * Errors   RC_NOMEM; people_holders_done() is due all the same.
 */
enum rc people_holders_init(struct people_holders *h);
void people_holders_done(struct people_holders *h);

/**
 * people_holders_meet(h, b):
 * Number the holders of ${b}. Past PEOPLE_HOLDERS_MAX none gets a number.
 */
void people_holders_meet(struct people_holders *h,
			 const struct mention_block *b);

/**
 * people_holders_find(h, m):
 * The number of the holder of ${m}; PEOPLE_HOLDERS_MAX: it has none.
 */
size_t people_holders_find(const struct people_holders *h,
			   const struct mention *m);

#endif
