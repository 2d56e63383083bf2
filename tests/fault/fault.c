/* A library to preload: it stands between the program and the calls of the C
 * library that rules.h lists, and breaks those that the rules name. It works
 * in the jail, for it makes no system call but those it stands for. */
#include "rules.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

/* Set ${next} to what would have been called without us: the function of that
 * name of the C library, or of a sanitizer. */
#define NEXT(name)                     \
	static __typeof__(name) *next; \
	if (next == NULL)              \
	*(void **)&next = dlsym(RTLD_NEXT, #name)

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the names
 * that the C library declares are reserved to it. */
/* clang-format off */

/* A call about the ${n} bytes at byte ${at} of a file. */
#define WRAP_AT(type, name, at, failed, params, args)             \
	EXPORT type name params                                   \
	{                                                         \
		NEXT(name);                                       \
		return fault_met(FAULT_##name, (uint64_t)(at), &n)\
			? (failed) : next args;                   \
	}

/* A call that is not about a part of a file. */
#define WRAP(type, name, failed, params, args)                    \
	EXPORT type name params                                   \
	{                                                         \
		size_t n = 0;                                     \
		NEXT(name);                                       \
		return fault_met(FAULT_##name, 0, &n)             \
			? (failed) : next args;                   \
	}

WRAP_AT(ssize_t, pread, at, -1,
	(int fd, void *p, size_t n, off_t at), (fd, p, n, at))
WRAP_AT(ssize_t, read, 0, -1,
	(int fd, void *p, size_t n), (fd, p, n))
WRAP_AT(ssize_t, pwrite, at, -1,
	(int fd, const void *p, size_t n, off_t at), (fd, p, n, at))
WRAP_AT(ssize_t, write, 0, -1,
	(int fd, const void *p, size_t n), (fd, p, n))
WRAP_AT(ssize_t, sendfile, at == NULL ? 0 : *at, -1,
	(int out, int in, off_t *at, size_t n), (out, in, at, n))
WRAP_AT(void *, mmap, at, MAP_FAILED,
	(void *p, size_t n, int prot, int flags, int fd, off_t at),
	(p, n, prot, flags, fd, at))

WRAP(off_t, lseek, -1, (int fd, off_t at, int from), (fd, at, from))
WRAP(int, fstat, -1, (int fd, struct stat *st), (fd, st))
WRAP(int, ftruncate, -1, (int fd, off_t length), (fd, length))
WRAP(int, fsync, -1, (int fd), (fd))
WRAP(int, renameat, -1,
	(int from_dir, const char *from, int to_dir, const char *to),
	(from_dir, from, to_dir, to))
WRAP(int, unlinkat, -1, (int dir, const char *name, int flags),
	(dir, name, flags))
WRAP(int, memfd_create, -1, (const char *name, unsigned flags), (name, flags))
WRAP(pid_t, fork, -1, (void), ())
WRAP(int, socketpair, -1,
	(int domain, int type, int protocol, int fds[2]),
	(domain, type, protocol, fds))
WRAP(ssize_t, sendmsg, -1,
	(int fd, const struct msghdr *m, int flags), (fd, m, flags))
WRAP(ssize_t, recvmsg, -1, (int fd, struct msghdr *m, int flags), (fd, m, flags))
WRAP(int, pthread_create, EAGAIN,
	(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *),
	 void *arg),
	(thread, attr, run, arg))

/* clang-format on */

/* A worker says what it is as its first act. */
EXPORT int
prctl(int option, ...)
{
	unsigned long a[4];
	va_list list;
	NEXT(prctl);

	va_start(list, option);
	for (size_t i = 0; i < 4; i++)
		a[i] = va_arg(list, unsigned long);
	va_end(list);
	if (option == PR_SET_NAME) {
		const char *name;

		memcpy(&name, a, sizeof(name));
		fault_named(name);
	}
	return next(option, a[0], a[1], a[2], a[3]);
}

/* libseccomp 2.5.4 turns in a circle when memory fails in there. That is not
 * ours to test: the parent gives up on such a worker after a minute. */
EXPORT int seccomp_load(void *ctx);

EXPORT int
seccomp_load(void *ctx)
{
	NEXT(seccomp_load);

	fault_pause(true);
	const int rc = next(ctx);
	fault_pause(false);
	return rc;
}

/* A sanitizer has its own memory, and must have it. dlsym() itself may call
 * these: hence not by NEXT. */
#ifndef FAULT_NO_MALLOC
void *next_malloc(size_t size) __asm__("__libc_malloc");
void *next_calloc(size_t count, size_t size) __asm__("__libc_calloc");
void *next_realloc(void *p, size_t size) __asm__("__libc_realloc");

EXPORT void *
malloc(size_t size)
{
	size_t n = 0;

	return fault_met(FAULT_malloc, 0, &n) ? NULL : next_malloc(size);
}

EXPORT void *
calloc(size_t count, size_t size)
{
	size_t n = 0;

	return fault_met(FAULT_calloc, 0, &n) ? NULL : next_calloc(count, size);
}

EXPORT void *
realloc(void *p, size_t size)
{
	size_t n = 0;

	return fault_met(FAULT_realloc, 0, &n) ? NULL : next_realloc(p, size);
}
#endif
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
