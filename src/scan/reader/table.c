/* A range of a table: column by column, so that each kind of value runs in a
 * loop of its own. */
#include "detect/address/address.h"
#include "detect/birthdate/birthdate.h"
#include "detect/registry/registry.h"
#include "scan/reader/reader_impl.h"

#include <stdlib.h>
#include <string.h>

enum {
	CELL_DIGITS_MIN = 9,  /* the shortest number that identifies.. */
	CELL_LETTERS_MIN = 2, /* ..with a word or a country before it */
};

/* One column of a batch. */
struct column {
	const struct column_type *type;
	const struct kind *kind; /* NULL: no kind */
	struct memo *memo;       /* NULL: test each time */
	struct wire_column *count;
	uint32_t index;
};

static enum kind_verdict
test_birth_date(struct span cell, enum date_order order, struct norm *norm)
{
	uint32_t date;
	const enum kind_verdict v = birthdate_parse(cell, order, &date);

	if (v == KIND_NO)
		return v;
	norm->n = 8;
	for (size_t i = 8; i-- > 0; date /= 10)
		norm->p[i] = (uint8_t)('0' + date % 10);
	return v;
}

/* Test a cell as its column says it is. */
static enum kind_verdict
test_cell(const struct column *col, struct span cell, struct norm *norm)
{
	if (col->type->kind == KIND_BIRTH_DATE)
		return test_birth_date(
			cell, (enum date_order)col->type->date_order, norm);
	if (col->type->kind == KIND_ADDRESS_POSTCODE) {
		const bool repair =
			(col->type->flags & COLUMN_POSTCODE_REPAIR) != 0;

		return address_postcode_parse(cell, repair, norm->p, &norm->n);
	}
	return memo_test(col->memo, col->kind, cell, norm);
}

static void
finding(const struct reading *g, const struct column *col,
	const struct cell *cell, enum kind_verdict v)
{
	if (g->job->findings == 0)
		return;
	const uint8_t score =
		v == KIND_VALID ? PROSE_SCORE_CERTAIN : PROSE_SCORE_WORDS;
	tally_finding(g, &(struct wire_finding){
				 .at = window_source(&g->w, cell->at),
				 .n = cell->n,
				 .kind = col->type->kind,
				 .verdict = (uint8_t)v,
				 .score = score,
			 });
}

/* Tokens of the identifying values of one column of a batch. */
static void
take_tokens(const struct reading *g, enum kind_id kind,
	    const struct span *values, size_t n)
{
	struct token *tokens = g->r->tokens;

	token_batch(&g->r->keys, kind, values, n, tokens);
	for (size_t i = 0; i < n; i++) {
		uint64_t token;

		memcpy(&token, tokens[i].b, sizeof(token));
		if (!list_add(&g->t->id_tokens, &token))
			g->t->full = true;
	}
}

/* A cell that is not what its column is: somebody wrote something else there,
 * and it must not be lost. */
static void
refuse_cell(const struct reading *g, const struct column *col, struct person *p,
	    const struct cell *cell)
{
	col->count->refused++;
	read_prose(g, p, cell_span(cell), cell->at, READER_CELL_SCORE);
}

static void
read_typed(const struct reading *g, const struct batch *b,
	   const struct column *col)
{
	struct span *values = g->r->values;
	size_t n = 0;

	for (uint32_t i = 0; i < b->rows; i++) {
		const struct cell *cell = batch_cell(b, i, col->index);
		const struct span text = span_trim(cell_span(cell));
		struct norm *norm = &g->r->norms[i];
		struct person *p = &g->r->persons[i];

		if (text.n == 0)
			continue;
		col->count->filled++;
		const enum kind_verdict v = test_cell(col, text, norm);
		if (v == KIND_NO) {
			refuse_cell(g, col, p, cell);
			continue;
		}
		col->count->valid += v == KIND_VALID;
		col->count->weak += v == KIND_WEAK;
		tally_kind(g->t, col->type->kind, v);
		finding(g, col, cell, v);
		if (col->kind->identifies)
			values[n++] = (struct span){norm->p, norm->n};
		person_take(g, p, col->type, v, norm, text);
	}
	if (n > 0)
		take_tokens(g, col->type->kind, values, n);
}

static void
read_notes(const struct reading *g, const struct batch *b,
	   const struct column *col)
{
	for (uint32_t i = 0; i < b->rows; i++) {
		const struct cell *cell = batch_cell(b, i, col->index);
		struct person *p = &g->r->persons[i];

		if (cell->n == 0)
			continue;
		const uint64_t before = p->m.topics_said | p->m.topics_tested;
		col->count->filled++;
		read_note(g, p, cell_span(cell), cell->at);
		const bool named =
			(p->m.topics_said | p->m.topics_tested) != before;
		col->count->valid += named;
		tally_kind(g->t, KIND_HEALTH_NOTE,
			   named ? KIND_VALID : KIND_WEAK);
		p->m.kinds |= UINT64_C(1) << KIND_HEALTH_NOTE;
		read_prose(g, p, cell_span(cell), cell->at, g->job->threshold);
	}
}

/* Can a cell that is no running text hold something that identifies? A bare
 * number there proves nothing: its check digits pass by chance, and no word
 * announces it. Looking closely costs more than reading the whole table. */
