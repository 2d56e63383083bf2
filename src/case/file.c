/* Files of a case, and what is said when one is wrong. */
#include "base/io.h"
#include "case/case_impl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
case_fault_is_key(enum case_why why)
{
	switch (why) {
	case CASE_KEY_ABSENT:
	case CASE_KEY_WRONG:
	case CASE_KEY_SHARED:
	case CASE_KEY_DAMAGED:
	case CASE_KEY_PASSPHRASE:
		return true;
	case CASE_GOOD:
	case CASE_ABSENT:
	case CASE_FOREIGN:
	case CASE_LOCKED:
	case CASE_DAMAGED:
	case CASE_NEWER:
	case CASE_SYSTEM:
		break;
	}
	return false;
}

enum rc
fault(struct case_fault *f, enum case_why why, const char *file)
{
	f->why = why;
	f->error = 0;
	(void)snprintf(f->file, sizeof(f->file), "%s", file);
	if (case_fault_is_key(why))
		return RC_DENIED;
	return why == CASE_SYSTEM ? RC_IO : RC_FORMAT;
}

enum rc
fault_system(struct case_fault *f, const char *file)
{
	const int error = errno;

	(void)fault(f, CASE_SYSTEM, file);
	f->error = error;
	return RC_IO;
}

enum rc
fault_of(struct case_fault *f, enum rc rc, const char *file)
{
	if (rc == RC_IO)
		return fault_system(f, file);
	if (rc == RC_NOMEM) {
		errno = ENOMEM;
		(void)fault_system(f, file);
		return RC_NOMEM;
	}
	if (rc == RC_UNSUPPORTED)
		return fault(f, CASE_NEWER, file);
	return rc == RC_OK ? RC_OK : fault(f, CASE_DAMAGED, file);
}

enum rc
file_save(int dir, const char *name, const struct span *parts, size_t n)
{
	char aside[CASE_FILE_MAX + 8];
	uint64_t at = 0;
	enum rc rc = RC_OK;

	(void)snprintf(aside, sizeof(aside), "%s.new", name);
	const int fd = openat(dir, aside,
			      O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return RC_IO;
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		rc = io_write_at(fd, parts[i].p, parts[i].n, at);
		at += parts[i].n;
	}
	if (rc == RC_OK)
		rc = io_settle(fd, dir, aside, name);
	else
		(void)close(fd);
	if (rc == RC_OK)
		return RC_OK;
	const int error = errno;
	(void)unlinkat(dir, aside, 0);
	errno = error;
	return RC_IO;
}

enum rc
file_load(int dir, const char *name, uint64_t most, uint8_t **ret_bytes,
	  size_t *ret_n)
{
	struct stat st;
	size_t got = 0;
	const int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return errno == ENOENT ? RC_END : RC_IO;
	enum rc rc = fstat(fd, &st) == 0 ? RC_OK : RC_IO;
	if (rc == RC_OK &&
	    (!S_ISREG(st.st_mode) || (uint64_t)st.st_size > most))
		rc = RC_FORMAT;
	uint8_t *p = NULL;
	if (rc == RC_OK) {
		p = sqlite3_malloc64((uint64_t)st.st_size + 1);
		rc = p == NULL ? RC_NOMEM
			       : io_read_at(fd, p, (size_t)st.st_size, 0, &got);
	}
	(void)close(fd);
	if (rc != RC_OK) {
		sqlite3_free(p);
		return rc;
	}
	*ret_bytes = p;
	*ret_n = got;
	return RC_OK;
}

bool
file_exists(int dir, const char *name)
{
	struct stat st;

	return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

bool
file_each(int dir, bool (*visit)(void *arg, const char *name), void *arg)
{
	const int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	bool good = true;

	if (d == NULL) {
		if (fd >= 0)
			(void)close(fd);
		return false;
	}
	for (const struct dirent *e = readdir(d); e != NULL && good;
	     e = readdir(d))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			good = visit(arg, e->d_name);
	(void)closedir(d);
	return good;
}
