#include "link/check.h"
#include "link/mix/mix.h"
#include "link/model/model.h"

#include <math.h>

/* What pairs are made from. */
struct truth {
	double same, house;       /* shares of the classes */
	double given[3], date[3]; /* P(equal) in same, house, chance */
	double phone[3], family[3];
};

static bool
toss(uint64_t *h, double p)
{
	*h = mix(*h);
	return (double)(*h >> 11) * 0x1p-53 < p;
}

static uint64_t
level_at(enum levels_field f, unsigned level)
{
	return (uint64_t)level << (LEVELS_BITS * (unsigned)f);
}

static uint64_t
make_pattern(const struct truth *t, uint64_t *h)
{
	uint64_t pattern = ~UINT64_C(0) >> (64 - LEVELS_BITS * LEVELS_FIELDS);
	const unsigned c = toss(h, t->same)                      ? 0
			   : toss(h, t->house / (1.0 - t->same)) ? 1
								 : 2;

	pattern &= ~(level_at(LEVELS_GIVEN, 15) | level_at(LEVELS_DATE, 15) |
		     level_at(LEVELS_PHONE, 15) | level_at(LEVELS_FAMILY, 15));
	pattern |=
		level_at(LEVELS_GIVEN,
			 toss(h, t->given[c]) ? GIVEN_SAME : GIVEN_DIFFERENT);
	pattern |= level_at(LEVELS_DATE,
			    toss(h, t->date[c]) ? DATE_SAME : DATE_DIFFERENT);
	pattern |=
		level_at(LEVELS_PHONE,
			 toss(h, t->phone[c]) ? PHONE_SAME : PHONE_DIFFERENT);
	pattern |= level_at(LEVELS_FAMILY, toss(h, t->family[c])
						   ? FAMILY_SAME
						   : FAMILY_DIFFERENT);
	return pattern;
}

/* A sample of ${n} pairs of ${t}, all under the rule that hides nothing. */
static struct model_sample
make_sample(struct room *room, const struct truth *t, size_t n)
{
	struct model_sample s = {.room = room, .n = n, .cap = n};
	uint64_t h = 1;

	s.entries = ROOM_ARRAY(room, n, struct model_entry);
	assert_non_null(s.entries);
	for (size_t i = 0; i < n; i++)
		s.entries[i] = (struct model_entry){
			.pattern = make_pattern(t, &h),
			.weight = 1.0,
			.rule = PAIRS_ALL,
		};
	return s;
}

static void
know_chance(struct model *m, const struct truth *t)
{
	memset(m, 0, sizeof(*m));
	for (unsigned f = 0; f < LEVELS_FIELDS; f++)
		for (unsigned k = 0; k < levels_count((enum levels_field)f);
		     k++)
			m->chance.p[f][k] = 1e-6;
	m->chance.p[LEVELS_GIVEN][GIVEN_SAME] = t->given[2];
	m->chance.p[LEVELS_GIVEN][GIVEN_DIFFERENT] = 1.0 - t->given[2];
	m->chance.p[LEVELS_DATE][DATE_SAME] = t->date[2];
	m->chance.p[LEVELS_DATE][DATE_DIFFERENT] = 1.0 - t->date[2];
	m->chance.p[LEVELS_PHONE][PHONE_SAME] = t->phone[2];
	m->chance.p[LEVELS_PHONE][PHONE_DIFFERENT] = 1.0 - t->phone[2];
	m->chance.p[LEVELS_FAMILY][FAMILY_SAME] = t->family[2];
	m->chance.p[LEVELS_FAMILY][FAMILY_DIFFERENT] = 1.0 - t->family[2];
}

static void
assert_near(double got, double want, double by)
{
	if (fabs(got - want) > by)
		print_error("%f is not %f\n", got, want);
	assert_true(fabs(got - want) <= by);
}

static const struct truth HOUSEHOLDS = {
	.same = 0.3,
	.house = 0.4,
	.given = {0.95, 0.01, 0.005},
	.date = {0.97, 0.01, 0.0001},
	.phone = {0.8, 0.4, 0.0001},
	.family = {0.9, 0.8, 0.001},
};

