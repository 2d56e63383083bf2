#include "detect/phone/phone.h"

#include <stdlib.h>
#include <string.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop, so that the fuzzer keeps the input. */
static void
need(bool holds)
{
	if (!holds)
		abort();
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span text = {data, size};
	struct phone phone;
	struct norm norm;
	const enum kind_verdict v = phone_parse(text, &phone);

	(void)phone_is_local(text);
	need(kind_phone.test(text, &norm) == v);
	if (v == KIND_NO)
		return 0;
	need(norm.n >= PHONE_MIN && norm.n <= PHONE_MAX);
	need(phone.e164 == number(norm.p, norm.n));

	/* With a plus before it, the value is the same number. */
	uint8_t again[PHONE_MAX + 1] = {'+'};
	struct phone same;

	memcpy(again + 1, norm.p, norm.n);
	need(phone_parse((struct span){again, norm.n + 1}, &same) >= v);
	need(same.e164 == phone.e164 && same.country == phone.country);
	return 0;
}
