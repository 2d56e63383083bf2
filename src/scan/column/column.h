/* scan/column: what each column of a table holds, whose it is, and why. The
 * header proposes, the values and their check digits decide, and columns that
 * agree with each other (a NIR with sex and birth date, a postcode with its
 * town) settle the rest. Runs in the worker: it sees values, and says nothing
 * of them but counts. */
#ifndef TOCSIN_SCAN_COLUMN_H
#define TOCSIN_SCAN_COLUMN_H

#include "base/arena.h"
#include "base/batch.h"
#include "base/kind.h"
#include "base/rc.h"

enum {
	COLUMN_NAME_MAX = 48,     /* bytes of a printable name with its NUL */
	COLUMN_ROWS_MAX = 4096,   /* rows of a sample that are looked at */
	COLUMN_TESTED_MAX = 1000, /* values of a column that are tested */
	COLUMN_HEADER_MAX = 120,  /* bytes of a header that are looked at */
	COLUMN_WHY_MAX = 400,     /* bytes of a reason in words, with its NUL */
};

/** What spoke for the kind of a column. */
enum column_why {
	COLUMN_BY_HEADER = 1 << 0,
	COLUMN_BY_VALUES = 1 << 1,   /* they have the shape */
	COLUMN_BY_CHECKSUM = 1 << 2, /* check digits, rarer than chance */
	COLUMN_BY_SEX = 1 << 3,      /* agrees with column agrees_with */
	COLUMN_BY_BIRTH = 1 << 4,
	COLUMN_BY_POSTCODE = 1 << 5,
	COLUMN_BY_POSITION = 1 << 6, /* of its neighbours */
	COLUMN_BY_UNIQUENESS = 1 << 7,
	COLUMN_BY_CARDINALITY = 1 << 8,  /* few values that come again */
	COLUMN_BY_WORDS = 1 << 9,        /* known given names, medical words */
	COLUMN_BY_SPREAD = 1 << 10,      /* years as wide apart as births are */
	COLUMN_AGAINST_HEADER = 1 << 11, /* the values refute the header */
	COLUMN_IS_EMPTY = 1 << 12,       /* nothing to look at */
	COLUMN_IS_CONSTANT = 1 << 13,    /* one value only */
};

/** How to read a column. */
enum column_flag {
	/* Running text that is no note: the general recogniser reads it. */
	COLUMN_FREE_TEXT = 1 << 0,
	/* Postcodes that lost their leading zero. */
	COLUMN_POSTCODE_REPAIR = 1 << 1,
	/* Names and identifiers of whoever held the row. */
	COLUMN_HOLDER = 1 << 2,
	/* A form of address: tells the sex, sex_of_title(). */
	COLUMN_TITLE = 1 << 3,
	/* Given name first in a column of full names. */
	COLUMN_GIVEN_FIRST = 1 << 4,
	/* A second line of an address, or a name that only repeats. */
	COLUMN_SECONDARY = 1 << 5,
};

/** One column. Fixed size, without pointers: it travels between processes. */
struct column_type {
	uint8_t kind;            /* enum kind_id */
	uint8_t role;            /* enum role */
	uint8_t date_order;      /* enum date_order, of a birth date */
	uint8_t confidence;      /* 0 to 100 */
	uint8_t header_strength; /* of what the header said: 0 to 3 */
	uint8_t flags;           /* enum column_flag */
	uint16_t why;            /* enum column_why */
	uint16_t agrees_with;    /* column + 1; 0: none */
	uint16_t index;          /* this column, from 0 */
	uint32_t sampled;        /* rows looked at */
	uint32_t filled;         /* of these, with a value */
	uint32_t tested;         /* of these, tested */
	uint32_t valid;          /* of these, valid */
	uint32_t agreed;         /* rows that agree, of ${compared} */
	uint32_t compared;
	/* The header in our own spelling, or "column 7": never a byte of the
	 * input that is not a word we know. */
	char name[COLUMN_NAME_MAX];
};

/** A table, and a sample of its rows. */
struct column_input {
	const struct span *header;   /* ${cols} of them in UTF-8; NULL: none */
	const struct batch *batches; /* cells in UTF-8 */
	size_t n_batches;
	uint32_t cols; /* at most BATCH_COLS_MAX; batches may have fewer */
};

/**
 * column_type(in, scratch, ret):
 * Type every column of ${in} into ${ret}[0 .. cols).
 *
 * Errors   RC_NOMEM, RC_LIMIT: ${scratch} cannot hold column_scratch_bytes().
 *          ${ret} is then all KIND_NONE with names.
 * Owns     Nothing; what it took of ${scratch} is wiped and given back.
 * Cost     About 100 ms for 60 columns and 4,096 rows.
 */
enum rc column_type(const struct column_input *in, struct arena *scratch,
		    struct column_type *ret);

/**
 * column_scratch_bytes(cols):
 * The bytes that column_type() takes from its arena for ${cols} columns.
 */
size_t column_scratch_bytes(uint32_t cols);

/**
 * column_header(header, ret):
 * Judge ${header} alone into ${ret}: kind, role, header_strength, name; for
 * formats whose fields have names but no sample. The index must be set.
 *
 * Returns  False if ${header} says nothing.
 */
bool column_header(struct span header, struct column_type *ret);

/**
 * column_why(t, out, cap, french):
 * Say in words and numbers why ${t} is what it is: "header; 1,480 of 1,500
 * values valid; agrees with column 11 in 1,402 of 1,431 rows".
 *
 * Returns  Bytes written without the NUL, always less than ${cap} > 0.
 */
size_t column_why(const struct column_type *t, char *out, size_t cap,
		  bool french);

#endif
