/* The reader against the rules written plainly, whole, in ranges that start
 * with a guess, and in windows that end anywhere. */
#include "format/csv/csv.h"
#include "format/csv/csv_naive.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 8, COLS = 6, DOC_MAX = 1 << 13, ARENA = 1 << 16 };

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer wants */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** The memory of one run. */
struct world {
	struct arena *arena;
	struct csv csv;
	struct naive naive;
	struct batch batch;
	struct cell cells[(COLS + 1) * BATCH_STRIDE];
	uint32_t row_at[BATCH_ROWS];
	uint8_t ragged[BATCH_ROWS];
};

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static struct csv_dialect
pick_dialect(const uint8_t *h)
{
	static const uint8_t delims[] = {';', ',', '\t', ' ', 0, 'x'};
	static const uint8_t quotes[] = {'"', '"', '\'', 0};

	return (struct csv_dialect){
		.delimiter = delims[h[0] % sizeof(delims)],
		.quote = quotes[h[1] % sizeof(quotes)],
		.escape = h[2] % 2 == 1 ? '\\' : 0,
		.newline = h[3] % 3,
		.is_runs = h[0] % sizeof(delims) == 3,
		.cols = 1 + h[4] % COLS,
		.max_record = CSV_RECORD_MIN + h[5],
	};
}

/* Rows of w->csv, whose window starts at ${base}, against w->naive. */
static enum rc
compare(struct world *w, size_t base)
{
	enum rc rc;

	for (;;) {
		arena_reset(w->arena);
		if ((rc = csv_next(&w->csv, &w->batch)) != RC_OK)
			break;
		must(w->batch.rows > 0 && w->batch.rows <= BATCH_ROWS);
		for (uint32_t r = 0; r < w->batch.rows; r++) {
			do
				must(naive_next(&w->naive));
			while (w->naive.is_blank);
			must(naive_same(&w->naive, &w->batch, r, base));
		}
		must(csv_offset(&w->csv) + base >= w->naive.next);
	}
	must(rc != RC_LIMIT);
	return rc;
}

static void
count(const struct naive *at, const struct csv_dialect *d, struct csv_counts *n)
{
	n->blank += at->is_blank;
	if (at->is_blank)
		return;
	n->records++;
	n->malformed += at->is_malformed;
	n->ragged += at->cells != d->cols || at->is_cut;
}

static void
check_whole(struct world *w, const struct csv_dialect *d, struct span doc,
	    enum cpu_simd isa)
{
	struct csv_counts want = {0};

	must(csv_open(&w->csv, d, w->arena, doc, true) == RC_OK);
	if (isa < w->csv.isa)
		w->csv.isa = isa;
	w->naive.next = 0;
	must(compare(w, 0) == RC_END);
	must(csv_offset(&w->csv) == doc.n);

	w->naive.next = 0;
	while (naive_next(&w->naive)) {
		must(w->naive.next > w->naive.start);
		count(&w->naive, d, &want);
	}
	const struct csv_counts got = csv_counts(&w->csv);
	must(memcmp(&got, &want, sizeof(got)) == 0);
}

/* Ranges of ${step} bytes, each begun with a guess and redone if it erred. */
static void
check_ranges(struct world *w, const struct csv_dialect *d, struct span doc,
	     size_t step)
{
	size_t expected = 0;

	w->naive.next = 0;
	for (size_t at = 0; at < doc.n; at += step) {
		const size_t stop = at + step < doc.n ? at + step : doc.n;
		const size_t end = d->max_record < doc.n - stop
					   ? stop + d->max_record
					   : doc.n;
		const size_t base = at > 0 ? at - 1 : 0;
		const struct span window = {doc.p + base, end - base};
		const size_t guess = csv_resync(d, window, at - base) + base;

		must(guess >= at && guess <= end);
		if (expected >= stop)
			continue;
		/* A guess that errs is read too, and must do no harm. */
		if (guess != expected) {
			must(csv_open(&w->csv, d, w->arena, window,
				      end == doc.n) == RC_OK);
			csv_range(&w->csv, guess - base, stop - base);
			while (csv_next(&w->csv, &w->batch) == RC_OK)
				arena_reset(w->arena);
		}
		must(csv_open(&w->csv, d, w->arena, window, end == doc.n) ==
		     RC_OK);
		csv_range(&w->csv, expected - base, stop - base);
		must(compare(w, base) == RC_END);
		expected = base + csv_offset(&w->csv);
		must(expected >= stop);
	}
	while (naive_next(&w->naive))
		must(w->naive.is_blank);
}

/* Windows of ${step} bytes that grow where a record does not fit. */
static void
check_windows(struct world *w, const struct csv_dialect *d, struct span doc,
	      size_t step)
{
	size_t at = 0;
	size_t n = step;

	w->naive.next = 0;
	for (;;) {
		const size_t left = doc.n - at;
		const bool is_last = n >= left;

		must(csv_open(&w->csv, d, w->arena,
			      (struct span){doc.p + at, is_last ? left : n},
			      is_last) == RC_OK);
		const enum rc rc = compare(w, at);
		if (is_last) {
			must(rc == RC_END);
			break;
		}
		must(rc == RC_MORE);
		n = csv_offset(&w->csv) > 0 ? step : n + step;
		at += csv_offset(&w->csv);
	}
	while (naive_next(&w->naive))
		must(w->naive.is_blank);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < HEAD || size > DOC_MAX)
		return 0;
	struct world *w = calloc(1, sizeof(*w));
	must(w != NULL && (w->arena = arena_new(ARENA)) != NULL);

	const struct csv_dialect d = pick_dialect(data);
	const struct span doc = {data + HEAD, size - HEAD};
	w->batch = (struct batch){.cols = d.cols,
				  .cells = w->cells,
				  .row_at = w->row_at,
				  .row_ragged = w->ragged};
	w->naive.doc = doc;
	w->naive.d = d;
	check_whole(w, &d, doc, CPU_AVX512);
	check_whole(w, &d, doc, CPU_PORTABLE);
	check_ranges(w, &d, doc, 1 + data[6]);
	check_windows(w, &d, doc, 1 + data[7]);
	arena_free(w->arena);
	free(w);
	return 0;
}
