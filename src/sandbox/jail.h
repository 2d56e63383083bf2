/* sandbox/jail: what a process gives up before it reads a byte of a stranger.
 * Afterwards it can compute, and read and write the descriptors it was handed;
 * whatever else it asks of the kernel is refused, or ends it.
 *
 * Two things remain that a reader should know. The process can still ask for
 * the size and dates of a path it can name (the C library's fstat() and a
 * stat() by path are one system call, and the filter cannot tell them apart);
 * it has no way to send them anywhere but in its answer. And Landlock binds the
 * calling thread and those it starts, not those it had: for these the filter,
 * which covers every thread, stands alone. */
#ifndef TOCSIN_SANDBOX_JAIL_H
#define TOCSIN_SANDBOX_JAIL_H

#include "base/rc.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	/* Descriptor numbers of a jailed process stay below this: standard
	 * streams, the socket, and what a job brings. */
	JAIL_DESCRIPTORS_MAX = 32,
};

/** Ceilings of one jailed process. Zero means zero, not "no ceiling". */
struct jail_limits {
	uint64_t memory_bytes; /* address space beyond what is mapped when the
				  jail closes; what does not fit is NULL.
				  Not held under AddressSanitizer. */
	uint32_t cpu_seconds;  /* of processor time from the closing on, and
				  again for every job of a worker; past it
				  SIGXCPU ends the process */
	uint64_t file_bytes;   /* length of a file or memfd it writes; past it
				  SIGXFSZ, or EFBIG where that is ignored */
};

/** The layers of the jail, one bit each. */
enum jail_layer {
	JAIL_NO_NEW_PRIVS = 1 << 0,
	JAIL_NO_CORE = 1 << 1, /* no core dump, no ptrace by its owner */
	JAIL_LIMITS = 1 << 2,  /* memory, time, descriptors, output */
	JAIL_PATHS = 1 << 3,   /* Landlock: no path can be opened */
	JAIL_NET = 1 << 4,     /* Landlock ABI 4: no TCP */
	JAIL_SCOPE = 1 << 5,   /* Landlock ABI 6: no signals, no abstract
				  sockets of others */
	JAIL_CALLS = 1 << 6,   /* seccomp: only the calls of a computation */
};

enum {
	JAIL_LAYERS = 7,
	/* Without one of these jail_enter() fails. The two others only repeat,
	 * on kernels that have them, what JAIL_CALLS forbids. */
	JAIL_REQUIRED = JAIL_NO_NEW_PRIVS | JAIL_NO_CORE | JAIL_LIMITS |
			JAIL_PATHS | JAIL_CALLS,
};

/** What this kernel gives. */
struct jail_report {
	uint32_t layers;  /* enum jail_layer: tried, and found to hold */
	int landlock_abi; /* 0: no Landlock */
};

/**
 * jail_enter(limits, reterr_missing):
 * Close the jail around the calling process and all its threads, for ever.
 *
 * Errors   RC_UNSUPPORTED: ${reterr_missing} has the bits of JAIL_REQUIRED
 *          that could not be had. All others hold; the caller must stop
 *          without touching input.
 * Cost     About 1 ms.
 * Source   landlock(7), seccomp(2), prctl(2), setrlimit(2).
 */
enum rc jail_enter(const struct jail_limits *limits, uint32_t *reterr_missing);

/**
 * jail_limit(limits):
 * Only the layers JAIL_NO_NEW_PRIVS, JAIL_NO_CORE and JAIL_LIMITS: what
 * remains under --no-sandbox.
 *
 * Errors   RC_UNSUPPORTED.
 */
enum rc jail_limit(const struct jail_limits *limits);

/**
 * jail_probe(ret_report):
 * Try each layer in a child of its own, and see whether what it forbids is
 * refused.
 *
 * Errors   RC_IO: no child could be started.
 * Cost     Some milliseconds.
 */
enum rc jail_probe(struct jail_report *ret_report);

/**
 * jail_layer_name(layer):
 * Name ${layer} for a person: "no paths (Landlock)".
 *
 * Returns  A static string.
 */
const char *jail_layer_name(enum jail_layer layer);

#endif
