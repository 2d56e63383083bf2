#include "base/check.h"
#include "detect/name/name_given_table.h"
#include "detect/name/name_impl.h"

#include <string.h>

static const struct {
	const char *text;
	const char *want;
} names[] = {
	{"Dupont", "DUPONT"},
	{"DUPONT", "DUPONT"},
	{" dupont ", "DUPONT"},
	{"Hervé", "HERVE"},
	{"Jean-Pierre", "JEAN PIERRE"},
	{"Jean  Pierre", "JEAN PIERRE"},
	{"D'Hervé-Le Gall", "D HERVE LE GALL"},
	{"D’Hervé", "D HERVE"},
	{"LE GALL", "LE GALL"},
	{"de la Tour", "DE LA TOUR"},
	{"El Mansouri", "EL MANSOURI"},
	{"AIT BEN SALAH", "AIT BEN SALAH"},
	{"van der Berg", "VAN DER BERG"},
	{"ST MARTIN", "SAINT MARTIN"},
	{"Ste-Anne", "SAINTE ANNE"},
	{"Mme Dupont", "DUPONT"},
	{"M. Dupont", "DUPONT"},
	{"MLLE DUPONT", "DUPONT"},
	{"Dr Dupont", "DUPONT"},
	{"Mme le Pr DUPONT", "LE PR DUPONT"}, /* a title inside stays */
	{"DUPONT EP MARTIN", "DUPONT"},
	{"DUPONT ép. MARTIN", "DUPONT"},
	{"DUPONT NEE MARTIN", "DUPONT"},
	{"Dupont née Martin", "DUPONT"},
	{"DUPONT VVE MARTIN", "DUPONT"},
	{"NEE MARTIN", "MARTIN"},
	{"EP MARTIN", "MARTIN"},
	{"DUPONT (MARTIN)", "DUPONT"},
	{"(Martin)", "MARTIN"},
	{"Jean P.", "JEAN P"},
	{"J", "J"},
	{"ŒUVRARD", "OEUVRARD"},
	{"Groß", "GROSS"},
	{"M", "M"},
	{"NESTOR", "NESTOR"}, /* begins like a marker */
	{"EPRON", "EPRON"},
	{"DRU", "DRU"},
	{"", ""},
	{"-", ""},
	{"...", ""},
	{"X", ""},
	{"XX", ""},
	{"XXXX", ""},
	{"AAAA", ""},
	{"LI LI", "LI LI"},
	{"Inconnu", ""},
	{"SANS", ""},
	{"test", ""},
	{"N/A", ""},
	{"NULL", ""},
	{"0000", ""},
	{"Mme", ""},
	{"non renseigné", ""},
	{"Мария", "Мария"}, /* other scripts stay */
};

static void
names_are_written_in_one_way(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		uint8_t out[NORM_MAX];
		const size_t n = name_normalise(span_str(names[i].text), out,
						sizeof(out));

		if (n != strlen(names[i].want) ||
		    memcmp(out, names[i].want, n) != 0)
			fail_msg("name %zu: got %.*s", i, (int)n,
				 (const char *)out);
	}
}

static void
the_normal_form_is_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		uint8_t out[NORM_MAX];
		const struct span want = span_str(names[i].want);
		const size_t n = name_normalise(want, out, sizeof(out));

		if (want.n == 0 || span_equal(want, SPAN_LIT("LE PR DUPONT")))
			continue;
		assert_int_equal(n, want.n);
		assert_memory_equal(out, want.p, n);
	}
}

static void
a_name_is_cut_at_the_ceiling(void **state)
{
	uint8_t out[8];
	char text[400];

	(void)state;
	memset(text, 'B', sizeof(text));
	text[1] = 'A';
	assert_int_equal(
		name_normalise((struct span){(uint8_t *)text, sizeof(text)},
			       out, sizeof(out)),
		sizeof(out));
	assert_memory_equal(out, "BABBBBBB", 8);
	assert_int_equal(name_normalise(SPAN_LIT("LE GALL"), out, 3), 2);
	assert_int_equal(name_normalise(SPAN_LIT("LE GALL"), out, 0), 0);
}

