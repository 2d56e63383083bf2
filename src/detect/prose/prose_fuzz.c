#include "detect/prose/prose.h"
#include "detect/prose/prose_impl.h"
#include "detect/registry/registry.h"

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

enum { HITS = 512 };

/* In order, inside the text, worth the threshold, and values of their kind. */
static void
check(struct span text, const struct prose_hit *hits, size_t n)
{
	size_t last = 0;

	for (size_t i = 0; i < n; i++) {
		const struct prose_hit *h = &hits[i];
		struct norm norm;

		need(h->n > 0 && h->at >= last && h->at <= text.n &&
		     h->n <= text.n - h->at);
		need(h->score >= PROSE_THRESHOLD && h->score <= 100);
		need(h->verdict != KIND_NO);
		last = (size_t)h->at + h->n;
		if (h->kind <= KIND_NAME_FULL || h->kind == KIND_PHONE)
			continue;
		need(kind_by_id(h->kind)->test(
			     (struct span){text.p + h->at, h->n}, &norm) !=
		     KIND_NO);
	}
}

/* Going on after each finding gives what one call gives. */
static void
check_resume(struct span text, const struct prose_hit *hits, size_t n)
{
	struct prose_options o = {.no_names = true};
	bool more = true;

	for (size_t i = 0; i < n; i++) {
		struct prose_hit one;
		const size_t k = prose_find(text, &o, &one, 1, &more);

		need(k == 1 && more == (i + 1 < n));
		need(one.at == hits[i].at && one.n == hits[i].n &&
		     one.kind == hits[i].kind && one.score == hits[i].score);
		o.from = one.at + one.n;
	}
}

/* Every variant of the classification gives the same findings. */
static void
check_variants(struct span text, const struct prose_hit *hits, size_t n)
{
	const struct prose_options o = {.no_names = true};
	static struct prose_hit again[HITS];
	bool more;

	for (int simd = CPU_PORTABLE; simd < (int)cpu_has(); simd++) {
		cpu_limit((enum cpu_simd)simd);
		need(prose_find(text, &o, again, HITS, &more) == n);
		for (size_t i = 0; i < n; i++)
			need(again[i].at == hits[i].at &&
			     again[i].n == hits[i].n &&
			     again[i].kind == hits[i].kind);
	}
	cpu_limit(CPU_AVX512);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct prose_options no_names = {.no_names = true};
	static struct prose_hit hits[HITS];
	const struct span text = {data, size};
	bool more;

	check(text, hits, prose_find(text, NULL, hits, HITS, &more));
	const size_t n = prose_find(text, &no_names, hits, HITS, &more);

	check(text, hits, n);
	if (!more)
		check_resume(text, hits, n);
	check_variants(text, hits, n);
	return 0;
}
