/* link/source: where the mentions of one call come from, a block at a time, so
 * that they need not all be in memory at once. */
#ifndef TOCSIN_LINK_SOURCE_H
#define TOCSIN_LINK_SOURCE_H

#include "base/mention.h"
#include "base/rc.h"

/** ${n_blocks} blocks, asked for once each and in order. ${block} puts number
 * ${i} into ${ret_block}, valid until it is called again; its error ends the
 * call. */
struct link_source {
	size_t n_blocks;
	enum rc (*block)(void *arg, size_t i, struct mention_block *ret_block);
	void *arg;
};

/** Blocks that are in memory anyhow. */
struct link_blocks {
	const struct mention_block *blocks;
};

static inline enum rc
link_blocks_at(void *arg, size_t i, struct mention_block *ret_block)
{
	const struct link_blocks *b = (const struct link_blocks *)arg;

	*ret_block = b->blocks[i];
	return RC_OK;
}

/** link_source_of(b, n): A source of the first ${n} of ${b}. */
static inline struct link_source
link_source_of(struct link_blocks *b, size_t n)
{
	return (struct link_source){n, link_blocks_at, b};
}

#endif
