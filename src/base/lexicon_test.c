#include "base/check.h"
#include "base/lexicon.h"

static const char words[][LEXICON_WORD] = {
	"AB",          "AVENUE",       "BATIMENT", "BATIMENTS",
	"LABORATOIRE", "LABORATOIRES", "RUE",      "RUE",
};

static const struct lexicon list = {
	.rows = words,
	.n = COUNT_OF(words),
	.stride = sizeof(words[0]),
	.lengths =
		{
			['A' - 'A'] = 0x0044,
			['B' - 'A'] = 0x0300,
			['L' - 'A'] = 0x1800,
			['R' - 'A'] = 0x0008,
		},
	.first = {0, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 6,
		  6, 6, 6, 6, 8, 8, 8, 8, 8, 8, 8, 8, 8},
};

static void
every_word_is_found_and_no_other(void **state)
{
	static const char *const others[] = {
		"",
		"A",
		"ABC",
		"RU",
		"RUES",
		"rue",
		"BATIMENTX",
		"LABORATOIRF",
		"ZUT",
		"\xC3\x89_COLE",
		"BATIMENTBATIMENTBATIMENT",
		"AVENUF",
	};
	(void)state;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		assert_string_equal(
			words[lexicon_find(&list, span_str(words[i]))],
			words[i]);
	assert_int_equal(lexicon_find(&list, SPAN_LIT("RUE")), 6);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		assert_false(lexicon_has(&list, span_str(others[i])));
}

static void
a_list_that_is_wrong_is_told(void **state)
{
	static const char unsorted[][LEXICON_WORD] = {"RUE", "AVENUE"};
	struct lexicon x = list;
	(void)state;

	assert_true(lexicon_is_right(&x));
	x.lengths[0] ^= 1U << 3;
	assert_false(lexicon_is_right(&x));
	x = list;
	x.first[3]++;
	assert_false(lexicon_is_right(&x));
	x = list;
	x.rows = unsorted;
	x.n = 2;
	assert_false(lexicon_is_right(&x));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_is_found_and_no_other),
		cmocka_unit_test(a_list_that_is_wrong_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