static void
three_classes_are_found_again(void **state)
{
	const struct truth *t = &HOUSEHOLDS;
	struct room room;
	struct model m;

	(void)state;
	room_init(&room, 0);
	struct model_sample s = make_sample(&room, t, 60000);
	know_chance(&m, t);
	model_learn(&m, &s, true, false);
	assert_near(m.rule_same[PAIRS_ALL], t->same, 0.01);
	assert_near(m.rule_house[PAIRS_ALL], t->house, 0.01);
	assert_near(m.same.p[LEVELS_GIVEN][GIVEN_SAME], t->given[0], 0.01);
	assert_near(m.same.p[LEVELS_DATE][DATE_SAME], t->date[0], 0.01);
	assert_near(m.same.p[LEVELS_PHONE][PHONE_SAME], t->phone[0], 0.02);
	assert_near(m.house.p[LEVELS_PHONE][PHONE_SAME], t->phone[1], 0.02);
	assert_near(m.house.p[LEVELS_FAMILY][FAMILY_SAME], t->family[1], 0.02);
	assert_near(m.house.p[LEVELS_GIVEN][GIVEN_SAME], t->given[1], 0.01);
	assert_near(m.house.p[LEVELS_DATE][DATE_SAME], t->date[1], 0.01);
	model_sample_done(&s);
	assert_int_equal(room.used, 0);
}

static void
without_the_class_of_households_relatives_pass_for_one_person(void **state)
{
	struct room room;
	struct model m;

	(void)state;
	room_init(&room, 0);
	struct model_sample s = make_sample(&room, &HOUSEHOLDS, 60000);
	know_chance(&m, &HOUSEHOLDS);
	model_learn(&m, &s, false, false);
	assert_true(m.rule_same[PAIRS_ALL] >
		    HOUSEHOLDS.same + HOUSEHOLDS.house / 2);
	model_sample_done(&s);
}

static void
where_there_are_no_households_none_are_found(void **state)
{
	static const struct truth alone = {
		.same = 0.4,
		.house = 0.0,
		.given = {0.9, 0.0, 0.005},
		.date = {0.92, 0.0, 0.0001},
		.phone = {0.8, 0.0, 0.0001},
		.family = {0.9, 0.0, 0.001},
	};
	struct room room;
	struct model m;

	(void)state;
	room_init(&room, 0);
	struct model_sample s = make_sample(&room, &alone, 40000);
	know_chance(&m, &alone);
	model_learn(&m, &s, true, false);
	assert_near(m.rule_same[PAIRS_ALL], alone.same, 0.01);
	assert_true(m.rule_house[PAIRS_ALL] < 0.02);
	/* What little there is is not taken from the copies. */
	assert_near(m.same.p[LEVELS_DATE][DATE_SAME], alone.date[0], 0.02);
	model_sample_done(&s);
}

static void
where_nobody_comes_twice_relatives_are_not_taken_for_one(void **state)
{
	static const struct truth once = {
		.same = 0.0,
		.house = 0.5,
		.given = {0.9, 0.01, 0.005},
		.date = {0.9, 0.01, 0.0001},
		.phone = {0.8, 0.5, 0.0001},
		.family = {0.9, 0.8, 0.001},
	};
	struct room room;
	struct model m;

	(void)state;
	room_init(&room, 0);
	struct model_sample s = make_sample(&room, &once, 40000);
	know_chance(&m, &once);
	model_learn(&m, &s, true, false);
	assert_true(m.rule_same[PAIRS_ALL] < 0.02);
	assert_near(m.rule_house[PAIRS_ALL], once.house, 0.02);
	model_sample_done(&s);
}

static void
priors_agree_with_what_they_imply(void **state)
{
	enum { N = 1000, UNITS = 20000 };
	static struct model_score scores[N];
	struct room room;
	struct model m = {.households = true};
	double same = 0.0;

	(void)state;
	for (size_t i = 0; i < N; i++)
		scores[i] = (struct model_score){i < 300 ? 40.0F : -20.0F,
						 i < 700 ? 25.0F : -20.0F};
	room_init(&room, 0);
	assert_int_equal(model_priors(&m, scores, N, UNITS, &room), RC_OK);
	for (size_t i = 0; i < N; i++)
		same += 1.0 /
			(1.0 + exp2(-(double)model_weight(&m, scores[i])));
	const double all = (double)UNITS * (UNITS - 1) / 2;
	assert_near(m.prior_same * all, 300.5, 2.0);
	/* Some of the other pairs may be relatives too: slow to settle. */
	assert_near(m.prior_house * all, 400.5, 8.0);
	assert_near(same, 300.0, 1.0);
	assert_int_equal(room.used, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_classes_are_found_again),
		cmocka_unit_test(
			without_the_class_of_households_relatives_pass_for_one_person),
		cmocka_unit_test(where_there_are_no_households_none_are_found),
		cmocka_unit_test(
			where_nobody_comes_twice_relatives_are_not_taken_for_one),
		cmocka_unit_test(priors_agree_with_what_they_imply),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