static const struct {
	const char *text;
	const char *family, *birth, *given;
	bool given_first; /* the habit */
	uint8_t sex;
	bool professional;
	bool sure;
	bool both;
} fulls[] = {
	{"DUPONT Jean-Pierre", "DUPONT", "", "JEAN PIERRE", false, 0, false,
	 true, true},
	{"Jean DUPONT", "DUPONT", "", "JEAN", false, 0, false, true, true},
	{"Dupont, Jean", "DUPONT", "", "JEAN", true, 0, false, true, true},
	{"DUPONT, JEAN", "DUPONT", "", "JEAN", true, 0, false, true, true},
	{"Mme DUPONT NÉE MARTIN Anne", "DUPONT", "MARTIN", "ANNE", false, 2,
	 false, true, true},
	{"Anne DUPONT née MARTIN", "DUPONT", "MARTIN", "ANNE", false, 0, false,
	 true, true},
	{"Anne Dupont née Martin", "DUPONT", "MARTIN", "ANNE", false, 0, false,
	 true, true},
	{"MARTIN EP DUPONT Anne", "DUPONT", "MARTIN", "ANNE", false, 0, false,
	 true, true},
	{"M. DUPONT Jean", "DUPONT", "", "JEAN", false, 1, false, true, true},
	{"M DUPONT Jean", "DUPONT", "", "JEAN", false, 1, false, true, true},
	{"Dr LE GALL Yann", "LE GALL", "", "YANN", false, 0, true, true, true},
	{"Yann LE GALL", "LE GALL", "", "YANN", false, 0, false, true, true},
	{"Jean de la TOUR", "DE LA TOUR", "", "JEAN", false, 0, false, true,
	 true},
	{"DUPONT JEAN", "DUPONT", "", "JEAN", true, 0, false, true, true},
	{"JEAN DUPONT", "DUPONT", "", "JEAN", false, 0, false, true, true},
	{"LE GALL JEAN PIERRE", "LE GALL", "", "JEAN PIERRE", false, 0, false,
	 true, true},
	{"Jean Dupont", "DUPONT", "", "JEAN", false, 0, false, true, true},
	{"Dupont Jean", "DUPONT", "", "JEAN", true, 0, false, true, true},
	/* Two given names: the habit of the column decides. */
	{"MARTIN BERNARD", "MARTIN", "", "BERNARD", false, 0, false, false,
	 true},
	{"MARTIN BERNARD", "BERNARD", "", "MARTIN", true, 0, false, false,
	 true},
	{"KERVELLA ENORIG", "KERVELLA", "", "ENORIG", false, 0, false, false,
	 true},
	{"ENORIG KERVELLA", "KERVELLA", "", "ENORIG", true, 0, false, false,
	 true},
	{"J. P. DUPONT", "DUPONT", "", "J P", true, 0, false, true, true},
	{"DUPONT", "DUPONT", "", "", false, 0, false, false, false},
	{"Mme DUPONT", "DUPONT", "", "", false, 2, false, false, false},
	{"DUPONT INCONNU", "DUPONT", "", "", false, 0, false, false, false},
	{"", "", "", "", false, 0, false, false, false},
	{", ,", "", "", "", false, 0, false, false, false},
	{"née", "", "", "", false, 0, false, false, false},
};

static bool
is_norm(const struct norm *n, const char *want)
{
	return n->n == strlen(want) && memcmp(n->p, want, n->n) == 0;
}

static void
full_names_are_taken_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(fulls); i++) {
		struct name_full f;
		const bool both = name_full_split(span_str(fulls[i].text),
						  fulls[i].given_first, &f);

		if (!is_norm(&f.family, fulls[i].family) ||
		    !is_norm(&f.birth, fulls[i].birth) ||
		    !is_norm(&f.given, fulls[i].given))
			fail_msg("full name %zu: %.*s/%.*s/%.*s", i,
				 (int)f.family.n, (char *)f.family.p,
				 (int)f.birth.n, (char *)f.birth.p,
				 (int)f.given.n, (char *)f.given.p);
		if (f.sex != fulls[i].sex || both != fulls[i].both ||
		    f.professional != fulls[i].professional ||
		    f.sure != fulls[i].sure)
			fail_msg("full name %zu: sex %d, sure %d", i, f.sex,
				 f.sure);
	}
}

