#include "link/units/units.h"

#include "base/sort.h"
#include "link/mix/mix.h"
#include "link/units/read.h"

#include <stdatomic.h>
#include <string.h>

enum {
	WAVE = 64, /* chunks that are read before their values are numbered */
	INDEX_BITS = 28,
};

struct loader {
	struct units *out;
	struct room *room;
	struct unit *raw;
	uint64_t *content;
	struct read_chunk *wave; /* [WAVE] */
	size_t n_wave;           /* chunks in it now */
	atomic_int failed;       /* enum rc of some thread that failed */
};

_Static_assert(sizeof(struct unit) == 64, "a unit is one cache line");

static void
note_failure(struct loader *l, enum rc rc)
{
	if (rc != RC_OK)
		atomic_store(&l->failed, (int)rc);
}

static void
read_part(void *arg, unsigned part, unsigned parts)
{
	struct loader *l = arg;
	struct read_cached *cache =
		ROOM_ARRAY(l->room, READ_CACHE, struct read_cached);

	if (cache == NULL)
		note_failure(l, RC_LIMIT);
	for (size_t i = part; i < l->n_wave && cache != NULL; i += parts)
		note_failure(l, read_chunk(&l->wave[i], cache, l->raw));
	room_give(l->room, cache, READ_CACHE, sizeof(*cache));
}

static void
number_part(void *arg, unsigned part, unsigned parts)
{
	struct loader *l = arg;

	for (size_t i = 0; i < l->n_wave; i++)
		note_failure(
			l, read_number(&l->wave[i], l->out->sets, part, parts));
}

static void
finish_part(void *arg, unsigned part, unsigned parts)
{
	struct loader *l = arg;

	for (size_t i = part; i < l->n_wave; i += parts)
		read_finish(&l->wave[i], l->raw, l->content);
}

static enum rc
read_wave(struct loader *l, struct team *team)
{
	team_run(team, read_part, l);
	if (atomic_load(&l->failed) == RC_OK)
		team_run(team, number_part, l);
	if (atomic_load(&l->failed) == RC_OK)
		team_run(team, finish_part, l);
	l->n_wave = 0;
	return (enum rc)atomic_load(&l->failed);
}

static enum rc
read_blocks(struct loader *l, const struct mention_block *blocks,
	    size_t n_blocks, struct team *team)
{
	enum rc rc = RC_OK;
	size_t at = 0;

	for (size_t b = 0; b < n_blocks && rc == RC_OK; b++) {
		for (size_t i = 0; i < blocks[b].n && rc == RC_OK;) {
			const size_t left = blocks[b].n - i;
			const size_t k =
				left < READ_MENTIONS ? left : READ_MENTIONS;
			struct read_chunk *c = &l->wave[l->n_wave++];

			c->block = &blocks[b];
			c->from = i;
			c->to = i + k;
			c->at = at;
			at += k;
			i += k;
			if (l->n_wave == WAVE)
				rc = read_wave(l, team);
		}
	}
	return rc == RC_OK && l->n_wave > 0 ? read_wave(l, team) : rc;
}

static enum rc
read_all(struct loader *l, const struct mention_block *blocks, size_t n_blocks,
	 struct team *team)
{
	enum rc rc = RC_OK;

	l->wave = ROOM_ARRAY(l->room, WAVE, struct read_chunk);
	if (l->wave == NULL)
		return RC_LIMIT;
	for (size_t i = 0; i < WAVE; i++)
		if (read_chunk_init(&l->wave[i], l->room) != RC_OK)
			rc = RC_LIMIT;
	if (rc == RC_OK)
		rc = read_blocks(l, blocks, n_blocks, team);
	for (size_t i = 0; i < WAVE; i++)
		read_chunk_done(&l->wave[i]);
	room_give(l->room, l->wave, WAVE, sizeof(*l->wave));
	return rc;
}

/* Order the mentions by content; ${items} becomes their indexes. */
static void
order_by_content(const uint64_t *content, uint64_t *items, uint64_t *spare,
		 size_t n)
{
	const uint64_t index = (UINT64_C(1) << INDEX_BITS) - 1;

	for (size_t i = 0; i < n; i++)
		items[i] = content[i] << INDEX_BITS | i;
	sort_bits(items, spare, n, INDEX_BITS, 64 - INDEX_BITS);
	for (size_t i = 0; i < n; i++) {
		const uint64_t k = items[i] & index;

		items[i] = content[k] >> (64 - INDEX_BITS) << INDEX_BITS | k;
	}
	sort_bits(items, spare, n, INDEX_BITS, INDEX_BITS);
	for (size_t i = 0; i < n; i++)
		items[i] &= index;
}

