#include "detect/blood/blood.h"

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
	{"A+", KIND_VALID, "A+"},
	{"a+", KIND_VALID, "A+"},
	{"AB-", KIND_VALID, "AB-"},
	{"O +", KIND_VALID, "O+"},
	{" B- ", KIND_VALID, "B-"},
	{"O NEG", KIND_VALID, "O-"},
	{"O NEG.", KIND_VALID, "O-"},
	{"AB Rh-", KIND_VALID, "AB-"},
	{"A Rh +", KIND_VALID, "A+"},
	{"A POSITIF", KIND_VALID, "A+"},
	{"A POS", KIND_VALID, "A+"},
	{"APOS", KIND_VALID, "A+"},
	{"B n\xC3\xA9gatif", KIND_VALID, "B-"},
	{"O RH D POSITIF", KIND_VALID, "O+"},
	{"O Rh(D) +", KIND_VALID, "O+"},
	{"A D NEG", KIND_VALID, "A-"},
	{"A Rh\xC3\xA9sus positif", KIND_VALID, "A+"},
	{"A, rh\xC3\xA9sus n\xC3\xA9gatif", KIND_VALID, "A-"},
	{"AB (+)", KIND_VALID, "AB+"},
	{"0+", KIND_VALID, "O+"}, /* Landsteiner's zero */
	{"0 NEG", KIND_VALID, "O-"},
	{"A1 RH POS", KIND_VALID, "A+"},
	{"A2B-", KIND_VALID, "AB-"},
	{"O RH:1", KIND_VALID, "O+"}, /* ISBT */
	{"O RH:-1", KIND_VALID, "O-"},
	{"O RH1 NEGATIF", KIND_VALID, "O-"},
	{"Groupe sanguin : A+", KIND_VALID, "A+"},
	{"Groupe O Rh\xC3\xA9sus +", KIND_VALID, "O+"},
	{"B\xE2\x88\x92", KIND_VALID, "B-"}, /* U+2212 */
	{"B\xE2\x80\x93", KIND_VALID, "B-"}, /* en dash */
	{"A", KIND_WEAK, "A"},
	{"AB", KIND_WEAK, "AB"},
	{"o", KIND_WEAK, "O"},
	{"A1", KIND_WEAK, "A"},
	{"groupe B", KIND_WEAK, "B"},

	{"0", KIND_NO, NULL},
	{"C+", KIND_NO, NULL},
	{"ABO", KIND_NO, NULL},
	{"AO", KIND_NO, NULL},
	{"BA+", KIND_NO, NULL},
	{"A+B", KIND_NO, NULL},
	{"A++", KIND_NO, NULL},
	{"A+-", KIND_NO, NULL},
	{"POS", KIND_NO, NULL},
	{"+", KIND_NO, NULL},
	{"Rh+", KIND_NO, NULL},
	{"A RH", KIND_NO, NULL},
	{"A POSITIFS", KIND_NO, NULL},
	{"Alain", KIND_NO, NULL},
	{"A 3", KIND_NO, NULL},
	{"01", KIND_NO, NULL},
	{"groupe sanguin", KIND_NO, NULL},
	{"", KIND_NO, NULL},
	{"  ", KIND_NO, NULL},
	{"A                                               +", KIND_NO, NULL},
};

static void
each_written_form_gets_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct norm norm;
		const enum kind_verdict got =
			kind_blood_group.test(span_str(cases[i].text), &norm);

		if (got != cases[i].want)
			fail_msg("case %zu: got %d", i, (int)got);
		if (got == KIND_NO)
			continue;
		assert_int_equal(norm.n, strlen(cases[i].norm));
		assert_memory_equal(norm.p, cases[i].norm, norm.n);
	}
}

static void
group_and_rhesus_are_told_apart(void **state)
{
	(void)state;
	struct blood blood;

	assert_int_equal(blood_parse(SPAN_LIT("AB NEG"), &blood), KIND_VALID);
	assert_int_equal(blood.abo, 'X');
	assert_int_equal(blood.rhesus, -1);
	assert_int_equal(blood_parse(SPAN_LIT("O"), &blood), KIND_WEAK);
	assert_int_equal(blood.abo, 'O');
	assert_int_equal(blood.rhesus, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_written_form_gets_its_verdict),
		cmocka_unit_test(group_and_rhesus_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
