#include "base/io.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

enum rc
io_read_at(int fd, void *p, size_t n, uint64_t at, size_t *ret_n)
{
	size_t done = 0;

	while (done < n) {
		const ssize_t k = pread(fd, (uint8_t *)p + done, n - done,
					(off_t)(at + done));

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return RC_IO;
		if (k == 0)
			break;
		done += (size_t)k;
	}
	*ret_n = done;
	return RC_OK;
}

enum rc
io_write_at(int fd, const void *p, size_t n, uint64_t at)
{
	size_t done = 0;

	while (done < n) {
		const ssize_t k = pwrite(fd, (const uint8_t *)p + done,
					 n - done, (off_t)(at + done));

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return RC_IO;
		done += (size_t)k;
	}
	return RC_OK;
}

enum rc
io_settle(int fd, int dir, const char *aside, const char *name)
{
	bool good = fsync(fd) == 0;

	good = close(fd) == 0 && good;
	good = good && renameat(dir, aside, dir, name) == 0 && fsync(dir) == 0;
	return good ? RC_OK : RC_IO;
}
