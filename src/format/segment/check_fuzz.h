/* format/segment: what the fuzz targets of its formats ask of any bytes: the
 * table is well-formed, every row has as many cells as the header, all of it is
 * UTF-8, and the pieces it is read in do not matter. */
#ifndef TOCSIN_FORMAT_SEGMENT_CHECK_FUZZ_H
#define TOCSIN_FORMAT_SEGMENT_CHECK_FUZZ_H

#include "base/fold.h"
#include "format/segment/check.h"

static inline void
must(bool holds)
{
	if (!holds)
		abort();
}

/** check_any(kind, bytes): Take ${bytes} apart, and abort if it is not so. */
static inline void
check_any(const struct parts_kind *kind, struct span bytes)
{
	const struct table whole = table_read(kind, bytes, 1 << 16);
	const struct table pieces = table_read(kind, bytes, 1 + bytes.n % 97);

	must(whole.rc == RC_OK || whole.rc == RC_FORMAT);
	must(whole.rc == pieces.rc && whole.skipped == pieces.skipped);
	must(whole.n == pieces.n &&
	     (whole.n == 0 || memcmp(whole.p, pieces.p, whole.n) == 0));
	must(whole.n < (bytes.n + 2) * 128);
	must(table_is_sound(&pieces, utf8_is_valid));
	free(whole.p);
	free(pieces.p);
}

#endif
