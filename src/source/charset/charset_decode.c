#include "base/fold.h"
#include "source/charset/charset_impl.h"
#include "source/charset/charset_table.h"

#include <string.h>

/* A place in the input and in the output; both only move forward. */
struct pipe {
	struct span in;
	size_t i;
	uint8_t *out;
	size_t n;
	size_t cap;
	uint64_t replaced;
	bool is_last;
};

static uint64_t
load64(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? v
							 : __builtin_bswap64(v);
}

uint32_t
charset_code(enum charset cs, uint8_t b)
{
	return CHARSET_HIGH[cs - CHARSET_LATIN1][b - 0x80];
}

/*
 * UTF-8, RFC 3629. Unlike utf8_next() it tells a character that ends with the
 * input from one that is malformed.
 */
static size_t
step_utf8(struct span in, size_t i, uint32_t *ret_code, bool *ret_bad)
{
	const size_t used = utf8_next(in, i, ret_code);
	const uint8_t lead = in.p[i];

	*ret_bad = *ret_code == CHARSET_BAD && used == 1;
	if (!*ret_bad || lead < 0xC2 || lead > 0xF4)
		return used;
	const size_t want = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	if (in.n - i >= want)
		return 1;
	for (size_t k = i + 1; k < in.n; k++)
		if ((in.p[k] & 0xC0) != 0x80)
			return 1;
	return 0;
}

static size_t
step_utf16(struct span in, size_t i, bool big, uint32_t *ret_code,
	   bool *ret_bad)
{
	const uint8_t *p = in.p + i;
	const size_t left = in.n - i;

	*ret_code = CHARSET_BAD;
	*ret_bad = true;
	if (left < 2)
		return 0;
	const uint32_t unit = (uint32_t)(p[big ? 0 : 1] << 8 | p[big ? 1 : 0]);
	if (unit < 0xD800 || unit > 0xDFFF) {
		*ret_code = unit;
		*ret_bad = false;
		return 2;
	}
	if (unit > 0xDBFF)
		return 2;
	if (left < 4)
		return 0;
	const uint32_t low = (uint32_t)(p[big ? 2 : 3] << 8 | p[big ? 3 : 2]);
	if (low < 0xDC00 || low > 0xDFFF)
		return 2;
	*ret_code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
	*ret_bad = false;
	return 4;
}

static size_t
step_utf32(struct span in, size_t i, bool big, uint32_t *ret_code,
	   bool *ret_bad)
{
	const uint8_t *p = in.p + i;

	*ret_code = CHARSET_BAD;
	*ret_bad = true;
	if (in.n - i < 4)
		return 0;
	const uint32_t code =
		big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
				(uint32_t)p[2] << 8 | p[3]
		    : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
				(uint32_t)p[1] << 8 | p[0];
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return 4;
	*ret_code = code;
	*ret_bad = false;
	return 4;
}

size_t
charset_step(enum charset cs, struct span in, size_t i, uint32_t *ret_code,
	     bool *ret_bad)
{
	switch (cs) {
	case CHARSET_UTF16LE:
	case CHARSET_UTF16BE:
		return step_utf16(in, i, cs == CHARSET_UTF16BE, ret_code,
				  ret_bad);
	case CHARSET_UTF32LE:
	case CHARSET_UTF32BE:
		return step_utf32(in, i, cs == CHARSET_UTF32BE, ret_code,
				  ret_bad);
	case CHARSET_LATIN1:
	case CHARSET_LATIN9:
	case CHARSET_CP1252:
	case CHARSET_CP850:
	case CHARSET_MACROMAN:
		*ret_code =
			in.p[i] < 0x80 ? in.p[i] : charset_code(cs, in.p[i]);
		*ret_bad = *ret_code == CHARSET_BAD;
		return 1;
	case CHARSET_NONE:
	case CHARSET_ASCII:
	case CHARSET_UTF8:
	case CHARSET_COUNT:
		break;
	}
	return step_utf8(in, i, ret_code, ret_bad);
}

