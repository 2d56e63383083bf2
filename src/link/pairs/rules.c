#include "link/pairs/rules.h"

#include "base/sort.h"
#include "link/mix/mix.h"

enum {
	UNIT_BITS = 28, /* UNITS_MAX */
	KEY_BITS = 64 - UNIT_BITS,
	KEY_HIGH = 22, /* of them, in which few keys that differ agree */
	BLOCK_LEAST = 8,
	AHEAD = 10, /* units between asking for memory and using it */
	START_CAP = 1 << 14,
};

_Static_assert(PAIRS_RULES <= 1 << RULES_BITS, "a rule fits its bits");
_Static_assert((1 << UNIT_BITS) >= UNITS_MAX, "a unit fits its bits");

#define UNIT_MASK ((UINT64_C(1) << UNIT_BITS) - 1)

/* A stretch of items that share a key but are too many. */
struct stretch {
	size_t from;
	size_t to;
};

/* One rule at work. */
struct worker {
	const struct keys_source *source;
	const struct rules_stretch *stretch;
	struct rules_plan *plan;
	struct rules_found *found;
	struct rules_desk *desk;
	enum pairs_rule rule;
	uint64_t pairs_max;
	unsigned part;   /* of the keys; those of a part are at work */
	uint64_t *items; /* key and unit */
	size_t n;
	bool full; /* more pairs than pairs_max */
	enum rc rc;
};

static bool
put_pair(struct worker *w, uint64_t a, uint64_t b)
{
	struct rules_found *f = w->found;

	if (f->n == f->cap) {
		const size_t all = w->stretch->to - w->stretch->from;
		const size_t cap = f->cap + f->cap / 2 + all / 2 + START_CAP;
		uint64_t *fresh = room_resize(w->source->units->room, f->pair,
					      f->cap, cap, sizeof(*f->pair));

		if (fresh == NULL) {
			w->rc = RC_LIMIT;
			return false;
		}
		f->pair = fresh;
		f->cap = cap;
	}
	f->pair[f->n++] =
		(a << w->stretch->index_bits | b) << RULES_BITS | w->rule;
	return true;
}

/* Pairs among ${n} units no more than ${reach} apart. */
static uint64_t
pairs_among(uint64_t n, uint64_t reach)
{
	if (reach >= n)
		return n * (n - 1) / 2;
	return n * reach - reach * (reach + 1) / 2;
}

/* All pairs of the items ${from} to ${to}, whose key is the same and which
 * stand by number, that are no more than ${reach} apart. */
static void
put_block(struct worker *w, size_t from, size_t to, size_t reach)
{
	w->plan->found += pairs_among(to - from, reach);
	w->full = w->plan->found > w->pairs_max;
	for (size_t i = from; i < to && !w->full; i++) {
		const uint64_t a = w->items[i] & UNIT_MASK;
		const size_t end = to - i > reach ? i + 1 + reach : to;

		if (a < w->stretch->from)
			continue;
		if (a >= w->stretch->to)
			return;
		for (size_t k = i + 1; k < end; k++)
			if (!put_pair(w, a, w->items[k] & UNIT_MASK))
				return;
	}
}

static size_t
same_key_end(const struct worker *w, size_t from, size_t to)
{
	const uint64_t key = w->items[from] >> UNIT_BITS;
	size_t i = from + 1;

	while (i < to && w->items[i] >> UNIT_BITS == key)
		i++;
	return i;
}

/* Pair up the blocks between ${from} and ${to}; those that are too large go
 * to ${large}. */
static size_t
put_blocks(struct worker *w, size_t from, size_t to, struct stretch *large)
{
	size_t n = 0;

	while (from < to && !w->full && w->rc == RC_OK) {
		const size_t end = same_key_end(w, from, to);

		if (end - from > w->plan->block_max)
			large[n++] = (struct stretch){from, end};
		else if (end - from > 1)
			put_block(w, from, end, end - from);
		from = end;
	}
	return n;
}

/* Sort ${n} items by key, those of a key by unit. Hashes are apart after their
 * high bits; where they are not, or keys are small numbers, the rest decides.
 */
