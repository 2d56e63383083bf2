#include "detect/phone/phone.h"

#include "base/fold.h"

#include <string.h>

/* The national numbers of one country code: how long they are, with which
 * digits they start, and which starts are mobile. Each start is a string of
 * digits; the starts of a list are divided by blanks; "" is any. */
struct plan {
	uint16_t code;
	uint8_t min, max;
	bool trunk; /* a 0 is put before the number inside the country */
	const char *starts;
	const char *mobile;
};

/* Sources: national numbering plans as notified to the ITU (E.164), as far as
 * their lengths and first digits go. France and its overseas codes are finer:
 * see french(). */
static const struct plan plans[] = {
	{1, 10, 10, false, "2 3 4 5 6 7 8 9", NULL},
	{31, 9, 9, true, "1 2 3 4 5 6 7 8", "6"},
	{32, 8, 9, true, "", "45 46 47 48 49"},
	{33, 9, 9, true, "1 2 3 4 5 6 7 8 9", "6 7"},
	{34, 9, 9, false, "5 6 7 8 9", "6 7"},
	{39, 6, 12, false, "0 1 3 5 7 8", "3"},
	{41, 9, 12, true, "2 3 4 5 6 7 8 9", "75 76 77 78 79"},
	{43, 4, 13, true, "", "6"},
	{44, 9, 10, true, "1 2 3 5 7 8 9", "7"},
	{45, 8, 8, false, "2 3 4 5 6 7 8 9", NULL},
	{46, 7, 10, true, "", "7"},
	{47, 8, 8, false, "2 3 4 5 6 7 8 9", "4 9"},
	{48, 9, 9, false, "", NULL},
	{49, 5, 13, true, "", "15 16 17"},
	{212, 9, 9, true, "5 6 7 8 9", "6 7"},
	{213, 8, 9, true, "", "5 6 7"},
	{216, 8, 8, false, "2 3 4 5 7 8 9", NULL},
	{262, 9, 9, true, "262 263 269 639 692 693 8 9", "6"},
	{352, 4, 11, false, "2 3 4 5 6 7 8 9", "6"},
	{353, 7, 10, true, "", "8"},
	{377, 8, 9, false, "3 4 6 7 8 9", "3 4 6 7"},
	{420, 9, 12, false, "2 3 4 5 6 7 8 9", "6 7"},
	{590, 9, 9, true, "590 690 691 8 9", "6"},
	{594, 9, 9, true, "594 694 8 9", "6"},
	{596, 9, 9, true, "596 696 697 8 9", "6"},
};

/* Country codes of two and three digits in use, 1 and 7 apart, each range with
 * its ends. Source: ITU, List of ITU-T Recommendation E.164 assigned country
 * codes. */
static const uint16_t assigned[][2] = {
	{20, 20},   {27, 27},   {30, 34},   {36, 36},   {39, 41},   {43, 49},
	{51, 58},   {60, 66},   {81, 82},   {84, 84},   {86, 86},   {90, 95},
	{98, 98},   {211, 213}, {216, 216}, {218, 218}, {220, 258}, {260, 269},
	{290, 291}, {297, 299}, {350, 359}, {370, 383}, {385, 387}, {389, 389},
	{420, 421}, {423, 423}, {500, 509}, {590, 599}, {670, 670}, {672, 683},
	{685, 692}, {800, 800}, {808, 808}, {850, 850}, {852, 853}, {855, 856},
	{870, 870}, {878, 878}, {880, 883}, {886, 886}, {888, 888}, {960, 968},
	{970, 977}, {979, 979}, {992, 996}, {998, 998},
};

/* A number as written: its digits and what told that it is international. */
struct written {
	uint8_t d[PHONE_MAX + 4]; /* 00, 15 digits, a trunk 0 */
	size_t n;
	bool plus;
};

static bool
starts_with(const uint8_t *d, size_t n, const char *start)
{
	size_t i = 0;

	for (; start[i] != '\0' && start[i] != ' '; i++)
		if (i == n || d[i] != (uint8_t)start[i])
			return false;
	return true;
}

