/* tocsin explain: what a kind or a health topic is and when it is believed,
 * and why a column of a file was held to be what it is. */
#include "base/span.h"
#include "cli/show.h"
#include "detect/health/health.h"
#include "detect/registry/registry.h"

#include <assert.h>
#include <string.h>

enum {
	LABEL_PLACES = 12, /* before the text of a line */
	LINE_PLACES = 78,
	NOTE_HITS = 16, /* topics looked for in an example */
	EXAMPLES = 3,
};

struct settings {
	struct cli_common common;
	bool json;
	bool no_sandbox;
	const char *in;
};

static const struct cli_option options[] = {
	{"in",
	 0,
	 CLI_TEXT,
	 "FILE",
	 offsetof(struct settings, in),
	 {"the file whose column, by its number from 1, is meant",
	  "le fichier dont on veut la colonne, par son numéro à partir de 1"}},
	{"json",
	 0,
	 CLI_FLAG,
	 NULL,
	 offsetof(struct settings, json),
	 {"print JSON, schema tocsin.explain/1",
	  "affiche du JSON, schéma tocsin.explain/1"}},
	{"no-sandbox",
	 0,
	 CLI_FLAG,
	 NULL,
	 offsetof(struct settings, no_sandbox),
	 {"read a hostile file without a jail; only for testing",
	  "lit sans prison ; pour des essais seulement"}},
	{NULL, 0, CLI_FLAG, NULL, 0, {NULL, NULL}},
};

/** What the registry does not hold of a kind. */
struct kind_text {
	enum kind_id id;
	const char *accepts; /* in French; the registry has the English */
	const char *check;
	const struct phrase *prose; /* when it is found in running text */
};

static const struct phrase prose_name = {
	"found where a form of address or a label announces it, or where a "
	"known given name begins it",
	"trouvé là où une civilité ou un libellé l'annonce, ou si un prénom "
	"connu le commence"};
static const struct phrase prose_never = {
	"not looked for: only a column tells",
	"non cherché : seule une colonne peut le dire"};
static const struct phrase prose_word = {
	"only beside a word that announces it",
	"seulement près d'un mot qui l'annonce"};

