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

/* Where csv_fast() stands among the marks. */
struct walk {
	const uint16_t *m, *last; /* the next mark, and past the last */
	size_t base;              /* what marks count from */
	size_t at;                /* where the next cell starts */
	struct cell *out;         /* and where it is to be put */
	uint32_t left;            /* cells of the row that are to come */
};

static void
put(struct walk *k, const uint8_t *w, size_t from, size_t to, size_t stride)
{
	*k->out = (struct cell){.p = w + from,
				.n = (uint32_t)(to - from),
				.at = (uint32_t)from};
	k->out += stride;
	k->left--;
}

/* Put cells as long as a delimiter ends them. */
static void
plain_cells(const struct csv *c, struct walk *k, size_t stride)
{
	const uint8_t *const w = c->window.p;
	const uint8_t delim = c->dialect.delimiter;
	struct walk x = *k;
	const size_t n = (size_t)(x.last - x.m);
	const uint16_t *const last = x.m + (x.left < n ? x.left : n);

	while (x.m < last && w[x.base + *x.m] == delim) {
		const size_t mark = x.base + *x.m++;

		put(&x, w, x.at, mark, stride);
		x.at = mark + 1;
	}
	*k = x;
}

/* Put the quoted cell that starts with the next mark; false if it is for
 * csv_cell() to judge. */
static bool
quoted_cell(const struct csv *c, struct walk *k, size_t stride)
{
	const uint16_t *q = closing(c, k->m + 1, k->last);

	if (k->at < c->lost_until || q == NULL)
		return false;
	put(k, c->window.p, k->at + 1, k->base + *q, stride);
	k->at = k->base + q[1] + 1;
	k->m = q + 2;
	return true;
}

/* Put cells up to the newline that ends the row, whose offset is the result;
 * SIZE_MAX: something else stands there. */
static size_t
walk_row(struct csv *c, struct walk *k, size_t end, size_t stride)
{
	const uint8_t *const w = c->window.p;

	while (k->left > 0) {
		plain_cells(c, k, stride);
		if (k->left == 0)
			break;
		if (k->m == k->last) {
			if (!next_blocks(c, end))
				break;
			k->m = c->marks;
			k->last = c->marks + c->marks_n;
			k->base = c->index_at;
			continue;
		}
		const size_t mark = k->base + *k->m;
		if (w[mark] != c->dialect.quote) {
			k->m++;
			return mark;
		}
		if (mark > k->at) /* in the middle of a cell */
			k->m++;
		else if (!quoted_cell(c, k, stride))
			break;
	}
	return SIZE_MAX;
}

/*
 * A delimiter may lie past s->end here: then s->at does too, and csv_cell()
 * finds no cell there. Blocks are indexed past s->end only to their end.
 */
bool
csv_fast(struct csv *c, struct csv_scan *s)
{
	const uint32_t cols = c->dialect.cols;

	if (s->at >= s->end)
		return false;
	seek(c, s->at);
	struct walk k = {
		.m = c->marks + c->marks_i,
		.last = c->marks + c->marks_n,
		.base = c->index_at,
		.at = s->at,
		.out = s->out + s->cells * s->stride,
		.left = cols - s->cells,
	};
	const size_t stop = walk_row(c, &k, s->end, s->stride);

	c->marks_i = (uint32_t)(k.m - c->marks);
	s->at = k.at;
	s->cells = cols - k.left;
	return stop != SIZE_MAX && last_cell(c, k.out, s, stop);
}
