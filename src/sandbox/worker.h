/* sandbox/worker: one child process that answers jobs, one at a time, from
 * inside the jail. A job is a fixed structure and some descriptors; the answer
 * is a fixed structure. The parent believes nothing of it: an answer that is
 * not one counts as the death of the worker.
 *
 *   parent                              child
 *     worker_start()  --fork-->  close all, reset signals
 *                                prepare()  (files may be read, threads made)
 *     worker_ready()  <--------  jail_enter()
 *     worker_send()   -------->  handle()
 *     worker_receive() <-------  its rc and its answer
 *
 * A worker is killed when the thread that started it ends: start workers from
 * the thread that keeps them. A parent with other threads may start one, but
 * prepare() must then do without whatever these may hold locked. */
#ifndef TOCSIN_SANDBOX_WORKER_H
#define TOCSIN_SANDBOX_WORKER_H

#include "base/rc.h"
#include "sandbox/jail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
	WORKER_BODY_MAX = 4096, /* bytes of a job or an answer */
	WORKER_FDS_MAX = 4,     /* descriptors of a job */
};

/** A job or its answer. The body holds a fixed structure of the caller's. */
struct worker_msg {
	uint32_t type;
	uint32_t n; /* bytes of body that are used */
	uint8_t body[WORKER_BODY_MAX];
};

/** What a worker is. Copied by worker_start(), but not what arg points to,
 * which the child sees as it is at the fork. */
struct worker_spec {
	/* Of its process and threads, for ps(1) and top(1): at most 15 bytes
	 * are shown. NULL: that of the parent. */
	const char *name;

	/**
	 * prepare(arg, ret_state):
	 * In the child, before the jail: read tables, start threads. Every
	 * descriptor of the parent is closed by then. May be NULL: the state
	 * is then NULL.
	 */
	enum rc (*prepare)(const void *arg, void **ret_state);

	/**
	 * handle(state, in, fds, nfds, ret_out):
	 * In the jail: do one job. ${ret_out} comes with type and n zero, its
	 * body as the last job left it. ${fds} are closed afterwards. What it
	 * returns goes back to the parent with ${ret_out}; RC_DIED may not be
	 * returned.
	 */
	enum rc (*handle)(void *state, const struct worker_msg *in,
			  const int *fds, size_t nfds,
			  struct worker_msg *ret_out);
	const void *arg;
	struct jail_limits limits;
	bool jailed; /* false only for --no-sandbox: then only jail_limit() */
};

/** How a worker ended. */
struct worker_end {
	int signal;  /* that ended it; 0: it exited */
	int status;  /* its exit status, if signal is 0 */
	bool killed; /* by us: it broke the protocol, or its time was up */
	bool late;   /* its time was up (crew only) */
};

/** Opaque; belongs to one thread. */
struct worker;

/**
 * worker_start(spec, ret_w):
 * Fork a worker. It prepares itself while the caller goes on.
 *
 * Errors   RC_NOMEM, RC_IO.
 * Owns     The caller frees it with worker_free().
 */
enum rc worker_start(const struct worker_spec *spec, struct worker **ret_w);

/**
 * worker_ready(w, timeout_ms, reterr_missing):
 * Wait until ${w} is in its jail; needed before the first job.
 *
 * Returns  RC_OK; RC_MORE: not within ${timeout_ms} (-1: wait for ever).
 * Errors   What prepare() returned; RC_UNSUPPORTED: the jail lacks the layers
 *          ${reterr_missing} (0 if prepare() said so); RC_DIED: see
 *          worker_end(). The worker is of no more use.
 */
enum rc worker_ready(struct worker *w, int timeout_ms,
		     uint32_t *reterr_missing);

/**
 * worker_send(w, msg, fds, nfds):
 * Give ${w} one job and copies of ${nfds} descriptors.
 *
 * Returns  RC_OK; RC_MORE: it still has one.
 * Errors   RC_LIMIT: too large; RC_DIED: it has not got the job; RC_IO.
 */
enum rc worker_send(struct worker *w, const struct worker_msg *msg,
		    const int *fds, size_t nfds);

/**
 * worker_receive(w, ret_reply, ret_job_rc):
 * Take the answer to the job, without waiting: poll worker_fd() before.
 *
 * Returns  RC_OK: ${ret_job_rc} is what handle() returned; RC_MORE: not yet;
 *          RC_END: there is no job.
 * Errors   RC_DIED: it ended, or answered out of order; see worker_end().
 */
enum rc worker_receive(struct worker *w, struct worker_msg *ret_reply,
		       enum rc *ret_job_rc);

/**
 * worker_fd(w), worker_pid(w):
 * The descriptor that becomes readable when ${w} answers or dies, and its
 * process. Both are -1 when it has ended.
 */
int worker_fd(const struct worker *w);
pid_t worker_pid(const struct worker *w);

/**
 * worker_kill(w):
 * End ${w} now and reap it. Nothing happens if it has ended.
 */
void worker_kill(struct worker *w);

/**
 * worker_end(w):
 * How ${w} ended; all zero while it lives.
 */
struct worker_end worker_end(const struct worker *w);

/**
 * worker_free(w):
 * Kill ${w} if it lives, and release it; NULL does nothing.
 */
void worker_free(struct worker *w);

#endif
