#include "source/walk/walk_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <sys/vfs.h>
#include <unistd.h>

int
walk_open_quiet(int dir, const char *name, int flags)
{
	const int all = flags | O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
	const int fd = openat(dir, name, all | O_NOATIME);

	/* Only the owner may leave the time of access alone. */
	return fd < 0 && errno == EPERM ? openat(dir, name, all) : fd;
}

/*
 * Has the FIFO at ${fd} a writer, or bytes? A read would tell, but take a
 * byte; tee() looks without taking.
 */
static bool
has_writer(int fd)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return true; /* cannot be told: read it and see */
	const ssize_t n = tee(fd, ends[1], 1, SPLICE_F_NONBLOCK);
	const int error = errno;
	(void)close(ends[0]);
	(void)close(ends[1]);
	return n > 0 || (n < 0 && error != EINVAL);
}

/* A pipe without a name was made together with its writer. */
static bool
is_nameless(int fd)
{
	struct statfs fs;

	return fstatfs(fd, &fs) == 0 && fs.f_type == PIPEFS_MAGIC;
}

int
walk_open_fifo(const char *path, uint32_t wait_ms)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return -1;
	if (!is_nameless(fd) && !has_writer(fd)) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		const int ms = wait_ms > 1 << 20 ? 1 << 20 : (int)wait_ms;

		if (poll(&p, 1, ms) <= 0 && !has_writer(fd)) {
			(void)close(fd);
			errno = ENXIO;
			return -1;
		}
	}
	const int flags = fcntl(fd, F_GETFL);
	if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) != 0) {
		const int error = errno;

		(void)close(fd);
		errno = error;
		return -1;
	}
	return fd;
}

bool
walk_is_kernel(int fd)
{
	static const long types[] = {
		PROC_SUPER_MAGIC,    SYSFS_MAGIC,      DEBUGFS_MAGIC,
		TRACEFS_MAGIC,       SECURITYFS_MAGIC, CGROUP_SUPER_MAGIC,
		CGROUP2_SUPER_MAGIC, BPF_FS_MAGIC,     DEVPTS_SUPER_MAGIC,
		EFIVARFS_MAGIC,      PSTOREFS_MAGIC,   SELINUX_MAGIC,
		BINFMTFS_MAGIC};
	struct statfs fs;

	if (fstatfs(fd, &fs) != 0)
		return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if ((unsigned long)fs.f_type == (unsigned long)types[i])
			return true;
	return false;
}
