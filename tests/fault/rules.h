/* tests/fault: what goes wrong, where, and when. Rules come from the
 * environment, since the library that breaks calls is preloaded:
 *
 *   TOCSIN_FAULT  rules, separated by commas: [PROCESS.]CALL WHEN:ACTION
 *     PROCESS     parent, read, digest, people; none: any of them
 *     CALL        a name of the table below, such as pread
 *     WHEN        #N   the Nth such call of a process, from 1
 *                 #N+  and every one after it
 *                 @X   one about byte X of a file, of the calls that say where:
 *                      pread, pwrite, sendfile, mmap
 *                 @X+  every one about byte X or bytes after it
 *                 Without +, a rule is met once in a run, so that a worker
 *                 that is started in place of one that died goes on.
 *     ACTION      fail   it fails as it would for want of memory, of room on
 *                        the disk, or of a disk that can be read
 *                 short  it does half of what it was asked to, at least a byte
 *                 end    it meets the end of the file: at byte X, for @X+
 *                 die    the process is killed
 *   TOCSIN_FAULT_LOG  file that the parent writes at its end: a line
 *     "call PROCESS CALL N" for every call, N of them in the busiest process of
 *     that name, and "fired RULE N" for every rule that was met, from 0.
 *
 * A rule that cannot be read ends the program with status 99: a test that asks
 * for nothing must not pass. */
#ifndef TOCSIN_TESTS_FAULT_RULES_H
#define TOCSIN_TESTS_FAULT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The calls that can be broken: name, errno when they fail, and whether they
 * are about a number of bytes that can be cut. */
#define FAULT_CALLS(X)             \
	X(malloc, ENOMEM, 0)       \
	X(calloc, ENOMEM, 0)       \
	X(realloc, ENOMEM, 0)      \
	X(mmap, ENOMEM, 0)         \
	X(pread, EIO, 1)           \
	X(read, EIO, 1)            \
	X(lseek, EIO, 0)           \
	X(fstat, EIO, 0)           \
	X(pwrite, ENOSPC, 1)       \
	X(write, ENOSPC, 1)        \
	X(sendfile, ENOSPC, 1)     \
	X(ftruncate, ENOSPC, 0)    \
	X(fsync, EIO, 0)           \
	X(renameat, ENOSPC, 0)     \
	X(unlinkat, EIO, 0)        \
	X(memfd_create, EMFILE, 0) \
	X(fork, EAGAIN, 0)         \
	X(socketpair, EMFILE, 0)   \
	X(sendmsg, ENOBUFS, 0)     \
	X(recvmsg, ENOMEM, 0)      \
	X(pthread_create, EAGAIN, 0)

enum fault_call {
#define X(name, code, cut) FAULT_##name,
	FAULT_CALLS(X)
#undef X
		FAULT_CALL_COUNT
};

/**
 * fault_met(call, at, n):
 * Count one ${call} over the ${n} bytes at ${at} of a file, and shorten ${n} if
 * a rule says short or end. Does not return if one says die.
 *
 * Returns  Whether the call must fail; errno says why.
 */
bool fault_met(enum fault_call call, uint64_t at, size_t *n);

/**
 * fault_pause(pause):
 * Break and count nothing until it is called with false.
 */
void fault_pause(bool pause);

/**
 * fault_named(name):
 * The process is called ${name} from now on; its calls are counted anew.
 */
void fault_named(const char *name);

#endif
