#include "base/span.h"
#include "sandbox/jail.h"
#include "sandbox/jail_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
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

enum {
	MIB = 1 << 20,
	/* Exit statuses of a jailed child; others are an errno. */
	DONE = 0,
	NO_JAIL = 201,
	SILENT = 202, /* failed without an errno */
};

static const struct jail_limits ROOMY = {
	.memory_bytes = 256UL * MIB,
	.cpu_seconds = 20,
	.file_bytes = 8UL * MIB,
};

/* Runs ${act} in a jail, and says how the child ended. An act returns -1 with
 * errno when it is refused. */
static int
in_jail(const struct jail_limits *limits, long (*act)(void))
{
	const pid_t pid = fork();
	uint32_t missing;
	int status = -1;

	if (pid == 0) {
		if (jail_enter(limits, &missing) != RC_OK)
			_exit(NO_JAIL);
		errno = SILENT;
		_exit(act() == -1 ? errno : DONE);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
assert_exits(int status, int want)
{
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), want);
}

static void
assert_dies(int status, int want)
{
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), want);
	assert_false(WCOREDUMP(status));
}

/* What a process that was taken over would try. Raw calls, because the C
 * library has its own ways to some of them. */

static long
try_open(void)
{
	return syscall(SYS_open, "/etc/passwd", O_RDONLY);
}

static long
try_openat(void)
{
	return syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY, 0);
}

static long
try_create(void)
{
	return syscall(SYS_openat, AT_FDCWD, "/tmp/jail-test", O_CREAT | O_RDWR,
		       0600);
}

static long
try_creat(void)
{
	return syscall(SYS_creat, "/tmp/jail-test", 0600);
}

static long
try_openat2(void)
{
	uint64_t how[3] = {O_RDONLY};
	return syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", how, sizeof(how));
}

static long
try_stat(void)
{
	struct stat st;
	return stat("/etc/passwd", &st);
}

static long
try_readlink(void)
{
	char buf[64];
	return readlink("/proc/self/exe", buf, sizeof(buf));
}

static long
try_unlink(void)
{
	return syscall(SYS_unlink, "/tmp/jail-test-that-is-not");
}

static long
try_mkdir(void)
{
	return syscall(SYS_mkdir, "/tmp/jail-test-dir", 0700);
}

static long
try_chmod(void)
{
	return syscall(SYS_chmod, "/tmp", 01777);
}

static long
try_socket(void)
{
	return syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
}

static long
try_socketpair(void)
{
	int pair[2];
	return syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair);
}

static long
try_connect(void)
{
	const struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = 1};
	return syscall(SYS_connect, 0, &to, sizeof(to));
}

static long
try_fork(void)
{
	return syscall(SYS_fork);
}

static long
try_vfork(void)
{
	/* vfork() itself would share our stack. */
	return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
}

static long
try_clone3(void)
{
	uint64_t args[8] = {0};
	return syscall(SYS_clone3, args, sizeof(args));
}

static void *
idle(void *arg)
{
	return arg;
}

static long
try_thread(void)
{
	pthread_t t;
	return pthread_create(&t, NULL, idle, NULL) == 0 ? 0 : -1;
}

static long
try_execve(void)
{
	char *none[] = {NULL};
	return syscall(SYS_execve, "/bin/true", none, none);
}

static long
try_ptrace(void)
{
	return syscall(SYS_ptrace, PTRACE_ATTACH, getppid(), 0, 0);
}

static long
try_traceme(void)
{
	return syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0);
}

static long
try_kill_parent(void)
{
	return syscall(SYS_kill, 1, 0);
}

static long
try_tgkill_other(void)
{
	return syscall(SYS_tgkill, 1, 1, 0);
}

static long
try_read_memory(void)
{
	char byte;
	const struct iovec here = {&byte, 1};
	const struct iovec there = {&byte, 1};
	return syscall(SYS_process_vm_readv, 1, &here, 1, &there, 1, 0);
}

