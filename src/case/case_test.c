/* Cases in a folder of their own: made, opened, filled, damaged, rotated. */
#include "base/check.h"
#include "base/io.h"
#include "case/case.h"
#include "crypto/crypto.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 300, TOKENS = 50 };

struct fixture {
	char root[64];
	char path[96];
	char keys[96];
	struct case_options o;
};

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int
begin(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	*state = f;
	if (f == NULL || crypto_setup() != RC_OK)
		return -1;
	(void)snprintf(f->root, sizeof(f->root), "/tmp/case_test.XXXXXX");
	if (mkdtemp(f->root) == NULL)
		return -1;
	(void)snprintf(f->path, sizeof(f->path), "%s/case", f->root);
	(void)snprintf(f->keys, sizeof(f->keys), "%s/keys", f->root);
	f->o = (struct case_options){
		.path = f->path, .keys = f->keys, .make = true};
	return 0;
}

static int
end(void **state)
{
	struct fixture *f = *state;
	const int rc = nftw(f->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);

	free(f);
	return rc;
}

static struct case_folder *
open_case(const struct fixture *f)
{
	struct case_fault fault;
	struct case_folder *c = NULL;

	assert_int_equal(case_open(&f->o, &c, &fault), RC_OK);
	return c;
}

static enum case_why
why_not(const struct fixture *f)
{
	struct case_fault fault;
	struct case_folder *c = NULL;

	if (case_open(&f->o, &c, &fault) == RC_OK)
		case_close(c);
	return fault.why;
}

static void
add_run(struct case_folder *c, uint32_t scan, enum run_kind kind)
{
	struct run_keys keys;
	int fd;

	case_run_keys(c, &keys);
	assert_int_equal(case_run_make(c, scan, kind, &fd), RC_OK);
	struct run_writer *w = run_writer_new(fd, kind, &keys);
	for (uint64_t i = 0; i < TOKENS; i++) {
		const uint64_t v = i * 7919 * (scan + (uint64_t)kind) + 1;

		assert_int_equal(run_write(w, &v, 1), RC_OK);
	}
	assert_int_equal(run_writer_end(w, NULL), RC_OK);
	run_writer_free(w);
	assert_int_equal(case_run_keep(c, scan, kind, fd), RC_OK);
}

/* Put a scan of two documents and three blocks into ${c}. */
static void
add_scan(struct case_folder *c)
{
	struct case_numbers n;
	struct seal_key key;
	uint8_t sealed[BLOCK + SEAL_EXTRA_BYTES];
	static const uint8_t plain[BLOCK];
	struct case_block blocks[3];
	static const struct case_document documents[] = {
		{"a/first.csv", "00ff", {.size = 1}},
		{"a/second.csv", "", {.size = 2}},
	};

	case_numbers(c, &n);
	case_seal_key(c, SEAL_VAULT, &key);
	for (uint32_t i = 0; i < COUNT_OF(blocks); i++) {
		const uint64_t at = n.vault_bytes + i * sizeof(sealed);

		seal_close(&key, (struct span){NULL, 0},
			   (struct span){plain, BLOCK}, sealed);
		assert_int_equal(
			io_write_at(case_vault(c), sealed, sizeof(sealed), at),
			RC_OK);
		blocks[i] = (struct case_block){at, sizeof(sealed), i,
						i == 2 ? CASE_NOBODY : i};
	}
	for (int kind = RUN_ROWS; kind <= RUN_DOMAINS; kind++)
		add_run(c, n.scans + 1, (enum run_kind)kind);
	const struct case_scan s = {
		.number = n.scans + 1,
		.documents = documents,
		.n_documents = COUNT_OF(documents),
		.blocks = blocks,
		.n_blocks = COUNT_OF(blocks),
		.report = SPAN_LIT("{\"people\": 2}"),
	};
	assert_int_equal(case_commit(c, &s), RC_OK);
}

static void
a_case_is_made_once_and_opens_again(void **state)
{
	struct fixture *f = *state;
	struct case_numbers a;
	struct case_numbers b;
	struct stat st;

	f->o.make = false;
	assert_int_equal(why_not(f), CASE_ABSENT);
	f->o.make = true;
	struct case_folder *c = open_case(f);
	case_numbers(c, &a);
	assert_true(a.made);
	case_close(c);
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	c = open_case(f);
	case_numbers(c, &b);
	assert_false(b.made);
	assert_memory_equal(a.id, b.id, sizeof(a.id));
	case_close(c);
}

