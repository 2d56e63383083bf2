#include "base/fold.h"
#include "base/fold_table.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

struct fold_case {
	const char *text;
	const char *want;
};

typedef size_t fold_fn(struct span text, uint8_t *out, size_t cap);

static void
assert_folds(fold_fn *fold, const struct fold_case *cases, size_t n)
{
	uint8_t out[256];

	for (size_t i = 0; i < n; i++) {
		const size_t got =
			fold(span_str(cases[i].text), out, sizeof(out) - 1);
		out[got] = '\0';
		assert_string_equal(out, cases[i].want);
	}
}

static void
letters_lose_case_and_accents(void **unused)
{
	static const struct fold_case cases[] = {
		{"", ""},
		{"Éloïse d’Œuvré", "ELOISE D'OEUVRE"},
		{"Le Gall--Morvan", "LE GALL--MORVAN"},
		{"Straße", "STRASSE"},
		{"Łukasz Øystein Þór Đặng", "LUKASZ OYSTEIN THOR DANG"},
		{"e\u0301le\u0300ve", "ELEVE"}, /* accents that follow */
		{"12\u00A0rue\tdes\r\nLilas", "12 RUE DES  LILAS"},
		{"a\u2013b\u2010c", "A-B-C"},
		{"Ω да 漢", "Ω да 漢"}, /* other scripts stay */
		{"3 × 2 ÷ 1", "3 × 2 ÷ 1"},
		{"nul\x7F", "NUL\x7F"},
		{"a\xFF\xC3", "A\xFF\xC3"}, /* so do malformed bytes */
	};

	(void)unused;
	assert_folds(fold_letters, cases, COUNT_OF(cases));
}

static void
words_keep_letters_and_digits_alone(void **unused)
{
	static const struct fold_case cases[] = {
		{"", ""},
		{"...", ""},
		{"N° Sécurité-sociale", "N SECURITE SOCIALE"},
		{"  num_ss (assuré) ", "NUM SS ASSURE"},
		{"«Nom»", "NOM"},
		{"date\u00A0de\u00A0naissance", "DATE DE NAISSANCE"},
		{"l’élève", "L ELEVE"},
		{"médecin_traitant.1", "MEDECIN TRAITANT 1"},
		/* C2 with no second byte is not a sign of two. */
		{"a\xC2z", "A\xC2Z"},
	};

	(void)unused;
	assert_folds(fold_words, cases, COUNT_OF(cases));
}

static void
what_does_not_fit_is_cut_at_a_character(void **unused)
{
	/* The ends of its characters, folded: E L OE Greek I D. */
	static const uint8_t ends[] = {0, 1, 2, 4, 6, 7};
	const struct span text = span_str("ÉlœΩïd");
	uint8_t out[16];

	(void)unused;
	for (size_t cap = 0; cap < sizeof(out); cap++) {
		size_t want = 0;
		for (size_t i = 0; i < COUNT_OF(ends); i++)
			if (ends[i] <= cap)
				want = ends[i];
		if (cap >= 8)
			want = 8;
		memset(out, 'x', sizeof(out));
		assert_int_equal(fold_letters(text, out, cap), want);
		assert_memory_equal(out, "ELOEΩID", want);
		for (size_t i = cap; i < sizeof(out); i++)
			assert_int_equal(out[i], 'x');
	}
}

static bool
is_scalar_value(uint32_t code)
{
	return code < 0xD800 || (code > 0xDFFF && code <= 0x10FFFF);
}

static void
every_character_is_encoded_and_decoded(void **unused)
{
	(void)unused;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		uint8_t out[4];
		uint32_t back = 1;
		if (!is_scalar_value(code))
			continue;
		const size_t n = utf8_put(code, out);
		if (utf8_next((struct span){out, n}, 0, &back) != n ||
		    back != code)
			fail_msg("U+%04X", code);
		/* Cut, it is malformed, and its first byte is skipped. */
		if (n > 1 &&
		    (utf8_next((struct span){out, n - 1}, 0, &back) != 1 ||
		     back != 0xFFFD))
			fail_msg("U+%04X cut", code);
	}
}

