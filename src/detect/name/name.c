#include "detect/name/name.h"

#include "base/fold.h"
#include "detect/name/name_given_table.h"
#include "detect/name/name_impl.h"

#include <string.h>

enum {
	FOLDED_MAX = 2 * NAME_TEXT_MAX,
	SPECIAL_MAX = 12, /* letters of a word of the table below */
};

/** A word that is not simply part of a name. */
struct special {
	char word[SPECIAL_MAX + 1];
	uint8_t class;
};

static const struct special of_a[] = {
	{"AL", WORD_PARTICLE},
	{"AIT", WORD_PARTICLE},
};

static const struct special of_b[] = {
	{"BEN", WORD_PARTICLE},
	{"BORN", WORD_BORN},
};

static const struct special of_d[] = {
	{"DE", WORD_PARTICLE},    {"DU", WORD_PARTICLE},
	{"DES", WORD_PARTICLE},   {"D", WORD_PARTICLE},
	{"DER", WORD_PARTICLE},   {"DEN", WORD_PARTICLE},
	{"DA", WORD_PARTICLE},    {"DI", WORD_PARTICLE},
	{"DEL", WORD_PARTICLE},   {"DELLA", WORD_PARTICLE},
	{"DOS", WORD_PARTICLE},   {"DR", WORD_DOCTOR},
	{"DOCTEUR", WORD_DOCTOR}, {"DOCTOR", WORD_DOCTOR},
	{"DIV", WORD_WIFE},       {"DIVORCEE", WORD_WIFE},
};

static const struct special of_e[] = {
	{"EL", WORD_PARTICLE}, {"EP", WORD_WIFE},  {"EPOUSE", WORD_WIFE},
	{"EPSE", WORD_WIFE},   {"EPX", WORD_WIFE},
};

static const struct special of_f[] = {
	{"FRAU", WORD_TITLE},
	{"FEU", WORD_DROP},
};

static const struct special of_h[] = {
	{"HERR", WORD_TITLE},
};

static const struct special of_l[] = {
	{"LE", WORD_PARTICLE},
	{"LA", WORD_PARTICLE},
	{"L", WORD_PARTICLE},
};

static const struct special of_m[] = {
	{"MC", WORD_PARTICLE},    {"MR", WORD_TITLE},
	{"MME", WORD_TITLE},      {"MLLE", WORD_TITLE},
	{"MELLE", WORD_TITLE},    {"MADAME", WORD_TITLE},
	{"MONSIEUR", WORD_TITLE}, {"MADEMOISELLE", WORD_TITLE},
	{"MM", WORD_TITLE},       {"MMES", WORD_TITLE},
	{"MRS", WORD_TITLE},      {"MS", WORD_TITLE},
	{"MISS", WORD_TITLE},     {"MISTER", WORD_TITLE},
};

static const struct special of_n[] = {
	{"NEE", WORD_BORN},
	{"NE", WORD_BORN},
};

static const struct special of_o[] = {
	{"OULD", WORD_PARTICLE},
};

static const struct special of_p[] = {
	{"PR", WORD_DOCTOR},
	{"PROF", WORD_DOCTOR},
	{"PROFESSEUR", WORD_DOCTOR},
};

static const struct special of_s[] = {
	{"SAINT", WORD_PARTICLE},
	{"SAINTE", WORD_PARTICLE},
	{"ST", WORD_PARTICLE},
	{"STE", WORD_PARTICLE},
};

static const struct special of_t[] = {
	{"TER", WORD_PARTICLE},
};

static const struct special of_v[] = {
	{"VAN", WORD_PARTICLE},
	{"VON", WORD_PARTICLE},
	{"VVE", WORD_WIFE},
	{"VEUVE", WORD_WIFE},
};

static const struct special of_z[] = {
	{"ZU", WORD_PARTICLE},
};

