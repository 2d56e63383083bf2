#include "link/cluster/cluster.h"

#include "base/sort.h"
#include "link/cluster/bars.h"

#include <stdatomic.h>
#include <string.h>

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

/* Number the parts by their first unit and list their units. */
static enum rc
list_parts(struct joiner *j)
{
	const size_t n = j->units->n;

	for (size_t i = 0; i < n; i++) {
		const uint32_t r = find_root(j->root, (uint32_t)i);

		j->root[i] = r;
		j->n_parts += r == i;
	}
	j->parts = ROOM_ARRAY(j->room, j->n_parts, struct part);
	if (j->parts == NULL)
		return RC_LIMIT;
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		/* A root comes before its members. */
		if (j->root[i] == i)
			j->root[i] = (uint32_t)k++;
		else
			j->root[i] = j->root[j->root[i]];
		j->place[i] = j->parts[j->root[i]].n_units++;
	}
	uint32_t at = 0;
	for (size_t p = 0; p < j->n_parts; p++) {
		j->parts[p].units_at = at;
		at += j->parts[p].n_units;
	}
	for (size_t i = 0; i < n; i++)
		j->order[j->parts[j->root[i]].units_at + j->place[i]] =
			(uint32_t)i;
	return RC_OK;
}

static uint32_t
part_of_pair(const struct joiner *j, size_t i)
{
	const uint32_t a = j->root[pairs_first(j->pairs, i)];

	return a == j->root[pairs_second(j->pairs, i)] ? a : UINT32_MAX;
}

/* List the pairs inside each part. */
static enum rc
list_pairs(struct joiner *j)
{
	for (size_t i = 0; i < j->pairs->n; i++) {
		const uint32_t p = part_of_pair(j, i);

		if (p == UINT32_MAX)
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

		if (p == UINT32_MAX)
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
parts_part(void *arg, unsigned part, unsigned parts)
{
	struct joiner *j = arg;
	const size_t spare_n = (size_t)CLUSTER_DENSE_MAX * CLUSTER_DENSE_MAX;
	struct table t = {0};
	uint64_t *spare = ROOM_ARRAY(j->room, spare_n, uint64_t);

	if (!table_new(j->room, &t, CLUSTER_DENSE_MAX) || spare == NULL) {
		atomic_store(&j->failed, true);
	} else {
		for (size_t p = part; p < j->n_parts; p += parts) {
			const struct part *x = &j->parts[p];

			if (x->n_units == 1)
				j->head[j->order[x->units_at]] =
					j->order[x->units_at];
			else if (x->n_units <= CLUSTER_DENSE_MAX)
				join_part(j, x, &t, spare);
		}
	}
	room_give(j->room, spare, spare_n, sizeof(*spare));
	table_done(j->room, &t, CLUSTER_DENSE_MAX);
}

static enum rc
join_all(struct joiner *j, struct team *team)
{
	unite(j, 0.0F);
	enum rc rc = list_parts(j);

	if (rc == RC_OK)
		rc = list_pairs(j);
	if (rc == RC_OK)
		team_run(team, parts_part, j);
	return rc == RC_OK && atomic_load(&j->failed) ? RC_LIMIT : rc;
}

/* Number the persons by their first unit, and gather the links. */
static void
number_persons(const struct joiner *j, struct cluster *c)
{
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
}

static void
joiner_done(struct joiner *j)
{
	const size_t n = j->units->n;

	room_give(j->room, j->root, n, sizeof(*j->root));
	room_give(j->room, j->place, n, sizeof(*j->place));
	room_give(j->room, j->order, n, sizeof(*j->order));
	room_give(j->room, j->head, n, sizeof(*j->head));
	room_give(j->room, j->links, n, sizeof(*j->links));
	room_give(j->room, j->means, n, sizeof(*j->means));
	room_give(j->room, j->inner, j->n_inner, sizeof(*j->inner));
	room_give(j->room, j->parts, j->n_parts, sizeof(*j->parts));
}

enum rc
cluster_join(const struct units *u, const struct pairs *p, const float *weights,
	     struct team *team, struct cluster *ret_cluster)
{
	struct joiner j = {
		.units = u, .pairs = p, .weights = weights, .room = u->room};
	struct cluster c = {
		.room = u->room, .n_units = u->n, .cap_links = u->n};
	enum rc rc = RC_LIMIT;

	atomic_init(&j.failed, false);
	j.root = ROOM_ARRAY(u->room, u->n, uint32_t);
	j.place = ROOM_ARRAY(u->room, u->n, uint32_t);
	j.order = ROOM_ARRAY(u->room, u->n, uint32_t);
	j.head = ROOM_ARRAY(u->room, u->n, uint32_t);
	j.links = ROOM_ARRAY(u->room, u->n, uint32_t);
	j.means = ROOM_ARRAY(u->room, u->n, float);
	c.person = ROOM_ARRAY(u->room, u->n, uint32_t);
	c.links = ROOM_ARRAY(u->room, u->n, uint32_t);
	c.means = ROOM_ARRAY(u->room, u->n, float);
	c.size = ROOM_ARRAY(u->room, u->n, uint32_t);
	if (j.root != NULL && j.place != NULL && j.order != NULL &&
	    j.head != NULL && j.links != NULL && j.means != NULL &&
	    c.person != NULL && c.links != NULL && c.means != NULL &&
	    c.size != NULL) {
		memset(j.links, 0xFF, u->n * sizeof(*j.links));
		rc = join_all(&j, team);
	}
	if (rc == RC_OK) {
		number_persons(&j, &c);
		*ret_cluster = c;
	} else {
		cluster_done(&c);
	}
	joiner_done(&j);
	return rc;
}

void
cluster_done(struct cluster *c)
{
	room_give(c->room, c->person, c->n_units, sizeof(*c->person));
	room_give(c->room, c->links, c->cap_links, sizeof(*c->links));
	room_give(c->room, c->means, c->cap_links, sizeof(*c->means));
	room_give(c->room, c->size, c->cap_links, sizeof(*c->size));
	c->means = NULL;
	c->size = NULL;
	c->person = NULL;
	c->links = NULL;
}
