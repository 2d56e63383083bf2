/* source/walk: from the paths a user names to open files, in an order that does
 * not depend on the disk. It runs in the parent, and looks at no content but
 * one byte of a file that says it is empty. What it cannot open it hands on as
 * an entry with the reason: nothing is skipped. */
#ifndef TOCSIN_SOURCE_WALK_WALK_H
#define TOCSIN_SOURCE_WALK_WALK_H

#include "base/rc.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	WALK_DEPTH_MAX = 128,     /* folders within folders; one descriptor
				     each */
	WALK_NAMES_MAX = 1 << 29, /* bytes of names of the open folders */
	WALK_SEEN_MAX = 1 << 22,  /* files remembered, to read links once */
	WALK_ROOT_MAX = 4096,     /* bytes of a path given by the user */
};

#define WALK_SIZE_UNKNOWN UINT64_MAX

/** Why an entry is not read. WALK_READ: it is. */
enum walk_reason {
	WALK_READ,
	WALK_DUPLICATE, /* the same file was handed out under another name */
	WALK_SYMLINK,   /* a link inside a tree: what it leads to is not read */
	WALK_DANGLING,  /* a link that leads nowhere */
	WALK_FIFO,      /* a named pipe inside a tree, or nobody writes to it */
	WALK_SOCKET,
	WALK_DEVICE,
	WALK_KERNEL,   /* a folder the kernel makes up (proc, sys, ...) */
	WALK_DENIED,   /* no permission */
	WALK_GONE,     /* not there, or not there any more */
	WALK_LOOP,     /* a folder within itself, links in a circle */
	WALK_TOO_DEEP, /* WALK_DEPTH_MAX */
	WALK_TOO_MANY, /* WALK_NAMES_MAX */
	WALK_CHANGED,  /* became something else while it was opened */
	WALK_IO,       /* the system failed; error says how */
	WALK_REASONS
};

/** What was met. */
struct walk_entry {
	/* As the user would write it; "-" is stdin. Lives until the next
	 * walk_next(). */
	const char *path;
	int fd;    /* -1 unless WALK_READ; the caller closes it */
	int error; /* errno, where the system gave one */
	enum walk_reason reason;
	bool stream;     /* can be read only once and in order */
	bool folder;     /* the entry stands for a folder, which is not read, or
			    not all of it */
	uint64_t size;   /* bytes when it was opened, or WALK_SIZE_UNKNOWN */
	uint64_t device; /* of a link: of what it leads to */
	uint64_t inode;
};

/** How to walk. Zero is a good value for all. */
struct walk_options {
	uint32_t fifo_wait_ms; /* how long to wait for a writer of a FIFO that
				  the user named; 0: 2,000 */
	uint32_t depth_max;    /* 0: WALK_DEPTH_MAX */
};

/** Opaque; belongs to one thread. */
struct walk;

/**
 * walk_open(paths, n, opts):
 * Start at the ${n} ${paths}, in that order; ${opts} may be NULL.
 *
 * Returns  NULL if the system has no memory.
 * Owns     Nothing: ${paths} must outlive the walk. The caller ends it with
 *          walk_close().
 */
struct walk *walk_open(const char *const *paths, size_t n,
		       const struct walk_options *opts);

/**
 * walk_next(w, ret_entry):
 * Go to the next file, or to the next thing that cannot be read.
 *
 * Inside a folder the order is that of the bytes of the names, and a folder is
 * finished before what follows it. A symbolic link that the user named is
 * followed; one inside a tree is an entry. File systems are crossed. It blocks
 * for a named FIFO without a writer only, and no longer than fifo_wait_ms.
 *
 * Returns  RC_OK, RC_END.
 * Errors   RC_NOMEM.
 * Owns     The caller: ${ret_entry}->fd, opened read-only and close-on-exec.
 *          What is no stream is a regular file, at its start. Where the
 *          system allows, reading leaves no trace in the time of access.
 */
enum rc walk_next(struct walk *w, struct walk_entry *ret_entry);

/**
 * walk_forgot(w):
 * Count the files handed out that could not be remembered (WALK_SEEN_MAX):
 * another name of theirs would be read again.
 */
uint64_t walk_forgot(const struct walk *w);

/**
 * walk_close(w):
 * Release ${w}; NULL does nothing.
 */
void walk_close(struct walk *w);

/**
 * walk_reason_name(reason), walk_reason_text(reason):
 * Name ${reason} for JSON ("dangling-link") and say it for people.
 *
 * Returns  A static string.
 */
const char *walk_reason_name(enum walk_reason reason);
const char *walk_reason_text(enum walk_reason reason);

#endif
