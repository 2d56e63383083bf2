#include "link/values/values.h"

#include <string.h>

enum {
	START_SLOTS = 64, /* of a shard; a power of two */
	START_HEAP = 2048,
	ALIGN = 8,
};

/* A value in the heap; its bytes follow. */
struct entry {
	uint64_t hash;
	uint64_t note;
	uint32_t index; /* in at[] */
	uint32_t n;
	uint8_t text[];
};

/* A slot is the low half of a hash and the place of the entry in the heap, in
 * units of ALIGN, plus one; 0 is free. */
struct shard {
	uint64_t *slots;
	uint8_t *heap;
	uint32_t *at; /* places of the entries, by number */
	uint32_t n_slots;
	uint32_t used; /* entries */
	uint32_t cap;
	size_t heap_used;
	size_t heap_cap;
};

struct values {
	struct room *room;
	struct shard shards[VALUES_SHARDS];
};

static bool
shard_init(struct shard *s, struct room *room)
{
	s->n_slots = START_SLOTS;
	s->cap = START_SLOTS / 2;
	s->heap_cap = START_HEAP;
	s->slots = ROOM_ARRAY(room, s->n_slots, uint64_t);
	s->at = ROOM_ARRAY(room, s->cap, uint32_t);
	s->heap = ROOM_ARRAY(room, s->heap_cap, uint8_t);
	return s->slots != NULL && s->at != NULL && s->heap != NULL;
}

struct values *
values_new(struct room *room)
{
	struct values *v = ROOM_ARRAY(room, 1, struct values);

	if (v == NULL)
		return NULL;
	v->room = room;
	bool ok = true;
	for (size_t i = 0; i < VALUES_SHARDS; i++)
		ok = shard_init(&v->shards[i], room) && ok;
	if (ok)
		return v;
	values_free(v);
	return NULL;
}

void
values_free(struct values *v)
{
	if (v == NULL)
		return;
	struct room *room = v->room;
	for (size_t i = 0; i < VALUES_SHARDS; i++) {
		struct shard *s = &v->shards[i];

		room_give(room, s->slots, s->n_slots, sizeof(*s->slots));
		room_give(room, s->at, s->cap, sizeof(*s->at));
		room_give(room, s->heap, s->heap_cap, 1);
	}
	room_give(room, v, 1, sizeof(*v));
}

uint64_t
values_hash_of(struct span text)
{
	return span_hash(text, 0);
}

static struct entry *
entry_at(const struct shard *s, uint32_t place)
{
	return (struct entry *)(void *)(s->heap + (size_t)place * ALIGN);
}

static struct span
entry_text(const struct entry *e)
{
	return (struct span){e->text, e->n};
}

/* Where ${hash} is looked for first. */
static uint32_t
first_slot(const struct shard *s, uint64_t hash)
{
	return (uint32_t)(hash >> 26) & (s->n_slots - 1);
}

void
values_expect_slot(const struct values *v, uint64_t hash)
{
	const struct shard *s = &v->shards[values_shard(hash)];

	__builtin_prefetch(&s->slots[first_slot(s, hash)]);
}

void
values_expect_entry(const struct values *v, uint64_t hash)
{
	const struct shard *s = &v->shards[values_shard(hash)];
	const uint64_t slot = s->slots[first_slot(s, hash)];

	if (slot != 0)
		__builtin_prefetch(entry_at(s, (uint32_t)slot - 1));
}

/* The entry of ${text}, or NULL and the free slot where it belongs. */
static struct entry *
find(const struct shard *s, struct span text, uint64_t hash, uint32_t *ret_slot)
{
	const uint32_t mask = s->n_slots - 1;
	uint32_t i = first_slot(s, hash);

	for (; s->slots[i] != 0; i = (i + 1) & mask) {
		if (s->slots[i] >> 32 != (uint32_t)hash)
			continue;
		struct entry *e = entry_at(s, (uint32_t)s->slots[i] - 1);
		if (e->hash == hash && span_equal(entry_text(e), text))
			return e;
	}
	*ret_slot = i;
	return NULL;
}

