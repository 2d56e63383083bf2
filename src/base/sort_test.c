#include "base/check.h"
#include "base/sort.h"
#include "base/span.h"

#include <stdlib.h>

/* A number below ${values}, far from ${i} and the same in every run. */
static uint64_t
scattered(size_t i, uint64_t values)
{
	return span_hash((struct span){(const uint8_t *)&i, sizeof(i)}, 1) %
	       values;
}

static void
check_sorted(size_t n, unsigned from, unsigned bits, uint64_t values)
{
	uint64_t *a = malloc((n + 1) * sizeof(*a));
	uint64_t *spare = malloc((n + 1) * sizeof(*spare));
	const uint64_t mask =
		bits >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << bits) - 1;
	uint64_t sum = 0;

	assert_non_null(a);
	assert_non_null(spare);
	for (size_t i = 0; i < n; i++) {
		/* The low half says where a number stood. */
		a[i] = scattered(i, values) << 32 | i;
		sum += a[i];
	}
	sort_bits(a, spare, n, from, bits);
	for (size_t i = 0; i < n; i++) {
		sum -= a[i];
		if (i == 0)
			continue;
		const uint64_t before = a[i - 1] >> from & mask;
		const uint64_t now = a[i] >> from & mask;

		assert_true(before <= now);
		if (before == now && from >= 32)
			assert_true((uint32_t)a[i - 1] < (uint32_t)a[i]);
	}
	assert_true(sum == 0);
	free(a);
	free(spare);
}

static void
numbers_are_sorted_and_equal_ones_keep_their_order(void **state)
{
	static const size_t sizes[] = {0, 1, 2, 47, 48, 49, 1000, 70000};
	static const unsigned widths[] = {1, 5, 11, 12, 23, 32};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		for (size_t k = 0; k < COUNT_OF(widths); k++) {
			check_sorted(sizes[i], 32, widths[k], 1U << 20);
			check_sorted(sizes[i], 32, widths[k], 3);
		}
		check_sorted(sizes[i], 0, 64, UINT32_MAX);
		check_sorted(sizes[i], 0, 32, 5);
		check_sorted(sizes[i], 40, 24, UINT32_MAX);
	}
}

/* Numbers spread evenly; alike but for the low bits; few different. */
static uint64_t
number_of(unsigned spread, size_t i)
{
	const uint64_t r = scattered(i, UINT32_MAX);

	if (spread == 0)
		return r << 32 | ~r;
	return spread == 1 ? r & 0x7FFFFFFF : r % 3 << 40 | r % 5;
}

static void
check_whole(unsigned spread, size_t n)
{
	uint64_t *a = malloc((n + 1) * sizeof(*a));
	uint64_t *spare = malloc((n + 1) * sizeof(*spare));
	uint64_t sum = 0;

	assert_non_null(a);
	assert_non_null(spare);
	for (size_t i = 0; i < n; i++) {
		a[i] = number_of(spread, i);
		sum += a[i];
	}
	sort_whole(a, spare, n);
	for (size_t i = 0; i < n; i++) {
		assert_true(i == 0 || a[i - 1] <= a[i]);
		sum -= a[i];
	}
	assert_true(sum == 0);
	free(a);
	free(spare);
}

static void
whole_numbers_are_sorted(void **state)
{
	(void)state;
	for (unsigned spread = 0; spread < 3; spread++)
		for (size_t n = 0; n <= 20000; n = 3 * n + 1)
			check_whole(spread, n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			numbers_are_sorted_and_equal_ones_keep_their_order),
		cmocka_unit_test(whole_numbers_are_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
