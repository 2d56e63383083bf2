/* scan/column: what columns decide together: which of several dates is the
 * birth date, which text is the town of a postcode, which words are names. */
#include "detect/address/address.h"
#include "scan/column/column_impl.h"

#include <string.h>

enum {
	LEAST = 10,         /* rows that must be comparable */
	BIRTH_PERCENT = 30, /* of NIR with the month of birth: some are of the
			       insured, dates that are not of birth agree in
			       one row of a thousand */
	SEX_PERCENT = 75,   /* half would be chance */
	GIVEN_PERCENT = 80,
	TOWN_PERCENT = 60,
	EQUAL_PERCENT = 30,
	MAIL_PERCENT = 20,
	HOLDER_PERCENT = 97,
	BESIDE_BELIEF = 35, /* that a column beside names needs */
};

static bool
agrees(struct agreement g, uint32_t percent)
{
	return g.compared >= LEAST && share(g.agreed, g.compared) >= percent;
}

static void
note_agreement(struct table *t, uint32_t col, uint32_t with, struct agreement g,
	       unsigned why)
{
	struct column_type *c = &t->types[col];

	c->agrees_with = (uint16_t)(with + 1);
	c->agreed = g.agreed;
	c->compared = g.compared;
	c->why |= (uint16_t)why;
	c->confidence = 99;
}

/* The column of ${kind} with most valid values; t->cols: none. */
static uint32_t
best_column(const struct table *t, uint8_t kind)
{
	uint32_t best = t->cols;

	for (uint32_t c = 0; c < t->cols; c++)
		if (t->types[c].kind == kind && t->types[c].valid > 0 &&
		    (best == t->cols ||
		     t->types[c].valid > t->types[best].valid))
			best = c;
	return best;
}

static bool
may_be_date(const struct table *t, uint32_t col)
{
	const struct profile *p = &t->profiles[col];
	const uint32_t dates = p->dated + p->fillers + p->dates.serial;

	return p->tested > 0 && share(dates, p->tested) >= 80;
}

static bool
may_be_sex(const struct table *t, uint32_t col)
{
	const struct profile *p = &t->profiles[col];
	const uint32_t both = p->male + p->female;

	return p->distinct <= 6 && p->titles == 0 && both > 0 &&
	       share((uint64_t)both + p->other_sex, p->tested) >= 90;
}

/* Thirteen digits without a key prove nothing: only agreement can. */
static bool
may_be_bare_nir(const struct table *t, uint32_t col)
{
	const struct profile *p = &t->profiles[col];
	const uint32_t fit = p->weak[KIND_FR_NIR] + p->valid[KIND_FR_NIR];

	return t->types[col].kind == KIND_NONE && !t->hints[col].other &&
	       p->tested >= LEAST && share(fit, p->tested) >= 80;
}

/* A number without a key may hold any date: a dossier, the day it was opened.
 * A birth date it holds makes it a NIR. */
static bool
is_birth_like(const struct table *t, uint32_t col)
{
	return t->types[col].kind == KIND_BIRTH_DATE ||
	       type_belief(&t->profiles[col], KIND_BIRTH_DATE) >= 65;
}

/* The date column whose months agree most with ${nir}; t->cols: none. */
static uint32_t
date_of_nir(struct table *t, uint32_t nir, struct agreement *ret,
	    uint8_t *ret_order)
{
	uint32_t best = t->cols;
	const bool bare = t->types[nir].kind != KIND_FR_NIR;

	*ret = (struct agreement){0};
	for (uint32_t c = 0; c < t->cols; c++) {
		if (!may_be_date(t, c) || (bare && !is_birth_like(t, c)))
			continue;
		uint8_t order =
			(uint8_t)date_census_order(&t->profiles[c].dates);
		struct agreement g = agree_birth(t, nir, c, order);

		/* Old Macintosh files count from 1904. */
		if (order == DATE_SERIAL && !agrees(g, BIRTH_PERCENT)) {
			order = DATE_SERIAL_1904;
			g = agree_birth(t, nir, c, order);
		}
		if (agrees(g, BIRTH_PERCENT) && g.agreed > ret->agreed) {
			best = c;
			*ret = g;
			*ret_order = order;
		}
	}
	return best;
}

/* A birth date is the one that agrees with the NIR; others that were taken for
 * one by their spread alone are none. */
