#include "detect/words/words.h"

#include "base/word.h"
#include "detect/words/words_impl.h"

#include <string.h>

/* The high bit of each byte of ${v}, whose other bits are 0, as eight bits. */
static inline uint64_t
gather(uint64_t v)
{
	return ((v >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

/* The high bit of each byte of ${low}, all below 0x80, that is ${first} to
 * ${last}. */
static inline uint64_t
in_range(uint64_t low, uint8_t first, uint8_t last)
{
	const uint64_t from = low + word_each((uint8_t)(0x80 - first));
	const uint64_t past = low + word_each((uint8_t)(0x7F - last));

	return (from ^ past) & word_each(0x80);
}

static void
classify8(const uint8_t *p, unsigned shift, struct words_block *m,
	  uint8_t *fold)
{
	const uint64_t v = word_load8(p);
	const uint64_t high = v & word_each(0x80);
	const uint64_t low = v & word_each(0x7F);
	const uint64_t ascii = ~v & word_each(0x80);
	const uint64_t alpha = in_range(low | word_each(0x20), 'a', 'z');
	const uint64_t upper = in_range(low, 'A', 'Z') & ascii;
	const uint64_t joint =
		in_range(low, '\'', '\'') | in_range(low, '-', '-');
	const uint64_t sign = in_range(low, '@', '@') | in_range(low, '$', '$');
	const uint64_t blank =
		in_range(low, ' ', ' ') | in_range(low, '\t', '\t');
	/* Past ASCII, without their high bit: 0xC3; 0xC2, 0xE2, 0x97, 0xB7. */
	const uint64_t c3 = in_range(low, 0x43, 0x43) & high;
	const uint64_t parts =
		in_range(low, 0x42, 0x42) | in_range(low, 0x62, 0x62) |
		in_range(low, 0x17, 0x17) | in_range(low, 0x37, 0x37);

	const uint64_t letter = (alpha & ascii) | high;
	const uint64_t upcase = ((alpha & ascii) >> 2) & v;

	word_store8(fold, (v & (letter >> 7) * 0xFF) ^ upcase);
	m->letter |= gather(letter) << shift;
	m->high |= gather(high) << shift;
	m->tail |= gather(high & ~(low << 1)) << shift;
	m->digit |= gather(in_range(low, '0', '9') & ascii) << shift;
	m->upper |= gather(upper | c3) << shift;
	m->joint |= gather((joint & ascii) | (parts & high)) << shift;
	m->sign |= gather(sign & ascii) << shift;
	m->blank |= gather(blank & ascii) << shift;
}

static void
classify(const uint8_t *p, struct words_block *out, uint8_t *fold)
{
	*out = (struct words_block){0};
	for (unsigned i = 0; i < WORDS_BLOCK; i += 8)
		classify8(p + i, i, out, fold + i);
}

void
words_portable(struct span s, struct words *out)
{
	uint8_t tail[WORDS_BLOCK] = {0};
	size_t at = 0;

	for (; s.n - at >= WORDS_BLOCK; at += WORDS_BLOCK)
		classify(s.p + at, &out->block[at / WORDS_BLOCK],
			 out->fold + at);
	if (at == s.n)
		return;
	memcpy(tail, s.p + at, s.n - at);
	classify(tail, &out->block[at / WORDS_BLOCK], out->fold + at);
}

size_t
words_index(enum cpu_simd simd, struct span text, size_t at, struct words *out)
{
	const size_t most = WORDS_PIECE + WORDS_BLOCK;
	const size_t left = text.n - at;
	const struct span s = {text.p + at, left < most ? left : most};
	const size_t blocks = (s.n + WORDS_BLOCK - 1) / WORDS_BLOCK;

#if defined(__x86_64__)
	if (simd == CPU_AVX512)
		words_avx512(s, out);
	else if (simd == CPU_AVX2)
		words_avx2(s, out);
	else
#elif defined(__aarch64__)
	if (simd != CPU_PORTABLE)
		words_neon(s, out);
	else
#endif
		words_portable(s, out);
	(void)simd;
	memset(out->fold + blocks * WORDS_BLOCK, 0, WORDS_KEY);
	if (blocks <= WORDS_BLOCKS)
		out->block[blocks] = (struct words_block){0};
	return blocks < WORDS_BLOCKS ? blocks : WORDS_BLOCKS;
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
