#include "detect/blood/blood.h"

#include "base/fold.h"

#include <string.h>

/* What is left to read, in capitals, a minus sign as '-'. */
struct rest {
	const uint8_t *p;
	size_t n;
};

static void
skip_blanks(struct rest *r)
{
	while (r->n > 0 && byte_in(r->p[0], " .,;:_/")) {
		r->p++;
		r->n--;
	}
}

static bool
take(struct rest *r, const char *word)
{
	const size_t len = strlen(word);

	if (r->n < len || memcmp(r->p, word, len) != 0)
		return false;
	r->p += len;
	r->n -= len;
	return true;
}

static bool
take_any(struct rest *r, const char *const *words)
{
	for (; *words != NULL; words++)
		if (take(r, *words))
			return true;
	return false;
}

/* "GROUPE SANGUIN : ", "GR ", "ABO " */
static void
take_title(struct rest *r)
{
	static const char *const first[] = {"GROUPE", "GRP", "GR",
					    "GS",     "ABO", "BLOOD GROUP",
					    "TYPE",   NULL};
	static const char *const second[] = {"SANGUIN", "ABO", NULL};

	if (!take_any(r, first))
		return;
	skip_blanks(r);
	(void)take_any(r, second);
	skip_blanks(r);
}

/* A, B, AB, O or Landsteiner's 0; A1, A2, A1B and A2B are subgroups of A. */
static uint8_t
take_abo(struct rest *r)
{
	static const struct {
		const char *text;
		uint8_t abo;
	} groups[] = {
		{"AB", 'X'}, {"A1B", 'X'}, {"A2B", 'X'},
		{"A1", 'A'}, {"A2", 'A'},  {"A", 'A'},
		{"B", 'B'},  {"O", 'O'},   {"0", 'O'},
	};

	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if (take(r, groups[i].text))
			return groups[i].abo;
	return 0;
}

static int8_t
take_sign(struct rest *r)
{
	static const char *const plus[] = {"POSITIF", "POSITIVE", "POSIT",
					   "POS",     "(+)",      "+",
					   "PLUS",    NULL};
	static const char *const minus[] = {"NEGATIF", "NEGATIVE", "NEGAT",
					    "NEG",     "(-)",      "-",
					    "MOINS",   NULL};

	if (take_any(r, plus))
		return 1;
	if (take_any(r, minus))
		return -1;
	return 0;
}

/* The rhesus at ${r}: a sign, perhaps after "RH", "RHESUS", "D", "RH1".
 * ISBT writes "RH:1" and "RH:-1", without another sign. */
static int8_t
take_rhesus(struct rest *r)
{
	static const char *const names[] = {"RHESUS", "RH", NULL};
	static const char *const antigens[] = {"(D)", "D", NULL};
	const bool named = take_any(r, names);

	skip_blanks(r);
	if (named && take(r, "-1"))
		return -1;
	const bool first = named && take(r, "1");

	skip_blanks(r);
	(void)take_any(r, antigens);
	skip_blanks(r);
	const int8_t sign = take_sign(r);

	if (sign == 0 && first)
		return 1;
	return sign;
}

enum kind_verdict
blood_parse(struct span text, struct blood *ret)
{
	uint8_t folded[2 * BLOOD_TEXT_MAX];

	if (text.n == 0 || text.n > BLOOD_TEXT_MAX)
		return KIND_NO;
	/* Most columns that are tried are numbers and dates. */
	if (text.p[0] >= '1' && text.p[0] <= '9')
		return KIND_NO;
	struct span s = {folded, fold_letters(text, folded, sizeof(folded))};

	/* U+2212, the minus sign, is no dash to fold_letters(). */
	for (size_t i = 0; i + 2 < s.n; i++)
		if (memcmp(folded + i, "\xE2\x88\x92", 3) == 0) {
			folded[i] = '-';
			memmove(folded + i + 1, folded + i + 3, s.n - i - 3);
			s.n -= 2;
		}
	s = span_trim(s);
	struct rest r = {s.p, s.n};

	take_title(&r);
	const bool zero = r.n > 0 && r.p[0] == '0';
	const uint8_t abo = take_abo(&r);

	if (abo == 0)
		return KIND_NO;
	skip_blanks(&r);
	const bool more = r.n > 0;
	const int8_t rhesus = take_rhesus(&r);

	skip_blanks(&r);
	/* A zero alone is a number, not a group. */
	if (r.n > 0 || (more && rhesus == 0) || (zero && rhesus == 0))
		return KIND_NO;
	*ret = (struct blood){abo, rhesus};
	return rhesus == 0 ? KIND_WEAK : KIND_VALID;
}

static enum kind_verdict
test(struct span text, struct norm *ret_norm)
{
	struct blood blood;
	const enum kind_verdict v = blood_parse(text, &blood);
	size_t n = 0;

	if (v == KIND_NO)
		return KIND_NO;
	ret_norm->p[n++] = blood.abo == 'X' ? 'A' : blood.abo;
	if (blood.abo == 'X')
		ret_norm->p[n++] = 'B';
	if (blood.rhesus != 0)
		ret_norm->p[n++] = blood.rhesus > 0 ? '+' : '-';
	ret_norm->n = n;
	return v;
}

static const struct kind_header headers[] = {
	{"GROUPE SANGUIN", 3},
	{"GROUPESANGUIN", 3},
	{"GROUPE SANG", 3},
	{"GR SANGUIN", 3},
	{"GRP SANGUIN", 3},
	{"GRSANGUIN", 3},
	{"GRPSANG", 3},
	{"GRP SANG", 3},
	{"GR SANG", 3},
	{"GS", 2},
	{"GROUPE ABO", 3},
	{"ABO", 3},
	{"ABO RH", 3},
	{"ABO RHESUS", 3},
	{"ABORH", 3},
	{"GROUPE RHESUS", 3},
	{"GROUPE RH", 3},
	{"GROUPE SANGUIN RHESUS", 3},
	{"GROUPE SANGUIN RH", 3},
	{"RHESUS", 2},
	{"GROUPE", 1},
	{"BLOOD GROUP", 3},
	{"BLOODGROUP", 3},
	{"BLOOD TYPE", 3},
	{"BLOODTYPE", 3},
	{NULL, 0},
};

static const char *const context[] = {
	"GROUPE SANGUIN", "GROUPE",     "ABO", "RHESUS",
	"BLOOD GROUP",    "BLOOD TYPE", NULL,
};

const struct kind kind_blood_group = {
	.id = KIND_BLOOD_GROUP,
	.name = "health.blood-group",
	.country = NULL,
	.title_en = "blood group",
	.title_fr = "groupe sanguin",
	.accepts = "A, B, AB or O with rhesus, in signs or words; the group "
		   "alone is weak",
	.check = "one of eight groups",
	.source = "ISBT 128 (ABO, RhD)",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 1,
	.max = BLOOD_TEXT_MAX,
	.identifies = false,
	.headers = headers,
	.context = context,
	.test = test,
};
