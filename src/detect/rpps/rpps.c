#include "detect/rpps/rpps.h"

#include "base/fold.h"
#include "base/luhn.h"

#include <string.h>

enum kind_verdict
rpps_parse(struct span text, struct rpps *ret)
{
	enum { LONG = RPPS_DIGITS + 1 };
	uint8_t folded[2 * RPPS_TEXT_MAX];
	uint8_t c[LONG];

	if (text.n < RPPS_DIGITS || text.n > RPPS_TEXT_MAX)
		return KIND_NO;
	if (!span_is_ascii(text))
		text = (struct span){
			folded, fold_letters(text, folded, sizeof(folded))};
	const size_t n = squeeze(span_trim(text), " .\t", c, LONG);

	if ((n != RPPS_DIGITS && n != LONG) || !all_digits(c, n))
		return KIND_NO;
	/* 8 is the type "RPPS" of the national identifier PSIdNat. */
	if (n == LONG && c[0] != '8')
		return KIND_NO;
	const uint8_t *digits = c + (n - RPPS_DIGITS);

	if (number(digits, RPPS_DIGITS) == 0 ||
	    !luhn_is_valid(digits, RPPS_DIGITS))
		return KIND_NO;
	*ret = (struct rpps){number(digits, RPPS_DIGITS), n == LONG};
	return digits[0] == '1' ? KIND_VALID : KIND_WEAK;
}

static enum kind_verdict
test(struct span text, struct norm *ret_norm)
{
	struct rpps rpps;
	const enum kind_verdict v = rpps_parse(text, &rpps);

	if (v == KIND_NO)
		return KIND_NO;
	number_write(rpps.number, RPPS_DIGITS, ret_norm->p);
	ret_norm->n = RPPS_DIGITS;
	return v;
}

static const struct kind_header headers[] = {
	{"RPPS", 3},
	{"NO RPPS", 3},
	{"N RPPS", 3},
	{"NUM RPPS", 3},
	{"NUMRPPS", 3},
	{"NUMERO RPPS", 3},
	{"NUMERORPPS", 3},
	{"CODE RPPS", 3},
	{"ID RPPS", 3},
	{"IDRPPS", 3},
	{"IDENTIFIANT RPPS", 3},
	{"RPPS MEDECIN", 3},
	{"RPPS PRESCRIPTEUR", 3},
	{"RPPS PS", 3},
	{"RPPS MED", 3},
	{"RPPS PRES", 3},
	{"RPPS BIOLOGISTE", 3},
	{"MEDECIN RPPS", 3},
	{"PRESCRIPTEUR RPPS", 3},
	{"MED RPPS", 3},
	{"PSIDNAT", 3},
	{"ID NAT PS", 3},
	{"IDNPS", 3},
	{"IDENTIFIANT PP", 2},
	{"IDENTIFICATION NATIONALE PP", 3},
	{"NO MEDECIN", 1},
	{"NUM MEDECIN", 1},
	{"CODE MEDECIN", 1},
	{"CODE PRESCRIPTEUR", 1},
	{"NUM PRESCRIPTEUR", 1},
	{"NO PRESCRIPTEUR", 1},
	{"NUMERO PRESCRIPTEUR", 1},
	{NULL, 0},
};

static const char *const context[] = {
	"RPPS",
	"MEDECIN",
	"DOCTEUR",
	"DR",
	"PRESCRIPTEUR",
	"PRATICIEN",
	"PROFESSIONNEL DE SANTE",
	"BIOLOGISTE",
	"SAGE FEMME",
	"PHARMACIEN",
	"CHIRURGIEN",
	NULL,
};

const struct kind kind_fr_rpps = {
	.id = KIND_FR_RPPS,
	.name = "fr.rpps",
	.country = "FR",
	.title_en = "health professional's number (RPPS)",
	.title_fr = "numéro RPPS de professionnel de santé",
	.accepts = "11 digits starting with 1, alone or after the 8 of the "
		   "national identifier",
	.check = "Luhn over 11 digits",
	.source = "ANS, OID 1.2.250.1.71.4.2.1; ISO/IEC 7812-1",
	.one_in = 100,
	.shape = SHAPE_DIGITS,
	.min = RPPS_DIGITS,
	.max = RPPS_DIGITS + 1,
	.identifies = true,
	.headers = headers,
	.context = context,
	.test = test,
};
