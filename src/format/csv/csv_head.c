/* What stands above a table, and whether its first row names the columns. */
#include "format/csv/csv_sniff_impl.h"

#include <math.h>

enum { BODY_ROWS = 200, HEAD_ROWS = 4 };

/** One column: its cell in the first row, and the rest. */
struct column {
	struct span head;
	enum csv_type type; /* of the head */
	uint32_t n[TYPE_COUNT];
	uint32_t filled; /* cells below with something in them.. */
	uint32_t same;   /* ..that equal the head */
	uint32_t spaced, lower, capital; /* with blanks, starting small, shouted
					  */
	size_t min, max;                 /* their lengths */
};

/** What speaks for a header and against it. */
struct evidence {
	double strong; /* types that differ, summed */
	double weak;   /* of text, averaged over columns.. */
	uint32_t text; /* ..as many as these */
	uint32_t known, empty, doubles, differ;
};

/** A row judged as a header. */
struct head {
	size_t start, end; /* start SIZE_MAX: there is no row */
	uint32_t cells;
	double score;
	struct evidence e;
};

/** A reading of the rows of the sample. */
struct reading {
	struct csv csv;
	struct csv_scan row;
	bool is_last;
};

static bool
next_row(struct reading *r)
{
	if (!csv_blank(&r->csv) || r->csv.at >= r->csv.window.n)
		return false;
	if (csv_read(&r->csv, &r->row) > FOUND_END)
		return false;
	return r->is_last || r->row.at < r->csv.window.n;
}

static enum rc
open_rows(struct reading *r, struct span text, bool is_last,
	  const struct csv_fit *f)
{
	struct csv_dialect d = f->d;

	d.cols = BATCH_COLS_MAX;
	d.max_record = CSV_RECORD_DEFAULT;
	r->is_last = is_last;
	r->row = (struct csv_scan){0};
	return csv_open(&r->csv, &d, NULL, text, true);
}

/* The cells of the row read, one after the other. */
static bool
next_cell(struct reading *r, struct csv_scan *at, struct csv_piece *p)
{
	if (at->cells == 0)
		return false;
	at->cells--;
	if (csv_cell(&r->csv, at, p) > FOUND_END || p->from == SIZE_MAX)
		return false;
	at->at = p->next;
	return true;
}

static struct csv_scan
cells_of(const struct reading *r)
{
	struct csv_scan s = r->row;

	s.at = s.start;
	return s;
}

static uint32_t
filled_cells(struct reading *r)
{
	struct csv_scan at = cells_of(r);
	struct csv_piece p;
	uint32_t n = 0;

	while (next_cell(r, &at, &p))
		n += p.to > p.from;
	return n;
}

/*
 * A line that only says something about the table: "# made on ..". A sign
 * before the first name of a header, "#id", is none.
 */
static bool
is_comment(const struct reading *r, bool is_first)
{
	const uint8_t *p = r->csv.window.p + r->row.start;
	const size_t n = r->row.stop - r->row.start;
	uint32_t words = 0;

	if (n < 3)
		return false;
	if ((*p == '-' || *p == '/') && p[1] == *p)
		return true;
	if (!byte_in(*p, "#%") || p[1] != ' ')
		return false;
	for (size_t i = 2; i < n && !csv_is_delim(&r->csv.dialect, p[i]); i++)
		words += p[i] == ' ';
	return !is_first || words >= 2;
}

/*
 * Where the table starts: at the first row with as many cells as most have,
 * unless nearly all of them are empty, as in titles of spreadsheets. A row
 * before it with more cells, all filled, may be the header of a table whose
 * rows leave their last cells out: *ret_wide, or SIZE_MAX.
 */
static enum rc
find_start(struct span text, bool is_last, const struct csv_fit *f,
	   size_t *ret_start, size_t *ret_wide)
{
	struct reading r;
	uint64_t filled = 0;
	uint32_t rows = 0;
	enum rc rc = open_rows(&r, text, is_last, f);

	*ret_start = 0;
	*ret_wide = SIZE_MAX;
	if (rc != RC_OK)
		return rc;
	while (rows < BODY_ROWS && next_row(&r)) {
		if (r.row.cells != f->cols)
			continue;
		filled += filled_cells(&r);
		rows++;
	}
	if (rows == 0)
		return RC_OK;

	/* Twice the cells that a row has filled. */
	const uint64_t usual = 2 * filled / rows;
	if ((rc = open_rows(&r, text, is_last, f)) != RC_OK)
		return rc;
	for (uint32_t i = 0; i <= SNIFF_LEAD && next_row(&r); i++) {
		const uint32_t n = filled_cells(&r);
		if (r.row.cells > f->cols && n == r.row.cells &&
		    f->d.is_runs == 0 && !is_comment(&r, i == 0) &&
		    *ret_wide == SIZE_MAX)
			*ret_wide = r.row.start;
		if (r.row.cells != f->cols || is_comment(&r, i == 0))
			continue;
		if (f->cols > 2 &&
		    ((n < 2 && usual >= 3) || (uint64_t)n * 8 < usual))
			continue;
		*ret_start = r.row.start;
		break;
	}
	return RC_OK;
}

