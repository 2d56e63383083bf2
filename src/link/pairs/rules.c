#include "link/pairs/rules.h"

#include "base/sort.h"
#include "link/mix/mix.h"

enum {
	UNIT_BITS = 28, /* UNITS_MAX */
	KEY_BITS = 64 - UNIT_BITS,
	BLOCK_LEAST = 8,
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
	struct rules_found *found;
	enum pairs_rule rule;
	unsigned index_bits;
	size_t block_max;
	size_t pairs_max;
	uint64_t *items; /* key and unit */
	uint64_t *spare;
	size_t n;
	bool full; /* more pairs than pairs_max */
};

static bool
put_pair(struct worker *w, uint64_t a, uint64_t b)
{
	struct rules_found *f = w->found;
	const unsigned bits = w->index_bits;

	if (f->n == f->cap) {
		uint64_t *fresh =
			f->n >= w->pairs_max
				? NULL
				: room_grow(w->source->units->room, f->pair,
					    f->cap, 2 * f->cap,
					    sizeof(*f->pair));

		if (fresh == NULL) {
			w->full = true;
			return false;
		}
		f->pair = fresh;
		f->cap *= 2;
	}
	f->pair[f->n++] = (a << bits | b) << RULES_BITS | w->rule;
	return true;
}

/* All pairs of the items ${from} to ${to} that are no more than ${reach}
 * apart. */
static void
put_block(struct worker *w, size_t from, size_t to, size_t reach)
{
	for (size_t i = from; i < to; i++) {
		const uint64_t a = w->items[i] & UNIT_MASK;
		const size_t end = to - i > reach ? i + 1 + reach : to;

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

	while (from < to && !w->full) {
		const size_t end = same_key_end(w, from, to);

		if (end - from > w->block_max)
			large[n++] = (struct stretch){from, end};
		else
			put_block(w, from, end, end - from);
		from = end;
	}
	return n;
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
	sort_bits(w->items + s->from, w->spare, s->to - s->from, UNIT_BITS,
		  KEY_BITS);
}

static enum rc
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
		w->found->split += n;
		struct stretch *swap = large;
		large = next;
		next = swap;
		n = n_next;
	}
	for (size_t i = 0; i < n && !w->full; i++) {
		put_block(w, large[i].from, large[i].to, PAIRS_WINDOW);
		w->found->cut++;
	}
	return RC_OK;
}

static void
put_keys(struct worker *w)
{
	const struct units *u = w->source->units;
	struct keys keys;

	w->n = 0;
	for (size_t i = 0; i < u->n; i++) {
		if (!u->units[i].names)
			continue;
		keys_of(w->source, w->rule, &u->units[i], &keys);
		for (size_t k = 0; k < keys.n; k++)
			w->items[w->n++] = mix(keys.key[k]) << UNIT_BITS | i;
	}
	sort_bits(w->items, w->spare, w->n, UNIT_BITS, KEY_BITS);
}

/* Pairs that the blocks of ${w} would make. */
static uint64_t
count_pairs(const struct worker *w)
{
	uint64_t n = 0;

	for (size_t i = 0; i < w->n;) {
		const size_t end = same_key_end(w, i, w->n);

		n += (uint64_t)(end - i) * (end - i - 1) / 2;
		i = end;
	}
	return n;
}

/* A wide rule makes all its pairs or none. */
static bool
leave_out(struct worker *w)
{
	const uint64_t few = PAIRS_WIDE_PER_UNIT * (uint64_t)w->n;

	w->block_max = w->n + 1;
	w->pairs_max = SIZE_MAX;
	return count_pairs(w) > (few > PAIRS_WIDE_MAX ? few : PAIRS_WIDE_MAX);
}

/* Pair up what ${w} has, in blocks of at most ${w}->block_max. */
static enum rc
pair_up(struct worker *w)
{
	struct room *room = w->source->units->room;
	const size_t most = w->n / w->block_max + 1;
	struct stretch *large = ROOM_ARRAY(room, 2 * most, struct stretch);

	if (large == NULL)
		return RC_LIMIT;
	w->found->n = 0;
	w->found->split = 0;
	w->found->cut = 0;
	w->full = false;
	put_keys(w);
	if (w->rule >= PAIRS_DATE && leave_out(w))
		w->n = 0;
	const size_t n = put_blocks(w, 0, w->n, large);
	const enum rc rc = split_blocks(w, large, n, large + most);
	room_give(room, large, 2 * most, sizeof(*large));
	return rc;
}

enum rc
rules_desk_init(struct rules_desk *d, struct room *room, size_t n_units)
{
	d->cap = n_units * KEYS_MAX;
	d->items = ROOM_ARRAY(room, d->cap, uint64_t);
	d->spare = ROOM_ARRAY(room, d->cap, uint64_t);
	return d->items != NULL && d->spare != NULL ? RC_OK : RC_LIMIT;
}

void
rules_desk_done(struct rules_desk *d, struct room *room)
{
	room_give(room, d->items, d->cap, sizeof(*d->items));
	room_give(room, d->spare, d->cap, sizeof(*d->spare));
}

enum rc
rules_run(const struct keys_source *s, enum pairs_rule rule,
	  unsigned index_bits, struct rules_desk *desk,
	  struct rules_found *found)
{
	struct worker w = {
		.source = s,
		.found = found,
		.rule = rule,
		.index_bits = index_bits,
		.block_max = PAIRS_BLOCK_MAX,
		.pairs_max = PAIRS_PER_UNIT * s->units->n + START_CAP,
		.items = desk->items,
		.spare = desk->spare,
	};

	if (rule >= PAIRS_DATE && s->units->n > PAIRS_WIDE_UNITS)
		return RC_OK;
	found->cap = s->units->n / 2 + START_CAP;
	found->pair = ROOM_ARRAY(s->units->room, found->cap, uint64_t);
	if (found->pair == NULL)
		return RC_LIMIT;
	enum rc rc = pair_up(&w);
	while (rc == RC_OK && w.full && w.block_max > BLOCK_LEAST) {
		w.block_max /= 3;
		rc = pair_up(&w);
	}
	return w.full ? RC_LIMIT : rc;
}
