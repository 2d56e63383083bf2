#include "link/cluster/sparse.h"

#include "link/cluster/cluster.h"
#include "link/mix/mix.h"

/* The sum of weights between two groups. */
struct slot {
	uint64_t key; /* lower group << 32 | higher, plus 1; 0: free */
	double sum;
	uint32_t n; /* pairs that were scored */
};

/* A neighbour of a group; the group it names may have joined another. */
struct node {
	uint32_t to;
	uint32_t next; /* plus 1; 0: the last */
};

struct group {
	uint32_t root; /* itself, unless it joined another */
	uint32_t first;
	uint32_t size;
	uint32_t n_nodes;
	uint32_t head; /* of its nodes, plus 1 */
	uint32_t tail;
	struct bars bars;
};

struct sparse {
	struct room *room;
	size_t n;
	struct group *groups;
	struct slot *slots;
	size_t n_slots; /* a power of two */
	struct node *nodes;
	size_t n_nodes;
	size_t cap_nodes;
};

struct sparse *
sparse_new(struct room *room, size_t n, size_t n_pairs)
{
	struct sparse *s = ROOM_ARRAY(room, 1, struct sparse);

	if (s == NULL)
		return NULL;
	s->room = room;
	s->n = n;
	s->n_slots = 16;
	/* Sums are moved and joined, so there are never more than pairs. */
	while (s->n_slots < 4 * n_pairs)
		s->n_slots *= 2;
	s->cap_nodes = 2 * n_pairs;
	s->groups = ROOM_ARRAY(room, n, struct group);
	s->slots = ROOM_ARRAY(room, s->n_slots, struct slot);
	s->nodes = ROOM_ARRAY(room, s->cap_nodes, struct node);
	if (s->groups == NULL || s->slots == NULL || s->nodes == NULL) {
		sparse_free(s);
		return NULL;
	}
	return s;
}

void
sparse_free(struct sparse *s)
{
	if (s == NULL)
		return;
	struct room *room = s->room;
	room_give(room, s->groups, s->n, sizeof(*s->groups));
	room_give(room, s->slots, s->n_slots, sizeof(*s->slots));
	room_give(room, s->nodes, s->cap_nodes, sizeof(*s->nodes));
	room_give(room, s, 1, sizeof(*s));
}

void
sparse_unit(struct sparse *s, uint32_t i, const struct bars *bars)
{
	s->groups[i] =
		(struct group){.root = i, .first = i, .size = 1, .bars = *bars};
}

static uint32_t
root_of(struct sparse *s, uint32_t i)
{
	struct group *g = s->groups;

	while (g[i].root != i) {
		g[i].root = g[g[i].root].root;
		i = g[i].root;
	}
	return i;
}

static uint64_t
key_of(uint32_t a, uint32_t b)
{
	return 1 + (a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a);
}

/* The slot of the groups ${a} and ${b}, or the free one where it belongs. */
static size_t
find(const struct sparse *s, uint32_t a, uint32_t b)
{
	const uint64_t key = key_of(a, b);
	size_t i = mix(key) & (s->n_slots - 1);

	while (s->slots[i].key != 0 && s->slots[i].key != key)
		i = (i + 1) & (s->n_slots - 1);
	return i;
}

/* Free slot ${i}, moving up what was pushed on by it. */
static void
erase(struct sparse *s, size_t i)
{
	const size_t mask = s->n_slots - 1;
	size_t k = i;

	for (;;) {
		s->slots[i].key = 0;
		size_t home;
		do {
			k = (k + 1) & mask;
			if (s->slots[k].key == 0)
				return;
			home = mix(s->slots[k].key) & mask;
		} while (((k - home) & mask) < ((k - i) & mask));
		s->slots[i] = s->slots[k];
		i = k;
	}
}

static void
add_node(struct sparse *s, uint32_t from, uint32_t to)
{
	struct group *g = &s->groups[from];
	const uint32_t at = (uint32_t)s->n_nodes++;

	s->nodes[at] = (struct node){to, g->head};
	if (g->head == 0)
		g->tail = at + 1;
	g->head = at + 1;
	g->n_nodes++;
}

void
sparse_pair(struct sparse *s, uint32_t a, uint32_t b, float weight)
{
	struct slot *slot = &s->slots[find(s, a, b)];

	slot->key = key_of(a, b);
	slot->sum = (double)weight;
	slot->n = 1;
	add_node(s, a, b);
	add_node(s, b, a);
}

static double
mean_of(const struct sparse *s, uint32_t a, uint32_t b)
{
	const struct slot *slot = &s->slots[find(s, a, b)];
	const double all =
		(double)s->groups[a].size * (double)s->groups[b].size;
	const double n = slot->key == 0 ? 0.0 : (double)slot->n;
	const double sum = slot->key == 0 ? 0.0 : slot->sum;

	return (sum + (double)CLUSTER_UNSCORED * (all - n)) / all;
}

/* What group ${b} has with others, group ${a} has from now on. */
static void
move_sums(struct sparse *s, uint32_t a, uint32_t b)
{
	for (uint32_t at = s->groups[b].head; at != 0;
	     at = s->nodes[at - 1].next) {
		const uint32_t c = root_of(s, s->nodes[at - 1].to);

		if (c == b)
			continue;
		const size_t from = find(s, b, c);
		if (s->slots[from].key == 0)
			continue;
		const struct slot moved = s->slots[from];
		erase(s, from);
		if (c == a)
			continue;
		struct slot *to = &s->slots[find(s, a, c)];
		if (to->key == 0)
			*to = (struct slot){key_of(a, c), 0.0, 0};
		to->sum += moved.sum;
		to->n += moved.n;
	}
}

bool
sparse_join(struct sparse *s, uint32_t a, uint32_t b, uint32_t *ret_first,
	    float *ret_mean)
{
	a = root_of(s, a);
	b = root_of(s, b);
	if (a == b)
		return false;
	if (s->groups[a].n_nodes < s->groups[b].n_nodes ||
	    (s->groups[a].n_nodes == s->groups[b].n_nodes && b < a)) {
		const uint32_t swap = a;

		a = b;
		b = swap;
	}
	struct group *x = &s->groups[a];
	struct group *y = &s->groups[b];
	const double mean = mean_of(s, a, b);
	if (mean < 0.0 || bars_forbid(&x->bars, &y->bars))
		return false;
	move_sums(s, a, b);
	*ret_first = x->first > y->first ? x->first : y->first;
	*ret_mean = (float)mean;
	/* Joined in the order of their first units, as in the table. */
	x->bars = x->first < y->first ? bars_join(&x->bars, &y->bars)
				      : bars_join(&y->bars, &x->bars);
	x->first = x->first < y->first ? x->first : y->first;
	x->size += y->size;
	if (y->head != 0) {
		if (x->head == 0)
			x->head = y->head;
		else
			s->nodes[x->tail - 1].next = y->head;
		x->tail = y->tail;
	}
	x->n_nodes += y->n_nodes;
	y->root = a;
	return true;
}

uint32_t
sparse_first(struct sparse *s, uint32_t i)
{
	return s->groups[root_of(s, i)].first;
}
