#include "link/pairs/pairs.h"

#include "base/sort.h"
#include "link/pairs/rules.h"

#include <stdatomic.h>
#include <string.h>

enum {
	RANGES = 256,        /* of first units: the shares of the last step */
	DESK_BYTES = 24,     /* of a unit's keys, with room to sort them */
	DESKS_SHARE = 3,     /* of the memory left may be desks, past */
	DESKS_FEW = 1 << 20, /* so many units */
	PARTS_MAX = 16,
};

/** Hashes of the values of a set, by number. */
struct hashes {
	enum units_set set;
	uint32_t *hash;
	uint32_t end;
};

enum { STREETS, POSTCODES, CITIES, HASHED };

struct pairs_finder {
	const struct units *units;
	struct room *room;
	struct team *team;
	struct keys_name *names;
	uint32_t names_end;
	struct hashes hashed[HASHED];
	struct keys_source source;
	struct rules_plan plan[PAIRS_RULES];
};

/* The finding of one stretch. */
struct finding {
	struct pairs_finder *finder;
	struct room *room;
	struct rules_stretch stretch;
	struct rules_found found[PAIRS_RULES];
	size_t at[PAIRS_RULES][RANGES]; /* where a rule's pairs of a range go */
	size_t from[RANGES + 1];        /* where a range starts */
	size_t distinct[RANGES];        /* pairs of a range, at its start */
	uint32_t by_rule[RANGES][PAIRS_RULES];
	uint64_t *all; /* packed pairs by range */
	size_t n_all;
	uint32_t *rules; /* of the distinct pairs, beside them */
	struct pairs *out;
	atomic_uint next; /* rule or range that nobody has taken yet */
	atomic_bool failed;
};

static void
hash_part(void *arg, unsigned part, unsigned parts)
{
	struct pairs_finder *f = arg;
	const struct values *names = f->units->sets[UNITS_NAMES];

	for (uint32_t id = 1 + part; id < f->names_end; id += parts)
		keys_name_make(values_text(names, id), values_note(names, id),
			       &f->names[id]);
	for (size_t k = 0; k < HASHED; k++) {
		struct hashes *h = &f->hashed[k];
		const struct values *set = f->units->sets[h->set];

		/* 0 is for what is missing. */
		for (uint32_t id = 1 + part; id < h->end; id += parts)
			h->hash[id] =
				(uint32_t)(values_hash(set, id) >> 32) | 1U;
	}
}

static bool
take_hashes(struct pairs_finder *f)
{
	static const enum units_set sets[HASHED] = {
		[STREETS] = UNITS_STREETS,
		[POSTCODES] = UNITS_POSTCODES,
		[CITIES] = UNITS_CITIES,
	};
	bool ok = true;

	f->names_end = values_end(f->units->sets[UNITS_NAMES]);
	f->names = ROOM_ARRAY(f->room, f->names_end, struct keys_name);
	for (size_t k = 0; k < HASHED; k++) {
		struct hashes *h = &f->hashed[k];

		h->set = sets[k];
		h->end = values_end(f->units->sets[h->set]);
		h->hash = ROOM_ARRAY(f->room, h->end, uint32_t);
		ok = ok && h->hash != NULL;
	}
	return ok && f->names != NULL;
}

enum rc
pairs_finder_new(const struct units *u, struct team *team,
		 struct pairs_finder **ret_finder)
{
	struct pairs_finder *f = ROOM_ARRAY(u->room, 1, struct pairs_finder);

	if (f == NULL)
		return RC_LIMIT;
	f->units = u;
	f->room = u->room;
	f->team = team;
	if (!take_hashes(f)) {
		pairs_finder_free(f);
		return RC_LIMIT;
	}
	f->source = (struct keys_source){
		.units = u,
		.names = f->names,
		.streets = f->hashed[STREETS].hash,
		.postcodes = f->hashed[POSTCODES].hash,
		.cities = f->hashed[CITIES].hash,
	};
	team_run(team, hash_part, f);
	*ret_finder = f;
	return RC_OK;
}

/* In how many parts keys are worked on. */
static unsigned
parts_of(const struct pairs_finder *f)
{
	const size_t all = team_size(f->team) * f->units->n * DESK_BYTES;
	const size_t most = room_left(f->room) / DESKS_SHARE + 1;

	if (f->units->n < DESKS_FEW)
		return 1;
	return all / most < PARTS_MAX ? 1 + (unsigned)(all / most) : PARTS_MAX;
}

