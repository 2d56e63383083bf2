#include "link/pairs/keys.h"

#include "link/mix/mix.h"
#include "link/phonetic/phonetic.h"

#include <string.h>

enum {
	TWO_BYTES = 0xFFFF,
	THREE_BYTES = 0xFFFFFF,
};

void
keys_name_make(struct span text, uint64_t cuts, struct keys_name *out)
{
	struct span first = text;
	uint8_t sound[PHONETIC_SOUNDEX2] = {0};
	uint8_t sharp[PHONETIC_FONEM_MAX];

	memset(out, 0, sizeof(*out));
	if (text.n == 0)
		return;
	if (cuts != 0 && (size_t)__builtin_ctzll(cuts) < text.n)
		first.n = (size_t)__builtin_ctzll(cuts);
	out->first = span_hash(first, 1);
	memcpy(&out->start, text.p, text.n < 4 ? text.n : 4);
	(void)phonetic_soundex2(first, sound);
	memcpy(&out->sound, sound, sizeof(out->sound));
	const size_t n = phonetic_fonem(first, sharp);
	out->sharp =
		n == 0 ? out->first : span_hash((struct span){sharp, n}, 2);
}

static void
put_number(struct keys *l, uint64_t key)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->key[i] == key)
			return;
	if (l->n < KEYS_MAX)
		l->key[l->n++] = key;
}

static void
put(struct keys *l, uint64_t key)
{
	put_number(l, mix(key) >> (64 - KEYS_BITS));
}

static void
put_value(struct keys *l, uint32_t id)
{
	if (id != 0)
		put_number(l, id);
}

static uint64_t
place_hash(const struct keys_source *s, const struct unit *u)
{
	return u->postcode != 0 ? s->postcodes[u->postcode]
				: s->cities[u->city];
}

static uint64_t
street_hash(const struct keys_source *s, const struct unit *u)
{
	return s->streets[u->street];
}

/* The family name in use, then the birth name; how many there are. */
static size_t
surnames(const struct keys_source *s, const struct unit *u,
	 const struct keys_name *out[static 2])
{
	size_t n = 0;

	if (u->family != 0)
		out[n++] = &s->names[u->family];
	if (u->birth != 0 && u->birth != u->family)
		out[n++] = &s->names[u->birth];
	return n;
}

static void
date_keys(struct keys *l, const struct keys_source *s, enum pairs_rule rule,
	  const struct unit *u)
{
	const struct keys_name *family[2];

	if (u->date == 0)
		return;
	const uint64_t day = mix(u->date);
	if (rule == PAIRS_DATE_GIVEN && u->given != 0)
		put(l, mix_in(day, s->names[u->given].start & TWO_BYTES));
	if (rule == PAIRS_DATE_PLACE && (u->postcode != 0 || u->city != 0))
		put(l, mix_in(day, place_hash(s, u)));
	if (rule != PAIRS_DATE_FAMILY)
		return;
	const size_t n = surnames(s, u, family);
	for (size_t i = 0; i < n; i++)
		put(l, mix_in(day, family[i]->start & THREE_BYTES));
}

static void
name_keys(struct keys *l, const struct keys_source *s, enum pairs_rule rule,
	  const struct unit *u)
{
	const struct keys_name *family[2];
	const size_t n = surnames(s, u, family);

	if (u->given == 0)
		return;
	const struct keys_name *given = &s->names[u->given];
	for (size_t i = 0; i < n; i++) {
		/* A sum, since the columns may be swapped. */
		const uint64_t sounds =
			(uint64_t)given->sound + (uint64_t)family[i]->sound;

		if (rule == PAIRS_SOUNDS_PLACE && place_hash(s, u) != 0)
			put(l, mix_in(mix(sounds), place_hash(s, u)));
		if (rule == PAIRS_SOUNDS_YEAR && u->date != 0)
			put(l, mix_in(mix(sounds), u->date / 10000));
		if (rule == PAIRS_SOUND_GIVEN)
			put(l, mix_in(family[i]->sharp, given->first));
	}
}

