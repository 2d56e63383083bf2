/* unpack: takes apart, in a worker in the jail, what holds files or tables, and
 * hands the parts on one after another. A worker takes one whole apart; it is
 * given the descriptor of it with every job, for a jailed process can keep
 * none.
 *
 *   UNPACK_NEXT  whole          what comes next (struct unpack_part)
 *   UNPACK_GIVE  whole, pipe    its bytes, written to the pipe to their end
 */
#ifndef TOCSIN_UNPACK_UNPACK_H
#define TOCSIN_UNPACK_UNPACK_H

#include "base/parts.h"
#include "sandbox/worker.h"
#include "source/sniff/sniff.h"

enum {
	UNPACK_DEPTH_MAX = 8, /* wholes within wholes */
	/* What all that lies in one file may come to: as much as this.. */
	UNPACK_FREE_BYTES = 1 << 30,
	/* ..and so many times its size. Text that repeats itself is packed by
	 * 20 to 200; a file made to exhaust us, by thousands. */
	UNPACK_RATIO_MAX = 500,
	UNPACK_PARTS_MAX = 50 * 1000 * 1000, /* parts of one whole */
};

/** What a job asks for. */
enum unpack_job { UNPACK_NEXT = 1, UNPACK_GIVE };

/** What one worker takes apart: the arg of its spec. */
struct unpack_whole {
	const struct parts_kind *kind;
	uint64_t size; /* bytes */
};

/** The answer to UNPACK_NEXT. */
struct unpack_part {
	uint64_t bytes;
	uint64_t skipped; /* records of the whole so far that were no records */
	uint32_t is;      /* enum part_is */
	uint32_t locked;
	uint32_t name_n;
	char name[PARTS_NAME_MAX];
};

/**
 * unpack_kind(kind):
 * How a file of ${kind} is taken apart; NULL: it is not.
 */
const struct parts_kind *unpack_kind(const struct sniff_kind *kind);

/**
 * unpack_prepare(arg, ret_state), unpack_handle(state, in, fds, nfds, out):
 * For the spec of the worker; see sandbox/worker.
 */
enum rc unpack_prepare(const void *arg, void **ret_state);
enum rc unpack_handle(void *state, const struct worker_msg *in, const int *fds,
		      size_t nfds, struct worker_msg *ret_out);

/**
 * unpack_part_load(msg, ret):
 * Read the answer ${msg} to UNPACK_NEXT, which is not believed: its name is
 * made printable, and no part of a path leads upwards.
 *
 * Errors   RC_FORMAT.
 */
enum rc unpack_part_load(const struct worker_msg *msg, struct unpack_part *ret);

#endif