static bool
is_worth_a_look(struct span s)
{
	size_t digits = 0;
	size_t letters = 0;

	for (size_t i = 0; i < s.n; i++) {
		digits += is_digit(s.p[i]);
		letters += is_alpha(s.p[i]);
		if (s.p[i] == '@')
			return true;
	}
	return digits >= CELL_DIGITS_MIN && letters >= CELL_LETTERS_MIN;
}

/* A column that is no kind may still hold what the sample did not show. */
static void
read_untyped(const struct reading *g, const struct batch *b,
	     const struct column *col)
{
	const bool running =
		col->type == NULL || (col->type->flags & COLUMN_FREE_TEXT) != 0;
	const uint32_t threshold =
		running ? g->job->threshold : READER_CELL_SCORE;

	for (uint32_t i = 0; i < b->rows; i++) {
		const struct cell *cell = batch_cell(b, i, col->index);

		if (cell->n == 0)
			continue;
		if (col->count != NULL)
			col->count->filled++;
		if (!running && !is_worth_a_look(cell_span(cell)))
			continue;
		read_prose(g, &g->r->persons[i], cell_span(cell), cell->at,
			   threshold);
	}
}

/* The token of a record is made of its cells in their order, trimmed: the same
 * record with another delimiter or other quotes has the same token. */
static void
row_token(const struct reading *g, const struct batch *b, uint32_t row)
{
	struct reader *r = g->r;
	size_t n = 0;

	for (uint32_t c = 0; c <= b->cols; c++) {
		const struct span s =
			span_trim(cell_span(batch_cell(b, row, c)));

		if (s.n + 1 > r->row_text_bytes - n)
			break;
		if (s.n > 0)
			memcpy(r->row_text + n, s.p, s.n);
		n += s.n;
		r->row_text[n++] = 0x1F;
	}
	const uint64_t token = token64(&r->keys, (struct span){r->row_text, n});
	if (!list_add(&g->t->row_tokens, &token))
		g->t->full = true;
}

static void
read_batch(const struct reading *g, const struct batch *b)
{
	struct wire_answer *head = &g->t->head;

	for (uint32_t i = 0; i < b->rows; i++)
		person_begin(&g->r->persons[i], (uint32_t)head->records + i);
	for (uint32_t c = 0; c <= b->cols; c++) {
		struct column col = {.index = c};

		if (c < b->cols) {
			col.type = &g->types[c];
			col.kind = kind_by_id(col.type->kind);
			col.count = &g->t->columns[c];
			col.memo = g->memos == NULL ? NULL : g->memos[c];
		}
		if (col.kind == NULL)
			read_untyped(g, b, &col);
		else if (col.kind->id == KIND_HEALTH_NOTE)
			read_notes(g, b, &col);
		else
			read_typed(g, b, &col);
	}
	for (uint32_t i = 0; i < b->rows; i++) {
		row_token(g, b, i);
		person_end(g, &g->r->persons[i]);
	}
	head->records += b->rows;
}

static bool
needs_decoding(const struct reading *g)
{
	return !g->w.wide && !span_is_ascii(g->w.text);
}

static enum rc
open_table(struct reading *g, struct csv *c, size_t *ret_first)
{
	struct reader *r = g->r;
	const struct csv_dialect *d = &g->plan->dialect;
	const size_t from = window_text(
		&g->w, g->job->exact != 0 ? g->job->start : g->job->begin);
	enum rc rc = csv_open(c, d, r->copies, g->w.text, g->w.last);

	if (rc == RC_OK)
		rc = window_batch(r, d->cols);
	if (rc != RC_OK)
		return rc;
	*ret_first = g->job->exact != 0 ? from : csv_resync(d, g->w.text, from);
	csv_range(c, *ret_first, window_text(&g->w, g->job->end));
	return RC_OK;
}

/* Titles, comments and the header are no records, but may name people; and a
 * first record may have been taken for a header. */
static void
read_above(const struct reading *g, size_t end)
{
	const struct span all = {g->w.text.p, end};

	for (size_t at = 0; at < all.n;) {
		const uint8_t *p = all.p + at;
		const uint8_t *nl = memchr(p, '\n', all.n - at);
		const size_t n = nl == NULL ? all.n - at : (size_t)(nl - p) + 1;

		read_line(g, &g->r->persons[0], (struct span){p, n}, at);
		at += n;
	}
}

enum rc
read_table(struct reading *g)
{
	struct reader *r = g->r;
	struct wire_answer *head = &g->t->head;
	const bool decode = needs_decoding(g);
	struct csv *c = &r->csv;
	size_t first;
	enum rc rc = open_table(g, c, &first);

	if (rc != RC_OK)
		return rc;
	if (g->job->begin == 0)
		read_above(g, first);
	while ((rc = csv_next(c, &r->batch)) == RC_OK) {
		const size_t mark = arena_mark(r->text);

		if (decode)
			batch_decode(g->plan->charset.charset, &r->batch,
				     r->text);
		read_batch(g, &r->batch);
		arena_rewind(r->text, mark);
		arena_reset(r->copies);
	}
	const struct csv_counts counts = csv_counts(c);
	head->malformed = counts.malformed;
	head->ragged = counts.ragged;
	head->blank = counts.blank;
	head->first = window_source(&g->w, first);
	head->next = window_source(&g->w, csv_offset(c));
	return rc == RC_END || rc == RC_MORE ? RC_OK : rc;
}