static void
sort_keys(uint64_t *items, uint64_t *spare, size_t n)
{
	const unsigned low = KEY_BITS - KEY_HIGH;

	sort_bits(items, spare, n, UNIT_BITS + low, KEY_HIGH);
	for (size_t i = 0, end; i < n; i = end) {
		const uint64_t high = items[i] >> (UNIT_BITS + low);

		for (end = i + 1;
		     end < n && items[end] >> (UNIT_BITS + low) == high;)
			end++;
		sort_bits(items + i, spare, end - i, UNIT_BITS, low);
	}
}

/* Give the items of ${s} new keys from one more field. */
static void
rekey(struct worker *w, const struct stretch *s, size_t step)
{
	const struct keys_source *source = w->source;

	for (size_t i = s->from; i < s->to; i++) {
		const uint64_t unit = w->items[i] & UNIT_MASK;
		const uint64_t finer = keys_finer(
			source, step, &w->source->units->units[unit]);

		w->items[i] = mix(finer) << UNIT_BITS | unit;
	}
	sort_keys(w->items + s->from, w->desk->spare, s->to - s->from);
}

static void
split_blocks(struct worker *w, struct stretch *large, size_t n,
	     struct stretch *next)
{
	for (size_t step = 0; step < KEYS_STEPS && n > 0; step++) {
		size_t n_next = 0;

		for (size_t i = 0; i < n && !w->full; i++) {
			rekey(w, &large[i], step);
			n_next += put_blocks(w, large[i].from, large[i].to,
					     next + n_next);
		}
		w->plan->split += n;
		struct stretch *swap = large;
		large = next;
		next = swap;
		n = n_next;
	}
	for (size_t i = 0; i < n && !w->full; i++) {
		put_block(w, large[i].from, large[i].to, PAIRS_WINDOW);
		w->plan->cut++;
	}
}

/* Room for ${n} items. */
static enum rc
make_room(struct rules_desk *d, struct room *room, size_t n)
{
	const size_t cap = d->cap + d->cap / 8 > n ? d->cap + d->cap / 8 : n;

	if (n <= d->cap)
		return RC_OK;
	/* Nothing is in the spare while keys are made. */
	room_give(room, d->spare, d->cap, sizeof(*d->spare));
	d->spare = NULL;
	uint64_t *items =
		room_resize(room, d->items, d->cap, cap, sizeof(*items));
	if (items != NULL) {
		d->items = items;
		d->cap = cap;
	}
	d->spare = ROOM_ARRAY(room, d->cap, uint64_t);
	return items != NULL && d->spare != NULL ? RC_OK : RC_LIMIT;
}

/* The keys of this part, sorted. */
static void
put_keys(struct worker *w)
{
	const struct units *u = w->source->units;
	const unsigned parts = w->stretch->parts;
	struct keys keys;

	w->n = 0;
	for (size_t i = 0; i < u->n && w->rc == RC_OK; i++) {
		if (i + AHEAD < u->n)
			keys_expect(w->source, w->rule, &u->units[i + AHEAD]);
		if (!u->units[i].names)
			continue;
		if (w->n + KEYS_MAX > w->desk->cap)
			w->rc = make_room(w->desk, u->room, w->n + KEYS_MAX);
		keys_of(w->source, w->rule, &u->units[i], &keys);
		for (size_t k = 0; k < keys.n && w->rc == RC_OK; k++)
			if (parts == 1 || keys.key[k] % parts == w->part)
				w->desk->items[w->n++] =
					keys.key[k] << UNIT_BITS | i;
	}
	w->items = w->desk->items;
	if (w->rc == RC_OK)
		sort_keys(w->items, w->desk->spare, w->n);
}

enum { SIZES = 7 }; /* of blocks: PAIRS_BLOCK_MAX, half of it and so on */

/* Add to ${pairs} how many pairs the keys make in blocks of at most each size,
 * and return how many they make in all. */
static uint64_t
count_pairs(const struct worker *w, uint64_t pairs[static SIZES])
{
	uint64_t all = 0;

	for (size_t i = 0; i < w->n;) {
		const size_t end = same_key_end(w, i, w->n);
		const uint64_t n = pairs_among(end - i, end - i);
		size_t most = PAIRS_BLOCK_MAX;

		for (size_t k = 0; n > 0 && k < SIZES && end - i <= most; k++) {
			pairs[k] += n;
			most /= 2;
		}
		all += n;
		i = end;
	}
	return all;
}