static long
try_map_code(void)
{
	return syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_EXEC,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static long
try_make_code(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return syscall(SYS_mprotect, page, 4096, PROT_READ | PROT_EXEC);
}

static long
try_memfd(void)
{
	return syscall(SYS_memfd_create, "more", 0);
}

static long
try_raise_limit(void)
{
	const struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
	return syscall(SYS_prlimit64, 0, RLIMIT_CPU, &all, NULL);
}

static long
try_ioctl(void)
{
	char c = 'x';
	return ioctl(0, TIOCSTI, &c); /* types for the user */
}

static long
try_dump(void)
{
	return syscall(SYS_prctl, 4 /* PR_SET_DUMPABLE */, 1, 0, 0, 0);
}

static long
try_io_uring(void)
{
	uint8_t params[120] = {0};
	return syscall(SYS_io_uring_setup, 1, params);
}

static long
try_poison(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return madvise(page, 0, MADV_HWPOISON);
}

static long
try_dup(void)
{
	return syscall(SYS_fcntl, 0, F_DUPFD, 10);
}

static long
try_x32(void)
{
	/* getpid() of the x32 ABI: the same number with a bit set. */
	return syscall(0x40000000 + SYS_getpid);
}

static const struct {
	const char *name;
	long (*act)(void);
	int want; /* SIGSYS: it dies; EPERM: it is refused */
} crimes[] = {
	{"open", try_open, EPERM},
	{"openat", try_openat, EPERM},
	{"openat to create", try_create, EPERM},
	{"creat", try_creat, SIGSYS},
	{"openat2", try_openat2, SIGSYS},
	{"stat of a path", try_stat, EPERM},
	{"readlink", try_readlink, EPERM},
	{"unlink", try_unlink, SIGSYS},
	{"mkdir", try_mkdir, SIGSYS},
	{"chmod", try_chmod, SIGSYS},
	{"socket", try_socket, SIGSYS},
	{"socketpair", try_socketpair, SIGSYS},
	{"connect", try_connect, SIGSYS},
	{"fork", try_fork, SIGSYS},
	{"clone", try_vfork, SIGSYS},
	{"clone3", try_clone3, SIGSYS},
	{"a new thread", try_thread, SIGSYS},
	{"execve", try_execve, SIGSYS},
	{"ptrace", try_ptrace, SIGSYS},
	{"ptrace of itself", try_traceme, SIGSYS},
	{"kill of another", try_kill_parent, SIGSYS},
	{"tgkill of another", try_tgkill_other, SIGSYS},
	{"process_vm_readv", try_read_memory, SIGSYS},
	{"mmap of code", try_map_code, SIGSYS},
	{"mprotect to code", try_make_code, SIGSYS},
	{"memfd_create", try_memfd, SIGSYS},
	{"prlimit", try_raise_limit, EPERM},
	{"ioctl", try_ioctl, EPERM},
	{"prctl", try_dump, EPERM},
	{"io_uring", try_io_uring, SIGSYS},
	{"madvise for root", try_poison, SIGSYS},
	{"fcntl to duplicate", try_dup, SIGSYS},
	{"a call of the x32 ABI", try_x32, SIGSYS},
};

static void
what_a_computation_does_not_need_is_refused(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < COUNT_OF(crimes); i++) {
		const int status = in_jail(&ROOMY, crimes[i].act);
		const bool right =
			crimes[i].want == SIGSYS
				? WIFSIGNALED(status) &&
					  WTERMSIG(status) == SIGSYS
				: WIFEXITED(status) &&
					  WEXITSTATUS(status) == crimes[i].want;
		if (!right)
			fail_msg("%s: status 0x%x", crimes[i].name,
				 (unsigned)status);
	}
}

/* The crimes must fail because of the jail, not because they are nonsense:
 * without it, these succeed. */
static void
the_same_calls_work_outside(void **unused)
{
	(void)unused;
	const int fd = (int)try_openat();
	assert_true(fd >= 0);
	assert_int_equal(close(fd), 0);
	assert_int_equal(try_stat(), 0);
	const int sock = (int)try_socket();
	assert_true(sock >= 0);
	assert_int_equal(close(sock), 0);
	const int memory = (int)try_memfd();
	assert_true(memory >= 0);
	assert_int_equal(close(memory), 0);
	const long code = try_map_code();
	assert_true(code != -1);
	assert_int_equal(syscall(SYS_munmap, code, 4096), 0);
	assert_int_equal(try_make_code(), 0);
}

/* A descriptor of the parent, for the acts that use one: they have no
 * arguments. */
static int given = -1;

