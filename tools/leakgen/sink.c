/* leakgen: characters on their way into a file, in the charset asked for. */
#include "sink.h"

#include <stdlib.h>

/* Characters written at once, and the longest of one. */
enum { RUN = 8, LONGEST = 4 };

/* Unicode of the upper halves. Source: Unicode Consortium mapping tables
 * CP850.TXT, ROMAN.TXT, 8859-15.TXT. */
static const uint16_t cp850[128] = {
	0xc7,   0xfc,   0xe9,   0xe2,   0xe4,   0xe0,   0xe5,   0xe7,   0xea,
	0xeb,   0xe8,   0xef,   0xee,   0xec,   0xc4,   0xc5,   0xc9,   0xe6,
	0xc6,   0xf4,   0xf6,   0xf2,   0xfb,   0xf9,   0xff,   0xd6,   0xdc,
	0xf8,   0xa3,   0xd8,   0xd7,   0x192,  0xe1,   0xed,   0xf3,   0xfa,
	0xf1,   0xd1,   0xaa,   0xba,   0xbf,   0xae,   0xac,   0xbd,   0xbc,
	0xa1,   0xab,   0xbb,   0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0xc1,
	0xc2,   0xc0,   0xa9,   0x2563, 0x2551, 0x2557, 0x255d, 0xa2,   0xa5,
	0x2510, 0x2514, 0x2534, 0x252c, 0x251c, 0x2500, 0x253c, 0xe3,   0xc3,
	0x255a, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256c, 0xa4,   0xf0,
	0xd0,   0xca,   0xcb,   0xc8,   0x131,  0xcd,   0xce,   0xcf,   0x2518,
	0x250c, 0x2588, 0x2584, 0xa6,   0xcc,   0x2580, 0xd3,   0xdf,   0xd4,
	0xd2,   0xf5,   0xd5,   0xb5,   0xfe,   0xde,   0xda,   0xdb,   0xd9,
	0xfd,   0xdd,   0xaf,   0xb4,   0xad,   0xb1,   0x2017, 0xbe,   0xb6,
	0xa7,   0xf7,   0xb8,   0xb0,   0xa8,   0xb7,   0xb9,   0xb3,   0xb2,
	0x25a0, 0xa0,
};

static const uint16_t macroman[128] = {
	0xc4,   0xc5,   0xc7,   0xc9,   0xd1,   0xd6,   0xdc,   0xe1,   0xe0,
	0xe2,   0xe4,   0xe3,   0xe5,   0xe7,   0xe9,   0xe8,   0xea,   0xeb,
	0xed,   0xec,   0xee,   0xef,   0xf1,   0xf3,   0xf2,   0xf4,   0xf6,
	0xf5,   0xfa,   0xf9,   0xfb,   0xfc,   0x2020, 0xb0,   0xa2,   0xa3,
	0xa7,   0x2022, 0xb6,   0xdf,   0xae,   0xa9,   0x2122, 0xb4,   0xa8,
	0x2260, 0xc6,   0xd8,   0x221e, 0xb1,   0x2264, 0x2265, 0xa5,   0xb5,
	0x2202, 0x2211, 0x220f, 0x3c0,  0x222b, 0xaa,   0xba,   0x3a9,  0xe6,
	0xf8,   0xbf,   0xa1,   0xac,   0x221a, 0x192,  0x2248, 0x2206, 0xab,
	0xbb,   0x2026, 0xa0,   0xc0,   0xc3,   0xd5,   0x152,  0x153,  0x2013,
	0x2014, 0x201c, 0x201d, 0x2018, 0x2019, 0xf7,   0x25ca, 0xff,   0x178,
	0x2044, 0x20ac, 0x2039, 0x203a, 0xfb01, 0xfb02, 0x2021, 0xb7,   0x201a,
	0x201e, 0x2030, 0xc2,   0xca,   0xc1,   0xcb,   0xc8,   0xcd,   0xce,
	0xcf,   0xcc,   0xd3,   0xd4,   0xf8ff, 0xd2,   0xda,   0xdb,   0xd9,
	0x131,  0x2c6,  0x2dc,  0xaf,   0x2d8,  0x2d9,  0x2da,  0xb8,   0x2dd,
	0x2db,  0x2c7,
};

#define SAME(c) \
	(c), (c) + 1, (c) + 2, (c) + 3, (c) + 4, (c) + 5, (c) + 6, (c) + 7

static const uint16_t latin1[128] = {
	SAME(0x80), SAME(0x88), SAME(0x90), SAME(0x98), SAME(0xa0), SAME(0xa8),
	SAME(0xb0), SAME(0xb8), SAME(0xc0), SAME(0xc8), SAME(0xd0), SAME(0xd8),
	SAME(0xe0), SAME(0xe8), SAME(0xf0), SAME(0xf8),
};