size_t
pairs_desk_bytes(const struct pairs_finder *f)
{
	return team_size(f->team) * f->units->n * DESK_BYTES / parts_of(f);
}

void
pairs_finder_free(struct pairs_finder *f)
{
	if (f == NULL)
		return;
	for (size_t k = 0; k < HASHED; k++)
		room_give(f->room, f->hashed[k].hash, f->hashed[k].end,
			  sizeof(*f->hashed[k].hash));
	room_give(f->room, f->names, f->names_end, sizeof(*f->names));
	room_give(f->room, f, 1, sizeof(*f));
}

struct pairs_summary
pairs_summary(const struct pairs_finder *f)
{
	struct pairs_summary s = {0};

	for (size_t r = 0; r < PAIRS_RULES; r++) {
		s.found += f->plan[r].found;
		s.split += f->plan[r].split;
		s.cut += f->plan[r].cut;
	}
	return s;
}

static size_t
range_of(const struct rules_stretch *s, uint64_t packed)
{
	const uint64_t first = packed >> (s->index_bits + RULES_BITS);

	return (size_t)((first - s->from) * RANGES / (s->to - s->from));
}

static void
rules_part(void *arg, unsigned part, unsigned parts)
{
	struct finding *f = arg;
	struct rules_desk desk = {0};
	enum rc rc = RC_OK;

	(void)part;
	(void)parts;
	while (rc == RC_OK && !atomic_load(&f->failed)) {
		const unsigned r = atomic_fetch_add(&f->next, 1);

		if (r >= PAIRS_RULES)
			break;
		rc = rules_run(&f->finder->source, (enum pairs_rule)r,
			       &f->stretch, &desk, &f->finder->plan[r],
			       &f->found[r]);
		for (size_t i = 0; rc == RC_OK && i < f->found[r].n; i++)
			f->at[r][range_of(&f->stretch, f->found[r].pair[i])]++;
	}
	if (rc != RC_OK)
		atomic_store(&f->failed, true);
	rules_desk_done(&desk, f->room);
}

/* From how many pairs each rule has in each range to where they go. */
static void
lay_ranges(struct finding *f)
{
	size_t sum = 0;

	for (size_t k = 0; k < RANGES; k++) {
		f->from[k] = sum;
		for (size_t r = 0; r < PAIRS_RULES; r++) {
			const size_t n = f->at[r][k];

			f->at[r][k] = sum;
			sum += n;
		}
	}
	f->from[RANGES] = sum;
	f->n_all = sum;
}

static void
give_found(struct finding *f, size_t r)
{
	room_give(f->room, f->found[r].pair, f->found[r].cap, sizeof(uint64_t));
	f->found[r] = (struct rules_found){0};
}

static void
scatter_part(void *arg, unsigned part, unsigned parts)
{
	struct finding *f = arg;

	(void)part;
	(void)parts;
	for (;;) {
		const unsigned r = atomic_fetch_add(&f->next, 1);

		if (r >= PAIRS_RULES)
			return;
		const struct rules_found *found = &f->found[r];
		for (size_t i = 0; i < found->n; i++) {
			const size_t k = range_of(&f->stretch, found->pair[i]);

			f->all[f->at[r][k]++] = found->pair[i];
		}
		give_found(f, r);
	}
}

/* Sort the pairs of a range and join those found by several rules. */
static void
join_range(struct finding *f, size_t k, uint64_t *spare)
{
	const unsigned bits = f->stretch.index_bits;
	const uint64_t mask = (UINT64_C(1) << bits) - 1;
	uint64_t *pair = f->all + f->from[k];
	uint32_t *rules = f->rules + f->from[k];
	const size_t n = f->from[k + 1] - f->from[k];
	uint64_t last = UINT64_MAX;
	size_t distinct = 0;

	sort_bits(pair, spare, n, RULES_BITS, 2 * bits);
	for (size_t i = 0; i < n; i++) {
		const uint64_t units = pair[i] >> RULES_BITS;
		const uint32_t rule =
			(uint32_t)pair[i] & ((1U << RULES_BITS) - 1);

		if (units != last) {
			pair[distinct] = units >> bits << 32 | (units & mask);
			rules[distinct++] = 0;
			last = units;
		}
		/* A rule with two keys can find a pair twice. */
		f->by_rule[k][rule] += (rules[distinct - 1] >> rule & 1U) == 0;
		rules[distinct - 1] |= 1U << rule;
	}
	f->distinct[k] = distinct;
}

