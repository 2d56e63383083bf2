#include "base/span.h"

#include <string.h>

struct span
span_str(const char *s)
{
	return (struct span){(const uint8_t *)s, strlen(s)};
}

/* Length of the blank at the start of ${s}: 0, 1, or 2 for UTF-8's NBSP. */
static size_t
blank_at(const uint8_t *p, size_t n)
{
	if (n > 0 && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		return 1;
	return n > 1 && p[0] == 0xC2 && p[1] == 0xA0 ? 2 : 0;
}

struct span
span_trim_blanks(struct span s)
{
	size_t k;

	while ((k = blank_at(s.p, s.n)) > 0) {
		s.p += k;
		s.n -= k;
	}
	while (s.n > 0) {
		if (s.n > 1 && blank_at(s.p + s.n - 2, 2) == 2)
			s.n -= 2;
		else if (blank_at(s.p + s.n - 1, 1) == 1)
			s.n -= 1;
		else
			break;
	}
	return s;
}

bool
span_equal(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int
span_compare(struct span a, struct span b)
{
	const size_t n = a.n < b.n ? a.n : b.n;
	const int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (c != 0)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

bool
span_is_ascii(struct span s)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t all = 0;
	size_t i = 0;

	for (; i + 32 <= s.n; i += 32)
		all |= word_load8(s.p + i) | word_load8(s.p + i + 8) |
		       word_load8(s.p + i + 16) | word_load8(s.p + i + 24);
	for (; i + 8 <= s.n; i += 8)
		all |= word_load8(s.p + i);
	for (; i < s.n; i++)
		all |= s.p[i];
	return (all & high) == 0;
}

/* The finaliser of splitmix64 (Steele, Lea, Flood, OOPSLA 2014). */
static uint64_t
mix(uint64_t h)
{
	h ^= h >> 30;
	h *= UINT64_C(0xbf58476d1ce4e5b9);
	h ^= h >> 27;
	h *= UINT64_C(0x94d049bb133111eb);
	return h ^ (h >> 31);
}

uint64_t
span_hash(struct span s, uint64_t seed)
{
	uint64_t h = seed ^ (s.n * UINT64_C(0x9e3779b97f4a7c15));
	size_t i = 0;

	for (; i + 8 <= s.n; i += 8)
		h = mix(h ^ word_load8(s.p + i));
	if (i < s.n) {
		uint64_t tail = 0;

		memcpy(&tail, s.p + i, s.n - i);
		h = mix(h ^ tail);
	}
	return mix(h);
}

size_t
squeeze(struct span s, const char *drop, uint8_t *out, size_t cap)
{
	size_t n = 0;

	/* As most numbers are written. */
	if (s.n <= cap && all_digits(s.p, s.n)) {
		if (s.n > 0)
			memcpy(out, s.p, s.n);
		return s.n;
	}
	for (size_t i = 0; i < s.n; i++) {
		if (byte_in(s.p[i], drop))
			continue;
		if (n == cap)
			return cap + 1;
		out[n++] = s.p[i];
	}
	return n;
}