static const struct kind_text kind_texts[] = {
	{KIND_NAME_FAMILY,
	 "un à six mots faits de lettres, particules et traits d'union",
	 "aucun : des lettres comme dans les noms ; dans une colonne, beaucoup "
	 "de valeurs différentes",
	 &prose_name},
	{KIND_NAME_BIRTH, "comme name.family", "comme name.family",
	 &prose_name},
	{KIND_NAME_GIVEN,
	 "un à six mots faits de lettres ; les prénoms courants sont connus",
	 "aucun : dans une colonne, des prénoms connus qui reviennent",
	 &prose_name},
	{KIND_NAME_FULL,
	 "nom et prénoms dans un ordre ou l'autre, avec ou sans civilité",
	 "aucun : des capitales, une virgule ou un prénom connu", &prose_name},
	{KIND_BIRTH_DATE,
	 "une date depuis 1850, en chiffres ou avec le nom du mois ; jour ou "
	 "mois inconnus admis",
	 "le calendrier ; dans une colonne, l'accord avec d'autres ou des "
	 "années étalées comme des naissances",
	 &(const struct phrase){
		 "only after a word that says it is of a birth",
		 "seulement après un mot qui parle de naissance"}},
	{KIND_SEX,
	 "M ou F, H ou F, 1 ou 2, ou le mot en français, anglais, allemand, "
	 "espagnol, italien ou néerlandais",
	 "aucun : deux valeurs que toute une colonne partage", &prose_never},
	{KIND_ADDRESS_STREET,
	 "numéro et voie, bâtiment ou lieu-dit, sous toute abréviation",
	 "aucun : un type de voie, ou un numéro et des mots", &prose_never},
	{KIND_ADDRESS_POSTCODE,
	 "cinq chiffres d'un département français ; les codes d'autres pays "
	 "sont faibles",
	 "département 01 à 95, 97 ou 98 ; dans une colonne, l'accord avec la "
	 "commune",
	 &prose_never},
	{KIND_ADDRESS_CITY,
	 "le nom d'une commune, sans CEDEX ni arrondissement",
	 "aucun : dans une colonne, l'accord avec le code postal",
	 &prose_never},
	{KIND_PHONE,
	 "forme française (10 chiffres ; 9 sont faibles), ou + ou 00 et un "
	 "indicatif, avec blancs, points, tirets, parenthèses",
	 "plan de numérotation : indicatif, longueur, premiers chiffres",
	 &(const struct phrase){
		 "with + and a country code, in pairs of digits, or a block "
		 "that starts with 06 or 07; else only beside a word that "
		 "announces it",
		 "avec + et un indicatif, par paires, ou en bloc commençant "
		 "par 06 ou 07 ; sinon seulement près d'un mot qui l'annonce"}},
	{KIND_EMAIL,
	 "partie locale, @ et domaine d'au moins deux parties, seule, entre "
	 "chevrons ou après mailto:",
	 "syntaxe, longueurs, lettres du domaine de tête",
	 &(const struct phrase){"every address, wherever it stands",
				"toute adresse, où qu'elle soit"}},
	{KIND_FR_NIR,
	 "15 caractères, ou 13 sans la clé (faible), avec blancs, points ou "
	 "tirets ; 2A et 2B pour la Corse",
	 "97 - (13 chiffres mod 97)",
	 &(const struct phrase){"with a right key if sex and month are "
				"ordinary, or grouped as people write it; else "
				"only beside a word that announces it",
				"avec une clé juste si sexe et mois sont "
				"ordinaires, ou groupé comme on l'écrit ; "
				"sinon seulement près d'un mot qui l'annonce"}},
	{KIND_FR_RPPS,
	 "11 chiffres commençant par 1, seuls ou après le 8 de l'identifiant "
	 "national",
	 "Luhn sur 11 chiffres", &prose_word},
	{KIND_FR_FINESS,
	 "9 caractères, un département devant ; 2A et 2B (Corse) sont faibles",
	 "Luhn sur 9 chiffres ; aucun pour la Corse", &prose_word},
	{KIND_FR_SIRET, "14 chiffres, avec blancs ou points",
	 "Luhn sur 14 chiffres et sur les 9 premiers ; pour La Poste, 5 divise "
	 "la somme des chiffres",
	 &(const struct phrase){
		 "grouped 3 3 3 5, or beside a word that announces it",
		 "groupé 3 3 3 5, ou près d'un mot qui l'annonce"}},
	{KIND_FR_SIREN, "9 chiffres, avec blancs ou points",
	 "Luhn sur 9 chiffres", &prose_word},
	{KIND_IBAN,
	 "pays, clé et compte de 15 à 34 caractères, avec blancs, points ou "
	 "tirets",
	 "97 laisse 1 ; longueur et structure du pays ; la clé nationale en "
	 "France, à Monaco et en Espagne",
	 &(const struct phrase){"every one that passes the check",
				"tous ceux qui passent le contrôle"}},
	{KIND_BLOOD_GROUP,
	 "A, B, AB ou O avec le rhésus, en signes ou en mots ; le groupe seul "
	 "est faible",
	 "un des huit groupes", &prose_never},
	{KIND_HEALTH_NOTE,
	 "un texte libre, français ou anglais, avec un mot de médecine",
	 "aucun ; les sujets se reconnaissent aux mots et à ce qui les entoure",
	 &(const struct phrase){"every note is read for health topics: tocsin "
				"explain hiv explains one",
				"toute note est lue pour ses sujets de santé : "
				"tocsin explain hiv en explique un"}},
	{KIND_PASSWORD,
	 "une ligne d'identifiants (adresse, séparateur, mot de passe) est "
	 "valide ; tout texte court est faible",
	 "la disposition de la ligne",
	 &(const struct phrase){"on a line with an e-mail address, a separator "
				"and nothing else",
				"sur une ligne faite d'une adresse, d'un "
				"séparateur et de lui"}},
	{KIND_PASSWORD_HASH,
	 "crypt, bcrypt, Argon2 et les formats de bases et de systèmes ; "
	 "l'hexadécimal nu est faible",
	 "préfixe, alphabet et longueur du format",
	 &(const struct phrase){
		 "every one that starts with $, and behind an e-mail address",
		 "toutes celles qui commencent par $, et derrière une "
		 "adresse"}},
	{KIND_ORGANISATION_NAME,
	 "des lettres ; des mots comme LABORATOIRE ou SARL le disent",
	 "aucun : dans une colonne, peu de valeurs qui reviennent",
	 &prose_never},
};

