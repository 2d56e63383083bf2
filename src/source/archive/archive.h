/* source/archive: archives and compressed files, member by member, as
 * libarchive reads them: zip, 7z, rar, tar, cpio, cab, iso, ar, lha; gz, bz2,
 * xz, lzma, lzip, zstd, lz4 and compress, around these or around one file.
 * The only user of libarchive. Nothing is written anywhere: members are read as
 * a stream, and those that are no files (folders, links, devices) are passed
 * over. */
#ifndef TOCSIN_SOURCE_ARCHIVE_ARCHIVE_H
#define TOCSIN_SOURCE_ARCHIVE_ARCHIVE_H

#include "base/parts.h"

enum {
	ARCHIVE_BLOCK = 1 << 18, /* bytes read from the archive at a time */
	/* Members that are passed over one after another, at most: an archive
	 * of nothing but links ends, too. */
	ARCHIVE_PASSED_MAX = 1 << 24,
};

/**
 * archive_parts:
 * The members are PART_FILE. A compressed file that is no archive has one
 * member, whose name is empty.
 *
 * Errors   As parts_kind says. What is encrypted is a locked part; where the
 *          names are encrypted too, next() returns RC_DENIED.
 * Cost     That of libarchive: no copy of a member is kept.
 */
extern const struct parts_kind archive_parts;

#endif
