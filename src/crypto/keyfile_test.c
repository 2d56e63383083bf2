#include "base/check.h"
#include "crypto/crypto.h"
#include "crypto/keyfile.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint8_t CASE[KEYFILE_CASE_BYTES] = {1, 2, 3};

struct fixture {
	char path[64];
	int folder;
};

static int
begin(void **state)
{
	static struct fixture f;

	(void)snprintf(f.path, sizeof(f.path), "/tmp/keyfile_test.XXXXXX");
	if (crypto_setup() != RC_OK || mkdtemp(f.path) == NULL)
		return -1;
	*state = &f;
	return keyfile_folder(f.path, false, &f.folder) == RC_OK ? 0 : -1;
}

static int
end(void **state)
{
	struct fixture *f = *state;

	(void)unlinkat(f->folder, "k", 0);
	(void)unlinkat(f->folder, "new", AT_REMOVEDIR);
	(void)close(f->folder);
	return rmdir(f->path);
}

static void
a_key_comes_back(void **state)
{
	const struct fixture *f = *state;
	struct keyfile k;
	struct keyfile again;

	keyfile_new(CASE, &k);
	assert_int_equal(keyfile_load(f->folder, "k", &again), RC_END);
	assert_int_equal(keyfile_save(f->folder, "k", &k, NULL), RC_OK);
	assert_int_equal(keyfile_load(f->folder, "k", &again), RC_OK);
	assert_true(again.open && !again.wrapped);
	assert_memory_equal(&k.key, &again.key, sizeof(k.key));
	assert_memory_equal(k.key_id, again.key_id, sizeof(k.key_id));
	assert_memory_equal(CASE, again.case_id, sizeof(CASE));
}

static void
a_passphrase_wraps_it(void **state)
{
	const struct fixture *f = *state;
	const struct span right = SPAN_LIT("right");
	struct keyfile k;
	struct keyfile again;

	keyfile_new(CASE, &k);
	assert_int_equal(keyfile_save(f->folder, "k", &k, &right), RC_OK);
	assert_int_equal(keyfile_load(f->folder, "k", &again), RC_OK);
	assert_true(again.wrapped && !again.open);
	assert_int_equal(keyfile_unlock(&again, SPAN_LIT("wrong")), RC_DENIED);
	assert_false(again.open);
	assert_int_equal(keyfile_unlock(&again, right), RC_OK);
	assert_memory_equal(&k.key, &again.key, sizeof(k.key));
}

static void
any_flipped_or_cut_byte_is_damage(void **state)
{
	const struct fixture *f = *state;
	struct keyfile k;
	uint8_t bytes[184];

	keyfile_new(CASE, &k);
	assert_int_equal(keyfile_save(f->folder, "k", &k, NULL), RC_OK);
	const int fd = openat(f->folder, "k", O_RDWR | O_CLOEXEC);
	assert_int_equal(read(fd, bytes, sizeof(bytes)), sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++) {
		const uint8_t bad = bytes[i] ^ 1;

		assert_int_equal(pwrite(fd, &bad, 1, (off_t)i), 1);
		assert_int_equal(keyfile_load(f->folder, "k", &k), RC_FORMAT);
		assert_int_equal(pwrite(fd, &bytes[i], 1, (off_t)i), 1);
	}
	assert_int_equal(keyfile_load(f->folder, "k", &k), RC_OK);
	for (off_t n = 183; n > 0; n -= 13) {
		assert_int_equal(ftruncate(fd, n), 0);
		assert_int_equal(keyfile_load(f->folder, "k", &k), RC_FORMAT);
	}
	(void)close(fd);
}

static void
what_others_can_read_is_refused(void **state)
{
	const struct fixture *f = *state;
	struct keyfile k;
	char path[96];
	int fd;

	keyfile_new(CASE, &k);
	assert_int_equal(keyfile_save(f->folder, "k", &k, NULL), RC_OK);
	assert_int_equal(fchmodat(f->folder, "k", 0640, 0), 0);
	assert_int_equal(keyfile_load(f->folder, "k", &k), RC_DENIED);
	assert_int_equal(chmod(f->path, 0750), 0);
	assert_int_equal(keyfile_folder(f->path, true, &fd), RC_DENIED);
	assert_int_equal(chmod(f->path, 0700), 0);
	(void)snprintf(path, sizeof(path), "%s/new", f->path);
	assert_int_equal(keyfile_folder(path, false, &fd), RC_END);
	assert_int_equal(keyfile_folder(path, true, &fd), RC_OK);
	(void)close(fd);
}

static void
a_destroyed_key_is_gone(void **state)
{
	const struct fixture *f = *state;
	struct keyfile k;
	uint8_t bytes[184];

	keyfile_new(CASE, &k);
	assert_int_equal(keyfile_save(f->folder, "k", &k, NULL), RC_OK);
	const int fd = openat(f->folder, "k", O_RDONLY | O_CLOEXEC);
	assert_int_equal(keyfile_destroy(f->folder, "k"), RC_OK);
	assert_int_equal(pread(fd, bytes, sizeof(bytes), 0), sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++)
		assert_int_equal(bytes[i], 0);
	(void)close(fd);
	assert_int_equal(keyfile_load(f->folder, "k", &k), RC_END);
	assert_int_equal(keyfile_destroy(f->folder, "k"), RC_END);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_key_comes_back, begin, end),
		cmocka_unit_test_setup_teardown(a_passphrase_wraps_it, begin,
						end),
		cmocka_unit_test_setup_teardown(
			any_flipped_or_cut_byte_is_damage, begin, end),
		cmocka_unit_test_setup_teardown(what_others_can_read_is_refused,
						begin, end),
		cmocka_unit_test_setup_teardown(a_destroyed_key_is_gone, begin,
						end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
