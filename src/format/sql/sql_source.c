#include "base/fold.h"
#include "format/sql/sql_impl.h"

#include <string.h>

/* Reads up to ${n} bytes to ${to}. */
static size_t
take(struct sql_source *s, uint8_t *to, size_t n)
{
	size_t got = 0;

	if (s->next >= s->in->size || n == 0)
		return 0;
	const enum rc rc = s->in->read(s->in->arg, s->next, to, n, &got);
	if (rc != RC_OK) {
		s->rc = rc;
		return 0;
	}
	s->next += got;
	return got;
}

static uint32_t
unit_at(const struct sql_source *s, size_t i)
{
	const uint8_t *p = s->raw + i;

	return s->units == SQL_UTF16LE ? p[0] | (uint32_t)p[1] << 8
				       : p[1] | (uint32_t)p[0] << 8;
}

/* The character at byte ${i} of s->raw. Returns its bytes; 0: they are not all
 * there yet. */
static size_t
character(const struct sql_source *s, size_t i, uint32_t *ret_code)
{
	const uint32_t high = unit_at(s, i);
	const bool is_pair = high >= 0xD800 && high < 0xDC00;

	*ret_code = high >= 0xD800 && high < 0xE000 ? 0xFFFD : high;
	if (!is_pair)
		return 2;
	if (i + 4 > s->raw_n)
		return s->next < s->in->size ? 0 : 2;
	const uint32_t low = unit_at(s, i + 2);
	if (low < 0xDC00 || low >= 0xE000)
		return 2;
	*ret_code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
	return 4;
}

/* Decodes s->raw behind s->end, while there is room; what is left over, half a
 * character at most at the end of a read, is kept. */
static void
decode(struct sql_source *s)
{
	size_t i = 0;

	while (i + 2 <= s->raw_n && s->end + 4 <= SQL_WINDOW) {
		uint32_t code;
		const size_t n = character(s, i, &code);

		if (n == 0)
			break;
		i += n;
		s->end += utf8_put(code, s->buf + s->end);
	}
	s->raw_n -= i;
	memmove(s->raw, s->raw + i, s->raw_n);
}

bool
sql_source_more(struct sql_source *s)
{
	const size_t had = s->end - s->at;

	if (s->is_over || had == SQL_WINDOW)
		return false;
	memmove(s->buf, s->buf + s->at, had);
	s->gone += s->at;
	s->at = 0;
	s->end = had;
	if (s->units == SQL_BYTES) {
		s->end += take(s, s->buf + had, SQL_WINDOW - had);
	} else {
		s->raw_n += take(s, s->raw + s->raw_n, SQL_RAW - s->raw_n);
		decode(s);
	}
	memset(s->buf + s->end, 0, SQL_PAD);
	if (s->end > had)
		return true;
	/* A window with less room than one character is not the end. */
	s->is_over = s->rc != RC_OK || had + 4 <= SQL_WINDOW;
	return false;
}

/* Does ${p} read as ASCII in units of two, its zeros at ${zero} of each? */
static bool
has_zeros(const uint8_t *p, size_t n, size_t zero)
{
	if (n < 8)
		return false;
	for (size_t i = 0; i + 2 <= n; i += 2)
		if (p[i + zero] != 0 || p[i + 1 - zero] == 0)
			return false;
	return true;
}

void
sql_source_begin(struct sql_source *s)
{
	enum { LOOK = 32 };

	(void)sql_has(s, LOOK);
	const uint8_t *p = s->buf;
	const size_t n = s->end < LOOK ? s->end : LOOK;
	size_t mark = 0;

	if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
		s->at = 3;
		return;
	}
	if (n >= 2 && p[0] == 0xFF && p[1] == 0xFE)
		s->units = SQL_UTF16LE;
	else if (n >= 2 && p[0] == 0xFE && p[1] == 0xFF)
		s->units = SQL_UTF16BE;
	mark = s->units == SQL_BYTES ? 0 : 2;
	if (has_zeros(p, n, 1))
		s->units = SQL_UTF16LE;
	else if (has_zeros(p, n, 0))
		s->units = SQL_UTF16BE;
	if (s->units == SQL_BYTES)
		return;
	/* Begin again, behind the mark. */
	s->next = mark;
	s->at = 0;
	s->end = 0;
	s->is_over = false;
}
