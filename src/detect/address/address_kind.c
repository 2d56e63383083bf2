/* The kinds of an address: how much a text looks like one, and what announces
 * it. */
#include "base/fold.h"
#include "base/lexicon.h"
#include "detect/address/address_impl.h"

#include <string.h>

/* Words that stand in streets and hardly elsewhere. */
static const char street_words[][LEXICON_WORD] = {
	"ALLEE",      "APPARTEMENT", "AVENIDA",  "AVENUE",      "BATIMENT",
	"BOULEVARD",  "BOURG",       "BP",       "CALLE",       "CAMPING",
	"CARREFOUR",  "CHATEAU",     "CHAUSSEE", "CHEMIN",      "CHEZ",
	"CIRCUIT",    "CITE",        "CLOS",     "CLOSE",       "CORSO",
	"COURS",      "COURT",       "CRESCENT", "DOMAINE",     "DRIVE",
	"EHPAD",      "ENTREE",      "ESCALIER", "ESPLANADE",   "ETAGE",
	"FAUBOURG",   "FERME",       "GASSE",    "HAMEAU",      "HIGHWAY",
	"IMMEUBLE",   "IMPASSE",     "KER",      "LAAN",        "LANDE",
	"LANE",       "LD",          "LIEU",     "LOTISSEMENT", "MAISON",
	"MONTEE",     "MOULIN",      "PARADE",   "PARC",        "PARVIS",
	"PASSAGE",    "PIAZZA",      "PLACE",    "PLATZ",       "PLAZA",
	"PORTE",      "PROMENADE",   "QUAI",     "QUARTIER",    "RESIDENCE",
	"RESIDENCES", "ROAD",        "ROCADE",   "ROUTE",       "RUA",
	"RUE",        "RUELLE",      "SENTIER",  "SQUARE",      "STRAAT",
	"STRASSE",    "STREET",      "TERRACE",  "TRAVERSE",    "VENELLE",
	"VIA",        "VIALE",       "VILLA",    "VILLAGE",     "WEG",
	"ZA",         "ZAC",         "ZI",
};

const struct lexicon address_street_words = {
	.rows = street_words,
	.n = COUNT_OF(street_words),
	.stride = sizeof(street_words[0]),
	.lengths =
		{
			['A' - 'A'] = 0x08E0, ['B' - 'A'] = 0x0324,
			['C' - 'A'] = 0x03F0, ['D' - 'A'] = 0x00A0,
			['E' - 'A'] = 0x0360, ['F' - 'A'] = 0x0120,
			['G' - 'A'] = 0x0020, ['H' - 'A'] = 0x00C0,
			['I' - 'A'] = 0x0180, ['K' - 'A'] = 0x0008,
			['L' - 'A'] = 0x0834, ['M' - 'A'] = 0x0040,
			['P' - 'A'] = 0x02F0, ['Q' - 'A'] = 0x0110,
			['R' - 'A'] = 0x0678, ['S' - 'A'] = 0x00C0,
			['T' - 'A'] = 0x0180, ['V' - 'A'] = 0x00A8,
			['W' - 'A'] = 0x0008, ['Z' - 'A'] = 0x000C,
		},
	.first = {0,  4,  8,  23, 25, 30, 32, 33, 35, 37, 37, 38, 44, 47,
		  47, 47, 57, 59, 67, 72, 74, 74, 79, 80, 80, 80, 83},
};

static bool
is_street_word(const uint8_t *p, size_t n)
{
	if (lexicon_has(&address_street_words, (struct span){p, n}))
		return true;
	/* "LINDENSTRASSE", "DORPSTRAAT" */
	if (n > 7 && memcmp(p + n - 7, "STRASSE", 7) == 0)
		return true;
	return n > 6 && memcmp(p + n - 6, "STRAAT", 6) == 0;
}

unsigned
address_street_score(struct span norm)
{
	unsigned type = 0;
	unsigned numbers = 0;
	unsigned words = 0;
	unsigned letters = 0;

	for (size_t i = 0; i < norm.n;) {
		const size_t n =
			span_find((struct span){norm.p + i, norm.n - i}, ' ');

		words++;
		numbers += is_digit(norm.p[i]) && n <= 5;
		letters += !is_digit(norm.p[i]) && n > 2;
		type += n > 1 && is_street_word(norm.p + i, n);
		i += n + 1;
	}
	if (type > 0 && words > 1)
		return numbers > 0 ? 95 : 85;
	if (numbers > 0 && letters > 0)
		return is_digit(norm.p[0]) ? 60 : 40;
	return letters > 0 && words > 1 ? 15 : 5;
}

