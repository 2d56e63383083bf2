/* leakgen: the cells about laboratories, visits and money. */
#include "cells.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Streams of a visit's seed that several cells share. */
enum { STREAM_PRICE = 3 };

static void
put_date(struct text *t, struct date d)
{

	text_digits(t, d.day, 2);
	text_byte(t, '/');
	text_digits(t, d.month, 2);
	text_byte(t, '/');
	text_digits(t, d.year, 4);
}

static uint32_t
day_of(const struct row *row)
{
	return (uint32_t)DATES_FIRST + row->visit->day;
}

void
cell_lab_finess(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	text_put(t, row->lab->finess, IDS_FINESS);
}

void
cell_lab_name(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	text_put(t, row->lab->name, row->lab->name_n);
}

void
cell_lab_siret(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	text_put(t, row->lab->siret, IDS_SIRET);
}

/* YYMMDD and four more. */
void
cell_dossier(struct row *row, struct rng *r, struct text *t)
{
	const struct date d = row->day;

	text_digits(t, d.year, 2);
	text_digits(t, d.month, 2);
	text_digits(t, d.day, 2);
	text_digits(t, rng_below(r, 10000), 4);
}

void
cell_sample_date(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	put_date(t, row->day);
}

static void
put_time(struct text *t, uint32_t minute)
{
	text_digits(t, minute / 60, 2);
	text_byte(t, ':');
	text_digits(t, minute % 60, 2);
}

void
cell_sample_time(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	put_time(t, row->visit->minute);
}

void
cell_insurer(struct row *row, struct rng *r, struct text *t)
{
	static const char *const funds[PLACES_DEPARTMENTS][3] = {
		{"CPAM DES COTES D'ARMOR", "CPAM 22", "MSA D'ARMORIQUE"},
		{"CPAM DE L'EURE", "CPAM 27", "MSA HAUTE NORMANDIE"},
		{"CPAM D'ILLE ET VILAINE", "CPAM 35", "MSA PORTES DE BRETAGNE"},
		{"CPAM DU LOIR ET CHER", "CPAM 41", "MSA BERRY TOURAINE"},
		{"CPAM DU LOIRET", "CPAM 45", "MSA BEAUCE COEUR DE LOIRE"},
		{"CPAM DU MORBIHAN", "CPAM 56", "MSA PORTES DE BRETAGNE"},
	};
	struct rng own = family_rng(row, 32);

	if (rng_chance(r, 400))
		return;
	const uint32_t at = rng_below(&own, 100);
	text_ascii(t, at < 6    ? "MUTUELLE DES RIVES"
		      : at < 10 ? "RSI"
				: funds[row->lab->dept][at < 20   ? 2
							: at < 40 ? 1
								  : 0]);
}

void
cell_regime(struct row *row, struct rng *r, struct text *t)
{
	static const char *const codes[] = {"01", "01", "01", "01",
					    "01", "02", "03", "10"};
	struct rng own = family_rng(row, 33);

	if (!rng_chance(r, 300))
		text_ascii(t, codes[rng_below(&own, COUNT(codes))]);
}

void
cell_prescribed(struct row *row, struct rng *r, struct text *t)
{
	put_date(t, dates_civil(day_of(row) - rng_skewed(r, 60)));
}

void
cell_analyses(struct row *row, struct rng *r, struct text *t)
{
	static const char *const codes[] = {
		"NFS",  "GLY",  "CRP",  "CREA", "TSH",  "IONO", "BHC",   "EAL",
		"VS",   "INR",  "FERR", "GGT",  "ASAT", "ALAT", "HBA1C", "ECBU",
		"PSA",  "VITD", "CALC", "URIC", "TP",   "PLQ",  "BETA",  "RUB",
		"TOXO", "HBS",  "VHC",  "HIV",  "GRS",  "RAI",  "T4L",   "AMY",
		"LIP",  "CPK",  "FER",  "MG",   "PRO",  "ALB",  "FOL",   "B12",
	};
	/* Half of the laboratories join with a plus. */
	const uint8_t between = row->visit->lab % 2 == 0 ? ';' : '+';
	const uint32_t n = 1 + rng_skewed(r, 9);

	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			text_byte(t, between);
		text_ascii(t, codes[rng_skewed(r, COUNT(codes))]);
	}
}

void
cell_fasting(struct row *row, struct rng *r, struct text *t)
{
	(void)row;
	const uint32_t at = rng_below(r, 100);
	if (at < 85)
		text_byte(t, at < 55 ? 'O' : 'N');
}

void
cell_urgent(struct row *row, struct rng *r, struct text *t)
{
	(void)row;
	text_byte(t, rng_chance(r, 600) ? '1' : '0');
}

void
cell_tubes(struct row *row, struct rng *r, struct text *t)
{
	(void)row;
	text_number(t, 1 + rng_skewed(r, 8));
}

static void
put_euros(struct text *t, uint32_t cents)
{
	text_number(t, cents / 100);
	text_byte(t, ',');
	text_digits(t, cents, 2);
}

