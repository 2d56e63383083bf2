/* One pass over a record. Between strings there are few bytes, and most
 * strings end within eight bytes: eight are looked at in a step. */
#include "format/json/json_impl.h"

/** What may come next. */
enum state {
	WANT_KEY,   /* in an object: a key, or its end */
	WANT_COLON, /* after a key */
	WANT_VALUE, /* after a colon */
	WANT_ITEM,  /* in an array: a value, or its end */
	WANT_NEXT,  /* after a value: a comma, or the end of what holds it */
};

struct reader {
	struct json_tape *t;
	struct span s;
	size_t i;
	bool is_last;
	enum state state;
	uint32_t depth;
	uint32_t open[JSON_DEPTH_MAX]; /* tokens of open brackets */
};

/** The highest bit of the first byte of ${v} that is ${b}, maybe of later ones
 * that are not: good for looking at the first only. */
static inline uint64_t
first_equal(uint64_t v, uint8_t b)
{
	const uint64_t x = v ^ word_each(b);

	return (x - word_each(1)) & ~x & word_each(0x80);
}

/** Where a quote or backslash stands at or after ${i}; s.n: nowhere. */
static inline size_t
find_quote(struct span s, size_t i, uint8_t quote)
{
	for (; s.n - i >= 8; i += 8) {
		const uint64_t v = word_load8(s.p + i);
		const uint64_t hit =
			first_equal(v, quote) | first_equal(v, '\\');

		if (hit != 0)
			return i + (size_t)__builtin_ctzll(hit) / 8;
	}
	while (i < s.n && s.p[i] != quote && s.p[i] != '\\')
		i++;
	return i;
}

static bool
is_blank(uint8_t b)
{
	return b == ' ' || b == '\n' || b == '\r' || b == '\t';
}

/** Where a comment that starts at ${i} ends; ${i}: none, or it is not whole. */
static size_t
skip_comment(struct span s, size_t i)
{
	if (s.n - i < 2 || s.p[i] != '/')
		return i;
	if (s.p[i + 1] == '/') {
		const uint8_t *lf = memchr(s.p + i, '\n', s.n - i);

		return lf != NULL ? (size_t)(lf - s.p) : i;
	}
	if (s.p[i + 1] != '*')
		return i;
	for (size_t k = i + 2; k + 1 < s.n; k++)
		if (s.p[k] == '*' && s.p[k + 1] == '/')
			return k + 2;
	return i;
}

size_t
json_skip_blanks(struct span s, size_t i)
{
	while (i < s.n) {
		if (is_blank(s.p[i]) || s.p[i] == ',') {
			i++;
			continue;
		}
		const size_t end = skip_comment(s, i);

		if (end == i)
			break;
		i = end;
	}
	return i;
}

bool
json_is_flat(const struct json_tape *t, uint32_t i)
{
	if (t->t[i].kind != JSON_ARRAY)
		return false;
	for (uint32_t k = i + 1; k < t->t[i].next; k++)
		if (json_holds(t, k))
			return false;
	return true;
}

uint32_t
json_get(const struct json_tape *t, uint32_t object, const char *key)
{
	if (object >= t->n || t->t[object].kind != JSON_OBJECT)
		return JSON_NONE;
	const uint32_t end = t->t[object].next;

	for (uint32_t i = object + 1; i + 1 < end; i = t->t[i + 1].next)
		if (span_is(json_text(t, i), key))
			return i + 1;
	return JSON_NONE;
}

/** Make room for a token. */
static enum rc
grow(struct json_tape *t)
{
	const size_t size = sizeof(*t->t);

	t->store.n = t->n * size;
	const enum rc rc = json_bytes_room(&t->store, (t->n + (size_t)1) * size,
					   JSON_TOKENS_MAX * size);

	/* Arenas give whole pages. */
	t->t = (struct json_token *)(void *)t->store.p;
	t->room = (uint32_t)(t->store.room / size);
	return rc;
}

static inline struct json_token
plain_token(const struct json_tape *t, size_t at, size_t n)
{
	return (struct json_token){
		.at = (uint32_t)at,
		.n = (uint32_t)n,
		.next = t->n + 1,
		.kind = JSON_STRING,
	};
}