/* Does the number start with one of the ${list} of starts? */
static bool
starts_as(const uint8_t *d, size_t n, const char *list)
{
	if (list == NULL)
		return false;
	for (;;) {
		if (starts_with(d, n, list))
			return true;
		list = strchr(list, ' ');
		if (list == NULL)
			return false;
		list++;
	}
}

static bool
is_assigned(unsigned code)
{
	for (size_t i = 0; i < COUNT_OF(assigned); i++)
		if (code >= assigned[i][0] && code <= assigned[i][1])
			return true;
	return false;
}

static const struct plan *
plan_of(unsigned code)
{
	for (size_t i = 0; i < COUNT_OF(plans); i++)
		if (plans[i].code == code)
			return &plans[i];
	return NULL;
}

static bool
all_same(const uint8_t *d, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (d[i] != d[0])
			return false;
	return true;
}

/* Is the French national number (9 digits) allotted? Source: ARCEP, plan
 * national de numérotation, first digits only. */
static bool
french_is_allotted(const uint8_t *d)
{
	if (d[0] == '2')
		return d[1] != '6' || byte_in(d[2], "01239");
	if (d[0] == '4')
		return d[1] != '0';
	if (d[0] == '5')
		return d[1] != '9' || d[2] != '0';
	if (d[0] == '6' && d[1] == '3')
		return d[2] != '9';
	if (d[0] == '6' && d[1] == '9')
		return byte_in(d[2], "589");
	if (d[0] == '7')
		return d[1] >= '3';
	return true;
}

/* The overseas code that has the French number ${d}, or 33: people write
 * "0690 ..." and "+33 690 ..." for "+590 690 ...". */
static unsigned
french_code(const uint8_t *d)
{
	static const unsigned overseas[] = {262, 590, 594, 596};
	const unsigned two = (unsigned)number(d, 2);

	if (two != 26 && two != 59 && two != 63 && two != 69)
		return 33; /* none of them starts so */
	for (size_t i = 0; i < COUNT_OF(overseas); i++) {
		const char *starts = plan_of(overseas[i])->starts;

		/* Not the numbers in 8 and 9, which are everywhere's. */
		if (d[0] < '8' && starts_as(d, 9, starts))
			return overseas[i];
	}
	return 33;
}

static enum kind_verdict
french(const uint8_t *d, enum phone_form form, struct phone *ret)
{
	if (d[0] == '0' || all_same(d + 1, 8))
		return KIND_NO;
	if (form != PHONE_INTERNATIONAL && memcmp(d, "123456789", 9) == 0)
		return KIND_NO;
	const unsigned code = french_code(d);

	ret->country = (uint16_t)code;
	ret->e164 = code * UINT64_C(1000000000) + number(d, 9);
	ret->form = (uint8_t)form;
	ret->mobile = d[0] == '6' || d[0] == '7';
	if (form == PHONE_BARE || (code == 33 && !french_is_allotted(d)))
		return KIND_WEAK;
	return KIND_VALID;
}

/* The country code at ${d}; 0: none that is in use. */
static unsigned
country_code(const uint8_t *d, size_t n)
{
	if (n < 3 || d[0] == '0')
		return 0;
	if (d[0] == '1' || d[0] == '7')
		return (unsigned)(d[0] - '0');
	const unsigned two = (unsigned)number(d, 2);

	if (is_assigned(two))
		return two;
	const unsigned three = (unsigned)number(d, 3);

	return is_assigned(three) ? three : 0;
}

/* What the plan says of the national number ${d}. */
static enum kind_verdict
judge(const struct plan *plan, const uint8_t *d, size_t n)
{
	if (plan == NULL)
		return KIND_WEAK;
	if (n < plan->min || n > plan->max)
		return KIND_NO;
	if (!starts_as(d, n, plan->starts))
		return KIND_WEAK;
	/* NPA-NXX-XXXX: area code and exchange both start with 2 to 9. */
	return plan->code == 1 && (d[3] < '2' || d[1] == '9') ? KIND_WEAK
							      : KIND_VALID;
}

