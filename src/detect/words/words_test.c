#include "base/check.h"
#include "base/fold.h"
#include "detect/words/words.h"

#include <stdlib.h>
#include <string.h>

static uint64_t
mark(uint64_t bit, bool is)
{
	return is ? bit : 0;
}

/* What the header says, byte by byte. */
static struct words_block
naive(struct span s, size_t block)
{
	struct words_block m = {0};

	for (size_t i = 0; i < WORDS_BLOCK; i++) {
		const size_t at = block * WORDS_BLOCK + i;
		const uint64_t bit = UINT64_C(1) << i;

		if (at >= s.n)
			break;
		const uint8_t b = s.p[at];

		m.letter |= mark(bit, is_alpha(b) || b >= 0x80);
		m.high |= mark(bit, b >= 0x80);
		m.tail |= mark(bit, b >= 0x80 && b < 0xC0);
		m.digit |= mark(bit, is_digit(b));
		m.upper |= mark(bit, is_upper(b) || b == 0xC3);
		m.joint |= mark(bit, byte_in(b, "'-\xC2\xE2\x97\xB7"));
		m.sign |= mark(bit, byte_in(b, "@$"));
		m.blank |= mark(bit, byte_in(b, " \t"));
		m.split |= mark(bit, byte_in(b, ".-/"));
		m.mark |= mark(bit, byte_in(b, "()_"));
	}
	return m;
}

static uint8_t
naive_fold(uint8_t b)
{
	return is_alpha(b) ? b & 0xDF : b >= 0x80 ? b : 0;
}

/* Words start where letters do, and have the keys of what is folded there. */
static void
check_words(struct span text, size_t at, size_t blocks, const struct words *w)
{
	size_t n = 0;

	for (size_t i = 0; i < blocks * WORDS_BLOCK; i++) {
		const size_t k = at + i;
		const bool is = k < text.n && naive_fold(text.p[k]) != 0 &&
				(k == 0 || naive_fold(text.p[k - 1]) == 0);

		if (i % WORDS_BLOCK == 0)
			assert_int_equal(w->keys_before[i / WORDS_BLOCK], n);
		assert_int_equal(
			w->start[i / WORDS_BLOCK] >> i % WORDS_BLOCK & 1, is);
		if (is)
			assert_true(w->key[n++] == words_key(w->fold + i));
	}
}

static void
check_piece(enum cpu_simd simd, struct span text, size_t at)
{
	struct words w;
	const size_t left = text.n - at;
	const struct span rest = {text.p + at, left};
	const size_t blocks = words_index(simd, text, at, &w);
	size_t seen = left;

	if (seen > WORDS_PIECE + WORDS_BLOCK)
		seen = WORDS_PIECE + WORDS_BLOCK;
	assert_int_equal(blocks, seen > WORDS_PIECE ? WORDS_BLOCKS
						    : (seen + WORDS_BLOCK - 1) /
							      WORDS_BLOCK);
	/* Behind the end of the text there is one more, which is empty. */
	for (size_t b = 0; b <= blocks; b++) {
		const struct words_block want = naive(rest, b);

		assert_memory_equal(&w.block[b], &want, sizeof(want));
	}
	for (size_t i = 0; i < seen; i++)
		assert_int_equal(w.fold[i], naive_fold(rest.p[i]));
	check_words(text, at, blocks, &w);
	if (seen == left)
		for (size_t i = 0; i < WORDS_KEY; i++)
			assert_int_equal(w.fold[seen + i], 0);
}

static void
check_all(struct span text)
{
	for (int simd = CPU_PORTABLE; simd <= (int)cpu_has(); simd++)
		for (size_t at = 0; at < text.n; at += WORDS_PIECE)
			check_piece((enum cpu_simd)simd, text, at);
}

static void
all_variants_tell_every_byte(void **state)
{
	uint8_t p[2 * WORDS_PIECE];

	(void)state;
	/* Every byte value, at every place of a block. */
	for (size_t shift = 0; shift < 256; shift++) {
		for (size_t i = 0; i < sizeof(p); i++)
			p[i] = (uint8_t)(i + shift + i / 256);
		check_all((struct span){p, sizeof(p) - shift});
	}
}

static void
nothing_is_read_past_the_end(void **state)
{
	(void)state;
	for (size_t n = 1; n <= WORDS_PIECE + (size_t)3 * WORDS_BLOCK;
	     n += n < (size_t)3 * WORDS_BLOCK ? 1 : 7) {
		uint8_t *p = malloc(n + 1); /* the sanitiser guards its end */

		assert_non_null(p);
		memset(p, 0xC3, n + 1);
		check_all((struct span){p + 1, n});
		free(p);
	}
}

static void
words_are_among_those_of_a_filter_by_their_keys(void **state)
{
	static const char text[] = "vih, VIHA le vi K. K2 d'\xC3\xA9t\xC3\xA9";
	static const char *const listed[] = {"VIH", "K", "VI"};
	uint64_t filter[WORDS_FILTER] = {0};
	struct words w;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(listed); i++) {
		uint8_t padded[WORDS_KEY + 1] = {0};

		memcpy(padded, listed[i], strlen(listed[i]));
		const uint32_t h = words_hash(words_key(padded));

		filter[h / 64] |= UINT64_C(1) << (h % 64);
	}
	(void)words_index(cpu_simd(), SPAN_LIT(text), 0, &w);
	/* vih, vi, K, K2, and what has an accent. */
	assert_int_equal(words_among(&w, 0, filter, UINT64_MAX),
			 1U << 0 | 1U << 13 | 1U << 16 | 1U << 19 | 1U << 24);
}

static void
letters_with_accents_fold_as_everywhere(void **state)
{
	(void)state;
	for (unsigned k = 0; k < 64; k++) {
		const uint8_t c[2] = {0xC3, (uint8_t)(0x80 | k)};
		uint8_t out[8];
		const size_t n =
			fold_letters((struct span){c, 2}, out, sizeof(out));

		assert_int_equal(words_fold((uint8_t)k),
				 n == 1 && is_upper(out[0]) ? out[0] : 0);
	}
}

static void
keys_are_the_first_letters_folded(void **state)
{
	static const struct {
		const char *text;
		const char *key; /* NULL: not French */
	} cases[] = {
		{"Dupont", "DUPONT"},
		{"n\xC3\xA9", "NE"},
		{"\xC3\x89lo\xC3\xAFse", "ELOISE"},
		{"d\xC3\xA9pression", "DEPRESSI"},
		{"\xC3\xA7\xC3\xA0", "CA"},
		{"l\xE2\x80\x99\xC3\xA9t\xC3\xA9", "L"},
		{"\xC5\x93uvre", NULL},
		{"\xC3", NULL},
		{"a\xC3z", NULL},
		{"abcdefgh\xC5", "ABCDEFGH"},
		{"\xC3\x86"
		 "A",
		 NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct span s = span_str(cases[i].text);
		uint64_t key = 0;
		const bool ok = words_fold_key(s, 0, s.n, &key);

		assert_int_equal(ok, cases[i].key != NULL);
		if (!ok)
			continue;
		uint8_t padded[WORDS_KEY] = {0};

		memcpy(padded, cases[i].key, strlen(cases[i].key));
		assert_true(key == word_load8(padded));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_variants_tell_every_byte),
		cmocka_unit_test(nothing_is_read_past_the_end),
		cmocka_unit_test(
			words_are_among_those_of_a_filter_by_their_keys),
		cmocka_unit_test(keys_are_the_first_letters_folded),
		cmocka_unit_test(letters_with_accents_fold_as_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