/* So many pairs of ${rule} are worth their time among ${n} units. */
static uint64_t
pairs_worth(enum pairs_rule rule, uint64_t n)
{
	if (rule <= PAIRS_OTHER)
		return PAIRS_PER_UNIT * n + START_CAP;
	return PAIRS_LOOSE_OF_4 * n / 4 + PAIRS_LOOSE_MAX;
}

/* A wide rule makes all its pairs or none; its keys are in one part. */
static bool
leave_out(struct worker *w)
{
	const uint64_t few = PAIRS_WIDE_PER_UNIT * (uint64_t)w->n;
	uint64_t pairs[SIZES] = {0};

	w->plan->block_max = w->n + 1;
	w->pairs_max = UINT64_MAX;
	return count_pairs(w, pairs) >
	       (few > PAIRS_WIDE_MAX ? few : PAIRS_WIDE_MAX);
}

/* Pair up the keys of one part, in blocks of at most the plan's size. */
static void
pair_up_part(struct worker *w)
{
	struct room *room = w->source->units->room;
	const size_t most = w->n / w->plan->block_max + 1;
	struct stretch *large = ROOM_ARRAY(room, 2 * most, struct stretch);

	if (large == NULL)
		w->rc = RC_LIMIT;
	if (w->rc == RC_OK) {
		const size_t n = put_blocks(w, 0, w->n, large);

		split_blocks(w, large, n, large + most);
	}
	room_give(room, large, 2 * most, sizeof(*large));
}

/* Pair up all keys; those of a single part are there already. */
static void
pair_up(struct worker *w)
{
	const unsigned parts = w->stretch->parts;

	w->found->n = 0;
	w->plan->found = 0;
	w->plan->split = 0;
	w->plan->cut = 0;
	w->full = false;
	for (w->part = 0; w->part < parts && !w->full; w->part++) {
		if (parts > 1)
			put_keys(w);
		if (w->rc != RC_OK)
			return;
		pair_up_part(w);
	}
}

/* Choose the size of blocks by the pairs they would make. What splitting the
 * others makes comes on top, so this may not be the last word. */
static void
choose_size(struct worker *w)
{
	uint64_t pairs[SIZES] = {0};
	size_t size = PAIRS_BLOCK_MAX;

	for (w->part = 0; w->part < w->stretch->parts; w->part++) {
		put_keys(w);
		if (w->rc != RC_OK)
			return;
		(void)count_pairs(w, pairs);
	}
	for (size_t k = 0; size > BLOCK_LEAST && pairs[k] > w->pairs_max; k++)
		size /= 2;
	w->plan->block_max = size;
}

void
rules_desk_done(struct rules_desk *d, struct room *room)
{
	room_give(room, d->items, d->cap, sizeof(*d->items));
	room_give(room, d->spare, d->cap, sizeof(*d->spare));
	*d = (struct rules_desk){0};
}

enum rc
rules_run(const struct keys_source *s, enum pairs_rule rule,
	  const struct rules_stretch *stretch, struct rules_desk *desk,
	  struct rules_plan *plan, struct rules_found *found)
{
	const size_t n = s->units->n;
	struct worker w = {
		.source = s,
		.stretch = stretch,
		.plan = plan,
		.found = found,
		.desk = desk,
		.rule = rule,
		.pairs_max = pairs_worth(rule, n),
		.rc = RC_OK,
	};

	if (rule >= PAIRS_DATE && n > PAIRS_WIDE_UNITS)
		return RC_OK;
	if (desk->cap == 0)
		w.rc = make_room(desk, s->units->room,
				 (n + n / 4) / stretch->parts + START_CAP);
	const bool first = plan->block_max == 0;
	if (first && w.rc == RC_OK)
		choose_size(&w);
	else if (stretch->parts == 1 && w.rc == RC_OK)
		put_keys(&w);
	if (w.rc == RC_OK && rule >= PAIRS_DATE && leave_out(&w))
		w.n = 0;
	for (;;) {
		/* Below that, a few neighbours meet, and there is no less. */
		if (plan->block_max <= BLOCK_LEAST)
			w.pairs_max = UINT64_MAX;
		if (w.rc == RC_OK)
			pair_up(&w);
		if (w.rc != RC_OK || !w.full)
			return w.rc;
		plan->block_max /= 2;
		if (stretch->parts == 1)
			put_keys(&w); /* splitting has changed them */
	}
}
