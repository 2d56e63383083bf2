#include "link/check.h"
#include "link/cluster/cluster.h"
#include "link/cluster/sparse.h"
#include "link/mix/mix.h"

#include <math.h>

enum { N = 60, PAIRS = 400 };

/* Average linkage written down plainly. */
struct plain {
	double weight[N][N];
	uint32_t group[N];
};

static double
plain_mean(const struct plain *p, uint32_t a, uint32_t b)
{
	double sum = 0.0;
	double n = 0.0;

	for (uint32_t i = 0; i < N; i++) {
		for (uint32_t k = 0; k < N; k++) {
			if (p->group[i] != a || p->group[k] != b)
				continue;
			sum += p->weight[i][k];
			n += 1.0;
		}
	}
	return sum / n;
}

static void
compare_with_plain(uint64_t seed)
{
	static struct plain p;
	struct room room;
	const struct bars nothing = {0, 0, 0};
	uint32_t a[PAIRS];
	uint32_t b[PAIRS];
	size_t n = 0;

	room_init(&room, 0);
	struct sparse *s = sparse_new(&room, N, PAIRS);
	assert_non_null(s);
	for (uint32_t i = 0; i < N; i++) {
		p.group[i] = i;
		sparse_unit(s, i, &nothing);
		for (uint32_t k = 0; k < N; k++)
			p.weight[i][k] = (double)CLUSTER_UNSCORED;
	}
	for (uint64_t k = 0; k < PAIRS; k++) {
		const uint32_t x = (uint32_t)(mix(seed + 3 * k) % N);
		const uint32_t y = (uint32_t)(mix(seed + 3 * k + 1) % N);
		const float w =
			(float)(mix(seed + 3 * k + 2) % 240) / 10.0F - 10.0F;

		if (x == y || p.weight[x][y] > (double)CLUSTER_UNSCORED ||
		    p.weight[x][y] < (double)CLUSTER_UNSCORED)
			continue;
		p.weight[x][y] = p.weight[y][x] = (double)w;
		sparse_pair(s, x, y, w);
		a[n] = x;
		b[n++] = y;
	}
	for (size_t k = 0; k < n; k++) {
		const uint32_t x = p.group[a[k]];
		const uint32_t y = p.group[b[k]];
		const double mean = x == y ? -1.0 : plain_mean(&p, x, y);
		uint32_t first = 0;
		float got = 0.0F;
		const bool joined = sparse_join(s, a[k], b[k], &first, &got);

		assert_int_equal(joined, mean >= 0.0);
		if (!joined)
			continue;
		assert_true(fabs((double)got - mean) < 1e-4);
		const uint32_t lower = x < y ? x : y;
		assert_int_equal(first, x < y ? y : x);
		for (uint32_t i = 0; i < N; i++)
			if (p.group[i] == x || p.group[i] == y)
				p.group[i] = lower;
	}
	for (uint32_t i = 0; i < N; i++)
		assert_int_equal(sparse_first(s, i), p.group[i]);
	sparse_free(s);
	assert_int_equal(room.used, 0);
}

static void
groups_are_those_of_plain_average_linkage(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 50; seed++)
		compare_with_plain(seed * 10000);
}

static void
what_is_forbidden_is_not_joined(void **state)
{
	const struct bars one = {.nir = 1};
	const struct bars two = {.nir = 2};
	struct room room;
	uint32_t first = 0;
	float mean = 0.0F;

	(void)state;
	room_init(&room, 0);
	struct sparse *s = sparse_new(&room, 2, 1);
	assert_non_null(s);
	sparse_unit(s, 0, &one);
	sparse_unit(s, 1, &two);
	sparse_pair(s, 0, 1, 9.0F);
	assert_false(sparse_join(s, 0, 1, &first, &mean));
	sparse_free(s);
	sparse_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_are_those_of_plain_average_linkage),
		cmocka_unit_test(what_is_forbidden_is_not_joined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
