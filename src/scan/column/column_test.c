#include "base/check.h"
#include "detect/birthdate/birthdate.h"
#include "scan/column/column.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLS_MAX = 16, ROWS_MAX = 2 * BATCH_ROWS };

/* A made-up table: rows of cells, in batches. */
struct table {
	char *text[ROWS_MAX][COLS_MAX];
	uint32_t rows, cols;
	struct span header[COLS_MAX];
	bool headed;
	struct batch batches[2];
	struct cell *cells[2];
	struct column_type types[COLS_MAX];
};

static struct table *
table_new(uint32_t cols)
{
	struct table *t = calloc(1, sizeof(*t));

	assert_non_null(t);
	t->cols = cols;
	return t;
}

static void
table_free(struct table *t)
{
	for (uint32_t r = 0; r < t->rows; r++)
		for (uint32_t c = 0; c < t->cols; c++)
			free(t->text[r][c]);
	free(t->cells[0]);
	free(t->cells[1]);
	free(t);
}

/* Put ${value} in the next free row's column ${col}. */
static void
put(struct table *t, uint32_t row, uint32_t col, const char *value)
{
	t->text[row][col] = strdup(value);
	assert_non_null(t->text[row][col]);
	if (row >= t->rows)
		t->rows = row + 1;
}

static void
type_it(struct table *t)
{
	const size_t n = (size_t)(t->cols + 1) * BATCH_STRIDE;

	for (size_t b = 0; b < 2; b++) {
		t->cells[b] = calloc(n, sizeof(struct cell));
		assert_non_null(t->cells[b]);
		t->batches[b].cells = t->cells[b];
		t->batches[b].cols = t->cols;
	}
	for (uint32_t r = 0; r < t->rows; r++) {
		struct batch *b = &t->batches[r / BATCH_ROWS];

		b->rows = r % BATCH_ROWS + 1;
		for (uint32_t c = 0; c < t->cols; c++) {
			const char *s = t->text[r][c];

			*batch_cell(b, r % BATCH_ROWS, c) = (struct cell){
				(const uint8_t *)s,
				s == NULL ? 0 : (uint32_t)strlen(s), 0};
		}
	}
	struct arena *a = arena_new(column_scratch_bytes(t->cols));
	const struct column_input in = {
		.header = t->headed ? t->header : NULL,
		.batches = t->batches,
		.n_batches = 2,
		.cols = t->cols,
	};

	assert_non_null(a);
	assert_int_equal(column_type(&in, a, t->types), RC_OK);
	assert_int_equal(arena_used(a), 0);
	arena_free(a);
}

/* Columns of the made-up patients below. */
enum {
	FAMILY,
	GIVEN,
	BORN,
	SEX,
	NIR,
	CODE,
	TOWN,
	SAMPLED,
	DOSSIER,
	PATIENT_COLS
};

static const char *const families[] = {
	"DUPONT",  "LE GALL", "MARTIN",  "KERVELLA", "ROUSSEAU", "BERNARD",
	"LEFEVRE", "MOREAU",  "GUILLOU", "ABGRALL",  "PETIT",    "TANGUY",
	"RICHARD", "DURAND",  "LEROY",   "PRIGENT",  "JACOB",    "BOUCHER",
	"CARON",   "MEUNIER", "FLEURY",  "HAMON",    "SALAUN",   "CORRE",
};

static const char *const men[] = {"JEAN", "YANN", "PIERRE", "LUC", "PAUL"};
static const char *const women[] = {"ANNE", "MARIE", "CLAIRE", "LUCIE",
				    "SOPHIE"};

static const struct {
	const char *code, *town;
} towns[] = {
	{"56000", "VANNES"},  {"56100", "LORIENT"}, {"22000", "ST BRIEUC"},
	{"22300", "LANNION"}, {"35000", "RENNES"},  {"35400", "SAINT-MALO"},
	{"45000", "ORLEANS"}, {"41000", "BLOIS"},
};

