#include "link/check.h"
#include "link/units/units.h"

#include <stdio.h>

static struct units
load(struct room *room, const struct check_row *rows, size_t n,
     struct team *team)
{
	const struct mention_block b = check_block(rows, n);
	struct units u;

	assert_int_equal(check_load(&b, team, room, &u), RC_OK);
	assert_int_equal(u.mentions, n);
	check_unview(&b);
	return u;
}

static void
mentions_that_say_the_same_are_one_unit(void **state)
{
	static const struct check_row rows[] = {
		{.family = "LE GALL", .given = "ANNE", .date = 19800102},
		{.family = "MARTIN", .given = "ANNE", .date = 19800102},
		{.family = "LE-GALL", .given = "ANNE", .date = 19800102},
		{.family = "LEGALL", .given = "ANNE", .date = 19800102},
		{.family = "LEGALL", .given = "ANNE", .date = 19800103},
	};
	struct room room;

	(void)state;
	room_init(&room, 0);
	struct units u = load(&room, rows, COUNT_OF(rows), NULL);
	assert_int_equal(u.n, 3);
	assert_int_equal(u.of_mention[0], u.of_mention[2]);
	assert_int_equal(u.of_mention[0], u.of_mention[3]);
	assert_int_not_equal(u.of_mention[0], u.of_mention[1]);
	assert_int_not_equal(u.of_mention[0], u.of_mention[4]);
	assert_int_equal(u.units[u.of_mention[0]].mentions, 3);
	units_done(&u);
	assert_int_equal(room.used, 0);
}

static void
a_nir_is_ones_own_if_sex_year_and_month_say_so(void **state)
{
	static const struct {
		uint64_t nir;
		uint8_t sex;
		uint32_t date;
		enum units_nir class;
	} cases[] = {
		{1801222278001, 1, 19801203, UNITS_NIR_OWN},
		{2801222278001, 2, 19801203, UNITS_NIR_OWN},
		{1801222278001, 0, 19801203, UNITS_NIR_OWN},
		{1801222278001, 2, 19801203, UNITS_NIR_DOUBT},
		{1801222278001, 1, 19801103, UNITS_NIR_DOUBT},
		{1801222278001, 1, 20051203, UNITS_NIR_DOUBT},
		{1801222278001, 2, 20051203, UNITS_NIR_OTHER},
		{1801222278001, 1, 20050203, UNITS_NIR_OTHER},
		{1801222278001, 1, 0, UNITS_NIR_DOUBT},
		{1801222278001, 0, 0, UNITS_NIR_DOUBT},
		/* month 33: not known when the number was given */
		{1803322278001, 1, 19801203, UNITS_NIR_DOUBT},
		{7801222278001, 1, 19801203, UNITS_NIR_OWN},
		{8801222278001, 2, 19801203, UNITS_NIR_OWN},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct check_row row = {.nir = cases[i].nir,
					      .sex = cases[i].sex,
					      .date = cases[i].date};
		struct room room;

		room_init(&room, 0);
		struct units u = load(&room, &row, 1, NULL);
		assert_int_equal(u.units[0].nir_class, cases[i].class);
		assert_int_equal(u.units[0].nir_good, 1);
		units_done(&u);
	}
}

static void
too_little_names_nobody(void **state)
{
	static const struct {
		struct check_row row;
		int names;
	} cases[] = {
		{{.family = "MARTIN"}, 0},
		{{.given = "ANNE"}, 0},
		{{.date = 19800102}, 0},
		{{.street = "1 RUE HAUTE", .postcode = "56000"}, 0},
		{{.sex = 1}, 0},
		{{.family = "MARTIN", .given = "ANNE"}, 1},
		{{.birth = "MARTIN", .date = 19800102}, 1},
		{{.given = "ANNE", .date = 19800102}, 1},
		{{.family = "MARTIN", .city = "VANNES"}, 1},
		{{.email = "anne@poste-exemple.fr"}, 1},
		{{.phone = {33612345678}}, 1},
		{{.nir = 1801222278001}, 1},
		{{.other = "NHS 123"}, 1},
		{{.family = "MARTIN",
		  .given = "ANNE",
		  .role = ROLE_PROFESSIONAL},
		 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct room room;

		room_init(&room, 0);
		struct units u = load(&room, &cases[i].row, 1, NULL);
		assert_int_equal(u.units[0].names, cases[i].names);
		units_done(&u);
	}
}

static void
filler_is_missing(void **state)
{
	static struct check_row rows[3000];
	static char emails[3000][32];
	struct room room;
	size_t shared = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		(void)snprintf(emails[i], sizeof(emails[i]),
			       "p%zu@a-exemple.fr", i);
		rows[i].email = i % 20 == 0 ? "labo@a-exemple.fr" : emails[i];
		rows[i].date = (uint32_t)(19500101 + i % 60 * 10000);
		rows[i].given = "ANNE";
		rows[i].phone[0] = 33612000000 + i;
	}
	room_init(&room, 0);
	struct units u = load(&room, rows, COUNT_OF(rows), NULL);
	for (size_t i = 0; i < u.n; i++)
		shared += u.units[i].email == 0;
	assert_int_equal(shared, COUNT_OF(rows) / 20);
	units_done(&u);

	rows[0] = (struct check_row){
		.given = "ANNE", .family = "MARTIN", .date = 19000101};
	struct units one = load(&room, rows, 1, NULL);
	assert_int_equal(one.units[0].date, 0);
	units_done(&one);
}

