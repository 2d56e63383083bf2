/* Where a record starts in the middle of a document: a guess by two readings.
 */
#include "format/csv/csv_impl.h"

#include <string.h>

enum {
	LOOK_ROWS = 64,        /* rows of a supposition that are counted */
	LOOK_BYTES = 64 << 10, /* or as many bytes as these */
};

/* What following one supposition gave. */
struct trial {
	size_t at;     /* where the first record starts */
	uint32_t good; /* rows as they should be */
	uint32_t bad;
};

/* Does a cell outside quotes end with one? Then it rather began inside. */
static bool
has_loose_end(struct csv *c, const struct csv_scan *row)
{
	struct csv_scan s = *row;
	struct csv_piece p;
	enum csv_found f;

	if (c->dialect.quote == 0 ||
	    memchr(c->window.p + s.start, c->dialect.quote, s.stop - s.start) ==
		    NULL)
		return false;
	s.at = s.start;
	do {
		f = csv_cell(c, &s, &p);
		if (f > FOUND_END || p.from == SIZE_MAX)
			return false;
		if (!p.is_quoted && p.to > p.from &&
		    c->window.p[p.to - 1] == c->dialect.quote)
			return true;
		s.at = p.next;
	} while (f == FOUND_DELIM);
	return false;
}

/* Read on from t->at and count. */
static void
count_rows(struct csv *c, struct trial *t)
{
	const size_t stop = t->at + LOOK_BYTES;
	struct csv_scan s = {0};

	c->at = t->at;
	c->lost_until = 0;
	c->counts.blank = 0;
	while (t->good + t->bad < LOOK_ROWS && c->at < stop) {
		if (!csv_blank(c) || c->at >= c->window.n ||
		    csv_read(c, &s) > FOUND_END)
			break;
		if (s.cells == c->dialect.cols && !s.is_literal &&
		    !has_loose_end(c, &s))
			t->good++;
		else
			t->bad++;
	}
	t->bad += (uint32_t)c->counts.blank;
}

/* What follows the newline at ${line}; the window's end if there is none. */
static size_t
after_line(const struct csv *c, size_t line)
{
	const uint8_t *w = c->window.p;
	const size_t n = c->window.n;

	if (line >= n)
		return n;
	return w[line] == '\r' && line + 1 < n && w[line + 1] == '\n'
		       ? line + 2
		       : line + 1;
}

/* After the end of the record that is in ${state} at ${from}; SIZE_MAX if it
 * does not end well. */
static size_t
after_record(struct csv *c, size_t from, enum csv_state state)
{
	const struct csv_scan s = csv_scan_start(c, from);
	size_t line;

	c->lost_until = from;
	c->lost_state = (uint8_t)state;
	if (csv_follow(c, &s, &line) != FOUND_NEWLINE)
		return SIZE_MAX;
	return after_line(c, line);
}

/* Outside quotes at ${from}. */
static size_t
start_outside(struct csv *c, size_t from)
{
	const struct csv_dialect *d = &c->dialect;
	const uint8_t *w = c->window.p;

	if (from == 0)
		return 0;
	/* A CR whose LF is still to come does not end a line. */
	if (w[from - 1] == '\n' ||
	    (csv_is_newline(d, w[from - 1]) && w[from] != '\n'))
		return from;

	const size_t next = after_record(
		c, from,
		csv_is_delim(d, w[from - 1]) ? STATE_START : STATE_PLAIN);
	if (next != SIZE_MAX)
		return next;
	while (from < c->window.n && !csv_is_newline(d, w[from]))
		from++;
	return after_line(c, from);
}

/* Inside quotes at ${from}, where a newline may have been passed. */
static size_t
start_inside(struct csv *c, size_t from)
{
	return c->dialect.quote == 0 ? SIZE_MAX
				     : after_record(c, from, STATE_QUOTED_NL);
}

size_t
csv_resync(const struct csv_dialect *d, struct span window, size_t from)
{
	struct csv c;

	/* Not the last window: what lies at its end may be cut. */
	if (from >= window.n || csv_open(&c, d, NULL, window, false) != RC_OK)
		return window.n;

	struct trial out = {.at = start_outside(&c, from)};
	struct trial in = {.at = start_inside(&c, from)};
	if (in.at >= window.n || in.at == out.at)
		return out.at;
	count_rows(&c, &out);
	count_rows(&c, &in);

	const uint64_t out_bad = (uint64_t)out.bad * (in.good + in.bad);
	const uint64_t in_bad = (uint64_t)in.bad * (out.good + out.bad);
	return in_bad < out_bad ? in.at : out.at;
}
