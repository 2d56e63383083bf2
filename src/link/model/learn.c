#include "link/model/model.h"
#include "link/model/typical.h"

#include <math.h>
#include <string.h>

/* Weight of what is typical, in pairs. */
static const double TYPICAL_PAIRS = 8.0;
/* Of the pairs of a household, so many at most are twins, or bear the same
 * name. More would not be a household but copies of one person. */
static const double MOST_SAME = 0.06;
static const double TYPICAL_SHARE = 0.015;
/* Of the pairs of one person, so many at most have another date or name, where
 * there are households; where there are none, only damage makes them differ. */
static const double MOST_OTHER_DATES = 0.10;
static const double MOST_OTHER_NAMES = 0.20;
static const double MOST_DAMAGED = 0.50;
/* A probability is never less. */
static const double LEAST = 1e-9;

/* Expected counts of one round. */
struct counts {
	struct model_class same;
	struct model_class house;
	double rule_same[PAIRS_RULES];
	double rule_house[PAIRS_RULES];
	double rule_all[PAIRS_RULES];
};

enum { COLUMNS = 1 << LEVELS_BITS };

/* Probabilities by field and level, 1 where a field is missing, so that a
 * likelihood is a product without questions; or counts in the same layout. */
struct columns {
	double p[LEVELS_FIELDS][COLUMNS];
};

static void
fill_columns(const struct model_class *c, struct columns *out)
{
	for (unsigned f = 0; f < LEVELS_FIELDS; f++)
		for (unsigned k = 0; k < COLUMNS; k++)
			out->p[f][k] = k < LEVELS_MAX ? c->p[f][k] : 1.0;
}

static double
likelihood(const struct columns *c, uint64_t pattern)
{
	double p = 1.0;

	for (unsigned f = 0; f < LEVELS_FIELDS; f++)
		p *= c->p[f][levels_of(pattern, (enum levels_field)f)];
	return p;
}

static void
add_levels(struct columns *c, uint64_t pattern, double weight)
{
	for (unsigned f = 0; f < LEVELS_FIELDS; f++)
		c->p[f][levels_of(pattern, (enum levels_field)f)] += weight;
}

static void
take_counts(const struct columns *c, struct model_class *out)
{
	for (unsigned f = 0; f < LEVELS_FIELDS; f++)
		memcpy(out->p[f], c->p[f], sizeof(out->p[f]));
}

static void
expect(const struct model *m, const struct model_sample *s, struct counts *c)
{
	struct columns same;
	struct columns house;
	struct columns in_same;
	struct columns in_house;

	memset(c, 0, sizeof(*c));
	memset(&in_same, 0, sizeof(in_same));
	memset(&in_house, 0, sizeof(in_house));
	fill_columns(&m->same, &same);
	fill_columns(&m->house, &house);
	for (size_t i = 0; i < s->n; i++) {
		const struct model_entry *e = &s->entries[i];
		const double ls = m->rule_same[e->rule];
		const double lh = m->households ? m->rule_house[e->rule] : 0.0;
		const double ps = ls * likelihood(&same, e->pattern);
		const double ph =
			lh == 0.0 ? 0.0 : lh * likelihood(&house, e->pattern);
		const double all = ps + ph + (1.0 - ls - lh) * e->chance;
		const double zs = all > 0.0 ? e->weight * ps / all : 0.0;
		const double zh = all > 0.0 ? e->weight * ph / all : 0.0;

		add_levels(&in_same, e->pattern, zs);
		if (zh > 0.0)
			add_levels(&in_house, e->pattern, zh);
		c->rule_same[e->rule] += zs;
		c->rule_house[e->rule] += zh;
		c->rule_all[e->rule] += e->weight;
	}
	take_counts(&in_same, &c->same);
	take_counts(&in_house, &c->house);
}

/* Probabilities from counts and what is typical. */
static void
set_field(double *p, const double *count, const double *typical, unsigned n,
	  double strength)
{
	double all = strength;

	for (unsigned k = 0; k < n; k++)
		all += count[k];
	for (unsigned k = 0; k < n; k++) {
		p[k] = (count[k] + strength * typical[k]) / all;
		if (p[k] < LEAST)
			p[k] = LEAST;
	}
}

/* Fields in which the people of one household differ like anybody, but for
 * twins, and sons named after their fathers. */
static const enum levels_field OWN_FIELDS[] = {LEVELS_DATE, LEVELS_GIVEN,
					       LEVELS_OTHER};

/* In those fields the class of households is a mixture of its own: a share has
 * the same value, written as well or badly as one person's; the others have
 * what chance gives them. Only the share is learnt. That keeps the class from
 * taking in damaged copies of one person, whose values are near each other. */
