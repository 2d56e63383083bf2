#include "link/impl.h"

#include <math.h>
#include <stdlib.h>

enum {
	MASKS = 1 << LINK_FIELDS,
};

/* Of the links, so many are as if decided by the toss of a coin: what the model
 * gets wrong beyond what it knows of itself. */
static const double UNSURE_LINKS = 0.02;
/* And so much of the count. */
static const double UNSURE_PEOPLE = 0.0003;
static const double QUANTILE = 1.96; /* 95 % of a normal distribution */

/* Does ${u} lack whatever would single somebody out? */
static bool
is_weak(const struct unit *u)
{
	const bool surname = u->family != 0 || u->birth != 0;
	const bool phone =
		u->phone[0] != 0 || u->phone[1] != 0 || u->phone[2] != 0;
	const bool more = u->date != 0 || u->street != 0 || phone;

	if (u->nir != 0 || u->email != 0 || u->other != 0)
		return false;
	return !surname || u->given == 0 || !more;
}

/* Are the equal mentions of ${u} more likely namesakes than one person? */
static bool
is_scattered(const struct linker *l, size_t i)
{
	const struct unit *u = &l->units.units[i];

	if (u->mentions < 2 || !is_weak(u) ||
	    l->cluster.size[l->cluster.person[i]] > 1)
		return false;
	const uint64_t pattern = levels_compare(&l->levels, NULL, u, u);

	return model_weight(&l->model, model_score(&l->model, &l->freq, u, u, 1,
						   pattern)) < 0.0F;
}

/* Number the persons by first appearance; the mentions of a scattered unit are
 * one each. */
static enum rc
number_people(const struct linker *l, struct link_result *r,
	      const uint8_t *scattered)
{
	const struct units *u = &l->units;
	uint32_t *number = ROOM_ARRAY(u->room, l->cluster.n, uint32_t);

	if (number == NULL)
		return RC_NOMEM;
	for (size_t i = 0; i < u->mentions; i++) {
		const uint32_t unit = u->of_mention[i];
		uint32_t *n = &number[l->cluster.person[unit]];

		if (!u->units[unit].names) {
			r->person_of[i] = LINK_NOBODY;
			r->nobody++;
			continue;
		}
		if (*n == 0 || scattered[unit])
			*n = (uint32_t)++r->people;
		r->person_of[i] = *n - 1;
	}
	room_give(u->room, number, l->cluster.n, sizeof(*number));
	return RC_OK;
}

/* What kind of persons there are. */
static enum rc
judge_people(const struct linker *l, struct link_result *r,
	     const uint8_t *scattered)
{
	enum { STRONG = 1, CERTAIN = 2 };
	struct room *room = l->units.room;
	uint8_t *seen = ROOM_ARRAY(room, l->cluster.n, uint8_t);

	if (seen == NULL)
		return RC_NOMEM;
	for (size_t i = 0; i < l->units.n; i++) {
		const struct unit *u = &l->units.units[i];
		uint8_t *s = &seen[l->cluster.person[i]];

		if (!u->names || !is_weak(u))
			*s |= STRONG;
		if (u->nir_class == UNITS_NIR_OWN && u->nir_good)
			*s |= CERTAIN;
		if (scattered[i])
			r->weak += u->mentions - 1;
	}
	for (size_t p = 0; p < l->cluster.n; p++) {
		r->weak += (seen[p] & STRONG) == 0;
		r->certain += (seen[p] & CERTAIN) != 0;
	}
	room_give(room, seen, l->cluster.n, 1);
	return RC_OK;
}

/* The fields in which two units agree, by the pattern of their comparison. */
static uint32_t
agreeing(uint64_t pattern, const struct unit *a, const struct unit *b)
{
	const unsigned street = levels_of(pattern, LEVELS_STREET);
	const bool place = levels_of(pattern, LEVELS_PLACE) == PLACE_SAME ||
			   levels_of(pattern, LEVELS_MOVE) == PLACE_SAME ||
			   (a->postcode != 0 && a->postcode == b->postcode);
	const unsigned phone = levels_of(pattern, LEVELS_PHONE);
	const unsigned moved = levels_of(pattern, LEVELS_PHONE_MOVED);
	uint32_t f = 0;

	f |= (uint32_t)(levels_of(pattern, LEVELS_NIR) <= NIR_SAME_MIXED)
	     << LINK_NIR;
	f |= (uint32_t)(levels_of(pattern, LEVELS_DATE) == DATE_SAME)
	     << LINK_BIRTH_DATE;
	f |= (uint32_t)(levels_of(pattern, LEVELS_GIVEN) <= GIVEN_PART)
	     << LINK_GIVEN;
	f |= (uint32_t)(levels_of(pattern, LEVELS_FAMILY) <= FAMILY_CONFLICT)
	     << LINK_FAMILY;
	f |= (uint32_t)(a->sex != 0 && a->sex == b->sex) << LINK_SEX;
	f |= (uint32_t)(street <= STREET_NEAR) << LINK_ADDRESS;
	f |= (uint32_t)place << LINK_PLACE;
	f |= (uint32_t)(phone <= PHONE_TWO || moved <= PHONE_TWO) << LINK_PHONE;
	f |= (uint32_t)(levels_of(pattern, LEVELS_EMAIL) == CODE_SAME)
	     << LINK_EMAIL;
	f |= (uint32_t)(levels_of(pattern, LEVELS_OTHER) == CODE_SAME)
	     << LINK_OTHER_ID;
	return f;
}

static int
by_links(const void *a, const void *b)
{
	const struct link_class *x = a;
	const struct link_class *y = b;

	if (x->links != y->links)
		return x->links < y->links ? 1 : -1;
	return (x->fields > y->fields) - (x->fields < y->fields);
}