static void
settle_birth(struct table *t, uint32_t nir)
{
	struct agreement g;
	uint8_t order = DATE_UNKNOWN;
	const uint32_t date = date_of_nir(t, nir, &g, &order);

	if (date == t->cols)
		return;
	if (t->types[nir].kind != KIND_FR_NIR)
		type_set(t, nir, KIND_FR_NIR, 95, COLUMN_BY_VALUES);
	if (t->types[date].kind != KIND_BIRTH_DATE)
		type_set(t, date, KIND_BIRTH_DATE, 99, COLUMN_BY_VALUES);
	t->types[date].date_order = order;
	note_agreement(t, date, nir, g, COLUMN_BY_BIRTH);
	note_agreement(t, nir, date, g, COLUMN_BY_BIRTH);
	for (uint32_t c = 0; c < t->cols; c++)
		if (c != date && t->types[c].kind == KIND_BIRTH_DATE &&
		    (t->types[c].why & COLUMN_BY_HEADER) == 0)
			type_set(t, c, KIND_NONE, 90, COLUMN_AGAINST_HEADER);
}

static void
settle_sex(struct table *t, uint32_t nir)
{
	for (uint32_t c = 0; c < t->cols; c++) {
		if (!may_be_sex(t, c) ||
		    (t->hints[c].other && t->types[c].kind != KIND_SEX))
			continue;
		const struct agreement g = agree_sex(t, nir, c);

		if (!agrees(g, SEX_PERCENT))
			continue;
		if (t->types[c].kind != KIND_SEX)
			type_set(t, c, KIND_SEX, 99, COLUMN_BY_VALUES);
		note_agreement(t, c, nir, g, COLUMN_BY_SEX);
		if (t->types[nir].agrees_with == 0)
			note_agreement(t, nir, c, g, COLUMN_BY_SEX);
	}
}

/* Sex by the given names beside it, where no NIR tells. */
static void
settle_sex_by_names(struct table *t)
{
	for (uint32_t c = 0; c < t->cols; c++) {
		const bool open = may_be_sex(t, c) && !t->hints[c].other &&
				  t->types[c].agrees_with == 0 &&
				  (t->types[c].kind == KIND_NONE ||
				   t->types[c].kind == KIND_SEX);

		for (uint32_t k = near_first(c); open && k < near_end(t, c);
		     k++) {
			if (t->types[k].kind != KIND_NAME_GIVEN)
				continue;
			const struct agreement g = agree_given(t, k, c);

			if (!agrees(g, GIVEN_PERCENT))
				continue;
			if (t->types[c].kind == KIND_NONE)
				type_set(t, c, KIND_SEX, 95, COLUMN_BY_VALUES);
			note_agreement(t, c, k, g, COLUMN_BY_SEX);
			break;
		}
	}
}

static bool
may_be_postcode(const struct table *t, uint32_t col)
{
	const struct profile *p = &t->profiles[col];

	if (t->types[col].kind == KIND_ADDRESS_POSTCODE)
		return p->tested > 0;
	return t->types[col].kind == KIND_NONE && !t->hints[col].other &&
	       p->distinct >= 4 &&
	       share(p->valid[KIND_ADDRESS_POSTCODE], p->tested) >= 90;
}

static bool
may_be_town(const struct table *t, uint32_t col)
{
	const struct profile *p = &t->profiles[col];
	const uint8_t kind = t->types[col].kind;

	if (kind == KIND_ADDRESS_CITY)
		return p->tested > 0;
	/* A town may look like a family name; a name does not look like it
	 * once the postcode tells it. */
	return (kind == KIND_NONE ||
		(kind == KIND_NAME_FAMILY && t->types[col].confidence < 60)) &&
	       !t->hints[col].other && t->types[col].flags == 0 &&
	       p->distinct >= 4 && share(p->digits, p->tested) < 10 &&
	       p->bytes / (p->tested + 1U) < 40 &&
	       share(p->organisations, p->tested) < 30;
}

/* Rewrite the hashes of ${col} so that ST BRIEUC is SAINT-BRIEUC CEDEX. */
static void
hash_towns(struct table *t, uint32_t col)
{
	uint64_t *hash = t->hash + (size_t)col * t->rows;
	uint8_t town[ADDRESS_TEXT_MAX];

	for (uint32_t r = 0; r < t->rows; r++) {
		if (hash[r] == 0)
			continue;
		const size_t n = address_city_normalise(table_cell(t, r, col),
							town, sizeof(town));

		hash[r] = n == 0 ? 0 : span_hash((struct span){town, n}, 1) | 1;
	}
	explicit_bzero(town, sizeof(town));
}

