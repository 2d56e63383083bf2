/* The short way through a text finds what the long one does. */
#include "base/check.h"
#include "base/cpu.h"
#include "detect/name/name_naive.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT = 4096, ROUNDS = 400, HITS = 8 };

/* A small generator: the texts need only differ. */
static uint32_t
next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) +
		 UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33);
}

/* Everything that the rules turn on, to be put together in any order. */
static const char *const pieces[] = {
	" ",
	"  ",
	"\t",
	"\n",
	". ",
	", ",
	": ",
	"-",
	"'",
	"\xE2\x80\x99",
	"\xC2\xA0",
	"M",
	"M.",
	"Mme ",
	"Dr",
	"Dr. ",
	"mr ",
	"Jean",
	"JEAN ",
	"jean ",
	"R\xC3\xA9mi ",
	"Dupont",
	"DUPONT ",
	"de ",
	"d'",
	"l'",
	"Le ",
	"van ",
	"Saint ",
	"rue ",
	"Rue ",
	"h\xC3\xB4pital ",
	"chu ",
	"École ",
	"née ",
	"n\xC3\xA9",
	"Nom ",
	"nom : ",
	"name",
	"First ",
	"est ",
	"Patient ",
	"patiente : ",
	"(e)",
	"12",
	"T08",
	"presqu'",
	"pr\xC3\xA9nom",
	"\xC3",
	"\xFF",
	"\xC3\x97",
	"\xC5\x93uvre ",
	"le ",
	"prendra ",
	"Elle ",
	"IN ",
	"Anne-Marie ",
	"CONSTANCE ",
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
};

static size_t
make_text(uint8_t *p, uint64_t *seed)
{
	const size_t want = next_random(seed) % TEXT;
	size_t n = 0;

	while (n < want) {
		const struct span piece =
			span_str(pieces[next_random(seed) % COUNT_OF(pieces)]);

		if (piece.n > want - n)
			break;
		memcpy(p + n, piece.p, piece.n);
		n += piece.n;
	}
	return n;
}

static void
check_same(struct span text, size_t from)
{
	struct name_hit want[HITS];
	struct name_hit got[HITS];
	bool more;
	bool also;
	const size_t n = naive_find(text, from, want, HITS, &more);

	for (int simd = CPU_PORTABLE; simd <= (int)cpu_has(); simd++) {
		cpu_limit((enum cpu_simd)simd);
		assert_int_equal(name_find(text, from, got, HITS, &also), n);
		assert_int_equal(also, more);
		for (size_t i = 0; i < n; i++)
			assert_true(got[i].at == want[i].at &&
				    got[i].n == want[i].n &&
				    got[i].kind == want[i].kind &&
				    got[i].role == want[i].role &&
				    got[i].score == want[i].score);
	}
	cpu_limit(CPU_AVX512);
}

static void
every_variant_finds_what_looking_at_every_word_does(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (size_t round = 0; round < ROUNDS; round++) {
		uint8_t p[TEXT];
		const size_t n = make_text(p, &seed);
		uint8_t *exact = malloc(n + 1); /* the sanitiser guards it */

		assert_non_null(exact);
		memcpy(exact, p, n);
		check_same((struct span){exact, n}, 0);
		check_same((struct span){exact, n}, n / 2);
		free(exact);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_variant_finds_what_looking_at_every_word_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
