#include "case/run.h"

#include "base/io.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char MAGIC[8] = "TOCSRUN\n";

struct head {
	char magic[8];
	uint32_t version;
	uint32_t kind;
	uint64_t count;
	uint8_t owner[RUN_OWNER_BYTES];
	uint8_t nonce[SEAL_NONCE_BYTES]; /* zero: not hidden */
};

enum {
	HEAD_BYTES = sizeof(struct head),
	BUFFER_BYTES = RUN_BUFFER * sizeof(uint64_t),
};

_Static_assert(HEAD_BYTES == 64, "no holes");
_Static_assert(BUFFER_BYTES % SEAL_BLOCK_BYTES == 0, "whole blocks are hidden");

struct run_writer {
	int fd;
	struct head head;
	struct run_keys keys;
	struct seal_sum *sum;
	size_t n; /* tokens in the buffer */
	uint64_t buffer[RUN_BUFFER];
};

struct run_reader {
	int fd;
	struct head head;
	struct run_keys keys;
	struct seal_sum *sum;
	uint64_t read; /* tokens that were taken out of the file */
	size_t n, next;
	uint64_t last;
	uint64_t buffer[RUN_BUFFER];
};

struct run_writer *
run_writer_new(int fd, enum run_kind kind, const struct run_keys *keys)
{
	struct run_writer *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return NULL;
	w->fd = fd;
	w->keys = *keys;
	w->head.version = RUN_VERSION;
	w->head.kind = kind;
	memcpy(w->head.magic, MAGIC, sizeof(MAGIC));
	memcpy(w->head.owner, keys->owner, sizeof(w->head.owner));
	if (keys->hidden)
		seal_random(w->head.nonce, sizeof(w->head.nonce));
	w->sum = seal_sum_new(&keys->sum);
	if (w->sum == NULL) {
		run_writer_free(w);
		return NULL;
	}
	return w;
}

void
run_writer_free(struct run_writer *w)
{
	if (w == NULL)
		return;
	seal_sum_free(w->sum);
	explicit_bzero(w, sizeof(*w));
	free(w);
}

/* Only the last part of a run is shorter than the buffer, so that what is
 * hidden starts at whole blocks. */
static enum rc
flush(struct run_writer *w)
{
	const size_t bytes = w->n * sizeof(*w->buffer);
	const uint64_t at = w->head.count * sizeof(*w->buffer);

	if (w->keys.hidden)
		seal_stream(&w->keys.hide, w->head.nonce, at, w->buffer, bytes);
	seal_sum_add(w->sum, (struct span){(const uint8_t *)w->buffer, bytes});
	w->head.count += w->n;
	w->n = 0;
	return io_write_at(w->fd, w->buffer, bytes, HEAD_BYTES + at);
}

