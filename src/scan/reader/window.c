/* Bytes of a document, as the formats want them. */
#include "base/io.h"
#include "scan/reader/reader_impl.h"

#include <stdlib.h>

enum rc
window_read(struct reader *r, int fd, enum charset charset,
	    const struct wire_range *job, uint64_t begin, uint64_t end,
	    struct window *ret)
{
	struct window w = {.at = begin};
	size_t n;

	if (end > job->size)
		end = job->size;
	if (begin > end || begin < job->file_at)
		return RC_FORMAT;
	if (end - begin > r->buffer_bytes)
		return RC_LIMIT;
	enum rc rc = io_read_at(fd, r->buffer, end - begin,
				begin - job->file_at, &n);
	if (rc != RC_OK)
		return rc;
	w.shrank = n < end - begin;
	w.last = w.shrank || (end == job->size && job->last != 0);
	w.text = (struct span){r->buffer, n};
	if (!charset_is_ascii_superset(charset) && charset != CHARSET_NONE) {
		w.wide = true;
		rc = charset_window(charset, w.text, w.last, r->text, &w.map);
		if (rc != RC_OK)
			return rc;
		w.text = w.map.text;
	}
	*ret = w;
	return RC_OK;
}

uint64_t
window_source(const struct window *w, size_t at)
{
	return w->at + (w->wide ? charset_window_source(&w->map, at) : at);
}

size_t
window_text(const struct window *w, uint64_t source)
{
	if (source <= w->at)
		return 0;
	const uint64_t at = source - w->at;
	if (w->wide)
		return at >= w->map.source.n
			       ? w->text.n
			       : charset_window_text(&w->map, (size_t)at);
	return at >= w->text.n ? w->text.n : (size_t)at;
}

enum rc
window_batch(struct reader *r, uint32_t cols)
{
	if (r->batch.cells != NULL && cols <= r->batch_cols) {
		r->batch.cols = cols;
		return RC_OK;
	}
	struct cell *cells =
		realloc(r->batch.cells,
			(size_t)(cols + 1) * BATCH_STRIDE * sizeof(*cells));
	if (cells == NULL)
		return RC_NOMEM;
	r->batch.cells = cells;
	r->batch.cols = cols;
	r->batch_cols = cols;
	return RC_OK;
}

bool
window_decode(enum charset charset, struct span *s, struct arena *a)
{
	const size_t cap = s->n * CHARSET_GROWTH;
	uint8_t *out = ARENA_ARRAY(a, cap, uint8_t);

	if (out != NULL)
		*s = charset_cell(charset, *s, out, cap);
	return out != NULL;
}

void
batch_decode(enum charset charset, const struct batch *b, struct arena *a)
{
	for (uint32_t c = 0; c <= b->cols; c++) {
		struct cell *cells = batch_cell(b, 0, c);

		for (uint32_t i = 0; i < b->rows; i++) {
			struct span s = cell_span(&cells[i]);

			if (s.n == 0 || span_is_ascii(s))
				continue;
			if (!window_decode(charset, &s, a))
				return;
			cells[i].p = s.p;
			cells[i].n = (uint32_t)s.n;
		}
	}
}
