/* The structural index with NEON, which every 64-bit ARM has: four times 16
 * bytes a block. */
#include "format/csv/csv_impl.h"

#if defined(__aarch64__)

#include <arm_neon.h>

/* 64 bytes, and what one of them is compared to. */
struct quad {
	uint8x16_t v[4];
};

/* Bit i: byte i of ${a} is set in all its bits, or in none. Each lane keeps one
 * bit of its own, and pairwise sums bring eight of them into one byte. */
static inline uint64_t
gather(const struct quad *a)
{
	static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128,
					 1, 2, 4, 8, 16, 32, 64, 128};
	const uint8x16_t own = vld1q_u8(bits);
	const uint8x16_t low =
		vpaddq_u8(vandq_u8(a->v[0], own), vandq_u8(a->v[1], own));
	const uint8x16_t high =
		vpaddq_u8(vandq_u8(a->v[2], own), vandq_u8(a->v[3], own));
	const uint8x16_t fours = vpaddq_u8(low, high);
	const uint8x16_t eights = vpaddq_u8(fours, fours);

	return vgetq_lane_u64(vreinterpretq_u64_u8(eights), 0);
}

static inline uint64_t
equal64(const struct quad *a, uint8_t b)
{
	const uint8x16_t all = vdupq_n_u8(b);
	struct quad is;

	for (unsigned i = 0; i < COUNT_OF(is.v); i++)
		is.v[i] = vceqq_u8(a->v[i], all);
	return gather(&is);
}

void
csv_index_neon(const struct csv_bytes *k, const uint8_t *p, size_t n,
	       struct csv_block *out)
{
	for (size_t b = 0; b < n; b++, p += 64) {
		struct quad a;

		for (unsigned i = 0; i < COUNT_OF(a.v); i++)
			a.v[i] = vld1q_u8(p + 16 * i);
		out[b].sep = equal64(&a, k->delimiter) | equal64(&a, k->lf) |
			     equal64(&a, k->cr);
		out[b].quote = (equal64(&a, k->quote) & k->quote_on) |
			       (equal64(&a, k->escape) & k->escape_on);
	}
}

#endif
