#include "base/check.h"
#include "case/run.h"
#include "crypto/crypto.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct run_keys
keys_of(bool hidden)
{
	struct run_keys k = {.owner = {7}, .hidden = hidden};

	seal_key_random(&k.sum);
	seal_key_random(&k.hide);
	return k;
}

/* A run of ${n} numbers from ${first} on, ${step} apart. */
static int
make_run(const struct run_keys *k, size_t n, uint64_t first, uint64_t step)
{
	const int fd = memfd_create("run", MFD_CLOEXEC);
	struct run_writer *w = run_writer_new(fd, RUN_ROWS, k);
	uint64_t count;

	assert_non_null(w);
	for (size_t i = 0; i < n; i++) {
		const uint64_t v = first + i * step;

		assert_int_equal(run_write(w, &v, 1), RC_OK);
	}
	assert_int_equal(run_writer_end(w, &count), RC_OK);
	assert_int_equal(count, n);
	run_writer_free(w);
	return fd;
}

static void
what_is_written_is_read(void **state)
{
	static const size_t sizes[] = {0, 1, 8191, 8192, 8193, 20000};

	(void)state;
	for (size_t i = 0; i < 2 * COUNT_OF(sizes); i++) {
		const struct run_keys k = keys_of(i % 2 == 1);
		const size_t n = sizes[i / 2];
		const int fd = make_run(&k, n, 5, 3);
		struct run_reader *r;
		uint64_t v;

		assert_int_equal(run_reader_open(fd, RUN_ROWS, &k, &r), RC_OK);
		for (size_t j = 0; j < n; j++) {
			assert_int_equal(run_next(r, &v), RC_OK);
			assert_int_equal(v, 5 + j * 3);
		}
		assert_int_equal(run_next(r, &v), RC_END);
		run_reader_free(r);
		(void)close(fd);
	}
}

static void
a_flipped_or_cut_byte_is_seen(void **state)
{
	(void)state;
	for (int hidden = 0; hidden < 2; hidden++) {
		const struct run_keys k = keys_of(hidden == 1);
		const int fd = make_run(&k, 20, 1, 1000);
		const off_t size = lseek(fd, 0, SEEK_END);
		uint64_t count;
		uint8_t b;

		assert_int_equal(run_check(fd, RUN_ROWS, &k, &count), RC_OK);
		assert_int_equal(count, 20);
		for (off_t i = 0; i < size; i++) {
			assert_int_equal(pread(fd, &b, 1, i), 1);
			b ^= 4;
			assert_int_equal(pwrite(fd, &b, 1, i), 1);
			assert_int_not_equal(
				run_check(fd, RUN_ROWS, &k, &count), RC_OK);
			b ^= 4;
			assert_int_equal(pwrite(fd, &b, 1, i), 1);
		}
		assert_int_equal(run_check(fd, RUN_IDS, &k, &count), RC_FORMAT);
		for (off_t n = size - 1; n >= 0; n -= 9) {
			assert_int_equal(ftruncate(fd, n), 0);
			assert_int_equal(run_check(fd, RUN_ROWS, &k, &count),
					 RC_FORMAT);
		}
		(void)close(fd);
	}
}

static void
a_hidden_run_shows_nothing(void **state)
{
	const struct run_keys k = keys_of(true);
	const int fd = make_run(&k, 1000, 0, 1);
	uint64_t v[1000];
	uint64_t small = 0;

	(void)state;
	assert_int_equal(pread(fd, v, sizeof(v), 64), sizeof(v));
	for (size_t i = 0; i < COUNT_OF(v); i++)
		small += v[i] < 1U << 30;
	assert_int_equal(small, 0);
	(void)close(fd);
}

static void
runs_merge_to_the_union(void **state)
{
	enum { RUNS = 7, N = 9000 };

	(void)state;
	const struct run_keys k = keys_of(true);
	struct run_reader *in[RUNS];
	int fds[RUNS];
	uint64_t count;
	uint64_t v;

	/* Multiples of 2, 3, ... 8, some of them empty. */
	for (size_t i = 0; i < RUNS; i++) {
		const uint64_t step = i + 2;

		fds[i] = make_run(&k, i == 3 ? 0 : N / step, step, step);
		assert_int_equal(run_reader_open(fds[i], RUN_ROWS, &k, &in[i]),
				 RC_OK);
	}
	const int out = memfd_create("out", MFD_CLOEXEC);
	struct run_writer *w = run_writer_new(out, RUN_ROWS, &k);
	assert_int_equal(run_merge(in, RUNS, w, &count), RC_OK);
	assert_int_equal(run_writer_end(w, NULL), RC_OK);
	run_writer_free(w);
	for (size_t i = 0; i < RUNS; i++) {
		run_reader_free(in[i]);
		(void)close(fds[i]);
	}
	struct run_reader *r;
	uint64_t met = 0;
	assert_int_equal(run_reader_open(out, RUN_ROWS, &k, &r), RC_OK);
	for (uint64_t x = 1; x <= N; x++) {
		if (x % 2 != 0 && x % 3 != 0 && x % 7 != 0)
			continue;
		assert_int_equal(run_next(r, &v), RC_OK);
		assert_int_equal(v, x);
		met++;
	}
	assert_int_equal(run_next(r, &v), RC_END);
	assert_int_equal(met, count);
	run_reader_free(r);
	(void)close(out);
	assert_int_equal(run_merge(in, 0, NULL, &count), RC_OK);
	assert_int_equal(count, 0);
}

static int
setup(void **state)
{
	(void)state;
	return crypto_setup() == RC_OK ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(a_flipped_or_cut_byte_is_seen),
		cmocka_unit_test(a_hidden_run_shows_nothing),
		cmocka_unit_test(runs_merge_to_the_union),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
