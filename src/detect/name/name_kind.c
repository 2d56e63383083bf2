/* The kinds of names: how much a text looks like one, and what announces it. */
#include "base/fold.h"
#include "detect/name/name_impl.h"

static enum kind_verdict
test_name(struct span text, struct norm *ret_norm)
{
	ret_norm->n = name_normalise(text, ret_norm->p, NORM_MAX);
	if (ret_norm->n == 0)
		return KIND_NO;
	return name_is_plausible((struct span){ret_norm->p, ret_norm->n})
		       ? KIND_WEAK
		       : KIND_NO;
}

static enum kind_verdict
test_given(struct span text, struct norm *ret_norm)
{
	const enum kind_verdict v = test_name(text, ret_norm);

	if (v == KIND_NO)
		return KIND_NO;
	const struct span norm = {ret_norm->p, ret_norm->n};

	return name_given_known(norm) != NAME_GIVEN_NO ? KIND_VALID : v;
}

static void
append(struct norm *to, const struct norm *from)
{
	if (from->n == 0)
		return;
	if (to->n > 0 && to->n < NORM_MAX)
		to->p[to->n++] = ' ';
	for (size_t i = 0; i < from->n && to->n < NORM_MAX; i++)
		to->p[to->n++] = from->p[i];
}

static enum kind_verdict
test_full(struct span text, struct norm *ret_norm)
{
	struct name_full full;

	if (!name_full_split(text, false, &full))
		return KIND_NO;
	ret_norm->n = 0;
	append(ret_norm, &full.family);
	append(ret_norm, &full.given);
	if (!name_is_plausible((struct span){ret_norm->p, ret_norm->n}))
		return KIND_NO;
	const struct span given = {full.given.p, full.given.n};

	return full.sure && name_given_known(given) != NAME_GIVEN_NO
		       ? KIND_VALID
		       : KIND_WEAK;
}

static enum kind_verdict
test_organisation(struct span text, struct norm *ret_norm)
{
	text = span_trim(text);
	if (text.n == 0 || text.n > NAME_TEXT_MAX)
		return KIND_NO;
	ret_norm->n = fold_words(text, ret_norm->p, NORM_MAX);

	const struct span norm = {ret_norm->p, ret_norm->n};
	bool letters = false;

	for (size_t i = 0; i < norm.n; i++)
		letters = letters || is_upper(norm.p[i]) || norm.p[i] >= 0x80;
	if (!letters || name_is_filler(norm))
		return KIND_NO;
	return name_is_organisation(text) ? KIND_VALID : KIND_WEAK;
}

static const struct kind_header family_headers[] = {
	{"NOM", 2},
	{"NOMS", 2},
	{"NOM USUEL", 3},
	{"NOM D USAGE", 3},
	{"NOM USAGE", 3},
	{"NOM UTILISE", 3},
	{"NOM MARITAL", 3},
	{"NOM MARI", 3},
	{"NOM D EPOUSE", 3},
	{"NOM EPOUSE", 3},
	{"NOM EPOUX", 3},
	{"NOM MARIAGE", 3},
	{"NOM COURANT", 3},
	{"NOM PATIENT", 2},
	{"NOM DU PATIENT", 2},
	{"NOM DE FAMILLE", 3},
	{"NOM FAMILLE", 3},
	{"NOMFAMILLE", 3},
	{"NOM BENEFICIAIRE", 2},
	{"NOM CLIENT", 2},
	{"NOM ASSURE", 3},
	{"NOM MEDECIN", 3},
	{"NOMUSU", 3},
	{"NOMUSUEL", 3},
	{"NOMUSAGE", 3},
	{"NOMUTI", 3},
	{"NOMMAR", 3},
	{"NOMMARI", 3},
	{"NOMMARITAL", 3},
	{"NOMEPO", 3},
	{"NOMASS", 3},
	{"NOMASSUR", 3},
	{"NOMMED", 3},
	{"MEDNOM", 3},
	{"NOMFAM", 3},
	{"NOMP", 2},
	{"NOMBEN", 2},
	{"PATNOM", 2},
	{"PNOM", 1},
	{"NM", 1},
	{"LAST NAME", 3},
	{"LASTNAME", 3},
	{"LNAME", 3},
	{"FAMILY NAME", 3},
	{"FAMILYNAME", 3},
	{"SURNAME", 3},
	{"LAST", 2},
	{"SNAME", 3},
	{"MARRIED NAME", 3},
	{"CURRENT NAME", 2},
	{"PATIENT LAST NAME", 3},
	{"NACHNAME", 3},
	{"FAMILIENNAME", 3},
	{"ZUNAME", 3},
	{"APELLIDO", 3},
	{"APELLIDOS", 3},
	{"PRIMER APELLIDO", 3},
	{"COGNOME", 3},
	{"ACHTERNAAM", 3},
	{"APELIDO", 3},
	{"SOBRENOME", 3},
	{NULL, 0},
};