static void
ranges_part(void *arg, unsigned part, unsigned parts)
{
	struct finding *f = arg;
	size_t most = 0;

	(void)part;
	(void)parts;
	for (size_t k = 0; k < RANGES; k++)
		if (f->from[k + 1] - f->from[k] > most)
			most = f->from[k + 1] - f->from[k];
	uint64_t *spare = ROOM_ARRAY(f->room, most, uint64_t);
	if (spare == NULL)
		atomic_store(&f->failed, true);
	while (spare != NULL) {
		const unsigned k = atomic_fetch_add(&f->next, 1);

		if (k >= RANGES)
			break;
		join_range(f, k, spare);
	}
	room_give(f->room, spare, most, sizeof(*spare));
}

/* Close the gaps between the ranges: what was found becomes the pairs. */
static enum rc
join_ranges(struct finding *f)
{
	struct pairs *p = f->out;

	for (size_t k = 0; k < RANGES; k++) {
		memmove(f->all + p->n, f->all + f->from[k],
			f->distinct[k] * sizeof(*f->all));
		memmove(f->rules + p->n, f->rules + f->from[k],
			f->distinct[k] * sizeof(*f->rules));
		p->n += f->distinct[k];
		for (size_t r = 0; r < PAIRS_RULES; r++)
			p->by_rule[r] += f->by_rule[k][r];
	}
	uint64_t *pair =
		room_resize(f->room, f->all, f->n_all, p->n, sizeof(*pair));
	if (pair == NULL)
		return RC_LIMIT;
	f->all = NULL;
	p->pair = pair;
	p->cap = p->n;
	p->rules = room_resize(f->room, f->rules, f->n_all, p->n,
			       sizeof(*p->rules));
	if (p->rules == NULL)
		return RC_LIMIT;
	f->rules = NULL;
	return RC_OK;
}

/* All threads at ${work}, which takes shares until none is left. */
static bool
run(struct finding *f, team_work *work)
{
	atomic_store(&f->next, 0);
	team_run(f->finder->team, work, f);
	return !atomic_load(&f->failed);
}

static enum rc
find(struct finding *f)
{
	if (!run(f, rules_part))
		return RC_LIMIT;
	lay_ranges(f);
	f->all = ROOM_ARRAY(f->room, f->n_all, uint64_t);
	if (f->all == NULL || !run(f, scatter_part))
		return RC_LIMIT;
	f->rules = ROOM_ARRAY(f->room, f->n_all, uint32_t);
	if (f->rules == NULL || !run(f, ranges_part))
		return RC_LIMIT;
	return join_ranges(f);
}

enum rc
pairs_find(struct pairs_finder *finder, size_t from, size_t to,
	   struct pairs *ret_pairs)
{
	const size_t n = finder->units->n;
	struct finding *f = ROOM_ARRAY(finder->room, 1, struct finding);
	struct pairs p = {.room = finder->room};

	if (f == NULL)
		return RC_LIMIT;
	f->finder = finder;
	f->room = finder->room;
	f->stretch = (struct rules_stretch){
		.from = from, .to = to, .parts = parts_of(finder)};
	f->out = &p;
	atomic_init(&f->next, 0);
	atomic_init(&f->failed, false);
	while (n >> f->stretch.index_bits != 0)
		f->stretch.index_bits++;
	const enum rc rc = find(f);
	for (size_t r = 0; r < PAIRS_RULES; r++)
		give_found(f, r);
	room_give(f->room, f->all, f->n_all, sizeof(*f->all));
	room_give(f->room, f->rules, f->n_all, sizeof(*f->rules));
	room_give(f->room, f, 1, sizeof(*f));
	if (rc == RC_OK)
		*ret_pairs = p;
	else
		pairs_done(&p);
	return rc;
}

void
pairs_done(struct pairs *p)
{
	room_give(p->room, p->pair, p->cap, sizeof(*p->pair));
	room_give(p->room, p->rules, p->cap, sizeof(*p->rules));
	p->pair = NULL;
	p->rules = NULL;
	p->n = 0;
	p->cap = 0;
}
