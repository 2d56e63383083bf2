#include "link/distance/distance.h"
#include "link/mix/mix.h"
#include "link/model/model.h"
#include "link/model/typical.h"

#include <string.h>

enum {
	NEIGHBOURS = 7,   /* how far apart two units of one birth date may be */
	AHEAD_UNIT = 12,  /* draws between asking for the units, */
	AHEAD_VALUES = 6, /* for what they refer to, and comparing them */
};

static const double TYPICAL_DRAWS = 2.0; /* weight of what is typical */
static const double BORN_NEAR = 0.5;     /* the same for NIRs of one day */
static const double BORN_ALL = 500.0;
static const double LEAST = 1e-9;

/* What a thread counts: whole numbers, so their sums are exact. */
struct tally {
	struct model_class levels;
	double near; /* NIRs of people born on one day that are near */
	double born; /* of so many */
};

struct drawer {
	const struct levels *levels;
	const struct freq *freq;
	uint64_t n;
	struct tally tally[TEAM_MAX];
};

static bool
is_one_person(const struct freq *f, uint64_t a, uint64_t b)
{
	return f->group != NULL && f->group[a] == f->group[b];
}

/* The two units of draw ${k}. */
static void
choose(const struct drawer *d, uint64_t k, uint64_t *a, uint64_t *b)
{
	const uint64_t h = mix(k + 1);

	*a = mix_below(mix(h ^ 1), d->levels->units->n);
	*b = mix_below(mix(h ^ 2), d->levels->units->n);
}

/* Memory of the draws after ${k}, ${step} apart, is on its way. */
static void
expect_draws(const struct drawer *d, uint64_t k, uint64_t step)
{
	const struct unit *units = d->levels->units->units;
	uint64_t a;
	uint64_t b;

	choose(d, k + AHEAD_UNIT * step, &a, &b);
	__builtin_prefetch(&units[a]);
	__builtin_prefetch(&units[b]);
	choose(d, k + AHEAD_VALUES * step, &a, &b);
	levels_expect(d->levels, &units[a]);
	levels_expect(d->levels, &units[b]);
}

/* Any two units. */
static void
draw(const struct drawer *d, uint64_t k, struct tally *t)
{
	const struct units *u = d->levels->units;
	uint64_t a;
	uint64_t b;

	choose(d, k, &a, &b);
	if (a == b || !u->units[a].names || !u->units[b].names ||
	    is_one_person(d->freq, a, b))
		return;
	const uint64_t pattern =
		levels_compare(d->levels, NULL, &u->units[a], &u->units[b]);
	for (unsigned f = 0; f < LEVELS_FIELDS; f++) {
		const unsigned level = levels_of(pattern, (enum levels_field)f);

		if (level != LEVELS_MISSING)
			t->levels.p[f][level] += 1.0;
	}
}

/* Two units born on one day, for what that alone makes of their NIRs. Units
 * stand by birth date, so a neighbour will do. */
static void
draw_born(const struct drawer *d, uint64_t k, struct tally *t)
{
	const struct units *u = d->levels->units;
	const uint64_t a = mix_below(mix(mix(k + 1) ^ 3), u->n);
	const uint64_t b = a + 1 + k % NEIGHBOURS;

	if (b >= u->n)
		return;
	const struct unit *x = &u->units[a];
	const struct unit *y = &u->units[b];
	if (x->date == 0 || x->date != y->date || !x->names || !y->names ||
	    x->nir == 0 || y->nir == 0 || x->nir == y->nir ||
	    is_one_person(d->freq, a, b))
		return;
	t->born += 1.0;
	t->near += distance_digits(
			   values_number(u->sets[UNITS_NIRS], x->nir),
			   values_number(u->sets[UNITS_NIRS], y->nir)) <= 2;
}

