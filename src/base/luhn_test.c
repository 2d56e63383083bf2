#include "base/check.h"
#include "base/luhn.h"
#include "base/span.h"

#include <string.h>

/* Published test numbers: payment cards, SIREN, RPPS, FINESS. */
static void
published_numbers_pass_and_their_neighbours_do_not(void **state)
{
	static const char *const valid[] = {
		"4111111111111111", "5555555555554444",
		"378282246310005",  "404833048",
		"10100997245",      "750803447",
		"73282932000074",   "0",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(valid); i++) {
		uint8_t d[20];
		const size_t n = strlen(valid[i]);

		memcpy(d, valid[i], n);
		assert_true(luhn_is_valid(d, n));
		d[n - 1] = d[n - 1] == '9' ? '0' : (uint8_t)(d[n - 1] + 1);
		assert_false(luhn_is_valid(d, n));
	}
}

static void
one_in_ten_passes(void **state)
{
	unsigned passed = 0;

	(void)state;
	for (unsigned v = 0; v < 100000; v++) {
		uint8_t d[5];
		unsigned rest = v;

		for (size_t i = sizeof(d); i-- > 0; rest /= 10)
			d[i] = (uint8_t)('0' + rest % 10);
		passed += luhn_is_valid(d, sizeof(d));
	}
	assert_int_equal(passed, 10000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			published_numbers_pass_and_their_neighbours_do_not),
		cmocka_unit_test(one_in_ten_passes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
