#include "link/pairs/pairs.h"

#include "base/sort.h"
#include "link/pairs/rules.h"

#include <stdatomic.h>
#include <string.h>

enum {
	RANGES = 256, /* of first units: the shares of the last step */
};

struct finder {
	const struct units *units;
	struct room *room;
	struct keys_name *names;
	uint32_t names_end;
	struct keys_source source;
	unsigned index_bits; /* that a unit's number needs */
	struct rules_found found[PAIRS_RULES];
	size_t at[PAIRS_RULES][RANGES]; /* where a rule's pairs of a range go */
	size_t from[RANGES + 1];        /* where a range starts */
	size_t distinct[RANGES];        /* pairs of a range, at its start */
	uint64_t *all;                  /* packed pairs by range */
	size_t n_all;
	uint32_t *rules; /* of the distinct pairs, beside them */
	atomic_uint next_rule;
	atomic_bool failed;
};

static void
names_part(void *arg, unsigned part, unsigned parts)
{
	struct finder *f = arg;
	const struct values *names = f->units->sets[UNITS_NAMES];

	for (uint32_t id = 1 + part; id < f->names_end; id += parts)
		keys_name_make(values_text(names, id), values_note(names, id),
			       &f->names[id]);
}

static size_t
range_of(const struct finder *f, uint64_t packed)
{
	const uint64_t first = packed >> (f->index_bits + RULES_BITS);

	return (size_t)(first * RANGES / f->units->n);
}

static void
rules_part(void *arg, unsigned part, unsigned parts)
{
	struct finder *f = arg;
	struct rules_desk desk = {0};
	enum rc rc = rules_desk_init(&desk, f->room, f->units->n);

	(void)part;
	(void)parts;
	while (rc == RC_OK && !atomic_load(&f->failed)) {
		const unsigned r = atomic_fetch_add(&f->next_rule, 1);

		if (r >= PAIRS_RULES)
			break;
		rc = rules_run(&f->source, (enum pairs_rule)r, f->index_bits,
			       &desk, &f->found[r]);
		for (size_t i = 0; rc == RC_OK && i < f->found[r].n; i++)
			f->at[r][range_of(f, f->found[r].pair[i])]++;
	}
	if (rc != RC_OK)
		atomic_store(&f->failed, true);
	rules_desk_done(&desk, f->room);
}

/* From how many pairs each rule has in each range to where they go. */
static void
lay_ranges(struct finder *f)
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
give_found(struct finder *f, size_t r)
{
	room_give(f->room, f->found[r].pair, f->found[r].cap, sizeof(uint64_t));
	f->found[r].pair = NULL;
}

static void
scatter_part(void *arg, unsigned part, unsigned parts)
{
	struct finder *f = arg;

	for (size_t r = part; r < PAIRS_RULES; r += parts) {
		const struct rules_found *found = &f->found[r];

		for (size_t i = 0; i < found->n; i++) {
			const size_t k = range_of(f, found->pair[i]);

			f->all[f->at[r][k]++] = found->pair[i];
		}
		give_found(f, r);
	}
}

/* Sort the pairs of a range and join those found by several rules. */
static void
join_range(struct finder *f, size_t k, uint64_t *spare)
{
	const unsigned bits = f->index_bits;
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
		rules[distinct - 1] |= 1U << rule;
	}
	f->distinct[k] = distinct;
}

static void
ranges_part(void *arg, unsigned part, unsigned parts)
{
	struct finder *f = arg;
	size_t most = 0;

	for (size_t k = part; k < RANGES; k += parts)
		if (f->from[k + 1] - f->from[k] > most)
			most = f->from[k + 1] - f->from[k];
	uint64_t *spare = ROOM_ARRAY(f->room, most, uint64_t);
	if (spare == NULL)
		atomic_store(&f->failed, true);
	for (size_t k = part; k < RANGES && spare != NULL; k += parts)
		join_range(f, k, spare);
	room_give(f->room, spare, most, sizeof(*spare));
}

static enum rc
join_ranges(struct finder *f, struct pairs *p)
{
	for (size_t k = 0; k < RANGES; k++)
		p->cap += f->distinct[k];
	p->pair = ROOM_ARRAY(f->room, p->cap, uint64_t);
	p->rules = ROOM_ARRAY(f->room, p->cap, uint32_t);
	if (p->pair == NULL || p->rules == NULL)
		return RC_LIMIT;
	for (size_t k = 0; k < RANGES; k++) {
		const size_t n = f->distinct[k];

		memcpy(p->pair + p->n, f->all + f->from[k],
		       n * sizeof(*p->pair));
		memcpy(p->rules + p->n, f->rules + f->from[k],
		       n * sizeof(*p->rules));
		p->n += n;
	}
	return RC_OK;
}

static enum rc
find(struct finder *f, struct team *team, struct pairs *p)
{
	team_run(team, names_part, f);
	team_run(team, rules_part, f);
	if (atomic_load(&f->failed))
		return RC_LIMIT;
	for (size_t r = 0; r < PAIRS_RULES; r++) {
		p->split += f->found[r].split;
		p->cut += f->found[r].cut;
	}
	lay_ranges(f);
	f->all = ROOM_ARRAY(f->room, f->n_all, uint64_t);
	f->rules = ROOM_ARRAY(f->room, f->n_all, uint32_t);
	if (f->all == NULL || f->rules == NULL)
		return RC_LIMIT;
	team_run(team, scatter_part, f);
	team_run(team, ranges_part, f);
	return atomic_load(&f->failed) ? RC_LIMIT : join_ranges(f, p);
}

enum rc
pairs_find(const struct units *u, struct team *team, struct pairs *ret_pairs)
{
	struct finder *f = ROOM_ARRAY(u->room, 1, struct finder);
	struct pairs p = {.room = u->room};
	enum rc rc = RC_LIMIT;

	if (f == NULL)
		return RC_LIMIT;
	f->units = u;
	f->room = u->room;
	atomic_init(&f->next_rule, 0);
	atomic_init(&f->failed, false);
	for (f->index_bits = 1; u->n >> f->index_bits != 0; f->index_bits++)
		;
	f->names_end = values_end(u->sets[UNITS_NAMES]);
	f->names = ROOM_ARRAY(u->room, f->names_end, struct keys_name);
	f->source = (struct keys_source){u, f->names};
	if (f->names != NULL)
		rc = find(f, team, &p);
	for (size_t r = 0; r < PAIRS_RULES; r++)
		give_found(f, r);
	room_give(u->room, f->all, f->n_all, sizeof(*f->all));
	room_give(u->room, f->rules, f->n_all, sizeof(*f->rules));
	room_give(u->room, f->names, f->names_end, sizeof(*f->names));
	room_give(u->room, f, 1, sizeof(*f));
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
