#include "base/sort.h"

#include <stdbool.h>
#include <string.h>

enum { DIGITS = 8, VALUES = 256 };

/* Move by one digit. False, and nothing moved, if all have the same. */
static bool
move_by_digit(const uint64_t *from, uint64_t *to, size_t n, unsigned shift)
{
	size_t places[VALUES] = {0};
	size_t at = 0;

	for (size_t i = 0; i < n; i++)
		places[from[i] >> shift & 0xFF]++;
	if (places[from[0] >> shift & 0xFF] == n)
		return false;
	for (size_t k = 0; k < VALUES; k++) {
		const size_t here = places[k];

		places[k] = at;
		at += here;
	}
	for (size_t i = 0; i < n; i++)
		to[places[from[i] >> shift & 0xFF]++] = from[i];
	return true;
}

void
sort_u64(uint64_t *v, size_t n, uint64_t *spare)
{
	uint64_t *from = v;
	uint64_t *to = spare;

	if (n < 2)
		return;
	for (unsigned d = 0; d < DIGITS; d++) {
		if (!move_by_digit(from, to, n, 8 * d))
			continue;
		uint64_t *swap = from;
		from = to;
		to = swap;
	}
	if (from != v)
		memcpy(v, from, n * sizeof(*v));
}

size_t
sort_unique_u64(uint64_t *v, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (k == 0 || v[k - 1] != v[i])
			v[k++] = v[i];
	return k;
}
