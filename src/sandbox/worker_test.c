#include "base/span.h"
#include "sandbox/jail_impl.h"
#include "sandbox/worker.h"
#include "sandbox/worker_impl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

enum { MIB = 1 << 20, WAIT_MS = 20000 };

/* What the jobs of this test do. */
enum act {
	ECHO,
	READ_FDS,   /* the sum of the first byte of each */
	LIST_FDS,   /* the descriptors before the jail, as bits */
	TELL_STATE, /* struct birth */
	FAIL,       /* RC_FORMAT */
	CLAIM_DEAD, /* RC_DIED, which is not its to say */
	TOO_LONG,   /* n above the ceiling */
	OPEN_FILE,  /* errno */
	TAKE_MEMORY,
	WRITE_MUCH, /* errno */
	BURN,       /* 0.7 s of processor time */
	SPIN,
	HANG,
	CRASH,
	ABORT,
	EXIT_0,
	EXIT_7,
	QUICK_EXIT,
	REPLY_SHORT,
	REPLY_EMPTY,
	REPLY_LYING,
	REPLY_HUGE,
	REPLY_OTHER,
	REPLY_WITH_FD,
	REPLY_FLOOD,
	REPLY_TWICE,
	HANG_UP,
};

/* What prepare() saw. */
struct birth {
	uint64_t fds; /* bit n: descriptor n was open */
	uint8_t term_is_default;
	uint8_t usr1_is_blocked;
	uint8_t int_is_ignored;
};

/* Shared with the children: how often an exit handler of the parent ran. */
static int *exits;

static void
count_exit(void)
{
	++*exits;
}

static bool
list_descriptors(struct birth *birth)
{
	DIR *dir = opendir("/proc/self/fd");

	if (dir == NULL)
		return false;
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): a stream of our own */
	for (const struct dirent *e; (e = readdir(dir)) != NULL;) {
		const long fd = strtol(e->d_name, NULL, 10);
		if (e->d_name[0] != '.' && fd != dirfd(dir))
			birth->fds |= UINT64_C(1) << (fd & 63);
	}
	return closedir(dir) == 0;
}

static bool
list_signals(struct birth *birth)
{
	struct sigaction term;
	struct sigaction interrupt;
	sigset_t mask;

	if (sigaction(SIGTERM, NULL, &term) != 0 ||
	    sigaction(SIGINT, NULL, &interrupt) != 0 ||
	    pthread_sigmask(SIG_SETMASK, NULL, &mask) != 0)
		return false;
	birth->term_is_default = term.sa_handler == SIG_DFL;
	birth->int_is_ignored = interrupt.sa_handler == SIG_IGN;
	birth->usr1_is_blocked = sigismember(&mask, SIGUSR1) == 1;
	return true;
}

static enum rc
look_around(const void *arg, void **ret_state)
{
	struct birth *birth = calloc(1, sizeof(*birth));

	(void)arg;
	if (birth == NULL || !list_descriptors(birth) || !list_signals(birth)) {
		free(birth);
		return RC_IO;
	}
	*ret_state = birth;
	return RC_OK;
}

static void
put_u64(struct worker_msg *out, uint64_t v)
{
	memcpy(out->body, &v, sizeof(v));
	out->n = sizeof(v);
}

static uint64_t
get_u64(const struct worker_msg *m)
{
	uint64_t v;

	assert_int_equal(m->n, sizeof(v));
	memcpy(&v, m->body, sizeof(v));
	return v;
}

