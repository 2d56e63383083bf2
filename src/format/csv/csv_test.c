#include "base/check.h"
#include "format/csv/csv.h"
#include "format/csv/csv_naive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLS_MAX = 8, ARENA = 1 << 21 };

/** A batch and what it needs. */
struct fixture {
	struct arena *arena;
	struct batch batch;
	struct cell cells[(COLS_MAX + 1) * BATCH_STRIDE];
	uint32_t row_at[BATCH_ROWS];
	uint8_t ragged[BATCH_ROWS];
	struct csv csv;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (f == NULL)
		return -1;
	f->arena = arena_new(ARENA);
	if (f->arena == NULL) {
		free(f);
		return -1;
	}
	f->batch = (struct batch){.cells = f->cells,
				  .row_at = f->row_at,
				  .row_ragged = f->ragged};
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	arena_free(f->arena);
	free(f);
	return 0;
}

static const struct csv_dialect COMMA = {
	.delimiter = ',',
	.quote = '"',
	.cols = 3,
	.max_record = CSV_RECORD_DEFAULT,
};

/* Write the rows of ${f} as text: cells in <>, rows in lines, ragged ones
 * with an exclamation mark and their overflow. */
static void
show(const struct fixture *f, char *out, size_t cap)
{
	const struct batch *b = &f->batch;
	size_t n = strlen(out);

	for (uint32_t r = 0; r < b->rows; r++) {
		for (uint32_t k = 0; k <= b->cols; k++) {
			const struct cell *c = batch_cell(b, r, k);

			if (k == b->cols && c->n == 0)
				break;
			n += (size_t)snprintf(out + n, cap - n,
					      k == b->cols ? "+%.*s" : "<%.*s>",
					      (int)c->n, (const char *)c->p);
		}
		n += (size_t)snprintf(out + n, cap - n, "%s\n",
				      b->row_ragged[r] != 0 ? "!" : "");
		assert_true(n < cap);
	}
}

static enum rc
read_to_end(struct fixture *f, char *out, size_t cap)
{
	enum rc rc;

	out[0] = '\0';
	while ((rc = csv_next(&f->csv, &f->batch)) == RC_OK) {
		show(f, out, cap);
		arena_reset(f->arena);
	}
	return rc;
}

struct reading {
	const char *what;
	const char *text;
	const char *rows;
	uint8_t delimiter, quote, escape, newline, is_runs;
	uint32_t max_record;
	uint32_t malformed, ragged, blank;
};

