#include "link/phonetic/phonetic.h"

#include <string.h>

/* FONEM as a list of rewriting rules, applied one after the other to the whole
 * word. A rule replaces ${find} by ${put} where ${before} and ${after} allow:
 *   ""  anything        "^"  only at the start      "$"  only at the end
 *   "V" after/before a vowel    "C" a consonant     "."  any letter
 *   "K" a consonant or the end  "!X" not one of the letters X
 *   "=X" one of the letters X   "B" a consonant or the start
 * To find " " is to find any consonant; "#" is single_letters().
 * A small letter in ${put} is one that later rules must not touch. */
struct rule {
	char find[7]; /* here, not elsewhere: it is what is looked at most */
	uint8_t find_n;
	uint8_t put_n;
	const char *before;
	const char *after;
	const char *put;
};

/* RULE(before, find, after, put) */
#define RULE(b, f, a, p)                                       \
	{                                                      \
		f, sizeof(f) - 1, sizeof(p) - 1, (b), (a), (p) \
	}

static const struct rule RULES[] = {
	RULE("", "#", "", ""),
	/* C-12, C-8, C-9, C-10, C-16, C-17 */
	RULE("", "GEO", "", "JO"),
	RULE("", "GEAU", "", "JO"),
	RULE("", "CC", "=AOU", "K"),
	RULE("", "CC", "=EIY", "X"),
	RULE("", "G", "=EIY", "J"),
	RULE("^", "MAC", "C", "MAc"),
	RULE("^", "MC", "", "MAc"),
	/* C-2, C-3, C-7 */
	RULE("V", "C", "=EIY", "SS"),
	RULE("=BDFGHJKLMNPQRSTVWZ", "C", "=EIY", "S"),
	RULE("", "C", "=BDFGJKLMNPQRSTVWXZ", "K"),
	/* V-2 to V-6, V-1 */
	RULE("", "EAULT", "$", "O"),
	RULE("", "AULT", "$", "O"),
	RULE("", "OLT", "$", "O"),
	RULE("", "EAULX", "$", "O"),
	RULE("", "AULX", "$", "O"),
	RULE("", "OLX", "$", "O"),
	RULE("", "EAUT", "$", "O"),
	RULE("", "AUT", "$", "O"),
	RULE("", "EAUX", "$", "O"),
	RULE("", "AUX", "$", "O"),
	RULE("", "EAULD", "$", "O"),
	RULE("", "AULD", "$", "O"),
	RULE("", "EAUD", "$", "O"),
	RULE("", "AUD", "$", "O"),
	RULE("", "EAU", "", "O"),
	RULE("", "AU", "", "O"),
	/* C-14 */
	RULE("!PCS", "H", "", ""),
	/* C-31, C-33, C-30, C-32 */
	RULE("^", "SAINTE", "", "sTE-"),
	RULE("^", "STE", "", "sTE-"),
	RULE("^", "SAINT", "!E", "sT-"),
	RULE("^", "SINT", "!E", "sT-"),
	RULE("^", "SAIN", "!ET", "sT-"),
	RULE("^", "SIN", "!ET", "sT-"),
	RULE("^", "SEIN", "!E", "sT-"),
	RULE("^", "SEIM", "!E", "sT-"),
	RULE("^", "CINQ", "!E", "sT-"),
	RULE("^", "CIN", "!EQ", "sT-"),
	RULE("^", "ST", "!E", "sT-"),
	/* C-11 */
	RULE("", "GA", "=MN", "Ga"),
	RULE("", "GAI", "=MN", "GaI"),
	/* V-15, V-17, V-18: nasals (not at the end) */
	RULE("", "AM", "=BCDFGHJKLMPQRSTVWXZ", "EN"),
	RULE("", "EM", "=BCDFGHJKLMPQRSTVWXZ", "EN"),
	RULE("", "AN", "C", "EN"),
	RULE("", "AIM", "K", "IN"),
	RULE("", "AIN", "K", "IN"),
	RULE("", "EIN", "K", "IN"),
	/* V-7 to V-13 */
	RULE("!G", "AY", "$", "E"),
	RULE("", "EUX", "$", "EU"),
	RULE("", "EY", "K", "E"),
	RULE("", "Y", "", "I"),
	RULE("V", "I", "V", "Y"),
	RULE("V", "ILL", "", "Y"),
	RULE("", "OU", "=AEO", "W"),
	RULE("", "OUI", "!L", "WI"),
	/* V-16, V-19, V-20 */
	RULE("", "OM", "=BCDFGHJKLMPQRSTVWXZ", "ON"),
	RULE("", "BORNE", "$", "BURN"),
	RULE("", "BORN", "$", "BURN"),
	RULE("", "BOURNE", "$", "BURN"),
	RULE("", "BOURN", "$", "BURN"),
	RULE("", "BURNE", "$", "BURN"),
	RULE("^", "IM", "", "IN"),
	RULE("C", "IM", "=BCDFGHJKLMPQRSTVWXZ", "IN"),
	/* C-1, C-4 to C-6, C-13, C-15 */
	RULE("", "BV", "", "V"),
	RULE("^", "C", "=EIY", "S"),
	RULE("^", "C", "=AOU", "K"),
	RULE("V", "C", "$", "K"),
	RULE("", "GNI", "V", "GN"),
	RULE("", "JEA", "", "JA"),
	/* C-18 to C-27 */
	RULE("", "PH", "", "F"),
	RULE("", "QU", "", "K"),
	RULE("^", "SC", "=EIY", "S"),
	RULE(".", "SC", "=EIY", "SS"),
	RULE(".", "SC", "=AOU", "SK"),
	RULE("", "SH", "", "CH"),
	RULE("", "TIA", "$", "SSIA"),
	RULE("=AIOUY", "W", "", ""),
	RULE("", "XC", "", "X"),
	RULE("", "XS", "", "X"),
	RULE("", "XZ", "", "X"),
	RULE("V", "Z", "V", "S"),
	RULE("C", "Z", "C", "S"),
	/* C-29: the last of two consonants at the end is silent */
	RULE("", "ILS", "$", "ILs"),
	RULE("", "CH", "$", "Ch"),
	RULE("", "SH", "$", "Sh"),
	RULE("", "MP", "$", "Mp"),
	RULE("", "NP", "$", "Np"),
	RULE("", "RC", "$", "Rc"),
	RULE("", "RF", "$", "Rf"),
	RULE("", "RK", "$", "Rk"),
	RULE("", "RL", "$", "Rl"),
	RULE("", "RN", "$", "Rn"),
	RULE("", "RS", "$", "Rs"),
	RULE("", "RX", "$", "Rx"),
	RULE("C", " ", "$", ""),
	RULE("", "#", "", ""),
};

