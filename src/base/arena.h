/* base/arena: memory with one lifetime and a ceiling. What held personal data
 * is wiped when it is given back. */
#ifndef TOCSIN_BASE_ARENA_H
#define TOCSIN_BASE_ARENA_H

#include <stdalign.h>
#include <stddef.h>

/** Opaque; belongs to one thread. */
struct arena;

/**
 * arena_new(limit_bytes):
 * Make an arena that never holds more than ${limit_bytes}. The pages are
 * reserved at once and touched only when used.
 *
 * Returns  NULL if the system has no memory.
 * Owns     The caller frees it with arena_free().
 */
struct arena *arena_new(size_t limit_bytes);

/**
 * arena_alloc(a, n, size, align):
 * Take ${n} objects of ${size} bytes, zeroed, aligned to ${align}.
 *
 * Returns  NULL past the ceiling: the caller answers RC_LIMIT.
 * Owns     The arena, until arena_reset() or arena_free().
 * Cost     O(bytes).
 */
void *arena_alloc(struct arena *a, size_t n, size_t size, size_t align);

/** Typed arena_alloc(). */
#define ARENA_ARRAY(a, n, type) \
	((type *)arena_alloc((a), (n), sizeof(type), alignof(type)))

/**
 * arena_used(a):
 * Bytes taken since the last reset.
 */
size_t arena_used(const struct arena *a);

/**
 * arena_mark(a), arena_rewind(a, mark):
 * Remember how full ${a} is, and wipe and give back what came after.
 */
size_t arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, size_t mark);

/**
 * arena_reset(a):
 * Wipe all that was taken and start again. Cost: O(bytes used).
 */
void arena_reset(struct arena *a);

/**
 * arena_free(a):
 * Wipe and release ${a}; NULL does nothing.
 */
void arena_free(struct arena *a);

#endif
