/* link/mix: hashing and pseudo-random numbers that depend on content alone,
 * never on time, addresses or the order of arrival. */
#ifndef TOCSIN_LINK_MIX_H
#define TOCSIN_LINK_MIX_H

#include <stdint.h>

/**
 * mix(x):
 * Scatter ${x}; a bijection.
 *
 * Source   The finaliser of splitmix64: Steele, Lea and Flood, OOPSLA 2014.
 */
static inline uint64_t
mix(uint64_t x)
{
	x += UINT64_C(0x9e3779b97f4a7c15);
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/**
 * mix_in(h, x):
 * Fold ${x} into the running hash ${h}; the order of folding counts.
 */
static inline uint64_t
mix_in(uint64_t h, uint64_t x)
{
	return mix(h ^ (x * UINT64_C(0xd6e8feb86659fd93)));
}

/**
 * mix_below(h, n):
 * Map the scattered ${h} evenly to 0 .. ${n} - 1.
 */
static inline uint64_t
mix_below(uint64_t h, uint64_t n)
{
	__extension__ typedef unsigned __int128 wide;

	return (uint64_t)((wide)h * n >> 64);
}

#endif
