/* format/csv, for its tests only: the rules of csv.h written down once more,
 * byte by byte and as plainly as they go, to hold the reader to. */
#ifndef TOCSIN_FORMAT_CSV_CSV_NAIVE_H
#define TOCSIN_FORMAT_CSV_CSV_NAIVE_H

#include "format/csv/csv.h"

#include <string.h>

enum { NAIVE_CELLS = 32, NAIVE_TEXT = 1 << 14 };

/** One record, or blank line, of a whole document. */
struct naive {
	struct span doc;
	struct csv_dialect d;
	size_t start, next; /* of the record, and of what follows it */
	size_t stop;        /* where its content ends */
	bool is_blank, is_malformed, is_cut;
	uint32_t cells;
	size_t raw[NAIVE_CELLS]; /* where each cell starts, quote included */
	size_t text[NAIVE_CELLS + 1]; /* where each is in buf */
	size_t n;
	uint8_t buf[NAIVE_TEXT];
};

static size_t
naive_newline(const struct naive *v, size_t i, size_t end)
{
	const uint8_t *p = v->doc.p;

	if (i >= end)
		return 0;
	if (p[i] == '\n')
		return 1;
	if (p[i] != '\r')
		return 0;
	if (v->d.newline == CSV_CR)
		return i + 1 < v->doc.n && p[i + 1] == '\n' ? 2 : 1;
	return i + 1 < end && p[i + 1] == '\n' ? 2 : 0;
}

static bool
naive_delim(const struct naive *v, size_t i)
{
	return v->d.delimiter != 0 && v->doc.p[i] == v->d.delimiter;
}

static bool
naive_pair(const struct naive *v, size_t i, size_t end, bool in_quotes)
{
	if (v->d.escape == 0 || v->doc.p[i] != v->d.escape || i + 1 >= end)
		return false;
	const uint8_t b = v->doc.p[i + 1];
	return b == v->d.escape || (v->d.quote != 0 && b == v->d.quote) ||
	       (!in_quotes && naive_delim(v, i + 1));
}

static void
naive_put(struct naive *v, uint8_t b)
{
	if (v->n < NAIVE_TEXT)
		v->buf[v->n++] = b;
}

/* From ${i} outside quotes to the end of the cell. */
static size_t
naive_plain(struct naive *v, size_t i, size_t end, bool is_raw)
{
	while (i < end && !naive_delim(v, i) && naive_newline(v, i, end) == 0) {
		const bool pair = naive_pair(v, i, end, false);

		if (!pair || is_raw)
			naive_put(v, v->doc.p[i]);
		if (pair)
			naive_put(v, v->doc.p[i + 1]);
		i += pair ? 2 : 1;
	}
	return i;
}

/* The quoted cell at ${start}. Returns SIZE_MAX: malformed. */
static size_t
naive_quoted(struct naive *v, size_t start, size_t end)
{
	const uint8_t *p = v->doc.p;
	const size_t mark = v->n;
	bool nl = false;
	size_t i = start + 1;

	while (i < end) {
		if (naive_pair(v, i, end, true)) {
			naive_put(v, p[i + 1]);
			i += 2;
			continue;
		}
		if (p[i] != v->d.quote) {
			nl |= p[i] == '\n' ||
			      (p[i] == '\r' && v->d.newline == CSV_CR);
			naive_put(v, p[i++]);
			continue;
		}
		if (i + 1 == end && end == v->doc.n)
			return end;
		if (i + 1 < end && p[i + 1] == v->d.quote) {
			naive_put(v, p[i]);
			i += 2;
			continue;
		}
		if (i + 1 < end &&
		    (naive_delim(v, i + 1) || naive_newline(v, i + 1, end) > 0))
			return i + 1;
		if (nl || i + 1 == end)
			return SIZE_MAX;
		v->n = mark;
		for (size_t k = start; k <= i; k++)
			naive_put(v, p[k]);
		return naive_plain(v, i + 1, end, true);
	}
	return SIZE_MAX;
}

static size_t
naive_skip(const struct naive *v, size_t i, size_t end)
{
	while (v->d.is_runs != 0 && i < end && naive_delim(v, i))
		i++;
	return i;
}

/* False: malformed. */
static bool
naive_attempt(struct naive *v, size_t end, bool is_literal)
{
	size_t i = v->start;

	v->cells = 0;
	v->n = 0;
	for (;;) {
		i = naive_skip(v, i, end);
		const bool none = v->d.is_runs != 0 &&
				  (i == end || naive_newline(v, i, end) > 0);
		const size_t raw = i;

		if (v->cells < NAIVE_CELLS) {
			v->raw[v->cells] = raw;
			v->text[v->cells] = v->n;
		}
		i = !is_literal && i < end && v->d.quote != 0 &&
				    v->doc.p[i] == v->d.quote
			    ? naive_quoted(v, i, end)
			    : naive_plain(v, i, end, false);
		if (i == SIZE_MAX)
			return false;
		v->cells += none ? 0 : 1;
		v->stop = i;
		v->next = i;
		if (i == end)
			return end == v->doc.n || is_literal;
		if (!naive_delim(v, i))
			break;
		i++;
	}
	v->next = i + naive_newline(v, i, end);
	return true;
}

/** naive_next(v): Read what follows; false at the end. */
static bool
naive_next(struct naive *v)
{
	const size_t n = v->doc.n;

	v->start = v->next;
	if (v->start == n)
		return false;
	const size_t end =
		v->d.max_record < n - v->start ? v->start + v->d.max_record : n;
	const size_t i = naive_skip(v, v->start, end);

	v->is_malformed = false;
	v->is_cut = false;
	v->is_blank = naive_newline(v, i, end) > 0 || (i == end && i == n);
	if (v->is_blank) {
		v->next = i + naive_newline(v, i, end);
		return true;
	}
	if (!naive_attempt(v, end, false)) {
		v->is_malformed = true;
		(void)naive_attempt(v, end, true);
		v->is_cut = v->next == end && end < n && v->stop == v->next;
	}
	if (v->cells < NAIVE_CELLS)
		v->text[v->cells] = v->n;
	return true;
}

/** naive_cell(v, k): The text of cell ${k} of the record read. */
static struct span
naive_cell(const struct naive *v, uint32_t k)
{
	const size_t to = k + 1 < v->cells ? v->text[k + 1] : v->n;

	return (struct span){v->buf + v->text[k], to - v->text[k]};
}

/**
 * naive_same(v, b, r, w): Is row ${r} of ${b}, whose window begins at byte
 * ${w} of the document, the record read?
 */
static bool
naive_same(const struct naive *v, const struct batch *b, uint32_t r, size_t w)
{
	if (v->is_blank || b->row_at[r] + w != v->start)
		return false;
	if (b->row_ragged[r] != (v->cells != b->cols || v->is_cut))
		return false;
	for (uint32_t k = 0; k < b->cols; k++) {
		const struct cell *c = batch_cell(b, r, k);
		const struct span want = k < v->cells
						 ? naive_cell(v, k)
						 : (struct span){v->buf, 0};

		if (!span_equal(cell_span(c), want))
			return false;
	}
	const struct cell *over = batch_cell(b, r, b->cols);
	if (v->cells <= b->cols)
		return over->n == 0;
	return over->at + w == v->raw[b->cols] &&
	       over->at + w + over->n == v->stop;
}

#endif
