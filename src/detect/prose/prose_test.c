#include "detect/birthdate/birthdate.h"
#include "detect/finess/finess.h"
#include "detect/iban/iban.h"
#include "detect/nir/nir.h"
#include "detect/phone/phone.h"
#include "detect/prose/prose.h"
#include "detect/prose/prose_context_table.h"
#include "detect/prose/prose_impl.h"
#include "detect/registry/registry.h"
#include "detect/rpps/rpps.h"
#include "detect/siret/siret.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

enum { HITS = 16 };

/* What is found by default, as "kind=value" divided by bars. People made up;
 * numbers are published specimens or made from them. */
static const struct {
	const char *text;
	const char *want;
} cases[] = {
	/* each kind, announced and not */
	{"NIR : 2 95 10 99 126 111 93.", "fr.nir=2 95 10 99 126 111 93"},
	{"suivie sous 295109912611193 depuis", "fr.nir=295109912611193"},
	{"(253072A07300443)", "fr.nir=253072A07300443"},
	{"n\xC2\xB0 2 53 07 2A 073 004 43", "fr.nir=2 53 07 2A 073 004 43"},
	{"secu 2951099126111 sans cle", "fr.nir=2951099126111"},
	{"dossier 2951099126111", ""}, /* 13 digits alone prove nothing */
	{"secu 295109912611199", "fr.nir=295109912611199"}, /* wrong key */
	{"dossier 295109912611199", ""},
	{"immatriculation 2951099126111/93", "fr.nir=2951099126111/93"},
	{"prescrit par Dr X, RPPS 10100997245", "fr.rpps=10100997245"},
	{"lot 10100997245", ""},
	{"FINESS : 750803447", "fr.finess=750803447"},
	{"reference 750803447", ""},
	{"SIRET 732 829 320 00074", "fr.siret=732 829 320 00074"},
	{"732 829 320 00074", "fr.siret=732 829 320 00074"},
	{"total 73282932000074", ""},
	{"RCS Nancy B 323 159 715", "fr.siren=323 159 715"},
	{"323 159 715 euros", ""},
	{"SIREN : 404833048, tel : 02 98 00 11 22",
	 "fr.siren=404833048|phone=02 98 00 11 22"},
	{"IBAN FR14 2004 1010 0505 0001 3M02 606 BIC PSSTFRPP",
	 "iban=FR14 2004 1010 0505 0001 3M02 606"},
	{"gb29nwbk60161331926819", "iban=gb29nwbk60161331926819"},
	{"FR14 2004 1010 0505 0001 3M02 607", ""},
	{"Contact: jean@labo.example.", "email=jean@labo.example"},
	{"279035121518989@patient.mssante.fr",
	 "email=279035121518989@patient.mssante.fr"},

	/* telephone numbers */
	{"rappeler au 06 12 34 56 78 demain", "phone=06 12 34 56 78"},
	{"06.12.34.56.78", "phone=06.12.34.56.78"},
	{"(06 12 34 56 78)", "phone=06 12 34 56 78"},
	{"0612345678", "phone=0612345678"},
	{"0298001122", ""}, /* ten digits that may be anything */
	{"Fixe 0298001122", "phone=0298001122"},
	{"+33 (0)6 12 34 56 78", "phone=+33 (0)6 12 34 56 78"},
	{"(+33) 6 12 34 56 78", "phone=(+33) 6 12 34 56 78"},
	{"(+33612345678)", "phone=+33612345678"},
	{"tel +1 (773) 892-2286x12", "phone=+1 (773) 892-2286x12"},
	{"tel:06 12 34 56 78 / 02 98 00 11 22",
	 "phone=06 12 34 56 78|phone=02 98 00 11 22"},
	{"06 12 34 56 78 02 98 00 11 22",
	 "phone=06 12 34 56 78|phone=02 98 00 11 22"},
	{"Tfno. 963 862 500", "phone=963 862 500"},
	{"Tel 612345678", "phone=612345678"},
	{"acte 612345678", ""},
	{"Tel : 0144556677 dossier 612345678", "phone=0144556677"},
	{"978-249-9678-Fax", "phone=978-249-9678"},
	{"NPI: 0632700642", ""},
	{"Phone +1 (773) 892-2286 | INS-343378945", "phone=+1 (773) 892-2286"},
	{"Tel\xC2\xA0: 06\xC2\xA0"
	 "12\xC2\xA0"
	 "34\xC2\xA0"
	 "56\xC2\xA0"
	 "78",
	 "phone=06\xC2\xA0"
	 "12\xC2\xA0"
	 "34\xC2\xA0"
	 "56\xC2\xA0"
	 "78"},
	{"Tel :\n06 12 34 56 78", "phone=06 12 34 56 78"},

	/* birth dates */
	{"n\xC3\xA9(e) le 12/03/1956", "birth-date=12/03/1956"},
	{"n\xC3\xA9"
	 "e le 12/03/1956, vue le 02/01/2021",
	 "birth-date=12/03/1956"},
	{"n\xC3\xA9 \xC3\xA0 Rennes le 12/03/1956", "birth-date=12/03/1956"},
	{"Date de naissance : 1956-03-12", "birth-date=1956-03-12"},
	{"DDN 12.03.1956", "birth-date=12.03.1956"},
	{"DDN 12/03/56", "birth-date=12/03/56"},
	{"DOB: 1956-03-12T00:00:00Z", "birth-date=1956-03-12"},
	{"n\xC3\xA9 le 1er mars 1956", "birth-date=1er mars 1956"},
	{"n\xC3\xA9 le 13 f\xC3\xA9vrier 1956",
	 "birth-date=13 f\xC3\xA9vrier 1956"},
	{"vue le 12/03/1956", ""},
	{"naissance saisie 2020-03-12 08:30", ""},
	{"naissance 1956-03-12 00:00:00", "birth-date=1956-03-12"},
	{"il ne peut venir au rdv du 12/03/2020", ""},
	{"n\xC3\xA9 le 31/02/1956", ""},
	{"n\xC3\xA9 le 12/03/1956 tel 06 12 34 56 78",
	 "birth-date=12/03/1956|phone=06 12 34 56 78"},

	/* logins */
	{"tom@labo.example:Soleil2020\nlea@labo.example:Lune2021\n",
	 "email=tom@labo.example|credential.password=Soleil2020|"
	 "email=lea@labo.example|credential.password=Lune2021"},
	{"tom@labo.example;0f1e2d3c0f1e2d3c0f1e2d3c0f1e2d3c",
	 "email=tom@labo.example|"
	 "credential.hash=0f1e2d3c0f1e2d3c0f1e2d3c0f1e2d3c"},
	{"tom@labo.example,Dupont", "email=tom@labo.example"},
	{"tom@labo.example: merci", "email=tom@labo.example"},
	{"root:$1$38652870$DUjsu4TTlTsOe/xxZ05uf/:18000:0:",
	 "credential.hash=$1$38652870$DUjsu4TTlTsOe/xxZ05uf/"},
	{"cout 5$ ou $12", ""},

	/* what is no identifier */
	{"550e8400-e29b-41d4-a716-446655440000", ""},
	{"e5508400-e29b-41d4-a716-295109912611193", ""},
	{"a295109912611193", ""},
	{"295109912611193b", ""},
	{"9295109912611193", ""},
	{"0x295109912611193", ""},
	{"tel 192.168.100.200", ""},
	{"1 234 567 890,12", ""},
	{"123456782,50", ""},
	{"2021-06-12 08:30:00", ""},
	{"2021-06-12 08:30:20 06 12 34 56 78", "phone=06 12 34 56 78"},
	{"2021-06-12T08:30:20 (06 12 34 56 78)", "phone=06 12 34 56 78"},
	{"10.1.2.33 06 12 34 56 78", "phone=06 12 34 56 78"},
	{"10.1.2.33@exemple.fr", "email=10.1.2.33@exemple.fr"},
	{"n\xC3\xA9 le 2021-06-12 08:30 12/03/1956", ""},
	{"n\xC3\xA9 le 2021-06-12T08:30, n\xC3\xA9 12/03/1956",
	 "birth-date=12/03/1956"},
	{"n\xC3\xA9 le 2021-06-12T00:30", "birth-date=2021-06-12"},
	{"le 02-03-1956 06 patients", ""},
	{"12/03/1956 12/04/1956 12/05/1956", ""},
	{"&#0612345678;", ""},
	{"MRN-0612345678", ""},
	{"call https://host.example/item/1234567", ""},
	{"https://tom:secret@host.example/", ""},
	{"0000000000 06 00 00 00 00", ""},
	{"99999999999999999999999999999999999999999999999999999999999999999",
	 ""},
	{"", ""},
	{"1", ""},
	{"@", ""},
	{"$", ""},
	{"+", ""},
	{"2A", ""},
};

