/* scan/column: what header and values of one column decide. */
#include "detect/health/health.h"
#include "scan/column/column_impl.h"

enum {
	FITS_STRONG = 30, /* percent that must fit what a sure header says */
	FITS_USUAL = 50,
	FITS_MAYBE = 80,
	BELIEF_ALONE = 60,   /* of values, without a header */
	BELIEF_AGAINST = 95, /* and against one */
	NOTES_READ = 400,
	FEW = 8, /* values that are too few to say much */
};

/* Values that could be of ${kind}, in percent of those tested. */
static uint32_t
fits(const struct profile *p, uint8_t kind)
{
	const uint32_t n = p->tested;
	const uint32_t words = n - p->digits;

	switch ((enum kind_id)kind) {
	case KIND_NAME_FAMILY:
	case KIND_NAME_BIRTH:
	case KIND_NAME_GIVEN:
		return share(p->plausible, n);
	case KIND_NAME_FULL:
		return share(p->letters > p->plausible ? p->letters
						       : p->plausible,
			     n);
	case KIND_BIRTH_DATE:
		return share((uint64_t)p->dated + p->fillers + p->dates.serial,
			     n);
	case KIND_SEX:
		return share((uint64_t)p->male + p->female + p->other_sex +
				     p->titles,
			     n);
	case KIND_ADDRESS_STREET:
	case KIND_ORGANISATION_NAME:
	case KIND_ADDRESS_CITY:
	case KIND_HEALTH_NOTE:
		return share(words, n);
	case KIND_PASSWORD:
		return 100;
	case KIND_PHONE:
	case KIND_EMAIL:
	case KIND_FR_NIR:
	case KIND_FR_RPPS:
	case KIND_FR_FINESS:
	case KIND_FR_SIRET:
	case KIND_FR_SIREN:
	case KIND_IBAN:
	case KIND_BLOOD_GROUP:
	case KIND_PASSWORD_HASH:
	case KIND_ADDRESS_POSTCODE:
		return share((uint64_t)p->valid[kind] + p->weak[kind], n);
	case KIND_NONE:
	case KIND_COUNT:
		return 0;
	}
	return 0;
}

/* Belief that ${valid} of ${n} values, ${distinct} different ones, pass a
 * check that one in ${one_in} passes by chance. */
static uint32_t
checked(uint32_t valid, uint32_t n, uint32_t distinct, uint32_t one_in)
{
	const uint32_t percent = share(valid, n);
	uint32_t belief = 0;
	uint64_t odds = 1;

	if (percent < 40 || valid == 0)
		return 0;
	for (uint32_t i = 0; i < distinct && i < valid && odds < 1000000; i++)
		odds *= one_in;
	/* Odds of 10, 100, 1,000, 10,000 against chance. */
	for (; odds >= 10; odds /= 10)
		belief += 30;
	belief = belief > 99 ? 99 : belief;
	/* A column of random digits has few that pass; a real one few that
	 * do not. */
	return percent >= 80 ? belief : belief * percent / 80;
}

static uint32_t
believe_sex(const struct profile *p)
{
	const uint32_t both = p->male + p->female;

	if (share((uint64_t)both + p->other_sex, p->tested) < 90 ||
	    p->distinct > 6 || p->tested < FEW || p->titles > 0)
		return 0;
	if (share(p->male, both) < 10 || share(p->female, both) < 10)
		return 0;
	/* 1 and 2 may be anything; M and F may be flags. */
	return share(p->digit_sex, p->tested) > 50 ? 30 : 85;
}

static uint32_t
believe_birth(const struct profile *p)
{
	const uint32_t first = profile_year(p, 5);
	const uint32_t last = profile_year(p, 95);
	const uint32_t wide = last - first;

	if (share((uint64_t)p->dated + p->fillers, p->tested) < 90 ||
	    share(p->dates.timed, p->tested) > 20 || p->distinct < 3)
		return 0;
	if (wide >= 40 && first <= 1970)
		return 85;
	return wide >= 25 && first <= 1990 ? 65 : 20;
}

static uint32_t
believe_postcode(const struct profile *p)
{
	const uint32_t five = p->valid[KIND_ADDRESS_POSTCODE];

	if (share(five, p->tested) < 90 || share(p->digits, p->tested) < 80 ||
	    p->distinct < 4)
		return 0;
	/* Of French postcodes four in five end in 0, of numbers one in ten. */
	return share(p->zero_ended, five) >= 50 ? 80 : 25;
}

