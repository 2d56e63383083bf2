#include "base/check.h"
#include "format/hl7/hl7.h"
#include "format/segment/check_damage.h"
#include "format/segment/segment.h"

#include <stdio.h>

/* Made up: a result, with all signs as usual. */
#define MSH                                                                  \
	"MSH|^~\\&|LIS|LABO DU PORT^750000001^FINESS|DPI|HOP|20240302101500" \
	"||ORU^R01|42|P|2.5"
#define PID                                                                    \
	"PID|1||12345^^^LABO^PI~269054958815780^^^ASIP-SANTE-INS-NIR&1.2.250." \
	"1.213.1.4.8&ISO^INS||DURAND^MARIE^MARIE ANNE^^^^L~PETIT^MARIE^^^^^D"  \
	"||196905021200|F|||1 RUE DU PORT^BAT B^LYON^^69003^FRA^H~^^^^^FRA^"   \
	"BDL^^49588||0478000001^PRN^PH~0612345678^PRN^CP~^NET^Internet^"       \
	"m.durand@exemple.fr||||||||||||||||20230101"
#define OBR                                                          \
	"OBR|1|D1|L1|NFS^Numeration^L|||202403010800||||||fievre|||" \
	"10001234567^ROUX^PAUL||||||202403021000"
#define OBX1 "OBX|1|NM|718-7^Hemoglobine^LN||13.2|g/dL|12-16|N|||F"
#define OBX2 "OBX|2|CE|600-7^Germe^LN||112283007^Escherichia coli^SCT||||||F"

/* Reads ${bytes}, which must give ${rows} rows, and looks at one. */
struct look {
	struct table t;
	struct span header[TABLE_CELLS_MAX];
	struct span cells[TABLE_CELLS_MAX];
	size_t rows;
};

static struct look
look_at(struct span bytes, size_t row)
{
	struct look l = {.t = table_read(&hl7_parts, bytes, 1 << 16)};
	struct span rest = {l.t.p, l.t.n};
	struct span cells[TABLE_CELLS_MAX];

	assert_int_equal(l.t.rc, RC_OK);
	assert_int_equal(table_row(&rest, l.t.p, l.header, TABLE_CELLS_MAX),
			 SEG_COLUMNS);
	for (; rest.n > 0; l.rows++) {
		assert_int_equal(
			table_row(&rest, l.t.p, cells, TABLE_CELLS_MAX),
			SEG_COLUMNS);
		if (l.rows == row)
			memcpy(l.cells, cells, sizeof(cells));
	}
	return l;
}

static struct span
cell(const struct look *l, const char *name)
{
	for (size_t i = 0; i < SEG_COLUMNS; i++)
		if (span_is(l->header[i], name))
			return l->cells[i];
	fail_msg("no column %s", name);
	return (struct span){0};
}

static void
expect(const struct look *l, const char *name, const char *want)
{
	const struct span got = cell(l, name);

	if (!span_is(got, want))
		fail_msg("%s: \"%.*s\", not \"%s\"", name, (int)got.n,
			 (const char *)got.p, want);
}

static void
expect_all(const struct look *l)
{
	static const char *const want[][2] = {
		{"etablissement", "LABO DU PORT"},
		{"finess_etablissement", "750000001"},
		{"application", "LIS"},
		{"type_message", "ORU R01"},
		{"date_message", "20240302"},
		{"ipp", "12345"},
		{"nir", "269054958815780"},
		{"nom", "PETIT"},
		{"prenom", "MARIE ANNE"},
		{"nom_naissance", "DURAND"},
		{"date_naissance", "19690502"},
		{"sexe", "F"},
		{"adresse", "1 RUE DU PORT"},
		{"complement_adresse", "BAT B"},
		{"code_postal", "69003"},
		{"ville", "LYON"},
		{"lieu_naissance", "49588"},
		{"telephone", "0478000001"},
		{"telephone_portable", "0612345678"},
		{"email", "m.durand@exemple.fr"},
		{"date_deces", "20230101"},
		{"numero_demande", "D1"},
		{"code_examen", "NFS"},
		{"examen", "Numeration"},
		{"date_prelevement", "20240301"},
		{"nom_prescripteur", "ROUX"},
		{"prenom_prescripteur", "PAUL"},
		{"rpps_prescripteur", "10001234567"},
		{"renseignements_cliniques", "fievre"},
		{"codes_resultats", "718-7 | 600-7"},
		{"resultats", "Hemoglobine: 13.2 g/dL N | "
			      "Germe: 112283007 Escherichia coli"},
		{"commentaire", "a refaire"},
		{"other", "OBR-3=L1"},
	};

	assert_int_equal(l->rows, 1);
	for (size_t i = 0; i < COUNT_OF(want); i++)
		expect(l, want[i][0], want[i][1]);
}

