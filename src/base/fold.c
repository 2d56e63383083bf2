#include "base/fold.h"

#include "base/fold_table.h"

#include <string.h>

enum { BAD = 0xFFFD };

/* Bytes the lead byte asks for; 0: not a lead byte. */
static size_t
lead_length(uint8_t b)
{
	if (b < 0x80)
		return 1;
	if (b >= 0xC2 && b <= 0xDF)
		return 2;
	if (b >= 0xE0 && b <= 0xEF)
		return 3;
	return b >= 0xF0 && b <= 0xF4 ? 4 : 0;
}

static bool
is_scalar(uint32_t code, size_t n)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

	return code >= least[n] && code <= 0x10FFFF &&
	       !(code >= 0xD800 && code <= 0xDFFF);
}

size_t
utf8_next(struct span s, size_t i, uint32_t *ret_code)
{
	const uint8_t lead = s.p[i];
	const size_t n = lead_length(lead);

	if (n == 1) {
		*ret_code = lead;
		return 1;
	}
	*ret_code = BAD;
	if (n == 0 || n > s.n - i)
		return 1;
	uint32_t code = lead & (0x7FU >> n);
	for (size_t k = 1; k < n; k++) {
		if ((s.p[i + k] & 0xC0) != 0x80)
			return 1;
		code = code << 6 | (s.p[i + k] & 0x3F);
	}
	if (!is_scalar(code, n))
		return 1;
	*ret_code = code;
	return n;
}

size_t
utf8_put(uint32_t code, uint8_t out[static 4])
{
	if (code < 0x80) {
		out[0] = (uint8_t)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (uint8_t)(0xC0 | code >> 6);
		out[1] = (uint8_t)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (uint8_t)(0xE0 | code >> 12);
		out[1] = (uint8_t)(0x80 | (code >> 6 & 0x3F));
		out[2] = (uint8_t)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (uint8_t)(0xF0 | code >> 18);
	out[1] = (uint8_t)(0x80 | (code >> 12 & 0x3F));
	out[2] = (uint8_t)(0x80 | (code >> 6 & 0x3F));
	out[3] = (uint8_t)(0x80 | (code & 0x3F));
	return 4;
}

bool
utf8_is_valid(struct span s)
{
	uint32_t code;

	for (size_t i = 0; i < s.n;) {
		if (s.n - i >= 8 &&
		    (word_load8(s.p + i) & word_each(0x80)) == 0) {
			i += 8;
			continue;
		}
		const size_t n = utf8_next(s, i, &code);

		if (n == 1 && s.p[i] >= 0x80)
			return false;
		i += n;
	}
	return true;
}

uint32_t
windows_1252(uint8_t b)
{
	static const uint16_t c1[32] = {
		0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
		0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
	};

	return b >= 0x80 && b < 0xA0 ? c1[b - 0x80] : b;
}

static uint8_t
upper(uint8_t b)
{
	return (uint8_t)(b - 'a') < 26 ? (uint8_t)(b - 0x20) : b;
}

/* The folded form of a character past ASCII that is more than itself, as a
 * string; NULL: keep it; "": a combining mark, leave it out. */
static const char *
folded(uint32_t code)
{
	const char *s = NULL;

	if (code >= 0xC0 && code - 0xC0 < COUNT_OF(FOLD_LATIN))
		s = FOLD_LATIN[code - 0xC0];
	else if (code >= 0x1E00 && code - 0x1E00 < COUNT_OF(FOLD_LATIN_MORE))
		s = FOLD_LATIN_MORE[code - 0x1E00];
	if (s != NULL)
		return s[0] == '\0' ? NULL : s;
	if (code >= 0x300 && code <= 0x36F)
		return "";
	if (code == 0xA0 || (code >= 0x2000 && code <= 0x200A) ||
	    code == 0x202F || code == 0x3000)
		return " ";
	if (code == 0x2018 || code == 0x2019 || code == 0xB4 || code == 0x2BC)
		return "'";
	if (code >= 0x2010 && code <= 0x2015)
		return "-";
	return NULL;
}

/* Fold the plain bytes that ${text} begins with, eight at a time; how many. */
static size_t
fold_run(struct span text, uint8_t *out, size_t cap)
{
	size_t n = 0;

	while (text.n - n >= 8 && cap - n >= 8) {
		const uint64_t v = word_load8(text.p + n);

		if (!word_is_plain(v))
			break;
		word_store8(out + n, word_upper(v));
		n += 8;
	}
	/* The last ones, fewer than eight, together with those before them. */
	if (n >= 8 && text.n - n < 8 && cap >= text.n) {
		const uint64_t v = word_load8(text.p + text.n - 8);

		if (word_is_plain(v)) {
			word_store8(out + text.n - 8, word_upper(v));
			n = text.n;
		}
	}
	return n;
}

static uint8_t
fold_ascii(uint8_t b)
{
	return b >= '\t' && b <= '\r' ? ' ' : upper(b);
}

/* Fold the character at ${text}.p + ${i}, past ASCII; the bytes written, or
 * SIZE_MAX: they do not fit. */
static size_t
fold_wide(struct span text, size_t i, uint8_t *out, size_t cap,
	  size_t *ret_used)
{
	uint32_t code;
	const size_t used = utf8_next(text, i, &code);
	const char *s = folded(code);
	const size_t n = s != NULL ? strlen(s) : used;

	if (n > cap)
		return SIZE_MAX;
	const uint8_t *from = s != NULL ? (const uint8_t *)s : text.p + i;
	for (size_t k = 0; k < n; k++)
		out[k] = from[k];
	*ret_used = used;
	return n;
}

size_t
fold_letters(struct span text, uint8_t *out, size_t cap)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n && n < cap;) {
		const size_t run =
			fold_run((struct span){text.p + i, text.n - i}, out + n,
				 cap - n);

		n += run;
		i += run;
		if (i == text.n || n == cap)
			break;
		if (text.p[i] < 0x80) {
			out[n++] = fold_ascii(text.p[i++]);
			continue;
		}
		size_t used;
		const size_t k = fold_wide(text, i, out + n, cap - n, &used);
		if (k == SIZE_MAX)
			break;
		n += k;
		i += used;
	}
	return n;
}

