#include "detect/nir/nir.h"

#include "base/fold.h"

#include <string.h>

/* Where the fields start in the compact form. */
enum { SEX = 0, YEAR = 1, MONTH = 3, PLACE = 5, ORDER = 10, KEY = 13 };

/* The characters without separators, at most NIR_LONG; 0: something else. */
static size_t
compact(struct span text, uint8_t out[static NIR_LONG])
{
	uint8_t folded[2 * NIR_TEXT_MAX];

	if (text.n < NIR_BODY || text.n > NIR_TEXT_MAX)
		return 0;
	if (!span_is_ascii(text))
		text = (struct span){
			folded, fold_letters(text, folded, sizeof(folded))};
	text = span_trim(text);
	if (text.n == 0 || !is_digit(text.p[0]) ||
	    !is_digit(text.p[text.n - 1]))
		return 0;
	const size_t n = squeeze(text, " .-\t/", out, NIR_LONG);
	return n == NIR_BODY || n == NIR_LONG ? n : 0;
}

/* 1-12; 20-42 and 50-99 are given out when the civil status is incomplete. */
static bool
month_is_issued(uint64_t m)
{
	return (m >= 1 && m <= 12) || (m >= 20 && m <= 42) || m >= 50;
}

/* Read the department at ${c} into ${ret}, and leave digits in its place: the
 * key counts 2A as 19 and 2B as 18. */
static bool
read_department(uint8_t c[static 3], uint8_t ret[static 4])
{
	ret[0] = c[0];
	ret[1] = c[1];
	ret[2] = ret[3] = 0;
	const uint8_t letter = c[1] & 0xDF;

	if (c[0] == '2' && (letter == 'A' || letter == 'B')) {
		ret[1] = letter;
		c[0] = '1';
		c[1] = letter == 'A' ? '9' : '8';
		return true;
	}
	if (c[0] == '9' && (c[1] == '7' || c[1] == '8'))
		ret[2] = c[2];
	return !(c[0] == '0' && c[1] == '0');
}

enum kind_verdict
nir_parse(struct span text, struct nir *ret)
{
	uint8_t c[NIR_LONG];
	struct nir nir = {0};
	const size_t n = compact(text, c);

	if (n == 0 || !read_department(c + PLACE, nir.department) ||
	    !all_digits(c, n))
		return KIND_NO;
	const uint64_t month = number(c + MONTH, 2);

	if (c[SEX] == '0' || c[SEX] == '9' || !month_is_issued(month) ||
	    number(c + ORDER, 3) == 0)
		return KIND_NO;
	nir.body = number(c, NIR_BODY);
	nir.sex = (c[SEX] - '0') % 2 == 1 ? 1 : 2;
	nir.provisional = c[SEX] > '2';
	nir.year = (uint8_t)number(c + YEAR, 2);
	nir.month = (uint8_t)month;
	nir.has_key = n == NIR_LONG;
	nir.key_ok = nir.has_key && number(c + KEY, 2) == 97 - nir.body % 97;
	*ret = nir;
	return nir.key_ok ? KIND_VALID : KIND_WEAK;
}

bool
nir_is_damaged(struct span text)
{
	text = span_trim(text);
	if (text.n < 6 || text.n > NIR_TEXT_MAX || text.p[0] < '1' ||
	    text.p[0] > '8' || !byte_in(text.p[1], ",."))
		return false;
	size_t i = 2;

	while (i < text.n && is_digit(text.p[i]))
		i++;
	const size_t decimals = i - 2;

	if (decimals == 0 || decimals > NIR_LONG - 1)
		return false;
	if (decimals >= 4 && !month_is_issued(number(text.p + 2 + 2, 2)))
		return false;
	if (i == text.n || !byte_in(text.p[i++], "Ee"))
		return false;
	if (i < text.n && text.p[i] == '+')
		i++;
	if (text.n - i == 3 && text.p[i] == '0')
		i++;
	/* The exponent of 15 digits, or of 13 when the key was left out. */
	return text.n - i == 2 && text.p[i] == '1' &&
	       (text.p[i + 1] == '4' || text.p[i + 1] == '2');
}

static enum kind_verdict
test(struct span text, struct norm *ret_norm)
{
	struct nir nir;
	const enum kind_verdict v = nir_parse(text, &nir);

	if (v == KIND_NO)
		return KIND_NO;
	number_write(nir.body, NIR_BODY, ret_norm->p);
	memcpy(ret_norm->p + PLACE, nir.department, 2);
	ret_norm->n = NIR_BODY;
	return v;
}

