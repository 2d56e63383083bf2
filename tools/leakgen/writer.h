/*
 * leakgen: from records to a file of one format. A record is the cells of one
 * visit; a format (to_csv.c, to_mysql.c, ...) begins the file, writes record
 * after record, and ends it. What it writes gathers in the line of the writer
 * and goes on to the sink, which knows the charset.
 */
#ifndef LEAKGEN_WRITER_H
#define LEAKGEN_WRITER_H

#include "columns.h"
#include "sink.h"

enum {
	WRITER_LINE_MAX = 65536, /* the longest record, written */
	WRITER_SLACK = 8         /* bytes that a cell or line has to spare */
};

/** When a cell of CSV is quoted. */
enum quote { QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONE };

/** What stands above the rows of CSV. */
enum header { HEADER_YES, HEADER_NO, HEADER_TITLE };

struct format;

/** How the file is to look. */
struct layout {
	const struct format *format;
	const struct charset *charset;
	const char *newline;
	enum column_style style;
	const struct column *plan[COLUMNS_MAX];
	uint32_t columns;
	/* Of CSV alone. */
	uint8_t delimiter;
	enum quote quote;
	enum header header;
};

/** One cell: characters of windows-1252, with WRITER_SLACK bytes behind. */
struct cell {
	const uint8_t *p;
	size_t n;
};

/** The name of a column in the file. */
struct writer_name {
	uint8_t s[COLUMNS_HEADER_MAX + WRITER_SLACK];
	size_t n;
};

/** A file in the making. */
struct writer {
	const struct layout *layout;
	struct sink sink;
	struct text line;
	uint64_t records; /* written so far */
	struct writer_name names[COLUMNS_MAX];
	uint8_t place[COLUMNS_MAX]; /* of a column in a record */
	size_t part; /* bytes of the INSERT, patients of the message so far */
	struct label lab; /* HPRIM: who sends the message */
	uint8_t line_bytes[WRITER_LINE_MAX + WRITER_SLACK];
};

/** A format of files. */
struct format {
	const char *name;
	/* What holds unless the command line says otherwise. */
	const char *charset;
	const char *newline;
	/* Charsets that it can be in and what it calls them, up to a NULL;
	 * NULL: any, and the file does not say which. */
	const char *const (*charsets)[2];
	/* Columns that it has a place for, up to COLUMNS_MAX; NULL: all. */
	const uint8_t *columns;
	void (*begin)(struct writer *w); /* NULL: nothing comes first */
	void (*record)(struct writer *w, const struct cell *cells);
	void (*end)(struct writer *w); /* NULL: nothing comes last */
};

/** The formats; the list ends with a NULL. */
extern const struct format *const writer_formats[];

extern const struct format to_csv, to_mysql, to_postgres, to_mssql, to_json,
	to_ndjson, to_hl7, to_fhir, to_hprim;

/**
 * writer_begin(w, file, layout):
 * Begin ${file} as ${layout}, which must outlive ${w}, asks.
 *
 * Returns  False: no memory.
 */
bool writer_begin(struct writer *w, FILE *file, const struct layout *layout);

/** writer_record(w, cells): Write a record: a cell for each planned column. */
void writer_record(struct writer *w, const struct cell *cells);

/** writer_end(w): Write what is left. Returns false if any byte failed. */
bool writer_end(struct writer *w);

/** writer_done(w): Give back what ${w} holds. */
void writer_done(struct writer *w);

/** writer_has(f, c): Has ${f} a place for ${c}? */
bool writer_has(const struct format *f, const struct column *c);

/** writer_called(f, charset): How ${f} names ${charset}; NULL: it has none. */
const char *writer_called(const struct format *f,
			  const struct charset *charset);

/* For formats. */

/** writer_flush(w): Hand the line to the sink. */
void writer_flush(struct writer *w);

/** writer_lines(w, lines): Write ${lines}, ASCII, with our line ends. */
void writer_lines(struct writer *w, const char *lines);

/** writer_cell(w, cells, id): The cell of column ${id}, or an empty one. */
struct cell writer_cell(const struct writer *w, const struct cell *cells,
			enum column_id id);

/**
 * writer_escaped(t, cell, escapes):
 * Append ${cell}, and for each character that ${escapes} has what stands there.
 */
void writer_escaped(struct text *t, struct cell cell,
		    const char *const escapes[128]);

/** writer_date(t, cell, between): Append 31/12/1999 with the year first. */
void writer_date(struct text *t, struct cell cell, const char *between);

/** writer_typed(t, type, cell): Append ${cell} as databases write ${type}. */
void writer_typed(struct text *t, enum column_type type, struct cell cell);

#endif