/* Write ${hits} as the table does. */
static void
describe(struct span text, const struct prose_hit *hits, size_t n, char *out,
	 size_t cap)
{
	size_t k = 0;

	out[0] = '\0';
	for (size_t i = 0; i < n; i++)
		k += (size_t)snprintf(
			out + k, cap - k, "%s%s=%.*s", i == 0 ? "" : "|",
			kind_by_id(hits[i].kind)->name, (int)hits[i].n,
			(const char *)text.p + hits[i].at);
}

static void
each_text_gives_its_findings(void **state)
{
	const struct prose_options o = {.no_names = true};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct prose_hit hits[HITS];
		char got[1024];
		bool more;
		const struct span text = span_str(cases[i].text);
		const size_t n = prose_find(text, &o, hits, HITS, &more);

		assert_false(more);
		describe(text, hits, n, got, sizeof(got));
		if (strcmp(got, cases[i].want) != 0)
			fail_msg("case %zu: \"%s\" gives \"%s\"", i,
				 cases[i].text, got);
	}
}

static uint8_t
score(const char *text, enum kind_id kind)
{
	struct prose_hit hits[HITS];
	bool more;
	const struct prose_options o = {.threshold = 1, .no_names = true};
	const size_t n = prose_find(span_str(text), &o, hits, HITS, &more);

	for (size_t i = 0; i < n; i++)
		if (hits[i].kind == kind)
			return hits[i].score;
	return 0;
}

