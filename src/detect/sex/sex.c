#include "detect/sex/sex.h"

#include "base/fold.h"

#include <string.h>

/** A folded word and what it says. */
struct word {
	const char *word;
	uint8_t sex;
};

static const struct word sexes[] = {
	{"MASCULIN", SEX_MALE},
	{"FEMININ", SEX_FEMALE},
	{"HOMME", SEX_MALE},
	{"FEMME", SEX_FEMALE},
	{"MALE", SEX_MALE},
	{"FEMALE", SEX_FEMALE},
	{"MASC", SEX_MALE},
	{"FEM", SEX_FEMALE},
	{"GARCON", SEX_MALE},
	{"FILLE", SEX_FEMALE},
	{"HOM", SEX_MALE},
	{"FEMELLE", SEX_FEMALE},
	{"MAS", SEX_MALE},
	{"MASCULINE", SEX_MALE},
	{"FEMININE", SEX_FEMALE},
	{"MAN", SEX_MALE},
	{"WOMAN", SEX_FEMALE},
	{"BOY", SEX_MALE},
	{"GIRL", SEX_FEMALE},
	{"MANNLICH", SEX_MALE},
	{"WEIBLICH", SEX_FEMALE},
	{"MAENNLICH", SEX_MALE},
	{"MASCULINO", SEX_MALE},
	{"FEMENINO", SEX_FEMALE},
	{"HOMBRE", SEX_MALE},
	{"MUJER", SEX_FEMALE},
	{"VARON", SEX_MALE},
	{"MASCHIO", SEX_MALE},
	{"FEMMINA", SEX_FEMALE},
	{"MASCHILE", SEX_MALE},
	{"FEMMINILE", SEX_FEMALE},
	{"MANNELIJK", SEX_MALE},
	{"VROUW", SEX_FEMALE},
	{"VROUWELIJK", SEX_FEMALE},
	{"FEMININO", SEX_FEMALE},
	{"MASCULIN M", SEX_MALE},
	{"FEMININ F", SEX_FEMALE},
	{"M MASCULIN", SEX_MALE},
	{"F FEMININ", SEX_FEMALE},
	{"1 MASCULIN", SEX_MALE},
	{"2 FEMININ", SEX_FEMALE},
	{"1 HOMME", SEX_MALE},
	{"2 FEMME", SEX_FEMALE},
	{"INCONNU", SEX_UNKNOWN},
	{"UNKNOWN", SEX_UNKNOWN},
	{"INDETERMINE", SEX_UNKNOWN},
	{"OTHER", SEX_UNKNOWN},
	{"AUTRE", SEX_UNKNOWN},
	{"NON PRECISE", SEX_UNKNOWN},
	{"UNBEKANNT", SEX_UNKNOWN},
	{"DIVERS", SEX_UNKNOWN},
	{"INDET", SEX_UNKNOWN},
	{"AMBIGUOUS", SEX_UNKNOWN},
	{"NC", SEX_UNKNOWN},
	{"NR", SEX_UNKNOWN},
};

static const struct word titles[] = {
	{"M", SEX_MALE},         {"MR", SEX_MALE},
	{"MONSIEUR", SEX_MALE},  {"MME", SEX_FEMALE},
	{"MADAME", SEX_FEMALE},  {"MLLE", SEX_FEMALE},
	{"MELLE", SEX_FEMALE},   {"MADEMOISELLE", SEX_FEMALE},
	{"MRS", SEX_FEMALE},     {"MS", SEX_FEMALE},
	{"MISS", SEX_FEMALE},    {"SIR", SEX_MALE},
	{"MISTER", SEX_MALE},    {"HERR", SEX_MALE},
	{"FRAU", SEX_FEMALE},    {"SR", SEX_MALE},
	{"SRA", SEX_FEMALE},     {"SENOR", SEX_MALE},
	{"SENORA", SEX_FEMALE},  {"SIG", SEX_MALE},
	{"SIGRA", SEX_FEMALE},   {"SIGNOR", SEX_MALE},
	{"SIGNORA", SEX_FEMALE}, {"MON", SEX_MALE},
	{"MAD", SEX_FEMALE},     {"MEL", SEX_FEMALE},
	{"MSIEUR", SEX_MALE},    {"MNE", SEX_FEMALE},
	{"MLE", SEX_FEMALE},     {"DHR", SEX_MALE},
	{"MEVR", SEX_FEMALE},    {"MMES", SEX_FEMALE},
};

static bool
look_up(const struct word *words, size_t n, struct span text, uint8_t *ret_sex)
{
	for (size_t i = 0; i < n; i++) {
		if (words[i].word[0] == (char)text.p[0] &&
		    strlen(words[i].word) == text.n &&
		    memcmp(words[i].word, text.p, text.n) == 0) {
			*ret_sex = words[i].sex;
			return true;
		}
	}
	return false;
}