_Static_assert(COUNT_OF(kind_texts) == KIND_COUNT - 1, "a kind is left out");

/** A health topic. The examples are made up, and are judged when they are
 * shown: said, tested, of somebody else. */
struct topic_text {
	enum topic id;
	struct phrase title;
	struct phrase names; /* what names it */
	struct phrase notes[EXAMPLES];
};

static const struct topic_text topic_texts[] = {
	{TOPIC_HIV,
	 {"HIV", "VIH"},
	 {"the virus, AIDS, its treatments, and prevention",
	  "le virus, le sida, ses traitements, la prévention"},
	 {{"HIV positive on ART", "séropositif, trithérapie"},
	  {"HIV negative", "VIH négatif"},
	  {"husband is HIV positive", "mari séropositif"}}},
	{TOPIC_PREGNANCY,
	 {"pregnancy", "grossesse"},
	 {"pregnancy, birth, hCG, weeks without menses",
	  "grossesse, accouchement, HCG, semaines d'aménorrhée"},
	 {{"pregnant, 12 weeks", "enceinte de 5 mois"},
	  {"pregnancy test ordered", "test de grossesse à faire"},
	  {"his wife is pregnant", "sa femme est enceinte"}}},
	{TOPIC_ABORTION,
	 {"abortion and miscarriage",
	  "interruption de grossesse et fausse couche"},
	 {"abortion, miscarriage, and what induces them",
	  "IVG, IMG, fausse couche, et ce qui les provoque"},
	 {{"miscarriage in May", "IVG prévue lundi"},
	  {"no abortion", "pas d'IVG"},
	  {"mother had a miscarriage", "fausse couche chez la mère"}}},
	{TOPIC_HEPATITIS,
	 {"viral hepatitis", "hépatite virale"},
	 {"the viruses, their markers and treatments; vaccines are not meant",
	  "les virus, leurs marqueurs et traitements ; pas les vaccins"},
	 {{"chronic hepatitis C", "porteur de l'Ag HBs"},
	  {"HBsAg neg", "dépistage hépatite C"},
	  {"mother has hepatitis B", "né de mère AgHBs positive"}}},
	{TOPIC_STI,
	 {"sexually transmitted infections",
	  "infections sexuellement transmissibles"},
	 {"syphilis, gonorrhoea, chlamydia, HPV, and their tests",
	  "syphilis, gonocoque, chlamydia, HPV, et leurs tests"},
	 {{"tested positive for chlamydia", "syphilis traitée en 2019"},
	  {"gonorrhea not detected", "syphilis exclue"},
	  {"husband treated for syphilis", "mari traité pour syphilis"}}},
	{TOPIC_ADDICTION,
	 {"addiction", "addictions"},
	 {"drugs, alcohol, substitutes, units that treat them; not tobacco",
	  "drogues, alcool, substituts, services de soin ; pas le tabac"},
	 {{"on methadone", "suivi au CSAPA"},
	  {"denies drug use", "cannabis : négatif"},
	  {"uncle is an alcoholic", "oncle alcoolique"}}},
	{TOPIC_PSYCHIATRY,
	 {"psychiatry", "psychiatrie"},
	 {"disorders of the mind, suicide, wards, drugs",
	  "troubles psychiques, suicide, services, médicaments"},
	 {{"major depression, on sertraline", "trouble bipolaire équilibré"},
	  {"denies depression", "pas de dépression"},
	  {"sister with bipolar disorder",
	   "fille suivie pour anorexie mentale"}}},
	{TOPIC_ONCOLOGY,
	 {"cancer", "cancer"},
	 {"tumours, their treatments and markers",
	  "tumeurs, leurs traitements et marqueurs"},
	 {{"history of breast cancer", "cancer du sein opéré"},
	  {"no evidence of malignancy", "PSA de contrôle"},
	  {"mother had breast cancer", "cancer du sein chez la mère"}}},
	{TOPIC_DIABETES,
	 {"diabetes", "diabète"},
	 {"diabetes, its treatments, HbA1c", "diabète, ses traitements, HbA1c"},
	 {{"type 2 diabetes on metformin", "diabète sous metformine"},
	  {"without diabetes", "dépistage du diabète"},
	  {"family history of diabetes", "mère diabétique"}}},
	{TOPIC_THYROID,
	 {"thyroid", "thyroïde"},
	 {"diseases of the thyroid, treatments, TSH, T4",
	  "maladies de la thyroïde, traitements, TSH, T4"},
	 {{"hypothyroid on levothyroxine", "hypothyroïdie substituée"},
	  {"TSH", "bilan thyroïdien"},
	  {"family history of goitre", "antécédents familiaux de thyroïde"}}},
	{TOPIC_FERTILITY,
	 {"fertility and contraception", "fertilité et contraception"},
	 {"assisted conception, infertility, contraception",
	  "procréation assistée, infertilité, contraception"},
	 {{"IVF cycle 2", "FIV prévue en mars"},
	  {"semen analysis", "spermogramme"},
	  {"IVF in sister", "FIV chez la soeur"}}},
	{TOPIC_GENETICS,
	 {"genetics", "génétique"},
	 {"hereditary diseases, mutations, karyotypes",
	  "maladies héréditaires, mutations, caryotypes"},
	 {{"cystic fibrosis", "mucoviscidose"},
	  {"genetic test", "test génétique demandé"},
	  {"brother with cystic fibrosis", "frère trisomique"}}},
	{TOPIC_DISABILITY,
	 {"disability", "handicap"},
	 {"disability, long illness, guardianship",
	  "handicap, affection de longue durée, tutelle"},
	 {{"wheelchair user", "sous tutelle"},
	  {"no disability", "pas de handicap"},
	  {"his mother is deaf", "fils handicapé"}}},
	{TOPIC_VIOLENCE,
	 {"violence", "violences"},
	 {"rape, beating, abuse; the relative named is mostly its author",
	  "viol, coups, maltraitance ; le proche nommé en est le plus souvent "
	  "l'auteur"},
	 {{"raped last week", "violences conjugales"},
	  {"no violence", "pas de notion de violence"},
	  {"mother victim of rape", "mère victime de viol"}}},
};