unsigned
address_city_score(struct span norm)
{
	static const char *const joints[] = {
		" SUR ", " SOUS ", " LES ", " LE ",  " LA ",  " EN ",
		" DE ",  " DU ",   " D ",   " EST ", " AUX ",
	};
	size_t words = norm.n > 0;

	for (size_t i = 0; i < norm.n; i++) {
		if (is_digit(norm.p[i]))
			return 0;
		words += norm.p[i] == ' ';
	}
	if (norm.n < 2 || words > 7 || norm.n > 45)
		return 0;
	for (size_t i = 0; i < COUNT_OF(joints); i++)
		if (memmem(norm.p, norm.n, joints[i], strlen(joints[i])))
			return 70;
	if (norm.n > 6 && memcmp(norm.p, "SAINT", 5) == 0)
		return 70;
	return 40;
}

static enum kind_verdict
test_street(struct span text, struct norm *ret_norm)
{
	ret_norm->n = address_street_normalise(text, ret_norm->p, NORM_MAX);
	if (ret_norm->n == 0)
		return KIND_NO;
	const unsigned score =
		address_street_score((struct span){ret_norm->p, ret_norm->n});

	return score >= 60 ? KIND_VALID : KIND_WEAK;
}

static enum kind_verdict
test_city(struct span text, struct norm *ret_norm)
{
	ret_norm->n = address_city_normalise(text, ret_norm->p, NORM_MAX);
	if (ret_norm->n == 0)
		return KIND_NO;
	const unsigned score =
		address_city_score((struct span){ret_norm->p, ret_norm->n});

	return score > 0 ? KIND_WEAK : KIND_NO;
}

static enum kind_verdict
test_postcode(struct span text, struct norm *ret_norm)
{
	return address_postcode_parse(text, false, ret_norm->p, &ret_norm->n);
}

static const struct kind_header street_headers[] = {
	{"ADRESSE", 3},
	{"ADRESSE POSTALE", 3},
	{"ADRESSE PATIENT", 3},
	{"ADRESSE DOMICILE", 3},
	{"ADRESSE 1", 3},
	{"ADRESSE 2", 3},
	{"ADRESSE 3", 3},
	{"ADRESSE1", 3},
	{"ADRESSE2", 3},
	{"ADRESSE3", 3},
	{"ADRESSE COMPLETE", 3},
	{"ADRESSE LIGNE", 3},
	{"LIGNE ADRESSE", 3},
	{"ADR", 3},
	{"ADR1", 3},
	{"ADR2", 3},
	{"ADR3", 3},
	{"ADR 1", 3},
	{"ADR 2", 3},
	{"ADRPAT", 3},
	{"PATADR", 3},
	{"ADRESS", 2},
	{"COMPLEMENT ADRESSE", 3},
	{"COMPLEMENT D ADRESSE", 3},
	{"COMPADR", 3},
	{"COMPADRESSE", 3},
	{"CPLT ADRESSE", 3},
	{"CPLADR", 3},
	{"COMP ADRESSE", 3},
	{"RUE", 3},
	{"NOM RUE", 3},
	{"NOM DE RUE", 3},
	{"NOM VOIE", 3},
	{"NUMERO ET RUE", 3},
	{"N ET RUE", 3},
	{"NO ET RUE", 3},
	{"N ET VOIE", 3},
	{"NUMERO ET VOIE", 3},
	{"LIBELLE VOIE", 3},
	{"LIB VOIE", 3},
	{"LIBVOIE", 3},
	{"VOIE", 3},
	{"DOMICILE", 2},
	{"LIEU DIT", 3},
	{"LIEUDIT", 3},
	{"BATIMENT", 2},
	{"RESIDENCE", 2},
	{"ADDRESS", 3},
	{"ADDRESS 1", 3},
	{"ADDRESS 2", 3},
	{"ADDRESS1", 3},
	{"ADDRESS2", 3},
	{"ADDRESS LINE", 3},
	{"ADDRESS LINE 1", 3},
	{"ADDRESS LINE 2", 3},
	{"STREET ADDRESS", 3},
	{"HOME ADDRESS", 3},
	{"MAILING ADDRESS", 3},
	{"POSTAL ADDRESS", 3},
	{"POSTAL ADDRESS LINE", 3},
	{"STREET", 3},
	{"STREET NAME", 3},
	{"ADDR", 3},
	{"ADDR1", 3},
	{"ADDR2", 3},
	{"STRASSE", 3},
	{"STRASSE HAUSNUMMER", 3},
	{"ANSCHRIFT", 3},
	{"DIRECCION", 3},
	{"CALLE", 3},
	{"DOMICILIO", 3},
	{"INDIRIZZO", 3},
	{"VIA", 2},
	{"ENDERECO", 3},
	{"MORADA", 3},
	{"RUA", 3},
	{"ADRES", 3},
	{"STRAAT", 3},
	{NULL, 0},
};