/* Does each of the two tell the other, better than by always being the same?
 */
static bool
tell_each_other(const struct table *t, uint32_t a, uint32_t b,
		struct agreement *ret)
{
	const struct agreement there = agree_follows(t, a, b);
	const struct agreement back = agree_follows(t, b, a);
	const uint32_t usual = share(t->profiles[b].top, t->profiles[b].filled);

	*ret = there;
	return agrees(there, TOWN_PERCENT) && agrees(back, TOWN_PERCENT) &&
	       share(there.agreed, there.compared) >= usual + 15;
}

/* The town of the postcodes of ${postcode}; t->cols: none. */
static uint32_t
town_of(const struct table *t, uint32_t postcode, struct agreement *ret)
{
	uint32_t town = t->cols;

	*ret = (struct agreement){0};
	for (uint32_t c = near_first(postcode); c < near_end(t, postcode);
	     c++) {
		struct agreement g;

		if (c != postcode && may_be_town(t, c) &&
		    tell_each_other(t, postcode, c, &g) &&
		    g.agreed > ret->agreed) {
			*ret = g;
			town = c;
		}
	}
	return town;
}

static void
settle_towns(struct table *t)
{
	for (uint32_t c = 0; c < t->cols; c++)
		if (may_be_town(t, c))
			hash_towns(t, c);
	for (uint32_t p = 0; p < t->cols; p++) {
		struct agreement g;
		const uint32_t town =
			may_be_postcode(t, p) ? town_of(t, p, &g) : t->cols;

		if (town == t->cols)
			continue;
		if (t->types[p].kind == KIND_NONE)
			type_set(t, p, KIND_ADDRESS_POSTCODE, 99,
				 COLUMN_BY_VALUES);
		if (t->types[town].kind != KIND_ADDRESS_CITY)
			type_set(t, town, KIND_ADDRESS_CITY, 99,
				 COLUMN_BY_VALUES);
		note_agreement(t, p, town, g, COLUMN_BY_POSTCODE);
		note_agreement(t, town, p, g, COLUMN_BY_POSTCODE);
	}
}

/* Could ${col} be a family name if something else said so? */
static bool
may_be_family(const struct table *t, uint32_t col)
{
	const uint32_t belief =
		type_belief(&t->profiles[col], KIND_NAME_FAMILY);

	return t->types[col].kind == KIND_NONE && !t->hints[col].other &&
	       t->types[col].flags == 0 && belief > 0;
}

static bool
is_name(uint8_t kind)
{
	return kind == KIND_NAME_FAMILY || kind == KIND_NAME_BIRTH ||
	       kind == KIND_NAME_GIVEN;
}

static bool
beside_name(const struct table *t, uint32_t col)
{
	return (col > 0 && is_name(t->types[col - 1].kind)) ||
	       (col + 1 < t->cols && is_name(t->types[col + 1].kind));
}

/* Columns of words that only their company shows to be family names. */
static bool
find_family(struct table *t, uint32_t col, uint32_t mail)
{
	if (mail < t->cols) {
		const struct agreement g = agree_mail(t, mail, col, t->cols);

		if (agrees(g, MAIL_PERCENT)) {
			type_set(t, col, KIND_NAME_FAMILY, 85,
				 COLUMN_BY_VALUES);
			t->types[col].agrees_with = (uint16_t)(mail + 1);
			t->types[col].agreed = g.agreed;
			t->types[col].compared = g.compared;
			return true;
		}
	}
	for (uint32_t c = near_first(col); c < near_end(t, col); c++) {
		const uint8_t kind = t->types[c].kind;

		if (c == col ||
		    (kind != KIND_NAME_FAMILY && kind != KIND_NAME_BIRTH &&
		     !may_be_family(t, c)))
			continue;
		const struct agreement g = agree_equal(t, col, c);

		if (agrees(g, EQUAL_PERCENT)) {
			type_set(t, col, KIND_NAME_FAMILY, 85,
				 COLUMN_BY_VALUES);
			t->types[col].agrees_with = (uint16_t)(c + 1);
			t->types[col].agreed = g.agreed;
			t->types[col].compared = g.compared;
			return true;
		}
	}
	if (!beside_name(t, col) ||
	    type_belief(&t->profiles[col], KIND_NAME_FAMILY) < BESIDE_BELIEF)
		return false;
	type_set(t, col, KIND_NAME_FAMILY, 70,
		 COLUMN_BY_VALUES | COLUMN_BY_POSITION);
	return true;
}

