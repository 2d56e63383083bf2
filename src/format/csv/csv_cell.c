/* One cell at a time: quotes, escapes, and what becomes of broken ones. */
#include "format/csv/csv_impl.h"

#include <string.h>

/* What a quote inside quotes is, by the bytes after it. */
enum quote_is {
	QUOTE_DOUBLED,
	QUOTE_BEFORE_DELIM,
	QUOTE_BEFORE_NEWLINE,
	QUOTE_AT_END,
	QUOTE_STRAY,
	QUOTE_UNCLEAR, /* what follows may not be looked at */
};

struct csv_scan
csv_scan_start(const struct csv *c, size_t start)
{
	struct csv_scan s = {.start = start, .at = start, .end = c->window.n};

	s.reach = c->is_last ? REACH_END : REACH_WINDOW;
	if (c->dialect.max_record < s.end - start) {
		s.end = start + c->dialect.max_record;
		s.reach = REACH_LIMIT;
	} else if (c->dialect.max_record == s.end - start && !c->is_last) {
		s.reach = REACH_LIMIT;
	}
	s.is_fast = c->dialect.escape == 0 && c->dialect.is_runs == 0;
	return s;
}

static enum quote_is
quote_kind(const struct csv *c, const struct csv_scan *s, size_t at)
{
	const struct csv_dialect *d = &c->dialect;
	const uint8_t *w = c->window.p;

	if (at + 1 == s->end)
		return s->reach == REACH_END ? QUOTE_AT_END : QUOTE_UNCLEAR;
	const uint8_t next = w[at + 1];
	if (next == d->quote)
		return QUOTE_DOUBLED;
	if (csv_is_delim(d, next))
		return QUOTE_BEFORE_DELIM;
	if (csv_is_newline(d, next))
		return QUOTE_BEFORE_NEWLINE;
	if (next != '\r')
		return QUOTE_STRAY;
	if (at + 2 == s->end)
		return s->reach == REACH_END ? QUOTE_STRAY : QUOTE_UNCLEAR;
	return w[at + 2] == '\n' ? QUOTE_BEFORE_NEWLINE : QUOTE_STRAY;
}

/* Does an escape take the meaning of ${b}? */
static bool
is_escapable(const struct csv_dialect *d, uint8_t b, bool is_quoted)
{
	return b == d->escape || (d->quote != 0 && b == d->quote) ||
	       (csv_is_delim(d, b) && !is_quoted);
}

/* First byte that ends a line in [from, end), or end. */
static size_t
find_newline(const struct csv *c, size_t from, size_t end)
{
	const uint8_t *w = c->window.p;

	if (c->dialect.newline == CSV_CR) {
		while (from < end && w[from] != '\n' && w[from] != '\r')
			from++;
		return from;
	}
	const uint8_t *hit =
		from < end ? memchr(w + from, '\n', end - from) : NULL;
	return hit != NULL ? (size_t)(hit - w) : end;
}

/*
 * The same, but asked from many places of one line: the answer is kept, or a
 * long line full of quotes would be searched once a quote.
 */
static size_t
line_end(struct csv *c, size_t from, size_t end)
{
	if (from < c->line_from || from > c->line_at) {
		c->line_from = from;
		c->line_at = from;
	}
	if (c->line_at < end &&
	    !csv_is_newline(&c->dialect, c->window.p[c->line_at]))
		c->line_at = find_newline(c, c->line_at, end);
	return c->line_at < end ? c->line_at : end;
}

/* The record is malformed or not known to end; keep how far we know that. */
static enum csv_found
out_of_reach(struct csv *c, const struct csv_scan *s, size_t at,
	     enum csv_state state)
{
	c->lost_until = at;
	c->lost_state = (uint8_t)state;
	if (s->reach == REACH_WINDOW)
		return FOUND_SHORT;
	if (s->reach == REACH_END) {
		c->lost_until = s->end;
		c->lost_state = STATE_LOST;
	}
	return FOUND_LOST;
}

/* Set where the newline at ret->stop (its CR, if it has one) ends. */
static enum csv_found
end_line(const struct csv *c, struct csv_piece *ret)
{
	const uint8_t *w = c->window.p;
	size_t next = ret->stop + 1;

	if (w[ret->stop] == '\r') {
		if (next == c->window.n && !c->is_last)
			return FOUND_SHORT;
		if (next < c->window.n && w[next] == '\n')
			next++;
	}
	ret->next = next;
	return FOUND_NEWLINE;
}

/* Is the separator at ${at} of a cell that starts at ${from} escaped? */
static bool
is_escaped(const struct csv *c, size_t from, size_t at)
{
	size_t i = at;

	if (c->dialect.escape == 0 ||
	    !csv_is_delim(&c->dialect, c->window.p[at]))
		return false;
	while (i > from && c->window.p[i - 1] == c->dialect.escape)
		i--;
	return (at - i) % 2 == 1;
}

