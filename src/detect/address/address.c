#include "detect/address/address.h"

#include "base/fold.h"
#include "base/lexicon.h"
#include "detect/address/address_impl.h"

#include <string.h>

enum { FOLDED_MAX = 2 * ADDRESS_TEXT_MAX };

/** Where in an address an abbreviation means what the table says. */
enum place {
	TYPE, /* where the type of the street stands: in front, or after the
		 number */
	ANYWHERE,
	INSIDE, /* behind another word */
	LAST,   /* "12 MAIN ST" */
};

/** A word and what it is short for. */
struct abbreviation {
	char word[LEXICON_WORD];
	char full[13];
	uint8_t place;
};

/* AFNOR XP Z10-011 and what people write instead. Sorted by word; a word may
 * come twice, for two places. */
static const struct abbreviation streets[] = {
	{"ALL", "ALLEE", TYPE},
	{"ALLEES", "ALLEE", TYPE},
	{"APP", "APPARTEMENT", ANYWHERE},
	{"APPART", "APPARTEMENT", ANYWHERE},
	{"APPT", "APPARTEMENT", ANYWHERE},
	{"APT", "APPARTEMENT", ANYWHERE},
	{"AV", "AVENUE", TYPE},
	{"AVE", "AVENUE", TYPE},
	{"AVE", "AVENUE", LAST},
	{"BAT", "BATIMENT", ANYWHERE},
	{"BD", "BOULEVARD", TYPE},
	{"BLD", "BOULEVARD", TYPE},
	{"BLVD", "BOULEVARD", TYPE},
	{"BOUL", "BOULEVARD", TYPE},
	{"BT", "BATIMENT", ANYWHERE},
	{"BVD", "BOULEVARD", TYPE},
	{"CAR", "CARREFOUR", TYPE},
	{"CDT", "COMMANDANT", INSIDE},
	{"CH", "CHEMIN", TYPE},
	{"CHE", "CHEMIN", TYPE},
	{"CHEM", "CHEMIN", TYPE},
	{"CHM", "CHEMIN", TYPE},
	{"CHS", "CHAUSSEE", TYPE},
	{"CNE", "CAPITAINE", INSIDE},
	{"COR", "CORNICHE", TYPE},
	{"CRES", "CRESCENT", LAST},
	{"CRS", "COURS", TYPE},
	{"CT", "COURT", LAST},
	{"DOM", "DOMAINE", TYPE},
	{"DR", "DOCTEUR", INSIDE},
	{"DR", "DRIVE", LAST},
	{"ESC", "ESCALIER", ANYWHERE},
	{"ESP", "ESPLANADE", TYPE},
	{"ETG", "ETAGE", ANYWHERE},
	{"FBG", "FAUBOURG", ANYWHERE},
	{"FG", "FAUBOURG", ANYWHERE},
	{"GAL", "GENERAL", INSIDE},
	{"GD", "GRAND", ANYWHERE},
	{"GDE", "GRANDE", ANYWHERE},
	{"GEN", "GENERAL", INSIDE},
	{"GR", "GRANDE RUE", TYPE},
	{"HAM", "HAMEAU", TYPE},
	{"IMM", "IMMEUBLE", ANYWHERE},
	{"IMP", "IMPASSE", TYPE},
	{"LD", "LIEU DIT", ANYWHERE},
	{"LIEUDIT", "LIEU DIT", ANYWHERE},
	{"LN", "LANE", LAST},
	{"LOT", "LOTISSEMENT", ANYWHERE},
	{"LT", "LIEUTENANT", INSIDE},
	{"MAL", "MARECHAL", INSIDE},
	{"MGR", "MONSEIGNEUR", INSIDE},
	{"MTE", "MONTEE", TYPE},
	{"PAS", "PASSAGE", TYPE},
	{"PASS", "PASSAGE", TYPE},
	{"PDT", "PRESIDENT", INSIDE},
	{"PL", "PLACE", TYPE},
	{"PL", "PLACE", LAST},
	{"PR", "PROFESSEUR", INSIDE},
	{"PRO", "PROMENADE", TYPE},
	{"PROM", "PROMENADE", TYPE},
	{"PRV", "PARVIS", TYPE},
	{"QU", "QUAI", TYPE},
	{"QUA", "QUARTIER", TYPE},
	{"R", "RUE", TYPE},
	{"RD", "ROAD", LAST},
	{"RES", "RESIDENCE", ANYWHERE},
	{"RESID", "RESIDENCE", ANYWHERE},
	{"RLE", "RUELLE", TYPE},
	{"RPT", "ROND POINT", TYPE},
	{"RT", "ROUTE", TYPE},
	{"RTE", "ROUTE", TYPE},
	{"SEN", "SENTIER", TYPE},
	{"SQ", "SQUARE", TYPE},
	{"ST", "SAINT", INSIDE},
	{"ST", "STREET", LAST},
	{"STE", "SAINTE", INSIDE},
	{"TRA", "TRAVERSE", TYPE},
	{"VLA", "VILLA", TYPE},
	{"VLGE", "VILLAGE", TYPE},
};

