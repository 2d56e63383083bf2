/* link/pairs: which units are worth comparing: those that share a blocking
 * key, by any of some rules. */
#ifndef TOCSIN_LINK_PAIRS_H
#define TOCSIN_LINK_PAIRS_H

#include "link/units/units.h"

enum {
	PAIRS_BLOCK_MAX = 300, /* units of a block that are all compared */
	PAIRS_WINDOW = 12,     /* neighbours met in one that cannot be split */
	PAIRS_WIDE_PER_UNIT = 4,   /* pairs of a wide rule, at most, or it is */
	PAIRS_WIDE_MAX = 1500000,  /* left out; but so many are always good */
	PAIRS_WIDE_UNITS = 100000, /* past so many, wide rules are left out */
	PAIRS_PER_UNIT = 24,  /* of one rule by an identifier, on average, at
				 most: past it blocks are made smaller */
	PAIRS_LOOSE_OF_4 = 3, /* of another rule, so many pairs for four
				 units, */
	PAIRS_LOOSE_MAX = 300000, /* and so many besides: names and dates that
				     many share say the less the more they are,
				     and squares grow fast */
};

/** The rules. A pair found by several has a bit of each. */
enum pairs_rule {
	PAIRS_NIR,
	PAIRS_PHONE,
	PAIRS_EMAIL,
	PAIRS_OTHER,
	PAIRS_DATE_GIVEN,    /* birth date, two letters of the given name */
	PAIRS_DATE_FAMILY,   /* birth date, three of a family name */
	PAIRS_SOUNDS_PLACE,  /* both names by Soundex2, either way round, and
				postcode */
	PAIRS_SOUNDS_YEAR,   /* both names by Soundex2, year of birth */
	PAIRS_SOUND_GIVEN,   /* family name by FONEM, first given name */
	PAIRS_FAMILY_STREET, /* three letters of a family name, street */
	PAIRS_GIVEN_STREET,  /* three letters of the given name, street */
	PAIRS_DATE_PLACE,
	PAIRS_DATE, /* this and the next: only where they find few pairs */
	PAIRS_FAMILY,
	PAIRS_GIVEN,
	PAIRS_STREET,
	PAIRS_PLACE,
	PAIRS_ALL, /* everybody with everybody */
	PAIRS_RULES
};

/** Pairs of units, first below second, in order. */
struct pairs {
	struct room *room;
	size_t n;
	size_t cap;
	uint64_t *pair;                /* first << 32 | second */
	uint32_t *rules;               /* bit r: enum pairs_rule r found it */
	uint64_t by_rule[PAIRS_RULES]; /* how many each found */
};

/** Finds pairs, for a stretch of units after the other, so that never more of
 * them need be in memory than there is room for. Opaque. */
struct pairs_finder;

/**
 * pairs_finder_new(u, team, ret_finder):
 * Work out what the rules want to know of the values of ${u}, which must live
 * as long.
 *
 * Errors   RC_LIMIT.
 * Owns     The caller calls pairs_finder_free().
 */
enum rc pairs_finder_new(const struct units *u, struct team *team,
			 struct pairs_finder **ret_finder);

/**
 * pairs_find(f, from, to, ret_pairs):
 * List the pairs that some rule finds and whose first unit is from ${from} on
 * and below ${to}. Units that name nobody have none.
 *
 * Errors   RC_LIMIT.
 * Owns     The caller calls pairs_done().
 * Cost     Every rule sorts all units again; memory for the pairs three times
 *          over.
 */
enum rc pairs_find(struct pairs_finder *f, size_t from, size_t to,
		   struct pairs *ret_pairs);

/** What the rules did, over all units. Known after the first pairs_find(). */
struct pairs_summary {
	uint64_t found; /* pairs, those of several rules once for each */
	uint64_t split; /* blocks that were split again */
	uint64_t cut;   /* blocks where only neighbours met */
};

/**
 * pairs_summary(f):
 * Say what the rules of ${f} did.
 */
struct pairs_summary pairs_summary(const struct pairs_finder *f);

/**
 * pairs_desk_bytes(f):
 * Memory that pairs_find() takes for the keys of all units, whatever it finds.
 */
size_t pairs_desk_bytes(const struct pairs_finder *f);

/**
 * pairs_finder_free(f):
 * Wipe and release ${f}; NULL does nothing.
 */
void pairs_finder_free(struct pairs_finder *f);

/** pairs_first(p, i), pairs_second(p, i): The units of pair ${i}. */
static inline uint32_t
pairs_first(const struct pairs *p, size_t i)
{
	return (uint32_t)(p->pair[i] >> 32);
}

static inline uint32_t
pairs_second(const struct pairs *p, size_t i)
{
	return (uint32_t)p->pair[i];
}

/**
 * pairs_done(p):
 * Wipe and release what pairs_find() made.
 */
void pairs_done(struct pairs *p);

#endif
