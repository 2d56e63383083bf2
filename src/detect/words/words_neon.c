/* Classification with NEON, 16 bytes an instruction. */
#include "detect/words/words_impl.h"

#if defined(__aarch64__)

#include <arm_neon.h>

static inline uint8x16_t
in_range(uint8x16_t v, uint8_t first, uint8_t last)
{
	return vcleq_u8(vsubq_u8(v, vdupq_n_u8(first)),
			vdupq_n_u8((uint8_t)(last - first)));
}

static inline uint8x16_t
equal(uint8x16_t v, uint8_t b)
{
	return vceqq_u8(v, vdupq_n_u8(b));
}

/* One bit a byte, of 16. Each lane keeps one bit of its own, and pairwise sums
 * bring eight of them into one byte. */
static inline uint64_t
bits(uint8x16_t v)
{
	static const uint8_t each[16] = {1, 2, 4, 8, 16, 32, 64, 128,
					 1, 2, 4, 8, 16, 32, 64, 128};
	uint8x16_t x = vandq_u8(v, vld1q_u8(each));

	x = vpaddq_u8(x, x);
	x = vpaddq_u8(x, x);
	x = vpaddq_u8(x, x);
	return vgetq_lane_u16(vreinterpretq_u16_u8(x), 0);
}

static inline void
classify16(const uint8_t *p, unsigned shift, struct words_block *m,
	   uint8_t *fold)
{
	const uint8x16_t v = vld1q_u8(p);
	const uint8x16_t high = vcgeq_u8(v, vdupq_n_u8(0x80));
	const uint8x16_t lower = vdupq_n_u8(0x20);
	const uint8x16_t alpha = in_range(vorrq_u8(v, lower), 'a', 'z');
	const uint8x16_t upper =
		vorrq_u8(in_range(v, 'A', 'Z'), equal(v, 0xC3));
	const uint8x16_t joint =
		vorrq_u8(vorrq_u8(vorrq_u8(equal(v, '\''), equal(v, '-')),
				  vorrq_u8(equal(v, 0xC2), equal(v, 0xE2))),
			 vorrq_u8(equal(v, 0x97), equal(v, 0xB7)));

	/* Letters without their 0x20; bytes past ASCII; nothing else. */
	vst1q_u8(fold, vorrq_u8(vbicq_u8(vandq_u8(alpha, v), lower),
				vandq_u8(high, v)));
	m->letter |= bits(vorrq_u8(alpha, high)) << shift;
	m->high |= bits(high) << shift;
	m->tail |= bits(in_range(v, 0x80, 0xBF)) << shift;
	m->digit |= bits(in_range(v, '0', '9')) << shift;
	m->upper |= bits(upper) << shift;
	m->joint |= bits(joint) << shift;
	m->sign |= bits(vorrq_u8(equal(v, '@'), equal(v, '$'))) << shift;
	m->blank |= bits(vorrq_u8(equal(v, ' '), equal(v, '\t'))) << shift;
	m->split |= bits(in_range(v, '-', '/')) << shift;
	m->mark |= bits(vorrq_u8(in_range(v, '(', ')'), equal(v, '_')))
		   << shift;
}

static void
classify(const uint8_t *p, struct words_block *out, uint8_t *fold)
{
	*out = (struct words_block){0};
	for (unsigned i = 0; i < WORDS_BLOCK; i += 16)
		classify16(p + i, i, out, fold + i);
}

void
words_neon(const uint8_t *p, size_t n, struct words_block *out, uint8_t *fold)
{
	for (size_t b = 0; b < n; b++)
		classify(p + b * WORDS_BLOCK, &out[b], fold + b * WORDS_BLOCK);
}

#endif
