/* Lines: where a segment starts and ends, and what goes on it. */
#include "format/segment/segment_impl.h"

#include <string.h>

void
segment_fill(struct segment_source *s)
{
	while (!s->is_over && s->end - s->at < SEGMENT_MAX + SEGMENT_PEEK) {
		if (s->at > 0) {
			memmove(s->buf, s->buf + s->at, s->end - s->at);
			s->end -= s->at;
			s->at = 0;
		}
		size_t n = 0;

		s->rc = s->in->read(s->in->arg, s->next, s->buf + s->end,
				    s->room - s->end, &n);
		s->next += n;
		s->end += n;
		s->is_over = s->rc != RC_OK || n == 0;
		memset(s->buf + s->end, 0, SEGMENT_PAD);
	}
}

/* LF, VT (which opens a frame of MLLP), FF, CR; and what closes a frame. */
static bool
is_end(uint8_t b)
{
	return (uint8_t)(b - '\n') <= '\r' - '\n' || b == 0x1C;
}

/* The first byte in [at, to) that ends a line; or ${to}. */
static size_t
find_end(const uint8_t *p, size_t at, size_t to)
{
	for (; at < to; at += 8) {
		const uint64_t v = word_load8(p + at);
		const uint64_t hit = word_between(v, '\n', '\r') |
				     word_between(v, 0x1C, 0x1C);

		if (hit != 0) {
			at += (size_t)__builtin_ctzll(hit) / 8;
			break;
		}
	}
	return at < to ? at : to;
}

/* Step over what ends the line; is the next one part of the same paragraph?
 */
static bool
step_over_end(struct segment_source *s)
{
	const uint8_t b = s->at < s->end ? s->buf[s->at] : 0x1C;

	s->at += s->at < s->end;
	if (b == '\r' && s->at < s->end && s->buf[s->at] == '\n')
		s->at++;
	return s->at < s->end && !is_end(s->buf[s->at]) && b != 0x1C;
}

/* The letters of a name at ${p}: capitals, and digits behind the first. */
static size_t
name_length(const uint8_t *p, size_t n)
{
	size_t i = 0;

	while (i < n && (is_upper(p[i]) || (i > 0 && is_digit(p[i]))))
		i++;
	return i;
}

/* How the line at ${p} has to do with the segment before it. */
enum line_is { LINE_NEW, LINE_ADDED, LINE_STRAY };

static enum line_is
judge(const struct segments *s, const uint8_t *p, size_t n)
{
	const struct segment_format *f = s->format;
	const uint8_t sign = s->row.signs.field;
	struct segment_signs other;
	const size_t peek = n < SEGMENT_PEEK ? n : SEGMENT_PEEK;
	const size_t name = name_length(p, peek);

	if (name == 0)
		return LINE_STRAY;
	if (f->header((struct span){p, peek}, &other))
		return LINE_NEW;
	if (sign == 0 || (name < n && p[name] != sign && !is_end(p[name])))
		return LINE_STRAY;
	if (name == strlen(f->goes_on) && memcmp(p, f->goes_on, name) == 0 &&
	    name < n && p[name] == sign)
		return LINE_ADDED;
	return name >= f->name_min && name <= f->name_max ? LINE_NEW
							  : LINE_STRAY;
}

/* Move the lines that go on the one of ${n} bytes at ${start} behind it.
 * Returns  How many bytes it has then. */
static size_t
join(struct segments *s, size_t start, size_t n)
{
	struct segment_source *in = &s->in;
	const size_t limit = start + SEGMENT_MAX;

	while (in->at < limit) {
		const size_t mark = in->at;

		if (!step_over_end(in))
			return n;
		if (in->at >= limit) {
			in->at = mark;
			return n;
		}
		const uint8_t *p = in->buf + in->at;
		const enum line_is is = judge(s, p, in->end - in->at);

		if (is == LINE_NEW) {
			s->is_next_new = true;
			in->at = mark;
			return n;
		}
		const size_t to = in->end < limit ? in->end : limit;
		const size_t end = find_end(in->buf, in->at, to);

		if (is == LINE_ADDED)
			in->at += strlen(s->format->goes_on) + 1;
		else
			in->buf[start + n++] = ' ';
		if (in->at > end)
			in->at = end;
		memmove(in->buf + start + n, in->buf + in->at, end - in->at);
		n += end - in->at;
		in->at = end;
	}
	return n;
}

void
segment_leave_out(struct segment_source *s)
{
	for (;;) {
		s->at = find_end(s->buf, s->at, s->end);
		if (s->at < s->end || s->is_over)
			return;
		segment_fill(s);
	}
}

bool
segment_line(struct segments *s, struct segment_line *ret)
{
	struct segment_source *in = &s->in;

	segment_fill(in);
	for (; in->at < in->end && is_end(in->buf[in->at]); segment_fill(in))
		in->at++;
	if (in->at == in->end)
		return false;
	const size_t start = in->at;
	const size_t limit = start + SEGMENT_MAX;
	const size_t to = in->end < limit ? in->end : limit;

	in->at = find_end(in->buf, start, to);
	size_t n = in->at - start;

	/* From here on its own signs part it, and what goes on it. */
	ret->is_header = s->format->header((struct span){in->buf + start, n},
					   &s->row.signs);
	ret->is_stray =
		!s->is_next_new && judge(s, in->buf + start, n + 1) != LINE_NEW;
	s->is_next_new = false;
	if (!ret->is_stray)
		n = join(s, start, n);
	ret->text = (struct span){in->buf + start, n};
	ret->is_cut =
		in->at == limit && in->at < in->end && !is_end(in->buf[in->at]);
	return true;
}

void
segment_split(struct span line, uint8_t sign, struct segment *ret)
{
	const uint8_t *start = line.p;
	const uint8_t *const end = line.p + line.n;

	ret->n = 0;
	for (const uint8_t *p = line.p; p < end; p += 8) {
		uint64_t hit = word_between(word_load8(p), sign, sign);

		for (; hit != 0; hit &= hit - 1) {
			const uint8_t *at =
				p + (size_t)__builtin_ctzll(hit) / 8;

			if (at >= end || ret->n == SEGMENT_FIELDS_MAX - 1)
				break;
			ret->fields[ret->n++] =
				(struct span){start, (size_t)(at - start)};
			start = at + 1;
		}
	}
	ret->fields[ret->n++] = (struct span){start, (size_t)(end - start)};
}
