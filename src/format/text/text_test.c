#include "format/text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* clang-format on */
#include <cmocka.h>

enum { LIST_MAX = 1 << 17 };

/* Every record of a document, and the block of each. */
struct list {
	size_t n;
	uint64_t at[LIST_MAX];
	uint32_t len[LIST_MAX];
	uint64_t block[LIST_MAX];
	struct text_counts counts;
};

struct rows {
	struct cell cells[2 * BATCH_STRIDE];
	uint32_t row_at[BATCH_ROWS];
	uint8_t ragged[BATCH_ROWS];
	uint32_t group[BATCH_ROWS];
	struct batch batch;
};

/* Copies what is not a string, whatever it is written as. */
static void
put(uint8_t *to, struct span bytes)
{
	memcpy(to, bytes.p, bytes.n);
}

static struct rows *
rows_new(void)
{
	struct rows *r = calloc(1, sizeof(*r));

	assert_non_null(r);
	r->batch.cols = 1;
	r->batch.cells = r->cells;
	r->batch.row_at = r->row_at;
	r->batch.row_ragged = r->ragged;
	return r;
}

static struct list *
list_new(void)
{
	struct list *l = calloc(1, sizeof(*l));

	assert_non_null(l);
	return l;
}

/* Reads on till it gives no more rows, and adds them; returns the last rc. */
static enum rc
collect(struct text *t, struct rows *r, uint64_t window_at, uint64_t block,
	struct list *out)
{
	enum rc rc;

	while ((rc = text_next(t, &r->batch, r->group)) == RC_OK) {
		assert_true(r->batch.rows > 0);
		for (uint32_t i = 0; i < r->batch.rows; i++) {
			const struct cell *c = batch_cell(&r->batch, i, 0);

			assert_ptr_equal(c->p, t->window.p + c->at);
			assert_int_equal(r->row_at[i], c->at);
			assert_int_equal(batch_cell(&r->batch, i, 1)->n, 0);
			assert_true(out->n < LIST_MAX);
			out->at[out->n] = window_at + c->at;
			out->len[out->n] = c->n;
			out->block[out->n] = block + r->group[i];
			out->n++;
		}
	}
	return rc;
}

static void
add_counts(struct text_counts *sum, struct text_counts c)
{
	sum->records += c.records;
	sum->blocks += c.blocks;
	sum->blank += c.blank;
	sum->cut += c.cut;
}

static struct list *
read_whole(enum text_unit unit, struct span doc)
{
	struct list *l = list_new();
	struct rows *r = rows_new();
	struct text t;

	assert_int_equal(text_open(&t, unit, doc, true), RC_OK);
	assert_int_equal(collect(&t, r, 0, 0, l), RC_END);
	assert_int_equal(text_offset(&t), doc.n);
	l->counts = text_counts(&t);
	free(r);
	return l;
}

/*
 * Reads ${doc} in ranges of ${step} bytes, each in a window that begins at
 * most ${back} bytes before it. *ret_wrong counts guesses that were wrong.
 */
static struct list *
read_ranges(enum text_unit unit, struct span doc, size_t step, size_t back,
	    size_t *ret_wrong)
{
	struct list *l = list_new();
	struct rows *r = rows_new();
	size_t next = 0;

	*ret_wrong = 0;
	for (size_t start = 0; start < doc.n; start += step) {
		const size_t lead = start < back ? start : back;
		size_t end = start + step + TEXT_REACH;
		end = end < doc.n ? end : doc.n;
		const struct span w = {doc.p + start - lead,
				       end - start + lead};
		struct text t;

		if (start > 0) {
			const size_t guess =
				text_resync(unit, w, lead) + start - lead;
			*ret_wrong +=
				(guess < start + step || next < start + step) &&
				guess != next;
		}
		assert_int_equal(text_open(&t, unit, w, end == doc.n), RC_OK);
		text_range(&t, next - (start - lead), lead + step);
		assert_int_equal(
			collect(&t, r, start - lead, l->counts.blocks, l),
			RC_END);
		next = start - lead + text_offset(&t);
		add_counts(&l->counts, text_counts(&t));
	}
	free(r);
	return l;
}

