#include "link/freq/freq.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum {
	FIRST_YEAR = 1850,
	LAST_YEAR = 2100,
	DAYS_OF_YEAR = 13 * 32,
	DATES = (LAST_YEAR - FIRST_YEAR + 1) * DAYS_OF_YEAR + 1,
	VALUES_OF_UNIT = UNITS_PHONES,
	AHEAD_UNIT = 16, /* units between asking for one, */
	AHEAD_COUNT = 8, /* for the count of its value, and using it */
};

/* What is added to a count for the people that are not in the file: as if so
 * many more had the value. Smaller where values are meant to be of one person,
 * or where there are many of them. */
static const double UNSEEN[FREQ_FIELDS] = {
	[FREQ_GIVEN] = 0.5,  [FREQ_FAMILY] = 0.3,   [FREQ_DATE] = 0.05,
	[FREQ_STREET] = 0.1, [FREQ_POSTCODE] = 1.0, [FREQ_CITY] = 1.0,
	[FREQ_PHONE] = 0.1,  [FREQ_EMAIL] = 0.05,   [FREQ_NIR] = 0.02,
	[FREQ_OTHER] = 0.05,
};

uint32_t
freq_date(uint32_t date)
{
	const uint32_t year = date / 10000;

	if (year < FIRST_YEAR || year > LAST_YEAR)
		return 0;
	return 1 + (year - FIRST_YEAR) * DAYS_OF_YEAR + date / 100 % 100 * 32 +
	       date % 100;
}

/* The values of ${u} in ${field}, 0 for missing; returns how many. */
static size_t
values_of(const struct unit *u, enum freq_field field,
	  uint32_t out[static VALUES_OF_UNIT])
{
	size_t n = 1;

	switch (field) {
	case FREQ_GIVEN:
		out[0] = u->given;
		break;
	case FREQ_FAMILY:
		out[0] = u->family;
		out[1] = u->birth == u->family ? 0 : u->birth;
		n = 2;
		break;
	case FREQ_DATE:
		out[0] = freq_date(u->date);
		break;
	case FREQ_STREET:
		out[0] = u->street;
		break;
	case FREQ_POSTCODE:
		out[0] = u->postcode;
		break;
	case FREQ_CITY:
		out[0] = u->city;
		break;
	case FREQ_PHONE:
		for (n = 0; n < UNITS_PHONES; n++)
			out[n] = u->phone[n];
		break;
	case FREQ_EMAIL:
		out[0] = u->email;
		break;
	case FREQ_NIR:
		out[0] = u->nir;
		break;
	case FREQ_OTHER:
	case FREQ_FIELDS:
		out[0] = u->other;
		break;
	}
	return n;
}

static uint32_t
values_of_field(const struct units *u, enum freq_field field)
{
	static const enum units_set sets[FREQ_FIELDS] = {
		[FREQ_GIVEN] = UNITS_NAMES,
		[FREQ_FAMILY] = UNITS_NAMES,
		[FREQ_STREET] = UNITS_STREETS,
		[FREQ_POSTCODE] = UNITS_POSTCODES,
		[FREQ_CITY] = UNITS_CITIES,
		[FREQ_PHONE] = UNITS_PHONES_SET,
		[FREQ_EMAIL] = UNITS_EMAILS,
		[FREQ_NIR] = UNITS_NIRS,
		[FREQ_OTHER] = UNITS_OTHERS,
	};

	if (field == FREQ_DATE)
		return DATES;
	return values_end(u->sets[sets[field]]);
}

/* Units in the order of their groups. */
static uint32_t *
by_group(const struct units *u, const uint32_t *group, size_t n_groups)
{
	uint32_t *order = ROOM_ARRAY(u->room, u->n, uint32_t);
	uint32_t *at = ROOM_ARRAY(u->room, n_groups + 1, uint32_t);

	if (order != NULL && at != NULL) {
		for (size_t i = 0; i < u->n; i++)
			at[group[i] + 1]++;
		for (size_t g = 0; g < n_groups; g++)
			at[g + 1] += at[g];
		for (size_t i = 0; i < u->n; i++)
			order[at[group[i]]++] = (uint32_t)i;
	} else {
		room_give(u->room, order, u->n, sizeof(*order));
		order = NULL;
	}
	room_give(u->room, at, n_groups + 1, sizeof(*at));
	return order;
}

/* Count what ${unit} adds; ${last} is the group that counted a value last. */
static bool
count_unit(const struct unit *unit, enum freq_field field,
	   struct freq_counts *c, uint32_t *last, uint32_t group)
{
	uint32_t v[VALUES_OF_UNIT];
	const size_t n = values_of(unit, field, v);
	bool any = false;

	for (size_t k = 0; k < n; k++) {
		if (v[k] == 0)
			continue;
		any = true;
		if (last != NULL && last[v[k]] == group + 1)
			continue;
		if (last != NULL)
			last[v[k]] = group + 1;
		c->count[v[k]]++;
	}
	return any;
}

