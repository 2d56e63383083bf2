/* format/csv: tables written as delimited text. csv_sniff() finds how a
 * document writes its rows, csv_next() reads them without copying, and a
 * document may be read in ranges with the same result as in one pass.
 *
 * Bytes are in UTF-8 or an eight-bit charset and are never decoded here. What
 * a record is depends on nothing but where it starts:
 *  - a newline at a record's start is a blank line, counted, no record;
 *  - a cell that starts with a quote goes on to the closing quote, newlines
 *    and delimiters included; a doubled quote is one quote;
 *  - a closing quote that neither delimiter, newline nor end follows, and
 *    quotes in the middle of a cell, are ordinary bytes ("abc"def, 5" pipe);
 *  - a record is malformed if it does not end within max_record bytes, if the
 *    document ends inside its quotes, or if a quoted part that holds a newline
 *    is followed by a stray byte. Then all its quotes are ordinary bytes and
 *    it ends at its first newline, or, without one, is cut after max_record
 *    bytes; the rest of a cut line is read as records of its own. One stray
 *    quote thus costs one record;
 *  - NUL bytes are data. */
#ifndef TOCSIN_FORMAT_CSV_CSV_H
#define TOCSIN_FORMAT_CSV_CSV_H

#include "base/arena.h"
#include "base/batch.h"
#include "base/cpu.h"
#include "base/rc.h"
#include "base/span.h"

enum {
	CSV_RECORD_DEFAULT = 1 << 20, /* bytes of a record, if not told */
	CSV_RECORD_MIN = 16,          /* the ceiling may be set from here */
	CSV_RECORD_MAX = 1 << 28,     /* to here */
	CSV_SAMPLE_MAX = 256 << 10,   /* bytes csv_sniff() looks at */
	CSV_SPARE = 64,               /* places that an index may overwrite */
	CSV_BLOCKS = 64,              /* 64-byte blocks indexed at a time */
};

/** What ends a record. */
enum csv_newline {
	CSV_LF,   /* LF; a CR before it is left out too */
	CSV_CRLF, /* read as CSV_LF is, but said of a file that means it */
	CSV_CR,   /* CR, LF or both together */
};

/** How a document writes its rows. Fixed size, copied between processes. */
struct csv_dialect {
	uint8_t delimiter; /* ; , tab | : ^ ~ or space; 0: one column */
	uint8_t quote;     /* " or '; 0: quotes are ordinary bytes */
	uint8_t escape;    /* backslash; 0: only doubling. A backslash takes the
			      meaning of a quote or backslash after it, and
			      outside of quotes of a delimiter; never that of a
			      newline */
	uint8_t newline;   /* enum csv_newline */
	uint8_t is_runs;   /* 1: a run of delimiters is one, and none counts at
			      the ends of a line (columns set with spaces) */
	uint8_t unused[3];
	uint32_t cols;       /* 1 to BATCH_COLS_MAX */
	uint32_t max_record; /* bytes; CSV_RECORD_MIN to CSV_RECORD_MAX */
};

/** What was met, since csv_open(). */
struct csv_counts {
	uint64_t records;   /* given out, malformed and ragged ones included */
	uint64_t malformed; /* broken quotes, or longer than max_record */
	uint64_t ragged;    /* more or fewer cells than columns */
	uint64_t blank;     /* empty lines, which are no records */
};

/** Where delimiters, newlines and quotes stand in 64 bytes. */
struct csv_block {
	uint64_t sep;   /* bit i: byte i is a delimiter or ends a line */
	uint64_t quote; /* bit i: byte i is a quote or an escape */
};

