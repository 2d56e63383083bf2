#include "base/sort.h"

#include <stdbool.h>
#include <string.h>

enum {
	DIGIT_MAX = 11, /* bits: 2^11 counters stay in the first cache */
	SMALL = 48,     /* numbers that insertion sorts faster */
	SPARE_BITS = 1, /* beyond those that number the tokens */
	HIGH_MAX = 3 * DIGIT_MAX, /* high bits that are sorted by at once */
};

static void
insertion_sort(uint64_t *a, size_t n, unsigned from, uint64_t mask)
{
	for (size_t i = 1; i < n; i++) {
		const uint64_t v = a[i];
		const uint64_t key = v >> from & mask;
		size_t k = i;

		for (; k > 0 && (a[k - 1] >> from & mask) > key; k--)
			a[k] = a[k - 1];
		a[k] = v;
	}
}

/* One pass over a digit. Returns false, with nothing moved, if all are equal
 * in it. */
static bool
pass(const uint64_t *a, uint64_t *out, size_t n, unsigned from, unsigned bits)
{
	uint32_t at[1 << DIGIT_MAX];
	const uint64_t mask = (UINT64_C(1) << bits) - 1;

	memset(at, 0, sizeof(*at) << bits);
	for (size_t i = 0; i < n; i++)
		at[a[i] >> from & mask]++;
	if (at[a[0] >> from & mask] == n)
		return false;
	uint32_t sum = 0;
	for (size_t d = 0; d <= mask; d++) {
		const uint32_t count = at[d];

		at[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		out[at[a[i] >> from & mask]++] = a[i];
	return true;
}

void
sort_bits(uint64_t *a, uint64_t *spare, size_t n, unsigned from, unsigned bits)
{
	uint64_t *in = a;
	uint64_t *out = spare;

	if (bits == 0 || n < 2)
		return;
	if (n <= SMALL) {
		insertion_sort(a, n, from,
			       bits >= 64 ? ~UINT64_C(0)
					  : (UINT64_C(1) << bits) - 1);
		return;
	}
	const unsigned passes = (bits + DIGIT_MAX - 1) / DIGIT_MAX;
	const unsigned each = (bits + passes - 1) / passes;
	for (unsigned done = 0; done < bits; done += each) {
		const unsigned now = bits - done < each ? bits - done : each;

		if (!pass(in, out, n, from + done, now))
			continue;
		uint64_t *swap = in;

		in = out;
		out = swap;
	}
	if (in != a)
		memcpy(a, in, n * sizeof(*a));
}

/* High bits in which few of ${n} tokens agree by chance. */
static unsigned
high_bits(size_t n)
{
	const unsigned all = SPARE_BITS + 64 -
			     (unsigned)__builtin_clzll((unsigned long long)n);

	return all < HIGH_MAX ? all : HIGH_MAX;
}

void
sort_whole(uint64_t *a, uint64_t *spare, size_t n)
{
	if (n < 2)
		return;
	const unsigned low = 64 - high_bits(n);

	sort_bits(a, spare, n, low, 64 - low);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && a[end] >> low == a[i] >> low;)
			end++;
		if (end > i + 1)
			sort_bits(a + i, spare, end - i, 0, low);
	}
}

size_t
sort_unique(uint64_t *a, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (k == 0 || a[k - 1] != a[i])
			a[k++] = a[i];
	return k;
}
