/* leakgen: the cells about people. */
#include "cells.h"

static void
put_label(const struct row *row, struct text *t, enum form form,
	  const struct label *l)
{
	text_form(t, &row->m->forms, form, l->s, l->n);
}

void
cell_civility(struct row *row, struct rng *r, struct text *t)
{
	const bool child = row->age < 16;

	if (rng_chance(r, 400))
		return;
	if (row->person->sex == 1)
		text_ascii(t, child && rng_chance(r, 6000) ? "ENF" : "M.");
	else if (child || (row->age < 30 && !row->person->married))
		text_ascii(t, rng_chance(r, 5000) ? "MLLE" : "MME");
	else
		text_ascii(t, "MME");
}

void
cell_used(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	put_label(row, t, row->used_form, &row->used);
}

void
cell_birth(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	put_label(row, t, row->birth_form, &row->birth);
}

void
cell_given(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	put_label(row, t, row->given_form, &row->given);
}

/* MME LE GOFF NEE TANGUY Anne */
void
cell_full_name(struct row *row, struct rng *r, struct text *t)
{
	if (rng_chance(r, 5000))
		text_ascii(t, row->person->sex == 1 ? "M. " : "MME ");
	put_label(row, t, row->used_form, &row->used);
	if (row->person->married && row->birth.n > 0) {
		text_ascii(t, " NEE ");
		put_label(row, t, row->birth_form, &row->birth);
	}
	text_byte(t, ' ');
	put_label(row, t, row->given_form, &row->given);
}

void
cell_full_doctor(struct row *row, struct rng *r, struct text *t)
{
	text_ascii(t, rng_chance(r, 7000) ? "DR " : "DOCTEUR ");
	put_label(row, t, FORM_UPPER, &row->doctor->family);
	text_byte(t, ' ');
	put_label(row, t, FORM_UPPER, &row->doctor->given);
}

static void
put_date(struct text *t, struct date d)
{
	text_digits(t, d.day, 2);
	text_byte(t, '/');
	text_digits(t, d.month, 2);
	text_byte(t, '/');
	text_digits(t, d.year, 4);
}

/* Day and month swapped, a digit off, or a year off. */
static struct date
wrong_date(struct rng *r, struct date d)
{
	const uint32_t kind = rng_below(r, 10);

	if (kind < 3 && d.day <= 12 && d.day != d.month) {
		const uint8_t day = d.day;
		d.day = d.month;
		d.month = day;
	} else if (kind < 6) {
		d.year = (uint16_t)(d.year + (rng_chance(r, 5000) ? 1 : -1));
	} else if (kind < 7) {
		d.year = (uint16_t)(d.year - 10);
	} else if (kind < 9) {
		d.day = (uint8_t)(d.day > 10 ? d.day - 10 : d.day + 10);
	} else {
		d.month = (uint8_t)(d.month % 12 + 1);
	}
	if (d.day > dates_month(d.year, d.month))
		d.day = 1;
	return d;
}

void
cell_birth_date(struct row *row, struct rng *r, struct text *t)
{
	const struct preset *preset = row->m->preset;
	struct date d = row->person->born;

	if (rng_chance(r, 70 * preset->noise / 100))
		d = wrong_date(r, d);
	if (rng_chance(r, 15 * preset->fillers / 100))
		d = (struct date){1900, 1, 1};
	if (rng_chance(r, 30))
		return;
	put_date(t, d);
}

void
cell_sex(struct row *row, struct rng *r, struct text *t)
{
	if (rng_chance(r, 60))
		return;
	const bool wrong = rng_chance(r, 15 * row->m->preset->noise / 100);
	text_byte(t, (row->person->sex == 1) != wrong ? 'M' : 'F');
}

/* One digit wrong, or two swapped; never the same number again. */
static void
mistype(struct rng *r, uint8_t *nir)
{
	const uint32_t at = rng_between(r, 1, IDS_NIR - 1);

	if (nir[at - 1] != nir[at] && rng_chance(r, 4000)) {
		const uint8_t c = nir[at];
		nir[at] = nir[at - 1];
		nir[at - 1] = c;
		return;
	}
	const uint8_t digit = (uint8_t)('0' + rng_below(r, 10));
	nir[at] = digit != nir[at] ? digit
		  : digit == '9'   ? '0'
				   : (uint8_t)(digit + 1);
}

