/* link/pairs, inside: the blocking keys of a unit. */
#ifndef TOCSIN_LINK_PAIRS_KEYS_H
#define TOCSIN_LINK_PAIRS_KEYS_H

#include "link/pairs/pairs.h"

enum { KEYS_MAX = 3 }; /* keys of a unit for one rule */

enum { KEYS_BITS = 36 };

/** The keys of a unit for one rule, without repetition: KEYS_BITS bits each.
 * Where a rule goes by a single value its number is the key; else it is a hash
 * of what the values say, the same however they are numbered. */
struct keys {
	size_t n;
	uint64_t key[KEYS_MAX];
};

/** What the rules want to know of a name, worked out once a name. */
struct keys_name {
	uint64_t first; /* hash of its first part */
	uint32_t start; /* its first four bytes */
	uint32_t sound; /* Soundex2 of its first part */
	uint64_t sharp; /* hash of the FONEM code of its first part */
};

/** What keys are made from; the same for all threads. */
struct keys_source {
	const struct units *units;
	const struct keys_name *names; /* by number */
	const uint32_t *streets;       /* hashes, by number; so the others */
	const uint32_t *postcodes;
	const uint32_t *cities;
};

/**
 * keys_name_make(text, cuts, out):
 * Work out what the rules want to know of the name ${text}.
 */
void keys_name_make(struct span text, uint64_t cuts, struct keys_name *out);

/**
 * keys_of(s, rule, u, out):
 * Write the keys of ${u} under ${rule}; none if it lacks what that needs.
 */
void keys_of(const struct keys_source *s, enum pairs_rule rule,
	     const struct unit *u, struct keys *out);

/**
 * keys_expect(s, rule, u):
 * Say that keys_of() will be asked for ${u} soon.
 */
void keys_expect(const struct keys_source *s, enum pairs_rule rule,
		 const struct unit *u);

/**
 * keys_finer(s, step, u):
 * What splits a block that is too large, most selective first.
 *
 * Returns  A hash of one more field of ${u}; 0 where it is missing.
 */
uint64_t keys_finer(const struct keys_source *s, size_t step,
		    const struct unit *u);

enum { KEYS_STEPS = 7 }; /* of keys_finer() */

#endif
