#include "link/cluster/cluster.h"

#include "base/sort.h"
#include "link/cluster/bars.h"
#include "link/cluster/sparse.h"

#include <stdatomic.h>
#include <string.h>

/* In place of the number of a part: the unit has no pair of positive weight. */
#define ALONE UINT32_MAX

/* A set of units that are connected by pairs of positive weight. */
struct part {
	uint32_t units_at; /* first of its units in order[] */
	uint32_t pairs_at; /* first of its pairs in inner[] */
	uint32_t n_units;
	uint32_t n_pairs;
};

struct joiner {
	const struct units *units;
	const struct pairs *pairs;
	const float *weights;
	struct room *room;
	uint32_t *root;  /* union-find over units; then the number of a part */
	uint32_t *place; /* of a unit in its part */
	uint32_t *order; /* units by part */
	uint64_t *inner; /* pairs inside parts: weight and number, by part,
			    heaviest first */
	size_t n_inner;
	struct part *parts;
	size_t n_parts;
	size_t most_units; /* of a part that goes into a table */
	size_t most_pairs;
	uint32_t *head;  /* [n units] first unit of the person it belongs to */
	uint32_t *links; /* [n units] pair that joined this unit's group */
	float *means;    /* [n units] the mean weight then */
	atomic_bool failed;
};

/* A weight as a number that grows as the weight falls. */
static uint32_t
weight_key(float w)
{
	uint32_t bits;

	memcpy(&bits, &w, sizeof(bits));
	const uint32_t rising =
		(bits >> 31) != 0 ? ~bits : bits | UINT32_C(0x80000000);
	return ~rising;
}

static uint32_t
find_root(uint32_t *root, uint32_t i)
{
	while (root[i] != i) {
		root[i] = root[root[i]];
		i = root[i];
	}
	return i;
}

static void
unite(struct joiner *j, float above)
{
	for (size_t i = 0; i < j->units->n; i++)
		j->root[i] = (uint32_t)i;
	for (size_t i = 0; i < j->pairs->n; i++) {
		if (j->weights[i] <= above)
			continue;
		const uint32_t a = find_root(j->root, pairs_first(j->pairs, i));
		const uint32_t b =
			find_root(j->root, pairs_second(j->pairs, i));

		if (a < b)
			j->root[b] = a;
		else
			j->root[a] = b;
	}
}

/* Number the parts by their first unit; a unit that stands alone is of none. */
static enum rc
number_parts(struct joiner *j)
{
	const size_t n = j->units->n;
	uint32_t *count = j->order; /* which is of no other use yet */
	uint32_t k = 0;

	for (size_t i = 0; i < n; i++) {
		j->root[i] = find_root(j->root, (uint32_t)i);
		count[j->root[i]]++;
	}
	for (size_t i = 0; i < n; i++)
		j->n_parts += count[i] > 1;
	j->parts = ROOM_ARRAY(j->room, j->n_parts, struct part);
	if (j->parts == NULL)
		return RC_LIMIT;
	for (size_t i = 0; i < n; i++) {
		j->head[i] = (uint32_t)i;
		/* A root comes before its members. */
		if (j->root[i] != i)
			j->root[i] = j->root[j->root[i]];
		else
			j->root[i] = count[i] > 1 ? k++ : ALONE;
		if (j->root[i] != ALONE)
			j->place[i] = j->parts[j->root[i]].n_units++;
	}
	return RC_OK;
}

/* List the units of the parts. */
static void
list_units(struct joiner *j)
{
	uint32_t at = 0;

	for (size_t p = 0; p < j->n_parts; p++) {
		j->parts[p].units_at = at;
		at += j->parts[p].n_units;
	}
	for (size_t i = 0; i < j->units->n; i++)
		if (j->root[i] != ALONE)
			j->order[j->parts[j->root[i]].units_at + j->place[i]] =
				(uint32_t)i;
}

static uint32_t
part_of_pair(const struct joiner *j, size_t i)
{
	const uint32_t a = j->root[pairs_first(j->pairs, i)];

	return a == j->root[pairs_second(j->pairs, i)] ? a : ALONE;
}