static void
unsound_dates_are_missing(void **state)
{
	static const struct {
		uint32_t in, out;
	} cases[] = {
		{19800102, 19800102},
		{19800100, 19800100},
		{19800000, 19800000},
		{19800015, 19800000},
		{19801301, 0},
		{19800132, 0},
		{102, 0},
		{99991231, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct check_row row = {.date = cases[i].in};
		struct room room;

		room_init(&room, 0);
		struct units u = load(&room, &row, 1, NULL);
		assert_int_equal(u.units[0].date, cases[i].out);
		units_done(&u);
	}
}

static void
units_stand_in_the_same_order_however_they_come(void **state)
{
	static struct check_row rows[9000];
	static char names[9000][16];
	struct room room;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		(void)snprintf(names[i], sizeof(names[i]), "%c%c%c",
			       (int)('A' + i % 26), (int)('A' + i / 26 % 26),
			       (int)('A' + i / 676 % 26));
		rows[i].family = names[i];
		rows[i].given = names[i / 2];
		rows[i].date = (uint32_t)(19500101 + i % 50 * 10000);
		rows[i].phone[0] = 33600000000 + i % 4000;
	}
	room_init(&room, 0);
	struct units first = load(&room, rows, COUNT_OF(rows), NULL);
	struct team *team = team_new(3);
	assert_non_null(team);
	for (size_t i = 0; i < COUNT_OF(rows) / 2; i++) {
		const size_t k = COUNT_OF(rows) - 1 - i;
		const struct check_row swap = rows[i];

		rows[i] = rows[k];
		rows[k] = swap;
	}
	struct units second = load(&room, rows, COUNT_OF(rows), team);
	assert_int_equal(first.n, second.n);
	for (size_t i = 0; i < first.n; i++) {
		assert_int_equal(first.units[i].date, second.units[i].date);
		assert_int_equal(first.units[i].mentions,
				 second.units[i].mentions);
	}
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(first.of_mention[i],
				 second.of_mention[COUNT_OF(rows) - 1 - i]);
	units_done(&first);
	units_done(&second);
	team_free(team);
	assert_int_equal(room.used, 0);
}

static void
a_full_room_is_an_error_and_leaks_nothing(void **state)
{
	static const struct check_row rows[] = {
		{.family = "MARTIN", .given = "ANNE", .date = 19800102},
		{.family = "DURAND", .given = "ANNE", .date = 19800102},
	};
	const struct mention_block b = check_block(rows, COUNT_OF(rows));
	enum rc rc = RC_LIMIT;

	(void)state;
	for (size_t limit = 1000; rc == RC_LIMIT; limit += limit / 4) {
		struct room room;
		struct units u;

		room_init(&room, limit);
		rc = check_load(&b, NULL, &room, &u);
		if (rc == RC_OK)
			units_done(&u);
		assert_int_equal(room.used, 0);
	}
	assert_int_equal(rc, RC_OK);
	check_unview(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mentions_that_say_the_same_are_one_unit),
		cmocka_unit_test(
			a_nir_is_ones_own_if_sex_year_and_month_say_so),
		cmocka_unit_test(too_little_names_nobody),
		cmocka_unit_test(filler_is_missing),
		cmocka_unit_test(unsound_dates_are_missing),
		cmocka_unit_test(
			units_stand_in_the_same_order_however_they_come),
		cmocka_unit_test(a_full_room_is_an_error_and_leaks_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