/* A word while it is rewritten. */
struct word {
	size_t n;
	uint8_t p[PHONETIC_FONEM_MAX];
};

static bool
is_vowel(uint8_t b)
{
	return byte_in(b, "AEIOUYa");
}

/* Does the letter ${b} (0: none there) satisfy ${what}? */
static bool
allows(const char *what, uint8_t b)
{
	switch (what[0]) {
	case '\0':
		return true;
	case '^':
	case '$':
		return b == 0;
	case '.':
		return b != 0;
	case 'V':
		return b != 0 && is_vowel(b);
	case 'C':
		return b != 0 && !is_vowel(b) && b != '-';
	case 'K':
		return b == 0 || (!is_vowel(b) && b != '-');
	case '=':
		return b != 0 && byte_in(b, what + 1);
	default:
		return b == 0 || !byte_in(b, what + 1);
	}
}

/* Bytes that ${r} finds at ${i} of ${w}; 0: it does not apply there. */
static size_t
found_at(const struct rule *r, const struct word *w, size_t i)
{
	const size_t n = r->find_n;

	if (i + n > w->n)
		return 0;
	if (r->find[0] == ' ') {
		if (!is_upper(w->p[i]) || is_vowel(w->p[i]))
			return 0;
	} else if (memcmp(w->p + i, r->find, n) != 0) {
		return 0;
	}
	const uint8_t before = i > 0 ? w->p[i - 1] : 0;
	const uint8_t after = i + n < w->n ? w->p[i + n] : 0;
	return allows(r->before, before) && allows(r->after, after) ? n : 0;
}