static uint32_t
believe_phone(const struct profile *p)
{
	const uint32_t percent = share(p->valid[KIND_PHONE], p->tested);
	const uint32_t different = share(p->distinct, p->filled);

	if (percent < 60 || p->distinct < 2)
		return 0;
	if (share(p->bare_phones, p->tested) > 60)
		return 30;
	/* Ten digits without a blank or a sign may be the number of a lot;
	 * those of people are many, and nearly all of them valid. */
	if (share(p->digits, p->tested) >= 98)
		return percent >= 85 && different >= 15 ? 90 : 30;
	return 96;
}

static uint32_t
believe_names(const struct profile *p, uint8_t kind)
{
	const uint32_t given = share(p->given, p->tested);
	const uint32_t mixed = share(p->mixed, p->tested);
	const uint32_t single = share(p->one_word, p->tested);
	const uint32_t length = (uint32_t)(p->bytes / (p->tested + 1U));

	if (share(p->plausible, p->tested) < 85 ||
	    share(p->titles, p->tested) > 50 ||
	    share(p->organisations, p->tested) > 30 || p->distinct < 5)
		return 0;
	if (kind == KIND_NAME_FULL)
		return mixed >= 55 && single < 30 ? 80 : 0;
	if (kind == KIND_NAME_GIVEN) {
		if (given < 40 || single < 40)
			return 0;
		return given >= 55 ? 85 : 60;
	}
	/* Many different words of the length of names; neighbours decide. */
	const uint32_t different = share(p->distinct, p->filled);

	if (single < 50 || given >= 50 || length < 4 || length > 16)
		return 0;
	if (different < 5)
		return 20;
	return different >= 25 ? 45 : 35;
}

static uint32_t
believe_texts(const struct profile *p, uint8_t kind)
{
	if (kind == KIND_ADDRESS_STREET) {
		const uint32_t typed = share(p->streets_typed, p->tested);

		if (share(p->streets, p->tested) < 50 || typed < 20)
			return 0;
		return typed >= 40 ? 90 : 70;
	}
	if (kind == KIND_ORGANISATION_NAME)
		return share(p->organisations, p->tested) >= 50 &&
				       share(p->streets, p->tested) < 30 &&
				       share(p->long_texts, p->tested) < 90
			       ? 75
			       : 0;
	return 0;
}

/* How far the values alone make ${kind} believable, 0 to 99. */
uint32_t
type_belief(const struct profile *p, uint8_t kind)
{
	const uint32_t n = p->tested;

	switch ((enum kind_id)kind) {
	case KIND_EMAIL:
	case KIND_PASSWORD_HASH:
		return share(p->valid[kind], n) >= 60 ? 97 : 0;
	case KIND_BLOOD_GROUP:
		return share(p->valid[kind], n) >= 70 && p->distinct <= 40 ? 95
									   : 0;
	case KIND_FR_NIR:
		return checked(p->valid[kind], n, p->distinct, 200);
	case KIND_FR_RPPS:
	case KIND_FR_SIRET:
		return checked(p->valid[kind], n, p->distinct, 100);
	case KIND_IBAN:
		return checked(p->valid[kind], n, p->distinct, 1000);
	case KIND_FR_FINESS:
		return checked(p->valid[kind], n, p->distinct, 10);
	case KIND_FR_SIREN:
		return checked(p->valid[kind], n, p->distinct, 10) * 9 / 10;
	case KIND_PHONE:
		return believe_phone(p);
	case KIND_SEX:
		return believe_sex(p);
	case KIND_BIRTH_DATE:
		return believe_birth(p);
	case KIND_ADDRESS_POSTCODE:
		return believe_postcode(p);
	case KIND_NAME_FAMILY:
	case KIND_NAME_GIVEN:
	case KIND_NAME_FULL:
		return believe_names(p, kind);
	case KIND_ADDRESS_STREET:
	case KIND_ORGANISATION_NAME:
		return believe_texts(p, kind);
	case KIND_NAME_BIRTH:
	case KIND_ADDRESS_CITY:
	case KIND_HEALTH_NOTE:
	case KIND_PASSWORD:
	case KIND_NONE:
	case KIND_COUNT:
		return 0;
	}
	return 0;
}

static bool
has_check(uint8_t kind)
{
	return kind == KIND_FR_NIR || kind == KIND_FR_RPPS ||
	       kind == KIND_FR_FINESS || kind == KIND_FR_SIRET ||
	       kind == KIND_FR_SIREN || kind == KIND_IBAN;
}

