#include "link/values/values.h"

#include <string.h>

enum {
	START_SLOTS = 64, /* of a shard; a power of two */
	START_HEAP = 2048,
	NUMBER = sizeof(uint64_t),
	TAG_BITS = 8, /* of the hash, beside the number of an entry */
	INDEX_BITS = 32 - TAG_BITS,
};

_Static_assert(VALUES_SHARD_MAX < 1 << INDEX_BITS, "an entry fits its bits");

#define INDEX_MASK ((UINT32_C(1) << INDEX_BITS) - 1)

/* A slot is some bits of a hash and the number of the entry plus one; 0 is
 * free. In the heap a text is its length in a byte and its bytes, and a number
 * its bytes alone. */
struct shard {
	uint32_t *slots;
	uint8_t *heap;
	uint32_t *at;    /* places of texts in the heap, by number */
	uint64_t *notes; /* by number */
	uint32_t n_slots;
	uint32_t used; /* entries */
	uint32_t cap;  /* of at[] and notes[] */
	size_t heap_used;
	size_t heap_cap;
};

struct values {
	struct room *room;
	enum values_kind kind;
	struct shard shards[VALUES_SHARDS];
};

static bool
shard_init(const struct values *v, struct shard *s)
{
	const bool texts = v->kind != VALUES_NUMBERS;
	const bool notes = v->kind == VALUES_NOTED;

	s->n_slots = START_SLOTS;
	s->cap = START_SLOTS / 2;
	s->heap_cap = START_HEAP;
	s->slots = ROOM_ARRAY(v->room, s->n_slots, uint32_t);
	s->heap = ROOM_ARRAY(v->room, s->heap_cap, uint8_t);
	if (texts)
		s->at = ROOM_ARRAY(v->room, s->cap, uint32_t);
	if (notes)
		s->notes = ROOM_ARRAY(v->room, s->cap, uint64_t);
	return s->slots != NULL && s->heap != NULL &&
	       (!texts || s->at != NULL) && (!notes || s->notes != NULL);
}

struct values *
values_new(struct room *room, enum values_kind kind)
{
	struct values *v = ROOM_ARRAY(room, 1, struct values);

	if (v == NULL)
		return NULL;
	v->room = room;
	v->kind = kind;
	bool ok = true;
	for (size_t i = 0; i < VALUES_SHARDS; i++)
		ok = shard_init(v, &v->shards[i]) && ok;
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
		room_give(room, s->notes, s->cap, sizeof(*s->notes));
		room_give(room, s->heap, s->heap_cap, 1);
	}
	room_give(room, v, 1, sizeof(*v));
}

uint64_t
values_hash_of(struct span text)
{
	return span_hash(text, 0);
}

/* Where entry ${k} begins. */
static const uint8_t *
entry_at(const struct shard *s, uint32_t k)
{
	return s->heap + (s->at != NULL ? s->at[k] : (size_t)k * NUMBER);
}

static struct span
entry_text(const struct shard *s, uint32_t k)
{
	const uint8_t *p = entry_at(s, k);

	return s->at == NULL ? (struct span){p, NUMBER}
			     : (struct span){p + 1, p[0]};
}

/* Where ${hash} is looked for first. The highest bits chose the shard. */
static uint32_t
first_slot(const struct shard *s, uint64_t hash)
{
	return (uint32_t)(hash >> 26) & (s->n_slots - 1);
}

/* ${hash} and entry ${k} as a slot. */
static uint32_t
slot_of(uint64_t hash, uint32_t k)
{
	return (uint32_t)hash << INDEX_BITS | (k + 1);
}

void
values_expect_slot(const struct values *v, uint64_t hash)
{
	const struct shard *s = &v->shards[values_shard(hash)];

	__builtin_prefetch(&s->slots[first_slot(s, hash)]);
}