/** Add a token. */
static inline enum rc
add(struct reader *r, enum json_kind kind, size_t at, size_t n, bool escaped)
{
	struct json_tape *t = r->t;

	if (t->n == t->room) {
		const enum rc rc = grow(t);

		if (rc != RC_OK)
			return rc;
	}
	t->t[t->n] = (struct json_token){
		.at = (uint32_t)at,
		.n = (uint32_t)n,
		.next = t->n + 1,
		.kind = (uint8_t)kind,
		.escaped = escaped,
	};
	t->n++;
	return RC_OK;
}

static inline enum rc
read_string(struct reader *r)
{
	const uint8_t quote = r->s.p[r->i];
	const size_t from = r->i + 1;
	size_t i = find_quote(r->s, from, quote);
	bool escaped = false;

	while (i < r->s.n && r->s.p[i] == '\\') {
		escaped = true;
		if (r->s.n - i < 3)
			return RC_MORE;
		i = find_quote(r->s, i + 2, quote);
	}
	if (i >= r->s.n)
		return RC_MORE;
	r->i = i + 1;
	return add(r, JSON_STRING, from, i - from, escaped);
}

/** A number or word; what a call of one names ("ISODate(") is left out, so
 * that what it is called with is the value. */
static inline enum rc
read_word(struct reader *r)
{
	const uint8_t *p = r->s.p;
	const size_t from = r->i;
	size_t i = from;

	while (i < r->s.n && !is_blank(p[i]) && !byte_in(p[i], ",:{}[]()\"'/"))
		i++;
	if (i == from)
		return RC_FORMAT;
	if (i == r->s.n && !r->is_last)
		return RC_MORE;
	r->i = i;
	if (i < r->s.n && p[i] == '(')
		return RC_END;
	return add(r, JSON_WORD, from, i - from, false);
}

static void
close_top(struct reader *r)
{
	struct json_token *top = &r->t->t[r->open[--r->depth]];

	top->next = r->t->n;
	top->n = (uint32_t)(r->i - top->at);
}

/** The state after a value. */
static inline enum rc
value_done(struct reader *r)
{
	r->state = WANT_NEXT;
	return r->depth == 0 ? RC_END : RC_OK;
}

static enum rc
open_bracket(struct reader *r)
{
	const bool is_object = r->s.p[r->i] == '{';
	struct json_tape *t = r->t;

	if (r->depth == JSON_DEPTH_MAX)
		return RC_LIMIT;
	if (r->depth > 0 && r->state == WANT_ITEM)
		t->deep = true;
	r->open[r->depth] = t->n;
	const enum rc rc =
		add(r, is_object ? JSON_OBJECT : JSON_ARRAY, r->i, 0, false);
	if (rc != RC_OK)
		return rc;
	r->depth++;
	r->i++;
	r->state = is_object ? WANT_KEY : WANT_ITEM;
	return RC_OK;
}

static enum rc
close_bracket(struct reader *r)
{
	const bool is_object = r->s.p[r->i] == '}';

	/* A key without a value, or a value that is missing. */
	if (r->depth == 0 || r->state == WANT_COLON || r->state == WANT_VALUE)
		return RC_FORMAT;
	if ((r->t->t[r->open[r->depth - 1]].kind == JSON_OBJECT) != is_object)
		return RC_FORMAT;
	r->i++;
	close_top(r);
	return value_done(r);
}

/** A string or word, as a key or value. */
static inline enum rc
read_scalar(struct reader *r)
{
	const bool is_key = r->state == WANT_KEY;

	if (r->state == WANT_COLON || r->state == WANT_NEXT)
		return RC_FORMAT;
	const bool quoted = r->s.p[r->i] == '"' || r->s.p[r->i] == '\'';
	const enum rc rc = quoted ? read_string(r) : read_word(r);

	if (rc == RC_END)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	if (!is_key)
		return value_done(r);
	r->state = WANT_COLON;
	return RC_OK;
}

