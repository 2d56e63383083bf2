#include "base/fold.h"
#include "source/charset/charset.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* clang-format on */
#include <cmocka.h>

/* A literal and its length, zero bytes within it included. */
#define BYTES(s) (s), sizeof(s) - 1

enum { TEXT_MAX = 1 << 16 };

static const enum charset eight_bit[] = {CHARSET_LATIN1, CHARSET_LATIN9,
					 CHARSET_CP1252, CHARSET_CP850,
					 CHARSET_MACROMAN};

static const enum charset all[] = {
	CHARSET_ASCII,   CHARSET_UTF8,    CHARSET_UTF16LE, CHARSET_UTF16BE,
	CHARSET_UTF32LE, CHARSET_UTF32BE, CHARSET_LATIN1,  CHARSET_LATIN9,
	CHARSET_CP1252,  CHARSET_CP850,   CHARSET_MACROMAN};

/* Copies what is not a string, whatever it is written as. */
static void
put(uint8_t *to, struct span bytes)
{
	memcpy(to, bytes.p, bytes.n);
}

/* The character that byte ${b} is in ${cs}. */
static uint32_t
code_of(enum charset cs, uint8_t b)
{
	uint8_t out[4];
	uint32_t code;
	struct charset_done done;

	assert_int_equal(charset_decode(cs, (struct span){&b, 1}, true, out,
					sizeof(out), &done),
			 RC_OK);
	assert_int_equal(utf8_next((struct span){out, done.written}, 0, &code),
			 done.written);
	return code;
}

static size_t
put_wide(enum charset cs, uint32_t code, uint8_t *out)
{
	const bool big = cs == CHARSET_UTF16BE || cs == CHARSET_UTF32BE;
	const size_t unit = charset_unit(cs);

	for (size_t i = 0; i < unit; i++)
		out[big ? unit - 1 - i : i] = (uint8_t)(code >> 8 * i);
	return unit;
}

/* Writes UTF-8 ${text} in ${cs}; 0 if it cannot say all of it. */
static size_t
encode(enum charset cs, struct span text, uint8_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n;) {
		uint32_t code;
		const size_t used = utf8_next(text, i, &code);

		if (cs == CHARSET_UTF8) {
			memmove(out + n, text.p + i, used);
			n += used;
		} else if (code > 0xFFFF && charset_unit(cs) == 2) {
			n += put_wide(cs, 0xD7C0 + (code >> 10), out + n);
			n += put_wide(cs, 0xDC00 + (code & 0x3FF), out + n);
		} else if (charset_unit(cs) > 1) {
			n += put_wide(cs, code, out + n);
		} else {
			unsigned b = 0;

			while (b < 256 && code_of(cs, (uint8_t)b) != code)
				b++;
			if (b == 256)
				return 0;
			out[n++] = (uint8_t)b;
		}
		i += used;
	}
	return n;
}

