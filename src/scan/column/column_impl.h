/* scan/column, inside: what its parts tell each other. */
#ifndef TOCSIN_SCAN_COLUMN_IMPL_H
#define TOCSIN_SCAN_COLUMN_IMPL_H

#include "detect/birthdate/birthdate.h"
#include "scan/column/column.h"

enum {
	HEADER_WORDS_MAX = 12,
	HEADER_WORD_MAX = 24,
	CELLS_MAX = 1 << 21, /* hashes of a sample: fewer rows of wide tables */
	ROWS_LEAST = 256,
	MAP_SLOTS = 1 << 13, /* of a hash map, at most */
	NEAR = 64, /* columns that go together stand so near each other: keeps
		      the work on wide tables linear */
	YEARS = BIRTHDATE_LAST - BIRTHDATE_FIRST + 1,
};

/** What a header says. */
struct header_hint {
	uint8_t kind;
	uint8_t strength; /* 0 to 3 */
	uint8_t role;     /* enum role */
	bool speaks;      /* has words that we know */
	bool other;       /* its words say that it is something else */
	bool date;        /* of these, "date" and nothing more */
	bool insurer;
	bool holder;
	bool relative;   /* a person who is neither patient nor insured */
	bool plain_name; /* "NOM" and nothing that says which */
	bool glued;      /* had to be taken apart */
};

/** What the values of a column look like: counts of those tested. */
struct profile {
	uint32_t sampled, filled, tested;
	uint32_t distinct; /* different values */
	uint32_t top;      /* how often the commonest comes */
	uint64_t bytes, words;
	uint32_t valid[KIND_COUNT], weak[KIND_COUNT];
	uint32_t digits;  /* digits alone */
	uint32_t letters; /* letters, blanks, hyphens, apostrophes alone */
	uint32_t singles; /* one character */
	uint32_t male, female, other_sex;
	uint32_t digit_sex; /* 1 and 2 */
	uint32_t titles;
	uint32_t given; /* first word is a known given name */
	uint32_t mixed; /* a known given name and an unknown word */
	uint32_t one_word;
	uint32_t plausible; /* as a name */
	uint32_t organisations;
	uint32_t streets;
	uint32_t streets_typed;   /* with a word that only streets have */
	uint32_t zero_ended;      /* postcodes that end in 0 */
	uint32_t short_postcodes; /* of four digits */
	uint32_t bare_phones;     /* nine digits, no zero, no sign */
	uint32_t medical;
	uint32_t long_texts; /* of four words or more */
	uint32_t dated;      /* dates of this time */
	uint32_t fillers;
	struct date_census dates;
	uint16_t years[YEARS];
};

/** A table being typed. */
struct table {
	const struct column_input *in;
	uint32_t rows; /* that are looked at */
	uint32_t cols;
	const uint32_t *row_batch; /* of each row: its batch */
	const uint32_t *row_row;   /* and its row there */
	uint64_t *hash; /* folded cell of column c, row r: [c * rows + r]; 0:
			   empty */
	struct profile *profiles;
	struct header_hint *hints;
	struct column_type *types;
	struct slot *map; /* for one use at a time */
	size_t slots;     /* of it: a power of two, twice the rows or more */
	bool headers;     /* the header line is one */
};

/** A slot of a hash map; key 0 is empty. */
struct slot {
	uint64_t key;
	uint32_t row; /* where it was seen last */
	uint32_t n;
};

/** Rows in which two columns agree, of those that could. */
struct agreement {
	uint32_t compared;
	uint32_t agreed;
};

/**
 * table_cell(t, row, col):
 * The cell, trimmed.
 */
struct span table_cell(const struct table *t, uint32_t row, uint32_t col);

/**
 * header_read(header, ret):
 * Judge one header.
 */
void header_read(struct span header, struct header_hint *ret);

/**
 * header_is_ours(header, glued, ret_words):
 * Is every word of ${header} one of our vocabulary? ${glued}: words glued of
 * short forms count, too.
 */