static const struct kind_header birth_headers[] = {
	{"NOM DE NAISSANCE", 3},
	{"NOM NAISSANCE", 3},
	{"NOM DE NAISS", 3},
	{"NOM NAISS", 3},
	{"NOMNAISS", 3},
	{"NOMNAISSANCE", 3},
	{"NOMNAI", 3},
	{"NOM NAI", 3},
	{"NOMN", 2},
	{"NOMNAIS", 3},
	{"NOM PATRONYMIQUE", 3},
	{"NOMPATRONYMIQUE", 3},
	{"PATRONYME", 3},
	{"NOM PATRO", 3},
	{"NOMPATRO", 3},
	{"NOMPAT", 2},
	{"NOM PAT", 1},
	{"NOM DE JEUNE FILLE", 3},
	{"NOM JEUNE FILLE", 3},
	{"NOM JF", 3},
	{"NOMJF", 3},
	{"NJF", 3},
	{"NOM FILLE", 3},
	{"NOMFILLE", 3},
	{"NOMFIL", 3},
	{"JEUNE FILLE", 3},
	{"NEE", 2},
	{"BIRTH NAME", 3},
	{"BIRTHNAME", 3},
	{"NAME AT BIRTH", 3},
	{"BIRTH SURNAME", 3},
	{"BIRTH LAST NAME", 3},
	{"BIRTH FAMILY NAME", 3},
	{"MAIDEN NAME", 3},
	{"MAIDENNAME", 3},
	{"MAIDEN", 3},
	{"GEBURTSNAME", 3},
	{"GEBNAME", 3},
	{"MADCHENNAME", 3},
	{"APELLIDO DE SOLTERA", 3},
	{"COGNOME DA NUBILE", 3},
	{"COGNOME DI NASCITA", 3},
	{"MEISJESNAAM", 3},
	{"GEBOORTENAAM", 3},
	{NULL, 0},
};

static const struct kind_header given_headers[] = {
	{"PRENOM", 3},
	{"PRENOMS", 3},
	{"PRENOM USUEL", 3},
	{"PRENOM UTILISE", 3},
	{"PRENOM USAGE", 3},
	{"PRENOM D USAGE", 3},
	{"PRENOM NAISSANCE", 3},
	{"PRENOM DE NAISSANCE", 3},
	{"PREMIER PRENOM", 3},
	{"PREMIER PRENOM DE NAISSANCE", 3},
	{"LISTE PRENOMS", 3},
	{"PRENOMS DE NAISSANCE", 3},
	{"PRENOM PATIENT", 3},
	{"PRENOM DU PATIENT", 3},
	{"PRENOM1", 3},
	{"PRENOM2", 3},
	{"PRENOM 1", 3},
	{"PRENOM 2", 3},
	{"DEUXIEME PRENOM", 3},
	{"PREN", 3},
	{"PRENPAT", 3},
	{"PREPAT", 3},
	{"PRNPAT", 3},
	{"PATPRE", 3},
	{"PATPRENOM", 3},
	{"PRN", 2},
	{"PRE", 1},
	{"PREASS", 3},
	{"PREASSUR", 3},
	{"PREMED", 3},
	{"MEDPREN", 3},
	{"PREUTI", 3},
	{"PREUSU", 3},
	{"PREN1", 3},
	{"FIRST NAME", 3},
	{"FIRSTNAME", 3},
	{"FNAME", 3},
	{"GIVEN NAME", 3},
	{"GIVEN NAMES", 3},
	{"GIVENNAME", 3},
	{"GIVEN", 3},
	{"FORENAME", 3},
	{"FORENAMES", 3},
	{"FIRST", 2},
	{"MIDDLE NAME", 3},
	{"MIDDLENAME", 3},
	{"MNAME", 2},
	{"CHRISTIAN NAME", 3},
	{"VORNAME", 3},
	{"VORNAMEN", 3},
	{"RUFNAME", 3},
	{"NOMBRE", 2},
	{"NOMBRES", 2},
	{"NOMBRE DE PILA", 3},
	{"NOME", 2},
	{"VOORNAAM", 3},
	{"VOORNAMEN", 3},
	{"PRENOME", 3},
	{NULL, 0},
};