/* A NIR with its key, for row ${i}. */
static void
write_nir(char out[16], unsigned sex, unsigned year, unsigned month, unsigned i)
{
	char body[14];

	(void)snprintf(body, sizeof(body), "%u%02u%02u56%03u%03u", sex,
		       year % 100, month, 1 + i % 200, 1 + i % 900);
	const uint64_t n = number((const uint8_t *)body, 13);

	(void)snprintf(out, 16, "%s%02u", body, (unsigned)(97 - n % 97));
}

/* One of some hundred family names. */
static void
write_family(char out[24], unsigned h)
{
	static const char *const ends[] = {"ET", "EAU", "IER",
					   "OT", "IN",  "ON"};

	(void)snprintf(out, 24, "%s%s", families[h / 7 % COUNT_OF(families)],
		       ends[h / 17 % COUNT_OF(ends)]);
}

static struct table *
patients(uint32_t rows)
{
	struct table *t = table_new(PATIENT_COLS);
	char text[40];

	for (uint32_t i = 0; i < rows; i++) {
		const unsigned h = (i * 2654435761U) >> 8;
		const unsigned sex = 1 + h % 2;
		const unsigned year = 1930 + h / 2 % 90;
		const unsigned month = 1 + h / 180 % 12;

		put(t, i, FAMILY, families[h / 7 % COUNT_OF(families)]);
		put(t, i, GIVEN, sex == 1 ? men[h / 3 % 5] : women[h / 3 % 5]);
		(void)snprintf(text, sizeof(text), "%02u/%02u/%u", 1 + h % 28,
			       month, year);
		put(t, i, BORN, text);
		put(t, i, SEX, sex == 1 ? "1" : "2");
		write_nir(text, sex, year, month, i);
		put(t, i, NIR, text);
		put(t, i, CODE, towns[h / 11 % COUNT_OF(towns)].code);
		put(t, i, TOWN, towns[h / 11 % COUNT_OF(towns)].town);
		(void)snprintf(text, sizeof(text), "%02u/%02u/%u", 1 + i % 28,
			       1 + i % 12, 2015 + i % 6);
		put(t, i, SAMPLED, text);
		(void)snprintf(text, sizeof(text), "%u", 100000 + i);
		put(t, i, DOSSIER, text);
	}
	return t;
}

static void
need_kind(const struct table *t, uint32_t col, enum kind_id want)
{
	char why[COLUMN_WHY_MAX];

	if (t->types[col].kind == want)
		return;
	(void)column_why(&t->types[col], why, sizeof(why), false);
	fail_msg("column %u is %d: %s", (unsigned)col, t->types[col].kind, why);
}

static const enum kind_id patient_kinds[PATIENT_COLS] = {
	KIND_NAME_FAMILY,  KIND_NAME_GIVEN, KIND_BIRTH_DATE,
	KIND_SEX,          KIND_FR_NIR,     KIND_ADDRESS_POSTCODE,
	KIND_ADDRESS_CITY, KIND_NONE,       KIND_NONE,
};

static void
a_table_without_header_is_typed_by_its_values(void **state)
{
	struct table *t = patients(400);

	(void)state;
	type_it(t);
	for (uint32_t c = 0; c < PATIENT_COLS; c++)
		need_kind(t, c, patient_kinds[c]);
	/* 1 and 2 are a sex because they agree with the NIR. */
	assert_true(t->types[SEX].why & COLUMN_BY_SEX);
	assert_int_equal(t->types[SEX].agrees_with, NIR + 1);
	assert_true(t->types[BORN].why & COLUMN_BY_BIRTH);
	assert_int_equal(t->types[BORN].date_order, DATE_DMY);
	assert_int_equal(t->types[BORN].agreed, t->types[BORN].compared);
	assert_true(t->types[NIR].why & COLUMN_BY_CHECKSUM);
	assert_true(t->types[TOWN].why & COLUMN_BY_POSTCODE);
	for (uint32_t c = 0; c < PATIENT_COLS; c++)
		assert_string_not_equal(t->types[c].name, "");
	assert_string_equal(t->types[2].name, "column 3");
	table_free(t);
}