static enum rc
read_comma(struct reader *r)
{
	/* A comma too many says nothing, but where a value is due. */
	if (r->state == WANT_COLON || r->state == WANT_VALUE)
		return RC_FORMAT;
	const struct json_token *top = &r->t->t[r->open[r->depth - 1]];

	r->state = top->kind == JSON_OBJECT ? WANT_KEY : WANT_ITEM;
	r->i++;
	return RC_OK;
}

/** Where a plain string ends whose first byte within is ${i}; s.n: it is not
 * plain, or the bytes end. */
static inline size_t
plain_end(struct span s, size_t i)
{
	const size_t end = find_quote(s, i, '"');

	return end < s.n && s.p[end] == '"' ? end : s.n;
}

/** Add members like "key":"value", one after another, as most are written, with
 * a blank after colon or comma or none. What is not so is left to
 * read_token(): this only saves its steps. */
static inline void
read_plain_members(struct reader *r)
{
	const struct span s = r->s;
	struct json_tape *t = r->t;
	size_t i = r->i;

	while (i + 4 < s.n && s.p[i] == '"' && t->room - t->n >= 2) {
		const size_t key_end = plain_end(s, i + 1);

		if (s.n - key_end < 4 || s.p[key_end + 1] != ':')
			break;
		const size_t from = key_end + 2 + (s.p[key_end + 2] == ' ');

		if (s.p[from] != '"')
			break;
		const size_t end = plain_end(s, from + 1);

		/* One byte more than is stepped over: read_token() needs it. */
		if (s.n - end < 4 || s.p[end + 1] != ',')
			break;
		t->t[t->n] = plain_token(t, i + 1, key_end - i - 1);
		t->n++;
		t->t[t->n] = plain_token(t, from + 1, end - from - 1);
		t->n++;
		i = end + 2 + (s.p[end + 2] == ' ');
	}
	r->i = i;
}

/** Read one token. RC_END: the value is whole. */
static inline enum rc
read_token(struct reader *r)
{
	switch (r->s.p[r->i]) {
	case ' ':
	case '\n':
	case '\r':
	case '\t':
	case '(':
	case ')':
		r->i++;
		return RC_OK;
	case '{':
	case '[':
		if (r->state != WANT_VALUE && r->state != WANT_ITEM)
			return RC_FORMAT;
		return open_bracket(r);
	case '}':
	case ']':
		return close_bracket(r);
	case ':':
		if (r->state != WANT_COLON)
			return RC_FORMAT;
		r->state = WANT_VALUE;
		r->i++;
		return RC_OK;
	case ',':
		return r->depth > 0 ? read_comma(r) : RC_FORMAT;
	case '/': {
		const size_t end = skip_comment(r->s, r->i);

		if (end == r->i)
			return r->is_last ? RC_FORMAT : RC_MORE;
		r->i = end;
		return RC_OK;
	}
	default:
		return read_scalar(r);
	}
}

/** Close all brackets where the tape ends, so that what it has is whole. */
static void
close_all(struct reader *r)
{
	struct json_tape *t = r->t;

	/* A key whose value is not there. */
	if (t->n > 0 && (r->state == WANT_COLON || r->state == WANT_VALUE))
		t->n--;
	while (r->depth > 0)
		close_top(r);
}

enum rc
json_read(struct json_tape *t, struct span s, enum json_unit unit, bool is_last,
	  size_t *ret_n)
{
	struct reader r; /* of open, only what is written is read */
	enum rc rc = RC_OK;

	r.t = t;
	r.s = s;
	r.i = 0;
	r.is_last = is_last;
	r.state = unit == JSON_MEMBER ? WANT_KEY : WANT_VALUE;
	r.depth = 0;
	t->p = s.p;
	t->n = 0;
	t->deep = false;
	while (rc == RC_OK && r.i < s.n) {
		if (r.state == WANT_KEY && s.p[r.i] == '"' && r.depth > 0)
			read_plain_members(&r);
		rc = read_token(&r);
	}
	*ret_n = r.i;
	if (rc == RC_END)
		return RC_OK;
	close_all(&r);
	return rc == RC_OK ? RC_MORE : rc;
}
