/* people/vault: the mentions of a scan, as the worker that links sees them,
 * block by block. A block lies in clear in a memory file, or sealed in a file
 * on a disk (the vault of a case, or what did not fit in memory). Blocks come
 * from workers that read foreign bytes, so all of each is checked before
 * anything is believed. */
#ifndef TOCSIN_PEOPLE_VAULT_H
#define TOCSIN_PEOPLE_VAULT_H

#include "base/mention.h"
#include "base/rc.h"
#include "crypto/seal.h"

enum { VAULT_BLOCK_MAX = 1 << 29 }; /* bytes of a block, sealed or not */

/** One line of the index: where a block lies, and in which file. */
struct vault_place {
	uint64_t at, bytes;
	uint32_t sealed; /* 1: in the disk file; 0: in the memory file */
	uint32_t pad;
};

/** Where the vault is. */
struct vault_files {
	int memory; /* blocks in clear; -1: none */
	int disk;   /* sealed blocks; -1: none */
	int index;  /* ${n} of struct vault_place */
	uint64_t n;
};

/** Opaque; belongs to one thread. */
struct vault;

/**
 * vault_open(files, key, ret_vault):
 * Open the vault of ${files}; ${key} opens what is sealed. The descriptors
 * must stay open until vault_close().
 *
 * Errors   RC_FORMAT: the index leads out of the files; RC_IO; RC_NOMEM.
 * Owns     The caller calls vault_close().
 */
enum rc vault_open(const struct vault_files *files, const struct seal_key *key,
		   struct vault **ret_vault);

/**
 * vault_blocks(v):
 * The number of blocks of ${v}.
 */
size_t vault_blocks(const struct vault *v);

/**
 * vault_block(v, i, ret_block):
 * View block ${i}, opened and checked.
 *
 * Errors   RC_FORMAT: it is none, or was changed; RC_IO; RC_NOMEM.
 * Owns     Nothing: the view lives until the next vault_block() or
 *          vault_close(). Copy what is needed longer.
 * Cost     O(its mentions), and a copy; if it is sealed, also a nanosecond a
 *          byte.
 */
enum rc vault_block(struct vault *v, size_t i, struct mention_block *ret_block);

/**
 * vault_close(v):
 * Wipe what was opened, and release ${v}; NULL does nothing.
 */
void vault_close(struct vault *v);

#endif
