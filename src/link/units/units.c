#include "link/units/units.h"

#include "base/sort.h"
#include "link/mix/mix.h"
#include "link/units/fold.h"
#include "link/units/read.h"

#include <stdatomic.h>
#include <string.h>

enum {
	WAVE = 32, /* chunks that are read before their values are numbered */
	START_MENTIONS = 1 << 12,
};

struct loader {
	struct units *out;
	struct room *room;
	struct fold fold;
	struct read_chunk *wave; /* [WAVE] */
	size_t n_wave;           /* chunks in it now */
	size_t n_chunks;         /* that have memory */
	atomic_int failed;       /* enum rc of some thread that failed */
};

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
		note_failure(l, read_chunk(&l->wave[i], cache));
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
		read_finish(&l->wave[i]);
}

static void
fold_part(void *arg, unsigned part, unsigned parts)
{
	struct loader *l = arg;
	uint32_t *of_mention = l->out->of_mention + l->out->mentions;

	for (size_t i = 0; i < l->n_wave; i++) {
		const struct read_chunk *c = &l->wave[i];
		const size_t n = c->to - c->from;

		note_failure(l, fold_add(&l->fold, c->units, c->content, n,
					 of_mention, part, parts));
		of_mention += n;
	}
}

/* Room for ${more} mentions. */
static enum rc
expect_mentions(struct units *u, size_t more)
{
	size_t cap = u->cap_mentions;

	if (more > UNITS_MAX - u->mentions)
		return RC_LIMIT;
	while (cap - u->mentions < more)
		cap += cap / 2 + START_MENTIONS;
	if (cap == u->cap_mentions)
		return RC_OK;
	uint32_t *fresh = room_resize(u->room, u->of_mention, u->cap_mentions,
				      cap, sizeof(*fresh));
	if (fresh == NULL)
		return RC_LIMIT;
	u->of_mention = fresh;
	u->cap_mentions = cap;
	return RC_OK;
}

static enum rc
read_wave(struct loader *l, struct team *team)
{
	static team_work *const steps[] = {read_part, number_part, finish_part,
					   fold_part};
	size_t n = 0;

	for (size_t i = 0; i < l->n_wave; i++)
		n += l->wave[i].to - l->wave[i].from;
	enum rc rc = expect_mentions(l->out, n);
	for (size_t i = 0; i < COUNT_OF(steps) && rc == RC_OK; i++) {
		team_run(team, steps[i], l);
		rc = (enum rc)atomic_load(&l->failed);
	}
	if (rc == RC_OK)
		l->out->mentions += n;
	l->n_wave = 0;
	return rc;
}

static enum rc
next_chunk(struct loader *l, struct read_chunk **ret_chunk)
{
	struct read_chunk *c = &l->wave[l->n_wave++];

	*ret_chunk = c;
	if (l->n_wave <= l->n_chunks)
		return RC_OK;
	l->n_chunks = l->n_wave;
	return read_chunk_init(c, l->room);
}

static enum rc
read_block(struct loader *l, const struct mention_block *b, struct team *team)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < b->n && rc == RC_OK; i += READ_MENTIONS) {
		const size_t left = b->n - i;
		struct read_chunk *c;

		rc = next_chunk(l, &c);
		c->block = b;
		c->from = i;
		c->to = left < READ_MENTIONS ? b->n : i + READ_MENTIONS;
		if (rc == RC_OK && l->n_wave == WAVE)
			rc = read_wave(l, team);
	}
	/* The next block takes the place of this one. */
	return rc == RC_OK && l->n_wave > 0 ? read_wave(l, team) : rc;
}

static enum rc
read_all(struct loader *l, const struct link_source *source, struct team *team)
{
	enum rc rc = RC_OK;

	l->wave = ROOM_ARRAY(l->room, WAVE, struct read_chunk);
	if (l->wave == NULL)
		return RC_LIMIT;
	for (size_t i = 0; i < source->n_blocks && rc == RC_OK; i++) {
		struct mention_block b;

		rc = source->block(source->arg, i, &b);
		if (rc == RC_OK)
			rc = read_block(l, &b, team);
	}
	for (size_t i = 0; i < l->n_chunks; i++)
		read_chunk_done(&l->wave[i]);
	room_give(l->room, l->wave, WAVE, sizeof(*l->wave));
	return rc;
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
	}
	room_give(u->room, counts, end, sizeof(*counts));
	return RC_OK;
}

struct blanker {
	struct units *units;
	atomic_bool failed;
};

static void
blank_part(void *arg, unsigned part, unsigned parts)
{
	/* The one that takes longest first. */
	static const enum units_set sets[] = {UNITS_PHONES_SET, UNITS_EMAILS,
					      UNITS_NIRS, UNITS_OTHERS};
	struct blanker *b = arg;

	for (size_t i = part; i < COUNT_OF(sets); i += parts)
		if (blank_junk(b->units, sets[i]) != RC_OK)
			atomic_store(&b->failed, true);
}

static void
names_part(void *arg, unsigned part, unsigned parts)
{
	struct units *u = arg;
	const size_t to = u->n * (part + 1) / parts;

	for (size_t i = u->n * part / parts; i < to; i++) {
		struct unit *x = &u->units[i];

		if (x->nir == 0)
			x->nir_class = UNITS_NIR_NONE;
		x->names = names_somebody(x);
	}
}

static enum rc
settle(struct units *u, struct team *team)
{
	struct blanker b = {.units = u};

	atomic_init(&b.failed, false);
	team_run(team, blank_part, &b);
	team_run(team, names_part, u);
	return atomic_load(&b.failed) ? RC_LIMIT : RC_OK;
}

static enum rc
prepare(struct units *u)
{
	static const enum values_kind kinds[UNITS_SETS] = {
		[UNITS_NAMES] = VALUES_NOTED,
		[UNITS_NIRS] = VALUES_NUMBERS,
		[UNITS_PHONES_SET] = VALUES_NUMBERS,
	};

	for (size_t i = 0; i < UNITS_SETS; i++) {
		u->sets[i] = values_new(u->room, kinds[i]);
		if (u->sets[i] == NULL)
			return RC_LIMIT;
	}
	return RC_OK;
}

static enum rc
close_sets(struct units *u)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < UNITS_SETS && rc == RC_OK; i++)
		rc = values_close(u->sets[i]);
	return rc;
}

enum rc
units_load(const struct link_source *source, struct team *team,
	   struct room *room, struct units *ret_units)
{
	struct units u = {.room = room};
	struct loader l = {.out = &u, .room = room};
	enum rc rc = prepare(&u);

	l.fold.room = room;
	atomic_init(&l.failed, RC_OK);
	if (rc == RC_OK)
		rc = read_all(&l, source, team);
	if (rc == RC_OK)
		rc = close_sets(&u);
	if (rc == RC_OK)
		rc = fold_order(&l.fold, &u, team);
	fold_done(&l.fold);
	if (rc == RC_OK)
		rc = settle(&u, team);
	if (rc == RC_OK)
		*ret_units = u;
	else
		units_done(&u);
	return rc;
}

void
units_done(struct units *u)
{
	room_give(u->room, u->units, u->n, sizeof(*u->units));
	room_give(u->room, u->of_mention, u->cap_mentions,
		  sizeof(*u->of_mention));
	for (size_t i = 0; i < UNITS_SETS; i++)
		values_free(u->sets[i]);
	u->units = NULL;
	u->of_mention = NULL;
	u->n = 0;
}