/* Names that a doctor's number tells. */
static bool
follows_number(struct table *t, uint32_t col, uint32_t rpps)
{
	const struct agreement g = agree_follows(t, rpps, col);
	const uint32_t usual =
		share(t->profiles[col].top, t->profiles[col].filled);

	if (!agrees(g, 85) || share(g.agreed, g.compared) < usual + 10)
		return false;
	type_set(t, col, KIND_NAME_FAMILY, 80, COLUMN_BY_VALUES);
	t->types[col].agrees_with = (uint16_t)(rpps + 1);
	t->types[col].agreed = g.agreed;
	t->types[col].compared = g.compared;
	return true;
}

static bool
follows_any_number(struct table *t, uint32_t col)
{
	for (uint32_t c = near_first(col); c < near_end(t, col); c++)
		if (t->types[c].kind == KIND_FR_RPPS &&
		    follows_number(t, col, c))
			return true;
	return false;
}

static void
settle_family(struct table *t)
{
	const uint32_t mail = best_column(t, KIND_EMAIL);

	/* Twice: the second round knows the names of the first. */
	for (unsigned round = 0; round < 2; round++)
		for (uint32_t c = 0; c < t->cols; c++)
			if (may_be_family(t, c) && !find_family(t, c, mail))
				(void)follows_any_number(t, c);
}

/* Nine digits with a Luhn digit: a facility is in a department where its
 * patients live; a company's number begins its sites' numbers. */
static bool
begins_siret(const struct table *t, uint32_t col, uint32_t siret)
{
	uint32_t n = 0;
	uint32_t same = 0;

	for (uint32_t r = 0; r < t->rows; r++) {
		const struct span a = table_cell(t, r, col);
		const struct span b = table_cell(t, r, siret);

		if (a.n != 9 || b.n != 14)
			continue;
		n++;
		same += memcmp(a.p, b.p, 9) == 0;
	}
	return n >= LEAST && same * 2 > n;
}

static void
settle_companies(struct table *t)
{
	const uint32_t siret = best_column(t, KIND_FR_SIRET);

	for (uint32_t c = 0; c < t->cols; c++) {
		if (t->types[c].kind != KIND_FR_FINESS ||
		    (t->types[c].why & COLUMN_BY_HEADER) != 0)
			continue;
		if (siret < t->cols && begins_siret(t, c, siret))
			type_set(t, c, KIND_FR_SIREN, 95, COLUMN_BY_CHECKSUM);
	}
}

/* The name that stands for a holder's number, and the number for the name, is
 * the holder's, whatever words it is made of. */
static void
settle_organisations(struct table *t)
{
	const uint32_t number = best_column(t, KIND_FR_FINESS);

	if (number == t->cols || t->profiles[number].distinct < 2)
		return;
	for (uint32_t c = 0; c < t->cols; c++) {
		const struct profile *p = &t->profiles[c];

		if (t->types[c].kind != KIND_NONE || t->hints[c].other ||
		    p->tested == 0 || share(p->digits, p->tested) > 0 ||
		    p->words < 2 * (uint64_t)p->tested)
			continue;
		const struct agreement there = agree_follows(t, number, c);
		const struct agreement back = agree_follows(t, c, number);

		if (p->distinct != t->profiles[number].distinct ||
		    !agrees(there, HOLDER_PERCENT) ||
		    !agrees(back, HOLDER_PERCENT))
			continue;
		t->types[c].flags = 0;
		type_set(t, c, KIND_ORGANISATION_NAME, 75, COLUMN_BY_VALUES);
		t->types[c].agrees_with = (uint16_t)(number + 1);
		t->types[c].agreed = there.agreed;
		t->types[c].compared = there.compared;
	}
}

/* Spread alone makes one birth date, not several: of those without a header
 * the widest stays. */