static void
the_order_of_columns_does_not_matter(void **state)
{
	static const uint32_t order[PATIENT_COLS] = {7, 4, 0, 8, 6, 2, 5, 1, 3};
	struct table *t = patients(400);

	(void)state;
	for (uint32_t r = 0; r < t->rows; r++) {
		char *row[PATIENT_COLS];

		memcpy(row, t->text[r], sizeof(row));
		for (uint32_t c = 0; c < PATIENT_COLS; c++)
			t->text[r][c] = row[order[c]];
	}
	type_it(t);
	for (uint32_t c = 0; c < PATIENT_COLS; c++)
		if (order[c] != FAMILY) /* which stands alone here */
			need_kind(t, c, patient_kinds[order[c]]);
	table_free(t);
}

static void
a_constant_or_an_empty_column_proves_nothing(void **state)
{
	struct table *t = table_new(3);

	(void)state;
	for (uint32_t r = 0; r < 100; r++) {
		put(t, r, 0, "750803447"); /* passes Luhn, as one in ten do */
		put(t, r, 1, "");
		put(t, r, 2, r % 2 == 0 ? "1" : "0");
	}
	type_it(t);
	for (uint32_t c = 0; c < 3; c++)
		need_kind(t, c, KIND_NONE);
	assert_true(t->types[0].why & COLUMN_IS_CONSTANT);
	assert_true(t->types[1].why & COLUMN_IS_EMPTY);
	assert_int_equal(t->types[1].filled, 0);
	table_free(t);
}

static void
numbers_that_pass_a_check_by_chance_are_not_of_the_kind(void **state)
{
	struct table *t = table_new(2);
	char text[24];

	(void)state;
	for (uint32_t r = 0; r < 400; r++) {
		(void)snprintf(text, sizeof(text), "%09u",
			       220000000 + r * 7919);
		put(t, r, 0, text); /* one in ten passes as FINESS or SIREN */
		(void)snprintf(text, sizeof(text), "%014" PRIu64,
			       UINT64_C(30441328300000) + (uint64_t)r * 7919);
		put(t, r, 1, text);
	}
	type_it(t);
	need_kind(t, 0, KIND_NONE);
	need_kind(t, 1, KIND_NONE);
	table_free(t);
}

static void
set_header(struct table *t, const char *const *names)
{
	t->headed = true;
	for (uint32_t c = 0; c < t->cols; c++)
		t->header[c] = span_str(names[c]);
}

/* The number of doctor ${i}, with its Luhn digit. */
static void
write_rpps(char out[12], unsigned i)
{
	unsigned sum = 0;

	(void)snprintf(out, 12, "1000%06u0", 123456 + i * 7919);
	for (unsigned k = 0; k < 10; k++) {
		const unsigned d = (unsigned)(out[k] - '0') * (1 + k % 2);

		sum += d / 10 + d % 10;
	}
	out[10] = (char)('0' + (10 - sum % 10) % 10);
}