static const struct kind_header full_headers[] = {
	{"NOM PRENOM", 3},
	{"NOM PRENOMS", 3},
	{"NOM ET PRENOM", 3},
	{"NOM ET PRENOMS", 3},
	{"NOMS ET PRENOMS", 3},
	{"PRENOM NOM", 3},
	{"PRENOM ET NOM", 3},
	{"NOMPRENOM", 3},
	{"NOMPREN", 3},
	{"NOM COMPLET", 3},
	{"NOMCOMPLET", 3},
	{"IDENTITE", 2},
	{"IDENTITE PATIENT", 3},
	{"PATIENT", 2},
	{"PATIENTE", 2},
	{"BENEFICIAIRE", 1},
	{"ASSURE", 1},
	{"MEDECIN", 2},
	{"MEDECIN TRAITANT", 2},
	{"MEDECIN PRESCRIPTEUR", 2},
	{"PRESCRIPTEUR", 2},
	{"PRATICIEN", 2},
	{"BIOLOGISTE", 2},
	{"DOCTEUR", 2},
	{"DOCTOR", 2},
	{"PHYSICIAN", 2},
	{"PROVIDER", 1},
	{"CONTACT", 1},
	{"TITULAIRE", 1},
	{"TITULAIRE COMPTE", 2},
	{"FULL NAME", 3},
	{"FULLNAME", 3},
	{"FULL NM", 3},
	{"COMPLETE NAME", 3},
	{"PATIENT NAME", 3},
	{"PATIENTNAME", 3},
	{"PATNAME", 3},
	{"PERSON NAME", 3},
	{"CUSTOMER NAME", 2},
	{"DOCTOR NAME", 3},
	{"PHYSICIAN NAME", 3},
	{"ACCOUNT HOLDER", 2},
	{"CARDHOLDER", 2},
	{"NAME", 2},
	{"NAAM", 2},
	{"VOLLSTANDIGER NAME", 3},
	{"NOMBRE COMPLETO", 3},
	{"NOMBRE Y APELLIDOS", 3},
	{"APELLIDOS Y NOMBRE", 3},
	{"NOMINATIVO", 3},
	{"NOME COMPLETO", 3},
	{"COGNOME E NOME", 3},
	{NULL, 0},
};

static const struct kind_header organisation_headers[] = {
	{"LABORATOIRE", 2},
	{"NOM LABORATOIRE", 3},
	{"NOM DU LABORATOIRE", 3},
	{"NOM LABO", 3},
	{"NOMLABO", 3},
	{"NOMLAB", 3},
	{"LABO", 2},
	{"LIBLAB", 3},
	{"LIBLABO", 3},
	{"LIBELLE LABORATOIRE", 3},
	{"LIBELLE DU LABORATOIRE", 3},
	{"SITE", 1},
	{"NOM SITE", 2},
	{"ETABLISSEMENT", 2},
	{"NOM ETABLISSEMENT", 3},
	{"NOMETAB", 3},
	{"NOMETS", 3},
	{"LIBETAB", 3},
	{"RAISON SOCIALE", 3},
	{"RAISONSOCIALE", 3},
	{"RAISOC", 3},
	{"DENOMINATION", 3},
	{"ENSEIGNE", 3},
	{"SOCIETE", 2},
	{"NOM SOCIETE", 3},
	{"ENTREPRISE", 2},
	{"EMPLOYEUR", 2},
	{"ORGANISME", 2},
	{"LIBELLE ORGANISME", 3},
	{"LIBORG", 3},
	{"ORGANISME ASSURANCE MALADIE", 3},
	{"ORGANISME D ASSURANCE MALADIE", 3},
	{"CAISSE", 2},
	{"NOM CAISSE", 3},
	{"LIBCAI", 3},
	{"LIBCAISSE", 3},
	{"CAISSE D ASSURANCE MALADIE", 3},
	{"CAISSE ASSURANCE MALADIE", 3},
	{"CPAM", 1},
	{"MUTUELLE", 2},
	{"NOM MUTUELLE", 3},
	{"LIBELLE MUTUELLE", 3},
	{"LIBMUT", 3},
	{"COMPLEMENTAIRE", 1},
	{"ASSUREUR", 2},
	{"CLINIQUE", 2},
	{"HOPITAL", 2},
	{"PHARMACIE", 2},
	{"CABINET", 1},
	{"FOURNISSEUR", 2},
	{"BANQUE", 2},
	{"LABORATORY", 2},
	{"LABORATORY NAME", 3},
	{"LAB NAME", 3},
	{"LAB", 2},
	{"FACILITY", 2},
	{"FACILITY NAME", 3},
	{"HOSPITAL", 2},
	{"HOSPITAL NAME", 3},
	{"CLINIC", 2},
	{"ORGANIZATION", 2},
	{"ORGANISATION", 2},
	{"ORGANIZATION NAME", 3},
	{"COMPANY", 2},
	{"COMPANY NAME", 3},
	{"EMPLOYER", 2},
	{"INSURER", 2},
	{"INSURER NAME", 3},
	{"HEALTH INSURER", 3},
	{"INSURANCE COMPANY", 3},
	{"PAYER", 2},
	{"FIRMA", 2},
	{"KRANKENKASSE", 2},
	{"EMPRESA", 2},
	{"ASEGURADORA", 2},
	{"AZIENDA", 2},
	{"BEDRIJF", 2},
	{NULL, 0},
};

