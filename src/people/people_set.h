/* people, inside: a set of many numbers, most of which come again and again.
 * It takes memory for those that differ, not for those that come. */
#ifndef TOCSIN_PEOPLE_PEOPLE_SET_H
#define TOCSIN_PEOPLE_PEOPLE_SET_H

#include "base/rc.h"
#include "link/room/room.h"

#include <stddef.h>
#include <stdint.h>

enum { PEOPLE_SET_RECENT = 256 };

/** All zero at first, but for the room. */
struct people_set {
	struct room *room;
	uint64_t *v; /* the first ${n_sorted} sorted and distinct */
	size_t n;
	size_t n_sorted;
	size_t cap;
	/* Numbers that are in it already, by some of their bits: most come
	 * again soon. Meaningful once there is one. */
	uint64_t recent[PEOPLE_SET_RECENT];
};

/**
 * people_set_add(s, x):
 * Add ${x}.
 *
 * Errors   RC_NOMEM.
 */
enum rc people_set_add(struct people_set *s, uint64_t x);

/**
 * people_set_settle(s):
 * Sort what is in ${s}; afterwards v[0 .. n) is in order and distinct.
 *
 * Errors   RC_NOMEM.
 */
enum rc people_set_settle(struct people_set *s);

/**
 * people_set_free(s):
 * Wipe and release what ${s} holds; it is as at first.
 */
void people_set_free(struct people_set *s);

#endif
