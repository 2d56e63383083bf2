/*
 * What stands between values. The window may move at every look ahead, so that
 * nothing points into it.
 */
#include "format/sql/sql_impl.h"

#include <string.h>

bool
sql_word_byte(int c)
{
	return c >= 0x80 || is_alnum((uint8_t)(c < 0 ? 0 : c)) || c == '_' ||
	       c == '$' || c == '@';
}

void
sql_line(struct sql *q)
{
	struct sql_source *s = &q->in;

	while (sql_peek(s) >= 0) {
		const uint8_t *lf =
			memchr(s->buf + s->at, '\n', s->end - s->at);

		if (lf != NULL) {
			s->at = (size_t)(lf - s->buf) + 1;
			return;
		}
		s->at = s->end;
	}
}

/* Steps over a comment that goes on to a star and a slash. What is in one that
 * begins with an exclamation mark is meant for MySQL, and no comment. */
static void
block_comment(struct sql *q)
{
	struct sql_source *s = &q->in;
	const int third = sql_peek_at(s, 2);

	s->at += 2;
	if (third == '!' || (third == 'M' && sql_peek_at(s, 1) == '!')) {
		s->at += third == 'M' ? 2 : 1;
		while (is_digit((uint8_t)sql_peek(s)))
			s->at++;
		return;
	}
	while (sql_peek(s) >= 0) {
		const uint8_t *star =
			memchr(s->buf + s->at, '*', s->end - s->at);

		s->at = star == NULL ? s->end : (size_t)(star - s->buf);
		if (star == NULL)
			continue;
		if (sql_peek_at(s, 1) == '/') {
			s->at += 2;
			return;
		}
		s->at++;
	}
}

void
sql_blank(struct sql *q)
{
	struct sql_source *s = &q->in;

	for (;;) {
		const int c = sql_peek(s);

		if (c < 0)
			return;
		if (c <= ' ') {
			s->at++;
			continue;
		}
		const int after =
			byte_in((uint8_t)c, "-/*") ? sql_peek_at(s, 1) : -1;
		if (c == '-' && after == '-')
			sql_line(q);
		else if (c == '/' && after == '*')
			block_comment(q);
		else if (c == '*' && after == '/')
			s->at += 2; /* of a comment for MySQL */
		else
			return;
	}
}

size_t
sql_word(struct sql *q, char ret[static SQL_WORD_MAX])
{
	struct sql_source *s = &q->in;
	size_t n = 0;

	for (int c; sql_word_byte(c = sql_peek(s)); s->at++, n++)
		if (n < SQL_WORD_MAX - 1)
			ret[n] = (char)(is_upper((uint8_t)c) ? c | 0x20 : c);
	ret[n < SQL_WORD_MAX ? n : SQL_WORD_MAX - 1] = '\0';
	return n;
}

bool
sql_is_word(struct sql *q, const char *word)
{
	const size_t n = strlen(word);

	for (size_t i = 0; i < n; i++) {
		const int c = sql_peek_at(&q->in, i);

		if (c < 0 || (is_upper((uint8_t)c) ? c | 0x20 : c) != word[i])
			return false;
	}
	return !sql_word_byte(sql_peek_at(&q->in, n));
}

bool
sql_one_of(const char *word, const char *list)
{
	const size_t n = strlen(word);

	if (n == 0)
		return false;
	for (const char *at = list; (at = strstr(at, word)) != NULL; at++)
		if (at[-1] == ' ' && at[n] == ' ')
			return true;
	return false;
}

/* Adds a quoted name, behind its opening quote, to the cell of ${c}. */
static bool
quoted_name(struct sql *q, struct sql_cells *c, uint8_t close)
{
	struct sql_source *s = &q->in;

	for (size_t i = 0; i < SQL_NAME_MAX; i++) {
		const int b = sql_peek(s);

		if (b < 0 || b == '\n')
			return false;
		s->at++;
		if (b == close) {
			if (sql_peek(s) != close)
				return true;
			s->at++;
		}
		sql_put(c, (uint8_t)b);
	}
	return false;
}

static bool
bare_name(struct sql *q, struct sql_cells *c)
{
	struct sql_source *s = &q->in;
	size_t n = 0;
	int b;

	for (; sql_word_byte(b = sql_peek(s)) || b == '#'; s->at++, n++) {
		if (n == SQL_NAME_MAX)
			return false;
		sql_put(c, (uint8_t)b);
	}
	return n > 0;
}

/* One part of a name, between its dots. */
static bool
one_name(struct sql *q, struct sql_cells *c)
{
	const int b = sql_peek(&q->in);

	if (b != '`' && b != '"' && b != '[' && b != '\'')
		return bare_name(q, c);
	q->in.at++;
	if (b == '`')
		q->backslash = true;
	if (b == '[')
		q->backslash = false;
	return quoted_name(q, c, b == '[' ? ']' : (uint8_t)b);
}