static void
burn_ms(long ms)
{
	struct timespec from;
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	do {
		(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	} while ((t.tv_sec - from.tv_sec) * 1000 +
			 (t.tv_nsec - from.tv_nsec) / 1000000 <
		 ms);
}

/* Sends ${n} raw bytes to the parent. */
static void
say(void *bytes, size_t n)
{
	struct iovec iov = {bytes, n};
	const struct msghdr packet = {.msg_iov = &iov, .msg_iovlen = 1};

	(void)sendmsg(WORKER_SOCKET, &packet, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void
say_with_fd(struct frame_head *head)
{
	union {
		struct cmsghdr head;
		uint8_t bytes[CMSG_SPACE(sizeof(int))];
	} control = {0};
	struct iovec iov = {head, sizeof(*head)};
	const struct msghdr packet = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	const int fd = 0;

	control.head.cmsg_level = SOL_SOCKET;
	control.head.cmsg_type = SCM_RIGHTS;
	control.head.cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
	(void)sendmsg(WORKER_SOCKET, &packet, MSG_NOSIGNAL);
}

static void
crash(void)
{
	uint8_t *volatile page =
		mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	*page = 1;
}

/* The first job of a worker is number 1. */
static const struct frame_head RIGHT = {.seq = 1};

static void
lie(enum act act)
{
	struct frame f = {.head = RIGHT};
	uint8_t huge[2 * sizeof(struct frame)] = {0};

	memcpy(huge, &RIGHT, sizeof(RIGHT));
	if (act == REPLY_SHORT)
		say(&f, sizeof(f.head) - 1);
	else if (act == REPLY_EMPTY)
		say(&f, 0);
	else if (act == REPLY_HUGE)
		say(huge, sizeof(huge));
	else if (act == REPLY_WITH_FD)
		say_with_fd(&f.head);
	if (act == REPLY_LYING)
		f.head.n = WORKER_BODY_MAX + 1;
	else if (act == REPLY_OTHER)
		f.head = (struct frame_head){.seq = 77, .n = 8};
	if (act == REPLY_LYING || act == REPLY_OTHER)
		say(&f, sizeof(f.head) + 8);
	(void)poll(NULL, 0, -1);
}

static enum rc
misbehave(enum act act)
{
	struct frame_head right = RIGHT;

	if (act == SPIN)
		burn_ms(1000000);
	else if (act == HANG)
		(void)poll(NULL, 0, -1);
	else if (act == CRASH)
		crash();
	else if (act == ABORT)
		abort();
	else if (act == EXIT_0)
		exit(0); /* NOLINT(concurrency-mt-unsafe): one thread */
	else if (act == EXIT_7)
		exit(7); /* NOLINT(concurrency-mt-unsafe): one thread */
	else if (act == QUICK_EXIT)
		quick_exit(0);
	else if (act == HANG_UP)
		(void)close(WORKER_SOCKET);
	else if (act == REPLY_TWICE)
		say(&right, sizeof(right));
	else if (act == REPLY_FLOOD)
		for (int i = 0; i < 10000; i++)
			say(&right, sizeof(right));
	else
		lie(act);
	if (act == HANG_UP)
		(void)poll(NULL, 0, -1);
	return RC_OK;
}

static uint64_t
sum_fds(const int *fds, size_t nfds)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < nfds; i++) {
		uint8_t byte = 0;
		if (pread(fds[i], &byte, 1, 0) == 1)
			sum += byte;
	}
	return sum;
}

static uint64_t
errno_of_growing(int fd)
{
	return ftruncate(fd, 8L * MIB + 1) == 0 ? 0 : (uint64_t)errno;
}

static uint64_t
memory_is_refused(void)
{
	return mmap(NULL, 300UL * MIB, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
		    -1, 0) == MAP_FAILED;
}

static enum rc
handle(void *state, const struct worker_msg *in, const int *fds, size_t nfds,
       struct worker_msg *ret_out)
{
	const enum act act = (enum act)in->type;

	if (act == ECHO) {
		memcpy(ret_out, in, sizeof(*in));
		ret_out->type = in->n;
	} else if (act == READ_FDS) {
		put_u64(ret_out, sum_fds(fds, nfds));
	} else if (act == TELL_STATE) {
		memcpy(ret_out->body, state, sizeof(struct birth));
		ret_out->n = sizeof(struct birth);
	} else if (act == FAIL || act == CLAIM_DEAD) {
		put_u64(ret_out, 5);
		return act == FAIL ? RC_FORMAT : RC_DIED;
	} else if (act == TOO_LONG) {
		ret_out->n = WORKER_BODY_MAX + 1;
	} else if (act == OPEN_FILE) {
		const int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
		put_u64(ret_out, fd < 0 ? (uint64_t)errno : 0);
	} else if (act == TAKE_MEMORY) {
		put_u64(ret_out, memory_is_refused());
	} else if (act == WRITE_MUCH) {
		put_u64(ret_out, errno_of_growing(fds[0]));
	} else if (act == BURN) {
		burn_ms(700);
	} else {
		return misbehave(act);
	}
	return RC_OK;
}

static const struct worker_spec SPEC = {
	.prepare = look_around,
	.handle = handle,
	.limits = {.memory_bytes = 256UL * MIB,
		   .cpu_seconds = 20,
		   .file_bytes = 8UL * MIB},
	.jailed = true,
};

static struct worker *
start(const struct worker_spec *spec)
{
	struct worker *w = NULL;
	uint32_t missing;

	assert_int_equal(worker_start(spec, &w), RC_OK);
	assert_int_equal(worker_ready(w, WAIT_MS, &missing), RC_OK);
	return w;
}

static enum rc
wait_for(struct worker *w, struct worker_msg *ret_reply, enum rc *ret_job_rc)
{
	struct pollfd p = {.fd = worker_fd(w), .events = POLLIN};

	assert_int_equal(poll(&p, 1, WAIT_MS), 1);
	return worker_receive(w, ret_reply, ret_job_rc);
}

/* Has ${w} do one job; it must answer with ${want}. */
static void
ask(struct worker *w, enum act act, struct worker_msg *reply, enum rc want)
{
	const struct worker_msg msg = {.type = act};
	enum rc job_rc;

	assert_int_equal(worker_send(w, &msg, NULL, 0), RC_OK);
	assert_int_equal(wait_for(w, reply, &job_rc), RC_OK);
	assert_int_equal(job_rc, want);
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
a_job_comes_back_as_it_was_sent(void **unused)
{
	static const uint32_t sizes[] = {0, 1, 100, WORKER_BODY_MAX};
	struct worker *w = start(&SPEC);
	struct worker_msg msg = {.type = ECHO};
	struct worker_msg reply;
	enum rc job_rc;

	(void)unused;
	for (size_t i = 0; i < sizeof(msg.body); i++)
		msg.body[i] = (uint8_t)(i * 31);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		msg.n = sizes[i];
		assert_int_equal(worker_send(w, &msg, NULL, 0), RC_OK);
		assert_int_equal(wait_for(w, &reply, &job_rc), RC_OK);
		assert_int_equal(job_rc, RC_OK);
		assert_int_equal(reply.type, sizes[i]);
		assert_int_equal(reply.n, sizes[i]);
		assert_memory_equal(reply.body, msg.body, sizes[i]);
	}
	worker_free(w);
}

static void
the_protocol_is_held_to_its_order(void **unused)
{
	struct worker *w = NULL;
	struct worker_msg msg = {.type = HANG};
	struct worker_msg reply;
	uint32_t missing;
	enum rc job_rc;
	const int five[WORKER_FDS_MAX + 1] = {0};

	(void)unused;
	assert_int_equal(worker_start(&SPEC, &w), RC_OK);
	assert_int_equal(worker_send(w, &msg, NULL, 0), RC_DIED);
	assert_int_equal(worker_ready(w, WAIT_MS, &missing), RC_OK);
	assert_int_equal(worker_receive(w, &reply, &job_rc), RC_END);
	assert_int_equal(worker_send(w, &msg, five, COUNT_OF(five)), RC_LIMIT);
	assert_int_equal(worker_send(w, &msg, NULL, 0), RC_OK);
	assert_int_equal(worker_send(w, &msg, NULL, 0), RC_MORE);
	assert_int_equal(worker_receive(w, &reply, &job_rc), RC_MORE);
	msg.n = WORKER_BODY_MAX + 1;
	assert_int_equal(worker_send(w, &msg, NULL, 0), RC_LIMIT);
	assert_int_equal(worker_end(w).signal, 0);
	worker_kill(w);
	assert_int_equal(worker_fd(w), -1);
	assert_int_equal(worker_pid(w), -1);
	assert_int_equal(worker_end(w).signal, SIGKILL);
	assert_true(worker_end(w).killed);
	assert_int_equal(worker_receive(w, &reply, &job_rc), RC_DIED);
	worker_free(w);
	worker_free(NULL);
}

static void
descriptors_are_handed_over_and_closed_after(void **unused)
{
	struct worker *w = start(&SPEC);
	const struct worker_msg msg = {.type = READ_FDS};
	struct worker_msg reply;
	int fds[WORKER_FDS_MAX];
	enum rc job_rc;

	(void)unused;
	for (size_t i = 0; i < COUNT_OF(fds); i++) {
		const uint8_t byte = (uint8_t)(1 << i);
		fds[i] = memfd_create("job", MFD_CLOEXEC);
		assert_true(fds[i] >= 0);
		assert_int_equal(write(fds[i], &byte, 1), 1);
	}
	/* More in all than a jailed process may hold. */
	for (size_t i = 0; i < 4UL * JAIL_DESCRIPTORS_MAX; i++) {
		const size_t n = i % (WORKER_FDS_MAX + 1);
		assert_int_equal(worker_send(w, &msg, fds, n), RC_OK);
		assert_int_equal(wait_for(w, &reply, &job_rc), RC_OK);
		assert_int_equal(get_u64(&reply), (1U << n) - 1);
	}
	for (size_t i = 0; i < COUNT_OF(fds); i++)
		assert_int_equal(close(fds[i]), 0);
	worker_free(w);
}

static void
a_worker_holds_nothing_of_its_parent(void **unused)
{
	struct worker_msg reply;
	struct birth birth;
	sigset_t usr1;

	(void)unused;
	const int secret = open("/etc/passwd", O_RDONLY); /* not CLOEXEC */
	assert_true(secret >= 0);
	assert_ptr_not_equal(signal(SIGTERM, SIG_IGN), SIG_ERR);
	assert_int_equal(sigemptyset(&usr1), 0);
	assert_int_equal(sigaddset(&usr1, SIGUSR1), 0);
	assert_int_equal(pthread_sigmask(SIG_BLOCK, &usr1, NULL), 0);

	struct worker *other = start(&SPEC);
	struct worker *w = start(&SPEC);
	ask(w, TELL_STATE, &reply, RC_OK);
	assert_int_equal(reply.n, sizeof(birth));
	memcpy(&birth, reply.body, sizeof(birth));
	assert_int_equal(birth.fds, 0xf); /* the streams and the socket */
	assert_true(birth.term_is_default);
	assert_true(birth.int_is_ignored);
	assert_false(birth.usr1_is_blocked);

	assert_int_equal(pthread_sigmask(SIG_UNBLOCK, &usr1, NULL), 0);
	assert_ptr_not_equal(signal(SIGTERM, SIG_DFL), SIG_ERR);
	assert_int_equal(close(secret), 0);
	worker_free(w);
	worker_free(other);
}

static void
the_result_of_a_job_goes_back(void **unused)
{
	struct worker *w = start(&SPEC);
	struct worker_msg reply;

	(void)unused;
	ask(w, FAIL, &reply, RC_FORMAT);
	assert_int_equal(get_u64(&reply), 5);
	ask(w, CLAIM_DEAD, &reply, RC_INTERNAL);
	ask(w, TOO_LONG, &reply, RC_INTERNAL);
	assert_int_equal(reply.n, 0);
	ask(w, ECHO, &reply, RC_OK);
	worker_free(w);
}

static void
a_job_runs_in_the_jail_unless_told(void **unused)
{
	struct worker_spec spec = SPEC;
	struct worker_msg reply;
	struct worker *w = start(&spec);

	(void)unused;
	ask(w, OPEN_FILE, &reply, RC_OK);
	assert_int_equal(get_u64(&reply), EPERM);
	worker_free(w);
	spec.jailed = false;
	w = start(&spec);
	ask(w, OPEN_FILE, &reply, RC_OK);
	assert_int_equal(get_u64(&reply), 0);
	worker_free(w);
}

static void
past_its_ceilings_a_job_is_refused(void **unused)
{
	struct worker *w = start(&SPEC);
	const struct worker_msg msg = {.type = WRITE_MUCH};
	struct worker_msg reply;
	enum rc job_rc;
	const int fd = memfd_create("job", MFD_CLOEXEC);

	(void)unused;
	if (!JAIL_ASAN) {
		ask(w, TAKE_MEMORY, &reply, RC_OK);
		assert_int_equal(get_u64(&reply), 1);
	}
	assert_int_equal(worker_send(w, &msg, &fd, 1), RC_OK);
	assert_int_equal(wait_for(w, &reply, &job_rc), RC_OK);
	assert_int_equal(get_u64(&reply), EFBIG);
	assert_int_equal(close(fd), 0);
	worker_free(w);
}

static void
processor_time_is_counted_for_each_job(void **unused)
{
	struct worker_spec spec = SPEC;
	struct worker_msg reply;
	const struct worker_msg spin = {.type = SPIN};
	enum rc job_rc;

	(void)unused;
	spec.limits.cpu_seconds = 1;
	struct worker *w = start(&spec);
	for (int i = 0; i < 4; i++) /* 2.8 s in all */
		ask(w, BURN, &reply, RC_OK);
	assert_int_equal(worker_send(w, &spin, NULL, 0), RC_OK);
	assert_int_equal(wait_for(w, &reply, &job_rc), RC_DIED);
	assert_int_equal(worker_end(w).signal, SIGXCPU);
	assert_false(worker_end(w).killed);
	worker_free(w);
}

static const struct {
	enum act act;
	int signal;
	int status;
	bool killed;
} ends[] = {
	{CRASH, SIGSEGV, 0, false},
	{ABORT, SIGABRT, 0, false},
	{EXIT_0, 0, 0, false},
	{EXIT_7, 0, 7, false},
	{QUICK_EXIT, 0, 1, false},
	{HANG_UP, SIGKILL, 0, false},
	{REPLY_SHORT, SIGKILL, 0, true},
	{REPLY_EMPTY, SIGKILL, 0, false}, /* looks like the end */
	{REPLY_LYING, SIGKILL, 0, true},
	{REPLY_HUGE, SIGKILL, 0, true},
	{REPLY_OTHER, SIGKILL, 0, true},
	{REPLY_WITH_FD, SIGKILL, 0, true},
};

static void
whatever_ends_a_worker_is_told(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		struct worker *w = start(&SPEC);
		const struct worker_msg msg = {.type = ends[i].act};
		struct worker_msg reply = {.type = 4711};
		enum rc job_rc = RC_NOMEM;

		assert_int_equal(worker_send(w, &msg, NULL, 0), RC_OK);
		assert_int_equal(wait_for(w, &reply, &job_rc), RC_DIED);
		assert_int_equal(reply.type, 4711); /* untouched */
		assert_int_equal(job_rc, RC_NOMEM);
		const struct worker_end end = worker_end(w);
		if (end.signal != ends[i].signal ||
		    end.status != ends[i].status ||
		    end.killed != ends[i].killed)
			fail_msg("act %d: signal %d, status %d, killed %d",
				 ends[i].act, end.signal, end.status,
				 end.killed);
		assert_int_equal(worker_send(w, &msg, NULL, 0), RC_DIED);
		worker_free(w);
	}
}

