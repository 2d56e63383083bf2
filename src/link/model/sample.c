#include "base/sort.h"
#include "link/model/model.h"

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
	START_CAP = 1 << 16,
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

enum {
	RULE_BITS = 5,
	WEIGHT_BITS = 64 - LEVELS_BITS * LEVELS_FIELDS - RULE_BITS,
};

_Static_assert(PAIRS_RULES <= 1 << RULE_BITS, "a rule fits its bits");
_Static_assert(TWIN_MENTIONS *(TWIN_MENTIONS - 1) / 2 < 1 << WEIGHT_BITS,
	       "a weight fits its bits");

/* How a rule's pairs are drawn: as pattern, rule and weight in one number. */
struct drawing {
	struct room *room;
	uint64_t *drawn;
	size_t n;
	size_t cap;
	size_t stride[PAIRS_RULES];   /* every how manyth one */
	uint64_t hidden[PAIRS_RULES]; /* bits that make a field missing */
};

static void
plan(struct drawing *d, const struct pairs *p)
{
	for (unsigned r = 0; r < PAIRS_RULES; r++) {
		d->stride[r] = 1 + p->by_rule[r] / MODEL_RULE_PAIRS;
		d->hidden[r] = 0;
		for (unsigned f = 0; f < LEVELS_FIELDS; f++)
			if ((RULE_FIELDS[r] >> f & 1U) != 0)
				d->hidden[r] |= (uint64_t)LEVELS_MISSING
						<< (LEVELS_BITS * f);
	}
}

static bool
add(struct drawing *d, uint64_t pattern, unsigned rule, uint64_t weight)
{
	if (d->n == d->cap) {
		uint64_t *fresh = room_resize(d->room, d->drawn, d->cap,
					      2 * d->cap, sizeof(*fresh));

		if (fresh == NULL)
			return false;
		d->drawn = fresh;
		d->cap *= 2;
	}
	d->drawn[d->n++] = ((pattern | d->hidden[rule]) << RULE_BITS | rule)
				   << WEIGHT_BITS |
			   weight;
	return true;
}

/* The rules of ${rules} whose turn it is to draw; ${skip} says how many pairs
 * each leaves out before. */
static uint32_t
whose_turn(const struct drawing *d, uint32_t rules, size_t *skip)
{
	uint32_t turn = 0;

	for (uint32_t left = rules; left != 0; left &= left - 1) {
		const unsigned r = (unsigned)__builtin_ctz(left);

		if (skip[r]-- > 0)
			continue;
		skip[r] = d->stride[r] - 1;
		turn |= 1U << r;
	}
	return turn;
}

static bool
draw_pairs(struct drawing *d, const struct pairs *p, const uint64_t *patterns)
{
	size_t skip[PAIRS_RULES] = {0};

	for (size_t i = 0; i < p->n; i++) {
		uint32_t turn = whose_turn(d, p->rules[i], skip);

		for (; turn != 0; turn &= turn - 1)
			if (!add(d, patterns[i], (unsigned)__builtin_ctz(turn),
				 1))
				return false;
	}
	return true;
}

static bool
draw_equals(struct drawing *d, const struct levels *l, size_t n_units)
{
	const struct units *u = l->units;
	size_t skip[PAIRS_RULES] = {0};

	for (size_t i = 0; i < n_units; i++) {
		const struct unit *x = &u->units[i];

		if (x->mentions < 2 || !x->names)
			continue;
		uint32_t turn = whose_turn(d, own_rules(x), skip);
		if (turn == 0)
			continue;
		const uint64_t k = x->mentions < TWIN_MENTIONS ? x->mentions
							       : TWIN_MENTIONS;
		const uint64_t pattern = levels_compare(l, NULL, x, x);
		for (; turn != 0; turn &= turn - 1)
			if (!add(d, pattern, (unsigned)__builtin_ctz(turn),
				 k * (k - 1) / 2))
				return false;
	}
	return true;
}

/* Join what is equal but for its weight. */
static enum rc
join_equal(struct drawing *d, struct model_sample *s)
{
	uint64_t *spare = ROOM_ARRAY(d->room, d->n, uint64_t);

	if (spare == NULL)
		return RC_LIMIT;
	sort_bits(d->drawn, spare, d->n, WEIGHT_BITS, 64 - WEIGHT_BITS);
	room_give(d->room, spare, d->n, sizeof(*spare));
	for (size_t i = 0; i < d->n; i++)
		s->cap += i == 0 || d->drawn[i] >> WEIGHT_BITS !=
					    d->drawn[i - 1] >> WEIGHT_BITS;
	s->entries = ROOM_ARRAY(d->room, s->cap, struct model_entry);
	if (s->entries == NULL)
		return RC_LIMIT;
	for (size_t i = 0; i < d->n; i++) {
		const uint64_t key = d->drawn[i] >> WEIGHT_BITS;
		const uint64_t weight =
			d->drawn[i] & ((UINT64_C(1) << WEIGHT_BITS) - 1);

		if (i == 0 || key != d->drawn[i - 1] >> WEIGHT_BITS)
			s->entries[s->n++] = (struct model_entry){
				.pattern = key >> RULE_BITS,
				.rule = (uint32_t)key & ((1U << RULE_BITS) - 1),
			};
		s->entries[s->n - 1].weight += (double)weight;
	}
	return RC_OK;
}

enum rc
model_sample_pairs(const struct levels *l, const struct pairs *p,
		   const uint64_t *patterns, size_t n_units,
		   struct model_sample *ret_sample)
{
	struct room *room = l->units->room;
	struct model_sample s = {.room = room};
	struct drawing d = {.room = room, .cap = START_CAP};
	enum rc rc = RC_LIMIT;

	d.drawn = ROOM_ARRAY(room, d.cap, uint64_t);
	plan(&d, p);
	if (d.drawn != NULL && draw_pairs(&d, p, patterns) &&
	    draw_equals(&d, l, n_units))
		rc = join_equal(&d, &s);
	room_give(room, d.drawn, d.cap, sizeof(*d.drawn));
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
