/* link/room: memory of one call with a ceiling for all of it together. What
 * is given back is wiped, since it held personal data or was made from it. */
#ifndef TOCSIN_LINK_ROOM_H
#define TOCSIN_LINK_ROOM_H

#include <stdatomic.h>
#include <stddef.h>

/** Threads may take and give at the same time. */
struct room {
	atomic_size_t used;
	atomic_size_t peak;
	size_t limit; /* bytes */
};

/**
 * room_init(r, limit_bytes):
 * Start with nothing taken; ${limit_bytes} 0 means no ceiling.
 */
void room_init(struct room *r, size_t limit_bytes);

/**
 * room_take(r, n, size):
 * Take ${n} zeroed objects of ${size} bytes.
 *
 * Returns  NULL past the ceiling or if the system has no memory.
 * Owns     The caller gives it back with room_give() and the same numbers.
 */
void *room_take(struct room *r, size_t n, size_t size);

/**
 * room_grow(r, p, old_n, n, size):
 * Replace ${p} by room for ${n} > ${old_n} objects, the first ${old_n} copied
 * and the old ones wiped.
 *
 * Returns  NULL past the ceiling; ${p} is then still there.
 */
void *room_grow(struct room *r, void *p, size_t old_n, size_t n, size_t size);

/**
 * room_give(r, p, n, size):
 * Wipe and give back what room_take() gave; NULL does nothing.
 */
void room_give(struct room *r, void *p, size_t n, size_t size);

/** Typed room_take(). */
#define ROOM_ARRAY(r, n, type) ((type *)room_take((r), (n), sizeof(type)))

#endif
