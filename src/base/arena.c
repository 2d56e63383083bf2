#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct arena {
	uint8_t *mem;
	size_t used;
	size_t limit;
};

struct arena *
arena_new(size_t limit_bytes)
{
	struct arena *a = calloc(1, sizeof(*a));

	if (a == NULL)
		return NULL;
	a->limit = limit_bytes == 0 ? 1 : limit_bytes;
	a->mem = mmap(NULL, a->limit, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (a->mem == MAP_FAILED) {
		free(a);
		return NULL;
	}
	return a;
}

void *
arena_alloc(struct arena *a, size_t n, size_t size, size_t align)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return NULL;
	const size_t start = (a->used + align - 1) & ~(align - 1);
	if (start > a->limit || bytes > a->limit - start)
		return NULL;
	a->used = start + bytes;
	/* Fresh pages are zero; what was used before was wiped. */
	return a->mem + start;
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}

size_t
arena_mark(const struct arena *a)
{
	return a->used;
}

void
arena_rewind(struct arena *a, size_t mark)
{
	if (mark >= a->used)
		return;
	explicit_bzero(a->mem + mark, a->used - mark);
	a->used = mark;
}

void
arena_reset(struct arena *a)
{
	arena_rewind(a, 0);
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	arena_reset(a);
	(void)munmap(a->mem, a->limit);
	free(a);
}
