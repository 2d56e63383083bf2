/* Classification with AVX2, 32 bytes an instruction. */
#include "detect/words/words_impl.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

/* Which of the bytes of ${v} are ${first} to ${last}? */
AVX2 static inline __m256i
in_range(__m256i v, uint8_t first, uint8_t last)
{
	const __m256i d = _mm256_sub_epi8(v, _mm256_set1_epi8((char)first));
	const __m256i most = _mm256_set1_epi8((char)(last - first));

	return _mm256_cmpeq_epi8(_mm256_min_epu8(d, most), d);
}

AVX2 static inline __m256i
equal(__m256i v, uint8_t b)
{
	return _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)b));
}

AVX2 static inline uint64_t
bits(__m256i v)
{
	return (uint32_t)_mm256_movemask_epi8(v);
}

/* Inline always: its eleven words of an answer would go through memory. */
__attribute__((always_inline)) AVX2 static inline struct words_block
classify32(const uint8_t *p, uint8_t *fold)
{
	const __m256i v = _mm256_loadu_si256((const __m256i_u *)p);
	const __m256i small = _mm256_or_si256(v, _mm256_set1_epi8(0x20));
	const __m256i upper =
		_mm256_or_si256(in_range(v, 'A', 'Z'), equal(v, 0xC3));
	const __m256i joint = _mm256_or_si256(
		_mm256_or_si256(
			_mm256_or_si256(equal(v, '\''), equal(v, '-')),
			_mm256_or_si256(equal(v, 0xC2), equal(v, 0xE2))),
		_mm256_or_si256(equal(v, 0x97), equal(v, 0xB7)));
	const __m256i alpha = in_range(small, 'a', 'z');
	const uint64_t high = bits(v);
	/* Letters without their 0x20; bytes past ASCII; nothing else. */
	const __m256i kept = _mm256_or_si256(
		_mm256_andnot_si256(_mm256_set1_epi8(0x20),
				    _mm256_and_si256(alpha, v)),
		_mm256_and_si256(_mm256_cmpgt_epi8(_mm256_setzero_si256(), v),
				 v));

	_mm256_storeu_si256((__m256i_u *)fold, kept);

	return (struct words_block){
		.letter = bits(alpha) | high,
		.high = high,
		.tail = bits(in_range(v, 0x80, 0xBF)),
		.digit = bits(in_range(v, '0', '9')),
		.upper = bits(upper),
		.joint = bits(joint),
		.sign = bits(_mm256_or_si256(equal(v, '@'), equal(v, '$'))),
		.blank = bits(_mm256_or_si256(equal(v, ' '), equal(v, '\t'))),
		.split = bits(in_range(v, '-', '/')),
		.mark = bits(
			_mm256_or_si256(in_range(v, '(', ')'), equal(v, '_'))),
	};
}

AVX2 static inline void
classify(const uint8_t *p, struct words_block *out, uint8_t *fold)
{
	const struct words_block a = classify32(p, fold);
	const struct words_block b = classify32(p + 32, fold + 32);

	*out = (struct words_block){
		.letter = a.letter | b.letter << 32,
		.high = a.high | b.high << 32,
		.tail = a.tail | b.tail << 32,
		.digit = a.digit | b.digit << 32,
		.upper = a.upper | b.upper << 32,
		.joint = a.joint | b.joint << 32,
		.sign = a.sign | b.sign << 32,
		.blank = a.blank | b.blank << 32,
		.split = a.split | b.split << 32,
		.mark = a.mark | b.mark << 32,
	};
}

AVX2 void
words_avx2(const uint8_t *p, size_t n, struct words_block *out, uint8_t *fold)
{
	for (size_t b = 0; b < n; b++)
		classify(p + b * WORDS_BLOCK, &out[b], fold + b * WORDS_BLOCK);
}

#endif