static void
put_nir(struct text *t, const uint8_t *nir, bool spaced, size_t length)
{
	/* 2 69 05 49 588 157 80 */
	static const uint8_t groups[] = {1, 3, 5, 7, 10, 13};
	size_t next = 0;

	for (size_t i = 0; i < length; i++) {
		if (next < sizeof(groups) && groups[next] == i) {
			next++;
			if (spaced)
				text_byte(t, ' ');
		}
		text_byte(t, nir[i]);
	}
}

void
cell_nir(struct row *row, struct rng *r, struct text *t)
{
	uint8_t nir[IDS_NIR];
	const uint32_t style = row->lab->nir_style;

	if (!rng_chance(r, row->m->preset->nir))
		return;
	memcpy(nir, row->nir, sizeof(nir));
	if (rng_chance(r, 150 * row->m->preset->noise / 100))
		mistype(r, nir);
	if (rng_chance(r, 100)) {
		put_nir(t, nir, false, 13);
		return;
	}
	const uint32_t hand = rng_below(r, 100);
	if (hand < 92 ? style == 0 || style == 1 : hand < 95) {
		put_nir(t, nir, true, IDS_NIR);
	} else if (hand < 92 ? style == 2 || style == 3 : hand < 97) {
		put_nir(t, nir, false, 13);
		text_byte(t, ' ');
		text_put(t, nir + 13, 2);
	} else {
		text_put(t, nir, sizeof(nir));
	}
}

void
cell_street(struct row *row, struct rng *r, struct text *t)
{
	if (rng_chance(r, 150))
		return;
	places_street(&row->m->places, &row->m->forms, &row->home->address,
		      rng_next(r), t);
}

void
cell_extra(struct row *row, struct rng *r, struct text *t)
{
	if (rng_chance(r, 7500))
		places_extra(&row->home->address, rng_next(r), t);
}

void
cell_postcode(struct row *row, struct rng *r, struct text *t)
{
	const struct town *town =
		&row->m->places.towns[row->home->address.town];

	if (!rng_chance(r, 100))
		text_put(t, town->postcode, sizeof(town->postcode));
}

void
cell_city(struct row *row, struct rng *r, struct text *t)
{
	if (!rng_chance(r, 80))
		places_city(&row->m->places, &row->m->forms,
			    row->home->address.town, rng_next(r), t);
}

/* Pairs of digits, ${between} them; ${phone} has nine digits. */
static void
put_pairs(struct text *t, uint32_t phone, uint8_t between)
{
	static const uint32_t unit[4] = {1000000, 10000, 100, 1};

	for (size_t i = 0; i < 4; i++) {
		if (between != 0)
			text_byte(t, between);
		text_digits(t, phone / unit[i], 2);
	}
}

static void
put_phone(struct text *t, uint32_t phone, uint32_t style)
{
	static const struct {
		const char *before;
		uint8_t between;
	} styles[] = {{"0", ' '},    {"0", 0},   {"0", '.'},  {"0", '-'},
		      {"+33 ", ' '}, {"+33", 0}, {"0033", 0}, {"", 0}};

	text_ascii(t, styles[style % 8].before);
	text_byte(t, (uint8_t)('0' + phone / 100000000));
	put_pairs(t, phone, styles[style % 8].between);
}

/* A phone in the spelling of the laboratory, or of the day. */
static void
phone(const struct row *row, struct rng *r, struct text *t, uint32_t number)
{
	/* Most write pairs or nothing between; all eight occur. */
	static const uint8_t common[8] = {0, 1, 0, 1, 2, 1, 0, 1};
	const struct preset *preset = row->m->preset;
	uint32_t style = common[row->lab->phone_style];

	if (rng_chance(r, 70 * preset->fillers / 100)) {
		text_ascii(t, "0000000000");
		return;
	}
	if (number == 0)
		return;
	if (rng_chance(r, 1400))
		style = rng_below(r, 8);
	if (rng_chance(r, 50 * preset->noise / 100)) {
		/* A digit off, past the first two. */
		static const uint32_t unit[7] = {1000000, 100000, 10000, 1000,
						 100,     10,     1};
		const uint32_t at = unit[rng_below(r, 7)];
		number += number / at % 10 == 9 ? (uint32_t) - (int32_t)at : at;
	}
	put_phone(t, number, style);
}

void
cell_home_phone(struct row *row, struct rng *r, struct text *t)
{
	const bool has = row->person->has_home_phone && !rng_chance(r, 500);

	phone(row, r, t, has ? row->home->phone : 0);
}

void
cell_mobile(struct row *row, struct rng *r, struct text *t)
{
	const struct person *p = row->person;
	const bool has = !rng_chance(r, 800);

	phone(row, r, t, !has ? 0 : row->moved ? p->mobile_later : p->mobile);
}

