#include "link/phonetic/phonetic.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

struct code {
	const char *name;
	const char *code;
};

/* The examples of the article. */
static const struct code FONEM[] = {
	{"BEAULAC", "BOLAK"},
	{"BAULAC", "BOLAK"},
	{"IMBEAULT", "INBO"},
	{"DUFAUT", "DUFO"},
	{"THIBOUTOT", "TIBOUTOT"},
	{"DEVAUX", "DEVO"},
	{"RONDEAUX", "RONDO"},
	{"BOURGAULX", "BOURGO"},
	{"PINCHAUD", "PINCHO"},
	{"PEDNAULD", "PEDNO"},
	{"MAZENOD", "MASENOD"},
	{"ARNOLD", "ARNOL"},
	{"BELLAY", "BELE"},
	{"SANDAY", "SENDE"},
	{"GAY", "GAI"},
	{"FAYARD", "FAYAR"},
	{"LEMIEUX", "LEMIEU"},
	{"LHEUREUX", "LEUREU"},
	{"BELLEY", "BELE"},
	{"MEYER", "MEYER"},
	{"BOILY", "BOILI"},
	{"LOYSEAU", "LOISO"},
	{"MAYRAND", "MAIREN"},
	{"FAILLARD", "FAYAR"},
	{"FAIARD", "FAYAR"},
	{"MEIER", "MEYER"},
	{"MEILLER", "MEYER"},
	{"GUILLON", "GUYON"},
	{"LAVILLE", "LAVILLE"},
	{"COUET", "CWET"},
	{"EDOUARD", "EDWAR"},
	{"GIROUARD", "JIRWAR"},
	{"BOUILLE", "BOUYE"},
	{"LEMEE", "LEME"},
	{"ARCHEMBAULT", "ARCHENBO"},
	{"ROMPRE", "RONPRE"},
	{"BOULANGER", "BOULENJER"},
	{"BLAIN", "BLIN"},
	{"BLAINVILLE", "BLINVILLE"},
	{"MAINARD", "MAINAR"},
	{"BLACKBORN", "BLAKBURN"},
	{"IMBO", "INBO"},
	{"LEFEBVRE", "LEFEVRE"},
	{"MACE", "MASSE"},
	{"MARCELIN", "MARSELIN"},
	{"MARCEAU", "MARSO"},
	{"CELINE", "SELINE"},
	{"CAMILLE", "KAMILLE"},
	{"LUC", "LUK"},
	{"LEBLANC", "LEBLEN"},
	{"MAGELLA", "MAJELA"},
	{"GANDET", "GANDET"},
	{"GEORGES", "JORJES"},
	{"GEOFFROID", "JOFROID"},
	{"GAGNION", "GAGNON"},
	{"HALLEY", "ALE"},
	{"GAUTHIER", "GOTIER"},
	{"JEANNE", "JANE"},
	{"MACGREGOR", "MACGREGOR"},
	{"MCNICOL", "MACNICOL"},
	{"PHANEUF", "FANEUF"},
	{"QUENNEVILLE", "KENEVILLE"},
	{"LAROCQUE", "LAROKE"},
	{"SCIPION", "SIPION"},
	{"ASCELIN", "ASSELIN"},
	{"VASCO", "VASKO"},
	{"GRATIA", "GRASSIA"},
	{"MUNROW", "MUNRO"},
	{"EXCEL", "EXEL"},
	{"BRAZEAU", "BRASO"},
	{"FITZPATRICK", "FITSPATRIK"},
	{"SINGELAIS", "ST-JELAIS"},
	{"SAINTECROIX", "STE-KROIX"},
	{"LAVALLEE", "LAVALE"},
	{"MASSON", "MASSON"},
	{"DUTILE", "DUTILLE"},
};

static const struct code SOUNDEX2[] = {
	{"ASAMIAN", "AZMN"}, {"KNIGHT", "NG"},       {"MACKENZIE", "MKNZ"},
	{"PFEIFER", "FR"},   {"PHILIPPE", "FLP"},    {"SCHINDLER", "SNDL"},
	{"CHATEAU", "CHT"},  {"HABITAT", "HBT"},     {"TEHERAN", "TRN"},
	{"ESSAYER", "ESYR"}, {"CRAYON", "CRYN"},     {"PLYNE", "PLN"},
	{"BARAD", "BR"},     {"MARTIN", "MRTN"},     {"BERNARD", "BRNR"},
	{"FAURE", "FR"},     {"PEREZ", "PRZ"},       {"GROS", "GR"},
	{"CHAPUIS", "CHP"},  {"BOYER", "BYR"},       {"GAUTHIER", "KTR"},
	{"REY", "RY"},       {"BARTHELEMY", "BRTL"}, {"HENRY", "HNR"},
	{"MOULIN", "MLN"},   {"ROUSSEAU", "RS"},
};

static void
names_have_the_fonem_code_of_the_article(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(FONEM); i++) {
		uint8_t out[PHONETIC_FONEM_MAX + 1];
		const size_t n = phonetic_fonem(span_str(FONEM[i].name), out);

		out[n] = '\0';
		assert_string_equal((const char *)out, FONEM[i].code);
	}
}

static void
names_have_their_soundex2_code(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(SOUNDEX2); i++) {
		uint8_t out[PHONETIC_SOUNDEX2 + 1];
		const size_t n =
			phonetic_soundex2(span_str(SOUNDEX2[i].name), out);

		out[n] = '\0';
		assert_string_equal((const char *)out, SOUNDEX2[i].code);
	}
}

static void
no_letters_no_code(void **state)
{
	static const char *const names[] = {"", " ", "1234", "\xc3\xa9", "--"};
	uint8_t out[PHONETIC_FONEM_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		assert_int_equal(phonetic_fonem(span_str(names[i]), out), 0);
		assert_int_equal(phonetic_soundex2(span_str(names[i]), out), 0);
	}
}

static void
an_endless_name_is_cut_at_the_ceiling(void **state)
{
	uint8_t name[1000];
	uint8_t out[PHONETIC_FONEM_MAX];
	static const char *const fill[] = {"TIA", "C", "SAINTE", "AC", "Z"};

	(void)state;
	for (size_t f = 0; f < COUNT_OF(fill); f++) {
		for (size_t i = 0; i < sizeof(name); i++)
			name[i] = (uint8_t)fill[f][i % strlen(fill[f])];
		for (size_t n = 0; n <= sizeof(name); n += 7) {
			const struct span s = {name, n};

			assert_true(phonetic_fonem(s, out) <=
				    PHONETIC_FONEM_MAX);
			assert_true(phonetic_soundex2(s, out) <=
				    PHONETIC_SOUNDEX2);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_have_the_fonem_code_of_the_article),
		cmocka_unit_test(names_have_their_soundex2_code),
		cmocka_unit_test(no_letters_no_code),
		cmocka_unit_test(an_endless_name_is_cut_at_the_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
