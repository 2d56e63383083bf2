/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "detect/health/health.h"
#include "detect/health/health_cases.h"

#include <stdio.h>
#include <string.h>

enum { HITS = 64 };

static const char *const senses[] = {"none", "other", "tested", "said"};

/* What was found in ${note}, as the tables of cases write it. */
static void
describe(const char *note, char *out, size_t cap)
{
	struct health_hit hits[HITS];
	const size_t n = health_find(span_str(note), hits, HITS);
	size_t at = 0;

	out[0] = '\0';
	for (unsigned topic = 0; topic < TOPIC_COUNT; topic++) {
		for (unsigned sense = HEALTH_SAID; sense > HEALTH_NONE;
		     sense--) {
			bool found = false;
			for (size_t i = 0; i < n; i++)
				found |= hits[i].topic == topic &&
					 hits[i].sense == sense;
			if (found)
				at += (size_t)snprintf(
					out + at, cap - at, "%s%s=%s",
					at == 0 ? "" : " ",
					topic_name((enum topic)topic),
					senses[sense]);
		}
	}
}

static void
check(const struct health_case *cases, size_t n)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		char got[512];

		describe(cases[i].note, got, sizeof(got));
		if (strcmp(got, cases[i].want) == 0)
			continue;
		print_error("%s\n    want \"%s\"\n    got  \"%s\"\n",
			    cases[i].note, cases[i].want, got);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void
french_notes_say_what_they_say(void **state)
{
	(void)state;
	check(HEALTH_FRENCH, COUNT_OF(HEALTH_FRENCH));
}

static void
english_notes_say_what_they_say(void **state)
{
	(void)state;
	check(HEALTH_ENGLISH, COUNT_OF(HEALTH_ENGLISH));
}

static void
notes_written_later_say_what_they_say(void **state)
{
	(void)state;
	check(HEALTH_MORE, COUNT_OF(HEALTH_MORE));
}

static void
a_hit_is_the_word_in_the_note(void **state)
{
	const struct span note = SPAN_LIT("Père diabétique, séropositif");
	struct health_hit hits[4];

	(void)state;
	assert_int_equal(health_find(note, hits, 4), 2);
	assert_int_equal(hits[0].topic, TOPIC_DIABETES);
	assert_int_equal(hits[0].sense, HEALTH_OTHER);
	assert_memory_equal(note.p + hits[0].at, "diabétique", hits[0].n);
	assert_int_equal(hits[0].n, sizeof("diabétique") - 1);
	assert_int_equal(hits[1].topic, TOPIC_HIV);
	assert_memory_equal(note.p + hits[1].at, "séropositif", hits[1].n);
}

static void
no_more_hits_are_written_than_there_is_room_for(void **state)
{
	struct health_hit hits[2] = {{0}};

	(void)state;
	assert_int_equal(health_find(SPAN_LIT("VIH+ VHC+ syphilis"), hits, 1),
			 1);
	assert_int_equal(hits[1].n, 0);
	assert_int_equal(health_find(SPAN_LIT("VIH+"), NULL, 0), 0);
}

static void
a_summary_lists_a_said_topic_once(void **state)
{
	uint32_t said;
	uint32_t tested;

	(void)state;
	health_summary(SPAN_LIT("VIH négatif en 2018. Séropositif depuis 2020. "
				"Mère diabétique. Non enceinte."),
		       &said, &tested);
	assert_int_equal(said, 1U << TOPIC_HIV);
	assert_int_equal(tested, 1U << TOPIC_PREGNANCY);
	health_summary(SPAN_LIT(""), &said, &tested);
	assert_int_equal(said | tested, 0);
}

static void
decomposed_accents_and_malformed_bytes_do_no_harm(void **state)
{
	uint32_t said;
	uint32_t tested;

	(void)state;
	/* e and a combining acute accent. */
	health_summary(SPAN_LIT("Diabe\xCC\x80te connu"), &said, &tested);
	assert_int_equal(said, 1U << TOPIC_DIABETES);
	health_summary(SPAN_LIT("\xFF\xC3 VIH+ \xE2\x82"), &said, &tested);
	assert_int_equal(said, 1U << TOPIC_HIV);
	health_summary(SPAN_LIT("ВИЧ VIHЖ"), &said, &tested);
	assert_int_equal(said | tested, 0);
}

