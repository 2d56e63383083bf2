/* scan/column: the reasons in words. Every word is ours; the numbers are
 * counts. */
#include "scan/column/column_impl.h"

#include <stdio.h>
#include <string.h>

/* Text that grows up to its ceiling, always ended by a NUL. */
struct out {
	char *p;
	size_t n;
	size_t cap;
	bool french;
};

static void
say(struct out *o, const char *text)
{
	const size_t n = strlen(text);
	const size_t room = o->cap - 1 - o->n;
	const size_t k = n < room ? n : room;

	memcpy(o->p + o->n, text, k);
	o->n += k;
	o->p[o->n] = '\0';
}

/* A number with its thousands apart: a comma in English, a blank in French. */
static void
say_number(struct out *o, uint32_t v)
{
	char digits[16];
	char text[24];
	const int n = snprintf(digits, sizeof(digits), "%u", (unsigned)v);
	size_t k = 0;

	for (int i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			text[k++] = o->french ? ' ' : ',';
		text[k++] = digits[i];
	}
	text[k] = '\0';
	say(o, text);
}

static void
say_part(struct out *o, const char *english, const char *french)
{
	if (o->n > 0)
		say(o, "; ");
	say(o, o->french ? french : english);
}

static void
say_of(struct out *o, uint32_t n, uint32_t of)
{
	say(o, " ");
	say_number(o, n);
	say(o, o->french ? " sur " : " of ");
	say_number(o, of);
}

static void
say_header(struct out *o, const struct column_type *t)
{
	if ((t->why & COLUMN_BY_HEADER) != 0) {
		say_part(o, "the header says so", "l'en-tête le dit");
		if (t->header_strength < 2)
			say(o, o->french ? " (indice faible)" : " (weak)");
	}
	if ((t->why & COLUMN_AGAINST_HEADER) != 0)
		say_part(o, "against its header", "contre son en-tête");
	if ((t->why & COLUMN_IS_EMPTY) != 0)
		say_part(o, "no value in the sample",
			 "aucune valeur dans l'échantillon");
	if ((t->why & COLUMN_IS_CONSTANT) != 0)
		say_part(o, "one and the same value", "une seule valeur");
}

static void
say_values(struct out *o, const struct column_type *t)
{
	const unsigned shown = COLUMN_BY_VALUES | COLUMN_BY_CHECKSUM |
			       COLUMN_BY_WORDS | COLUMN_BY_SPREAD;

	if (t->kind == 0 || t->tested == 0 || (t->why & shown) == 0)
		return;
	if ((t->why & COLUMN_BY_CHECKSUM) != 0)
		say_part(o, "check digits right in", "clé de contrôle juste :");
	else if ((t->why & COLUMN_BY_WORDS) != 0)
		say_part(o, "words of the kind in", "mots du genre :");
	else if ((t->why & COLUMN_BY_SPREAD) != 0)
		say_part(o, "years as far apart as births; dates in",
			 "années étalées comme des naissances ; dates :");
	else
		say_part(o, "the form fits in", "forme conforme :");
	say_of(o, t->valid, t->tested);
	say(o, o->french ? " valeurs" : " values");
}

static void
say_agreement(struct out *o, const struct column_type *t)
{
	if (t->agrees_with == 0)
		return;
	if ((t->why & COLUMN_BY_BIRTH) != 0)
		say_part(o, "year and month agree with column ",
			 "année et mois concordent avec la colonne ");
	else if ((t->why & COLUMN_BY_SEX) != 0)
		say_part(o, "sex agrees with column ",
			 "le sexe concorde avec la colonne ");
	else if ((t->why & COLUMN_BY_POSTCODE) != 0)
		say_part(o, "postcode and town agree, column ",
			 "code postal et commune concordent, colonne ");
	else
		say_part(o, "goes with column ", "va avec la colonne ");
	say_number(o, t->agrees_with);
	say(o, o->french ? " dans" : " in");
	say_of(o, t->agreed, t->compared);
	say(o, o->french ? " lignes" : " rows");
}

static void
say_rest(struct out *o, const struct column_type *t)
{
	if ((t->why & COLUMN_BY_POSITION) != 0)
		say_part(o, "by its neighbours", "par ses voisines");
	if ((t->why & COLUMN_BY_CARDINALITY) != 0)
		say_part(o, "follows a professional's number",
			 "suit le numéro d'un professionnel");
	if ((t->flags & COLUMN_TITLE) != 0)
		say_part(o, "forms of address", "civilités");
	if ((t->flags & COLUMN_FREE_TEXT) != 0)
		say_part(o, "running text, read value by value",
			 "texte libre, lu valeur par valeur");
	if ((t->flags & COLUMN_POSTCODE_REPAIR) != 0)
		say_part(o, "lost zeros are put back", "zéros perdus rétablis");
	if ((t->flags & COLUMN_HOLDER) != 0)
		say_part(o, "names the holder of the row",
			 "nomme le détenteur de la ligne");
	if (o->n == 0)
		say_part(o, "nothing points to personal data",
			 "rien n'indique une donnée personnelle");
}

size_t
column_why(const struct column_type *t, char *out, size_t cap, bool french)
{
	struct out o = {.p = out, .cap = cap, .french = french};

	out[0] = '\0';
	say_header(&o, t);
	say_values(&o, t);
	say_agreement(&o, t);
	say_rest(&o, t);
	return o.n;
}