static int
by_number(const void *a, const void *b)
{
	const int32_t x = *(const int32_t *)a;
	const int32_t y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

static long
compute(void)
{
	enum { N = 1 << 18 };
	int32_t *v = calloc(N, sizeof(*v));
	struct timespec t;
	struct stat st;
	char text[64];
	sigset_t none;

	if (v == NULL || sigemptyset(&none) != 0)
		return -1;
	for (int32_t i = 0; i < N; i++)
		v[i] = (i * 7919) % N;
	qsort(v, N, sizeof(*v), by_number); /* asks how much memory there is */
	for (int32_t i = 1; i < N; i++)
		if (v[i - 1] > v[i])
			return -1;
	v = realloc(v, 8UL * N * sizeof(*v));
	if (v == NULL)
		return -1;
	free(v);
	const bool fine = clock_gettime(CLOCK_MONOTONIC, &t) == 0 &&
			  snprintf(text, sizeof(text), "%.3f", 2.5) == 5 &&
			  poll(NULL, 0, 1) == 0 &&
			  pthread_sigmask(SIG_SETMASK, &none, NULL) == 0 &&
			  fstat(given, &st) == 0 && st.st_size == 5 &&
			  pread(given, text, 5, 0) == 5 &&
			  memcmp(text, "lilas", 5) == 0 &&
			  lseek(given, 0, SEEK_SET) == 0 &&
			  pwrite(given, "rose", 4, 5) == 4 &&
			  ftruncate(given, 9) == 0;
	const uint8_t *map = mmap(NULL, 9, PROT_READ, MAP_SHARED, given, 0);
	return fine && map != MAP_FAILED && memcmp(map, "lilasrose", 9) == 0
		       ? 0
		       : -1;
}

static void
memory_clocks_and_given_descriptors_work(void **unused)
{
	(void)unused;
	given = memfd_create("given", MFD_CLOEXEC);
	assert_true(given >= 0);
	assert_int_equal(write(given, "lilas", 5), 5);
	assert_exits(in_jail(&ROOMY, compute), DONE);
	assert_int_equal(close(given), 0);
}

static long
write_to_it(void)
{
	return write(given, "x", 1);
}

static long
open_below_it(void)
{
	return openat(given, "jail-test", O_CREAT | O_RDWR, 0600);
}

static void
a_directory_that_is_held_opens_nothing(void **unused)
{
	(void)unused;
	given = open("/tmp", O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_true(given >= 0);
	assert_exits(in_jail(&ROOMY, write_to_it), EBADF);
	assert_exits(in_jail(&ROOMY, open_below_it), EPERM);
	assert_int_equal(close(given), 0);
	assert_int_equal(access("/tmp/jail-test", F_OK), -1);
}

static void
what_was_given_to_read_cannot_be_written(void **unused)
{
	(void)unused;
	given = open("/dev/null", O_RDONLY | O_CLOEXEC);
	assert_true(given >= 0);
	assert_exits(in_jail(&ROOMY, write_to_it), EBADF);
	assert_int_equal(close(given), 0);
}

static long
call_abort(void)
{
	abort();
}

static void
a_failed_assertion_dies_as_one(void **unused)
{
	(void)unused;
	assert_dies(in_jail(&ROOMY, call_abort), SIGABRT);
}

static long
take_memory(void)
{
	void *volatile p = mmap(NULL, 300UL * MIB, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p == MAP_FAILED ? -1 : 0;
}

static long
take_less_memory(void)
{
	void *volatile p = mmap(NULL, 200UL * MIB, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p == MAP_FAILED ? -1 : 0;
}

static void
memory_ends_at_its_ceiling(void **unused)
{
	(void)unused;
	if (JAIL_ASAN)
		skip();
	assert_exits(in_jail(&ROOMY, take_memory), ENOMEM);
	assert_exits(in_jail(&ROOMY, take_less_memory), DONE);
}

static long
spin(void)
{
	for (volatile unsigned i = 0;; i++)
		continue;
	return 0;
}

static void
processor_time_ends_at_its_ceiling(void **unused)
{
	struct jail_limits limits = ROOMY;

	(void)unused;
	limits.cpu_seconds = 1;
	assert_dies(in_jail(&limits, spin), SIGXCPU);
}

static long
grow_file(void)
{
	return ftruncate(given, 8L * MIB + 1);
}

static long
grow_file_less(void)
{
	return ftruncate(given, 8L * MIB);
}

static void
a_file_ends_at_its_ceiling(void **unused)
{
	(void)unused;
	given = memfd_create("given", MFD_CLOEXEC);
	assert_true(given >= 0);
	assert_dies(in_jail(&ROOMY, grow_file), SIGXFSZ);
	assert_exits(in_jail(&ROOMY, grow_file_less), DONE);
	assert_int_equal(close(given), 0);
}

/* Two threads: one is there before the jail closes and misbehaves after. */
struct pair {
	pthread_barrier_t closed;
	long (*act)(void);
	long got;
	int code;
};

static void *
misbehave(void *arg)
{
	struct pair *p = arg;

	(void)pthread_barrier_wait(&p->closed);
	p->got = p->act();
	p->code = errno;
	return NULL;
}

static long
take_clock(void)
{
	struct timespec t;
	return clock_gettime(CLOCK_MONOTONIC, &t);
}

static int
thread_in_jail(long (*act)(void))
{
	const pid_t pid = fork();
	struct pair p = {.act = act};
	pthread_t t;
	uint32_t missing;
	int status = -1;

	if (pid == 0) {
		if (pthread_barrier_init(&p.closed, NULL, 2) != 0 ||
		    pthread_create(&t, NULL, misbehave, &p) != 0 ||
		    jail_enter(&ROOMY, &missing) != RC_OK)
			_exit(NO_JAIL);
		(void)pthread_barrier_wait(&p.closed);
		(void)pthread_join(t, NULL);
		_exit(p.got == -1 ? p.code : DONE);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
a_thread_that_was_there_is_jailed_too(void **unused)
{
	(void)unused;
	assert_dies(thread_in_jail(try_socket), SIGSYS);
	assert_dies(thread_in_jail(try_execve), SIGSYS);
	assert_exits(thread_in_jail(try_openat), EPERM);
	assert_exits(thread_in_jail(take_clock), DONE);
}

/* Landlock by itself, which the filter hides in the tests above. */
static long
landlock_opens(void)
{
	if (!jail_close_privs() || (jail_close_landlock() & JAIL_PATHS) == 0)
		return 1;
	if (try_openat() != -1 || errno != EACCES)
		return 2;
	if (try_create() != -1 || errno != EACCES)
		return 3;
	if (try_mkdir() != -1 || errno != EACCES)
		return 4;
	return 0;
}

static void
landlock_alone_keeps_paths_shut(void **unused)
{
	const pid_t pid = fork();
	int status = -1;

	(void)unused;
	if (pid == 0)
		_exit((int)landlock_opens());
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_exits(status, 0);
}

static long
limits_alone(void)
{
	if (jail_limit(&ROOMY) != RC_OK)
		return 1;
	const int fd = (int)try_openat();
	if (fd < 0)
		return 2;
	if (dup2(fd, JAIL_DESCRIPTORS_MAX) != -1)
		return 3;
	return JAIL_ASAN || take_memory() == -1 ? 0 : 4;
}

static void
without_the_jail_the_limits_remain(void **unused)
{
	const pid_t pid = fork();
	int status = -1;

	(void)unused;
	if (pid == 0)
		_exit((int)limits_alone());
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_exits(status, 0);
}

/* An outer filter imitates a kernel, or a container, that lacks a call. The
 * child's status is what jail_enter() says is missing. */
static int
missing_without(int call)
{
	const pid_t pid = fork();
	int status = -1;

	if (pid == 0) {
		uint32_t missing = 0;
		scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
		if (ctx == NULL ||
		    seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), call, 0) !=
			    0 ||
		    seccomp_load(ctx) != 0)
			_exit(NO_JAIL);
		const enum rc rc = jail_enter(&ROOMY, &missing);
		_exit(rc == RC_UNSUPPORTED ? (int)missing : SILENT);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
a_missing_layer_is_named(void **unused)
{
	(void)unused;
	assert_exits(missing_without(SCMP_SYS(landlock_create_ruleset)),
		     JAIL_PATHS);
	assert_exits(missing_without(SCMP_SYS(landlock_restrict_self)),
		     JAIL_PATHS);
	assert_exits(missing_without(SCMP_SYS(seccomp)), JAIL_CALLS);
	assert_exits(missing_without(SCMP_SYS(prlimit64)),
		     JAIL_LIMITS | JAIL_NO_CORE);
}

static void
this_kernel_gives_every_layer_we_require(void **unused)
{
	struct jail_report report;

	(void)unused;
	assert_int_equal(jail_probe(&report), RC_OK);
	assert_int_equal(report.layers & JAIL_REQUIRED, JAIL_REQUIRED);
	assert_int_equal(report.landlock_abi, jail_landlock_abi());
	assert_int_equal((report.layers & JAIL_NET) != 0,
			 report.landlock_abi >= 4);
	assert_int_equal((report.layers & JAIL_SCOPE) != 0,
			 report.landlock_abi >= 6);
	/* The probing took place in children. */
	assert_int_equal(access("/etc/passwd", R_OK), 0);
}

static void
each_layer_has_its_name(void **unused)
{
	(void)unused;
	for (int i = 0; i < JAIL_LAYERS; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				jail_layer_name((enum jail_layer)(1 << i)),
				jail_layer_name((enum jail_layer)(1 << k)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(this_kernel_gives_every_layer_we_require),
		cmocka_unit_test(what_a_computation_does_not_need_is_refused),
		cmocka_unit_test(the_same_calls_work_outside),
		cmocka_unit_test(memory_clocks_and_given_descriptors_work),
		cmocka_unit_test(a_directory_that_is_held_opens_nothing),
		cmocka_unit_test(what_was_given_to_read_cannot_be_written),
		cmocka_unit_test(a_failed_assertion_dies_as_one),
		cmocka_unit_test(memory_ends_at_its_ceiling),
		cmocka_unit_test(processor_time_ends_at_its_ceiling),
		cmocka_unit_test(a_file_ends_at_its_ceiling),
		cmocka_unit_test(a_thread_that_was_there_is_jailed_too),
		cmocka_unit_test(landlock_alone_keeps_paths_shut),
		cmocka_unit_test(without_the_jail_the_limits_remain),
		cmocka_unit_test(a_missing_layer_is_named),
		cmocka_unit_test(each_layer_has_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
