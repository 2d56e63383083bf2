#include "detect/finess/finess.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Numbers of the public register, and numbers made up from them. */
static const struct {
	const char *text;
	enum kind_verdict want;
	const char *norm;
} cases[] = {
	{"750803447", KIND_VALID, "750803447"},
	{"750803454", KIND_VALID, "750803454"},
	{"750058190", KIND_VALID, "750058190"},
	{"060021920", KIND_VALID, "060021920"},
	{"920008059", KIND_VALID, "920008059"},
	{"750300550", KIND_VALID, "750300550"},
	{"490000049", KIND_VALID, "490000049"},
	{"750057283", KIND_VALID, "750057283"},
	{"260000013", KIND_VALID, "260000013"},
	{"440000289", KIND_VALID, "440000289"},
	{"75 080 344 7", KIND_VALID, "750803447"},
	{"\t750803447 ", KIND_VALID, "750803447"},
	{"2A0000014", KIND_WEAK, "2A0000014"},
	{"2b0000020", KIND_WEAK, "2B0000020"},
	{"120456789", KIND_NO, NULL},
	{"750803446", KIND_NO, NULL},
	{"000000000", KIND_NO, NULL},
	{"000803443", KIND_NO, NULL}, /* no department 00 */
	{"2C0000014", KIND_NO, NULL},
	{"2A000001A", KIND_NO, NULL},
	{"7508034477", KIND_NO, NULL},
	{"75080344", KIND_NO, NULL},
	{"75-0803447", KIND_NO, NULL},
	{"", KIND_NO, NULL},
};

static void
each_written_form_gets_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct norm norm;
		const enum kind_verdict got =
			kind_fr_finess.test(span_str(cases[i].text), &norm);

		if (got != cases[i].want)
			fail_msg("case %zu: got %d", i, (int)got);
		if (got == KIND_NO)
			continue;
		assert_int_equal(norm.n, FINESS_CHARS);
		assert_memory_equal(norm.p, cases[i].norm, FINESS_CHARS);
	}
}

static void
corsica_is_not_called_checked(void **state)
{
	(void)state;
	struct finess finess;

	assert_int_equal(finess_parse(SPAN_LIT("2A0000014"), &finess),
			 KIND_WEAK);
	assert_false(finess.checked);
	assert_int_equal(finess_parse(SPAN_LIT("750803447"), &finess),
			 KIND_VALID);
	assert_true(finess.checked);
}

static void
a_refusal_leaves_the_result_alone(void **state)
{
	(void)state;
	struct finess finess;

	memset(&finess, 0x5A, sizeof(finess));
	const struct finess before = finess;

	assert_int_equal(finess_parse(SPAN_LIT("750803446"), &finess), KIND_NO);
	assert_memory_equal(&finess, &before, sizeof(finess));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_written_form_gets_its_verdict),
		cmocka_unit_test(corsica_is_not_called_checked),
		cmocka_unit_test(a_refusal_leaves_the_result_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
