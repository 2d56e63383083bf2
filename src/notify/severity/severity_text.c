#include "notify/severity/severity.h"

/* English, French. */
static const char *const reasons[SEVERITY_REASONS][2] = {
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
	[SEVERITY_HEALTH_ROUTINE] =
		{"context 1: that general tests were done, no more",
		 "contexte 1 : des examens généraux ont eu lieu, rien "
		 "de plus"},
	[SEVERITY_BANK_FRAUD] =
		{"context 3: bank accounts with the names of their "
		 "holders",
		 "contexte 3 : comptes bancaires avec le nom des "
		 "titulaires"},
	[SEVERITY_BANK_ALONE] =
		{"context 2: bank account numbers without names",
		 "contexte 2 : numéros de compte sans noms"},
	[SEVERITY_BANK_CUSTOMER] =
		{"context 1: only that people are customers of a bank, "
		 "or expired cards",
		 "contexte 1 : seulement la qualité de client d'une "
		 "banque, ou des cartes expirées"},
	[SEVERITY_BANK_LITTLE] =
		{"context 2: bank data that tell little, such as one "
		 "day or partial card numbers",
		 "contexte 2 : données bancaires peu parlantes, comme "
		 "une seule journée ou des numéros de carte partiels"},
	[SEVERITY_BANK_DETAIL] =
		{"context 3: bank data in detail, such as a month of "
		 "balances",
		 "contexte 3 : données bancaires détaillées, comme un "
		 "mois de soldes"},
	[SEVERITY_BANK_ALL] = {"context 4: full cards or a year of "
			       "statements, enough for fraud",
			       "contexte 4 : cartes complètes ou un an "
			       "de relevés, assez pour une fraude"},
	[SEVERITY_LOGINS] =
		{"context 2: logins with passwords; raise it for what "
		 "they open",
		 "contexte 2 : identifiants avec mots de passe ; à "
		 "relever selon ce qu'ils ouvrent"},
	[SEVERITY_LOGINS_SIMPLE] =
		{"context 1: logins that open identity or contact data",
		 "contexte 1 : identifiants ouvrant des données "
		 "d'identité ou de contact"},
	[SEVERITY_LOGINS_BEHAVIOUR] =
		{"context 2: logins that open data on habits, such as "
		 "mail",
		 "contexte 2 : identifiants ouvrant des données "
		 "d'habitudes, comme le courrier"},
	[SEVERITY_LOGINS_FINANCIAL] =
		{"context 3: logins that open financial data",
		 "contexte 3 : identifiants ouvrant des données "
		 "financières"},
	[SEVERITY_LOGINS_SENSITIVE] =
		{"context 4: logins that open sensitive data, such as "
		 "health records",
		 "contexte 4 : identifiants ouvrant des données "
		 "sensibles, comme des dossiers de santé"},
	[SEVERITY_BEHAVIOUR] =
		{"context 2: places, calls, journeys or purchases",
		 "contexte 2 : lieux, appels, trajets ou achats"},
	[SEVERITY_BEHAVIOUR_THIN] =
		{"context 1: places, calls, journeys or purchases "
		 "without real insight",
		 "contexte 1 : lieux, appels, trajets ou achats sans "
		 "réelle portée"},
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
	[SEVERITY_STEP_PROFILING] =
		{"context +1: a profile or a social or financial "
		 "status can be made",
		 "contexte +1 : profil ou situation sociale ou "
		 "financière possibles à établir"},
	[SEVERITY_STEP_INFERENCE] =
		{"context +2: allows assumptions on health, sex life "
		 "or beliefs",
		 "contexte +2 : permet de supposer la santé, la vie "
		 "sexuelle ou les convictions"},
	[SEVERITY_STEP_SAFETY] =
		{"context +3: the safety of people depends on it",
		 "contexte +3 : la sécurité de personnes en dépend"},
	[SEVERITY_STEP_VULNERABLE] =
		{"context +1: minors or vulnerable people",
		 "contexte +1 : personnes mineures ou vulnérables"},
	[SEVERITY_STEP_OUTDATED] =
		{"context -1: invalid or old data",
		 "contexte -1 : données invalides ou anciennes"},
	[SEVERITY_STEP_PUBLIC] = {"context -1: already public",
				  "contexte -1 : déjà publiques"},
	[SEVERITY_STEP_PUBLIC_SENSITIVE] =
		{"context -3: sensitive data, already public",
		 "contexte -3 : données sensibles, déjà publiques"},
	[SEVERITY_NOTE_TOP] =
		{"note: the steps lead beyond 4, the top of the scale; "
		 "the context stays at 4",
		 "note : les degrés mènent au-delà de 4, le haut de "
		 "l'échelle ; le contexte reste à 4"},
	[SEVERITY_NOTE_FLOOR] =
		{"note: the steps lead below 1, the foot of the scale; "
		 "the context stays at 1",
		 "note : les degrés mènent sous 1, le bas de l'échelle "
		 "; le contexte reste à 1"},
	[SEVERITY_NOTE_RANGE] =
		{"note: the value given was outside the scale; the "
		 "nearest one is used",
		 "note : la valeur donnée était hors de l'échelle ; la "
		 "plus proche est retenue"},
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
		{"identification 0.75: phone numbers or street "
		 "addresses without names",
		 "identification 0,75 : numéros de téléphone ou "
		 "adresses postales sans nom"},
	[SEVERITY_EI_EMAIL_NAMES] = {"identification 0.75: e-mail "
				     "addresses that show names",
				     "identification 0,75 : adresses "
				     "électroniques montrant les noms"},
	[SEVERITY_EI_EMAIL] =
		{"identification 0.5: e-mail addresses alone; 0.75 if "
		 "they show names, 0.25 if not",
		 "identification 0,5 : adresses électroniques seules ; "
		 "0,75 si elles montrent les noms, 0,25 sinon"},
	[SEVERITY_EI_EMAIL_NO_NAMES] =
		{"identification 0.25: e-mail addresses that show no "
		 "names",
		 "identification 0,25 : adresses électroniques ne "
		 "montrant aucun nom"},
	[SEVERITY_EI_NAME] = {"identification 0.25: names alone",
			      "identification 0,25 : noms seuls"},
	[SEVERITY_EI_NONE] =
		{"identification 0.25: nothing that names people",
		 "identification 0,25 : rien qui nomme des personnes"},
	[SEVERITY_CB_UNKNOWN] = {"circumstances +0.5: unknown recipients",
				 "circonstances +0,5 : destinataires inconnus"},
	[SEVERITY_CB_KNOWN] = {"circumstances +0.25: known recipients",
			       "circonstances +0,25 : destinataires "
			       "connus"},
	[SEVERITY_CB_NO_ACCESS] = {"circumstances +0: no evidence of access",
				   "circonstances +0 : aucun accès constaté"},
	[SEVERITY_CB_MALICIOUS] =
		{"circumstances +0.5: malicious intent",
		 "circonstances +0,5 : intention malveillante"},
	[SEVERITY_CB_INTEGRITY] =
		{"circumstances +0.5: data altered beyond repair",
		 "circonstances +0,5 : données altérées sans remède"},
	[SEVERITY_CB_INTEGRITY_RECOVERABLE] =
		{"circumstances +0.25: data altered, can be put right",
		 "circonstances +0,25 : données altérées, "
		 "rétablissables"},
	[SEVERITY_CB_AVAILABILITY] = {"circumstances +0.5: data lost",
				      "circonstances +0,5 : données perdues"},
	[SEVERITY_CB_AVAILABILITY_TEMPORARY] =
		{"circumstances +0.25: data out of reach for a time",
		 "circonstances +0,25 : données indisponibles un "
		 "temps"},
	[SEVERITY_BY_ANALYST] = {"value decided by the analyst",
				 "valeur décidée par l'analyste"},
};

const char *
severity_reason_text(enum severity_reason reason, bool french)
{
	return reason < SEVERITY_REASONS ? reasons[reason][french ? 1 : 0] : "";
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