const struct lexicon address_short_words = {
	.rows = streets,
	.n = COUNT_OF(streets),
	.stride = sizeof(streets[0]),
	.lengths =
		{
			['A' - 'A'] = 0x005C,
			['B' - 'A'] = 0x001C,
			['C' - 'A'] = 0x001C,
			['D' - 'A'] = 0x000C,
			['E' - 'A'] = 0x0008,
			['F' - 'A'] = 0x000C,
			['G' - 'A'] = 0x000C,
			['H' - 'A'] = 0x0008,
			['I' - 'A'] = 0x0008,
			['L' - 'A'] = 0x008C,
			['M' - 'A'] = 0x0008,
			['P' - 'A'] = 0x001C,
			['Q' - 'A'] = 0x000C,
			['R' - 'A'] = 0x002E,
			['S' - 'A'] = 0x000C,
			['T' - 'A'] = 0x0008,
			['V' - 'A'] = 0x0018,
		},
	.first = {0,  9,  16, 28, 31, 34, 36, 41, 42, 44, 44, 44, 49, 52,
		  52, 52, 61, 63, 71, 76, 77, 77, 79, 79, 79, 79, 79},
};

/* Takes one word after the other from folded text. */
struct words {
	struct span rest;
};

static struct span
next_word(struct words *w)
{
	const size_t n = span_find(w->rest, ' ');
	const struct span word = {w->rest.p, n};
	const size_t skip = n < w->rest.n ? n + 1 : n;

	w->rest.p += skip;
	w->rest.n -= skip;
	return word;
}

/* Where text is written, word by word. */
struct writer {
	uint8_t *p;
	size_t n;
	size_t cap;
};

static void
put(struct writer *w, struct span word)
{
	const size_t blank = w->n > 0;

	if (word.n == 0 || w->n + blank + word.n > w->cap)
		return;
	if (blank)
		w->p[w->n++] = ' ';
	memcpy(w->p + w->n, word.p, word.n);
	w->n += word.n;
}

/* Values that programs and people write when they have none. */
static const char fillers[][LEXICON_WORD] = {
	"ADRESSE INCONNUE",
	"AUCUN",
	"AUCUNE",
	"INCONNU",
	"INCONNUE",
	"N A",
	"NA",
	"NC",
	"ND",
	"NEANT",
	"NON COMMUNIQUE",
	"NON COMMUNIQUEE",
	"NON PRECISE",
	"NON RENSEIGNE",
	"NON RENSEIGNEE",
	"NONE",
	"NPAI",
	"NR",
	"NULL",
	"SANS",
	"SANS ADRESSE",
	"SANS DOMICILE FIXE",
	"SDF",
	"TEST",
	"UNKNOWN",
	"X",
	"XX",
	"XXX",
	"XXXX",
	"XXXXX",
};

const struct lexicon address_fillers = {
	.rows = fillers,
	.n = COUNT_OF(fillers),
	.stride = sizeof(fillers[0]),
	.lengths =
		{
			['A' - 'A'] = 0x10060,
			['I' - 'A'] = 0x0180,
			['N' - 'A'] = 0xE83C,
			['S' - 'A'] = 0x41018,
			['T' - 'A'] = 0x0010,
			['U' - 'A'] = 0x0080,
			['X' - 'A'] = 0x003E,
		},
	.first = {0,  3,  3,  3,  3,  3,  3,  3,  3,  5,  5,  5,  5, 5,
		  19, 19, 19, 19, 19, 23, 24, 25, 25, 25, 30, 30, 30},
};

static bool
is_filler(struct span folded)
{
	return folded.n == 0 || lexicon_has(&address_fillers, folded) ||
	       span_is(folded, "0") || span_is(folded, "00000");
}

static struct span
fold(struct span text, uint8_t buf[static FOLDED_MAX])
{
	text = span_trim(text);
	if (text.n > ADDRESS_TEXT_MAX)
		text.n = ADDRESS_TEXT_MAX;
	return (struct span){buf, fold_words(text, buf, FOLDED_MAX)};
}