static uint16_t
why_values(uint8_t kind)
{
	if (has_check(kind))
		return COLUMN_BY_CHECKSUM;
	if (kind == KIND_BIRTH_DATE)
		return COLUMN_BY_SPREAD;
	if (kind == KIND_NAME_GIVEN || kind == KIND_NAME_FULL ||
	    kind == KIND_ORGANISATION_NAME || kind == KIND_HEALTH_NOTE)
		return COLUMN_BY_WORDS;
	return COLUMN_BY_VALUES;
}

/* Values that are valid as ${kind}, of those tested. */
static uint32_t
valid_of(const struct profile *p, uint8_t kind)
{
	switch ((enum kind_id)kind) {
	case KIND_NAME_FAMILY:
	case KIND_NAME_BIRTH:
	case KIND_NAME_GIVEN:
	case KIND_NAME_FULL:
		return p->plausible;
	case KIND_BIRTH_DATE:
		return p->dated > p->dates.serial ? p->dated : p->dates.serial;
	case KIND_SEX:
		return p->male + p->female;
	case KIND_ADDRESS_STREET:
		return p->streets;
	case KIND_ORGANISATION_NAME:
	case KIND_ADDRESS_CITY:
		return p->tested - p->digits;
	case KIND_HEALTH_NOTE:
		return p->medical;
	case KIND_PASSWORD:
		return p->tested;
	case KIND_PHONE:
	case KIND_EMAIL:
	case KIND_FR_NIR:
	case KIND_FR_RPPS:
	case KIND_FR_FINESS:
	case KIND_FR_SIRET:
	case KIND_FR_SIREN:
	case KIND_IBAN:
	case KIND_BLOOD_GROUP:
	case KIND_PASSWORD_HASH:
	case KIND_ADDRESS_POSTCODE:
		return p->valid[kind];
	case KIND_NONE:
	case KIND_COUNT:
		return 0;
	}
	return 0;
}

void
type_set(struct table *t, uint32_t col, uint8_t kind, uint32_t confidence,
	 unsigned why)
{
	const struct profile *p = &t->profiles[col];
	struct column_type *c = &t->types[col];

	c->kind = kind;
	c->confidence = (uint8_t)(confidence > 99 ? 99 : confidence);
	c->why = (uint16_t)why;
	c->valid = valid_of(p, kind);
	c->date_order = DATE_UNKNOWN;
	c->flags &= (uint8_t) ~(COLUMN_POSTCODE_REPAIR | COLUMN_GIVEN_FIRST);
	if (kind == KIND_BIRTH_DATE)
		c->date_order = (uint8_t)date_census_order(&p->dates);
	if (kind == KIND_ADDRESS_POSTCODE && p->short_postcodes > 0 &&
	    p->valid[kind] > 0 && share(p->short_postcodes, p->tested) < 60)
		c->flags |= COLUMN_POSTCODE_REPAIR;
	if (kind == KIND_NAME_FULL && p->given > p->tested / 2)
		c->flags |= COLUMN_GIVEN_FIRST;
}

/* The kind that the values make most believable. */
static uint8_t
best_of_values(const struct profile *p, uint32_t *ret_belief)
{
	uint8_t best = KIND_NONE;

	*ret_belief = 0;
	for (unsigned k = KIND_NONE + 1; k < KIND_COUNT; k++) {
		const uint32_t b = type_belief(p, (uint8_t)k);

		if (b > *ret_belief) {
			*ret_belief = b;
			best = (uint8_t)k;
		}
	}
	return best;
}

/* A header of names says "name"; the values say of what. */
static uint8_t
which_name(const struct profile *p, uint8_t kind)
{
	const bool family = kind == KIND_NAME_FAMILY;
	const uint32_t given = share(p->given, p->tested);
	const uint32_t single = share(p->one_word, p->tested);

	if (p->tested < FEW)
		return kind;
	if (family && share(p->mixed, p->tested) >= 60 && single < 25)
		return KIND_NAME_FULL;
	if (family && given >= 85 && p->tested >= 4 * FEW)
		return KIND_NAME_GIVEN;
	if (kind == KIND_NAME_FULL && single >= 80)
		return given >= 60 ? KIND_NAME_GIVEN : KIND_NAME_FAMILY;
	if ((family || kind == KIND_NAME_FULL) &&
	    share(p->organisations, p->tested) >= 60)
		return KIND_ORGANISATION_NAME;
	return kind;
}

