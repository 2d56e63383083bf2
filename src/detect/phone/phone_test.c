#include "detect/phone/phone.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Example numbers of numbering plans, and numbers made up from them. */
static const struct {
	const char *text;
	enum kind_verdict want;
	const char *norm;
} cases[] = {
	/* the spellings of one French mobile number */
	{"06 12 34 56 78", KIND_VALID, "33612345678"},
	{"06.12.34.56.78", KIND_VALID, "33612345678"},
	{"06-12-34-56-78", KIND_VALID, "33612345678"},
	{"06/12/34/56/78", KIND_VALID, "33612345678"},
	{"0612345678", KIND_VALID, "33612345678"},
	{"+33 6 12 34 56 78", KIND_VALID, "33612345678"},
	{"+33612345678", KIND_VALID, "33612345678"},
	{"0033 6 12 34 56 78", KIND_VALID, "33612345678"},
	{"0033612345678", KIND_VALID, "33612345678"},
	{"+33 (0)6 12 34 56 78", KIND_VALID, "33612345678"},
	{"+33(0)612345678", KIND_VALID, "33612345678"},
	{"+33 06 12 34 56 78", KIND_VALID, "33612345678"},
	{"(+33) 6 12 34 56 78", KIND_VALID, "33612345678"},
	{"06\xC2\xA0"
	 "12\xC2\xA0"
	 "34\xC2\xA0"
	 "56\xC2\xA0"
	 "78",
	 KIND_VALID, "33612345678"},
	{"06\xE2\x80\x91"
	 "12 34 56 78",
	 KIND_VALID, "33612345678"}, /* no-break hyphen */
	{"tel:+33-6-12-34-56-78", KIND_VALID, "33612345678"},
	{"01 44 55 66 77 poste 12", KIND_VALID, "33144556677"},
	{"612345678", KIND_WEAK, "33612345678"}, /* a spreadsheet took the 0 */
	{"6 12 34 56 78", KIND_WEAK, "33612345678"},
	{"298001122", KIND_WEAK, "33298001122"},
	{"33612345678", KIND_WEAK, "33612345678"}, /* or the + */
	{"330612345678", KIND_WEAK, "33612345678"},

	/* fixed, special, not allotted */
	{"02 98 00 11 22", KIND_VALID, "33298001122"},
	{"0 298 001 122", KIND_VALID, "33298001122"},
	{"0801234567", KIND_VALID, "33801234567"},
	{"09 12 34 56 78", KIND_VALID, "33912345678"},
	{"0702345678", KIND_WEAK, "33702345678"},
	{"0402345678", KIND_WEAK, "33402345678"},

	/* overseas */
	{"0590 20 12 34", KIND_VALID, "590590201234"},
	{"0690001234", KIND_VALID, "590690001234"},
	{"0694 20 12 34", KIND_VALID, "594694201234"},
	{"0696 20 12 34", KIND_VALID, "596696201234"},
	{"0262 16 12 34", KIND_VALID, "262262161234"},
	{"0692 12 34 56", KIND_VALID, "262692123456"},
	{"0639 01 23 45", KIND_VALID, "262639012345"}, /* Mayotte */
	{"+590 690 00 12 34", KIND_VALID, "590690001234"},
	{"+590 0690 00 12 34", KIND_VALID, "590690001234"},
	{"+33 690 00 12 34", KIND_VALID, "590690001234"},
	{"590690001234", KIND_WEAK, "590690001234"},

	/* other countries */
	{"+32 450 00 12 34", KIND_VALID, "32450001234"},
	{"+32 (0)2 345 67 89", KIND_VALID, "3223456789"},
	{"+41 78 123 45 67", KIND_VALID, "41781234567"},
	{"+352 628 123 456", KIND_VALID, "352628123456"},
	{"+377 6 12 34 56 78", KIND_VALID, "377612345678"},
	{"+39 02 1234 5678", KIND_VALID, "390212345678"}, /* keeps its 0 */
	{"+49 30 123456", KIND_VALID, "4930123456"},
	{"+49 (0)30 123456", KIND_VALID, "4930123456"},
	{"+44 7400 123456", KIND_VALID, "447400123456"},
	{"+1 (773) 892-2286", KIND_VALID, "17738922286"},
	{"001-668-240-8670x1711", KIND_VALID, "16682408670"},
	{"+212 6 50 12 34 56", KIND_VALID, "212650123456"},
	{"+213 551 23 45 67", KIND_VALID, "213551234567"},
	{"+216 20 123 456", KIND_VALID, "21620123456"},
	{"+52 332 123 23 23", KIND_WEAK, "523321232323"},
	{"+1 173 892 2286", KIND_WEAK, "11738922286"}, /* no area code 173 */

	/* what fills a form */
	{"0000000000", KIND_NO, NULL},
	{"00 00 00 00 00", KIND_NO, NULL},
	{"0600000000", KIND_NO, NULL},
	{"0666666666", KIND_NO, NULL},
	{"0123456789", KIND_NO, NULL},
	{"01 23 45 67 89", KIND_NO, NULL},
	{"123456789", KIND_NO, NULL},
	{"+32 00000000", KIND_NO, NULL},
	{"+1 1111111111", KIND_NO, NULL},

	/* what is something else */
	{"+33 3 34 23 12", KIND_NO, NULL},
	{"061234567", KIND_NO, NULL},
	{"06123456789", KIND_NO, NULL},
	{"1612345678", KIND_NO, NULL},
	{"0.612345678", KIND_NO, NULL},
	{"0,612345678", KIND_NO, NULL},
	{"612345678.0", KIND_NO, NULL},
	{"01/02/1956 12", KIND_NO, NULL},
	{"0612345678/0698765432", KIND_NO, NULL},
	{"+999 123 456 789", KIND_NO, NULL}, /* no such country */
	{"06 12 34 56 7A", KIND_NO, NULL},
	{"06 12 34 56 78 +", KIND_NO, NULL},
	{"06+12345678", KIND_NO, NULL},
	{"+ 33", KIND_NO, NULL},
	{"0006000062", KIND_NO, NULL}, /* no country code starts with 0 */
	{"+1234567890123456", KIND_NO, NULL}, /* sixteen digits */
	{"+12345678901234567890", KIND_NO, NULL},
	{"poste 12", KIND_NO, NULL},
	{"", KIND_NO, NULL},
};