static void
assert_same(const struct list *a, const struct list *b)
{
	assert_int_equal(a->n, b->n);
	assert_memory_equal(a->at, b->at, a->n * sizeof(a->at[0]));
	assert_memory_equal(a->len, b->len, a->n * sizeof(a->len[0]));
	assert_memory_equal(a->block, b->block, a->n * sizeof(a->block[0]));
	assert_memory_equal(&a->counts, &b->counts, sizeof(a->counts));
}

static void
lines_end_at_lf_cr_or_both(void **state)
{
	static const struct {
		const char *text;
		const char *want; /* records, each followed by a slash */
		uint64_t blank;
	} cases[] = {
		{"", "", 0},           {"a", "a/", 0},
		{"a\n", "a/", 0},      {"a\r\nb\rc\nd", "a/b/c/d/", 0},
		{"a\n\rb", "a/b/", 1}, {"a\r\r\nb\r\n", "a/b/", 1},
		{"\n\n", "", 2},       {" \t\n x \n", " x /", 1},
		{"a\n   ", "a/", 1},   {"\r", "", 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct span doc = span_str(cases[i].text);
		struct list *l = read_whole(TEXT_LINES, doc);
		char got[64] = "";
		size_t n = 0;

		for (size_t k = 0; k < l->n; k++) {
			memcpy(got + n, doc.p + l->at[k], l->len[k]);
			n += l->len[k];
			got[n++] = '/';
		}
		got[n] = '\0';
		assert_string_equal(got, cases[i].want);
		assert_int_equal(l->counts.blank, cases[i].blank);
		assert_int_equal(l->counts.records, l->n);
		assert_int_equal(l->counts.blocks, l->n);
		free(l);
	}
}

static void
blank_lines_part_blocks(void **state)
{
	static const struct {
		const char *text;
		const char *want; /* the block of each record */
	} cases[] = {
		{"a\nb\n\nc\n", "001"},   {"\n\na\n\n\n\nb\nc", "011"},
		{"a\r\n \t\r\nb", "01"},  {"a\r\rb", "01"},
		{"a\n\f\nb\nc\n", "011"}, {"\n", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct list *l =
			read_whole(TEXT_BLOCKS, span_str(cases[i].text));

		assert_int_equal(l->n, strlen(cases[i].want));
		for (size_t k = 0; k < l->n; k++)
			assert_int_equal(l->block[k], cases[i].want[k] - '0');
		free(l);
	}
}

static void
zero_bytes_are_data(void **state)
{
	const struct span doc = SPAN_LIT("a\0b\n\0\n\0\0");
	struct list *l = read_whole(TEXT_LINES, doc);

	(void)state;
	assert_int_equal(l->n, 3);
	assert_int_equal(l->len[0], 3);
	assert_int_equal(l->len[1], 1);
	assert_int_equal(l->len[2], 2);
	free(l);
}

static void
a_window_cut_anywhere_is_read_on_with_the_next(void **state)
{
	const struct span doc =
		SPAN_LIT("one\r\ntwo\r\n\r\nthree\rfour\n\n\n five\r\r\nsix");

	(void)state;
	for (int unit = TEXT_LINES; unit <= TEXT_BLOCKS; unit++)
		for (size_t cut = 0; cut <= doc.n; cut++) {
			struct list *whole =
				read_whole((enum text_unit)unit, doc);
			struct list *parts = list_new();
			struct rows *r = rows_new();
			struct text t;

			assert_int_equal(text_open(&t, (enum text_unit)unit,
						   (struct span){doc.p, cut},
						   false),
					 RC_OK);
			assert_int_equal(collect(&t, r, 0, 0, parts), RC_MORE);
			const size_t at = text_restart(&t);
			const bool inside = at < text_offset(&t);
			/* The rows of the open block come again. */
			while (parts->n > 0 && parts->at[parts->n - 1] >= at)
				parts->n--;
			const uint64_t blocks = text_counts(&t).blocks - inside;
			assert_int_equal(
				text_open(&t, (enum text_unit)unit,
					  (struct span){doc.p + at, doc.n - at},
					  true),
				RC_OK);
			assert_int_equal(collect(&t, r, at, blocks, parts),
					 RC_END);
			parts->counts = whole->counts;
			assert_same(whole, parts);
			free(whole);
			free(parts);
			free(r);
		}
}

static void
a_line_too_long_is_cut_at_a_blank_and_nothing_is_lost(void **state)
{
	enum { N = 3 * TEXT_LINE_MAX + 100 };
	uint8_t *p = malloc(N);

	(void)state;
	assert_non_null(p);
	memset(p, 'x', N);
	p[TEXT_LINE_MAX - 10] = ' ';
	struct list *l = read_whole(TEXT_LINES, (struct span){p, N});

	assert_int_equal(l->n, 4);
	assert_int_equal(l->counts.cut, 3);
	assert_int_equal(l->len[0], TEXT_LINE_MAX - 9);
	assert_int_equal(l->len[1], TEXT_LINE_MAX);
	uint64_t sum = 0;
	for (size_t i = 0; i < l->n; i++) {
		assert_int_equal(l->at[i], sum);
		sum += l->len[i];
	}
	assert_int_equal(sum, N);
	free(l);
	free(p);
}

static void
a_line_at_the_ceiling_is_whole(void **state)
{
	uint8_t *p = malloc(TEXT_LINE_MAX + 3);

	(void)state;
	assert_non_null(p);
	memset(p, 'x', TEXT_LINE_MAX);
	put(p + TEXT_LINE_MAX, SPAN_LIT("\r\ny"));
	struct list *l =
		read_whole(TEXT_LINES, (struct span){p, TEXT_LINE_MAX + 3});

	assert_int_equal(l->n, 2);
	assert_int_equal(l->counts.cut, 0);
	assert_int_equal(l->len[0], TEXT_LINE_MAX);
	free(l);
	free(p);
}

static void
a_cut_breaks_no_utf8_character(void **state)
{
	enum { N = TEXT_LINE_MAX + 4 };
	uint8_t *p = malloc(N);

	(void)state;
	assert_non_null(p);
	for (size_t shift = 0; shift < 3; shift++) {
		memset(p, 'x', N);
		for (size_t i = shift; i + 3 <= N; i += 3)
			put(p + i, SPAN_LIT("\xE2\x82\xAC"));
		struct list *l = read_whole(TEXT_LINES, (struct span){p, N});

		assert_int_equal(l->n, 2);
		assert_true((p[l->at[1]] & 0xC0) != 0x80);
		assert_in_range(l->len[0], TEXT_LINE_MAX - 2, TEXT_LINE_MAX);
		free(l);
	}
	/* Bytes that are no UTF-8 do not make it search for ever. */
	memset(p, 0x80, N);
	struct list *l = read_whole(TEXT_LINES, (struct span){p, N});
	assert_int_equal(l->len[0], TEXT_LINE_MAX);
	free(l);
	free(p);
}

/* A small generator, so that the documents are the same everywhere. */
static uint32_t
next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(*seed >> 33);
}

static void
fill_small(uint8_t *p, size_t n, uint64_t seed)
{
	static const char letters[] = "ab  \t\n\n\r\nxyz";

	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)
			letters[next_random(&seed) % (sizeof(letters) - 1)];
}