bool header_is_ours(struct span header, bool glued);

/**
 * header_name(header, index, ours, out):
 * Write ${header} if ${ours}, else "column 7".
 */
void header_name(struct span header, uint32_t index, bool ours,
		 char out[static COLUMN_NAME_MAX]);

/**
 * profile_column(t, col):
 * Look at the values of ${col}.
 */
void profile_column(struct table *t, uint32_t col);

/**
 * profile_year(p, percent):
 * The year before which ${percent} percent of the dates lie; 0: no dates.
 */
uint32_t profile_year(const struct profile *p, uint32_t percent);

/**
 * judge_column(t, col):
 * Decide what header and values of ${col} alone decide.
 */
void judge_column(struct table *t, uint32_t col);

/**
 * type_set(t, col, kind, confidence, why):
 * Give ${col} a kind and what goes with it.
 */
void type_set(struct table *t, uint32_t col, uint8_t kind, uint32_t confidence,
	      unsigned why);

/**
 * type_belief(p, kind):
 * How far the values alone make ${kind} believable, 0 to 99.
 */
uint32_t type_belief(const struct profile *p, uint8_t kind);

/**
 * judge_together(t):
 * Decide what columns decide together.
 */
void judge_together(struct table *t);

/**
 * role_by_header(h, kind):
 * Say whose a column of ${kind} with that header is.
 */
uint8_t role_by_header(const struct header_hint *h, uint8_t kind);

/**
 * judge_roles(t):
 * Decide whose the columns are, once their kinds are known.
 */
void judge_roles(struct table *t);

/**
 * judge_pairs(t):
 * Tell birth names from names in use, where no header does.
 */
void judge_pairs(struct table *t);

/**
 * agree_follows(t, from, to), agree_apart(t, from, to, apart):
 * How often a value of ${from} that comes again has the same ${to} as the time
 * before. With ${apart}, only rows that differ in both columns are compared
 * (t->cols: none), so that they are of different people.
 */
struct agreement agree_follows(const struct table *t, uint32_t from,
			       uint32_t to);
struct agreement agree_apart(const struct table *t, uint32_t from, uint32_t to,
			     const uint32_t apart[static 2]);

/**
 * agree_equal(t, a, b):
 * In how many rows two columns hold the same text.
 */
struct agreement agree_equal(const struct table *t, uint32_t a, uint32_t b);

/**
 * agree_birth(t, nir_col, date_col, order), agree_sex(t, nir_col, sex_col):
 * In how many rows year and month, or the sex, are those of the NIR.
 */
struct agreement agree_birth(const struct table *t, uint32_t nir_col,
			     uint32_t date_col, uint8_t order);
struct agreement agree_sex(const struct table *t, uint32_t nir_col,
			   uint32_t sex_col);

/**
 * agree_given(t, given_col, sex_col):
 * In how many rows the given name has the sex of ${sex_col}, or of the form of
 * address there.
 */
struct agreement agree_given(const struct table *t, uint32_t given_col,
			     uint32_t sex_col);

/**
 * agree_mail(t, mail_col, name_col, other_col):
 * In how many rows the mail address holds the name, counting only rows where
 * ${other_col} (none: t->cols) holds another.
 */
struct agreement agree_mail(const struct table *t, uint32_t mail_col,
			    uint32_t name_col, uint32_t other_col);

/** near_first(col), near_end(t, col): The columns that may go with ${col}. */
static inline uint32_t
near_first(uint32_t col)
{
	return col > NEAR ? col - NEAR : 0;
}

static inline uint32_t
near_end(const struct table *t, uint32_t col)
{
	return t->cols - col > NEAR ? col + NEAR : t->cols;
}

/** share(n, of): ${n} of ${of} in percent; 0 of 0 is 0. */
static inline uint32_t
share(uint64_t n, uint64_t of)
{
	return of == 0 ? 0 : (uint32_t)(n * 100 / of);
}

#endif