static void
a_scan_comes_back(void **state)
{
	struct fixture *f = *state;
	struct case_folder *c = open_case(f);
	struct case_numbers n;
	struct case_block *blocks;
	uint8_t *report;
	size_t k;

	add_scan(c);
	add_scan(c);
	case_close(c);
	c = open_case(f);
	case_numbers(c, &n);
	assert_int_equal(n.scans, 2);
	assert_int_equal(n.documents, 4);
	assert_int_equal(n.vault_bytes, 6 * (BLOCK + SEAL_EXTRA_BYTES));
	assert_int_equal(case_report(c, 2, &report, &k), RC_OK);
	assert_int_equal(k, 13);
	assert_memory_equal(report, "{\"people\": 2}", k);
	free(report);
	assert_int_equal(case_report(c, 3, &report, &k), RC_END);
	assert_int_equal(case_blocks(c, &blocks, &k), RC_OK);
	assert_int_equal(k, 4);
	assert_int_equal(blocks[2].document, 2);
	assert_int_equal(blocks[3].document, 3);
	free(blocks);
	assert_int_equal(case_knows_digest(c, "00ff"), 1);
	assert_int_equal(case_knows_digest(c, "00fe"), 0);
	assert_int_equal(case_knows_digest(c, ""), 0);
	const struct case_file file = {.size = 2};
	const struct case_file other = {.size = 3};
	assert_int_equal(case_knows_file(c, &file), 1);
	assert_int_equal(case_knows_file(c, &other), 0);
	case_close(c);
}

static void
a_case_in_use_is_locked(void **state)
{
	const struct fixture *f = *state;
	struct case_folder *c = open_case(f);
	struct case_folder *other;
	struct case_fault fault;

	assert_int_equal(case_open(&f->o, &other, &fault), RC_FORMAT);
	assert_int_equal(fault.why, CASE_LOCKED);
	assert_int_equal(fault.process, getpid());
	case_close(c);
	assert_int_equal(why_not(f), CASE_GOOD);
}

static void
a_folder_of_something_else_is_left_alone(void **state)
{
	struct fixture *f = *state;
	char path[160];

	assert_int_equal(mkdir(f->path, 0700), 0);
	(void)snprintf(path, sizeof(path), "%s/letter.txt", f->path);
	FILE *letter = fopen(path, "w");
	assert_non_null(letter);
	assert_int_equal(fclose(letter), 0);
	assert_int_equal(why_not(f), CASE_FOREIGN);
	(void)snprintf(path, sizeof(path), "%s/lock", f->path);
	assert_int_not_equal(access(path, F_OK), 0);
}

static const char *const FILES[] = {
	"envelope",
	"case.db",
	"runs/000001-rows.run",
	"runs/000001-ids.run",
	"runs/000001-domains.run",
	"vault/mentions",
};

