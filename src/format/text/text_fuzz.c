/* Whatever the bytes: every byte is in exactly one record, blank line or line
 * end, and ranges give what one pass gives. */
#include "format/text/text.h"

#include <stdlib.h>
#include <string.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RECORDS_MAX = 1 << 16, INPUT_MAX = 1 << 16 };

struct list {
	size_t n;
	uint32_t at[RECORDS_MAX];
	uint32_t len[RECORDS_MAX];
	uint64_t block[RECORDS_MAX];
};

struct rows {
	struct cell cells[2 * BATCH_STRIDE];
	uint32_t row_at[BATCH_ROWS];
	uint8_t ragged[BATCH_ROWS];
	uint32_t group[BATCH_ROWS];
};

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static uint64_t
collect(struct text *t, uint64_t blocks, struct list *out)
{
	static struct rows r;
	struct batch b = {.cols = 1,
			  .cells = r.cells,
			  .row_at = r.row_at,
			  .row_ragged = r.ragged};
	enum rc rc;

	while ((rc = text_next(t, &b, r.group)) == RC_OK)
		for (uint32_t i = 0; i < b.rows; i++) {
			const struct cell *c = batch_cell(&b, i, 0);

			must(c->n > 0 && c->at + c->n <= t->window.n);
			must(out->n < RECORDS_MAX);
			out->at[out->n] = c->at;
			out->len[out->n] = c->n;
			out->block[out->n++] = blocks + r.group[i];
		}
	must(rc == RC_END);
	return text_counts(t).blocks;
}

/* What is between the records is blank. */
static void
check_gaps(struct span doc, const struct list *l)
{
	size_t at = 0;

	for (size_t i = 0; i <= l->n; i++) {
		const size_t to = i < l->n ? l->at[i] : doc.n;

		must(to >= at);
		for (; at < to; at++)
			must(byte_in(doc.p[at], " \t\v\f\r\n"));
		at += i < l->n ? l->len[i] : 0;
	}
}

static void
check_ranges(enum text_unit unit, struct span doc, size_t step,
	     const struct list *whole)
{
	static struct list parts;
	uint64_t blocks = 0;
	size_t next = 0;

	parts.n = 0;
	for (size_t start = 0; start < doc.n; start += step) {
		struct text t;

		if (start > 0)
			must(text_resync(unit, doc, start) >= start);
		must(text_open(&t, unit, doc, true) == RC_OK);
		text_range(&t, next, start + step);
		blocks += collect(&t, blocks, &parts);
		must(text_offset(&t) >= next);
		next = text_offset(&t);
	}
	must(parts.n == whole->n);
	must(memcmp(parts.at, whole->at, whole->n * sizeof(whole->at[0])) == 0);
	must(memcmp(parts.len, whole->len, whole->n * sizeof(whole->len[0])) ==
	     0);
	must(memcmp(parts.block, whole->block,
		    whole->n * sizeof(whole->block[0])) == 0);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct list whole;

	if (size < 2 || size > INPUT_MAX)
		return 0;
	const enum text_unit unit = data[0] & 1 ? TEXT_BLOCKS : TEXT_LINES;
	const size_t step = (size_t)data[0] + size / 16 + 1;
	const struct span doc = {data + 1, size - 1};
	struct text t;

	must(text_open(&t, unit, doc, true) == RC_OK);
	whole.n = 0;
	(void)collect(&t, 0, &whole);
	must(text_offset(&t) == doc.n);
	check_gaps(doc, &whole);
	check_ranges(unit, doc, step, &whole);
	(void)text_has_blocks(doc);
	return 0;
}
