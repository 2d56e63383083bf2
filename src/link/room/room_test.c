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

/* Bytes of ${p} that are not ${byte}. */
static size_t
others(const uint8_t *p, size_t n, uint8_t byte)
{
	size_t others = 0;

	for (size_t i = 0; i < n; i++)
		others += p[i] != byte;
	return others;
}

static void
memory_of_every_size_comes_zeroed_and_keeps_what_it_holds(void **state)
{
	static const size_t sizes[] = {
		1,      ROOM_SMALL - 1, ROOM_SMALL,     ROOM_SMALL + 1, 100000,
		700000, 1500000,        ROOM_LARGE - 1, ROOM_LARGE,     5000000,
	};
	struct room r;

	(void)state;
	room_init(&r, 0);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		for (size_t k = 0; k < COUNT_OF(sizes); k++) {
			const size_t kept =
				sizes[i] < sizes[k] ? sizes[i] : sizes[k];
			uint8_t *a = room_take(&r, sizes[i], 1);
			assert_non_null(a);
			assert_int_equal(others(a, sizes[i], 0), 0);
			memset(a, 7, sizes[i]);
			uint8_t *b = room_resize(&r, a, sizes[i], sizes[k], 1);
			assert_non_null(b);
			assert_int_equal(others(b, kept, 7), 0);
			assert_int_equal(others(b + kept, sizes[k] - kept, 0),
					 0);
			assert_int_equal(r.used, sizes[k]);
			room_give(&r, b, sizes[k], 1);
		}
	}
	assert_int_equal(r.used, 0);
	assert_int_equal(r.n_slabs, 0);
}

static void
what_is_between_grows_in_place_where_it_can(void **state)
{
	const size_t plot = ROOM_SMALL;
	struct room r;

	(void)state;
	room_init(&r, 0);
	uint8_t *a = room_take(&r, plot, 1);
	assert_ptr_equal(room_resize(&r, a, plot, 3 * plot, 1), a);
	uint8_t *b = room_take(&r, plot, 1);
	memset(a, 1, 3 * plot);
	memset(b, 2, plot);
	uint8_t *c = room_resize(&r, a, 3 * plot, 4 * plot, 1);
	assert_ptr_not_equal(c, a);
	assert_int_equal(others(c, 3 * plot, 1), 0);
	assert_int_equal(others(b, plot, 2), 0);
	/* What it left is free, and wiped. */
	uint8_t *d = room_take(&r, 3 * plot, 1);
	assert_ptr_equal(d, a);
	assert_int_equal(others(d, 3 * plot, 0), 0);
	room_give(&r, b, plot, 1);
	room_give(&r, c, 4 * plot, 1);
	room_give(&r, d, 3 * plot, 1);
	assert_int_equal(r.n_slabs, 0);
}

static void
more_than_a_slab_holds_gets_another(void **state)
{
	enum { N = 40 };
	uint8_t *p[N];
	struct room r;

	(void)state;
	room_init(&r, 0);
	for (size_t i = 0; i < N; i++) {
		p[i] = room_take(&r, 1000000, 1);
		assert_non_null(p[i]);
		memset(p[i], (int)i, 1000000);
	}
	assert_true(r.n_slabs > 1);
	for (size_t i = 0; i < N; i += 2)
		room_give(&r, p[i], 1000000, 1);
	for (size_t i = 1; i < N; i += 2) {
		assert_int_equal(others(p[i], 1000000, (uint8_t)i), 0);
		room_give(&r, p[i], 1000000, 1);
	}
	assert_int_equal(r.n_slabs, 0);
	assert_int_equal(r.used, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_taken_is_zeroed_and_counted),
		cmocka_unit_test(the_ceiling_is_kept),
		cmocka_unit_test(nothing_is_something),
		cmocka_unit_test(
			memory_of_every_size_comes_zeroed_and_keeps_what_it_holds),
		cmocka_unit_test(what_is_between_grows_in_place_where_it_can),
		cmocka_unit_test(more_than_a_slab_holds_gets_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