static bool
same_unit(const struct unit *a, const struct unit *b)
{
	struct unit x = *b;

	x.mentions = a->mentions;
	return memcmp(a, &x, sizeof(x)) == 0;
}

/* Make units of the ordered mentions. */
static enum rc
collapse(struct units *u, const struct loader *l, const uint64_t *items)
{
	size_t n = 0;

	for (size_t i = 0; i < u->mentions; i++)
		n += i == 0 ||
		     l->content[items[i]] != l->content[items[i - 1]] ||
		     !same_unit(&l->raw[items[i]], &l->raw[items[i - 1]]);
	u->units = ROOM_ARRAY(u->room, n, struct unit);
	u->hash = ROOM_ARRAY(u->room, n, uint64_t);
	if (u->units == NULL || u->hash == NULL) {
		room_give(u->room, u->units, n, sizeof(*u->units));
		room_give(u->room, u->hash, n, sizeof(*u->hash));
		u->units = NULL;
		u->hash = NULL;
		return RC_LIMIT;
	}
	u->n = n;
	n = 0;
	for (size_t i = 0; i < u->mentions; i++) {
		const uint64_t k = items[i];

		if (i > 0 && l->content[k] == u->hash[n - 1] &&
		    same_unit(&l->raw[k], &u->units[n - 1])) {
			u->units[n - 1].mentions++;
		} else {
			u->units[n] = l->raw[k];
			u->hash[n] = l->content[k];
			n++;
		}
		u->of_mention[k] = (uint32_t)(n - 1);
	}
	return RC_OK;
}

/* Does ${u} say enough to name a person? */
static bool
names_somebody(const struct unit *u)
{
	const bool surname = u->family != 0 || u->birth != 0;
	const bool place = u->street != 0 || u->postcode != 0 || u->city != 0;

	if (u->nir != 0 || u->email != 0 || u->other != 0 || u->phone[0] != 0 ||
	    u->phone[1] != 0 || u->phone[2] != 0)
		return true;
	if (surname && (u->given != 0 || u->date != 0 || place))
		return true;
	return u->date != 0 && (u->given != 0 || place);
}

static int
by_count(const uint32_t *counts, uint32_t end, uint64_t *hist, size_t n_hist)
{
	uint64_t values = 0;

	for (uint32_t i = 1; i < end; i++) {
		if (counts[i] == 0)
			continue;
		hist[counts[i] < n_hist ? counts[i] : n_hist - 1]++;
		values++;
	}
	uint64_t above = 0;
	size_t c = n_hist - 1;
	while (c > 1 && above + hist[c] <= values / 1000)
		above += hist[c--];
	return (int)c;
}

enum { HISTOGRAM = 4096, KEYS_OF_FIELD = UNITS_PHONES };

/* Where a field of ${u} that may hold filler keeps its values. */
static size_t
junk_slots(struct unit *u, enum units_set set, uint32_t *out[])
{
	if (set == UNITS_EMAILS)
		out[0] = &u->email;
	else if (set == UNITS_NIRS)
		out[0] = &u->nir;
	else if (set == UNITS_OTHERS)
		out[0] = &u->other;
	else if (set == UNITS_PHONES_SET)
		for (size_t i = 0; i < UNITS_PHONES; i++)
			out[i] = &u->phone[i];
	else
		return 0;
	return set == UNITS_PHONES_SET ? UNITS_PHONES : 1;
}

