#include "base/fold.h"
#include "format/sql/sql_impl.h"

#include <string.h>

void
sql_put_code(struct sql_cells *c, uint32_t code)
{
	uint8_t bytes[4];
	const bool is_good =
		code < 0xD800 || (code >= 0xE000 && code <= 0x10FFFF);
	const size_t n = utf8_put(is_good ? code : 0xFFFD, bytes);

	for (size_t i = 0; i < n; i++)
		sql_put(c, bytes[i]);
}

static const uint8_t SIGNS[256] = {
	['\''] = SQL_APOSTROPHE,
	['"'] = SQL_QUOTE | SQL_SPECIAL,
	['\\'] = SQL_BACKSLASH,
	['\t'] = SQL_COPY_END,
	['\n'] = SQL_COPY_END | SQL_SPECIAL,
	['\r'] = SQL_SPECIAL,
	[','] = SQL_SPECIAL,
};

/* The highest bit of each byte of ${v} that may be a sign: below the dash and
 * no space, or a backslash. */
static inline uint64_t
signs(uint64_t v)
{
	const uint64_t low = v & word_each(0x7F);
	const uint64_t dash = low + word_each(0x80 - '-');
	const uint64_t space = (low ^ word_each(' ')) + word_each(0x7F);
	const uint64_t slash = (low ^ word_each('\\')) + word_each(0x7F);

	return ((~dash & space) | ~slash) & ~v & word_each(0x80);
}

void
sql_put_run(struct sql_cells *c, struct sql_source *s, uint8_t stops)
{
	const uint8_t *p = s->buf + s->at;
	const size_t n = s->end - s->at;
	uint8_t *to = c->p + c->n;
	uint64_t high = 0;
	uint8_t met = 0;
	size_t i = 0;

	/* The window ends in zeros, which are looked at and stop nothing; a
	 * cell may run past its limit by a window. */
	while (i < n) {
		const uint64_t v = word_load8(p + i);
		const uint64_t hit = signs(v);

		word_store8(to + i, v);
		if (hit == 0) {
			high |= v;
			i += 8;
			continue;
		}
		const unsigned before = (unsigned)__builtin_ctzll(hit) & ~7U;
		high |= v & ((UINT64_C(1) << before) - 1);
		i += before / 8;
		const uint8_t sign = SIGNS[p[i]];
		if ((sign & stops) != 0)
			break;
		met |= sign;
		i++;
	}
	if (i > n)
		i = n;
	s->at += i;
	c->n += i;
	c->high |= high;
	c->signs |= met & SQL_SPECIAL;
	if (c->n > c->limit) {
		c->n = c->limit;
		c->is_cut = true;
	}
}

/* Could somebody have typed ${s}? */
static bool
is_text(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == 0 || (s.p[i] < ' ' && !byte_in(s.p[i], "\t\n\r")))
			return false;
	return utf8_is_valid(s);
}

/* The cell, as it stands. */
static struct span
view(const struct sql_cells *c)
{
	return (struct span){c->p + c->cell, c->n - c->cell};
}

/* Puts what is in the scratch in the place of the cell. */
static void
replace(struct sql_cells *c, size_t n)
{
	memcpy(c->p + c->cell, c->scratch, n);
	c->n = c->cell + n;
}

static void
to_utf8(struct sql_cells *c)
{
	const struct span s = view(c);
	uint8_t *out = c->scratch;
	uint32_t code;

	for (size_t i = 0; i < s.n;) {
		const size_t n = utf8_next(s, i, &code);

		if (n == 1 && s.p[i] >= 0x80)
			code = windows_1252(s.p[i]);
		out += utf8_put(code, out);
		i += n;
	}
	replace(c, (size_t)(out - c->scratch));
}

