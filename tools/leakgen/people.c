/* leakgen: people by the block, and when they come. */
#include "people.h"

#include "household.h"

#include <stdlib.h>

enum {
	CAPACITY = PEOPLE_BLOCK + PEOPLE_UNIT_MAX,
	VISITS_CAPACITY = CAPACITY * 8,
	/* Streams of the seed; a block's are above all of them. */
	STREAM_DOCTORS = 1,
	STREAM_BLOCKS = 1000
};

const struct preset people_presets[] = {
	{"default", "households, care homes, movers, the usual noise", 3500,
	 4000, 3000, 0, 300, 200, 2400, 9400, 100, 100},
	{"none", "no households, no shared contact points", 0, 0, 0, 0, 0, 0,
	 2400, 9400, 100, 0},
	{"insured", "40 % of family members under a relative's NIR", 3500, 4000,
	 3000, 4000, 300, 200, 2400, 9400, 100, 100},
	{"hard", "60 % in families, noise doubled, NIR in 20 % of rows", 6000,
	 4000, 3000, 0, 300, 200, 2400, 2000, 200, 100},
	{"twins", "a third of later births are twins", 5000, 4000, 3000, 0,
	 3300, 200, 2400, 9400, 100, 100},
	{"carehomes", "40 % of people live in care homes", 2500, 4000, 3000, 0,
	 300, 4000, 2400, 9400, 100, 100},
	{"movers", "nearly everybody with several visits moves", 3500, 4000,
	 3000, 0, 300, 200, 9500, 9400, 100, 100},
	{"nonir", "no NIR at all", 3500, 4000, 3000, 0, 300, 200, 2400, 0, 100,
	 100},
	{.name = NULL},
};

uint32_t
people_age(const struct person *p, struct date day)
{
	const uint32_t years = day.year > p->born.year
				       ? (uint32_t)(day.year - p->born.year)
				       : 0;
	const bool later =
		day.month < p->born.month ||
		(day.month == p->born.month && day.day < p->born.day);

	return years > 0 && later ? years - 1 : years;
}

/* How often somebody came; 1.63 times on average. */
static uint32_t
visit_count(struct rng *r)
{
	const uint32_t at = rng_below(r, 10000);

	if (at < 7130)
		return 1;
	if (at < 8780)
		return 2;
	if (at < 9400)
		return 3;
	if (at < 9695)
		return 4;
	if (at < 9952)
		return rng_between(r, 5, 9);
	if (at < 9994)
		return rng_between(r, 10, 25);
	return rng_between(r, 26, PEOPLE_VISITS_MAX);
}

static void
add_visit(struct maker *m, struct rng *r, uint32_t who, uint32_t first_day)
{
	const struct person *p = &m->block.people[who];
	struct visit *v = &m->block.visits[m->block.visits_n++];
	const uint32_t last = DATES_LAST - DATES_FIRST;

	*v = (struct visit){.seed = rng_next(r), .person = who, .lab = p->lab};
	v->serial = ++m->made_rows;
	v->day = (uint16_t)rng_between(r, first_day, last);
	/* Nobody comes on a Sunday; 1970-01-04 was one. */
	if ((DATES_FIRST + v->day) % 7 == 3)
		v->day = (uint16_t)(v->day == last ? v->day - 1 : v->day + 1);
	v->minute = (uint16_t)(7 * 60 + rng_skewed(r, 11 * 60));
	if (rng_chance(r, 400))
		v->lab = (uint8_t)places_lab(&m->places, r);
}

/* Visits of everybody from ${first} on; who is past the rows asked for has
 * none and is forgotten. */
static void
add_visits(struct maker *m, struct rng *r, uint32_t first)
{
	struct block *b = &m->block;
	const uint32_t last_day = DATES_LAST - DATES_FIRST;

	for (uint32_t i = first; i < b->people_n; i++) {
		const struct person *p = &b->people[i];
		uint32_t n = visit_count(r);
		uint32_t first_day = 0;
		if (p->born.year >= 2015)
			first_day = dates_january(p->born.year) +
				    (p->born.month) * 31U - DATES_FIRST;
		if (first_day > last_day)
			first_day = last_day;
		const uint64_t left = m->max_rows == 0
					      ? UINT64_MAX
					      : m->max_rows - m->made_rows;
		if (left == 0) {
			m->made_people -= b->people_n - i;
			b->people_n = i;
			return;
		}
		if (n > left)
			n = (uint32_t)left;
		for (; n > 0; n--)
			add_visit(m, r, i, first_day);
	}
}

