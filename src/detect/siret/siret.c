#include "detect/siret/siret.h"

#include "base/fold.h"
#include "base/luhn.h"

#include <string.h>

enum { LA_POSTE = 356000000, LA_POSTE_SEAT = 48 };

static bool
five_divides_sum(const uint8_t *p, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (unsigned)(p[i] - '0');
	return sum % 5 == 0;
}

/* The ${n} digits of ${text} without separators; false: not so many. */
static bool
compact(struct span text, size_t n, uint8_t *out)
{
	uint8_t folded[2 * SIRET_TEXT_MAX];

	if (text.n < n || text.n > SIRET_TEXT_MAX)
		return false;
	if (!span_is_ascii(text))
		text = (struct span){
			folded, fold_letters(text, folded, sizeof(folded))};
	return squeeze(span_trim(text), " .\t", out, n) == n &&
	       all_digits(out, n);
}

enum kind_verdict
siren_parse(struct span text, struct siret *ret)
{
	uint8_t c[SIREN_DIGITS];

	if (!compact(text, SIREN_DIGITS, c) || !luhn_is_valid(c, SIREN_DIGITS))
		return KIND_NO;
	const uint64_t siren = number(c, SIREN_DIGITS);

	if (siren == 0)
		return KIND_NO;
	*ret = (struct siret){siren, 0};
	return KIND_VALID;
}

enum kind_verdict
siret_parse(struct span text, struct siret *ret)
{
	uint8_t c[SIRET_DIGITS];

	if (!compact(text, SIRET_DIGITS, c) || !luhn_is_valid(c, SIREN_DIGITS))
		return KIND_NO;
	const uint64_t siren = number(c, SIREN_DIGITS);
	const uint32_t nic =
		(uint32_t)number(c + SIREN_DIGITS, SIRET_DIGITS - SIREN_DIGITS);

	if (siren == 0)
		return KIND_NO;
	const bool ok = siren == LA_POSTE && nic != LA_POSTE_SEAT
				? five_divides_sum(c, SIRET_DIGITS)
				: luhn_is_valid(c, SIRET_DIGITS);

	if (!ok)
		return KIND_NO;
	*ret = (struct siret){siren, nic};
	return KIND_VALID;
}

static void
put_digits(uint64_t v, size_t n, uint8_t *out)
{
	for (size_t i = n; i-- > 0; v /= 10)
		out[i] = (uint8_t)('0' + v % 10);
}

static enum kind_verdict
test_siret(struct span text, struct norm *ret_norm)
{
	struct siret siret;

	if (siret_parse(text, &siret) == KIND_NO)
		return KIND_NO;
	put_digits(siret.siren, SIREN_DIGITS, ret_norm->p);
	put_digits(siret.nic, SIRET_DIGITS - SIREN_DIGITS,
		   ret_norm->p + SIREN_DIGITS);
	ret_norm->n = SIRET_DIGITS;
	return KIND_VALID;
}

static enum kind_verdict
test_siren(struct span text, struct norm *ret_norm)
{
	struct siret siret;

	if (siren_parse(text, &siret) == KIND_NO)
		return KIND_NO;
	put_digits(siret.siren, SIREN_DIGITS, ret_norm->p);
	ret_norm->n = SIREN_DIGITS;
	return KIND_VALID;
}

static const struct kind_header siret_headers[] = {
	{"SIRET", 3},
	{"NO SIRET", 3},
	{"N SIRET", 3},
	{"NUM SIRET", 3},
	{"NUMSIRET", 3},
	{"NUMERO SIRET", 3},
	{"NUMEROSIRET", 3},
	{"CODE SIRET", 3},
	{"SIRET LABO", 3},
	{"SIRET LABORATOIRE", 3},
	{"SIRET ETABLISSEMENT", 3},
	{"SIRET ETAB", 3},
	{"SIRET EMPLOYEUR", 3},
	{"SIRET SIEGE", 3},
	{"LABO SIRET", 3},
	{"IDENTIFIANT SIRET", 3},
	{NULL, 0},
};

static const struct kind_header siren_headers[] = {
	{"SIREN", 3},
	{"NO SIREN", 3},
	{"N SIREN", 3},
	{"NUM SIREN", 3},
	{"NUMSIREN", 3},
	{"NUMERO SIREN", 3},
	{"NUMEROSIREN", 3},
	{"CODE SIREN", 3},
	{"SIREN LABO", 3},
	{"SIREN ENTREPRISE", 3},
	{"SIREN ORGANISATION", 3},
	{"IDENTIFIANT SIREN", 3},
	{"RCS", 2},
	{"NO RCS", 2},
	{"N RCS", 2},
	{NULL, 0},
};

static const char *const siret_context[] = {
	"SIRET", "ETABLISSEMENT", "ENTREPRISE", "SOCIETE", NULL,
};

static const char *const siren_context[] = {
	"SIREN", "RCS", "R C S", "REGISTRE DU COMMERCE", NULL,
};

const struct kind kind_fr_siret = {
	.id = KIND_FR_SIRET,
	.name = "fr.siret",
	.country = "FR",
	.title_en = "company site's number (SIRET)",
	.title_fr = "numéro SIRET d'établissement",
	.accepts = "14 digits, with blanks or dots",
	.check = "Luhn over 14 digits and over the first 9; for La Poste 5 "
		 "divides the sum of digits",
	.source = "Code de commerce R123-221; INSEE SIRENE",
	.one_in = 100,
	.shape = SHAPE_DIGITS,
	.min = SIRET_DIGITS,
	.max = SIRET_DIGITS,
	.identifies = false,
	.headers = siret_headers,
	.context = siret_context,
	.test = test_siret,
};

const struct kind kind_fr_siren = {
	.id = KIND_FR_SIREN,
	.name = "fr.siren",
	.country = "FR",
	.title_en = "company's number (SIREN)",
	.title_fr = "numéro SIREN d'entreprise",
	.accepts = "9 digits, with blanks or dots",
	.check = "Luhn over 9 digits",
	.source = "Code de commerce R123-221; INSEE SIRENE",
	.one_in = 10,
	.shape = SHAPE_DIGITS,
	.min = SIREN_DIGITS,
	.max = SIREN_DIGITS,
	.identifies = false,
	.headers = siren_headers,
	.context = siren_context,
	.test = test_siren,
};