static enum kind_verdict
international(const uint8_t *d, size_t n, struct phone *ret)
{
	const unsigned code = country_code(d, n);

	if (code == 0)
		return KIND_NO;
	const size_t used = code < 10 ? 1 : code < 100 ? 2 : 3;

	d += used;
	n -= used;
	const struct plan *plan = plan_of(code);

	/* "+33 06 12 ...": the trunk 0 kept by mistake. */
	if (n > 0 && d[0] == '0' && code != 39 &&
	    (plan == NULL || plan->trunk)) {
		d++;
		n--;
	}
	if (used + n > PHONE_MAX || used + n < PHONE_MIN || all_same(d, n) ||
	    (d[0] == '0' && code != 39))
		return KIND_NO;
	if (code == 33)
		return n == 9 ? french(d, PHONE_INTERNATIONAL, ret) : KIND_NO;
	uint64_t e164 = code;

	for (size_t i = 0; i < n; i++)
		e164 = e164 * 10 + (uint64_t)(d[i] - '0');
	*ret = (struct phone){
		.e164 = e164,
		.country = (uint16_t)code,
		.form = PHONE_INTERNATIONAL,
		.mobile = plan != NULL && starts_as(d, n, plan->mobile),
	};
	return judge(plan, d, n);
}

/* Cut an extension off the end: "ext. 503", "x8340", "poste 12". What is left
 * may still hold letters; then it is no number. */
static struct span
cut_extension(struct span s)
{
	static const char *const words[] = {"EXTENSION", "EXT", "X", "POSTE",
					    "P"};
	size_t at = 0;

	while (at < s.n && !is_alpha(s.p[at]))
		at++;
	for (size_t w = 0; w < COUNT_OF(words) && at < s.n; w++) {
		const size_t len = strlen(words[w]);
		size_t i = at + len;

		if (s.n - at < len || memcmp(s.p + at, words[w], len) != 0)
			continue;
		while (i < s.n && byte_in(s.p[i], " .:"))
			i++;
		if (s.n - i >= 1 && s.n - i <= 7 &&
		    all_digits(s.p + i, s.n - i))
			return span_trim((struct span){s.p, at});
	}
	return s;
}

/* Four or more digits on both sides of a slash are two numbers or a date. */
static bool
slash_is_odd(struct span s)
{
	size_t group = 0;
	bool slash = false;
	size_t longest = 0;

	for (size_t i = 0; i < s.n; i++) {
		slash |= s.p[i] == '/';
		group = is_digit(s.p[i]) ? group + 1 : 0;
		longest = group > longest ? group : longest;
	}
	return slash && longest > 3;
}

/* Take ${s} (folded, trimmed) apart; false: it is written like no number. */
static bool
read_written(struct span s, struct written *w)
{
	*w = (struct written){0};
	if (s.n > 4 && memcmp(s.p, "TEL:", 4) == 0)
		s = span_trim((struct span){s.p + 4, s.n - 4});
	s = cut_extension(s);
	if (s.n == 0 || slash_is_odd(s))
		return false;
	/* "0.612345678" is what is left of a decimal number. */
	if (s.n > 2 && s.p[0] == '0' && s.p[1] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		const uint8_t b = s.p[i];

		if (b == '+' && w->n == 0 && !w->plus) {
			w->plus = true;
		} else if (b == '(' && s.n - i > 2 && s.p[i + 1] == '0' &&
			   s.p[i + 2] == ')' && w->n > 0) {
			i += 2; /* the trunk 0 that callers from abroad omit */
		} else if (is_digit(b)) {
			if (w->n == sizeof(w->d))
				return false;
			w->d[w->n++] = b;
		} else if (!byte_in(b, " .-/()")) {
			return false;
		}
	}
	return w->n > 0 && (is_digit(s.p[s.n - 1]) || s.p[s.n - 1] == ')');
}

/* Leave ${s} in capitals without accents, trimmed; empty: it is too long. Most
 * numbers hold nothing to fold, and stay where they are. */
static struct span
plain(struct span s, uint8_t *out, size_t cap)
{
	size_t i = 0;

	if (s.n < PHONE_MIN - 1 || s.n > PHONE_TEXT_MAX)
		return (struct span){out, 0};
	while (i < s.n && s.p[i] < 0x80 && !is_alpha(s.p[i]))
		i++;
	if (i < s.n)
		s = (struct span){out, fold_letters(s, out, cap)};
	return span_trim(s);
}

