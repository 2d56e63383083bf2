/* leakgen: letters of French in windows-1252 and their plain counterparts. */
#include "text.h"

/* The characters that windows-1252 has where Latin-1 has controls. */
static const uint16_t high[32] = {
	0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
	0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
	0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
};

uint32_t
text_unicode(uint8_t c)
{
	return c >= 0x80 && c < 0xa0 ? high[c - 0x80] : c;
}

static uint8_t
from_unicode(uint32_t u)
{
	if (u < 0x80 || (u >= 0xa0 && u < 0x100))
		return (uint8_t)u;
	for (size_t i = 0; i < sizeof(high) / sizeof(high[0]); i++)
		if (high[i] == u)
			return (uint8_t)(0x80 + i);
	return '?';
}

size_t
text_from_utf8(uint8_t *dst, size_t max, const char *src)
{
	const uint8_t *s = (const uint8_t *)src;
	size_t n = 0;

	while (*s != 0 && n < max) {
		uint32_t u = *s++;
		if (u >= 0xe0 && s[0] != 0 && s[1] != 0) {
			u = (u & 15) << 12 | (s[0] & 63U) << 6 | (s[1] & 63U);
			s += 2;
		} else if (u >= 0xc0 && s[0] != 0) {
			u = (u & 31) << 6 | (s[0] & 63U);
			s += 1;
		}
		dst[n++] = from_unicode(u);
	}
	return n;
}

/* The letter without its mark; the ligature keeps its first letter here. */
static uint8_t
plain(uint8_t c)
{
	static const char marked[] = "\xc0"
				     "A\xc1"
				     "A\xc2"
				     "A\xc4"
				     "A\xc7"
				     "C\xc8"
				     "E\xc9"
				     "E\xca"
				     "E\xcb"
				     "E\xce"
				     "I\xcf"
				     "I\xd1"
				     "N\xd4"
				     "O\xd6"
				     "O\xd9"
				     "U\xda"
				     "U\xdb"
				     "U\xdc"
				     "U\x9f"
				     "Y";

	for (size_t i = 0; i + 1 < sizeof(marked); i += 2) {
		const uint8_t from = (uint8_t)marked[i];
		if (c == from)
			return (uint8_t)marked[i + 1];
		if (from != 0x9f && c == (uint8_t)(from + 0x20))
			return (uint8_t)(marked[i + 1] + 0x20);
	}
	return c == 0xff ? 'y' : c;
}

static uint8_t
upper(uint8_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 0xe0 && c != 0xf7 && c != 0xff))
		return (uint8_t)(c - 0x20);
	return c == 0x9c ? 0x8c : c;
}

static uint8_t
lower(uint8_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c < 0xdf && c != 0xd7))
		return (uint8_t)(c + 0x20);
	return c == 0x8c ? 0x9c : c;
}

void
text_forms_init(struct forms *f)
{
	for (unsigned i = 0; i < 256; i++) {
		const uint8_t c = (uint8_t)i;
		f->map[FORM_PROPER][i] = c;
		f->map[FORM_UPPER][i] = upper(plain(c));
		f->map[FORM_UPPER_ACCENT][i] = upper(c);
		f->map[FORM_PLAIN][i] = plain(c);
		f->map[FORM_LOWER][i] = lower(c);
	}
}

void
text_form(struct text *t, const struct forms *f, enum form form,
	  const uint8_t *p, size_t n)
{
	const uint8_t *map = f->map[form];
	const int split = form == FORM_UPPER || form == FORM_PLAIN;

	for (size_t i = 0; i < n; i++) {
		const uint8_t c = p[i];
		if (split && (c == 0x9c || c == 0x8c)) {
			/* The ligature is two letters where marks go. */
			text_ascii(t, form == FORM_UPPER || c == 0x8c ? "OE"
								      : "oe");
			continue;
		}
		text_byte(t, map[c]);
	}
}
