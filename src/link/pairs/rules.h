/* link/pairs, inside: what one rule finds. */
#ifndef TOCSIN_LINK_PAIRS_RULES_H
#define TOCSIN_LINK_PAIRS_RULES_H

#include "link/pairs/keys.h"

enum { RULES_BITS = 5 }; /* that a rule's number needs */

/** Pairs packed into numbers: first unit, second unit, rule. */
struct rules_found {
	uint64_t *pair;
	size_t n;
	size_t cap;
};

/** What is the same for every stretch of units; all zero before the first. */
struct rules_plan {
	size_t block_max; /* units of a block that are all compared */
	uint64_t found;   /* pairs over all units */
	uint64_t split;   /* blocks that were split again */
	uint64_t cut;     /* blocks where only neighbours met */
};

/** Memory that a thread uses for one rule after the other. */
struct rules_desk {
	uint64_t *items; /* [cap] */
	uint64_t *spare; /* [cap] */
	size_t cap;
};

/**
 * rules_desk_done(d, room):
 * Give back what a desk took; one starts all zero.
 */
void rules_desk_done(struct rules_desk *d, struct room *room);

/** Which pairs are wanted: those whose first unit is in ${from} .. ${to}. */
struct rules_stretch {
	size_t from, to;
	unsigned index_bits; /* that a unit's number takes */
	unsigned parts;      /* that keys are cut in where memory is short: one
				part is on a desk at a time. Changes no pair */
};

/**
 * rules_run(s, rule, stretch, desk, plan, found):
 * List the pairs of ${stretch} that ${rule} finds. The first time, ${plan} is
 * made over all units; later it is kept to.
 *
 * Errors   RC_LIMIT.
 * Owns     The caller gives back ${found}->pair, also after an error.
 */
enum rc rules_run(const struct keys_source *s, enum pairs_rule rule,
		  const struct rules_stretch *stretch, struct rules_desk *desk,
		  struct rules_plan *plan, struct rules_found *found);

#endif
