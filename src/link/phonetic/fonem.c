#include "link/phonetic/phonetic.h"

#include <string.h>

/* FONEM as a list of rewriting rules, applied one after the other to the whole
 * word. A rule replaces ${find} by ${put} where ${before} and ${after} allow:
 *   ""  anything        "^"  only at the start      "$"  only at the end
 *   "V" after/before a vowel    "C" a consonant     "."  any letter
 *   "K" a consonant or the end  "!X" not one of the letters X
 *   "=X" one of the letters X   "B" a consonant or the start
 * A small letter in ${put} is one that later rules must not touch. */
struct rule {
	const char *before;
	const char *find;
	const char *after;
	const char *put;
};

static const struct rule RULES[] = {
	/* Doubled letters: "AA" to "AA", see squeeze(). */
	{"", "#", "", ""},
	/* C-12, C-8, C-9, C-10, C-16, C-17 */
	{"", "GEO", "", "JO"},
	{"", "GEAU", "", "JO"},
	{"", "CC", "=AOU", "K"},
	{"", "CC", "=EIY", "X"},
	{"", "G", "=EIY", "J"},
	{"^", "MAC", "C", "MAc"},
	{"^", "MC", "", "MAc"},
	/* C-2, C-3, C-7 */
	{"V", "C", "=EIY", "SS"},
	{"=BDFGHJKLMNPQRSTVWZ", "C", "=EIY", "S"},
	{"", "C", "=BDFGJKLMNPQRSTVWXZ", "K"},
	/* V-2 to V-6, V-1 */
	{"", "EAULT", "$", "O"},
	{"", "AULT", "$", "O"},
	{"", "OLT", "$", "O"},
	{"", "EAULX", "$", "O"},
	{"", "AULX", "$", "O"},
	{"", "OLX", "$", "O"},
	{"", "EAUT", "$", "O"},
	{"", "AUT", "$", "O"},
	{"", "EAUX", "$", "O"},
	{"", "AUX", "$", "O"},
	{"", "EAULD", "$", "O"},
	{"", "AULD", "$", "O"},
	{"", "EAUD", "$", "O"},
	{"", "AUD", "$", "O"},
	{"", "EAU", "", "O"},
	{"", "AU", "", "O"},
	/* C-14 */
	{"!PCS", "H", "", ""},
	/* C-31, C-33, C-30, C-32 */
	{"^", "SAINTE", "", "sTE-"},
	{"^", "STE", "", "sTE-"},
	{"^", "SAINT", "!E", "sT-"},
	{"^", "SINT", "!E", "sT-"},
	{"^", "SAIN", "!ET", "sT-"},
	{"^", "SIN", "!ET", "sT-"},
	{"^", "SEIN", "!E", "sT-"},
	{"^", "SEIM", "!E", "sT-"},
	{"^", "CINQ", "!E", "sT-"},
	{"^", "CIN", "!EQ", "sT-"},
	{"^", "ST", "!E", "sT-"},
	/* C-11 */
	{"", "GA", "=MN", "Ga"},
	{"", "GAI", "=MN", "GaI"},
	/* V-15, V-17, V-18: nasals (not at the end) */
	{"", "AM", "=BCDFGHJKLMPQRSTVWXZ", "EN"},
	{"", "EM", "=BCDFGHJKLMPQRSTVWXZ", "EN"},
	{"", "AN", "C", "EN"},
	{"", "AIM", "K", "IN"},
	{"", "AIN", "K", "IN"},
	{"", "EIN", "K", "IN"},
	/* V-7 to V-13 */
	{"!G", "AY", "$", "E"},
	{"", "EUX", "$", "EU"},
	{"", "EY", "K", "E"},
	{"", "Y", "", "I"},
	{"V", "I", "V", "Y"},
	{"V", "ILL", "", "Y"},
	{"", "OU", "=AEO", "W"},
	{"", "OUI", "!L", "WI"},
	/* V-16, V-19, V-20 */
	{"", "OM", "=BCDFGHJKLMPQRSTVWXZ", "ON"},
	{"", "BORNE", "$", "BURN"},
	{"", "BORN", "$", "BURN"},
	{"", "BOURNE", "$", "BURN"},
	{"", "BOURN", "$", "BURN"},
	{"", "BURNE", "$", "BURN"},
	{"^", "IM", "", "IN"},
	{"C", "IM", "=BCDFGHJKLMPQRSTVWXZ", "IN"},
	/* C-1, C-4 to C-6, C-13, C-15 */
	{"", "BV", "", "V"},
	{"^", "C", "=EIY", "S"},
	{"^", "C", "=AOU", "K"},
	{"V", "C", "$", "K"},
	{"", "GNI", "V", "GN"},
	{"", "JEA", "", "JA"},
	/* C-18 to C-27 */
	{"", "PH", "", "F"},
	{"", "QU", "", "K"},
	{"^", "SC", "=EIY", "S"},
	{".", "SC", "=EIY", "SS"},
	{".", "SC", "=AOU", "SK"},
	{"", "SH", "", "CH"},
	{"", "TIA", "$", "SSIA"},
	{"=AIOUY", "W", "", ""},
	{"", "XC", "", "X"},
	{"", "XS", "", "X"},
	{"", "XZ", "", "X"},
	{"V", "Z", "V", "S"},
	{"C", "Z", "C", "S"},
	/* C-29: the last of two consonants at the end is silent */
	{"", "ILS", "$", "ILs"},
	{"", "CH", "$", "Ch"},
	{"", "SH", "$", "Sh"},
	{"", "MP", "$", "Mp"},
	{"", "NP", "$", "Np"},
	{"", "RC", "$", "Rc"},
	{"", "RF", "$", "Rf"},
	{"", "RK", "$", "Rk"},
	{"", "RL", "$", "Rl"},
	{"", "RN", "$", "Rn"},
	{"", "RS", "$", "Rs"},
	{"", "RX", "$", "Rx"},
	{"C", "*", "$", ""},
	{"", "#", "", ""},
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
	const size_t n = r->find[0] == '*' ? 1 : strlen(r->find);
	if (i + n > w->n)
		return 0;
	if (r->find[0] == '*') {
		if (!is_upper(w->p[i]) || is_vowel(w->p[i]))
			return 0;
	} else if (memcmp(w->p + i, r->find, n) != 0) {
		return 0;
	}
	const uint8_t before = i > 0 ? w->p[i - 1] : 0;
	const uint8_t after = i + n < w->n ? w->p[i + n] : 0;
	return allows(r->before, before) && allows(r->after, after) ? n : 0;
}

/* Which letters are in ${w}, by their low five bits. */
static uint32_t
letters_of(const struct word *w)
{
	uint32_t letters = 0;

	for (size_t i = 0; i < w->n; i++)
		letters |= UINT32_C(1) << (w->p[i] & 31U);
	return letters;
}

/* Can ${r} find anything in a word of these letters? */
static bool
may_find(const struct rule *r, uint32_t letters)
{
	if (r->find[0] == '*')
		return true;
	if ((letters >> ((uint8_t)r->find[0] & 31U) & 1U) == 0)
		return false;
	return r->find[1] == '\0' ||
	       (letters >> ((uint8_t)r->find[1] & 31U) & 1U) != 0;
}

static bool
may_start(const struct rule *r, uint8_t b)
{
	return r->find[0] == '*' || b == (uint8_t)r->find[0];
}

/* Apply ${r} to ${w}; says whether that changed it. */
static bool
rewrite(const struct rule *r, struct word *w)
{
	const size_t put_n = strlen(r->put);
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