/* Shows the ${n} bytes in the scratch as what they are: no text. */
static void
to_hex(struct sql_cells *c, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t *to = c->p + c->cell;

	*to++ = '0';
	*to++ = 'x';
	for (size_t i = 0; i < n && i < SQL_BINARY_MAX; i++) {
		*to++ = (uint8_t)digits[c->scratch[i] >> 4];
		*to++ = (uint8_t)digits[c->scratch[i] & 15];
	}
	c->n = (size_t)(to - c->p);
	c->high = 0;
	c->signs = 0;
	c->is_cut = false;
}

static int
hex_value(uint8_t b)
{
	if (is_digit(b))
		return b - '0';
	const uint8_t low = b | 0x20;
	return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

bool
sql_unhex(struct span s, uint8_t *out)
{
	for (size_t i = 0; i + 2 <= s.n; i += 2) {
		const int high = hex_value(s.p[i]);
		const int low = hex_value(s.p[i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i / 2] = (uint8_t)(high << 4 | low);
	}
	return s.n % 2 == 0;
}

/* A cell that is, or may be, bytes: text if they are that. */
static void
bytes_end(struct sql_cells *c, size_t skip)
{
	struct span s = view(c);

	s.p += skip;
	s.n -= skip;
	if (c->is_cut)
		s.n &= ~(size_t)1;
	if (!sql_unhex(s, c->scratch))
		return;
	const struct span bytes = {c->scratch, s.n / 2};
	if (!is_text(bytes)) {
		to_hex(c, bytes.n);
		return;
	}
	replace(c, bytes.n);
	c->signs = SQL_SPECIAL; /* perhaps: see sql_cell_finish() */
	c->high = 0x80;
}

/* Leaves out a character of which the end was cut off. */
static void
cut_end(struct sql_cells *c)
{
	size_t back = 0;

	while (back < 3 && c->n - back > c->cell &&
	       (c->p[c->n - back - 1] & 0xC0) == 0x80)
		back++;
	if (c->n - back == c->cell || c->p[c->n - back - 1] < 0xC0)
		return;
	const size_t from = c->n - back - 1;
	uint32_t code;
	const struct span last = {c->p + from, back + 1};
	if (back == 0 || utf8_next(last, 0, &code) != last.n)
		c->n = from;
}

void
sql_cell_text(struct sql_cells *c)
{
	if (c->is_cut)
		cut_end(c);
	const struct span s = view(c);
	/* PostgreSQL writes bytes as text: \x and hexadecimal. */
	if (c->is_hex)
		bytes_end(c, 0);
	else if (s.n > 2 && s.p[0] == '\\' && s.p[1] == 'x')
		bytes_end(c, 2);
	else if (c->is_binary && !is_text(s)) {
		memcpy(c->scratch, s.p, s.n);
		to_hex(c, s.n);
	}
	if ((c->high & word_each(0x80)) != 0 && !utf8_is_valid(view(c)))
		to_utf8(c);
}

static void
quote(struct sql_cells *c)
{
	const struct span s = view(c);
	size_t quotes = 0;

	for (size_t i = 0; i < s.n; i++)
		quotes += s.p[i] == '"';
	/* From the back, so that nothing is written over before it is read. */
	uint8_t *to = c->p + c->n + quotes + 2;
	c->n += quotes + 2;
	*--to = '"';
	for (size_t i = s.n; i > 0; i--) {
		*--to = s.p[i - 1];
		if (*to == '"')
			*--to = '"';
	}
	*--to = '"';
}

static bool
is_blank(uint8_t b)
{
	return b == ' ' || b == '\t';
}

void
sql_cell_finish(struct sql_cells *c)
{
	sql_cell_text(c);
	const struct span s = view(c);
	if (s.n == 0)
		return;
	bool must = is_blank(s.p[0]) || is_blank(s.p[s.n - 1]);
	for (size_t i = 0; i < s.n && !must; i++)
		must = (SIGNS[s.p[i]] & SQL_SPECIAL) != 0;
	if (must)
		quote(c);
}
