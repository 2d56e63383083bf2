/*
 * A value is an expression, of which its literals are wanted: in
 * CAST(N'2021-02-23' AS date), TO_DATE('23/02/2021', 'DD/MM/YYYY') and
 * replace('a\nb', '\n', char(10)) the first, with what belongs to it. Nearly
 * every value is one literal and nothing else; the rest is read token by
 * token, with a count of brackets and no stack.
 */
#include "format/sql/sql_impl.h"

#include <string.h>

enum {
	PATTERN_MAX = 32, /* bytes that replace() looks for */
	CODES_MAX = 32,   /* numbers of one char(..) */
	REPLACES_MAX = 8, /* of them in a value: each looks at all of it */
};

/** An expression. */
struct value {
	size_t depth;     /* open brackets */
	bool has_literal; /* something was said, be it NULL */
	bool wants;       /* the next literal belongs to it */
	bool is_weak;     /* its number may be that of a type: varchar(10) */
	size_t weak_at;   /* where that starts, and in what depth */
	size_t weak_depth;
	bool joins;    /* all literals belong to it: CONCAT('a', 'b') */
	bool replaces; /* the next ones say what to replace.. */
	uint8_t pattern[PATTERN_MAX];
	size_t pattern_n;
	unsigned replaced; /* so many times */
	bool is_unistr;    /* unistr('\u000a') */
	bool has_suffix;   /* words may follow: COLLATE utf8_bin */
};

/* Words that may stand behind a literal. */
static const char SUFFIX[] =
	" collate as at day hour minute second month year to using escape ";

/* Does a literal that stands here belong to the value? */
static bool
takes(struct sql *q, struct value *v)
{
	if (v->is_weak) {
		q->out.n = v->weak_at;
		v->is_weak = false;
	} else if (v->has_suffix || (!v->wants && v->depth > 0 && !v->joins)) {
		return false;
	}
	v->wants = false;
	v->has_literal = true;
	return true;
}

/* Takes back what was added from ${from} on. */
static void
untake(struct sql *q, struct value *v, size_t from)
{
	const size_t n = q->out.n - from;

	if (v->replaces && n <= PATTERN_MAX) {
		memcpy(v->pattern, q->out.p + from, n);
		v->pattern_n = n;
	}
	q->out.n = from;
}

/* Ends a string that was read with the outcome ${is_good}. */
static bool
string_end(struct sql *q, bool is_good)
{
	/* 'O'Brien': the quotes are not what they seem. */
	return is_good && !sql_word_byte(sql_peek(&q->in));
}

/* The string whose quote stands here. */
static bool
string(struct sql *q, struct value *v, enum sql_escapes escapes)
{
	const uint8_t quote = q->in.buf[q->in.at++];
	const bool was_cut = q->out.is_cut;
	const bool is_taken = takes(q, v);
	const size_t from = q->out.n;
	const bool is_good = sql_string(q, &q->out, quote, escapes);

	if (!is_taken) {
		untake(q, v, from);
		q->out.is_cut = was_cut;
	}
	return string_end(q, is_good);
}

static enum sql_escapes
usual(const struct sql *q)
{
	return q->backslash ? SQL_MYSQL : SQL_PLAIN;
}

/* The string of Oracle whose quote stands here: '[..]'. */
static bool
string_q(struct sql *q, struct value *v)
{
	static const char pairs[] = "[](){}<>";

	q->in.at++;
	const int open = sql_peek(&q->in);
	if (open <= ' ')
		return false;
	q->in.at++;
	uint8_t close = (uint8_t)open;
	for (size_t i = 0; pairs[i] != '\0'; i += 2)
		if (open == pairs[i])
			close = (uint8_t)pairs[i + 1];
	if (!takes(q, v))
		return false;
	return string_end(q, sql_string_until(q, &q->out, close));
}

/* Moves the digits, letters and dots of a number to the cell. */
static void
move_number(struct sql *q)
{
	struct sql_source *s = &q->in;
	int before = 0;

	for (int b; (b = sql_peek(s)) >= 0; s->at++) {
		const bool is_sign = b == '-' || b == '+';

		if (!(b < 0x80 && is_alnum((uint8_t)b)) && b != '.' &&
		    !(is_sign && (before == 0 || (before | 0x20) == 'e')))
			return;
		sql_put(&q->out, (uint8_t)b);
		before = b;
	}
}

