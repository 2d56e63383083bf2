#include "detect/nir/nir.h"

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
	struct nir nir;
	struct norm norm;
	const enum kind_verdict v = nir_parse(text, &nir);

	need(kind_fr_nir.test(text, &norm) == v);
	if (v != KIND_NO) {
		struct nir again;
		struct norm same;

		need(norm.n == NIR_BODY);
		need(nir.sex == 1 || nir.sex == 2);
		need((v == KIND_VALID) == nir.key_ok);
		need(nir.has_key || !nir.key_ok);
		/* The value is one without a key, and its own value. */
		const struct span value = {norm.p, norm.n};

		need(nir_parse(value, &again) == KIND_WEAK);
		need(again.body == nir.body && !again.has_key);
		need(kind_fr_nir.test(value, &same) == KIND_WEAK);
		need(memcmp(same.p, norm.p, NIR_BODY) == 0);
	}
	if (nir_is_damaged(text))
		need(v == KIND_NO);
	return 0;
}
