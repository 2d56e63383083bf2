#include "detect/nir/nir.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Published specimens and test numbers, and numbers made up from them. */
static const struct {
	const char *text;
	enum kind_verdict want;
} cases[] = {
	{"295109912611193", KIND_VALID},
	{"2 95 10 99 126 111 93", KIND_VALID},
	{"2.95.10.99.126.111.93", KIND_VALID},
	{"2-95-10-99-126-111-93", KIND_VALID},
	{"2951099126111 93", KIND_VALID}, /* HPRIM: 13, blank, key */
	{"2951099126111/93", KIND_VALID},
	{" 295109912611193\t", KIND_VALID},
	{"2\xC2\xA0"
	 "95\xC2\xA0"
	 "10\xC2\xA0"
	 "99\xE2\x80\xAF"
	 "126 111 93",
	 KIND_VALID},                    /* no-break spaces */
	{"253072A07300443", KIND_VALID}, /* Corsica: 2A is 19 */
	{"253072a07300443", KIND_VALID},
	{"253072B07300470", KIND_VALID}, /* 2B is 18 */
	{"2 53 07 2A 073 004 43", KIND_VALID},
	{"199072A00400109", KIND_VALID},
	{"255081416802538", KIND_VALID},
	{"282067800608410", KIND_VALID},
	{"277076322082910", KIND_VALID},
	{"163127847704294", KIND_VALID},
	{"262087503203977", KIND_VALID},
	{"137047624348415", KIND_VALID}, /* remainder 82 */
	{"279035121518989", KIND_VALID}, /* the agency's test person */
	{"799017500100134", KIND_VALID}, /* provisional, from Paris */
	{"899019910000152", KIND_VALID}, /* provisional, from abroad */

	{"2951099126111", KIND_WEAK}, /* no key */
	{"253072A073004", KIND_WEAK},
	{"295109912611199", KIND_WEAK}, /* key off */
	{"295109912611100", KIND_WEAK}, /* 00 is no key */
	{"295109912611197", KIND_WEAK},

	{"253072C07300443", KIND_NO}, /* there is no 2C */
	{"2A3072B07300443", KIND_NO}, /* a letter elsewhere */
	{"25307AA07300443", KIND_NO},
	{"6546546546546703", KIND_NO}, /* sixteen digits */
	{"29510991261119", KIND_NO},   /* fourteen */
	{"295109912611", KIND_NO},     /* twelve */
	{"095109912611193", KIND_NO},  /* no sex 0 */
	{"995109912611193", KIND_NO},
	{"295139912611193", KIND_NO}, /* no month 13 */
	{"295439912611193", KIND_NO}, /* nor 43 */
	{"295009912611193", KIND_NO},
	{"295109912600093", KIND_NO}, /* no order 000 */
	{"295100012611193", KIND_NO}, /* no department 00 */
	{"-295109912611193", KIND_NO},
	{"295109912611193.", KIND_NO},
	{"295109912611193,0", KIND_NO},
	{"2,95110E+14", KIND_NO},
	{"x295109912611193", KIND_NO},
	{"\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0", KIND_NO},
	{"\xFF\xFE"
	 "295109912611193",
	 KIND_NO},
	{"", KIND_NO},
	{"   ", KIND_NO},
};

static void
each_written_form_gets_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct nir nir;
		const enum kind_verdict got =
			nir_parse(span_str(cases[i].text), &nir);

		if (got != cases[i].want)
			fail_msg("case %zu: got %d", i, (int)got);
	}
}

static void
the_fields_are_taken_apart(void **state)
{
	(void)state;
	struct nir nir;

	assert_int_equal(nir_parse(SPAN_LIT("2 95 10 99 126 111 93"), &nir),
			 KIND_VALID);
	assert_int_equal(nir.body, UINT64_C(2951099126111));
	assert_int_equal(nir.sex, 2);
	assert_int_equal(nir.year, 95);
	assert_int_equal(nir.month, 10);
	assert_string_equal((const char *)nir.department, "99");
	assert_true(nir.has_key && nir.key_ok && !nir.provisional);

	assert_int_equal(nir_parse(SPAN_LIT("253072A07300443"), &nir),
			 KIND_VALID);
	assert_int_equal(nir.body, UINT64_C(2530719073004));
	assert_string_equal((const char *)nir.department, "2A");

	assert_int_equal(nir_parse(SPAN_LIT("799017500100134"), &nir),
			 KIND_VALID);
	assert_true(nir.provisional);
	assert_int_equal(nir.sex, 1);
	assert_int_equal(nir_parse(SPAN_LIT("1850597123001"), &nir), KIND_WEAK);
	assert_string_equal((const char *)nir.department, "971");
	assert_false(nir.has_key || nir.key_ok);
	assert_int_equal(nir_parse(SPAN_LIT("295109912611199"), &nir),
			 KIND_WEAK);
	assert_true(nir.has_key && !nir.key_ok);
}