_Static_assert(COUNT_OF(topic_texts) == TOPIC_COUNT, "a topic is left out");

/* A line that is being printed: a label, then words, broken between them. */
struct liner {
	const struct cli *c;
	size_t at;
};

static size_t
put(const struct liner *l, const char *text, size_t n)
{
	size_t places = 0;

	for (size_t i = 0; i < n; i++)
		places += ((unsigned char)text[i] & 0xC0) != 0x80;
	(void)fprintf(l->c->out, "%.*s", (int)n, text);
	return places;
}

static void
put_words(struct liner *l, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, " ");

		/* A sign that French parts from its word stays there. */
		while (text[n] == ' ' && byte_in((uint8_t)text[n + 1], ";:?!"))
			n += 2;
		if (l->at > LABEL_PLACES && l->at + 1 + n > LINE_PLACES) {
			(void)fprintf(l->c->out, "\n%*s", LABEL_PLACES, "");
			l->at = LABEL_PLACES;
		} else if (l->at > LABEL_PLACES) {
			(void)fputc(' ', l->c->out);
			l->at++;
		}
		l->at += put(l, text, n);
		text += n + strspn(text + n, " ");
	}
}

static struct liner
begin(const struct cli *c, const char *label)
{
	struct liner l = {.c = c, .at = LABEL_PLACES};
	const size_t n = put(&l, label, strlen(label));

	(void)fprintf(c->out, "%*s",
		      n < LABEL_PLACES ? (int)(LABEL_PLACES - n) : 1, "");
	return l;
}