/* The lists above, by first letter. */
static const struct {
	const struct special *list;
	size_t n;
} by_letter[26] = {
	['A' - 'A'] = {of_a, COUNT_OF(of_a)},
	['B' - 'A'] = {of_b, COUNT_OF(of_b)},
	['D' - 'A'] = {of_d, COUNT_OF(of_d)},
	['E' - 'A'] = {of_e, COUNT_OF(of_e)},
	['F' - 'A'] = {of_f, COUNT_OF(of_f)},
	['H' - 'A'] = {of_h, COUNT_OF(of_h)},
	['L' - 'A'] = {of_l, COUNT_OF(of_l)},
	['M' - 'A'] = {of_m, COUNT_OF(of_m)},
	['N' - 'A'] = {of_n, COUNT_OF(of_n)},
	['O' - 'A'] = {of_o, COUNT_OF(of_o)},
	['P' - 'A'] = {of_p, COUNT_OF(of_p)},
	['S' - 'A'] = {of_s, COUNT_OF(of_s)},
	['T' - 'A'] = {of_t, COUNT_OF(of_t)},
	['V' - 'A'] = {of_v, COUNT_OF(of_v)},
	['Z' - 'A'] = {of_z, COUNT_OF(of_z)},
};

int
name_compare(const char *s, struct span word)
{
	for (size_t i = 0; i < word.n; i++) {
		const int c = (int)(uint8_t)s[i] - (int)word.p[i];

		/* The NUL of ${s} is below every byte of a word. */
		if (c != 0 || s[i] == '\0')
			return c != 0 ? c : -1;
	}
	return s[word.n] == '\0' ? 0 : 1;
}

bool
span_is(struct span s, const char *word)
{
	return strlen(word) == s.n && memcmp(s.p, word, s.n) == 0;
}

enum name_word
name_word(struct span word)
{
	if (word.n == 0 || word.n > SPECIAL_MAX || !is_upper(word.p[0]))
		return WORD_NAME;
	const struct special *list = by_letter[word.p[0] - 'A'].list;
	const size_t n = by_letter[word.p[0] - 'A'].n;

	for (size_t i = 0; i < n; i++)
		if (memcmp(list[i].word, word.p, word.n) == 0 &&
		    list[i].word[word.n] == '\0')
			return (enum name_word)list[i].class;
	return WORD_NAME;
}

bool
name_is_filler(struct span norm)
{
	/* Sorted. */
	static const char *const fillers[] = {
		"A COMPLETER",
		"ANONYME",
		"AUCUN",
		"AUCUNE",
		"DIVERS",
		"ESSAI",
		"INCONNU",
		"INCONNUE",
		"N A",
		"N C",
		"NA",
		"NC",
		"ND",
		"NEANT",
		"NN",
		"NOM",
		"NOM INCONNU",
		"NON COMMUNIQUE",
		"NON CONNU",
		"NON PRECISE",
		"NON RENSEIGNE",
		"NON RENSEIGNEE",
		"NONE",
		"NR",
		"NULL",
		"PATIENT TEST",
		"PRENOM",
		"PRENOM INCONNU",
		"SANS",
		"SANS NOM",
		"SANS PRENOM",
		"TEST",
		"TEST TEST",
		"UNKNOWN",
		"VIDE",
		"X",
	};
	bool same = norm.n >= 2;

	if (norm.n > 16)
		return false;
	for (size_t i = 1; i < norm.n; i++)
		same = same && (norm.p[i] == norm.p[0]);
	/* "LI LI" is a name; "XX" and "AAA" are not. */
	if (same && (norm.n > 2 || norm.p[0] == 'X'))
		return true;
	for (size_t i = 0; norm.n > 0 && i < COUNT_OF(fillers); i++) {
		if (fillers[i][0] > (char)norm.p[0])
			break;
		if (fillers[i][0] == (char)norm.p[0] &&
		    span_is(norm, fillers[i]))
			return true;
	}
	return false;
}

/* A name in the making. */
struct writer {
	uint8_t *p;
	size_t n;
	size_t cap;
	size_t word; /* where the word that is being written starts */
	bool full;
	bool letters;
};