/* Flip one bit of every ${step}th byte of a file of the case. */
static void
flip_file(const struct fixture *f, const char *name, off_t step)
{
	char path[160];
	uint8_t b;

	(void)snprintf(path, sizeof(path), "%s/%s", f->path, name);
	const int fd = open(path, O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	const off_t size = lseek(fd, 0, SEEK_END);
	assert_true(size > 0);
	for (off_t i = 0; i < size; i += i < 200 ? 1 : step) {
		assert_int_equal(pread(fd, &b, 1, i), 1);
		b ^= 0x20;
		assert_int_equal(pwrite(fd, &b, 1, i), 1);
		struct case_fault fault;
		struct case_folder *c;
		assert_int_not_equal(case_open(&f->o, &c, &fault), RC_OK);
		assert_int_equal(fault.why, CASE_DAMAGED);
		assert_string_equal(fault.file, name);
		b ^= 0x20;
		assert_int_equal(pwrite(fd, &b, 1, i), 1);
	}
	(void)close(fd);
	assert_int_equal(why_not(f), CASE_GOOD);
	/* Cut, and gone. */
	uint8_t *all = malloc((size_t)size);
	FILE *in = fopen(path, "r+");
	assert_true(all != NULL && in != NULL);
	assert_int_equal(fread(all, 1, (size_t)size, in), size);
	assert_int_equal(truncate(path, size - 1), 0);
	assert_int_equal(why_not(f), CASE_DAMAGED);
	assert_int_equal(truncate(path, 0), 0);
	assert_int_equal(why_not(f), CASE_DAMAGED);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(why_not(f), CASE_DAMAGED);
	(void)fclose(in);
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	assert_int_equal(fwrite(all, 1, (size_t)size, out), size);
	assert_int_equal(fclose(out), 0);
	free(all);
	assert_int_equal(why_not(f), CASE_GOOD);
}

static void
any_flipped_or_cut_byte_is_refused(void **state)
{
	const struct fixture *f = *state;
	struct case_folder *c = open_case(f);

	add_scan(c);
	case_close(c);
	for (size_t i = 0; i < COUNT_OF(FILES); i++)
		flip_file(f, FILES[i], 97);
}

static void
without_its_key_it_stays_shut(void **state)
{
	const struct fixture *f = *state;
	struct case_folder *c = open_case(f);
	struct case_fault fault;
	struct case_key key;

	add_scan(c);
	case_close(c);
	assert_int_equal(case_key_show(&f->o, &key, &fault), RC_OK);
	assert_false(key.wrapped);
	assert_int_equal(case_key_destroy(&f->o, &fault), RC_OK);
	assert_int_equal(why_not(f), CASE_KEY_ABSENT);
	assert_int_equal(case_open(&f->o, &c, &fault), RC_DENIED);
	assert_int_equal(case_key_destroy(&f->o, &fault), RC_DENIED);
}

static enum rc
answer(void *arg, uint8_t out[KEYFILE_PASSPHRASE_MAX], size_t *ret_n)
{
	const char *text = arg;

	*ret_n = strlen(text);
	memcpy(out, text, *ret_n);
	return RC_OK;
}

static void
a_passphrase_is_needed_if_one_was_given(void **state)
{
	struct fixture *f = *state;
	static char right[] = "right";
	static char wrong[] = "wrong";

	f->o.wrap = true;
	f->o.ask = answer;
	f->o.ask_arg = right;
	case_close(open_case(f));
	assert_int_equal(why_not(f), CASE_GOOD);
	f->o.ask_arg = wrong;
	assert_int_equal(why_not(f), CASE_KEY_PASSPHRASE);
	f->o.ask = NULL;
	assert_int_equal(why_not(f), CASE_KEY_PASSPHRASE);
}

/* The key folder, or the envelope, as it was before. */
static void
copy(const char *from, const char *to)
{
	uint8_t bytes[4096];
	FILE *in = fopen(from, "r");
	FILE *out = fopen(to, "w");

	assert_true(in != NULL && out != NULL);
	const size_t n = fread(bytes, 1, sizeof(bytes), in);
	assert_int_equal(fwrite(bytes, 1, n, out), n);
	(void)fclose(in);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(chmod(to, 0600), 0);
}

static void
rotating_changes_the_key_and_not_the_case(void **state)
{
	const struct fixture *f = *state;
	struct case_folder *c = open_case(f);
	struct case_key before;
	struct case_key after;
	struct case_fault fault;
	char key[160];
	char next[170];
	char envelope[160];
	char old_key[160];
	char old_envelope[160];

	add_scan(c);
	assert_int_equal(case_key_show(&f->o, &before, &fault), RC_OK);
	(void)snprintf(key, sizeof(key), "%s/%s", f->keys, before.name);
	(void)snprintf(next, sizeof(next), "%s.next", key);
	(void)snprintf(envelope, sizeof(envelope), "%s/envelope", f->path);
	(void)snprintf(old_key, sizeof(old_key), "%s/old", f->root);
	(void)snprintf(old_envelope, sizeof(old_envelope), "%s/olde", f->root);
	copy(key, old_key);
	copy(envelope, old_envelope);
	assert_int_equal(case_key_rotate(c, f->keys, NULL, NULL), RC_OK);
	case_close(c);
	assert_int_equal(why_not(f), CASE_GOOD);
	assert_int_equal(case_key_show(&f->o, &after, &fault), RC_OK);
	assert_memory_not_equal(before.key_id, after.key_id,
				sizeof(after.key_id));
	assert_memory_equal(before.case_id, after.case_id,
			    sizeof(after.case_id));
	/* Killed after the envelope was sealed again. */
	assert_int_equal(rename(key, next), 0);
	copy(old_key, key);
	assert_int_equal(why_not(f), CASE_GOOD);
	c = open_case(f);
	assert_int_equal(case_key_rotate(c, f->keys, NULL, NULL), RC_OK);
	case_close(c);
	assert_int_equal(why_not(f), CASE_GOOD);
	assert_int_not_equal(access(next, F_OK), 0);
	/* Killed before that: the old envelope, and both keys. */
	copy(key, next);
	copy(old_key, key);
	copy(old_envelope, envelope);
	assert_int_equal(why_not(f), CASE_GOOD);
	/* The old key alone does not open the new envelope. */
	c = open_case(f);
	assert_int_equal(case_key_rotate(c, f->keys, NULL, NULL), RC_OK);
	case_close(c);
	copy(old_key, key);
	assert_int_equal(why_not(f), CASE_KEY_WRONG);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_case_is_made_once_and_opens_again),
		TEST(a_scan_comes_back),
		TEST(a_case_in_use_is_locked),
		TEST(a_folder_of_something_else_is_left_alone),
		TEST(any_flipped_or_cut_byte_is_refused),
		TEST(without_its_key_it_stays_shut),
		TEST(a_passphrase_is_needed_if_one_was_given),
		TEST(rotating_changes_the_key_and_not_the_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
