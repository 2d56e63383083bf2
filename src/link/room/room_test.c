#include "link/check.h"
#include "link/room/room.h"

static void
what_is_taken_is_zeroed_and_counted(void **state)
{
	struct room r;

	(void)state;
	room_init(&r, 0);
	uint32_t *a = ROOM_ARRAY(&r, 1000, uint32_t);
	assert_non_null(a);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(a[i], 0);
	assert_int_equal(r.used, 4000);
	memset(a, 1, 4000);
	uint32_t *b = room_resize(&r, a, 1000, 3000, sizeof(*a));
	assert_non_null(b);
	for (size_t i = 0; i < 3000; i++)
		assert_int_equal(b[i], i < 1000 ? 0x01010101 : 0);
	assert_int_equal(r.used, 12000);
	assert_int_equal(r.peak, 16000);
	room_give(&r, b, 3000, sizeof(*b));
	assert_int_equal(r.used, 0);
	room_give(&r, NULL, 5, 5);
}

static void
the_ceiling_is_kept(void **state)
{
	struct room r;

	(void)state;
	room_init(&r, 100);
	assert_null(room_take(&r, 101, 1));
	assert_null(room_take(&r, SIZE_MAX, 2));
	void *a = room_take(&r, 60, 1);
	assert_non_null(a);
	assert_null(room_take(&r, 41, 1));
	assert_null(room_resize(&r, a, 60, 61, 1));
	void *b = room_take(&r, 40, 1);
	assert_non_null(b);
	room_give(&r, a, 60, 1);
	room_give(&r, b, 40, 1);
	assert_int_equal(r.used, 0);
}

static void
nothing_is_something(void **state)
{
	struct room r;

	(void)state;
	room_init(&r, 0);
	void *p = room_take(&r, 0, 8);
	assert_non_null(p);
	room_give(&r, p, 0, 8);
	assert_int_equal(r.used, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_taken_is_zeroed_and_counted),
		cmocka_unit_test(the_ceiling_is_kept),
		cmocka_unit_test(nothing_is_something),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