/* The number, or bytes in hexadecimal, that stands here. */
static void
number_literal(struct sql *q, struct value *v)
{
	const size_t from = q->out.n;

	if (sql_peek(&q->in) == '0' && (sql_peek_at(&q->in, 1) | 0x20) == 'x') {
		const bool is_taken = takes(q, v);
		const size_t start = q->out.n;

		q->in.at += 2;
		move_number(q);
		if (is_taken)
			q->out.is_hex = true;
		else
			q->out.n = start;
		return;
	}
	if (v->depth == 0 || v->joins) {
		(void)takes(q, v);
		move_number(q);
		return;
	}
	if (!v->wants || (v->is_weak && v->depth >= v->weak_depth)) {
		move_number(q);
		q->out.n = from;
		return;
	}
	if (v->is_weak)
		q->out.n = v->weak_at;
	v->is_weak = true;
	v->weak_at = q->out.n;
	v->weak_depth = v->depth;
	v->has_literal = true;
	move_number(q);
}

/* Puts ${byte} in the place of the pattern, everywhere in the cell. */
static void
replace_all(struct sql *q, const struct value *v, uint8_t byte)
{
	struct sql_cells *c = &q->out;
	size_t to = c->cell;

	for (size_t i = c->cell; i < c->n; to++) {
		const bool hit =
			c->n - i >= v->pattern_n &&
			memcmp(c->p + i, v->pattern, v->pattern_n) == 0;

		c->p[to] = hit ? byte : c->p[i];
		i += hit ? v->pattern_n : 1;
	}
	c->n = to;
	c->signs |= SQL_SPECIAL;
}

/* One number of char(..). */
static void
char_code(struct sql *q, struct value *v, uint32_t code)
{
	if (v->replaces && !v->wants) {
		if (v->pattern_n > 0 && code < 0x80 &&
		    v->replaced++ < REPLACES_MAX)
			replace_all(q, v, (uint8_t)code);
		v->pattern_n = 0;
		return;
	}
	if (!v->joins && v->depth > 1 && (!v->wants || v->is_weak))
		return;
	if (!v->joins && v->depth > 1) {
		v->is_weak = true; /* perhaps the type CHAR(10) */
		v->weak_at = q->out.n;
		v->weak_depth = v->depth;
	}
	v->wants &= v->depth > 1;
	v->has_literal = true;
	sql_put_code(&q->out, code);
}

/* The numbers of char(..), whose bracket stands here. */
static void
char_codes(struct sql *q, struct value *v)
{
	struct sql_source *s = &q->in;

	s->at++;
	v->depth++;
	for (size_t i = 0; i < CODES_MAX; i++) {
		uint32_t code = 0;
		int b;

		sql_gap(q);
		if (!is_digit((uint8_t)sql_peek(s)))
			return;
		for (; (b = sql_peek(s)) >= '0' && b <= '9'; s->at++)
			code = code < 1000000 ? code * 10 + (uint32_t)(b - '0')
					      : code;
		char_code(q, v, code);
		sql_gap(q);
		if (sql_peek(s) != ',')
			return;
		s->at++;
	}
}

/* A word and a bracket. */
static void
function(struct sql *q, struct value *v, const char *word)
{
	if (sql_one_of(word, " char chr nchar "))
		char_codes(q, v);
	else if (sql_one_of(word, " replace "))
		v->replaces = true;
	else if (sql_one_of(word, " concat "))
		v->joins = true;
	else if (sql_one_of(word, " unistr "))
		v->is_unistr = true;
}

/* A word and a quote: N'..', E'..', X'..', q'[..]'. */
static bool
prefixed(struct sql *q, struct value *v, const char *word)
{
	if (sql_one_of(word, " q nq "))
		return string_q(q, v);
	if (sql_one_of(word, " e "))
		return string(q, v, SQL_POSTGRES);
	if (word[0] != '_' && !sql_one_of(word, " n x b "))
		return false;
	if (sql_one_of(word, " _binary "))
		q->out.is_binary = true;
	const bool is_hex = sql_one_of(word, " x ") && v->depth == 0;
	const bool is_good = string(q, v, usual(q));
	q->out.is_hex |= is_hex;
	return is_good;
}

/* A word that is neither a function nor a prefix. */
static void
lone_word(struct sql *q, struct value *v, const char *word)
{
	if (v->depth > 0) {
		if (q->out.is_hex)
			sql_cell_date(&q->out, word);
		return;
	}
	if (sql_one_of(word, " true false ")) {
		(void)takes(q, v);
		for (; *word != '\0'; word++)
			sql_put(&q->out, (uint8_t)*word);
		return;
	}
	v->wants = false;
	if (sql_one_of(word, " null default "))
		v->has_literal = true;
	else
		q->has_code = true;
}

