#include "base/check.h"
#include "base/io.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
what_is_written_is_read_back(void **state)
{
	const int fd = memfd_create("io", MFD_CLOEXEC);
	char got[16] = {0};
	size_t n;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(io_write_at(fd, "tocsin", 6, 10), RC_OK);
	assert_int_equal(io_read_at(fd, got, 6, 10, &n), RC_OK);
	assert_int_equal(n, 6);
	assert_memory_equal(got, "tocsin", 6);
	(void)close(fd);
}

static void
the_end_of_the_file_shortens_a_read(void **state)
{
	const int fd = memfd_create("io", MFD_CLOEXEC);
	char got[16];
	size_t n = 99;

	(void)state;
	assert_int_equal(io_write_at(fd, "abc", 3, 0), RC_OK);
	assert_int_equal(io_read_at(fd, got, sizeof(got), 1, &n), RC_OK);
	assert_int_equal(n, 2);
	assert_int_equal(io_read_at(fd, got, sizeof(got), 50, &n), RC_OK);
	assert_int_equal(n, 0);
	(void)close(fd);
}

static void
a_descriptor_that_fails_is_said(void **state)
{
	char got[4];
	size_t n = 7;

	(void)state;
	assert_int_equal(io_read_at(-1, got, sizeof(got), 0, &n), RC_IO);
	assert_int_equal(n, 7);
	assert_int_equal(io_write_at(-1, got, sizeof(got), 0), RC_IO);
}

static void
a_file_takes_its_name_when_it_is_whole(void **state)
{
	char path[] = "/tmp/io_test.XXXXXX";
	char got[4];
	size_t n;

	(void)state;
	assert_non_null(mkdtemp(path));
	const int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const int fd = openat(dir, "a.new", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(io_write_at(fd, "abc", 3, 0), RC_OK);
	assert_int_equal(io_settle(fd, dir, "a.new", "a"), RC_OK);
	assert_int_equal(fcntl(fd, F_GETFD), -1);
	assert_int_equal(faccessat(dir, "a.new", F_OK, 0), -1);
	const int again = openat(dir, "a", O_RDONLY | O_CLOEXEC);
	assert_int_equal(io_read_at(again, got, sizeof(got), 0, &n), RC_OK);
	assert_int_equal(n, 3);
	assert_int_equal(io_settle(again, dir, "none", "a"), RC_IO);
	(void)unlinkat(dir, "a", 0);
	(void)close(dir);
	(void)rmdir(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(the_end_of_the_file_shortens_a_read),
		cmocka_unit_test(a_descriptor_that_fails_is_said),
		cmocka_unit_test(a_file_takes_its_name_when_it_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
