#include "link/room/room.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
	PAGE_LARGE = 1 << 21,
	/* What is neither small nor large lies in slabs, cut into plots: large
	 * pages that are taken once and used again, where arrays of their own
	 * would cost a fault every few thousand bytes. */
	PLOT = ROOM_SMALL,
	PLOTS = 2048,
	SLAB = PLOTS * PLOT,
	WORD = 64,
};

_Static_assert((int)SLAB % (int)PAGE_LARGE == 0, "a slab is large pages");
_Static_assert((int)ROOM_LARGE <= (int)SLAB, "what is not large fits a slab");

/** Free plots are zero. */
struct room_slab {
	uint8_t *p;
	uint64_t taken[PLOTS / WORD]; /* a bit a plot */
};

void
room_init(struct room *r, size_t limit_bytes)
{
	*r = (struct room){
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.limit = limit_bytes == 0 ? SIZE_MAX : limit_bytes,
	};
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

	return (bytes + last) & ~last;
}

/* Tables in large pages are found without long walks when they are read at
 * random, and hundreds of pages are cleared at once. Where the system has none,
 * nothing is lost. */
static void *
map(size_t bytes)
{
	void *p = mmap(NULL, mapped(bytes), PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return NULL;
	(void)madvise(p, mapped(bytes), MADV_HUGEPAGE);
	return p;
}

static void *
remap(void *p, size_t old_bytes, size_t bytes)
{
	void *moved =
		mremap(p, mapped(old_bytes), mapped(bytes), MREMAP_MAYMOVE);

	if (moved == MAP_FAILED)
		return NULL;
	(void)madvise(moved, mapped(bytes), MADV_HUGEPAGE);
	return moved;
}

static size_t
plots_of(size_t bytes)
{
	return (bytes + PLOT - 1) / PLOT;
}

static bool
is_taken(const struct room_slab *s, size_t plot)
{
	return (s->taken[plot / WORD] >> plot % WORD & 1) != 0;
}

static void
mark(struct room_slab *s, size_t from, size_t to, bool taken)
{
	for (size_t i = from; i < to; i++) {
		const uint64_t bit = UINT64_C(1) << i % WORD;

		if (taken)
			s->taken[i / WORD] |= bit;
		else
			s->taken[i / WORD] &= ~bit;
	}
}

/* The first of ${n} free plots of ${s} in a row; PLOTS: there are none. */
static size_t
free_plots(const struct room_slab *s, size_t n)
{
	size_t run = 0;

	for (size_t i = 0; i < PLOTS; i++) {
		if (i % WORD == 0 && s->taken[i / WORD] == UINT64_MAX) {
			run = 0;
			i += WORD - 1;
			continue;
		}
		run = is_taken(s, i) ? 0 : run + 1;
		if (run == n)
			return i + 1 - n;
	}
	return PLOTS;
}

static struct room_slab *
add_slab(struct room *r)
{
	if (r->n_slabs == r->cap_slabs) {
		const size_t cap = 2 * r->cap_slabs + 8;
		struct room_slab *fresh =
			realloc(r->slabs, cap * sizeof(*fresh));

		if (fresh == NULL)
			return NULL;
		r->slabs = fresh;
		r->cap_slabs = cap;
	}
	uint8_t *p = map(SLAB);
	if (p == NULL)
		return NULL;
	struct room_slab *s = &r->slabs[r->n_slabs++];
	*s = (struct room_slab){.p = p};
	return s;
}

/* The slab that ${p} is in. */
static struct room_slab *
slab_of(struct room *r, const uint8_t *p)
{
	size_t i = 0;

	while (p < r->slabs[i].p || p >= r->slabs[i].p + SLAB)
		i++;
	return &r->slabs[i];
}

/* Give ${s} back to the system if nothing is in it. */
static void
drop_slab(struct room *r, struct room_slab *s)
{
	for (size_t i = 0; i < PLOTS / WORD; i++)
		if (s->taken[i] != 0)
			return;
	(void)munmap(s->p, SLAB);
	*s = r->slabs[--r->n_slabs];
	if (r->n_slabs > 0)
		return;
	free(r->slabs);
	r->slabs = NULL;
	r->cap_slabs = 0;
}

static void *
take_plots(struct room *r, size_t bytes)
{
	const size_t n = plots_of(bytes);
	struct room_slab *s = NULL;
	size_t at = PLOTS;

	(void)pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < r->n_slabs && at == PLOTS; i++) {
		s = &r->slabs[i];
		at = free_plots(s, n);
	}
	if (at == PLOTS) {
		s = add_slab(r);
		at = 0;
	}
	uint8_t *p = NULL;
	if (s != NULL) {
		mark(s, at, at + n, true);
		p = s->p + at * PLOT;
	}
	(void)pthread_mutex_unlock(&r->lock);
	return p;
}