static bool
is_note(const struct table *t, uint32_t col)
{
	struct span notes[NOTES_READ];
	size_t n = 0;

	for (uint32_t r = 0; r < t->rows && n < NOTES_READ; r++) {
		const struct span s = table_cell(t, r, col);

		if (s.n > 0)
			notes[n++] = s;
	}
	return health_is_note(notes, n);
}

/* Texts of several words: notes, or just text. */
static void
judge_text(struct table *t, uint32_t col)
{
	const struct profile *p = &t->profiles[col];
	struct column_type *c = &t->types[col];

	if (c->kind != KIND_NONE || p->tested == 0)
		return;
	const uint32_t words = (uint32_t)(p->words * 10 / p->tested);
	const uint32_t length = (uint32_t)(p->bytes / p->tested);

	if (share(p->long_texts, p->tested) < 25 || words < 25 || length < 12)
		return;
	if (!t->hints[col].other && share(p->distinct, p->filled) >= 20 &&
	    is_note(t, col)) {
		type_set(t, col, KIND_HEALTH_NOTE, 75, COLUMN_BY_WORDS);
		return;
	}
	c->flags |= COLUMN_FREE_TEXT;
}

/* Do the values bear out what the header says? */
static bool
bears_out(const struct profile *p, const struct header_hint *h)
{
	const uint32_t fit = fits(p, h->kind);
	const uint32_t belief = type_belief(p, h->kind);

	if (h->kind == KIND_SEX && p->distinct > 12)
		return false;
	/* "NAME" may be that of a song: people have given names we know. */
	if (h->kind == KIND_NAME_FULL && h->role == ROLE_NONE &&
	    h->strength < 3 &&
	    share((uint64_t)p->given + p->mixed, p->tested) < 20)
		return false;
	if (h->strength >= 3)
		return fit >= FITS_STRONG;
	if (h->strength == 2)
		return fit >= FITS_USUAL;
	return belief >= 30 || (fit >= FITS_MAYBE && !has_check(h->kind));
}

static uint32_t
confidence_of(const struct profile *p, const struct header_hint *h)
{
	static const uint8_t by_header[] = {0, 55, 78, 90};
	const uint32_t base = by_header[h->strength];
	const uint32_t belief = type_belief(p, h->kind);

	if (belief >= 85)
		return base + 9;
	return fits(p, h->kind) >= 90 ? base + 4 : base;
}

static void
judge_by_header(struct table *t, uint32_t col)
{
	const struct profile *p = &t->profiles[col];
	const struct header_hint *h = &t->hints[col];
	const uint8_t kind = which_name(p, h->kind);
	unsigned why = COLUMN_BY_HEADER;

	if (has_check(kind) && p->valid[kind] > 0)
		why |= COLUMN_BY_CHECKSUM;
	else if (fits(p, kind) >= FITS_MAYBE)
		why |= COLUMN_BY_VALUES;
	type_set(t, col, kind, confidence_of(p, h), why);
}

static void
judge_by_values(struct table *t, uint32_t col)
{
	const struct header_hint *h = &t->hints[col];
	uint32_t belief;
	const uint8_t best = best_of_values(&t->profiles[col], &belief);
	const uint32_t needed = h->other || h->kind != KIND_NONE
					? BELIEF_AGAINST
					: BELIEF_ALONE;
	const bool soft = best == KIND_PASSWORD_HASH;

	if (belief < needed || (soft && needed == BELIEF_AGAINST))
		return;
	type_set(
		t, col, best, belief,
		why_values(best) |
			(needed == BELIEF_AGAINST ? COLUMN_AGAINST_HEADER : 0));
}

void
judge_column(struct table *t, uint32_t col)
{
	const struct profile *p = &t->profiles[col];
	const struct header_hint *h = &t->hints[col];
	struct column_type *c = &t->types[col];

	c->sampled = p->sampled;
	c->filled = p->filled;
	c->tested = p->tested;
	c->header_strength = h->strength;
	if (p->filled == 0) {
		if (h->strength >= 2)
			type_set(t, col, h->kind, 50, COLUMN_BY_HEADER);
		c->why |= COLUMN_IS_EMPTY;
		return;
	}
	if (share(p->titles, p->tested) >= 60 && h->kind != KIND_SEX)
		c->flags |= COLUMN_TITLE;
	else if (h->strength > 0 && bears_out(p, h))
		judge_by_header(t, col);
	else
		judge_by_values(t, col);
	judge_text(t, col);
	if (p->distinct == 1 && p->filled > FEW)
		c->why |= COLUMN_IS_CONSTANT;
}