/* A cell that starts at s->at; its first bytes, up to ${at}, were read. */
static enum csv_found
plain_cell(struct csv *c, const struct csv_scan *s, size_t at,
	   struct csv_piece *ret)
{
	const uint8_t *w = c->window.p;
	size_t stop = csv_find_sep(c, at, s->end);

	while (stop < s->end && is_escaped(c, at, stop))
		stop = csv_find_sep(c, stop + 1, s->end);

	*ret = (struct csv_piece){
		.from = s->at,
		.to = stop,
		.stop = stop,
		.next = stop,
		.is_dirty =
			c->dialect.escape != 0 && at == s->at &&
			memchr(w + at, c->dialect.escape, stop - at) != NULL,
	};
	if (stop == s->end) {
		if (s->reach == REACH_END ||
		    (s->reach == REACH_LIMIT && s->is_literal))
			return FOUND_END;
		return out_of_reach(c, s, s->at, STATE_START);
	}
	if (csv_is_delim(&c->dialect, w[stop])) {
		ret->next = stop + 1;
		return FOUND_DELIM;
	}
	if (w[stop] == '\n' && c->dialect.newline != CSV_CR && stop > at &&
	    w[stop - 1] == '\r') {
		ret->to = stop - 1;
		ret->stop = stop - 1;
	}
	return end_line(c, ret);
}

/*
 * The next quote or escape inside quotes from ${at} on. *nl says whether a
 * newline was passed. Returns false at a newline from where the way is known.
 */
static bool
next_quote(struct csv *c, const struct csv_scan *s, size_t at, bool *nl,
	   size_t *ret_at)
{
	if (!*nl && at < c->lost_until) {
		const size_t known =
			c->lost_until < s->end ? c->lost_until : s->end;
		const size_t line = line_end(c, at, known);

		*ret_at = csv_find_quote(c, at, line);
		if (*ret_at < line)
			return true;
		if (line < known)
			return false;
	}
	*ret_at = csv_find_quote(c, at, s->end);
	if (!*nl)
		*nl = line_end(c, at, *ret_at) < *ret_at;
	return true;
}

/* The closing quote of s->at is at ${at}. */
static enum csv_found
close_cell(const struct csv *c, const struct csv_scan *s, size_t at,
	   enum quote_is kind, struct csv_piece *ret)
{
	ret->from = s->at + 1;
	ret->to = at;
	ret->stop = at + 1;
	ret->next = at + 1;
	ret->is_quoted = true;
	if (kind == QUOTE_AT_END)
		return FOUND_END;
	if (kind == QUOTE_BEFORE_NEWLINE)
		return end_line(c, ret);
	ret->next = at + 2;
	return FOUND_DELIM;
}

/* A quote inside quotes that neither closes nor is doubled. */
static enum csv_found
stray_quote(struct csv *c, const struct csv_scan *s, size_t at, bool nl,
	    struct csv_piece *ret)
{
	if (!nl)
		return plain_cell(c, s, at + 1, ret);
	c->lost_until = at;
	c->lost_state = STATE_LOST;
	return FOUND_LOST;
}

static enum csv_found
quoted_cell(struct csv *c, const struct csv_scan *s, struct csv_piece *ret)
{
	const struct csv_dialect *d = &c->dialect;
	bool nl = false;
	size_t at = s->at + 1;

	*ret = (struct csv_piece){0};
	for (;;) {
		size_t q;
		bool is_pair;

		if (!next_quote(c, s, at, &nl, &q))
			return FOUND_KNOWN;
		const enum csv_state state =
			nl ? STATE_QUOTED_NL : STATE_QUOTED;
		if (q == s->end)
			return out_of_reach(c, s, q, state);
		if (c->window.p[q] == d->quote) {
			const enum quote_is kind = quote_kind(c, s, q);

			if (kind == QUOTE_UNCLEAR)
				return out_of_reach(c, s, q, state);
			if (kind == QUOTE_STRAY)
				return stray_quote(c, s, q, nl, ret);
			if (kind != QUOTE_DOUBLED)
				return close_cell(c, s, q, kind, ret);
			is_pair = true;
		} else {
			if (q + 1 == s->end)
				return out_of_reach(c, s, q, state);
			is_pair = is_escapable(d, c->window.p[q + 1], true);
		}
		ret->is_dirty |= is_pair;
		at = q + 1 + is_pair;
	}
}

/* With runs: step over the delimiters before a cell. True: a cell comes. */
static bool
skip_run(const struct csv *c, struct csv_scan *s)
{
	while (s->at < s->end && c->window.p[s->at] == c->dialect.delimiter)
		s->at++;
	if (s->at == s->end)
		return false;
	const uint8_t b = c->window.p[s->at];
	return !csv_is_newline(&c->dialect, b) &&
	       !(b == '\r' && s->at + 1 < s->end &&
		 c->window.p[s->at + 1] == '\n');
}

