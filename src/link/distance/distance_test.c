#include "link/check.h"
#include "link/distance/distance.h"
#include "link/mix/mix.h"

static void
names_have_the_likeness_of_winklers_examples(void **state)
{
	/* Winkler, "String Comparator Metrics", 1990, table of examples. */
	static const struct {
		const char *a, *b;
		unsigned thousandths;
	} cases[] = {
		{"MARTHA", "MARHTA", 961},
		{"DWAYNE", "DUANE", 840},
		{"DIXON", "DICKSONX", 813},
		{"SHACKLEFORD", "SHACKELFORD", 981},
		{"DUNNINGHAM", "CUNNIGHAM", 896},
		{"NICHLESON", "NICHULSON", 955},
		{"JONES", "JOHNSON", 832},
		{"MASSEY", "MASSIE", 933},
		{"ABROMS", "ABRAMS", 922},
		{"ITMAN", "SMITH", 466},
		{"JERALDINE", "GERALDINE", 925},
		{"MARTIN", "MARTIN", 1000},
		{"A", "A", 1000},
		{"A", "B", 0},
		{"", "", 0},
		{"A", "", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct span a = span_str(cases[i].a);
		const struct span b = span_str(cases[i].b);
		const unsigned got = distance_jaro_winkler(a, b);

		assert_in_range(got + 1, cases[i].thousandths,
				cases[i].thousandths + 2);
		assert_int_equal(distance_jaro_winkler(b, a), got);
	}
}

/* Damerau's table in full, for comparison. */
static unsigned
/* NOLINTNEXTLINE(readability-function-size): as it is published */
edits_in_full(struct span a, struct span b)
{
	unsigned d[32][32];

	for (size_t i = 0; i <= a.n; i++) {
		for (size_t j = 0; j <= b.n; j++) {
			if (i == 0 || j == 0) {
				d[i][j] = (unsigned)(i + j);
				continue;
			}
			unsigned v =
				d[i - 1][j - 1] + (a.p[i - 1] != b.p[j - 1]);
			v = d[i - 1][j] + 1 < v ? d[i - 1][j] + 1 : v;
			v = d[i][j - 1] + 1 < v ? d[i][j - 1] + 1 : v;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1] && d[i - 2][j - 2] + 1 < v)
				v = d[i - 2][j - 2] + 1;
			d[i][j] = v;
		}
	}
	return d[a.n][b.n];
}

static void
edits_are_those_of_the_full_table(void **state)
{
	uint8_t a[16];
	uint8_t b[16];

	(void)state;
	for (uint64_t k = 0; k < 60000; k++) {
		const size_t n_a = mix_below(mix(4 * k), 13);
		const size_t n_b = mix_below(mix(4 * k + 1), 13);

		for (size_t i = 0; i < sizeof(a); i++) {
			a[i] = (uint8_t)('A' + mix(k * 99 + i) % 3);
			b[i] = mix(k * 77 + i) % 4 == 0
				       ? (uint8_t)('A' + mix(k * 55 + i) % 3)
				       : a[i];
		}
		const struct span x = {a, n_a};
		const struct span y = {b, n_b};
		const unsigned full = edits_in_full(x, y);
		for (unsigned most = 0; most <= 3; most++)
			assert_int_equal(distance_edits(x, y, most),
					 full <= most ? full : most + 1);
	}
}

static void
long_texts_are_far_unless_equal(void **state)
{
	uint8_t text[DISTANCE_EDIT_MAX + 1];

	(void)state;
	memset(text, 'A', sizeof(text));
	const struct span a = {text, sizeof(text)};
	const struct span b = {text, sizeof(text) - 1};
	assert_int_equal(distance_edits(a, a, 2), 0);
	assert_int_equal(distance_edits(a, b, 2), 3);
	assert_int_equal(distance_edits(b, b, 2), 0);
	assert_true(distance_jaro_winkler(a, b) >= 999);
}

static void
digits_that_differ_are_counted(void **state)
{
	static const struct {
		uint64_t a, b;
		unsigned differ;
	} cases[] = {
		{19870512, 19870512, 0},
		{19870512, 19870513, 1},
		{19870512, 19870521, 1},
		{19870512, 19780512, 1},
		{19870512, 20870512, 2},
		{19870512, 19850612, 2},
		{12, 21, 1},
		{12, 3, 2},
		{9999999999999999, 0, 16},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const uint64_t a = distance_bcd(cases[i].a);
		const uint64_t b = distance_bcd(cases[i].b);

		assert_int_equal(distance_digits(a, b), cases[i].differ);
		assert_int_equal(distance_digits(b, a), cases[i].differ);
	}
	assert_true(distance_bcd(1234567890123456) == 0x1234567890123456);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_have_the_likeness_of_winklers_examples),
		cmocka_unit_test(edits_are_those_of_the_full_table),
		cmocka_unit_test(long_texts_are_far_unless_equal),
		cmocka_unit_test(digits_that_differ_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
