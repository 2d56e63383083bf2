#include "format/sql/sql_impl.h"

#include <stdio.h>
#include <string.h>

/* The name in ${s} without its schema. */
static struct span
last_part(struct span s)
{
	size_t i = s.n;

	while (i > 0 && s.p[i - 1] != '.')
		i--;
	return (struct span){s.p + i, s.n - i};
}

/* A hash that does not know upper from lower case. */
static uint64_t
name_hash(struct span s)
{
	uint8_t low[PARTS_NAME_MAX];
	const size_t n = s.n < sizeof(low) ? s.n : sizeof(low);

	for (size_t i = 0; i < n; i++)
		low[i] = is_upper(s.p[i]) ? s.p[i] | 0x20 : s.p[i];
	return span_hash((struct span){low, n}, 0);
}

uint32_t
sql_columns(struct sql *q)
{
	struct sql_cells *c = &q->names;
	uint32_t cols = 0;

	c->n = 0;
	for (;;) {
		sql_gap(q);
		if (cols == PARTS_COLUMNS_MAX || c->n > SQL_HEAD_MAX)
			return 0;
		if (cols++ > 0)
			c->p[c->n++] = ',';
		sql_cell_begin(c, SQL_NAME_MAX);
		if (!sql_name(q, c))
			return 0;
		sql_cell_end(c);
		sql_gap(q);
		const int b = sql_peek(&q->in);
		if (b != ',' && b != ')')
			return 0;
		q->in.at++;
		if (b == ')')
			return cols;
	}
}

bool
sql_head_name(struct sql *q)
{
	struct sql_cells *c = &q->names;

	c->n = 0;
	sql_cell_begin(c, PARTS_NAME_MAX);
	if (!sql_name(q, c))
		return false;
	sql_cell_text(c);
	q->head.name_n = c->n < PARTS_NAME_MAX ? c->n : PARTS_NAME_MAX;
	memcpy(q->head.name, c->p, q->head.name_n);
	return q->head.name_n > 0;
}

void
sql_head_take(struct sql *q, uint32_t cols)
{
	struct sql_cells *c = &q->names;

	c->p[c->n++] = '\n';
	q->head.line_n = c->n;
	memcpy(q->head.line, c->p, c->n);
	q->head.cols = cols;
	q->head.is_declared = false;
}

void
sql_head_number(struct sql *q, uint32_t cols)
{
	uint8_t *to = q->head.line;

	for (uint32_t i = 1; i <= cols; i++) {
		uint8_t digits[4];

		number_write(i, sizeof(digits), digits);
		*to++ = 'c';
		for (size_t k = i < 10     ? 3
				: i < 100  ? 2
				: i < 1000 ? 1
					   : 0;
		     k < sizeof(digits); k++)
			*to++ = digits[k];
		*to++ = i < cols ? ',' : '\n';
	}
	q->head.line_n = (size_t)(to - q->head.line);
	q->head.cols = cols;
	q->head.is_declared = false;
}

bool
sql_head_equal(const struct sql_head *a, const struct sql_head *b)
{
	return a->cols == b->cols && a->name_n == b->name_n &&
	       a->line_n == b->line_n &&
	       memcmp(a->name, b->name, a->name_n) == 0 &&
	       memcmp(a->line, b->line, a->line_n) == 0;
}

/* The table of that name that was created last; NULL: none. */
static const struct sql_table *
find(const struct sql_tables *t, struct span name)
{
	const uint64_t hash = name_hash(last_part(name));
	const uint64_t full = name_hash(name);
	const struct sql_table *near = NULL;
	uint16_t i = t->bucket[hash % SQL_BUCKETS];

	for (; i != 0; i = t->all[i - 1].next) {
		const struct sql_table *one = &t->all[i - 1];

		if (one->hash == hash && one->full == full)
			return one;
		if (one->hash == hash && near == NULL)
			near = one;
	}
	return near;
}