static void
what_a_doctors_number_tells_is_the_doctors(void **state)
{
	enum { DOCTORS = 24, RPPS = 4, DOCTOR, FIRST, OFFICE, COLS };
	struct table *t = table_new(COLS);
	char rpps[12];

	(void)state;
	for (uint32_t r = 0; r < 500; r++) {
		const unsigned h = (r * 2654435761U) >> 8;
		const unsigned doctor = h / 13 % DOCTORS;
		char born[16];
		char family[24];

		write_family(family, h);
		(void)snprintf(born, sizeof(born), "%u-%02u-%02u",
			       1925 + h % 90, 1 + h % 12, 1 + h % 28);
		put(t, r, 0, family);
		put(t, r, 1, h % 2 == 0 ? men[h / 3 % 5] : women[h / 3 % 5]);
		put(t, r, 2, born);
		put(t, r, 3, towns[h / 11 % COUNT_OF(towns)].code);
		write_rpps(rpps, doctor);
		put(t, r, RPPS, rpps);
		put(t, r, DOCTOR, families[COUNT_OF(families) - 1 - doctor]);
		put(t, r, FIRST,
		    doctor % 2 == 0 ? men[doctor % 5] : women[doctor % 5]);
		put(t, r, OFFICE, towns[doctor % COUNT_OF(towns)].code);
	}
	type_it(t);
	need_kind(t, RPPS, KIND_FR_RPPS);
	need_kind(t, DOCTOR, KIND_NAME_FAMILY);
	need_kind(t, FIRST, KIND_NAME_GIVEN);
	need_kind(t, OFFICE, KIND_ADDRESS_POSTCODE);
	for (uint32_t c = 0; c < COLS; c++)
		assert_int_equal(t->types[c].role,
				 c < RPPS ? ROLE_PATIENT : ROLE_PROFESSIONAL);
	assert_int_equal(t->types[2].date_order, DATE_YMD);
	table_free(t);
}

static void
the_holder_names_itself_and_the_insurer_does_not(void **state)
{
	static const char *const names[] = {"FINESS_LABO", "LABORATOIRE",
					    "CAISSE", "SIRET_MUTUELLE"};
	static const char *const labs[][2] = {
		{"750803447", "Laboratoire du Port"},
		{"060021920", "Laboratoire des Pins"},
		{"920008059", "Biologie du Menhir"},
	};
	struct table *t = table_new(4);

	(void)state;
	set_header(t, names);
	for (uint32_t r = 0; r < 60; r++) {
		put(t, r, 0, labs[r % 3][0]);
		put(t, r, 1, labs[r % 3][1]);
		put(t, r, 2, r % 2 == 0 ? "CPAM DU NORD" : "CPAM DU SUD");
		put(t, r, 3, "73282932000074");
	}
	type_it(t);
	need_kind(t, 0, KIND_FR_FINESS);
	need_kind(t, 1, KIND_ORGANISATION_NAME);
	need_kind(t, 2, KIND_ORGANISATION_NAME);
	need_kind(t, 3, KIND_FR_SIRET);
	for (uint32_t c = 0; c < 4; c++) {
		const bool holder = (t->types[c].flags & COLUMN_HOLDER) != 0;

		assert_int_equal(holder, c < 2);
		assert_int_equal(t->types[c].role,
				 c < 2 ? ROLE_ORGANISATION : ROLE_NONE);
	}
	table_free(t);
}

static void
what_the_header_says_is_held_to_the_values(void **state)
{
	static const char *const names[PATIENT_COLS] = {
		"NOM",          "PRENOM", "DATE_PRELEVEMENT",
		"TEL_DOMICILE", "NUMSS",  "CP",
		"VILLE",        "DDN",    "NIR_ASSURE"};
	struct table *t = patients(200);

	(void)state;
	set_header(t, names);
	type_it(t);
	need_kind(t, FAMILY, KIND_NAME_FAMILY);
	need_kind(t, NIR, KIND_FR_NIR);
	/* The header lies: these are the birth dates, they agree with the NIR.
	 */
	need_kind(t, BORN, KIND_BIRTH_DATE);
	/* No phones, and no numbers of the insured. */
	assert_int_not_equal(t->types[SEX].kind, KIND_PHONE);
	need_kind(t, DOSSIER, KIND_NONE);
	table_free(t);
}

