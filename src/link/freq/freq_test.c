#include "link/check.h"
#include "link/freq/freq.h"

#include <math.h>

static const struct check_row ROWS[] = {
	{.family = "MARTIN", .given = "ANNE", .date = 19800101},
	{.family = "MARTIN", .given = "ANNE", .date = 19800102},
	{.family = "DURAND", .given = "ANNE", .date = 19800102},
	{.family = "MARTIN", .birth = "PETIT", .given = "LUC"},
	{.family = "PETIT", .birth = "PETIT", .given = "LUC"},
};

/* The number of the value that mention ${i} has in a field of ${u}. */
static const struct unit *
unit_of(const struct units *u, size_t i)
{
	return &u->units[u->of_mention[i]];
}

/** The rows above, loaded, and what is counted of them. */
struct fixture {
	struct mention_block block;
	struct room room;
	struct units u;
	struct freq f;
};

static int
load_rows(void **state)
{
	static struct fixture x;

	x = (struct fixture){.block = check_block(ROWS, COUNT_OF(ROWS))};
	room_init(&x.room, 0);
	*state = &x;
	return check_load(&x.block, NULL, &x.room, &x.u) == RC_OK ? 0 : -1;
}

static int
let_go(void **state)
{
	struct fixture *x = *state;

	freq_done(&x->f);
	units_done(&x->u);
	check_unview(&x->block);
	assert_int_equal(x->room.used, 0);
	return 0;
}

static double
others(const struct freq *f, enum freq_field field, uint32_t value,
       unsigned own)
{
	return exp2((double)freq_bits(f, field, value, own)) *
	       (double)f->field[field].holders;
}

static void
values_are_counted_once_a_unit(void **state)
{
	struct fixture *x = *state;
	const struct units *u = &x->u;
	struct freq *f = &x->f;

	assert_int_equal(freq_count(u, NULL, 0, NULL, f), RC_OK);
	assert_int_equal(f->field[FREQ_GIVEN].holders, 5);
	assert_int_equal(f->field[FREQ_DATE].holders, 3);
	assert_int_equal(f->field[FREQ_FAMILY].holders, 5);
	assert_int_equal(f->field[FREQ_GIVEN].count[unit_of(u, 0)->given], 3);
	assert_int_equal(f->field[FREQ_FAMILY].count[unit_of(u, 0)->family], 3);
	assert_int_equal(f->field[FREQ_FAMILY].count[unit_of(u, 4)->family], 2);
	assert_int_equal(f->field[FREQ_DATE].count[freq_date(19800102)], 2);
}

static void
values_are_counted_once_a_person_when_known(void **state)
{
	struct fixture *x = *state;
	const struct units *u = &x->u;
	struct freq *f = &x->f;
	uint32_t group[COUNT_OF(ROWS)];

	/* The first three are one person, the last two another. */
	for (size_t i = 0; i < COUNT_OF(ROWS); i++)
		group[u->of_mention[i]] = i < 3 ? 1 : 0;
	assert_int_equal(freq_count(u, group, 2, NULL, f), RC_OK);
	assert_int_equal(f->field[FREQ_GIVEN].holders, 2);
	assert_int_equal(f->field[FREQ_GIVEN].count[unit_of(u, 0)->given], 1);
	assert_int_equal(f->field[FREQ_FAMILY].count[unit_of(u, 0)->family], 2);
	assert_int_equal(f->field[FREQ_DATE].count[freq_date(19800102)], 1);
}

static void
rarer_values_weigh_more_and_none_is_impossible(void **state)
{
	struct fixture *x = *state;
	const struct units *u = &x->u;
	struct freq *f = &x->f;

	assert_int_equal(freq_count(u, NULL, 0, NULL, f), RC_OK);
	const uint32_t anne = unit_of(u, 0)->given;
	const uint32_t luc = unit_of(u, 3)->given;
	/* Three have it: two besides the one compared, one besides two. */
	assert_true(others(f, FREQ_GIVEN, anne, 1) > 1.5);
	assert_true(others(f, FREQ_GIVEN, anne, 2) > 0.9);
	assert_true(others(f, FREQ_GIVEN, anne, 2) < 1.5);
	assert_true(freq_bits(f, FREQ_GIVEN, luc, 2) <
		    freq_bits(f, FREQ_GIVEN, anne, 2));
	assert_true(freq_bits(f, FREQ_GIVEN, luc, 2) <
		    freq_bits(f, FREQ_GIVEN, luc, 1));
	assert_true(isfinite(freq_bits(f, FREQ_EMAIL, 0, 2)));
	assert_true(isfinite(freq_bits(f, FREQ_GIVEN, 4000000, 1)));
}

static void
dates_have_numbers_of_their_own(void **state)
{
	(void)state;
	assert_int_equal(freq_date(0), 0);
	assert_int_equal(freq_date(18491231), 0);
	assert_int_equal(freq_date(21010101), 0);
	assert_true(freq_date(18500101) > 0);
	for (uint32_t y = 1850; y < 2100; y++)
		assert_true(freq_date(y * 10000 + 1231) <
			    freq_date((y + 1) * 10000 + 101));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(values_are_counted_once_a_unit,
						load_rows, let_go),
		cmocka_unit_test_setup_teardown(
			values_are_counted_once_a_person_when_known, load_rows,
			let_go),
		cmocka_unit_test_setup_teardown(
			rarer_values_weigh_more_and_none_is_impossible,
			load_rows, let_go),
		cmocka_unit_test(dates_have_numbers_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
