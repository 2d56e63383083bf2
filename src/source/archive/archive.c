#include "source/archive/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/** An archive under way. */
struct reader {
	struct archive *a;
	const struct parts_input *in;
	uint64_t at;     /* of the archive */
	bool raw;        /* a compressed file, and no archive */
	bool failed;     /* in; not what lies in it */
	uint8_t block[]; /* ARCHIVE_BLOCK */
};

static la_ssize_t
read_block(struct archive *a, void *arg, const void **ret)
{
	struct reader *r = arg;
	size_t n = 0;

	if (r->at >= r->in->size)
		return 0;
	const uint64_t left = r->in->size - r->at;
	const size_t want = left < ARCHIVE_BLOCK ? (size_t)left : ARCHIVE_BLOCK;
	if (r->in->read(r->in->arg, r->at, r->block, want, &n) != RC_OK) {
		r->failed = true;
		archive_set_error(a, EIO, "reading failed");
		return ARCHIVE_FATAL;
	}
	r->at += n;
	*ret = r->block;
	return (la_ssize_t)n;
}

static la_int64_t
skip_bytes(struct archive *a, void *arg, la_int64_t n)
{
	struct reader *r = arg;
	const uint64_t left = r->at < r->in->size ? r->in->size - r->at : 0;
	const uint64_t by = (uint64_t)n < left ? (uint64_t)n : left;

	(void)a;
	if (n <= 0)
		return 0;
	r->at += by;
	return (la_int64_t)by;
}

static la_int64_t
seek(struct archive *a, void *arg, la_int64_t by, int whence)
{
	struct reader *r = arg;
	const int64_t size = (int64_t)r->in->size;
	const int64_t from = whence == SEEK_SET   ? 0
			     : whence == SEEK_END ? size
						  : (int64_t)r->at;
	int64_t to;

	(void)a;
	if (__builtin_add_overflow(from, by, &to) || to < 0 || to > size)
		return ARCHIVE_FATAL;
	r->at = (uint64_t)to;
	return to;
}

/* What is read. Not mtree, which names files that lie elsewhere; nor filters
 * that run another program, for which there is none in the jail; nor xar, whose
 * second member libarchive 3.6 puts behind as many zeros as the first is long.
 */
static bool
choose(struct archive *a)
{
	static int (*const supported[])(struct archive *) = {
		archive_read_support_filter_bzip2,
		archive_read_support_filter_compress,
		archive_read_support_filter_gzip,
		archive_read_support_filter_lz4,
		archive_read_support_filter_lzip,
		archive_read_support_filter_lzma,
		archive_read_support_filter_rpm,
		archive_read_support_filter_xz,
		archive_read_support_filter_zstd,
		archive_read_support_format_7zip,
		archive_read_support_format_ar,
		archive_read_support_format_cab,
		archive_read_support_format_cpio,
		archive_read_support_format_iso9660,
		archive_read_support_format_lha,
		archive_read_support_format_rar,
		archive_read_support_format_rar5,
		archive_read_support_format_raw,
		archive_read_support_format_tar,
		archive_read_support_format_zip,
	};

	for (size_t i = 0; i < COUNT_OF(supported); i++)
		if (supported[i](a) < ARCHIVE_WARN)
			return false;
	return true;
}

static enum rc
rc_of(const struct reader *r)
{
	if (r->failed)
		return RC_IO;
	if (archive_read_has_encrypted_entries(r->a) == 1)
		return RC_DENIED;
	return archive_errno(r->a) == ENOMEM ? RC_LIMIT : RC_FORMAT;
}

static void
close_archive(void *p)
{
	struct reader *r = p;

	if (r == NULL)
		return;
	(void)archive_read_free(r->a);
	free(r);
}

static enum rc
open_archive(const struct parts_input *in, void **ret)
{
	struct reader *r = calloc(1, sizeof(*r) + ARCHIVE_BLOCK);

	if (r == NULL)
		return RC_NOMEM;
	r->in = in;
	r->a = archive_read_new();
	if (r->a == NULL || !choose(r->a)) {
		close_archive(r);
		return RC_NOMEM;
	}
	if (archive_read_set_callback_data(r->a, r) != ARCHIVE_OK ||
	    archive_read_set_read_callback(r->a, read_block) != ARCHIVE_OK ||
	    archive_read_set_skip_callback(r->a, skip_bytes) != ARCHIVE_OK ||
	    archive_read_set_seek_callback(r->a, seek) != ARCHIVE_OK ||
	    archive_read_open1(r->a) < ARCHIVE_WARN) {
		/* libarchive cannot be asked for more before it knows what it
		 * has. */
		const enum rc rc = r->failed ? RC_IO : RC_FORMAT;

		close_archive(r);
		return rc;
	}
	*ret = r;
	return RC_OK;
}

/* A file; some archives do not say what a member is. */
static bool
is_file(struct archive_entry *e)
{
	const unsigned type = archive_entry_filetype(e);

	return (type == AE_IFREG || type == 0) &&
	       archive_entry_hardlink(e) == NULL &&
	       archive_entry_hardlink_utf8(e) == NULL;
}

static struct span
name_of(const struct reader *r, struct archive_entry *e)
{
	const char *name = archive_entry_pathname_utf8(e);

	if (r->raw)
		return (struct span){NULL, 0};
	if (name == NULL)
		name = archive_entry_pathname(e);
	struct span s = name == NULL ? (struct span){NULL, 0} : span_str(name);
	if (s.n > PARTS_NAME_MAX)
		s.n = PARTS_NAME_MAX;
	return s;
}

/* Bytes that nothing compresses and that are no archive: libarchive would give
 * them back as their own member, for ever. */
static bool
is_itself(const struct reader *r)
{
	return r->raw && archive_filter_count(r->a) <= 1;
}

static enum rc
next_member(void *p, struct part *ret)
{
	struct reader *r = p;
	struct archive_entry *e;

	for (uint32_t passed = 0; passed < ARCHIVE_PASSED_MAX; passed++) {
		const int got = archive_read_next_header(r->a, &e);

		if (got == ARCHIVE_EOF)
			return RC_END;
		if (got == ARCHIVE_RETRY)
			continue;
		if (got < ARCHIVE_WARN)
			return rc_of(r);
		r->raw = archive_format(r->a) == ARCHIVE_FORMAT_RAW;
		if (is_itself(r))
			return RC_FORMAT;
		if (!is_file(e))
			continue;
		*ret = (struct part){
			.name = name_of(r, e),
			.bytes = archive_entry_size_is_set(e)
					 ? (uint64_t)archive_entry_size(e)
					 : PARTS_SIZE_UNKNOWN,
			.is = PART_FILE,
			.locked = archive_entry_is_encrypted(e) != 0,
		};
		return RC_OK;
	}
	return RC_LIMIT;
}

static enum rc
read_member(void *p, uint8_t *to, size_t n, size_t *ret_n)
{
	struct reader *r = p;
	const la_ssize_t got = archive_read_data(r->a, to, n);

	*ret_n = got > 0 ? (size_t)got : 0;
	return got >= 0 ? RC_OK : rc_of(r);
}

const struct parts_kind archive_parts = {
	.name = "archive",
	.open = open_archive,
	.next = next_member,
	.read = read_member,
	.close = close_archive,
};
