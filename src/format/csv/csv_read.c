/* Records and batches. */
#include "format/csv/csv_impl.h"

#include <assert.h>

/* With runs, a line of nothing but delimiters is blank. */
static size_t
skip_delims(const struct csv *c, size_t at, size_t end)
{
	if (c->dialect.is_runs != 0)
		while (at < end && c->window.p[at] == c->dialect.delimiter)
			at++;
	return at;
}

/*
 * Is there a blank line at c->at? Sets *ret_next to what follows it, or to
 * c->at if there is none. False: the window does not say.
 */
static bool
blank_line(const struct csv *c, size_t *ret_next)
{
	const uint8_t *w = c->window.p;
	const size_t n = c->window.n;
	const struct csv_scan s = csv_scan_start(c, c->at);
	const size_t i = skip_delims(c, c->at, s.end);

	*ret_next = c->at;
	if (i == s.end) {
		if (s.reach == REACH_END)
			*ret_next = i;
		return s.reach != REACH_WINDOW;
	}
	if (w[i] == '\n') {
		*ret_next = i + 1;
		return true;
	}
	if (w[i] != '\r')
		return true;
	if (c->dialect.newline != CSV_CR) {
		if (i + 1 < s.end && w[i + 1] == '\n')
			*ret_next = i + 2;
		return true;
	}
	if (i + 1 == n && !c->is_last)
		return false;
	*ret_next = i + 1 < n && w[i + 1] == '\n' ? i + 2 : i + 1;
	return true;
}

bool
csv_blank(struct csv *c)
{
	while (c->at < c->stop && c->at < c->window.n) {
		const uint8_t b = c->window.p[c->at];
		size_t next;

		if (b != '\n' && b != '\r' && c->dialect.is_runs == 0)
			return true;
		if (!blank_line(c, &next))
			return false;
		if (next == c->at)
			return true;
		c->at = next;
		c->counts.blank++;
	}
	return true;
}

/* Keep a cell that csv_cell() found. False: the arena is full. */
static bool
put_cell(struct csv *c, struct csv_scan *s, const struct csv_piece *t)
{
	const uint32_t k = s->cells++;
	struct span text = {c->window.p + t->from, t->to - t->from};

	if (k == c->dialect.cols)
		s->overflow = t->from - t->is_quoted;
	if (s->out == NULL || k >= c->dialect.cols)
		return true;
	if (t->is_dirty) {
		uint8_t *out = ARENA_ARRAY(c->arena, text.n, uint8_t);

		if (out == NULL)
			return false;
		text.n = csv_unescape(&c->dialect, text, t->is_quoted, out);
		text.p = out;
	}
	s->out[k * s->stride] = (struct cell){
		.p = text.p, .n = (uint32_t)text.n, .at = (uint32_t)t->from};
	return true;
}

static enum csv_found
read_cells(struct csv *c, struct csv_scan *s)
{
	s->cells = 0;
	s->at = s->start;
	for (;;) {
		struct csv_piece t;

		if (s->is_fast && s->out != NULL &&
		    s->cells < c->dialect.cols && csv_fast(c, s))
			return FOUND_NEWLINE;
		const enum csv_found f = csv_cell(c, s, &t);
		if (f > FOUND_END)
			return f;
		if (t.from != SIZE_MAX && !put_cell(c, s, &t))
			return FOUND_FULL;
		s->at = t.next;
		s->stop = t.stop;
		if (f != FOUND_DELIM)
			return f;
	}
}

/* read_cells(), and again as often as broken quotes want it. */
static enum csv_found
read_again(struct csv *c, struct csv_scan *s, size_t mark, enum csv_found f)
{
	if (f == FOUND_KNOWN) {
		size_t line;

		f = csv_follow(c, s, &line);
		if (f == FOUND_NEWLINE || f == FOUND_END) {
			/* It ends after all that was known. */
			c->lost_until = 0;
			f = read_cells(c, s);
		}
	}
	if (f == FOUND_LOST) {
		if (c->arena != NULL)
			arena_rewind(c->arena, mark);
		s->is_literal = true;
		s->is_fast = false;
		f = read_cells(c, s);
		s->is_cut = f == FOUND_END && s->reach == REACH_LIMIT;
	}
	if (f > FOUND_END && c->arena != NULL)
		arena_rewind(c->arena, mark);
	return f;
}

enum csv_found
csv_read(struct csv *c, struct csv_scan *s)
{
	const size_t mark = c->arena != NULL ? arena_mark(c->arena) : 0;
	struct cell *const out = s->out;
	const size_t stride = s->stride;

	*s = csv_scan_start(c, c->at);
	s->out = out;
	s->stride = stride;
	enum csv_found f = read_cells(c, s);
	if (f > FOUND_END)
		f = read_again(c, s, mark, f);
	if (f > FOUND_END)
		return f;
	assert(s->at > c->at);
	c->at = s->at;
	return f;
}

/* What a row has beside its cells: the missing ones and the overflow. */
static void
finish_row(struct csv *c, struct batch *b, const struct csv_scan *s)
{
	const uint32_t cols = c->dialect.cols;
	const struct cell none = {.p = c->window.p + s->stop,
				  .at = (uint32_t)s->stop};

	for (uint32_t k = s->cells; k < cols; k++)
		s->out[k * s->stride] = none;
	struct cell *over = &s->out[cols * s->stride];
	*over = none;
	if (s->cells > cols) {
		over->p = c->window.p + s->overflow;
		over->at = (uint32_t)s->overflow;
		over->n = (uint32_t)(s->stop - s->overflow);
	}
	b->row_at[b->rows] = (uint32_t)s->start;
	b->row_ragged[b->rows] = s->cells != cols || s->is_cut;
	c->counts.records++;
	c->counts.malformed += s->is_literal;
	c->counts.ragged += b->row_ragged[b->rows];
	b->rows++;
}

/* One row to ${out}. RC_OK, or why there is none. */
static enum rc
next_row(struct csv *c, struct batch *b, struct cell *out, size_t stride)
{
	struct csv_scan s = {.out = out, .stride = stride};

	if (!csv_blank(c))
		return RC_MORE;
	if (c->at >= c->stop || (c->at >= c->window.n && c->is_last))
		return RC_END;
	if (c->at >= c->window.n)
		return RC_MORE;

	const enum csv_found f = csv_read(c, &s);
	if (f == FOUND_SHORT)
		return RC_MORE;
	if (f == FOUND_FULL)
		return RC_LIMIT;
	finish_row(c, b, &s);
	return RC_OK;
}

enum rc
csv_next(struct csv *c, struct batch *b)
{
	enum rc rc = RC_OK;

	assert(b->cols == c->dialect.cols);
	b->rows = 0;
	while (rc == RC_OK && b->rows < BATCH_ROWS)
		rc = next_row(c, b, &b->cells[b->rows], BATCH_STRIDE);
	return b->rows > 0 ? RC_OK : rc;
}
