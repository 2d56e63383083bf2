/* format/segment: what the tests and fuzz targets of its formats share: a file
 * in memory, read whole, and a look at the table. */
#ifndef TOCSIN_FORMAT_SEGMENT_CHECK_H
#define TOCSIN_FORMAT_SEGMENT_CHECK_H

#include "base/parts.h"
#include "base/parts_check.h"
#include "base/span.h"
#include "format/segment/segment.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_CELLS_MAX = 128 };

/** The table that came of a file. */
struct table {
	enum rc rc; /* of open(), or else of the last read() */
	uint8_t *p;
	size_t n;
	uint64_t skipped;
};

/** table_read(kind, bytes, step): Take ${bytes} apart, reading the table in
 * pieces of ${step}. The caller frees p. */
static inline struct table
table_read(const struct parts_kind *kind, struct span bytes, size_t step)
{
	const struct parts_input in = parts_in_span(&bytes);
	struct table t = {0};
	struct part part;
	size_t room = 0;
	void *p;

	t.rc = kind->open(&in, &p);
	if (t.rc != RC_OK)
		return t;
	if (kind->next(p, &part) != RC_OK || part.is != PART_TABLE)
		abort();
	for (size_t n = 1; t.rc == RC_OK && n > 0;) {
		if (t.n + step > room) {
			room = 2 * (t.n + step);
			t.p = realloc(t.p, room);
			if (t.p == NULL)
				abort();
		}
		t.rc = kind->read(p, t.p + t.n, step, &n);
		t.n += n;
	}
	if (kind->next(p, &part) != RC_END)
		abort();
	t.skipped = kind->skipped(p);
	kind->close(p);
	return t;
}

/** table_row(rest, cells, max): Cut a row off ${rest} and unquote its cells in
 * place. Returns the number of cells; 0: it is malformed, or none is left. */
static inline size_t
table_row(struct span *rest, uint8_t *base, struct span cells[static 1],
	  size_t max)
{
	size_t i = 0;
	size_t n = 0;

	while (i < rest->n && n < max) {
		uint8_t *const at = base + (rest->p - base) + i;
		size_t len = 0;
		const bool quoted = rest->p[i] == '"';

		for (i += quoted; i < rest->n; i++) {
			const uint8_t b = rest->p[i];

			if (quoted && b == '"' &&
			    (++i == rest->n || rest->p[i] != '"'))
				break;
			if (!quoted && (b == ',' || b == '\n'))
				break;
			if (b < 0x20 || (!quoted && b == '"'))
				return 0;
			at[len++] = b;
		}
		if (i == rest->n || (rest->p[i] != ',' && rest->p[i] != '\n'))
			return 0;
		/* The sign is looked at before the cell, moved, hides it. */
		const bool is_last = rest->p[i++] == '\n';

		cells[n++] = (struct span){at, len};
		if (is_last) {
			rest->p += i;
			rest->n -= i;
			return n;
		}
	}
	return 0;
}

/** table_is_sound(t): Is all of ${t} rows of as many cells as there are
 * columns? Unquotes them in place. Calls ${look}, if not NULL, for each cell.
 */
static inline bool
table_is_sound(const struct table *t, bool (*look)(struct span cell))
{
	struct span rest = {t->p, t->n};
	struct span cells[TABLE_CELLS_MAX];

	while (rest.n > 0) {
		if (table_row(&rest, t->p, cells, TABLE_CELLS_MAX) !=
		    SEG_COLUMNS)
			return false;
		for (size_t i = 0; look != NULL && i < SEG_COLUMNS; i++)
			if (!look(cells[i]))
				return false;
	}
	return true;
}

#endif
