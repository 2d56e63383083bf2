/* A range of a table: column by column, so that each kind of value runs in a
 * loop of its own. */
#include "detect/registry/registry.h"
#include "scan/reader/reader_impl.h"

#include <stdlib.h>
#include <string.h>

enum {
	CELL_DIGITS_MIN = 9,  /* the shortest number that identifies.. */
	CELL_LETTERS_MIN = 2, /* ..with a word or a country before it */
	CELL_ADDRESS_MIN = 6, /* the shortest address of mail: a@b.cd */
};

static void
read_note_cell(const struct reading *g, const struct glance *s,
	       const struct cell *cell, struct wire_column *count)
{
	struct person *p = &g->r->persons[s->row];
	const uint64_t before = p->m.topics_said | p->m.topics_tested;

	read_note(g, p, s->text, cell->at);
	const bool named = (p->m.topics_said | p->m.topics_tested) != before;
	count->valid += named;
	tally_kind(g->t, KIND_HEALTH_NOTE, named ? KIND_VALID : KIND_WEAK);
	p->m.kinds |= UINT64_C(1) << KIND_HEALTH_NOTE;
	read_prose(g, p, s->text, cell->at, g->job->threshold);
}

static void
read_notes(const struct reading *g, const struct batch *b,
	   const struct reader_column *col)
{
	const uint32_t n = g->r->n_glances;

	for (uint32_t i = 0; i < n; i++) {
		const struct glance *s = &g->r->glances[i];

		read_note_cell(g, s, batch_cell(b, s->row, col->index),
			       col->count);
	}
	col->count->filled += n;
}

/* Can a cell that is no running text hold something that identifies? A bare
 * number there proves nothing: its check digits pass by chance, and no word
 * announces it. Looking closely costs more than reading the whole table. */
static bool
is_worth_a_look(struct span s)
{
	size_t digits = 0;
	size_t letters = 0;

	if (span_find(s, '@') < s.n)
		return true;
	if (s.n < CELL_DIGITS_MIN + CELL_LETTERS_MIN)
		return false;
	for (size_t i = 0; i < s.n; i += 8) {
		const uint64_t v = s.n - i >= 8 ? word_load8(s.p + i)
						: word_short(s.p + i, s.n - i);

		digits += word_count(word_between(v, '0', '9'));
		letters += word_count(word_between(v, 'A', 'Z') |
				      word_between(v, 'a', 'z'));
	}
	return digits >= CELL_DIGITS_MIN && letters >= CELL_LETTERS_MIN;
}

/* The same from a glance: bit 6 is set in all letters and in @, and the
 * shortest address is a@b.cd. */
static bool
may_be_worth_a_look(const struct glance *s)
{
	return s->text.n >= CELL_ADDRESS_MIN &&
	       (s->bits & (uint32_t)word_each(0x40)) != 0 &&
	       is_worth_a_look(s->text);
}

/* A column that is no kind may still hold what the sample did not show. */
static void
read_untyped(const struct reading *g, const struct batch *b,
	     const struct reader_column *col)
{
	const bool running =
		col->type == NULL || (col->type->flags & COLUMN_FREE_TEXT) != 0;
	const uint32_t threshold =
		running ? g->job->threshold : READER_CELL_SCORE;
	const uint32_t n = g->r->n_glances;

	for (uint32_t i = 0; i < n; i++) {
		const struct glance *s = &g->r->glances[i];

		if (running || may_be_worth_a_look(s))
			read_prose(g, &g->r->persons[s->row], s->text,
				   batch_cell(b, s->row, col->index)->at,
				   threshold);
	}
	if (col->count != NULL)
		col->count->filled += n;
}

static void
read_column(const struct reading *g, const struct batch *b, uint32_t c)
{
	struct reader_column col = {.index = c};

	if (c < b->cols) {
		col.type = &g->types[c];
		col.kind = kind_by_id(col.type->kind);
		col.count = &g->t->columns[c];
		col.memo = g->r->memos.of[c];
	}
	glance_column(g, b, c);
	if (g->r->n_glances == 0)
		return;
	if (col.kind == NULL)
		read_untyped(g, b, &col);
	else if (col.kind->id == KIND_HEALTH_NOTE)
		read_notes(g, b, &col);
	else
		read_typed(g, b, &col);
}

static void
read_batch(const struct reading *g, const struct batch *b)
{
	struct reader *r = g->r;
	struct wire_answer *head = &g->t->head;

	memset(r->sums, 0, BATCH_ROWS * sizeof(*r->sums));
	memset(r->kinds, 0, BATCH_ROWS * sizeof(*r->kinds));
	for (uint32_t i = 0; i < b->rows; i++)
		person_begin(&r->persons[i], (uint32_t)head->records + i);
	for (uint32_t c = 0; c <= b->cols; c++)
		read_column(g, b, c);
	for (uint32_t i = 0; i < b->rows; i++) {
		tally_number(g->t, &g->t->row_tokens,
			     row_token(&r->row_keys, r->sums[i]));
		r->persons[i].m.kinds |= r->kinds[i];
		person_end(g, &r->persons[i]);
	}
	head->records += b->rows;
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
	/* The last one is of the overflow. */
	if (rc == RC_OK && r->row_keys.n < d->cols + 1) {
		row_keys_done(&r->row_keys);
		rc = row_keys_make(&r->keys, d->cols + 1, &r->row_keys);
	}
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
	struct csv *c = &r->csv;
	size_t first;
	enum rc rc = open_table(g, c, &first);

	if (rc != RC_OK)
		return rc;
	g->decode = !g->w.wide;
	if (g->job->begin == 0)
		read_above(g, first);
	while ((rc = csv_next(c, &r->batch)) == RC_OK) {
		const size_t mark = arena_mark(r->text);

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
