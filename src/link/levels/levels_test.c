#include "link/check.h"
#include "link/levels/levels.h"

/* Compare two rows; the pattern must be the same either way round. */
static uint64_t
compare(const struct check_row *a, const struct check_row *b)
{
	const struct check_row rows[2] = {*a, *b};
	const struct mention_block block = check_block(rows, 2);
	struct room room;
	struct units u;
	struct levels l;

	room_init(&room, 0);
	assert_int_equal(check_load(&block, NULL, &room, &u), RC_OK);
	assert_int_equal(levels_init(&l, &u, NULL), RC_OK);
	const struct unit *x = &u.units[u.of_mention[0]];
	const struct unit *y = &u.units[u.of_mention[1]];
	const uint64_t pattern = levels_compare(&l, NULL, x, y);
	assert_true(levels_compare(&l, NULL, y, x) == pattern);
	levels_done(&l);
	units_done(&u);
	check_unview(&block);
	assert_int_equal(room.used, 0);
	return pattern;
}

struct one_field {
	struct check_row a, b;
	unsigned level;
};

static void
check_field(enum levels_field field, const struct one_field *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const uint64_t p = compare(&cases[i].a, &cases[i].b);

		if (levels_of(p, field) != cases[i].level)
			print_error("case %zu\n", i);
		assert_int_equal(levels_of(p, field), cases[i].level);
	}
}

static void
given_names(void **state)
{
	static const struct one_field cases[] = {
		{{.given = "ANNE"}, {.given = "ANNE"}, GIVEN_SAME},
		{{.given = "JEAN-PIERRE"},
		 {.given = "JEAN PIERRE"},
		 GIVEN_SAME},
		{{.given = "JEANPIERRE"}, {.given = "JEAN PIERRE"}, GIVEN_SAME},
		{{.given = "JEAN"}, {.given = "JEAN PIERRE"}, GIVEN_PART},
		{{.given = "CLAUDE"}, {.given = "MARIE CLAUDE"}, GIVEN_PART},
		{{.given = "J PIERRE"},
		 {.given = "JEAN PIERRE"},
		 GIVEN_INITIAL},
		{{.given = "J"}, {.given = "JEAN PIERRE"}, GIVEN_INITIAL},
		{{.given = "K"}, {.given = "JEAN PIERRE"}, GIVEN_DIFFERENT},
		{{.given = "ISABELLE"}, {.given = "ISABELE"}, GIVEN_NEAR},
		{{.given = "CATHERINE"}, {.given = "KATERINE"}, GIVEN_CLOSE},
		{{.given = "JEAN PIERRE"}, {.given = "JAEN"}, GIVEN_CLOSE},
		{{.given = "ANNE"}, {.given = "LUC"}, GIVEN_DIFFERENT},
		{{.given = "ANNE", .sex = 2},
		 {.given = "LUC", .sex = 1},
		 GIVEN_DIFFERENT_SEX},
		{{.given = "ANNE", .sex = 2},
		 {.given = "LUC", .sex = 2},
		 GIVEN_DIFFERENT},
		{{.given = "ANNE"}, {.family = "ANNE"}, LEVELS_MISSING},
		{{.given = "ANNE", .family = "MARTIN"},
		 {.given = "MARTIN", .family = "ANNE"},
		 GIVEN_SWAPPED},
		{{.given = "ANNE", .family = "MARTIN"},
		 {.given = "MARTIN", .family = "ANNE LISE"},
		 GIVEN_SWAPPED},
		{{.given = "ANNE", .family = "DURAND", .birth = "MARTIN"},
		 {.given = "MARTIN", .family = "ANNE"},
		 GIVEN_SWAPPED},
	};

	(void)state;
	check_field(LEVELS_GIVEN, cases, COUNT_OF(cases));
}