static const struct reading readings[] = {
	{.what = "RFC 4180 s.2 rules 1 and 3: lines, the first a header",
	 .text = "a,b,c\r\n1,2,3\r\n",
	 .rows = "<a><b><c>\n<1><2><3>\n"},
	{.what = "rule 2: the last line may lack its newline",
	 .text = "a,b,c\n1,2,3",
	 .rows = "<a><b><c>\n<1><2><3>\n"},
	{.what = "rule 4: blanks are part of a cell",
	 .text = " a , b,c \n",
	 .rows = "< a >< b><c >\n"},
	{.what = "rule 5: quotes are no part of it",
	 .text = "\"a\",\"b\",c\n",
	 .rows = "<a><b><c>\n"},
	{.what = "rule 6: newlines and delimiters inside quotes",
	 .text = "\"a\nb\",\"c,d\",\"e\r\nf\"\r\n",
	 .rows = "<a\nb><c,d><e\r\nf>\n"},
	{.what = "rule 7: a doubled quote is one quote",
	 .text = "\"a \"\"b\"\" c\",\"\"\"\",\"\"\n",
	 .rows = "<a \"b\" c><\"><>\n"},
	{.what = "an empty document has no row", .text = "", .rows = ""},
	{.what = "blank lines are no rows",
	 .text = "\n\r\na,b,c\n\n\n1,2,3\n\n",
	 .rows = "<a><b><c>\n<1><2><3>\n",
	 .blank = 5},
	{.what = "fewer cells: the rest is empty",
	 .text = "a\n1,2\n,,\n",
	 .rows = "<a><><>!\n<1><2><>!\n<><><>\n",
	 .ragged = 2},
	{.what = "more cells: the rest in one piece, as it stands",
	 .text = "a,b,c,d,\"e,\"\"f\",g\r\n1,2,3,\n4,5,6,,\n7,8,9\n",
	 .rows = "<a><b><c>+d,\"e,\"\"f\",g!\n<1><2><3>!\n<4><5><6>+,!\n"
		 "<7><8><9>\n",
	 .ragged = 3},
	{.what = "stray bytes after a closing quote: literal",
	 .text = "\"abc\"def,\"a,b\"c,\"x\" \n",
	 .rows = "<\"abc\"def><\"a,b\"c><\"x\" >\n"},
	{.what = "quotes in the middle of a cell: literal",
	 .text = "5\" pipe,a\"b\"c, \"d\"\n",
	 .rows = "<5\" pipe><a\"b\"c>< \"d\">\n"},
	{.what = "a quote that never closes costs its line",
	 .text = "a,\"b,c\n1,2,3\n4,5,6\n",
	 .rows = "<a><\"b><c>\n<1><2><3>\n<4><5><6>\n",
	 .malformed = 1},
	{.what = "a stray quote before good quotes costs its line",
	 .text = "a,\"b,c\n\"1\",\"2\",\"3\"\n4,\"5\",6\n",
	 .rows = "<a><\"b><c>\n<1><2><3>\n<4><5><6>\n",
	 .malformed = 1},
	{.what = "stray quotes on every line cost every line, no more",
	 .text = "a,\"b,c\nd,\"e,f\ng,\"h,i\n1,2,3\n",
	 .rows = "<a><\"b><c>\n<d><\"e><f>\n<g><\"h><i>\n<1><2><3>\n",
	 .malformed = 3},
	{.what = "quotes at the end of the document close",
	 .text = "a,b,\"c\"",
	 .rows = "<a><b><c>\n"},
	{.what = "a delimiter at the end of the document begins a cell",
	 .text = "a,b,",
	 .rows = "<a><b><>\n"},
	{.what = "a record longer than the ceiling is cut; the rest is rows",
	 .text = "aaaaaaaaaa,bbbbbbbbbb,c\n1,2,3\n",
	 .rows = "<aaaaaaaaaa><bbbbb><>!\n<bbbbb><c><>!\n<1><2><3>\n",
	 .max_record = 16,
	 .malformed = 1,
	 .ragged = 2},
	{.what = "quotes that close after the ceiling do not close",
	 .text = "\"aaaaaaaa\nbbbbbbbb\",c,d\n1,2,3\n",
	 .rows = "<\"aaaaaaaa><><>!\n<bbbbbbbb\"><c><d>\n<1><2><3>\n",
	 .max_record = 16,
	 .malformed = 1,
	 .ragged = 1},
	{.what = "a record as long as the ceiling is whole",
	 .text = "aaaaaaa,bbbbb,c\naaaaaaa,bbbbb,cc",
	 .rows = "<aaaaaaa><bbbbb><c>\n<aaaaaaa><bbbbb><cc>\n",
	 .max_record = 16},
	{.what = "backslashes escape quotes",
	 .text = "\"a\\\"b\",\"c\\\\\",\"d\\n\"\n",
	 .rows = "<a\"b><c\\><d\\n>\n",
	 .escape = '\\'},
	{.what = "backslashes escape delimiters outside of quotes",
	 .text = "a\\,b,\\\"c,\\\\,d\n\\N,x\\\\\\,y,\"z\"\"\"\n",
	 .rows = "<a,b><\"c><\\>+d!\n<\\N><x\\,y><z\">\n",
	 .escape = '\\',
	 .ragged = 1},
	{.what = "but not newlines",
	 .text = "a,b,c\\\n1,2,3\n",
	 .rows = "<a><b><c\\>\n<1><2><3>\n",
	 .escape = '\\'},
	{.what = "single quotes",
	 .text = "'a','it''s','x\"y'\n",
	 .rows = "<a><it's><x\"y>\n",
	 .quote = '\''},
	{.what = "a CR ends a line of CR files, with or without a LF",
	 .text = "a,b,c\r1,2,3\r\n\r4,\"5\r6\",7\r",
	 .rows = "<a><b><c>\n<1><2><3>\n<4><5\r6><7>\n",
	 .newline = CSV_CR,
	 .blank = 1},
	{.what = "a bare CR is data in LF files",
	 .text = "a\rb,c\r,d\r\n\"x\"\r,2,3\n",
	 .rows = "<a\rb><c\r><d>\n<\"x\"\r><2><3>\n"},
	{.what = "runs of spaces part cells, and do not begin or end a line",
	 .text = "  a   b  \"c  d\" \n \n1 2 3\n x y\n",
	 .rows = "<a><b><c  d>\n<1><2><3>\n<x><y><>!\n",
	 .delimiter = ' ',
	 .is_runs = 1,
	 .ragged = 1,
	 .blank = 1},
	{.what = "tabs",
	 .text = "a\tb\tc\n",
	 .rows = "<a><b><c>\n",
	 .delimiter = '\t'},
};

