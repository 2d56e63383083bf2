#include "base/team.h"

#include <stdatomic.h>
#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

struct ledger {
	unsigned calls[TEAM_MAX];
	unsigned parts;
	atomic_uint total;
};

static void
note(void *arg, unsigned part, unsigned parts)
{
	struct ledger *l = arg;

	l->calls[part]++;
	if (part == 0)
		l->parts = parts;
	atomic_fetch_add(&l->total, 1);
}

static void
every_part_runs_once_in_each_round(void **state)
{
	static const unsigned sizes[] = {0, 1, 2, 3, 8};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		const unsigned n = sizes[i] == 0 ? 1 : sizes[i];
		struct team *t = team_new(sizes[i]);
		struct ledger l;

		memset(&l, 0, sizeof(l));
		assert_non_null(t);
		assert_int_equal(team_size(t), n);
		for (unsigned round = 1; round <= 200; round++) {
			team_run(t, note, &l);
			assert_int_equal(l.total, round * n);
			assert_int_equal(l.parts, n);
			for (unsigned p = 0; p < n; p++)
				assert_int_equal(l.calls[p], round);
		}
		team_free(t);
	}
}

struct sum {
	const unsigned *values;
	size_t n;
	unsigned long of_part[TEAM_MAX];
};

static void
add_share(void *arg, unsigned part, unsigned parts)
{
	struct sum *s = arg;

	s->of_part[part] = 0;
	for (size_t i = part; i < s->n; i += parts)
		s->of_part[part] += s->values[i];
}

static void
what_the_parts_wrote_is_seen_by_the_caller(void **state)
{
	static unsigned values[100000];
	struct team *t = team_new(4);
	struct sum s = {values, sizeof(values) / sizeof(*values), {0}};
	unsigned long expected = 0;

	(void)state;
	assert_non_null(t);
	for (unsigned i = 0; i < s.n; i++)
		expected += values[i] = i * 2654435761U >> 12;
	team_run(t, add_share, &s);
	unsigned long got = 0;
	for (unsigned p = 0; p < team_size(t); p++)
		got += s.of_part[p];
	assert_true(got == expected);
	team_free(t);
}

static void
no_team_is_a_team_of_one(void **state)
{
	struct ledger l;

	(void)state;
	memset(&l, 0, sizeof(l));
	assert_int_equal(team_size(NULL), 1);
	team_run(NULL, note, &l);
	assert_int_equal(l.total, 1);
	assert_int_equal(l.parts, 1);
	team_free(NULL);
}

static void
a_team_that_never_worked_ends(void **state)
{
	struct team *t = team_new(3);

	(void)state;
	assert_non_null(t);
	team_free(t);
}

static void
a_team_meets_its_ceiling(void **state)
{
	struct team *t = team_new(100000);

	(void)state;
	assert_non_null(t);
	assert_int_equal(team_size(t), TEAM_MAX);
	team_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_part_runs_once_in_each_round),
		cmocka_unit_test(what_the_parts_wrote_is_seen_by_the_caller),
		cmocka_unit_test(no_team_is_a_team_of_one),
		cmocka_unit_test(a_team_that_never_worked_ends),
		cmocka_unit_test(a_team_meets_its_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
