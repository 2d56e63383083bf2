#include "link/units/fold.h"

#include "base/sort.h"

#include <stdatomic.h>
#include <string.h>

enum {
	START_UNITS = 1 << 6,
	INDEX_BITS = 24, /* of a unit in its shard: UNITS_MAX of all */
	TAG_SHIFT = 26,  /* which bits of the content stand in a slot */
	AHEAD = 12,      /* mentions between asking for a slot, */
	AHEAD_UNIT = 6,  /* for the unit that may be meant, and looking */
};

_Static_assert(sizeof(struct unit) == 64, "a unit is one cache line");

#define INDEX_MASK ((UINT32_C(1) << INDEX_BITS) - 1)

/* All but how often it was said? */
static bool
same_unit(const struct unit *a, const struct unit *b)
{
	return a->given == b->given && a->family == b->family &&
	       a->birth == b->birth && a->street == b->street &&
	       a->postcode == b->postcode && a->city == b->city &&
	       a->email == b->email && a->other == b->other &&
	       a->nir == b->nir &&
	       memcmp(a->phone, b->phone, sizeof(a->phone)) == 0 &&
	       a->date == b->date && a->sex == b->sex &&
	       a->nir_class == b->nir_class && a->nir_good == b->nir_good;
}

static size_t
first_slot(const struct fold_shard *s, uint64_t content)
{
	return content & (s->n_slots - 1);
}

/* A slot is some bits of the content, which say at once that a unit is another,
 * and the number of the unit plus 1; 0 is free. */
static uint32_t
slot_of(uint64_t content, uint32_t i)
{
	return (uint32_t)(content >> TAG_SHIFT) << INDEX_BITS | (i + 1);
}

static bool
grow_slots(struct fold_shard *s, struct room *room)
{
	const size_t n =
		s->n_slots == 0 ? (size_t)2 * START_UNITS : 2 * s->n_slots;
	uint32_t *slots = ROOM_ARRAY(room, n, uint32_t);

	if (slots == NULL)
		return false;
	room_give(room, s->slots, s->n_slots, sizeof(*s->slots));
	s->slots = slots;
	s->n_slots = n;
	for (size_t i = 0; i < s->n; i++) {
		size_t k = first_slot(s, s->content[i]);

		while (slots[k] != 0)
			k = (k + 1) & (n - 1);
		slots[k] = slot_of(s->content[i], (uint32_t)i);
	}
	return true;
}

static bool
grow_units(struct fold_shard *s, struct room *room)
{
	const size_t cap = s->cap + s->cap / 2 + START_UNITS;
	struct unit *units =
		room_resize(room, s->units, s->cap, cap, sizeof(*units));

	if (units == NULL)
		return false;
	s->units = units;
	s->cap = cap;
	uint64_t *content = room_resize(room, s->content, s->cap_content, cap,
					sizeof(*content));
	if (content == NULL)
		return false;
	s->content = content;
	s->cap_content = cap;
	return true;
}

/* Room for one more unit. */
static bool
make_room(struct fold_shard *s, struct room *room)
{
	if (s->n >= INDEX_MASK)
		return false;
	if (s->n == s->cap_content && !grow_units(s, room))
		return false;
	return 4 * (s->n + 1) <= 3 * s->n_slots || grow_slots(s, room);
}

/* The unit of ${s} that says what ${raw} says, a new one if there is none. */
static uint32_t
fold_one(struct fold_shard *s, const struct unit *raw, uint64_t content)
{
	size_t k = first_slot(s, content);

	for (; s->slots[k] != 0; k = (k + 1) & (s->n_slots - 1)) {
		const uint32_t i = (s->slots[k] & INDEX_MASK) - 1;

		if (s->slots[k] == slot_of(content, i) &&
		    s->content[i] == content && same_unit(&s->units[i], raw)) {
			s->units[i].mentions++;
			return i;
		}
	}
	const uint32_t i = (uint32_t)s->n++;
	s->units[i] = *raw;
	s->content[i] = content;
	s->slots[k] = slot_of(content, i);
	return i;
}

/* Only of shards of this thread's: others may be growing. */
static void
expect(const struct fold *f, uint64_t content, unsigned part, unsigned parts)
{
	const unsigned k = fold_shard_of(content);
	const struct fold_shard *s = &f->shards[k];

	if (k % parts == part && s->n_slots != 0)
		__builtin_prefetch(&s->slots[first_slot(s, content)]);
}

/* The unit that has the first slot of ${content}, if it may be the same. */
static void
expect_unit(const struct fold *f, uint64_t content, unsigned part,
	    unsigned parts)
{
	const unsigned k = fold_shard_of(content);
	const struct fold_shard *s = &f->shards[k];

	if (k % parts != part || s->n_slots == 0)
		return;
	const uint32_t slot = s->slots[first_slot(s, content)];
	const uint32_t i = (slot & INDEX_MASK) - 1;
	if (slot != 0 && slot == slot_of(content, i)) {
		__builtin_prefetch(&s->content[i]);
		__builtin_prefetch(&s->units[i]);
	}
}