/** A reader. Caller's storage, 10 KiB; the fields are private. */
struct csv {
	struct csv_dialect dialect;
	struct csv_counts counts;
	struct span window;
	size_t at;   /* where the next record or blank line starts */
	size_t stop; /* records that start from here on are not ours */
	bool is_last;
	struct arena *arena;
	/* Every reading that is inside quotes at a newline before here.. */
	size_t lost_until;
	uint8_t lost_state; /* ..gets there in this state, with no record end
			       met: what keeps many stray quotes linear */
	size_t line_from;   /* no newline in [line_from, line_at) */
	size_t line_at;
	enum cpu_simd isa;
	size_t index_at; /* the window's byte that blocks[0] starts with */
	size_t index_n;  /* bytes that the blocks cover */
	struct csv_block blocks[CSV_BLOCKS];
	uint32_t marks_n; /* all bits again, as offsets from index_at.. */
	uint32_t marks_i; /* ..and the next one to come */
	uint16_t marks[CSV_BLOCKS * 64 + CSV_SPARE];
};

/**
 * csv_dialect_check(d):
 * Say whether ${d}, which may come from a process that was taken over, can be
 * read by csv_open().
 */
bool csv_dialect_check(const struct csv_dialect *d);

/**
 * csv_open(c, d, a, window, is_last):
 * Set ${c} to the start of ${window}, where a record must start; ${is_last}
 * says that the document ends with it.
 *
 * Errors   RC_FORMAT: ${d} fails csv_dialect_check(). RC_LIMIT: a window of
 *          4 GiB or more.
 * Owns     Nothing. Cells with escapes are copied to ${a}, which wants
 *          max_record bytes free at each csv_next(); the caller resets it.
 */
enum rc csv_open(struct csv *c, const struct csv_dialect *d, struct arena *a,
		 struct span window, bool is_last);

/**
 * csv_range(c, from, stop):
 * Read only the records and blank lines that start in bytes [${from}, ${stop})
 * of the window. Before the first csv_next().
 *
 * A document cut anywhere gives the same records as in one pass if each range
 * starts where the one before it ended, by csv_offset(). A window that goes
 * on for max_record bytes after ${stop} never gives RC_MORE.
 */
void csv_range(struct csv *c, size_t from, size_t stop);

/**
 * csv_next(c, b):
 * Fill ${b}, whose cols is the dialect's, with up to BATCH_ROWS records. A
 * record with fewer cells than columns has empty ones at its end; one with
 * more has the rest of its bytes, quotes and delimiters included, in the
 * overflow cell. Both are ragged, and so is what was cut.
 *
 * Returns  RC_OK: at least one row. RC_END: no record left. RC_MORE: the
 *          window ends inside the record at csv_offset() and the document goes
 *          on: open a longer one from there. Rows before it were given out.
 * Errors   RC_LIMIT: the arena is full before the first row.
 * Owns     Nothing: cells point into the window or the arena.
 * Cost     O(bytes + rows * columns), whatever the bytes are: where quotes are
 *          broken on every line, no byte is read more than five times in one
 *          window, since readings that meet inside of quotes at a newline end
 *          alike, and how far that is known is kept.
 * Source   RFC 4180 s.2 rules 1-7; the rest stands above.
 */
enum rc csv_next(struct csv *c, struct batch *b);

/**
 * csv_offset(c):
 * Where the next record or blank line starts, from the window's start: after
 * RC_END the end of what was read, after RC_MORE the unfinished record.
 */
size_t csv_offset(const struct csv *c);

/**
 * csv_counts(c):
 * What ${c} has met since csv_open().
 */
struct csv_counts csv_counts(const struct csv *c);

/**
 * csv_resync(d, window, from):
 * Guess where the first record at or after byte ${from} of ${window} starts,
 * knowing only the byte before it (if ${from} > 0): under both suppositions,
 * inside and outside of quotes, the next records are read, and the one with
 * the better rows wins.
 *
 * Returns  An offset in the window; window.n if no record starts in it. A wrong
 *          guess costs a second reading, never a wrong result: see csv_range().
 * Cost     O(bytes looked at), a few hundred records or 64 KiB.
 */
size_t csv_resync(const struct csv_dialect *d, struct span window, size_t from);

