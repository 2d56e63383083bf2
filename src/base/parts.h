/* base/parts: what holds other files, or tables, one after another: an archive
 * its members, a dump its tables, a workbook its sheets, a file of messages its
 * patients. Whatever reads one gives its parts as bytes in order, so that one
 * mechanism (unpack) hands them all on. Nothing is ever kept whole. */
#ifndef TOCSIN_BASE_PARTS_H
#define TOCSIN_BASE_PARTS_H

#include "base/rc.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PARTS_SIZE_UNKNOWN UINT64_MAX

enum {
	PARTS_NAME_MAX = 1024,     /* bytes of a name; the rest is cut off */
	PARTS_COLUMNS_MAX = 2048,  /* columns of a table */
	PARTS_READ_MIN = 64 << 10, /* room that read() is given, at least */
};

/** What the bytes of a part are. */
enum part_is {
	PART_FILE, /* a file: its content says what it is */
	/* Delimited text: UTF-8, commas, LF, a first line of column names,
	 * every cell that holds a quote, comma, CR or LF, or that begins or
	 * ends with a blank, in double quotes, quotes within doubled. */
	PART_TABLE,
};

/** One part. */
struct part {
	struct span name; /* as it stands there; valid until the next call */
	uint64_t bytes;   /* PARTS_SIZE_UNKNOWN: not known before its end */
	enum part_is is;
	bool locked; /* encrypted: nothing of it can be read */
};

/** Where the bytes of the whole come from. */
struct parts_input {
	/**
	 * read(arg, at, to, n, ret_n):
	 * Read ${n} bytes from byte ${at} on; fewer only at the end.
	 * Errors   RC_IO.
	 */
	enum rc (*read)(void *arg, uint64_t at, uint8_t *to, size_t n,
			size_t *ret_n);
	void *arg;
	uint64_t size; /* bytes */
};

/** How one kind of whole is taken apart: a constant of its room. */
struct parts_kind {
	const char *name; /* "sql" */

	/**
	 * open(in, ret):
	 * Begin. ${in} must live on until close().
	 * Errors   RC_NOMEM, RC_IO; RC_FORMAT: it is none of this kind.
	 */
	enum rc (*open)(const struct parts_input *in, void **ret);

	/**
	 * next(p, ret):
	 * Go to the next part, whether or not the last one was read.
	 * Returns  RC_OK; RC_END: there is none.
	 * Errors   RC_FORMAT: what follows cannot be understood;
	 *          RC_UNSUPPORTED: nor by any program with these libraries;
	 *          RC_DENIED: all of it is encrypted; RC_LIMIT: a ceiling was
	 *          met; RC_IO, RC_NOMEM. None follows then.
	 */
	enum rc (*next)(void *p, struct part *ret);

	/**
	 * read(p, to, n, ret_n):
	 * Give the next bytes of the part, ${n} at most (PARTS_READ_MIN at
	 * least is the room); ${ret_n} 0 is its end.
	 * Errors   RC_FORMAT: it is damaged from here, what came before is
	 *          good; RC_DENIED: encrypted; RC_LIMIT, RC_IO, RC_NOMEM. The
	 *          next part can be asked for all the same.
	 */
	enum rc (*read)(void *p, uint8_t *to, size_t n, size_t *ret_n);

	/** skipped(p): Records so far that could not be understood, or not
	 * wholly, and so are missing in the parts or cut there. May be NULL:
	 * none. */
	uint64_t (*skipped)(const void *p);

	/** close(p): Release it; NULL does nothing. */
	void (*close)(void *p);
};

#endif
