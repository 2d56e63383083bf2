#include "detect/iban/iban.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Examples of the registry and of national banks; invalid ones made of them. */
static const struct {
	const char *text;
	enum kind_verdict want;
	const char *norm;
} cases[] = {
	{"FR1420041010050500013M02606", KIND_VALID,
	 "FR1420041010050500013M02606"},
	{"FR14 2004 1010 0505 0001 3M02 606", KIND_VALID,
	 "FR1420041010050500013M02606"},
	{"fr14-2004-1010-0505-0001-3m02-606", KIND_VALID,
	 "FR1420041010050500013M02606"},
	{"IBAN FR14 2004 1010 0505 0001 3M02 606", KIND_VALID,
	 "FR1420041010050500013M02606"},
	{"IBAN : FR14\xC2\xA0"
	 "2004\xC2\xA0"
	 "1010\xE2\x80\xAF"
	 "0505 0001 3M02 606",
	 KIND_VALID, "FR1420041010050500013M02606"},
	{"GR1601101050000010547023795", KIND_VALID,
	 "GR1601101050000010547023795"},
	{"BE31435411161155", KIND_VALID, "BE31435411161155"},
	{"NO9386011117947", KIND_VALID, "NO9386011117947"},
	{"MT84MALT011000012345MTLCAST001S", KIND_VALID,
	 "MT84MALT011000012345MTLCAST001S"},
	{"ES9121000418450200051332", KIND_VALID, "ES9121000418450200051332"},
	{"MC5811222000010123456789030", KIND_VALID,
	 "MC5811222000010123456789030"},
	{"GB29 NWBK 6016 1331 9268 19", KIND_VALID, "GB29NWBK60161331926819"},

	/* 97 leaves 1, but the bank would never have written them. */
	{"ES2121000418450200051331", KIND_WEAK, "ES2121000418450200051331"},

	{"FR1420041010050500013M02607", KIND_NO, NULL},
	{"FR1520041010050500013M02606", KIND_NO, NULL},
	{"FR1420041010050500013M0260", KIND_NO, NULL},
	{"FR1420041010050500013M026066", KIND_NO, NULL},
	{"BG93 BNBG 9661 1A20 3456 78", KIND_NO, NULL}, /* letter in a number */
	{"BE68530907547034", KIND_NO, NULL},
	{"QQ9312345678901", KIND_NO, NULL}, /* no such country */
	{"XX431234", KIND_NO, NULL},
	{"FR14 2004 1010 0505 0001 3M02 606.5", KIND_NO, NULL},
	{"FR14_20041010050500013M02606", KIND_NO, NULL},
	{"FRAB20041010050500013M02606", KIND_NO, NULL},
	{"IBAN", KIND_NO, NULL},
	{"IBAN IBAN IBAN IBAN", KIND_NO, NULL},
	{"", KIND_NO, NULL},
};

static void
each_written_form_gets_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct norm norm;
		const enum kind_verdict got =
			kind_iban.test(span_str(cases[i].text), &norm);

		if (got != cases[i].want)
			fail_msg("case %zu: got %d", i, (int)got);
		if (got == KIND_NO)
			continue;
		assert_int_equal(norm.n, strlen(cases[i].norm));
		assert_memory_equal(norm.p, cases[i].norm, norm.n);
	}
}

/* Write ${s} without its NUL at ${to}. */
static void
put(uint8_t *to, const char *s)
{
	while (*s != '\0')
		*to++ = (uint8_t)*s++;
}

static void
check_digits_past_98_are_refused(void **state)
{
	(void)state;
	/* 97 leaves 1 for 02 and for 99 alike; only 02 is ever made. */
	struct iban iban;
	uint8_t text[16];
	unsigned seen = 0;

	put(text, "BE00000000000000");
	for (unsigned account = 0; account < 2000; account++) {
		text[15] = (uint8_t)('0' + account % 10);
		text[14] = (uint8_t)('0' + account / 10 % 10);
		text[13] = (uint8_t)('0' + account / 100 % 10);
		text[12] = (uint8_t)('0' + account / 1000);
		put(text + 2, "02");
		if (iban_parse((struct span){text, 16}, &iban) != KIND_VALID)
			continue;
		seen++;
		put(text + 2, "99");
		assert_int_equal(iban_parse((struct span){text, 16}, &iban),
				 KIND_NO);
	}
	assert_true(seen > 0);
}

static void
every_single_wrong_character_is_caught(void **state)
{
	static const char whole[] = "FR1420041010050500013M02606";
	static const char other[] = "0123456789ABCXYZ";

	(void)state;
	for (size_t i = 2; i < sizeof(whole) - 1; i++)
		for (size_t k = 0; k < sizeof(other) - 1; k++) {
			char text[sizeof(whole)];
			struct iban iban;

			memcpy(text, whole, sizeof(whole));
			/* A letter for a digit shifts the rest. */
			if (text[i] == other[k] ||
			    is_digit((uint8_t)text[i]) !=
				    is_digit((uint8_t)other[k]))
				continue;
			text[i] = other[k];
			assert_int_equal(iban_parse(span_str(text), &iban),
					 KIND_NO);
		}
}

static void
lengths_are_those_of_the_registry(void **state)
{
	(void)state;
	assert_int_equal(iban_length('F', 'R'), 27);
	assert_int_equal(iban_length('N', 'O'), 15);
	assert_int_equal(iban_length('R', 'U'), 33);
	assert_int_equal(iban_length('A', 'D'), 24);
	assert_int_equal(iban_length('Y', 'E'), 30);
	assert_int_equal(iban_length('U', 'S'), 0);
	assert_int_equal(iban_length('A', 'A'), 0);
	assert_int_equal(iban_length('Z', 'Z'), 0);
	for (unsigned c = 0; c < 26 * 26; c++) {
		const size_t n = iban_length((uint8_t)('A' + c / 26),
					     (uint8_t)('A' + c % 26));

		assert_true(n == 0 || (n >= IBAN_MIN && n <= IBAN_MAX));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_written_form_gets_its_verdict),
		cmocka_unit_test(check_digits_past_98_are_refused),
		cmocka_unit_test(every_single_wrong_character_is_caught),
		cmocka_unit_test(lengths_are_those_of_the_registry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