/* Blank the values of ${set} that are too frequent to say who somebody is. */
static enum rc
blank_junk(struct units *u, enum units_set set)
{
	const uint32_t end = values_end(u->sets[set]);
	uint32_t *counts = ROOM_ARRAY(u->room, end, uint32_t);
	uint64_t hist[HISTOGRAM / 8] = {0};
	uint32_t *slot[KEYS_OF_FIELD];

	if (counts == NULL)
		return RC_LIMIT;
	for (size_t i = 0; i < u->n; i++) {
		const size_t n = junk_slots(&u->units[i], set, slot);

		for (size_t k = 0; k < n; k++)
			counts[*slot[k]]++;
	}
	uint32_t most = UNITS_JUNK_FACTOR *
			(uint32_t)by_count(counts, end, hist, COUNT_OF(hist));
	if (most < UNITS_JUNK_LEAST)
		most = UNITS_JUNK_LEAST;
	for (size_t i = 0; i < u->n; i++) {
		const size_t n = junk_slots(&u->units[i], set, slot);

		for (size_t k = 0; k < n; k++)
			if (counts[*slot[k]] > most)
				*slot[k] = 0;
		if (u->units[i].nir == 0)
			u->units[i].nir_class = UNITS_NIR_NONE;
	}
	room_give(u->room, counts, end, sizeof(*counts));
	return RC_OK;
}

static enum rc
settle(struct units *u)
{
	static const enum units_set sets[] = {UNITS_EMAILS, UNITS_NIRS,
					      UNITS_OTHERS, UNITS_PHONES_SET};
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < COUNT_OF(sets); i++)
		rc = blank_junk(u, sets[i]);
	for (size_t i = 0; i < u->n; i++)
		u->units[i].names = names_somebody(&u->units[i]);
	return rc;
}

static enum rc
order_and_collapse(struct units *u, struct loader *l)
{
	uint64_t *items = ROOM_ARRAY(u->room, u->mentions, uint64_t);
	uint64_t *spare = ROOM_ARRAY(u->room, u->mentions, uint64_t);
	enum rc rc = RC_LIMIT;

	if (items != NULL && spare != NULL) {
		order_by_content(l->content, items, spare, u->mentions);
		rc = collapse(u, l, items);
	}
	room_give(u->room, items, u->mentions, sizeof(*items));
	room_give(u->room, spare, u->mentions, sizeof(*spare));
	return rc;
}

static enum rc
prepare(struct units *u, const struct mention_block *blocks, size_t n_blocks)
{
	for (size_t b = 0; b < n_blocks; b++) {
		if (blocks[b].n > UNITS_MAX - u->mentions)
			return RC_LIMIT;
		u->mentions += blocks[b].n;
	}
	u->of_mention = ROOM_ARRAY(u->room, u->mentions, uint32_t);
	if (u->of_mention == NULL)
		return RC_LIMIT;
	for (size_t i = 0; i < UNITS_SETS; i++) {
		u->sets[i] = values_new(u->room);
		if (u->sets[i] == NULL)
			return RC_LIMIT;
	}
	return RC_OK;
}

enum rc
units_load(const struct mention_block *blocks, size_t n_blocks,
	   struct team *team, struct room *room, struct units *ret_units)
{
	struct units u = {.room = room};
	struct loader l = {.out = &u, .room = room};
	enum rc rc = prepare(&u, blocks, n_blocks);

	atomic_init(&l.failed, RC_OK);
	if (rc == RC_OK) {
		l.raw = ROOM_ARRAY(room, u.mentions, struct unit);
		l.content = ROOM_ARRAY(room, u.mentions, uint64_t);
		rc = l.raw == NULL || l.content == NULL
			     ? RC_LIMIT
			     : read_all(&l, blocks, n_blocks, team);
	}
	if (rc == RC_OK)
		rc = order_and_collapse(&u, &l);
	room_give(room, l.raw, u.mentions, sizeof(*l.raw));
	room_give(room, l.content, u.mentions, sizeof(*l.content));
	if (rc == RC_OK)
		rc = settle(&u);
	if (rc == RC_OK)
		*ret_units = u;
	else
		units_done(&u);
	return rc;
}

uint64_t
units_number(const struct units *u, enum units_set set, uint32_t id)
{
	const struct span text = values_text(u->sets[set], id);
	uint64_t n = 0;

	if (text.n == sizeof(n))
		memcpy(&n, text.p, sizeof(n));
	return n;
}

void
units_done(struct units *u)
{
	room_give(u->room, u->units, u->n, sizeof(*u->units));
	room_give(u->room, u->hash, u->n, sizeof(*u->hash));
	room_give(u->room, u->of_mention, u->mentions, sizeof(*u->of_mention));
	for (size_t i = 0; i < UNITS_SETS; i++)
		values_free(u->sets[i]);
	u->units = NULL;
	u->hash = NULL;
	u->of_mention = NULL;
	u->n = 0;
}