static void
check_reading(struct fixture *f, const struct reading *t)
{
	const struct csv_dialect d = {
		.delimiter = t->delimiter != 0 ? t->delimiter : ',',
		.quote = t->quote != 0 ? t->quote : '"',
		.escape = t->escape,
		.newline = t->newline,
		.is_runs = t->is_runs,
		.cols = 3,
		.max_record =
			t->max_record != 0 ? t->max_record : CSV_RECORD_DEFAULT,
	};
	char got[1024];

	f->batch.cols = d.cols;
	assert_int_equal(
		csv_open(&f->csv, &d, f->arena, span_str(t->text), true),
		RC_OK);
	assert_int_equal(read_to_end(f, got, sizeof(got)), RC_END);
	if (strcmp(got, t->rows) != 0)
		print_error("%s:\n", t->what);
	assert_string_equal(got, t->rows);
	const struct csv_counts n = csv_counts(&f->csv);
	assert_int_equal(n.malformed, t->malformed);
	assert_int_equal(n.ragged, t->ragged);
	assert_int_equal(n.blank, t->blank);
	assert_int_equal(csv_offset(&f->csv), strlen(t->text));
}

static void
rows_are_read_as_the_rules_say(void **state)
{
	for (size_t i = 0; i < COUNT_OF(readings); i++)
		check_reading(*state, &readings[i]);
}

static void
nul_bytes_are_data(void **state)
{
	static const uint8_t text[] = "a\0b,\0,\"c\0\"\n";
	struct fixture *f = *state;

	f->batch.cols = 3;
	assert_int_equal(csv_open(&f->csv, &COMMA, f->arena,
				  (struct span){text, sizeof(text) - 1}, true),
			 RC_OK);
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_OK);
	assert_int_equal(batch_cell(&f->batch, 0, 0)->n, 3);
	assert_int_equal(batch_cell(&f->batch, 0, 1)->n, 1);
	assert_int_equal(batch_cell(&f->batch, 0, 2)->n, 2);
}

static void
one_column_has_no_delimiter(void **state)
{
	static const uint8_t text[] = "a\0b,c\n\"d\ne\"\n";
	struct fixture *f = *state;
	struct csv_dialect d = COMMA;

	d.delimiter = 0;
	d.cols = 1;
	f->batch.cols = 1;
	assert_int_equal(csv_open(&f->csv, &d, f->arena,
				  (struct span){text, sizeof(text) - 1}, true),
			 RC_OK);
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_OK);
	assert_int_equal(f->batch.rows, 2);
	assert_int_equal(batch_cell(&f->batch, 0, 0)->n, 5);
	assert_int_equal(batch_cell(&f->batch, 1, 0)->n, 3);
}