static void
a_flood_of_replies_is_one_reply_and_the_end(void **unused)
{
	static const enum act acts[] = {REPLY_TWICE, REPLY_FLOOD};

	(void)unused;
	for (size_t i = 0; i < COUNT_OF(acts); i++) {
		struct worker *w = start(&SPEC);
		const struct worker_msg echo = {.type = ECHO};
		const struct worker_msg msg = {.type = acts[i]};
		struct worker_msg reply;
		enum rc job_rc;

		assert_int_equal(worker_send(w, &msg, NULL, 0), RC_OK);
		assert_int_equal(wait_for(w, &reply, &job_rc), RC_OK);
		/* The handler's own answer is under way. */
		struct pollfd p = {.fd = worker_fd(w), .events = POLLIN};
		assert_int_equal(poll(&p, 1, WAIT_MS), 1);
		assert_int_equal(worker_send(w, &echo, NULL, 0), RC_DIED);
		assert_true(worker_end(w).killed);
		worker_free(w);
	}
}

static void
exit_handlers_of_the_parent_do_not_run(void **unused)
{
	(void)unused;
	assert_int_equal(*exits, 0); /* after all the ends above */
}

static enum rc
cannot_prepare(const void *arg, void **ret_state)
{
	(void)arg;
	(void)ret_state;
	return RC_NOMEM;
}

