#include "base/check.h"
#include "people/people_set.h"

static void
numbers_that_come_again_are_in_it_once(void **state)
{
	enum { DISTINCT = 3000, TIMES = 7 };
	struct room room;
	struct people_set s = {.room = &room};

	(void)state;
	room_init(&room, 0);
	for (uint64_t t = 0; t < TIMES; t++)
		for (uint64_t i = 0; i < DISTINCT; i++)
			assert_int_equal(
				people_set_add(&s, (i * 7919 + t) % DISTINCT *
							   UINT64_C(1000003)),
				RC_OK);
	assert_int_equal(people_set_settle(&s), RC_OK);
	assert_int_equal(s.n, DISTINCT);
	for (uint64_t i = 0; i < DISTINCT; i++)
		assert_true(s.v[i] == i * UINT64_C(1000003));
	/* Memory for what differs. */
	assert_true(s.cap <= 8192);
	people_set_free(&s);
	assert_int_equal(room.used, 0);
}

static void
it_grows_with_what_differs(void **state)
{
	enum { N = 100000 };
	struct room room;
	struct people_set s = {.room = &room};

	(void)state;
	room_init(&room, 0);
	for (uint64_t i = 0; i < N; i++)
		assert_int_equal(people_set_add(&s, UINT64_MAX - i), RC_OK);
	assert_int_equal(people_set_settle(&s), RC_OK);
	assert_int_equal(s.n, N);
	assert_true(s.v[0] == UINT64_MAX - (N - 1));
	assert_true(s.v[N - 1] == UINT64_MAX);
	people_set_free(&s);
	people_set_free(&s);
	assert_int_equal(room.used, 0);
}

static void
an_empty_set_is_settled(void **state)
{
	struct room room;
	struct people_set s = {.room = &room};

	(void)state;
	room_init(&room, 0);
	assert_int_equal(people_set_settle(&s), RC_OK);
	assert_int_equal(s.n, 0);
	people_set_free(&s);
	assert_int_equal(room.used, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_that_come_again_are_in_it_once),
		cmocka_unit_test(it_grows_with_what_differs),
		cmocka_unit_test(an_empty_set_is_settled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
