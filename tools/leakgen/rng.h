/* leakgen: one seeded stream of numbers, the same on every machine. */
#ifndef LEAKGEN_RNG_H
#define LEAKGEN_RNG_H

#include <stdbool.h>
#include <stdint.h>

/**
 * A stream of numbers (splitmix64). Cheap enough to make one per cell. At most
 * one draw stands in an expression: compilers differ in which comes first.
 */
struct rng {
	uint64_t s;
};

/**
 * rng_mix(x):
 * Scatter the bits of ${x}; a bijection.
 *
 * Source   Steele, Lea, Flood: Fast splittable pseudorandom number
 *          generators (2014), the finaliser of splitmix64.
 */
static inline uint64_t
rng_mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
	return x ^ (x >> 31);
}

/** rng_for(seed, stream): The stream number ${stream} of ${seed}. */
static inline struct rng
rng_for(uint64_t seed, uint64_t stream)
{
	return (struct rng){rng_mix(seed + stream * 0x9e3779b97f4a7c15ULL)};
}

/** rng_next(r): The next 64 bits of ${r}. */
static inline uint64_t
rng_next(struct rng *r)
{
	r->s += 0x9e3779b97f4a7c15ULL;
	return rng_mix(r->s);
}

/** rng_below(r, n): A number from 0 to ${n} - 1; ${n} is at least 1. */
static inline uint32_t
rng_below(struct rng *r, uint32_t n)
{
	return (uint32_t)(((rng_next(r) >> 32) * n) >> 32);
}

/** rng_between(r, low, high): A number from ${low} to ${high}, both in. */
static inline uint32_t
rng_between(struct rng *r, uint32_t low, uint32_t high)
{
	return low + rng_below(r, high - low + 1);
}

/** rng_skewed(r, n): Below ${n}, low numbers more often than high ones. */
static inline uint32_t
rng_skewed(struct rng *r, uint32_t n)
{
	const uint64_t a = rng_next(r) >> 32;
	const uint64_t b = rng_next(r) >> 32;

	return (uint32_t)((((a * b) >> 32) * n) >> 32);
}

/** rng_chance(r, per_10000): True in ${per_10000} of 10,000 cases. */
static inline bool
rng_chance(struct rng *r, uint32_t per_10000)
{
	return rng_below(r, 10000) < per_10000;
}

#endif