static void
the_table_of_given_names_is_sorted(void **state)
{
	(void)state;
	for (size_t i = 1; i < COUNT_OF(GIVEN); i++)
		if (strcmp(GIVEN[i - 1].word, GIVEN[i].word) >= 0)
			fail_msg("%s", GIVEN[i].word);
	for (size_t i = 0; i < COUNT_OF(GIVEN); i++) {
		assert_int_equal(name_given_known(span_str(GIVEN[i].word)),
				 GIVEN[i].sex);
		assert_in_range(GIVEN[i].sex, NAME_GIVEN_MALE, NAME_GIVEN_BOTH);
	}
}

static void
given_names_are_known_by_their_first_word(void **state)
{
	(void)state;
	assert_int_equal(name_given_known(SPAN_LIT("JEAN PIERRE")),
			 NAME_GIVEN_MALE);
	assert_int_equal(name_given_known(SPAN_LIT("MARIE")),
			 NAME_GIVEN_FEMALE);
	assert_int_equal(name_given_known(SPAN_LIT("CAMILLE")),
			 NAME_GIVEN_BOTH);
	assert_int_equal(name_given_known(SPAN_LIT("KERVELLA")), NAME_GIVEN_NO);
	assert_int_equal(name_given_known(SPAN_LIT("")), NAME_GIVEN_NO);
	assert_int_equal(name_given_known(SPAN_LIT("J")), NAME_GIVEN_NO);
}

static void
letters_of_a_name_mix(void **state)
{
	static const char *const good[] = {
		"DUPONT",    "SCHWARTZ", "LE GALL",          "NG",
		"AIT SALAH", "OEUVRARD", "JEAN PIERRE MARIE"};
	static const char *const bad[] = {
		"",   "J",   "XKCD",    "BCDFG",
		"A1", "AAA", "NFS GLY", "A B C D E F G"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		if (!name_is_plausible(span_str(good[i])))
			fail_msg("%s", good[i]);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (name_is_plausible(span_str(bad[i])))
			fail_msg("%s", bad[i]);
}

static void
organisations_have_words_of_their_own(void **state)
{
	(void)state;
	assert_true(name_is_organisation(SPAN_LIT("Laboratoire du Menhir")));
	assert_true(name_is_organisation(SPAN_LIT("SELARL BioMer")));
	assert_true(name_is_organisation(SPAN_LIT("C.H.U. - CHU de Rennes")));
	assert_false(name_is_organisation(SPAN_LIT("DUPONT")));
	assert_false(name_is_organisation(SPAN_LIT("CHUPIN")));
	assert_false(name_is_organisation(SPAN_LIT("")));
}

static const struct {
	const char *text;
	const char *want; /* names found, with | between */
	uint8_t kind, role;
} proses[] = {
	{"Vu ce jour M. Dupont pour contrôle.", "Dupont", KIND_NAME_FAMILY,
	 ROLE_NONE},
	{"Rappeler Mme DUPONT demain", "DUPONT", KIND_NAME_FAMILY, ROLE_NONE},
	{"Mme Le Gall Marie-Claude, 45 ans", "Le Gall Marie-Claude",
	 KIND_NAME_FULL, ROLE_NONE},
	{"avis du Dr Kervella avant", "Kervella", KIND_NAME_FAMILY,
	 ROLE_PROFESSIONAL},
	{"Patient : DUPONT Jean", "DUPONT Jean", KIND_NAME_FULL, ROLE_PATIENT},
	{"Nom : kervella", "kervella", KIND_NAME_FAMILY, ROLE_NONE},
	{"Nom de naissance : MARTIN", "MARTIN", KIND_NAME_BIRTH, ROLE_NONE},
	{"Prénom : Jean-Pierre", "Jean-Pierre", KIND_NAME_GIVEN, ROLE_NONE},
	{"née Martin à Vannes", "Martin", KIND_NAME_BIRTH, ROLE_NONE},
	{"adressé par Jean Dupont hier", "Jean Dupont", KIND_NAME_FULL,
	 ROLE_NONE},
	{"dossier DUPONT Jean complet", "DUPONT Jean", KIND_NAME_FULL,
	 ROLE_NONE},
	{"First name: Anna", "Anna", KIND_NAME_GIVEN, ROLE_NONE},
	{"Mr. John Smith came in", "John Smith", KIND_NAME_FULL, ROLE_NONE},
	{"M. d’Hervé-Le Gall", "d’Hervé-Le Gall", KIND_NAME_FULL, ROLE_NONE},
	{"M. DUPONT PRESENTE UNE TOUX", "DUPONT", KIND_NAME_FAMILY, ROLE_NONE},
	{"Mme Dupont. M. Martin", "Dupont|Martin", KIND_NAME_FAMILY, ROLE_NONE},
	/* No people here. */
	{"12 rue Jean Moulin", "", 0, 0},
	{"Hôpital Saint Louis", "", 0, 0},
	{"syndrome de Guillain-Barré", "", 0, 0},
	{"Nom commercial inconnu", "", 0, 0},
	{"né le 12/03/1956", "", 0, 0},
	{"le patient est à jeun", "", 0, 0},
	{"Le Patient est à jeun", "", 0, 0},
	{"File name: report", "", 0, 0},
	{"", "", 0, 0},
	{"M.", "", 0, 0},
	{"Mme", "", 0, 0},
	{"Nom :", "", 0, 0},
	{"Nom de", "", 0, 0},
};

static void
announced_names_are_found_in_prose(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(proses); i++) {
		struct name_hit hits[4];
		char got[200];
		size_t used = 0;
		bool more;
		const struct span text = span_str(proses[i].text);
		const size_t n = name_find(text, 0, hits, 4, &more);

		assert_false(more);
		for (size_t k = 0; k < n; k++) {
			if (k > 0)
				got[used++] = '|';
			memcpy(got + used, text.p + hits[k].at, hits[k].n);
			used += hits[k].n;
		}
		got[used] = '\0';
		if (strcmp(got, proses[i].want) != 0)
			fail_msg("prose %zu: got %s", i, got);
		if (n > 0 && (hits[0].kind != proses[i].kind ||
			      hits[0].role != proses[i].role))
			fail_msg("prose %zu: kind %d, role %d", i, hits[0].kind,
				 hits[0].role);
	}
}

