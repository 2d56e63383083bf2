#include "link/room/room.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE_LARGE = 1 << 21 };

void
room_init(struct room *r, size_t limit_bytes)
{
	atomic_init(&r->used, 0);
	atomic_init(&r->peak, 0);
	r->limit = limit_bytes == 0 ? SIZE_MAX : limit_bytes;
}

size_t
room_left(struct room *r)
{
	const size_t used = atomic_load(&r->used);

	return used < r->limit ? r->limit - used : 0;
}

/* Account for ${more} bytes; false: they are not to be had. */
static bool
charge(struct room *r, size_t more)
{
	const size_t before = atomic_fetch_add(&r->used, more);

	if (more > r->limit || before > r->limit - more) {
		atomic_fetch_sub(&r->used, more);
		return false;
	}
	size_t peak = atomic_load(&r->peak);
	while (before + more > peak &&
	       !atomic_compare_exchange_weak(&r->peak, &peak, before + more))
		;
	return true;
}

/* Bytes of ${n} objects, at least one; false: more than there can be. */
static bool
bytes_of(size_t n, size_t size, size_t *ret_bytes)
{
	if (__builtin_mul_overflow(n, size, ret_bytes))
		return false;
	*ret_bytes += *ret_bytes == 0;
	return true;
}

/* What is mapped for ${bytes}: whole large pages, which the system then puts
 * where large pages can be. */
static size_t
mapped(size_t bytes)
{
	const size_t last = (size_t)PAGE_LARGE - 1;

	return bytes < PAGE_LARGE ? bytes : (bytes + last) & ~last;
}

/* Tables in large pages are found without long walks when they are read at
 * random, and hundreds of pages are cleared at once. Smaller ones get their
 * pages together, instead of one fault after the other. Where the system does
 * neither, nothing is lost. */
static void
ask_for_pages(uint8_t *p, size_t from, size_t bytes)
{
	if (bytes >= PAGE_LARGE)
		(void)madvise(p, mapped(bytes), MADV_HUGEPAGE);
	else if (bytes > from)
		(void)madvise(p + from, bytes - from, MADV_POPULATE_WRITE);
}

static void *
map(size_t bytes)
{
	void *p = mmap(NULL, mapped(bytes), PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return NULL;
	ask_for_pages(p, 0, bytes);
	return p;
}

static void *
remap(void *p, size_t old_bytes, size_t bytes)
{
	void *moved =
		mremap(p, mapped(old_bytes), mapped(bytes), MREMAP_MAYMOVE);

	if (moved == MAP_FAILED)
		return NULL;
	const size_t page = 4096;
	ask_for_pages(moved, (old_bytes + page - 1) & ~(page - 1), bytes);
	return moved;
}

void *
room_take(struct room *r, size_t n, size_t size)
{
	size_t bytes;

	if (!bytes_of(n, size, &bytes) || bytes > SIZE_MAX / 2 ||
	    !charge(r, bytes))
		return NULL;
	void *p = bytes < ROOM_LARGE ? calloc(1, bytes) : map(bytes);
	if (p == NULL)
		atomic_fetch_sub(&r->used, bytes);
	return p;
}

/* Where the system can move pages instead of bytes. */
static void *
resize_large(struct room *r, void *p, size_t old_bytes, size_t bytes)
{
	if (bytes > old_bytes && !charge(r, bytes - old_bytes))
		return NULL;
	/* What stays mapped behind the end stays zero. */
	if (bytes < old_bytes) {
		const size_t kept =
			mapped(bytes) < old_bytes ? mapped(bytes) : old_bytes;

		explicit_bzero((uint8_t *)p + bytes, kept - bytes);
	}
	void *moved = remap(p, old_bytes, bytes);
	const size_t kept = moved == NULL ? old_bytes : bytes;
	const size_t charged = bytes > old_bytes ? bytes : old_bytes;
	atomic_fetch_sub(&r->used, charged - kept);
	return moved;
}

void *
room_resize(struct room *r, void *p, size_t old_n, size_t n, size_t size)
{
	size_t old_bytes;
	size_t bytes;

	if (!bytes_of(old_n, size, &old_bytes) || !bytes_of(n, size, &bytes))
		return NULL;
	if (p != NULL && old_bytes >= ROOM_LARGE && bytes >= ROOM_LARGE)
		return resize_large(r, p, old_bytes, bytes);
	void *fresh = room_take(r, n, size);
	if (fresh == NULL)
		return NULL;
	if (p != NULL)
		memcpy(fresh, p, old_bytes < bytes ? old_bytes : bytes);
	room_give(r, p, old_n, size);
	return fresh;
}

void
room_give(struct room *r, void *p, size_t n, size_t size)
{
	size_t bytes;

	if (p == NULL || !bytes_of(n, size, &bytes))
		return;
	if (bytes < ROOM_LARGE) {
		explicit_bzero(p, bytes);
		free(p);
	} else {
		(void)munmap(p, mapped(bytes));
	}
	atomic_fetch_sub(&r->used, bytes);
}
