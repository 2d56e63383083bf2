#include "base/fold.h"
#include "source/charset/charset_impl.h"

enum rc
charset_window(enum charset cs, struct span in, bool is_last, struct arena *a,
	       struct charset_window *ret)
{
	if (cs == CHARSET_NONE)
		return RC_UNSUPPORTED;
	if (in.n > CHARSET_WINDOW_MAX)
		return RC_LIMIT;
	/* Every piece takes CHARSET_STEP bytes but for an unfinished
	 * character, three bytes at most. */
	const size_t pieces = in.n / (CHARSET_STEP - 3) + 3;
	const size_t cap = charset_bound(cs, in);
	struct charset_mark *marks =
		ARENA_ARRAY(a, pieces, struct charset_mark);
	uint8_t *text = ARENA_ARRAY(a, cap, uint8_t);
	if (marks == NULL || text == NULL)
		return RC_LIMIT;

	size_t at = 0;
	size_t n = 0;
	size_t k = 0;
	uint64_t replaced = 0;
	while (at < in.n) {
		const bool is_end = in.n - at <= CHARSET_STEP;
		const struct span piece = {in.p + at,
					   is_end ? in.n - at : CHARSET_STEP};
		struct charset_done done;

		marks[k++] = (struct charset_mark){(uint32_t)at, (uint32_t)n};
		const enum rc rc = charset_decode(cs, piece, is_last && is_end,
						  text + n, cap - n, &done);
		at += done.used;
		n += done.written;
		replaced += done.replaced;
		if (rc == RC_LIMIT)
			return RC_INTERNAL;
		if (rc == RC_MORE && is_end)
			break;
	}
	marks[k++] = (struct charset_mark){(uint32_t)at, (uint32_t)n};
	*ret = (struct charset_window){
		.text = {text, n},
		.source = {in.p, at},
		.charset = cs,
		.replaced = replaced,
		.marks = marks,
		.n_marks = k,
	};
	return RC_OK;
}

/* The last mark at or before ${at}, in the text or in the source. */
static struct charset_mark
find_mark(const struct charset_window *w, size_t at, bool in_text)
{
	size_t low = 0;
	size_t high = w->n_marks;

	while (high - low > 1) {
		const size_t mid = low + (high - low) / 2;
		const struct charset_mark m = w->marks[mid];

		if ((in_text ? m.text : m.source) <= at)
			low = mid;
		else
			high = mid;
	}
	return w->marks[low];
}

/*
 * Steps from a mark to the character that holds ${at}. A character that ends
 * with the source is one step, as charset_decode() has it.
 */
static struct charset_mark
walk_to(const struct charset_window *w, size_t at, bool in_text)
{
	struct charset_mark m = find_mark(w, at, in_text);

	while (m.source < w->source.n) {
		uint8_t utf8[4];
		uint32_t code;
		bool is_bad;
		size_t used = charset_step(w->charset, w->source, m.source,
					   &code, &is_bad);

		used = used == 0 ? w->source.n - m.source : used;
		const struct charset_mark next = {
			m.source + (uint32_t)used,
			m.text + (uint32_t)utf8_put(code, utf8)};
		if ((in_text ? next.text : next.source) > at)
			break;
		m = next;
	}
	return m;
}

size_t
charset_window_source(const struct charset_window *w, size_t at)
{
	return at >= w->text.n ? w->source.n : walk_to(w, at, true).source;
}

size_t
charset_window_text(const struct charset_window *w, size_t source_at)
{
	return source_at >= w->source.n ? w->text.n
					: walk_to(w, source_at, false).text;
}