static const struct kind_header postcode_headers[] = {
	{"CODE POSTAL", 3},
	{"CODEPOSTAL", 3},
	{"CODE POST", 3},
	{"CODEPOST", 3},
	{"COD POSTAL", 3},
	{"CODPOSTAL", 3},
	{"CODPOST", 3},
	{"CODPOS", 3},
	{"CDPOST", 3},
	{"CD POSTAL", 3},
	{"CDPOSTAL", 3},
	{"CP", 3},
	{"CP PATIENT", 3},
	{"CPPAT", 3},
	{"PATCP", 3},
	{"CPOST", 3},
	{"CPOSTAL", 3},
	{"C POSTAL", 3},
	{"CODE POSTAL DOMICILE", 3},
	{"CODE POSTAL DU DOMICILE", 3},
	{"CODE POSTAL RESIDENCE", 3},
	{"POSTAL", 2},
	{"POSTAL CODE", 3},
	{"POSTALCODE", 3},
	{"POST CODE", 3},
	{"POSTCODE", 3},
	{"POSTCD", 3},
	{"ZIP", 3},
	{"ZIP CODE", 3},
	{"ZIPCODE", 3},
	{"ZIPCD", 3},
	{"PLZ", 3},
	{"POSTLEITZAHL", 3},
	{"CODIGO POSTAL", 3},
	{"COD POSTAL", 3},
	{"CAP", 2},
	{"CODICE POSTALE", 3},
	{"NPA", 2},
	{NULL, 0},
};

static const struct kind_header city_headers[] = {
	{"VILLE", 3},
	{"VILLE PATIENT", 3},
	{"VILPAT", 3},
	{"VILLEPAT", 3},
	{"PATVIL", 3},
	{"PATVILLE", 3},
	{"VIL", 3},
	{"NOM VILLE", 3},
	{"NOM DE VILLE", 3},
	{"COMMUNE", 3},
	{"COMM", 1},
	{"COM", 1},
	{"NOM COMMUNE", 3},
	{"LIBELLE COMMUNE", 3},
	{"LIBCOM", 3},
	{"LIB COMMUNE", 3},
	{"COMMUNE DE RESIDENCE", 3},
	{"COMMUNE RESIDENCE", 3},
	{"VILLE DE RESIDENCE", 3},
	{"LOCALITE", 3},
	{"LOCAL", 1},
	{"LOC", 2},
	{"BUREAU DISTRIBUTEUR", 3},
	{"ACHEMINEMENT", 3},
	{"LIGNE ACHEMINEMENT", 3},
	{"CITY", 3},
	{"TOWN", 3},
	{"SUBURB", 2},
	{"LOCALITY", 3},
	{"MUNICIPALITY", 3},
	{"ORT", 2},
	{"STADT", 3},
	{"WOHNORT", 3},
	{"CIUDAD", 3},
	{"POBLACION", 3},
	{"MUNICIPIO", 3},
	{"LOCALIDAD", 3},
	{"CITTA", 3},
	{"COMUNE", 3},
	{"LOCALITA", 3},
	{"CIDADE", 3},
	{"LOCALIDADE", 3},
	{"PLAATS", 3},
	{"WOONPLAATS", 3},
	{"STAD", 3},
	{NULL, 0},
};

static const char *const street_context[] = {
	"ADRESSE",   "DOMICILE",  "HABITE",    "DEMEURANT",
	"ADDRESS",   "LIVES AT",  "ANSCHRIFT", "WOHNHAFT",
	"DOMICILIO", "INDIRIZZO", NULL,
};

static const char *const postcode_context[] = {
	"CODE POSTAL", "CP", "POSTCODE", "ZIP", "PLZ", "CODIGO POSTAL", NULL,
};

static const char *const city_context[] = {
	"VILLE", "COMMUNE", "CITY", "TOWN", "WOHNORT", "CIUDAD", NULL,
};

const struct kind kind_address_street = {
	.id = KIND_ADDRESS_STREET,
	.name = "address.street",
	.country = NULL,
	.title_en = "street address",
	.title_fr = "adresse (voie)",
	.accepts = "number and street, building or place, in any abbreviation",
	.check = "none: a type of street, or a number and words",
	.source = "AFNOR XP Z10-011",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 3,
	.max = 200,
	.identifies = false,
	.headers = street_headers,
	.context = street_context,
	.test = test_street,
};

const struct kind kind_address_postcode = {
	.id = KIND_ADDRESS_POSTCODE,
	.name = "address.postcode",
	.country = NULL,
	.title_en = "postcode",
	.title_fr = "code postal",
	.accepts = "five digits of a French department; the codes of other "
		   "countries count as weak",
	.check = "department 01 to 95, 97 or 98; in a column, agreement with "
		 "the town",
	.source = "La Poste, base officielle des codes postaux",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 4,
	.max = ADDRESS_POSTCODE_MAX,
	.identifies = false,
	.headers = postcode_headers,
	.context = postcode_context,
	.test = test_postcode,
};

const struct kind kind_address_city = {
	.id = KIND_ADDRESS_CITY,
	.name = "address.city",
	.country = NULL,
	.title_en = "town",
	.title_fr = "commune",
	.accepts = "the name of a town, CEDEX and district left out",
	.check = "none: in a column, agreement with the postcode",
	.source = "INSEE, code officiel géographique",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 2,
	.max = 60,
	.identifies = false,
	.headers = city_headers,
	.context = city_context,
	.test = test_city,
};
