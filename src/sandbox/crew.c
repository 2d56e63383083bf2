#include "sandbox/crew.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

/* One place in the crew. */
struct seat {
	struct worker *worker; /* NULL: dead, not replaced yet */
	uint64_t ticket;
	int64_t deadline_ms;
	bool busy;
};

struct crew {
	struct worker_spec spec;
	uint32_t wall_limit_ms;
	size_t n;
	size_t busy;
	size_t turn; /* where the next look for answers begins */
	struct worker_end end;
	struct seat seats[CREW_WORKERS_MAX];
	struct pollfd polled[CREW_WORKERS_MAX]; /* like seats */
};

static int64_t
now_ms(void)
{
	struct timespec t = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail */
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
dismiss(struct seat *seat)
{
	worker_free(seat->worker);
	seat->worker = NULL;
}

/* Waits until the worker of a seat is in its jail; else the seat is empty. */
static enum rc
await_ready(struct seat *seat, uint32_t *reterr_missing)
{
	const int64_t end = now_ms() + CREW_READY_MS;
	enum rc rc = RC_MORE;

	/* A signal ends a wait early. */
	while (rc == RC_MORE && now_ms() < end)
		rc = worker_ready(seat->worker, (int)(end - now_ms()),
				  reterr_missing);
	if (rc == RC_OK)
		return RC_OK;
	dismiss(seat);
	return rc == RC_MORE ? RC_DIED : rc;
}

enum rc
crew_new(const struct worker_spec *spec, size_t n, uint32_t wall_limit_ms,
	 struct crew **ret_c, uint32_t *reterr_missing)
{
	enum rc rc = RC_OK;

	*reterr_missing = 0;
	if (n == 0 || n > CREW_WORKERS_MAX)
		return RC_LIMIT;
	struct crew *c = calloc(1, sizeof(*c));
	if (c == NULL)
		return RC_NOMEM;
	c->spec = *spec;
	c->n = n;
	c->wall_limit_ms = wall_limit_ms;

	/* All prepare themselves at once. */
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = worker_start(spec, &c->seats[i].worker);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = await_ready(&c->seats[i], reterr_missing);
	if (rc != RC_OK) {
		crew_free(c);
		return rc;
	}
	*ret_c = c;
	return RC_OK;
}

/* A seat without a job: one with a worker if there is one. */
static struct seat *
free_seat(struct crew *c)
{
	struct seat *empty = NULL;

	for (size_t i = 0; i < c->n; i++) {
		struct seat *seat = &c->seats[i];
		if (seat->worker == NULL)
			empty = seat;
		else if (!seat->busy)
			return seat;
	}
	return empty;
}

static enum rc
fill_seat(struct crew *c, struct seat *seat)
{
	uint32_t missing;

	if (seat->worker != NULL)
		return RC_OK;
	const enum rc rc = worker_start(&c->spec, &seat->worker);
	return rc == RC_OK ? await_ready(seat, &missing) : rc;
}

enum rc
crew_submit(struct crew *c, uint64_t ticket, const struct worker_msg *msg,
	    const int *fds, size_t nfds)
{
	/* Whoever died while idle is found out by the sending. Each worker
	 * may be dead, and each replacement die once. */
	for (size_t tries = 0; tries < 2 * c->n; tries++) {
		struct seat *seat = free_seat(c);
		if (seat == NULL)
			return RC_MORE;
		enum rc rc = fill_seat(c, seat);
		if (rc != RC_OK)
			return rc;
		rc = worker_send(seat->worker, msg, fds, nfds);
		if (rc == RC_DIED) {
			dismiss(seat);
			continue;
		}
		if (rc != RC_OK)
			return rc;
		seat->busy = true;
		seat->ticket = ticket;
		seat->deadline_ms = now_ms() + c->wall_limit_ms;
		c->busy++;
		return RC_OK;
	}
	return RC_DIED;
}

/* The time until ${timeout_ms} passes (-1: never) or a job is late. */
static int
wait_ms(const struct crew *c, int64_t until)
{
	int64_t next = until;
	const int64_t now = now_ms();

	for (size_t i = 0; i < c->n && c->wall_limit_ms != 0; i++) {
		const struct seat *seat = &c->seats[i];
		if (seat->busy && seat->deadline_ms < next)
			next = seat->deadline_ms;
	}
	if (next == INT64_MAX)
		return -1;
	if (next <= now)
		return 0;
	return next - now > INT_MAX ? INT_MAX : (int)(next - now);
}

static void
end_job(struct crew *c, struct seat *seat, bool late)
{
	c->busy--;
	seat->busy = false;
	if (worker_fd(seat->worker) >= 0 && !late)
		return;
	if (late)
		worker_kill(seat->worker);
	c->end = worker_end(seat->worker);
	c->end.late = late;
	dismiss(seat);
}

/* The answer of one seat that has something to say. RC_MORE: it has not. */
static enum rc
take_answer(struct crew *c, struct seat *seat, uint64_t *ret_ticket,
	    struct worker_msg *ret_reply, enum rc *ret_job_rc)
{
	enum rc job_rc;
	const enum rc rc = worker_receive(seat->worker, ret_reply, &job_rc);

	if (rc != RC_OK && rc != RC_DIED)
		return rc;
	*ret_ticket = seat->ticket;
	*ret_job_rc = rc == RC_DIED ? RC_DIED : job_rc;
	end_job(c, seat, false);
	return RC_OK;
}

static enum rc
take_late(struct crew *c, uint64_t *ret_ticket, enum rc *ret_job_rc)
{
	const int64_t now = now_ms();

	if (c->wall_limit_ms == 0)
		return RC_MORE;
	for (size_t i = 0; i < c->n; i++) {
		struct seat *seat = &c->seats[i];
		if (!seat->busy || seat->deadline_ms > now)
			continue;
		*ret_ticket = seat->ticket;
		*ret_job_rc = RC_DIED;
		end_job(c, seat, true);
		return RC_OK;
	}
	return RC_MORE;
}

static int
poll_busy(struct crew *c, int timeout_ms)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct seat *seat = &c->seats[i];
		c->polled[i] = (struct pollfd){
			.fd = seat->busy ? worker_fd(seat->worker) : -1,
			.events = POLLIN,
		};
	}
	return poll(c->polled, c->n, timeout_ms);
}