/* A special word of a name: what becomes of it? True: the name ends here. */
static bool
end_special(struct writer *w, enum name_word class)
{
	switch (class) {
	case WORD_TITLE:
	case WORD_DOCTOR:
	case WORD_DROP:
		if (w->word == 0)
			w->n = 0;
		return false;
	case WORD_BORN:
	case WORD_WIFE:
		w->n = w->word;
		return w->word > 0;
	case WORD_NAME:
	case WORD_PARTICLE:
		return false;
	}
	return false;
}

/* "ST" as "SAINT", which a word follows. */
static void
end_saint(struct writer *w)
{
	const size_t n = w->n - w->word;
	const bool wife = n == 3 && w->p[w->word + 2] == 'E';

	if (n < 2 || n > 3 || w->p[w->word] != 'S' ||
	    w->p[w->word + 1] != 'T' || (n == 3 && !wife) ||
	    w->word + 6 > w->cap)
		return;
	memcpy(w->p + w->word, "SAINTE", 6);
	w->n = w->word + (wife ? 6 : 5);
}

/* End the word being written; ${by} is the byte that ended it, 0 the end of
 * the text. True: the name ends here. */
static bool
end_word(struct writer *w, uint8_t by)
{
	const struct span word = {w->p + w->word, w->n - w->word};

	if (word.n == 0)
		return false;
	/* "M. DUPONT" */
	if (by == '.' && w->word == 0 && word.n == 1 && word.p[0] == 'M') {
		w->n = 0;
		return false;
	}
	const enum name_word class = name_word(word);

	if (class != WORD_NAME && end_special(w, class))
		return true;
	if (class == WORD_PARTICLE && by != 0)
		end_saint(w);
	if (w->n > w->word && w->n < w->cap)
		w->p[w->n++] = ' ';
	w->full = w->n == w->cap;
	w->word = w->n;
	return w->full;
}

/* Write the name in the folded or ASCII ${text}. */
static void
write_name(struct writer *w, struct span text)
{
	for (size_t i = 0; i < text.n; i++) {
		const uint8_t b = text.p[i];

		if (is_alpha(b) || b >= 0x80) {
			if (w->n == w->cap)
				return;
			w->p[w->n++] = b >= 0x80 ? b : b & 0xDF;
			w->letters = true;
		} else if (is_digit(b)) {
			if (w->n == w->cap)
				return;
			w->p[w->n++] = b;
		} else if (end_word(w, b) || (b == '(' && w->n > 0)) {
			return;
		}
	}
	(void)end_word(w, 0);
}

size_t
name_normalise(struct span text, uint8_t *out, size_t cap)
{
	uint8_t folded[FOLDED_MAX];
	struct writer w = {.cap = cap};

	w.p = out;
	if (text.n > NAME_TEXT_MAX)
		text.n = NAME_TEXT_MAX;
	if (!span_is_ascii(text))
		text = (struct span){
			folded, fold_letters(text, folded, sizeof(folded))};
	write_name(&w, text);
	while (w.n > 0 && out[w.n - 1] == ' ')
		w.n--;
	if (!w.letters || name_is_filler((struct span){out, w.n}))
		return 0;
	return w.n;
}

enum name_given
name_given_known(struct span word)
{
	size_t n = 0;
	size_t lo = 0;
	size_t hi = COUNT_OF(GIVEN);

	while (n < word.n && word.p[n] != ' ')
		n++;
	if (n < 2 || n > GIVEN_LETTERS_MAX)
		return NAME_GIVEN_NO;
	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;
		const int c =
			name_compare(GIVEN[mid].word, (struct span){word.p, n});

		if (c == 0)
			return (enum name_given)GIVEN[mid].sex;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NAME_GIVEN_NO;
}

static bool
is_vowel(uint8_t b)
{
	return byte_in(b, "AEIOUY");
}

