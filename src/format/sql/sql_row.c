#include "format/sql/sql_impl.h"

#include <string.h>

enum { LOOK_MAX = 64 }; /* blanks between two rows, after a broken one */

void
sql_row_begin(struct sql *q)
{
	q->row = q->out.n;
	q->cells = 0;
	q->literals = 0;
	q->has_code = false;
	q->is_cut = false;
	q->is_long = false;
}

void
sql_row_cell(struct sql *q)
{
	struct sql_cells *c = &q->out;

	if (c->n - q->row > SQL_ROW_MAX || q->cells == PARTS_COLUMNS_MAX)
		q->is_long = true;
	if (q->is_long)
		c->n = q->row;
	else if (q->cells++ > 0)
		c->p[c->n++] = ',';
	sql_cell_begin(c, q->is_long ? 0 : SQL_CELL_MAX);
}

void
sql_row_drop(struct sql *q)
{
	q->out.n = q->row;
}

/* Finds out what columns the table has from its first row. */
static void
settle_columns(struct sql *q)
{
	struct sql_head *h = &q->head;

	/* A table may have got columns since it was created, or hide some. */
	if (h->cols == 0 || (h->is_declared && h->cols != q->cells))
		sql_head_number(q, q->cells);
	q->is_same = q->has_part && sql_head_equal(h, &q->part);
}

void
sql_row_end(struct sql *q)
{
	struct sql_cells *c = &q->out;

	if (c->n - q->row > SQL_ROW_MAX || q->is_long) {
		sql_row_drop(q);
		q->skipped++;
		return;
	}
	if (q->literals == 0 && q->has_code) {
		sql_row_drop(q);
		q->skipped += !q->in_code;
		return;
	}
	if (q->head_rows == 0)
		settle_columns(q);
	if (q->cells != q->head.cols) {
		sql_row_drop(q);
		q->skipped++;
		return;
	}
	/* A line without a byte would be no row of a table. */
	if (c->n == q->row) {
		c->p[c->n++] = '"';
		c->p[c->n++] = '"';
	}
	c->p[c->n++] = '\n';
	q->head_rows++;
	q->skipped += q->is_cut;
	q->is_pending = !q->is_same;
}

/* How many blanks stand at the byte ${i} further on. */
static size_t
blanks_at(struct sql *q, size_t i, bool *ret_line)
{
	size_t n = 0;

	for (int b;
	     n < LOOK_MAX && (b = sql_peek_at(&q->in, i + n)) >= 0 && b <= ' ';
	     n++)
		*ret_line |= b == '\n';
	return n;
}

/* Goes to the next row after one that could not be read: to what stands
 * between rows, or behind the last of a statement, be it in quotes or not. */
static void
find_row(struct sql *q)
{
	struct sql_source *s = &q->in;

	if (sql_peek(s) == ';')
		return;
	while (sql_peek(s) >= 0) {
		const uint8_t *p = memchr(s->buf + s->at, ')', s->end - s->at);
		bool line = false;

		s->at = p == NULL ? s->end : (size_t)(p - s->buf) + 1;
		if (p == NULL)
			continue;
		size_t i = blanks_at(q, 0, &line);
		const int b = sql_peek_at(s, i);
		if (b == ';')
			return;
		if (b == ',') {
			i += 1 + blanks_at(q, i + 1, &line);
			if (sql_peek_at(s, i) != '(')
				continue;
			s->at += i;
			return;
		}
		if (!line)
			continue;
		const size_t here = s->at;
		const uint64_t gone = s->gone;
		s->at += i;
		if (sql_is_word(q, "insert") || sql_is_word(q, "go"))
			return;
		s->at = here - (size_t)(s->gone - gone);
	}
}

/* Reads the values up to the bracket that closes the row. */
static bool
values(struct sql *q)
{
	for (;;) {
		sql_gap(q);
		sql_row_cell(q);
		if (!sql_value(q))
			return false;
		sql_cell_end(&q->out);
		q->is_cut |= q->out.is_cut;
		if (q->in.buf[q->in.at++] == ')')
			return true;
	}
}

/* Reads what stands behind the last row. */
static void
leave(struct sql *q)
{
	char word[SQL_WORD_MAX];

	q->state = SQL_STATEMENT;
	if (sql_take_delimiter(q))
		return;
	if (sql_peek(&q->in) == ';') {
		q->in.at++;
		return;
	}
	/* INSERT ALL INTO a VALUES (..) INTO b VALUES (..) SELECT .. */
	if (sql_is_word(q, "into")) {
		(void)sql_word(q, word);
		sql_into(q);
		return;
	}
	if (sql_is_word(q, "insert") || sql_is_word(q, "go"))
		return;
	sql_skip_statement(q);
}

void
sql_tuple(struct sql *q)
{
	char word[SQL_WORD_MAX];

	sql_gap(q);
	if (sql_peek(&q->in) == ',') {
		q->in.at++;
		sql_gap(q);
	}
	if (sql_peek(&q->in) != '(' && sql_is_word(q, "row")) {
		(void)sql_word(q, word);
		sql_gap(q);
	}
	if (sql_peek(&q->in) != '(') {
		leave(q);
		return;
	}
	q->in.at++;
	sql_row_begin(q);
	if (!values(q)) {
		sql_row_drop(q);
		q->skipped++;
		find_row(q);
		return;
	}
	/* No further: the row may begin a part, and needs its head. */
	sql_row_end(q);
}