static void
scores_say_why(void **state)
{
	(void)state;
	assert_int_equal(score("295109912611193", KIND_FR_NIR),
			 PROSE_SCORE_CHECKED);
	assert_int_equal(score("NIR 295109912611193", KIND_FR_NIR),
			 PROSE_SCORE_CERTAIN);
	assert_int_equal(score("2951099126111", KIND_FR_NIR), PROSE_SCORE_BARE);
	assert_int_equal(score("secu 2951099126111", KIND_FR_NIR),
			 PROSE_SCORE_WORDS);
	/* Provisional: one number in 200 looks so. */
	assert_int_equal(score("799017500100134", KIND_FR_NIR),
			 PROSE_SCORE_HINT);
	assert_int_equal(score("secu 799017500100134", KIND_FR_NIR),
			 PROSE_SCORE_CONTEXT);
	assert_int_equal(score("10100997245", KIND_FR_RPPS), PROSE_SCORE_HINT);
	assert_int_equal(score("RPPS 10100997245", KIND_FR_RPPS),
			 PROSE_SCORE_CONTEXT);
	assert_int_equal(score("siren 404833048", KIND_FR_SIREN),
			 PROSE_SCORE_CONTEXT);
	assert_int_equal(score("404833048", KIND_FR_FINESS), PROSE_SCORE_BARE);
	assert_int_equal(score("06 12 34 56 78", KIND_PHONE),
			 PROSE_SCORE_SHAPE);
	assert_int_equal(score("0612345678", KIND_PHONE), PROSE_SCORE_LIKELY);
	assert_int_equal(score("0298001122", KIND_PHONE), PROSE_SCORE_HINT);
	assert_int_equal(score("tel 0298001122", KIND_PHONE),
			 PROSE_SCORE_CONTEXT);
	assert_int_equal(score("+33612345678", KIND_PHONE), PROSE_SCORE_PLUS);
	assert_int_equal(score("FR1420041010050500013M02606", KIND_IBAN),
			 PROSE_SCORE_CHECKED);
}

