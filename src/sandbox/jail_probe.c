/*
 * What this kernel gives, found by trying: each layer is closed in a child of
 * its own, which then does what the layer forbids.
 */
#include "sandbox/jail_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MIB = 1 << 20 };

/* Small, so that going past them is quick. */
static const struct jail_limits TIGHT = {
	.memory_bytes = 16UL * MIB,
	.cpu_seconds = 10,
	.file_bytes = MIB,
};

static bool
privs_hold(void)
{
	return jail_close_privs() &&
	       prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

static bool
core_holds(void)
{
	struct rlimit core;

	return jail_close_core() && getrlimit(RLIMIT_CORE, &core) == 0 &&
	       core.rlim_cur == 0 && core.rlim_max == 0 &&
	       prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
}

static bool
limits_hold(void)
{
	const int fd = memfd_create("probe", MFD_CLOEXEC);

	if (fd < 0 || signal(SIGXFSZ, SIG_IGN) == SIG_ERR ||
	    !jail_close_limits(&TIGHT))
		return false;
	const bool file = ftruncate(fd, 2L * MIB) != 0 && errno == EFBIG;
	const bool number = dup2(fd, JAIL_DESCRIPTORS_MAX) < 0;
	const bool memory = JAIL_ASAN || mmap(NULL, 64UL * MIB, PROT_READ,
					      MAP_PRIVATE | MAP_ANONYMOUS, -1,
					      0) == MAP_FAILED;
	return file && number && memory;
}

static bool
paths_hold(void)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

	return jail_close_privs() && open("/", flags) >= 0 &&
	       (jail_close_landlock() & JAIL_PATHS) != 0 &&
	       open("/", flags) < 0 && errno == EACCES;
}

static bool
net_holds(void)
{
	const struct sockaddr_in any = {
		.sin_family = AF_INET,
		.sin_addr = {htonl(INADDR_LOOPBACK)},
	};
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	return fd >= 0 && jail_close_privs() &&
	       (jail_close_landlock() & JAIL_NET) != 0 &&
	       bind(fd, (const struct sockaddr *)&any, sizeof(any)) != 0 &&
	       errno == EACCES;
}

static bool
scope_holds(void)
{
	/* Signal 0 only asks whether the parent may be signalled. */
	return jail_close_privs() && kill(getppid(), 0) == 0 &&
	       (jail_close_landlock() & JAIL_SCOPE) != 0 &&
	       kill(getppid(), 0) != 0 && errno == EPERM;
}

static bool
calls_hold(void)
{
	/* If all is well this does not return. */
	if (jail_close_core() && jail_close_privs() && jail_close_calls())
		(void)socket(AF_UNIX, SOCK_STREAM, 0);
	return false;
}

static const struct probe {
	enum jail_layer layer;
	int signal; /* that ends the child if the layer holds */
	bool (*holds)(void);
} PROBES[JAIL_LAYERS] = {
	{JAIL_NO_NEW_PRIVS, 0, privs_hold}, {JAIL_NO_CORE, 0, core_holds},
	{JAIL_LIMITS, 0, limits_hold},      {JAIL_PATHS, 0, paths_hold},
	{JAIL_NET, 0, net_holds},           {JAIL_SCOPE, 0, scope_holds},
	{JAIL_CALLS, SIGSYS, calls_hold},
};

static enum rc
try_layer(const struct probe *probe, bool *ret_holds)
{
	const pid_t pid = fork();
	int status;

	if (pid < 0)
		return RC_IO;
	if (pid == 0)
		_exit(probe->holds() ? 0 : 1);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return RC_IO;
	*ret_holds = probe->signal == 0
			     ? WIFEXITED(status) && WEXITSTATUS(status) == 0
			     : WIFSIGNALED(status) &&
				       WTERMSIG(status) == probe->signal;
	return RC_OK;
}

enum rc
jail_probe(struct jail_report *ret_report)
{
	struct jail_report report = {.landlock_abi = jail_landlock_abi()};

	for (size_t i = 0; i < JAIL_LAYERS; i++) {
		bool holds;
		const enum rc rc = try_layer(&PROBES[i], &holds);

		if (rc != RC_OK)
			return rc;
		if (holds)
			report.layers |= (uint32_t)PROBES[i].layer;
	}
	*ret_report = report;
	return RC_OK;
}
