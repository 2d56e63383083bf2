#include "detect/finess/finess.h"

#include "base/fold.h"
#include "base/luhn.h"

#include <string.h>

enum kind_verdict
finess_parse(struct span text, struct finess *ret)
{
	uint8_t folded[2 * FINESS_TEXT_MAX];
	uint8_t c[FINESS_CHARS];

	if (text.n < FINESS_CHARS || text.n > FINESS_TEXT_MAX)
		return KIND_NO;
	if (!span_is_ascii(text))
		text = (struct span){
			folded, fold_letters(text, folded, sizeof(folded))};
	if (squeeze(span_trim(text), " .\t", c, FINESS_CHARS) != FINESS_CHARS)
		return KIND_NO;

	const uint8_t letter = c[1] & 0xDF;

	if (c[0] == '2' && (letter == 'A' || letter == 'B')) {
		if (!all_digits(c + 2, FINESS_CHARS - 2))
			return KIND_NO;
		c[1] = letter;
		memcpy(ret->code, c, FINESS_CHARS);
		ret->checked = false;
		return KIND_WEAK;
	}
	if (!all_digits(c, FINESS_CHARS) || !luhn_is_valid(c, FINESS_CHARS))
		return KIND_NO;
	const uint64_t department = number(c, 2);

	if (department == 0 || department == 96 || department == 99)
		return KIND_NO;
	memcpy(ret->code, c, FINESS_CHARS);
	ret->checked = true;
	return KIND_VALID;
}

static enum kind_verdict
test(struct span text, struct norm *ret_norm)
{
	struct finess finess;
	const enum kind_verdict v = finess_parse(text, &finess);

	if (v == KIND_NO)
		return KIND_NO;
	memcpy(ret_norm->p, finess.code, FINESS_CHARS);
	ret_norm->n = FINESS_CHARS;
	return v;
}

static const struct kind_header headers[] = {
	{"FINESS", 3},
	{"NO FINESS", 3},
	{"N FINESS", 3},
	{"NUM FINESS", 3},
	{"NUMFINESS", 3},
	{"NUMERO FINESS", 3},
	{"NUMEROFINESS", 3},
	{"NOFINESS", 3},
	{"NOFINESSET", 3},
	{"NOFINESSEJ", 3},
	{"CODE FINESS", 3},
	{"ID FINESS", 3},
	{"FINESS ET", 3},
	{"FINESS EJ", 3},
	{"FINESS GEO", 3},
	{"FINESS GEOGRAPHIQUE", 3},
	{"FINESS JURIDIQUE", 3},
	{"FINESS SITE", 3},
	{"FINESS LABO", 3},
	{"FINESS LABORATOIRE", 3},
	{"FINESS ETABLISSEMENT", 3},
	{"FINESS ETAB", 3},
	{"FINESS PRELEVEUR", 3},
	{"LABO FINESS", 3},
	{"ETAB FINESS", 3},
	{"ETABLISSEMENT FINESS", 3},
	{"IDENTIFIANT FINESS", 3},
	{"NO ETABLISSEMENT", 1},
	{"CODE ETABLISSEMENT", 1},
	{"NUM ETABLISSEMENT", 1},
	{"CODE LABO", 1},
	{"NO LABO", 1},
	{NULL, 0},
};

static const char *const context[] = {
	"FINESS",  "ETABLISSEMENT", "LABORATOIRE",        "LABO",
	"HOPITAL", "CLINIQUE",      "CENTRE HOSPITALIER", NULL,
};

const struct kind kind_fr_finess = {
	.id = KIND_FR_FINESS,
	.name = "fr.finess",
	.country = "FR",
	.title_en = "health facility's number (FINESS)",
	.title_fr = "numéro FINESS d'établissement de santé",
	.accepts = "9 characters, a department in front; 2A and 2B (Corsica) "
		   "are weak",
	.check = "Luhn over 9 digits; none for Corsica",
	.source = "Arrêté du 13 novembre 2013 (FINESS); ISO/IEC 7812-1",
	.one_in = 10,
	.shape = SHAPE_DIGITS,
	.min = FINESS_CHARS,
	.max = FINESS_CHARS,
	.identifies = false,
	.headers = headers,
	.context = context,
	.test = test,
};
