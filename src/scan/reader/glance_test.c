#include "base/check.h"
#include "scan/reader/reader_impl.h"

#include <stdlib.h>
#include <string.h>

/** A reader with what a glance needs, and a batch of one column. */
struct fixture {
	struct reader r;
	struct reading g;
	struct wire_plan plan;
	struct cell cells[BATCH_STRIDE];
	struct batch b;
	uint8_t *window;
};

static struct fixture *
set_up(const char *text, size_t n)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct token_key key;

	assert_non_null(f);
	memset(&key, 7, sizeof(key));
	token_keys_derive(&key, &f->r.keys);
	assert_int_equal(row_keys_make(&f->r.keys, 2, &f->r.row_keys), RC_OK);
	f->r.text = arena_new(1 << 16);
	f->r.sums = calloc(BATCH_ROWS, sizeof(*f->r.sums));
	f->r.glances = calloc(BATCH_ROWS, sizeof(*f->r.glances));
	f->window = malloc(n); /* the sanitiser guards its ends */
	assert_non_null(f->r.text);
	assert_non_null(f->r.sums);
	assert_non_null(f->r.glances);
	assert_non_null(f->window);
	memcpy(f->window, text, n);
	f->plan.charset.charset = CHARSET_CP1252;
	f->g = (struct reading){.r = &f->r, .plan = &f->plan, .decode = true};
	f->g.w.text = (struct span){f->window, n};
	f->b = (struct batch){.cols = 1, .cells = f->cells};
	return f;
}

static void
tear_down(struct fixture *f)
{
	free(f->window);
	free(f->r.sums);
	free(f->r.glances);
	arena_free(f->r.text);
	row_keys_done(&f->r.row_keys);
	free(f);
}

static void
add_cell(struct fixture *f, size_t at, size_t n)
{
	f->cells[f->b.rows++] = (struct cell){
		.p = f->window + at, .n = (uint32_t)n, .at = (uint32_t)at};
}

/* What is said of a cell must be what row_cell() says of its text. */
static void
check_glance(const struct fixture *f, const struct glance *s, struct span want)
{
	uint64_t bits;
	const row_sum sum =
		row_cell(&f->r.row_keys, &f->r.row_keys.cells[0], want, &bits);

	assert_true(span_equal(s->text, want));
	assert_true(s->hash == ((uint64_t)sum ^ (uint64_t)(sum >> 64)));
	assert_true(s->bits == (uint32_t)(bits | bits >> 32));
	assert_true(f->r.sums[s->row] == sum);
}

static void
every_length_at_every_place_of_a_window_is_seen_alike(void **state)
{
	enum { WINDOW = 80 };
	char text[WINDOW];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)('!' + i);
	for (size_t n = 1; n <= WINDOW; n++) {
		struct fixture *f = set_up(text, sizeof(text));
		for (size_t at = 0; at + n <= WINDOW; at++)
			add_cell(f, at, n);
		glance_column(&f->g, &f->b, 0);
		assert_int_equal(f->r.n_glances, f->b.rows);
		for (uint32_t i = 0; i < f->b.rows; i++) {
			assert_int_equal(f->r.glances[i].row, i);
			check_glance(f, &f->r.glances[i],
				     cell_span(&f->cells[i]));
		}
		tear_down(f);
	}
}

/* The same in a window that is hardly longer than the cell. */
static void
a_window_of_any_length_is_not_left(void **state)
{
	static const char text[] = "0123456789abcdefghijklmnopqrstuvwxyz";

	(void)state;
	for (size_t n = 1; n < sizeof(text); n++) {
		struct fixture *f = set_up(text, n);
		add_cell(f, 0, n);
		add_cell(f, n - 1, 1);
		glance_column(&f->g, &f->b, 0);
		assert_int_equal(f->r.n_glances, 2);
		check_glance(f, &f->r.glances[0], cell_span(&f->cells[0]));
		check_glance(f, &f->r.glances[1], cell_span(&f->cells[1]));
		tear_down(f);
	}
}

static void
cells_are_trimmed_and_decoded_and_empty_ones_left_out(void **state)
{
	static const struct {
		const char *cell, *want; /* NULL: left out */
	} cases[] = {
		{"DUPONT", "DUPONT"},
		{"", NULL},
		{"  ", NULL},
		{" \t\r", NULL},
		{" DUPONT", "DUPONT"},
		{"DUPONT ", "DUPONT"},
		{"\xC9lo\xEFse", "\xC3\x89lo\xC3\xAFse"},
		{" 12 all\xE9"
		 "e des Tilleuls ",
		 "12 all\xC3\xA9"
		 "e des Tilleuls"},
		{"2015-01-10 08:17:23", "2015-01-10 08:17:23"},
		{"2015-01-10 08:17:23 ", "2015-01-10 08:17:23"},
		{"\xA0", NULL},
		{"d\xE9j\xE0 en UTF-8 ? non",
		 "d\xC3\xA9j\xC3\xA0 en UTF-8 ? non"},
		{"Ren\xC3\xA9", "Ren\xC3\xA9"},
	};
	char text[512] = "........";
	size_t n = 8;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		memcpy(text + n, cases[i].cell, strlen(cases[i].cell));
		n += strlen(cases[i].cell);
	}
	struct fixture *f = set_up(text, sizeof(text));
	for (size_t i = 0, at = 8; i < COUNT_OF(cases); i++) {
		add_cell(f, at, strlen(cases[i].cell));
		at += strlen(cases[i].cell);
	}
	glance_column(&f->g, &f->b, 0);

	const struct glance *s = f->r.glances;
	for (uint32_t i = 0; i < COUNT_OF(cases); i++) {
		if (cases[i].want == NULL) {
			assert_true(f->r.sums[i] == 0);
			continue;
		}
		assert_int_equal(s->row, i);
		check_glance(f, s++, span_str(cases[i].want));
	}
	assert_int_equal(s - f->r.glances, f->r.n_glances);
	tear_down(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_length_at_every_place_of_a_window_is_seen_alike),
		cmocka_unit_test(a_window_of_any_length_is_not_left),
		cmocka_unit_test(
			cells_are_trimmed_and_decoded_and_empty_ones_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
