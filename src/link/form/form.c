#include "link/form/form.h"

#include <string.h>

enum { PARTICLE_MAX = 6 }; /* letters of a particle */

struct word_pair {
	const char *from;
	const char *to; /* "": left out */
};

static const char *const PARTICLES[] = {
	"LE",  "LA",  "LES", "L",   "DE",  "DU",  "DES",   "D",
	"EL",  "AL",  "AIT", "AT",  "BEN", "BEL", "ABD",   "ABDEL",
	"VAN", "VON", "DER", "DEN", "MAC", "MC",  "SAINT", "SAINTE",
	"O",   "DI",  "DA",  "DOS", "NI",
};

/* In order. Ways of writing the words of an address, as the French post office
 * lists them (norm AFNOR XP Z10-011), and those that forms add. */
static const struct word_pair STREET_WORDS[] = {
	{"A", ""},
	{"ALL", "ALLEE"},
	{"ALLEES", "ALLEE"},
	{"APP", "APPARTEMENT"},
	{"APPT", "APPARTEMENT"},
	{"APT", "APPARTEMENT"},
	{"AU", ""},
	{"AUX", ""},
	{"AV", "AVENUE"},
	{"AVE", "AVENUE"},
	{"BAT", "BATIMENT"},
	{"BD", "BOULEVARD"},
	{"BIS", "B"},
	{"BLD", "BOULEVARD"},
	{"BLVD", "BOULEVARD"},
	{"BOUL", "BOULEVARD"},
	{"BT", "BATIMENT"},
	{"BVD", "BOULEVARD"},
	{"CAP", "CAPITAINE"},
	{"CDT", "COMMANDANT"},
	{"CH", "CHEMIN"},
	{"CHE", "CHEMIN"},
	{"CHEM", "CHEMIN"},
	{"CIRCUIT", "CCT"},
	{"COL", "COLONEL"},
	{"COURT", "CT"},
	{"CPT", "CAPITAINE"},
	{"CRESCENT", "CRES"},
	{"CRS", "COURS"},
	{"CTRE", "CENTRE"},
	{"D", ""},
	{"DE", ""},
	{"DES", ""},
	{"DR", "DOCTEUR"},
	{"DRIVE", "DV"},
	{"DU", ""},
	{"ESC", "ESCALIER"},
	{"ESP", "ESPLANADE"},
	{"ET", ""},
	{"ETG", "ETAGE"},
	{"FBG", "FAUBOURG"},
	{"FG", "FAUBOURG"},
	{"GAL", "GENERAL"},
	{"GEN", "GENERAL"},
	{"GL", "GENERAL"},
	{"HAM", "HAMEAU"},
	{"IMP", "IMPASSE"},
	{"L", ""},
	{"LA", ""},
	{"LANE", "LN"},
	{"LD", "LIEUDIT"},
	{"LE", ""},
	{"LES", ""},
	{"LOT", "LOTISSEMENT"},
	{"LOTISS", "LOTISSEMENT"},
	{"LT", "LIEUTENANT"},
	{"MAL", "MARECHAL"},
	{"MARL", "MARECHAL"},
	{"N", ""},
	{"NO", ""},
	{"PAS", "PASSAGE"},
	{"PASS", "PASSAGE"},
	{"PCE", "PLACE"},
	{"PDT", "PRESIDENT"},
	{"PL", "PLACE"},
	{"PR", "PROFESSEUR"},
	{"PROF", "PROFESSEUR"},
	{"PROM", "PROMENADE"},
	{"QU", "QUAI"},
	{"QUA", "QUAI"},
	{"QUATER", "Q"},
	{"R", "RUE"},
	{"RES", "RESIDENCE"},
	{"RESID", "RESIDENCE"},
	{"ROAD", "RD"},
	{"RT", "ROUTE"},
	{"RTE", "ROUTE"},
	{"SEN", "SENTIER"},
	{"SENT", "SENTIER"},
	{"SQ", "SQUARE"},
	{"ST", "SAINT"},
	{"STE", "SAINTE"},
	{"STRASSE", "STR"},
	{"STREET", "STR"},
	{"TER", "T"},
	{"THE", ""},
	{"VLA", "VILLA"},
};

static const struct word_pair CITY_WORDS[] = {
	{"CEDEX", ""}, {"L", ""},    {"LA", ""},      {"LE", ""},
	{"LES", ""},   {"S", "SUR"}, {"ST", "SAINT"}, {"STE", "SAINTE"},
};

static bool
is_word_byte(uint8_t b)
{
	return is_upper(b) || is_digit(b) || b >= 0x80;
}

/* Take the next run of letters and digits off ${text}; empty at the end. */
static struct span
next_word(struct span *text)
{
	while (text->n > 0 && !is_word_byte(*text->p)) {
		text->p++;
		text->n--;
	}
	struct span w = {text->p, 0};
	while (w.n < text->n && is_word_byte(w.p[w.n]))
		w.n++;
	text->p += w.n;
	text->n -= w.n;
	return w;
}