/* List the pairs inside each part. */
static enum rc
list_pairs(struct joiner *j)
{
	for (size_t i = 0; i < j->pairs->n; i++) {
		const uint32_t p = part_of_pair(j, i);

		if (p == ALONE)
			continue;
		j->parts[p].n_pairs++;
		j->n_inner++;
	}
	j->inner = ROOM_ARRAY(j->room, j->n_inner, uint64_t);
	if (j->inner == NULL)
		return RC_LIMIT;
	uint32_t at = 0;
	for (size_t p = 0; p < j->n_parts; p++) {
		j->parts[p].pairs_at = at;
		at += j->parts[p].n_pairs;
		j->parts[p].n_pairs = 0;
	}
	for (size_t i = 0; i < j->pairs->n; i++) {
		const uint32_t p = part_of_pair(j, i);

		if (p == ALONE)
			continue;
		struct part *part = &j->parts[p];
		j->inner[part->pairs_at + part->n_pairs++] =
			(uint64_t)weight_key(j->weights[i]) << 32 | i;
	}
	return RC_OK;
}

float
cluster_clip(float w)
{
	if (w > CLUSTER_CLIP)
		return CLUSTER_CLIP;
	return w < -CLUSTER_CLIP ? -CLUSTER_CLIP : w;
}

/* The table of one part: sums of weights between its groups. */
struct table {
	size_t n;
	float *sum;      /* n * n */
	uint32_t *group; /* of each unit: place of the group's first */
	uint32_t *size;  /* of the group of that first unit */
	struct bars *bars;
};

static void
fill_table(const struct joiner *j, const struct part *part, struct table *t)
{
	const size_t n = part->n_units;

	t->n = n;
	for (size_t i = 0; i < n * n; i++)
		t->sum[i] = CLUSTER_UNSCORED;
	for (size_t k = 0; k < part->n_pairs; k++) {
		const size_t i = (uint32_t)j->inner[part->pairs_at + k];
		const size_t a = j->place[pairs_first(j->pairs, i)];
		const size_t b = j->place[pairs_second(j->pairs, i)];

		t->sum[a * n + b] = t->sum[b * n + a] =
			cluster_clip(j->weights[i]);
	}
	for (size_t i = 0; i < n; i++) {
		t->group[i] = (uint32_t)i;
		t->size[i] = 1;
		t->bars[i] =
			bars_of(&j->units->units[j->order[part->units_at + i]]);
	}
}

/* Join the groups ${a} < ${b} if on average their units agree. */
static bool
join_groups(struct table *t, uint32_t a, uint32_t b, float *ret_mean)
{
	const size_t n = t->n;

	*ret_mean = t->sum[a * n + b] / ((float)t->size[a] * (float)t->size[b]);
	if (t->sum[a * n + b] < 0.0F || bars_forbid(&t->bars[a], &t->bars[b]))
		return false;
	for (size_t k = 0; k < n; k++) {
		t->sum[a * n + k] += t->sum[b * n + k];
		t->sum[k * n + a] = t->sum[a * n + k];
	}
	t->size[a] += t->size[b];
	t->bars[a] = bars_join(&t->bars[a], &t->bars[b]);
	for (size_t k = 0; k < n; k++)
		if (t->group[k] == b)
			t->group[k] = a;
	return true;
}

/* One way through the edges, heaviest first. */
static bool
join_edges(struct joiner *j, const struct part *part, struct table *t)
{
	bool any = false;

	for (size_t k = 0; k < part->n_pairs; k++) {
		const size_t i = (uint32_t)j->inner[part->pairs_at + k];

		if (j->weights[i] <= 0.0F)
			break;
		const uint32_t x = t->group[j->place[pairs_first(j->pairs, i)]];
		const uint32_t y =
			t->group[j->place[pairs_second(j->pairs, i)]];
		const uint32_t a = x < y ? x : y;
		const uint32_t b = x < y ? y : x;

		float mean = 0.0F;
		if (a == b || !join_groups(t, a, b, &mean))
			continue;
		j->links[j->order[part->units_at + b]] = (uint32_t)i;
		j->means[j->order[part->units_at + b]] = mean;
		any = true;
	}
	return any;
}

static void
join_part(struct joiner *j, const struct part *part, struct table *t,
	  uint64_t *spare)
{
	const uint32_t *order = j->order + part->units_at;

	sort_bits(j->inner + part->pairs_at, spare, part->n_pairs, 32, 32);
	fill_table(j, part, t);
	while (join_edges(j, part, t))
		;
	for (size_t i = 0; i < part->n_units; i++)
		j->head[order[i]] = order[t->group[i]];
}