static void
names_are_those_of_iana(void **state)
{
	static const struct {
		const char *name;
		enum charset want;
	} cases[] = {
		{"ISO-8859-1", CHARSET_LATIN1},
		{"latin1", CHARSET_LATIN1},
		{"8859/1", CHARSET_LATIN1},
		{"ISO_8859-15", CHARSET_LATIN9},
		{"Windows-1252", CHARSET_CP1252},
		{"cp1252", CHARSET_CP1252},
		{"IBM850", CHARSET_CP850},
		{"cp850", CHARSET_CP850},
		{"macintosh", CHARSET_MACROMAN},
		{"mac-roman", CHARSET_MACROMAN},
		{"utf8", CHARSET_UTF8},
		{"UNICODE UTF-8", CHARSET_UTF8},
		{"UTF-16BE", CHARSET_UTF16BE},
		{"utf-32", CHARSET_UTF32LE},
		{"us-ascii", CHARSET_ASCII},
		{"binary", CHARSET_NONE},
		{"", CHARSET_NONE},
		{"koi8-r", CHARSET_NONE},
		{"a name of a charset that is much too long", CHARSET_NONE},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(charset_by_name(span_str(cases[i].name)),
				 cases[i].want);
	for (size_t i = 0; i < COUNT_OF(all); i++)
		assert_int_equal(
			charset_by_name(span_str(charset_name(all[i]))),
			all[i]);
	for (int r = 0; r < CHARSET_REASONS; r++)
		assert_string_not_equal(
			charset_reason_text((enum charset_reason)r), "unknown");
}

static void
e_acute_is_where_each_charset_has_it(void **state)
{
	static const struct {
		enum charset charset;
		uint8_t byte;
		uint32_t code;
	} cases[] = {
		{CHARSET_LATIN1, 0xE9, 0xE9},
		{CHARSET_LATIN9, 0xE9, 0xE9},
		{CHARSET_CP1252, 0xE9, 0xE9},
		{CHARSET_CP850, 0x82, 0xE9},
		{CHARSET_MACROMAN, 0x8E, 0xE9},
		{CHARSET_CP1252, 0x80, 0x20AC},
		{CHARSET_LATIN9, 0xA4, 0x20AC},
		{CHARSET_LATIN1, 0xA4, 0xA4},
		{CHARSET_MACROMAN, 0xDB, 0x20AC},
		{CHARSET_LATIN9, 0xBD, 0x153},
		{CHARSET_CP1252, 0x9C, 0x153},
		{CHARSET_MACROMAN, 0xCF, 0x153},
		{CHARSET_CP1252, 0x92, 0x2019},
		{CHARSET_CP850, 0x90, 0xC9},
		{CHARSET_CP1252, 0x81, 0xFFFD},
		{CHARSET_LATIN1, 0x81, 0x81},
		{CHARSET_CP850, 0xF8, 0xB0},
		{CHARSET_MACROMAN, 0xA1, 0xB0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(code_of(cases[i].charset, cases[i].byte),
				 cases[i].code);
	for (size_t i = 0; i < COUNT_OF(eight_bit); i++)
		for (unsigned b = 0; b < 0x80; b++)
			assert_int_equal(code_of(eight_bit[i], (uint8_t)b), b);
}

static const struct {
	enum charset charset;
	const char *in;
	size_t n;
	const char *want;
	size_t want_n;
	uint64_t replaced;
} malformed[] = {
	{CHARSET_UTF8,
	 BYTES("a\xE9"
	       "b"),
	 BYTES("a\xEF\xBF\xBD"
	       "b"),
	 1},
	{CHARSET_UTF8, BYTES("\xC3"), BYTES("\xEF\xBF\xBD"), 1},
	{CHARSET_UTF8, BYTES("\xEF\xBF\xBD"), BYTES("\xEF\xBF\xBD"), 0},
	{CHARSET_UTF8, BYTES("\xED\xA0\x80"),
	 BYTES("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"), 3},
	{CHARSET_UTF8, BYTES("\xC0\x80"), BYTES("\xEF\xBF\xBD\xEF\xBF\xBD"), 2},
	{CHARSET_UTF16LE, BYTES("\x3D\xD8\x00\xDE"), BYTES("\xF0\x9F\x98\x80"),
	 0},
	{CHARSET_UTF16BE, BYTES("\xD8\x3D\xDE\x00"), BYTES("\xF0\x9F\x98\x80"),
	 0},
	{CHARSET_UTF16LE,
	 BYTES("\x00\xDE"
	       "a\0"),
	 BYTES("\xEF\xBF\xBD"
	       "a"),
	 1},
	{CHARSET_UTF16LE,
	 BYTES("\x3D\xD8"
	       "a\0"),
	 BYTES("\xEF\xBF\xBD"
	       "a"),
	 1},
	{CHARSET_UTF16LE, BYTES("a\0b"), BYTES("a\xEF\xBF\xBD"), 1},
	{CHARSET_UTF32LE, BYTES("\x00\xF6\x01\x00"), BYTES("\xF0\x9F\x98\x80"),
	 0},
	{CHARSET_UTF32BE, BYTES("\x00\x11\x00\x00"), BYTES("\xEF\xBF\xBD"), 1},
	{CHARSET_UTF32LE, BYTES("\x00\xD8\x00\x00"), BYTES("\xEF\xBF\xBD"), 1},
	{CHARSET_CP1252, BYTES("\x8D"), BYTES("\xEF\xBF\xBD"), 1},
	{CHARSET_LATIN1, BYTES(""), BYTES(""), 0},
};

static void
what_is_malformed_becomes_one_replacement_and_is_counted(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(malformed); i++) {
		uint8_t out[32];
		struct charset_done done;
		const struct span in = {(const uint8_t *)malformed[i].in,
					malformed[i].n};

		assert_int_equal(charset_decode(malformed[i].charset, in, true,
						out, sizeof(out), &done),
				 RC_OK);
		assert_int_equal(done.used, in.n);
		assert_int_equal(done.written, malformed[i].want_n);
		assert_memory_equal(out, malformed[i].want, done.written);
		assert_int_equal(done.replaced, malformed[i].replaced);
	}
}

/* Made up. Long runs of ASCII, accents in all places, all lengths of UTF-8. */
static const char french[] =
	"Le patient a \xC3\xA9t\xC3\xA9 re\xC3\xA7u \xC3\xA0 l'h\xC3\xB4pital "
	"avec sa m\xC3\xA8re, \xC3\x89lo\xC3\xAFse LEFAUX-T\xC3\x8ATU, "
	"n\xC2\xB0"
	" 12 bis rue de la For\xC3\xAAt ; contr\xC3\xB4le pr\xC3\xA9vu le 3 "
	"ao\xC3\xBBt. D\xC3\xA9j\xC3\xA0 vue, \xC3\xA7"
	"a va mieux.\r\n";

static void
a_text_split_anywhere_decodes_to_the_same(void **state)
{
	static const char wide[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";
	uint8_t in[256];
	uint8_t whole[256];
	uint8_t parts[256];

	(void)state;
	for (size_t c = 0; c < COUNT_OF(all); c++) {
		const enum charset cs = all[c];
		const bool is_8bit = cs >= CHARSET_LATIN1;
		struct span s = {in, 0};
		struct charset_done w;
		struct charset_done a;
		struct charset_done b;

		if (cs == CHARSET_ASCII)
			continue;
		s.n = encode(cs,
			     is_8bit ? SPAN_LIT("\xC3\xA9t\xC3\xA9 abcdef"
						"ghij\xC3\xA0")
				     : SPAN_LIT(wide),
			     in);
		assert_true(s.n > 0);
		assert_int_equal(
			charset_decode(cs, s, true, whole, sizeof(whole), &w),
			RC_OK);
		for (size_t cut = 0; cut <= s.n; cut++) {
			const enum rc rc =
				charset_decode(cs, (struct span){in, cut},
					       false, parts, 256, &a);

			assert_int_equal(rc, a.used < cut ? RC_MORE : RC_OK);
			assert_true(cut - a.used < 4);
			assert_int_equal(
				charset_decode(cs,
					       (struct span){in + a.used,
							     s.n - a.used},
					       true, parts + a.written,
					       sizeof(parts) - a.written, &b),
				RC_OK);
			assert_int_equal(a.written + b.written, w.written);
			assert_memory_equal(parts, whole, w.written);
			assert_int_equal(a.replaced + b.replaced, 0);
		}
	}
}

static void
a_full_buffer_stops_at_a_character(void **state)
{
	uint8_t in[600];
	uint8_t whole[600];
	uint8_t out[600];

	(void)state;
	for (size_t c = 1; c < COUNT_OF(all); c++) {
		const enum charset cs = all[c];
		struct span s = {in, encode(cs, SPAN_LIT(french), in)};
		struct charset_done done;

		memset(out, 0, sizeof(out));
		assert_int_equal(charset_decode(cs, s, true, whole,
						sizeof(whole), &done),
				 RC_OK);
		assert_int_equal(done.written, sizeof(french) - 1);
		for (size_t cap = 0; cap < sizeof(french) - 1; cap++) {
			assert_int_equal(
				charset_decode(cs, s, true, out, cap, &done),
				RC_LIMIT);
			assert_true(done.written <= cap);
			assert_true(cap - done.written < 3);
			assert_memory_equal(out, french, done.written);
			assert_int_equal(out[cap], 0);
			assert_true((french[done.written] & 0xC0) != 0x80);
		}
	}
}

static void
what_is_no_text_is_not_decoded(void **state)
{
	struct charset_done done;
	struct charset_window w;
	uint8_t out[4];

	(void)state;
	assert_int_equal(charset_decode(CHARSET_NONE, SPAN_LIT("a"), true, out,
					sizeof(out), &done),
			 RC_UNSUPPORTED);
	assert_int_equal(
		charset_window(CHARSET_NONE, SPAN_LIT("a"), true, NULL, &w),
		RC_UNSUPPORTED);
}

/* ${text}, n times, in ${cs}. */
static struct span
repeat(enum charset cs, struct span text, size_t times, uint8_t *out)
{
	const size_t n = encode(cs, text, out);

	for (size_t i = 1; i < times; i++)
		memcpy(out + i * n, out, n);
	return (struct span){out, n * times};
}

static void
every_charset_is_told_from_the_others(void **state)
{
	uint8_t *in = malloc(TEXT_MAX);

	(void)state;
	assert_non_null(in);
	for (size_t c = 0; c < COUNT_OF(all); c++)
		for (size_t times = 1; times < 30; times += 14) {
			struct charset_guess g;
			struct span s = repeat(all[c],
					       all[c] == CHARSET_ASCII
						       ? SPAN_LIT("plain text")
						       : SPAN_LIT(french),
					       times, in);
			/* This text is the same in all three. */
			const enum charset want =
				all[c] == CHARSET_LATIN9 ||
						all[c] == CHARSET_CP1252
					? CHARSET_LATIN1
					: all[c];

			charset_detect(s, true, &g);
			assert_int_equal(g.charset, want);
			assert_int_equal(g.broken, 0);
			assert_int_equal(g.bom_bytes, 0);
			assert_true(g.confidence > 90);
			/* A sample cut inside a character says the same. */
			charset_detect((struct span){s.p, s.n - 1}, false, &g);
			assert_int_equal(g.charset, want);
			assert_int_equal(g.broken, 0);
		}
	free(in);
}

static void
the_signs_that_differ_decide_between_the_three(void **state)
{
	static const struct {
		const char *text; /* UTF-8 */
		enum charset charset;
	} cases[] = {
		{"le c\xC5\x93ur, la s\xC5\x93ur : 12 \xE2\x82\xAC d\xC3\xA9j"
		 "\xC3\xA0",
		 CHARSET_LATIN9},
		{"le c\xC5\x93ur, la s\xC5\x93ur : 12 \xE2\x82\xAC d\xC3\xA9j"
		 "\xC3\xA0",
		 CHARSET_CP1252},
		{"l\xE2\x80\x99h\xC3\xB4pital", CHARSET_CP1252},
		{"n\xC2\xB0 4, 5\xC2\xBD comprim\xC3\xA9s", CHARSET_LATIN1},
		{"l\xC2\xB4h\xC3\xB4pital", CHARSET_LATIN1},
		{"prix : 45 \xE2\x82\xAC", CHARSET_LATIN9},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		uint8_t in[128];
		struct charset_guess g;
		const size_t n =
			encode(cases[i].charset, span_str(cases[i].text), in);

		assert_true(n > 0);
		charset_detect((struct span){in, n}, true, &g);
		assert_int_equal(g.charset, cases[i].charset);
	}
}

static void
capitals_are_told_too(void **state)
{
	static const char text[] =
		"B\xC3\x89R\xC3\x89NICE;LEM\xC3\x8ATRE;FOR\xC3\x8AT;1 RUE DU "
		"CH\xC3\x82TEAU;\xC3\x89VRAN;FRAN\xC3\x87OISE;NO\xC3\x8BL\r\n";

	(void)state;
	for (size_t i = 0; i < COUNT_OF(eight_bit); i++) {
		uint8_t in[256];
		uint8_t out[256];
		struct charset_guess g;
		struct charset_done done;
		const struct span s = {
			in, encode(eight_bit[i], SPAN_LIT(text), in)};

		charset_detect(s, true, &g);
		assert_int_equal(charset_decode(g.charset, s, true, out,
						sizeof(out), &done),
				 RC_OK);
		assert_int_equal(done.written, sizeof(text) - 1);
		assert_memory_equal(out, text, done.written);
	}
}

static void
marks_are_believed_unless_the_text_speaks_against_them(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		enum charset want;
		uint8_t bom;
	} cases[] = {
		{BYTES("\xEF\xBB\xBFnom;pr\xC3\xA9nom"), CHARSET_UTF8, 3},
		{BYTES("\xEF\xBB\xBFplain"), CHARSET_UTF8, 3},
		{BYTES("\xEF\xBB\xBF"), CHARSET_UTF8, 3},
		/* An export that writes a mark and then ISO-8859-1. */
		{BYTES("\xEF\xBB\xBFnom;pr\xE9nom;\xE9t\xE9;no\xEBl"),
		 CHARSET_LATIN1, 3},
		{BYTES("\xFF\xFE"
		       "a\0b\0"),
		 CHARSET_UTF16LE, 2},
		{BYTES("\xFE\xFF\0a\0b"), CHARSET_UTF16BE, 2},
		{BYTES("\xFF\xFE\0\0a\0\0\0"), CHARSET_UTF32LE, 4},
		{BYTES("\0\0\xFE\xFF\0\0\0a"), CHARSET_UTF32BE, 4},
		/* UTF-16 whose first character is U+0000. */
		{BYTES("\xFF\xFE\0\0a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o"
		       "\0"),
		 CHARSET_UTF16LE, 2},
		{BYTES("\xFF\xFE"), CHARSET_UTF16LE, 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct charset_guess g;

		charset_detect((struct span){(const uint8_t *)cases[i].bytes,
					     cases[i].n},
			       true, &g);
		assert_int_equal(g.charset, cases[i].want);
		assert_int_equal(g.bom_bytes, cases[i].bom);
	}
}

static void
utf8_with_some_broken_bytes_is_utf8(void **state)
{
	uint8_t *in = malloc(TEXT_MAX);
	struct charset_guess g;

	(void)state;
	assert_non_null(in);
	struct span s = repeat(CHARSET_UTF8, SPAN_LIT(french), 20, in);
	in[700] = 0xE9;
	in[2000] = 0xFF;
	charset_detect(s, true, &g);
	assert_int_equal(g.charset, CHARSET_UTF8);
	assert_in_range(g.broken, 2, 4);
	assert_true(g.sequences > 300);
	free(in);
}

static void
text_with_odd_bytes_is_still_text(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
	} cases[] = {
		/* Hive's delimiter, HL7's framing, padding, the end of DOS. */
		{BYTES("a\001b\001c\001d\ne\001f\001g\001h\n")},
		{BYTES("\013MSH|^~\\&|A|B\r\034\r")},
		{BYTES("DUPOND\0\0\0\0JEAN\0\0\0\0PARIS\0\0\0\n")},
		{BYTES("line\r\nline\r\n\032")},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct charset_guess g;

		charset_detect((struct span){(const uint8_t *)cases[i].bytes,
					     cases[i].n},
			       true, &g);
		assert_int_equal(g.charset, CHARSET_ASCII);
	}
}

static void
what_is_no_text_is_called_binary(void **state)
{
	uint8_t bytes[2048];
	struct charset_guess g;
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 50; round++) {
		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 6364136223846793005ULL + 1;
			bytes[i] = (uint8_t)(seed >> 56);
		}
		charset_detect((struct span){bytes, sizeof(bytes)}, false, &g);
		assert_int_equal(g.charset, CHARSET_NONE);
	}
	/* Small numbers, as binary formats hold them. */
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = i % 4 == 0 ? (uint8_t)(i / 4) : 0;
	charset_detect((struct span){bytes, sizeof(bytes)}, false, &g);
	assert_int_equal(g.charset, CHARSET_NONE);
	assert_int_equal(g.reason, CHARSET_BINARY_ZEROS);
	/* "HELLO WORLD 123" in EBCDIC: text, but not to us. */
	for (size_t i = 0; i < 100; i++)
		put(bytes + i * 16, SPAN_LIT("\xC8\xC5\xD3\xD3\xD6\x40\xE6\xD6"
					     "\xD9\xD3\xC4\x40\xF1"
					     "\xF2\xF3\x40"));
	charset_detect((struct span){bytes, 1600}, false, &g);
	assert_int_equal(g.charset, CHARSET_NONE);
	charset_detect((struct span){bytes, 0}, true, &g);
	assert_int_equal(g.charset, CHARSET_ASCII);
	assert_int_equal(g.reason, CHARSET_BY_NOTHING);
}