static bool
word_token(struct sql *q, struct value *v)
{
	char word[SQL_WORD_MAX];

	(void)sql_word(q, word);
	if (sql_peek(&q->in) == '\'' && (v->wants || v->depth > 0))
		return prefixed(q, v, word);
	if (v->depth == 0 && !v->wants && !v->has_suffix &&
	    !sql_one_of(word, SUFFIX))
		return q->has_code && !v->has_literal;
	v->has_suffix |= v->depth == 0 && !v->wants;
	if (v->has_suffix)
		return true;
	sql_gap(q);
	const int b = sql_peek(&q->in);
	if (b == '(')
		function(q, v, word);
	else if (sql_one_of(word, " _binary "))
		q->out.is_binary = true;
	else if (b != '\'' && b != '[' && b != '&' && !is_digit((uint8_t)b))
		lone_word(q, v, word);
	return true;
}

static void
close_bracket(struct value *v)
{
	v->depth--;
	if (v->depth == 0 && v->is_weak) {
		v->is_weak = false;
		v->wants = false;
	}
}

/* Is a number what stands here, and no bytes in hexadecimal? */
static bool
at_number(struct sql *q, int b)
{
	const int after = b == '0' || b == '-' ? sql_peek_at(&q->in, 1) : 0;

	if (b == '-')
		return after >= '0' && after <= '9';
	return b >= '0' && b <= '9' && (after | 0x20) != 'x';
}

/* Reads the token that begins with ${b}. Returns false if none can stand
 * there. */
static bool
token(struct sql *q, struct value *v, int b)
{
	struct sql_source *s = &q->in;

	if (is_digit((uint8_t)b) || (v->wants && at_number(q, b))) {
		number_literal(q, v);
		return true;
	}
	if (sql_word_byte(b))
		return word_token(q, v);
	switch (b) {
	case '\'':
	case '"':
		return string(q, v, v->is_unistr ? SQL_POSTGRES : usual(q));
	case ';':
		return false;
	case '(':
	case '[':
		v->depth++;
		break;
	case ')':
	case ']':
		if (v->depth == 0)
			return false;
		close_bracket(v);
		break;
	case '|':
	case '+':
		v->wants = true;
		v->has_suffix = false;
		break;
	case ':': /* PostgreSQL: '1'::text */
		v->has_suffix = !v->wants;
		break;
	default:
		break;
	}
	s->at++;
	return true;
}

/* The rest of an expression, up to a comma or bracket outside of its own. */
static bool
expression(struct sql *q, struct value *v)
{
	for (size_t i = 0; i < SQL_TOKENS_MAX; i++) {
		sql_gap(q);
		const int b = sql_peek(&q->in);

		if (b < 0)
			return false;
		if (v->depth == 0 && (b == ',' || b == ')')) {
			q->literals += v->has_literal;
			q->has_code |= !v->has_literal;
			return true;
		}
		if (!token(q, v, b))
			return false;
	}
	return false;
}

/* NULL, and nothing else? Then it is stepped over. */
static bool
is_null(struct sql *q)
{
	struct sql_source *s = &q->in;

	if (!sql_has(s, 5) || memcmp(s->buf + s->at, "NULL", 4) != 0 ||
	    !byte_in(s->buf[s->at + 4], ",)"))
		return false;
	s->at += 4;
	return true;
}

/* Reads on from what could be a value of one literal, behind it if there was
 * one. */
static bool
rest(struct sql *q, bool has_literal)
{
	struct value v = {.wants = !has_literal, .has_literal = has_literal};

	return expression(q, &v);
}

bool
sql_value(struct sql *q)
{
	struct sql_source *s = &q->in;
	int b = sql_peek(s);

	if (b == 'N') {
		if (is_null(q)) {
			q->literals++;
			return true;
		}
		if (sql_peek_at(s, 1) == '\'') {
			s->at++;
			b = '\'';
		}
	}
	if (b == '\'') {
		s->at++;
		if (!sql_string(q, &q->out, '\'', usual(q)))
			return false;
	} else if (at_number(q, b)) {
		move_number(q);
	} else {
		return rest(q, false);
	}
	b = sql_peek(s);
	if (b == ',' || b == ')') {
		q->literals++;
		return true;
	}
	/* 'O'Brien': the quotes are not what they seem. */
	return !sql_word_byte(b) && rest(q, true);
}
