/* base/span: bytes that somebody else owns, and the small questions one asks
 * of them. */
#ifndef TOCSIN_BASE_SPAN_H
#define TOCSIN_BASE_SPAN_H

#include "base/word.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes somebody else owns. Not NUL-terminated. Of text that a detector
 * gets, the encoding is UTF-8; of a window of a file, it is unknown. */
struct span {
	const uint8_t *p;
	size_t n;
};

/** A span of a string literal. */
#define SPAN_LIT(s) ((struct span){(const uint8_t *)(s), sizeof(s) - 1})

/** Elements of an array. */
#define COUNT_OF(a) (sizeof(a) / sizeof(*(a)))

/**
 * span_str(s):
 * View the C string ${s} without its NUL.
 */
struct span span_str(const char *s);

/** span_trim_blanks(s): span_trim() where there may be blanks. */
struct span span_trim_blanks(struct span s);

/**
 * span_trim(s):
 * Leave out the blanks (space, tab, CR, LF, NBSP in UTF-8) at both ends.
 */
static inline struct span
span_trim(struct span s)
{
	/* Nearly every value starts and ends with a printable ASCII byte. */
	if (s.n == 0 || ((uint8_t)(s.p[0] - 0x21) < 0x5F &&
			 (uint8_t)(s.p[s.n - 1] - 0x21) < 0x5F))
		return s;
	return span_trim_blanks(s);
}

/**
 * span_equal(a, b):
 * Compare byte by byte. Not constant-time: never for secrets.
 */
bool span_equal(struct span a, struct span b);

/** span_is(s, word): Is ${s} the C string ${word}? */
static inline bool
span_is(struct span s, const char *word)
{
	return strlen(word) == s.n && memcmp(s.p, word, s.n) == 0;
}

/**
 * span_compare(a, b):
 * Order as memcmp does, the shorter first when one begins the other.
 */
int span_compare(struct span a, struct span b);

/**
 * span_is_ascii(s):
 * Say whether every byte is below 0x80. Cost: O(n), eight bytes a step.
 */
bool span_is_ascii(struct span s);

/**
 * span_find(s, b):
 * Where the byte ${b}, ASCII, first stands in ${s}; s.n: nowhere.
 */
static inline size_t
span_find(struct span s, uint8_t b)
{
	for (size_t i = 0; i < s.n; i += 8) {
		const uint64_t v = s.n - i >= 8 ? word_load8(s.p + i)
						: word_short(s.p + i, s.n - i);
		const uint64_t hit = word_between(v, b, b);

		if (hit != 0)
			return i + (size_t)__builtin_ctzll(hit) / 8;
	}
	return s.n;
}

/**
 * span_hash(s, seed):
 * Hash for tables in memory: fast, not a PRF, never stored or sent.
 */
uint64_t span_hash(struct span s, uint64_t seed);

/** byte_in(b, set): Is ${b} one of the characters of ${set} (never NUL)? */
static inline bool
byte_in(uint8_t b, const char *set)
{
	for (; *set != '\0'; set++)
		if (b == (uint8_t)*set)
			return true;
	return false;
}

/** is_digit(b): ASCII digit? */
static inline bool
is_digit(uint8_t b)
{
	return (uint8_t)(b - '0') < 10;
}

/** is_upper(b): ASCII capital? */
static inline bool
is_upper(uint8_t b)
{
	return (uint8_t)(b - 'A') < 26;
}

/** is_alpha(b): ASCII letter? */
static inline bool
is_alpha(uint8_t b)
{
	return (uint8_t)((b | 0x20) - 'a') < 26;
}

/** is_alnum(b): ASCII letter or digit? */
static inline bool
is_alnum(uint8_t b)
{
	return is_digit(b) || is_alpha(b);
}

/**
 * all_digits(p, n):
 * Are the ${n} bytes at ${p} ASCII digits?
 */
static inline bool
all_digits(const uint8_t *p, size_t n)
{
	for (; n >= 8; n -= 8, p += 8)
		if (!word_is_digits(word_load8(p)))
			return false;
	for (size_t i = 0; i < n; i++)
		if (!is_digit(p[i]))
			return false;
	return true;
}

/**
 * number(p, n):
 * Read ${n} <= 19 digits as a number; the caller has checked them.
 */
static inline uint64_t
number(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	for (; n >= 8; n -= 8, p += 8)
		v = v * 100000000 + word_number(word_load8(p));
	for (size_t i = 0; i < n; i++)
		v = 10 * v + (uint64_t)(p[i] - '0');
	return v;
}

/**
 * number_write(v, n, out):
 * Write the last ${n} <= 16 digits of ${v}, with zeros in front.
 */
static inline void
number_write(uint64_t v, size_t n, uint8_t *out)
{
	uint8_t all[16];

	word_store8(all, word_digits((uint32_t)(v / 100000000 % 100000000)));
	word_store8(all + 8, word_digits((uint32_t)(v % 100000000)));
	memcpy(out, all + (sizeof(all) - n), n);
}

/**
 * squeeze(s, drop, out, cap):
 * Copy ${s} to ${out} without the bytes listed in ${drop}, no digits.
 *
 * Returns  The bytes written; ${cap} + 1 if they do not fit, in which case
 *          ${out} holds the first ${cap}.
 */
size_t squeeze(struct span s, const char *drop, uint8_t *out, size_t cap);

#endif