static void
say(const struct cli *c, const char *label, const char *label_fr,
    const char *text, const char *text_fr)
{
	struct liner l = begin(c, c->french ? label_fr : label);

	put_words(&l, c->french ? text_fr : text);
	(void)fputc('\n', c->out);
}

static void
title(const struct cli *c, const char *name, struct phrase what)
{
	(void)fprintf(c->out, "%s%s%s\n", name, c->french ? " : " : ": ",
		      cli_say(c, what));
}

/* How many values pass by chance, and what that means in a column. */
static void
say_chance(const struct cli *c, const struct kind *k)
{
	char text[320];
	char n[3][48];

	if (k->one_in <= 1) {
		say(c, "by chance", "par hasard",
		    "any text of this shape passes: in a column the header, "
		    "the other values and the columns beside it decide",
		    "tout texte de cette forme passe : dans une colonne, "
		    "l'en-tête, les autres valeurs et les voisines décident");
		return;
	}
	(void)snprintf(text, sizeof(text),
		       c->french ? "1 texte sur %s de cette forme passe"
				 : "1 in %s random texts of this shape passes",
		       cli_number(c, k->one_in, n[0]));
	say(c, "by chance", "par hasard", text, text);
	(void)snprintf(
		text, sizeof(text),
		c->french ? "sur %s valeurs, %s passeraient par hasard ; on y "
			    "croit si la plupart passent, ou si l'en-tête le "
			    "dit et que les valeurs ne le démentent pas"
			  : "of %s values, %s would pass by chance; it is "
			    "believed if most pass, or if the header says so "
			    "and the values do not refute it",
		cli_number(c, COLUMN_TESTED_MAX, n[1]),
		cli_number(c, (COLUMN_TESTED_MAX + k->one_in / 2) / k->one_in,
			   n[2]));
	say(c, "in a column", "en colonne", text, text);
}

/* Words of a list are parted by commas, the words of one entry by blanks. */
static void
put_entry(struct liner *l, const char *words, bool *first)
{
	if (!*first)
		l->at += put(l, ",", 1);
	*first = false;
	put_words(l, words);
}

static void
say_words(const struct cli *c, const struct kind *k)
{
	static const struct phrase labels[] = {
		{"headers?", "en-têtes ?"},
		{"headers", "en-têtes"},
		{"headers!", "en-têtes !"},
	};

	for (unsigned s = 3; s >= 1; s--) {
		struct liner l = {.c = c, .at = 0};
		bool first = true;

		for (const struct kind_header *h = k->headers; h->words != NULL;
		     h++) {
			if (h->strength == s && first)
				l = begin(c, cli_say(c, labels[s - 1]));
			if (h->strength == s)
				put_entry(&l, h->words, &first);
		}
		(void)fputs(first ? "" : "\n", c->out);
	}
	if (k->context[0] == NULL)
		return;
	struct liner l = begin(c, c->french ? "près de" : "near");
	bool first = true;
	for (const char *const *w = k->context; *w != NULL; w++)
		put_entry(&l, *w, &first);
	(void)fputc('\n', c->out);
}

static const struct kind_text *
text_of_kind(enum kind_id id)
{
	assert(kind_texts[id - 1].id == id);
	return &kind_texts[id - 1];
}

static int
print_kind(const struct cli *c, const struct kind *k)
{
	const struct kind_text *t = text_of_kind(k->id);

	title(c, k->name, (struct phrase){k->title_en, k->title_fr});
	if (k->country != NULL)
		say(c, "country", "pays", k->country, k->country);
	say(c, "accepted", "accepté", k->accepts, t->accepts);
	say(c, "check", "contrôle", k->check, t->check);
	say_chance(c, k);
	say(c, "in prose", "en texte", t->prose->en, t->prose->fr);
	say_words(c, k);
	say(c, "source", "source", k->source, k->source);
	return CLI_DONE;
}

