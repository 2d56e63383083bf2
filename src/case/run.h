/* case/run: many sorted, distinct 64-bit tokens in a file, written and read in
 * a stream, and merged with bounded memory. Runs stay in a case; while a scan
 * is under way they also take what does not fit in memory, and are then hidden
 * under a key that no file holds.
 *
 * Layout, little endian: struct head in run.c (64 bytes), the tokens, a keyed
 * sum of tokens and head (32 bytes). */
#ifndef TOCSIN_CASE_RUN_H
#define TOCSIN_CASE_RUN_H

#include "base/rc.h"
#include "crypto/seal.h"

enum {
	RUN_VERSION = 1,
	RUN_OWNER_BYTES = 16, /* whose tokens they are: name of the case */
	RUN_BUFFER = 8192,    /* tokens a reader or writer holds */
	RUN_WAYS_MAX = 4096,  /* runs merged at once */
};

/** What the tokens stand for. The numbers are for ever. */
enum run_kind { RUN_ROWS = 1, RUN_IDS = 2, RUN_DOMAINS = 3 };

/** What all runs of one owner share. */
struct run_keys {
	uint8_t owner[RUN_OWNER_BYTES];
	struct seal_key sum;
	struct seal_key hide;
	bool hidden; /* the tokens are hidden under ${hide} */
};

/** Opaque. */
struct run_writer;
struct run_reader;

/**
 * run_writer_new(fd, kind, keys):
 * Write a run to ${fd}, an empty file.
 *
 * Returns  NULL if there is no memory.
 * Owns     The caller frees it with run_writer_free() and closes ${fd}.
 */
struct run_writer *run_writer_new(int fd, enum run_kind kind,
				  const struct run_keys *keys);
void run_writer_free(struct run_writer *w);

/**
 * run_write(w, v, n):
 * Append ${n} tokens, each above the one before it.
 *
 * Errors   RC_IO.
 */
enum rc run_write(struct run_writer *w, const uint64_t *v, size_t n);

/**
 * run_writer_end(w, ret_count):
 * Finish the run: without this call it is not one. ${ret_count} may be NULL.
 *
 * Errors   RC_IO.
 */
enum rc run_writer_end(struct run_writer *w, uint64_t *ret_count);

/**
 * run_reader_open(fd, kind, keys, ret_r):
 * Read the run in ${fd}, which must stay open.
 *
 * Errors   RC_FORMAT: it is no run of this kind and owner, or cut;
 *          RC_UNSUPPORTED: of a newer version; RC_NOMEM; RC_IO.
 * Owns     The caller frees it with run_reader_free().
 */
enum rc run_reader_open(int fd, enum run_kind kind, const struct run_keys *keys,
			struct run_reader **ret_r);
void run_reader_free(struct run_reader *r);

/**
 * run_count(r):
 * The tokens of ${r}, if its head is right.
 */
uint64_t run_count(const struct run_reader *r);

/**
 * run_next(r, ret_v):
 * The next token.
 *
 * Returns  RC_OK; RC_END: all were read, and their sum is right.
 * Errors   RC_FORMAT: the sum is wrong, or they are out of order: nothing that
 *          was read is to be believed. RC_IO.
 */
enum rc run_next(struct run_reader *r, uint64_t *ret_v);

/**
 * run_check(fd, kind, keys, ret_count):
 * Read all of a run, to see that it is one.
 *
 * Errors   As run_reader_open() and run_next().
 */
enum rc run_check(int fd, enum run_kind kind, const struct run_keys *keys,
		  uint64_t *ret_count);

/**
 * run_merge(in, n, out, ret_count):
 * Merge ${n} runs, at most RUN_WAYS_MAX, each token once, into ${out}, which
 * may be NULL: then they are only counted.
 *
 * Errors   As run_next() and run_write(); RC_LIMIT: too many; RC_NOMEM.
 * Cost     O(tokens log n); RUN_BUFFER tokens of memory a run.
 */
enum rc run_merge(struct run_reader *const *in, size_t n,
		  struct run_writer *out, uint64_t *ret_count);

#endif