static void
letters_of_other_scripts_are_not_taken_for_ours(void **state)
{
	/* Russian in windows-1251: "test" and other words, no blank bytes. */
	static const char text[] = "\xCF\xE0\xF6\xE8\xE5\xED\xF2 \xEF\xF0\xE8"
				   "\xED\xFF\xF2 \xE2 \xE1\xEE\xEB\xFC\xED\xE8"
				   "\xF6\xF3 123";
	struct charset_guess g;

	(void)state;
	charset_detect(SPAN_LIT(text), true, &g);
	assert_int_equal(g.reason, CHARSET_BY_DEFAULT);
	assert_true(g.confidence <= 1);
}

static void
offsets_of_a_window_lead_back_to_its_source(void **state)
{
	uint8_t *in = malloc(TEXT_MAX);
	struct arena *a = arena_new(1 << 20);

	(void)state;
	assert_non_null(in);
	assert_non_null(a);
	for (size_t c = 1; c < COUNT_OF(all); c++) {
		const enum charset cs = all[c];
		struct charset_window w;
		struct span s = repeat(
			cs,
			charset_unit(cs) > 1
				? SPAN_LIT("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98"
					   "\x80zyx")
				: SPAN_LIT(french),
			60, in);

		if (charset_unit(cs) == 2)
			in[8] = in[9] = 0xDD; /* half a pair */
		arena_reset(a);
		assert_int_equal(charset_window(cs, s, true, a, &w), RC_OK);
		assert_int_equal(w.source.n, s.n);
		for (size_t at = 0, src = 0; src < s.n;) {
			/* One character, decoded by itself. */
			uint8_t out[4];
			struct charset_done done;
			size_t n = 1;

			while (charset_decode(cs, (struct span){in + src, n},
					      false, out, 4,
					      &done) == RC_MORE &&
			       done.used == 0)
				n++;
			for (size_t k = 0; k < done.written; k++)
				assert_int_equal(
					charset_window_source(&w, at + k), src);
			for (size_t k = 0; k < done.used; k++)
				assert_int_equal(
					charset_window_text(&w, src + k), at);
			assert_memory_equal(w.text.p + at, out, done.written);
			at += done.written;
			src += done.used;
		}
		assert_int_equal(charset_window_source(&w, w.text.n), s.n);
		assert_int_equal(charset_window_text(&w, s.n), w.text.n);
	}
	arena_free(a);
	free(in);
}

