#include "detect/rpps/rpps.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static const struct {
	const char *text;
	enum kind_verdict want;
	const char *norm;
} cases[] = {
	{"10100997245", KIND_VALID, "10100997245"},
	{"10002422979", KIND_VALID, "10002422979"},
	{"10002909371", KIND_VALID, "10002909371"},
	{" 1010 0997 245 ", KIND_VALID, "10100997245"},
	{"10\xC2\xA0"
	 "100997245",
	 KIND_VALID, "10100997245"},
	{"801234567897", KIND_WEAK, "01234567897"}, /* the agency's sample */
	{"810100997245", KIND_VALID, "10100997245"},
	{"20100997244", KIND_WEAK, "20100997244"}, /* none starts with 2 yet */
	{"10100997244", KIND_NO, NULL},
	{"10100997254", KIND_NO, NULL}, /* two digits swapped */
	{"710100997245", KIND_NO, NULL},
	{"1010099724", KIND_NO, NULL},
	{"8101009972455", KIND_NO, NULL},
	{"00B1057294", KIND_NO, NULL}, /* test identifiers hold letters */
	{"1010099724O", KIND_NO, NULL},
	{"00000000000", KIND_NO, NULL},
	{"+10100997245", KIND_NO, NULL},
	{"", KIND_NO, NULL},
};

static void
each_written_form_gets_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct norm norm;
		const enum kind_verdict got =
			kind_fr_rpps.test(span_str(cases[i].text), &norm);

		if (got != cases[i].want)
			fail_msg("case %zu: got %d", i, (int)got);
		if (got == KIND_NO)
			continue;
		assert_int_equal(norm.n, RPPS_DIGITS);
		assert_memory_equal(norm.p, cases[i].norm, RPPS_DIGITS);
	}
}

static void
the_prefix_is_told(void **state)
{
	(void)state;
	struct rpps rpps;

	assert_int_equal(rpps_parse(SPAN_LIT("810100997245"), &rpps),
			 KIND_VALID);
	assert_true(rpps.prefixed);
	assert_int_equal(rpps.number, UINT64_C(10100997245));
	assert_int_equal(rpps_parse(SPAN_LIT("10100997245"), &rpps),
			 KIND_VALID);
	assert_false(rpps.prefixed);
}

static void
every_single_wrong_digit_is_caught(void **state)
{
	(void)state;
	for (size_t i = 0; i < RPPS_DIGITS; i++)
		for (unsigned d = 0; d < 10; d++) {
			const uint8_t digit = (uint8_t)('0' + d);
			uint8_t text[RPPS_DIGITS];
			struct rpps rpps;

			memcpy(text, "10100997245", RPPS_DIGITS);
			if (text[i] == digit)
				continue;
			text[i] = digit;
			assert_int_equal(
				rpps_parse((struct span){text, RPPS_DIGITS},
					   &rpps),
				KIND_NO);
		}
}

static void
one_random_string_in_so_many_is_valid(void **state)
{
	(void)state;
	uint64_t x = 1;
	unsigned passed = 0;
	const unsigned draws = 200000;

	for (unsigned i = 0; i < draws; i++) {
		uint8_t text[RPPS_DIGITS];
		struct rpps rpps;

		for (size_t k = 0; k < RPPS_DIGITS; k++) {
			x = x * UINT64_C(6364136223846793005) +
			    1442695040888963407;
			text[k] = (uint8_t)('0' + (x >> 33) % 10);
		}
		passed += rpps_parse((struct span){text, RPPS_DIGITS}, &rpps) ==
			  KIND_VALID;
	}
	assert_in_range(draws / passed, kind_fr_rpps.one_in * 9 / 10,
			kind_fr_rpps.one_in * 11 / 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_written_form_gets_its_verdict),
		cmocka_unit_test(the_prefix_is_told),
		cmocka_unit_test(every_single_wrong_digit_is_caught),
		cmocka_unit_test(one_random_string_in_so_many_is_valid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