/** Where a word of an address stands. */
struct standing {
	bool first;  /* nothing but a number before it */
	bool number; /* right behind the number */
	bool last;
};

/* What ${word} is short for where it stands; itself if it is not. */
static struct span
in_full(struct span word, struct standing at)
{
	size_t i = lexicon_find(&address_short_words, word);

	for (; i < COUNT_OF(streets) && span_is(word, streets[i].word); i++) {
		const struct abbreviation *a = &streets[i];
		const bool fits = a->place == ANYWHERE ||
				  (a->place == TYPE && at.first && !at.last) ||
				  (a->place == INSIDE && !at.last) ||
				  (a->place == LAST && at.last && !at.first);
		if (fits)
			return span_str(a->full);
	}
	return word;
}

/* "B", "T" and "Q" behind a number; AFNOR writes them so, others in full. */
static struct span
suffix_in_full(struct span word)
{
	if (word.n == 1 && word.p[0] == 'B')
		return SPAN_LIT("BIS");
	if (word.n == 1 && word.p[0] == 'T')
		return SPAN_LIT("TER");
	if (word.n == 1 && word.p[0] == 'Q')
		return SPAN_LIT("QUATER");
	return word;
}

/* Digits at the start of ${word}. */
static size_t
leading_digits(struct span word)
{
	size_t n = 0;

	while (n < word.n && is_digit(word.p[n]))
		n++;
	return n;
}

static bool
is_suffix(struct span word)
{
	if (word.n == 1)
		return byte_in(word.p[0], "BTQ");
	return span_is(word, "BIS") || span_is(word, "TER") ||
	       span_is(word, "QUATER");
}

/* "0012BIS" as "12" and "BIS". */
static void
put_number(struct writer *w, struct span word, size_t digits)
{
	size_t zeros = 0;

	while (zeros + 1 < digits && word.p[zeros] == '0')
		zeros++;
	const struct span rest = {word.p + digits, word.n - digits};

	if (rest.n > 0 && !is_suffix(rest) && rest.n > 1) {
		put(w, word); /* "1ER", "8EME" */
		return;
	}
	put(w, (struct span){word.p + zeros, digits - zeros});
	put(w, suffix_in_full(rest));
}

size_t
address_street_normalise(struct span text, uint8_t *out, size_t cap)
{
	uint8_t buf[FOLDED_MAX];
	struct words words = {fold(text, buf)};
	struct writer w = {.cap = cap};
	struct standing at = {.first = true};

	w.p = out;
	if (is_filler(words.rest))
		return 0;
	while (words.rest.n > 0) {
		const struct span word = next_word(&words);
		const size_t digits = leading_digits(word);

		at.last = words.rest.n == 0;
		if (digits > 0) {
			put_number(&w, word, digits);
			at.first = at.number = true;
			continue;
		}
		/* "N 12", "NO 12"; "12 B RUE", but "12 B LECLERC". */
		const bool announces = at.first && !at.last && word.n <= 2 &&
				       word.p[0] == 'N' &&
				       is_digit(words.rest.p[0]);
		if (announces)
			continue;
		if (at.number && is_suffix(word) && !at.last) {
			put(&w, suffix_in_full(word));
			at.number = false;
			continue;
		}
		put(&w, in_full(word, at));
		at.first = at.number = false;
	}
	return w.n;
}

/* Does ${word} begin what follows a town: CEDEX, an arrondissement? */
static bool
ends_city(struct span word, bool first)
{
	if (span_is(word, "CEDEX") || span_is(word, "CDX") ||
	    span_is(word, "ARRONDISSEMENT"))
		return true;
	return !first && is_digit(word.p[0]);
}

static struct span
city_word(struct span word, bool first, bool last)
{
	if (span_is(word, "ST") && !last)
		return SPAN_LIT("SAINT");
	if (span_is(word, "STE") && !last)
		return SPAN_LIT("SAINTE");
	if (span_is(word, "S") && !first && !last)
		return SPAN_LIT("SUR");
	return word;
}

size_t
address_city_normalise(struct span text, uint8_t *out, size_t cap)
{
	uint8_t buf[FOLDED_MAX];
	struct words words = {fold(text, buf)};
	struct writer w = {.cap = cap};

	w.p = out;
	if (is_filler(words.rest))
		return 0;
	while (words.rest.n > 0) {
		const struct span word = next_word(&words);

		if (ends_city(word, w.n == 0))
			break;
		if (w.n == 0 && all_digits(word.p, word.n))
			continue; /* "56000 VANNES" */
		put(&w, city_word(word, w.n == 0, words.rest.n == 0));
	}
	return w.n;
}