static void
each_written_form_gets_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct norm norm;
		const enum kind_verdict got =
			kind_phone.test(span_str(cases[i].text), &norm);

		if (got != cases[i].want)
			fail_msg("case %zu: got %d", i, (int)got);
		if (got == KIND_NO)
			continue;
		if (norm.n != strlen(cases[i].norm) ||
		    memcmp(norm.p, cases[i].norm, norm.n) != 0)
			fail_msg("case %zu: another value", i);
	}
}

static void
country_form_and_mobile_are_told(void **state)
{
	(void)state;
	struct phone p;

	assert_int_equal(phone_parse(SPAN_LIT("06 12 34 56 78"), &p),
			 KIND_VALID);
	assert_int_equal(p.e164, UINT64_C(33612345678));
	assert_int_equal(p.country, 33);
	assert_int_equal(p.form, PHONE_NATIONAL);
	assert_true(p.mobile);
	assert_int_equal(phone_parse(SPAN_LIT("+32 2 345 67 89"), &p),
			 KIND_VALID);
	assert_int_equal(p.country, 32);
	assert_int_equal(p.form, PHONE_INTERNATIONAL);
	assert_false(p.mobile);
	assert_int_equal(phone_parse(SPAN_LIT("+32 470 12 34 56"), &p),
			 KIND_VALID);
	assert_true(p.mobile);
	assert_int_equal(phone_parse(SPAN_LIT("298001122"), &p), KIND_WEAK);
	assert_int_equal(p.form, PHONE_BARE);
	assert_int_equal(phone_parse(SPAN_LIT("0690 00 12 34"), &p),
			 KIND_VALID);
	assert_int_equal(p.country, 590);
}

static void
a_deliberate_plus_makes_a_filler_a_number(void **state)
{
	(void)state;
	struct phone p;

	/* 1 23 45 67 89 is what the plan gives as its example. */
	assert_int_equal(phone_parse(SPAN_LIT("+33123456789"), &p), KIND_VALID);
	assert_int_equal(phone_parse(SPAN_LIT("0123456789"), &p), KIND_NO);
}

static void
local_numbers_need_a_word_before_them(void **state)
{
	static const struct {
		const char *text;
		bool want;
	} local[] = {
		{"963 862 500", true},    {"978-249-9678", true},
		{"(11) 4706-6184", true}, {"06-24312407", true},
		{"481 7531", true},       {"61 51 81", true},
		{"88 165 40 96", true},   {"730.347.5681x8340", true},
		{"12345", false},         {"000000", false},
		{"1 2 3 4 5 6 7", false}, {"12345678901234", false},
		{"963,862,500", false},   {"12/03/1956", false},
		{"abc", false},           {"", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(local); i++)
		if (phone_is_local(span_str(local[i].text)) != local[i].want)
			fail_msg("case %zu", i);
}

static void
a_number_cut_short_is_never_valid(void **state)
{
	(void)state;
	const struct span whole = SPAN_LIT("+33 6 12 34 56 78");

	for (size_t n = 0; n < whole.n; n++) {
		struct phone p;

		assert_int_equal(phone_parse((struct span){whole.p, n}, &p),
				 KIND_NO);
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
a_long_cell_is_not_looked_at(void **state)
{
	(void)state;
	uint8_t text[PHONE_TEXT_MAX + 1];
	struct phone p;

	memset(text, ' ', sizeof(text));
	put(text, "0612345678");
	assert_int_equal(phone_parse((struct span){text, PHONE_TEXT_MAX}, &p),
			 KIND_VALID);
	assert_int_equal(
		phone_parse((struct span){text, PHONE_TEXT_MAX + 1}, &p),
		KIND_NO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_written_form_gets_its_verdict),
		cmocka_unit_test(country_form_and_mobile_are_told),
		cmocka_unit_test(a_deliberate_plus_makes_a_filler_a_number),
		cmocka_unit_test(local_numbers_need_a_word_before_them),
		cmocka_unit_test(a_number_cut_short_is_never_valid),
		cmocka_unit_test(a_long_cell_is_not_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