/* Does a sign of two bytes stand at out[i] that is no letter: U+0080 to U+00BF,
 * such as the degree sign of "N°"? */
static bool
is_sign(const uint8_t *out, size_t i, size_t n)
{
	return out[i] == 0xC2 && i + 1 < n && (out[i + 1] & 0xC0) == 0x80;
}

/* Are the eight folded bytes ${v} words with single spaces between them, the
 * byte before them being none if ${open}? */
static bool
are_words(uint64_t v, bool open)
{
	const uint64_t spaces = word_between(v, ' ', ' ');
	const uint64_t others =
		word_between(v, '0', '9') | word_between(v, 'A', 'Z');
	const uint64_t after = spaces << 8 | (uint64_t)!open << 7;

	return (spaces | others) == word_each(0x80) && (spaces & after) == 0;
}

size_t
fold_words(struct span text, uint8_t *out, size_t cap)
{
	const size_t n = fold_letters(text, out, cap);
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		/* Eight at a time where nothing has to be left out. */
		while (n - i >= 8) {
			const uint64_t v = word_load8(out + i);

			if (!are_words(v, k > 0 && out[k - 1] != ' '))
				break;
			word_store8(out + k, v);
			i += 8;
			k += 8;
		}
		if (i == n)
			break;
		/* The last ones with those before them. */
		if (k == i && n >= 9 && n - i < 8 &&
		    are_words(word_load8(out + n - 8), out[n - 9] != ' ')) {
			k = n;
			break;
		}
		const bool sign = is_sign(out, i, n);

		if (!sign && (is_alnum(out[i]) || out[i] >= 0x80)) {
			out[k++] = out[i];
			continue;
		}
		i += sign;
		if (k > 0 && out[k - 1] != ' ')
			out[k++] = ' ';
	}
	return k > 0 && out[k - 1] == ' ' ? k - 1 : k;
}