static const struct {
	const char *header;
	enum kind_id kind;
	enum role role;
	const char *name; /* what may be printed; NULL: the column's number */
} headers[] = {
	{"Nom de naissance", KIND_NAME_BIRTH, ROLE_PATIENT, "Nom de naissance"},
	{"nomNaissance", KIND_NAME_BIRTH, ROLE_PATIENT, "nomNaissance"},
	{"NOM_NAISSANCE", KIND_NAME_BIRTH, ROLE_PATIENT, "NOM_NAISSANCE"},
	{"PAT_NOM_USUEL", KIND_NAME_FAMILY, ROLE_PATIENT, "PAT_NOM_USUEL"},
	{"T_PATIENT.PRENOM", KIND_NAME_GIVEN, ROLE_PATIENT, NULL},
	{"Né(e) le", KIND_BIRTH_DATE, ROLE_PATIENT, "Né(e) le"},
	{"DDN", KIND_BIRTH_DATE, ROLE_PATIENT, "DDN"},
	{"dob", KIND_BIRTH_DATE, ROLE_PATIENT, "dob"},
	{"N° Sécurité sociale", KIND_FR_NIR, ROLE_PATIENT,
	 "N° Sécurité sociale"},
	{"NUMSS", KIND_FR_NIR, ROLE_PATIENT, "NUMSS"},
	{"Sexe (M/F)", KIND_SEX, ROLE_PATIENT, "Sexe (M/F)"},
	{"CP", KIND_ADDRESS_POSTCODE, ROLE_PATIENT, "CP"},
	{"LOC", KIND_ADDRESS_CITY, ROLE_PATIENT, "LOC"},
	{"TELDOM", KIND_PHONE, ROLE_PATIENT, "TELDOM"},
	{"Adresse e-mail", KIND_EMAIL, ROLE_PATIENT, "Adresse e-mail"},
	{"NOMASS", KIND_NAME_FAMILY, ROLE_INSURED, "NOMASS"},
	{"Prénom de l'assuré", KIND_NAME_GIVEN, ROLE_INSURED,
	 "Prénom de l'assuré"},
	{"NOM_FAMILLE", KIND_NAME_FAMILY, ROLE_PATIENT, "NOM_FAMILLE"},
	{"Téléphone du médecin", KIND_PHONE, ROLE_PROFESSIONAL,
	 "Téléphone du médecin"},
	{"Prénom du père", KIND_NAME_GIVEN, ROLE_NONE, "Prénom du père"},
	{"Telefon", KIND_PHONE, ROLE_PATIENT, NULL},
	{"NOM_MEDECIN_TRAITANT", KIND_NAME_FAMILY, ROLE_PROFESSIONAL,
	 "NOM_MEDECIN_TRAITANT"},
	{"CPMED", KIND_ADDRESS_POSTCODE, ROLE_PROFESSIONAL, NULL},
	{"RPPPRE", KIND_FR_RPPS, ROLE_PROFESSIONAL, NULL},
	{"FINESS_LABO", KIND_FR_FINESS, ROLE_ORGANISATION, "FINESS_LABO"},
	{"Groupe sanguin", KIND_BLOOD_GROUP, ROLE_PATIENT, "Groupe sanguin"},
	/* Something else, although a word of a kind stands there. */
	{"DATE_PRELEVEMENT", KIND_NONE, ROLE_NONE, "DATE_PRELEVEMENT"},
	{"patient_id", KIND_NONE, ROLE_NONE, "patient_id"},
	{"code_postal_naissance", KIND_NONE, ROLE_NONE,
	 "code_postal_naissance"},
	{"Nom commercial", KIND_NONE, ROLE_NONE, "Nom commercial"},
	{"Lieu de naissance", KIND_NONE, ROLE_NONE, "Lieu de naissance"},
	{"Commune de naissance", KIND_NONE, ROLE_NONE, "Commune de naissance"},
	{"Code commune", KIND_NONE, ROLE_NONE, "Code commune"},
	{"NOM_ANALYSE", KIND_NONE, ROLE_NONE, "NOM_ANALYSE"},
	{"Nombre de tubes", KIND_NONE, ROLE_NONE, "Nombre de tubes"},
	{"TYPE_TELEPHONE", KIND_NONE, ROLE_NONE, "TYPE_TELEPHONE"},
	{"Adresse IP", KIND_NONE, ROLE_NONE, "Adresse IP"},
	/* Not a word of ours: it may be data. */
	{"KERVELLA", KIND_NONE, ROLE_NONE, NULL},
	{"Dupont", KIND_NONE, ROLE_NONE, NULL},
	{"nom kervella", KIND_NAME_FAMILY, ROLE_PATIENT, NULL},
	/* Short forms glued together are understood but not printed. */
	{"MARTEL", KIND_PHONE, ROLE_PATIENT, NULL},
	{"0612345678", KIND_NONE, ROLE_NONE, NULL},
	{"C01", KIND_NONE, ROLE_NONE, NULL},
	{"12", KIND_NONE, ROLE_NONE, NULL},
	{"M", KIND_NONE, ROLE_NONE, NULL},
	{"", KIND_NONE, ROLE_NONE, NULL},
	{"nom \"x\"", KIND_NAME_FAMILY, ROLE_PATIENT, NULL},
};

