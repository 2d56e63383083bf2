/* What the files of source/walk share. */
#ifndef TOCSIN_SOURCE_WALK_WALK_IMPL_H
#define TOCSIN_SOURCE_WALK_WALK_IMPL_H

#include "source/walk/walk.h"

#include <sys/stat.h>

enum {
	/* A root, and WALK_DEPTH_MAX names of at most 255 bytes. */
	WALK_PATH_CAP = WALK_ROOT_MAX + (WALK_DEPTH_MAX + 1) * 256,
};

/** Files that were handed out, to know them again: a hash table. */
struct walk_seen {
	struct walk_id {
		uint64_t device;
		uint64_t inode;
	} * slots;
	size_t n_slots; /* a power of two */
	size_t n;
	uint64_t forgot;
};

/** Remember a file. Returns true if it was known already. */
bool walk_seen_add(struct walk_seen *seen, uint64_t device, uint64_t inode);

/** The names of a folder, sorted by their bytes. */
struct walk_names {
	char *text; /* each with its NUL */
	uint32_t *at;
	size_t n;
	size_t bytes;
};

/** Read the names of the folder open at ${fd}, at most ${limit} bytes of
 * them. Returns 0 or errno; E2BIG: more than that. What was read before an
 * error is kept, but for ENOMEM and E2BIG. */
int walk_names_read(struct walk_names *names, int fd, size_t limit);

/** Release what ${names} holds. */
void walk_names_free(struct walk_names *names);

/** Open ${name} in ${dir} for reading, without a trace in the time of access
 * where that is allowed, never as a terminal, never waiting. */
int walk_open_quiet(int dir, const char *name, int flags);

/** Open the FIFO ${path}, and wait for its writer at most ${wait_ms}.
 * Returns the descriptor, which blocks when read, or -1 and errno; ENXIO:
 * nobody writes. */
int walk_open_fifo(const char *path, uint32_t wait_ms);

/** Does the kernel make up the files of the file system at ${fd}? */
bool walk_is_kernel(int fd);

#endif
