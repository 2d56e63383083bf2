/* What the files of format/sql share: where bytes come from, where cells go,
 * and the reader itself. */
#ifndef TOCSIN_FORMAT_SQL_SQL_IMPL_H
#define TOCSIN_FORMAT_SQL_SQL_IMPL_H

#include "base/arena.h"
#include "format/sql/sql.h"

enum {
	SQL_PAD = 16, /* bytes past an end that may be read or written */
	SQL_OUT_FILL = 256 << 10, /* rows are made until there are so many */
	SQL_RAW = SQL_WINDOW / 2, /* of UTF-16, at a time */
	SQL_SCRATCH = 3 * SQL_CELL_MAX + SQL_PAD,
	SQL_OUT = SQL_OUT_FILL + SQL_ROW_MAX + SQL_WINDOW + SQL_SCRATCH,
	SQL_HEAD = SQL_HEAD_MAX + 4 * SQL_NAME_MAX,
	SQL_WORD_MAX = 24, /* letters of a word that are kept */
	SQL_BUCKETS = 1024,
};

/** How the bytes of the script are to be read. */
enum sql_units { SQL_BYTES, SQL_UTF16LE, SQL_UTF16BE };

/** The window. What is before ${at} is gone. */
struct sql_source {
	const struct parts_input *in;
	uint64_t next; /* byte of the input to read */
	uint8_t *buf;  /* SQL_WINDOW, and zeros behind ${end} */
	uint8_t *raw;  /* of UTF-16, not yet decoded.. */
	size_t raw_n;  /* ..so many bytes */
	size_t at;
	size_t end;
	uint64_t gone; /* bytes that buf[0] stands behind */
	enum sql_units units;
	bool is_over; /* nothing follows ${end} */
	enum rc rc;   /* RC_IO: why it is over */
};

/**
 * sql_source_more(s):
 * Bring more bytes into the window of ${s}, which may move what is there.
 * Returns  False at the end, or if there is no room.
 */
bool sql_source_more(struct sql_source *s);

/** sql_source_begin(s): Find out how ${s} is written, and skip its mark. */
void sql_source_begin(struct sql_source *s);

/** sql_has(s, n): Are there ${n} bytes from s->at on? */
static inline bool
sql_has(struct sql_source *s, size_t n)
{
	while (s->end - s->at < n)
		if (!sql_source_more(s))
			return false;
	return true;
}

/** sql_peek(s): The byte at s->at; -1 at the end. */
static inline int
sql_peek(struct sql_source *s)
{
	return s->at < s->end || sql_source_more(s) ? s->buf[s->at] : -1;
}

/** sql_peek_at(s, i): The byte ${i} further on; -1 past the end. */
static inline int
sql_peek_at(struct sql_source *s, size_t i)
{
	return sql_has(s, i + 1) ? s->buf[s->at + i] : -1;
}

/** What a byte of a cell may mean: where sql_put_run() is to stop, and what
 * CSV quotes. */
enum {
	SQL_APOSTROPHE = 1,
	SQL_QUOTE = 2,
	SQL_BACKSLASH = 4,
	SQL_COPY_END = 8, /* tab or LF */
	SQL_SPECIAL = 16, /* to be quoted */
};

/** Cells one after another, with commas. */
struct sql_cells {
	uint8_t *p;
	size_t n;
	size_t cell;      /* where the cell starts */
	size_t limit;     /* what a cell has past it is cut */
	uint64_t high;    /* its bytes, or-ed */
	uint8_t signs;    /* what its bytes mean, or-ed */
	bool is_cut;      /* it is longer */
	bool is_hex;      /* it is written in hexadecimal */
	bool is_binary;   /* perhaps no text */
	uint8_t *scratch; /* SQL_SCRATCH bytes */
};

/** sql_cell_begin(c, max): Start a cell of at most ${max} bytes. */
static inline void
sql_cell_begin(struct sql_cells *c, size_t max)
{
	c->cell = c->n;
	c->limit = c->n + max;
	c->high = 0;
	c->signs = 0;
	c->is_cut = false;
	c->is_hex = false;
	c->is_binary = false;
}

/** sql_put(c, b): Add the byte ${b} to the cell. */
static inline void
sql_put(struct sql_cells *c, uint8_t b)
{
	if (c->n >= c->limit) {
		c->is_cut = true;
		return;
	}
	c->p[c->n++] = b;
	c->high |= b;
	c->signs |= byte_in(b, "\",\n\r") ? SQL_SPECIAL : 0;
}