/* A document of tocsin.explain/1 about ${what} ("kind"), named ${name}. */
static json_t *
begin_json(const char *what, const char *name)
{
	return json_pack("{s:s, s:{s:s, s:s}, s:s}", "schema",
			 "tocsin.explain/1", "tool", "name", "tocsin",
			 "version", TOCSIN_VERSION, what, name);
}

/* Print ${o}, to which something could not be added if ${bad}. */
static int
end_json(const struct cli *c, json_t *o, bool bad)
{
	if (!bad && o != NULL)
		return show_print(c, o);
	json_decref(o);
	return CLI_INTERNAL;
}

static int
kind_json(const struct cli *c, const struct kind *k)
{
	const struct kind_text *t = text_of_kind(k->id);
	json_t *o = begin_json("kind", k->name);
	json_t *headers = json_array();
	json_t *near = json_array();
	bool bad = false;

	for (const struct kind_header *h = k->headers; h->words != NULL; h++)
		bad |= json_array_append_new(headers,
					     json_pack("{s:s, s:i}", "words",
						       h->words, "strength",
						       (int)h->strength)) != 0;
	for (const char *const *w = k->context; *w != NULL; w++)
		bad |= json_array_append_new(near, json_string(*w)) != 0;
	json_t *rest = json_pack(
		"{s:s?, s:{s:s, s:s}, s:s, s:s, s:I, s:s, s:b, s:o, s:o, s:s}",
		"country", k->country, "title", "en", k->title_en, "fr",
		k->title_fr, "accepts", k->accepts, "check", k->check, "one_in",
		(json_int_t)k->one_in, "prose", t->prose->en, "identifies",
		(int)k->identifies, "headers", headers, "near", near, "source",
		k->source);
	bad |= json_object_update(o, rest) != 0;
	json_decref(rest);
	return end_json(c, o, bad);
}

/* In the order of enum health_sense. */
static const struct phrase sense_words[] = {
	{"nothing", "rien"},
	{"other", "autrui"},
	{"tested", "testé"},
	{"said", "dit"},
};

static const struct phrase sense_rules[] = {
	{NULL, NULL},
	{"of a relative, a partner or a source of infection: not counted",
	 "d'un parent, d'un partenaire ou d'une source d'infection : non "
	 "compté"},
	{"asked for, tested, denied, in doubt or absent: it still reveals the "
	 "question, and is counted apart",
	 "demandé, testé, nié, incertain ou absent : cela révèle la question, "
	 "et se compte à part"},
	{"the patient has it, is it or takes it: named as a state, an illness "
	 "or a treatment, with a positive result, or as known; what is past "
	 "counts",
	 "le patient l'a, l'est ou le prend : nommé comme état, maladie ou "
	 "traitement, avec un résultat positif, ou connu ; le passé compte"},
};

/* What ${note} says of ${topic}: judged now, as in a scan. */
static enum health_sense
judge_note(const char *note, enum topic topic)
{
	struct health_hit hits[NOTE_HITS];
	const size_t n = health_find(span_str(note), hits, NOTE_HITS);
	enum health_sense sense = HEALTH_NONE;

	for (size_t i = 0; i < n; i++)
		if (hits[i].topic == topic && hits[i].sense > sense)
			sense = (enum health_sense)hits[i].sense;
	return sense;
}

static int
print_topic(const struct cli *c, const struct topic_text *t)
{
	title(c, topic_name(t->id), t->title);
	say(c, "named by", "nommé par", t->names.en, t->names.fr);
	for (unsigned i = HEALTH_SAID; i >= HEALTH_OTHER; i--) {
		const struct phrase word = sense_words[i];
		const struct phrase rule = sense_rules[i];

		say(c, word.en, word.fr, rule.en, rule.fr);
	}
	(void)fprintf(c->out, "%s\n",
		      c->french ? "\nExemples inventés, jugés à l'instant :"
				: "\nMade-up examples, judged just now:");
	for (size_t i = 0; i < EXAMPLES; i++) {
		const char *note = cli_say(c, t->notes[i]);
		const struct phrase word = sense_words[judge_note(note, t->id)];

		say(c, word.en, word.fr, note, note);
	}
	return CLI_DONE;
}

