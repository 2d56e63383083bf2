/* scan/reader: the side of a scan that looks at the input. Everything here
 * runs in a jailed worker: it gets descriptors and ranges, and answers with
 * what scan/wire allows. */
#ifndef TOCSIN_SCAN_READER_READER_H
#define TOCSIN_SCAN_READER_READER_H

#include "crypto/seal.h"
#include "crypto/token.h"
#include "sandbox/worker.h"

/** What the workers of a scan share. */
struct reader_setup {
	struct token_key key;
	struct seal_key vault_key; /* seals the mentions of a range */
	uint64_t mention_bytes;    /* ceiling of the mentions of one range */
};

/**
 * reader_prepare(arg, ret_state):
 * Make the state of a worker; ${arg} is a struct reader_setup. For
 * struct worker_spec.
 *
 * Errors   RC_NOMEM.
 */
enum rc reader_prepare(const void *arg, void **ret_state);

/**
 * reader_handle(state, in, fds, nfds, ret_out):
 * Do one job of enum wire_job. For struct worker_spec.
 *
 *   WIRE_PROBE   fds: document, answer.  Body: struct wire_range (its size).
 *   WIRE_RANGE   fds: document, plan, answer, mentions.  Body: wire_range.
 *   WIRE_DIGEST  fds: document.  Answers with the hexadecimal SHA-256.
 *
 * Errors   RC_IO, RC_NOMEM, RC_LIMIT, RC_FORMAT (of the order).
 */
enum rc reader_handle(void *state, const struct worker_msg *in, const int *fds,
		      size_t nfds, struct worker_msg *ret_out);

/**
 * reader_free(state):
 * Release what reader_prepare() made; NULL does nothing. For tests: a worker
 * just ends.
 */
void reader_free(void *state);

#endif