static bool
word_is(struct span w, const char *s)
{
	size_t i = 0;

	while (i < w.n && s[i] != '\0' && w.p[i] == (uint8_t)s[i])
		i++;
	return i == w.n && s[i] == '\0';
}

static bool
is_particle(struct span w)
{
	if (w.n > PARTICLE_MAX)
		return false;
	for (size_t i = 0; i < COUNT_OF(PARTICLES); i++)
		if (word_is(w, PARTICLES[i]))
			return true;
	return false;
}

/* Order ${w} and the C string ${s} as strcmp() would. */
static int
compare_word(struct span w, const char *s)
{
	for (size_t i = 0; i < w.n; i++)
		if (w.p[i] != (uint8_t)s[i])
			return w.p[i] < (uint8_t)s[i] ? -1 : 1;
	return s[w.n] == '\0' ? 0 : -1;
}

/* What is written for ${w}; the ${n} ${pairs} are in order. */
static struct span
written_out(struct span w, const struct word_pair *pairs, size_t n)
{
	size_t lo = 0;
	size_t hi = n;

	while (lo < hi && w.n > 0) {
		const size_t mid = lo + (hi - lo) / 2;
		const int order = compare_word(w, pairs[mid].from);

		if (order == 0)
			return span_str(pairs[mid].to);
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return w;
}

void
form_name(struct span text, struct form_name *out)
{
	bool glue = true;

	out->n = 0;
	out->cuts = 0;
	for (;;) {
		struct span w = next_word(&text);

		if (w.n == 0)
			break;
		if (word_is(w, "ST"))
			w = SPAN_LIT("SAINT");
		else if (word_is(w, "STE"))
			w = SPAN_LIT("SAINTE");
		if (w.n > FORM_NAME_MAX - out->n)
			w.n = FORM_NAME_MAX - out->n;
		if (w.n == 0)
			break;
		if (!glue)
			out->cuts |= UINT64_C(1) << out->n;
		memcpy(out->p + out->n, w.p, w.n);
		out->n += w.n;
		glue = is_particle(w);
	}
}

static size_t
put_word(uint8_t *out, size_t n, struct span w)
{
	if (w.n == 0 || n + (n > 0) + w.n > NORM_MAX)
		return n;
	if (n > 0)
		out[n++] = ' ';
	memcpy(out + n, w.p, w.n);
	return n + w.n;
}

/* "12BIS" is "12" and "BIS". */
static struct span
leading_digits(struct span w)
{
	size_t k = 0;

	while (k < w.n && is_digit(w.p[k]))
		k++;
	return (struct span){w.p, k};
}

size_t
form_street(struct span text, uint8_t out[static NORM_MAX])
{
	size_t n = 0;

	for (;;) {
		struct span w = next_word(&text);

		if (w.n == 0)
			return n;
		struct span number = leading_digits(w);
		w.p += number.n;
		w.n -= number.n;
		while (number.n > 1 && *number.p == '0') {
			number.p++;
			number.n--;
		}
		n = put_word(out, n, number);
		w = written_out(w, STREET_WORDS, COUNT_OF(STREET_WORDS));
		n = put_word(out, n, w);
	}
}

size_t
form_city(struct span text, uint8_t out[static NORM_MAX])
{
	size_t n = 0;

	for (;;) {
		struct span w = next_word(&text);

		if (w.n == 0)
			return n;
		if (is_digit(w.p[0]))
			continue;
		w = written_out(w, CITY_WORDS, COUNT_OF(CITY_WORDS));
		n = put_word(out, n, w);
	}
}

static uint8_t
lower(uint8_t b)
{
	return is_upper(b) ? (uint8_t)(b | 0x20) : b;
}

static bool
is_gmail(const uint8_t *domain, size_t n)
{
	return (n == 9 && memcmp(domain, "gmail.com", n) == 0) ||
	       (n == 14 && memcmp(domain, "googlemail.com", n) == 0);
}

size_t
form_email(struct span text, uint8_t out[static NORM_MAX])
{
	size_t at = 0;

	if (text.n > NORM_MAX)
		text.n = NORM_MAX;
	for (size_t i = 0; i < text.n; i++) {
		out[i] = lower(text.p[i]);
		if (out[i] == '@')
			at = i;
	}
	if (at == 0 || at + 1 == text.n)
		return 0;
	uint8_t domain[NORM_MAX];
	const size_t domain_n = text.n - at;
	memcpy(domain, out + at, domain_n);
	const bool dots_count = !is_gmail(domain + 1, domain_n - 1);
	size_t n = 0;
	for (size_t i = 0; i < at; i++) {
		if (out[i] == '+' && i > 0)
			break;
		if (out[i] != '.' || dots_count)
			out[n++] = out[i];
	}
	if (n == 0)
		return 0;
	memcpy(out + n, domain, domain_n);
	return n + domain_n;
}

size_t
form_code(struct span text, uint8_t out[static NORM_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < text.n && n < NORM_MAX; i++)
		if (is_word_byte(text.p[i]))
			out[n++] = text.p[i];
	return n;
}
