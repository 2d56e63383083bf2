#include "link/count/count.h"

#include "base/sort.h"
#include "link/mix/mix.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

static const double SUPPORT_UNITS = 20.0; /* units that say something */
static const float WORTH_A_LOOK = -10.0F; /* bits; below, a link is missed in
					     one of a thousand */

/* Two persons between whom a link may be missing. */
struct gap {
	uint64_t persons; /* lower << 32 | higher */
	float sum;        /* of weights */
	uint32_t n;       /* pairs that were compared */
	bool barred;      /* something forbids them to be one */
};

static double
probability(double bits)
{
	return 1.0 / (1.0 + exp2(-bits));
}

static uint64_t
persons_of(const struct count_input *in, size_t i)
{
	const uint64_t a = in->cluster->person[pairs_first(in->pairs, i)];
	const uint64_t b = in->cluster->person[pairs_second(in->pairs, i)];

	return a < b ? a << 32 | b : b << 32 | a;
}

static bool
is_one_person(uint64_t persons)
{
	return persons >> 32 == (uint32_t)persons;
}

static void
add_made(const struct count_input *in, struct count *c)
{
	for (size_t i = 0; i < in->cluster->n_links; i++) {
		const double p = probability((double)in->cluster->means[i]);

		c->false_links += 1.0 - p;
		c->variance += p * (1.0 - p);
	}
}

static bool
is_worth_a_look(const struct count_input *in, size_t i)
{
	return in->weights[i] > WORTH_A_LOOK &&
	       !is_one_person(persons_of(in, i));
}

/* From sorted ${keys} to a gap each. */
static enum rc
make_gaps(struct room *room, uint64_t *keys, size_t n, struct gap **ret_gaps,
	  size_t *ret_n)
{
	const size_t distinct = sort_unique(keys, n);
	struct gap *gaps = ROOM_ARRAY(room, distinct, struct gap);

	if (gaps == NULL)
		return RC_LIMIT;
	for (size_t i = 0; i < distinct; i++)
		gaps[i].persons = keys[i];
	*ret_gaps = gaps;
	*ret_n = distinct;
	return RC_OK;
}

/* The persons that pairs of some weight stand between, each once, in order. */
static enum rc
list_gaps(const struct count_input *in, struct gap **ret_gaps, size_t *ret_n)
{
	struct room *room = in->units->room;
	enum rc rc = RC_LIMIT;
	size_t n = 0;
	size_t k = 0;

	for (size_t i = 0; i < in->pairs->n; i++)
		n += is_worth_a_look(in, i);
	uint64_t *keys = ROOM_ARRAY(room, n, uint64_t);
	uint64_t *spare = ROOM_ARRAY(room, n, uint64_t);
	if (keys != NULL && spare != NULL) {
		for (size_t i = 0; i < in->pairs->n; i++)
			if (is_worth_a_look(in, i))
				keys[k++] = persons_of(in, i);
		sort_bits(keys, spare, n, 0, 64);
		rc = make_gaps(room, keys, n, ret_gaps, ret_n);
	}
	room_give(room, keys, n, sizeof(*keys));
	room_give(room, spare, n, sizeof(*spare));
	return rc;
}

static struct gap *
find_gap(struct gap *gaps, size_t n, uint64_t persons)
{
	size_t lo = 0;
	size_t hi = n;

	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;

		if (gaps[mid].persons < persons)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && gaps[lo].persons == persons ? &gaps[lo] : NULL;
}

static void
fill_gaps(const struct count_input *in, struct gap *gaps, size_t n)
{
	for (size_t i = 0; i < in->pairs->n && n > 0; i++) {
		const uint64_t persons = persons_of(in, i);

		if (is_one_person(persons))
			continue;
		struct gap *g = find_gap(gaps, n, persons);
		if (g == NULL)
			continue;
		g->sum += cluster_clip(in->weights[i]);
		g->n++;
		if (levels_of(in->patterns[i], LEVELS_NIR) == NIR_DIFFERENT_OWN)
			g->barred = true;
	}
}

