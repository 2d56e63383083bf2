#include "detect/name/name.h"

#include "base/fold.h"
#include "detect/name/name_impl.h"

#include <string.h>

enum { FOLDED_MAX = 2 * NAME_TEXT_MAX };

static const char fillers[][LEXICON_WORD] = {
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

const struct lexicon name_fillers = {
	.rows = fillers,
	.n = COUNT_OF(fillers),
	.stride = sizeof(fillers[0]),
	.lengths =
		{
			['A' - 'A'] = 0x08E0,
			['D' - 'A'] = 0x0040,
			['E' - 'A'] = 0x0020,
			['I' - 'A'] = 0x0180,
			['N' - 'A'] = 0x6A3C,
			['P' - 'A'] = 0x5040,
			['S' - 'A'] = 0x0910,
			['T' - 'A'] = 0x0210,
			['U' - 'A'] = 0x0080,
			['V' - 'A'] = 0x0010,
			['X' - 'A'] = 0x0002,
		},
	.first = {0,  4,  4,  4,  5,  6,  6,  6,  6,  8,  8,  8,  8, 8,
		  25, 25, 28, 28, 28, 31, 33, 34, 35, 35, 36, 36, 36},
};

bool
name_is_filler(struct span norm)
{
	bool same = norm.n >= 2 && norm.n <= 16;

	for (size_t i = 1; same && i < norm.n; i++)
		same = norm.p[i] == norm.p[0];
	/* "LI LI" is a name; "XX" and "AAA" are not. */
	if (same && (norm.n > 2 || norm.p[0] == 'X'))
		return true;
	return lexicon_has(&name_fillers, norm);
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

/* One word of ASCII letters that is nothing but a name, as most are; 0: it is
 * not that simple. */
static size_t
write_word(struct span text, uint8_t *out, size_t cap)
{
	const size_t n = text.n;

	if (n < 2 || n > 16 || cap < 16)
		return 0;
	const uint64_t a = n < 8 ? word_short(text.p, n) : word_load8(text.p);
	const uint64_t b = n < 8 ? 0 : word_load8(text.p + n - 8);
	const size_t first = n < 8 ? n : 8;
	const uint64_t lower = word_each(0x20);

	if (word_count(word_between(a | lower, 'a', 'z')) != first ||
	    (n > 8 && word_count(word_between(b | lower, 'a', 'z')) != 8))
		return 0;
	word_store8(out, word_upper(a));
	if (n > 8)
		word_store8(out + n - 8, word_upper(b));
	const struct span word = {out, n};

	return name_word(word) == WORD_NAME && !name_is_filler(word) ? n : 0;
}

size_t
name_normalise(struct span text, uint8_t *out, size_t cap)
{
	uint8_t folded[FOLDED_MAX];
	struct writer w = {.cap = cap};
	const size_t simple = write_word(text, out, cap);

	if (simple > 0)
		return simple;
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

/* Bit of each vowel, from A. */
static const uint32_t VOWELS = 1U << ('A' - 'A') | 1U << ('E' - 'A') |
			       1U << ('I' - 'A') | 1U << ('O' - 'A') |
			       1U << ('U' - 'A') | 1U << ('Y' - 'A');

/* Are six bits next to each other set? */
static bool
has_row_of_six(uint32_t bits)
{
	const uint32_t two = bits & bits >> 1;
	const uint32_t four = two & two >> 2;

	return (four & two >> 4) != 0;
}

/* The same of bits eight apart, as they stand in a word of memory. */
static bool
has_six_bytes(uint64_t bits)
{
	const uint64_t two = bits & bits >> 8;
	const uint64_t four = two & two >> 16;

	return (four & two >> 32) != 0;
}

/* The highest bit of each byte of ${v}, ASCII, that is no vowel. */
static uint64_t
no_vowels(uint64_t v)
{
	/* The highest bit comes on unless the byte is 0. */
	const uint64_t up = word_each(0x7F);

	return ((v ^ word_each('A')) + up) & ((v ^ word_each('E')) + up) &
	       ((v ^ word_each('I')) + up) & ((v ^ word_each('O')) + up) &
	       ((v ^ word_each('U')) + up) & ((v ^ word_each('Y')) + up) &
	       word_each(0x80);
}

/* Vowels and consonants as they mix in a word of at most eight capitals: most
 * words of names. */
static bool
short_is_plausible(uint64_t v, size_t n)
{
	const uint64_t all = word_each(0x80) >> 8 * (8 - n);
	const uint64_t consonants = no_vowels(v) & all;
	const uint64_t change = (v ^ v >> 8) + word_each(0x7F);
	const uint64_t same = ~change & all >> 8; /* as the letter after it */

	if (has_six_bytes(all & ~consonants) || has_six_bytes(consonants) ||
	    (same & same >> 8) != 0)
		return false;
	return consonants != all || n <= 2;
}

/* Vowels and consonants as they mix in a word of a name, of at most 25
 * letters. */
static bool
word_is_plausible(const uint8_t *p, size_t n)
{
	uint32_t vowels = 0;
	uint32_t same = 0; /* as the letter before it */
	size_t i = 0;

	if (n > 0 && n <= 8) {
		const uint64_t v = n == 8 ? word_load8(p) : word_short(p, n);

		if (word_count(word_between(v, 'A', 'Z')) == n)
			return short_is_plausible(v, n);
	}
	/* Of what follows a letter of another script there is nothing to say.
	 */
	for (; i < n && p[i] < 0x80; i++) {
		if (!is_upper(p[i]))
			return false;
		vowels |= (VOWELS >> (p[i] - 'A') & 1) << i;
		same |= (uint32_t)(i > 0 && p[i] == p[i - 1]) << i;
	}
	const uint32_t all = (1U << i) - 1;
	/* SCHWARTZ has four consonants in a row, QUEUEAU five vowels */
	if (has_row_of_six(vowels) || has_row_of_six(all & ~vowels) ||
	    (same & same >> 1) != 0)
		return false;
	return i < n || vowels != 0 || n <= 2;
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
	uint8_t buf[FOLDED_MAX];

	if (text.n > NAME_TEXT_MAX)
		text.n = NAME_TEXT_MAX;
	const size_t n = fold_words(text, buf, sizeof(buf));

	for (size_t i = 0; i < n;) {
		size_t k = 0;

		while (i + k < n && buf[i + k] != ' ')
			k++;
		if (name_look_up((struct span){buf + i, k})->organisation)
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