static void
a_cell_says_where_it_stands(void **state)
{
	struct fixture *f = *state;
	const struct span text = SPAN_LIT("ab,\"c\"\"d\",e\n1,2,3,4\n");

	f->batch.cols = 3;
	assert_int_equal(csv_open(&f->csv, &COMMA, f->arena, text, true),
			 RC_OK);
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_OK);
	assert_int_equal(f->batch.row_at[1], 12);
	assert_int_equal(batch_cell(&f->batch, 0, 1)->at, 4);
	assert_int_equal(batch_cell(&f->batch, 0, 2)->at, 10);
	assert_int_equal(batch_cell(&f->batch, 1, 3)->at, 18);
	/* What has nothing to unescape is not copied. */
	assert_ptr_equal(batch_cell(&f->batch, 0, 2)->p, text.p + 10);
	assert_int_equal(arena_used(f->arena), 4);
}

static void
a_batch_holds_so_many_rows_and_the_next_goes_on(void **state)
{
	enum { ROWS = 2 * BATCH_ROWS + 7 };
	static const char row[] = "a,b,c\n";
	static uint8_t text[ROWS * (sizeof(row) - 1)];
	struct fixture *f = *state;

	for (size_t i = 0; i < ROWS; i++)
		memcpy(text + i * (sizeof(row) - 1), row, sizeof(row) - 1);
	f->batch.cols = 3;
	assert_int_equal(csv_open(&f->csv, &COMMA, f->arena,
				  (struct span){text, sizeof(text)}, true),
			 RC_OK);
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_OK);
	assert_int_equal(f->batch.rows, BATCH_ROWS);
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_OK);
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_OK);
	assert_int_equal(f->batch.rows, 7);
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_END);
	assert_int_equal(f->batch.rows, 0);
	assert_int_equal(csv_counts(&f->csv).records, ROWS);
}

static void
a_window_that_ends_inside_a_record_gives_the_rows_before(void **state)
{
	struct fixture *f = *state;
	const struct span text = SPAN_LIT("a,b,c\n1,\"2\n");
	char got[64];

	f->batch.cols = 3;
	assert_int_equal(csv_open(&f->csv, &COMMA, f->arena, text, false),
			 RC_OK);
	assert_int_equal(read_to_end(f, got, sizeof(got)), RC_MORE);
	assert_string_equal(got, "<a><b><c>\n");
	assert_int_equal(csv_offset(&f->csv), 6);
	/* Asking again changes nothing. */
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_MORE);
	assert_int_equal(csv_offset(&f->csv), 6);
}

static void
a_full_arena_ends_the_batch_or_is_said(void **state)
{
	struct fixture *f = *state;
	const struct span text = SPAN_LIT("\"a\"\"\",b,c\n\"d\"\"\",e,f\n");
	struct arena *two = arena_new(3);

	f->batch.cols = 3;
	assert_non_null(two);
	assert_int_equal(csv_open(&f->csv, &COMMA, two, text, true), RC_OK);
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_OK);
	assert_int_equal(f->batch.rows, 1);
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_LIMIT);
	arena_reset(two);
	assert_int_equal(csv_next(&f->csv, &f->batch), RC_OK);
	assert_int_equal(csv_counts(&f->csv).records, 2);
	arena_free(two);
}

/* Bytes that matter, and now and then more ordinary ones than an index holds
 * at a time. */
static size_t
make_noise(uint8_t *p, size_t cap, uint64_t seed)
{
	static const uint8_t alphabet[] = "aaaaaab,,,;\"\"\n\r\\";
	size_t n = 0;

	while (n < cap) {
		seed = seed * UINT64_C(6364136223846793005) + 1;
		const uint32_t r = (uint32_t)(seed >> 33);
		size_t run = r % 997 == 0 ? r % 9000 : r % 31 == 0 ? r % 99 : 0;

		for (; run > 0 && n + 1 < cap; run--)
			p[n++] = 'z';
		p[n++] = alphabet[(r >> 8) % (sizeof(alphabet) - 1)];
	}
	return n;
}

