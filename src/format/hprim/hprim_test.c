#include "base/check.h"
#include "format/hprim/hprim.h"
#include "format/segment/check_damage.h"
#include "format/segment/segment.h"

#include <stdio.h>

/* Made up. */
#define FILE_OF(f, c, r, e, s)                                                \
	"H" f c r e s f "T1.HPR" f f "750000002" c "LABO DU PORT" f f         \
	"ORU" f f f "X" c "Y" f f "P" f "H2.1" c "C" f "201204292059\r\n"     \
	"P" f "1" f "398" f "B10" f "269054958815780" f "PETIT" c "ZO\xC9" f  \
	"DURAND" f "19690502" f "F" f f "1 RUE DU PORT" c c "LYON" c c        \
	"69003" f f "0478000001" r "0612345678" f "10001234567" c "ROUX" s    \
	"PAUL" c "L" f f f f f "E10" c "Diab\xE8te\r\n"                       \
	"AP" f "1" f "x" f "1690549588157\r\n"                                \
	"OBR" f "1" f "D1" c "S1" f f "NFS" c "Numeration" c "L" r "K" c      \
	"Potassium" f "R" f f "201204281412" f f f f "N" f f "fievre" f f f   \
	"LEROY" c "DR LE\r\nA" f "ROY" f "0478000002\r\n"                     \
	"OBX" f "1" f "NM" f "HB" c "Hemoglobine" c "L" f f "13.2" f "g/dL" f \
	"12 - 16" f "N\r\n"                                                   \
	"C" f "1" f "L" f "a refaire\r\n"                                     \
	"P" f "2" f "399" f f f "AUBE" c "LUC\r\n"                            \
	"L" f "1\r\n"

static struct span
cell(const struct table *t, struct span rest, const char *name, size_t row)
{
	struct span header[TABLE_CELLS_MAX];
	struct span cells[TABLE_CELLS_MAX];

	assert_int_equal(table_row(&rest, t->p, header, TABLE_CELLS_MAX),
			 SEG_COLUMNS);
	for (size_t i = 0; i <= row; i++)
		assert_int_equal(table_row(&rest, t->p, cells, TABLE_CELLS_MAX),
				 SEG_COLUMNS);
	for (size_t i = 0; i < SEG_COLUMNS; i++)
		if (span_is(header[i], name))
			return cells[i];
	fail_msg("no column %s", name);
	return (struct span){0};
}

static const struct {
	const char *name;
	const char *want;
	size_t row;
} CELLS[] = {
	{"etablissement", "LABO DU PORT", 0},
	{"finess_etablissement", "750000002", 1},
	{"type_message", "ORU", 0},
	{"date_message", "20120429", 0},
	{"ipp", "398", 0},
	{"nir", "269054958815780", 0},
	{"nom", "PETIT", 0},
	{"prenom", "ZOÉ", 0},
	{"nom_naissance", "DURAND", 0},
	{"date_naissance", "19690502", 0},
	{"sexe", "F", 0},
	{"adresse", "1 RUE DU PORT", 0},
	{"ville", "LYON", 0},
	{"code_postal", "69003", 0},
	{"telephone", "0478000001", 0},
	{"telephone_portable", "0612345678", 0},
	{"nom_medecin", "ROUX", 0},
	{"prenom_medecin", "PAUL", 0},
	{"rpps_medecin", "10001234567", 0},
	{"diagnostic", "E10 Diabète", 0},
	{"nir_assure", "1690549588157", 0},
	{"numero_demande", "D1 S1", 0},
	{"code_examen", "NFS | K", 0},
	{"examen", "Numeration | Potassium", 0},
	{"date_prelevement", "20120428", 0},
	{"renseignements_cliniques", "fievre", 0},
	{"nom_prescripteur", "DR LEROY", 0},
	{"telephone_prescripteur", "0478000002", 0},
	{"codes_resultats", "HB", 0},
	{"resultats", "Hemoglobine: 13.2 g/dL N", 0},
	{"commentaire", "a refaire", 0},
	{"other", "P-4=B10 | AP-3=x | OBR-17=LEROY", 0},
	{"nom", "AUBE", 1},
	{"nom_naissance", "", 1},
	{"resultats", "", 1},
};

/* Reading a table unquotes it: each cell has its own. */
static void
expect_cell(struct span file, size_t i)
{
	const struct table t = table_read(&hprim_parts, file, 1 << 16);
	const struct span got =
		cell(&t, (struct span){t.p, t.n}, CELLS[i].name, CELLS[i].row);

	assert_int_equal(t.rc, RC_OK);
	assert_int_equal(t.skipped, 0);
	if (!span_is(got, CELLS[i].want))
		fail_msg("%s: \"%.*s\", not \"%s\"", CELLS[i].name, (int)got.n,
			 (const char *)got.p, CELLS[i].want);
	free(t.p);
}

static void
a_file_gives_its_patients_whatever_its_signs_are(void **state)
{
	static const struct span files[] = {
		{(const uint8_t *)FILE_OF("|", "~", "^", "\\", "&"),
		 sizeof(FILE_OF("|", "~", "^", "\\", "&")) - 1},
		{(const uint8_t *)FILE_OF("|", "\\", "^", "&", "~"),
		 sizeof(FILE_OF("|", "\\", "^", "&", "~")) - 1},
		{(const uint8_t *)FILE_OF("!", "~", "^", "\\", "&"),
		 sizeof(FILE_OF("!", "~", "^", "\\", "&")) - 1},
	};
	(void)state;
	for (size_t f = 0; f < COUNT_OF(files); f++)
		for (size_t i = 0; i < COUNT_OF(CELLS); i++)
			expect_cell(files[f], i);
}

static void
what_is_no_message_is_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"H",
		"H|~^\\",
		"H|\\^&|||", /* ASTM E1394, of an analyser */
		"Habcdea",
		"H||^\\&|X",
		"MSH|^~\\&|X",
		"HELLO WORLD",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct table t =
			table_read(&hprim_parts, span_str(cases[i]), 64);

		assert_int_equal(t.rc, RC_FORMAT);
		free(t.p);
	}
}

static void
a_cut_or_damaged_file_gives_what_is_there(void **state)
{
	(void)state;
	check_damage(&hprim_parts, SPAN_LIT(FILE_OF("|", "~", "^", "\\", "&")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_file_gives_its_patients_whatever_its_signs_are),
		cmocka_unit_test(what_is_no_message_is_refused),
		cmocka_unit_test(a_cut_or_damaged_file_gives_what_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