void
values_expect_place(const struct values *v, uint64_t hash)
{
	const struct shard *s = &v->shards[values_shard(hash)];
	const uint32_t slot = s->slots[first_slot(s, hash)];

	if (slot == 0)
		return;
	const uint32_t k = (slot & INDEX_MASK) - 1;
	__builtin_prefetch(s->at != NULL ? (const void *)&s->at[k]
					 : entry_at(s, k));
}

void
values_expect_entry(const struct values *v, uint64_t hash)
{
	const struct shard *s = &v->shards[values_shard(hash)];
	const uint32_t slot = s->slots[first_slot(s, hash)];

	if (slot != 0 && s->at != NULL)
		__builtin_prefetch(entry_at(s, (slot & INDEX_MASK) - 1));
}

/* The entry of ${text}, or UINT32_MAX and the free slot where it belongs. */
static uint32_t
find(const struct shard *s, struct span text, uint64_t hash, uint32_t *ret_slot)
{
	const uint32_t mask = s->n_slots - 1;
	uint32_t i = first_slot(s, hash);

	for (; s->slots[i] != 0; i = (i + 1) & mask) {
		const uint32_t k = (s->slots[i] & INDEX_MASK) - 1;

		if (s->slots[i] == slot_of(hash, k) &&
		    span_equal(entry_text(s, k), text))
			return k;
	}
	*ret_slot = i;
	return UINT32_MAX;
}

/* Twice as many slots. Hashes are worked out again: keeping them would take
 * more memory than the slots. */
static bool
grow_slots(struct shard *s, struct room *room)
{
	const uint32_t n_slots = 2 * s->n_slots;
	uint32_t *slots = ROOM_ARRAY(room, n_slots, uint32_t);

	if (slots == NULL)
		return false;
	room_give(room, s->slots, s->n_slots, sizeof(*s->slots));
	s->slots = slots;
	s->n_slots = n_slots;
	for (uint32_t k = 0; k < s->used; k++) {
		const uint64_t hash = values_hash_of(entry_text(s, k));
		uint32_t i = first_slot(s, hash);

		while (slots[i] != 0)
			i = (i + 1) & (n_slots - 1);
		slots[i] = slot_of(hash, k);
	}
	return true;
}

/* Make ${*p}, of ${*cap} objects, some larger; for growing step by step. */
static bool
resize(struct room *room, void **p, size_t cap, size_t n, size_t size)
{
	void *fresh = room_resize(room, *p, cap, n, size);

	if (fresh == NULL)
		return false;
	*p = fresh;
	return true;
}

/* Room for ${cap} entries. */
static bool
resize_entries(struct shard *s, struct room *room, uint32_t cap)
{
	void *at = s->at;
	void *notes = s->notes;

	if (at != NULL && !resize(room, &at, s->cap, cap, sizeof(*s->at)))
		return false;
	s->at = at;
	if (notes != NULL &&
	    !resize(room, &notes, s->cap, cap, sizeof(*s->notes))) {
		/* Whoever frees the shard believes in one cap. */
		if (resize(room, &at, cap, s->cap, sizeof(*s->at)))
			s->at = at;
		return false;
	}
	s->notes = notes;
	s->cap = cap;
	return true;
}

static bool
resize_heap(struct shard *s, struct room *room, size_t cap)
{
	void *heap = s->heap;

	if (cap > UINT32_MAX || !resize(room, &heap, s->heap_cap, cap, 1))
		return false;
	s->heap = heap;
	s->heap_cap = cap;
	return true;
}

/* A half more: large ones grow without a copy, and little is left empty. */
static size_t
more_than(size_t n)
{
	return n + n / 2;
}

static bool
make_room(struct shard *s, struct room *room, size_t bytes)
{
	if (s->used >= VALUES_SHARD_MAX)
		return false;
	if (bytes > s->heap_cap - s->heap_used &&
	    !resize_heap(s, room, more_than(s->heap_cap)))
		return false;
	if (s->used == s->cap &&
	    !resize_entries(s, room, (uint32_t)more_than(s->cap)))
		return false;
	return true;
}

