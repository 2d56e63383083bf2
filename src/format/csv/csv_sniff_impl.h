/* What the files that sniff share: types of cells, scores of dialects, and
 * what text looks like that is no table. */
#ifndef TOCSIN_FORMAT_CSV_CSV_SNIFF_IMPL_H
#define TOCSIN_FORMAT_CSV_CSV_SNIFF_IMPL_H

#include "format/csv/csv_impl.h"

enum {
	SNIFF_BYTES =
		96 << 10,  /* of the sample, that each dialect is tried on */
	SNIFF_ROWS = 1000, /* or as many rows */
	SNIFF_LEAD = 40,   /* rows that may stand above a table */
};

/** What a cell looks like. */
enum csv_type {
	TYPE_EMPTY,
	TYPE_NUMBER,
	TYPE_DATE, /* with or without a time */
	TYPE_TIME,
	TYPE_EMAIL,
	TYPE_URL,
	TYPE_CODE, /* one word with digits or signs in it */
	TYPE_WORD, /* a few words */
	TYPE_TEXT, /* sentences */
	TYPE_ODD,  /* what no cell should hold: stray delimiters, quotes */
	TYPE_COUNT
};

/**
 * csv_type_of(text, is_quoted):
 * Judge one cell; in a quoted one, delimiters and quotes are nothing odd.
 *
 * Cost     O(n), of at most 256 bytes.
 */
enum csv_type csv_type_of(struct span text, bool is_quoted);

/** csv_type_is_value(type): Does it look like a value rather than a name? */
static inline bool
csv_type_is_value(enum csv_type type)
{
	return type >= TYPE_NUMBER && type <= TYPE_CODE;
}

/**
 * csv_label_is_known(text):
 * Does ${text} hold a word that names columns, English or French, whatever its
 * case, its accents' charset, or how words are joined ("dateNaissance")?
 */
bool csv_label_is_known(struct span text);

/**
 * csv_label_is_name(text):
 * Is ${text} shaped like an identifier: one word, letters, perhaps with joints
 * and a short number at its end ("TEL_2", "C01", "codePostal")?
 */
bool csv_label_is_name(struct span text);

/** What the lines are, without any dialect. */
struct csv_lines {
	uint32_t n; /* lines that are not blank */
	uint32_t is_short;
	uint32_t is_quoted;   /* begin and end with a quote */
	uint32_t is_sentence; /* many words, or an end like a sentence's */
	uint32_t is_code;
	uint32_t is_pair;    /* a name, = or :, and its value */
	uint32_t is_markup;  /* begin with < { or [ */
	uint32_t is_stamped; /* begin with a date and go on with words */
	uint32_t words;
	uint32_t controls; /* bytes that no text has */
	uint32_t nuls;
	uint32_t bytes;
};

/**
 * csv_lines_look(text):
 * Look at the first SNIFF_BYTES of ${text}.
 */
struct csv_lines csv_lines_look(struct span text);

/**
 * csv_lines_reason(l):
 * Why ${l} is no table, whatever it might be split by; CSV_WHY_NONE: it may be
 * one.
 */
enum csv_reason csv_lines_reason(const struct csv_lines *l);

/** How one dialect reads the sample. */
struct csv_fit {
	struct csv_dialect d;
	uint32_t rows, rows_fit, lead; /* lead: rows before the first that fits
					*/
	uint32_t cols;
	uint32_t cols_filled; /* with a value in some row */
	uint32_t quoted;      /* cells closed as they should be */
	uint32_t broken;      /* cells with stray quotes, malformed records */
	double pattern, type, alike; /* alike: columns of one type each */
	double value; /* part of the columns that hold values, not words */
	double score;
};

/**
 * csv_fit_rows(text, is_last, f, a):
 * Read ${text} by ${f}->d and set how regular the rows are.
 */
enum rc csv_fit_rows(struct span text, bool is_last, struct csv_fit *f,
		     struct arena *a);

/**
 * csv_fit_types(text, is_last, f, a):
 * After csv_fit_rows(): look at the cells, and set the score.
 */
enum rc csv_fit_types(struct span text, bool is_last, struct csv_fit *f,
		      struct arena *a);

/**
 * csv_head(text, is_last, f, a, ret):
 * Find what stands above the table, and whether its first row is a header:
 * sets skip_, header_ and has_header of ${ret}, reasons, and the dialect's cols
 * if the header has more of them.
 */
enum rc csv_head(struct span text, bool is_last, const struct csv_fit *f,
		 struct arena *a, struct csv_sniff *ret);

#endif
