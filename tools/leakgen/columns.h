/* leakgen: the columns of a leak: what each is called and what it holds. */
#ifndef LEAKGEN_COLUMNS_H
#define LEAKGEN_COLUMNS_H

#include "notes.h"

enum {
	COLUMNS_USUAL = 60, /* those of --columns all */
	COLUMNS_MAX = 62,
	COLUMNS_HEADER_MAX = 63
};

/** Whose data a column holds. */
enum column_role {
	ROLE_NONE,
	ROLE_PATIENT,
	ROLE_INSURED,
	ROLE_PROFESSIONAL,
	ROLE_ORGANISATION
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
