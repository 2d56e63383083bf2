/* One cell at a time, since files are put together from exports that do not
 * agree on a charset. */
#include "base/fold.h"
#include "source/charset/charset_impl.h"

#include <string.h>

/* What a cell looks like to UTF-8. */
struct utf8_look {
	size_t good;   /* sequences of more than one byte */
	size_t usual;  /* of these, letters and signs of our languages */
	size_t broken; /* bytes that belong to none */
	bool is_cut;   /* it ends inside a sequence */
};

/*
 * The sequences that 8-bit text does not hold by chance: the letters of
 * U+00C0 to U+00FF, Oe and Y with dots, typographic signs.
 */
static bool
is_usual(const uint8_t *p)
{
	if (p[0] == 0xC3)
		return true;
	if (p[0] == 0xC5)
		return p[1] == 0x92 || p[1] == 0x93 || p[1] == 0xB8;
	return p[0] == 0xE2 && (p[1] == 0x80 || p[1] == 0x82);
}

/* How many bytes of ${s} are ASCII, up to the first that is not. */
static size_t
ascii_run(struct span s)
{
	for (size_t i = 0; i < s.n; i += 8) {
		const uint64_t v = s.n - i >= 8 ? word_load8(s.p + i)
						: word_short(s.p + i, s.n - i);
		const uint64_t high = v & word_each(0x80);

		if (high != 0)
			return i + (size_t)__builtin_ctzll(high) / 8;
	}
	return s.n;
}

static struct utf8_look
look_at(struct span s, bool until_broken)
{
	struct utf8_look l = {0};

	for (size_t i = 0; i < s.n && !(until_broken && l.broken > 0);) {
		uint32_t code;
		bool is_bad;

		if (s.p[i] < 0x80) {
			i += ascii_run((struct span){s.p + i, s.n - i});
			continue;
		}
		/* Most of what is not ASCII. */
		if (s.p[i] == 0xC3 && s.n - i > 1 &&
		    (s.p[i + 1] & 0xC0) == 0x80) {
			l.good++;
			l.usual++;
			i += 2;
			continue;
		}
		const size_t used =
			charset_step(CHARSET_UTF8, s, i, &code, &is_bad);
		if (used == 0) {
			l.is_cut = true;
			break;
		}
		l.broken += is_bad;
		l.good += used > 1;
		l.usual += used > 1 && is_usual(s.p + i);
		i += used;
	}
	return l;
}

/* The byte that is ${code} in windows-1252, as far as browsers read it: the
 * five bytes that mean nothing stand for themselves. 256: there is none. */
static unsigned
byte_of(uint32_t code)
{
	if (code < 0x80 || (code >= 0xA0 && code < 0x100))
		return code;
	for (unsigned b = 0x80; b < 0xA0; b++) {
		const uint32_t means = charset_code(CHARSET_CP1252, (uint8_t)b);

		if (code == means || (means == CHARSET_BAD && code == b))
			return b;
	}
	return 256;
}

/* May ${s} be UTF-8 that was read as windows-1252 and written as UTF-8 again?
 * Then it has the lead bytes of our letters as letters of their own. */
static bool
may_be_double(struct span s)
{
	for (size_t i = 0; i + 3 < s.n; i++) {
		const uint8_t *lead = memchr(s.p + i, 0xC3, s.n - 3 - i);

		if (lead == NULL)
			break;
		i = (size_t)(lead - s.p);
		if (s.p[i + 2] >= 0xC2 &&
		    byte_in(s.p[i + 1], "\x82\x83\x85\xA2"))
			return true;
	}
	return false;
}

/* Undoes it. Returns the bytes written; 0 if that is not what happened. */
static size_t
undo_double(struct span s, uint8_t *out, size_t cap)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n;) {
		uint32_t code;

		i += utf8_next(s, i, &code);
		const unsigned b = byte_of(code);
		if (b > 0xFF || n == cap)
			return 0;
		out[n++] = (uint8_t)b;
	}
	const struct utf8_look l = look_at((struct span){out, n}, true);
	return l.broken == 0 && !l.is_cut && l.usual > 0 ? n : 0;
}

struct span
charset_cell(enum charset cs, struct span cell, uint8_t *out, size_t cap)
{
	struct charset_done done;

	if (span_is_ascii(cell))
		return cell;
	const struct utf8_look l = look_at(cell, charset_is_8bit(cs));
	const bool is_utf8 = l.broken == 0 && !l.is_cut;
	if (!charset_is_8bit(cs)) {
		const size_t n = is_utf8 && may_be_double(cell)
					 ? undo_double(cell, out, cap)
					 : 0;
		if (n > 0)
			return (struct span){out, n};
		if (is_utf8)
			return cell;
		cs = l.good == 0 && l.broken > 0 ? CHARSET_CP1252
						 : CHARSET_UTF8;
	} else if (is_utf8 && l.usual > 0) {
		return cell;
	}
	(void)charset_decode(cs, cell, true, out, cap, &done);
	return (struct span){out, done.written};
}