/* Memory of what is counted after unit ${i} is on its way. */
static void
expect(const struct units *u, const uint32_t *order, enum freq_field field,
       const struct freq_counts *c, const uint32_t *last, size_t i)
{
	uint32_t v[VALUES_OF_UNIT];

	if (i + AHEAD_UNIT >= u->n)
		return;
	if (order != NULL)
		__builtin_prefetch(&u->units[order[i + AHEAD_UNIT]]);
	const size_t k =
		order == NULL ? i + AHEAD_COUNT : order[i + AHEAD_COUNT];
	(void)values_of(&u->units[k], field, v);
	__builtin_prefetch(&c->count[v[0]], 1);
	if (last != NULL)
		__builtin_prefetch(&last[v[0]], 1);
}

static void
count_all(const struct units *u, const uint32_t *group, const uint32_t *order,
	  enum freq_field field, struct freq_counts *c, uint32_t *last)
{
	uint32_t holder = UINT32_MAX;

	for (size_t i = 0; i < u->n; i++) {
		const size_t k = order == NULL ? i : order[i];
		const uint32_t g = group == NULL ? (uint32_t)k : group[k];

		expect(u, order, field, c, last, i);
		if (!u->units[k].names)
			continue;
		if (count_unit(&u->units[k], field, c, last, g) &&
		    g != holder) {
			c->holders++;
			holder = g;
		}
	}
	uint64_t same = 0;
	for (uint32_t v = 1; v < c->end; v++)
		same += (uint64_t)c->count[v] * (c->count[v] - 1) *
			(c->count[v] > 0);
	const double n = (double)(c->holders > 1 ? c->holders : 2);
	c->chance = ((double)same + UNSEEN[field] * n) / (n * n);
}

/* log2 of the share of people that have a value which ${n} have. */
static float
share_bits(const struct freq_counts *c, enum freq_field field, uint32_t n,
	   unsigned own)
{
	const double others = n > own ? (double)(n - own) : 0.0;
	const double holders = (double)(c->holders > 1 ? c->holders : 2);

	return (float)log2((others + UNSEEN[field]) /
			   (holders + UNSEEN[field]));
}

static void
fill_bits(struct freq_counts *c, enum freq_field field)
{
	for (unsigned own = 1; own <= 2; own++)
		for (uint32_t n = 0; n < FREQ_TABLE; n++)
			c->bits[(own - 1) * FREQ_TABLE + n] =
				share_bits(c, field, n, own);
}

static enum rc
count_field(const struct units *u, const uint32_t *order, struct freq *f,
	    enum freq_field field)
{
	struct freq_counts *c = &f->field[field];
	uint32_t *last = NULL;

	c->end = values_of_field(u, field);
	c->count = ROOM_ARRAY(f->room, c->end, uint32_t);
	c->bits = ROOM_ARRAY(f->room, FREQ_BITS, float);
	if (f->group != NULL)
		last = ROOM_ARRAY(f->room, c->end, uint32_t);
	const bool ok = c->count != NULL && c->bits != NULL &&
			(f->group == NULL || last != NULL);
	if (ok) {
		count_all(u, f->group, order, field, c, last);
		fill_bits(c, field);
	}
	room_give(f->room, last, c->end, sizeof(*last));
	return ok ? RC_OK : RC_LIMIT;
}

struct counter {
	const struct units *units;
	const uint32_t *order;
	struct freq *freq;
	atomic_uint next; /* field */
	atomic_bool failed;
};

static void
fields_part(void *arg, unsigned part, unsigned parts)
{
	struct counter *c = arg;

	(void)part;
	(void)parts;
	for (;;) {
		const unsigned k = atomic_fetch_add(&c->next, 1);

		if (k >= FREQ_FIELDS)
			return;
		if (count_field(c->units, c->order, c->freq,
				(enum freq_field)k) != RC_OK)
			atomic_store(&c->failed, true);
	}
}

enum rc
freq_count(const struct units *u, const uint32_t *group, size_t n_groups,
	   struct team *team, struct freq *ret_freq)
{
	uint32_t *order = NULL;

	ret_freq->room = u->room;
	ret_freq->group = group;
	if (group != NULL) {
		order = by_group(u, group, n_groups);
		if (order == NULL)
			return RC_LIMIT;
	}
	struct counter c = {.units = u, .order = order, .freq = ret_freq};
	atomic_init(&c.next, 0);
	atomic_init(&c.failed, false);
	team_run(team, fields_part, &c);
	room_give(u->room, order, u->n, sizeof(*order));
	return atomic_load(&c.failed) ? RC_LIMIT : RC_OK;
}

float
freq_bits(const struct freq *f, enum freq_field field, uint32_t value,
	  unsigned own)
{
	const struct freq_counts *c = &f->field[field];
	const uint32_t n = value < c->end ? c->count[value] : 0;

	return n < FREQ_TABLE ? c->bits[(own - 1) * FREQ_TABLE + n]
			      : share_bits(c, field, n, own);
}

void
freq_done(struct freq *f)
{
	for (size_t k = 0; k < FREQ_FIELDS && f->room != NULL; k++) {
		struct freq_counts *c = &f->field[k];

		room_give(f->room, c->count, c->end, sizeof(*c->count));
		room_give(f->room, c->bits, FREQ_BITS, sizeof(*c->bits));
	}
	memset(f, 0, sizeof(*f));
}
