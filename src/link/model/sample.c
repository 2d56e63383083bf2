#include "link/model/model.h"
#include "link/radix/radix.h"

/* Fields that a rule makes agree, so that it teaches nothing of them. */
static const uint32_t RULE_FIELDS[PAIRS_RULES] = {
	[PAIRS_NIR] = 1U << LEVELS_NIR,
	[PAIRS_PHONE] = 1U << LEVELS_PHONE | 1U << LEVELS_PHONE_MOVED,
	[PAIRS_EMAIL] = 1U << LEVELS_EMAIL,
	[PAIRS_OTHER] = 1U << LEVELS_OTHER,
	[PAIRS_DATE_GIVEN] = 1U << LEVELS_DATE | 1U << LEVELS_GIVEN,
	[PAIRS_DATE_FAMILY] = 1U << LEVELS_DATE | 1U << LEVELS_FAMILY,
	[PAIRS_SOUNDS_PLACE] = 1U << LEVELS_GIVEN | 1U << LEVELS_FAMILY |
			       1U << LEVELS_PLACE | 1U << LEVELS_MOVE,
	[PAIRS_SOUNDS_YEAR] =
		1U << LEVELS_GIVEN | 1U << LEVELS_FAMILY | 1U << LEVELS_DATE,
	[PAIRS_SOUND_GIVEN] = 1U << LEVELS_GIVEN | 1U << LEVELS_FAMILY,
	[PAIRS_FAMILY_STREET] = 1U << LEVELS_FAMILY | 1U << LEVELS_STREET |
				1U << LEVELS_MOVE | 1U << LEVELS_PLACE,
	[PAIRS_GIVEN_STREET] = 1U << LEVELS_GIVEN | 1U << LEVELS_STREET |
			       1U << LEVELS_MOVE | 1U << LEVELS_PLACE,
	[PAIRS_DATE_PLACE] =
		1U << LEVELS_DATE | 1U << LEVELS_PLACE | 1U << LEVELS_MOVE,
	[PAIRS_DATE] = 1U << LEVELS_DATE,
	[PAIRS_FAMILY] = 1U << LEVELS_FAMILY,
	[PAIRS_GIVEN] = 1U << LEVELS_GIVEN,
	[PAIRS_STREET] =
		1U << LEVELS_STREET | 1U << LEVELS_MOVE | 1U << LEVELS_PLACE,
	[PAIRS_PLACE] = 1U << LEVELS_MOVE | 1U << LEVELS_PLACE,
	[PAIRS_ALL] = 0,
};

enum {
	TWIN_MENTIONS = 6, /* equal mentions of a unit that count */
};

/* The rules by which a unit would meet its equal. */
static uint32_t
own_rules(const struct unit *u)
{
	const bool surname = u->family != 0 || u->birth != 0;
	const bool both = surname && u->given != 0;
	const bool place = u->postcode != 0 || u->city != 0;
	uint32_t rules = 0;

	rules |= (uint32_t)(u->nir != 0) << PAIRS_NIR;
	rules |= (uint32_t)(u->phone[0] != 0) << PAIRS_PHONE;
	rules |= (uint32_t)(u->email != 0) << PAIRS_EMAIL;
	rules |= (uint32_t)(u->other != 0) << PAIRS_OTHER;
	rules |= (uint32_t)(u->date != 0 && u->given != 0) << PAIRS_DATE_GIVEN;
	rules |= (uint32_t)(u->date != 0 && surname) << PAIRS_DATE_FAMILY;
	rules |= (uint32_t)(both && place) << PAIRS_SOUNDS_PLACE;
	rules |= (uint32_t)(both && u->date != 0) << PAIRS_SOUNDS_YEAR;
	rules |= (uint32_t)both << PAIRS_SOUND_GIVEN;
	rules |= (uint32_t)(u->street != 0 && surname) << PAIRS_FAMILY_STREET;
	rules |= (uint32_t)(u->street != 0 && u->given != 0)
		 << PAIRS_GIVEN_STREET;
	rules |= (uint32_t)(u->date != 0 && place) << PAIRS_DATE_PLACE;
	rules |= (uint32_t)(u->date != 0) << PAIRS_DATE;
	rules |= (uint32_t)surname << PAIRS_FAMILY;
	rules |= (uint32_t)(u->given != 0) << PAIRS_GIVEN;
	rules |= (uint32_t)(u->street != 0) << PAIRS_STREET;
	rules |= (uint32_t)place << PAIRS_PLACE;
	rules |= UINT32_C(1) << PAIRS_ALL;
	return rules;
}

/* How a rule's pairs are drawn. */
struct drawing {
	struct model_sample *sample;
	size_t stride[PAIRS_RULES];   /* every how manyth one */
	uint64_t hidden[PAIRS_RULES]; /* bits that make a field missing */
};

