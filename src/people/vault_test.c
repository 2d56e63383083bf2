/* Blocks of mentions, in clear and sealed, and what is wrong with them. */
#include "base/check.h"
#include "base/io.h"
#include "crypto/crypto.h"
#include "people/vault.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BLOCKS = 4 };

struct fixture {
	struct vault_files files;
	struct vault_place index[BLOCKS];
	struct seal_key key;
};

/* Block ${i} has i + 1 mentions of somebody called "NAME". */
static size_t
make_block(size_t i, uint8_t *out, size_t room)
{
	struct mention_writer *w = mention_writer_new(1 << 16);
	struct mention m = {.birth_date = 19700101};

	assert_non_null(w);
	m.text[MENTION_FAMILY] = mention_writer_text(w, SPAN_LIT("NAME"));
	for (m.record = 0; m.record <= i; m.record++)
		assert_int_equal(mention_writer_add(w, &m), RC_OK);
	const size_t n = mention_writer_bytes(w);
	assert_true(n <= room);
	mention_writer_copy(w, out);
	mention_writer_free(w);
	return n;
}

/* Even blocks are in clear, odd ones sealed. */
static int
begin(void **state)
{
	static struct fixture fixture;
	struct fixture *f = &fixture;
	uint8_t plain[2048];
	uint8_t sealed[2048 + SEAL_EXTRA_BYTES];
	uint64_t ends[2] = {0, 0};

	if (crypto_setup() != RC_OK)
		return -1;
	seal_key_random(&f->key);
	f->files = (struct vault_files){memfd_create("memory", MFD_CLOEXEC),
					memfd_create("disk", MFD_CLOEXEC),
					memfd_create("index", MFD_CLOEXEC),
					BLOCKS};
	for (size_t i = 0; i < BLOCKS; i++) {
		const uint32_t is_sealed = i % 2;
		size_t n = make_block(i, plain, sizeof(plain));

		if (is_sealed != 0) {
			seal_close(&f->key, (struct span){NULL, 0},
				   (struct span){plain, n}, sealed);
			n += SEAL_EXTRA_BYTES;
		}
		f->index[i] =
			(struct vault_place){ends[is_sealed], n, is_sealed, 0};
		if (io_write_at(is_sealed != 0 ? f->files.disk
					       : f->files.memory,
				is_sealed != 0 ? sealed : plain, n,
				ends[is_sealed]) != RC_OK)
			return -1;
		ends[is_sealed] += (n + 7) & ~(size_t)7;
	}
	*state = f;
	return 0;
}

static int
end(void **state)
{
	const struct fixture *f = *state;

	(void)close(f->files.memory);
	(void)close(f->files.disk);
	(void)close(f->files.index);
	return 0;
}

static enum rc
open_vault(const struct fixture *f, struct vault **ret)
{
	assert_int_equal(
		io_write_at(f->files.index, f->index, sizeof(f->index), 0),
		RC_OK);
	return vault_open(&f->files, &f->key, ret);
}

static void
blocks_come_in_any_order(void **state)
{
	const struct fixture *f = *state;
	struct mention_block b;
	struct vault *v;

	assert_int_equal(open_vault(f, &v), RC_OK);
	assert_int_equal(vault_blocks(v), BLOCKS);
	for (size_t k = 0; k < (size_t)3 * BLOCKS; k++) {
		const size_t i = k * 3 % BLOCKS;

		assert_int_equal(vault_block(v, i, &b), RC_OK);
		assert_int_equal(b.n, i + 1);
		const struct span name =
			mention_text(&b, b.mentions[i].text[MENTION_FAMILY]);
		assert_true(span_equal(name, SPAN_LIT("NAME")));
	}
	vault_close(v);
}

static void
a_changed_block_is_refused_alone(void **state)
{
	const struct fixture *f = *state;
	struct mention_block b;
	struct vault *v;
	uint8_t byte;

	assert_int_equal(open_vault(f, &v), RC_OK);
	const off_t at = (off_t)(f->index[1].at + f->index[1].bytes / 2);
	assert_int_equal(pread(f->files.disk, &byte, 1, at), 1);
	byte ^= 1;
	assert_int_equal(pwrite(f->files.disk, &byte, 1, at), 1);
	assert_int_equal(vault_block(v, 1, &b), RC_FORMAT);
	assert_int_equal(vault_block(v, 3, &b), RC_OK);
	assert_int_equal(vault_block(v, 0, &b), RC_OK);
	vault_close(v);
}

static void
another_key_opens_nothing(void **state)
{
	struct fixture *f = *state;
	struct mention_block b;
	struct vault *v;

	seal_key_random(&f->key);
	assert_int_equal(open_vault(f, &v), RC_OK);
	assert_int_equal(vault_block(v, 1, &b), RC_FORMAT);
	assert_int_equal(vault_block(v, 2, &b), RC_OK);
	vault_close(v);
}

static void
an_index_that_leads_astray_is_refused(void **state)
{
	struct fixture *f = *state;
	static const struct vault_place bad[] = {
		{0, UINT64_MAX, 0, 0},     {UINT64_MAX, 1, 1, 0},
		{1 << 20, 8, 0, 0},        {0, 1 << 20, 1, 0},
		{8, UINT64_MAX - 4, 1, 0},
	};
	const struct vault_place good = f->index[2];
	struct vault *v;

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		f->index[2] = bad[i];
		assert_int_equal(open_vault(f, &v), RC_FORMAT);
	}
	f->index[2] = good;
	f->files.n = BLOCKS + 1;
	assert_int_equal(open_vault(f, &v), RC_FORMAT);
	f->files.n = UINT64_MAX;
	assert_int_equal(open_vault(f, &v), RC_FORMAT);
	f->files.n = 0;
	assert_int_equal(open_vault(f, &v), RC_OK);
	assert_int_equal(vault_blocks(v), 0);
	vault_close(v);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(blocks_come_in_any_order),
		TEST(a_changed_block_is_refused_alone),
		TEST(another_key_opens_nothing),
		TEST(an_index_that_leads_astray_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
