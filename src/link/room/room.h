/* link/room: memory of one call with a ceiling for all of it together. What
 * is given back is wiped, or returned to the system at once (which clears it),
 * since it held personal data or was made from it. */
#ifndef TOCSIN_LINK_ROOM_H
#define TOCSIN_LINK_ROOM_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

enum {
	ROOM_SMALL = 1 << 14, /* bytes below which it is malloc's */
	ROOM_LARGE = 1 << 24, /* bytes from which on memory is the system's own:
				 it comes cleared, in large pages, grows without
				 a copy and is gone at once */
};

struct room_slab;

/** Threads may take and give at the same time. */
struct room {
	atomic_size_t used;
	atomic_size_t peak;
	size_t limit; /* bytes */
	pthread_mutex_t lock;
	struct room_slab *slabs; /* [n_slabs] for what is between */
	size_t n_slabs;
	size_t cap_slabs;
};

/**
 * room_init(r, limit_bytes):
 * Start with nothing taken; ${limit_bytes} 0 means no ceiling.
 */
void room_init(struct room *r, size_t limit_bytes);

/**
 * room_left(r):
 * Bytes that may still be taken.
 */
size_t room_left(struct room *r);

/**
 * room_take(r, n, size):
 * Take ${n} zeroed objects of ${size} bytes.
 *
 * Returns  NULL past the ceiling or if the system has no memory.
 * Owns     The caller gives it back with room_give() and the same numbers.
 */
void *room_take(struct room *r, size_t n, size_t size);

/**
 * room_resize(r, p, old_n, n, size):
 * Make the ${old_n} objects at ${p} ${n}: those that stay keep what they hold,
 * new ones are zero, and what is left over is gone.
 *
 * Returns  Where they are now; NULL past the ceiling: ${p} is then as it was.
 */
void *room_resize(struct room *r, void *p, size_t old_n, size_t n, size_t size);

/**
 * room_give(r, p, n, size):
 * Give back what room_take() gave; NULL does nothing.
 */
void room_give(struct room *r, void *p, size_t n, size_t size);

/** Typed room_take(). */
#define ROOM_ARRAY(r, n, type) ((type *)room_take((r), (n), sizeof(type)))

#endif