static void
a_window_leaves_out_an_unfinished_character(void **state)
{
	struct arena *a = arena_new(1 << 16);
	struct charset_window w;

	(void)state;
	assert_non_null(a);
	assert_int_equal(charset_window(CHARSET_UTF16LE,
					SPAN_LIT("a\0b\0\x3D\xD8\x00"), false,
					a, &w),
			 RC_OK);
	assert_int_equal(w.source.n, 4);
	assert_int_equal(w.text.n, 2);
	assert_int_equal(charset_window(CHARSET_UTF16LE,
					SPAN_LIT("a\0b\0\x3D\xD8\x00"), true, a,
					&w),
			 RC_OK);
	assert_int_equal(w.source.n, 7);
	assert_int_equal(w.replaced, 1);
	assert_int_equal(
		charset_window(CHARSET_UTF8, SPAN_LIT(""), true, a, &w), RC_OK);
	assert_int_equal(w.text.n, 0);
	assert_int_equal(charset_window_source(&w, 0), 0);
	arena_free(a);
}

static void
a_window_past_the_ceiling_is_refused(void **state)
{
	struct arena *a = arena_new(1000);
	struct charset_window w;
	const struct span s = SPAN_LIT(french);

	(void)state;
	assert_non_null(a);
	assert_int_equal(
		charset_window(CHARSET_UTF8,
			       (struct span){s.p, CHARSET_WINDOW_MAX + 1}, true,
			       a, &w),
		RC_LIMIT);
	(void)arena_alloc(a, 900, 1, 1);
	assert_int_equal(charset_window(CHARSET_UTF8, s, true, a, &w),
			 RC_LIMIT);
	arena_free(a);
}

