#include "link/model/model.h"

#include <math.h>

static const double MOST_PRIOR = 0.4;  /* of all pairs */
static const float LIMIT_BITS = 14.0F; /* of one correction */
static const float NO_VALUE = 1.0F;    /* the level says all; no log2 of a
					   probability is positive */

void
model_prepare(struct model *m)
{
	for (unsigned f = 0; f < LEVELS_FIELDS; f++) {
		for (unsigned k = 0; k < LEVELS_MAX; k++) {
			const double u = m->chance.p[f][k];
			const bool used = u > 0.0;

			m->chance_bits[f][k] = used ? (float)log2(u) : 0.0F;
			m->same_bits[f][k] =
				used ? (float)log2(m->same.p[f][k] / u) : 0.0F;
			m->house_bits[f][k] =
				used ? (float)log2(m->house.p[f][k] / u) : 0.0F;
		}
	}
}

/* What is shared by two units, and how rare it is. */
struct shared {
	const struct freq *freq;
	unsigned own; /* of those who have a value, how many are compared */
};

static float
bits_of(const struct shared *s, enum freq_field field, uint32_t value)
{
	return freq_bits(s->freq, field, value, s->own);
}

static float
bits_of_family(const struct shared *s, const struct unit *a,
	       const struct unit *b, bool both)
{
	float bits = 0.0F;
	const uint32_t names[2] = {a->family, a->birth};

	for (size_t i = 0; i < 2; i++) {
		if (names[i] == 0 || (i == 1 && names[1] == names[0]) ||
		    (names[i] != b->family && names[i] != b->birth))
			continue;
		const float p = bits_of(s, FREQ_FAMILY, names[i]);
		bits = both ? bits + p : fminf(bits, p);
	}
	return bits;
}

static float
bits_of_phone(const struct shared *s, const struct unit *a,
	      const struct unit *b)
{
	float least = 0.0F;

	for (size_t i = 0; i < UNITS_PHONES; i++)
		for (size_t k = 0; k < UNITS_PHONES; k++)
			if (a->phone[i] != 0 && a->phone[i] == b->phone[k])
				least = fminf(least, bits_of(s, FREQ_PHONE,
							     a->phone[i]));
	return least;
}

static float
bits_of_place(const struct shared *s, const struct unit *a,
	      const struct unit *b)
{
	if (a->postcode != 0 && a->postcode == b->postcode)
		return bits_of(s, FREQ_POSTCODE, a->postcode);
	if (a->city != 0 && a->city == b->city)
		return bits_of(s, FREQ_CITY, a->city);
	return 0.0F;
}

/* How likely two unrelated units share what ${a} and ${b} share in ${field}
 * at ${level}. */
static float
bits_of_value(const struct shared *s, enum levels_field field, unsigned level,
	      const struct unit *a, const struct unit *b)
{
	switch (field) {
	case LEVELS_GIVEN:
		return level == GIVEN_SAME ? bits_of(s, FREQ_GIVEN, a->given)
					   : NO_VALUE;
	case LEVELS_FAMILY:
		return level <= FAMILY_SAME
			       ? bits_of_family(s, a, b, level == FAMILY_BOTH)
			       : NO_VALUE;
	case LEVELS_DATE:
		return level == DATE_SAME
			       ? bits_of(s, FREQ_DATE, freq_date(a->date))
			       : NO_VALUE;
	case LEVELS_PHONE:
	case LEVELS_PHONE_MOVED:
		return level == PHONE_SAME ? bits_of_phone(s, a, b) : NO_VALUE;
	case LEVELS_EMAIL:
		return level == CODE_SAME ? bits_of(s, FREQ_EMAIL, a->email)
					  : NO_VALUE;
	case LEVELS_OTHER:
		return level == CODE_SAME ? bits_of(s, FREQ_OTHER, a->other)
					  : NO_VALUE;
	case LEVELS_STREET:
		if (level == STREET_ELSEWHERE)
			return bits_of(s, FREQ_STREET, a->street);
		return level == STREET_SAME
			       ? bits_of(s, FREQ_STREET, a->street) +
					 bits_of_place(s, a, b)
			       : NO_VALUE;
	case LEVELS_PLACE:
	case LEVELS_MOVE:
		return level == PLACE_SAME ? bits_of_place(s, a, b) : NO_VALUE;
	case LEVELS_NIR:
	case LEVELS_SEX:
	case LEVELS_FIELDS:
		break;
	}
	return NO_VALUE;
}

