/* source/sniff: what kind of file this is, from its content and never from its
 * name. Bytes first (sniff_bytes); what that does not know is given to
 * charset_detect(), and if it is text, its beginning in UTF-8 to sniff_text().
 */
#ifndef TOCSIN_SOURCE_SNIFF_SNIFF_H
#define TOCSIN_SOURCE_SNIFF_SNIFF_H

#include "base/span.h"

enum {
	SNIFF_HEAD = 1 << 16, /* bytes to give; less finds less */
};

#define SNIFF_SIZE_UNKNOWN UINT64_MAX

/** The families of kinds: what can be done with a file. */
enum sniff_family {
	SNIFF_FAMILY_NONE, /* not decided by its bytes: perhaps text */
	SNIFF_EMPTY,       /* no bytes, or all of them zero */
	SNIFF_TEXT,        /* plain text, or a table */
	SNIFF_RECORDS,     /* text with a grammar of its own: read as text */
	SNIFF_ARCHIVE,     /* files within a file, compressed or not */
	SNIFF_OFFICE,      /* documents and workbooks */
	SNIFF_DATABASE,    /* tables in a binary form */
	SNIFF_MAIL,        /* mail stores in a binary form */
	SNIFF_MEDICAL,     /* DICOM */
	SNIFF_PICTURE,
	SNIFF_SOUND, /* sound and film */
	SNIFF_PROGRAM,
	SNIFF_FONT,
	SNIFF_DISK, /* images of disks */
	SNIFF_LOG,  /* logs and captures in a binary form */
	SNIFF_ENCRYPTED,
	SNIFF_BINARY, /* unknown */
	SNIFF_FAMILIES
};

/** One kind of file: a constant. */
struct sniff_kind {
	const char *name;       /* "xlsx"; for ever */
	const char *media_type; /* IANA, or x- where there is none */
	enum sniff_family family;
};

/** What was found. */
struct sniff {
	const struct sniff_kind *kind; /* never NULL after a call */
	bool locked; /* encrypted within: a zip or workbook with password */
};

/**
 * sniff_bytes(head, size, ret):
 * Name the kind of the file that begins with ${head} and is ${size} bytes long
 * (SNIFF_SIZE_UNKNOWN for a stream), as far as bytes tell.
 *
 * Returns  True if it is decided. False: ${ret}->kind has SNIFF_FAMILY_NONE;
 *          ask charset_detect(), then sniff_text(), or if it is no text,
 *          take sniff_binary().
 * Cost     O(n) at worst; usually some comparisons.
 */
bool sniff_bytes(struct span head, uint64_t size, struct sniff *ret);

/**
 * sniff_text(text, is_whole, ret):
 * Name the kind of the text that begins with ${text}, UTF-8 without byte order
 * mark; ${is_whole}: nothing follows.
 *
 * A table is text/plain here: format/csv knows better.
 */
void sniff_text(struct span text, bool is_whole, struct sniff *ret);

/**
 * sniff_binary():
 * The kind of what is neither known nor text.
 */
const struct sniff_kind *sniff_binary(void);

/**
 * sniff_is_read(kind):
 * Say whether tocsin reads documents of ${kind} now: all text, as tables or
 * lines; and what is empty.
 */
bool sniff_is_read(const struct sniff_kind *kind);

/**
 * sniff_reason(s):
 * Say why a document is not read: "archive, not opened yet".
 *
 * Returns  A static string; NULL if it is read.
 */
const char *sniff_reason(const struct sniff *s);

/**
 * sniff_kinds(ret_n):
 * Every kind known, for the manual.
 */
const struct sniff_kind *sniff_kinds(size_t *ret_n);

#endif
