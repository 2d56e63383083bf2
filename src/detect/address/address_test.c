#include "base/check.h"
#include "detect/address/address_impl.h"

#include <string.h>

/* What comes out, and what went in. */
static const struct {
	const char *text;
	const char *want;
} streets[] = {
	{"12 rue des Lilas", "12 RUE DES LILAS"},
	{"12 R. DES LILAS", "12 RUE DES LILAS"},
	{"12, r des lilas", "12 RUE DES LILAS"},
	{"0012 RUE DES LILAS", "12 RUE DES LILAS"},
	{"12bis Av. du Gal Leclerc", "12 BIS AVENUE DU GENERAL LECLERC"},
	{"12 B AV DU GAL LECLERC", "12 BIS AVENUE DU GENERAL LECLERC"},
	{"12 ter, bd St-Michel", "12 TER BOULEVARD SAINT MICHEL"},
	{"3 BLD STE ANNE", "3 BOULEVARD SAINTE ANNE"},
	{"N° 4 impasse de l'Église", "4 IMPASSE DE L EGLISE"},
	{"4 IMP DE L’EGLISE", "4 IMPASSE DE L EGLISE"},
	{"7 CHE DE LA LANDE", "7 CHEMIN DE LA LANDE"},
	{"LD Kerguelen", "LIEU DIT KERGUELEN"},
	{"Lieu-dit Kerguelen", "LIEU DIT KERGUELEN"},
	{"RES LES PINS BAT B APPT 12", "RESIDENCE LES PINS BATIMENT B "
				       "APPARTEMENT 12"},
	{"Résidence les Pins, Bât. B", "RESIDENCE LES PINS BATIMENT B"},
	{"R RAYMOND R POINCARE", "RUE RAYMOND R POINCARE"},
	{"1ER ETG 5 ALL DES CHENES", "1ER ETAGE 5 ALLEE DES CHENES"},
	{"12 Main St", "12 MAIN STREET"},
	{"12 St Johns Rd", "12 SAINT JOHNS ROAD"},
	{"5 PL DU DR JEAN", "5 PLACE DU DOCTEUR JEAN"},
	{"", ""},
	{" - ", ""},
	{"INCONNU", ""},
	{"XXX", ""},
	{"Sans domicile fixe", ""},
	{"non renseignée", ""},
};

static void
streets_are_written_in_one_way(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(streets); i++) {
		uint8_t out[NORM_MAX];
		const size_t n = address_street_normalise(
			span_str(streets[i].text), out, sizeof(out));

		if (n != strlen(streets[i].want) ||
		    memcmp(out, streets[i].want, n) != 0)
			fail_msg("street %zu: got %.*s", i, (int)n,
				 (const char *)out);
	}
}

static const struct {
	const char *text;
	const char *want;
} cities[] = {
	{"Vannes", "VANNES"},
	{"ST BRIEUC", "SAINT BRIEUC"},
	{"Saint-Brieuc", "SAINT BRIEUC"},
	{"Ste-Anne-d'Auray", "SAINTE ANNE D AURAY"},
	{"St-Brieuc Cedex 2", "SAINT BRIEUC"},
	{"PARIS 12", "PARIS"},
	{"Paris 12ème", "PARIS"},
	{"MARSEILLE 1ER ARRONDISSEMENT", "MARSEILLE"},
	{"56000 VANNES", "VANNES"},
	{"CHALONS S/ SAONE", "CHALONS SUR SAONE"},
	{"L'Haÿ-les-Roses", "L HAY LES ROSES"},
	{"", ""},
	{"XX", ""},
	{"CEDEX", ""},
};

static void
towns_are_written_in_one_way(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cities); i++) {
		uint8_t out[NORM_MAX];
		const size_t n = address_city_normalise(
			span_str(cities[i].text), out, sizeof(out));

		if (n != strlen(cities[i].want) ||
		    memcmp(out, cities[i].want, n) != 0)
			fail_msg("town %zu: got %.*s", i, (int)n,
				 (const char *)out);
	}
}

