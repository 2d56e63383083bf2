#include "link/check.h"
#include "link/cluster/bars.h"
#include "link/cluster/cluster.h"
#include "link/mix/mix.h"

/* Some units and weighed pairs of them. */
struct graph {
	struct room room;
	struct units units;
	struct pairs pairs;
	float *weights;
};

struct edge {
	uint32_t a, b;
	float weight;
};

static int
by_pair(const void *x, const void *y)
{
	const struct edge *a = x;
	const struct edge *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

static void
graph_init(struct graph *g, size_t n, struct edge *edges, size_t n_edges)
{
	memset(g, 0, sizeof(*g));
	room_init(&g->room, 0);
	g->units.room = &g->room;
	g->units.n = n;
	g->units.units = ROOM_ARRAY(&g->room, n, struct unit);
	g->pairs.room = &g->room;
	g->pairs.n = n_edges;
	g->pairs.cap = n_edges;
	g->pairs.pair = ROOM_ARRAY(&g->room, n_edges, uint64_t);
	g->pairs.rules = ROOM_ARRAY(&g->room, n_edges, uint32_t);
	g->weights = ROOM_ARRAY(&g->room, n_edges, float);
	assert_true(g->units.units != NULL && g->pairs.pair != NULL &&
		    g->pairs.rules != NULL && g->weights != NULL);
	qsort(edges, n_edges, sizeof(*edges), by_pair);
	for (size_t i = 0; i < n_edges; i++) {
		g->pairs.pair[i] = (uint64_t)edges[i].a << 32 | edges[i].b;
		g->weights[i] = edges[i].weight;
	}
	for (size_t i = 0; i < n; i++)
		g->units.units[i].mentions = 1;
}

static void
graph_done(struct graph *g)
{
	room_give(&g->room, g->weights, g->pairs.n, sizeof(*g->weights));
	pairs_done(&g->pairs);
	room_give(&g->room, g->units.units, g->units.n,
		  sizeof(*g->units.units));
	assert_int_equal(g->room.used, 0);
}

static struct cluster
join(const struct graph *g, struct team *team)
{
	struct cluster c;

	assert_int_equal(
		cluster_join(&g->units, &g->pairs, g->weights, team, &c),
		RC_OK);
	return c;
}

static void
what_agrees_is_joined_and_the_rest_is_not(void **state)
{
	struct edge edges[] = {
		{0, 1, 20}, {1, 2, 15}, {0, 2, 9}, {3, 4, 8}, {2, 3, -20},
	};
	struct graph g;

	(void)state;
	graph_init(&g, 6, edges, COUNT_OF(edges));
	struct cluster c = join(&g, NULL);
	assert_int_equal(c.n, 3);
	assert_int_equal(c.person[0], 0);
	assert_int_equal(c.person[1], 0);
	assert_int_equal(c.person[2], 0);
	assert_int_equal(c.person[3], 1);
	assert_int_equal(c.person[4], 1);
	assert_int_equal(c.person[5], 2);
	assert_int_equal(c.size[0], 3);
	assert_int_equal(c.n_links, 3);
	cluster_done(&c);
	graph_done(&g);
}

static void
a_chain_does_not_hold(void **state)
{
	enum { N = 40 };
	struct edge edges[N - 1];
	struct graph g;

	(void)state;
	/* Each is like the next a little; the ends have nothing in common. */
	for (uint32_t i = 0; i + 1 < N; i++)
		edges[i] = (struct edge){i, i + 1, 3.0F};
	graph_init(&g, N, edges, COUNT_OF(edges));
	struct cluster c = join(&g, NULL);
	assert_true(c.n >= N / 3);
	for (size_t p = 0; p < c.n; p++)
		assert_true(c.size[p] <= 3);
	cluster_done(&c);
	graph_done(&g);
}

static void
two_own_numbers_are_two_persons(void **state)
{
	struct edge edges[] = {{0, 1, 30}, {1, 2, 30}, {0, 2, 25}};
	struct graph g;

	(void)state;
	graph_init(&g, 3, edges, COUNT_OF(edges));
	for (uint32_t i = 0; i < 3; i += 2) {
		g.units.units[i].nir = i + 1;
		g.units.units[i].nir_class = UNITS_NIR_OWN;
		g.units.units[i].nir_good = 1;
	}
	struct cluster c = join(&g, NULL);
	assert_int_equal(c.n, 2);
	assert_int_not_equal(c.person[0], c.person[2]);
	cluster_done(&c);
	graph_done(&g);
}

static void
two_dates_that_come_again_are_two_persons(void **state)
{
	static const struct {
		uint32_t a, b;
		uint32_t times;
		bool forbidden;
	} cases[] = {
		{19800102, 19650817, 2, true},  {19800102, 19650817, 1, false},
		{19800102, 19800103, 9, false}, {19800102, 19800201, 9, false},
		{19800102, 0, 9, false},        {19800102, 19650800, 9, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct unit a = {.date = cases[i].a,
				       .mentions = cases[i].times};
		const struct unit b = {.date = cases[i].b,
				       .mentions = cases[i].times};
		const struct bars x = bars_of(&a);
		const struct bars y = bars_of(&b);

		assert_int_equal(bars_forbid(&x, &y), cases[i].forbidden);
		assert_int_equal(bars_forbid(&y, &x), cases[i].forbidden);
	}
}

static void
the_same_own_number_outweighs_a_date(void **state)
{
	const struct unit a = {.date = 19800102,
			       .mentions = 3,
			       .nir = 7,
			       .nir_class = UNITS_NIR_OWN,
			       .nir_good = 1};
	struct unit b = a;

	(void)state;
	b.date = 19800817;
	const struct bars x = bars_of(&a);
	struct bars y = bars_of(&b);
	assert_false(bars_forbid(&x, &y));
	y.nir = 8;
	assert_true(bars_forbid(&x, &y));
}

static void
a_set_past_the_ceiling_is_still_grouped(void **state)
{
	enum { N = 2 * CLUSTER_DENSE_MAX };
	struct edge *edges = calloc((size_t)N * N / 4, sizeof(*edges));
	struct graph g;
	size_t n = 0;

	(void)state;
	assert_non_null(edges);
	/* Groups of four, held together by weak links. */
	for (uint32_t i = 0; i < N; i++) {
		for (uint32_t k = i + 1; k < N && k / 4 == i / 4; k++)
			edges[n++] = (struct edge){i, k, 25.0F};
		if (i % 4 == 3 && i + 1 < N)
			edges[n++] = (struct edge){i, i + 1, 0.5F};
	}
	graph_init(&g, N, edges, n);
	struct cluster c = join(&g, NULL);
	assert_int_equal(c.n, N / 4);
	for (uint32_t i = 0; i < N; i++)
		assert_int_equal(c.person[i], i / 4);
	cluster_done(&c);
	graph_done(&g);
	free(edges);
}

static void
a_person_of_more_units_than_the_ceiling_is_one(void **state)
{
	enum { N = CLUSTER_DENSE_MAX + 88 };
	struct edge *edges = calloc((size_t)N * (N - 1) / 2, sizeof(*edges));
	struct graph g;
	size_t n = 0;

	(void)state;
	assert_non_null(edges);
	for (uint32_t i = 0; i < N; i++)
		for (uint32_t k = i + 1; k < N; k++)
			edges[n++] = (struct edge){i, k, 40.0F};
	graph_init(&g, N, edges, n);
	struct cluster c = join(&g, NULL);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.n_links, N - 1);
	cluster_done(&c);
	graph_done(&g);
	free(edges);
}

static void
threads_change_nothing(void **state)
{
	enum { N = 3000, E = 6000 };
	static struct edge edges[E];
	struct graph g;

	(void)state;
	for (uint32_t i = 0; i < E; i++) {
		const uint32_t a = (uint32_t)(mix(i) % (N - 1));

		edges[i] = (struct edge){
			a, a + 1 + (uint32_t)(mix(i + E) % 3 % (N - 1 - a)),
			(float)(mix(i + 9) % 400) / 10.0F - 20.0F};
	}
	graph_init(&g, N, edges, E);
	struct cluster one = join(&g, NULL);
	struct team *team = team_new(4);
	assert_non_null(team);
	struct cluster four = join(&g, team);
	assert_int_equal(one.n, four.n);
	assert_memory_equal(one.person, four.person, N * sizeof(*one.person));
	assert_int_equal(one.n_links, four.n_links);
	assert_int_equal(one.n_links + one.n, N);
	cluster_done(&one);
	cluster_done(&four);
	team_free(team);
	graph_done(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_agrees_is_joined_and_the_rest_is_not),
		cmocka_unit_test(a_chain_does_not_hold),
		cmocka_unit_test(two_own_numbers_are_two_persons),
		cmocka_unit_test(two_dates_that_come_again_are_two_persons),
		cmocka_unit_test(the_same_own_number_outweighs_a_date),
		cmocka_unit_test(a_set_past_the_ceiling_is_still_grouped),
		cmocka_unit_test(
			a_person_of_more_units_than_the_ceiling_is_one),
		cmocka_unit_test(threads_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
