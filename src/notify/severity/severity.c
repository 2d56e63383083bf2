#include "notify/severity/severity.h"

#include <string.h>

enum { MANY_PEOPLE = 100 };

static void
add_reason(struct severity_factor *f, double value, enum severity_reason why)
{
	f->value += value;
	if (f->n_reasons < SEVERITY_REASONS_MAX)
		f->reasons[f->n_reasons++] = why;
}

/* Of several kinds of data the gravest decides; the others are not added. */
static void
take_gravest(struct severity_factor *f, double value, enum severity_reason why)
{
	if (value <= f->value)
		return;
	*f = (struct severity_factor){.value = value};
	add_reason(f, 0, why);
}

static void
judge_context(const struct severity_facts *in, struct severity_factor *f)
{
	const bool named = in->full_name > 0;
	const bool contact = in->email + in->phone + in->address > 0;

	/* Sensitive data begin at 4: results stay there, a test for a named
	 * disease is an assumption (-1), a blood group or a note that names
	 * nothing tells little (-2). */
	if (in->health_said > 0)
		take_gravest(f, 4, SEVERITY_HEALTH_RESULTS);
	if (in->health_tested > 0)
		take_gravest(f, 3, SEVERITY_HEALTH_TESTS);
	if (in->health_other > 0)
		take_gravest(f, 2, SEVERITY_HEALTH_GENERAL);
	/* Financial data begin at 3: an account number with a name is enough
	 * to try fraud; alone it gives little insight (-1). */
	if (in->bank > 0 && named)
		take_gravest(f, 3, SEVERITY_BANK_FRAUD);
	if (in->bank > 0)
		take_gravest(f, 2, SEVERITY_BANK_ALONE);
	/* Credentials have no class: they count for what they open, which is
	 * at least somebody's mail. */
	if (in->passwords > 0)
		take_gravest(f, 2, SEVERITY_LOGINS);
	if (named && contact && in->national_id > 0)
		take_gravest(f, 2, SEVERITY_SIMPLE_PROFILE);
	if (named || contact || in->national_id + in->birth_date > 0)
		take_gravest(f, 1, SEVERITY_SIMPLE);
	if (f->value == 0)
		add_reason(f, 0, SEVERITY_NOTHING);
}

static void
judge_identification(const struct severity_facts *in, struct severity_factor *f)
{
	const bool contact = in->email + in->phone + in->address > 0;
	const bool named = in->full_name > 0;

	if (named && in->birth_date > 0 && (contact || in->national_id > 0))
		add_reason(f, 1, SEVERITY_EI_RECORD);
	else if (in->national_id > 0)
		add_reason(f, 1, SEVERITY_EI_NUMBER);
	else if (named && (contact || in->birth_date > 0))
		add_reason(f, 0.75, SEVERITY_EI_NAME_CONTACT);
	else if (contact)
		add_reason(f, 0.5, SEVERITY_EI_CONTACT);
	else if (named)
		add_reason(f, 0.25, SEVERITY_EI_NAME);
	else
		add_reason(f, 0.25, SEVERITY_EI_NONE);
}

static void
judge_circumstances(const struct severity_facts *in, struct severity_factor *f)
{
	if (in->no_access)
		add_reason(f, 0, SEVERITY_CB_NO_ACCESS);
	else if (in->known_recipients)
		add_reason(f, 0.25, SEVERITY_CB_KNOWN);
	else
		add_reason(f, 0.5, SEVERITY_CB_UNKNOWN);
	if (!in->not_malicious)
		add_reason(f, 0.5, SEVERITY_CB_MALICIOUS);
	if (in->integrity_lost)
		add_reason(f, 0.5, SEVERITY_CB_INTEGRITY);
	if (in->availability_lost)
		add_reason(f, 0.5, SEVERITY_CB_AVAILABILITY);
}

void
severity_judge(const struct severity_facts *facts, struct severity *ret)
{
	struct severity s = {0};

	judge_context(facts, &s.dpc);
	judge_identification(facts, &s.ei);
	judge_circumstances(facts, &s.cb);
	/* Without personal data there is no breach of any. */
	if (s.dpc.value > 0)
		s.score = s.dpc.value * s.ei.value + s.cb.value;
	s.band = s.score >= 4   ? SEVERITY_VERY_HIGH
		 : s.score >= 3 ? SEVERITY_HIGH
		 : s.score >= 2 ? SEVERITY_MEDIUM
				: SEVERITY_LOW;
	s.many = facts->people > MANY_PEOPLE;
	s.unintelligible = facts->unintelligible;
	*ret = s;
}

