#include "link/link.h"

#include "link/impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	SHARE = 1 << 14,    /* pairs a thread takes at once */
	FEW_UNITS = 200000, /* random pairs of which are often one person */
	AHEAD = 8,          /* pairs between asking for memory and using it */
};

/* Fewer pairs of relatives than this, or than this share of the units, are no
 * households. */
static const double HOUSEHOLDS_FEW = 10.0;
static const double HOUSEHOLDS_SHARE = 0.002;
/* Relatives come again as often as others; this much of it is enough. */
static const double HOUSEHOLDS_SUPPORT = 0.5;

static void
expect_pair(const struct linker *l, size_t i)
{
	if (i < l->pairs.n)
		__builtin_prefetch(&l->units.units[pairs_second(&l->pairs, i)]);
}

static void
compare_part(void *arg, unsigned part, unsigned parts)
{
	struct linker *l = arg;
	const struct units *u = &l->units;

	for (size_t at = (size_t)part * SHARE; at < l->pairs.n;
	     at += (size_t)parts * SHARE) {
		const size_t left = l->pairs.n - at;
		const size_t end = at + (left < SHARE ? left : SHARE);

		for (size_t i = at; i < end; i++) {
			expect_pair(l, i + AHEAD);
			l->patterns[i] = levels_compare(
				&l->levels,
				&u->units[pairs_first(&l->pairs, i)],
				&u->units[pairs_second(&l->pairs, i)]);
		}
	}
}

static struct model_score
score_pair(const struct linker *l, size_t i)
{
	const uint32_t a = pairs_first(&l->pairs, i);
	const uint32_t b = pairs_second(&l->pairs, i);
	const uint32_t *group = l->freq.group;
	const unsigned own = group != NULL && group[a] == group[b] ? 1 : 2;

	return model_score(&l->model, &l->freq, &l->units.units[a],
			   &l->units.units[b], own, l->patterns[i]);
}

static void
score_part(void *arg, unsigned part, unsigned parts)
{
	struct linker *l = arg;

	for (size_t at = (size_t)part * SHARE; at < l->pairs.n;
	     at += (size_t)parts * SHARE) {
		const size_t left = l->pairs.n - at;
		const size_t end = at + (left < SHARE ? left : SHARE);

		for (size_t i = at; i < end; i++) {
			expect_pair(l, i + AHEAD);
			l->scores[i] = score_pair(l, i);
		}
	}
}

static enum rc
compare(struct linker *l)
{
	const size_t n = l->pairs.n;

	l->patterns = ROOM_ARRAY(&l->room, n, uint64_t);
	l->scores = ROOM_ARRAY(&l->room, n, struct model_score);
	l->weights = ROOM_ARRAY(&l->room, n, float);
	if (l->patterns == NULL || l->scores == NULL || l->weights == NULL)
		return RC_LIMIT;
	const enum rc rc = levels_init(&l->levels, &l->units, l->team);
	if (rc != RC_OK)
		return rc;
	team_run(l->team, compare_part, l);
	return model_sample_pairs(&l->levels, &l->pairs, l->patterns,
				  &l->sample);
}

/* What chance does: drawn afresh once it is known who is one person, if that
 * matters, which it does where random pairs often are. */
static enum rc
learn_chance(struct linker *l, bool again)
{
	enum rc rc = RC_OK;

	if (!again || l->units.n < FEW_UNITS)
		rc = model_chance(&l->model, &l->levels, &l->freq, l->team);
	model_equal(&l->model, &l->freq);
	return rc;
}

static void
weigh_part(void *arg, unsigned part, unsigned parts)
{
	struct linker *l = arg;

	for (size_t at = (size_t)part * SHARE; at < l->pairs.n;
	     at += (size_t)parts * SHARE) {
		const size_t left = l->pairs.n - at;
		const size_t end = at + (left < SHARE ? left : SHARE);

		for (size_t i = at; i < end; i++)
			l->weights[i] = model_weight(&l->model, l->scores[i]);
	}
}

/* Learn, weigh and join once; the persons of the last time, if any, say what
 * is frequent. */
static enum rc
round_of(struct linker *l, bool households, bool again)
{
	struct cluster last = l->cluster;
	struct cluster fresh;

	freq_done(&l->freq);
	enum rc rc = freq_count(&l->units, again ? last.person : NULL, last.n,
				l->team, &l->freq);
	if (rc == RC_OK)
		rc = learn_chance(l, again);
	if (rc != RC_OK)
		return rc;
	model_learn(&l->model, &l->sample, households,
		    again && l->model.households == households);
	model_prepare(&l->model);
	team_run(l->team, score_part, l);
	rc = model_priors(&l->model, l->scores, l->pairs.n, l->units.n,
			  &l->room);
	if (rc != RC_OK)
		return rc;
	team_run(l->team, weigh_part, l);
	rc = cluster_join(&l->units, &l->pairs, l->weights, l->team, &fresh);
	if (rc != RC_OK)
		return rc;
	l->freq.group = NULL; /* it was of the last time */
	if (last.person != NULL)
		cluster_done(&last);
	l->cluster = fresh;
	return RC_OK;
}

