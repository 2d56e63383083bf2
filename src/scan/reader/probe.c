/* How a document is to be understood: its kind, charset, dialect, columns. */
#include "scan/reader/reader_impl.h"

#include <stdlib.h>
#include <string.h>

enum {
	HEAD_BYTES = 256 << 10,  /* from the start of the document */
	BLOCK_BYTES = 128 << 10, /* and in some places further on, */
	BLOCKS = 14,             /* so that columns that start empty, or change,
				    are seen */
	BLOCK_AHEAD = 16 << 10,
	SAMPLE_BYTES = 512 << 20,
	SAMPLE_CELLS_MAX = 2 << 20, /* cells kept for the typing */
};

/* The sample of a table. */
struct sample {
	struct arena *a; /* cells, and the text they are in */
	struct batch batches[COLUMN_ROWS_MAX / BATCH_ROWS + BLOCKS + 1];
	size_t n;
	size_t room;
	uint64_t rows;
};

static bool
sample_is_full(const struct sample *s)
{
	return s->n == s->room || s->rows >= COLUMN_ROWS_MAX;
}

/* A copy of ${b} whose cells lie in the arena of ${s}, in UTF-8. */
static enum rc
sample_keep(struct sample *s, const struct batch *b, enum charset charset)
{
	struct batch *to = &s->batches[s->n];
	const size_t cells = (size_t)(b->cols + 1) * BATCH_STRIDE;

	*to = (struct batch){.rows = b->rows, .cols = b->cols};
	to->cells = ARENA_ARRAY(s->a, cells, struct cell);
	to->row_at = ARENA_ARRAY(s->a, BATCH_ROWS, uint32_t);
	to->row_ragged = ARENA_ARRAY(s->a, BATCH_ROWS, uint8_t);
	if (to->cells == NULL || to->row_at == NULL || to->row_ragged == NULL)
		return RC_LIMIT;
	for (size_t i = 0; i < cells; i++) {
		const struct cell *from = &b->cells[i];

		if (i % BATCH_STRIDE >= b->rows || from->n == 0)
			continue;
		uint8_t *p = ARENA_ARRAY(s->a, from->n, uint8_t);
		if (p == NULL)
			return RC_LIMIT;
		memcpy(p, from->p, from->n);
		to->cells[i] = (struct cell){p, from->n, from->at};
	}
	if (charset_is_ascii_superset(charset))
		batch_decode(charset, to, s->a);
	s->n++;
	s->rows += b->rows;
	return RC_OK;
}

/* Take the records that start in [from, stop) of a window, as far as there is
 * room, but no more than ${most} batches. */