static const struct {
	const char *text;
	bool repair;
	enum kind_verdict want;
	const char *code;
} postcodes[] = {
	{"56000", false, KIND_VALID, "56000"},
	{" 56000 ", false, KIND_VALID, "56000"},
	{"56 000", false, KIND_VALID, "56000"},
	{"F-56000", false, KIND_VALID, "56000"},
	{"FR-56000", false, KIND_VALID, "56000"},
	{"56000.0", false, KIND_VALID, "56000"},
	{"20090", false, KIND_VALID, "20090"},
	{"97400", false, KIND_VALID, "97400"},
	{"96000", false, KIND_WEAK, "96000"}, /* no such department */
	{"00100", false, KIND_WEAK, "00100"},
	{"1000", true, KIND_VALID, "01000"},
	{"1000", false, KIND_WEAK, "1000"},
	{"0100", true, KIND_WEAK, "0100"},
	{"SW1A 1AA", false, KIND_WEAK, "SW1A1AA"},
	{"1234 ab", false, KIND_WEAK, "1234AB"},
	{"12345-6789", false, KIND_WEAK, "123456789"},
	{"B-1000", false, KIND_WEAK, "B1000"},
	{"123", false, KIND_NO, ""},
	{"1234567", false, KIND_NO, ""},
	{"VANNES", false, KIND_NO, ""},
	{"5600O", false, KIND_WEAK, "5600O"},
	{"13/02/96", false, KIND_NO, ""},
	{"", false, KIND_NO, ""},
	{"56000 VANNES CEDEX", false, KIND_NO, ""},
};

static void
a_column_decides_if_lost_zeros_come_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(postcodes); i++) {
		uint8_t out[ADDRESS_POSTCODE_MAX];
		size_t n = 0;
		const enum kind_verdict got =
			address_postcode_parse(span_str(postcodes[i].text),
					       postcodes[i].repair, out, &n);

		if (got != postcodes[i].want ||
		    n != strlen(postcodes[i].code) ||
		    memcmp(out, postcodes[i].code, n) != 0)
			fail_msg("postcode %zu: got %d, %zu", i, (int)got, n);
	}
}

static void
what_does_not_fit_is_left_out_by_words(void **state)
{
	uint8_t out[12];

	(void)state;
	const size_t n = address_street_normalise(SPAN_LIT("12 AV DES LILAS"),
						  out, sizeof(out));

	assert_int_equal(n, 9);
	assert_memory_equal(out, "12 AVENUE", 9);
}

static void
an_address_looks_like_one(void **state)
{
	(void)state;
	assert_true(address_street_score(SPAN_LIT("12 RUE DES LILAS")) > 90);
	assert_true(address_street_score(SPAN_LIT("LIEU DIT KER")) > 80);
	assert_true(address_street_score(SPAN_LIT("LINDENSTRASSE 5")) > 80);
	assert_true(address_street_score(SPAN_LIT("DUPONT JEAN")) < 20);
	assert_true(address_street_score(SPAN_LIT("A JEUN")) < 20);
	assert_true(address_city_score(SPAN_LIT("SAINT BRIEUC")) > 60);
	assert_int_equal(address_city_score(SPAN_LIT("A12")), 0);
}

static void
the_lists_of_words_are_in_order(void **state)
{
	(void)state;

	assert_true(lexicon_is_right(&address_short_words));
	assert_true(lexicon_is_right(&address_fillers));
	assert_true(lexicon_is_right(&address_street_words));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lists_of_words_are_in_order),
		cmocka_unit_test(streets_are_written_in_one_way),
		cmocka_unit_test(towns_are_written_in_one_way),
		cmocka_unit_test(a_column_decides_if_lost_zeros_come_back),
		cmocka_unit_test(what_does_not_fit_is_left_out_by_words),
		cmocka_unit_test(an_address_looks_like_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