static enum rc
estimate(struct linker *l)
{
	const struct count_input in = {
		.units = &l->units,
		.levels = &l->levels,
		.pairs = &l->pairs,
		.patterns = l->patterns,
		.scores = l->scores,
		.weights = l->weights,
		.cluster = &l->cluster,
		.model = &l->model,
		.freq = &l->freq,
	};

	return count_links(&in, &l->count);
}

/* Does anything say who lives with whom? */
static bool
has_contacts(const struct linker *l)
{
	const struct freq_counts *f = l->freq.field;

	return f[FREQ_STREET].holders + f[FREQ_PHONE].holders +
		       f[FREQ_EMAIL].holders + f[FREQ_NIR].holders >
	       0;
}

/* Are there households? If next to no pair is of that class, or those that are
 * look like damaged copies of one person, two classes say the same or better.
 * Where nobody comes twice, the class stands: it takes in only pairs whose
 * names and dates are no nearer than chance has them. */
static bool
has_households(const struct linker *l)
{
	const double few =
		fmax(HOUSEHOLDS_FEW, HOUSEHOLDS_SHARE * (double)l->units.n);

	if (l->count.relatives < few || !has_contacts(l))
		return false;
	return !l->count.supported || l->count.support >= HOUSEHOLDS_SUPPORT;
}

/* Learn, weigh and join until it is known which model holds. */
static enum rc
decide(struct linker *l)
{
	enum rc rc = round_of(l, true, false);

	if (rc == RC_OK)
		rc = round_of(l, true, true);
	if (rc == RC_OK)
		rc = estimate(l);
	if (rc != RC_OK)
		return rc;
	l->persons_households = l->cluster.n;
	if (has_households(l))
		return RC_OK;
	const struct count with = l->count;
	rc = round_of(l, false, true);
	if (rc == RC_OK)
		rc = estimate(l);
	l->persons_two = l->cluster.n;
	l->count.supported = with.supported;
	l->count.support = with.support;
	return rc;
}

static enum rc
link_all(struct linker *l, const struct mention_block *blocks, size_t n_blocks,
	 struct link_result *r)
{
	enum rc rc = units_load(blocks, n_blocks, l->team, &l->room, &l->units);

	if (rc == RC_OK)
		rc = pairs_find(&l->units, l->team, &l->pairs);
	if (rc == RC_OK)
		rc = compare(l);
	if (rc == RC_OK)
		rc = decide(l);
	if (rc == RC_OK)
		rc = link_result_fill(l, r);
	return rc;
}

static void
linker_done(struct linker *l)
{
	struct room *room = &l->room;

	room_give(room, l->patterns, l->pairs.n, sizeof(*l->patterns));
	room_give(room, l->scores, l->pairs.n, sizeof(*l->scores));
	room_give(room, l->weights, l->pairs.n, sizeof(*l->weights));
	levels_done(&l->levels);
	if (l->sample.room != NULL)
		model_sample_done(&l->sample);
	freq_done(&l->freq);
	if (l->cluster.room != NULL)
		cluster_done(&l->cluster);
	if (l->pairs.room != NULL)
		pairs_done(&l->pairs);
	if (l->units.room != NULL)
		units_done(&l->units);
}

enum rc
link_people(const struct mention_block *blocks, size_t n_blocks,
	    const struct link_options *o, struct team *team,
	    struct link_result **ret_result)
{
	struct linker l = {.team = team};
	struct link_result *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return RC_NOMEM;
	room_init(&l.room, o->memory_bytes);
	const enum rc rc = link_all(&l, blocks, n_blocks, r);
	linker_done(&l);
	explicit_bzero(&l, sizeof(l));
	if (rc == RC_OK)
		*ret_result = r;
	else
		link_result_free(r);
	return rc;
}

void
link_result_free(struct link_result *r)
{
	if (r == NULL)
		return;
	free(r->person_of);
	free(r);
}

const char *
link_field_name(enum link_field field)
{
	static const char *const names[LINK_FIELDS] = {
		[LINK_NIR] = "NIR",
		[LINK_BIRTH_DATE] = "birth date",
		[LINK_GIVEN] = "given name",
		[LINK_FAMILY] = "family name",
		[LINK_SEX] = "sex",
		[LINK_ADDRESS] = "street",
		[LINK_PLACE] = "place",
		[LINK_PHONE] = "phone",
		[LINK_EMAIL] = "e-mail",
		[LINK_OTHER_ID] = "other identifier",
	};

	return field < LINK_FIELDS ? names[field] : "";
}

const char *
link_model_name(enum link_model model)
{
	static const char *const names[] = {
		[LINK_NO_MODEL] = "none",
		[LINK_TWO_CLASS] = "two classes",
		[LINK_HOUSEHOLDS] = "households",
	};

	return names[model];
}
