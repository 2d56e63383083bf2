#include "format/text/text.h"

#include <assert.h>
#include <string.h>

/* A line, or a piece of one that was cut. */
struct line {
	size_t start;
	size_t end;  /* of its text */
	size_t next; /* where the next one starts */
	bool is_cut;
};

static bool
is_blank(uint8_t b)
{
	return b == ' ' || b == '\t' || b == '\v' || b == '\f';
}

static bool
all_blank(struct span w, size_t from, size_t to)
{
	while (from < to && is_blank(w.p[from]))
		from++;
	return from >= to;
}

/* The first ${byte} in [from, to), or ${to}. */
static size_t
seek(struct span w, size_t from, size_t to, int byte)
{
	if (from >= to)
		return to;
	const uint8_t *hit = memchr(w.p + from, byte, to - from);
	return hit == NULL ? to : (size_t)(hit - w.p);
}

/*
 * Brings next_lf and next_cr up to ${t}->at. A CR is only looked for before
 * the next LF, so that no byte is searched twice for the same thing.
 */
static void
aim(struct text *t, bool afresh)
{
	const bool new_lf = afresh || t->next_lf < t->at;

	if (new_lf)
		t->next_lf = seek(t->window, t->at, t->window.n, '\n');
	if (new_lf || t->next_cr < t->at)
		t->next_cr = seek(t->window, t->at, t->next_lf, '\r');
}

enum rc
text_open(struct text *t, enum text_unit unit, struct span window, bool is_last)
{
	if (window.n > UINT32_MAX)
		return RC_LIMIT;
	*t = (struct text){
		.unit = unit,
		.window = window,
		.is_last = is_last,
		.stop = SIZE_MAX,
	};
	aim(t, true);
	return RC_OK;
}

void
text_range(struct text *t, size_t from, size_t stop)
{
	t->at = from < t->window.n ? from : t->window.n;
	t->stop = stop;
	aim(t, true);
}

/*
 * Where a line from ${start} that is too long is cut: after its last blank,
 * if one is near the ceiling, otherwise where no UTF-8 character is broken.
 */
static size_t
cut_point(struct span w, size_t start)
{
	const size_t limit = start + TEXT_LINE_MAX;

	for (size_t i = limit; i > limit - TEXT_BLANK_REACH; i--)
		if (is_blank(w.p[i - 1]))
			return i;
	size_t i = limit;
	while (i > limit - 3 && (w.p[i] & 0xC0) == 0x80)
		i--;
	return (w.p[i] & 0xC0) == 0x80 ? limit : i;
}

/* The line at ${t}->at, which is not stepped over. */
static enum rc
line_at(struct text *t, struct line *ret)
{
	const struct span w = t->window;

	if (t->at >= w.n)
		return t->is_last ? RC_END : RC_MORE;
	aim(t, false);
	const size_t end = t->next_cr;
	if (end - t->at > TEXT_LINE_MAX) {
		const size_t cut = cut_point(w, t->at);
		*ret = (struct line){t->at, cut, cut, true};
		return RC_OK;
	}
	if (end == w.n) {
		if (!t->is_last)
			return RC_MORE;
		*ret = (struct line){t->at, end, end, false};
		return RC_OK;
	}
	size_t next = end + 1;
	if (w.p[end] == '\r') {
		/* Whether a LF belongs to this CR stands past the window. */
		if (next == w.n && !t->is_last)
			return RC_MORE;
		if (next < w.n && w.p[next] == '\n')
			next++;
	}
	*ret = (struct line){t->at, end, next, false};
	return RC_OK;
}

/* Is the block that a line at ${t}->at would go on still open? */
static bool
block_is_open(const struct text *t)
{
	return t->inside && t->at - t->block < TEXT_BLOCK_MAX;
}

/* The next line that is a record. Blank lines are counted and passed. */
static enum rc
next_record(struct text *t, struct line *ret)
{
	for (;;) {
		struct line l;

		if (t->at >= t->stop && !block_is_open(t))
			return RC_END;
		const enum rc rc = line_at(t, &l);
		if (rc != RC_OK)
			return rc;
		if (!all_blank(t->window, l.start, l.end)) {
			*ret = l;
			return RC_OK;
		}
		t->inside = false;
		if (t->at >= t->stop)
			return RC_END;
		t->counts.blank++;
		t->at = l.next;
	}
}