/* A French number, or one from overseas, with its country code and no plus. */
static bool
lacks_plus(const struct written *w)
{
	if (w->n == 12)
		return starts_as(w->d, w->n, "33 262 590 594 596");
	return w->n == 11 && starts_as(w->d, w->n, "33");
}

/* "0212345678" and "02 12 34 56 78", with blanks, dots or dashes: as nearly
 * all French numbers are written. */
static bool
is_usual(struct span s, uint8_t d[static 10])
{
	if (s.n == 10 && s.p[0] == '0' && all_digits(s.p, 10)) {
		memcpy(d, s.p, 10);
		return true;
	}
	if (s.n != 14 || s.p[0] != '0' || !byte_in(s.p[2], " .-"))
		return false;
	for (size_t i = 0; i < 5; i++) {
		if (i > 0 && s.p[3 * i - 1] != s.p[2])
			return false;
		memcpy(d + 2 * i, s.p + 3 * i, 2);
	}
	return all_digits(d, 10);
}

enum kind_verdict
phone_parse(struct span text, struct phone *ret)
{
	uint8_t folded[2 * PHONE_TEXT_MAX];
	struct phone phone = {0};
	struct written w;

	if (is_usual(text, w.d) && w.d[1] != '0') {
		const enum kind_verdict v =
			french(w.d + 1, PHONE_NATIONAL, &phone);

		if (v != KIND_NO)
			*ret = phone;
		return v;
	}
	if (!read_written(plain(text, folded, sizeof(folded)), &w))
		return KIND_NO;
	enum kind_verdict v = KIND_NO;

	if (w.plus || lacks_plus(&w))
		v = international(w.d, w.n, &phone);
	else if (w.n > 2 && w.d[0] == '0' && w.d[1] == '0')
		v = international(w.d + 2, w.n - 2, &phone);
	else if (w.n == 10 && w.d[0] == '0')
		v = french(w.d + 1, PHONE_NATIONAL, &phone);
	else if (w.n == 9)
		v = french(w.d, PHONE_BARE, &phone);
	if (v == KIND_NO)
		return KIND_NO;
	*ret = phone;
	const bool announced = w.plus || w.d[0] == '0';

	return announced ? v : KIND_WEAK;
}

bool
phone_is_local(struct span text)
{
	enum { LEAST = 6, MOST = 13 };
	uint8_t folded[2 * PHONE_TEXT_MAX];
	const struct span s = plain(text, folded, sizeof(folded));
	struct written w;
	size_t groups = 0;

	if (!read_written(s, &w) || w.n < LEAST || w.n > MOST ||
	    all_same(w.d, w.n))
		return false;
	for (size_t i = 0; i < s.n; i++)
		groups += is_digit(s.p[i]) && (i == 0 || !is_digit(s.p[i - 1]));
	return groups <= 6;
}

static enum kind_verdict
test(struct span text, struct norm *ret_norm)
{
	struct phone phone;
	const enum kind_verdict v = phone_parse(text, &phone);

	if (v == KIND_NO)
		return KIND_NO;
	uint8_t digits[PHONE_MAX];
	size_t zeros = 0;

	number_write(phone.e164, PHONE_MAX, digits);
	while (zeros + 1 < PHONE_MAX && digits[zeros] == '0')
		zeros++;
	ret_norm->n = PHONE_MAX - zeros;
	memcpy(ret_norm->p, digits + zeros, ret_norm->n);
	return v;
}

