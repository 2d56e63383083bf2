/* format/json: JSON as tables, whatever its layout: one value a line, values
 * one after another, an array of records of any size, an array under keys. A
 * record is an object (or a row, or a single value) of such an array; the path
 * of keys that leads to it names its table. FHIR resources become one table a
 * type. What is read beyond RFC 8259: docs/formats/json.md.
 *
 * A table's columns are the keys of its first records, those of nested objects
 * joined by dots; keys that come later go to the last column, "other". Tables
 * that take turns are sorted apart in a buffer, so that parts stay few. */
#ifndef TOCSIN_FORMAT_JSON_JSON_H
#define TOCSIN_FORMAT_JSON_JSON_H

#include "base/parts.h"

enum {
	JSON_RECORD_MAX = 4 << 20,   /* bytes of a record */
	JSON_READ_BYTES = 256 << 10, /* read at a time */
	JSON_TOKENS_MAX = 1 << 18,   /* keys, values and brackets of a record */
	JSON_DEPTH_MAX = 128,        /* brackets open in a record */
	JSON_LEVELS_MAX = 64,        /* brackets open around the records */
	JSON_KEY_MAX = 256,          /* bytes of a key */
	JSON_TABLES_MAX = 128,       /* names of tables; then "" has the rest */
	JSON_COLUMNS_MAX = 1024,     /* of a table, without "other" */
	JSON_NODES_MAX = 4096,       /* keys of a table, nested ones too */
	JSON_NAMES_MAX = 2 << 20,    /* bytes of all names of columns */
	JSON_SPREAD_MAX = 8,         /* objects of a list that have columns */
	JSON_SHELF_MAX = 32 << 20,   /* bytes of records of other tables */
	JSON_LOOK_RECORDS = 1024,    /* that are seen before a header is made */
	JSON_LOOK_BYTES = 1 << 20,
	JSON_ROW_MAX = 16 << 20,  /* bytes of a row as it is given out */
	JSON_REST_MAX = 64 << 10, /* bytes kept of what stands around tables */
};

/** How JSON is taken apart: only tables. */
extern const struct parts_kind json_parts;

#endif