bool
sql_name(struct sql *q, struct sql_cells *c)
{
	struct sql_source *s = &q->in;

	if (!one_name(q, c))
		return false;
	for (;;) {
		sql_gap(q);
		if (sql_peek(s) != '.')
			return true;
		s->at++;
		sql_put(c, '.');
		sql_gap(q);
		if (sql_peek(s) != '.' && !one_name(q, c))
			return false;
	}
}

/* Does a new statement begin on this line, whether or not the last one was
 * ended? SQL Server and SQL*Plus leave the semicolon out. */
static bool
line_begins_statement(struct sql *q)
{
	struct sql_source *s = &q->in;

	while (sql_peek(s) == ' ' || sql_peek(s) == '\t')
		s->at++;
	const int b = sql_peek(s);
	if (b == 'D' || b == 'd')
		return sql_is_word(q, "delimiter");
	if (q->delimiter[0] != ';' || q->delimiter_n > 1)
		return false;
	switch (b) {
	case 'I':
	case 'i':
		return sql_is_word(q, "insert");
	case 'C':
	case 'c':
		return sql_is_word(q, "create") || sql_is_word(q, "copy");
	case 'G':
	case 'g':
		return sql_is_word(q, "go");
	default:
		return false;
	}
}

/* A line ends a name, and a string if it looks like a new statement: then a
 * quote was lost, and all would be taken for its opposite. */
bool
sql_skip_quoted(struct sql *q)
{
	struct sql_source *s = &q->in;
	const int quote = sql_peek(s);
	const bool escapes = q->backslash && quote != '`';

	s->at++;
	for (int b; (b = sql_peek(s)) >= 0;) {
		s->at++;
		const bool begins = b == '\n' && line_begins_statement(q);
		if (b == '\n' && (begins || quote != '\''))
			return begins;
		if (b == '\\' && escapes && sql_peek(s) >= 0)
			s->at++;
		if (b != quote)
			continue;
		if (sql_peek(s) != quote)
			return false;
		s->at++;
	}
	return false;
}

/* Steps over $tag$ .. $tag$, as PostgreSQL writes functions; or a dollar. */
static void
skip_dollars(struct sql *q)
{
	struct sql_source *s = &q->in;
	uint8_t tag[SQL_WORD_MAX] = "$";
	size_t n = 1;
	int b;

	s->at++;
	while (n < sizeof(tag) - 1 &&
	       (is_alpha((uint8_t)(b = sql_peek(s))) || b == '_')) {
		tag[n++] = (uint8_t)b;
		s->at++;
	}
	if (sql_peek(s) != '$')
		return;
	s->at++;
	tag[n++] = '$';
	while (sql_peek(s) >= 0) {
		const uint8_t *hit =
			memchr(s->buf + s->at, '$', s->end - s->at);

		s->at = hit == NULL ? s->end : (size_t)(hit - s->buf);
		if (hit == NULL)
			continue;
		if (sql_has(s, n) && memcmp(s->buf + s->at, tag, n) == 0) {
			s->at += n;
			return;
		}
		s->at++;
	}
}

void
sql_skip_brackets(struct sql *q)
{
	struct sql_source *s = &q->in;
	size_t depth = 0;

	for (int b; (b = sql_peek(s)) >= 0 && b != ';';) {
		if (b == '\'' || b == '"' || b == '`') {
			(void)sql_skip_quoted(q);
			continue;
		}
		s->at++;
		depth += b == '(';
		if (b == ')' && --depth == 0)
			return;
	}
}

bool
sql_take_delimiter(struct sql *q)
{
	const size_t n = q->delimiter_n;
	struct sql_source *s = &q->in;

	if (sql_peek(s) != q->delimiter[0] || !sql_has(s, n) ||
	    memcmp(s->buf + s->at, q->delimiter, n) != 0)
		return false;
	s->at += n;
	return true;
}

/* Is ${b} of a kind that sql_skip_statement() must look at? */
static bool
is_sign(uint8_t b)
{
	return b < '0' ? byte_in(b, "\n'\"-/*$") : b == ';' || b == '`';
}

/* Steps over one thing of a statement that is no blank. Returns true if a new
 * statement begins behind it. */
static bool
skip_thing(struct sql *q, int b)
{
	struct sql_source *s = &q->in;

	if (b == '\'' || b == '"' || b == '`')
		return sql_skip_quoted(q);
	if (b == '$' && !q->backslash) {
		skip_dollars(q);
		return false;
	}
	s->at++;
	while (s->at < s->end && !is_sign(s->buf[s->at]) &&
	       s->buf[s->at] != q->delimiter[0])
		s->at++;
	return false;
}

void
sql_skip_statement(struct sql *q)
{
	struct sql_source *s = &q->in;

	for (int b; (b = sql_peek(s)) >= 0;) {
		if (sql_take_delimiter(q))
			return;
		if (b == '\n') {
			s->at++;
			if (line_begins_statement(q))
				return;
			continue;
		}
		if (b == '-' || b == '/' || b == '*') {
			const uint64_t here = s->gone + s->at;

			sql_blank(q);
			if (s->gone + s->at != here)
				continue;
		}
		if (skip_thing(q, b))
			return;
	}
}