static void
check_against_rules(struct fixture *f, struct naive *v, enum cpu_simd isa)
{
	assert_int_equal(csv_open(&f->csv, &v->d, f->arena, v->doc, true),
			 RC_OK);
	f->csv.isa = isa;
	v->next = 0;
	while (csv_next(&f->csv, &f->batch) == RC_OK) {
		for (uint32_t r = 0; r < f->batch.rows; r++) {
			do
				assert_true(naive_next(v));
			while (v->is_blank);
			assert_true(naive_same(v, &f->batch, r, 0));
		}
		arena_reset(f->arena);
	}
	while (naive_next(v))
		assert_true(v->is_blank);
}

static void
long_documents_are_read_by_the_same_rules(void **state)
{
	enum { LONG = 100 << 10 };
	struct fixture *f = *state;
	struct naive *v = calloc(1, sizeof(*v));
	uint8_t *p = malloc(LONG);

	assert_non_null(v);
	assert_non_null(p);
	for (uint64_t seed = 1; seed <= 12; seed++) {
		v->doc = (struct span){p, make_noise(p, LONG, seed)};
		v->d = COMMA;
		v->d.escape = seed % 4 == 3 ? '\\' : 0;
		v->d.newline = seed % 3 == 2 ? CSV_CR : CSV_LF;
		v->d.max_record = seed % 2 == 0 ? 500 : 12000;
		f->batch.cols = v->d.cols;
		for (int isa = CPU_PORTABLE; isa <= (int)cpu_has(); isa++)
			check_against_rules(f, v, (enum cpu_simd)isa);
	}
	free(p);
	free(v);
}

/* More columns than are staged: cells go straight to the batch. */
static void
wide_tables_are_read_too(void **state)
{
	enum { WIDE = 300, ROWS = 9 };
	struct fixture *f = *state;
	struct batch b = {
		.cols = WIDE, .row_at = f->row_at, .row_ragged = f->ragged};
	struct csv_dialect d = COMMA;
	static char text[ROWS * WIDE * 5];
	size_t n = 0;

	d.cols = WIDE;
	b.cells = calloc((size_t)(WIDE + 1) * BATCH_STRIDE, sizeof(*b.cells));
	assert_non_null(b.cells);
	for (int r = 0; r < ROWS; r++)
		for (int k = 0; k < WIDE; k++)
			n += (size_t)snprintf(text + n, sizeof(text) - n,
					      "%d%c", r * 100 + k % 100,
					      k + 1 < WIDE ? ',' : '\n');
	assert_int_equal(csv_open(&f->csv, &d, f->arena,
				  (struct span){(uint8_t *)text, n}, true),
			 RC_OK);
	assert_int_equal(csv_next(&f->csv, &b), RC_OK);
	assert_int_equal(b.rows, ROWS);
	assert_int_equal(csv_counts(&f->csv).ragged, 0);
	for (uint32_t r = 0; r < ROWS; r++)
		for (uint32_t k = 0; k < WIDE; k++) {
			const struct cell *c = batch_cell(&b, r, k);

			assert_int_equal(number(c->p, c->n), r * 100 + k % 100);
		}
	free(b.cells);
}