void
sql_head_find(struct sql *q)
{
	const struct sql_table *t =
		find(&q->tables, (struct span){q->head.name, q->head.name_n});

	q->head.cols = 0;
	q->head.line_n = 0;
	q->head.is_declared = true;
	if (t == NULL)
		return;
	memcpy(q->head.line, t->line, t->line_n);
	q->head.line_n = t->line_n;
	q->head.cols = t->cols;
}

/* Keeps a table with the ${cols} columns in q->names. */
static void
add(struct sql *q, struct span name, uint32_t cols)
{
	struct sql_tables *t = &q->tables;
	struct sql_cells *c = &q->names;

	c->p[c->n++] = '\n';
	if (t->n == SQL_TABLES_MAX ||
	    SQL_TABLES_BYTES - arena_used(t->arena) < c->n) {
		arena_reset(t->arena);
		memset(t->bucket, 0, sizeof(t->bucket));
		t->n = 0;
	}
	uint8_t *line = ARENA_ARRAY(t->arena, c->n, uint8_t);
	if (line == NULL)
		return;
	memcpy(line, c->p, c->n);
	const uint64_t hash = name_hash(last_part(name));
	uint16_t *bucket = &t->bucket[hash % SQL_BUCKETS];
	t->all[t->n++] = (struct sql_table){
		.hash = hash,
		.full = name_hash(name),
		.line = line,
		.line_n = c->n,
		.cols = cols,
		.next = *bucket,
	};
	*bucket = (uint16_t)t->n;
}

/* Steps over what is said of a column. Returns what ended it: a comma, the
 * bracket that closes the table, or something else. */
static int
skip_column(struct sql *q)
{
	struct sql_source *s = &q->in;

	for (;;) {
		sql_gap(q);
		const int b = sql_peek(s);

		if (b == '(')
			sql_skip_brackets(q);
		else if (b == '\'' || b == '"' || b == '`')
			(void)sql_skip_quoted(q);
		else if (b < 0 || b == ',' || b == ')' || b == ';')
			return b;
		else
			s->at++;
	}
}

/* Words that begin a line of CREATE TABLE which is no column. */
static const char NO_COLUMN[] =
	" primary key index unique fulltext spatial constraint foreign check"
	" exclude like period supplemental partition ";

/* Is what stands here said of the table, not of a column? */
static bool
is_no_column(struct sql *q)
{
	struct sql_source *s = &q->in;
	char word[SQL_WORD_MAX] = "";

	for (size_t i = 0; i < sizeof(word) - 1; i++) {
		const int c = sql_peek_at(s, i);

		if (!sql_word_byte(c))
			break;
		word[i] = (char)(is_upper((uint8_t)c) ? c | 0x20 : c);
	}
	return sql_one_of(word, NO_COLUMN);
}

/* Reads the columns of a CREATE TABLE to q->names. Returns their number. */
static uint32_t
created_columns(struct sql *q)
{
	struct sql_cells *c = &q->names;
	uint32_t cols = 0;

	c->n = 0;
	for (int b = ','; b == ','; q->in.at += b == ',' || b == ')') {
		sql_gap(q);
		if (cols == PARTS_COLUMNS_MAX || c->n > SQL_HEAD_MAX)
			return 0;
		if (!is_no_column(q)) {
			if (cols++ > 0)
				c->p[c->n++] = ',';
			sql_cell_begin(c, SQL_NAME_MAX);
			if (!sql_name(q, c))
				return 0;
			sql_cell_end(c);
		}
		b = skip_column(q);
	}
	return cols;
}

void
sql_create_table(struct sql *q)
{
	char word[SQL_WORD_MAX];
	struct sql_head *h = &q->head;

	sql_gap(q);
	if (sql_is_word(q, "if"))
		for (int i = 0; i < 3; i++) {
			(void)sql_word(q, word); /* if not exists */
			sql_gap(q);
		}
	/* The head is of no statement now: its room is free. */
	if (!sql_head_name(q))
		return;
	q->lead_n = 0;
	sql_gap(q);
	if (sql_peek(&q->in) != '(')
		return;
	q->in.at++;
	const uint32_t cols = created_columns(q);
	if (cols > 0)
		add(q, (struct span){h->name, h->name_n}, cols);
}