static void
put_row(const struct text *t, struct batch *b, const struct line *l)
{
	const uint32_t row = b->rows++;
	const uint8_t *p = t->window.p;

	*batch_cell(b, row, 0) =
		(struct cell){p + l->start, (uint32_t)(l->end - l->start),
			      (uint32_t)l->start};
	*batch_cell(b, row, 1) = (struct cell){p + l->end, 0, (uint32_t)l->end};
	b->row_at[row] = (uint32_t)l->start;
	b->row_ragged[row] = 0;
}

enum rc
text_next(struct text *t, struct batch *b, uint32_t *group)
{
	enum rc rc = RC_OK;

	assert(b->cols == 1);
	b->rows = 0;
	while (b->rows < BATCH_ROWS) {
		struct line l;

		rc = next_record(t, &l);
		if (rc != RC_OK)
			break;
		if (!block_is_open(t)) {
			t->block = l.start;
			t->counts.blocks++;
		}
		t->inside = t->unit == TEXT_BLOCKS;
		if (group != NULL)
			group[b->rows] = (uint32_t)(t->counts.blocks - 1);
		put_row(t, b, &l);
		t->counts.records++;
		t->counts.cut += l.is_cut;
		t->at = l.next;
	}
	return b->rows > 0 ? RC_OK : rc;
}

size_t
text_offset(const struct text *t)
{
	return t->at;
}

size_t
text_restart(const struct text *t)
{
	return block_is_open(t) ? t->block : t->at;
}

struct text_counts
text_counts(const struct text *t)
{
	return t->counts;
}

/* Where the first line that starts at or after ${from} starts. */
static size_t
line_start(struct span w, size_t from)
{
	if (from >= w.n)
		return w.n;
	if (from > 0 && w.p[from - 1] == '\n')
		return from;
	size_t end = from - 1;
	if (from == 0 || w.p[from - 1] != '\r') {
		const size_t lf = seek(w, from, w.n, '\n');
		end = seek(w, from, lf, '\r');
	}
	if (end == w.n)
		return w.n;
	const size_t next = end + 1;
	return w.p[end] == '\r' && next < w.n && w.p[next] == '\n' ? next + 1
								   : next;
}

/* Is the line before the one that starts at ${start} blank? */
static bool
follows_blank(struct span w, size_t start)
{
	size_t i = start;

	if (i > 0 && w.p[i - 1] == '\n')
		i--;
	if (i > 0 && w.p[i - 1] == '\r')
		i--;
	while (i > 0 && is_blank(w.p[i - 1]))
		i--;
	return i == 0 || w.p[i - 1] == '\n' || w.p[i - 1] == '\r';
}

/* Is the line that starts at ${start} blank? */
static bool
starts_blank(struct span w, size_t start)
{
	while (start < w.n && is_blank(w.p[start]))
		start++;
	return start == w.n || w.p[start] == '\n' || w.p[start] == '\r';
}

size_t
text_resync(enum text_unit unit, struct span window, size_t from)
{
	size_t at = line_start(window, from);

	if (unit == TEXT_LINES)
		return at;
	while (at < window.n && at - from < TEXT_BLOCK_MAX) {
		if (starts_blank(window, at) || follows_blank(window, at))
			return at;
		at = line_start(window, at + 1);
	}
	return at;
}

bool
text_has_blocks(struct span sample)
{
	enum { LINES_MAX = 64 };
	struct text t;
	struct line l;
	uint32_t blocks = 0;
	uint32_t good = 0; /* of 2 to LINES_MAX lines */
	uint32_t lines = 0;

	if (sample.n > TEXT_SAMPLE_MAX)
		sample.n = TEXT_SAMPLE_MAX;
	if (text_open(&t, TEXT_LINES, sample, true) != RC_OK)
		return false;
	while (line_at(&t, &l) == RC_OK) {
		t.at = l.next;
		if (!all_blank(sample, l.start, l.end)) {
			blocks += lines == 0;
			lines++;
			good += lines == 2;
			good -= lines == LINES_MAX + 1;
			continue;
		}
		lines = 0;
	}
	return blocks >= 2 && good * 2 > blocks;
}