static struct sparse *
fill_sparse(const struct joiner *j, const struct part *part)
{
	struct sparse *s = sparse_new(j->room, part->n_units, part->n_pairs);

	for (uint32_t i = 0; i < part->n_units && s != NULL; i++) {
		const struct bars bars =
			bars_of(&j->units->units[j->order[part->units_at + i]]);

		sparse_unit(s, i, &bars);
	}
	for (size_t k = 0; k < part->n_pairs && s != NULL; k++) {
		const size_t i = (uint32_t)j->inner[part->pairs_at + k];

		sparse_pair(s, j->place[pairs_first(j->pairs, i)],
			    j->place[pairs_second(j->pairs, i)],
			    cluster_clip(j->weights[i]));
	}
	return s;
}

static bool
join_sparse_edges(struct joiner *j, const struct part *part, struct sparse *s)
{
	bool any = false;

	for (size_t k = 0; k < part->n_pairs; k++) {
		const size_t i = (uint32_t)j->inner[part->pairs_at + k];
		uint32_t first;
		float mean;

		if (j->weights[i] <= 0.0F)
			break;
		if (!sparse_join(s, j->place[pairs_first(j->pairs, i)],
				 j->place[pairs_second(j->pairs, i)], &first,
				 &mean))
			continue;
		j->links[j->order[part->units_at + first]] = (uint32_t)i;
		j->means[j->order[part->units_at + first]] = mean;
		any = true;
	}
	return any;
}

/* A part too large for the table. */
static enum rc
join_large_part(struct joiner *j, const struct part *part)
{
	const uint32_t *order = j->order + part->units_at;
	uint64_t *spare = ROOM_ARRAY(j->room, part->n_pairs, uint64_t);
	struct sparse *s = NULL;

	if (spare != NULL) {
		sort_bits(j->inner + part->pairs_at, spare, part->n_pairs, 32,
			  32);
		s = fill_sparse(j, part);
	}
	room_give(j->room, spare, part->n_pairs, sizeof(*spare));
	if (s == NULL)
		return RC_LIMIT;
	while (join_sparse_edges(j, part, s))
		;
	for (uint32_t i = 0; i < part->n_units; i++)
		j->head[order[i]] = order[sparse_first(s, i)];
	sparse_free(s);
	return RC_OK;
}

static bool
table_new(struct room *room, struct table *t, size_t n)
{
	t->sum = ROOM_ARRAY(room, n * n, float);
	t->group = ROOM_ARRAY(room, n, uint32_t);
	t->size = ROOM_ARRAY(room, n, uint32_t);
	t->bars = ROOM_ARRAY(room, n, struct bars);
	return t->sum != NULL && t->group != NULL && t->size != NULL &&
	       t->bars != NULL;
}

static void
table_done(struct room *room, struct table *t, size_t n)
{
	room_give(room, t->sum, n * n, sizeof(*t->sum));
	room_give(room, t->group, n, sizeof(*t->group));
	room_give(room, t->size, n, sizeof(*t->size));
	room_give(room, t->bars, n, sizeof(*t->bars));
}

static void
find_most(struct joiner *j)
{
	for (size_t p = 0; p < j->n_parts; p++) {
		const struct part *x = &j->parts[p];

		if (x->n_units > CLUSTER_DENSE_MAX)
			continue;
		if (x->n_units > j->most_units)
			j->most_units = x->n_units;
		if (x->n_pairs > j->most_pairs)
			j->most_pairs = x->n_pairs;
	}
}

static enum rc
join_any_part(struct joiner *j, const struct part *p, struct table *t,
	      uint64_t *spare)
{
	if (p->n_units > CLUSTER_DENSE_MAX)
		return join_large_part(j, p);
	join_part(j, p, t, spare);
	return RC_OK;
}

static void
parts_part(void *arg, unsigned part, unsigned parts)
{
	struct joiner *j = arg;
	struct table t = {0};
	uint64_t *spare = ROOM_ARRAY(j->room, j->most_pairs, uint64_t);
	enum rc rc = RC_LIMIT;

	if (table_new(j->room, &t, j->most_units) && spare != NULL)
		rc = RC_OK;
	for (size_t p = part; p < j->n_parts && rc == RC_OK; p += parts)
		rc = join_any_part(j, &j->parts[p], &t, spare);
	if (rc != RC_OK)
		atomic_store(&j->failed, true);
	room_give(j->room, spare, j->most_pairs, sizeof(*spare));
	table_done(j->room, &t, j->most_units);
}

