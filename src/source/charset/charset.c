#include "source/charset/charset.h"

static const struct {
	const char *name;
	const char *aliases; /* folded as by fold_name(), each after a blank */
	size_t unit;
} charsets[CHARSET_COUNT] = {
	[CHARSET_NONE] = {"binary", "", 1},
	[CHARSET_ASCII] = {"US-ASCII", " ascii ansix341968 iso646us 646", 1},
	[CHARSET_UTF8] = {"UTF-8", " utf8mb4 utf8mb3 cp65001 unicodeutf8", 1},
	[CHARSET_UTF16LE] = {"UTF-16LE", " utf16 ucs2 ucs2le unicode", 2},
	[CHARSET_UTF16BE] = {"UTF-16BE", " ucs2be", 2},
	[CHARSET_UTF32LE] = {"UTF-32LE", " utf32 ucs4 ucs4le", 4},
	[CHARSET_UTF32BE] = {"UTF-32BE", " ucs4be", 4},
	[CHARSET_LATIN1] = {"ISO-8859-1",
			    " latin1 l1 iso885911987 cp819 ibm819 88591", 1},
	[CHARSET_LATIN9] = {"ISO-8859-15", " latin9 latin0 l9 885915", 1},
	[CHARSET_CP1252] = {"windows-1252", " cp1252 1252 ansi winlatin1", 1},
	[CHARSET_CP850] = {"IBM850", " cp850 850 oem", 1},
	[CHARSET_MACROMAN] = {"macintosh", " macroman mac macosroman", 1},
};

const char *
charset_name(enum charset cs)
{
	return charsets[cs].name;
}

const char *
charset_reason_text(enum charset_reason reason)
{
	switch (reason) {
	case CHARSET_BY_NOTHING:
		return "there is nothing to read";
	case CHARSET_BY_BOM:
		return "it begins with a byte order mark";
	case CHARSET_BY_ZEROS:
		return "zero bytes stand where UTF-16 or UTF-32 has them";
	case CHARSET_BY_ASCII:
		return "no byte is above 0x7F";
	case CHARSET_BY_SEQUENCES:
		return "the bytes above 0x7F are well-formed UTF-8";
	case CHARSET_BY_LETTERS:
		return "accented letters stand where French has them";
	case CHARSET_BY_DEFAULT:
		return "the bytes above 0x7F decide nothing";
	case CHARSET_BINARY_ZEROS:
		return "no text: too many zero bytes";
	case CHARSET_BINARY_CONTROLS:
		return "no text: too many control characters";
	case CHARSET_BINARY_BYTES:
		return "no text in any charset we know";
	case CHARSET_REASONS:
		break;
	}
	return "unknown";
}

/* Letters in lower case and digits only; 0 if ${name} is too long. */
static size_t
fold_name(struct span name, uint8_t out[static 32])
{
	size_t n = 0;

	for (size_t i = 0; i < name.n; i++) {
		const uint8_t b = name.p[i];

		if (!is_alnum(b))
			continue;
		if (n == 32)
			return 0;
		out[n++] = is_upper(b) ? (uint8_t)(b | 0x20) : b;
	}
	return n;
}

/* Is ${word} one of the words of ${list}, each after a blank? */
static bool
in_list(struct span word, const char *list)
{
	while (*list != '\0') {
		struct span item = {(const uint8_t *)++list, 0};

		while (*list != '\0' && *list != ' ')
			list++;
		item.n = (size_t)((const uint8_t *)list - item.p);
		if (span_equal(word, item))
			return true;
	}
	return false;
}

enum charset
charset_by_name(struct span name)
{
	uint8_t folded[32];
	uint8_t own[32];
	const struct span word = {folded, fold_name(name, folded)};

	if (word.n == 0)
		return CHARSET_NONE;
	for (int cs = CHARSET_ASCII; cs < CHARSET_COUNT; cs++) {
		const struct span known = {
			own, fold_name(span_str(charsets[cs].name), own)};

		if (span_equal(word, known) ||
		    in_list(word, charsets[cs].aliases))
			return (enum charset)cs;
	}
	return CHARSET_NONE;
}

bool
charset_is_ascii_superset(enum charset cs)
{
	return charsets[cs].unit == 1;
}

size_t
charset_unit(enum charset cs)
{
	return charsets[cs].unit;
}