static void
any_split_in_ranges_gives_the_same_lines(void **state)
{
	uint8_t doc[160];

	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++)
		for (int unit = TEXT_LINES; unit <= TEXT_BLOCKS; unit++)
			for (size_t step = 1; step < sizeof(doc); step += 7) {
				const struct span d = {doc, sizeof(doc)};
				const enum text_unit u = (enum text_unit)unit;
				size_t wrong;

				fill_small(doc, sizeof(doc), seed);
				struct list *whole = read_whole(u, d);
				struct list *parts = read_ranges(
					u, d, step, sizeof(doc), &wrong);
				assert_same(whole, parts);
				/* With all that stands before it in sight, the
				 * guess is never wrong. */
				assert_int_equal(wrong, 0);
				free(whole);
				free(parts);
			}
}

static void
a_split_through_long_lines_and_blocks_gives_the_same(void **state)
{
	enum { N = 6 << 20 };
	uint8_t *p = malloc(N);
	uint64_t seed = 7;
	size_t wrong;

	(void)state;
	assert_non_null(p);
	for (size_t i = 0; i < N; i++)
		p[i] = next_random(&seed) % 97 == 0 ? '\n' : 'a';
	memset(p + (1 << 20), 'b', 3 << 20); /* one line of 3 MiB */
	for (size_t i = 0; i + 1 < 1 << 19; i++)
		if (p[i] == '\n' && p[i + 1] == '\n')
			p[i] = 'c'; /* a block of half a MiB */

	for (int unit = TEXT_LINES; unit <= TEXT_BLOCKS; unit++) {
		const struct span d = {p, N};
		struct list *whole = read_whole((enum text_unit)unit, d);

		assert_true(whole->counts.cut >= 2);
		for (size_t step = 100003; step < 3000000; step *= 3) {
			struct list *parts = read_ranges((enum text_unit)unit,
							 d, step, 256, &wrong);

			assert_same(whole, parts);
			free(parts);
		}
		free(whole);
	}
	free(p);
}

