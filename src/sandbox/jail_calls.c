/*
 * The system calls of a computation: the C library's memory, threads that
 * exist, clocks, and the descriptors that were handed over. Everything else
 * ends the process, except a few calls that libraries try and can do without:
 * these fail with EPERM.
 */
#include "base/span.h"
#include "sandbox/jail_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

static const int ALLOWED[] = {
	/* The descriptors it has. */
	SCMP_SYS(read),
	SCMP_SYS(pread64),
	SCMP_SYS(readv),
	SCMP_SYS(write),
	SCMP_SYS(pwrite64),
	SCMP_SYS(writev),
	SCMP_SYS(lseek),
	SCMP_SYS(close),
	SCMP_SYS(fstat),
	SCMP_SYS(ftruncate),
	SCMP_SYS(fadvise64),
	SCMP_SYS(recvmsg),
	SCMP_SYS(sendmsg),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	/* Memory; see also the rules on mmap and mprotect. */
	SCMP_SYS(brk),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	/* Threads that prepare() started. */
	SCMP_SYS(futex),
	SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity),
	SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq),
	SCMP_SYS(exit),
	/* Itself. qsort() asks sysinfo how much memory there is. */
	SCMP_SYS(exit_group),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(getrandom),
	SCMP_SYS(getrusage),
	SCMP_SYS(sysinfo),
#if JAIL_ASAN
	SCMP_SYS(sigaltstack),
	SCMP_SYS(rt_sigaction),
#endif
};

/* What the C library and others probe on their way to something else. */
static const int REFUSED[] = {
	SCMP_SYS(open),      SCMP_SYS(openat),    SCMP_SYS(stat),
	SCMP_SYS(lstat),     SCMP_SYS(statx),     SCMP_SYS(access),
	SCMP_SYS(faccessat), SCMP_SYS(readlink),  SCMP_SYS(readlinkat),
	SCMP_SYS(getcwd),    SCMP_SYS(ioctl),     SCMP_SYS(uname),
	SCMP_SYS(prctl),     SCMP_SYS(prlimit64), SCMP_SYS(getuid),
	SCMP_SYS(geteuid),   SCMP_SYS(getgid),    SCMP_SYS(getegid),
};

/* A call that is allowed if one argument is right. */
struct call_rule {
	int call;
	struct scmp_arg_cmp arg;
};

static const struct call_rule RULES[] = {
	/* No page is ever both written by us and executed. */
	{SCMP_SYS(mmap), {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0}},
	{SCMP_SYS(mprotect), {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0}},
	/* From 100 on, advice is for testers of the kernel, and for root. */
	{SCMP_SYS(madvise), {2, SCMP_CMP_LT, MADV_HWPOISON, 0}},
	/* fstat() of glibc is this call with an empty path. */
	{SCMP_SYS(newfstatat),
	 {3, SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH}},
	{SCMP_SYS(fcntl), {1, SCMP_CMP_EQ, F_GETFL, 0}},
	{SCMP_SYS(fcntl), {1, SCMP_CMP_EQ, F_GET_SEALS, 0}},
	{SCMP_SYS(fcntl), {1, SCMP_CMP_EQ, F_ADD_SEALS, 0}},
};

static bool
add_calls(scmp_filter_ctx ctx, const int *calls, size_t n, uint32_t action)
{
	for (size_t i = 0; i < n; i++)
		if (seccomp_rule_add(ctx, action, calls[i], 0) != 0)
			return false;
	return true;
}

static bool
add_rules(scmp_filter_ctx ctx)
{
	for (size_t i = 0; i < COUNT_OF(RULES); i++)
		if (seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, RULES[i].call,
					   1, &RULES[i].arg) != 0)
			return false;

	/* abort() signals its own process, so that its death says what it
	 * was; nobody else can be signalled. */
	const struct scmp_arg_cmp self = {0, SCMP_CMP_EQ,
					  (scmp_datum_t)getpid(), 0};
	const struct scmp_arg_cmp by_path = {3, SCMP_CMP_MASKED_EQ,
					     AT_EMPTY_PATH, 0};
	return seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
				      &self) == 0 &&
	       seccomp_rule_add_array(ctx, SCMP_ACT_ERRNO(EPERM),
				      SCMP_SYS(newfstatat), 1, &by_path) == 0;
}

bool
jail_close_calls(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);

	if (ctx == NULL)
		return false;
	/* TSYNC: the threads that exist are bound too. A foreign ABI (x32,
	 * i386) ends the process like a foreign call. */
	const bool closed =
		seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH,
				 SCMP_ACT_KILL_PROCESS) == 0 &&
		seccomp_attr_set(ctx, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
		add_calls(ctx, ALLOWED, COUNT_OF(ALLOWED), SCMP_ACT_ALLOW) &&
		add_calls(ctx, REFUSED, COUNT_OF(REFUSED),
			  SCMP_ACT_ERRNO(EPERM)) &&
		add_rules(ctx) && seccomp_load(ctx) == 0;
	seccomp_release(ctx);
	return closed;
}
