/* leakgen: French names as they come, many once and a few very often. */
#ifndef LEAKGEN_NAMES_H
#define LEAKGEN_NAMES_H

#include "rng.h"
#include "text.h"

enum {
	NAMES_POOL_MAX = 1024, /* names in one list */
	NAMES_PERIODS = 7      /* of births, each with its given names */
};

/** A list of names; ${upto} makes the first ones come more often. */
struct names_pool {
	struct label *name;
	uint32_t *upto; /* running sum of weights */
	size_t count;
};

/** Every list. Made once by names_init(). */
struct names {
	struct names_pool common, breton, foreign;
	struct names_pool given[2][NAMES_PERIODS]; /* [0] men, [1] women */
	struct names_pool foreign_given[2];
};

/** Where a family is from, which decides what it is called. */
enum names_origin { NAMES_FRENCH, NAMES_BRETON, NAMES_FOREIGN };

/** names_init(names): Make the lists. Returns false: no memory. */
bool names_init(struct names *names);

/** names_done(names): Give back what ${names} holds. */
void names_done(struct names *names);

/** names_family(names, r, origin): A surname; 30 % come from a long tail. */
struct label names_family(const struct names *names, struct rng *r,
			  enum names_origin origin);

/** names_given(names, r, woman, year, origin): As given in ${year}. */
struct label names_given(const struct names *names, struct rng *r, bool woman,
			 uint32_t year, enum names_origin origin);

#endif