size_t
charset_bound(enum charset cs, struct span in)
{
	size_t n = 0;

	if (cs == CHARSET_UTF32LE || cs == CHARSET_UTF32BE)
		return in.n + 3;
	if (cs == CHARSET_UTF16LE || cs == CHARSET_UTF16BE) {
		const size_t hi = cs == CHARSET_UTF16LE;

		/* One, two or three bytes a unit; half a pair takes three. */
		for (size_t i = 0; i + 2 <= in.n; i += 2)
			n += 1U +
			     (in.p[i + hi] != 0 || in.p[i + 1 - hi] >= 0x80) +
			     (in.p[i + hi] >= 0x08);
		return n + 3;
	}
	for (size_t i = 0; i < in.n; i++)
		n += in.p[i] >> 7;
	return in.n + n * (CHARSET_GROWTH - 1);
}

/* Copies the ASCII bytes at the pipe's place, eight a step. */
static void
copy_ascii(struct pipe *p)
{
	const uint64_t high = 0x8080808080808080ULL;

	while (p->in.n - p->i >= 8 && p->cap - p->n >= 8) {
		const uint64_t v = load64(p->in.p + p->i);

		memcpy(p->out + p->n, p->in.p + p->i, 8);
		if ((v & high) != 0) {
			const size_t n = (size_t)__builtin_ctzll(v & high) / 8;
			p->i += n;
			p->n += n;
			return;
		}
		p->i += 8;
		p->n += 8;
	}
	while (p->i < p->in.n && p->n < p->cap && p->in.p[p->i] < 0x80)
		p->out[p->n++] = p->in.p[p->i++];
}

/* Copies the UTF-16 units at the pipe's place that are ASCII, four a step. */
static void
copy_ascii16(struct pipe *p, bool big)
{
	const uint64_t other =
		big ? 0x80FF80FF80FF80FFULL : 0xFF80FF80FF80FF80ULL;

	while (p->in.n - p->i >= 8 && p->cap - p->n >= 4) {
		uint64_t v = load64(p->in.p + p->i);

		if ((v & other) != 0)
			return;
		v >>= big ? 8 : 0;
		for (size_t k = 0; k < 4; k++)
			p->out[p->n + k] = (uint8_t)(v >> 16 * k);
		p->i += 8;
		p->n += 4;
	}
}

/* One character. False: the pipe stops here, for the reason in *ret_rc. */
static bool
put_next(struct pipe *p, enum charset cs, enum rc *ret_rc)
{
	uint8_t utf8[4];
	uint32_t code;
	bool is_bad;
	size_t used = charset_step(cs, p->in, p->i, &code, &is_bad);

	if (used == 0) {
		if (!p->is_last) {
			*ret_rc = RC_MORE;
			return false;
		}
		used = p->in.n - p->i;
	}
	const size_t n = utf8_put(code, utf8);
	if (n > p->cap - p->n) {
		*ret_rc = RC_LIMIT;
		return false;
	}
	memcpy(p->out + p->n, utf8, n);
	p->n += n;
	p->i += used;
	p->replaced += is_bad;
	return true;
}

/* The bytes above 0x7F at the pipe's place, in a charset of one byte each. */
static void
put_high(struct pipe *p, const uint16_t *table)
{
	while (p->i < p->in.n && p->in.p[p->i] >= 0x80 && p->cap - p->n >= 3) {
		const uint32_t code = table[p->in.p[p->i++] - 0x80];

		p->n += utf8_put(code, p->out + p->n);
		p->replaced += code == CHARSET_BAD;
	}
}

/* NOLINTBEGIN(readability-non-const-parameter): written through the pipe. */
enum rc
charset_decode(enum charset cs, struct span in, bool is_last, uint8_t *out,
	       size_t cap, struct charset_done *ret)
{
	/* NOLINTEND(readability-non-const-parameter) */
	struct pipe p = {.in = in, .out = out, .cap = cap, .is_last = is_last};
	const bool is_16 = cs == CHARSET_UTF16LE || cs == CHARSET_UTF16BE;
	enum rc rc = RC_OK;

	*ret = (struct charset_done){0};
	if (cs == CHARSET_NONE)
		return RC_UNSUPPORTED;
	while (p.i < in.n) {
		const size_t before = p.i;

		if (is_16)
			copy_ascii16(&p, cs == CHARSET_UTF16BE);
		else if (charset_is_ascii_superset(cs))
			copy_ascii(&p);
		if (charset_is_8bit(cs))
			put_high(&p, CHARSET_HIGH[cs - CHARSET_LATIN1]);
		if (p.i == before && !put_next(&p, cs, &rc))
			break;
	}
	*ret = (struct charset_done){p.i, p.n, p.replaced};
	return rc;
}
