#include "detect/blood/blood.h"

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

/* A normalised value is a value of its kind, and its own. */
static void
check(const struct kind *kind, struct span text)
{
	struct norm norm;
	struct norm same;
	const enum kind_verdict v = kind->test(text, &norm);

	if (v == KIND_NO)
		return;
	need(norm.n >= kind->min && norm.n <= NORM_MAX);
	need(kind->test((struct span){norm.p, norm.n}, &same) == v);
	need(same.n == norm.n && memcmp(same.p, norm.p, norm.n) == 0);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span text = {data, size};

	check(&kind_blood_group, text);
	return 0;
}