static enum csv_found
run_cell(struct csv *c, const struct csv_scan *s, struct csv_piece *ret)
{
	struct csv_scan t = *s;
	const bool is_cell = skip_run(c, &t);

	/* What follows is a cell, or a newline that reads as an empty one. */
	const enum csv_found f =
		is_cell && !s->is_literal && c->dialect.quote != 0 &&
				c->window.p[t.at] == c->dialect.quote
			? quoted_cell(c, &t, ret)
			: plain_cell(c, &t, t.at, ret);
	if (!is_cell && f <= FOUND_END)
		ret->from = SIZE_MAX;
	return f;
}

enum csv_found
csv_cell(struct csv *c, const struct csv_scan *s, struct csv_piece *ret)
{
	if (c->dialect.is_runs != 0)
		return run_cell(c, s, ret);
	if (!s->is_literal && c->dialect.quote != 0 && s->at < s->end &&
	    c->window.p[s->at] == c->dialect.quote)
		return quoted_cell(c, s, ret);
	return plain_cell(c, s, s->at, ret);
}

/* One step of csv_follow() outside quotes; 0: the reach ends first. */
static size_t
follow_plain(const struct csv *c, const struct csv_scan *s, size_t at,
	     enum csv_state *state)
{
	const struct csv_dialect *d = &c->dialect;
	const uint8_t b = c->window.p[at];
	const enum csv_state was = *state;

	*state = csv_is_delim(d, b) ? STATE_START : STATE_PLAIN;
	if (was == STATE_START && d->quote != 0 && b == d->quote)
		*state = STATE_QUOTED;
	else if (d->escape != 0 && b == d->escape) {
		if (at + 1 == s->end && s->reach != REACH_END) {
			*state = was;
			return 0;
		}
		return at + 1 < s->end && is_escapable(d, c->window.p[at + 1],
						       false)
			       ? 2
			       : 1;
	}
	return 1;
}

/* One step inside quotes; 0: the reach ends, or the record does: *ret_found. */
static size_t
follow_quoted(const struct csv *c, const struct csv_scan *s, size_t at,
	      enum csv_state *state, enum csv_found *ret_found)
{
	const struct csv_dialect *d = &c->dialect;
	const uint8_t b = c->window.p[at];

	if (b != d->quote && (d->escape == 0 || b != d->escape)) {
		if (csv_is_newline(d, b))
			*state = STATE_QUOTED_NL;
		return 1;
	}
	if (b != d->quote) {
		if (at + 1 == s->end)
			return 0;
		return is_escapable(d, c->window.p[at + 1], true) ? 2 : 1;
	}
	switch (quote_kind(c, s, at)) {
	case QUOTE_DOUBLED:
		return 2;
	case QUOTE_BEFORE_DELIM:
		*state = STATE_START;
		return 2;
	case QUOTE_STRAY:
		*state = *state == STATE_QUOTED ? STATE_PLAIN : STATE_LOST;
		return *state == STATE_PLAIN ? 1 : 0;
	case QUOTE_BEFORE_NEWLINE:
		*ret_found = FOUND_NEWLINE;
		return 0;
	case QUOTE_AT_END:
		*ret_found = FOUND_END;
		return 0;
	case QUOTE_UNCLEAR:
	default:
		return 0;
	}
}

enum csv_found
csv_follow(struct csv *c, const struct csv_scan *s, size_t *ret_line)
{
	enum csv_state state = (enum csv_state)c->lost_state;
	size_t at = c->lost_until;

	while (at < s->end && state != STATE_LOST) {
		const bool is_quoted =
			state == STATE_QUOTED || state == STATE_QUOTED_NL;
		enum csv_found f = FOUND_LOST;
		size_t n;

		*ret_line = is_quoted ? at + 1 : at;
		if (!is_quoted && csv_is_newline(&c->dialect, c->window.p[at]))
			return FOUND_NEWLINE;
		n = is_quoted ? follow_quoted(c, s, at, &state, &f)
			      : follow_plain(c, s, at, &state);
		if (f != FOUND_LOST)
			return f;
		if (n == 0)
			break;
		at += n;
	}
	if (state == STATE_LOST) {
		c->lost_until = at;
		c->lost_state = STATE_LOST;
		return FOUND_LOST;
	}
	if (s->reach == REACH_END &&
	    (state == STATE_START || state == STATE_PLAIN))
		return FOUND_END;
	return out_of_reach(c, s, at, state);
}

size_t
csv_unescape(const struct csv_dialect *d, struct span raw, bool is_quoted,
	     uint8_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < raw.n; i++) {
		const uint8_t b = raw.p[i];

		/* A doubled quote; any other inside would have closed. */
		const bool is_double = is_quoted && b == d->quote;
		const bool is_pair = d->escape != 0 && b == d->escape &&
				     i + 1 < raw.n &&
				     is_escapable(d, raw.p[i + 1], is_quoted);
		i += is_double || is_pair;
		out[n++] = i < raw.n ? raw.p[i] : b;
	}
	return n;
}
