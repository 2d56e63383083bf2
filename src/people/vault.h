/* people/vault: the mentions of a scan, as the worker that links sees them.
 * Blocks come from workers that read foreign bytes, so all of each is checked
 * before anything is believed. */
#ifndef TOCSIN_PEOPLE_VAULT_H
#define TOCSIN_PEOPLE_VAULT_H

#include "base/mention.h"
#include "base/rc.h"

/** One line of the index: where a block lies in the vault. */
struct vault_place {
	uint64_t at, bytes;
};

/** The vault, opened. */
struct vault {
	void *map;
	size_t bytes;
	struct mention_block *blocks;
	size_t n;
	uint64_t mentions;
};

/**
 * vault_open(fd, index_fd, n, ret_vault):
 * Map the vault ${fd} and check its ${n} blocks, which ${index_fd} places.
 *
 * Errors   RC_FORMAT: a block is none; RC_IO; RC_NOMEM; RC_LIMIT.
 * Owns     The caller calls vault_close(), also after an error.
 * Cost     O(mentions).
 */
enum rc vault_open(int fd, int index_fd, uint64_t n, struct vault *ret_vault);

/**
 * vault_close(v):
 * Unmap ${v}.
 */
void vault_close(struct vault *v);

#endif
