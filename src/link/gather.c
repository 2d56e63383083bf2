/* Pairs are found, compared and scored a stretch of units after the other, and
 * most of them forgotten at once: names that merely sound alike, or birthdays
 * that many share. */
#include "link/impl.h"

#include <math.h>
#include <string.h>

enum {
	SHARE = 1 << 14,         /* pairs a thread takes at once */
	AHEAD_UNIT = 12,         /* pairs between asking for a unit, */
	AHEAD_VALUES = 6,        /* for what it refers to, and using it */
	STRETCH_LEAST = 1 << 16, /* units */
	PAIR_BYTES = 28,    /* a found pair, while its stretch is at work */
	KEEP_ALL = 1 << 19, /* pairs, those of several rules counted for each */
};

/* Bits below the weight of an even chance at which a pair is forgotten. No
 * pair counts for less than CLUSTER_CLIP against two being one, and what a
 * better model would add is less than the rest. */
static const float FORGET_SAME = 18.0F;
/* The same for pairs of one household. */
static const float FORGET_HOUSE = 4.0F;

/* A share of the pairs of some list. */
struct share {
	size_t from, to;
};

/* The next share of ${n} pairs for thread ${part} of ${parts}, after ${s}. */
static bool
next_share(struct share *s, size_t n, unsigned part, unsigned parts)
{
	s->from = s->to == 0 ? (size_t)part * SHARE
			     : s->from + (size_t)parts * SHARE;
	if (s->from >= n)
		return false;
	s->to = n - s->from < SHARE ? n : s->from + SHARE;
	return true;
}

/* Memory of the pairs after ${i} is on its way while ${i} is at work. */
static void
expect_pairs(const struct linker *l, const struct pairs *p, size_t i)
{
	const struct unit *units = l->units.units;

	if (i + AHEAD_UNIT < p->n)
		__builtin_prefetch(&units[pairs_second(p, i + AHEAD_UNIT)]);
	if (i + AHEAD_VALUES < p->n)
		levels_expect(&l->levels,
			      &units[pairs_second(p, i + AHEAD_VALUES)]);
}

static void
compare_part(void *arg, unsigned part, unsigned parts)
{
	struct linker *l = arg;
	const struct unit *units = l->units.units;
	const struct pairs *p = &l->stretch.pairs;
	/* Without it, it only takes longer. */
	struct levels_memo *memo = ROOM_ARRAY(&l->room, 1, struct levels_memo);
	struct share s = {0, 0};

	while (next_share(&s, p->n, part, parts)) {
		for (size_t i = s.from; i < s.to; i++) {
			expect_pairs(l, p, i);
			l->stretch.patterns[i] = levels_compare(
				&l->levels, memo, &units[pairs_first(p, i)],
				&units[pairs_second(p, i)]);
		}
	}
	room_give(&l->room, memo, 1, sizeof(*memo));
}

enum rc
stretch_compare(struct linker *l, size_t from, size_t to)
{
	struct stretch *s = &l->stretch;
	const enum rc rc = pairs_find(l->finder, from, to, &s->pairs);

	if (rc != RC_OK)
		return rc;
	s->patterns = ROOM_ARRAY(&l->room, s->pairs.n, uint64_t);
	s->scores = ROOM_ARRAY(&l->room, s->pairs.n, struct model_score);
	if (s->patterns == NULL || s->scores == NULL)
		return RC_LIMIT;
	team_run(l->team, compare_part, l);
	l->compared += s->pairs.n;
	return RC_OK;
}

size_t
stretch_end(struct linker *l, size_t from)
{
	const double n = (double)l->units.n;
	const double pairs = (double)pairs_summary(l->finder).found / n;
	const double left = (double)room_left(&l->room) -
			    (double)pairs_desk_bytes(l->finder);
	/* Candidates will want some of it. */
	const double units = 0.75 * left / (PAIR_BYTES * (pairs + 1.0));
	const double most = l->stretch_units != 0 ? (double)l->stretch_units
						  : fmax(units, STRETCH_LEAST);

	return most >= n - (double)from ? l->units.n : from + (size_t)most;
}

/* Score the pairs ${p} of those in ${s}. */
static void
score_share(const struct linker *l, const struct pairs *p,
	    const uint64_t *patterns, struct model_score *scores,
	    const struct share *s)
{
	const uint32_t *group = l->freq.group;
	const struct unit *units = l->units.units;

	for (size_t i = s->from; i < s->to; i++) {
		const uint32_t a = pairs_first(p, i);
		const uint32_t b = pairs_second(p, i);
		const unsigned own =
			group != NULL && group[a] == group[b] ? 1 : 2;

		if (i + AHEAD_UNIT < p->n)
			__builtin_prefetch(
				&units[pairs_second(p, i + AHEAD_UNIT)]);
		scores[i] = model_score(&l->model, &l->freq, &units[a],
					&units[b], own, patterns[i]);
	}
}