/* Give back the plots of ${p} past the first ${keep}; they are zero again. */
static void
give_plots(struct room *r, const uint8_t *p, size_t bytes, size_t keep)
{
	(void)pthread_mutex_lock(&r->lock);
	struct room_slab *s = slab_of(r, p);
	const size_t at = (size_t)(p - s->p) / PLOT;
	mark(s, at + keep, at + plots_of(bytes), false);
	if (keep == 0)
		drop_slab(r, s);
	(void)pthread_mutex_unlock(&r->lock);
}

/* Take the plots behind those of ${p} too, if they are free. */
static bool
extend_plots(struct room *r, const uint8_t *p, size_t old_bytes, size_t bytes)
{
	(void)pthread_mutex_lock(&r->lock);
	struct room_slab *s = slab_of(r, p);
	const size_t at = (size_t)(p - s->p) / PLOT;
	const size_t from = at + plots_of(old_bytes);
	const size_t to = at + plots_of(bytes);
	bool ok = to <= PLOTS;
	for (size_t i = from; i < to && ok; i++)
		ok = !is_taken(s, i);
	if (ok)
		mark(s, from, to, true);
	(void)pthread_mutex_unlock(&r->lock);
	return ok;
}

void *
room_take(struct room *r, size_t n, size_t size)
{
	size_t bytes;

	if (!bytes_of(n, size, &bytes) || bytes > SIZE_MAX / 2 ||
	    !charge(r, bytes))
		return NULL;
	void *p;
	if (bytes < ROOM_SMALL)
		p = calloc(1, bytes);
	else
		p = bytes < ROOM_LARGE ? take_plots(r, bytes) : map(bytes);
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

/* The same in a slab; NULL: not where it is. */
static void *
resize_plots(struct room *r, void *p, size_t old_bytes, size_t bytes)
{
	if (bytes <= old_bytes) {
		explicit_bzero((uint8_t *)p + bytes, old_bytes - bytes);
		give_plots(r, p, old_bytes, plots_of(bytes));
		atomic_fetch_sub(&r->used, old_bytes - bytes);
		return p;
	}
	if (!charge(r, bytes - old_bytes))
		return NULL;
	if (extend_plots(r, p, old_bytes, bytes))
		return p;
	atomic_fetch_sub(&r->used, bytes - old_bytes);
	return NULL;
}

static bool
is_in_slab(size_t bytes)
{
	return bytes >= ROOM_SMALL && bytes < ROOM_LARGE;
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
	void *fresh = NULL;
	if (p != NULL && is_in_slab(old_bytes) && is_in_slab(bytes))
		fresh = resize_plots(r, p, old_bytes, bytes);
	if (fresh != NULL)
		return fresh;
	fresh = room_take(r, n, size);
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
		if (bytes < ROOM_SMALL)
			free(p);
		else
			give_plots(r, p, bytes, 0);
	} else {
		(void)munmap(p, mapped(bytes));
	}
	atomic_fetch_sub(&r->used, bytes);
}