static void
a_note_cut_at_any_byte_is_read(void **state)
{
	const char *note = "Sérologie VIH (négatif), β-HCG 1 200 ; V.I.H. + ? "
			   "CIM10: B18.2\nATCD fam. : cancer…";
	struct health_hit hits[HITS];

	(void)state;
	for (size_t n = 0; n <= strlen(note); n++) {
		/* An exact copy, so that the sanitizer sees the end. */
		uint8_t *copy = test_malloc(n + 1);
		memcpy(copy + 1, note, n);
		const size_t found =
			health_find((struct span){copy + 1, n}, hits, HITS);
		for (size_t i = 0; i < found; i++)
			assert_true(hits[i].at + hits[i].n <= n);
		test_free(copy);
	}
}

static void
a_sentence_past_the_ceiling_is_judged_in_parts(void **state)
{
	static char note[8 * 1024];
	static struct health_hit hits[1500];
	size_t n = 0;

	(void)state;
	while (n + 9 <= sizeof(note)) {
		const char *item = "VIH neg, ";
		for (size_t k = 0; k < 9; k++)
			note[n++] = item[k];
	}
	const size_t found = health_find((struct span){(uint8_t *)note, n},
					 hits, COUNT_OF(hits));
	assert_int_equal(found, n / 9);
	for (size_t i = 0; i < found; i++)
		assert_int_equal(hits[i].topic, TOPIC_HIV);
}

static void
a_column_of_notes_is_told_from_columns_of_analyses(void **state)
{
	const struct span notes[] = {
		SPAN_LIT("patiente enceinte de 3 mois"),
		SPAN_LIT("à jeun depuis hier soir"),
		SPAN_LIT("sous levothyrox, rappeler le médecin"),
		SPAN_LIT(""),
		SPAN_LIT("prélèvement difficile, veines fines"),
		SPAN_LIT("sérologie VIH demandée par le patient"),
	};
	const struct span analyses[] = {
		SPAN_LIT("TSH"),           SPAN_LIT("VIH;HCG"),
		SPAN_LIT("TSH, T4L"),      SPAN_LIT("SEROLOGIE VIH"),
		SPAN_LIT("DOSAGE DE TSH"), SPAN_LIT("BILAN THYROIDIEN"),
	};
	const struct span streets[] = {
		SPAN_LIT("12 rue des Lilas"),
		SPAN_LIT("3 impasse du Moulin"),
		SPAN_LIT("Résidence les Tilleuls"),
		SPAN_LIT("8 place de l'Église"),
	};

	(void)state;
	assert_true(health_is_note(notes, COUNT_OF(notes)));
	assert_false(health_is_note(analyses, COUNT_OF(analyses)));
	assert_false(health_is_note(streets, COUNT_OF(streets)));
	assert_false(health_is_note(notes, 0));
}

static void
the_kind_takes_what_names_something_medical(void **state)
{
	struct norm norm;

	(void)state;
	assert_int_equal(
		kind_health_note.test(SPAN_LIT("Séropositif, suivi"), &norm),
		KIND_WEAK);
	assert_int_equal(norm.n, 17);
	assert_memory_equal(norm.p, "SEROPOSITIF SUIVI", 17);
	assert_int_equal(
		kind_health_note.test(SPAN_LIT("12 rue des Lilas"), &norm),
		KIND_NO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(french_notes_say_what_they_say),
		cmocka_unit_test(english_notes_say_what_they_say),
		cmocka_unit_test(notes_written_later_say_what_they_say),
		cmocka_unit_test(a_hit_is_the_word_in_the_note),
		cmocka_unit_test(
			no_more_hits_are_written_than_there_is_room_for),
		cmocka_unit_test(a_summary_lists_a_said_topic_once),
		cmocka_unit_test(
			decomposed_accents_and_malformed_bytes_do_no_harm),
		cmocka_unit_test(a_note_cut_at_any_byte_is_read),
		cmocka_unit_test(
			a_sentence_past_the_ceiling_is_judged_in_parts),
		cmocka_unit_test(
			a_column_of_notes_is_told_from_columns_of_analyses),
		cmocka_unit_test(the_kind_takes_what_names_something_medical),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
