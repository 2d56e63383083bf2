/* What the files of format/json share and nobody else sees. */
#ifndef TOCSIN_FORMAT_JSON_JSON_IMPL_H
#define TOCSIN_FORMAT_JSON_JSON_IMPL_H

#include "base/arena.h"
#include "format/json/json.h"

#define JSON_NONE UINT32_MAX

/* ---- json_bytes.c: bytes that grow, up to a ceiling. */

struct json_bytes {
	struct arena *arena;
	uint8_t *p;
	size_t n;
	size_t room;
};

/**
 * json_bytes_room(b, room, most):
 * Make room for ${room} bytes in all. Errors: RC_NOMEM; RC_LIMIT: that is more
 * than ${most}.
 */
enum rc json_bytes_room(struct json_bytes *b, size_t room, size_t most);

/** json_bytes_free(b): Wipe and release. */
void json_bytes_free(struct json_bytes *b);

/* ---- json_tape.c: the values of one record, in the order they stand. */

enum json_kind {
	JSON_STRING,
	JSON_WORD, /* a number, true, false, null; a key without quotes */
	JSON_OBJECT,
	JSON_ARRAY,
};

/** A value, or the key of the value that follows it. */
struct json_token {
	uint32_t at;   /* its first byte, without the quote */
	uint32_t n;    /* bytes, without quotes */
	uint32_t next; /* the token behind it and all that it holds */
	uint8_t kind;
	bool escaped; /* a string with a backslash */
};

struct json_tape {
	const uint8_t *p; /* the bytes that tokens speak of */
	struct json_token *t;
	uint32_t n;
	uint32_t room;
	bool deep;               /* an array holds objects or arrays */
	struct json_bytes store; /* where t is */
};

/** A member's key and value are tokens 0 and 1, else a value is token 0. */
enum json_unit { JSON_VALUE, JSON_MEMBER };

/**
 * json_read(t, s, unit, is_last, ret_n):
 * Read the value or member that ${s} starts with; ${is_last}: nothing follows.
 *
 * Returns  RC_OK, and ${ret_n} its bytes; RC_MORE: ${s} ends before.
 * Errors   RC_FORMAT, and ${ret_n} where; RC_LIMIT: too many tokens, too deep;
 *          RC_NOMEM.
 *          ${t} then, and after RC_MORE, has what is whole, closed where it
 *          ends.
 */
enum rc json_read(struct json_tape *t, struct span s, enum json_unit unit,
		  bool is_last, size_t *ret_n);

/** json_text(t, i): The bytes of token ${i}, escapes as they are. */
static inline struct span
json_text(const struct json_tape *t, uint32_t i)
{
	return (struct span){t->p + t->t[i].at, t->t[i].n};
}

/** json_holds(t, i): Is ${i} an object or array? */
static inline bool
json_holds(const struct json_tape *t, uint32_t i)
{
	return t->t[i].kind >= JSON_OBJECT;
}

/** json_is_flat(t, i): Is ${i} a list that holds neither objects nor lists? */
bool json_is_flat(const struct json_tape *t, uint32_t i);

/**
 * json_get(t, object, key):
 * Find the value of ${key} in an object; JSON_NONE: there is none, or it is
 * no object.
 */
uint32_t json_get(const struct json_tape *t, uint32_t object, const char *key);

/**
 * json_skip_blanks(s, i):
 * Step over blanks, commas and comments from byte ${i} on. A comment that does
 * not end there is not stepped over.
 */
size_t json_skip_blanks(struct span s, size_t i);

/* ---- json_shape.c: which values are records, and which hold some. */

enum json_shape {
	JSON_IS_RECORD,
	JSON_IS_REST, /* neither: belongs to what holds it */
	JSON_IS_LIST, /* its elements are to be looked at, one by one */
	JSON_IS_MAP, /* an object whose members are records, under their keys */
	JSON_IS_FRAME, /* an object with a list or map somewhere below */
};

/** json_is_type(key): Is it what MongoDB or DynamoDB write around a value to
 * say its type: "$oid", "S"? */
bool json_is_type(struct span key);

/** Where a value stands. */
enum json_place {
	JSON_AT_TOP,
	JSON_ALONE, /* at the top, with nothing else beside it */
	JSON_IN_LIST,
	JSON_IN_MAP,
	JSON_IN_FRAME,
};

/**
 * json_shape(t, i, place, is_whole):
 * Say what value ${i} is; not ${is_whole}: it goes on behind what ${t} has.
 */
enum json_shape json_shape(const struct json_tape *t, uint32_t i,
			   enum json_place place, bool is_whole);

/* ---- json_walk.c: from the document to its records. */

struct json_level {
	uint8_t place;    /* enum json_place of what is in it */
	uint8_t closes;   /* the byte that ends it */
	uint16_t path_n;  /* of the path around it */
	uint32_t rest_at; /* where its own rest starts */
};

struct json_walk {
	const struct parts_input *in;
	uint64_t at;              /* of the document: what is read next */
	bool ended;               /* nothing is left to read */
	struct json_bytes window; /* from now.. */
	size_t from;              /* ..here on, not used yet */
	size_t step;              /* bytes of the record given last */
	bool pops;                /* it was what was left of a level */
	bool cut;                 /* the end came too early */
	uint64_t values;          /* met at the top */
	uint64_t skipped;
	uint32_t depth;
	uint32_t deeper; /* brackets open past JSON_LEVELS_MAX */
	struct json_level levels[JSON_LEVELS_MAX];
	uint8_t path[PARTS_NAME_MAX];
	size_t path_n;
	struct json_bytes rest; /* "{", then members */
};

