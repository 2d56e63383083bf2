#include "base/check.h"
#include "detect/sex/sex.h"

#include <string.h>

static const struct {
	const char *text;
	enum kind_verdict want;
	uint8_t sex;
} cases[] = {
	{"M", KIND_VALID, SEX_MALE},
	{"f", KIND_VALID, SEX_FEMALE},
	{"H", KIND_VALID, SEX_MALE},
	{"1", KIND_VALID, SEX_MALE},
	{"2", KIND_VALID, SEX_FEMALE},
	{"02", KIND_VALID, SEX_FEMALE},
	{"1.0", KIND_VALID, SEX_MALE},
	{" M ", KIND_VALID, SEX_MALE},
	{"Masculin", KIND_VALID, SEX_MALE},
	{"FÉMININ", KIND_VALID, SEX_FEMALE},
	{"Fe\xCC\x81minin", KIND_VALID, SEX_FEMALE}, /* accent apart */
	{"femme", KIND_VALID, SEX_FEMALE},
	{"F - Féminin", KIND_VALID, SEX_FEMALE},
	{"Male", KIND_VALID, SEX_MALE},
	{"männlich", KIND_VALID, SEX_MALE},
	{"mujer", KIND_VALID, SEX_FEMALE},
	{"Mme", KIND_WEAK, SEX_FEMALE}, /* a form of address */
	{"M.", KIND_VALID, SEX_MALE},
	{"U", KIND_WEAK, SEX_UNKNOWN},
	{"9", KIND_WEAK, SEX_UNKNOWN},
	{"Inconnu", KIND_WEAK, SEX_UNKNOWN},
	{"", KIND_NO, 0},
	{" ", KIND_NO, 0},
	{"4", KIND_NO, 0},
	{"12", KIND_NO, 0},
	{"MF", KIND_NO, 0},
	{"masculine-feminine of the year", KIND_NO, 0},
	{"FEMMES", KIND_NO, 0},
};

static void
each_way_to_write_a_sex_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		uint8_t sex = 77;
		struct norm norm;
		const struct span text = span_str(cases[i].text);
		const enum kind_verdict got = sex_parse(text, &sex);

		if (got != cases[i].want)
			fail_msg("case %zu: got %d", i, (int)got);
		assert_int_equal(kind_sex.test(text, &norm), got);
		if (got == KIND_NO) {
			assert_int_equal(sex, 77);
			continue;
		}
		assert_int_equal(sex, cases[i].sex);
		assert_int_equal(norm.n, 1);
		assert_int_equal(norm.p[0], "UMF"[sex]);
	}
}

static void
a_form_of_address_tells_the_sex(void **state)
{
	static const struct {
		const char *text;
		enum sex want;
	} titles[] = {
		{"M.", SEX_MALE},     {"Monsieur", SEX_MALE},
		{"MME", SEX_FEMALE},  {"Mlle", SEX_FEMALE},
		{"Mrs.", SEX_FEMALE}, {"Herr", SEX_MALE},
		{"Dr", SEX_UNKNOWN},  {"Maître", SEX_UNKNOWN},
		{"", SEX_UNKNOWN},    {"...", SEX_UNKNOWN},
		{"ENF", SEX_UNKNOWN},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(titles); i++)
		if (sex_of_title(span_str(titles[i].text)) != titles[i].want)
			fail_msg("title %zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_way_to_write_a_sex_is_read),
		cmocka_unit_test(a_form_of_address_tells_the_sex),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
