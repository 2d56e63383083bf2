/* base/team: a fixed number of threads that wait for work. They are made
 * before a worker locks itself in, because a jailed process can make none; from
 * then on the team only waits and wakes (futex). */
#ifndef TOCSIN_BASE_TEAM_H
#define TOCSIN_BASE_TEAM_H

#include "base/rc.h"

enum { TEAM_MAX = 256 }; /* threads of a team, the caller's included */

/** Opaque; used by the thread that made it, one run at a time. */
struct team;

/** One part of the work: ${part} of ${parts}, counted from 0. */
typedef void team_work(void *arg, unsigned part, unsigned parts);

/**
 * team_new(n):
 * Make a team of ${n} threads, the caller's own among them (so n - 1 are
 * started); 0 counts as 1, and more than TEAM_MAX as TEAM_MAX.
 *
 * Returns  NULL if the system gives no memory or no thread.
 * Owns     The caller ends it with team_free(), in the same process: threads
 *          do not live through fork().
 */
struct team *team_new(unsigned n);

/**
 * team_size(t):
 * The threads of ${t}; 1 for NULL.
 */
unsigned team_size(const struct team *t);

/**
 * team_run(t, work, arg):
 * Call ${work} once a thread, at the same time, and wait for all of them. What
 * the parts wrote is visible to the caller afterwards. A NULL team runs the
 * only part itself.
 *
 * Cost     Some microseconds: meant for parts of a millisecond and more.
 */
void team_run(struct team *t, team_work *work, void *arg);

/**
 * team_free(t):
 * End the threads and release ${t}; NULL does nothing.
 */
void team_free(struct team *t);

#endif