static enum rc
join_all(struct joiner *j, struct team *team)
{
	unite(j, 0.0F);
	enum rc rc = number_parts(j);

	if (rc != RC_OK)
		return rc;
	list_units(j);
	rc = list_pairs(j);
	if (rc != RC_OK)
		return rc;
	find_most(j);
	team_run(team, parts_part, j);
	return atomic_load(&j->failed) ? RC_LIMIT : RC_OK;
}

/* Number the persons by their first unit, and gather the links. */
static enum rc
number_persons(const struct joiner *j, struct cluster *c)
{
	for (size_t i = 0; i < c->n_units; i++)
		c->cap_links += j->links[i] != UINT32_MAX;
	c->cap = c->n_units - c->cap_links;
	c->person = ROOM_ARRAY(j->room, c->n_units, uint32_t);
	c->links = ROOM_ARRAY(j->room, c->cap_links, uint32_t);
	c->means = ROOM_ARRAY(j->room, c->cap_links, float);
	c->size = ROOM_ARRAY(j->room, c->cap, uint32_t);
	if (c->person == NULL || c->links == NULL || c->means == NULL ||
	    c->size == NULL)
		return RC_LIMIT;
	for (size_t i = 0; i < c->n_units; i++) {
		if (j->head[i] == i)
			c->person[i] = (uint32_t)c->n++;
		else
			c->person[i] = c->person[j->head[i]];
		c->size[c->person[i]]++;
		if (j->links[i] == UINT32_MAX)
			continue;
		c->links[c->n_links] = j->links[i];
		c->means[c->n_links++] = j->means[i];
	}
	return RC_OK;
}

/* What is of no use once all is joined. */
static void
tables_done(struct joiner *j)
{
	const size_t n = j->units->n;

	room_give(j->room, j->root, n, sizeof(*j->root));
	room_give(j->room, j->place, n, sizeof(*j->place));
	room_give(j->room, j->order, n, sizeof(*j->order));
	room_give(j->room, j->inner, j->n_inner, sizeof(*j->inner));
	room_give(j->room, j->parts, j->n_parts, sizeof(*j->parts));
	j->root = NULL;
	j->place = NULL;
	j->order = NULL;
	j->inner = NULL;
	j->parts = NULL;
}

static void
joiner_done(struct joiner *j)
{
	const size_t n = j->units->n;

	tables_done(j);
	room_give(j->room, j->head, n, sizeof(*j->head));
	room_give(j->room, j->links, n, sizeof(*j->links));
	room_give(j->room, j->means, n, sizeof(*j->means));
}

enum rc
cluster_join(const struct units *u, const struct pairs *p, const float *weights,
	     struct team *team, struct cluster *ret_cluster)
{
	struct joiner j = {
		.units = u, .pairs = p, .weights = weights, .room = u->room};
	struct cluster c = {.room = u->room, .n_units = u->n};
	enum rc rc = RC_LIMIT;

	atomic_init(&j.failed, false);
	j.root = ROOM_ARRAY(u->room, u->n, uint32_t);
	j.place = ROOM_ARRAY(u->room, u->n, uint32_t);
	j.order = ROOM_ARRAY(u->room, u->n, uint32_t);
	j.head = ROOM_ARRAY(u->room, u->n, uint32_t);
	j.links = ROOM_ARRAY(u->room, u->n, uint32_t);
	j.means = ROOM_ARRAY(u->room, u->n, float);
	if (j.root != NULL && j.place != NULL && j.order != NULL &&
	    j.head != NULL && j.links != NULL && j.means != NULL) {
		memset(j.links, 0xFF, u->n * sizeof(*j.links));
		rc = join_all(&j, team);
	}
	tables_done(&j);
	if (rc == RC_OK)
		rc = number_persons(&j, &c);
	joiner_done(&j);
	if (rc == RC_OK)
		*ret_cluster = c;
	else
		cluster_done(&c);
	return rc;
}

void
cluster_done(struct cluster *c)
{
	room_give(c->room, c->person, c->n_units, sizeof(*c->person));
	room_give(c->room, c->links, c->cap_links, sizeof(*c->links));
	room_give(c->room, c->means, c->cap_links, sizeof(*c->means));
	room_give(c->room, c->size, c->cap, sizeof(*c->size));
	c->means = NULL;
	c->size = NULL;
	c->person = NULL;
	c->links = NULL;
}