/* One character, as most exports have it. */
static enum kind_verdict
letter(uint8_t b, uint8_t *ret_sex)
{
	switch (b) {
	case 'M':
	case 'm':
	case 'H':
	case 'h':
	case '1':
		*ret_sex = SEX_MALE;
		return KIND_VALID;
	case 'F':
	case 'f':
	case '2':
	case 'W':
	case 'w':
		*ret_sex = SEX_FEMALE;
		return KIND_VALID;
	case 'U':
	case 'u':
	case 'I':
	case 'i':
	case 'X':
	case 'x':
	case 'O':
	case 'N':
	case 'A':
	case '0':
	case '3':
	case '9':
	case '?':
		*ret_sex = SEX_UNKNOWN;
		return KIND_WEAK;
	default:
		return KIND_NO;
	}
}

enum kind_verdict
sex_parse(struct span text, uint8_t *ret_sex)
{
	uint8_t folded[2 * SEX_TEXT_MAX];

	if (text.n == 1)
		return letter(text.p[0], ret_sex);
	if (text.n == 0 || text.n > SEX_TEXT_MAX)
		return KIND_NO;
	/* Most columns that are tried are numbers and dates. */
	if (text.n > 3 && is_digit(text.p[0]) && is_digit(text.p[1]))
		return KIND_NO;
	const struct span word = {folded,
				  fold_words(text, folded, sizeof(folded))};

	if (word.n == 0)
		return KIND_NO;
	if (word.n == 1)
		return letter(word.p[0], ret_sex);
	/* "01", "02" of a column of two digits; "1.0" of a spreadsheet. */
	if (word.n == 2 && word.p[0] == '0' && byte_in(word.p[1], "12"))
		return letter(word.p[1], ret_sex);
	if (word.n == 3 && word.p[1] == ' ' && word.p[2] == '0' &&
	    byte_in(word.p[0], "12"))
		return letter(word.p[0], ret_sex);
	if (look_up(sexes, COUNT_OF(sexes), word, ret_sex))
		return *ret_sex == SEX_UNKNOWN ? KIND_WEAK : KIND_VALID;
	return look_up(titles, COUNT_OF(titles), word, ret_sex) ? KIND_WEAK
								: KIND_NO;
}

enum sex
sex_of_title(struct span text)
{
	uint8_t folded[2 * SEX_TEXT_MAX];
	uint8_t sex = SEX_UNKNOWN;

	if (text.n == 0 || text.n > SEX_TEXT_MAX || is_digit(text.p[0]))
		return SEX_UNKNOWN;
	const struct span word = {folded,
				  fold_words(text, folded, sizeof(folded))};

	if (word.n > 0)
		(void)look_up(titles, COUNT_OF(titles), word, &sex);
	return (enum sex)sex;
}

static enum kind_verdict
test(struct span text, struct norm *ret_norm)
{
	static const uint8_t code[] = {'U', 'M', 'F'};
	uint8_t sex;
	const enum kind_verdict v = sex_parse(text, &sex);

	if (v == KIND_NO)
		return KIND_NO;
	ret_norm->p[0] = code[sex];
	ret_norm->n = 1;
	return v;
}

static const struct kind_header headers[] = {
	{"SEXE", 3},
	{"SEX", 3},
	{"GENRE", 2},
	{"GENDER", 3},
	{"CODE SEXE", 3},
	{"CODSEX", 3},
	{"CODSEXE", 3},
	{"SEXE M F", 3},
	{"SEXE H F", 3},
	{"SEXPAT", 3},
	{"SEXEPAT", 3},
	{"PATSEX", 3},
	{"PATSEXE", 3},
	{"PSEX", 3},
	{"SEXE PATIENT", 3},
	{"SEXE LEGAL", 3},
	{"SEXE ADMINISTRATIF", 3},
	{"ADMINISTRATIVE SEX", 3},
	{"ADMINISTRATIVE GENDER", 3},
	{"BIRTH SEX", 3},
	{"M F", 2},
	{"H F", 2},
	{"SX", 2},
	{"GESCHLECHT", 3},
	{"SEXO", 3},
	{"GENERO", 2},
	{"SESSO", 3},
	{"GENERE", 2},
	{"GESLACHT", 3},
	{NULL, 0},
};

static const char *const context[] = {
	"SEXE", "SEX", "GENRE", "GENDER", "GESCHLECHT", "SEXO", NULL,
};

const struct kind kind_sex = {
	.id = KIND_SEX,
	.name = "sex",
	.country = NULL,
	.title_en = "sex",
	.title_fr = "sexe",
	.accepts = "M or F, H or F, 1 or 2, or the word in French, English, "
		   "German, Spanish, Italian or Dutch",
	.check = "none: two values that a whole column shares",
	.source = "ISO/IEC 5218; HL7 v2 table 0001",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 1,
	.max = SEX_TEXT_MAX,
	.identifies = false,
	.headers = headers,
	.context = context,
	.test = test,
};