/* Which letters are in ${w}, by their low five bits. What is no letter in a
 * rule has none of these bits: 0 is always there. */
static uint32_t
letters_of(const struct word *w)
{
	uint32_t letters = 1;

	for (size_t i = 0; i < w->n; i++)
		letters |= UINT32_C(1) << (w->p[i] & 31U);
	return letters;
}

/* Can ${r} find anything in a word of these letters? */
static bool
may_find(const struct rule *r, uint32_t letters)
{
	return (letters >> ((uint8_t)r->find[0] & 31U) &
		letters >> ((uint8_t)r->find[1] & 31U) & 1U) != 0;
}

static bool
may_start(const struct rule *r, uint8_t b)
{
	return r->find[0] == ' ' || b == (uint8_t)r->find[0];
}

/* Apply ${r} to ${w}; says whether that changed it. */
static bool
rewrite(const struct rule *r, struct word *w)
{
	const size_t put_n = r->put_n;
	struct word out;
	size_t i = 0;

	while (i < w->n && !(may_start(r, w->p[i]) && found_at(r, w, i) > 0))
		i++;
	if (i == w->n)
		return false;
	memcpy(out.p, w->p, i);
	out.n = i;
	while (i < w->n) {
		const size_t n = found_at(r, w, i);

		if (out.n + put_n + 1 > sizeof(out.p))
			break;
		if (n == 0) {
			out.p[out.n++] = w->p[i++];
			continue;
		}
		memcpy(out.p + out.n, r->put, put_n);
		out.n += put_n;
		i += n;
	}
	*w = out;
	return true;
}

/* Of a doubled letter one stays (V-14, C-28), except SS between vowels and LL
 * after I; a final ILE is ILLE. */
static void
single_letters(struct word *w)
{
	size_t k = 0;

	for (size_t i = 0; i < w->n; i++) {
		const uint8_t b = w->p[i];
		const bool twice = k > 0 && w->p[k - 1] == b;

		if (!twice) {
			w->p[k++] = b;
			continue;
		}
		const uint8_t before = k > 1 ? w->p[k - 2] : 0;
		const uint8_t after = i + 1 < w->n ? w->p[i + 1] : 0;
		const bool vowels = before != 0 && is_vowel(before) &&
				    after != 0 && is_vowel(after);
		if ((b == 'S' && vowels) || (b == 'L' && before == 'I') ||
		    (b == 'C' && after != 0 && is_vowel(after)))
			w->p[k++] = b;
	}
	w->n = k;
	if (k >= 3 && k < sizeof(w->p) && memcmp(w->p + k - 3, "ILE", 3) == 0) {
		memcpy(w->p + k - 1, "LE", 2);
		w->n++;
	}
}

size_t
phonetic_fonem(struct span name, uint8_t out[static PHONETIC_FONEM_MAX])
{
	struct word w = {0};

	for (size_t i = 0; i < name.n && w.n < PHONETIC_NAME_MAX; i++)
		if (is_upper(name.p[i]))
			w.p[w.n++] = name.p[i];
	uint32_t letters = letters_of(&w);
	for (size_t i = 0; i < COUNT_OF(RULES); i++) {
		if (RULES[i].find[0] == '#')
			single_letters(&w);
		else if (!may_find(&RULES[i], letters) ||
			 !rewrite(&RULES[i], &w))
			continue;
		letters = letters_of(&w);
	}
	for (size_t i = 0; i < w.n; i++)
		out[i] = w.p[i] >= 'a' ? (uint8_t)(w.p[i] - 0x20) : w.p[i];
	return w.n;
}
