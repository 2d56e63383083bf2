/* Most bytes of prose start nothing: step over them sixteen at a time. */
#include "detect/prose/prose_impl.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static bool
starts_candidate(uint8_t b)
{
	return is_digit(b) || b == '@' || b == '$';
}

size_t
prose_skip_portable(struct span text, size_t i)
{
	while (i < text.n && !starts_candidate(text.p[i]))
		i++;
	return i;
}

size_t
prose_skip(struct span text, size_t i)
{
#ifdef __SSE2__
	const __m128i zero = _mm_set1_epi8('0');
	const __m128i nine = _mm_set1_epi8(9);
	const __m128i at = _mm_set1_epi8('@');
	const __m128i dollar = _mm_set1_epi8('$');

	for (; i + 16 <= text.n; i += 16) {
		const __m128i v = _mm_loadu_si128(
			(const __m128i *)(const void *)(text.p + i));
		const __m128i d = _mm_sub_epi8(v, zero);
		const __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(d, nine), d);
		const __m128i sign = _mm_or_si128(_mm_cmpeq_epi8(v, at),
						  _mm_cmpeq_epi8(v, dollar));
		const unsigned mask =
			(unsigned)_mm_movemask_epi8(_mm_or_si128(digit, sign));

		if (mask != 0)
			return i + (size_t)__builtin_ctz(mask);
	}
#endif
	return prose_skip_portable(text, i);
}
