/* Classification with AVX-512, 64 bytes an instruction. */
#include "detect/words/words_impl.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,bmi,popcnt")))

/* Which of the bytes of ${v} are ${first} to ${last}? */
AVX512 static inline uint64_t
in_range(__m512i v, uint8_t first, uint8_t last)
{
	const __m512i d = _mm512_sub_epi8(v, _mm512_set1_epi8((char)first));

	return _mm512_cmple_epu8_mask(d,
				      _mm512_set1_epi8((char)(last - first)));
}

AVX512 static inline uint64_t
equal(__m512i v, uint8_t b)
{
	return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)b));
}

AVX512 static inline void
classify(__m512i v, struct words_block *out, uint8_t *fold)
{
	const __m512i bit = _mm512_set1_epi8(0x20);
	const uint64_t alpha = in_range(_mm512_or_si512(v, bit), 'a', 'z');
	const uint64_t high = _mm512_movepi8_mask(v);
	const __m512i kept = _mm512_maskz_mov_epi8(alpha | high, v);
	const uint64_t small = in_range(v, 'a', 'z');

	_mm512_storeu_si512(fold, _mm512_mask_sub_epi8(kept, small, kept, bit));
	out->letter = alpha | high;
	out->high = high;
	out->tail = in_range(v, 0x80, 0xBF);
	out->digit = in_range(v, '0', '9');
	out->upper = in_range(v, 'A', 'Z') | equal(v, 0xC3);
	out->joint = equal(v, '\'') | equal(v, '-') | equal(v, 0xC2) |
		     equal(v, 0xE2) | equal(v, 0x97) | equal(v, 0xB7);
	out->sign = equal(v, '@') | equal(v, '$');
	out->blank = equal(v, ' ') | equal(v, '\t');
	out->split = in_range(v, '-', '/');
	out->mark = in_range(v, '(', ')') | equal(v, '_');
}

AVX512 void
words_avx512(const uint8_t *p, size_t n, struct words_block *out, uint8_t *fold)
{
	for (size_t b = 0; b < n; b++)
		classify(_mm512_loadu_si512(p + b * WORDS_BLOCK), &out[b],
			 fold + b * WORDS_BLOCK);
}

#endif