static enum rc
dies_preparing(const void *arg, void **ret_state)
{
	(void)arg;
	(void)ret_state;
	exit(3); /* NOLINT(concurrency-mt-unsafe): one thread */
}

static enum rc
never_prepared(const void *arg, void **ret_state)
{
	(void)arg;
	(void)ret_state;
	(void)poll(NULL, 0, -1);
	return RC_OK;
}

static void
a_worker_that_cannot_be_prepared_says_so(void **unused)
{
	struct worker_spec spec = SPEC;
	struct worker *w = NULL;
	uint32_t missing = 99;

	(void)unused;
	spec.prepare = cannot_prepare;
	assert_int_equal(worker_start(&spec, &w), RC_OK);
	assert_int_equal(worker_ready(w, WAIT_MS, &missing), RC_NOMEM);
	assert_int_equal(missing, 0);
	worker_free(w);

	spec.prepare = dies_preparing;
	assert_int_equal(worker_start(&spec, &w), RC_OK);
	assert_int_equal(worker_ready(w, WAIT_MS, &missing), RC_DIED);
	assert_int_equal(worker_end(w).status, 3);
	worker_free(w);

	spec.prepare = never_prepared;
	assert_int_equal(worker_start(&spec, &w), RC_OK);
	assert_int_equal(worker_ready(w, 10, &missing), RC_MORE);
	worker_free(w);
}

