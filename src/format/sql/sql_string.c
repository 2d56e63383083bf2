#include "format/sql/sql_impl.h"

#include <string.h>

/* Adds the character that up to ${max} digits of base 8 or 16 name. */
static void
put_digits(struct sql *q, struct sql_cells *c, unsigned base, int max,
	   bool is_code)
{
	struct sql_source *s = &q->in;
	uint32_t code = 0;

	for (int i = 0; i < max; i++) {
		const int b = sql_peek(s);
		const int low = b | 0x20;
		unsigned v = 99;

		if (b >= '0' && b <= '9')
			v = (unsigned)(b - '0');
		else if (low >= 'a' && low <= 'f')
			v = (unsigned)(low - 'a' + 10);
		if (b < 0 || v >= base)
			break;
		code = code * base + v;
		s->at++;
	}
	c->is_binary |= code == 0;
	if (is_code)
		sql_put_code(c, code);
	else
		sql_put(c, (uint8_t)code);
}

/* The byte that a backslash and ${b} write everywhere; else ${b}. */
static uint8_t
escaped(int b)
{
	switch (b) {
	case 'b':
		return '\b';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return (uint8_t)b;
	}
}

/* What stands behind a backslash, as MySQL reads it. */
static void
escape_mysql(struct sql *q, struct sql_cells *c)
{
	const int b = sql_peek(&q->in);

	if (b < 0)
		return;
	q->in.at++;
	if (b == '%' || b == '_')
		sql_put(c, '\\'); /* for LIKE, which we are not */
	if (b == '0')
		c->is_binary = true;
	if (b == '0' || b == 'Z')
		sql_put(c, b == '0' ? 0 : 0x1A);
	else
		sql_put(c, escaped(b));
}

void
sql_escape(struct sql *q, struct sql_cells *c)
{
	const int b = sql_peek(&q->in);

	if (b < 0)
		return;
	if (b >= '0' && b <= '7') {
		put_digits(q, c, 8, 3, false);
		return;
	}
	q->in.at++;
	switch (b) {
	case 'x':
		put_digits(q, c, 16, 2, false);
		break;
	case 'u':
		put_digits(q, c, 16, 4, true);
		break;
	case 'U':
		put_digits(q, c, 16, 8, true);
		break;
	case 'f':
		sql_put(c, '\f');
		break;
	case 'v':
		sql_put(c, '\v');
		break;
	default:
		sql_put(c, escaped(b));
		break;
	}
}

bool
sql_string(struct sql *q, struct sql_cells *c, uint8_t quote,
	   enum sql_escapes escapes)
{
	struct sql_source *s = &q->in;
	const uint8_t stops =
		(uint8_t)((quote == '"' ? SQL_QUOTE : SQL_APOSTROPHE) |
			  (escapes == SQL_PLAIN ? 0 : SQL_BACKSLASH));

	for (;;) {
		sql_put_run(c, s, stops);
		if (s->at == s->end) {
			if (!sql_source_more(s))
				return false;
			continue;
		}
		const uint8_t b = s->buf[s->at++];
		if (b == quote) {
			if (sql_peek(s) != quote)
				return true;
			sql_put(c, quote);
			s->at++;
		} else if (escapes == SQL_MYSQL) {
			escape_mysql(q, c);
		} else {
			sql_escape(q, c);
		}
	}
}

bool
sql_string_until(struct sql *q, struct sql_cells *c, uint8_t close)
{
	struct sql_source *s = &q->in;

	for (int b; (b = sql_peek(s)) >= 0;) {
		s->at++;
		if (b == close && sql_peek(s) == '\'') {
			s->at++;
			return true;
		}
		sql_put(c, (uint8_t)b);
	}
	return false;
}
