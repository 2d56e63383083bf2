/* scan/column: what the values of a column look like. */
#include "base/fold.h"
#include "detect/address/address.h"
#include "detect/health/health.h"
#include "detect/name/name.h"
#include "detect/registry/registry.h"
#include "detect/sex/sex.h"
#include "scan/column/column_impl.h"

#include <string.h>

enum {
	SHORT_MAX = 24, /* bytes of a sex, a title, a blood group */
	NAME_MAX_BYTES = 80,
	LONG_WORDS = 4,
};

/* What one value is made of. */
struct shape {
	uint32_t digits, letters, signs, blanks, words;
	bool at;
};

static struct shape
shape_of(struct span s)
{
	struct shape x = {0};
	bool inside = false;

	for (size_t i = 0; i < s.n; i++) {
		const uint8_t b = s.p[i];
		const bool blank = b == ' ' || b == '\t' || b == '\n';

		if (is_digit(b))
			x.digits++;
		else if (is_alpha(b) || b >= 0x80)
			x.letters++;
		else if (blank)
			x.blanks++;
		else if (b != '-' && b != '\'' && b != '.')
			x.signs++;
		x.at = x.at || b == '@';
		x.words += !inside && !blank;
		inside = !blank;
	}
	return x;
}

static void
test_kind(struct profile *p, enum kind_id id, struct span s)
{
	const struct kind *k = kind_by_id(id);
	struct norm norm;

	if (k == NULL)
		return;
	const enum kind_verdict v = k->test(s, &norm);

	p->valid[id] += v == KIND_VALID;
	p->weak[id] += v == KIND_WEAK;
}

static void
test_date(struct profile *p, struct span s)
{
	uint32_t date;

	date_census_add(&p->dates, s);
	if (birthdate_parse(s, DATE_UNKNOWN, &date) == KIND_NO)
		return;
	const uint32_t year = date / 10000;

	if (birthdate_is_filler(date)) {
		p->fillers++;
	} else if (year >= BIRTHDATE_FIRST && year <= BIRTHDATE_LAST) {
		p->years[year - BIRTHDATE_FIRST]++;
		p->dated++;
	}
}

static void
test_sex(struct profile *p, struct span s)
{
	uint8_t sex;

	p->titles += s.n > 1 && sex_of_title(s) != SEX_UNKNOWN;
	if (sex_parse(s, &sex) == KIND_NO)
		return;
	p->male += sex == SEX_MALE;
	p->female += sex == SEX_FEMALE;
	p->other_sex += sex == SEX_UNKNOWN;
	p->digit_sex += is_digit(s.p[0]) && sex != SEX_UNKNOWN;
}

/* Numbers with separators. */
static void
test_numbers(struct profile *p, struct span s, const struct shape *x)
{
	static const struct {
		uint8_t kind, least, most;
	} numbers[] = {
		{KIND_FR_NIR, 12, 15},   {KIND_FR_RPPS, 11, 12},
		{KIND_FR_FINESS, 8, 9},  {KIND_FR_SIREN, 9, 9},
		{KIND_FR_SIRET, 14, 14}, {KIND_PHONE, 6, 15},
	};

	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		if (x->digits >= numbers[i].least &&
		    x->digits <= numbers[i].most && x->letters <= 2)
			test_kind(p, (enum kind_id)numbers[i].kind, s);
	if (x->digits == 9 && s.n == 9)
		p->bare_phones++;
	if (x->digits >= 10 && x->letters >= 2)
		test_kind(p, KIND_IBAN, s);
	if (s.n < 3 || s.n > 12)
		return;
	test_kind(p, KIND_ADDRESS_POSTCODE, s);
	p->short_postcodes += s.n == 4 && x->digits == 4;
	p->zero_ended += s.n == 5 && x->digits == 5 && s.p[4] == '0';
}