/** sql_put_code(c, code): Add a character in UTF-8. */
void sql_put_code(struct sql_cells *c, uint32_t code);

/** sql_put_run(c, s, stops): Move bytes from ${s} to the cell, up to the first
 * that means one of ${stops} or the end of the window. */
void sql_put_run(struct sql_cells *c, struct sql_source *s, uint8_t stops);

/** sql_unhex(s, out): Decode ${s}, hexadecimal, to s.n / 2 bytes at ${out}.
 * Returns false if it is not. */
bool sql_unhex(struct span s, uint8_t *out);

/** sql_cell_date(c, type): Make a cell in hexadecimal the date that SQL Server
 * means by it, if ${type} is one of its dates. */
void sql_cell_date(struct sql_cells *c, const char *type);

/** sql_cell_text(c): Make what the cell holds text in UTF-8. */
void sql_cell_text(struct sql_cells *c);

/** sql_cell_finish(c): sql_cell_text(), and quote it where that must be. */
void sql_cell_finish(struct sql_cells *c);

/** sql_cell_end(c): sql_cell_finish() where there may be something to do. */
static inline void
sql_cell_end(struct sql_cells *c)
{
	if (c->n == c->cell)
		return;
	const uint8_t first = c->p[c->cell];
	if (((c->high & word_each(0x80)) != 0) | c->signs | c->is_cut |
	    c->is_hex | c->is_binary | (first <= ' ') | (first == '\\') |
	    (c->p[c->n - 1] <= ' '))
		sql_cell_finish(c);
}

/** A table and its columns: the first line of its part. */
struct sql_head {
	uint8_t name[PARTS_NAME_MAX];
	size_t name_n;
	uint8_t *line; /* SQL_HEAD bytes: a header with its LF */
	size_t line_n;
	uint32_t cols;    /* 0: not known yet */
	bool is_declared; /* by a CREATE TABLE, not by the statement */
};

/** A table that was created. */
struct sql_table {
	uint64_t hash; /* of its name without the schema, in lower case */
	uint64_t full; /* of the whole name */
	const uint8_t *line;
	size_t line_n;
	uint32_t cols;
	uint16_t next; /* of the same bucket, +1 */
};

/** All that were, while there is room. */
struct sql_tables {
	struct arena *arena;
	struct sql_table *all;
	size_t n;
	uint16_t bucket[SQL_BUCKETS]; /* the last one, +1 */
};

/** What the reader is in. */
enum sql_state { SQL_STATEMENT, SQL_TUPLES, SQL_COPY };

/** A reader. */
struct sql {
	struct sql_memory *memory; /* all buffers */
	struct sql_source in;
	struct sql_cells out;   /* rows.. */
	size_t given;           /* ..of which so much was given.. */
	size_t row;             /* ..and where the last one starts */
	struct sql_cells names; /* a header in the making */
	struct sql_tables tables;
	struct sql_head head; /* of the statement that is read */
	struct sql_head part; /* of the part that is given */
	size_t line_given;    /* bytes of its header that were given */
	bool has_part;
	bool is_same;    /* the statement's rows belong to the part */
	bool is_pending; /* the last row begins the next part */
	bool is_unread;  /* rows of COPY that we do not understand */
	enum sql_state state;
	uint64_t skipped;
	/* The last INSERT up to its first row, as it stands there. */
	uint8_t *lead;
	size_t lead_n;
	bool lead_backslash; /* its dialect */
	uint64_t head_rows;  /* that the statement's table has had */
	/* The row. */
	uint32_t cells;
	uint32_t literals; /* of its cells */
	bool has_code;     /* a cell that is no literal */
	bool is_cut;       /* a cell was */
	bool is_long;      /* past SQL_ROW_MAX: not kept */
	/* The dialect. */
	bool backslash; /* it takes the meaning of the quote behind it.. */
	bool default_backslash;
	bool in_code; /* of a procedure or trigger */
	uint8_t delimiter[16];
	size_t delimiter_n;
};

/* sql_lex.c: what stands between values. */

/** sql_blank(q): Step over blanks and comments. */
void sql_blank(struct sql *q);

/** sql_gap(q): sql_blank() where there may be none. */
static inline void
sql_gap(struct sql *q)
{
	const int c = sql_peek(&q->in);

	if (c <= ' ' || c == '-' || c == '/' || c == '*')
		sql_blank(q);
}

