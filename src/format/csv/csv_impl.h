/* What the files of format/csv share and nobody else sees. */
#ifndef TOCSIN_FORMAT_CSV_CSV_IMPL_H
#define TOCSIN_FORMAT_CSV_CSV_IMPL_H

#include "format/csv/csv.h"

/** Where a reading stands. It is all that decides how the record goes on. */
enum csv_state {
	STATE_START,     /* a cell starts */
	STATE_PLAIN,     /* in a cell whose quotes are ordinary bytes */
	STATE_QUOTED,    /* inside quotes, no newline so far */
	STATE_QUOTED_NL, /* inside quotes, a newline among them */
	STATE_LOST,      /* the record is malformed, whatever follows */
};

/** Why a reading may not look at a byte. */
enum csv_reach {
	REACH_END,    /* the document ends there */
	REACH_LIMIT,  /* the record would be longer than max_record */
	REACH_WINDOW, /* the window ends there, the document does not */
};

/** How a cell, or a record, ended. */
enum csv_found {
	FOUND_DELIM,
	FOUND_NEWLINE,
	FOUND_END,   /* of the document, or of what a cut leaves */
	FOUND_LOST,  /* malformed: read it again with ordinary quotes */
	FOUND_KNOWN, /* at a newline inside quotes before c->lost_until */
	FOUND_SHORT, /* the window does not say */
	FOUND_FULL,  /* the arena has no room */
};

/** One attempt at a record. */
struct csv_scan {
	size_t start;         /* of the record */
	size_t end;           /* the first byte that may not be looked at.. */
	enum csv_reach reach; /* ..and why */
	bool is_literal;      /* quotes are ordinary bytes */
	bool is_cut;          /* the record was cut for its length */
	bool is_fast;     /* cells without quotes may be read many at a time */
	uint32_t cells;   /* read so far */
	struct cell *out; /* where cell 0 is to be put; NULL: only count */
	size_t stride;    /* from one cell of a row to the next */
	size_t at;        /* where the next cell starts */
	size_t overflow;  /* where cell number cols starts */
	size_t stop;      /* where the content of the record ends */
};

/** One cell as it stands in the window. */
struct csv_piece {
	size_t from, to; /* content */
	size_t stop;     /* delimiter or newline that ends it */
	size_t next;     /* what comes after that */
	bool is_quoted;
	bool is_dirty; /* has something to unescape */
};

/**
 * csv_scan_start(c, start):
 * An attempt at the record that starts at ${start}.
 */
struct csv_scan csv_scan_start(const struct csv *c, size_t start);

/**
 * csv_cell(c, s, ret):
 * Find the cell at ${s}->at. FOUND_DELIM, FOUND_NEWLINE and FOUND_END set
 * ${ret}; with runs of delimiters, a record may end without one more cell:
 * then ${ret}->from is SIZE_MAX.
 */
enum csv_found csv_cell(struct csv *c, const struct csv_scan *s,
			struct csv_piece *ret);

/**
 * csv_follow(c, s, ret_line):
 * Go on from c->lost_until, where ${s} must pass, to the end of the record.
 *
 * Returns  FOUND_NEWLINE, which sets ${ret_line} to the newline's first byte;
 *          FOUND_END, FOUND_LOST, FOUND_SHORT.
 */
enum csv_found csv_follow(struct csv *c, const struct csv_scan *s,
			  size_t *ret_line);

/**
 * csv_unescape(d, raw, is_quoted, out):
 * Write ${raw} without its escapes to ${out}, which has room for raw.n.
 *
 * Returns  The bytes written.
 */
size_t csv_unescape(const struct csv_dialect *d, struct span raw,
		    bool is_quoted, uint8_t *out);

/**
 * csv_blank(c):
 * Step over the blank lines at c->at that are ours and count them.
 *
 * Returns  False if the window ends before it is clear.
 */
bool csv_blank(struct csv *c);

/**
 * csv_read(c, s):
 * Read the record at c->at, put its cells where ${s}->out and stride say, and
 * step over it. The counts but for blank lines are the caller's.
 *
 * Returns  FOUND_NEWLINE or FOUND_END; ${s} says what was read, its is_literal
 *          that the record is malformed. FOUND_SHORT, FOUND_FULL: nothing
 *          moved.
 */
enum csv_found csv_read(struct csv *c, struct csv_scan *s);

/**
 * csv_fast(c, s):
 * Put the cells from ${s}->at on as long as they have no quotes.
 *
 * Returns  True: the record ended with a newline, and ${s}->at is what comes
 *          after it. False: read the next cell by csv_cell().
 */
bool csv_fast(struct csv *c, struct csv_scan *s);

/**
 * csv_index_cover(c, at):
 * Have the blocks of byte ${at} < window.n.
 */
void csv_index_cover(struct csv *c, size_t at);

/**
 * csv_find_sep(c, from, end), csv_find_quote(c, from, end):
 * The first byte with that bit in [${from}, ${end}); ${end} if there is none.
 */
size_t csv_find_sep(struct csv *c, size_t from, size_t end);
size_t csv_find_quote(struct csv *c, size_t from, size_t end);

/** The bytes that the index looks for, as all its variants take them. */
struct csv_bytes {
	uint8_t delimiter, lf, cr; /* cr is another lf where CR is no newline */
	uint8_t quote, escape;
	uint64_t quote_on, escape_on; /* all ones, or 0: not looked for */
};

/**
 * csv_index_portable(k, p, n, out) and the like:
 * Make ${n} whole blocks from the bytes at ${p}.
 */
void csv_index_portable(const struct csv_bytes *k, const uint8_t *p, size_t n,
			struct csv_block *out);
void csv_index_avx2(const struct csv_bytes *k, const uint8_t *p, size_t n,
		    struct csv_block *out);
void csv_index_avx512(const struct csv_bytes *k, const uint8_t *p, size_t n,
		      struct csv_block *out);
void csv_index_neon(const struct csv_bytes *k, const uint8_t *p, size_t n,
		    struct csv_block *out);

/**
 * csv_list_portable(blocks, n, out) and the like:
 * List the bits of ${n} blocks, of both words, as offsets from the first, in
 * order. Up to CSV_SPARE places after the last are overwritten.
 *
 * Returns  How many there are.
 */
uint32_t csv_list_portable(const struct csv_block *blocks, size_t n,
			   uint16_t *out);
uint32_t csv_list_avx2(const struct csv_block *blocks, size_t n, uint16_t *out);
uint32_t csv_list_avx512(const struct csv_block *blocks, size_t n,
			 uint16_t *out);

/**
 * csv_list(isa, blocks, n, out):
 * The one of these for ${isa}.
 */
uint32_t csv_list(enum cpu_simd isa, const struct csv_block *blocks, size_t n,
		  uint16_t *out);

/** csv_is_newline(d, b): Does ${b} end a line of ${d} outside of quotes? */
static inline bool
csv_is_newline(const struct csv_dialect *d, uint8_t b)
{
	return b == '\n' || (b == '\r' && d->newline == CSV_CR);
}

/** csv_is_delim(d, b): Does ${b} part two cells? No byte does in one column. */
static inline bool
csv_is_delim(const struct csv_dialect *d, uint8_t b)
{
	return b == d->delimiter && d->delimiter != 0;
}

#endif
