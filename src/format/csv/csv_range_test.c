#include "base/check.h"
#include "format/csv/csv.h"

#include <stdlib.h>
#include <string.h>

enum {
	DOC = 6000,
	COLS = 5,
	ARENA = 1 << 20,
	BIG = 4 << 20,
	BIG_RANGE = 4 << 10,
};

/** The memory of a reading, and where its records were. */
struct fixture {
	struct arena *arena;
	struct batch batch;
	struct cell cells[(COLS + 1) * BATCH_STRIDE];
	uint32_t row_at[BATCH_ROWS];
	uint8_t ragged[BATCH_ROWS];
	struct csv csv;
	uint64_t seed;
};

/** What a reading gave: a hash of everything, and how many records. */
struct outcome {
	uint64_t hash;
	struct csv_counts n;
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
	f->batch = (struct batch){.cols = COLS,
				  .cells = f->cells,
				  .row_at = f->row_at,
				  .row_ragged = f->ragged};
	f->seed = 1;
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

static uint32_t
pick(struct fixture *f, uint32_t n)
{
	f->seed = f->seed * UINT64_C(6364136223846793005) +
		  UINT64_C(1442695040888963407);
	return (uint32_t)(f->seed >> 33) % n;
}

static size_t
put(uint8_t *p, const char *s)
{
	const struct span text = span_str(s);

	memcpy(p, text.p, text.n);
	return text.n;
}

/* Words, as in a comment: quoted, with newlines and quotes now and then. */
static size_t
put_note(struct fixture *f, uint8_t *p)
{
	static const char *const bits[] = {
		"grossesse ", "a jeun", "\n",   "; ",  "\"\"sic\"\" ",
		"12 mg",      " le ",   "\r\n", " - ", "ras"};
	size_t n = put(p, "\"");

	for (uint32_t i = pick(f, 7); i > 0; i--)
		n += put(p + n, bits[pick(f, COUNT_OF(bits))]);
	return n + put(p + n, "\"");
}

static size_t
put_cell(struct fixture *f, uint8_t *p, uint32_t quoted_in)
{
	static const char *const words[] = {"",         "DURAND",     "Zoe",
					    "56000",    "0612345678", "1990",
					    "12 rue X", "5\" tube"};

	if (pick(f, quoted_in) == 0)
		return put_note(f, p);
	return put(p, words[pick(f, COUNT_OF(words))]);
}

/*
 * A table of at most ${cap} bytes. One row in ${broken_in} has a stray quote
 * or too few cells; one cell in ${quoted_in} is a note.
 */
static size_t
make_table(struct fixture *f, uint8_t *p, size_t cap, uint32_t quoted_in,
	   uint32_t broken_in)
{
	size_t n = 0;

	while (n + (size_t)COLS * 128 < cap) {
		const bool is_broken = pick(f, broken_in) == 0;

		for (int k = 0; k < COLS; k++) {
			if (k > 0)
				n += put(p + n, ";");
			n += put_cell(f, p + n, quoted_in);
			if (is_broken && k == 1)
				n += put(p + n,
					 pick(f, 2) == 0 ? ";\"x" : "\n");
		}
		n += put(p + n, pick(f, 8) == 0 ? "\r\n" : "\n");
	}
	return n;
}

static const struct csv_dialect TABLE = {
	.delimiter = ';',
	.quote = '"',
	.cols = COLS,
	.max_record = 300,
};

/* Read the records that start in [from, stop) of ${doc}, and hash them into
 * ${o}. Returns where the next one starts. */
static size_t
read_range(struct fixture *f, const struct csv_dialect *d, struct span doc,
	   size_t from, size_t stop, struct outcome *o)
{
	const size_t base = from < stop ? from : stop;
	const size_t end =
		d->max_record < doc.n - stop ? stop + d->max_record : doc.n;
	enum rc rc;

	assert_int_equal(csv_open(&f->csv, d, f->arena,
				  (struct span){doc.p + base, end - base},
				  end == doc.n),
			 RC_OK);
	csv_range(&f->csv, from - base, stop - base);
	while ((rc = csv_next(&f->csv, &f->batch)) == RC_OK) {
		for (uint32_t r = 0; r < f->batch.rows; r++) {
			o->hash =
				span_hash((struct span){0},
					  o->hash + base + f->batch.row_at[r]);
			for (uint32_t k = 0; k <= COLS; k++)
				o->hash = span_hash(
					cell_span(batch_cell(&f->batch, r, k)),
					o->hash);
		}
		arena_reset(f->arena);
	}
	assert_int_equal(rc, RC_END);
	const struct csv_counts n = csv_counts(&f->csv);
	o->n.records += n.records;
	o->n.malformed += n.malformed;
	o->n.ragged += n.ragged;
	o->n.blank += n.blank;
	return base + csv_offset(&f->csv);
}

/* Does the guess for the range that starts at ${at} say ${truth}? */
static bool
guess_is(const struct csv_dialect *d, struct span doc, size_t at, size_t truth)
{
	const size_t base = at > 0 ? at - 1 : 0;
	const size_t end = at + 65536 < doc.n ? at + 65536 : doc.n;
	const size_t guess = csv_resync(
		d, (struct span){doc.p + base, end - base}, at - base);

	return base + guess == truth;
}

static void
any_cut_gives_what_one_pass_gives(void **state)
{
	struct fixture *f = *state;
	uint8_t *p = malloc(DOC);
	uint64_t malformed = 0;

	assert_non_null(p);
	for (uint32_t broken = 3; broken < 100; broken *= 3) {
		const struct span doc = {p, make_table(f, p, DOC, 4, broken)};
		struct outcome whole = {0};

		assert_int_equal(read_range(f, &TABLE, doc, 0, doc.n, &whole),
				 doc.n);
		malformed += whole.n.malformed;
		for (size_t cut = 1; cut < doc.n; cut++) {
			struct outcome parts = {0};
			const size_t at =
				read_range(f, &TABLE, doc, 0, cut, &parts);

			assert_true(at >= cut);
			assert_int_equal(
				read_range(f, &TABLE, doc, at, doc.n, &parts),
				doc.n);
			assert_memory_equal(&parts, &whole, sizeof(whole));
		}
	}
	assert_true(malformed > 0);
	free(p);
}

static void
many_cuts_give_what_one_pass_gives(void **state)
{
	struct fixture *f = *state;
	uint8_t *p = malloc(DOC);

	assert_non_null(p);
	for (size_t step = 1; step < 400; step += 1 + step / 8) {
		const struct span doc = {p, make_table(f, p, DOC, 3, 9)};
		struct outcome whole = {0};
		struct outcome parts = {0};
		size_t at = 0;

		(void)read_range(f, &TABLE, doc, 0, doc.n, &whole);
		for (size_t stop = step; stop < doc.n + step; stop += step) {
			const size_t to = stop < doc.n ? stop : doc.n;

			if (at < to)
				at = read_range(f, &TABLE, doc, at, to, &parts);
		}
		assert_int_equal(at, doc.n);
		assert_memory_equal(&parts, &whole, sizeof(whole));
	}
	free(p);
}

/* How many of 1000 guesses are right, at every ${step} bytes of a table. */
static uint32_t
right_guesses(struct fixture *f, uint32_t quoted_in, uint32_t broken_in)
{
	struct csv_dialect d = TABLE;
	uint8_t *p = malloc(BIG);
	uint64_t right = 0;
	uint64_t all = 0;
	size_t at = 0;

	assert_non_null(p);
	d.max_record = 4096;
	const struct span doc = {p,
				 make_table(f, p, BIG, quoted_in, broken_in)};
	for (size_t stop = BIG_RANGE; stop < doc.n; stop += BIG_RANGE) {
		struct outcome o = {0};

		at = read_range(f, &d, doc, at, stop, &o);
		right += guess_is(&d, doc, stop, at);
		all++;
	}
	free(p);
	return all == 0 ? 0 : (uint32_t)(right * 1000 / all);
}

static void
the_guess_is_nearly_always_right(void **state)
{
	/* One cell in 30 is a note with newlines; then one in 3, and broken
	 * rows too. */
	assert_true(right_guesses(*state, 30, UINT32_MAX) >= 998);
	assert_true(right_guesses(*state, 3, UINT32_MAX) >= 990);
	assert_true(right_guesses(*state, 3, 50) >= 970);
}

static void
a_guess_stays_in_its_window(void **state)
{
	struct fixture *f = *state;
	uint8_t *p = malloc(DOC);
	const struct csv_dialect bad = {0};

	assert_non_null(p);
	const size_t n = make_table(f, p, DOC, 3, 5);
	for (size_t from = 0; from <= 600; from++)
		for (size_t end = from; end < 700; end += 7) {
			const size_t g =
				csv_resync(&TABLE, (struct span){p, end}, from);

			assert_true((g >= from || from >= end) && g <= end);
		}
	assert_int_equal(csv_resync(&bad, (struct span){p, n}, 5), n);
	free(p);
}

static void
a_guess_knows_the_byte_before(void **state)
{
	const struct span doc = SPAN_LIT("a;b;c;d;e\nf;g;h;i;j\nk;l;m;n;o\n");
	const struct csv_dialect d = TABLE;
	(void)state;

	assert_int_equal(csv_resync(&d, doc, 0), 0);
	assert_int_equal(csv_resync(&d, doc, 9), 10);
	assert_int_equal(csv_resync(&d, doc, 10), 10);
	assert_int_equal(csv_resync(&d, doc, 11), 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			any_cut_gives_what_one_pass_gives, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			many_cuts_give_what_one_pass_gives, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_guess_is_nearly_always_right, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_guess_stays_in_its_window,
						set_up, tear_down),
		cmocka_unit_test(a_guess_knows_the_byte_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
