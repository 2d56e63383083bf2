#include "base/check.h"
#include "base/cpu.h"

static void
without_a_limit_everything_there_is_is_used(void **state)
{
	(void)state;
	assert_int_equal(cpu_simd(), cpu_has());
}

static void
a_limit_holds_until_it_is_taken_away(void **state)
{
	(void)state;
	for (int most = CPU_PORTABLE; most <= CPU_AVX512; most++) {
		const int has = (int)cpu_has();

		cpu_limit((enum cpu_simd)most);
		assert_int_equal(cpu_simd(), most < has ? most : has);
		assert_int_equal(cpu_has(), has);
	}
	assert_int_equal(cpu_simd(), cpu_has());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_limit_everything_there_is_is_used),
		cmocka_unit_test(a_limit_holds_until_it_is_taken_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