/* Append ${text} and put it into ${slot}. Returns its number, or UINT32_MAX. */
static uint32_t
add(struct shard *s, struct room *room, struct span text, uint64_t hash,
    uint32_t slot)
{
	const size_t head = s->at != NULL ? 1 : 0;

	if (!make_room(s, room, head + text.n))
		return UINT32_MAX;
	if ((uint64_t)4 * s->used >= (uint64_t)3 * s->n_slots) {
		if (!grow_slots(s, room))
			return UINT32_MAX;
		(void)find(s, text, hash, &slot);
	}
	const uint32_t k = s->used++;
	uint8_t *p = s->heap + s->heap_used;
	if (head != 0) {
		s->at[k] = (uint32_t)s->heap_used;
		*p++ = (uint8_t)text.n;
	}
	memcpy(p, text.p, text.n);
	s->heap_used += head + text.n;
	s->slots[slot] = slot_of(hash, k);
	return k;
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
	const unsigned shard = values_shard(hash);
	struct shard *s = &v->shards[shard];
	uint32_t slot = 0;

	if (text.n > VALUES_TEXT_MAX ||
	    (v->kind == VALUES_NUMBERS && text.n != NUMBER))
		return RC_LIMIT;
	uint32_t k = find(s, text, hash, &slot);
	if (k == UINT32_MAX) {
		k = add(s, v->room, text, hash, slot);
		if (k == UINT32_MAX)
			return RC_LIMIT;
		if (s->notes != NULL)
			s->notes[k] = note;
	} else if (s->notes != NULL && s->notes[k] != note) {
		s->notes[k] = better_note(s->notes[k], note);
	}
	*ret_id = 1 + k * VALUES_SHARDS + shard;
	return RC_OK;
}

enum rc
values_close(struct values *v)
{
	for (size_t i = 0; i < VALUES_SHARDS; i++) {
		struct shard *s = &v->shards[i];

		room_give(v->room, s->slots, s->n_slots, sizeof(*s->slots));
		s->slots = NULL;
		if (!resize_heap(s, v->room, s->heap_used) ||
		    !resize_entries(s, v->room, s->used))
			return RC_LIMIT;
	}
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

/* The shard that has ${id}, and its number there; NULL: none. */
static const struct shard *
shard_of(const struct values *v, uint32_t id, uint32_t *ret_k)
{
	if (id == 0)
		return NULL;
	const struct shard *s = &v->shards[(id - 1) % VALUES_SHARDS];
	*ret_k = (id - 1) / VALUES_SHARDS;
	return *ret_k < s->used ? s : NULL;
}

struct span
values_text(const struct values *v, uint32_t id)
{
	uint32_t k = 0;
	const struct shard *s = shard_of(v, id, &k);

	return s == NULL ? (struct span){NULL, 0} : entry_text(s, k);
}

uint64_t
values_note(const struct values *v, uint32_t id)
{
	uint32_t k = 0;
	const struct shard *s = shard_of(v, id, &k);

	return s == NULL || s->notes == NULL ? 0 : s->notes[k];
}

uint64_t
values_hash(const struct values *v, uint32_t id)
{
	uint32_t k = 0;
	const struct shard *s = shard_of(v, id, &k);

	return s == NULL ? 0 : values_hash_of(entry_text(s, k));
}

uint64_t
values_number(const struct values *v, uint32_t id)
{
	uint32_t k = 0;
	const struct shard *s = shard_of(v, id, &k);
	uint64_t n = 0;

	if (s != NULL)
		memcpy(&n, entry_at(s, k), sizeof(n));
	return n;
}

void
values_expect(const struct values *v, uint32_t id)
{
	uint32_t k = 0;
	const struct shard *s = shard_of(v, id, &k);

	if (s == NULL)
		return;
	/* Of a text only its place: looking there would be waiting for it. */
	if (s->at != NULL)
		__builtin_prefetch(&s->at[k]);
	else
		__builtin_prefetch(entry_at(s, k));
}