static enum rc
add_missed(const struct count_input *in, struct count *c)
{
	struct gap *gaps = NULL;
	size_t n = 0;
	const enum rc rc = list_gaps(in, &gaps, &n);

	if (rc != RC_OK)
		return rc;
	fill_gaps(in, gaps, n);
	for (size_t i = 0; i < n; i++) {
		const struct gap *g = &gaps[i];
		const double all =
			(double)in->cluster->size[g->persons >> 32] *
			(double)in->cluster->size[(uint32_t)g->persons];

		if (g->barred)
			continue;
		const double mean =
			((double)g->sum +
			 (double)CLUSTER_UNSCORED * (all - (double)g->n)) /
			all;
		const double p = probability(mean);
		c->missed_links += p;
		c->variance += p * (1.0 - p);
	}
	room_give(in->units->room, gaps, n, sizeof(*gaps));
	return RC_OK;
}

/* Pairs of one person that no rule found, from how many were found by one rule
 * only and by two (Chao, 1987), in links. */
static void
add_unfound(const struct count_input *in, struct count *c)
{
	double once = 0.0;
	double twice = 0.0;
	double all = 0.0;

	for (size_t i = 0; i < in->pairs->n; i++) {
		if (!is_one_person(persons_of(in, i)))
			continue;
		const int rules = __builtin_popcount(in->pairs->rules[i]);
		all += 1.0;
		once += rules == 1;
		twice += rules == 2;
	}
	if (all > 0.0)
		c->unfound = once * once / (2.0 * (twice + 1.0)) / all *
			     (double)in->cluster->n_links;
}

static bool
keeps(const struct model *m, enum levels_field field, unsigned last,
      uint64_t *h)
{
	double p = 0.0;

	for (unsigned k = 0; k <= last; k++)
		p += m->house.p[field][k];
	*h = mix(*h);
	return (double)(*h >> 11) * 0x1p-53 < p;
}

/* A relative of ${x} who does not exist: of the names, address and contacts of
 * ${x} what a household shares, the given name of ${y}, the birth date of
 * ${z}. */
static struct unit
made_up_relative(const struct model *m, const struct unit *x,
		 const struct unit *y, const struct unit *z, uint64_t h)
{
	struct unit r = *x;

	r.given = y->given;
	r.sex = y->sex;
	r.date = z->date;
	r.digits = z->digits;
	if (!keeps(m, LEVELS_FAMILY, FAMILY_CONFLICT, &h)) {
		r.family = y->family;
		r.birth = y->birth;
	}
	if (!keeps(m, LEVELS_PHONE, PHONE_TWO, &h))
		memcpy(r.phone, y->phone, sizeof(r.phone));
	if (!keeps(m, LEVELS_EMAIL, CODE_SAME, &h))
		r.email = y->email;
	if (!keeps(m, LEVELS_NIR, NIR_SAME_MIXED, &h)) {
		r.nir = y->nir;
		r.nir_class = y->nir_class;
		r.nir_good = y->nir_good;
	} else if (r.nir_class == UNITS_NIR_OWN) {
		r.nir_class = UNITS_NIR_OTHER;
	}
	r.other = y->other;
	return r;
}

/* Pairs of made-up people, and how many of them are linked. */
struct made_up {
	const struct count_input *in;
	atomic_size_t drawn;
	atomic_size_t linked;
};