static int
topic_json(const struct cli *c, const struct topic_text *t)
{
	json_t *o = begin_json("topic", topic_name(t->id));
	json_t *list = json_array();
	bool bad = false;

	for (size_t i = 0; i < (size_t)2 * EXAMPLES; i++) {
		const struct phrase p = t->notes[i / 2];
		const char *note = i % 2 == 0 ? p.en : p.fr;

		bad |= json_array_append_new(
			       list,
			       json_pack("{s:s, s:s}", "note", note, "sense",
					 sense_words[judge_note(note, t->id)]
						 .en)) != 0;
	}
	json_t *rest = json_pack("{s:{s:s, s:s}, s:s, s:o}", "title", "en",
				 t->title.en, "fr", t->title.fr, "named_by",
				 t->names.en, "examples", list);
	bad |= json_object_update(o, rest) != 0;
	json_decref(rest);
	return end_json(c, o, bad);
}

/* The column as tocsin inspect --json has it. */
static int
column_json(const struct cli *c, const struct scan_document *d,
	    const struct column_type *t)
{
	json_t *o = begin_json("path", "");
	json_t *all = show_document(NULL, d);
	json_t *column =
		json_array_get(json_object_get(all, "columns"), t->index);
	const bool bad =
		json_object_set(o, "path", json_object_get(all, "path")) != 0 ||
		json_object_set_new(o, "number", json_integer(t->index + 1)) !=
			0 ||
		json_object_set(o, "column", column) != 0;

	json_decref(all);
	return end_json(c, o, bad);
}

static int
print_column(const struct cli *c, const struct scan_document *d,
	     const struct column_type *t)
{
	const struct kind *kind = kind_by_id((enum kind_id)t->kind);
	char why[COLUMN_WHY_MAX];
	char text[96];
	char n[2][48];

	(void)column_why(t, why, sizeof(why), c->french);
	show_path(c->out, d->path);
	(void)fprintf(c->out, "%s %u: %s (%s, %u %%)\n",
		      c->french ? ", colonne" : ", column", t->index + 1U,
		      t->name, role_name((enum role)t->role), t->confidence);
	if (kind == NULL)
		title(c, "-",
		      (struct phrase){"no personal data that we know",
				      "aucune donnée personnelle connue"});
	else
		title(c, kind->name,
		      (struct phrase){kind->title_en, kind->title_fr});
	say(c, "why", "pourquoi", why, why);
	(void)snprintf(text, sizeof(text),
		       c->french ? "%s lignes, dont %s remplies"
				 : "%s rows, of these %s filled",
		       cli_number(c, t->sampled, n[0]),
		       cli_number(c, t->filled, n[1]));
	say(c, "sample", "échantillon", text, text);
	return CLI_DONE;
}

static int
refuse(const struct cli *c, const char *en, const char *fr, const char *hint,
       const char *hint_fr)
{
	cli_error(c, (struct phrase){en, fr}, (struct phrase){hint, hint_fr});
	return CLI_USAGE;
}

static int
no_such_column(const struct cli *c, uint32_t cols)
{
	char en[64];
	char fr[64];

	(void)snprintf(en, sizeof(en), "this document has %u columns", cols);
	(void)snprintf(fr, sizeof(fr), "ce document a %u colonnes", cols);
	return refuse(c, "no such column", "colonne inconnue", en, fr);
}

static int
explain_document(const struct cli *c, const struct settings *set,
		 const struct scan_document *d, uint64_t number)
{
	if (d->status == SCAN_UNREAD) {
		cli_error(c,
			  (struct phrase){wire_reason_text(d->reason, false),
					  wire_reason_text(d->reason, true)},
			  (struct phrase){"the file was not read",
					  "le fichier n'a pas été lu"});
		return CLI_INCOMPLETE;
	}
	if (d->types == NULL || number < 1 || number > d->plan.cols)
		return no_such_column(c, d->plan.cols);
	const struct column_type *t = &d->types[number - 1];
	return set->json ? column_json(c, d, t) : print_column(c, d, t);
}

