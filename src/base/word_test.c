#include "base/check.h"
#include "base/span.h"

#include <stdio.h>

static uint64_t
repeat(uint8_t b, uint8_t other, unsigned at)
{
	uint8_t p[8];

	memset(p, other, sizeof(p));
	p[at] = b;
	return word_load8(p);
}

/* Every byte value in every place, among bytes of both kinds. */
static void
questions_are_exact_for_every_byte(void **state)
{
	(void)state;
	for (unsigned b = 0; b < 256; b++) {
		for (unsigned at = 0; at < 8; at++) {
			const uint64_t v = repeat((uint8_t)b, '5', at);
			const uint64_t w = repeat((uint8_t)b, 0xFF, at);
			const uint8_t up = b >= 'a' && b <= 'z'
						   ? (uint8_t)(b - 0x20)
						   : (uint8_t)b;
			const uint8_t down = is_upper((uint8_t)b)
						     ? (uint8_t)(b + 0x20)
						     : (uint8_t)b;

			assert_int_equal(word_is_digits(v),
					 is_digit((uint8_t)b));
			assert_int_equal(word_is_plain(v),
					 b >= 0x20 && b < 0x80);
			assert_true(word_upper(v) == repeat(up, '5', at));
			assert_true(word_lower(v) == repeat(down, '5', at));
			assert_true(word_upper(w) == repeat(up, 0xFF, at));
			assert_true(word_lower(w) == repeat(down, 0xFF, at));
		}
	}
}

static void
numbers_are_read_and_written(void **state)
{
	(void)state;
	for (uint32_t v = 0; v < 100000000; v += v < 20000 ? 1 : 9973) {
		char want[9];
		uint8_t got[8];

		snprintf(want, sizeof(want), "%08u", v);
		word_store8(got, word_digits(v));
		assert_memory_equal(got, want, 8);
		assert_int_equal(word_number(word_load8(got)), v);
		assert_int_equal(number((const uint8_t *)want, 8), v);
	}
	uint8_t out[16];
	number_write(UINT64_C(1234567890123), 13, out);
	assert_memory_equal(out, "1234567890123", 13);
	number_write(7, 3, out);
	assert_memory_equal(out, "007", 3);
	assert_true(number((const uint8_t *)"9876543210987654321", 19) ==
		    UINT64_C(9876543210987654321));
}

static void
short_words_have_zeros_behind_them(void **state)
{
	(void)state;
	for (size_t n = 0; n < 8; n++) {
		uint8_t p[8] = "abcdefg";
		const uint64_t v = word_short(p, n);

		memset(p + n, 0, sizeof(p) - n);
		assert_true(v == word_load8(p));
	}
}

static void
bytes_between_two_are_counted(void **state)
{
	(void)state;
	const uint64_t v = word_load8((const uint8_t *)"a9@Z\xC3/:0");

	assert_int_equal(word_count(word_between(v, '0', '9')), 2);
	assert_int_equal(word_count(word_between(v, 'A', 'Z')), 1);
	assert_int_equal(word_count(word_between(v, '@', '@')), 1);
	assert_int_equal(word_count(word_between(v, 0, 0x7F)), 7);
	for (unsigned bits = 0; bits < 256; bits++) {
		uint8_t p[8];

		for (unsigned i = 0; i < sizeof(p); i++)
			p[i] = (bits >> i & 1) != 0 ? 0xFF : 0x7F;
		assert_int_equal(word_gather(word_load8(p)), bits);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions_are_exact_for_every_byte),
		cmocka_unit_test(numbers_are_read_and_written),
		cmocka_unit_test(short_words_have_zeros_behind_them),
		cmocka_unit_test(bytes_between_two_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