enum rc
run_write(struct run_writer *w, const uint64_t *v, size_t n)
{
	while (n > 0) {
		const size_t room = RUN_BUFFER - w->n;
		const size_t k = n < room ? n : room;

		memcpy(w->buffer + w->n, v, k * sizeof(*v));
		w->n += k;
		v += k;
		n -= k;
		if (w->n < RUN_BUFFER)
			break;
		const enum rc rc = flush(w);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

enum rc
run_writer_end(struct run_writer *w, uint64_t *ret_count)
{
	uint8_t sum[SEAL_SUM_BYTES];
	enum rc rc = w->n > 0 ? flush(w) : RC_OK;
	const uint64_t end = HEAD_BYTES + w->head.count * sizeof(*w->buffer);

	seal_sum_add(w->sum,
		     (struct span){(const uint8_t *)&w->head, HEAD_BYTES});
	seal_sum_end(w->sum, sum);
	if (rc == RC_OK)
		rc = io_write_at(w->fd, sum, sizeof(sum), end);
	if (rc == RC_OK)
		rc = io_write_at(w->fd, &w->head, HEAD_BYTES, 0);
	if (ret_count != NULL)
		*ret_count = w->head.count;
	return rc;
}

static enum rc
read_head(struct run_reader *r, enum run_kind kind)
{
	struct head *h = &r->head;
	struct stat st;
	size_t got;

	if (fstat(r->fd, &st) != 0)
		return RC_IO;
	const enum rc rc = io_read_at(r->fd, h, HEAD_BYTES, 0, &got);
	if (rc != RC_OK)
		return rc;
	if (got < HEAD_BYTES || memcmp(h->magic, MAGIC, sizeof(MAGIC)) != 0)
		return RC_FORMAT;
	if (h->version > RUN_VERSION)
		return RC_UNSUPPORTED;
	const uint64_t most = UINT64_MAX / sizeof(uint64_t) / 2;
	if (h->version == 0 || h->kind != kind || h->count > most ||
	    memcmp(h->owner, r->keys.owner, sizeof(h->owner)) != 0)
		return RC_FORMAT;
	return (uint64_t)st.st_size == HEAD_BYTES +
					       h->count * sizeof(uint64_t) +
					       SEAL_SUM_BYTES
		       ? RC_OK
		       : RC_FORMAT;
}

enum rc
run_reader_open(int fd, enum run_kind kind, const struct run_keys *keys,
		struct run_reader **ret_r)
{
	struct run_reader *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return RC_NOMEM;
	r->fd = fd;
	r->keys = *keys;
	r->sum = seal_sum_new(&keys->sum);
	const enum rc rc = r->sum == NULL ? RC_NOMEM : read_head(r, kind);
	if (rc != RC_OK) {
		run_reader_free(r);
		return rc;
	}
	*ret_r = r;
	return RC_OK;
}

void
run_reader_free(struct run_reader *r)
{
	if (r == NULL)
		return;
	seal_sum_free(r->sum);
	explicit_bzero(r, sizeof(*r));
	free(r);
}

uint64_t
run_count(const struct run_reader *r)
{
	return r->head.count;
}

/* All tokens were read: are they what was written? */
static enum rc
finish(struct run_reader *r)
{
	uint8_t want[SEAL_SUM_BYTES];
	uint8_t is[SEAL_SUM_BYTES];
	size_t got;
	const uint64_t at = HEAD_BYTES + r->read * sizeof(uint64_t);

	seal_sum_add(r->sum,
		     (struct span){(const uint8_t *)&r->head, HEAD_BYTES});
	seal_sum_end(r->sum, is);
	const enum rc rc = io_read_at(r->fd, want, sizeof(want), at, &got);
	if (rc != RC_OK)
		return rc;
	return got == sizeof(want) && seal_equal(want, is, sizeof(is))
		       ? RC_END
		       : RC_FORMAT;
}

static enum rc
fill(struct run_reader *r)
{
	const uint64_t left = r->head.count - r->read;
	const size_t n = left < RUN_BUFFER ? (size_t)left : RUN_BUFFER;
	const size_t bytes = n * sizeof(*r->buffer);
	const uint64_t at = r->read * sizeof(*r->buffer);
	size_t got;

	if (n == 0)
		return finish(r);
	const enum rc rc =
		io_read_at(r->fd, r->buffer, bytes, HEAD_BYTES + at, &got);
	if (rc != RC_OK)
		return rc;
	if (got != bytes)
		return RC_FORMAT;
	seal_sum_add(r->sum, (struct span){(const uint8_t *)r->buffer, bytes});
	if (r->keys.hidden)
		seal_stream(&r->keys.hide, r->head.nonce, at, r->buffer, bytes);
	r->read += n;
	r->n = n;
	r->next = 0;
	return RC_OK;
}

enum rc
run_next(struct run_reader *r, uint64_t *ret_v)
{
	const bool first = r->read == 0;

	if (r->next == r->n) {
		const enum rc rc = fill(r);

		if (rc != RC_OK)
			return rc;
	}
	const uint64_t v = r->buffer[r->next++];
	if (!first && v <= r->last)
		return RC_FORMAT;
	r->last = v;
	*ret_v = v;
	return RC_OK;
}

enum rc
run_check(int fd, enum run_kind kind, const struct run_keys *keys,
	  uint64_t *ret_count)
{
	struct run_reader *r;
	uint64_t v;
	enum rc rc = run_reader_open(fd, kind, keys, &r);

	if (rc != RC_OK)
		return rc;
	while (rc == RC_OK)
		rc = run_next(r, &v);
	*ret_count = run_count(r);
	run_reader_free(r);
	return rc == RC_END ? RC_OK : rc;
}

/** The next token of a run that is being merged. */
struct head_of {
	uint64_t v;
	struct run_reader *r;
};

/* Let the element at ${i} sink to where it belongs: the least is on top. */
static void
sink(struct head_of *heap, size_t n, size_t i)
{
	const struct head_of x = heap[i];

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= n)
			break;
		if (child + 1 < n && heap[child + 1].v < heap[child].v)
			child++;
		if (x.v <= heap[child].v)
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = x;
}

static enum rc
merge(struct head_of *heap, size_t n, struct run_writer *out,
      uint64_t *ret_count)
{
	uint64_t count = 0;
	uint64_t last = 0;

	for (size_t i = n / 2; i-- > 0;)
		sink(heap, n, i);
	while (n > 0) {
		const uint64_t v = heap[0].v;

		if (count == 0 || v != last) {
			const enum rc rc =
				out != NULL ? run_write(out, &v, 1) : RC_OK;

			if (rc != RC_OK)
				return rc;
			last = v;
			count++;
		}
		const enum rc rc = run_next(heap[0].r, &heap[0].v);
		if (rc == RC_END)
			heap[0] = heap[--n];
		else if (rc != RC_OK)
			return rc;
		sink(heap, n, 0);
	}
	*ret_count = count;
	return RC_OK;
}

enum rc
run_merge(struct run_reader *const *in, size_t n, struct run_writer *out,
	  uint64_t *ret_count)
{
	size_t full = 0;
	enum rc rc = RC_OK;

	if (n > RUN_WAYS_MAX)
		return RC_LIMIT;
	struct head_of *heap = calloc(n + 1, sizeof(*heap));
	if (heap == NULL)
		return RC_NOMEM;
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		heap[full].r = in[i];
		rc = run_next(in[i], &heap[full].v);
		if (rc == RC_OK)
			full++;
		else if (rc == RC_END)
			rc = RC_OK;
	}
	if (rc == RC_OK)
		rc = merge(heap, full, out, ret_count);
	free(heap);
	return rc;
}