static void
test_words(struct profile *p, struct span s, const struct shape *x)
{
	struct norm norm;
	size_t known = 0;
	size_t words = 0;

	norm.n = name_normalise(s, norm.p, NORM_MAX);
	if (norm.n == 0)
		return;
	for (size_t i = 0; i < norm.n;) {
		const struct span rest = {norm.p + i, norm.n - i};
		const bool is_known = name_given_known(rest) != NAME_GIVEN_NO;

		p->given += i == 0 && is_known;
		known += is_known;
		words++;
		while (i < norm.n && norm.p[i] != ' ')
			i++;
		i++;
	}
	p->one_word += words == 1;
	p->mixed += known > 0 && words > known;
	p->plausible += x->signs <= 1 && x->digits == 0 &&
			name_is_plausible((struct span){norm.p, norm.n});
}

static void
test_texts(struct profile *p, struct span s, const struct shape *x)
{
	struct norm norm;

	if (s.n <= NAME_MAX_BYTES)
		test_words(p, s, x);
	p->organisations += name_is_organisation(s);
	norm.n = address_street_normalise(s, norm.p, NORM_MAX);
	if (norm.n > 0) {
		const unsigned score =
			address_street_score((struct span){norm.p, norm.n});

		p->streets += score >= 60;
		p->streets_typed += score >= 85;
	}
	p->long_texts += x->words >= LONG_WORDS;
	p->medical += x->words > 1 && health_mentions(s);
}

static void
test_value(struct profile *p, struct span s)
{
	const struct shape x = shape_of(s);

	p->bytes += s.n;
	p->words += x.words;
	p->digits += x.digits == s.n;
	p->letters += x.digits == 0 && x.signs == 0 && x.letters > 0;
	p->singles += s.n == 1;
	if (x.at)
		test_kind(p, KIND_EMAIL, s);
	if (x.digits >= 4 && s.n <= BIRTHDATE_TEXT_MAX)
		test_date(p, s);
	if (x.digits >= 2 && s.n <= 48 && !x.at)
		test_numbers(p, s, &x);
	if (s.n <= SHORT_MAX) {
		test_sex(p, s);
		test_kind(p, KIND_BLOOD_GROUP, s);
	}
	if (x.blanks == 0 && s.n >= 13)
		test_kind(p, KIND_PASSWORD_HASH, s);
	if (x.letters > 1)
		test_texts(p, s, &x);
}

/* How many different values there are, and how often the commonest comes. */
static void
count_distinct(struct table *t, uint32_t col)
{
	struct profile *p = &t->profiles[col];
	const uint64_t *hash = t->hash + (size_t)col * t->rows;

	memset(t->map, 0, t->slots * sizeof(*t->map));
	for (uint32_t r = 0; r < t->rows; r++) {
		if (hash[r] == 0)
			continue;
		size_t at = hash[r] & (t->slots - 1);

		while (t->map[at].key != 0 && t->map[at].key != hash[r])
			at = (at + 1) & (t->slots - 1);
		t->map[at].key = hash[r];
		p->distinct += t->map[at].n == 0;
		t->map[at].n++;
		p->top = t->map[at].n > p->top ? t->map[at].n : p->top;
	}
}

void
profile_column(struct table *t, uint32_t col)
{
	struct profile *p = &t->profiles[col];
	uint64_t *hash = t->hash + (size_t)col * t->rows;
	uint8_t folded[2 * ADDRESS_TEXT_MAX];

	memset(p, 0, sizeof(*p));
	p->sampled = t->rows;
	for (uint32_t r = 0; r < t->rows; r++) {
		struct span s = table_cell(t, r, col);

		if (s.n == 0)
			continue;
		p->filled++;
		if (p->tested < COLUMN_TESTED_MAX) {
			p->tested++;
			test_value(p, s);
		}
		if (s.n > ADDRESS_TEXT_MAX)
			s.n = ADDRESS_TEXT_MAX;
		const size_t n = fold_words(s, folded, sizeof(folded));

		hash[r] = span_hash((struct span){folded, n}, 1) | 1;
	}
	explicit_bzero(folded, sizeof(folded));
	count_distinct(t, col);
}

uint32_t
profile_year(const struct profile *p, uint32_t percent)
{
	const uint64_t want = (uint64_t)p->dated * percent / 100;
	uint64_t seen = 0;

	if (p->dated == 0)
		return 0;
	for (uint32_t y = 0; y < YEARS; y++) {
		seen += p->years[y];
		if (seen > want)
			return BIRTHDATE_FIRST + y;
	}
	return BIRTHDATE_LAST;
}