const char *
severity_reason_text(enum severity_reason reason, bool french)
{
	static const char *const texts[SEVERITY_REASONS][2] = {
		[SEVERITY_HEALTH_RESULTS] =
			{"context 4: health conditions, results or treatments "
			 "of named people",
			 "contexte 4 : affections, résultats ou traitements "
			 "de personnes nommées"},
		[SEVERITY_HEALTH_TESTS] =
			{"context 3: tests for named diseases, no result",
			 "contexte 3 : examens pour des maladies nommées, "
			 "sans résultat"},
		[SEVERITY_HEALTH_GENERAL] =
			{"context 2: general health data, no named disease",
			 "contexte 2 : données de santé générales, aucune "
			 "maladie nommée"},
		[SEVERITY_BANK_FRAUD] =
			{"context 3: bank accounts with the names of their "
			 "holders",
			 "contexte 3 : comptes bancaires avec le nom des "
			 "titulaires"},
		[SEVERITY_BANK_ALONE] =
			{"context 2: bank account numbers without names",
			 "contexte 2 : numéros de compte sans noms"},
		[SEVERITY_LOGINS] =
			{"context 2: logins with passwords; raise it for what "
			 "they open",
			 "contexte 2 : identifiants avec mots de passe ; à "
			 "relever selon ce qu'ils ouvrent"},
		[SEVERITY_SIMPLE_PROFILE] =
			{"context 2: identity, contact and national number "
			 "together",
			 "contexte 2 : identité, contact et numéro national "
			 "réunis"},
		[SEVERITY_SIMPLE] = {"context 1: identity or contact data",
				     "contexte 1 : données d'identité ou de "
				     "contact"},
		[SEVERITY_NOTHING] = {"no personal data found",
				      "aucune donnée personnelle trouvée"},
		[SEVERITY_EI_RECORD] =
			{"identification 1: name, birth date and contact or "
			 "national number",
			 "identification 1 : nom, date de naissance et "
			 "contact ou numéro national"},
		[SEVERITY_EI_NUMBER] = {"identification 1: national number",
					"identification 1 : numéro national"},
		[SEVERITY_EI_NAME_CONTACT] =
			{"identification 0.75: name with contact or birth date",
			 "identification 0,75 : nom avec contact ou date de "
			 "naissance"},
		[SEVERITY_EI_CONTACT] =
			{"identification 0.5: contact data without names",
			 "identification 0,5 : contact sans nom"},
		[SEVERITY_EI_NAME] = {"identification 0.25: names alone",
				      "identification 0,25 : noms seuls"},
		[SEVERITY_EI_NONE] =
			{"identification 0.25: nothing that names people",
			 "identification 0,25 : rien qui nomme des personnes"},
		[SEVERITY_CB_UNKNOWN] =
			{"circumstances +0.5: unknown recipients",
			 "circonstances +0,5 : destinataires inconnus"},
		[SEVERITY_CB_KNOWN] = {"circumstances +0.25: known recipients",
				       "circonstances +0,25 : destinataires "
				       "connus"},
		[SEVERITY_CB_NO_ACCESS] =
			{"circumstances +0: no evidence of access",
			 "circonstances +0 : aucun accès constaté"},
		[SEVERITY_CB_MALICIOUS] =
			{"circumstances +0.5: malicious intent",
			 "circonstances +0,5 : intention malveillante"},
		[SEVERITY_CB_INTEGRITY] =
			{"circumstances +0.5: data altered beyond repair",
			 "circonstances +0,5 : données altérées sans remède"},
		[SEVERITY_CB_AVAILABILITY] =
			{"circumstances +0.5: data lost",
			 "circonstances +0,5 : données perdues"},
	};

	return reason < SEVERITY_REASONS ? texts[reason][french ? 1 : 0] : "";
}

const char *
severity_band_name(enum severity_band band)
{
	return severity_band_text(band, false);
}

const char *
severity_band_text(enum severity_band band, bool french)
{
	static const char *const texts[][2] = {
		[SEVERITY_LOW] = {"low", "faible"},
		[SEVERITY_MEDIUM] = {"medium", "moyenne"},
		[SEVERITY_HIGH] = {"high", "élevée"},
		[SEVERITY_VERY_HIGH] = {"very high", "très élevée"},
	};

	return band <= SEVERITY_VERY_HIGH ? texts[band][french ? 1 : 0] : "";
}