/* One name or the date alone. */
static void
wide_keys(struct keys *l, const struct keys_source *s, enum pairs_rule rule,
	  const struct unit *u)
{
	const struct keys_name *family[2];

	if (rule == PAIRS_DATE && u->date != 0)
		put(l, mix(u->date));
	if (rule == PAIRS_GIVEN && u->given != 0)
		put(l, s->names[u->given].first);
	if (rule == PAIRS_STREET && u->street != 0)
		put(l, street_hash(s, u));
	if (rule == PAIRS_PLACE && (u->postcode != 0 || u->city != 0))
		put(l, place_hash(s, u));
	if (rule == PAIRS_ALL)
		put(l, 1);
	if (rule != PAIRS_FAMILY)
		return;
	const size_t n = surnames(s, u, family);
	for (size_t i = 0; i < n; i++)
		put(l, family[i]->sharp);
}

static void
street_keys(struct keys *l, const struct keys_source *s, enum pairs_rule rule,
	    const struct unit *u)
{
	const struct keys_name *family[2];

	if (u->street == 0)
		return;
	const uint64_t street = street_hash(s, u);
	if (rule == PAIRS_GIVEN_STREET) {
		if (u->given != 0)
			put(l, mix_in(street,
				      s->names[u->given].start & THREE_BYTES));
		return;
	}
	const size_t n = surnames(s, u, family);
	for (size_t i = 0; i < n; i++)
		put(l, mix_in(street, family[i]->start & THREE_BYTES));
}

void
keys_of(const struct keys_source *s, enum pairs_rule rule, const struct unit *u,
	struct keys *out)
{
	out->n = 0;
	switch (rule) {
	case PAIRS_NIR:
		put_value(out, u->nir);
		break;
	case PAIRS_PHONE:
		for (size_t i = 0; i < UNITS_PHONES; i++)
			put_value(out, u->phone[i]);
		break;
	case PAIRS_EMAIL:
		put_value(out, u->email);
		break;
	case PAIRS_OTHER:
		put_value(out, u->other);
		break;
	case PAIRS_DATE_GIVEN:
	case PAIRS_DATE_FAMILY:
	case PAIRS_DATE_PLACE:
		date_keys(out, s, rule, u);
		break;
	case PAIRS_SOUNDS_PLACE:
	case PAIRS_SOUNDS_YEAR:
	case PAIRS_SOUND_GIVEN:
		name_keys(out, s, rule, u);
		break;
	case PAIRS_FAMILY_STREET:
	case PAIRS_GIVEN_STREET:
		street_keys(out, s, rule, u);
		break;
	case PAIRS_DATE:
	case PAIRS_FAMILY:
	case PAIRS_GIVEN:
	case PAIRS_STREET:
	case PAIRS_PLACE:
	case PAIRS_ALL:
		wide_keys(out, s, rule, u);
		break;
	case PAIRS_RULES:
		break;
	}
}

void
keys_expect(const struct keys_source *s, enum pairs_rule rule,
	    const struct unit *u)
{
	if (rule <= PAIRS_OTHER)
		return;
	__builtin_prefetch(&s->names[u->given]);
	__builtin_prefetch(&s->names[u->family]);
	__builtin_prefetch(&s->names[u->birth]);
	if (rule == PAIRS_FAMILY_STREET || rule == PAIRS_GIVEN_STREET)
		__builtin_prefetch(&s->streets[u->street]);
}

uint64_t
keys_finer(const struct keys_source *s, size_t step, const struct unit *u)
{
	switch (step) {
	case 0:
		return u->date == 0 ? 0 : mix(u->date);
	case 1:
		return s->names[u->given].first;
	case 2:
		return s->names[u->family].first;
	case 3:
		return place_hash(s, u);
	case 4:
		return street_hash(s, u);
	case 5:
		return values_hash(s->units->sets[UNITS_PHONES_SET],
				   u->phone[0]);
	default:
		return values_hash(s->units->sets[UNITS_EMAILS], u->email);
	}
}