static void
made_up_part(void *arg, unsigned part, unsigned parts)
{
	struct made_up *made = arg;
	const struct count_input *in = made->in;
	const struct units *u = in->units;
	size_t linked = 0;
	size_t drawn = 0;

	for (uint64_t k = part; k < COUNT_MADE_UP && u->n > 2; k += parts) {
		const uint64_t h = mix(k + 77);
		const struct unit *x = &u->units[mix_below(mix(h ^ 1), u->n)];
		const struct unit *y = &u->units[mix_below(mix(h ^ 2), u->n)];
		const struct unit *z = &u->units[mix_below(mix(h ^ 3), u->n)];

		if (!x->names || !y->names || !z->names || x == y || x == z)
			continue;
		const struct unit r = made_up_relative(in->model, x, y, z, h);
		const float w = model_weight(
			in->model,
			model_score(in->model, in->freq, x, &r, 1,
				    levels_compare(in->levels, NULL, x, &r)));
		drawn++;
		linked += w > 0.0F;
	}
	atomic_fetch_add(&made->drawn, drawn);
	atomic_fetch_add(&made->linked, linked);
}

static void
add_made_up(const struct count_input *in, struct count *c)
{
	struct made_up made = {.in = in};

	atomic_init(&made.drawn, 0);
	atomic_init(&made.linked, 0);
	team_run(in->team, made_up_part, &made);
	const double drawn = (double)atomic_load(&made.drawn);
	const double linked = (double)atomic_load(&made.linked);
	if (drawn > 0.0)
		c->made_up = linked / drawn * c->households;
}

/* Mark the units that come again with the same name and date. */
static void
mark_again(const struct count_input *in, uint8_t *again)
{
	for (size_t i = 0; i < in->pairs->n; i++) {
		if (!is_one_person(persons_of(in, i)) ||
		    levels_of(in->patterns[i], LEVELS_GIVEN) != GIVEN_SAME ||
		    levels_of(in->patterns[i], LEVELS_DATE) != DATE_SAME)
			continue;
		again[pairs_first(in->pairs, i)] = 1;
		again[pairs_second(in->pairs, i)] = 1;
	}
	for (size_t i = 0; i < in->units->n; i++)
		again[i] |= in->units->units[i].mentions > 1;
}

static bool
is_household(const struct count_input *in, size_t i)
{
	const double house =
		log2(in->model->prior_house) + (double)in->scores[i].house;
	const double same =
		log2(in->model->prior_same) + (double)in->scores[i].same;

	return house > 1.0 && house > same + 1.0;
}

/* Do the two units of a pair of the household class come again, each with its
 * name and date? Relatives do as often as anybody; damaged copies hardly. */
static enum rc
add_support(const struct count_input *in, struct count *c)
{
	const struct units *u = in->units;
	uint8_t *again = ROOM_ARRAY(u->room, u->n, uint8_t);
	double all = 0.0;
	double all_again = 0.0;
	double house = 0.0;
	double house_again = 0.0;

	if (again == NULL)
		return RC_LIMIT;
	mark_again(in, again);
	for (size_t i = 0; i < u->n; i++) {
		all += u->units[i].names;
		all_again += again[i];
	}
	for (size_t i = 0; i < in->pairs->n; i++) {
		if (is_one_person(persons_of(in, i)) || !is_household(in, i))
			continue;
		house += 2.0;
		house_again += again[pairs_first(in->pairs, i)] +
			       again[pairs_second(in->pairs, i)];
	}
	c->relatives = house / 2.0;
	c->supported = house >= SUPPORT_UNITS && all_again > 0.02 * all;
	if (c->supported)
		c->support = house_again / house / (all_again / all);
	room_give(u->room, again, u->n, sizeof(*again));
	return RC_OK;
}

enum rc
count_links(const struct count_input *in, struct count *ret_count)
{
	struct count c = {0};
	const double n = (double)in->units->n;

	c.households = in->model->prior_house * n * (n - 1.0) / 2.0;
	add_made(in, &c);
	add_unfound(in, &c);
	add_made_up(in, &c);
	enum rc rc = add_missed(in, &c);
	if (rc == RC_OK)
		rc = add_support(in, &c);
	if (rc == RC_OK)
		*ret_count = c;
	return rc;
}
