#include "base/span.h"
#include "sandbox/crew.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

enum { MIB = 1 << 20, WAIT_MS = 20000, JOBS = 500 };

enum act {
	ECHO,
	WORK, /* 0 to 2 ms, by the body */
	HANG,
	SPIN,
	CRASH,
	LEAVE,
	FAIL,
	READ_FD,
};

/* How many workers may still be prepared: shared with the children. */
struct allowance {
	atomic_int left;
};

static enum rc
count_prepare(const void *arg, void **ret_state)
{
	struct allowance *const *shared = arg;

	(void)ret_state;
	if (shared == NULL)
		return RC_OK;
	return atomic_fetch_sub(&(*shared)->left, 1) > 0 ? RC_OK : RC_NOMEM;
}

static int64_t
now_us(void)
{
	struct timespec t = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

static void
spin_us(int64_t us)
{
	const int64_t end = now_us() + us;

	while (now_us() < end)
		continue;
}

static enum rc
handle(void *state, const struct worker_msg *in, const int *fds, size_t nfds,
       struct worker_msg *ret_out)
{
	const enum act act = (enum act)in->type;

	(void)state;
	memcpy(ret_out, in, sizeof(*in));
	if (act == WORK)
		spin_us(in->body[0] * INT64_C(8));
	else if (act == HANG)
		(void)poll(NULL, 0, -1);
	else if (act == SPIN)
		spin_us(INT64_C(1000000000));
	else if (act == CRASH)
		abort();
	else if (act == LEAVE)
		exit(0); /* NOLINT(concurrency-mt-unsafe): one thread */
	else if (act == FAIL)
		return RC_FORMAT;
	else if (act == READ_FD)
		return nfds == 1 && pread(fds[0], ret_out->body, 5, 0) == 5
			       ? RC_OK
			       : RC_IO;
	return RC_OK;
}

static const struct worker_spec SPEC = {
	.prepare = count_prepare,
	.handle = handle,
	.limits = {.memory_bytes = 256UL * MIB,
		   .cpu_seconds = 20,
		   .file_bytes = MIB},
	.jailed = true,
};

static struct crew *
new_crew(size_t n, uint32_t wall_ms)
{
	struct crew *c = NULL;
	uint32_t missing;

	assert_int_equal(crew_new(&SPEC, n, wall_ms, &c, &missing), RC_OK);
	assert_int_equal(crew_size(c), n);
	return c;
}

static void
submit(struct crew *c, uint64_t ticket, enum act act)
{
	const struct worker_msg msg = {.type = act};

	assert_int_equal(crew_submit(c, ticket, &msg, NULL, 0), RC_OK);
}

/* The next job to end, which must be ${ticket}. */
static enum rc
result_of(struct crew *c, uint64_t ticket)
{
	struct worker_msg reply;
	uint64_t got = 0;
	enum rc job_rc = RC_INTERNAL;

	assert_int_equal(crew_wait(c, WAIT_MS, &got, &reply, &job_rc), RC_OK);
	assert_int_equal(got, ticket);
	return job_rc;
}

static size_t
open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t n = 0;

	assert_non_null(dir);
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): a stream of our own */
	while (readdir(dir) != NULL)
		n++;
	assert_int_equal(closedir(dir), 0);
	return n;
}

static void
a_full_crew_takes_no_more_jobs(void **unused)
{
	struct crew *c = new_crew(3, 0);
	const struct worker_msg msg = {.type = HANG};
	struct worker_msg reply;
	uint64_t ticket;
	enum rc job_rc;

	(void)unused;
	assert_int_equal(crew_wait(c, -1, &ticket, &reply, &job_rc), RC_END);
	for (uint64_t i = 0; i < 3; i++)
		submit(c, i, HANG);
	assert_int_equal(crew_submit(c, 3, &msg, NULL, 0), RC_MORE);
	assert_int_equal(crew_busy(c), 3);
	assert_int_equal(crew_wait(c, 0, &ticket, &reply, &job_rc), RC_MORE);
	assert_int_equal(crew_wait(c, 20, &ticket, &reply, &job_rc), RC_MORE);
	assert_int_equal(crew_busy(c), 3);
	crew_free(c); /* while they hang */
	crew_free(NULL);
}

static void
a_crew_has_a_size(void **unused)
{
	struct crew *c = NULL;
	uint32_t missing;

	(void)unused;
	assert_int_equal(crew_new(&SPEC, 0, 0, &c, &missing), RC_LIMIT);
	assert_int_equal(crew_new(&SPEC, CREW_WORKERS_MAX + 1, 0, &c, &missing),
			 RC_LIMIT);
	assert_null(c);
}

