/* base/word: eight bytes at a time, as a number. Everything here is exact for
 * all byte values, and the same on every machine: the first byte of memory is
 * the lowest of the number. */
#ifndef TOCSIN_BASE_WORD_H
#define TOCSIN_BASE_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** word_each(b): ${b} in all eight bytes. */
static inline uint64_t
word_each(uint8_t b)
{
	return UINT64_C(0x0101010101010101) * b;
}

/** word_load8(p), word_load4(p): The bytes at ${p}, wherever it points. */
static inline uint64_t
word_load8(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

static inline uint32_t
word_load4(const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap32(v);
#endif
	return v;
}

/**
 * word_short(p, n):
 * ${n} <= 7 bytes, with zeros behind them; nothing past them is read.
 */
static inline uint64_t
word_short(const uint8_t *p, size_t n)
{
	/* Loads that overlap agree where they do. */
	if (n >= 4)
		return word_load4(p) | (uint64_t)word_load4(p + n - 4)
					       << 8 * (n - 4);
	if (n == 0)
		return 0;
	return p[0] | (uint64_t)p[n / 2] << 8 * (n / 2) |
	       (uint64_t)p[n - 1] << 8 * (n - 1);
}

/** word_count(v): How many bytes of ${v} have their highest bit set. */
static inline unsigned
word_count(uint64_t v)
{
	return (unsigned)(((v >> 7 & word_each(1)) * word_each(1)) >> 56);
}

/** word_gather(v): One bit for each byte of ${v} whose highest bit is set, the
 * first byte the lowest. */
static inline uint64_t
word_gather(uint64_t v)
{
	return ((v >> 7 & word_each(1)) * UINT64_C(0x0102040810204080)) >> 56;
}

/** word_between(v, first, last): The highest bit of each byte of ${v} that lies
 * in [${first}, ${last}], both below 0x80. */
static inline uint64_t
word_between(uint64_t v, uint8_t first, uint8_t last)
{
	const uint64_t low = v & word_each(0x7F);
	const uint64_t from = low + word_each((uint8_t)(0x80 - first));
	const uint64_t past = low + word_each((uint8_t)(0x7F - last));

	return from & ~past & ~v & word_each(0x80);
}

/** word_is_digits(v): Are all eight bytes ASCII digits? */
static inline bool
word_is_digits(uint64_t v)
{
	const uint64_t high = v & word_each(0xF0);
	const uint64_t over = (v + word_each(6)) & word_each(0xF0);

	return ((high | over >> 4) == word_each(0x33));
}

/**
 * word_number(v):
 * The number that eight ASCII digits write, the first the highest.
 *
 * Source   Lemire, "Quickly parsing eight digits", 2018.
 */
static inline uint32_t
word_number(uint64_t v)
{
	const uint64_t pairs = ((v & word_each(0x0F)) * 2561) >> 8;
	const uint64_t fours =
		((pairs & UINT64_C(0x00FF00FF00FF00FF)) * UINT64_C(6553601)) >>
		16;

	return (uint32_t)(((fours & UINT64_C(0x0000FFFF0000FFFF)) *
			   UINT64_C(42949672960001)) >>
			  32);
}

/**
 * word_digits(v):
 * The eight ASCII digits of ${v} < 10^8, the first in the lowest byte.
 *
 * Source   Three steps of division by multiplication: by 100 of two numbers
 *          below 10000 at a time, by 10 of four below 100.
 */
static inline uint64_t
word_digits(uint32_t v)
{
	const uint64_t fours = v / 10000 | (uint64_t)(v % 10000) << 32;
	const uint64_t hundreds =
		((fours * 10486) >> 20) & UINT64_C(0x0000007F0000007F);
	const uint64_t pairs = hundreds | (fours - 100 * hundreds) << 16;
	const uint64_t tens =
		((pairs * 103) >> 10) & UINT64_C(0x000F000F000F000F);

	return (tens | (pairs - 10 * tens) << 8) + word_each('0');
}

/** word_store8(p, v): Write the eight bytes of ${v} to ${p}. */
static inline void
word_store8(uint8_t *p, uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	memcpy(p, &v, sizeof(v));
}

/** word_upper(v), word_lower(v): With its ASCII letters in one case. */
static inline uint64_t
word_upper(uint64_t v)
{
	return v ^ word_between(v, 'a', 'z') >> 2;
}

static inline uint64_t
word_lower(uint64_t v)
{
	return v ^ word_between(v, 'A', 'Z') >> 2;
}

/** word_is_plain(v): Are all bytes ASCII, and none a control character below
 * 0x20? */
static inline bool
word_is_plain(uint64_t v)
{
	/* The highest bit comes on from 0x20 up. */
	const uint64_t printable = (v & word_each(0x7F)) + word_each(0x60);

	return ((v | ~printable) & word_each(0x80)) == 0;
}

#endif
