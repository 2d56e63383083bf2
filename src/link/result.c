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

static enum rc
fill_classes(const struct linker *l, struct link_result *r,
	     const uint8_t *scattered)
{
	struct link_class *all = calloc(MASKS, sizeof(*all));
	const struct unit *units = l->units.units;

	if (all == NULL)
		return RC_NOMEM;
	for (uint32_t f = 0; f < MASKS; f++)
		all[f].fields = f;
	for (size_t i = 0; i < l->units.n; i++) {
		const struct unit *u = &units[i];

		if (u->names && !scattered[i] && u->mentions > 1)
			all[agreeing(levels_compare(&l->levels, NULL, u, u), u,
				     u)]
				.links += u->mentions - 1;
	}
	for (size_t i = 0; i < l->cluster.n_links; i++) {
		const size_t k = l->cluster.links[i];
		const struct pairs *p = &l->candidates.pairs;

		all[agreeing(l->candidates.patterns[k],
			     &units[pairs_first(p, k)],
			     &units[pairs_second(p, k)])]
			.links++;
	}
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
	free(all);
	return RC_OK;
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

static uint8_t *
find_scattered(const struct linker *l)
{
	uint8_t *scattered = ROOM_ARRAY(l->units.room, l->units.n, uint8_t);

	for (size_t i = 0; i < l->units.n && scattered != NULL; i++)
		scattered[i] = is_scattered(l, i);
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