static void
a_job_too_large_is_not_taken(void **unused)
{
	struct crew *c = new_crew(1, 0);
	const struct worker_msg msg = {.type = ECHO, .n = WORKER_BODY_MAX + 1};

	(void)unused;
	assert_int_equal(crew_submit(c, 1, &msg, NULL, 0), RC_LIMIT);
	assert_int_equal(crew_busy(c), 0);
	submit(c, 2, ECHO);
	assert_int_equal(result_of(c, 2), RC_OK);
	crew_free(c);
}

static void
a_job_brings_its_descriptors(void **unused)
{
	struct crew *c = new_crew(2, 0);
	const struct worker_msg msg = {.type = READ_FD, .n = 5};
	struct worker_msg reply;
	const int fd = memfd_create("job", MFD_CLOEXEC);
	uint64_t ticket;
	enum rc job_rc;

	(void)unused;
	assert_int_equal(write(fd, "lilas", 5), 5);
	assert_int_equal(crew_submit(c, 9, &msg, &fd, 1), RC_OK);
	assert_int_equal(close(fd), 0); /* the worker has its own */
	assert_int_equal(crew_wait(c, -1, &ticket, &reply, &job_rc), RC_OK);
	assert_int_equal(job_rc, RC_OK);
	assert_memory_equal(reply.body, "lilas", 5);
	crew_free(c);
}

static const struct {
	enum act act;
	enum rc want;
	int signal;
	bool late;
} ends[] = {
	{FAIL, RC_FORMAT, 0, false},    {CRASH, RC_DIED, SIGABRT, false},
	{LEAVE, RC_DIED, 0, false},     {HANG, RC_DIED, SIGKILL, true},
	{SPIN, RC_DIED, SIGKILL, true},
};

static void
each_end_of_a_job_is_told_and_the_crew_goes_on(void **unused)
{
	struct crew *c = new_crew(1, 300);

	(void)unused;
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		submit(c, i, ends[i].act);
		assert_int_equal(result_of(c, i), ends[i].want);
		if (ends[i].want == RC_DIED) {
			assert_int_equal(crew_end(c).signal, ends[i].signal);
			assert_int_equal(crew_end(c).late, ends[i].late);
			assert_int_equal(crew_pid(c, 0), -1);
		}
		submit(c, 100 + i, ECHO);
		assert_int_equal(result_of(c, 100 + i), RC_OK);
		assert_true(crew_pid(c, 0) > 0);
	}
	crew_free(c);
}

static void
a_job_is_late_by_itself(void **unused)
{
	struct crew *c = new_crew(2, 400);
	struct worker_msg reply;
	uint64_t ticket;
	enum rc job_rc;
	const int64_t start = now_us();

	(void)unused;
	submit(c, 1, HANG);
	/* Another worker's answers do not put it off. */
	for (uint64_t i = 0; now_us() - start < 300000; i++) {
		submit(c, 1000 + i, WORK);
		assert_int_equal(result_of(c, 1000 + i), RC_OK);
	}
	assert_int_equal(crew_wait(c, 10, &ticket, &reply, &job_rc), RC_MORE);
	assert_int_equal(result_of(c, 1), RC_DIED);
	assert_true(crew_end(c).late);
	assert_in_range(now_us() - start, 390000, 5000000);
	crew_free(c);
}

static void
an_answer_in_time_is_not_late(void **unused)
{
	struct crew *c = new_crew(1, 100);

	(void)unused;
	submit(c, 1, ECHO);
	(void)poll(NULL, 0, 300); /* the parent was away past the limit */
	assert_int_equal(result_of(c, 1), RC_OK);
	crew_free(c);
}

static void
on_alarm(int sig)
{
	(void)sig;
}

static void
a_signal_ends_the_wait(void **unused)
{
	struct crew *c = new_crew(1, 0);
	const struct sigaction sa = {.sa_handler = on_alarm};
	const struct itimerval soon = {.it_value = {0, 50000}};
	struct worker_msg reply;
	uint64_t ticket;
	enum rc job_rc;

	(void)unused;
	assert_int_equal(sigaction(SIGALRM, &sa, NULL), 0);
	submit(c, 1, HANG);
	assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
	assert_int_equal(crew_wait(c, -1, &ticket, &reply, &job_rc), RC_MORE);
	assert_int_equal(crew_busy(c), 1);
	crew_free(c);
}