static void
set_own_field(struct model *m, enum levels_field f, double share)
{
	for (unsigned k = 0; k < levels_count(f); k++)
		m->house.p[f][k] = share * m->same.p[f][k] +
				   (1.0 - share) * m->chance.p[f][k];
}

static double
learn_share(const struct model *m, const struct counts *c, enum levels_field f,
	    double share)
{
	double all = TYPICAL_PAIRS;
	double same = TYPICAL_PAIRS * TYPICAL_SHARE;

	for (unsigned k = 0; k < levels_count(f); k++) {
		const double n = c->house.p[f][k];
		const double p = share * m->same.p[f][k];
		const double q = (1.0 - share) * m->chance.p[f][k];

		all += n;
		same += n * p / (p + q);
	}
	return same / all < MOST_SAME ? same / all : MOST_SAME;
}

static void
maximise_house(struct model *m, const struct counts *c)
{
	for (unsigned f = 0; f < LEVELS_FIELDS; f++)
		set_field(m->house.p[f], c->house.p[f], TYPICAL_HOUSE.p[f],
			  levels_count((enum levels_field)f), TYPICAL_PAIRS);
	for (size_t i = 0; i < COUNT_OF(OWN_FIELDS); i++) {
		const enum levels_field f = OWN_FIELDS[i];

		m->shared[f] = learn_share(m, c, f, m->shared[f]);
		set_own_field(m, f, m->shared[f]);
	}
	/* Nobody else has somebody's own number. */
	m->house.p[LEVELS_NIR][NIR_SAME_OWN] =
		TYPICAL_HOUSE.p[LEVELS_NIR][NIR_SAME_OWN];
}

/* What one person gives is mostly the same: a class in which names and dates
 * as a rule differ would be relatives. */
static void
hold_together(double *p, unsigned far_from, unsigned far_to, double most)
{
	double far = 0.0;
	double all = 0.0;

	for (unsigned k = 0; k < LEVELS_MAX; k++) {
		all += p[k];
		far += k >= far_from && k <= far_to ? p[k] : 0.0;
	}
	if (far <= most * all)
		return;
	for (unsigned k = 0; k < LEVELS_MAX; k++)
		p[k] *= k >= far_from && k <= far_to
				? most * all / far
				: (1.0 - most) * all / (all - far);
}

static void
maximise(struct model *m, const struct counts *c)
{
	for (unsigned f = 0; f < LEVELS_FIELDS; f++)
		set_field(m->same.p[f], c->same.p[f], TYPICAL_SAME.p[f],
			  levels_count((enum levels_field)f), TYPICAL_PAIRS);
	hold_together(m->same.p[LEVELS_DATE], DATE_SAME_YEAR, DATE_DIFFERENT,
		      m->households ? MOST_OTHER_DATES : MOST_DAMAGED);
	hold_together(m->same.p[LEVELS_GIVEN], GIVEN_DIFFERENT,
		      GIVEN_DIFFERENT_SEX,
		      m->households ? MOST_OTHER_NAMES : MOST_DAMAGED);
	if (m->households)
		maximise_house(m, c);
	for (unsigned r = 0; r < PAIRS_RULES; r++) {
		m->rule_same[r] =
			(1.0 + c->rule_same[r]) / (3.0 + c->rule_all[r]);
		m->rule_house[r] =
			(1.0 + c->rule_house[r]) / (3.0 + c->rule_all[r]);
	}
}

static void
start(struct model *m, bool households)
{
	m->households = households;
	m->same = TYPICAL_SAME;
	m->house = TYPICAL_HOUSE;
	for (unsigned r = 0; r < PAIRS_RULES; r++) {
		m->rule_same[r] = 0.4;
		m->rule_house[r] = households ? 0.3 : 0.0;
	}
	for (size_t i = 0; i < COUNT_OF(OWN_FIELDS); i++) {
		m->shared[OWN_FIELDS[i]] = TYPICAL_SHARE;
		set_own_field(m, OWN_FIELDS[i], TYPICAL_SHARE);
	}
}

void
model_learn(struct model *m, struct model_sample *s, bool households,
	    bool again)
{
	const size_t rounds = again ? MODEL_ROUNDS_AGAIN : MODEL_ROUNDS;
	struct columns chance;
	struct counts c;

	if (!again)
		start(m, households);
	fill_columns(&m->chance, &chance);
	for (size_t i = 0; i < s->n; i++)
		s->entries[i].chance =
			likelihood(&chance, s->entries[i].pattern);
	for (size_t round = 0; round < rounds; round++) {
		expect(m, s, &c);
		maximise(m, &c);
	}
}
