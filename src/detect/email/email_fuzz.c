#include "detect/email/email.h"

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

static void
lies_in(struct span part, struct span whole)
{
	need(part.p >= whole.p && part.n <= whole.n &&
	     (size_t)(part.p - whole.p) <= whole.n - part.n);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span text = {data, size};
	struct email email;
	struct norm norm;
	struct norm same;
	const enum kind_verdict v = email_parse(text, &email);

	need(kind_email.test(text, &norm) == v);
	if (v != KIND_NO) {
		lies_in(email.local, text);
		lies_in(email.domain, text);
		need(email.local.n <= EMAIL_LOCAL_MAX);
		need(norm.n <= EMAIL_MAX);
		need(kind_email.test((struct span){norm.p, norm.n}, &same) ==
		     v);
		need(same.n == norm.n && memcmp(same.p, norm.p, norm.n) == 0);
	}
	for (size_t i = 0; i < size; i++) {
		struct span found;

		if (data[i] != '@' || email_around(text, i, &found) == KIND_NO)
			continue;
		lies_in(found, text);
		need(found.p < data + i && found.p + found.n > data + i);
		need(email_parse(found, &email) != KIND_NO);
	}
	return 0;
}
