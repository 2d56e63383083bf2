/* link/units, inside: mentions that say the same become one unit as they come;
 * in the end the units are put in the order of their content. Both are done in
 * shards by the highest bits of the content, each by one thread, so the order
 * of all is that of the shards one after the other. */
#ifndef TOCSIN_LINK_UNITS_FOLD_H
#define TOCSIN_LINK_UNITS_FOLD_H

#include "link/units/units.h"

enum { FOLD_SHARDS = 16 };

/** Some of the units, in the order they came. */
struct fold_shard {
	struct unit *units; /* [cap] */
	uint64_t *content;  /* [cap_content] hash of each */
	size_t n;
	size_t cap;
	size_t cap_content;
	uint32_t *slots;
	size_t n_slots; /* a power of two */
	size_t at;      /* where its first unit stands in the end */
};

/** All zero at first, but for the room. */
struct fold {
	struct room *room;
	struct fold_shard shards[FOLD_SHARDS];
};

/** fold_shard_of(content): The shard of what has that hash. */
static inline unsigned
fold_shard_of(uint64_t content)
{
	return (unsigned)(content >> 60);
}

/**
 * fold_add(f, raw, content, n, of_mention, part, parts):
 * Add what the ${n} mentions ${raw} say, each known by its ${content}, if it
 * falls to a shard of thread ${part}; write down which unit it has become.
 *
 * Errors   RC_LIMIT.
 */
enum rc fold_add(struct fold *f, const struct unit *raw,
		 const uint64_t *content, size_t n, uint32_t *of_mention,
		 unsigned part, unsigned parts);

/**
 * fold_order(f, u, team):
 * Move the units to ${u} in the order of their content, and renumber what its
 * of_mention says.
 *
 * Errors   RC_LIMIT.
 */
enum rc fold_order(struct fold *f, struct units *u, struct team *team);

/**
 * fold_done(f):
 * Give back what ${f} holds.
 */
void fold_done(struct fold *f);

#endif
