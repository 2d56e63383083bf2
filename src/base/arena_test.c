#include "base/arena.h"

#include <stdbool.h>
#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

enum { LIMIT = 1 << 16 };

static bool
is_zero(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != 0)
			return false;
	return true;
}

static void
what_is_taken_is_zero_aligned_and_apart(void **unused)
{
	struct arena *a = arena_new(LIMIT);
	uint8_t *end = NULL;

	(void)unused;
	assert_non_null(a);
	for (size_t align = 1; align <= 64; align *= 2)
		for (size_t n = 0; n < 20; n++) {
			uint8_t *p = arena_alloc(a, n, 3, align);
			assert_non_null(p);
			assert_int_equal((uintptr_t)p % align, 0);
			assert_true(end == NULL || p >= end);
			assert_true(is_zero(p, 3 * n));
			memset(p, 0xff, 3 * n);
			end = p + 3 * n;
		}
	assert_in_range(arena_used(a), 1, LIMIT);
	arena_free(a);
	arena_free(NULL);
}

static void
the_ceiling_holds_to_the_byte(void **unused)
{
	struct arena *a = arena_new(LIMIT);

	(void)unused;
	assert_null(arena_alloc(a, LIMIT + 1, 1, 1));
	assert_int_equal(arena_used(a), 0); /* a refusal takes nothing */
	uint8_t *all = arena_alloc(a, LIMIT, 1, 1);
	assert_non_null(all);
	all[LIMIT - 1] = 1;
	assert_null(arena_alloc(a, 1, 1, 1));
	assert_non_null(arena_alloc(a, 0, 1, 1));
	assert_int_equal(arena_used(a), LIMIT);
	arena_free(a);
}

static void
sizes_that_overflow_are_refused(void **unused)
{
	struct arena *a = arena_new(LIMIT);

	(void)unused;
	assert_null(arena_alloc(a, SIZE_MAX, 2, 1));
	assert_null(arena_alloc(a, SIZE_MAX / 2, 3, 8));
	assert_null(arena_alloc(a, SIZE_MAX, 1, 1));
	assert_non_null(ARENA_ARRAY(a, 3, uint64_t));
	assert_null(arena_alloc(a, SIZE_MAX - 8, 1, 1));
	assert_null(arena_alloc(a, SIZE_MAX, 1, 8));
	arena_free(a);
}

static void
rewinding_wipes_what_came_after(void **unused)
{
	struct arena *a = arena_new(LIMIT);
	uint8_t *kept = arena_alloc(a, 10, 1, 1);

	(void)unused;
	memset(kept, 'k', 10);
	const size_t mark = arena_mark(a);
	uint8_t *gone = arena_alloc(a, 100, 1, 1);
	memset(gone, 'g', 100);
	arena_rewind(a, mark);
	assert_int_equal(arena_used(a), 10);
	assert_true(is_zero(gone, 100));
	assert_int_equal(kept[9], 'k');
	arena_rewind(a, mark + 5); /* to what is not there: nothing */
	assert_int_equal(arena_used(a), 10);
	assert_ptr_equal(arena_alloc(a, 1, 1, 1), gone);
	arena_reset(a);
	assert_int_equal(arena_used(a), 0);
	assert_true(is_zero(kept, 10));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_taken_is_zero_aligned_and_apart),
		cmocka_unit_test(the_ceiling_holds_to_the_byte),
		cmocka_unit_test(sizes_that_overflow_are_refused),
		cmocka_unit_test(rewinding_wipes_what_came_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