/* Links by the fields that hold them; every thread has numbers of its own. */
struct classer {
	const struct linker *l;
	const uint8_t *scattered;
	uint64_t (*links)[MASKS]; /* [threads] */
};

static void
classes_part(void *arg, unsigned part, unsigned parts)
{
	const struct classer *c = arg;
	const struct linker *l = c->l;
	const struct unit *units = l->units.units;
	const struct pairs *p = &l->candidates.pairs;
	uint64_t *links = c->links[part];

	for (size_t i = part; i < l->units.n; i += parts) {
		const struct unit *u = &units[i];

		if (u->names && !c->scattered[i] && u->mentions > 1)
			links[agreeing(levels_compare(&l->levels, NULL, u, u),
				       u, u)] += u->mentions - 1;
	}
	for (size_t i = part; i < l->cluster.n_links; i += parts) {
		const size_t k = l->cluster.links[i];

		links[agreeing(l->candidates.patterns[k],
			       &units[pairs_first(p, k)],
			       &units[pairs_second(p, k)])]++;
	}
}

/* The classes of most links; the others become one. */
static void
put_classes(struct link_result *r, struct link_class *all)
{
	qsort(all, MASKS, sizeof(*all), by_links);
	for (size_t i = 0; i < MASKS && all[i].links > 0; i++) {
		if (i < LINK_CLASSES_MAX) {
			r->classes[r->n_classes++] = all[i];
			continue;
		}
		struct link_class *last = &r->classes[LINK_CLASSES_MAX - 1];
		last->fields = 0;
		last->links += all[i].links;
	}
}

static enum rc
fill_classes(const struct linker *l, struct link_result *r,
	     const uint8_t *scattered)
{
	const size_t threads = team_size(l->team);
	struct room *room = l->units.room;
	struct link_class *all = ROOM_ARRAY(room, MASKS, struct link_class);
	struct classer c = {
		.l = l,
		.scattered = scattered,
		.links = room_take(room, threads, sizeof(*c.links)),
	};
	const bool ok = all != NULL && c.links != NULL;

	if (ok)
		team_run(l->team, classes_part, &c);
	for (uint32_t f = 0; f < MASKS && ok; f++) {
		all[f].fields = f;
		for (size_t t = 0; t < threads; t++)
			all[f].links += c.links[t][f];
	}
	if (ok)
		put_classes(r, all);
	room_give(room, all, MASKS, sizeof(*all));
	room_give(room, c.links, threads, sizeof(*c.links));
	return ok ? RC_OK : RC_NOMEM;
}

static void
fill_interval(const struct linker *l, struct link_result *r)
{
	const struct count *c = &l->count;
	const double people = (double)r->people;
	const double links = (double)(r->mentions - r->nobody) - people;
	const double sd = sqrt(c->variance + UNSURE_LINKS * fmax(links, 0.0));
	const double margin = QUANTILE * sd + UNSURE_PEOPLE * people;
	double low = people - 2.0 * (c->missed_links + c->unfound) - margin -
		     (double)r->weak;
	double high =
		people + 2.0 * fmax(c->false_links, c->made_up / 2.0) + margin;

	/* Nobody can tell relatives from damaged copies here: both counts. */
	if (c->supported && c->support < 0.8 && l->persons_two != 0) {
		const double diff =
			(double)l->persons_households - (double)l->persons_two;

		if (fabs(diff) > 0.01 * people) {
			low = fmin(low, (double)l->persons_two);
			high = fmax(high, (double)l->persons_households);
		}
	}
	r->low = (uint64_t)floor(fmax(low, people > 0.0 ? 1.0 : 0.0));
	r->high = (uint64_t)ceil(fmin(high, (double)(r->mentions - r->nobody)));
	r->false_links = c->false_links;
	r->missed_links = c->missed_links + c->unfound;
}

struct scatterer {
	const struct linker *l;
	uint8_t *scattered;
};

static void
scatter_part(void *arg, unsigned part, unsigned parts)
{
	const struct scatterer *c = arg;
	const size_t n = c->l->units.n;
	const size_t to = n * (part + 1) / parts;

	for (size_t i = n * part / parts; i < to; i++)
		c->scattered[i] = is_scattered(c->l, i);
}

static uint8_t *
find_scattered(const struct linker *l)
{
	uint8_t *scattered = ROOM_ARRAY(l->units.room, l->units.n, uint8_t);

	if (scattered != NULL)
		team_run(l->team, scatter_part,
			 &(struct scatterer){l, scattered});
	return scattered;
}

enum rc
link_result_fill(const struct linker *l, struct link_result *r)
{
	uint8_t *scattered = find_scattered(l);

	r->mentions = l->units.mentions;
	r->person_of = calloc(r->mentions + 1, sizeof(*r->person_of));
	if (scattered == NULL || r->person_of == NULL) {
		room_give(l->units.room, scattered, l->units.n, 1);
		return RC_NOMEM;
	}
	enum rc rc = number_people(l, r, scattered);
	if (rc == RC_OK)
		rc = judge_people(l, r, scattered);
	if (rc == RC_OK)
		rc = fill_classes(l, r, scattered);
	room_give(l->units.room, scattered, l->units.n, 1);
	fill_interval(l, r);
	r->people_two = l->persons_two;
	r->people_households = l->persons_households;
	r->units = l->units.n;
	r->pairs = l->compared;
	r->blocks_split = l->found.split;
	r->blocks_cut = l->found.cut;
	if (l->compared == 0)
		r->model = LINK_NO_MODEL;
	else
		r->model =
			l->model.households ? LINK_HOUSEHOLDS : LINK_TWO_CLASS;
	return rc;
}
