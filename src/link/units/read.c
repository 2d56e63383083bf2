#include "link/units/read.h"

#include "link/distance/distance.h"
#include "link/form/form.h"
#include "link/mix/mix.h"

#include <string.h>

enum {
	START_VALUES = 1 << 13,
	START_TEXTS = 1 << 16,
	AHEAD_SLOT = 24, /* values between saying and adding */
	AHEAD_PLACE = 16,
	AHEAD_ENTRY = 8,
	NUMBER_SHIFT = 4,
};

_Static_assert((int)UNITS_SETS <= 1 << NUMBER_SHIFT, "a set fits its bits");
_Static_assert((int)READ_REFS < (int)READ_CACHE, "there is a free place");

static const uint8_t TEXT_SETS[MENTION_TEXTS] = {
	[MENTION_FAMILY] = UNITS_NAMES,       [MENTION_BIRTH] = UNITS_NAMES,
	[MENTION_GIVEN] = UNITS_NAMES,        [MENTION_STREET] = UNITS_STREETS,
	[MENTION_POSTCODE] = UNITS_POSTCODES, [MENTION_CITY] = UNITS_CITIES,
	[MENTION_EMAIL] = UNITS_EMAILS,       [MENTION_OTHER_ID] = UNITS_OTHERS,
};

enum rc
read_chunk_init(struct read_chunk *c, struct room *room)
{
	memset(c, 0, sizeof(*c));
	c->room = room;
	c->cap_values = START_VALUES;
	c->cap_texts = START_TEXTS;
	c->values = ROOM_ARRAY(room, c->cap_values, struct read_value);
	c->texts = ROOM_ARRAY(room, c->cap_texts, uint8_t);
	c->refs = ROOM_ARRAY(room, READ_REFS, uint32_t);
	c->units = ROOM_ARRAY(room, READ_MENTIONS, struct unit);
	c->content = ROOM_ARRAY(room, READ_MENTIONS, uint64_t);
	return c->values != NULL && c->texts != NULL && c->refs != NULL &&
			       c->units != NULL && c->content != NULL
		       ? RC_OK
		       : RC_LIMIT;
}

void
read_chunk_done(struct read_chunk *c)
{
	room_give(c->room, c->values, c->cap_values, sizeof(*c->values));
	room_give(c->room, c->texts, c->cap_texts, 1);
	room_give(c->room, c->refs, READ_REFS, sizeof(*c->refs));
	room_give(c->room, c->units, READ_MENTIONS, sizeof(*c->units));
	room_give(c->room, c->content, READ_MENTIONS, sizeof(*c->content));
}

/* List a value; returns its place plus 1, 0 for an empty one. */
static enum rc
list_value(struct read_chunk *c, enum units_set set, struct span text,
	   uint64_t note, uint32_t *ret_ref)
{
	*ret_ref = 0;
	if (text.n == 0)
		return RC_OK;
	if (text.n > VALUES_TEXT_MAX)
		text.n = VALUES_TEXT_MAX;
	if (c->n_values == c->cap_values) {
		struct read_value *fresh =
			room_resize(c->room, c->values, c->cap_values,
				    (size_t)2 * c->cap_values, sizeof(*fresh));

		if (fresh == NULL)
			return RC_LIMIT;
		c->values = fresh;
		c->cap_values *= 2;
	}
	if (text.n > c->cap_texts - c->n_texts) {
		uint8_t *fresh = room_resize(c->room, c->texts, c->cap_texts,
					     (size_t)2 * c->cap_texts, 1);

		if (fresh == NULL)
			return RC_LIMIT;
		c->texts = fresh;
		c->cap_texts *= 2;
	}
	c->values[c->n_values++] = (struct read_value){
		.hash = values_hash_of(text),
		.note = note,
		.at = c->n_texts,
		.n = (uint16_t)text.n,
		.set = (uint8_t)set,
	};
	memcpy(c->texts + c->n_texts, text.p, text.n);
	c->n_texts += (uint32_t)text.n;
	*ret_ref = c->n_values;
	return RC_OK;
}

static enum rc
list_formed(struct read_chunk *c, enum units_set set, struct span text,
	    uint32_t *ret_ref)
{
	uint8_t out[NORM_MAX];
	struct form_name name;
	size_t n = 0;

	switch (set) {
	case UNITS_NAMES:
		form_name(text, &name);
		return list_value(c, set, (struct span){name.p, name.n},
				  name.cuts, ret_ref);
	case UNITS_STREETS:
		n = form_street(text, out);
		break;
	case UNITS_CITIES:
		n = form_city(text, out);
		break;
	case UNITS_EMAILS:
		n = form_email(text, out);
		break;
	case UNITS_POSTCODES:
	case UNITS_OTHERS:
	case UNITS_NIRS:
	case UNITS_PHONES_SET:
	case UNITS_SETS:
		n = form_code(text, out);
		break;
	}
	return list_value(c, set, (struct span){out, n}, 0, ret_ref);
}

