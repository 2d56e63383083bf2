/* leakgen: the columns of a leak: what each is called and what it holds. */
#ifndef LEAKGEN_COLUMNS_H
#define LEAKGEN_COLUMNS_H

#include "notes.h"

enum {
	COLUMNS_USUAL = 60, /* those of --columns all */
	COLUMNS_HEADER_MAX = 63
};

/** Each column by name, in the order of columns_all. */
enum column_id {
	COLUMN_LAB_FINESS,
	COLUMN_LAB_NAME,
	COLUMN_DOSSIER,
	COLUMN_SAMPLE_DATE,
	COLUMN_SAMPLE_TIME,
	COLUMN_CIVILITY,
	COLUMN_USED,
	COLUMN_BIRTH,
	COLUMN_GIVEN,
	COLUMN_BIRTH_DATE,
	COLUMN_SEX,
	COLUMN_NIR,
	COLUMN_STREET,
	COLUMN_EXTRA,
	COLUMN_POSTCODE,
	COLUMN_CITY,
	COLUMN_HOME_PHONE,
	COLUMN_MOBILE,
	COLUMN_OTHER_PHONE,
	COLUMN_MAIL,
	COLUMN_BLOOD,
	COLUMN_INSURER,
	COLUMN_REGIME,
	COLUMN_MUTUAL,
	COLUMN_INSURED_FAMILY,
	COLUMN_INSURED_GIVEN,
	COLUMN_LINK,
	COLUMN_DOCTOR_FAMILY,
	COLUMN_DOCTOR_GIVEN,
	COLUMN_DOCTOR_RPPS,
	COLUMN_DOCTOR_POSTCODE,
	COLUMN_PRESCRIBED,
	COLUMN_PRESCRIBER_RPPS,
	COLUMN_ANALYSES,
	COLUMN_COMMENT_PATIENT,
	COLUMN_COMMENT_CLINICAL,
	COLUMN_COMMENT_DOSSIER,
	COLUMN_FASTING,
	COLUMN_URGENT,
	COLUMN_TUBES,
	COLUMN_PRICE,
	COLUMN_SHARE,
	COLUMN_BILLING,
	COLUMN_INVOICE,
	COLUMN_LAB_SIRET,
	COLUMN_IBAN,
	COLUMN_USER,
	COLUMN_CREATED,
	COLUMN_MODIFIED,
	COLUMN_REQUEST,
	COLUMN_BARCODE,
	COLUMN_ARCHIVE,
	COLUMN_VALIDATED,
	COLUMN_EDITED,
	COLUMN_SERVICE,
	COLUMN_LOT,
	COLUMN_STATE,
	COLUMN_SENT_BY,
	COLUMN_FREE_1,
	COLUMN_FREE_2,
	COLUMN_FULL_NAME,
	COLUMN_FULL_DOCTOR,
	COLUMNS_MAX
};

/** Whose data a column holds. */
enum column_role {
	ROLE_NONE,
	ROLE_PATIENT,
	ROLE_INSURED,
	ROLE_PROFESSIONAL,
	ROLE_ORGANISATION
};

/** What a column holds, for formats whose columns have types. */
enum column_type {
	TYPE_TEXT,
	TYPE_DATE,   /* 31/12/1999 */
	TYPE_STAMP,  /* 1999-12-31 23:59:59 */
	TYPE_NUMBER, /* 12 */
	TYPE_MONEY   /* 12,34 */
};

/** How the header line is written. */
enum column_style {
	STYLE_VERBOSE,
	STYLE_ACCENTS,
	STYLE_CRYPTIC,
	STYLE_SHORT,
	STYLE_ENGLISH,
	STYLE_ENGLISH_SNAKE,
	STYLE_SNAKE, /* from here on derived from the key */
	STYLE_CAMEL,
	STYLE_UPPER,
	STYLE_PREFIXED,
	STYLE_MEANINGLESS,
	STYLE_NONE,
	STYLE_COUNT
};

/** One row while its cells are written. */
struct row {
	const struct maker *m;
	const struct notes *notes;
	const struct visit *visit;
	const struct person *person;
	const struct home *home;
	const struct lab *lab;
	const struct doctor *doctor;     /* treating */
	const struct doctor *prescriber; /* of this visit */
	struct date day;                 /* of this visit */
	uint32_t age;
	bool moved;
	/* Names as this row writes them; birth may be empty. */
	struct label used, birth, given;
	enum form used_form, birth_form, given_form;
	/* Whose NIR it is. */
	const struct label *insured_family, *insured_given;
	const uint8_t *nir;
	uint8_t link; /* 1 self, 2 spouse, 3 child */
	/* Which of the three comments this row has, a bit each. */
	uint8_t comments;
	/* Told by the cell that was written last. */
	struct note_facts facts;
	const struct doctor *rpps;
};

/** What a column is. */
struct column {
	const char *key;
	const char *kind; /* as tocsin names it, or none */
	enum column_role role;
	void (*put)(struct row *row, struct rng *r, struct text *t);
	const char *header[STYLE_SNAKE];
};

/** All columns: the usual ones, then those that only --columns gives. */
extern const struct column columns_all[COLUMNS_MAX];

/** columns_id(c), columns_type(c): Which ${c} is, and what it holds. */
enum column_id columns_id(const struct column *c);
enum column_type columns_type(const struct column *c);

/** columns_role(role), columns_style(style): As options and truth say it. */
const char *columns_role(enum column_role role);
const char *columns_style(enum column_style style);

/**
 * columns_header(c, style, at, t):
 * Append the header of ${c}, which is column ${at} of the file.
 */
void columns_header(const struct column *c, enum column_style style,
		    uint32_t at, struct text *t);

/** columns_row(row, m, notes, visit): Begin the row of ${visit}. */
void columns_row(struct row *row, const struct maker *m,
		 const struct notes *notes, const struct visit *visit);

/** columns_cell(row, c, t): Append the cell ${c} of ${row}. */
void columns_cell(struct row *row, const struct column *c, struct text *t);

#endif
