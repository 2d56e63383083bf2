/* format/sql: scripts of SQL as databases write them to be read back: mysqldump
 * and MariaDB, pg_dump, the scripts of SQL Server and Oracle, SQLite's .dump.
 * They are taken apart into tables, which hold the rows of INSERT and COPY.
 *
 * The script is read once, from front to back, through a window; neither the
 * length of a statement nor that of a row matters to memory.
 *  - A run of rows of one table with the same columns is a part, whatever
 *    other statements stand between them. Its columns are those of the
 *    statement, else those of the CREATE TABLE before it, else c1, c2, ...
 *  - A value is its literal: unescaped, without the casts and function calls
 *    around it. NULL, and what is no literal (a variable, a sequence), is an
 *    empty cell. Bytes that are no text become 0x and their first
 *    SQL_BINARY_MAX bytes in hexadecimal.
 *  - Letters: UTF-16 is decoded, with a byte order mark or without. Otherwise
 *    a cell is in UTF-8, and a byte of it that cannot be is in windows-1252,
 *    whatever SET NAMES says: dumps of tables with wrong settings are common.
 *  - A row with more or fewer values than columns, one whose quotes are
 *    broken, or one longer than SQL_ROW_MAX, is skipped and counted; reading
 *    goes on at the next that looks like one. A row with a cell longer than
 *    SQL_CELL_MAX is given, without the rest of that cell, and counted too. */
#ifndef TOCSIN_FORMAT_SQL_SQL_H
#define TOCSIN_FORMAT_SQL_SQL_H

#include "base/parts.h"

enum {
	SQL_WINDOW = 256 << 10,       /* bytes in sight */
	SQL_CELL_MAX = 128 << 10,     /* bytes of a value */
	SQL_ROW_MAX = (1 << 20) - 64, /* bytes of a row, as it is given */
	SQL_BINARY_MAX = 64,          /* bytes shown of what is no text */
	SQL_HEAD_MAX = 64 << 10,      /* bytes of the names of all columns */
	SQL_NAME_MAX = 256,           /* bytes of one name */
	SQL_TABLES_MAX = 4096,        /* CREATE TABLEs remembered.. */
	SQL_TABLES_BYTES = 4 << 20,   /* ..and their names; when full, all are
					 forgotten */
	SQL_TOKENS_MAX = 1 << 14,     /* of an expression that is a value */
};

/** How a script is taken apart. Never RC_FORMAT: any text may be one. */
extern const struct parts_kind sql_parts;

#endif