static const uint16_t latin9[128] = {
	SAME(0x80), SAME(0x88), SAME(0x90), SAME(0x98), 0xa0,       0xa1,
	0xa2,       0xa3,       0x20ac,     0xa5,       0x160,      0xa7,
	0x161,      0xa9,       0xaa,       0xab,       0xac,       0xad,
	0xae,       0xaf,       0xb0,       0xb1,       0xb2,       0xb3,
	0x17d,      0xb5,       0xb6,       0xb7,       0x17e,      0xb9,
	0xba,       0xbb,       0x152,      0x153,      0x178,      0xbf,
	SAME(0xc0), SAME(0xc8), SAME(0xd0), SAME(0xd8), SAME(0xe0), SAME(0xe8),
	SAME(0xf0), SAME(0xf8),
};

const struct charset sink_charsets[] = {
	{"latin1", 0, false, false, false, latin1},
	{"utf8", 0, false, true, false, NULL},
	{"utf8-bom", 0, false, true, true, NULL},
	{"utf16le", 2, false, false, false, NULL},
	{"utf16le-bom", 2, false, false, true, NULL},
	{"utf16be", 2, true, false, false, NULL},
	{"utf32le", 4, false, false, false, NULL},
	{"cp1252", 0, false, false, false, NULL},
	{"cp850", 0, false, false, false, cp850},
	{"macroman", 0, false, false, false, macroman},
	{"latin9", 0, false, false, false, latin9},
	{.name = NULL},
};

/* All code points here are below 0x10000. */
static uint8_t
encode_utf8(uint32_t u, uint8_t *out)
{
	if (u < 0x80) {
		out[0] = (uint8_t)u;
		return 1;
	}
	if (u < 0x800) {
		out[0] = (uint8_t)(0xc0 | u >> 6);
		out[1] = (uint8_t)(0x80 | (u & 63));
		return 2;
	}
	out[0] = (uint8_t)(0xe0 | u >> 12);
	out[1] = (uint8_t)(0x80 | (u >> 6 & 63));
	out[2] = (uint8_t)(0x80 | (u & 63));
	return 3;
}

/* What is written where the charset lacks a character. */
static uint8_t
encode_missing(uint32_t u, uint8_t *out)
{
	const char *text = u == 0x20ac                  ? "EUR"
			   : u == 0x153                 ? "oe"
			   : u == 0x152                 ? "OE"
			   : u == 0x2019 || u == 0x2018 ? "'"
							: "?";
	uint8_t n = 0;

	for (; text[n] != '\0'; n++)
		out[n] = (uint8_t)text[n];
	return n;
}

static uint8_t
encode(const struct charset *charset, uint8_t c, uint8_t *out)
{
	const uint32_t u = text_unicode(c);

	if (charset->utf8)
		return encode_utf8(u, out);
	if (charset->unit != 0) {
		for (uint8_t i = 0; i < charset->unit; i++) {
			const uint8_t at =
				charset->big ? (uint8_t)(charset->unit - 1 - i)
					     : i;
			out[at] = (uint8_t)(u >> 8 * i);
		}
		return charset->unit;
	}
	if (charset->high == NULL || c < 0x80) {
		out[0] = c;
		return 1;
	}
	for (size_t i = 0; i < 128; i++)
		if (charset->high[i] == u) {
			out[0] = (uint8_t)(0x80 + i);
			return 1;
		}
	return encode_missing(u, out);
}

bool
sink_init(struct sink *s, FILE *file, const struct charset *charset)
{
	*s = (struct sink){.file = file};
	s->buffer = malloc(SINK_BUFFER);
	s->ascii = charset->unit == 0;
	for (unsigned i = 0; i < 256; i++)
		s->map_n[i] = encode(charset, (uint8_t)i, s->map[i]);
	return s->buffer != NULL;
}

static void
flush(struct sink *s)
{
	if (fwrite(s->buffer, 1, s->n, s->file) != s->n)
		s->failed = true;
	s->bytes += s->n;
	s->n = 0;
}

void
sink_bom(struct sink *s, const struct charset *charset)
{
	if (!charset->bom)
		return;
	if (charset->utf8) {
		s->n += encode_utf8(0xfeff, s->buffer + s->n);
		return;
	}
	s->buffer[s->n++] = 0xff;
	s->buffer[s->n++] = 0xfe;
}

/* Writes eight characters at once if they are ASCII; false if not. */
static bool
put_run(struct sink *s, const uint8_t *p)
{
	uint64_t run = 0;

	memcpy(&run, p, RUN);
	if ((run & 0x8080808080808080ULL) != 0)
		return false;
	memcpy(s->buffer + s->n, &run, RUN);
	s->n += RUN;
	return true;
}

void
sink_put(struct sink *s, const uint8_t *p, size_t n)
{
	size_t i = 0;

	while (i < n) {
		if (s->n + (size_t)RUN * LONGEST > SINK_BUFFER)
			flush(s);
		if (s->ascii && n - i >= RUN && put_run(s, p + i)) {
			i += RUN;
			continue;
		}
		const size_t end = n - i < RUN ? n : i + RUN;
		for (; i < end; i++) {
			memcpy(s->buffer + s->n, s->map[p[i]], LONGEST);
			s->n += s->map_n[p[i]];
		}
	}
}

bool
sink_end(struct sink *s)
{
	flush(s);
	return fflush(s->file) == 0 && !s->failed;
}

void
sink_done(struct sink *s)
{
	free(s->buffer);
	s->buffer = NULL;
}
