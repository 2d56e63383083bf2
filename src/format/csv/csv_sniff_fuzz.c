/* Whatever the sample, the dialect found can be opened, the figures are in
 * their ranges, and the body starts where a record does. */
#include "format/csv/csv.h"

#include <stdlib.h>

enum { SAMPLE_MAX = 1 << 15, COLS_MAX = 64 };

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer wants */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
check_candidate(const struct csv_candidate *c)
{
	must(c->rows_fit <= c->rows && c->cols <= BATCH_COLS_MAX);
	must(c->pattern >= 0 && c->pattern <= 1);
	must(c->type >= 0 && c->type <= 1);
	must(c->score >= 0 && c->score <= 2);
}

/* The header is one record, and the body starts where the next one does. */
static void
check_header(struct span sample, const struct csv_sniff *s)
{
	const uint32_t cols = s->dialect.cols;
	uint32_t row_at[BATCH_ROWS];
	uint8_t ragged[BATCH_ROWS];
	struct batch b = {.cols = cols, .row_at = row_at, .row_ragged = ragged};
	struct arena *a = arena_new(SAMPLE_MAX);
	struct csv c;

	b.cells = calloc((size_t)(cols + 1) * BATCH_STRIDE, sizeof(*b.cells));
	must(a != NULL && b.cells != NULL);
	must(csv_open(&c, &s->dialect, a, sample, true) == RC_OK);
	csv_range(&c, s->skip_bytes, (size_t)s->skip_bytes + s->header_bytes);
	must(csv_next(&c, &b) == RC_OK && b.rows == 1);
	must(csv_offset(&c) == (size_t)s->skip_bytes + s->header_bytes);
	free(b.cells);
	arena_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csv_sniff s;
	struct csv_sniff again;

	if (size < 1 || size > SAMPLE_MAX)
		return 0;
	const struct span sample = {data + 1, size - 1};
	const bool is_whole = data[0] % 2 == 0;

	must(csv_sniff(sample, is_whole, &s) == RC_OK);
	must(csv_dialect_check(&s.dialect));
	must(s.confidence >= 0 && s.confidence <= 1);
	must(s.header_score >= 0 && s.header_score <= 1);
	must(s.main > CSV_WHY_NONE && s.main < CSV_WHY_COUNT);
	must((s.reasons >> CSV_WHY_COUNT) == 0);
	must((size_t)s.skip_bytes + s.header_bytes <= sample.n);
	must(s.has_header == (s.header_bytes > 0));
	must(s.skip_lines <= s.skip_bytes);
	check_candidate(&s.best);
	check_candidate(&s.second);
	if (is_whole && s.has_header && s.dialect.cols <= COLS_MAX)
		check_header(sample, &s);

	/* The same bytes, the same answer. */
	must(csv_sniff(sample, is_whole, &again) == RC_OK);
	must(again.is_table == s.is_table && again.main == s.main &&
	     again.dialect.delimiter == s.dialect.delimiter &&
	     again.dialect.cols == s.dialect.cols &&
	     again.header_bytes == s.header_bytes);
	return 0;
}