struct model_score
model_score(const struct model *m, const struct freq *f, const struct unit *a,
	    const struct unit *b, unsigned own, uint64_t pattern)
{
	const struct shared s = {f, own};
	float same = 0.0F;
	float house = 0.0F;

	for (unsigned k = 0; k < LEVELS_FIELDS; k++) {
		const enum levels_field field = (enum levels_field)k;
		const unsigned level = levels_of(pattern, field);

		if (level == LEVELS_MISSING)
			continue;
		same += m->same_bits[k][level];
		house += m->house_bits[k][level];
		const float value = bits_of_value(&s, field, level, a, b);
		if (value > 0.0F)
			continue;
		const float bits = fminf(
			fmaxf(m->chance_bits[k][level] - value, -LIMIT_BITS),
			LIMIT_BITS);
		same += bits;
		/* A relative's given name is partly drawn like anybody's. */
		house += field == LEVELS_GIVEN
				 ? log2f(0.5F * exp2f(bits) + 0.5F)
				 : bits;
	}
	return (struct model_score){same, house};
}

float
model_weight(const struct model *m, struct model_score score)
{
	const double same = log2(m->prior_same) + (double)score.same;
	double other = 1.0 - m->prior_same - m->prior_house;

	if (m->households)
		other += m->prior_house * exp2((double)score.house);
	return (float)(same - log2(other));
}

/* Likelihoods of a pair against chance. */
struct odds {
	double same;
	double house;
};

/* The pairs that may be something, every ${stride}th; returns how many. */
static size_t
list_odds(const struct model *m, const struct model_score *scores, size_t n,
	  size_t stride, struct odds *out)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i += stride) {
		if (scores[i].same <= 0.0F && scores[i].house <= 0.0F)
			continue;
		out[k].same = exp2((double)scores[i].same);
		out[k++].house =
			m->households ? exp2((double)scores[i].house) : 0.0;
	}
	return k;
}

/* One step to priors that agree with what they make of the pairs, which stand
 * for ${weight} each, among ${all}. */
static void
refine_priors(struct model *m, const struct odds *odds, size_t n, double weight,
	      double all)
{
	double same = 0.5;
	double house = m->households ? 0.5 : 0.0;

	for (size_t i = 0; i < n; i++) {
		const double ps = m->prior_same * odds[i].same;
		const double ph = m->prior_house * odds[i].house;
		const double p = 1.0 - m->prior_same - m->prior_house + ps + ph;

		same += weight * ps / p;
		house += weight * ph / p;
	}
	m->prior_same = fmin(same / all, MOST_PRIOR);
	m->prior_house = fmin(house / all, MOST_PRIOR);
}

enum rc
model_priors(struct model *m, const struct model_score *scores, size_t n,
	     size_t n_units, struct room *room)
{
	const double all = fmax((double)n_units * ((double)n_units - 1) / 2, 1);
	const size_t stride = 1 + n / MODEL_PRIOR_PAIRS;
	const size_t cap = n / stride + 1;
	struct odds *odds = ROOM_ARRAY(room, cap, struct odds);

	if (odds == NULL)
		return RC_LIMIT;
	m->prior_same = 1.0 / fmax((double)n_units, 2);
	m->prior_house = m->households ? m->prior_same : 0.0;
	const size_t k = list_odds(m, scores, n, stride, odds);
	for (size_t round = 0; round < MODEL_PRIOR_ROUNDS; round++)
		refine_priors(m, odds, k, (double)stride, all);
	room_give(room, odds, cap, sizeof(*odds));
	return RC_OK;
}