static void
read_head(struct reading *r, struct column *cols, uint32_t n)
{
	struct csv_scan at = cells_of(r);
	struct csv_piece p;

	for (uint32_t k = 0; k < n && next_cell(r, &at, &p); k++) {
		const struct span s = {r->csv.window.p + p.from, p.to - p.from};

		cols[k].head = span_trim(s);
		cols[k].type = csv_type_of(s, p.is_quoted);
		/* TEL2, C01: a name with a number. */
		if (cols[k].type == TYPE_CODE &&
		    csv_label_is_name(cols[k].head))
			cols[k].type = TYPE_WORD;
	}
}

static bool
is_shouted(struct span s)
{
	bool has_letter = false;

	for (size_t i = 0; i < s.n; i++) {
		if (is_alpha(s.p[i]) && !is_upper(s.p[i]))
			return false;
		has_letter |= is_alpha(s.p[i]);
	}
	return has_letter;
}

static bool
starts_small(struct span s)
{
	return s.n > 0 && is_alpha(s.p[0]) && !is_upper(s.p[0]);
}

static bool
has_space(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ' ')
			return true;
	return false;
}

static void
read_body_row(struct reading *r, struct column *cols, uint32_t n)
{
	struct csv_scan at = cells_of(r);
	struct csv_piece p;

	for (uint32_t k = 0; k < n && next_cell(r, &at, &p); k++) {
		struct column *c = &cols[k];
		const struct span s = span_trim(
			(struct span){r->csv.window.p + p.from, p.to - p.from});

		if (s.n == 0)
			continue;
		if (c->filled == 0 || s.n < c->min)
			c->min = s.n;
		if (s.n > c->max)
			c->max = s.n;
		c->filled++;
		c->n[csv_type_of(s, p.is_quoted)]++;
		c->same += span_equal(s, c->head);
		c->spaced += has_space(s);
		c->lower += starts_small(s);
		c->capital += is_shouted(s);
	}
}

/* Part of the filled cells that are values; of the head's own type if it is. */
static double
value_part(const struct column *c, bool like_head)
{
	uint32_t n = 0;

	for (int i = TYPE_NUMBER; i <= TYPE_CODE; i++)
		if (!like_head || i == (int)c->type ||
		    (i == TYPE_NUMBER && c->type == TYPE_CODE))
			n += c->n[i];
	return c->filled > 0 ? (double)n / c->filled : 0;
}

/* A year, such as columns of figures have for names. */
static bool
is_year(struct span s)
{
	return s.n == 4 && all_digits(s.p, 4) &&
	       (s.p[0] == '1' || s.p[0] == '2') &&
	       (s.p[1] == '9' || s.p[1] == '0');
}

/* What a head of words says of its column of words. */
static double
weigh_words(const struct column *c)
{
	double w = 0;

	if (c->same > 0)
		w -= 1.5;
	if (c->type == TYPE_TEXT)
		w -= 0.5;
	if (c->filled == 0)
		return w;
	if (csv_label_is_name(c->head) && c->spaced * 2 > c->filled)
		w += 0.4;
	if (starts_small(c->head) && c->lower * 4 < c->filled)
		w += 0.6;
	if (is_shouted(c->head) && c->head.n > 3 && c->capital * 4 < c->filled)
		w += 0.5;
	if (c->filled >= 4 && c->min == c->max && c->head.n != c->min)
		w += 0.7;
	return w;
}

static void
weigh_column(const struct column *c, struct evidence *e)
{
	const bool is_known = csv_label_is_known(c->head);

	if (c->type == TYPE_EMPTY) {
		e->empty++;
		return;
	}
	if (csv_type_is_value(c->type)) {
		if (is_year(c->head) && c->n[TYPE_NUMBER] > 0 && c->same == 0 &&
		    c->min != c->max)
			return;
		e->strong -=
			c->filled > 0 ? 0.7 + 1.5 * value_part(c, true) : 0.7;
		return;
	}
	const double values = value_part(c, false);
	if (c->filled > 0 && values >= 0.7) {
		e->strong += 2.0 * values * c->filled / (c->filled + 1.0);
		e->differ++;
	}
	e->known += is_known;
	e->text++;
	e->weak += weigh_words(c) + (is_known ? 1.6 : 0);
}

/* Heads that stand twice, by a small table of hashes. */
static enum rc
count_doubles(const struct column *cols, uint32_t n, struct arena *a,
	      struct evidence *e)
{
	uint32_t size = 16;

	while (size < 2 * n)
		size *= 2;
	uint32_t *slot = ARENA_ARRAY(a, size, uint32_t);
	if (slot == NULL)
		return RC_NOMEM;
	for (uint32_t k = 0; k < n; k++) {
		if (cols[k].head.n == 0)
			continue;
		uint32_t h = (uint32_t)span_hash(cols[k].head, 0) & (size - 1);

		while (slot[h] != 0 &&
		       !span_equal(cols[slot[h] - 1].head, cols[k].head))
			h = (h + 1) & (size - 1);
		e->doubles += slot[h] != 0;
		if (slot[h] == 0)
			slot[h] = k + 1;
	}
	return RC_OK;
}

