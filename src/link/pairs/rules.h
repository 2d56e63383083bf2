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
	uint64_t split; /* blocks that were split again */
	uint64_t cut;   /* blocks where only neighbours met */
};

/** Memory that a thread uses for one rule after the other. */
struct rules_desk {
	uint64_t *items; /* [cap] */
	uint64_t *spare; /* [cap] */
	size_t cap;
};

/**
 * rules_desk_init(d, room, n_units), rules_desk_done(d, room):
 * Take and give back a desk for rules over ${n_units} units.
 *
 * Errors   RC_LIMIT; rules_desk_done() is due all the same.
 */
enum rc rules_desk_init(struct rules_desk *d, struct room *room,
			size_t n_units);
void rules_desk_done(struct rules_desk *d, struct room *room);

/**
 * rules_run(s, rule, index_bits, desk, found):
 * List the pairs that ${rule} finds; a unit's number takes ${index_bits}.
 *
 * Errors   RC_LIMIT.
 * Owns     The caller gives back ${found}->pair, also after an error.
 */
enum rc rules_run(const struct keys_source *s, enum pairs_rule rule,
		  unsigned index_bits, struct rules_desk *desk,
		  struct rules_found *found);

#endif