static void
every_end_of_a_segment_and_frame_reads_the_same(void **state)
{
	static const char *const ends[][3] = {
		{"", "\r", ""},
		{"", "\n", ""},
		{"\xEF\xBB\xBF", "\r\n", ""},
		{"\x0B", "\r", "\x1C\r"},
		{"FHS|^~\\&|X\rBHS|^~\\&|Y\r", "\r", "BTS|1\rFTS|1\r"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		char all[4096];
		const char *e = ends[i][1];
		const int n = snprintf(
			all, sizeof(all), "%s%s%s%s%s%s%s%s%s%s%s%s%s%s",
			ends[i][0], MSH, e, PID, e, OBR, e, OBX1, e, OBX2, e,
			"NTE|1|L|a refaire", e, ends[i][2]);
		const struct look l = look_at(
			(struct span){(const uint8_t *)all, (size_t)n}, 0);

		expect_all(&l);
		assert_int_equal(l.t.skipped, 0);
		free(l.t.p);
	}
}

static void
each_message_may_have_signs_of_its_own(void **state)
{
	const struct look l =
		look_at(SPAN_LIT(MSH "\r" PID "\r" OBR "\rMSH#*:?$#LIS#X\r"
				     "PID#1##9##PETIT*ZO?X45?*##19800101\r"
				     "OBR#1##D?F?2#A*B ?S? ?T? ?R? ?E? ?ZZ?\r"),
			1);

	(void)state;
	assert_int_equal(l.rows, 2);
	expect(&l, "nom", "PETIT");
	expect(&l, "prenom", "ZOE");
	expect(&l, "numero_demande", "D#2");
	expect(&l, "examen", "B * $ : ? ?ZZ?");
	free(l.t.p);
}

static void
letters_are_what_msh_18_says_or_what_they_can_be(void **state)
{
	static const struct {
		const char *charset;
		const char *name;
		const char *want;
	} cases[] = {
		{"", "Zo\xE9", "Zoé"},
		{"", "Zo\xC3\xA9", "Zoé"},
		{"", "\x8Cuvre \x80", "Œuvre €"},
		{"8859/1", "\xC3\xE9", "Ãé"},
		{"8859/1", "Zo\xC3\xA9", "Zoé"},
		{"8859/1", "\xBC\xA4", "¼¤"},
		{"8859/15", "\xBC\xA4", "Œ€"},
		{"UNICODE UTF-8", "\xC5\x92\xE9", "Œé"},
		{"", "A\x01\x02 B\t", "A  B"},
		{"", "C\\X0D0A\\D\\.br\\E\\H\\F\\N\\", "C D EF"},
		{"", "\"\"", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char all[1024];
		const int n = snprintf(
			all, sizeof(all),
			"MSH|^~\\&||||||||||||||||%s\rPID|1||7||%s^X\r",
			cases[i].charset, cases[i].name);
		const struct look l = look_at(
			(struct span){(const uint8_t *)all, (size_t)n}, 0);

		expect(&l, "nom", cases[i].want);
		free(l.t.p);
	}
}

static void
relatives_insured_and_doctors_have_columns(void **state)
{
	const struct look l = look_at(
		SPAN_LIT(MSH
			 "\rPID|1||7||PETIT^ZOE||||||||||||||1690549588157\r"
			 "PD1||||1^KERN^IDA\r"
			 "NK1|1|PETIT^YVES|PERE|X|0611223344\r"
			 "NK1|2|PETIT^ANNE|MERE\r"
			 "PV1|1|I|UF12^3^A|||||810001234567^LEROY^LUC"
			 "|||||||||||V9|||||||||||||||||||||||||20240201|"
			 "20240205\r"
			 "GT1|1||PETIT^YVES||||||||PERE\r"
			 "IN1|1|A|B|CPAM DU "
			 "RHONE||||||||||||PETIT^YVES|||||||||||||"
			 "|||||||C77|||||||||||||169054958815712\r"
			 "DG1|1||E10^Diabete^CIM10\rAL1|1||X1^Arachide\r"
			 "RXA|0|1|20240101||J07^Vaccin\rZZZ|1|deux|trois\r"),
		0);

	(void)state;
	assert_int_equal(l.rows, 1);
	expect(&l, "nir", "1690549588157");
	expect(&l, "nom_a_prevenir", "PETIT");
	expect(&l, "prenom_a_prevenir", "YVES");
	expect(&l, "telephone_a_prevenir", "0611223344");
	expect(&l, "lien_a_prevenir", "PERE");
	expect(&l, "service", "UF12 3 A");
	expect(&l, "nom_medecin", "LEROY");
	expect(&l, "rpps_medecin", "10001234567");
	expect(&l, "numero_sejour", "V9");
	expect(&l, "date_entree", "20240201");
	expect(&l, "date_sortie", "20240205");
	expect(&l, "nom_assure", "PETIT");
	expect(&l, "lien_assure", "PERE");
	expect(&l, "organisme", "CPAM DU RHONE");
	expect(&l, "numero_contrat", "C77");
	expect(&l, "diagnostic", "E10 Diabete");
	expect(&l, "antecedents", "X1 Arachide");
	expect(&l, "traitement", "J07 Vaccin");
	expect(&l, "other",
	       "PD1-4=1 KERN IDA | NK1-4=X | NK1-2=PETIT ANNE | "
	       "NK1-3=MERE | IN1-3=B | IN1-49=169054958815712 | ZZZ-2=deux | "
	       "ZZZ-3=trois");
	free(l.t.p);
}

static void
each_order_is_a_row_with_its_results(void **state)
{
	static const char *const want[] = {"A", "B", "C"};
	const struct span bytes =
		SPAN_LIT(MSH "\r" PID "\rORC|RE|1\rOBR|1|1||A\r" OBX1
			     "\rORC|RE|2\rOBR|2|2||B\r" OBX1 "\r" OBX2
			     "\rOBR|3|3||C\rMSA|AA|1\r" MSH "\rMSA|AA|1\r");

	(void)state;
	for (size_t i = 0; i < COUNT_OF(want); i++) {
		const struct look l = look_at(bytes, i);

		assert_int_equal(l.rows, COUNT_OF(want));
		expect(&l, "code_examen", want[i]);
		expect(&l, "nom", "PETIT");
		free(l.t.p);
	}
}

static void
a_broken_line_goes_on_the_segment_before_it(void **state)
{
	const struct look l =
		look_at(SPAN_LIT(MSH "\nPID|1||7||PETIT^ZOE\nNTE|1||un\ndeux "
				     "trois\nADD| quatre\n\nstray line\n"),
			0);

	(void)state;
	expect(&l, "commentaire", "un deux trois quatre");
	assert_int_equal(l.t.skipped, 1);
	free(l.t.p);
}

static void
what_is_no_message_is_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"MSH",
		"MSH|",
		"MSHA^~\\&|X",
		"msh|^~\\&|X",
		"H|^~\\&|X",
		"MSH|ab\\&|",
		"x MSH|^~\\&|",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct table t =
			table_read(&hl7_parts, span_str(cases[i]), 64);

		assert_int_equal(t.rc, RC_FORMAT);
		free(t.p);
	}
}