static void
no_character_grows_when_folded(void **unused)
{
	uint8_t once[16];
	uint8_t twice[16];
	uint8_t words[16];

	(void)unused;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		uint8_t in[4];
		if (!is_scalar_value(code))
			continue;
		const struct span text = {in, utf8_put(code, in)};
		const size_t n = fold_letters(text, once, sizeof(once));
		const size_t m = fold_letters((struct span){once, n}, twice,
					      sizeof(twice));
		const size_t w = fold_words(text, words, sizeof(words));
		/* And what is folded stays as it is. */
		if (n > text.n || w > text.n || m != n ||
		    memcmp(once, twice, n) != 0)
			fail_msg("U+%04X", code);
	}
}

static void
malformed_utf8_is_skipped_byte_by_byte(void **unused)
{
	/* Source: Unicode 15, table 3-7 and its counterexamples. */
	static const char *const bad[] = {
		"\x80",
		"\xBF",
		"\xC0\x80",
		"\xC1\xBF",
		"\xE0\x80\x80",
		"\xE0\x9F\xBF",
		"\xED\xA0\x80",
		"\xED\xBF\xBF",
		"\xF0\x80\x80\x80",
		"\xF0\x8F\xBF\xBF",
		"\xF4\x90\x80\x80",
		"\xF5\x80\x80\x80",
		"\xFE",
		"\xFF",
		"\xC3(",
		"\xE2\x82(",
		"\xF0\x9F\x98(",
	};

	(void)unused;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		uint32_t code = 0;
		assert_int_equal(utf8_next(span_str(bad[i]), 0, &code), 1);
		assert_false(utf8_is_valid(span_str(bad[i])));
		assert_int_equal(code, 0xFFFD);
	}
}

static void
what_is_no_utf8_can_be_told_and_read(void **unused)
{
	static const char text[] = "zwölf Boxkämpfer; 12345678 … 1 €";
	struct span s = SPAN_LIT(text);

	(void)unused;
	assert_true(utf8_is_valid(s));
	assert_true(utf8_is_valid((struct span){s.p, 0}));
	/* Cut in a character, wherever it is. */
	for (size_t n = 1; n < s.n; n++)
		assert_int_equal(utf8_is_valid((struct span){s.p, n}),
				 (s.p[n] & 0xC0) != 0x80);
	assert_int_equal(windows_1252('a'), 'a');
	assert_int_equal(windows_1252(0x80), 0x20AC);
	assert_int_equal(windows_1252(0x81), 0x81);
	assert_int_equal(windows_1252(0x9F), 0x178);
	assert_int_equal(windows_1252(0xE9), 0xE9);
}

/* utf8proc, if it is installed: an independent reading of Unicode. Looked for
 * at run time, since nothing else of base needs it. Source: its manual. */
struct utf8proc {
	void *lib;
	ssize_t (*map)(const uint8_t *text, ssize_t n, uint8_t **ret, int how);
	int32_t (*toupper)(int32_t code);
};

enum {
	UTF8PROC_NUL_ENDS = 1 << 0,
	UTF8PROC_STABLE = 1 << 1,
	UTF8PROC_COMPAT = 1 << 2,
	UTF8PROC_DECOMPOSE = 1 << 4,
	UTF8PROC_STRIP_MARKS = 1 << 13,
	UTF8PROC_BASE_LETTERS = UTF8PROC_NUL_ENDS | UTF8PROC_STABLE |
				UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
				UTF8PROC_STRIP_MARKS,
};

static bool
load_utf8proc(struct utf8proc *u)
{
	u->lib = dlopen("libutf8proc.so.2", RTLD_NOW | RTLD_LOCAL);
	if (u->lib == NULL)
		return false;
	void *map = dlsym(u->lib, "utf8proc_map");
	void *toupper = dlsym(u->lib, "utf8proc_toupper");
	memcpy(&u->map, &map, sizeof(map));
	memcpy(&u->toupper, &toupper, sizeof(toupper));
	return map != NULL && toupper != NULL;
}