static void
headers_are_understood_word_by_word(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(headers); i++) {
		struct column_type t = {.index = 6};
		const bool says =
			column_header(span_str(headers[i].header), &t);
		const char *name =
			headers[i].name != NULL ? headers[i].name : "column 7";

		if (t.kind != headers[i].kind)
			fail_msg("%s: kind %d", headers[i].header, t.kind);
		if (t.kind != KIND_NONE && t.role != headers[i].role)
			fail_msg("%s: role %d", headers[i].header, t.role);
		if (strcmp(t.name, name) != 0)
			fail_msg("%s: name %s", headers[i].header, t.name);
		assert_int_equal(says, t.kind != KIND_NONE);
	}
}

static void
nothing_of_a_row_taken_for_a_header_is_printed(void **state)
{
	static const char *const first[PATIENT_COLS] = {
		"ROLE",  "JEAN",   "13/02/1996", "1", "295109912611193",
		"56000", "VANNES", "13/02/2016", "12"};
	struct table *t = patients(50);

	(void)state;
	set_header(t, first);
	type_it(t);
	for (uint32_t c = 0; c < PATIENT_COLS; c++) {
		char want[16];

		(void)snprintf(want, sizeof(want), "column %u",
			       (unsigned)c + 1);
		assert_string_equal(t->types[c].name, want);
	}
	/* And none of it misleads. */
	need_kind(t, GIVEN, KIND_NAME_GIVEN);
	need_kind(t, NIR, KIND_FR_NIR);
	table_free(t);
}

static void
free_text_is_told_from_names(void **state)
{
	static const char *const texts[] = {
		"rappeler le patient demain matin",
		"prélèvement difficile au bras gauche",
		"le patient viendra chercher ses résultats",
		"ordonnance à apporter la prochaine fois",
		"veut être prévenu par la secrétaire",
	};
	static const char *const notes[] = {
		"patiente enceinte de trois mois",
		"suivi pour un diabète de type 2",
		"sérologie VIH demandée par le médecin",
		"sous méthadone depuis deux ans",
		"hypothyroïdie traitée par levothyrox",
	};
	struct table *t = table_new(2);
	char text[120];

	(void)state;
	for (uint32_t r = 0; r < 60; r++) {
		(void)snprintf(text, sizeof(text), "%s (%u)", texts[r % 5], r);
		put(t, r, 0, text);
		(void)snprintf(text, sizeof(text), "%s, %u", notes[r % 5], r);
		put(t, r, 1, text);
	}
	type_it(t);
	need_kind(t, 0, KIND_NONE);
	assert_true(t->types[0].flags & COLUMN_FREE_TEXT);
	need_kind(t, 1, KIND_HEALTH_NOTE);
	table_free(t);
}

