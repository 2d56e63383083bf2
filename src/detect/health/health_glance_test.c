/* No note that names a topic is passed over. */
#include "base/check.h"
#include "base/cpu.h"
#include "detect/health/health_impl.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT = 3000, ROUNDS = 2000 };

/* A small generator: the texts need only differ. */
static uint32_t
next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) +
		 UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33);
}

static bool
may_tell(struct span note)
{
	struct words_text t;

	words_open(&t, note);
	return health_may_tell(&t);
}

static const char *const fillers[] = {
	" ",
	" ",
	". ",
	"le ",
	"patient ",
	"1",
	"12",
	"-",
	"'",
	"\n",
	"x",
	"\xE2\x80\x99",
	"\xC2\xA0",
	"\xC3\x97",
	"\xC3\xA9",
	"\xC3",
	"\xFF",
	"\xC3\xFF",
	"abcde\xC3\xFF",
	"\xCC\x81",
	"\xC5\x93",
	"abcdefghijklmnopqrstuvwxyzabcdefghijklmnop",
};

static const char *const topics[] = {
	"VIH",
	"vih",
	"V.I.H.",
	"d\xC3\xA9pression",
	"DE\xCC\x81PRESSION",
	"K",
	"CD4",
	"t21",
	"12SA",
	"hba1c",
	"code B24",
	"CIM10 F20",
	"\xCE\xB2HCG",
	"l’alcoolisme",
	"enceinte",
	"st\xC3\xA9rilet",
	"grossesse",
	"HSV2",
	"p24",
	"cœur cancer",
	"projet de grossesse",
	"projet ",
	"procréation",
	"interruption",
	"trouble",
	"charge virale",
};

/* Is there a mark of a topic, in the company that it wants, by reading all of
 * ${note}? */
static bool
names_topic(struct span note)
{
	struct health_text t = {.text = note};
	struct health_sentence s;

	while (health_next(&t, &s)) {
		if (!health_has(&s, 1U << WORD_TOPIC))
			continue;
		health_settle(&s);
		for (size_t i = 0; i < s.n; i++)
			if (s.mark[i].class == WORD_TOPIC)
				return true;
	}
	return false;
}

static bool
check(struct span note)
{
	const bool names = names_topic(note);
	bool first = false;

	for (int simd = CPU_PORTABLE; simd <= (int)cpu_has(); simd++) {
		cpu_limit((enum cpu_simd)simd);
		const bool may = may_tell(note);

		if (simd == CPU_PORTABLE)
			first = may;
		assert_true(may || !names);
		assert_int_equal(may, first);
	}
	cpu_limit(CPU_AVX512);
	return names;
}

static void
every_word_that_names_a_topic_is_seen(void **state)
{
	(void)state;
	for (size_t row = 0; row < HEALTH_WORDS_N; row++) {
		const char *p = HEALTH_WORDS[row].text;

		while (*p != '\0') {
			const size_t n = strcspn(p, "* ");
			const struct span word = {(const uint8_t *)p, n};

			(void)check(word);
			p += strcspn(p, " ");
			p += *p == ' ';
		}
	}
}

static void
topics_are_seen_wherever_they_stand(void **state)
{
	uint64_t seed = 1;
	size_t named = 0;

	(void)state;
	for (size_t round = 0; round < ROUNDS; round++) {
		uint8_t *p = malloc(TEXT);
		const size_t want = next_random(&seed) % (TEXT - 64);
		const size_t most = next_random(&seed) % 3;
		size_t put = 0;
		size_t n = 0;

		assert_non_null(p);
		while (n < want) {
			const bool topic =
				put < most && next_random(&seed) % 16 == 0;
			const uint32_t r = next_random(&seed);
			const struct span piece = span_str(
				topic ? topics[r % COUNT_OF(topics)]
				      : fillers[r % COUNT_OF(fillers)]);

			put += topic;
			memcpy(p + n, piece.p, piece.n);
			n += piece.n;
		}
		named += check((struct span){p, n});
		free(p);
	}
	assert_in_range(named, ROUNDS / 10, ROUNDS);
}

static void
a_note_without_a_word_of_the_vocabulary_tells_nothing(void **state)
{
	(void)state;
	assert_false(may_tell(SPAN_LIT("")));
	assert_false(may_tell(
		SPAN_LIT("Le rendez-vous est remis \xC3\xA0 mardi 12 h.")));
	assert_false(may_tell(SPAN_LIT("Ce projet est remis.")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_that_names_a_topic_is_seen),
		cmocka_unit_test(topics_are_seen_wherever_they_stand),
		cmocka_unit_test(
			a_note_without_a_word_of_the_vocabulary_tells_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