static void
family_names_crosswise(void **state)
{
	static const struct one_field cases[] = {
		{{.family = "MARTIN"}, {.family = "MARTIN"}, FAMILY_SAME},
		{{.family = "LE GALL"}, {.family = "LEGALL"}, FAMILY_SAME},
		{{.family = "DURAND", .birth = "MARTIN"},
		 {.family = "MARTIN"},
		 FAMILY_SAME},
		{{.family = "DURAND", .birth = "MARTIN"},
		 {.family = "DURAND", .birth = "MARTIN"},
		 FAMILY_BOTH},
		{{.family = "DURAND", .birth = "MARTIN"},
		 {.family = "MARTIN", .birth = "DURAND"},
		 FAMILY_BOTH},
		{{.family = "DURAND", .birth = "MARTIN"},
		 {.family = "DURAND", .birth = "PETIT"},
		 FAMILY_CONFLICT},
		{{.family = "DURAND", .birth = "MARTIN"},
		 {.family = "DURAND", .birth = "MARTINN"},
		 FAMILY_SAME},
		{{.family = "MARTIN"}, {.family = "MARTTIN"}, FAMILY_NEAR},
		{{.family = "MARTIN"},
		 {.family = "MARTIN DUBOIS"},
		 FAMILY_PART},
		{{.family = "BERNARD"}, {.family = "RENARD"}, FAMILY_CLOSE},
		{{.family = "MARTIN"}, {.family = "DUBOIS"}, FAMILY_DIFFERENT},
		{{.family = "MARTIN"}, {.given = "MARTIN"}, LEVELS_MISSING},
	};

	(void)state;
	check_field(LEVELS_FAMILY, cases, COUNT_OF(cases));
}

static void
birth_dates(void **state)
{
	static const struct one_field cases[] = {
		{{.date = 19800102}, {.date = 19800102}, DATE_SAME},
		{{.date = 19800102}, {.date = 19800201}, DATE_NEAR},
		{{.date = 19800102}, {.date = 19800103}, DATE_NEAR},
		{{.date = 19870102}, {.date = 19780102}, DATE_NEAR},
		{{.date = 19800102}, {.date = 19830112}, DATE_TWO_DIGITS},
		{{.date = 19800102}, {.date = 19801213}, DATE_SAME_YEAR},
		{{.date = 19800102}, {.date = 19651213}, DATE_DIFFERENT},
		{{.date = 19800102}, {.date = 19800100}, DATE_PARTLY},
		{{.date = 19800102}, {.date = 19800000}, DATE_PARTLY},
		{{.date = 19800102}, {.date = 19800200}, DATE_DIFFERENT},
		{{.date = 19800102}, {.date = 0}, LEVELS_MISSING},
		{{.date = 19800102}, {.date = 19000101}, LEVELS_MISSING},
	};

	(void)state;
	check_field(LEVELS_DATE, cases, COUNT_OF(cases));
}

static void
nirs_and_whose_they_are(void **state)
{
#define PARENT .nir = 1801222278001, .sex = 1, .date = 19801203
#define CHILD .nir = 1801222278001, .sex = 2, .date = 20100517
#define OTHER .nir = 1801222278055, .sex = 1, .date = 19801203
	static const struct one_field cases[] = {
		{{PARENT}, {PARENT}, NIR_SAME_OWN},
		{{CHILD}, {CHILD}, NIR_SAME_OTHER},
		{{PARENT}, {CHILD}, NIR_SAME_MIXED},
		{{PARENT}, {.nir = 1801222278001}, NIR_SAME_DOUBT},
		{{PARENT}, {OTHER}, NIR_DIFFERENT_OWN},
		{{PARENT}, {OTHER, .wrong_key = true}, NIR_NEAR_BORN},
		{{PARENT},
		 {.nir = 1801222278010, .date = 19801204, .wrong_key = true},
		 NIR_NEAR},
		{{PARENT}, {.nir = 2750156078333}, NIR_DIFFERENT},
		{{PARENT}, {.sex = 1}, LEVELS_MISSING},
	};
#undef PARENT
#undef CHILD
#undef OTHER

	(void)state;
	check_field(LEVELS_NIR, cases, COUNT_OF(cases));
}

