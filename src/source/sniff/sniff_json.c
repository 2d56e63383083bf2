/*
 * Is a text JSON? One pass over the head, without building anything: what may
 * stand next is kept in a state, what is open in a stack of bits. Deeper than
 * the stack it is believed. RFC 8259.
 */
#include "source/sniff/sniff_impl.h"

enum {
	DEPTH_MAX = 64,
	ENOUGH = 512, /* bytes without a fault that are proof */
	VALUES_MAX = 1000,
};

enum want {
	WANT_VALUE,
	WANT_FIRST, /* a value, or the end of an empty array */
	WANT_KEY,
	WANT_FIRST_KEY,
	WANT_COLON,
	WANT_NEXT, /* comma, or the end of what is open */
	WANT_FAULT,
};

struct json {
	struct span s;
	size_t i;
	uint64_t is_object; /* bit d: depth d + 1 is an object */
	uint32_t depth;
	enum want want;
	uint32_t values; /* of the top, ended */
};

static bool
in_object(const struct json *j)
{
	return j->depth > 0 && (j->is_object >> (j->depth - 1) & 1) != 0;
}

/* After a value: what the thing that holds it goes on with. */
static void
end_value(struct json *j)
{
	j->want = WANT_NEXT;
	if (j->depth == 0) {
		j->values++;
		j->want = WANT_VALUE;
	}
}

/* Steps over a string; false if the text ends in it. */
static bool
skip_string(struct json *j)
{
	for (j->i++; j->i < j->s.n; j->i++) {
		if (j->s.p[j->i] == '\\') {
			j->i++;
		} else if (j->s.p[j->i] == '"') {
			j->i++;
			return true;
		}
	}
	j->i = j->s.n;
	return false;
}

/* Steps over a number, true, false, null; false if it is none of them. */
static bool
skip_scalar(struct json *j)
{
	static const char *const words[] = {"true", "false", "null"};

	for (size_t k = 0; k < COUNT_OF(words); k++) {
		const struct span w = span_str(words[k]);

		if (sniff_has(j->s, j->i, words[k], w.n)) {
			j->i += w.n;
			return true;
		}
	}
	const size_t start = j->i;
	if (j->s.p[j->i] == '-')
		j->i++;
	if (j->i < j->s.n && !is_digit(j->s.p[j->i]))
		return false;
	while (j->i < j->s.n &&
	       (is_digit(j->s.p[j->i]) || byte_in(j->s.p[j->i], ".eE") ||
		(byte_in(j->s.p[j->i], "+-") &&
		 byte_in(j->s.p[j->i - 1], "eE"))))
		j->i++;
	return j->i > start;
}

static void
open_level(struct json *j, bool is_object)
{
	const uint64_t bit = 1ULL << j->depth;

	j->is_object = is_object ? j->is_object | bit : j->is_object & ~bit;
	j->depth++;
	j->i++;
	j->want = is_object ? WANT_FIRST_KEY : WANT_FIRST;
}

static void
close_level(struct json *j)
{
	j->depth--;
	j->i++;
	end_value(j);
}

static void
step_value(struct json *j, uint8_t b)
{
	if (b == '{' || b == '[')
		open_level(j, b == '{');
	else if (b == ']' && j->want == WANT_FIRST)
		close_level(j);
	/* Bare numbers and words are no document worth the name. */
	else if (j->depth == 0 || (b != '"' && !skip_scalar(j)))
		j->want = WANT_FAULT;
	else if (b != '"' || skip_string(j))
		end_value(j);
}

static void
step_key(struct json *j, uint8_t b)
{
	if (b == '"') {
		if (skip_string(j))
			j->want = WANT_COLON;
	} else if (b == '}' && j->want == WANT_FIRST_KEY) {
		close_level(j);
	} else {
		j->want = WANT_FAULT;
	}
}

static void
step(struct json *j)
{
	const uint8_t b = j->s.p[j->i];

	if (byte_in(b, " \t\r\n")) {
		j->i++;
	} else if (j->want == WANT_VALUE || j->want == WANT_FIRST) {
		step_value(j, b);
	} else if (j->want == WANT_KEY || j->want == WANT_FIRST_KEY) {
		step_key(j, b);
	} else if (j->want == WANT_COLON) {
		j->want = b == ':' ? WANT_VALUE : WANT_FAULT;
		j->i++;
	} else if (b == ',') {
		j->want = in_object(j) ? WANT_KEY : WANT_VALUE;
		j->i++;
	} else if (b == (in_object(j) ? '}' : ']')) {
		close_level(j);
	} else {
		j->want = WANT_FAULT;
	}
}

bool
sniff_json(struct span text, bool is_whole, bool *ret_many)
{
	struct json j = {.s = text};

	*ret_many = false;
	while (j.i < text.n && j.want != WANT_FAULT && j.depth < DEPTH_MAX &&
	       j.values < VALUES_MAX)
		step(&j);
	*ret_many = j.values > 1 || (j.values == 1 && j.depth > 0);
	if (j.want == WANT_FAULT)
		return j.i >= ENOUGH;
	const bool is_closed = j.depth == 0 && j.values > 0;
	return is_closed || j.depth == DEPTH_MAX ||
	       (!is_whole && j.depth > 0) || (j.depth > 0 && j.i >= ENOUGH);
}
