/* Any bytes are a note: hits lie in it and in order, topics and senses are
 * known ones, a summary agrees with the hits, reading twice gives the same,
 * and no note that names a topic is passed over. */
#include "base/cpu.h"
#include "detect/health/health_impl.h"

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HITS = 256 };

/* Not inlined, as check_glance(): their frames together are larger than one may
 * be. */
[[gnu::noinline]] static bool
may_tell(struct span note)
{
	struct words_text t;

	words_open(&t, note);
	return health_may_tell(&t);
}

static void
must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static void
check_hit(const struct health_hit *h, size_t size)
{
	must(h->n > 0 && h->at + h->n <= size);
	must(h->topic < TOPIC_COUNT);
	must(h->sense > HEALTH_NONE && h->sense <= HEALTH_SAID);
}

static void
check_summary(struct span note, const struct health_hit *hits, size_t n)
{
	uint32_t bits[HEALTH_SAID + 1] = {0};
	uint32_t said;
	uint32_t tested;

	for (size_t i = 0; i < n; i++)
		bits[hits[i].sense] |= 1U << hits[i].topic;
	health_summary(note, &said, &tested);
	must((said & tested) == 0);
	must(n == HITS || said == bits[HEALTH_SAID]);
	must(n == HITS || tested == (bits[HEALTH_TESTED] & ~bits[HEALTH_SAID]));
	must(n == 0 || health_mentions(note));
}

[[gnu::noinline]] static void
check_glance(struct span note)
{
	struct health_text t = {.text = note};
	struct health_sentence s;
	bool names = false;

	while (health_next(&t, &s)) {
		if (!health_has(&s, 1U << WORD_TOPIC))
			continue;
		health_settle(&s);
		for (size_t i = 0; i < s.n; i++)
			if (s.mark[i].class == WORD_TOPIC)
				names = true;
	}
	const bool may = may_tell(note);

	must(may || !names);
	for (int simd = CPU_PORTABLE; simd <= (int)cpu_has(); simd++) {
		cpu_limit((enum cpu_simd)simd);
		must(may_tell(note) == may);
	}
	cpu_limit(CPU_AVX512);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span note = {data, size};
	struct health_hit hits[HITS];
	struct health_hit again[HITS];
	struct norm norm = {.n = 0};

	const size_t n = health_find(note, hits, HITS);
	must(n <= HITS && health_find(note, again, HITS) == n);
	for (size_t i = 0; i < n; i++) {
		check_hit(&hits[i], size);
		must(i == 0 || hits[i - 1].at <= hits[i].at);
		must(again[i].at == hits[i].at &&
		     again[i].sense == hits[i].sense);
	}
	check_summary(note, hits, n);
	check_glance(note);

	/* Two values, cut anywhere, are a column. */
	const size_t half = size / 2;
	const struct span values[] = {{data, half}, {data + half, size - half}};
	(void)health_is_note(values, 2);
	const enum kind_verdict verdict = kind_health_note.test(note, &norm);
	must(verdict == (health_mentions(note) ? KIND_WEAK : KIND_NO));
	must(norm.n <= NORM_MAX);
	return 0;
}