static void
an_unwanted_kind_is_left_out(void **state)
{
	(void)state;
	struct prose_hit hits[HITS];
	bool more;
	const struct span text = SPAN_LIT("tel 0612345678, jean@labo.example");
	const struct prose_options o = {.no_names = true,
					.skip = UINT64_C(1) << KIND_PHONE};

	assert_int_equal(prose_find(text, &o, hits, HITS, &more), 1);
	assert_int_equal(hits[0].kind, KIND_EMAIL);
}

static void
a_full_array_is_gone_on_from(void **state)
{
	(void)state;
	const struct span text = SPAN_LIT(
		"tel 06 12 34 56 78 02 98 00 11 22, jean@labo.example, secu "
		"295109912611193, M. Dupont, n\xC3\xA9 le 12/03/1956");
	struct prose_hit all[HITS];
	struct prose_options o = {0};
	bool more;
	const size_t n = prose_find(text, &o, all, HITS, &more);

	assert_false(more);
	assert_true(n >= 5);
	for (size_t i = 0; i < n; i++) {
		struct prose_hit one;

		assert_int_equal(prose_find(text, &o, &one, 1, &more), 1);
		assert_int_equal(more, i + 1 < n);
		assert_int_equal(one.at, all[i].at);
		assert_int_equal(one.n, all[i].n);
		assert_int_equal(one.kind, all[i].kind);
		assert_int_equal(one.score, all[i].score);
		o.from = one.at + one.n;
	}
	o.from = 0;
	assert_int_equal(prose_find(text, &o, NULL, 0, &more), 0);
	assert_true(more);
}

static void
names_stand_between_the_other_findings(void **state)
{
	(void)state;
	const struct span text =
		SPAN_LIT("tel 06 12 34 56 78, Mme Durand, jean@labo.example");
	struct prose_hit hits[HITS];
	bool more;
	const size_t n = prose_find(text, NULL, hits, HITS, &more);

	assert_int_equal(n, 3);
	assert_int_equal(hits[0].kind, KIND_PHONE);
	assert_true(hits[1].kind >= KIND_NAME_FAMILY &&
		    hits[1].kind <= KIND_NAME_FULL);
	assert_int_equal(hits[2].kind, KIND_EMAIL);
	for (size_t i = 1; i < n; i++)
		assert_true(hits[i].at >= hits[i - 1].at + hits[i - 1].n);
}

enum { BLANKS_MOST = 130 };

/* ${text} behind ${blanks} blanks reads as ${want} says. */
static void
check_behind(size_t blanks, struct span text, const char *want)
{
	uint8_t shifted[BLANKS_MOST + 1024];
	struct prose_hit hits[HITS];
	char got[1024];
	bool more;
	const struct span s = {shifted, blanks + text.n};

	memset(shifted, ' ', blanks);
	memcpy(shifted + blanks, text.p, text.n);
	describe(s, hits, prose_find(s, NULL, hits, HITS, &more), got,
		 sizeof(got));
	assert_string_equal(got, want);
}

/* Wherever a text stands among the blocks of 64 bytes, it reads the same. */
static void
blanks_before_change_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct span text = span_str(cases[i].text);
		struct prose_hit hits[HITS];
		char want[1024];
		bool more;

		describe(text, hits, prose_find(text, NULL, hits, HITS, &more),
			 want, sizeof(want));
		for (size_t k = 1; k <= BLANKS_MOST; k++)
			check_behind(k, text, want);
	}
}

