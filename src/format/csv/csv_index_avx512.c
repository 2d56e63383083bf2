/* The structural index with AVX-512, 64 bytes an instruction. */
#include "format/csv/csv_impl.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))

AVX512 void
csv_index_avx512(const struct csv_bytes *k, const uint8_t *p, size_t n,
		 struct csv_block *out)
{
	const __m512i delimiter = _mm512_set1_epi8((char)k->delimiter);
	const __m512i lf = _mm512_set1_epi8((char)k->lf);
	const __m512i cr = _mm512_set1_epi8((char)k->cr);
	const __m512i quote = _mm512_set1_epi8((char)k->quote);
	const __m512i escape = _mm512_set1_epi8((char)k->escape);

	for (size_t b = 0; b < n; b++, p += 64) {
		const __m512i v = _mm512_loadu_si512(p);

		out[b].sep = _mm512_cmpeq_epi8_mask(v, delimiter) |
			     _mm512_cmpeq_epi8_mask(v, lf) |
			     _mm512_cmpeq_epi8_mask(v, cr);
		out[b].quote =
			(_mm512_cmpeq_epi8_mask(v, quote) & k->quote_on) |
			(_mm512_cmpeq_epi8_mask(v, escape) & k->escape_on);
	}
}

AVX512 uint32_t
csv_list_avx512(const struct csv_block *blocks, size_t n, uint16_t *out)
{
	static const uint8_t ramp[64] = {
		0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
		16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
		32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
		48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
	const __m512i all = _mm512_loadu_si512(ramp);
	uint16_t *const start = out;

	for (size_t b = 0; b < n; b++) {
		const uint64_t m = blocks[b].sep | blocks[b].quote;
		const __m512i in = _mm512_maskz_compress_epi8(m, all);
		const __m512i base = _mm512_set1_epi16((short)(b * 64));
		const __m512i low =
			_mm512_cvtepu8_epi16(_mm512_castsi512_si256(in));
		const long long count = _mm_popcnt_u64(m);

		_mm512_storeu_si512(out, _mm512_add_epi16(low, base));
		if (count > 32) {
			const __m512i high = _mm512_cvtepu8_epi16(
				_mm512_extracti64x4_epi64(in, 1));

			_mm512_storeu_si512(out + 32,
					    _mm512_add_epi16(high, base));
		}
		out += count;
	}
	return (uint32_t)(out - start);
}

#endif
