#include "link/room/room.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void
room_init(struct room *r, size_t limit_bytes)
{
	atomic_init(&r->used, 0);
	atomic_init(&r->peak, 0);
	r->limit = limit_bytes == 0 ? SIZE_MAX : limit_bytes;
}

static void
note_peak(struct room *r, size_t used)
{
	size_t peak = atomic_load(&r->peak);

	while (used > peak &&
	       !atomic_compare_exchange_weak(&r->peak, &peak, used))
		;
}

void *
room_take(struct room *r, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes) || bytes > r->limit)
		return NULL;
	if (bytes == 0)
		bytes = 1;
	const size_t before = atomic_fetch_add(&r->used, bytes);
	if (before > r->limit - bytes) {
		atomic_fetch_sub(&r->used, bytes);
		return NULL;
	}
	void *p = calloc(1, bytes);
	if (p == NULL)
		atomic_fetch_sub(&r->used, bytes);
	else
		note_peak(r, before + bytes);
	return p;
}

void *
room_grow(struct room *r, void *p, size_t old_n, size_t n, size_t size)
{
	void *fresh = room_take(r, n, size);

	if (fresh == NULL)
		return NULL;
	if (p != NULL)
		memcpy(fresh, p, old_n * size);
	room_give(r, p, old_n, size);
	return fresh;
}

void
room_give(struct room *r, void *p, size_t n, size_t size)
{
	if (p == NULL)
		return;
	const size_t bytes = n * size == 0 ? 1 : n * size;

	explicit_bzero(p, bytes);
	free(p);
	atomic_fetch_sub(&r->used, bytes);
}
