#include "detect/siret/siret.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Published examples, and numbers made up from them. */
static const struct {
	const char *text;
	const char *norm; /* NULL: refused */
} sirets[] = {
	{"73282932000074", "73282932000074"},
	{"732 829 320 00074", "73282932000074"},
	{"732.829.320.00074", "73282932000074"},
	{" 7 3 2 8 2 9 3 2 0 0 0 0 7 4", "73282932000074"},
	{"732\xE2\x80\xAF"
	 "829\xE2\x80\xAF"
	 "320\xC2\xA0"
	 "00074",
	 "73282932000074"},
	{"35600000000048", "35600000000048"}, /* seat of La Poste: Luhn */
	{"35600000049837", "35600000049837"}, /* a site: 5 divides 45 */
	{"35600000049838", NULL},
	{"73282932000079", NULL}, /* the first nine alone agree */
	{"73282932100073", NULL}, /* the fourteen alone agree */
	{"00000000000000", NULL},
	{"7328293200007", NULL},
	{"732829320000744", NULL},
	{"7328293200007A", NULL},
	{"732-829-320-00074", NULL},
	{"", NULL},
};

static const struct {
	const char *text;
	const char *norm;
} sirens[] = {
	{"404833048", "404833048"},
	{"404 833 048", "404833048"},
	{"356000000", "356000000"},
	{"732829320", "732829320"},
	{"404833047", NULL},
	{"000000000", NULL},
	{"40483304", NULL},
	{"4048330480", NULL},
	{"", NULL},
};

static void
check(const struct kind *kind, const char *text, const char *want, size_t i)
{
	struct norm norm;
	const enum kind_verdict got = kind->test(span_str(text), &norm);

	if (got != (want == NULL ? KIND_NO : KIND_VALID))
		fail_msg("%s case %zu: got %d", kind->name, i, (int)got);
	if (want == NULL)
		return;
	assert_int_equal(norm.n, strlen(want));
	assert_memory_equal(norm.p, want, norm.n);
}

static void
each_written_form_gets_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sirets); i++)
		check(&kind_fr_siret, sirets[i].text, sirets[i].norm, i);
	for (size_t i = 0; i < COUNT_OF(sirens); i++)
		check(&kind_fr_siren, sirens[i].text, sirens[i].norm, i);
}

static void
a_siret_is_taken_apart(void **state)
{
	(void)state;
	struct siret siret;

	assert_int_equal(siret_parse(SPAN_LIT("73282932000074"), &siret),
			 KIND_VALID);
	assert_int_equal(siret.siren, 732829320);
	assert_int_equal(siret.nic, 74);
	assert_int_equal(siren_parse(SPAN_LIT("404833048"), &siret),
			 KIND_VALID);
	assert_int_equal(siret.siren, 404833048);
	assert_int_equal(siret.nic, 0);
}

static void
one_random_string_in_so_many_passes(void **state)
{
	(void)state;
	uint64_t x = 1;
	unsigned passed = 0;
	unsigned passed_siren = 0;
	const unsigned draws = 200000;

	for (unsigned i = 0; i < draws; i++) {
		uint8_t text[SIRET_DIGITS];
		struct siret siret;

		for (size_t k = 0; k < SIRET_DIGITS; k++) {
			x = x * UINT64_C(6364136223846793005) +
			    1442695040888963407;
			text[k] = (uint8_t)('0' + (x >> 33) % 10);
		}
		passed += siret_parse((struct span){text, SIRET_DIGITS},
				      &siret) == KIND_VALID;
		passed_siren += siren_parse((struct span){text, SIREN_DIGITS},
					    &siret) == KIND_VALID;
	}
	assert_in_range(draws / passed, kind_fr_siret.one_in * 9 / 10,
			kind_fr_siret.one_in * 11 / 10);
	assert_in_range(draws / passed_siren, kind_fr_siren.one_in * 9 / 10,
			kind_fr_siren.one_in * 11 / 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_written_form_gets_its_verdict),
		cmocka_unit_test(a_siret_is_taken_apart),
		cmocka_unit_test(one_random_string_in_so_many_passes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
