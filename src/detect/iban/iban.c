#include "detect/iban/iban.h"

#include "base/fold.h"

#include <string.h>

/* What follows the country and the check digits: counts of digits (n),
 * capitals (a) or either (c). Source: SWIFT, IBAN Registry; neighbours of one
 * sort are added up. */
static const struct structure {
	char country[3];
	struct {
		uint8_t n;
		char sort;
	} part[4];
} structures[] = {
	{"AD", {{8, 'n'}, {12, 'c'}}},
	{"AE", {{19, 'n'}}},
	{"AL", {{8, 'n'}, {16, 'c'}}},
	{"AT", {{16, 'n'}}},
	{"AZ", {{4, 'a'}, {20, 'c'}}},
	{"BA", {{16, 'n'}}},
	{"BE", {{12, 'n'}}},
	{"BG", {{4, 'a'}, {6, 'n'}, {8, 'c'}}},
	{"BH", {{4, 'a'}, {14, 'c'}}},
	{"BI", {{23, 'n'}}},
	{"BR", {{23, 'n'}, {1, 'a'}, {1, 'c'}}},
	{"BY", {{4, 'c'}, {4, 'n'}, {16, 'c'}}},
	{"CH", {{5, 'n'}, {12, 'c'}}},
	{"CR", {{18, 'n'}}},
	{"CY", {{8, 'n'}, {16, 'c'}}},
	{"CZ", {{20, 'n'}}},
	{"DE", {{18, 'n'}}},
	{"DJ", {{23, 'n'}}},
	{"DK", {{14, 'n'}}},
	{"DO", {{4, 'c'}, {20, 'n'}}},
	{"EE", {{16, 'n'}}},
	{"EG", {{25, 'n'}}},
	{"ES", {{20, 'n'}}},
	{"FI", {{14, 'n'}}},
	{"FK", {{2, 'a'}, {12, 'n'}}},
	{"FO", {{14, 'n'}}},
	{"FR", {{10, 'n'}, {11, 'c'}, {2, 'n'}}},
	{"GB", {{4, 'a'}, {14, 'n'}}},
	{"GE", {{2, 'a'}, {16, 'n'}}},
	{"GI", {{4, 'a'}, {15, 'c'}}},
	{"GL", {{14, 'n'}}},
	{"GR", {{7, 'n'}, {16, 'c'}}},
	{"GT", {{24, 'c'}}},
	{"HN", {{4, 'a'}, {20, 'n'}}},
	{"HR", {{17, 'n'}}},
	{"HU", {{24, 'n'}}},
	{"IE", {{4, 'a'}, {14, 'n'}}},
	{"IL", {{19, 'n'}}},
	{"IQ", {{4, 'a'}, {15, 'n'}}},
	{"IS", {{22, 'n'}}},
	{"IT", {{1, 'a'}, {10, 'n'}, {12, 'c'}}},
	{"JO", {{4, 'a'}, {4, 'n'}, {18, 'c'}}},
	{"KW", {{4, 'a'}, {22, 'c'}}},
	{"KZ", {{3, 'n'}, {13, 'c'}}},
	{"LB", {{4, 'n'}, {20, 'c'}}},
	{"LC", {{4, 'a'}, {24, 'c'}}},
	{"LI", {{5, 'n'}, {12, 'c'}}},
	{"LT", {{16, 'n'}}},
	{"LU", {{3, 'n'}, {13, 'c'}}},
	{"LV", {{4, 'a'}, {13, 'c'}}},
	{"LY", {{21, 'n'}}},
	{"MC", {{10, 'n'}, {11, 'c'}, {2, 'n'}}},
	{"MD", {{20, 'c'}}},
	{"ME", {{18, 'n'}}},
	{"MK", {{3, 'n'}, {10, 'c'}, {2, 'n'}}},
	{"MN", {{16, 'n'}}},
	{"MR", {{23, 'n'}}},
	{"MT", {{4, 'a'}, {5, 'n'}, {18, 'c'}}},
	{"MU", {{4, 'a'}, {19, 'n'}, {3, 'a'}}},
	{"NI", {{4, 'a'}, {20, 'n'}}},
	{"NL", {{4, 'a'}, {10, 'n'}}},
	{"NO", {{11, 'n'}}},
	{"OM", {{3, 'n'}, {16, 'c'}}},
	{"PK", {{4, 'a'}, {16, 'c'}}},
	{"PL", {{24, 'n'}}},
	{"PS", {{4, 'a'}, {21, 'c'}}},
	{"PT", {{21, 'n'}}},
	{"QA", {{4, 'a'}, {21, 'c'}}},
	{"RO", {{4, 'a'}, {16, 'c'}}},
	{"RS", {{18, 'n'}}},
	{"RU", {{14, 'n'}, {15, 'c'}}},
	{"SA", {{2, 'n'}, {18, 'c'}}},
	{"SC", {{4, 'a'}, {20, 'n'}, {3, 'a'}}},
	{"SD", {{14, 'n'}}},
	{"SE", {{20, 'n'}}},
	{"SI", {{15, 'n'}}},
	{"SK", {{20, 'n'}}},
	{"SM", {{1, 'a'}, {10, 'n'}, {12, 'c'}}},
	{"SO", {{19, 'n'}}},
	{"ST", {{21, 'n'}}},
	{"SV", {{4, 'a'}, {20, 'n'}}},
	{"TL", {{19, 'n'}}},
	{"TN", {{20, 'n'}}},
	{"TR", {{6, 'n'}, {16, 'c'}}},
	{"UA", {{6, 'n'}, {19, 'c'}}},
	{"VA", {{18, 'n'}}},
	{"VG", {{4, 'a'}, {16, 'n'}}},
	{"XK", {{16, 'n'}}},
	{"YE", {{4, 'a'}, {4, 'n'}, {18, 'c'}}},
};

