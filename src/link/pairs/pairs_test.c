#include "link/check.h"
#include "link/mix/mix.h"
#include "link/pairs/pairs.h"

#include <stdio.h>

/* All pairs of ${u} at once, and what the rules did. */
static enum rc
find_and_sum(const struct units *u, struct team *team, struct pairs *ret_pairs,
	     struct pairs_summary *ret_summary)
{
	struct pairs_finder *f = NULL;

	assert_int_equal(pairs_finder_new(u, team, &f), RC_OK);
	const enum rc rc = pairs_find(f, 0, u->n, ret_pairs);
	*ret_summary = pairs_summary(f);
	pairs_finder_free(f);
	return rc;
}

static enum rc
find_all(const struct units *u, struct team *team, struct pairs *ret_pairs)
{
	struct pairs_summary summary;

	return find_and_sum(u, team, ret_pairs, &summary);
}

/* The rules that find the pair of ${a} and ${b}; 0: none does. */
static uint32_t
rules_of(const struct pairs *p, uint32_t a, uint32_t b)
{
	const uint64_t key =
		a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;

	for (size_t i = 0; i < p->n; i++)
		if (p->pair[i] == key)
			return p->rules[i];
	return 0;
}

static uint32_t
rules_for(const struct check_row *a, const struct check_row *b)
{
	const struct check_row rows[2] = {*a, *b};
	const struct mention_block block = check_block(rows, 2);
	struct room room;
	struct units u;
	struct pairs p;

	room_init(&room, 0);
	assert_int_equal(check_load(&block, NULL, &room, &u), RC_OK);
	assert_int_equal(find_all(&u, NULL, &p), RC_OK);
	const uint32_t rules = rules_of(&p, u.of_mention[0], u.of_mention[1]);
	pairs_done(&p);
	units_done(&u);
	check_unview(&block);
	assert_int_equal(room.used, 0);
	return rules;
}

static void
each_rule_finds_what_it_is_for(void **state)
{
	static const struct {
		struct check_row a, b;
		enum pairs_rule rule;
	} cases[] = {
		{{.nir = 1801222278001},
		 {.nir = 1801222278001, .sex = 1},
		 PAIRS_NIR},
		{{.phone = {1, 33612345678}},
		 {.phone = {33612345678}},
		 PAIRS_PHONE},
		{{.email = "a@b-exemple.fr"},
		 {.email = "A@b-exemple.fr", .sex = 1},
		 PAIRS_EMAIL},
		{{.other = "NHS 1"}, {.other = "NHS 1", .sex = 1}, PAIRS_OTHER},
		{{.date = 19800102, .given = "ANNE"},
		 {.date = 19800102, .given = "ANABEL"},
		 PAIRS_DATE_GIVEN},
		{{.date = 19800102, .family = "DURAND", .birth = "MARTIN"},
		 {.date = 19800102, .family = "MARTINET"},
		 PAIRS_DATE_FAMILY},
		{{.family = "PHILIPPE", .given = "ANNE", .postcode = "56000"},
		 {.family = "ANNE", .given = "FILIPPE", .postcode = "56000"},
		 PAIRS_SOUNDS_PLACE},
		{{.family = "MARTIN", .given = "ANNE", .date = 19800102},
		 {.family = "MARTAIN", .given = "ANE", .date = 19801213},
		 PAIRS_SOUNDS_YEAR},
		{{.family = "BEAULAC", .given = "ANNE"},
		 {.family = "BAULAC", .given = "ANNE LISE"},
		 PAIRS_SOUND_GIVEN},
		{{.family = "MARTIN", .street = "1 RUE HAUTE"},
		 {.family = "MARTEAU", .street = "1, R. HAUTE"},
		 PAIRS_FAMILY_STREET},
		{{.given = "ANNE", .street = "1 RUE HAUTE", .date = 19800101},
		 {.given = "ANNELISE", .street = "1 R HAUTE", .date = 19700101},
		 PAIRS_GIVEN_STREET},
		{{.date = 19800102, .postcode = "56000"},
		 {.date = 19800102, .postcode = "56000", .sex = 1},
		 PAIRS_DATE_PLACE},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_true(
			(rules_for(&cases[i].a, &cases[i].b) >> cases[i].rule &
			 1U) != 0);
}

static void
nobody_is_paired_with_nobody(void **state)
{
	static const struct check_row nobody = {.family = "MARTIN", .sex = 1};
	static const struct check_row other = {.family = "MARTIN", .sex = 2};

	(void)state;
	assert_int_equal(rules_for(&nobody, &other), 0);
}

static struct units
load_many(struct room *room, struct check_row *rows, size_t n)
{
	const struct mention_block block = check_block(rows, n);
	struct units u;

	assert_int_equal(check_load(&block, NULL, room, &u), RC_OK);
	check_unview(&block);
	return u;
}

static void
large_blocks_are_split_and_none_is_lost_in_silence(void **state)
{
	enum { N = 3000 };
	static struct check_row rows[N];
	static char streets[N][24];
	struct room room;
	struct pairs p;

	(void)state;
	/* One e-mail for all, below what counts as filler: four dates, so the
	 * block splits into parts that are still too large. */
	for (size_t i = 0; i < N; i++) {
		(void)snprintf(streets[i], sizeof(streets[i]), "%zu RUE HAUTE",
			       i);
		rows[i] = (struct check_row){
			.given = "ANNE",
			.family = "MARTIN",
			.date = (uint32_t)(19800101 + i % 4),
			.street = streets[i],
			.postcode = "56000",
		};
	}
	room_init(&room, 0);
	struct units u = load_many(&room, rows, N);
	assert_int_equal(u.n, N);
	struct pairs_summary summary;
	assert_int_equal(find_and_sum(&u, NULL, &p, &summary), RC_OK);
	assert_true(summary.split > 0);
	assert_true(summary.found >= p.n);
	assert_true(p.n > 0);
	for (size_t i = 0; i < p.n; i++) {
		assert_true(pairs_first(&p, i) < pairs_second(&p, i));
		assert_true(pairs_second(&p, i) < u.n);
		assert_true(p.rules[i] != 0);
		assert_true(i == 0 || p.pair[i - 1] < p.pair[i]);
	}
	pairs_done(&p);
	units_done(&u);
	assert_int_equal(room.used, 0);
}

static void
the_pairs_are_the_same_with_any_number_of_threads(void **state)
{
	enum { N = 4000 };
	static struct check_row rows[N];
	static char names[N][16];
	struct room room;
	struct pairs one;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "%c%c%c",
			       (int)('A' + mix(i) % 26),
			       (int)('A' + mix(i + N) % 26),
			       (int)('A' + i % 5));
		rows[i] = (struct check_row){
			.given = names[mix(i) % N],
			.family = names[i],
			.date = (uint32_t)(19500101 + mix(i) % 300 * 10000 / 4 *
							      10000 % 700000),
			.phone = {33600000000 + mix(i) % 1500},
		};
	}
	room_init(&room, 0);
	struct units u = load_many(&room, rows, N);
	assert_int_equal(find_all(&u, NULL, &one), RC_OK);
	for (unsigned threads = 2; threads <= 4; threads++) {
		struct team *team = team_new(threads);
		struct pairs many;

		assert_non_null(team);
		assert_int_equal(find_all(&u, team, &many), RC_OK);
		assert_int_equal(one.n, many.n);
		assert_memory_equal(one.pair, many.pair,
				    one.n * sizeof(*one.pair));
		assert_memory_equal(one.rules, many.rules,
				    one.n * sizeof(*one.rules));
		pairs_done(&many);
		team_free(team);
	}
	pairs_done(&one);
	units_done(&u);
	assert_int_equal(room.used, 0);
}

