/* A first look at the cells of a column, the only one that most of them get:
 * trimmed, in UTF-8, hashed, and added to the sum of their record. */
#include "scan/reader/reader_impl.h"

enum { SHORT = 16 }; /* bytes of a cell that two loads hold */

static row_sum
keep(struct glance *to, struct span text, row_sum sum, uint64_t bits)
{
	*to = (struct glance){
		.text = text,
		.hash = (uint64_t)sum ^ (uint64_t)(sum >> 64),
		.bits = bits,
	};
	return sum;
}

/* Any cell: with blanks around it, long, or in another charset. Returns what
 * it adds to its record. */
static row_sum
look(const struct reading *g, const struct row_cell_key *key, struct span s,
     struct glance *ret)
{
	const struct row_keys *keys = &g->r->row_keys;
	uint64_t bits;

	s = span_trim(s);
	ret->text.n = 0;
	if (s.n == 0)
		return 0;
	row_sum sum = row_cell(keys, key, s, &bits);
	if ((bits & word_each(0x80)) != 0 && g->decode && !span_is_ascii(s)) {
		/* Without room it stays as it is, which shows as a value that
		 * no kind takes. */
		(void)window_decode(g->plan->charset.charset, &s, g->r->text);
		s = span_trim(s);
		if (s.n == 0)
			return 0;
		sum = row_cell(keys, key, s, &bits);
	}
	return keep(ret, s, sum, bits);
}

/* The usual cell: short, ASCII, no blanks at its ends. False: look(). */
static inline bool
glance(const struct row_cell_key *key, struct span s, struct glance *ret,
       row_sum *sum)
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
	if (((a | b) & word_each(0x80)) != 0 || (uint8_t)a <= ' ' ||
	    last <= ' ')
		return false;
	*sum += keep(ret, s, row_short(key, s.n, a, b), a | b);
	return true;
}

void
glance_column(const struct reading *g, const struct batch *b, uint32_t column,
	      struct glance *ret)
{
	const struct row_cell_key key = g->r->row_keys.cells[column];
	const struct cell *cells = batch_cell(b, 0, column);
	row_sum *sums = g->r->sums;
	const uint32_t rows = b->rows;

	for (uint32_t i = 0; i < rows; i++) {
		const struct span s = cell_span(&cells[i]);

		if (s.n == 0)
			ret[i].text.n = 0;
		else if (!glance(&key, s, &ret[i], &sums[i]))
			sums[i] += look(g, &key, s, &ret[i]);
	}
}
