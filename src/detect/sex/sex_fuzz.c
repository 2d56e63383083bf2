#include "detect/sex/sex.h"

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

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span text = {data, size};
	uint8_t sex = 9;
	struct norm norm;
	const enum kind_verdict v = sex_parse(text, &sex);

	need(kind_sex.test(text, &norm) == v);
	need(sex_of_title(text) <= SEX_FEMALE);
	if (v == KIND_NO) {
		need(sex == 9);
		return 0;
	}
	need(sex <= SEX_FEMALE && (v == KIND_WEAK || sex != SEX_UNKNOWN));
	/* The normalised value says the same. */
	uint8_t again;

	need(sex_parse((struct span){norm.p, norm.n}, &again) != KIND_NO);
	need(again == sex);
	return 0;
}
