#include "base/cpu.h"
#include "detect/name/name_naive.h"

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
need_norm(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const bool blank = p[i] == ' ';

		need(blank || is_digit(p[i]) || is_upper(p[i]) || p[i] >= 0x80);
		need(!blank || (i > 0 && i + 1 < n && p[i - 1] != ' '));
	}
}

static void
try_find(struct span text)
{
	struct name_hit hits[3];
	size_t from = 0;
	bool more = true;

	while (more) {
		const size_t n = name_find(text, from, hits, 3, &more);

		need(n <= 3 && (!more || n == 3));
		for (size_t i = 0; i < n; i++) {
			need(hits[i].at >= from && hits[i].n > 0);
			need((size_t)hits[i].at + hits[i].n <= text.n);
			need(hits[i].kind >= KIND_NAME_FAMILY &&
			     hits[i].kind <= KIND_NAME_FULL);
			need(hits[i].role < ROLE_COUNT);
			need(hits[i].score > 0 && hits[i].score <= 100);
			from = (size_t)hits[i].at + hits[i].n;
		}
	}
}

/* Every variant finds what looking at each word by the rules does. */
static void
try_same(struct span text)
{
	struct name_hit want[16];
	struct name_hit got[16];
	bool more;
	bool also;
	const size_t n = naive_find(text, 0, want, 16, &more);

	for (int simd = CPU_PORTABLE; simd <= (int)cpu_has(); simd++) {
		cpu_limit((enum cpu_simd)simd);
		need(name_find(text, 0, got, 16, &also) == n && also == more);
		for (size_t i = 0; i < n; i++)
			need(got[i].at == want[i].at && got[i].n == want[i].n &&
			     got[i].kind == want[i].kind &&
			     got[i].score == want[i].score);
	}
	cpu_limit(CPU_AVX512);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span text = {data, size};
	uint8_t out[NORM_MAX];
	struct name_full f;

	for (size_t cap = 0; cap <= sizeof(out); cap += 127) {
		const size_t n = name_normalise(text, out, cap);

		need(n <= cap);
		need_norm(out, n);
		(void)name_is_plausible((struct span){out, n});
	}
	for (int first = 0; first < 2; first++) {
		const bool both = name_full_split(text, first == 1, &f);

		need(!both || (f.family.n > 0 && f.given.n > 0));
		need_norm(f.family.p, f.family.n);
		need_norm(f.birth.p, f.birth.n);
		need_norm(f.given.p, f.given.n);
	}
	(void)name_is_organisation(text);
	try_find(text);
	try_same(text);
	return 0;
}