static int
explain_column(const struct cli *c, const struct settings *set, uint64_t number)
{
	const struct scan_options o = {
		.jobs = 1,
		.no_sandbox = set->no_sandbox,
		.probe_only = true,
		.stop = c->stop,
	};
	struct scan_result *r = NULL;
	int status;

	if (set->in == NULL)
		return refuse(c, "a column of which file?",
			      "une colonne de quel fichier ?",
			      "tocsin explain 3 --in FILE",
			      "tocsin explain 3 --in FICHIER");
	const enum rc rc = scan_run(&set->in, 1, &o, &r);
	if (rc != RC_OK) {
		cli_error(c, (struct phrase){rc_name(rc), rc_name(rc)},
			  (struct phrase){"tocsin doctor", "tocsin doctor"});
		return CLI_INTERNAL;
	}
	if (r->interrupted)
		status = CLI_INTERRUPTED;
	else if (r->n_documents != 1)
		status = refuse(c, "--in takes one file",
				"--in demande un fichier",
				"tocsin inspect takes many",
				"tocsin inspect en prend plusieurs");
	else
		status = explain_document(c, set, &r->documents[0], number);
	scan_result_free(r);
	return status;
}

/* Explain what has a name: a kind or a topic. */
static int
explain_name(const struct cli *c, const struct settings *set, const char *name)
{
	const struct kind *kind = kind_by_name(span_str(name));

	if (set->in != NULL)
		return refuse(c, "--in needs the number of a column",
			      "--in demande le numéro d'une colonne",
			      "tocsin inspect numbers them",
			      "tocsin inspect les numérote");
	if (kind != NULL)
		return set->json ? kind_json(c, kind) : print_kind(c, kind);
	for (size_t i = 0; i < COUNT_OF(topic_texts); i++) {
		const struct topic_text *t = &topic_texts[i];

		if (strcmp(topic_name(t->id), name) == 0)
			return set->json ? topic_json(c, t) : print_topic(c, t);
	}
	if (strncmp(name, "person", 6) == 0)
		return refuse(c, "a person cannot be explained yet",
			      "une personne ne s'explique pas encore",
			      "tocsin people says why records are held to be "
			      "one person",
			      "tocsin people dit pourquoi des enregistrements "
			      "sont réunis");
	return refuse(
		c, "no kind, topic or column", "ni genre, ni sujet, ni colonne",
		"tocsin kinds lists the kinds; man tocsin-explain the topics",
		"tocsin kinds donne les genres ; man tocsin-explain les "
		"sujets");
}

static int
run_explain(struct cli *c, const void *settings, char **operands, size_t n)
{
	const struct settings *set = settings;

	if (n == 0 || (n > 1 && strcmp(operands[0], "person") != 0))
		return refuse(c, "explain one thing: what?",
			      "une chose à expliquer : laquelle ?",
			      "tocsin help explain", "tocsin help explain");
	const struct span name = span_str(operands[0]);
	if (name.n > 0 && name.n < 10 && all_digits(name.p, name.n))
		return explain_column(c, set, number(name.p, name.n));
	return explain_name(c, set, operands[0]);
}

static const struct phrase examples[] = {
	{"tocsin explain fr.nir", NULL},
	{"what is accepted, what checks it, and how sure that is",
	 "ce qui est accepté, ce qui le contrôle, et avec quelle sûreté"},
	{"tocsin explain hiv", NULL},
	{"when a note says it, only tests it, or means somebody else",
	 "quand une note le dit, le teste seulement, ou parle d'autrui"},
	{"tocsin explain 2 --in leak.csv", NULL},
	{"why the second column is held to be what it is",
	 "pourquoi la deuxième colonne est prise pour ce qu'elle est"},
	{NULL, NULL},
};

const struct cli_command cmd_explain = {
	.name = "explain",
	.operands = "KIND|TOPIC|COLUMN",
	.summary = {"why a kind, a topic or a column is believed",
		    "pourquoi croire à un genre, un sujet ou une colonne"},
	.options = options,
	.examples = examples,
	.settings_bytes = sizeof(struct settings),
	.run = run_explain,
};