/* The text may end anywhere, with nothing readable behind it. */
static void
a_text_may_be_cut_anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const size_t whole = strlen(cases[i].text);

		for (size_t n = 0; n <= whole; n++) {
			struct prose_hit hits[HITS];
			bool more;
			uint8_t *copy = test_malloc(n + 1);

			memcpy(copy, cases[i].text, n);
			const size_t k = prose_find((struct span){copy, n},
						    NULL, hits, HITS, &more);

			for (size_t h = 0; h < k; h++)
				assert_true(hits[h].at + hits[h].n <= n);
			test_free(copy);
		}
	}
}

/* The kinds whose contexts the finder asks for. */
static const struct kind *const announced[] = {
	&kind_fr_nir,   &kind_fr_rpps, &kind_fr_siret, &kind_fr_finess,
	&kind_fr_siren, &kind_phone,   &kind_iban,     &kind_birth_date,
};

static void
make_filter(uint64_t filter[static WORDS_FILTER])
{
	memset(filter, 0, WORDS_FILTER * sizeof(*filter));
	for (size_t k = 0; k < COUNT_OF(announced); k++) {
		const char *const *word = announced[k]->context;

		for (; *word != NULL; word++) {
			uint8_t key[WORDS_KEY] = {0};
			const size_t n = strcspn(*word, " ");

			memcpy(key, *word, n < WORDS_KEY ? n : WORDS_KEY);
			const uint32_t h = words_hash(word_load8(key));

			filter[h / 64] |= UINT64_C(1) << (h % 64);
		}
	}
}

static void
print_filter(void)
{
	uint64_t filter[WORDS_FILTER];

	make_filter(filter);
	printf("/* Made by detect_prose_prose_test --print-filter. */\n"
	       "#ifndef TOCSIN_DETECT_PROSE_CONTEXT_TABLE_H\n"
	       "#define TOCSIN_DETECT_PROSE_CONTEXT_TABLE_H\n\n"
	       "#include \"detect/words/words.h\"\n\n"
	       "/* Bit h: words that announce a number start with one whose "
	       "key "
	       "has the hash h. A\n * bit that is set may be another word's; "
	       "one that is not set never lies. */\n"
	       "/* clang-format off */\n"
	       "static const uint64_t CONTEXT_WORDS[WORDS_FILTER] = {");
	for (size_t i = 0; i < WORDS_FILTER; i++)
		printf("%s0x%" PRIX64 ",", i % 4 == 0 ? "\n\t" : "", filter[i]);
	printf("\n};\n/* clang-format on */\n\n#endif\n");
}

static void
the_filter_is_what_the_contexts_give(void **state)
{
	uint64_t filter[WORDS_FILTER];

	(void)state;
	make_filter(filter);
	assert_memory_equal(filter, CONTEXT_WORDS, sizeof(filter));
	/* Letters only: digits end a key. */
	for (size_t k = 0; k < COUNT_OF(announced); k++)
		for (size_t w = 0; announced[k]->context[w] != NULL; w++)
			for (const char *c = announced[k]->context[w];
			     *c != '\0' && *c != ' '; c++)
				assert_true(is_upper((uint8_t)*c));
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_text_gives_its_findings),
		cmocka_unit_test(scores_say_why),
		cmocka_unit_test(an_unwanted_kind_is_left_out),
		cmocka_unit_test(a_full_array_is_gone_on_from),
		cmocka_unit_test(names_stand_between_the_other_findings),
		cmocka_unit_test(blanks_before_change_nothing),
		cmocka_unit_test(a_text_may_be_cut_anywhere),
		cmocka_unit_test(the_filter_is_what_the_contexts_give),
	};

	if (argc == 2 && strcmp(argv[1], "--print-filter") == 0) {
		print_filter();
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