/** A record, valid until the next call. */
struct json_record {
	struct span name;  /* of its table */
	struct span bytes; /* its text */
	enum json_unit unit;
};

/** json_walk_begins(w): Does the document begin with a bracket, blanks and
 * comments aside? RC_FORMAT: no. Errors: RC_IO, RC_NOMEM. */
enum rc json_walk_begins(struct json_walk *w);

/**
 * json_walk_next(w, t, ret):
 * Go to the next record, and read it to ${t}.
 *
 * Returns  RC_OK, RC_END. Errors: RC_IO, RC_NOMEM.
 */
enum rc json_walk_next(struct json_walk *w, struct json_tape *t,
		       struct json_record *ret);

/** json_walk_again(w): Let the next call give the same record again. */
void json_walk_again(struct json_walk *w);

/* ---- json_cell.c: cells of a row of delimited text. */

struct json_out {
	struct json_bytes bytes;
	size_t cell; /* where the cell that is written starts */
	bool quote;  /* it needs quotes */
	bool failed; /* something did not fit since the row began */
	enum rc why;
};

/** json_cell_begin(o), json_cell_end(o): Around what is put in one cell. */
void json_cell_begin(struct json_out *o);
void json_cell_end(struct json_out *o);

/** json_put_byte(o, b): Add a byte that is no part of a cell. */
void json_put_byte(struct json_out *o, uint8_t b);

/** json_put_cell(o, from): Add the one cell that ${from} has. */
void json_put_cell(struct json_out *o, const struct json_out *from);

/** json_put_raw(o, s): Add UTF-8 text, or what may be, as it stands. */
void json_put_raw(struct json_out *o, struct span s);

/** json_put_text(o, s): Add the inside of a string: escapes are resolved. */
void json_put_text(struct json_out *o, struct span s);

/**
 * json_put_value(o, t, i, between):
 * Add a value: a string, a word (nothing if it is null), a list of them with
 * ${between} between them; what holds more as it stands in the document. A
 * number in {"$date": ...} is written as a time.
 */
void json_put_value(struct json_out *o, const struct json_tape *t, uint32_t i,
		    const char *between);

/* ---- json_columns.c: from a record to a row. */

/** A key of a table: where it hangs, and its column. */
struct json_node {
	struct span key;  /* as it stands there */
	struct span name; /* of the path to it */
	uint32_t parent;
	uint32_t chain;  /* the next of its bucket */
	uint32_t after;  /* what was looked up after it the last time */
	uint32_t column; /* JSON_NONE: nothing stands here itself */
	uint32_t row;    /* the last row in which something did.. */
	uint32_t token;  /* ..and what */
	uint32_t taken;  /* the last row that put an object here */
	bool chosen;     /* named by what is in it, not by its key */
};

enum { JSON_BUCKETS = 4096 };

struct json_columns {
	struct arena *names;
	struct json_node *nodes; /* 0 is the record */
	struct json_bytes store; /* where they are */
	uint32_t buckets[JSON_BUCKETS];
	uint32_t nodes_n;
	uint32_t columns_n;
	uint32_t column_node[JSON_COLUMNS_MAX];
	uint32_t last; /* the node that was looked up last */
	uint32_t row;
	bool learns; /* unknown keys become columns */
	bool fhir;
	struct json_out other; /* of the row, all that has no column */
};

/** json_columns_init(c): Take the memory. Errors: RC_NOMEM. */
enum rc json_columns_init(struct json_columns *c);

/** json_columns_free(c): Wipe and release. */
void json_columns_free(struct json_columns *c);

/** json_columns_start(c, fhir): Forget all columns, and learn. Errors:
 * RC_NOMEM.
 */
enum rc json_columns_start(struct json_columns *c, bool fhir);

/** json_columns_learn(c, t, unit): Have columns for all of a record. */
void json_columns_learn(struct json_columns *c, const struct json_tape *t,
			enum json_unit unit);

/** json_columns_header(c, o): Learn no more; write the line of names. */
void json_columns_header(struct json_columns *c, struct json_out *o);

/** json_columns_row(c, t, unit, o): Write a record as a line. */
void json_columns_row(struct json_columns *c, const struct json_tape *t,
		      enum json_unit unit, struct json_out *o);

/* ---- json_fhir.c: what FHIR resources call things. */

/**
 * json_fhir_type(t, i):
 * Find the resource in record ${i}: itself, or that of a Bundle's entry.
 *
 * Returns  The token of its resourceType; JSON_NONE: it is none.
 */
uint32_t json_fhir_type(const struct json_tape *t, uint32_t i);

/**
 * json_fhir_place(t, key, i):
 * Name object ${i}, which stands under ${key}, by what it holds: a telecom by
 * its system, an identifier by whose it is.
 *
 * Returns  A name; n 0: none but its key.
 */
struct span json_fhir_place(const struct json_tape *t, struct span key,
			    uint32_t i);

/** json_fhir_model(type): A resource of ${type} that has all that is usual. n
 * 0: none is known. */
struct span json_fhir_model(struct span type);

/** json_fhir_drops(key): Did json_fhir_place() say what member ${key} says? */
bool json_fhir_drops(struct span key);

/** json_fhir_header(path): The header of the column that ${path} leads to. */
struct span json_fhir_header(struct span path);

#endif