static const struct kind_header headers[] = {
	{"NIR", 3},
	{"NIR PATIENT", 3},
	{"NIR ASSURE", 3},
	{"NIR BENEFICIAIRE", 3},
	{"NIR OUVRANT DROIT", 3},
	{"NIR OD", 3},
	{"NO NIR", 3},
	{"N NIR", 3},
	{"NUM NIR", 3},
	{"NUMNIR", 3},
	{"CODE NIR", 3},
	{"NUMERO NIR", 3},
	{"NIR CLE", 3},
	{"NIR AVEC CLE", 3},
	{"NIR SANS CLE", 3},
	{"NIR INS", 3},
	{"INS NIR", 3},
	{"INS", 2},
	{"INSI", 2},
	{"INS NIA", 3},
	{"NIA", 2},
	{"MATRICULE INS", 3},
	{"IDENTITE INS", 2},
	{"NSS", 3},
	{"NO SS", 3},
	{"N SS", 3},
	{"NUM SS", 3},
	{"NUMSS", 3},
	{"NUMERO SS", 3},
	{"NUMEROSS", 3},
	{"NO SECU", 3},
	{"N SECU", 3},
	{"NSECU", 3},
	{"NUM SECU", 3},
	{"NUMSECU", 3},
	{"NUMERO SECU", 3},
	{"NUMERO DE SECU", 3},
	{"NUMEROSECU", 3},
	{"SECU", 3},
	{"SECU SOCIALE", 3},
	{"SECURITE SOCIALE", 3},
	{"SECURITESOCIALE", 3},
	{"NO SECURITE SOCIALE", 3},
	{"NO DE SECURITE SOCIALE", 3},
	{"N SECURITE SOCIALE", 3},
	{"N DE SECURITE SOCIALE", 3},
	{"NUM SECURITE SOCIALE", 3},
	{"NUM SECU SOCIALE", 3},
	{"NUMERO SECURITE SOCIALE", 3},
	{"NUMERO DE SECURITE SOCIALE", 3},
	{"NUMERO SECURITE SOCIALE PATIENT", 3},
	{"NUMERO SECURITE SOCIALE ASSURE", 3},
	{"NUMEROSECURITESOCIALE", 3},
	{"NUMSECUSOC", 3},
	{"NUMSECSOC", 3},
	{"NOSECU", 3},
	{"NOSS", 3},
	{"NO SEC SOC", 3},
	{"N SEC SOC", 3},
	{"NSECSOC", 3},
	{"IMMATRICULATION", 1},
	{"NO IMMATRICULATION", 1},
	{"N IMMATRICULATION", 1},
	{"NUM IMMATRICULATION", 1},
	{"NUMERO IMMATRICULATION", 1},
	{"NO ASSURE", 2},
	{"N ASSURE", 2},
	{"NUM ASSURE", 2},
	{"NUMASSURE", 2},
	{"NUMERO ASSURE", 2},
	{"NUMERO ASSURE SOCIAL", 3},
	{"NO ASSURE SOCIAL", 3},
	{"MATRICULE ASSURE", 2},
	{"MATRICULE", 1},
	{"ASSURE SOCIAL", 2},
	{"SOCIAL SECURITY NUMBER", 2},
	{"SOCIAL SECURITY NO", 2},
	{"SOCIAL SECURITY", 2},
	{"SSN", 2},
	{"NATIONAL ID", 1},
	{"BEN NIR", 3},
	{"BEN NIR ANO", 1},
	{NULL, 0},
};

static const char *const context[] = {
	"NIR",
	"INS",
	"NSS",
	"N SS",
	"NO SS",
	"SECU",
	"SECURITE SOCIALE",
	"NUMERO SS",
	"NUM SS",
	"NUMSS",
	"IMMATRICULATION",
	"IMMATRICULEE",
	"IMMATRICULE",
	"ASSURE",
	"ASSUREE",
	"ASSURE SOCIAL",
	"MATRICULE",
	"SOCIAL SECURITY",
	"SSN",
	NULL,
};

const struct kind kind_fr_nir = {
	.id = KIND_FR_NIR,
	.name = "fr.nir",
	.country = "FR",
	.title_en = "social-security number",
	.title_fr = "numéro de sécurité sociale",
	.accepts = "15 characters, or 13 without the key (weak), with blanks, "
		   "dots or dashes; 2A and 2B for Corsica",
	.check = "97 - (13 digits mod 97)",
	.source = "INSEE RNIPP; décret n° 82-103 du 22 janvier 1982",
	.one_in = 144,
	.shape = SHAPE_DIGITS,
	.min = NIR_BODY,
	.max = NIR_LONG,
	.identifies = true,
	.headers = headers,
	.context = context,
	.test = test,
};