/* Where ${key} is in ${cache}, or would be. There is always a free place, since
 * a chunk cannot fill it. */
static struct read_cached *
cached(struct read_cached *cache, uint64_t key)
{
	size_t i = mix(key) & (READ_CACHE - 1);

	while (cache[i].key != 0 && cache[i].key != key)
		i = (i + 1) & (READ_CACHE - 1);
	return &cache[i];
}

/* The value of a text of a mention. The cache saves forming again what the
 * block holds once and its mentions refer to often. */
static enum rc
list_text(struct read_chunk *c, struct read_cached *cache, enum units_set set,
	  uint32_t ref, uint32_t *ret_ref)
{
	const uint64_t key = 1 + ((uint64_t)ref * UNITS_SETS + set);

	*ret_ref = 0;
	if (ref == 0)
		return RC_OK;
	struct read_cached *k = cached(cache, key);
	if (k->key == 0) {
		const enum rc rc = list_formed(
			c, set, mention_text(c->block, ref), &k->value);

		if (rc != RC_OK)
			return rc;
		k->key = key;
	}
	*ret_ref = k->value;
	return RC_OK;
}

static enum rc
list_number(struct read_chunk *c, struct read_cached *cache, enum units_set set,
	    uint64_t number, uint32_t *ret_ref)
{
	/* No text has that bit. Of numbers past 16 digits, which only a broken
	 * worker sends, distance_bcd() would not keep all either. */
	const uint64_t key = UINT64_C(1) << 63 | number << NUMBER_SHIFT | set;

	*ret_ref = 0;
	if (number == 0)
		return RC_OK;
	struct read_cached *k = cached(cache, key);
	if (k->key == 0) {
		const uint64_t digits = distance_bcd(number);
		uint8_t bytes[sizeof(digits)];

		memcpy(bytes, &digits, sizeof(bytes));
		const enum rc rc =
			list_value(c, set, (struct span){bytes, sizeof(bytes)},
				   0, &k->value);
		if (rc != RC_OK)
			return rc;
		k->key = key;
	}
	*ret_ref = k->value;
	return RC_OK;
}

/* Whose is ${nir} (13 digits), going by ${sex} and ${date}? Months past 12 were
 * given to people whose month was not known. */
static enum units_nir
nir_class(uint64_t nir, uint8_t sex, uint32_t date)
{
	const unsigned nir_sex = (unsigned)(nir / 1000000000000U % 10);
	const unsigned year = (unsigned)(nir / 10000000000U % 100);
	const unsigned month = (unsigned)(nir / 100000000U % 100);
	const unsigned born_year = date / 10000 % 100;
	const unsigned born_month = date / 100 % 100;
	unsigned known = 0;
	unsigned wrong = 0;

	if (sex != 0) {
		known++;
		wrong += (nir_sex + 1) % 2 + 1 != sex;
	}
	if (date != 0) {
		known++;
		wrong += year != born_year;
	}
	if (born_month != 0 && month >= 1 && month <= 12) {
		known += 2;
		wrong += month != born_month;
	}
	if (wrong >= 2)
		return UNITS_NIR_OTHER;
	return wrong == 0 && known >= 3 ? UNITS_NIR_OWN : UNITS_NIR_DOUBT;
}

/* Dates that programs write where none is known. */
static bool
is_filler(uint32_t date)
{
	return date == 19000101 || date == 18991230 || date == 18991231 ||
	       date == 19010101 || date == 18500101;
}

static uint32_t
sound_date(uint32_t date)
{
	const uint32_t year = date / 10000;
	const uint32_t month = date / 100 % 100;
	const uint32_t day = date % 100;

	if (is_filler(date) || year < 1850 || year > 2100 || month > 12 ||
	    day > 31)
		return 0;
	return month == 0 ? year * 10000 : date;
}

static enum rc
list_values(struct read_chunk *c, struct read_cached *cache,
	    const struct mention *m, uint32_t refs[static READ_VALUES])
{
	enum rc rc = RC_OK;

	for (size_t t = 0; t < MENTION_TEXTS && rc == RC_OK; t++)
		rc = list_text(c, cache, (enum units_set)TEXT_SETS[t],
			       m->text[t], &refs[t]);
	if (rc == RC_OK)
		rc = list_number(c, cache, UNITS_NIRS, m->nir, &refs[READ_NIR]);
	for (size_t i = 0; i < UNITS_PHONES && rc == RC_OK; i++)
		rc = list_number(c, cache, UNITS_PHONES_SET, m->phone[i],
				 &refs[READ_PHONES + i]);
	return rc;
}

