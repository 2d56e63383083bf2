/* A first look at the cells of a column, the only one that most of them get:
 * trimmed, in UTF-8, hashed, and added to the sum of their record. */
#include "scan/reader/reader_impl.h"

enum { SHORT = 16 }; /* bytes of a cell that two loads hold */

/* What a cell adds to its record, and all its bytes or'ed together. */
struct looked {
	row_sum sum;
	uint64_t bits;
};

/* Any cell: with blanks around it, long, or in another charset. False: it is
 * blank. */
static bool
look(const struct reading *g, const struct row_cell_key *key, struct span *s,
     struct looked *ret)
{
	const struct row_keys *keys = &g->r->row_keys;

	*s = span_trim(*s);
	if (s->n == 0)
		return false;
	ret->sum = row_cell(keys, key, *s, &ret->bits);
	if ((ret->bits & word_each(0x80)) == 0 || !g->decode ||
	    span_is_ascii(*s))
		return true;
	/* Without room it stays as it is, which shows as a value that no kind
	 * takes. */
	(void)window_decode(g->plan->charset.charset, s, g->r->text);
	*s = span_trim(*s);
	if (s->n == 0)
		return false;
	ret->sum = row_cell(keys, key, *s, &ret->bits);
	return true;
}

/* The usual cell: short, ASCII, no blanks at its ends. False: look(). */
static inline bool
glance(const struct row_cell_key *key, struct span s, struct looked *ret)
{
	uint64_t a;
	uint64_t b = 0;
	uint64_t last;

	if (s.n > SHORT)
		return false;
	if (s.n >= 8) {
		a = word_load8(s.p);
		b = word_load8(s.p + s.n - 8);
		last = b >> 56;
	} else {
		a = word_short(s.p, s.n);
		last = s.p[s.n - 1];
	}
	ret->bits = a | b;
	if ((ret->bits & word_each(0x80)) != 0 || (uint8_t)a <= ' ' ||
	    last <= ' ')
		return false;
	ret->sum = row_short(key, s.n, a, b);
	return true;
}

void
glance_column(const struct reading *g, const struct batch *b, uint32_t column)
{
	const struct row_cell_key key = g->r->row_keys.cells[column];
	const struct cell *cells = batch_cell(b, 0, column);
	row_sum *sums = g->r->sums;
	struct glance *to = g->r->glances;
	const uint32_t rows = b->rows;

	for (uint32_t i = 0; i < rows; i++) {
		struct span s = cell_span(&cells[i]);
		struct looked is;

		if (s.n == 0)
			continue;
		if (!glance(&key, s, &is) && !look(g, &key, &s, &is))
			continue;
		sums[i] += is.sum;
		*to++ = (struct glance){
			.text = s,
			.hash = (uint64_t)is.sum ^ (uint64_t)(is.sum >> 64),
			.bits = (uint32_t)(is.bits | is.bits >> 32),
			.row = i,
		};
	}
	g->r->n_glances = (uint32_t)(to - g->r->glances);
}