static void
plan(struct drawing *d, const struct pairs *p)
{
	size_t count[PAIRS_RULES] = {0};

	for (size_t i = 0; i < p->n; i++)
		for (uint32_t left = p->rules[i]; left != 0; left &= left - 1)
			count[__builtin_ctz(left)]++;
	for (unsigned r = 0; r < PAIRS_RULES; r++) {
		d->stride[r] = 1 + count[r] / MODEL_RULE_PAIRS;
		d->hidden[r] = 0;
		for (unsigned f = 0; f < LEVELS_FIELDS; f++)
			if ((RULE_FIELDS[r] >> f & 1U) != 0)
				d->hidden[r] |= (uint64_t)LEVELS_MISSING
						<< (LEVELS_BITS * f);
	}
}

static bool
add(struct drawing *d, uint64_t pattern, unsigned rule, double weight)
{
	struct model_sample *s = d->sample;

	if (s->n == s->cap) {
		struct model_entry *fresh =
			room_grow(s->room, s->entries, s->cap, 2 * s->cap,
				  sizeof(*fresh));

		if (fresh == NULL)
			return false;
		s->entries = fresh;
		s->cap *= 2;
	}
	s->entries[s->n++] = (struct model_entry){
		.pattern = pattern | d->hidden[rule],
		.weight = weight,
		.rule = rule,
	};
	return true;
}

static bool
draw_pairs(struct drawing *d, const struct pairs *p, const uint64_t *patterns)
{
	size_t seen[PAIRS_RULES] = {0};

	for (size_t i = 0; i < p->n; i++) {
		for (uint32_t left = p->rules[i]; left != 0; left &= left - 1) {
			const unsigned r = (unsigned)__builtin_ctz(left);

			if (seen[r]++ % d->stride[r] != 0)
				continue;
			if (!add(d, patterns[i], r, 1.0))
				return false;
		}
	}
	return true;
}

static bool
draw_equals(struct drawing *d, const struct levels *l)
{
	const struct units *u = l->units;
	size_t seen[PAIRS_RULES] = {0};

	for (size_t i = 0; i < u->n; i++) {
		const struct unit *x = &u->units[i];

		if (x->mentions < 2 || !x->names)
			continue;
		const double k = x->mentions < TWIN_MENTIONS ? x->mentions
							     : TWIN_MENTIONS;
		const uint64_t pattern = levels_compare(l, x, x);

		for (uint32_t left = own_rules(x); left != 0;
		     left &= left - 1) {
			const unsigned r = (unsigned)__builtin_ctz(left);

			if (seen[r]++ % d->stride[r] != 0)
				continue;
			if (!add(d, pattern, r, k * (k - 1) / 2))
				return false;
		}
	}
	return true;
}

/* Join entries of one pattern and rule. Entries go through a sort of their
 * numbers, by pattern in two halves; the sums are of small integers, so their
 * order is nothing. */
static enum rc
join_equal(struct model_sample *s)
{
	uint64_t *keys = ROOM_ARRAY(s->room, s->n, uint64_t);
	uint64_t *spare = ROOM_ARRAY(s->room, s->n, uint64_t);
	struct model_entry *out = ROOM_ARRAY(s->room, s->n, struct model_entry);

	if (keys == NULL || spare == NULL || out == NULL) {
		room_give(s->room, keys, s->n, sizeof(*keys));
		room_give(s->room, spare, s->n, sizeof(*spare));
		room_give(s->room, out, s->n, sizeof(*out));
		return RC_LIMIT;
	}
	for (size_t i = 0; i < s->n; i++)
		keys[i] = i;
	for (unsigned half = 0; half < 2; half++) {
		for (size_t i = 0; i < s->n; i++) {
			const struct model_entry *e =
				&s->entries[keys[i] & UINT32_MAX];
			const uint64_t key = e->pattern << 5 | e->rule;

			keys[i] = (key >> (32 * half)) << 32 |
				  (keys[i] & UINT32_MAX);
		}
		radix_sort(keys, spare, s->n, 32, 32);
	}
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct model_entry *e = &s->entries[keys[i] & UINT32_MAX];

		if (n > 0 && out[n - 1].pattern == e->pattern &&
		    out[n - 1].rule == e->rule)
			out[n - 1].weight += e->weight;
		else
			out[n++] = *e;
	}
	room_give(s->room, keys, s->n, sizeof(*keys));
	room_give(s->room, spare, s->n, sizeof(*spare));
	room_give(s->room, s->entries, s->cap, sizeof(*s->entries));
	s->cap = s->n;
	s->entries = out;
	s->n = n;
	return RC_OK;
}

enum rc
model_sample_pairs(const struct levels *l, const struct pairs *p,
		   const uint64_t *patterns, struct model_sample *ret_sample)
{
	struct room *room = l->units->room;
	struct model_sample s = {.room = room, .cap = 1 << 16};
	struct drawing d = {.sample = &s};
	enum rc rc = RC_LIMIT;

	s.entries = ROOM_ARRAY(room, s.cap, struct model_entry);
	plan(&d, p);
	if (s.entries != NULL && draw_pairs(&d, p, patterns) &&
	    draw_equals(&d, l))
		rc = join_equal(&s);
	if (rc == RC_OK)
		*ret_sample = s;
	else
		model_sample_done(&s);
	return rc;
}

void
model_sample_done(struct model_sample *s)
{
	room_give(s->room, s->entries, s->cap, sizeof(*s->entries));
	s->entries = NULL;
	s->n = 0;
	s->cap = 0;
}