enum rc
fold_add(struct fold *f, const struct unit *raw, const uint64_t *content,
	 size_t n, uint32_t *of_mention, unsigned part, unsigned parts)
{
	for (size_t i = 0; i < n; i++) {
		const unsigned k = fold_shard_of(content[i]);
		struct fold_shard *s = &f->shards[k];

		if (i + AHEAD < n)
			expect(f, content[i + AHEAD], part, parts);
		if (i + AHEAD_UNIT < n)
			expect_unit(f, content[i + AHEAD_UNIT], part, parts);
		if (k % parts != part)
			continue;
		if (!make_room(s, f->room))
			return RC_LIMIT;
		of_mention[i] =
			fold_one(s, &raw[i], content[i]) * FOLD_SHARDS + k;
	}
	return RC_OK;
}

/* The numbers of the units of ${s} by content, in ${items}. */
static void
sort_units(const struct fold_shard *s, uint64_t *items, uint64_t *spare)
{
	const uint64_t index = (UINT64_C(1) << INDEX_BITS) - 1;
	const unsigned high = 64 - INDEX_BITS;

	for (size_t i = 0; i < s->n; i++)
		items[i] = s->content[i] << INDEX_BITS | i;
	sort_bits(items, spare, s->n, INDEX_BITS, high);
	for (size_t i = 0; i < s->n; i++) {
		const uint64_t k = items[i] & index;

		items[i] = s->content[k] >> high << INDEX_BITS | k;
	}
	sort_bits(items, spare, s->n, INDEX_BITS, INDEX_BITS);
	for (size_t i = 0; i < s->n; i++)
		items[i] &= index;
}

/* One call of fold_order(). */
struct ordering {
	struct fold *fold;
	struct units *units;
	uint32_t *place[FOLD_SHARDS]; /* of each unit in its shard */
	atomic_uint next;
	atomic_bool failed;
};

/* Sort shard ${k} and move its units to where they belong. */
static bool
order_shard(struct ordering *o, unsigned k)
{
	struct room *room = o->fold->room;
	struct fold_shard *s = &o->fold->shards[k];
	uint64_t *items = ROOM_ARRAY(room, s->n, uint64_t);
	uint64_t *spare = ROOM_ARRAY(room, s->n, uint64_t);
	uint32_t *place = ROOM_ARRAY(room, s->n, uint32_t);
	const bool ok = items != NULL && spare != NULL && place != NULL;

	if (ok) {
		sort_units(s, items, spare);
		for (size_t i = 0; i < s->n; i++) {
			o->units->units[s->at + i] = s->units[items[i]];
			place[items[i]] = (uint32_t)(s->at + i);
		}
		/* It is in two places now, and there may be little room. */
		room_give(room, s->units, s->cap, sizeof(*s->units));
		s->units = NULL;
	}
	o->place[k] = place;
	room_give(room, items, s->n, sizeof(*items));
	room_give(room, spare, s->n, sizeof(*spare));
	return ok;
}

static void
order_part(void *arg, unsigned part, unsigned parts)
{
	struct ordering *o = arg;

	(void)part;
	(void)parts;
	for (;;) {
		const unsigned k = atomic_fetch_add(&o->next, 1);

		if (k >= FOLD_SHARDS)
			return;
		if (!order_shard(o, k))
			atomic_store(&o->failed, true);
	}
}

static void
renumber_part(void *arg, unsigned part, unsigned parts)
{
	struct ordering *o = arg;
	uint32_t *of_mention = o->units->of_mention;
	const size_t from = o->units->mentions * part / parts;
	const size_t to = o->units->mentions * (part + 1) / parts;

	for (size_t i = from; i < to; i++)
		of_mention[i] = o->place[of_mention[i] % FOLD_SHARDS]
					[of_mention[i] / FOLD_SHARDS];
}

static void
give_slots(struct fold *f)
{
	for (size_t k = 0; k < FOLD_SHARDS; k++) {
		struct fold_shard *s = &f->shards[k];

		room_give(f->room, s->slots, s->n_slots, sizeof(*s->slots));
		s->slots = NULL;
		s->n_slots = 0;
	}
}

enum rc
fold_order(struct fold *f, struct units *u, struct team *team)
{
	struct ordering o = {.fold = f, .units = u};

	give_slots(f);
	for (size_t k = 0; k < FOLD_SHARDS; k++) {
		f->shards[k].at = u->n;
		u->n += f->shards[k].n;
	}
	u->units = ROOM_ARRAY(f->room, u->n, struct unit);
	if (u->units == NULL)
		return RC_LIMIT;
	atomic_init(&o.next, 0);
	atomic_init(&o.failed, false);
	team_run(team, order_part, &o);
	const bool ok = !atomic_load(&o.failed);
	if (ok)
		team_run(team, renumber_part, &o);
	for (size_t k = 0; k < FOLD_SHARDS; k++)
		room_give(f->room, o.place[k], f->shards[k].n,
			  sizeof(*o.place[k]));
	return ok ? RC_OK : RC_LIMIT;
}

void
fold_done(struct fold *f)
{
	give_slots(f);
	for (size_t k = 0; k < FOLD_SHARDS; k++) {
		struct fold_shard *s = &f->shards[k];

		room_give(f->room, s->units, s->cap, sizeof(*s->units));
		room_give(f->room, s->content, s->cap_content,
			  sizeof(*s->content));
	}
	memset(f->shards, 0, sizeof(f->shards));
}