/* The base letters of ${code} as Unicode decomposes it, upper case; false if
 * these are not of ASCII. */
static bool
base_letters(const struct utf8proc *u, uint32_t code, char out[static 8])
{
	uint8_t text[5] = {0};
	uint8_t *bases = NULL;
	size_t n = 0;
	bool ascii = true;

	(void)utf8_put(code, text);
	const ssize_t len = u->map(text, 0, &bases, UTF8PROC_BASE_LETTERS);
	assert_true(len > 0);
	for (size_t i = 0; i < (size_t)len;) {
		uint32_t c = 0;
		i += utf8_next((struct span){bases, (size_t)len}, i, &c);
		if (c == 0x2BC) /* the apostrophe before n of U+0149 */
			continue;
		c = (uint32_t)u->toupper((int32_t)c);
		ascii = ascii && c >= 'A' && c <= 'Z' && n < 7;
		if (ascii)
			out[n++] = (char)c;
	}
	out[n] = '\0';
	free(bases);
	return ascii;
}

static const char *
in_table(uint32_t code)
{
	return code < 0x1E00 ? FOLD_LATIN[code - 0xC0]
			     : FOLD_LATIN_MORE[code - 0x1E00];
}

/* Strokes and ligatures are no accents to Unicode; whatever they are to us,
 * both cases must agree. */
static void
assert_cases_agree(const struct utf8proc *u, uint32_t code, uint32_t first,
		   uint32_t last)
{
	const uint32_t big = (uint32_t)u->toupper((int32_t)code);

	if (big >= first && big <= last)
		assert_string_equal(in_table(code), in_table(big));
}

static void
assert_range(const struct utf8proc *u, uint32_t first, uint32_t last)
{
	for (uint32_t code = first; code <= last; code++) {
		char want[8];
		assert_cases_agree(u, code, first, last);
		if (base_letters(u, code, want))
			assert_string_equal(in_table(code), want);
	}
}

static void
the_table_is_what_unicode_decomposes(void **unused)
{
	struct utf8proc u = {0};

	(void)unused;
	if (!load_utf8proc(&u)) {
		skip();
		return; /* never reached, which an analyser cannot know */
	}
	assert_range(&u, 0xC0, 0x24F);
	assert_range(&u, 0x1E00, 0x1E99);
	/* U+1E9A to U+1E9F: a with a half ring beside it, long s, sharp s. */
	assert_range(&u, 0x1EA0, 0x1EF9);
	assert_int_equal(dlclose(u.lib), 0);
}

static void
ligatures_and_strokes_are_written_out(void **unused)
{
	static const struct fold_case cases[] = {
		{"Æ æ", "AE AE"}, {"Œ œ", "OE OE"}, {"Ø ø", "O O"},
		{"Ł ł", "L L"},   {"Ð ð", "D D"},   {"Đ đ", "D D"},
		{"Þ þ", "TH TH"}, {"ß ẞ", "SS SS"}, {"Ĳ ĳ", "IJ IJ"},
		{"ı İ", "I I"},   {"ŀ", "L"},       {"ŉ", "N"},
	};

	(void)unused;
	assert_folds(fold_letters, cases, COUNT_OF(cases));
	assert_int_equal(COUNT_OF(FOLD_LATIN), 0x250 - 0xC0);
	assert_int_equal(COUNT_OF(FOLD_LATIN_MORE), 0x1F00 - 0x1E00);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_lose_case_and_accents),
		cmocka_unit_test(words_keep_letters_and_digits_alone),
		cmocka_unit_test(what_does_not_fit_is_cut_at_a_character),
		cmocka_unit_test(every_character_is_encoded_and_decoded),
		cmocka_unit_test(no_character_grows_when_folded),
		cmocka_unit_test(malformed_utf8_is_skipped_byte_by_byte),
		cmocka_unit_test(what_is_no_utf8_can_be_told_and_read),
		cmocka_unit_test(the_table_is_what_unicode_decomposes),
		cmocka_unit_test(ligatures_and_strokes_are_written_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
