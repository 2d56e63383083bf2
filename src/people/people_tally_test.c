/* What people have is added up the same by any number of threads. */
#include "base/check.h"
#include "base/io.h"
#include "people/people_tally.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	BLOCKS = 7,
	EACH = 12000, /* mentions of a block */
	ALL = BLOCKS * EACH,
	PEOPLE = 5000,
};

struct fixture {
	struct vault_files files;
	struct vault_place index[BLOCKS];
	size_t starts[BLOCKS + 1];
	uint32_t person_of[ALL];
	struct link_result link;
};

static struct fixture fixture;

/* Mention ${k} of all. More holders come than are told apart, the same in
 * several blocks, and in each block in another order. */
static void
make_mention(size_t k, struct mention *m)
{
	const size_t block = k / EACH;
	const size_t turned = block % 2 == 0 ? k : ALL - k;

	*m = (struct mention){
		.record = (uint32_t)(k % EACH),
		.kinds = UINT64_C(1) << k % 3 | UINT64_C(1) << 5,
		.topics_said = k % 50 == 0 ? 2 : 0,
		.topics_tested = k % 40 == 0 ? 6 : 0,
		.holder = 1 + turned % 70000,
		.holder_kind = KIND_FR_FINESS,
		.professional = {1 + k % 999, k % 7 == 0 ? 5000 + k : 0},
	};
}

static void
save_block(struct fixture *f, size_t i, uint64_t *end)
{
	struct mention_writer *w = mention_writer_new(1 << 24);

	assert_non_null(w);
	for (size_t k = i * EACH; k < (i + 1) * EACH; k++) {
		struct mention m;

		make_mention(k, &m);
		assert_int_equal(mention_writer_add(w, &m), RC_OK);
	}
	const size_t n = mention_writer_bytes(w);
	uint8_t *bytes = malloc(n);
	assert_non_null(bytes);
	mention_writer_copy(w, bytes);
	mention_writer_free(w);
	assert_int_equal(io_write_at(f->files.memory, bytes, n, *end), RC_OK);
	free(bytes);
	f->index[i] = (struct vault_place){*end, n, 0, 0};
	f->starts[i + 1] = f->starts[i] + EACH;
	*end += n;
}

static int
begin(void **state)
{
	struct fixture *f = &fixture;
	uint64_t end = 0;

	memset(f, 0, sizeof(*f));
	f->files = (struct vault_files){memfd_create("memory", MFD_CLOEXEC), -1,
					memfd_create("index", MFD_CLOEXEC),
					BLOCKS};
	for (size_t i = 0; i < BLOCKS; i++)
		save_block(f, i, &end);
	if (io_write_at(f->files.index, f->index, sizeof(f->index), 0) != RC_OK)
		return -1;
	for (size_t k = 0; k < ALL; k++)
		f->person_of[k] =
			k % 11 == 0 ? LINK_NOBODY : (uint32_t)(k % PEOPLE);
	f->link = (struct link_result){
		.mentions = ALL, .person_of = f->person_of, .people = PEOPLE};
	*state = f;
	return 0;
}

static int
end(void **state)
{
	const struct fixture *f = *state;

	(void)close(f->files.memory);
	(void)close(f->files.index);
	return 0;
}

static enum rc
tally(const struct fixture *f, unsigned threads, int clusters,
      struct people_answer *a, struct people_holders *holders)
{
	const struct seal_key key = {{0}};
	const struct people_tally_input in = {&f->link,  &f->files, &key,
					      f->starts, holders,   clusters};
	struct team *team = team_new(threads);
	struct vault *v;

	assert_non_null(team);
	memset(a, 0, sizeof(*a));
	assert_int_equal(people_holders_init(holders), RC_OK);
	assert_int_equal(vault_open(&f->files, &key, &v), RC_OK);
	for (size_t i = 0; i < BLOCKS; i++) {
		struct mention_block b;

		assert_int_equal(vault_block(v, i, &b), RC_OK);
		people_holders_meet(holders, &b);
	}
	vault_close(v);
	const enum rc rc = people_tally(&in, team, a);
	team_free(team);
	return rc;
}

static void
any_number_of_threads_counts_the_same(void **state)
{
	const struct fixture *f = *state;
	struct people_holders one;
	struct people_holders many;
	struct people_answer a;
	struct people_answer b;

	assert_int_equal(tally(f, 1, -1, &a, &one), RC_OK);
	assert_int_equal(one.n, PEOPLE_HOLDERS_MAX);
	for (unsigned threads = 2; threads <= 5; threads++) {
		assert_int_equal(tally(f, threads, -1, &b, &many), RC_OK);
		assert_memory_equal(&a, &b, sizeof(a));
		assert_memory_equal(one.all, many.all,
				    PEOPLE_HOLDERS_MAX * sizeof(*one.all));
		people_holders_done(&many);
	}
	people_holders_done(&one);
}

/* The same, added up the slow way. */
static void
sums_are_those_of_the_mentions(void **state)
{
	const struct fixture *f = *state;
	struct people_holders holders;
	static uint64_t kinds[PEOPLE];
	static uint32_t said[PEOPLE];
	struct people_answer a;
	uint64_t all[3] = {0};

	assert_int_equal(tally(f, 3, -1, &a, &holders), RC_OK);
	for (size_t k = 0; k < ALL; k++) {
		struct mention m;

		make_mention(k, &m);
		if (f->person_of[k] == LINK_NOBODY)
			continue;
		kinds[f->person_of[k]] |= m.kinds;
		said[f->person_of[k]] |= m.topics_said;
	}
	for (size_t p = 0; p < PEOPLE; p++) {
		all[0] += kinds[p] & 1;
		all[1] += kinds[p] >> 5 & 1;
		all[2] += said[p] != 0;
	}
	assert_int_equal(a.kinds[0], all[0]);
	assert_int_equal(a.kinds[5], all[1]);
	assert_int_equal(a.said[1], all[2]);
	assert_int_equal(a.special, all[2]);
	assert_int_equal(a.professionals, 999 + ALL / 7);
	people_holders_done(&holders);
}

static void
the_person_of_every_mention_stands_in_its_place(void **state)
{
	const struct fixture *f = *state;
	struct people_holders holders;
	const int fd = memfd_create("clusters", MFD_CLOEXEC);
	struct people_cluster *c = calloc(ALL, sizeof(*c));
	struct people_answer a;
	size_t got = 0;

	assert_non_null(c);
	assert_int_equal(tally(f, 4, fd, &a, &holders), RC_OK);
	assert_int_equal(
		io_read_at(fd, c, ALL * sizeof(*c), PEOPLE_CLUSTERS_AT, &got),
		RC_OK);
	assert_int_equal(got, ALL * sizeof(*c));
	for (size_t k = 0; k < ALL; k++) {
		assert_int_equal(c[k].block, k / EACH);
		assert_int_equal(c[k].record, k % EACH);
		assert_int_equal(c[k].person, f->person_of[k]);
	}
	(void)close(fd);
	free(c);
	people_holders_done(&holders);
}

static void
a_block_that_has_changed_is_refused(void **state)
{
	struct fixture *f = *state;
	struct people_holders holders;
	struct people_answer a;

	f->starts[3]--;
	assert_int_equal(tally(f, 2, -1, &a, &holders), RC_FORMAT);
	f->starts[3]++;
	people_holders_done(&holders);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(any_number_of_threads_counts_the_same),
		TEST(sums_are_those_of_the_mentions),
		TEST(the_person_of_every_mention_stands_in_its_place),
		TEST(a_block_that_has_changed_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