static void
months_of_incomplete_records_are_issued(void **state)
{
	(void)state;
	for (unsigned m = 0; m < 100; m++) {
		char text[16];
		struct nir nir;
		const bool want =
			(m >= 1 && m <= 12) || (m >= 20 && m <= 42) || m >= 50;

		(void)snprintf(text, sizeof(text), "185%02u56123001", m);
		assert_int_equal(nir_parse(span_str(text), &nir) != KIND_NO,
				 want);
	}
}

static void
all_spellings_are_one_value(void **state)
{
	static const char *const same[] = {
		"253072A07300443",       "253072A073004",
		"2 53 07 2a 073 004 43", "2 53 07 2a 073 004",
		"253072A07300444",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		struct norm norm;

		assert_int_not_equal(kind_fr_nir.test(span_str(same[i]), &norm),
				     KIND_NO);
		assert_int_equal(norm.n, NIR_BODY);
		assert_memory_equal(norm.p, "253072A073004", NIR_BODY);
	}
	struct norm other;

	/* The key cannot tell 2A from 19; the value can. */
	assert_int_equal(kind_fr_nir.test(SPAN_LIT("253071907300443"), &other),
			 KIND_VALID);
	assert_memory_equal(other.p, "2530719073004", NIR_BODY);
}

static void
a_value_cut_short_is_no_nir_or_a_weak_one(void **state)
{
	(void)state;
	const struct span whole = SPAN_LIT("2 95 10 99 126 111 93");

	for (size_t n = 0; n < whole.n; n++) {
		struct nir nir;
		const enum kind_verdict v =
			nir_parse((struct span){whole.p, n}, &nir);

		assert_int_not_equal(v, KIND_VALID);
		assert_true(v == KIND_NO || !nir.has_key);
	}
}

static void
a_long_cell_is_not_looked_at(void **state)
{
	(void)state;
	uint8_t text[NIR_TEXT_MAX + 1];
	struct nir nir;

	memset(text, ' ', sizeof(text));
	memcpy(text, "295109912611193", NIR_LONG);
	assert_int_equal(nir_parse((struct span){text, NIR_TEXT_MAX}, &nir),
			 KIND_VALID);
	assert_int_equal(nir_parse((struct span){text, NIR_TEXT_MAX + 1}, &nir),
			 KIND_NO);
}

static void
one_random_string_in_so_many_passes(void **state)
{
	(void)state;
	uint64_t x = 1;
	unsigned passed = 0;
	const unsigned draws = 400000;

	for (unsigned i = 0; i < draws; i++) {
		uint8_t text[NIR_LONG];
		struct nir nir;

		for (size_t k = 0; k < NIR_LONG; k++) {
			x = x * UINT64_C(6364136223846793005) +
			    1442695040888963407;
			text[k] = (uint8_t)('0' + (x >> 33) % 10);
		}
		passed += nir_parse((struct span){text, NIR_LONG}, &nir) ==
			  KIND_VALID;
	}
	assert_in_range(draws / passed, kind_fr_nir.one_in * 9 / 10,
			kind_fr_nir.one_in * 11 / 10);
}

static void
what_a_spreadsheet_leaves_is_known(void **state)
{
	static const struct {
		const char *text;
		bool want;
	} damaged[] = {
		{"2,95110E+14", true},  {"2.95110E+14", true},
		{"2,95E+14", true},     {"1,8505612300145E+14", true},
		{"2,95110e14", true},   {"2,95110E+014", true},
		{"2,95110E+12", true},  /* 13 digits */
		{"2,95130E+14", false}, /* month 13 */
		{"2,95110E+13", false}, {"9,95110E+14", false},
		{"0,95110E+14", false}, {"2,E+14", false},
		{"295110E+14", false},  {"2,95110E+14x", false},
		{"2,95110E", false},    {"2,95110", false},
		{"2,95110E-14", false}, {"", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(damaged); i++)
		if (nir_is_damaged(span_str(damaged[i].text)) !=
		    damaged[i].want)
			fail_msg("case %zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_written_form_gets_its_verdict),
		cmocka_unit_test(the_fields_are_taken_apart),
		cmocka_unit_test(months_of_incomplete_records_are_issued),
		cmocka_unit_test(all_spellings_are_one_value),
		cmocka_unit_test(a_value_cut_short_is_no_nir_or_a_weak_one),
		cmocka_unit_test(a_long_cell_is_not_looked_at),
		cmocka_unit_test(one_random_string_in_so_many_passes),
		cmocka_unit_test(what_a_spreadsheet_leaves_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