enum rc
read_chunk(struct read_chunk *c, struct read_cached *cache)
{
	enum rc rc = RC_OK;

	c->n_values = 0;
	c->n_texts = 0;
	memset(cache, 0, READ_CACHE * sizeof(*cache));
	for (size_t i = c->from; i < c->to && rc == RC_OK; i++) {
		const struct mention *m = &c->block->mentions[i];
		struct unit *u = &c->units[i - c->from];
		uint32_t *refs = c->refs + (i - c->from) * READ_VALUES;

		memset(u, 0, sizeof(*u));
		u->mentions = 1;
		memset(refs, 0, READ_VALUES * sizeof(*refs));
		if (m->role == ROLE_PROFESSIONAL ||
		    m->role == ROLE_ORGANISATION)
			continue;
		u->date = sound_date(m->birth_date);
		u->digits = (uint32_t)distance_bcd(u->date);
		u->sex = m->sex;
		if (m->nir != 0) {
			u->nir_class =
				(uint8_t)nir_class(m->nir, u->sex, u->date);
			u->nir_good = m->nir_state == NIR_GOOD;
		}
		rc = list_values(c, cache, m, refs);
	}
	return rc;
}

/* Number the ${n} values of ${c} listed in ${mine}, memory on its way before
 * it is used. */
static enum rc
number_values(struct read_chunk *c, struct values *const *sets,
	      const uint32_t *mine, uint32_t n)
{
	enum rc rc = RC_OK;

	for (uint32_t k = 0; k < n + AHEAD_SLOT && rc == RC_OK; k++) {
		const uint32_t place = k - (AHEAD_SLOT - AHEAD_PLACE);
		const uint32_t entry = k - (AHEAD_SLOT - AHEAD_ENTRY);
		const uint32_t now = k - AHEAD_SLOT;

		/* Below 0 is above n. */
		if (k < n)
			values_expect_slot(sets[c->values[mine[k]].set],
					   c->values[mine[k]].hash);
		if (place < n)
			values_expect_place(sets[c->values[mine[place]].set],
					    c->values[mine[place]].hash);
		if (entry < n)
			values_expect_entry(sets[c->values[mine[entry]].set],
					    c->values[mine[entry]].hash);
		if (now >= n)
			continue;
		struct read_value *v = &c->values[mine[now]];
		rc = values_add(sets[v->set],
				(struct span){c->texts + v->at, v->n}, v->hash,
				v->note, &v->id);
	}
	return rc;
}

enum rc
read_number(struct read_chunk *c, struct values *const *sets, unsigned part,
	    unsigned parts)
{
	uint32_t mine[512];
	uint32_t next = 0;
	enum rc rc = RC_OK;

	while (next < c->n_values && rc == RC_OK) {
		uint32_t n = 0;

		for (; next < c->n_values && n < COUNT_OF(mine); next++)
			if (values_shard(c->values[next].hash) % parts == part)
				mine[n++] = next;
		rc = number_values(c, sets, mine, n);
	}
	return rc;
}

/* Write value ${ref} to ${id} and into the hash ${h}. */
static void
put_value(const struct read_chunk *c, uint32_t ref, uint32_t *id, uint64_t *h)
{
	if (ref == 0) {
		*h = mix_in(*h, 0);
		return;
	}
	*id = c->values[ref - 1].id;
	*h = mix_in(*h, c->values[ref - 1].hash);
}

/* People born on one day stand together, so that units that are compared are
 * near each other in memory. */
static uint64_t
placed(uint64_t h, const struct unit *u, uint64_t nir_hash)
{
	const uint64_t high = UINT64_C(0xFFFFC00000000000);
	const uint64_t day = u->date != 0 ? u->date : nir_hash;

	return (mix(day) & high) | (h & ~high);
}

void
read_finish(const struct read_chunk *c)
{
	for (size_t i = 0; i < c->to - c->from; i++) {
		const uint32_t *refs = c->refs + i * READ_VALUES;
		struct unit *u = &c->units[i];
		uint32_t *ids[MENTION_TEXTS] = {
			[MENTION_FAMILY] = &u->family,
			[MENTION_BIRTH] = &u->birth,
			[MENTION_GIVEN] = &u->given,
			[MENTION_STREET] = &u->street,
			[MENTION_POSTCODE] = &u->postcode,
			[MENTION_CITY] = &u->city,
			[MENTION_EMAIL] = &u->email,
			[MENTION_OTHER_ID] = &u->other,
		};
		uint64_t h = (uint64_t)u->date << 16 | (uint64_t)u->sex << 8 |
			     u->nir_good;

		for (size_t t = 0; t < MENTION_TEXTS; t++)
			put_value(c, refs[t], ids[t], &h);
		put_value(c, refs[READ_NIR], &u->nir, &h);
		size_t n = 0;
		for (size_t k = 0; k < UNITS_PHONES; k++)
			if (refs[READ_PHONES + k] != 0)
				put_value(c, refs[READ_PHONES + k],
					  &u->phone[n++], &h);
		const uint32_t nir = refs[READ_NIR];
		c->content[i] =
			placed(h, u, nir == 0 ? 0 : c->values[nir - 1].hash);
	}
}