static void
streets_and_where_they_are(void **state)
{
#define AT(s, p)                               \
	{                                      \
		.street = (s), .postcode = (p) \
	}
	static const struct one_field cases[] = {
		{AT("12 RUE DES LILAS", "56000"),
		 AT("12, R. DES LILAS", "56000"), STREET_SAME},
		{AT("12 RUE DES LILAS", "56000"),
		 AT("12 RUE DES LILAS", "22000"), STREET_ELSEWHERE},
		{AT("12 RUE DES LILAS", "56000"), AT("12 RUE LILLAS", "56000"),
		 STREET_NEAR},
		{AT("12 RUE DES LILAS", "56000"),
		 AT("RES MENHIR 12 RUE DES LILAS", "56000"), STREET_NEAR},
		{AT("12 RUE DES LILAS", "56000"), AT("14 RUE LILAS", "56000"),
		 STREET_HALF},
		{AT("12 RUE DES LILAS", "56000"), AT("3 RUE HAUTE", "56000"),
		 STREET_DIFFERENT},
		{AT("12 RUE DES LILAS", "56000"), AT(NULL, "56000"),
		 LEVELS_MISSING},
	};
	static const struct one_field moves[] = {
		{AT("12 RUE DES LILAS", "56000"), AT("3 RUE HAUTE", "56000"),
		 PLACE_SAME},
		{AT("12 RUE DES LILAS", "56000"), AT("3 RUE HAUTE", "22100"),
		 PLACE_DIFFERENT},
		{AT("12 RUE DES LILAS", "56000"),
		 AT("12 RUE DES LILAS", "56000"), LEVELS_MISSING},
	};
	static const struct one_field places[] = {
		{{.postcode = "56000"}, {.postcode = "56 000"}, PLACE_SAME},
		{{.postcode = "56120"}, {.postcode = "56210"}, PLACE_PARTLY},
		{{.postcode = "56120"}, {.postcode = "56130"}, PLACE_DIFFERENT},
		{{.city = "VANNES", .postcode = "56000"},
		 {.city = "VANES CEDEX"},
		 PLACE_SAME},
		{{.city = "VANNES", .postcode = "56000"},
		 {.city = "VANNES", .postcode = "56009"},
		 PLACE_PARTLY},
		{{.city = "VANNES"}, {.postcode = "56000"}, LEVELS_MISSING},
	};
#undef AT

	(void)state;
	check_field(LEVELS_STREET, cases, COUNT_OF(cases));
	check_field(LEVELS_MOVE, moves, COUNT_OF(moves));
	check_field(LEVELS_PLACE, places, COUNT_OF(places));
}

static void
addresses_are_near_only_where_a_slip_explains_it(void **state)
{
	static const struct one_field emails[] = {
		{{.email = "anne@a-exemple.fr"},
		 {.email = "Anne@a-exemple.fr"},
		 CODE_SAME},
		{{.email = "anne.lise@a-exemple.fr"},
		 {.email = "amne.lise@a-exemple.fr"},
		 CODE_NEAR},
		{{.email = "anne.lise@a-exemple.fr"},
		 {.email = "anne.lise@b.exemple.com"},
		 CODE_LOCAL},
		{{.email = "anne@a-exemple.fr"},
		 {.email = "luc.petit@a-exemple.fr"},
		 CODE_DIFFERENT},
		{{.email = "anne@a-exemple.fr"},
		 {.email = "anne@a-exmple.fr"},
		 CODE_NEAR},
		/* A number, or a letter of few, tells people apart. */
		{{.email = "anne.lise1@a-exemple.fr"},
		 {.email = "anne.lise2@a-exemple.fr"},
		 CODE_DIFFERENT},
		{{.email = "anne.lise@a-exemple.fr"},
		 {.email = "anne.lise7@a-exemple.fr"},
		 CODE_DIFFERENT},
		{{.email = "anne.lise71@a-exemple.fr"},
		 {.email = "anne.lsie71@a-exemple.fr"},
		 CODE_NEAR},
		{{.email = "anne@a-exemple.fr"},
		 {.email = "anna@a-exemple.fr"},
		 CODE_DIFFERENT},
		{{.email = "anne@a-exemple.fr"}, {.sex = 1}, LEVELS_MISSING},
	};

	(void)state;
	check_field(LEVELS_EMAIL, emails, COUNT_OF(emails));
}