static double
head_score(const struct evidence *e, uint32_t cols)
{
	double sum = -0.4 + fmax(-8, fmin(8, e->strong));

	if (e->text > 0)
		sum += 1.6 * e->weak / e->text;
	sum -= fmin(e->doubles, 3);
	sum -= 1.5 * e->empty / cols;
	return 1 / (1 + exp(-sum));
}

/* Skip to the row at ${start}; false if the sample ends before. */
static bool
go_to(struct reading *r, size_t start)
{
	while (next_row(r))
		if (r->row.start >= start)
			return true;
	/* The only row of a sample that was cut is better than none. */
	return r->row.start == start && r->row.at > start;
}

static uint32_t
count_lines(const struct csv_dialect *d, struct span text)
{
	uint32_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n' ||
		     (text.p[i] == '\r' && d->newline == CSV_CR &&
		      !(i + 1 < text.n && text.p[i + 1] == '\n'));
	return n;
}

/* Judge the row at *start as a header; it sets where it ends too. */
static enum rc
judge(struct span text, bool is_last, const struct csv_fit *f, struct arena *a,
      struct head *h)
{
	const size_t mark = arena_mark(a);
	struct column *cols = ARENA_ARRAY(a, f->cols, struct column);
	struct reading r;
	enum rc rc;

	h->e = (struct evidence){0};
	h->score = 0;
	if (cols == NULL)
		return RC_NOMEM;
	if ((rc = open_rows(&r, text, is_last, f)) != RC_OK)
		return rc;
	if (!go_to(&r, h->start)) {
		h->start = SIZE_MAX;
		return RC_OK;
	}
	h->start = r.row.start;
	h->end = r.row.at;
	h->cells = r.row.cells;
	read_head(&r, cols, f->cols);
	for (uint32_t i = 0; i < BODY_ROWS && next_row(&r); i++)
		read_body_row(&r, cols, f->cols);
	for (uint32_t k = 0; k < f->cols; k++)
		weigh_column(&cols[k], &h->e);
	if ((rc = count_doubles(cols, f->cols, a, &h->e)) != RC_OK)
		return rc;
	h->score = head_score(&h->e, f->cols);
	arena_rewind(a, mark);
	return RC_OK;
}

/* Rows that group columns may stand above the header that names them. */
static enum rc
look_below(struct span text, bool is_last, const struct csv_fit *f,
	   struct arena *a, struct head *h)
{
	struct head g = *h;
	enum rc rc;

	for (int i = 0; i < HEAD_ROWS && g.score <= 0.5; i++) {
		/* Only from a row that has gaps or says the same again. */
		if (g.start == SIZE_MAX || g.e.empty + g.e.doubles == 0)
			break;
		g.start = g.end;
		if ((rc = judge(text, is_last, f, a, &g)) != RC_OK)
			return rc;
		if (g.start != SIZE_MAX && g.score > 0.8 && g.e.differ > 0)
			*h = g;
	}
	return RC_OK;
}

static enum rc
find_head(struct span text, bool is_last, const struct csv_fit *f,
	  struct arena *a, struct head *h)
{
	struct head wide = {0};
	enum rc rc;

	if ((rc = find_start(text, is_last, f, &h->start, &wide.start)) !=
		    RC_OK ||
	    (rc = judge(text, is_last, f, a, h)) != RC_OK)
		return rc;
	if (h->score <= 0.5 && wide.start < h->start) {
		if ((rc = judge(text, is_last, f, a, &wide)) != RC_OK)
			return rc;
		if (wide.start != SIZE_MAX && wide.score > 0.6) {
			*h = wide;
			return RC_OK;
		}
	}
	return look_below(text, is_last, f, a, h);
}

enum rc
csv_head(struct span text, bool is_last, const struct csv_fit *f,
	 struct arena *a, struct csv_sniff *ret)
{
	struct head h = {0};
	const enum rc rc = find_head(text, is_last, f, a, &h);

	if (rc != RC_OK || h.start == SIZE_MAX)
		return rc;
	ret->header_score = h.score;
	ret->has_header = h.score > 0.5;
	if (ret->has_header && h.cells > f->cols && h.cells <= BATCH_COLS_MAX)
		ret->dialect.cols = h.cells;
	ret->skip_bytes = (uint32_t)h.start;
	ret->skip_lines = count_lines(&f->d, (struct span){text.p, h.start});
	ret->header_bytes = ret->has_header ? (uint32_t)(h.end - h.start) : 0;
	if (ret->has_header && h.e.differ > 0)
		ret->reasons |= 1u << CSV_WHY_HEADER_TYPES;
	if (ret->has_header && h.e.known > 0)
		ret->reasons |= 1u << CSV_WHY_HEADER_WORDS;
	if (!ret->has_header)
		ret->reasons |= 1u << CSV_WHY_NO_HEADER;
	if (h.start > 0)
		ret->reasons |= 1u << CSV_WHY_PREAMBLE;
	return RC_OK;
}
