#include "link/distance/distance.h"

#include <string.h>

/* Bits from ${lo} to ${hi} inclusive; both below 64. */
static uint64_t
bits_between(size_t lo, size_t hi)
{
	return (~UINT64_C(0) << lo) & (~UINT64_C(0) >> (63 - hi));
}

enum { PLACES = 32 };

/* Where each letter stands in ${b}: letters share places by their low bits, so
 * a candidate is looked at before it is believed. */
static void
letter_places(struct span b, uint64_t place[static PLACES])
{
	memset(place, 0, PLACES * sizeof(*place));
	for (size_t i = 0; i < b.n; i++)
		place[b.p[i] % PLACES] |= UINT64_C(1) << i;
}

static size_t
common_start(struct span a, struct span b)
{
	size_t l = 0;

	while (l < 4 && l < a.n && l < b.n && a.p[l] == b.p[l])
		l++;
	return l;
}

/* Match letters of ${a} to letters of ${b} no further than ${reach} away, each
 * used once; returns how many. */
static uint64_t
match_letters(struct span a, struct span b, size_t reach, uint64_t *used_a,
	      uint64_t *used_b)
{
	uint64_t place[PLACES];
	uint64_t n = 0;

	letter_places(b, place);
	*used_a = 0;
	*used_b = 0;
	for (size_t i = 0; i < a.n; i++) {
		const size_t lo = i > reach ? i - reach : 0;
		const size_t hi = i + reach < b.n ? i + reach : b.n - 1;

		if (lo > hi)
			break;
		uint64_t at = place[a.p[i] % PLACES] & ~*used_b &
			      bits_between(lo, hi);
		while (at != 0 && b.p[__builtin_ctzll(at)] != a.p[i])
			at &= at - 1;
		if (at != 0) {
			*used_b |= at & -at;
			*used_a |= UINT64_C(1) << i;
			n++;
		}
	}
	return n;
}

static unsigned
out_of_order(struct span a, struct span b, uint64_t used_a, uint64_t used_b)
{
	unsigned n = 0;

	for (; used_a != 0; used_a &= used_a - 1, used_b &= used_b - 1)
		n += a.p[__builtin_ctzll(used_a)] !=
		     b.p[__builtin_ctzll(used_b)];
	return n;
}

unsigned
distance_jaro_winkler(struct span a, struct span b)
{
	if (a.n > DISTANCE_JARO_MAX)
		a.n = DISTANCE_JARO_MAX;
	if (b.n > DISTANCE_JARO_MAX)
		b.n = DISTANCE_JARO_MAX;
	if (a.n == 0 || b.n == 0)
		return 0;
	const size_t longer = a.n > b.n ? a.n : b.n;
	const size_t reach = longer > 3 ? longer / 2 - 1 : 0;
	uint64_t used_a;
	uint64_t used_b;
	const uint64_t m = match_letters(a, b, reach, &used_a, &used_b);
	if (m == 0)
		return 0;
	const unsigned moved = out_of_order(a, b, used_a, used_b);

	/* In millionths, so that every machine rounds alike. */
	const uint64_t one = 1000000;
	const unsigned jaro = (unsigned)((one * m / a.n + one * m / b.n +
					  one * (2 * m - moved) / (2 * m)) /
					 3);
	const unsigned l = (unsigned)common_start(a, b);
	return (jaro + l * (1000000 - jaro) / 10) / 1000;
}

enum { ROW = DISTANCE_EDIT_MAX + 1 };

static uint8_t
least(uint8_t a, uint8_t b)
{
	return a < b ? a : b;
}

/* One row of the table of Damerau, for letter i of ${a} (from 1), within
 * ${most} of the diagonal. Returns the least of the row. */
static uint8_t
edit_row(struct span a, struct span b, size_t i, size_t most,
	 const uint8_t *before2, const uint8_t *before, uint8_t *row)
{
	const size_t lo = i > most ? i - most : 1;
	const size_t hi = i + most < b.n ? i + most : b.n;

	row[lo - 1] = lo == 1 ? (uint8_t)i : (uint8_t)(most + 1);
	uint8_t best = row[lo - 1];
	for (size_t j = lo; j <= hi; j++) {
		const bool same = a.p[i - 1] == b.p[j - 1];
		/* The row before is written up to here. */
		/* NOLINTNEXTLINE(clang-analyzer-core.*): see above */
		uint8_t d = (uint8_t)(before[j - 1] + !same);

		d = least(d, (uint8_t)(row[j - 1] + 1));
		d = least(d, (uint8_t)(before[j] + 1));
		if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
		    a.p[i - 2] == b.p[j - 1])
			d = least(d, (uint8_t)(before2[j - 2] + 1));
		row[j] = d;
		best = least(best, d);
	}
	if (hi < b.n)
		row[hi + 1] = (uint8_t)(most + 1);
	return best;
}

unsigned
distance_edits(struct span a, struct span b, unsigned most)
{
	uint8_t rows[3][ROW + 1];

	if (a.n > DISTANCE_EDIT_MAX || b.n > DISTANCE_EDIT_MAX)
		return span_equal(a, b) ? 0 : most + 1;
	if ((a.n > b.n ? a.n - b.n : b.n - a.n) > most)
		return most + 1;
	for (size_t j = 0; j <= b.n; j++)
		rows[0][j] = (uint8_t)(j <= most ? j : most + 1);
	uint8_t last = 0;
	for (size_t i = 1; i <= a.n; i++) {
		const uint8_t best = edit_row(a, b, i, most, rows[(i + 1) % 3],
					      rows[(i + 2) % 3], rows[i % 3]);

		/* A swap goes back two rows. */
		if (best > most && last >= most)
			return most + 1;
		last = best;
	}
	/* NOLINTNEXTLINE(clang-analyzer-core.*): the last row is written */
	const unsigned d = rows[a.n % 3][b.n];
	return d <= most ? d : most + 1;
}

unsigned
distance_digits(uint64_t a, uint64_t b)
{
	const uint64_t low = UINT64_C(0x1111111111111111);
	const uint64_t x = a ^ b;
	/* One bit for each digit that differs. */
	const uint64_t differs = (x | x >> 1 | x >> 2 | x >> 3) & low;
	/* Each digit is 0 or 1: the product adds them up in the highest. */
	const unsigned n =
		differs == low ? 16 : (unsigned)(differs * low >> 60);

	if (n != 2)
		return n;
	const int first = __builtin_ctzll(differs);
	const uint64_t two = (differs >> first) == 0x11 ? 0xFF : 0;
	const uint64_t pa = a >> first & two;
	const uint64_t pb = b >> first & two;
	return two != 0 && pa == ((pb << 4 | pb >> 4) & two) ? 1 : 2;
}

uint64_t
distance_bcd(uint64_t n)
{
	uint64_t v = 0;

	for (unsigned shift = 0; n > 0 && shift < 64; shift += 8, n /= 100) {
		const uint64_t two = n % 100;

		v |= (two / 10 << 4 | two % 10) << shift;
	}
	return v;
}
