#include "sandbox/jail.h"

#include "sandbox/jail_impl.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Landlock as later headers than Debian 12's spell it: what each version of
 * the interface added. Source: landlock(7). */
enum {
	LL_FS_ABI_1 = (1 << 13) - 1, /* execute, read, write, list, make... */
	LL_FS_REFER = 1 << 13,       /* ABI 2 */
	LL_FS_TRUNCATE = 1 << 14,    /* ABI 3 */
	LL_FS_IOCTL_DEV = 1 << 15,   /* ABI 5 */
	LL_NET_TCP = (1 << 2) - 1,   /* ABI 4: bind, connect */
	LL_SCOPE = (1 << 2) - 1,     /* ABI 6: abstract sockets, signals */
};

struct landlock_ruleset {
	uint64_t fs;
	uint64_t net;    /* since ABI 4 */
	uint64_t scoped; /* since ABI 6 */
};

bool
jail_close_privs(void)
{
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

bool
jail_close_core(void)
{
	/* A core that is piped to a handler ignores the limit, hence both. */
	const struct rlimit none = {0, 0};

	return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
	       setrlimit(RLIMIT_CORE, &none) == 0;
}

/* Lowers a ceiling to ${want}, or to what it may be at most. The hard limit
 * stays if ${soft_only}: the parent moves the soft one for each job. */
static bool
lower(__rlimit_resource_t resource, rlim_t want, bool soft_only)
{
	struct rlimit now;

	if (getrlimit(resource, &now) != 0)
		return false;
	const rlim_t value = want < now.rlim_max ? want : now.rlim_max;
	const struct rlimit next = {value, soft_only ? now.rlim_max : value};
	return setrlimit(resource, &next) == 0;
}

/* The bytes of address space that are mapped; 0 if the kernel does not say. */
static uint64_t
mapped_bytes(void)
{
	char text[64];
	const int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return 0;
	const ssize_t n = read(fd, text, sizeof(text) - 1);
	(void)close(fd);
	if (n <= 0)
		return 0;
	text[n] = '\0';
	const uint64_t pages = strtoull(text, NULL, 10);
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static bool
lower_memory(uint64_t more_bytes)
{
	/* AddressSanitizer maps terabytes that it never touches. */
	if (JAIL_ASAN)
		return true;
	const uint64_t mapped = mapped_bytes();
	uint64_t sum;

	if (mapped == 0)
		return false;
	if (__builtin_add_overflow(mapped, more_bytes, &sum))
		sum = RLIM_INFINITY;
	return lower(RLIMIT_AS, sum, false);
}

bool
jail_close_limits(const struct jail_limits *limits)
{
	struct timespec used;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) != 0)
		return false;
	const rlim_t seconds = (rlim_t)used.tv_sec + 1 + limits->cpu_seconds;

	return lower(RLIMIT_CPU, seconds, true) &&
	       lower(RLIMIT_FSIZE, limits->file_bytes, false) &&
	       lower(RLIMIT_NOFILE, JAIL_DESCRIPTORS_MAX, false) &&
	       lower_memory(limits->memory_bytes);
}

int
jail_landlock_abi(void)
{
	const long abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
				 LANDLOCK_CREATE_RULESET_VERSION);

	return abi > 0 ? (int)abi : 0;
}

uint32_t
jail_close_landlock(void)
{
	const int abi = jail_landlock_abi();
	struct landlock_ruleset rules = {.fs = LL_FS_ABI_1};
	uint32_t holds = JAIL_PATHS;
	size_t n = sizeof(rules.fs);

	if (abi == 0)
		return 0;
	if (abi >= 2)
		rules.fs |= LL_FS_REFER;
	if (abi >= 3)
		rules.fs |= LL_FS_TRUNCATE;
	if (abi >= 5)
		rules.fs |= LL_FS_IOCTL_DEV;
	if (abi >= 4) {
		rules.net = LL_NET_TCP;
		holds |= JAIL_NET;
		n = offsetof(struct landlock_ruleset, scoped);
	}
	if (abi >= 6) {
		rules.scoped = LL_SCOPE;
		holds |= JAIL_SCOPE;
		n = sizeof(rules);
	}

	/* A rule set without a rule: whatever it handles is forbidden. */
	const long fd = syscall(SYS_landlock_create_ruleset, &rules, n, 0);
	if (fd < 0)
		return 0;
	const long rc = syscall(SYS_landlock_restrict_self, fd, 0);
	(void)close((int)fd);
	return rc == 0 ? holds : 0;
}

enum rc
jail_limit(const struct jail_limits *limits)
{
	const bool privs = jail_close_privs();
	const bool core = jail_close_core();
	const bool held = jail_close_limits(limits);

	return privs && core && held ? RC_OK : RC_UNSUPPORTED;
}

enum rc
jail_enter(const struct jail_limits *limits, uint32_t *reterr_missing)
{
	uint32_t holds = 0;

	if (jail_close_privs())
		holds |= JAIL_NO_NEW_PRIVS;
	if (jail_close_core())
		holds |= JAIL_NO_CORE;
	if (jail_close_limits(limits))
		holds |= JAIL_LIMITS;
	holds |= jail_close_landlock();
	/* Last: it forbids the calls that close the others. */
	if (jail_close_calls())
		holds |= JAIL_CALLS;

	const uint32_t missing = JAIL_REQUIRED & ~holds;
	if (missing == 0)
		return RC_OK;
	*reterr_missing = missing;
	return RC_UNSUPPORTED;
}

const char *
jail_layer_name(enum jail_layer layer)
{
	switch (layer) {
	case JAIL_NO_NEW_PRIVS:
		return "no new privileges";
	case JAIL_NO_CORE:
		return "no core dump";
	case JAIL_LIMITS:
		return "limits on memory, time and output";
	case JAIL_PATHS:
		return "no paths (Landlock)";
	case JAIL_NET:
		return "no network (Landlock)";
	case JAIL_SCOPE:
		return "no other process (Landlock)";
	case JAIL_CALLS:
		return "system calls of a computation only (seccomp)";
	}
	return "unknown";
}