static void
lost_zeros_are_repaired_in_a_column_that_shows_them(void **state)
{
	static const char *const names[] = {"CODE POSTAL"};
	struct table *t = table_new(1);

	(void)state;
	set_header(t, names);
	for (uint32_t r = 0; r < 40; r++)
		put(t, r, 0, r % 8 == 0 ? "1000" : "56000");
	type_it(t);
	need_kind(t, 0, KIND_ADDRESS_POSTCODE);
	assert_true(t->types[0].flags & COLUMN_POSTCODE_REPAIR);
	table_free(t);
}

static void
a_table_without_rows_is_typed_by_its_header(void **state)
{
	static const char *const names[] = {"NOM", "DATE_NAISSANCE", "C3"};
	struct table *t = table_new(3);

	(void)state;
	set_header(t, names);
	type_it(t);
	need_kind(t, 0, KIND_NAME_FAMILY);
	need_kind(t, 1, KIND_BIRTH_DATE);
	need_kind(t, 2, KIND_NONE);
	table_free(t);
}

static void
too_little_memory_is_said_and_leaves_plain_columns(void **state)
{
	struct table *t = patients(10);
	struct arena *a = arena_new(4096);
	const struct column_input in = {.cols = PATIENT_COLS};

	(void)state;
	assert_int_equal(column_type(&in, a, t->types), RC_LIMIT);
	for (uint32_t c = 0; c < PATIENT_COLS; c++)
		assert_int_equal(t->types[c].kind, KIND_NONE);
	assert_string_equal(t->types[0].name, "column 1");
	arena_free(a);
	table_free(t);
}

static void
the_reason_is_said_with_its_numbers(void **state)
{
	struct column_type t = {
		.kind = KIND_BIRTH_DATE,
		.header_strength = 3,
		.why = COLUMN_BY_HEADER | COLUMN_BY_VALUES | COLUMN_BY_BIRTH,
		.agrees_with = 11,
		.tested = 1500,
		.valid = 1480,
		.agreed = 1402,
		.compared = 1431,
	};
	char why[COLUMN_WHY_MAX];

	(void)state;
	(void)column_why(&t, why, sizeof(why), false);
	assert_string_equal(why, "the header says so; the form fits in 1,480 "
				 "of 1,500 values; year and month agree with "
				 "column 11 in 1,402 of 1,431 rows");
	(void)column_why(&t, why, sizeof(why), true);
	assert_non_null(strstr(why, "1 402 sur 1 431 lignes"));
	t = (struct column_type){0};
	(void)column_why(&t, why, sizeof(why), false);
	assert_string_equal(why, "nothing points to personal data");
	/* Cut, but ended. */
	assert_int_equal(column_why(&t, why, 8, false), 7);
	assert_string_equal(why, "nothing");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_without_header_is_typed_by_its_values),
		cmocka_unit_test(the_order_of_columns_does_not_matter),
		cmocka_unit_test(a_constant_or_an_empty_column_proves_nothing),
		cmocka_unit_test(
			numbers_that_pass_a_check_by_chance_are_not_of_the_kind),
		cmocka_unit_test(what_a_doctors_number_tells_is_the_doctors),
		cmocka_unit_test(
			the_holder_names_itself_and_the_insurer_does_not),
		cmocka_unit_test(what_the_header_says_is_held_to_the_values),
		cmocka_unit_test(headers_are_understood_word_by_word),
		cmocka_unit_test(
			nothing_of_a_row_taken_for_a_header_is_printed),
		cmocka_unit_test(free_text_is_told_from_names),
		cmocka_unit_test(
			lost_zeros_are_repaired_in_a_column_that_shows_them),
		cmocka_unit_test(a_table_without_rows_is_typed_by_its_header),
		cmocka_unit_test(
			too_little_memory_is_said_and_leaves_plain_columns),
		cmocka_unit_test(the_reason_is_said_with_its_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
