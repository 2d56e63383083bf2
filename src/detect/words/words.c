#include "detect/words/words.h"

#include "base/word.h"
#include "detect/words/words_impl.h"

#include <string.h>

static void
classify8(const uint8_t *p, unsigned shift, struct words_block *m,
	  uint8_t *fold)
{
	const uint64_t v = word_load8(p);
	const uint64_t high = v & word_each(0x80);
	/* With their high bit the other way, bytes past ASCII can be asked for
	 * as those of ASCII are. */
	const uint64_t past = v ^ word_each(0x80);
	const uint64_t alpha = word_between(v | word_each(0x20), 'a', 'z');
	const uint64_t upper =
		word_between(v, 'A', 'Z') | word_between(past, 0x43, 0x43);
	const uint64_t joint =
		word_between(v, '\'', '\'') | word_between(v, '-', '-') |
		word_between(past, 0x42, 0x42) |
		word_between(past, 0x62, 0x62) |
		word_between(past, 0x17, 0x17) | word_between(past, 0x37, 0x37);
	const uint64_t sign =
		word_between(v, '@', '@') | word_between(v, '$', '$');
	const uint64_t blank =
		word_between(v, ' ', ' ') | word_between(v, '\t', '\t');
	const uint64_t mark =
		word_between(v, '(', ')') | word_between(v, '_', '_');
	const uint64_t letter = alpha | high;
	const uint64_t upcase = alpha >> 2 & v;

	word_store8(fold, (v & (letter >> 7) * 0xFF) ^ upcase);
	m->letter |= word_gather(letter) << shift;
	m->high |= word_gather(high) << shift;
	m->tail |= word_gather(word_between(past, 0x00, 0x3F)) << shift;
	m->digit |= word_gather(word_between(v, '0', '9')) << shift;
	m->upper |= word_gather(upper) << shift;
	m->joint |= word_gather(joint) << shift;
	m->sign |= word_gather(sign) << shift;
	m->blank |= word_gather(blank) << shift;
	m->split |= word_gather(word_between(v, '-', '/')) << shift;
	m->mark |= word_gather(mark) << shift;
}

static void
classify(const uint8_t *p, struct words_block *out, uint8_t *fold)
{
	*out = (struct words_block){0};
	for (unsigned i = 0; i < WORDS_BLOCK; i += 8)
		classify8(p + i, i, out, fold + i);
}

void
words_portable(const uint8_t *p, size_t n, struct words_block *out,
	       uint8_t *fold)
{
	for (size_t b = 0; b < n; b++)
		classify(p + b * WORDS_BLOCK, &out[b], fold + b * WORDS_BLOCK);
}

static void
index_blocks(enum cpu_simd simd, const uint8_t *p, size_t n,
	     struct words_block *out, uint8_t *fold)
{
#if defined(__x86_64__)
	if (simd == CPU_AVX512)
		words_avx512(p, n, out, fold);
	else if (simd == CPU_AVX2)
		words_avx2(p, n, out, fold);
	else
#elif defined(__aarch64__)
	if (simd != CPU_PORTABLE)
		words_neon(p, n, out, fold);
	else
#endif
		words_portable(p, n, out, fold);
	(void)simd;
}

/* Where the words of the piece at ${at} start, and their keys. */
static void
index_words(struct span text, size_t at, size_t blocks, struct words *w)
{
	const uint8_t last = at == 0 ? 0 : text.p[at - 1];
	uint64_t before = is_alpha(last) || last >= 0x80;
	size_t n = 0;

	for (size_t i = 0; i < blocks; i++) {
		const uint64_t letter = w->block[i].letter;
		const uint8_t *fold = w->fold + i * WORDS_BLOCK;

		w->start[i] = letter & ~(letter << 1 | before);
		w->keys_before[i] = (uint16_t)n;
		for (uint64_t s = w->start[i]; s != 0; s &= s - 1)
			w->key[n++] = words_key(fold + __builtin_ctzll(s));
		before = letter >> 63;
	}
}

size_t
words_index(enum cpu_simd simd, struct span text, size_t at, struct words *out)
{
	const size_t most = WORDS_PIECE + WORDS_BLOCK;
	const size_t left = text.n - at;
	const struct span s = {text.p + at, left < most ? left : most};
	const size_t blocks = (s.n + WORDS_BLOCK - 1) / WORDS_BLOCK;

	const size_t whole = s.n / WORDS_BLOCK;
	const size_t rest = s.n % WORDS_BLOCK;

	index_blocks(simd, s.p, whole, out->block, out->fold);
	if (rest > 0) {
		uint8_t tail[WORDS_BLOCK] = {0};

		memcpy(tail, s.p + whole * WORDS_BLOCK, rest);
		index_blocks(simd, tail, 1, out->block + whole,
			     out->fold + whole * WORDS_BLOCK);
	}
	memset(out->fold + blocks * WORDS_BLOCK, 0, WORDS_KEY);
	if (blocks <= WORDS_BLOCKS)
		out->block[blocks] = (struct words_block){0};
	const size_t own = blocks < WORDS_BLOCKS ? blocks : WORDS_BLOCKS;

	index_words(text, at, own, out);
	return own;
}

bool
words_fold_key(struct span s, size_t at, size_t end, uint64_t *ret_key)
{
	uint64_t key = 0;
	unsigned n = 0;

	for (size_t i = at; i < end && n < WORDS_KEY; i++, n++) {
		uint8_t b = s.p[i] & 0xDF;

		if (s.p[i] == 0xC2 || s.p[i] == 0xE2)
			break;
		if (s.p[i] >= 0x80) {
			if (s.p[i] != 0xC3 || i + 1 == end ||
			    (s.p[i + 1] & 0xC0) != 0x80)
				return false;
			b = words_fold(s.p[++i]);
			if (b == 0)
				return false;
		}
		key |= (uint64_t)b << (8 * n);
	}
	*ret_key = key;
	return true;
}
