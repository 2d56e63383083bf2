#include "scan/column/column.h"

#include "detect/registry/registry.h"
#include "scan/column/column_impl.h"

#include <string.h>

/* Rows that are looked at: fewer of a very wide table. */
static uint32_t
rows_for(uint32_t cols)
{
	const uint32_t fit = cols == 0 ? COLUMN_ROWS_MAX : CELLS_MAX / cols;

	if (fit >= COLUMN_ROWS_MAX)
		return COLUMN_ROWS_MAX;
	return fit < ROWS_LEAST ? (uint32_t)ROWS_LEAST : fit;
}

_Static_assert(MAP_SLOTS >= 2 * COLUMN_ROWS_MAX, "a map must hold the rows");

size_t
column_scratch_bytes(uint32_t cols)
{
	const size_t rows = rows_for(cols);
	const size_t each = rows * sizeof(uint64_t) + sizeof(struct profile) +
			    sizeof(struct header_hint) + 64;

	return cols * each + rows * 4 * sizeof(uint32_t) +
	       MAP_SLOTS * sizeof(struct slot) + 4096;
}

struct span
table_cell(const struct table *t, uint32_t row, uint32_t col)
{
	const struct batch *b = &t->in->batches[t->row_batch[row]];

	if (col >= b->cols)
		return (struct span){NULL, 0};
	const struct span s = cell_span(batch_cell(b, t->row_row[row], col));

	/* Most cells need no trimming: neither blanks nor NBSP at an end. */
	if (s.n == 0 || (s.p[0] > ' ' && s.p[0] != 0xC2 && s.p[s.n - 1] > ' ' &&
			 s.p[s.n - 1] != 0xA0))
		return s;
	return span_trim(s);
}

/* Choose rows evenly from the whole sample. */
static void
choose_rows(struct table *t, uint32_t *batch_of, uint32_t *row_of)
{
	const struct column_input *in = t->in;
	const uint32_t most = t->rows;
	uint64_t total = 0;
	uint64_t at = 0;
	uint64_t credit = 0;

	for (size_t b = 0; b < in->n_batches; b++)
		total += in->batches[b].rows;
	if (total < t->rows)
		t->rows = (uint32_t)total;
	const uint64_t want = t->rows;

	for (size_t b = 0; b < in->n_batches; b++) {
		for (uint32_t r = 0; r < in->batches[b].rows; r++) {
			/* Row by row, want of total: no drift. */
			credit += want;
			if (credit < total || at == most)
				continue;
			credit -= total;
			batch_of[at] = (uint32_t)b;
			row_of[at] = r;
			at++;
		}
	}
	t->rows = (uint32_t)at;
	t->slots = 16;
	while (t->slots < 2 * (size_t)t->rows)
		t->slots *= 2;
	t->row_batch = batch_of;
	t->row_row = row_of;
}

/* Take all that is needed from ${a}. */
static bool
take_memory(struct table *t, struct arena *a)
{
	uint32_t *batch_of = ARENA_ARRAY(a, t->rows, uint32_t);
	uint32_t *row_of = ARENA_ARRAY(a, t->rows, uint32_t);

	t->profiles = ARENA_ARRAY(a, t->cols, struct profile);
	t->hints = ARENA_ARRAY(a, t->cols, struct header_hint);
	t->map = ARENA_ARRAY(a, MAP_SLOTS, struct slot);
	if (batch_of == NULL || row_of == NULL || t->profiles == NULL ||
	    t->hints == NULL || t->map == NULL)
		return false;
	choose_rows(t, batch_of, row_of);
	t->hash = ARENA_ARRAY(a, (size_t)t->cols * t->rows + 1, uint64_t);
	return t->hash != NULL;
}

static struct span
header_of(const struct table *t, uint32_t col)
{
	if (t->in->header == NULL)
		return (struct span){NULL, 0};
	return span_trim(t->in->header[col]);
}

/* Does a header hold what only data hold? */
static bool
is_data(struct span s)
{
	static const uint8_t sure[] = {KIND_EMAIL, KIND_FR_NIR,   KIND_FR_RPPS,
				       KIND_IBAN,  KIND_FR_SIRET, KIND_PHONE};
	struct norm norm;

	for (size_t i = 0; i < COUNT_OF(sure); i++) {
		const struct kind *k = kind_by_id((enum kind_id)sure[i]);

		if (k != NULL && k->test(s, &norm) == KIND_VALID)
			return true;
	}
	return false;
}

/* A header line names columns in words of ours; a row of data that was taken
 * for one does not, and nothing of it may be printed. */
static bool
is_header_line(const struct table *t)
{
	uint32_t filled = 0;
	uint32_t ours = 0;

	for (uint32_t c = 0; c < t->cols; c++) {
		const struct span s = header_of(t, c);

		if (s.n == 0)
			continue;
		if (is_data(s))
			return false;
		filled++;
		ours += header_is_ours(s, true);
	}
	return filled > 0 && ours * 2 >= filled;
}

static void
name_columns(struct table *t)
{
	for (uint32_t c = 0; c < t->cols; c++) {
		const struct span s = header_of(t, c);
		const bool ours = t->headers && header_is_ours(s, true);

		header_name(s, c, ours, t->types[c].name);
	}
}

static void
judge(struct table *t)
{
	t->headers = is_header_line(t);
	name_columns(t);
	for (uint32_t c = 0; c < t->cols; c++) {
		header_read(header_of(t, c), &t->hints[c]);
		profile_column(t, c);
		judge_column(t, c);
	}
	judge_together(t);
	judge_roles(t);
	judge_pairs(t);
}

enum rc
column_type(const struct column_input *in, struct arena *scratch,
	    struct column_type *ret)
{
	struct table t = {
		.in = in,
		.cols = in->cols < BATCH_COLS_MAX ? in->cols
						  : (uint32_t)BATCH_COLS_MAX,
		.rows = rows_for(in->cols),
		.types = ret,
	};
	const size_t mark = arena_mark(scratch);

	memset(ret, 0, in->cols * sizeof(*ret));
	for (uint32_t c = 0; c < in->cols; c++) {
		ret[c].index = (uint16_t)c;
		header_name((struct span){NULL, 0}, c, false, ret[c].name);
	}
	if (!take_memory(&t, scratch)) {
		arena_rewind(scratch, mark);
		return RC_LIMIT;
	}
	judge(&t);
	arena_rewind(scratch, mark);
	return RC_OK;
}

bool
column_header(struct span header, struct column_type *ret)
{
	struct header_hint h;
	const uint16_t index = ret->index;

	header = span_trim(header);
	header_read(header, &h);
	*ret = (struct column_type){
		.kind = h.kind,
		.index = index,
		.header_strength = h.strength,
		.why = h.strength > 0 ? COLUMN_BY_HEADER : 0,
		.confidence = (uint8_t)(h.strength * 30),
	};
	ret->role = role_by_header(&h, h.kind);
	header_name(header, index, header_is_ours(header, false), ret->name);
	return h.kind != KIND_NONE;
}
