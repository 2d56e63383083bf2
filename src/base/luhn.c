#include "base/luhn.h"

/* Every second digit from the right counts twice, its digits added; the sum
 * ends in 0. */
bool
luhn_is_valid(const uint8_t *p, size_t n)
{
	static const uint8_t twice[] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++) {
		const unsigned d = (unsigned)(p[i] - '0');

		sum += (n - i) % 2 == 0 ? twice[d] : d;
	}
	return sum % 10 == 0;
}
