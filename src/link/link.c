#include "link/link.h"

#include "link/impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	FEW_UNITS = 200000,    /* random pairs of which are often one person */
	LEARN_UNITS = 1 << 20, /* whose pairs are learnt from */
};

/* Fewer pairs of relatives than this, or than this share of the units, are no
 * households. */
static const double HOUSEHOLDS_FEW = 10.0;
static const double HOUSEHOLDS_SHARE = 0.002;
/* Relatives come again as often as others; this much of it is enough. */
static const double HOUSEHOLDS_SUPPORT = 0.5;

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

/* The persons of the last time, if any, say what is frequent. */
static enum rc
learn(struct linker *l, bool households, bool again)
{
	const uint32_t *person = again ? l->cluster.person : NULL;

	freq_done(&l->freq);
	enum rc rc =
		freq_count(&l->units, person, l->cluster.n, l->team, &l->freq);
	if (rc == RC_OK)
		rc = learn_chance(l, again);
	if (rc != RC_OK)
		return rc;
	model_learn(&l->model, &l->sample, households,
		    again && l->model.households == households);
	model_prepare(&l->model);
	return RC_OK;
}

/* Weigh what was scored, and join. */
static enum rc
join(struct linker *l)
{
	struct candidates *c = &l->candidates;
	struct cluster fresh;
	enum rc rc = model_priors(&l->model, c->scores, c->pairs.n, l->units.n,
				  &l->room);

	if (rc != RC_OK)
		return rc;
	candidates_weigh(l);
	rc = cluster_join(&l->units, &c->pairs, c->weights, l->team, &fresh);
	if (rc != RC_OK)
		return rc;
	l->freq.group = NULL; /* it was of the last time */
	if (l->cluster.room != NULL)
		cluster_done(&l->cluster);
	l->cluster = fresh;
	return RC_OK;
}

/* Once more, with what is known now of who is one person. */
static enum rc
again(struct linker *l, bool households)
{
	const enum rc rc = learn(l, households, true);

	if (rc != RC_OK)
		return rc;
	candidates_score(l);
	return join(l);
}

/* The first stretch of pairs, from which the model is learnt. */
static enum rc
begin(struct linker *l, size_t to)
{
	enum rc rc = stretch_compare(l, 0, to);

	if (rc == RC_OK)
		rc = model_sample_pairs(&l->levels, &l->stretch.pairs,
					l->stretch.patterns, to, &l->sample);
	if (rc == RC_OK)
		rc = learn(l, true, false);
	return rc == RC_OK ? stretch_keep(l) : rc;
}

/* Find all pairs, and keep those that may be something. */
static enum rc
gather(struct linker *l)
{
	const size_t n = l->units.n;
	const size_t most =
		l->stretch_units != 0 ? l->stretch_units : LEARN_UNITS;
	size_t at = n < most ? n : most;
	enum rc rc = levels_init(&l->levels, &l->units, l->team);

	if (rc == RC_OK)
		rc = pairs_finder_new(&l->units, l->team, &l->finder);
	if (rc == RC_OK)
		rc = begin(l, at);
	while (at < n && rc == RC_OK) {
		const size_t to = stretch_end(l, at);

		rc = stretch_compare(l, at, to);
		if (rc == RC_OK)
			rc = stretch_keep(l);
		at = to;
	}
	if (rc == RC_OK)
		l->found = pairs_summary(l->finder);
	pairs_finder_free(l->finder);
	l->finder = NULL;
	return rc;
}

static enum rc
estimate(struct linker *l)
{
	const struct count_input in = {
		.units = &l->units,
		.levels = &l->levels,
		.pairs = &l->candidates.pairs,
		.patterns = l->candidates.patterns,
		.scores = l->candidates.scores,
		.weights = l->candidates.weights,
		.cluster = &l->cluster,
		.model = &l->model,
		.freq = &l->freq,
		.team = l->team,
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
	enum rc rc = join(l);

	if (rc == RC_OK)
		rc = again(l, true);
	if (rc == RC_OK)
		rc = estimate(l);
	if (rc != RC_OK)
		return rc;
	l->persons_households = l->cluster.n;
	if (has_households(l))
		return RC_OK;
	const struct count with = l->count;
	rc = again(l, false);
	if (rc == RC_OK)
		rc = estimate(l);
	l->persons_two = l->cluster.n;
	l->count.supported = with.supported;
	l->count.support = with.support;
	return rc;
}

static enum rc
link_all(struct linker *l, const struct link_source *source,
	 struct link_result *r)
{
	enum rc rc = units_load(source, l->team, &l->room, &l->units);

	if (rc == RC_OK)
		rc = gather(l);
	if (rc == RC_OK)
		rc = decide(l);
	if (rc == RC_OK)
		rc = link_result_fill(l, r);
	return rc;
}

static void
linker_done(struct linker *l)
{
	stretch_done(l);
	candidates_done(l);
	pairs_finder_free(l->finder);
	levels_done(&l->levels);
	if (l->sample.room != NULL)
		model_sample_done(&l->sample);
	freq_done(&l->freq);
	if (l->cluster.room != NULL)
		cluster_done(&l->cluster);
	if (l->units.room != NULL)
		units_done(&l->units);
}

enum rc
link_people(const struct link_source *source, const struct link_options *o,
	    struct team *team, struct link_result **ret_result)
{
	struct linker l = {.team = team, .stretch_units = o->stretch_units};
	struct link_result *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return RC_NOMEM;
	room_init(&l.room, o->memory_bytes);
	const enum rc rc = link_all(&l, source, r);
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