/* One address, who lives there, and their visits. */
static void
add_unit(struct maker *m, struct rng *r)
{
	const uint32_t first = m->block.people_n;

	household_add(m, r);
	if (m->max_people != 0 && m->made_people > m->max_people) {
		m->block.people_n -= (uint32_t)(m->made_people - m->max_people);
		m->made_people = m->max_people;
	}
	add_visits(m, r, first);
}

static int
by_lab_and_time(const void *a, const void *b)
{
	const struct visit *x = a;
	const struct visit *y = b;

	if (x->lab != y->lab)
		return x->lab < y->lab ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->minute != y->minute)
		return x->minute < y->minute ? -1 : 1;
	return x->serial < y->serial ? -1 : x->serial > y->serial;
}

static bool
all_made(const struct maker *m)
{
	return (m->max_people != 0 && m->made_people >= m->max_people) ||
	       (m->max_rows != 0 && m->made_rows >= m->max_rows);
}

bool
people_next(struct maker *m)
{
	struct block *b = &m->block;

	if (all_made(m))
		return false;
	b->people_n = 0;
	b->homes_n = 0;
	b->parents_n = 0;
	b->visits_n = 0;
	struct rng r = rng_for(m->seed, STREAM_BLOCKS + m->blocks++);
	while (b->people_n < PEOPLE_BLOCK && !all_made(m) &&
	       b->visits_n + PEOPLE_UNIT_MAX * PEOPLE_VISITS_MAX <
		       VISITS_CAPACITY)
		add_unit(m, &r);
	qsort(b->visits, b->visits_n, sizeof(*b->visits), by_lab_and_time);
	return true;
}

/* Doctors practise where the laboratories' patients live, and one in
 * fourteen somewhere else. */
static void
fill_doctors(struct maker *m)
{
	static const uint16_t share[PLACES_DEPARTMENTS + 1] = {
		380, 1260, 380, 220, 1360, 2050, 350};
	struct rng r = rng_for(m->seed, STREAM_DOCTORS);
	uint32_t n = 0;

	for (uint32_t d = 0; d <= PLACES_DEPARTMENTS; d++) {
		m->doctors_first[d] = n;
		for (uint32_t i = 0; i < share[d]; i++, n++) {
			struct doctor *doctor = &m->doctors[n];
			const bool woman = rng_chance(&r, 4500);
			doctor->family =
				names_family(&m->names, &r, NAMES_FRENCH);
			doctor->given = names_given(&m->names, &r, woman,
						    rng_between(&r, 1948, 1989),
						    NAMES_FRENCH);
			ids_rpps(n, doctor->rpps);
			doctor->town = places_town(&m->places, &r, d);
		}
	}
	m->doctors_first[PLACES_DEPARTMENTS + 1] = n;
}

bool
people_init(struct maker *m, const struct preset *preset, uint64_t seed)
{
	struct block *b = &m->block;

	*m = (struct maker){.preset = preset, .seed = seed};
	text_forms_init(&m->forms);
	places_init(&m->places);
	m->doctors = calloc(PEOPLE_DOCTORS, sizeof(*m->doctors));
	b->people = calloc(CAPACITY, sizeof(*b->people));
	b->homes = calloc((size_t)CAPACITY * 3, sizeof(*b->homes));
	b->parents = calloc(CAPACITY, sizeof(*b->parents));
	b->visits = calloc(VISITS_CAPACITY, sizeof(*b->visits));
	const bool ok = names_init(&m->names) && ids_init(&m->ids) &&
			m->doctors != NULL && b->people != NULL &&
			b->homes != NULL && b->parents != NULL &&
			b->visits != NULL;
	if (ok)
		fill_doctors(m);
	return ok;
}

void
people_done(struct maker *m)
{
	names_done(&m->names);
	ids_done(&m->ids);
	free(m->doctors);
	free(m->block.people);
	free(m->block.homes);
	free(m->block.parents);
	free(m->block.visits);
}