static uint32_t
price_cents(const struct row *row)
{
	struct rng r = rng_for(row->visit->seed, STREAM_PRICE);

	return 540 + 27 * rng_skewed(&r, 700);
}

void
cell_price(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	put_euros(t, price_cents(row));
}

void
cell_share(struct row *row, struct rng *r, struct text *t)
{
	put_euros(t, rng_chance(r, 4000) ? 0 : price_cents(row) * 2 / 5);
}

void
cell_billing(struct row *row, struct rng *r, struct text *t)
{
	(void)row;
	text_byte(t, 'B');
	text_number(t, 20 + 10 * rng_skewed(r, 40));
	if (rng_chance(r, 1500))
		text_ascii(t, " HN");
	if (rng_chance(r, 3000))
		text_ascii(t, "+PC2");
}

/* Nine digits: one in ten passes for a FINESS or a SIREN. */
void
cell_invoice(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	text_digits(t, 200000000 + row->visit->serial * 7 % 800000000, 9);
}

void
cell_user(struct row *row, struct rng *r, struct text *t)
{
	static const char *const users[] = {"MLB", "CD",  "SGU", "NPE", "AML",
					    "JFR", "ADM", "SEC", "KLG", "VTH"};

	text_ascii(
		t,
		users[(rng_below(r, 4) + row->visit->lab * 3U) % COUNT(users)]);
}

static void
put_stamp(struct text *t, struct date d, uint32_t minute, uint32_t second)
{

	text_digits(t, d.year, 4);
	text_byte(t, '-');
	text_digits(t, d.month, 2);
	text_byte(t, '-');
	text_digits(t, d.day, 2);
	text_byte(t, ' ');
	put_time(t, minute);
	text_byte(t, ':');
	text_digits(t, second, 2);
}

void
cell_created(struct row *row, struct rng *r, struct text *t)
{
	const uint32_t minute = row->visit->minute + rng_below(r, 30);

	put_stamp(t, row->day, minute, rng_below(r, 60));
}

void
cell_modified(struct row *row, struct rng *r, struct text *t)
{
	if (!rng_chance(r, 6000))
		return;
	const uint32_t day = day_of(row) + rng_skewed(r, 400);
	const uint32_t minute = rng_between(r, 480, 1140);
	put_stamp(t, dates_civil(day), minute, rng_below(r, 60));
}

void
cell_request(struct row *row, struct rng *r, struct text *t)
{
	(void)r;
	text_number(t, 1000000 + row->visit->serial);
}

/* Fourteen digits that are no SIRET, but look like one. */
void
cell_barcode(struct row *row, struct rng *r, struct text *t)
{
	text_digits(t, 30 + row->visit->lab, 2);
	text_digits(t, rng_next(r), 12);
}

/* Thirteen digits that begin like a NIR without its key. */
void
cell_archive(struct row *row, struct rng *r, struct text *t)
{
	const struct date d = row->day;

	if (rng_chance(r, 3000))
		return;
	text_byte(t, '2');
	text_digits(t, d.year, 2);
	text_digits(t, d.month, 2);
	text_digits(t, rng_next(r), 8);
}

void
cell_validated(struct row *row, struct rng *r, struct text *t)
{
	put_date(t, dates_civil(day_of(row) + rng_skewed(r, 5)));
}

void
cell_edited(struct row *row, struct rng *r, struct text *t)
{
	if (rng_chance(r, 8800))
		put_date(t, dates_civil(day_of(row) + rng_skewed(r, 9)));
}

void
cell_service(struct row *row, struct rng *r, struct text *t)
{
	static const char *const wards[] = {"EXT",  "EXT",   "EXT", "DOM",
					    "IDE",  "EHPAD", "URG", "MAT",
					    "CHIR", "MED"};

	(void)row;
	if (rng_chance(r, 7000))
		text_ascii(t, wards[rng_below(r, COUNT(wards))]);
}

/* Ten digits that begin like a phone number. */
void
cell_lot(struct row *row, struct rng *r, struct text *t)
{
	const uint32_t day = row->visit->day / 30U;

	if (!rng_chance(r, 6000))
		return;
	text_byte(t, '0');
	text_digits(t,
		    day * 104729ULL + row->visit->lab * 7907ULL +
			    100000000ULL * (1 + day % 9),
		    9);
}

void
cell_state(struct row *row, struct rng *r, struct text *t)
{
	static const char *const states[] = {"V", "V", "V", "E", "C"};

	(void)row;
	text_ascii(t, states[rng_below(r, COUNT(states))]);
}

void
cell_sent_by(struct row *row, struct rng *r, struct text *t)
{
	static const char *const modes[] = {"COURRIER", "INTERNET", "FAX",
					    "LABO",     "HPRIM",    "INTERNET"};

	(void)row;
	text_ascii(t, modes[rng_below(r, COUNT(modes))]);
}

void
cell_empty(struct row *row, struct rng *r, struct text *t)
{
	(void)row;
	(void)r;
	(void)t;
}
