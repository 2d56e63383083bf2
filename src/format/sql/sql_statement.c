#include "format/sql/sql_impl.h"

#include <string.h>

enum { WORDS_MAX = 16 }; /* of a statement before what matters */

/* Words between INSERT and the name of the table. */
static const char BEFORE_NAME[] =
	" into ignore low_priority delayed high_priority or replace rollback"
	" abort fail overwrite table only all first ";

/* DELIMITER of MySQL's client: what ends a statement from now on. */
static void
take_delimiter(struct sql *q)
{
	struct sql_source *s = &q->in;
	size_t n = 0;

	while (sql_peek(s) == ' ' || sql_peek(s) == '\t')
		s->at++;
	for (int b; n < sizeof(q->delimiter) && (b = sql_peek(s)) > ' ';
	     s->at++)
		q->delimiter[n++] = (uint8_t)b;
	if (n == 0)
		q->delimiter[n++] = ';';
	q->delimiter_n = n;
	sql_line(q);
}

static void
create(struct sql *q)
{
	char word[SQL_WORD_MAX];

	for (int i = 0; i < WORDS_MAX; i++) {
		sql_gap(q);
		if (sql_word(q, word) == 0)
			break;
		if (sql_one_of(word, " table ")) {
			sql_create_table(q);
			break;
		}
		if (sql_one_of(word, " trigger procedure proc function package"
				     " rule event type "))
			q->in_code = true;
		if (!sql_one_of(word, " or replace global local temp temporary"
				      " unlogged foreign external private"
				      " editionable noneditionable "))
			break;
	}
	sql_skip_statement(q);
}

/* Steps over the words before the name of the table. */
static void
skip_to_name(struct sql *q)
{
	char word[SQL_WORD_MAX];

	for (int i = 0; i < WORDS_MAX; i++) {
		bool is_one = false;

		sql_gap(q);
		for (const char *w = BEFORE_NAME; !is_one && *w != '\0'; w++) {
			char one[SQL_WORD_MAX];
			const size_t n = strcspn(++w, " ");

			if (n == 0)
				break;
			memcpy(one, w, n);
			one[n] = '\0';
			is_one = sql_is_word(q, one);
			w += n - 1;
		}
		if (!is_one)
			return;
		(void)sql_word(q, word);
	}
}

/* Reads the columns, if it is they that stand in brackets here and no others
 * came before; steps over other brackets. */
static bool
brackets(struct sql *q, bool are_columns)
{
	if (!are_columns) {
		sql_skip_brackets(q);
		return true;
	}
	q->in.at++;
	const uint32_t cols = sql_columns(q);
	if (cols > 0)
		sql_head_take(q, cols);
	return cols > 0;
}

/* Reads what stands between the name of a table and its first row. Returns
 * false if no rows follow. */
static bool
before_rows(struct sql *q)
{
	char word[SQL_WORD_MAX] = "";

	q->head.cols = 0;
	for (int i = 0; i < WORDS_MAX; i++) {
		sql_gap(q);
		if (sql_peek(&q->in) == '(') {
			/* Those of PARTITION (p0) are other ones. */
			if (!brackets(q, q->head.cols == 0 && word[0] == '\0'))
				return false;
			word[0] = '\0';
			continue;
		}
		if (sql_word(q, word) == 0 ||
		    sql_one_of(word, " select set with "))
			return false;
		sql_gap(q);
		if (!sql_one_of(word, " values value ") ||
		    (sql_peek(&q->in) != '(' && !sql_is_word(q, "row")))
			continue;
		if (q->head.cols == 0)
			sql_head_find(q);
		return true;
	}
	return false;
}

void
sql_into(struct sql *q)
{
	sql_gap(q);
	q->lead_n = 0;
	q->head_rows = 0;
	if (sql_head_name(q) && before_rows(q)) {
		q->state = SQL_TUPLES;
		return;
	}
	/* Rows may be lost here: INSERT .. SET, INSERT .. SELECT 'a', 'b'. */
	q->skipped += !q->in_code;
	sql_skip_statement(q);
}

/* Keeps the bytes of the statement from ${start} on, if they are all still in
 * sight. */
static void
keep_lead(struct sql *q, uint64_t start)
{
	const struct sql_source *s = &q->in;
	const size_t n = (size_t)(s->gone + s->at - start);

	q->lead_n = 0;
	if (start < s->gone || n > SQL_HEAD_MAX)
		return;
	memcpy(q->lead, s->buf + s->at - n, n);
	q->lead_n = n;
	q->lead_backslash = q->backslash;
}

/* Does the statement begin as the last one did? Then its table is known. */
static bool
is_lead(struct sql *q)
{
	struct sql_source *s = &q->in;
	const size_t n = q->lead_n;

	if (n == 0 || !sql_has(s, n) || memcmp(s->buf + s->at, q->lead, n) != 0)
		return false;
	s->at += n;
	q->state = SQL_TUPLES;
	q->backslash = q->lead_backslash;
	return true;
}

static void
insert(struct sql *q, uint64_t start)
{
	skip_to_name(q);
	sql_into(q);
	if (q->state == SQL_TUPLES)
		keep_lead(q, start);
}

/* Lines that are meant for the program that reads the script. */
static bool
client_line(struct sql *q, int b)
{
	if (!byte_in((uint8_t)b, "\\.@/#"))
		return false;
	/* A slash ends a block of PL/SQL. */
	if (b == '/')
		q->in_code = false;
	sql_line(q);
	return true;
}

static void
other_statement(struct sql *q, const char *word)
{
	if (sql_one_of(word, " delimiter ")) {
		take_delimiter(q);
		return;
	}
	if (sql_one_of(word, " go rem remark prompt spool ")) {
		q->in_code &= word[0] != 'g';
		sql_line(q);
		return;
	}
	/* Data, which is not read. */
	if (sql_one_of(word, " update merge "))
		q->skipped += !q->in_code;
	if (sql_one_of(word, " alter copy lock set comment "))
		q->in_code = false;
	sql_skip_statement(q);
}

void
sql_statement(struct sql *q)
{
	struct sql_source *s = &q->in;
	char word[SQL_WORD_MAX];

	sql_gap(q);
	const int b = sql_peek(s);
	if (b < 0 || sql_take_delimiter(q) || is_lead(q) || client_line(q, b))
		return;
	/* Enough in sight that a whole INSERT up to its rows stays there. */
	(void)sql_has(s, SQL_HEAD_MAX);
	q->backslash = q->default_backslash;
	const uint64_t start = s->gone + s->at;
	if (sql_word(q, word) == 0)
		sql_skip_statement(q);
	else if (sql_one_of(word, " insert replace upsert "))
		insert(q, start);
	else if (sql_one_of(word, " copy "))
		sql_copy(q);
	else if (sql_one_of(word, " create "))
		create(q);
	else
		other_statement(q, word);
}