static const char *const family_context[] = {
	"NOM", "NOM DE FAMILLE", "NAME", "SURNAME", "LAST NAME", NULL,
};

static const char *const birth_context[] = {
	"NEE", "NE", "NOM DE NAISSANCE", "MAIDEN NAME", NULL,
};

static const char *const given_context[] = {
	"PRENOM", "FIRST NAME", "GIVEN NAME", "VORNAME", NULL,
};

static const char *const full_context[] = {
	"M",       "MME",      "MLLE", "MONSIEUR", "MADAME", "DR", "DOCTEUR",
	"PATIENT", "PATIENTE", "MR",   "MRS",      "MS",     NULL,
};

static const char *const organisation_context[] = {
	"LABORATOIRE", "CLINIQUE", "HOPITAL", "SOCIETE", NULL,
};

const struct kind kind_name_family = {
	.id = KIND_NAME_FAMILY,
	.name = "name.family",
	.country = NULL,
	.title_en = "family name in use",
	.title_fr = "nom d'usage",
	.accepts = "one to six words of letters, particles and hyphens",
	.check = "none: letters as names have them; in a column, many "
		 "different values",
	.source = "code civil, art. 225-1 (name in use)",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 1,
	.max = NAME_TEXT_MAX,
	.identifies = false,
	.headers = family_headers,
	.context = family_context,
	.test = test_name,
};

const struct kind kind_name_birth = {
	.id = KIND_NAME_BIRTH,
	.name = "name.birth",
	.country = NULL,
	.title_en = "birth name",
	.title_fr = "nom de naissance",
	.accepts = "as name.family",
	.check = "as name.family",
	.source = "code civil, art. 311-21 (family name)",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 1,
	.max = NAME_TEXT_MAX,
	.identifies = false,
	.headers = birth_headers,
	.context = birth_context,
	.test = test_name,
};

const struct kind kind_name_given = {
	.id = KIND_NAME_GIVEN,
	.name = "name.given",
	.country = NULL,
	.title_en = "given name",
	.title_fr = "prénom",
	.accepts = "one to six words of letters; common given names are known",
	.check = "none: in a column, known given names that come again",
	.source = "code civil, art. 57 (given names)",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 1,
	.max = NAME_TEXT_MAX,
	.identifies = false,
	.headers = given_headers,
	.context = given_context,
	.test = test_given,
};

const struct kind kind_name_full = {
	.id = KIND_NAME_FULL,
	.name = "name.full",
	.country = NULL,
	.title_en = "full name",
	.title_fr = "nom et prénom",
	.accepts = "family and given names in either order, with or without a "
		   "form of address",
	.check = "none: capitals, a comma or a known given name",
	.source = "code civil, art. 57, 225-1 and 311-21",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 3,
	.max = NAME_TEXT_MAX,
	.identifies = false,
	.headers = full_headers,
	.context = full_context,
	.test = test_full,
};

const struct kind kind_organisation_name = {
	.id = KIND_ORGANISATION_NAME,
	.name = "organisation.name",
	.country = NULL,
	.title_en = "name of an organisation",
	.title_fr = "nom d'organisme",
	.accepts = "letters; words such as LABORATOIRE or SARL tell",
	.check = "none: in a column, few values that come again",
	.source = "code de commerce, art. R123-53 (name and form)",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 2,
	.max = NAME_TEXT_MAX,
	.identifies = false,
	.headers = organisation_headers,
	.context = organisation_context,
	.test = test_organisation,
};
