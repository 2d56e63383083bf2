/* As much of cmocka as the tests of vector code use, so that they can be built
 * for a processor whose cmocka is not at hand. A check that fails ends the
 * program. */
#ifndef TOCSIN_TESTS_ARM64_CMOCKA_H
#define TOCSIN_TESTS_ARM64_CMOCKA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
	const char *name;
	void (*run)(void **state);
};

#define cmocka_unit_test(f) \
	{                   \
#f, f       \
	}

#define assert_true(x)                                                     \
	do {                                                               \
		if (!(x)) {                                                \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, \
				#x);                                       \
			exit(1);                                           \
		}                                                          \
	} while (0)
#define assert_false(x) assert_true(!(x))
#define assert_non_null(x) assert_true((x) != NULL)
#define assert_int_equal(a, b) assert_true((a) == (b))
#define assert_memory_equal(a, b, n) assert_true(memcmp(a, b, n) == 0)
#define assert_in_range(x, a, b) assert_true((x) >= (a) && (x) <= (b))

#define cmocka_run_group_tests(tests, setup, teardown) \
	run_all(tests, sizeof(tests) / sizeof(*(tests)))

static inline int
run_all(const struct CMUnitTest *tests, size_t n)
{
	void *state = NULL;

	for (size_t i = 0; i < n; i++) {
		tests[i].run(&state);
		printf("ok %s\n", tests[i].name);
	}
	return 0;
}

#endif