static void
cells_of_mixed_exports_are_mended(void **state)
{
	static const struct {
		enum charset charset;
		const char *cell;
		const char *want;
	} cases[] = {
		{CHARSET_LATIN1, "Ren\xE9", "Ren\xC3\xA9"},
		{CHARSET_LATIN1, "Ren\xC3\xA9", "Ren\xC3\xA9"},
		{CHARSET_LATIN1, "voil\xE0\xA0\xBB",
		 "voil\xC3\xA0\xC2\xA0\xC2\xBB"},
		{CHARSET_UTF8, "Ren\xC3\xA9", "Ren\xC3\xA9"},
		{CHARSET_UTF8, "Ren\xE9 LEFAUX", "Ren\xC3\xA9 LEFAUX"},
		{CHARSET_ASCII, "Ren\xE9 LEFAUX", "Ren\xC3\xA9 LEFAUX"},
		{CHARSET_UTF8, "\xC3\xA9t\xE9 ", "\xC3\xA9t\xEF\xBF\xBD "},
		{CHARSET_UTF8, "cut: Ren\xC3", "cut: Ren\xEF\xBF\xBD"},
		{CHARSET_CP850, "Ren\x82", "Ren\xC3\xA9"},
		{CHARSET_UTF16LE, "Ren\xC3\xA9", "Ren\xC3\xA9"},
		/* Encoded twice: e acute, a grave with its no-break space, a
		 * typographic apostrophe, oe. */
		{CHARSET_UTF8, "Ren\xC3\x83\xC2\xA9", "Ren\xC3\xA9"},
		{CHARSET_UTF8, "\xC3\x83\xC2\xA0 Evran", "\xC3\xA0 Evran"},
		{CHARSET_UTF8, "l\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2or",
		 "l\xE2\x80\x99or"},
		{CHARSET_UTF8, "s\xC3\x85\xE2\x80\x9Cur", "s\xC5\x93ur"},
		/* Not encoded twice: it only looks so in part. */
		{CHARSET_UTF8, "\xC3\x82\xC2\xB5\xE2\x82\xAC",
		 "\xC3\x82\xC2\xB5\xE2\x82\xAC"},
		{CHARSET_UTF8, "\xC3\x83\xC2\xA9 \xCE\xB1",
		 "\xC3\x83\xC2\xA9 \xCE\xB1"},
	};
	uint8_t out[64];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct span got =
			charset_cell(cases[i].charset, span_str(cases[i].cell),
				     out, sizeof(out));

		assert_true(span_equal(got, span_str(cases[i].want)));
	}
	const struct span plain = SPAN_LIT("LEFAUX");
	assert_ptr_equal(
		charset_cell(CHARSET_LATIN1, plain, out, sizeof(out)).p,
		plain.p);
	assert_int_equal(
		charset_cell(CHARSET_LATIN1, SPAN_LIT("ab\xE9"), out, 3).n, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_those_of_iana),
		cmocka_unit_test(e_acute_is_where_each_charset_has_it),
		cmocka_unit_test(
			what_is_malformed_becomes_one_replacement_and_is_counted),
		cmocka_unit_test(a_text_split_anywhere_decodes_to_the_same),
		cmocka_unit_test(a_full_buffer_stops_at_a_character),
		cmocka_unit_test(what_is_no_text_is_not_decoded),
		cmocka_unit_test(every_charset_is_told_from_the_others),
		cmocka_unit_test(
			the_signs_that_differ_decide_between_the_three),
		cmocka_unit_test(capitals_are_told_too),
		cmocka_unit_test(
			marks_are_believed_unless_the_text_speaks_against_them),
		cmocka_unit_test(utf8_with_some_broken_bytes_is_utf8),
		cmocka_unit_test(text_with_odd_bytes_is_still_text),
		cmocka_unit_test(what_is_no_text_is_called_binary),
		cmocka_unit_test(
			letters_of_other_scripts_are_not_taken_for_ours),
		cmocka_unit_test(offsets_of_a_window_lead_back_to_its_source),
		cmocka_unit_test(a_window_leaves_out_an_unfinished_character),
		cmocka_unit_test(a_window_past_the_ceiling_is_refused),
		cmocka_unit_test(cells_of_mixed_exports_are_mended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
