/* A first look at the cells of a column, the only one that most of them get:
 * trimmed, in UTF-8, hashed, and added to the sum of their record. */
#include "scan/reader/reader_impl.h"

#define ALL UINT64_MAX

enum {
	WORD = 8,         /* bytes of a load */
	SHORT = 2 * WORD, /* bytes of a cell that two loads hold.. */
	LONG = 4 * WORD,  /* ..and four */
};

/* What a cell adds to its record, and all its bytes or'ed together. */
struct looked {
	row_sum sum;
	uint64_t bits;
};

/* Any cell: with blanks around it, long, or in another charset. False: it is
 * blank. */
[[gnu::noinline]] static bool
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

/* What of the first and of the last eight bytes around a cell of n bytes is
 * its own, as row_short() wants them. */
static const uint64_t HEAD[SHORT + 1] = {
	0x0,
	0xFF,
	0xFFFF,
	0xFFFFFF,
	0xFFFFFFFF,
	0xFFFFFFFFFF,
	0xFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFF,
	ALL,
	ALL,
	ALL,
	ALL,
	ALL,
	ALL,
	ALL,
	ALL,
	ALL,
};
static const uint64_t TAIL[SHORT + 1] = {
	0, 0, 0, 0, 0, 0, 0, 0, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL,
};

/* The usual cell: short, ASCII, no blanks at its ends, and with bytes of the
 * window around it, so that its length need not be told apart before loading.
 * False: look(). */
static inline bool
glance(const struct row_cell_key *key, struct span s, struct looked *ret)
{
	const uint64_t end = word_load8(s.p + s.n - WORD);
	const uint64_t a = word_load8(s.p) & HEAD[s.n];
	const uint64_t b = end & TAIL[s.n];
	const uint64_t bits = a | b;

	*ret = (struct looked){row_short(key, s.n, a, b), bits};
	return (bits & word_each(0x80)) == 0 && (uint8_t)a > ' ' &&
	       end >> 56 > ' ';
}

/* The same of a longer one, which may stand anywhere. */
static inline bool
glance_long(const struct row_cell_key *key, struct span s, struct looked *ret)
{
	const uint8_t *const end = s.p + s.n;
	const uint64_t w[] = {
		word_load8(s.p),
		word_load8(s.p + WORD),
		word_load8(end - SHORT),
		word_load8(end - WORD),
	};
	const uint64_t bits = w[0] | w[1] | w[2] | w[3];

	*ret = (struct looked){row_long(key, s.n, w), bits};
	return (bits & word_each(0x80)) == 0 && (uint8_t)w[0] > ' ' &&
	       w[3] >> 56 > ' ';
}

/* Where the cells of a window may start so that glance() may look at them. */
static struct span
safe_part(const struct window *w)
{
	const size_t n = w->text.n;

	return n < WORD + SHORT
		       ? (struct span){NULL, 0}
		       : (struct span){w->text.p + WORD, n - WORD - SHORT + 1};
}

/* Is all that there is to see of ${s}, not empty, seen at a glance? */
static inline bool
is_usual(const struct row_cell_key *key, struct span safe, struct span s,
	 struct looked *ret)
{
	if (s.n <= SHORT)
		return (uintptr_t)s.p - (uintptr_t)safe.p < safe.n &&
		       glance(key, s, ret);
	return s.n <= LONG && glance_long(key, s, ret);
}

/* List a cell that was looked at, and add it to its record. */
static inline void
keep(struct glance *to, row_sum *record, struct span text, struct looked is,
     uint32_t row)
{
	*record += is.sum;
	*to = (struct glance){
		.text = text,
		.hash = (uint64_t)is.sum ^ (uint64_t)(is.sum >> 64),
		.bits = (uint32_t)(is.bits | is.bits >> 32),
		.row = row,
	};
}

void
glance_column(const struct reading *g, const struct batch *b, uint32_t column)
{
	const struct row_cell_key key = g->r->row_keys.cells[column];
	const struct cell *cells = batch_cell(b, 0, column);
	const struct span safe = safe_part(&g->w);
	row_sum *sums = g->r->sums;
	struct glance *to = g->r->glances;
	const uint32_t rows = b->rows;

	for (uint32_t i = 0; i < rows; i++) {
		const struct span s = cell_span(&cells[i]);
		struct span text = s;
		struct looked usual = {0};
		struct looked other;

		/* Two of them: what look() may write to does not stay in
		 * registers. */
		if (s.n == 0)
			continue;
		if (is_usual(&key, safe, s, &usual))
			keep(to++, &sums[i], s, usual, i);
		else if (look(g, &key, &text, &other))
			keep(to++, &sums[i], text, other, i);
	}
	g->r->n_glances = (uint32_t)(to - g->r->glances);
}