/**
 * csv_index(isa, d, bytes, out):
 * Find the structure of ${bytes}, one block for every 64 begun; bits past the
 * end are 0.
 *
 * Returns  The same blocks for every ${isa}.
 * Cost     O(n); nothing past the end is read.
 */
void csv_index(enum cpu_simd isa, const struct csv_dialect *d,
	       struct span bytes, struct csv_block *out);

/** Why csv_sniff() says what it says. */
enum csv_reason {
	CSV_WHY_NONE,
	CSV_WHY_EMPTY,        /* no bytes, or only blank ones */
	CSV_WHY_BINARY,       /* too many bytes that no text has */
	CSV_WHY_ONE_COLUMN,   /* no delimiter splits the lines */
	CSV_WHY_PROSE,        /* sentences */
	CSV_WHY_CODE,         /* source code, mark-up or JSON */
	CSV_WHY_LOG,          /* lines with a time stamp and free text */
	CSV_WHY_IRREGULAR,    /* the lines have too many different widths */
	CSV_WHY_SHAPE,        /* the lines have one width */
	CSV_WHY_TYPES,        /* the columns hold values of one type */
	CSV_WHY_QUOTES,       /* the quotes stand where this delimiter does */
	CSV_WHY_SEP_LINE,     /* the first line says "sep=" */
	CSV_WHY_LIST,         /* one column of short or quoted values */
	CSV_WHY_SHORT,        /* too few lines to be sure */
	CSV_WHY_HEADER_TYPES, /* header: its cells differ from their columns */
	CSV_WHY_HEADER_WORDS, /* header: names such as columns have */
	CSV_WHY_NO_HEADER,    /* the first row is like the others */
	CSV_WHY_PREAMBLE,     /* lines before the table were left out */
	CSV_WHY_COUNT
};

/** One way to read the sample, and how good it is. */
struct csv_candidate {
	uint8_t delimiter; /* 0: one column */
	uint8_t quote;
	uint8_t escape;
	uint8_t is_runs;
	uint32_t cols;
	uint32_t rows;     /* records of the sample, read so */
	uint32_t rows_fit; /* of these, with ${cols} cells */
	double pattern;    /* how regular the rows are, 0 up */
	double type;       /* part of the cells with a known type, 0 to 1 */
	double score;      /* pattern * type */
};

/** What csv_sniff() found. */
struct csv_sniff {
	bool is_table;
	bool has_header;
	double confidence;     /* 0 to 1, that delimiter and quote are right */
	double header_score;   /* 0 surely data, 1 surely a header */
	uint32_t reasons;      /* bit r: enum csv_reason r holds */
	enum csv_reason main;  /* the one to tell first */
	uint32_t skip_bytes;   /* comments and titles above the table */
	uint32_t skip_lines;   /* how many lines these are */
	uint32_t header_bytes; /* length of the header record, newline too; the
				  body starts at skip_bytes + header_bytes */
	struct csv_dialect dialect;
	struct csv_candidate best;
	struct csv_candidate second; /* the best with another delimiter */
};

/**
 * csv_sniff(sample, is_whole, ret):
 * Find how the document that ${sample} begins (and ends, if ${is_whole}) writes
 * its rows. A byte-order mark is skipped. At most CSV_SAMPLE_MAX bytes are
 * looked at. The header, if there is one, is the only record of
 * csv_range(c, skip_bytes, skip_bytes + header_bytes).
 *
 * Returns  ${ret}->is_table false: this is no table; the dialect is then the
 *          best guess all the same.
 * Errors   RC_NOMEM.
 * Cost     O(bytes), at most 20 ms.
 * Source   van den Burg, Nazabal, Sutton, "Wrangling messy CSV files by
 *          detecting row and type patterns", 2019,
 *          doi 10.1007/s10618-019-00646-y.
 */
enum rc csv_sniff(struct span sample, bool is_whole, struct csv_sniff *ret);

/**
 * csv_reason_text(reason):
 * Say ${reason} in English.
 *
 * Returns  A static string.
 */
const char *csv_reason_text(enum csv_reason reason);

#endif