/* Vowels and consonants as they mix in a word of a name. */
static bool
word_is_plausible(const uint8_t *p, size_t n)
{
	size_t vowels = 0;
	size_t row = 1; /* of vowels, or of consonants */
	size_t same = 1;

	for (size_t i = 0; i < n; i++) {
		if (p[i] >= 0x80)
			return true; /* another script: nothing to say */
		if (!is_upper(p[i]))
			return false;
		vowels += is_vowel(p[i]);
		if (i == 0)
			continue;
		row = is_vowel(p[i]) == is_vowel(p[i - 1]) ? row + 1 : 1;
		same = p[i] == p[i - 1] ? same + 1 : 1;
		/* SCHWARTZ has four consonants in a row, QUEUEAU five vowels */
		if (row > 5 || same > 2)
			return false;
	}
	return vowels > 0 || n <= 2;
}

bool
name_is_plausible(struct span norm)
{
	size_t words = 0;
	size_t longest = 0;

	if (norm.n == 0 || norm.n > 60)
		return false;
	for (size_t i = 0; i < norm.n;) {
		size_t n = 0;

		while (i + n < norm.n && norm.p[i + n] != ' ')
			n++;
		if (n > 25 || !word_is_plausible(norm.p + i, n))
			return false;
		longest = n > longest ? n : longest;
		words++;
		i += n + 1;
	}
	return words <= 6 && longest >= 2;
}

bool
name_is_organisation(struct span text)
{
	static const char *const words[] = {
		"LABORATOIRE", "LABORATOIRES",  "LABO",         "LABM",
		"LBM",         "BIOLOGIE",      "CLINIQUE",     "HOPITAL",
		"HOPITAUX",    "CENTRE",        "CHU",          "CHR",
		"CHRU",        "CHG",           "CHS",          "CH",
		"HOSPITALIER", "POLYCLINIQUE",  "CABINET",      "PHARMACIE",
		"SARL",        "SAS",           "SELARL",       "SELAS",
		"SA",          "SCP",           "SCI",          "EURL",
		"SCM",         "GIE",           "MUTUELLE",     "MUTUELLES",
		"CPAM",        "MSA",           "MGEN",         "MGP",
		"ASSURANCE",   "ASSURANCES",    "CAISSE",       "PREVOYANCE",
		"ASSOCIATION", "FONDATION",     "INSTITUT",     "SOCIETE",
		"GROUPE",      "GROUPEMENT",    "ENTREPRISE",   "EHPAD",
		"MAISON",      "MAIRIE",        "MINISTERE",    "UNIVERSITE",
		"LYCEE",       "COLLEGE",       "ECOLE",        "SERVICE",
		"SERVICES",    "LABORATORY",    "LABORATORIES", "HOSPITAL",
		"CLINIC",      "CENTER",        "COMPANY",      "LTD",
		"INC",         "LLC",           "GMBH",         "CORP",
		"PHARMACY",    "HEALTH",        "TRUST",        "INSURANCE",
		"BANQUE",      "BANK",          "CARPIMKO",     "RSI",
		"CNMSS",       "SNCF",          "RATP",         "CAMIEG",
		"HARMONIE",    "AG2R",          "MALAKOFF",     "APICIL",
		"GENERALI",    "AXA",           "ALLIANZ",      "GROUPAMA",
		"BIO",         "ANALYSES",      "SANTE",        "REGIME",
		"MUTUALITE",   "ETABLISSEMENT", "STE",          "ETS",
	};
	uint8_t buf[FOLDED_MAX];

	if (text.n > NAME_TEXT_MAX)
		text.n = NAME_TEXT_MAX;
	const size_t n = fold_words(text, buf, sizeof(buf));

	for (size_t i = 0; i < n;) {
		size_t k = 0;

		while (i + k < n && buf[i + k] != ' ')
			k++;
		for (size_t j = 0; j < COUNT_OF(words); j++)
			if (span_is((struct span){buf + i, k}, words[j]))
				return true;
		/* BIOARMOR, LABOUEST, BIOLOGISTES */
		if (k > 5 && (memcmp(buf + i, "BIO", 3) == 0 ||
			      memcmp(buf + i, "LABO", 4) == 0 ||
			      memcmp(buf + i, "MUTUEL", 6 < k ? 6 : k) == 0))
			return true;
		i += k + 1;
	}
	return false;
}
