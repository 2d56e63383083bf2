/* Archives are written by libarchive itself, which the room wraps. */
#include "base/check.h"
#include "source/archive/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 20, READ_ROOM = PARTS_READ_MIN };

/** A whole in memory, of which reading may fail. */
struct memory {
	uint8_t bytes[ROOM];
	size_t n;
	uint64_t fails_at; /* reading beyond it fails */
	uint8_t got[READ_ROOM];
	struct parts_input in;
};

static enum rc
read_memory(void *arg, uint64_t at, uint8_t *to, size_t n, size_t *ret_n)
{
	const struct memory *m = arg;

	if (at + n > m->fails_at)
		return RC_IO;
	*ret_n = at >= m->n ? 0 : n < m->n - at ? n : m->n - (size_t)at;
	memcpy(to, m->bytes + at, *ret_n);
	return RC_OK;
}

static int
setup(void **state)
{
	struct memory *m = calloc(1, sizeof(*m));

	assert_non_null(m);
	m->fails_at = UINT64_MAX;
	*state = m;
	return 0;
}

static int
teardown(void **state)
{
	free(*state);
	return 0;
}

static void
settle(struct memory *m)
{
	m->in = (struct parts_input){
		.read = read_memory, .arg = m, .size = m->n};
}

static void
add(struct archive *a, const char *name, const char *text, unsigned type)
{
	struct archive_entry *e = archive_entry_new();

	archive_entry_set_pathname(e, name);
	archive_entry_set_filetype(e, type);
	archive_entry_set_perm(e, 0600);
	archive_entry_set_size(e,
			       type == AE_IFLNK ? 0 : (la_int64_t)strlen(text));
	if (type == AE_IFLNK)
		archive_entry_set_symlink(e, text);
	if (archive_write_header(a, e) < ARCHIVE_WARN)
		fail_msg("%s: %s", name, archive_error_string(a));
	if (type == AE_IFREG)
		assert_int_equal(archive_write_data(a, text, strlen(text)),
				 (la_ssize_t)strlen(text));
	archive_entry_free(e);
}

/* An archive of format and filter with a folder, two files and a link. */
static void
make(struct memory *m, int format, int filter)
{
	struct archive *a = archive_write_new();

	assert_int_equal(archive_write_set_format(a, format), ARCHIVE_OK);
	assert_int_equal(archive_write_add_filter(a, filter), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(a, m->bytes, ROOM, &m->n),
			 ARCHIVE_OK);
	if (format == ARCHIVE_FORMAT_RAW) {
		add(a, "data", "nom;ville\nDURAND;Evreux\n", AE_IFREG);
	} else {
		add(a, "d/a.csv", "nom;ville\nDURAND;Evreux\n", AE_IFREG);
		add(a, "l", "d/a.csv", AE_IFLNK);
		add(a, "b.txt", "second", AE_IFREG);
	}
	assert_int_equal(archive_write_free(a), ARCHIVE_OK);
	settle(m);
}

static void
expect_bytes(struct memory *m, void *p, const char *want)
{
	size_t n = 1;
	size_t all = 0;

	while (n > 0) {
		assert_int_equal(archive_parts.read(p, m->got + all, 7, &n),
				 RC_OK);
		all += n;
	}
	assert_int_equal(all, strlen(want));
	assert_memory_equal(m->got, want, all);
}

static void
archives_give_their_files_and_nothing_else(void **state)
{
	static const struct {
		int format, filter;
	} cases[] = {
		{ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE},
		{ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE},
		{ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_NONE},
		{ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_GZIP},
		{ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_BZIP2},
		{ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_XZ},
		{ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_ZSTD},
		{ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_LZ4},
		{ARCHIVE_FORMAT_CPIO_SVR4_NOCRC, ARCHIVE_FILTER_GZIP},
	};
	struct memory *m = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct part part;
		void *p;

		make(m, cases[i].format, cases[i].filter);
		assert_int_equal(archive_parts.open(&m->in, &p), RC_OK);
		assert_int_equal(archive_parts.next(p, &part), RC_OK);
		assert_true(span_is(part.name, "d/a.csv"));
		assert_int_equal(part.is, PART_FILE);
		assert_false(part.locked);
		expect_bytes(m, p, "nom;ville\nDURAND;Evreux\n");
		assert_int_equal(archive_parts.next(p, &part), RC_OK);
		assert_true(span_is(part.name, "b.txt"));
		assert_int_equal(archive_parts.next(p, &part), RC_END);
		archive_parts.close(p);
	}
}

static void
a_compressed_file_has_one_member_without_a_name(void **state)
{
	struct memory *m = *state;
	struct part part;
	void *p;

	make(m, ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP);
	assert_int_equal(archive_parts.open(&m->in, &p), RC_OK);
	assert_int_equal(archive_parts.next(p, &part), RC_OK);
	assert_int_equal(part.name.n, 0);
	assert_int_equal(part.bytes, PARTS_SIZE_UNKNOWN);
	expect_bytes(m, p, "nom;ville\nDURAND;Evreux\n");
	assert_int_equal(archive_parts.next(p, &part), RC_END);
	archive_parts.close(p);
}

/* Read everything; what ended it. */
static enum rc
drain(struct memory *m, uint64_t *ret_members)
{
	struct part part;
	void *p = NULL;
	enum rc rc = archive_parts.open(&m->in, &p);
	enum rc worst = RC_OK;

	*ret_members = 0;
	while (rc == RC_OK && (rc = archive_parts.next(p, &part)) == RC_OK) {
		size_t n = 1;

		++*ret_members;
		while (n > 0 && rc == RC_OK)
			rc = archive_parts.read(p, m->got, READ_ROOM, &n);
		if (rc != RC_OK)
			worst = rc;
		rc = RC_OK;
	}
	archive_parts.close(p);
	return worst != RC_OK ? worst : rc;
}

static void
whatever_is_no_archive_is_refused(void **state)
{
	struct memory *m = *state;
	uint64_t members;

	m->n = 64;
	memset(m->bytes, 'x', m->n);
	settle(m);
	assert_int_equal(drain(m, &members), RC_FORMAT);
	assert_int_equal(members, 0);
}

static void
a_cut_archive_says_so_wherever_it_is_cut(void **state)
{
	static const int formats[] = {ARCHIVE_FORMAT_ZIP, ARCHIVE_FORMAT_7ZIP};
	struct memory *m = *state;
	uint64_t members;

	for (size_t f = 0; f < COUNT_OF(formats); f++) {
		make(m, formats[f], ARCHIVE_FILTER_NONE);
		for (size_t n = 1; n < m->n; n++) {
			m->in.size = n;
			assert_int_not_equal(drain(m, &members), RC_OK);
		}
	}
	make(m, ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP);
	for (size_t n = 1; n < m->n; n++) {
		m->in.size = n;
		assert_int_not_equal(drain(m, &members), RC_END);
	}
}

static void
what_cannot_be_read_is_not_called_damaged(void **state)
{
	struct memory *m = *state;
	uint64_t members;

	make(m, ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_NONE);
	m->fails_at = 100;
	assert_int_equal(drain(m, &members), RC_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			archives_give_their_files_and_nothing_else, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_compressed_file_has_one_member_without_a_name, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			whatever_is_no_archive_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_cut_archive_says_so_wherever_it_is_cut, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			what_cannot_be_read_is_not_called_damaged, setup,
			teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
