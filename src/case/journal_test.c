#include "base/check.h"
#include "case/journal.h"
#include "crypto/crypto.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { RECORDS = 5 };

static struct seal_key key;

static int
make(void)
{
	const int fd = memfd_create("journal", MFD_CLOEXEC);
	struct journal *j;

	assert_int_equal(journal_open(fd, &key, &j), RC_OK);
	assert_int_equal(journal_cut(j, NULL), RC_OK);
	for (uint32_t i = 0; i < RECORDS; i++) {
		const struct span parts[] = {SPAN_LIT("record "),
					     {(const uint8_t *)"01234", i}};

		assert_int_equal(journal_add(j, i, parts, 2), RC_OK);
	}
	journal_free(j);
	return fd;
}

/* Records that can be read; the result of the read after them in *end. */
static uint32_t
count(int fd, enum rc *end)
{
	struct journal_record r;
	struct journal *j;
	uint32_t n = 0;

	assert_int_equal(journal_open(fd, &key, &j), RC_OK);
	while ((*end = journal_next(j, &r)) == RC_OK) {
		assert_int_equal(r.type, n);
		assert_int_equal(r.payload.n, 7 + n);
		assert_memory_equal(r.payload.p, "record ", 7);
		n++;
	}
	journal_free(j);
	return n;
}

static void
records_come_back_in_order(void **state)
{
	const int fd = make();
	enum rc end;

	(void)state;
	assert_int_equal(count(fd, &end), RECORDS);
	assert_int_equal(end, RC_END);
	(void)close(fd);
}

static void
a_cut_end_is_torn_and_nothing_else_is_lost(void **state)
{
	const int fd = make();
	const off_t size = lseek(fd, 0, SEEK_END);
	uint32_t last = RECORDS;
	enum rc end;

	(void)state;
	for (off_t n = size - 1; n >= 0; n--) {
		assert_int_equal(ftruncate(fd, n), 0);
		const uint32_t k = count(fd, &end);
		assert_int_equal(end, RC_END);
		assert_true(k <= last);
		last = k;
	}
	assert_int_equal(last, 0);
	(void)close(fd);
}

static void
a_flipped_byte_is_damage(void **state)
{
	const int fd = make();
	const off_t size = lseek(fd, 0, SEEK_END);
	enum rc end;
	uint8_t b;

	(void)state;
	for (off_t i = 0; i < size; i++) {
		assert_int_equal(pread(fd, &b, 1, i), 1);
		b ^= 0x10;
		assert_int_equal(pwrite(fd, &b, 1, i), 1);
		(void)count(fd, &end);
		assert_int_equal(end, RC_FORMAT);
		b ^= 0x10;
		assert_int_equal(pwrite(fd, &b, 1, i), 1);
	}
	(void)close(fd);
}

static void
zeros_at_the_end_are_a_torn_end(void **state)
{
	const int fd = make();
	const off_t size = lseek(fd, 0, SEEK_END);
	enum rc end;

	(void)state;
	assert_int_equal(ftruncate(fd, size + 4096), 0);
	assert_int_equal(count(fd, &end), RECORDS);
	assert_int_equal(end, RC_END);
	(void)close(fd);
}

static void
it_goes_on_after_a_cut(void **state)
{
	const int fd = make();
	struct journal_place places[RECORDS];
	struct journal_record r;
	struct journal *j;
	enum rc end;

	(void)state;
	assert_int_equal(journal_open(fd, &key, &j), RC_OK);
	for (size_t i = 0; i < RECORDS; i++) {
		assert_int_equal(journal_next(j, &r), RC_OK);
		places[i] = r.place;
	}
	assert_int_equal(journal_next(j, &r), RC_END);
	assert_int_equal(journal_read(j, &places[1], &r), RC_OK);
	assert_int_equal(r.type, 1);
	assert_int_equal(journal_cut(j, &places[3]), RC_OK);
	const struct span again = SPAN_LIT("record xyz");
	assert_int_equal(journal_add(j, 3, &again, 1), RC_OK);
	journal_free(j);
	assert_int_equal(count(fd, &end), 4);
	assert_int_equal(end, RC_END);
	(void)close(fd);
}

static int
setup(void **state)
{
	(void)state;
	if (crypto_setup() != RC_OK)
		return -1;
	seal_key_random(&key);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_back_in_order),
		cmocka_unit_test(a_cut_end_is_torn_and_nothing_else_is_lost),
		cmocka_unit_test(a_flipped_byte_is_damage),
		cmocka_unit_test(zeros_at_the_end_are_a_torn_end),
		cmocka_unit_test(it_goes_on_after_a_cut),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
