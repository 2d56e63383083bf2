/* Whatever the bytes: the table is well-formed, every row has as many cells as
 * the header, and the pieces it is read in do not matter. */
#include "base/fold.h"
#include "format/hl7/hl7.h"
#include "format/segment/check.h"
#include "format/segment/segment.h"

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
must_be_utf8(struct span s)
{
	uint32_t code;

	for (size_t i = 0; i < s.n;) {
		const size_t n = utf8_next(s, i, &code);

		must(code != 0xFFFD || n > 1);
		i += n;
	}
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span bytes = {data, size};
	const struct table whole = table_read(&hl7_parts, bytes, 1 << 16);
	struct table pieces = table_read(&hl7_parts, bytes, 1 + size % 97);
	struct span rest = {pieces.p, pieces.n};
	struct span cells[TABLE_CELLS_MAX];

	must(whole.rc == RC_OK || whole.rc == RC_FORMAT);
	must(whole.rc == pieces.rc && whole.skipped == pieces.skipped);
	must(whole.n == pieces.n &&
	     (whole.n == 0 || memcmp(whole.p, pieces.p, whole.n) == 0));
	must(whole.n < (size + 2) * 128);
	while (rest.n > 0) {
		must(table_row(&rest, pieces.p, cells, TABLE_CELLS_MAX) ==
		     SEG_COLUMNS);
		for (size_t i = 0; i < SEG_COLUMNS; i++)
			must_be_utf8(cells[i]);
	}
	free(whole.p);
	free(pieces.p);
	return 0;
}