static const struct kind_header headers[] = {
	{"TELEPHONE", 3},
	{"TEL", 3},
	{"TELEPHONES", 3},
	{"TEL1", 3},
	{"TEL2", 3},
	{"TEL 1", 3},
	{"TEL 2", 3},
	{"TELEPHONE 1", 3},
	{"TELEPHONE 2", 3},
	{"NO TELEPHONE", 3},
	{"N TELEPHONE", 3},
	{"NO DE TELEPHONE", 3},
	{"N DE TELEPHONE", 3},
	{"NO TEL", 3},
	{"N TEL", 3},
	{"NUM TEL", 3},
	{"NUMTEL", 3},
	{"NUM TELEPHONE", 3},
	{"NUMERO TELEPHONE", 3},
	{"NUMERO DE TELEPHONE", 3},
	{"NUMERO TEL", 3},
	{"TEL FIXE", 3},
	{"TELFIXE", 3},
	{"TELEPHONE FIXE", 3},
	{"TEL FIX", 3},
	{"FIXE", 2},
	{"TEL PORT", 3},
	{"TELPORT", 3},
	{"TEL PORTABLE", 3},
	{"TELPORTABLE", 3},
	{"TELEPHONE PORTABLE", 3},
	{"PORTABLE", 3},
	{"PORT", 1},
	{"NUM PORTABLE", 3},
	{"NUMERO PORTABLE", 3},
	{"NO PORTABLE", 3},
	{"TEL MOBILE", 3},
	{"TELMOBILE", 3},
	{"TEL MOB", 3},
	{"TELMOB", 3},
	{"TELEPHONE MOBILE", 3},
	{"MOBILE", 3},
	{"GSM", 3},
	{"TEL GSM", 3},
	{"TEL DOM", 3},
	{"TELDOM", 3},
	{"TEL DOMICILE", 3},
	{"TELEPHONE DOMICILE", 3},
	{"TEL PERSO", 3},
	{"TELEPHONE PERSO", 3},
	{"TEL PERSONNEL", 3},
	{"TEL PRO", 3},
	{"TELPRO", 3},
	{"TELEPHONE PRO", 3},
	{"TEL PROFESSIONNEL", 3},
	{"TEL TRAVAIL", 3},
	{"TEL BUREAU", 3},
	{"TEL PATIENT", 3},
	{"TELEPHONE PATIENT", 3},
	{"PATIENT TEL", 3},
	{"TEL CONTACT", 3},
	{"TEL URGENCE", 3},
	{"TEL MEDECIN", 3},
	{"TEL LABO", 3},
	{"FAX", 3},
	{"TELECOPIE", 3},
	{"PHONE", 3},
	{"PHONE NUMBER", 3},
	{"PHONENUMBER", 3},
	{"TELEPHONE NUMBER", 3},
	{"PHONE NO", 3},
	{"PHONE1", 3},
	{"PHONE2", 3},
	{"HOME PHONE", 3},
	{"HOMEPHONE", 3},
	{"WORK PHONE", 3},
	{"MOBILE PHONE", 3},
	{"CELL PHONE", 3},
	{"CELLPHONE", 3},
	{"CELL", 2},
	{"CONTACT NUMBER", 2},
	{"MSISDN", 3},
	{"SMS", 2},
	{NULL, 0},
};

static const char *const context[] = {
	"TEL",       "TELEPHONE", "TELEPHONES",   "TELEPHONIQUE",
	"TELF",      "TFNO",      "TLF",          "TELEFONO",
	"TELEFON",   "TELEFOON",  "MOVIL",        "PORTABLE",
	"MOBILE",    "GSM",       "FIXE",         "FAX",
	"TELECOPIE", "STANDARD",  "SECRETARIAT",  "APPELER",
	"APPELEZ",   "RAPPELER",  "JOINDRE",      "JOIGNABLE",
	"CONTACTER", "SMS",       "WHATSAPP",     "PHONE",
	"CALL",      "CELL",      "ANSWERING AT", "REACHED AT",
	"OFFICE",    "CONTACT",   "COORDONNEES",  NULL,
};

const struct kind kind_phone = {
	.id = KIND_PHONE,
	.name = "phone",
	.country = NULL,
	.title_en = "telephone number",
	.title_fr = "numéro de téléphone",
	.accepts = "French national form (10 digits; 9 are weak), or + or 00 "
		   "and a country code, with blanks, dots, dashes, brackets",
	.check = "numbering plan: country code, length, first digits",
	.source = "ITU-T E.164; ARCEP, plan national de numérotation",
	.one_in = 11,
	.shape = SHAPE_DIGITS,
	.min = 9,
	.max = PHONE_MAX + 3,
	.identifies = false,
	.headers = headers,
	.context = context,
	.test = test,
};