static void
a_long_order_is_more_than_one_row_and_a_long_segment_is_cut(void **state)
{
	enum { RESULTS = 4000, LONG = 3 * SEGMENT_MAX };
	uint8_t *all = calloc(1, RESULTS * 80 + LONG + 4096);
	size_t n = 0;
	struct span s;

	(void)state;
	assert_non_null(all);
	s = SPAN_LIT(MSH "\r" PID "\r" OBR "\r");
	memcpy(all, s.p, s.n);
	n = s.n;
	s = SPAN_LIT(OBX1 "\r");
	for (size_t i = 0; i < RESULTS; i++, n += s.n)
		memcpy(all + n, s.p, s.n);
	s = SPAN_LIT("OBX|9|ED|PDF^Doc||^AP^PDF^Base64^");
	memcpy(all + n, s.p, s.n);
	n += s.n;
	memset(all + n, 'A', LONG);
	n += LONG;
	s = SPAN_LIT("\rNTE|1||fin\r");
	memcpy(all + n, s.p, s.n);
	n += s.n;

	struct look l = look_at((struct span){all, n}, 0);
	const size_t rows = l.rows;

	assert_true(rows > 2);
	assert_int_equal(l.t.skipped, 1);
	expect(&l, "code_examen", "NFS");
	free(l.t.p);
	l = look_at((struct span){all, n}, rows - 1);
	expect(&l, "code_examen", "NFS");
	expect(&l, "resultats", "Doc: AP PDF Base64");
	expect(&l, "commentaire", "fin");
	free(l.t.p);
	free(all);
}

static void
a_cut_or_damaged_file_gives_what_is_there(void **state)
{
	(void)state;
	check_damage(&hl7_parts,
		     SPAN_LIT(MSH "\r" PID "\r" OBR "\r" OBX1 "\r" OBX2
				  "\rNTE|1||caf\xE9 \\X41\\ \"x\", y\r"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_end_of_a_segment_and_frame_reads_the_same),
		cmocka_unit_test(each_message_may_have_signs_of_its_own),
		cmocka_unit_test(
			letters_are_what_msh_18_says_or_what_they_can_be),
		cmocka_unit_test(relatives_insured_and_doctors_have_columns),
		cmocka_unit_test(each_order_is_a_row_with_its_results),
		cmocka_unit_test(a_broken_line_goes_on_the_segment_before_it),
		cmocka_unit_test(what_is_no_message_is_refused),
		cmocka_unit_test(
			a_long_order_is_more_than_one_row_and_a_long_segment_is_cut),
		cmocka_unit_test(a_cut_or_damaged_file_gives_what_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