static void
a_dialect_that_makes_no_sense_is_refused(void **state)
{
	const struct csv_dialect bad[] = {
		{.delimiter = ',', .cols = 0, .max_record = 1 << 20},
		{.delimiter = ',', .cols = 4097, .max_record = 1 << 20},
		{.delimiter = ',', .cols = 1, .max_record = 1},
		{.delimiter = ',', .cols = 1, .max_record = UINT32_MAX},
		{.delimiter = '\n', .cols = 1, .max_record = 1 << 20},
		{.delimiter = ',', .quote = ',', .cols = 1, .max_record = 99},
		{.delimiter = ',', .quote = '\r', .cols = 1, .max_record = 99},
		{.delimiter = ',', .escape = ',', .cols = 1, .max_record = 99},
		{.delimiter = ',', .newline = 3, .cols = 1, .max_record = 99},
		{.delimiter = ',', .is_runs = 2, .cols = 1, .max_record = 99},
		{.delimiter = 0, .is_runs = 1, .cols = 1, .max_record = 99},
		{.quote = '"', .escape = '"', .cols = 1, .max_record = 99},
	};
	struct fixture *f = *state;

	assert_true(csv_dialect_check(&COMMA));
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_false(csv_dialect_check(&bad[i]));
		assert_int_equal(csv_open(&f->csv, &bad[i], f->arena,
					  SPAN_LIT("a"), true),
				 RC_FORMAT);
	}
	assert_int_equal(
		csv_open(&f->csv, &COMMA, f->arena,
			 (struct span){(const uint8_t *)"", UINT32_MAX}, true),
		RC_LIMIT);
}

/* Seconds of this process. */
static double
seconds(void)
{
	struct timespec t;

	assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t), 0);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Reads ${n} bytes made of ${piece} again and again. */
static double
time_of(struct fixture *f, const char *piece, uint8_t newline, size_t n)
{
	const size_t len = strlen(piece);
	struct csv_dialect d = COMMA;
	uint8_t *text = malloc(n);
	enum rc rc;

	assert_non_null(text);
	for (size_t i = 0; i < n; i++)
		text[i] = (uint8_t)piece[i % len];
	d.newline = newline;
	const double start = seconds();
	assert_int_equal(
		csv_open(&f->csv, &d, f->arena, (struct span){text, n}, true),
		RC_OK);
	while ((rc = csv_next(&f->csv, &f->batch)) == RC_OK)
		arena_reset(f->arena);
	const double took = seconds() - start;
	assert_int_equal(rc, RC_END);
	assert_int_equal(csv_offset(&f->csv), n);
	free(text);
	return took;
}

static void
stray_quotes_cost_time_in_proportion(void **state)
{
	/* Each line opens a quote whether it is read inside or outside of
	 * quotes, so that no reading of max_record bytes finds an end. */
	static const char *const pieces[] = {
		"\",x\"y,\"z\n",     "a,\"b,c\n", "\"\n",        "\"\"x,\"q\n",
		"\",\"\"\"\",\"z\n", "\"",        "\"a\"\"b\",", "x",
	};
	enum { SMALL = 4 << 20, LARGE = 64 << 20 };
	struct fixture *f = *state;

	f->batch.cols = 3;
	for (size_t i = 0; i < COUNT_OF(pieces); i++)
		(void)time_of(f, pieces[i], CSV_LF, SMALL);

	const double small = time_of(f, pieces[0], CSV_LF, SMALL);
	const double large = time_of(f, pieces[0], CSV_LF, LARGE);
	/* 16 times the bytes; a re-scan of max_record a line would be some
	 * 100,000 times slower than this allows. */
	assert_true(large < 16 * 4 * small + 1);
	/* The last of them end with the document, within the ceiling. */
	assert_true(csv_counts(&f->csv).malformed >=
		    (LARGE - CSV_RECORD_DEFAULT) / 9 - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rows_are_read_as_the_rules_say,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(nul_bytes_are_data, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(one_column_has_no_delimiter,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_cell_says_where_it_stands,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_batch_holds_so_many_rows_and_the_next_goes_on, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			a_window_that_ends_inside_a_record_gives_the_rows_before,
			set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_full_arena_ends_the_batch_or_is_said, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			long_documents_are_read_by_the_same_rules, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(wide_tables_are_read_too,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_dialect_that_makes_no_sense_is_refused, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			stray_quotes_cost_time_in_proportion, set_up,
			tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
