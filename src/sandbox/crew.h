/* sandbox/crew: a pool of like workers, for a parent with one thread. Every
 * job that was taken gets exactly one answer, whatever becomes of the worker
 * that had it; a worker that died is replaced by the next crew_submit() that
 * needs it. */
#ifndef TOCSIN_SANDBOX_CREW_H
#define TOCSIN_SANDBOX_CREW_H

#include "sandbox/worker.h"

enum {
	CREW_WORKERS_MAX = 256,
	CREW_READY_MS = 60000, /* to prepare() a worker */
};

/** Opaque; belongs to one thread. */
struct crew;

/**
 * crew_new(spec, n, wall_limit_ms, ret_c, reterr_missing):
 * Start ${n} workers and wait until all are in their jails.
 *
 * Errors   RC_LIMIT: ${n} is 0 or above CREW_WORKERS_MAX; RC_UNSUPPORTED:
 *          the kernel lacks the layers ${reterr_missing} of the jail; what
 *          prepare() returned; RC_DIED, RC_NOMEM, RC_IO.
 * Owns     The caller frees it with crew_free(). ${spec}->arg must live on:
 *          replacements are made of it.
 * Units    ${wall_limit_ms} of one job, 0: none.
 */
enum rc crew_new(const struct worker_spec *spec, size_t n,
		 uint32_t wall_limit_ms, struct crew **ret_c,
		 uint32_t *reterr_missing);

/**
 * crew_submit(c, ticket, msg, fds, nfds):
 * Give a job to a worker that has none. ${ticket} is the caller's, and comes
 * back with the answer. The descriptors may be closed after the call.
 *
 * Returns  RC_OK; RC_MORE: all are busy.
 * Errors   RC_LIMIT: too large. RC_NOMEM, RC_IO, RC_DIED, RC_UNSUPPORTED:
 *          a dead worker could not be replaced and no other is free. The job
 *          was not taken; the jobs that run are not touched.
 */
enum rc crew_submit(struct crew *c, uint64_t ticket,
		    const struct worker_msg *msg, const int *fds, size_t nfds);

/**
 * crew_wait(c, timeout_ms, ret_ticket, ret_reply, ret_job_rc):
 * Wait until a job ends. Its worker is killed if it runs past the wall limit.
 *
 * Returns  RC_OK: the job ${ret_ticket} ended with ${ret_job_rc}: RC_DIED if
 *          its worker died (crew_end() says how; ${ret_reply} is untouched),
 *          else what handle() returned. RC_END: nothing is running. RC_MORE:
 *          ${timeout_ms} passed (-1: never), or a signal came.
 * Errors   RC_IO.
 */
enum rc crew_wait(struct crew *c, int timeout_ms, uint64_t *ret_ticket,
		  struct worker_msg *ret_reply, enum rc *ret_job_rc);

/**
 * crew_end(c):
 * How the worker of the last job with RC_DIED ended.
 */
struct worker_end crew_end(const struct crew *c);

/**
 * crew_size(c), crew_busy(c):
 * Workers in all, and those with a job.
 */
size_t crew_size(const struct crew *c);
size_t crew_busy(const struct crew *c);

/**
 * crew_pid(c, i):
 * The process of worker ${i} < crew_size(); -1 while it is dead.
 */
pid_t crew_pid(const struct crew *c, size_t i);

/**
 * crew_free(c):
 * Kill all workers and release ${c}; jobs that run get no answer. NULL does
 * nothing.
 */
void crew_free(struct crew *c);

#endif