/* A parent that gives its worker an endless job, tells who it is, and dies
 * without a good-bye. */
static _Noreturn void
be_a_bad_parent(int channel)
{
	const struct worker_msg job = {.type = HANG};
	struct worker *w = NULL;
	uint32_t missing;

	if (worker_start(&SPEC, &w) == RC_OK &&
	    worker_ready(w, WAIT_MS, &missing) == RC_OK &&
	    worker_send(w, &job, NULL, 0) == RC_OK) {
		const pid_t pid = worker_pid(w);
		(void)!write(channel, &pid, sizeof(pid));
	}
	(void)raise(SIGKILL);
	_exit(EXIT_FAILURE);
}

static void
a_worker_dies_with_its_parent(void **unused)
{
	int channel[2];
	int status;
	pid_t orphan = -1;

	(void)unused;
	/* The orphan becomes our child, so that its end is seen. */
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
	assert_int_equal(pipe2(channel, O_CLOEXEC), 0);
	const pid_t parent = fork();
	if (parent == 0)
		be_a_bad_parent(channel[1]);
	assert_int_equal(waitpid(parent, &status, 0), parent);
	assert_int_equal(read(channel[0], &orphan, sizeof(orphan)),
			 sizeof(orphan));
	assert_int_equal(waitpid(orphan, &status, 0), orphan);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
	assert_int_equal(close(channel[0]), 0);
	assert_int_equal(close(channel[1]), 0);
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0), 0);
}

