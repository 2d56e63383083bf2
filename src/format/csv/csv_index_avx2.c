/* The structural index with AVX2, 32 bytes an instruction. */
#include "format/csv/csv_impl.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 static inline uint64_t
equal64(__m256i low, __m256i high, __m256i b)
{
	const uint32_t l =
		(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, b));
	const uint32_t h =
		(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, b));

	return l | (uint64_t)h << 32;
}

AVX2 void
csv_index_avx2(const struct csv_bytes *k, const uint8_t *p, size_t n,
	       struct csv_block *out)
{
	const __m256i delimiter = _mm256_set1_epi8((char)k->delimiter);
	const __m256i lf = _mm256_set1_epi8((char)k->lf);
	const __m256i cr = _mm256_set1_epi8((char)k->cr);
	const __m256i quote = _mm256_set1_epi8((char)k->quote);
	const __m256i escape = _mm256_set1_epi8((char)k->escape);

	for (size_t b = 0; b < n; b++, p += 64) {
		const __m256i low = _mm256_loadu_si256((const __m256i_u *)p);
		const __m256i high =
			_mm256_loadu_si256((const __m256i_u *)(p + 32));

		out[b].sep = equal64(low, high, delimiter) |
			     equal64(low, high, lf) | equal64(low, high, cr);
		out[b].quote = (equal64(low, high, quote) & k->quote_on) |
			       (equal64(low, high, escape) & k->escape_on);
	}
}

AVX2 uint32_t
csv_list_avx2(const struct csv_block *blocks, size_t n, uint16_t *out)
{
	uint16_t *const start = out;

	for (size_t b = 0; b < n; b++) {
		const unsigned base = (unsigned)b * 64;
		uint64_t m = blocks[b].sep | blocks[b].quote;
		uint16_t *p = out;

		out += _mm_popcnt_u64(m);
		/* Eight at a time: what is written too much is overwritten. */
		while (m != 0) {
			for (int i = 0; i < 8; i++, m = _blsr_u64(m))
				p[i] = (uint16_t)(base + _tzcnt_u64(m));
			p += 8;
		}
	}
	return (uint32_t)(out - start);
}

#endif
