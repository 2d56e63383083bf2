/* leakgen: from cells to bytes of a file: quotes, charset, order of rows. */
#ifndef LEAKGEN_WRITE_H
#define LEAKGEN_WRITE_H

#include "rng.h"
#include "text.h"

#include <stdio.h>

enum {
	WRITE_ROW_MAX = 32768,
	WRITE_SLACK = 8, /* bytes that a row or a cell has to spare */
	WRITE_BUFFER = 1 << 20,
	WRITE_SHUFFLE_MAX = 5000000 /* rows that are held in memory */
};

/** When a cell is quoted. */
enum quote { QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONE };

/** How rows are written. */
struct dialect {
	uint8_t delimiter;
	enum quote quote;
	bool crlf;
};

/** How characters are written: one entry of write_charsets. */
struct charset {
	const char *name;
	uint8_t unit; /* bytes of UTF-16 or UTF-32; 0: one or UTF-8 */
	bool big;     /* the high byte first */
	bool utf8;
	bool bom;
	const uint16_t *high; /* 0x80 to 0xff of a one-byte charset */
};

/** The charsets; the list ends with one without a name. */
extern const struct charset write_charsets[];

/** A file in the making. */
struct sink {
	FILE *file;
	uint8_t map[256][4]; /* windows-1252 to what is written */
	uint8_t map_n[256];
	bool ascii; /* ASCII is written as it is */
	uint8_t *buffer;
	size_t n;
	uint64_t bytes;
	bool failed;
};

/** sink_init(s, file, charset): Write to ${file}. Returns false: no memory. */
bool sink_init(struct sink *s, FILE *file, const struct charset *charset);

/** sink_bom(s, charset): Begin with a byte order mark, if there is one. */
void sink_bom(struct sink *s, const struct charset *charset);

/** sink_put(s, p, n): Write ${n} characters at ${p}. */
void sink_put(struct sink *s, const uint8_t *p, size_t n);

/** sink_end(s): Write what is left. Returns false if any byte failed. */
bool sink_end(struct sink *s);

/** sink_done(s): Give back what ${s} holds. */
void sink_done(struct sink *s);

/**
 * write_cell(t, d, cell):
 * Append ${cell} to the row ${t} as ${d} asks. Without quotes, delimiters and
 * line ends in the cell turn into blanks.
 */
void write_cell(struct text *t, const struct dialect *d,
		const struct text *cell);

/** write_end(t, d): End the row, whose last delimiter goes. */
void write_end(struct text *t, const struct dialect *d);

/** write_order(n, seed): A shuffled 0..${n}-1; the caller's; NULL: no memory.
 */
uint32_t *write_order(uint32_t n, uint64_t seed);

#endif