static void
a_worker_killed_while_idle_gets_no_job(void **unused)
{
	struct worker *w = start(&SPEC);
	const struct worker_msg msg = {.type = ECHO};
	struct pollfd p = {.fd = worker_fd(w), .events = POLLIN};

	(void)unused;
	assert_int_equal(kill(worker_pid(w), SIGKILL), 0);
	assert_int_equal(poll(&p, 1, WAIT_MS), 1);
	assert_int_equal(worker_send(w, &msg, NULL, 0), RC_DIED);
	assert_int_equal(worker_end(w).signal, SIGKILL);
	assert_false(worker_end(w).killed);
	worker_free(w);
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
		cmocka_unit_test(a_job_comes_back_as_it_was_sent),
		cmocka_unit_test(the_protocol_is_held_to_its_order),
		cmocka_unit_test(descriptors_are_handed_over_and_closed_after),
		cmocka_unit_test(a_worker_holds_nothing_of_its_parent),
		cmocka_unit_test(the_result_of_a_job_goes_back),
		cmocka_unit_test(a_job_runs_in_the_jail_unless_told),
		cmocka_unit_test(past_its_ceilings_a_job_is_refused),
		cmocka_unit_test(processor_time_is_counted_for_each_job),
		cmocka_unit_test(whatever_ends_a_worker_is_told),
		cmocka_unit_test(a_flood_of_replies_is_one_reply_and_the_end),
		cmocka_unit_test(exit_handlers_of_the_parent_do_not_run),
		cmocka_unit_test(a_worker_that_cannot_be_prepared_says_so),
		cmocka_unit_test(a_worker_dies_with_its_parent),
		cmocka_unit_test(a_worker_killed_while_idle_gets_no_job),
		cmocka_unit_test(no_descriptor_is_left_in_the_parent),
	};

	exits = mmap(NULL, sizeof(*exits), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (exits == MAP_FAILED || atexit(count_exit) != 0)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, count_before, NULL);
}