static void
score_stretch_part(void *arg, unsigned part, unsigned parts)
{
	struct linker *l = arg;
	const struct stretch *s = &l->stretch;
	struct share share = {0, 0};

	while (next_share(&share, s->pairs.n, part, parts))
		score_share(l, &s->pairs, s->patterns, s->scores, &share);
}

static const size_t COLUMN_BYTES[CANDIDATE_COLUMNS] = {
	[CANDIDATE_PAIR] = sizeof(uint64_t),
	[CANDIDATE_RULES] = sizeof(uint32_t),
	[CANDIDATE_PATTERN] = sizeof(uint64_t),
	[CANDIDATE_SCORE] = sizeof(struct model_score),
	[CANDIDATE_WEIGHT] = sizeof(float),
};

/* Room for ${n} candidates. */
static enum rc
make_room(struct linker *l, size_t n)
{
	struct candidates *c = &l->candidates;

	for (size_t k = 0; k < CANDIDATE_COLUMNS; k++) {
		const size_t more = c->cap[k] + c->cap[k] / 4;

		if (n <= c->cap[k])
			continue;
		const size_t cap = more > n ? more : n;
		void *fresh = room_resize(&l->room, c->column[k], c->cap[k],
					  cap, COLUMN_BYTES[k]);
		if (fresh == NULL)
			return RC_LIMIT;
		c->column[k] = fresh;
		c->cap[k] = cap;
	}
	c->pairs.pair = c->column[CANDIDATE_PAIR];
	c->pairs.rules = c->column[CANDIDATE_RULES];
	c->patterns = c->column[CANDIDATE_PATTERN];
	c->scores = c->column[CANDIDATE_SCORE];
	c->weights = c->column[CANDIDATE_WEIGHT];
	return RC_OK;
}

void
candidates_done(struct linker *l)
{
	struct candidates *c = &l->candidates;

	for (size_t k = 0; k < CANDIDATE_COLUMNS; k++)
		room_give(&l->room, c->column[k], c->cap[k], COLUMN_BYTES[k]);
	*c = (struct candidates){0};
}

/* The scores past which a pair is kept. */
static struct model_score
least_score(const struct linker *l)
{
	const float even = log2f((float)l->units.n + 1.0F);

	/* A few are all kept: what speaks against two being one is worth
	 * knowing too. */
	if (pairs_summary(l->finder).found <= KEEP_ALL)
		return (struct model_score){-INFINITY, -INFINITY};
	return (struct model_score){even - FORGET_SAME, even - FORGET_HOUSE};
}

static bool
is_kept(struct model_score s, struct model_score least)
{
	return s.same > least.same || s.house > least.house;
}

/* Add the pairs of the stretch that score enough. */
static enum rc
keep_best(struct linker *l)
{
	const struct stretch *s = &l->stretch;
	struct candidates *c = &l->candidates;
	const struct model_score least = least_score(l);
	size_t n = c->pairs.n;

	for (size_t i = 0; i < s->pairs.n; i++)
		n += is_kept(s->scores[i], least);
	const enum rc rc = make_room(l, n);
	if (rc != RC_OK)
		return rc;
	n = c->pairs.n;
	for (size_t i = 0; i < s->pairs.n; i++) {
		if (!is_kept(s->scores[i], least))
			continue;
		c->pairs.pair[n] = s->pairs.pair[i];
		c->pairs.rules[n] = s->pairs.rules[i];
		c->patterns[n] = s->patterns[i];
		c->scores[n] = s->scores[i];
		n++;
	}
	c->pairs.n = n;
	return RC_OK;
}

enum rc
stretch_keep(struct linker *l)
{
	team_run(l->team, score_stretch_part, l);
	const enum rc rc = keep_best(l);
	stretch_done(l);
	return rc;
}

void
stretch_done(struct linker *l)
{
	struct stretch *s = &l->stretch;

	room_give(&l->room, s->patterns, s->pairs.n, sizeof(*s->patterns));
	room_give(&l->room, s->scores, s->pairs.n, sizeof(*s->scores));
	if (s->pairs.room != NULL)
		pairs_done(&s->pairs);
	*s = (struct stretch){0};
}

static void
score_part(void *arg, unsigned part, unsigned parts)
{
	struct linker *l = arg;
	struct candidates *c = &l->candidates;
	struct share s = {0, 0};

	while (next_share(&s, c->pairs.n, part, parts))
		score_share(l, &c->pairs, c->patterns, c->scores, &s);
}

void
candidates_score(struct linker *l)
{
	team_run(l->team, score_part, l);
}

static void
weigh_part(void *arg, unsigned part, unsigned parts)
{
	struct linker *l = arg;
	struct candidates *c = &l->candidates;
	struct share s = {0, 0};

	while (next_share(&s, c->pairs.n, part, parts))
		for (size_t i = s.from; i < s.to; i++)
			c->weights[i] = model_weight(&l->model, c->scores[i]);
}

void
candidates_weigh(struct linker *l)
{
	team_run(l->team, weigh_part, l);
}
