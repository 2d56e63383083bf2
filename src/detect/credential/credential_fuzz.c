#include "detect/credential/credential.h"

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
	need(part.n > 0 && part.p >= whole.p && part.n <= whole.n &&
	     (size_t)(part.p - whole.p) <= whole.n - part.n);
}

static void
check_guess(const struct hash_guess *g)
{
	need(g->types >> (unsigned)g->likely & 1);
	need(g->likely < HASH_TYPES && g->types >> HASH_TYPES == 0);
	need(g->strength <= HASH_SLOW);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span text = {data, size};
	struct hash_guess guess;
	struct credential c;
	struct norm norm;

	if (hash_guess(text, &guess) != KIND_NO)
		check_guess(&guess);
	if (credential_split(text, &c) != KIND_NO) {
		lies_in(c.login, text);
		lies_in(c.domain, text);
		lies_in(c.secret, text);
		need(c.login.p + c.login.n < c.secret.p ||
		     c.secret.p + c.secret.n < c.login.p);
		if (c.hash.types != 0)
			check_guess(&c.hash);
	}
	if (kind_password.test(text, &norm) != KIND_NO)
		need(norm.n > 0 && norm.n <= NORM_MAX);
	if (kind_password_hash.test(text, &norm) != KIND_NO)
		need(norm.n >= 13 && norm.n <= NORM_MAX);
	return 0;
}
