#include "base/span.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
assert_span(struct span got, const char *want)
{
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.p, want, got.n);
}

static void
trimming_takes_the_blanks_at_both_ends_only(void **unused)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{"", ""},
		{"lilas", "lilas"},
		{"  lilas\t\r\n", "lilas"},
		{" \f\v ", ""},
		{"rue des lilas ", "rue des lilas"},
		{"\xC2\xA0lilas\xC2\xA0 ", "lilas"},
		{"\xC2\xA0", ""},
		{"\xC2", "\xC2"}, /* half a NBSP is no blank */
		{"\xA0lilas", "\xA0lilas"},
		{"\xC3\xA0", "\xC3\xA0"}, /* a with grave ends in A0, too */
		{"lilas\xC2", "lilas\xC2"},
	};

	(void)unused;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_span(span_trim(span_str(cases[i].text)), cases[i].want);
}

static void
spans_are_ordered_like_words(void **unused)
{
	static const char *const sorted[] = {"",   "a", "aa",
					     "ab", "b", "\xC3\xA9"};

	(void)unused;
	for (size_t i = 0; i < COUNT_OF(sorted); i++)
		for (size_t k = 0; k < COUNT_OF(sorted); k++) {
			const struct span a = span_str(sorted[i]);
			const struct span b = span_str(sorted[k]);
			const int c = span_compare(a, b);
			assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
			assert_int_equal(span_equal(a, b), i == k);
		}
	assert_true(span_equal((struct span){NULL, 0}, span_str("")));
	assert_int_equal(span_compare((struct span){NULL, 0}, span_str("")), 0);
}

static void
one_byte_anywhere_makes_text_not_ascii(void **unused)
{
	uint8_t text[40];

	(void)unused;
	memset(text, 0x7F, sizeof(text));
	for (size_t n = 0; n <= sizeof(text); n++) {
		assert_true(span_is_ascii((struct span){text, n}));
		for (size_t i = 0; i < n; i++) {
			text[i] = 0x80;
			assert_false(span_is_ascii((struct span){text, n}));
			text[i] = 0x7F;
		}
	}
}

static void
hashes_depend_on_every_byte_the_length_and_the_seed(void **unused)
{
	uint8_t text[24] = {0};

	(void)unused;
	for (size_t n = 0; n <= sizeof(text); n++) {
		const struct span s = {text, n};
		const uint64_t h = span_hash(s, 1);
		assert_true(h == span_hash(s, 1));
		assert_true(h != span_hash(s, 2));
		if (n > 0)
			assert_true(h !=
				    span_hash((struct span){text, n - 1}, 1));
		for (size_t bit = 0; bit < 8 * n; bit++) {
			text[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_true(h != span_hash(s, 1));
			text[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
	}
}

static void
a_byte_is_of_one_class(void **unused)
{
	(void)unused;
	for (int i = 0; i < 256; i++) {
		const uint8_t b = (uint8_t)i;
		assert_int_equal(is_digit(b), i >= '0' && i <= '9');
		assert_int_equal(is_upper(b), i >= 'A' && i <= 'Z');
		assert_int_equal(is_alpha(b), (i >= 'A' && i <= 'Z') ||
						      (i >= 'a' && i <= 'z'));
		assert_int_equal(is_alnum(b), is_digit(b) || is_alpha(b));
		assert_int_equal(byte_in(b, "-. "),
				 i == '-' || i == '.' || i == ' ');
	}
	assert_false(byte_in(0, "abc"));
}

static void
nineteen_digits_are_a_number(void **unused)
{
	const struct span most = SPAN_LIT("9999999999999999999");

	(void)unused;
	assert_true(number(most.p, 19) == UINT64_C(9999999999999999999));
	assert_true(number(most.p, 0) == 0);
	assert_true(number(SPAN_LIT("0042").p, 4) == 42);
	assert_true(all_digits(most.p, most.n));
	assert_true(all_digits(most.p, 0));
	assert_false(all_digits(SPAN_LIT("12a").p, 3));
	assert_true(all_digits(SPAN_LIT("12a").p, 2));
}

static void
squeezing_leaves_out_what_is_named_and_stops_at_the_ceiling(void **unused)
{
	const struct span text = SPAN_LIT("2 69.05-49");
	uint8_t out[8];

	(void)unused;
	for (size_t cap = 0; cap < sizeof(out); cap++) {
		memset(out, 'x', sizeof(out));
		const size_t n = squeeze(text, " .-", out, cap);
		assert_int_equal(n, cap < 7 ? cap + 1 : 7);
		assert_memory_equal(out, "2690549", cap);
		assert_int_equal(out[cap], 'x');
	}
	assert_int_equal(squeeze(text, "", out, 4), 5);
	assert_int_equal(squeeze(SPAN_LIT("---"), "-", out, 0), 0);
}

static void
a_byte_is_found_where_it_first_stands(void **state)
{
	const struct span s = SPAN_LIT("12 RUE DES LILAS BLANCS");
	(void)state;

	assert_int_equal(span_find(s, '1'), 0);
	assert_int_equal(span_find(s, ' '), 2);
	assert_int_equal(span_find(s, 'S'), 9);
	assert_int_equal(span_find(s, 'N'), 20);
	assert_int_equal(span_find(s, 'x'), s.n);
	assert_int_equal(span_find((struct span){s.p, 2}, ' '), 2);
	assert_int_equal(span_find(SPAN_LIT(""), ' '), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_byte_is_found_where_it_first_stands),
		cmocka_unit_test(trimming_takes_the_blanks_at_both_ends_only),
		cmocka_unit_test(spans_are_ordered_like_words),
		cmocka_unit_test(one_byte_anywhere_makes_text_not_ascii),
		cmocka_unit_test(
			hashes_depend_on_every_byte_the_length_and_the_seed),
		cmocka_unit_test(a_byte_is_of_one_class),
		cmocka_unit_test(nineteen_digits_are_a_number),
		cmocka_unit_test(
			squeezing_leaves_out_what_is_named_and_stops_at_the_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