static void
phones_and_other_numbers(void **state)
{
	static const struct one_field phones[] = {
		{{.phone = {33612345678}},
		 {.phone = {33612345678}},
		 PHONE_SAME},
		{{.phone = {33297000001, 33612345678}},
		 {.phone = {33612345678, 33700000001}},
		 PHONE_SAME},
		{{.phone = {33297000001, 33612345678}},
		 {.phone = {33297000001, 33612345678}},
		 PHONE_TWO},
		{{.phone = {33612345678}},
		 {.phone = {33612345687}},
		 PHONE_NEAR},
		{{.phone = {33612345678}},
		 {.phone = {33297000001}},
		 PHONE_DIFFERENT},
		{{.phone = {33612345678}}, {.sex = 1}, LEVELS_MISSING},
	};
	static const struct one_field moved[] = {
		{{.phone = {33612345678}, .street = "1 RUE HAUTE"},
		 {.phone = {33297000001}, .street = "88 QUAI BAS"},
		 PHONE_DIFFERENT},
		{{.phone = {33612345678}, .street = "1 RUE HAUTE"},
		 {.phone = {33297000001}, .street = "1 RUE HAUTE"},
		 LEVELS_MISSING},
	};
	static const struct one_field others[] = {
		{{.other = "NHS 123456"}, {.other = "NHS 123456"}, CODE_SAME},
		{{.other = "NHS 123456"}, {.other = "NHS 123465"}, CODE_NEAR},
		{{.other = "NHS 123456"}, {.other = "NHS 987"}, CODE_DIFFERENT},
		{{.other = "NHS 123456"}, {.sex = 1}, LEVELS_MISSING},
	};

	(void)state;
	check_field(LEVELS_PHONE, phones, COUNT_OF(phones));
	check_field(LEVELS_PHONE_MOVED, moved, COUNT_OF(moved));
	check_field(LEVELS_OTHER, others, COUNT_OF(others));
}

static void
sex_speaks_where_a_given_name_is_missing(void **state)
{
	static const struct one_field cases[] = {
		{{.sex = 1, .family = "MARTIN"}, {.sex = 1}, SEX_SAME},
		{{.sex = 1, .family = "MARTIN"}, {.sex = 2}, SEX_DIFFERENT},
		{{.sex = 1, .given = "LUC"},
		 {.sex = 2, .given = "LUC"},
		 LEVELS_MISSING},
		{{.sex = 1}, {.given = "LUC"}, LEVELS_MISSING},
	};

	(void)state;
	check_field(LEVELS_SEX, cases, COUNT_OF(cases));
}

static void
every_level_is_below_the_count_of_its_field(void **state)
{
	unsigned all = 0;

	(void)state;
	for (unsigned f = 0; f < LEVELS_FIELDS; f++) {
		const unsigned n = levels_count((enum levels_field)f);

		assert_in_range(n, 2, LEVELS_MAX);
		all += LEVELS_BITS;
	}
	/* Five more bits name the rule in model/sample.c. */
	assert_true(all <= 64 - 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(given_names),
		cmocka_unit_test(family_names_crosswise),
		cmocka_unit_test(birth_dates),
		cmocka_unit_test(nirs_and_whose_they_are),
		cmocka_unit_test(streets_and_where_they_are),
		cmocka_unit_test(
			addresses_are_near_only_where_a_slip_explains_it),
		cmocka_unit_test(phones_and_other_numbers),
		cmocka_unit_test(sex_speaks_where_a_given_name_is_missing),
		cmocka_unit_test(every_level_is_below_the_count_of_its_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