static void
draw_part(void *arg, unsigned part, unsigned parts)
{
	struct drawer *d = arg;
	struct tally t;

	memset(&t, 0, sizeof(t));
	for (uint64_t k = part; k < d->n; k += parts) {
		expect_draws(d, k, parts);
		draw(d, k, &t);
		draw_born(d, k, &t);
	}
	d->tally[part] = t;
}

static void
add_tally(struct tally *sum, const struct tally *t)
{
	for (unsigned f = 0; f < LEVELS_FIELDS; f++)
		for (unsigned k = 0; k < LEVELS_MAX; k++)
			sum->levels.p[f][k] += t->levels.p[f][k];
	sum->near += t->near;
	sum->born += t->born;
}

static void
set_field(double *p, const double *count, const double *typical, unsigned n)
{
	double all = TYPICAL_DRAWS;

	for (unsigned k = 0; k < n; k++)
		all += count[k];
	for (unsigned k = 0; k < n; k++) {
		p[k] = (count[k] + TYPICAL_DRAWS * typical[k]) / all;
		p[k] = p[k] < LEAST ? LEAST : p[k];
	}
}

enum rc
model_chance(struct model *m, const struct levels *l, const struct freq *f,
	     struct team *team)
{
	const double n = (double)l->units->n;
	const double all = n * (n - 1.0);
	struct room *room = l->units->room;
	struct drawer *d = ROOM_ARRAY(room, 1, struct drawer);
	struct tally sum;

	if (d == NULL)
		return RC_LIMIT;
	d->levels = l;
	d->freq = f;
	d->n = all < MODEL_RANDOM_PAIRS ? (uint64_t)all : MODEL_RANDOM_PAIRS;
	team_run(team, draw_part, d);
	memset(&sum, 0, sizeof(sum));
	for (size_t i = 0; i < team_size(team); i++)
		add_tally(&sum, &d->tally[i]);
	for (unsigned k = 0; k < LEVELS_FIELDS; k++)
		set_field(m->chance.p[k], sum.levels.p[k], TYPICAL_CHANCE.p[k],
			  levels_count((enum levels_field)k));
	m->chance.p[LEVELS_NIR][NIR_NEAR_BORN] =
		(sum.near + BORN_NEAR) / (sum.born + BORN_ALL);
	room_give(room, d, 1, sizeof(*d));
	return RC_OK;
}

void
model_equal(struct model *m, const struct freq *f)
{
	const struct freq_counts *c = f->field;
	const double street = c[FREQ_STREET].chance;
	const double place = c[FREQ_POSTCODE].holders > 0
				     ? c[FREQ_POSTCODE].chance
				     : c[FREQ_CITY].chance;

	m->chance.p[LEVELS_GIVEN][GIVEN_SAME] = c[FREQ_GIVEN].chance;
	m->chance.p[LEVELS_FAMILY][FAMILY_SAME] = c[FREQ_FAMILY].chance;
	m->chance.p[LEVELS_FAMILY][FAMILY_BOTH] =
		c[FREQ_FAMILY].chance * c[FREQ_FAMILY].chance;
	m->chance.p[LEVELS_DATE][DATE_SAME] = c[FREQ_DATE].chance;
	m->chance.p[LEVELS_PHONE][PHONE_SAME] = c[FREQ_PHONE].chance;
	m->chance.p[LEVELS_PHONE_MOVED][PHONE_SAME] = c[FREQ_PHONE].chance;
	m->chance.p[LEVELS_EMAIL][CODE_SAME] = c[FREQ_EMAIL].chance;
	m->chance.p[LEVELS_OTHER][CODE_SAME] = c[FREQ_OTHER].chance;
	m->chance.p[LEVELS_STREET][STREET_SAME] = street * place;
	m->chance.p[LEVELS_STREET][STREET_ELSEWHERE] = street;
	for (unsigned k = NIR_SAME_OWN; k <= NIR_SAME_MIXED; k++)
		m->chance.p[LEVELS_NIR][k] = c[FREQ_NIR].chance / 4;
}