static enum rc
sample_window(struct reader *r, struct sample *s, const struct wire_plan *plan,
	      const struct window *w, size_t from, size_t most)
{
	struct csv c;
	enum rc rc = csv_open(&c, &plan->dialect, r->copies, w->text, w->last);

	if (rc != RC_OK)
		return rc;
	csv_range(&c, from, w->text.n);
	for (size_t i = 0; i < most && !sample_is_full(s); i++) {
		rc = csv_next(&c, &r->batch);
		if (rc != RC_OK)
			break;
		rc = sample_keep(s, &r->batch, plan->charset.charset);
		arena_reset(r->copies);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* Blocks from all over the document. */
static enum rc
sample_blocks(struct reader *r, int fd, const struct wire_range *job,
	      const struct wire_plan *plan, struct sample *s)
{
	const uint64_t unit = charset_unit(plan->charset.charset);
	const uint64_t step = (job->size - HEAD_BYTES) / (BLOCKS + 1);

	for (uint64_t k = 1; k <= BLOCKS && !sample_is_full(s); k++) {
		const uint64_t raw = HEAD_BYTES + k * step;
		const uint64_t at =
			raw - raw % (2 * unit) + plan->charset.bom_bytes % unit;
		struct window w;
		const size_t mark = arena_mark(r->text);
		enum rc rc = window_read(
			r, fd, plan->charset.charset, job, at,
			at + (BLOCK_BYTES + BLOCK_AHEAD) * unit, &w);

		if (rc == RC_OK)
			rc = sample_window(
				r, s, plan, &w,
				csv_resync(&plan->dialect, w.text, 0), 1);
		arena_rewind(r->text, mark);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* The header's cells in UTF-8; NULL if there is none or it cannot be read. */
static struct span *
read_header(struct reader *r, struct sample *s, const struct wire_plan *plan,
	    const struct window *w)
{
	const uint32_t cols = plan->cols;
	struct csv c;

	if (plan->header == 0)
		return NULL;
	struct span *header = ARENA_ARRAY(s->a, cols, struct span);
	if (header == NULL ||
	    csv_open(&c, &plan->dialect, r->copies, w->text, w->last) != RC_OK)
		return NULL;
	csv_range(&c, plan->csv.skip_bytes, plan->csv.skip_bytes + 1);
	if (csv_next(&c, &r->batch) != RC_OK || r->batch.rows != 1)
		return NULL;
	if (sample_keep(s, &r->batch, plan->charset.charset) != RC_OK)
		return NULL;
	s->n--;
	s->rows--;
	for (uint32_t i = 0; i < cols; i++)
		header[i] = cell_span(batch_cell(&s->batches[s->n], 0, i));
	return header;
}

static enum rc
type_columns(struct reader *r, int fd, const struct wire_range *job,
	     struct wire_plan *plan, const struct window *head,
	     struct column_type *types)
{
	struct sample s = {.a = arena_new(SAMPLE_BYTES)};
	const size_t per_batch = (size_t)(plan->cols + 1) * BATCH_STRIDE;

	if (s.a == NULL)
		return RC_NOMEM;
	s.room = SAMPLE_CELLS_MAX / per_batch + 2;
	if (s.room > COUNT_OF(s.batches) - 1)
		s.room = COUNT_OF(s.batches) - 1;
	enum rc rc = window_batch(r, plan->cols);
	const struct span *header =
		rc == RC_OK ? read_header(r, &s, plan, head) : NULL;
	const bool big = job->size > 4 * (uint64_t)HEAD_BYTES &&
			 job->last != 0 && job->file_at == 0;
	if (rc == RC_OK)
		rc = sample_window(r, &s, plan, head,
				   window_text(head, plan->data_at),
				   big ? 2 : COUNT_OF(s.batches));
	if (rc == RC_OK && big)
		rc = sample_blocks(r, fd, job, plan, &s);
	plan->sampled_rows = s.rows;
	const struct column_input in = {.header = header,
					.batches = s.batches,
					.n_batches = s.n,
					.cols = plan->cols};
	if (rc == RC_OK || rc == RC_LIMIT)
		rc = column_type(&in, s.a, types);
	arena_free(s.a);
	return rc;
}

/* What kind of file its bytes say it is. False: it is not to be read. */
static bool
sniff_kind_of(struct wire_plan *plan, struct span bytes, uint64_t size)
{
	size_t n;
	const struct sniff_kind *kinds = sniff_kinds(&n);
	struct sniff s;

	const bool decided = sniff_bytes(bytes, size, &s);
	charset_detect(bytes, bytes.n == size, &plan->charset);
	if (!decided && plan->charset.charset == CHARSET_NONE)
		s.kind = sniff_binary();
	if (!decided && plan->charset.charset != CHARSET_NONE)
		return true;
	plan->kind = (uint32_t)(s.kind - kinds);
	plan->locked = s.locked;
	if (s.kind->family == SNIFF_EMPTY) {
		plan->format = WIRE_EMPTY;
		return false;
	}
	if (sniff_is_read(s.kind))
		return plan->charset.charset != CHARSET_NONE;
	plan->format = WIRE_UNREAD;
	return false;
}

static enum wire_reason
reason_of(const struct wire_plan *plan)
{
	size_t n;
	const struct sniff_kind *k = &sniff_kinds(&n)[plan->kind];

	if (plan->locked != 0 || k->family == SNIFF_ENCRYPTED)
		return WIRE_WHY_ENCRYPTED;
	if (k->family == SNIFF_ARCHIVE)
		return WIRE_WHY_ARCHIVE;
	if (k->family == SNIFF_PICTURE)
		return WIRE_WHY_PICTURE;
	return k->family == SNIFF_BINARY ? WIRE_WHY_UNKNOWN : WIRE_WHY_BINARY;
}

/* Name the kind of text that the head is, for the media type. */
static void
name_text(struct wire_plan *plan, const struct window *head)
{
	size_t n;
	const struct sniff_kind *kinds = sniff_kinds(&n);
	struct sniff s;

	sniff_text(head->text, head->last, &s);
	plan->kind = (uint32_t)(s.kind - kinds);
}

static enum rc
probe_text(struct reader *r, const struct window *head, struct wire_plan *plan)
{
	(void)r;
	const bool blocks = text_has_blocks(head->text);

	plan->format = WIRE_TEXT;
	plan->unit = blocks ? TEXT_BLOCKS : TEXT_LINES;
	plan->data_at = plan->charset.bom_bytes;
	return RC_OK;
}

/* A table as we write it ourselves: there is nothing to guess. False: it has no
 * header to its end. */
static bool
read_canonical(struct span text, struct csv_sniff *ret)
{
	bool quoted = false;
	uint32_t cols = 1;

	for (size_t i = 0; i < text.n; i++) {
		const uint8_t b = text.p[i];

		quoted ^= b == '"';
		cols += !quoted && b == ',';
		if (quoted || b != '\n')
			continue;
		*ret = (struct csv_sniff){
			.is_table = cols <= BATCH_COLS_MAX,
			.has_header = true,
			.confidence = 1,
			.header_score = 1,
			.header_bytes = (uint32_t)i + 1,
			.dialect = {.delimiter = ',',
				    .quote = '"',
				    .newline = CSV_LF,
				    .cols = cols,
				    .max_record = CSV_RECORD_MAX},
		};
		return true;
	}
	return false;
}

/* A document that is text: a table, or lines. */
static enum rc
probe_format(struct reader *r, int fd, const struct wire_range *job,
	     struct wire_plan *plan, struct column_type *types)
{
	struct window head;
	const uint64_t begin = job->file_at + plan->charset.bom_bytes;
	const uint64_t bytes =
		HEAD_BYTES * (uint64_t)charset_unit(plan->charset.charset);
	enum rc rc = window_read(r, fd, plan->charset.charset, job, begin,
				 begin + bytes, &head);

	if (rc != RC_OK)
		return rc;
	name_text(plan, &head);
	const size_t mark = arena_mark(r->text);
	const bool canonical =
		job->table != 0 && read_canonical(head.text, &plan->csv);
	if (!canonical)
		rc = csv_sniff(head.text, head.last, &plan->csv);
	size_t n;
	const bool grammar = !canonical && sniff_kinds(&n)[plan->kind].family ==
						   SNIFF_RECORDS;
	if (rc != RC_OK || !plan->csv.is_table || grammar)
		return rc == RC_OK ? probe_text(r, &head, plan) : rc;

	plan->format = WIRE_CSV;
	plan->dialect = plan->csv.dialect;
	plan->cols = plan->dialect.cols;
	plan->header = plan->csv.has_header;
	plan->data_at = window_source(&head, plan->csv.skip_bytes +
						     plan->csv.header_bytes);
	rc = type_columns(r, fd, job, plan, &head, types);
	arena_rewind(r->text, mark);
	return rc;
}

static enum rc
probe_table(struct reader *r, int fd, const struct wire_range *job,
	    struct wire_plan *plan, struct column_type *types)
{
	plan->charset = (struct charset_guess){.charset = CHARSET_UTF8,
					       .confidence = 100};
	return probe_format(r, fd, job, plan, types);
}

enum rc
probe_document(struct reader *r, int fd, const struct wire_range *job, int out)
{
	struct wire_plan *plan = calloc(1, sizeof(*plan));
	struct column_type *types = calloc(BATCH_COLS_MAX, sizeof(*types));
	struct window raw;
	enum rc rc = RC_NOMEM;

	if (plan == NULL || types == NULL)
		goto out;
	rc = window_read(r, fd, CHARSET_NONE, job, job->file_at,
			 job->file_at + HEAD_BYTES, &raw);
	if (rc != RC_OK)
		goto out;
	/* Nothing is left of a file that had bytes: it is not an empty one. */
	if (raw.shrank && raw.text.n == 0)
		plan->reason = WIRE_WHY_SHRANK;
	else if (job->table != 0)
		rc = probe_table(r, fd, job, plan, types);
	else if (sniff_kind_of(plan, raw.text,
			       job->last != 0 ? job->size : SNIFF_SIZE_UNKNOWN))
		rc = probe_format(r, fd, job, plan, types);
	else if (plan->format == WIRE_UNREAD)
		plan->reason = reason_of(plan);
	if (rc == RC_OK)
		rc = wire_plan_save(out, plan, types);
out:
	free(plan);
	free(types);
	return rc;
}