static void
a_worker_that_cannot_be_replaced_is_told(void **unused)
{
	struct allowance *a = mmap(NULL, sizeof(*a), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct worker_spec spec = SPEC;
	const struct worker_msg msg = {.type = ECHO};
	struct crew *c = NULL;
	uint32_t missing;

	(void)unused;
	assert_ptr_not_equal(a, MAP_FAILED);
	spec.arg = &a;
	atomic_store(&a->left, 1);
	assert_int_equal(crew_new(&spec, 2, 0, &c, &missing), RC_NOMEM);
	atomic_store(&a->left, 2);
	assert_int_equal(crew_new(&spec, 2, 0, &c, &missing), RC_OK);
	submit(c, 1, CRASH);
	assert_int_equal(result_of(c, 1), RC_DIED);
	submit(c, 2, HANG);
	/* One hangs, one cannot come back; and once it can, it does. */
	assert_int_equal(crew_submit(c, 3, &msg, NULL, 0), RC_NOMEM);
	assert_int_equal(crew_busy(c), 1);
	atomic_store(&a->left, 1);
	submit(c, 4, ECHO);
	assert_int_equal(result_of(c, 4), RC_OK);
	crew_free(c);
	assert_int_equal(munmap(a, sizeof(*a)), 0);
}

static void
all_may_die_while_idle(void **unused)
{
	struct crew *c = new_crew(4, 0);

	(void)unused;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(kill(crew_pid(c, i), SIGKILL), 0);
	(void)poll(NULL, 0, 50);
	for (uint64_t i = 0; i < 4; i++)
		submit(c, i, HANG);
	assert_int_equal(crew_busy(c), 4);
	crew_free(c);
}

/* A generator of our own, so that a failure can be repeated. */
static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return *seed >> 8;
}

static void
kill_one(const struct crew *c, uint32_t *seed)
{
	const pid_t pid = crew_pid(c, next_random(seed) % crew_size(c));

	if (pid > 0)
		assert_int_equal(kill(pid, SIGKILL), 0);
}

struct ledger {
	uint8_t answers[JOBS];
	size_t done;
	size_t died;
};

static void
collect(struct crew *c, struct ledger *l)
{
	struct worker_msg reply = {0};
	uint64_t ticket = JOBS;
	uint64_t said = JOBS;
	enum rc job_rc = RC_INTERNAL;

	assert_int_equal(crew_wait(c, WAIT_MS, &ticket, &reply, &job_rc),
			 RC_OK);
	assert_true(ticket < JOBS);
	l->answers[ticket]++;
	if (job_rc == RC_DIED) {
		l->died++;
		assert_int_equal(crew_end(c).signal, SIGKILL);
		assert_false(crew_end(c).killed);
		return;
	}
	assert_int_equal(job_rc, RC_OK);
	assert_int_equal(reply.n, 16);
	memcpy(&said, reply.body + 8, sizeof(said));
	assert_int_equal(said, ticket);
	l->done++;
}

static void
every_job_gets_one_answer_whoever_is_killed(void **unused)
{
	struct crew *c = new_crew(4, 10000);
	struct ledger l = {0};
	uint32_t seed = 20210223;

	(void)unused;
	for (uint64_t i = 0; i < JOBS; i++) {
		struct worker_msg msg = {.type = WORK, .n = 16};
		msg.body[0] = (uint8_t)next_random(&seed);
		memcpy(msg.body + 8, &i, sizeof(i));
		if (next_random(&seed) % 8 == 0)
			kill_one(c, &seed);
		enum rc rc = RC_MORE;
		while ((rc = crew_submit(c, i, &msg, NULL, 0)) == RC_MORE)
			collect(c, &l);
		assert_int_equal(rc, RC_OK);
		if (next_random(&seed) % 8 == 0)
			kill_one(c, &seed);
	}
	while (crew_busy(c) > 0)
		collect(c, &l);
	for (size_t i = 0; i < JOBS; i++)
		assert_int_equal(l.answers[i], 1);
	assert_int_equal(l.done + l.died, JOBS);
	/* Both must have happened, or nothing was tried. */
	assert_true(l.died >= 10);
	assert_true(l.done >= JOBS / 2);
	crew_free(c);
}

static int
count_before(void **state)
{
	static size_t before;

	before = open_descriptors();
	*state = &before;
	return 0;
}

static void
no_descriptor_is_left_in_the_parent(void **state)
{
	assert_int_equal(open_descriptors(), *(const size_t *)*state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_crew_takes_no_more_jobs),
		cmocka_unit_test(a_crew_has_a_size),
		cmocka_unit_test(a_job_too_large_is_not_taken),
		cmocka_unit_test(a_job_brings_its_descriptors),
		cmocka_unit_test(
			each_end_of_a_job_is_told_and_the_crew_goes_on),
		cmocka_unit_test(a_job_is_late_by_itself),
		cmocka_unit_test(an_answer_in_time_is_not_late),
		cmocka_unit_test(a_signal_ends_the_wait),
		cmocka_unit_test(a_worker_that_cannot_be_replaced_is_told),
		cmocka_unit_test(all_may_die_while_idle),
		cmocka_unit_test(every_job_gets_one_answer_whoever_is_killed),
		cmocka_unit_test(no_descriptor_is_left_in_the_parent),
	};

	return cmocka_run_group_tests(tests, count_before, NULL);
}
