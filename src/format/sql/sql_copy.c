/*
 * COPY of PostgreSQL: lines of cells parted by tabs, with backslashes, up to a
 * line of a backslash and a dot.
 */
#include "format/sql/sql_impl.h"

/* Reads the options up to the end of the statement. Returns false if they say
 * that what follows is written in another way. */
static bool
options(struct sql *q)
{
	struct sql_source *s = &q->in;
	char word[SQL_WORD_MAX];
	bool is_usual = true;

	for (int b; sql_gap(q), (b = sql_peek(s)) >= 0 && b != ';';) {
		if (!sql_word_byte(b)) {
			s->at++;
			continue;
		}
		(void)sql_word(q, word);
		if (sql_one_of(word, " csv binary delimiter delimiters null "))
			is_usual = false;
	}
	return is_usual;
}

void
sql_copy(struct sql *q)
{
	char word[SQL_WORD_MAX];

	sql_gap(q);
	q->lead_n = 0;
	q->head_rows = 0;
	if (!sql_head_name(q)) {
		sql_skip_statement(q);
		return;
	}
	sql_gap(q);
	if (sql_peek(&q->in) == '(') {
		q->in.at++;
		const uint32_t cols = sql_columns(q);
		q->head.cols = 0;
		if (cols > 0)
			sql_head_take(q, cols);
	} else {
		sql_head_find(q);
	}
	sql_gap(q);
	const bool from = sql_word(q, word) > 0 && sql_one_of(word, " from ");
	sql_gap(q);
	if (!from || !sql_is_word(q, "stdin")) {
		sql_skip_statement(q);
		return;
	}
	q->is_unread = !options(q);
	sql_line(q);
	q->state = SQL_COPY;
}

/* The end of the rows, or of the script? */
static bool
is_end(struct sql *q)
{
	struct sql_source *s = &q->in;

	if (sql_peek(s) != '\\')
		return sql_peek(s) < 0;
	if (sql_peek_at(s, 1) != '.')
		return false;
	const int after = sql_peek_at(s, 2);
	return after < ' ';
}

static bool
is_null(struct sql *q)
{
	struct sql_source *s = &q->in;
	int after;

	if (sql_peek(s) != '\\' || sql_peek_at(s, 1) != 'N')
		return false;
	after = sql_peek_at(s, 2);
	if (after >= ' ')
		return false;
	s->at += 2;
	return true;
}

/* Reads a cell. Returns the byte that ended it; -1: the script ends in it. */
static int
cell(struct sql *q)
{
	struct sql_source *s = &q->in;
	struct sql_cells *c = &q->out;
	size_t written = c->n; /* up to here, with escapes */

	for (;;) {
		int b = sql_peek(s);

		if (b != '\t' && b != '\\' && b != '\n') {
			sql_put_run(c, s, SQL_COPY_END | SQL_BACKSLASH);
			b = sql_peek(s);
		}
		if (b < 0)
			return -1;
		if (b == '\\') {
			if (c->n == c->cell && is_null(q))
				continue;
			s->at++;
			sql_escape(q, c);
			written = c->n;
		} else if (b == '\t' || b == '\n') {
			s->at++;
			/* A raw CR ends a line with the LF. */
			if (b == '\n' && c->n > written &&
			    c->p[c->n - 1] == '\r')
				c->n--;
			return b;
		}
	}
}

void
sql_copy_row(struct sql *q)
{
	int b;

	if (is_end(q)) {
		sql_line(q);
		q->state = SQL_STATEMENT;
		return;
	}
	if (q->is_unread) {
		sql_line(q);
		q->skipped++;
		return;
	}
	sql_row_begin(q);
	do {
		sql_row_cell(q);
		b = cell(q);
		sql_cell_end(&q->out);
		q->is_cut |= q->out.is_cut;
	} while (b == '\t');
	q->literals = q->cells;
	if (b >= 0) {
		sql_row_end(q);
		return;
	}
	sql_row_drop(q);
	q->skipped++;
}