void
cell_other_phone(struct row *row, struct rng *r, struct text *t)
{
	if (row->person->other != 0 && rng_chance(r, 7000))
		phone(row, r, t, row->person->other);
}

void
cell_mail(struct row *row, struct rng *r, struct text *t)
{
	const struct person *p = row->person;
	const struct label *filler = &row->lab->mail;

	if (rng_chance(r, 60 * row->m->preset->fillers / 100)) {
		text_put(t, filler->s, filler->n);
		return;
	}
	if (p->mail_n == 0 || rng_chance(r, 800))
		return;
	text_form(t, &row->m->forms,
		  rng_chance(r, 400) ? FORM_UPPER : FORM_PROPER, p->mail,
		  p->mail_n);
}

void
cell_blood(struct row *row, struct rng *r, struct text *t)
{
	static const char *const groups[][2] = {
		{"O+", "O POS"}, {"A+", "A POS"},   {"B+", "B POS"},
		{"O-", "O NEG"}, {"A-", "A NEG"},   {"AB+", "AB POS"},
		{"B-", "B NEG"}, {"AB-", "AB NEG"},
	};

	if (rng_chance(r, 4600))
		text_ascii(t, groups[row->person->blood][rng_chance(r, 700)]);
}

void
cell_mutual(struct row *row, struct rng *r, struct text *t)
{
	struct rng own = family_rng(row, 31);
	const bool has = rng_chance(&own, 7800);
	const uint32_t number = rng_below(&own, 100000000);

	if (has && rng_chance(r, 8500))
		text_digits(t, number, 8);
}

/* The insured as others write them: one form, no slips. */
void
cell_insured_family(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	if (row->link != 1 || row->lab->repeats_insured)
		put_label(row, t, FORM_UPPER, row->insured_family);
}

void
cell_insured_given(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	if (row->link != 1 || row->lab->repeats_insured)
		put_label(row, t, FORM_UPPER, row->insured_given);
}

void
cell_link(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	text_digits(t, row->link, 2);
}

void
cell_doctor_family(struct row *row, struct rng *r, struct text *t)
{
	if (rng_chance(r, 200))
		text_ascii(t, "DR ");
	put_label(row, t, FORM_UPPER, &row->doctor->family);
}

void
cell_doctor_given(struct row *row, struct rng *r, struct text *t)
{
	if (!rng_chance(r, 900))
		put_label(row, t, row->lab->form, &row->doctor->given);
}

void
cell_doctor_rpps(struct row *row, struct rng *r, struct text *t)
{
	if (rng_chance(r, 900))
		return;
	text_put(t, row->doctor->rpps, IDS_RPPS);
	row->rpps = row->doctor;
}

void
cell_doctor_postcode(struct row *row, struct rng *r, struct text *t)
{
	const struct town *town = &row->m->places.towns[row->doctor->town];

	if (!rng_chance(r, 300))
		text_put(t, town->postcode, sizeof(town->postcode));
}

void
cell_prescriber_rpps(struct row *row, struct rng *r, struct text *t)
{
	if (rng_chance(r, 500))
		return;
	text_put(t, row->prescriber->rpps, IDS_RPPS);
	row->rpps = row->prescriber;
}

static void
comment(struct row *row, struct rng *r, struct text *t, uint8_t bit)
{
	if ((row->comments & bit) != 0)
		notes_write(row->notes, row->m, row->person, row->age, r, t,
			    &row->facts);
}

void
cell_comment_patient(struct row *row, struct rng *r, struct text *t)
{
	comment(row, r, t, 1);
}

void
cell_comment_clinical(struct row *row, struct rng *r, struct text *t)
{
	comment(row, r, t, 2);
}

void
cell_comment_dossier(struct row *row, struct rng *r, struct text *t)
{
	comment(row, r, t, 4);
}

void
cell_iban(struct row *row, struct rng *r, struct text *t)
{
	uint8_t iban[IDS_IBAN];
	struct rng own = rng_for(row->person->seed, 41);
	const bool has = rng_chance(&own, 350);

	if (!has || rng_chance(r, 1000))
		return;
	ids_iban(&own, iban);
	if (rng_chance(r, 8000)) {
		text_put(t, iban, sizeof(iban));
		return;
	}
	for (size_t i = 0; i < sizeof(iban); i++) {
		if (i > 0 && i % 4 == 0)
			text_byte(t, ' ');
		text_byte(t, iban[i]);
	}
}