static const struct structure *
structure_of(uint8_t c1, uint8_t c2)
{
	size_t low = 0;
	size_t high = COUNT_OF(structures);
	const unsigned key = (unsigned)c1 << 8 | c2;

	while (low < high) {
		const size_t mid = (low + high) / 2;
		const char *c = structures[mid].country;
		const unsigned here = (unsigned)c[0] << 8 | (unsigned)c[1];

		if (here == key)
			return &structures[mid];
		if (here < key)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static size_t
length(const struct structure *s)
{
	size_t n = 4;

	for (size_t i = 0; i < COUNT_OF(s->part); i++)
		n += s->part[i].n;
	return n;
}

size_t
iban_length(uint8_t c1, uint8_t c2)
{
	const struct structure *s = structure_of(c1, c2);

	return s == NULL ? 0 : length(s);
}

static bool
fits(const struct structure *s, const uint8_t *p)
{
	for (size_t i = 0; i < COUNT_OF(s->part); i++) {
		const char sort = s->part[i].sort;

		for (size_t k = 0; k < s->part[i].n; k++, p++) {
			const bool ok = (sort != 'a' && is_digit(*p)) ||
					(sort != 'n' && is_upper(*p));
			if (!ok)
				return false;
		}
	}
	return true;
}

/* ${p} as a number with A as 10 to Z as 35, after ${r}, modulo 97. */
static unsigned
mod97(unsigned r, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		r = is_digit(p[i]) ? (r * 10 + p[i] - '0') % 97
				   : (r * 100 + p[i] - 'A' + 10) % 97;
	return r;
}

/* The French key ("clé RIB"): letters count as the digits of a telephone dial
 * of its own, A to I as 1 to 9, J to R as 1 to 9, S to Z as 2 to 9. */
static bool
rib_agrees(const uint8_t *p)
{
	enum { RIB = 23 };
	static const char dial[] = "12345678912345678923456789";
	unsigned r = 0;

	/* 89 bank + 15 branch + 3 account + key = 0 modulo 97 is the number
	 * of 23 digits being a multiple of 97. */
	for (size_t i = 0; i < RIB; i++) {
		const uint8_t d =
			is_digit(p[i]) ? p[i] : (uint8_t)dial[p[i] - 'A'];

		r = (r * 10 + d - '0') % 97;
	}
	return r == 0;
}

/* The two digits that check bank and branch, and the account, of Spain. */
static bool
ccc_agrees(const uint8_t *p)
{
	static const uint8_t weight[] = {1, 2, 4, 8, 5, 10, 9, 7, 3, 6};
	unsigned bank = 0;
	unsigned account = 0;

	for (size_t i = 0; i < 8; i++)
		bank += weight[i + 2] * (unsigned)(p[i] - '0');
	for (size_t i = 0; i < 10; i++)
		account += weight[i] * (unsigned)(p[i + 10] - '0');
	bank = (11 - bank % 11) % 11;
	account = (11 - account % 11) % 11;
	return (unsigned)(p[8] - '0') == (bank == 10 ? 1 : bank) &&
	       (unsigned)(p[9] - '0') == (account == 10 ? 1 : account);
}

static bool
national_key_agrees(const uint8_t *c)
{
	if (memcmp(c, "FR", 2) == 0 || memcmp(c, "MC", 2) == 0)
		return rib_agrees(c + 4);
	return memcmp(c, "ES", 2) != 0 || ccc_agrees(c + 4);
}

/* Upper case, no separators, no word IBAN in front; 0: too long, or other
 * characters. */
static size_t
compact(struct span text, uint8_t out[static IBAN_MAX])
{
	uint8_t folded[2 * IBAN_TEXT_MAX];
	size_t n = 0;

	if (text.n < IBAN_MIN || text.n > IBAN_TEXT_MAX)
		return 0;
	text = (struct span){folded,
			     fold_letters(text, folded, sizeof(folded))};
	text = span_trim(text);
	if (text.n > 4 && memcmp(text.p, "IBAN", 4) == 0)
		for (text.p += 4, text.n -= 4;
		     text.n > 0 && byte_in(text.p[0], " :.-");
		     text.p++, text.n--)
			;
	for (size_t i = 0; i < text.n; i++) {
		if (byte_in(text.p[i], " .-"))
			continue;
		if (n == IBAN_MAX || !is_alnum(text.p[i]))
			return 0;
		out[n++] = text.p[i];
	}
	return n;
}

enum kind_verdict
iban_parse(struct span text, struct iban *ret)
{
	uint8_t c[IBAN_MAX];
	const size_t n = compact(text, c);

	if (n < IBAN_MIN || !all_digits(c + 2, 2))
		return KIND_NO;
	const struct structure *s = structure_of(c[0], c[1]);

	if (s == NULL || length(s) != n || !fits(s, c + 4))
		return KIND_NO;
	const uint64_t check = number(c + 2, 2);

	/* 98 minus a remainder: 00, 01 and 99 would pass but are never made. */
	if (check < 2 || check > 98 || mod97(mod97(0, c + 4, n - 4), c, 4) != 1)
		return KIND_NO;
	ret->n = (uint8_t)n;
	memcpy(ret->text, c, n);
	return national_key_agrees(c) ? KIND_VALID : KIND_WEAK;
}

static enum kind_verdict
test(struct span text, struct norm *ret_norm)
{
	struct iban iban;
	const enum kind_verdict v = iban_parse(text, &iban);

	if (v == KIND_NO)
		return KIND_NO;
	memcpy(ret_norm->p, iban.text, iban.n);
	ret_norm->n = iban.n;
	return v;
}

static const struct kind_header headers[] = {
	{"IBAN", 3},
	{"CODE IBAN", 3},
	{"NO IBAN", 3},
	{"N IBAN", 3},
	{"NUM IBAN", 3},
	{"NUMERO IBAN", 3},
	{"IBAN PATIENT", 3},
	{"IBAN CLIENT", 3},
	{"IBAN ASSURE", 3},
	{"IBAN BIC", 3},
	{"IBAN NUMBER", 3},
	{"RIB", 2},
	{"NO RIB", 2},
	{"RIB IBAN", 3},
	{"COMPTE BANCAIRE", 2},
	{"NO COMPTE", 1},
	{"NUM COMPTE", 1},
	{"NUMERO COMPTE", 1},
	{"NUMERO DE COMPTE", 1},
	{"COORDONNEES BANCAIRES", 2},
	{"BANK ACCOUNT", 2},
	{"ACCOUNT NUMBER", 1},
	{NULL, 0},
};

static const char *const context[] = {
	"IBAN",     "RIB",     "BIC",  "COMPTE",   "VIREMENT", "BANQUE",
	"BANCAIRE", "ACCOUNT", "BANK", "TRANSFER", NULL,
};

const struct kind kind_iban = {
	.id = KIND_IBAN,
	.name = "iban",
	.country = NULL,
	.title_en = "bank account (IBAN)",
	.title_fr = "compte bancaire (IBAN)",
	.accepts = "country, check digits and account of 15 to 34 characters, "
		   "with blanks, dots or dashes",
	.check = "97 leaves 1; length and structure of the country; the "
		 "national key of France, Monaco and Spain",
	.source = "ISO 13616-1:2020; SWIFT, IBAN Registry",
	.one_in = 15000,
	.shape = SHAPE_ALNUM,
	.min = IBAN_MIN,
	.max = IBAN_MAX,
	.identifies = true,
	.headers = headers,
	.context = context,
	.test = test,
};