/* Stretch by stretch, in the order of units, the same pairs come out. */
static void
stretches_make_the_pairs_of_the_whole(void **state)
{
	enum { N = 2000, STEPS = 7 };
	static struct check_row rows[N];
	static char names[N][16];
	struct pairs_finder *f = NULL;
	struct room room;
	struct pairs all;
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "%c%c%zu",
			       (int)('A' + mix(i) % 26), (int)('A' + i % 5),
			       i % 40);
		rows[i] = (struct check_row){
			.given = names[mix(i) % N],
			.family = names[i],
			.email = i % 3 == 0 ? "a@b-exemple.fr" : NULL,
			.phone = {33600000000 + mix(i) % 700,
				  33700000000 + mix(i) % 500},
		};
	}
	room_init(&room, 0);
	struct units u = load_many(&room, rows, N);
	assert_int_equal(find_all(&u, NULL, &all), RC_OK);
	assert_int_equal(pairs_finder_new(&u, NULL, &f), RC_OK);
	for (size_t k = 0; k < STEPS; k++) {
		struct pairs p;

		assert_int_equal(pairs_find(f, u.n * k / STEPS,
					    u.n * (k + 1) / STEPS, &p),
				 RC_OK);
		assert_true(p.n <= all.n - at);
		assert_memory_equal(p.pair, all.pair + at,
				    p.n * sizeof(*p.pair));
		assert_memory_equal(p.rules, all.rules + at,
				    p.n * sizeof(*p.rules));
		at += p.n;
		pairs_done(&p);
	}
	assert_int_equal(at, all.n);
	pairs_finder_free(f);
	pairs_done(&all);
	units_done(&u);
	assert_int_equal(room.used, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_finds_what_it_is_for),
		cmocka_unit_test(nobody_is_paired_with_nobody),
		cmocka_unit_test(
			large_blocks_are_split_and_none_is_lost_in_silence),
		cmocka_unit_test(
			the_pairs_are_the_same_with_any_number_of_threads),
		cmocka_unit_test(stretches_make_the_pairs_of_the_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