static void
a_full_list_of_hits_says_that_there_is_more(void **state)
{
	struct name_hit hits[1];
	bool more;
	const struct span text = SPAN_LIT("Mme Dupont. M. Martin");

	(void)state;
	assert_int_equal(name_find(text, 0, hits, 1, &more), 1);
	assert_true(more);
	const size_t end = (size_t)hits[0].at + hits[0].n;

	assert_int_equal(name_find(text, end, hits, 1, &more), 1);
	assert_false(more);
	assert_int_equal(hits[0].at, 15);
}

static void
kinds_judge_single_values(void **state)
{
	struct norm norm;

	(void)state;
	assert_int_equal(kind_name_family.test(SPAN_LIT("Dupont"), &norm),
			 KIND_WEAK);
	assert_int_equal(kind_name_family.test(SPAN_LIT("12345"), &norm),
			 KIND_NO);
	assert_int_equal(kind_name_given.test(SPAN_LIT("Jean"), &norm),
			 KIND_VALID);
	assert_int_equal(kind_name_full.test(SPAN_LIT("Jean DUPONT"), &norm),
			 KIND_VALID);
	assert_true(is_norm(&norm, "DUPONT JEAN"));
	assert_int_equal(kind_name_full.test(SPAN_LIT("DUPONT"), &norm),
			 KIND_NO);
	assert_int_equal(
		kind_organisation_name.test(SPAN_LIT("Labo du Port"), &norm),
		KIND_VALID);
	assert_true(is_norm(&norm, "LABO DU PORT"));
	assert_int_equal(kind_organisation_name.test(SPAN_LIT("123"), &norm),
			 KIND_NO);
}

static void
the_words_for_nothing_are_in_order(void **state)
{
	(void)state;

	assert_true(lexicon_is_right(&name_fillers));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_words_for_nothing_are_in_order),
		cmocka_unit_test(names_are_written_in_one_way),
		cmocka_unit_test(the_normal_form_is_its_own),
		cmocka_unit_test(a_name_is_cut_at_the_ceiling),
		cmocka_unit_test(full_names_are_taken_apart),
		cmocka_unit_test(the_table_of_given_names_is_sorted),
		cmocka_unit_test(given_names_are_known_by_their_first_word),
		cmocka_unit_test(letters_of_a_name_mix),
		cmocka_unit_test(organisations_have_words_of_their_own),
		cmocka_unit_test(announced_names_are_found_in_prose),
		cmocka_unit_test(a_full_list_of_hits_says_that_there_is_more),
		cmocka_unit_test(kinds_judge_single_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