static void
blocks_are_seen_where_blank_lines_part_them(void **state)
{
	static const struct {
		const char *text;
		bool want;
	} cases[] = {
		{"", false},
		{"one\ntwo\nthree\n", false},
		{"one\n\ntwo\n\nthree\n", false},
		{"Mme Test\n1 rue X\n\nM. Essai\n2 rue Y\n", true},
		{"Mme Test\r\n1 rue X\r\n\r\nM. Essai\r\n2 rue Y", true},
		{"title\n\nMme Test\n1 rue X\n\nM. Essai\n2 rue Y\n", true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(text_has_blocks(span_str(cases[i].text)),
				 cases[i].want);
}

static void
blocks_of_many_lines_are_none(void **state)
{
	char text[4096] = "";
	size_t n = 0;

	(void)state;
	for (int block = 0; block < 3; block++) {
		for (int i = 0; i < 80; i++)
			n += (size_t)snprintf(text + n, sizeof(text) - n,
					      "line %d\n", i);
		text[n++] = '\n';
	}
	assert_false(text_has_blocks((struct span){(const uint8_t *)text, n}));
}

static void
a_window_of_4_gib_is_refused(void **state)
{
	struct text t;

	(void)state;
	assert_int_equal(text_open(&t, TEXT_LINES,
				   (struct span){NULL, 1ULL << 32}, true),
			 RC_LIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_at_lf_cr_or_both),
		cmocka_unit_test(blank_lines_part_blocks),
		cmocka_unit_test(zero_bytes_are_data),
		cmocka_unit_test(
			a_window_cut_anywhere_is_read_on_with_the_next),
		cmocka_unit_test(
			a_line_too_long_is_cut_at_a_blank_and_nothing_is_lost),
		cmocka_unit_test(a_line_at_the_ceiling_is_whole),
		cmocka_unit_test(a_cut_breaks_no_utf8_character),
		cmocka_unit_test(any_split_in_ranges_gives_the_same_lines),
		cmocka_unit_test(
			a_split_through_long_lines_and_blocks_gives_the_same),
		cmocka_unit_test(blocks_are_seen_where_blank_lines_part_them),
		cmocka_unit_test(blocks_of_many_lines_are_none),
		cmocka_unit_test(a_window_of_4_gib_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
