#include "detect/address/address.h"

#include <stdlib.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop, so that the fuzzer keeps the input. */
static void
need(bool holds)
{
	if (!holds)
		abort();
}

/* Words of capitals, digits or other scripts, single blanks between. */
static void
need_words(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const bool blank = p[i] == ' ';

		need(blank || is_digit(p[i]) || is_upper(p[i]) || p[i] >= 0x80);
		need(!blank || (i > 0 && i + 1 < n && p[i - 1] != ' '));
	}
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span text = {data, size};
	uint8_t out[NORM_MAX];
	uint8_t code[ADDRESS_POSTCODE_MAX];

	for (size_t cap = 0; cap <= sizeof(out); cap += 127) {
		size_t n = address_street_normalise(text, out, cap);

		need(n <= cap);
		need_words(out, n);
		need(address_street_score((struct span){out, n}) <= 100);
		n = address_city_normalise(text, out, cap);
		need(n <= cap);
		need_words(out, n);
		need(address_city_score((struct span){out, n}) <= 100);
	}
	for (int repair = 0; repair < 2; repair++) {
		size_t n = 0;
		const enum kind_verdict v =
			address_postcode_parse(text, repair == 1, code, &n);

		need((v == KIND_NO) == (n == 0));
		need(n <= sizeof(code) && (v != KIND_VALID || n == 5));
	}
	return 0;
}