static void
settle_spread(struct table *t)
{
	uint32_t best = t->cols;
	uint32_t widest = 0;
	bool named = false;

	for (uint32_t c = 0; c < t->cols; c++) {
		if (t->types[c].kind != KIND_BIRTH_DATE)
			continue;
		if ((t->types[c].why & (COLUMN_BY_HEADER | COLUMN_BY_BIRTH)))
			named = true;
		const uint32_t wide = profile_year(&t->profiles[c], 95) -
				      profile_year(&t->profiles[c], 5);

		if (wide > widest) {
			widest = wide;
			best = c;
		}
	}
	for (uint32_t c = 0; c < t->cols; c++)
		if (t->types[c].kind == KIND_BIRTH_DATE &&
		    (t->types[c].why & (COLUMN_BY_HEADER | COLUMN_BY_BIRTH)) ==
			    0 &&
		    (named || c != best))
			type_set(t, c, KIND_NONE, 70, 0);
}

/* Two columns of names: which was given at birth? */
static void
settle_pair(struct table *t, uint32_t a, uint32_t b, uint32_t mail)
{
	struct agreement with_a = {0};
	struct agreement with_b = {0};

	if (mail < t->cols) {
		with_a = agree_mail(t, mail, a, b);
		with_b = agree_mail(t, mail, b, a);
	}
	/* The name in use is the one in the mail address. */
	const uint32_t birth = with_b.agreed > with_a.agreed ? a : b;
	const uint32_t sure = with_a.agreed != with_b.agreed;
	const unsigned why = COLUMN_BY_VALUES |
			     (sure ? COLUMN_BY_WORDS : COLUMN_BY_POSITION);

	type_set(t, birth, KIND_NAME_BIRTH, sure ? 80 : 60, why);
}

/* "NOM" beside "NOM DE NAISSANCE" is the name in use, and beside "NOM MARITAL"
 * the one of birth. */
static void
settle_birth_names(struct table *t)
{
	uint32_t plain = t->cols;
	uint32_t used = t->cols;
	bool birth = false;

	for (uint32_t c = 0; c < t->cols; c++) {
		const struct header_hint *h = &t->hints[c];

		if (h->role == ROLE_PROFESSIONAL || h->role == ROLE_INSURED ||
		    h->relative)
			continue;
		birth = birth || t->types[c].kind == KIND_NAME_BIRTH;
		if (t->types[c].kind != KIND_NAME_FAMILY ||
		    (t->types[c].why & COLUMN_BY_HEADER) == 0)
			continue;
		if (h->plain_name)
			plain = plain == t->cols ? c : plain;
		else
			used = c;
	}
	if (birth || plain == t->cols || used == t->cols)
		return;
	const struct agreement g = agree_equal(t, plain, used);

	if (agrees(g, EQUAL_PERCENT) ||
	    t->profiles[used].filled * 2 < t->profiles[plain].filled)
		type_set(t, plain, KIND_NAME_BIRTH, 75,
			 COLUMN_BY_HEADER | COLUMN_BY_POSITION);
}

/* Family names that no header told apart. */
static void
settle_pairs(struct table *t)
{
	const uint32_t mail = best_column(t, KIND_EMAIL);

	for (uint32_t a = 0; a < t->cols; a++) {
		for (uint32_t b = a + 1; b < near_end(t, a); b++) {
			if (t->types[a].kind != KIND_NAME_FAMILY ||
			    t->types[b].kind != KIND_NAME_FAMILY ||
			    t->types[a].role != ROLE_PATIENT ||
			    t->types[b].role != ROLE_PATIENT ||
			    ((t->types[a].why | t->types[b].why) &
			     COLUMN_BY_HEADER) != 0)
				continue;
			if (agrees(agree_equal(t, a, b), EQUAL_PERCENT))
				settle_pair(t, a, b, mail);
		}
	}
}

void
judge_together(struct table *t)
{
	for (uint32_t c = 0; c < t->cols; c++)
		if (may_be_bare_nir(t, c))
			settle_birth(t, c);
	const uint32_t nir = best_column(t, KIND_FR_NIR);

	if (nir < t->cols) {
		settle_birth(t, nir);
		settle_sex(t, nir);
	}
	settle_spread(t);
	settle_sex_by_names(t);
	settle_towns(t);
	settle_companies(t);
	settle_organisations(t);
	settle_family(t);
	settle_birth_names(t);
}

void
judge_pairs(struct table *t)
{
	settle_pairs(t);
}
