/* The way of nearly all cells: from bits to cells, nothing looked at but the
 * byte that starts a cell and the one that ends it. */
#include "format/csv/csv_impl.h"

/* Index what follows the blocks; false where the reach or the window ends. */
static bool
next_blocks(struct csv *c, size_t end)
{
	const size_t at = c->index_at + c->index_n;

	if (at >= end)
		return false;
	csv_index_cover(c, at);
	return true;
}

/* Put the last cell of a line; false if it is for csv_cell() to judge. */
static bool
last_cell(const struct csv *c, struct cell *out, struct csv_scan *s,
	  size_t stop)
{
	const uint8_t *const w = c->window.p;

	if (stop >= s->end || c->dialect.newline == CSV_CR)
		return false;
	s->stop = stop - (stop > s->at && w[stop - 1] == '\r');
	*out = (struct cell){.p = w + s->at,
			     .n = (uint32_t)(s->stop - s->at),
			     .at = (uint32_t)s->at};
	s->cells++;
	s->at = stop + 1;
	return true;
}

/* Bring c->marks_i to the first mark at or after ${at}. */
static void
seek(struct csv *c, size_t at)
{
	csv_index_cover(c, at);
	const size_t in = at - c->index_at;
	uint32_t i = c->marks_i;

	while (i > 0 && c->marks[i - 1] >= in)
		i--;
	while (i < c->marks_n && c->marks[i] < in)
		i++;
	c->marks_i = i;
}

/*
 * The quoted cell that starts with the mark before ${m}: the mark that closes
 * it, if a delimiter follows and nothing has to be unescaped; else NULL.
 */
static const uint16_t *
closing(const struct csv *c, const uint16_t *m, const uint16_t *last)
{
	const uint8_t *const w = c->window.p + c->index_at;
	const uint8_t quote = c->dialect.quote;

	while (m < last && w[*m] != quote)
		m++;
	if (last - m < 2 || m[1] != *m + 1 || w[m[1]] != c->dialect.delimiter)
		return NULL;
	return m;
}

/*
 * A delimiter may lie past s->end here: then s->at does too, and csv_cell()
 * finds no cell there. Blocks are indexed past s->end only to their end.
 */
bool
csv_fast(struct csv *c, struct csv_scan *s)
{
	const uint8_t *const w = c->window.p;
	const uint8_t delim = c->dialect.delimiter;
	const uint8_t quote = c->dialect.quote;
	const size_t stride = s->stride;
	struct cell *out = s->out + s->cells * stride;
	uint32_t left = c->dialect.cols - s->cells;
	size_t at = s->at;

	if (at >= s->end)
		return false;
	seek(c, at);
	const uint16_t *m = c->marks + c->marks_i;
	const uint16_t *last = c->marks + c->marks_n;
	size_t base = c->index_at;
	size_t stop = SIZE_MAX;
	while (left > 0) {
		if (m == last) {
			if (!next_blocks(c, s->end))
				break;
			m = c->marks;
			last = m + c->marks_n;
			base = c->index_at;
			continue;
		}
		const size_t mark = base + *m++;
		const uint8_t is = w[mark];
		size_t n = mark - at;

		if (is == quote && n > 0) /* in the middle of a cell */
			continue;
		if (is == quote) {
			const uint16_t *q = closing(c, m, last);
			if (at < c->lost_until || q == NULL)
				break;
			at++;
			n = base + *q - at;
			m = q + 2;
		} else if (is != delim) {
			stop = mark;
			break;
		}
		*out = (struct cell){
			.p = w + at, .n = (uint32_t)n, .at = (uint32_t)at};
		out += stride;
		at = base + m[-1] + 1;
		left--;
	}
	c->marks_i = (uint32_t)(m - c->marks);
	s->at = at;
	s->cells = c->dialect.cols - left;
	return stop != SIZE_MAX && last_cell(c, out, s, stop);
}