/** sql_line(q): Step over the rest of the line. */
void sql_line(struct sql *q);

/** sql_word(q, ret): Step over a word; ${ret} has its beginning in lower case
 * and a NUL. Returns its bytes; 0: there is none. */
size_t sql_word(struct sql *q, char ret[static SQL_WORD_MAX]);

/** sql_is_word(q, word): Does ${word}, lower case, stand here, whole? */
bool sql_is_word(struct sql *q, const char *word);

/** sql_word_byte(c): May ${c} be in a word? */
bool sql_word_byte(int c);

/** sql_one_of(word, list): Is ${word} one of those in ${list}, parted and
 * surrounded by blanks? */
bool sql_one_of(const char *word, const char *list);

/** sql_name(q, c): Add the name that stands here, dots within, to the cell of
 * ${c}. Returns false if there is none. */
bool sql_name(struct sql *q, struct sql_cells *c);

/** sql_skip_brackets(q): Step over what stands in brackets. */
void sql_skip_brackets(struct sql *q);

/** sql_skip_quoted(q): Step over a string or quoted name. Returns true if it
 * had no end and a new statement stands here. */
bool sql_skip_quoted(struct sql *q);

/** sql_take_delimiter(q): Step over what ends a statement, if it stands here.
 */
bool sql_take_delimiter(struct sql *q);

/** sql_skip_statement(q): Step over the rest of the statement. */
void sql_skip_statement(struct sql *q);

/* sql_table.c: tables and their columns. */

/** sql_columns(q): Read a list of names, after its bracket, to q->names.
 * Returns  Their number; 0: it is none, or too long. */
uint32_t sql_columns(struct sql *q);

/** sql_create_table(q): Read what stands behind CREATE TABLE. */
void sql_create_table(struct sql *q);

/** sql_head_name(q): Read the name of a table to q->head. */
bool sql_head_name(struct sql *q);

/** sql_head_take(q, cols): Give q->head the names in q->names. */
void sql_head_take(struct sql *q, uint32_t cols);

/** sql_head_find(q): Give it those of its CREATE TABLE, if there was one. */
void sql_head_find(struct sql *q);

/** sql_head_number(q, cols): Call them c1, c2, ... */
void sql_head_number(struct sql *q, uint32_t cols);

/** sql_head_equal(a, b): Are their rows of one part? */
bool sql_head_equal(const struct sql_head *a, const struct sql_head *b);

/* sql_row.c, sql_value.c, sql_copy.c: rows. */

/** sql_row_begin(q), sql_row_cell(q), sql_row_end(q): Start a row, and a cell
 * of it; finish it, or drop it if it does not fit. */
void sql_row_begin(struct sql *q);
void sql_row_cell(struct sql *q);
void sql_row_end(struct sql *q);

/** sql_row_drop(q): Forget the row. */
void sql_row_drop(struct sql *q);

/** What a backslash in a string is. */
enum sql_escapes {
	SQL_PLAIN,    /* a backslash */
	SQL_MYSQL,    /* the start of an escape.. */
	SQL_POSTGRES, /* ..also by number, as in C */
};

/** sql_string(q, c, quote, escapes): Add the string that stands here, behind
 * its opening ${quote}, to the cell. Returns false if it has no end. */
bool sql_string(struct sql *q, struct sql_cells *c, uint8_t quote,
		enum sql_escapes escapes);

/** sql_escape(q, c): Add what stands behind a backslash, SQL_POSTGRES. */
void sql_escape(struct sql *q, struct sql_cells *c);

/** sql_string_until(q, c, close): The same of q'[..]', where ${close} and a
 * quote end it. */
bool sql_string_until(struct sql *q, struct sql_cells *c, uint8_t close);

/** sql_value(q): Read a value to the cell, up to what parts it from the next.
 * Returns  False if it is none. */
bool sql_value(struct sql *q);

/** sql_tuple(q): Read the rows' next one, or leave the statement. */
void sql_tuple(struct sql *q);

/** sql_copy(q): Read what stands behind COPY; sql_copy_row(q): a line. */
void sql_copy(struct sql *q);
void sql_copy_row(struct sql *q);

/* sql_statement.c */

/** sql_statement(q): Read the next statement, up to its first row. */
void sql_statement(struct sql *q);

/** sql_into(q): Read an INSERT from the name of the table on. */
void sql_into(struct sql *q);

#endif