enum rc
crew_wait(struct crew *c, int timeout_ms, uint64_t *ret_ticket,
	  struct worker_msg *ret_reply, enum rc *ret_job_rc)
{
	const int64_t until =
		timeout_ms < 0 ? INT64_MAX : now_ms() + timeout_ms;

	if (c->busy == 0)
		return RC_END;
	for (;;) {
		const int ready = poll_busy(c, wait_ms(c, until));
		if (ready < 0)
			return errno == EINTR ? RC_MORE : RC_IO;

		/* Answers first: one that came in time is not late. Whoever
		 * follows the last one heard is heard first. */
		for (size_t k = 0; k < c->n && ready > 0; k++) {
			const size_t i = (c->turn + k) % c->n;
			if (c->polled[i].revents == 0)
				continue;
			const enum rc rc =
				take_answer(c, &c->seats[i], ret_ticket,
					    ret_reply, ret_job_rc);
			if (rc == RC_MORE)
				continue;
			c->turn = i + 1;
			return rc;
		}
		if (take_late(c, ret_ticket, ret_job_rc) == RC_OK)
			return RC_OK;
		if (now_ms() >= until)
			return RC_MORE;
	}
}

struct worker_end
crew_end(const struct crew *c)
{
	return c->end;
}

size_t
crew_size(const struct crew *c)
{
	return c->n;
}

size_t
crew_busy(const struct crew *c)
{
	return c->busy;
}

pid_t
crew_pid(const struct crew *c, size_t i)
{
	const struct worker *w = c->seats[i].worker;

	return w == NULL ? -1 : worker_pid(w);
}

void
crew_free(struct crew *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n; i++)
		dismiss(&c->seats[i]);
	free(c);
}