static bool
grow_index(struct shard *s, struct room *room)
{
	const uint32_t n_slots = 2 * s->n_slots;
	uint64_t *slots = ROOM_ARRAY(room, n_slots, uint64_t);
	uint32_t *at = NULL;

	if (slots != NULL)
		at = room_grow(room, s->at, s->cap, (size_t)2 * s->cap,
			       sizeof(*at));
	if (at == NULL) {
		room_give(room, slots, n_slots, sizeof(*slots));
		return false;
	}
	room_give(room, s->slots, s->n_slots, sizeof(*s->slots));
	s->slots = slots;
	s->n_slots = n_slots;
	s->at = at;
	s->cap *= 2;
	for (uint32_t k = 0; k < s->used; k++) {
		const uint64_t hash = entry_at(s, at[k])->hash;
		uint32_t i = first_slot(s, hash);

		while (slots[i] != 0)
			i = (i + 1) & (n_slots - 1);
		slots[i] = hash << 32 | (at[k] + 1);
	}
	return true;
}

static bool
grow_heap(struct shard *s, struct room *room, size_t need)
{
	size_t cap = s->heap_cap;

	while (cap - s->heap_used < need)
		cap *= 2;
	if (cap / ALIGN >= UINT32_MAX)
		return false;
	uint8_t *heap = room_grow(room, s->heap, s->heap_cap, cap, 1);
	if (heap == NULL)
		return false;
	s->heap = heap;
	s->heap_cap = cap;
	return true;
}

static struct entry *
add(struct shard *s, struct room *room, struct span text, uint64_t hash,
    uint32_t slot)
{
	const size_t bytes =
		(sizeof(struct entry) + text.n + ALIGN - 1) / ALIGN * ALIGN;

	if (s->used == VALUES_MAX / VALUES_SHARDS)
		return NULL;
	if (bytes > s->heap_cap - s->heap_used && !grow_heap(s, room, bytes))
		return NULL;
	if (s->used == s->cap) {
		if (!grow_index(s, room))
			return NULL;
		(void)find(s, text, hash, &slot);
	}
	const uint32_t place = (uint32_t)(s->heap_used / ALIGN);
	struct entry *e = entry_at(s, place);
	e->hash = hash;
	e->index = s->used;
	e->n = (uint32_t)text.n;
	memcpy(e->text, text.p, text.n);
	s->heap_used += bytes;
	s->slots[slot] = hash << 32 | (place + 1);
	s->at[s->used++] = place;
	return e;
}

static uint64_t
better_note(uint64_t a, uint64_t b)
{
	const int bits_a = __builtin_popcountll(a);
	const int bits_b = __builtin_popcountll(b);

	if (bits_a != bits_b)
		return bits_a > bits_b ? a : b;
	return a < b ? a : b;
}

enum rc
values_add(struct values *v, struct span text, uint64_t hash, uint64_t note,
	   uint32_t *ret_id)
{
	const unsigned k = values_shard(hash);
	struct shard *s = &v->shards[k];
	uint32_t slot = 0;

	if (text.n > VALUES_TEXT_MAX)
		return RC_LIMIT;
	struct entry *e = find(s, text, hash, &slot);
	if (e == NULL) {
		e = add(s, v->room, text, hash, slot);
		if (e == NULL)
			return RC_LIMIT;
		e->note = note;
	} else if (e->note != note) {
		e->note = better_note(e->note, note);
	}
	*ret_id = 1 + e->index * VALUES_SHARDS + k;
	return RC_OK;
}

uint32_t
values_end(const struct values *v)
{
	uint32_t most = 0;

	for (size_t i = 0; i < VALUES_SHARDS; i++)
		if (v->shards[i].used > most)
			most = v->shards[i].used;
	return 1 + most * VALUES_SHARDS;
}

static const struct entry *
entry_of(const struct values *v, uint32_t id)
{
	if (id == 0)
		return NULL;
	const struct shard *s = &v->shards[(id - 1) % VALUES_SHARDS];
	const uint32_t i = (id - 1) / VALUES_SHARDS;
	return i < s->used ? entry_at(s, s->at[i]) : NULL;
}

struct span
values_text(const struct values *v, uint32_t id)
{
	const struct entry *e = entry_of(v, id);

	return e == NULL ? (struct span){NULL, 0} : entry_text(e);
}

uint64_t
values_note(const struct values *v, uint32_t id)
{
	const struct entry *e = entry_of(v, id);

	return e == NULL ? 0 : e->note;
}

uint64_t
values_hash(const struct values *v, uint32_t id)
{
	const struct entry *e = entry_of(v, id);

	return e == NULL ? 0 : e->hash;
}
