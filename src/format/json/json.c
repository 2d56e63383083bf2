/* Records come from json_walk in the order of the document. Those of the table
 * that is being given go out at once; the others wait on a shelf. When it is
 * full, the part ends, and each table on the shelf is a part; the one with
 * most records is the last, and goes on with what follows in the document. */
#include "format/json/json.h"

#include "format/json/json_impl.h"

#include <stdlib.h>
#include <string.h>

/** A record on the shelf. */
struct shelved {
	struct shelved *next; /* of the same table */
	uint32_t n;
	enum json_unit unit;
	uint8_t bytes[];
};

struct table {
	struct span name;
	bool fhir;
	uint64_t records; /* on the shelf */
	struct shelved *first;
	struct shelved *last;
};

struct json {
	struct json_walk walk;
	struct json_tape tape;
	struct arena *names; /* of tables */
	struct arena *shelf;
	struct json_columns columns;
	struct json_out out; /* what read() gives next.. */
	size_t out_at;       /* ..from here on */
	struct table tables[JSON_TABLES_MAX];
	uint32_t tables_n;
	uint32_t current;   /* whose part it is; JSON_NONE: none's */
	bool streams;       /* it goes on with what is not on the shelf */
	bool ended;         /* no record is ahead in the document */
	struct shelved *at; /* of the part, what is given next */
	uint64_t too_long;  /* rows left out */
};

static void
json_close(void *p)
{
	struct json *j = p;

	if (j == NULL)
		return;
	json_bytes_free(&j->walk.window);
	json_bytes_free(&j->walk.rest);
	json_bytes_free(&j->tape.store);
	json_bytes_free(&j->out.bytes);
	json_columns_free(&j->columns);
	arena_free(j->names);
	arena_free(j->shelf);
	explicit_bzero(j, sizeof(*j));
	free(j);
}

static enum rc
take_memory(struct json *j)
{
	j->names = arena_new((size_t)JSON_TABLES_MAX * (PARTS_NAME_MAX + 1));
	j->shelf = arena_new(JSON_SHELF_MAX);
	return j->names != NULL && j->shelf != NULL
		       ? json_columns_init(&j->columns)
		       : RC_NOMEM;
}

static enum rc
json_open(const struct parts_input *in, void **ret)
{
	struct json *j = calloc(1, sizeof(*j));

	if (j == NULL)
		return RC_NOMEM;
	j->walk.in = in;
	j->current = JSON_NONE;
	enum rc rc = take_memory(j);

	if (rc == RC_OK)
		rc = json_walk_begins(&j->walk);
	if (rc != RC_OK) {
		json_close(j);
		return rc;
	}
	*ret = j;
	return RC_OK;
}

/** Add a table; past the ceiling, the last one has all. */
static uint32_t
add_table(struct json *j, struct span name, bool fhir)
{
	const bool last = j->tables_n == JSON_TABLES_MAX - 1;
	struct table *t = &j->tables[j->tables_n];
	uint8_t *copy = ARENA_ARRAY(j->names, name.n + 1, uint8_t);

	if (j->tables_n == JSON_TABLES_MAX)
		return JSON_TABLES_MAX - 1;
	if (last || copy == NULL)
		name.n = 0;
	if (name.n > 0)
		memcpy(copy, name.p, name.n);
	t->name = (struct span){copy, name.n};
	t->fhir = fhir;
	return j->tables_n++;
}

/** The table that record ${r}, which the tape has, belongs to. */
static uint32_t
table_of(struct json *j, const struct json_record *r)
{
	const uint32_t root = r->unit == JSON_MEMBER ? 1 : 0;
	const uint32_t type = json_fhir_type(&j->tape, root);
	const bool fhir = type != JSON_NONE;
	struct span name = fhir ? json_text(&j->tape, type) : r->name;

	if (name.n > PARTS_NAME_MAX)
		name.n = PARTS_NAME_MAX;
	for (uint32_t i = 0; i < j->tables_n; i++)
		if (j->tables[i].fhir == fhir &&
		    span_equal(j->tables[i].name, name))
			return i;
	return add_table(j, name, fhir);
}

/** Put a record aside. RC_LIMIT: the shelf is full. */
static enum rc
shelve(struct json *j, uint32_t table, const struct json_record *r)
{
	struct table *t = &j->tables[table];
	struct shelved *s = arena_alloc(j->shelf, 1, sizeof(*s) + r->bytes.n,
					alignof(struct shelved));

	if (s == NULL)
		return RC_LIMIT;
	s->n = (uint32_t)r->bytes.n;
	s->unit = r->unit;
	memcpy(s->bytes, r->bytes.p, r->bytes.n);
	if (t->first == NULL)
		t->first = s;
	else
		t->last->next = s;
	t->last = s;
	t->records++;
	return RC_OK;
}

/** Go on to the next record. RC_END: none, or it has to wait, and so has the
 * part. */
static enum rc
next_record(struct json *j, struct json_record *ret, uint32_t *ret_table)
{
	const enum rc rc = json_walk_next(&j->walk, &j->tape, ret);

	j->ended = rc == RC_END;
	if (rc == RC_OK)
		*ret_table = table_of(j, ret);
	return rc;
}

/** Shelve ${r}. RC_END: there is no room, it will come again. */
static enum rc
put_aside(struct json *j, uint32_t table, const struct json_record *r)
{
	if (shelve(j, table, r) == RC_OK)
		return RC_OK;
	json_walk_again(&j->walk);
	return RC_END;
}

/** Has enough been seen to say what columns there are? */
static bool
has_seen_enough(const struct json *j, uint64_t records)
{
	return j->tables_n == 1 && (records >= JSON_LOOK_RECORDS ||
				    arena_used(j->shelf) >= JSON_LOOK_BYTES);
}

/** Fill the empty shelf. */
static enum rc
fill(struct json *j)
{
	struct json_record r;
	uint32_t table;
	enum rc rc = RC_OK;

	arena_reset(j->shelf);
	for (uint64_t n = 0; rc == RC_OK && !has_seen_enough(j, n); n++) {
		rc = next_record(j, &r, &table);
		if (rc == RC_OK)
			rc = put_aside(j, table, &r);
	}
	return rc == RC_END ? RC_OK : rc;
}

/** The table on the shelf whose part is next; JSON_NONE: it is empty. */
static uint32_t
choose(const struct json *j, bool *ret_is_only)
{
	uint32_t most = JSON_NONE;
	uint32_t first = JSON_NONE;

	for (uint32_t i = 0; i < j->tables_n; i++)
		if (j->tables[i].records > 0 &&
		    (most == JSON_NONE ||
		     j->tables[i].records >= j->tables[most].records))
			most = i;
	for (uint32_t i = 0; i < j->tables_n && first == JSON_NONE; i++)
		if (j->tables[i].records > 0 && i != most)
			first = i;
	*ret_is_only = first == JSON_NONE;
	return *ret_is_only ? most : first;
}

/** Read a record of the shelf to the tape; it was read once, and is good. */
static void
read_shelved(struct json *j, const struct shelved *s)
{
	size_t n;

	(void)json_read(&j->tape, (struct span){s->bytes, s->n}, s->unit, true,
			&n);
}

/** Have the columns that are usual for resources of ${type}. */
static void
learn_model(struct json *j, struct span type)
{
	const struct span model = json_fhir_model(type);
	size_t n;

	if (model.n > 0 &&
	    json_read(&j->tape, model, JSON_VALUE, true, &n) == RC_OK)
		json_columns_learn(&j->columns, &j->tape, JSON_VALUE);
}

/** Begin the part of the current table with its header. */
static enum rc
begin(struct json *j)
{
	struct table *t = &j->tables[j->current];
	uint32_t seen = 0;

	const enum rc rc = json_columns_start(&j->columns, t->fhir);

	if (rc != RC_OK)
		return rc;
	if (t->fhir)
		learn_model(j, t->name);
	for (const struct shelved *s = t->first;
	     s != NULL && seen < JSON_LOOK_RECORDS; s = s->next, seen++) {
		read_shelved(j, s);
		json_columns_learn(&j->columns, &j->tape, s->unit);
	}
	j->at = t->first;
	t->first = NULL;
	t->last = NULL;
	t->records = 0;
	j->out_at = 0;
	j->out.bytes.n = 0;
	j->out.failed = false;
	json_columns_header(&j->columns, &j->out);
	return j->out.failed ? j->out.why : RC_OK;
}

/** Take the next record of the part to the tape. RC_END: there is none. */
static enum rc
part_record(struct json *j, enum json_unit *ret_unit)
{
	struct json_record r;
	uint32_t table;
	enum rc rc = RC_OK;

	if (j->at != NULL) {
		read_shelved(j, j->at);
		*ret_unit = j->at->unit;
		j->at = j->at->next;
		return RC_OK;
	}
	if (!j->streams || j->ended)
		return RC_END;
	while ((rc = next_record(j, &r, &table)) == RC_OK &&
	       table != j->current)
		if ((rc = put_aside(j, table, &r)) != RC_OK)
			break;
	*ret_unit = r.unit;
	return rc;
}

static enum rc
json_next(void *p, struct part *ret)
{
	struct json *j = p;
	enum json_unit unit;
	enum rc rc = RC_OK;

	/* What was not read of the part before is stepped over. */
	while (j->current != JSON_NONE && rc == RC_OK)
		rc = part_record(j, &unit);
	j->current = JSON_NONE;
	if (rc != RC_OK && rc != RC_END)
		return rc;
	uint32_t table = choose(j, &j->streams);

	if (table == JSON_NONE && !j->ended) {
		if ((rc = fill(j)) != RC_OK)
			return rc;
		table = choose(j, &j->streams);
	}
	if (table == JSON_NONE)
		return RC_END;
	j->current = table;
	*ret = (struct part){
		.name = j->tables[table].name,
		.bytes = PARTS_SIZE_UNKNOWN,
		.is = PART_TABLE,
	};
	return begin(j);
}

/** Write the next row of the part. */
static enum rc
next_row(struct json *j)
{
	enum json_unit unit;
	const bool shelved = j->at != NULL;
	const enum rc rc = part_record(j, &unit);

	if (rc != RC_OK)
		return rc;
	j->out_at = 0;
	j->out.bytes.n = 0;
	j->out.failed = false;
	json_columns_row(&j->columns, &j->tape, unit, &j->out);
	/* All others were given before: what is on the shelf now, is done. */
	if (shelved && j->at == NULL && j->streams)
		arena_reset(j->shelf);
	if (!j->out.failed)
		return RC_OK;
	j->out.bytes.n = 0;
	j->too_long++;
	return j->out.why == RC_LIMIT ? RC_OK : j->out.why;
}

static enum rc
json_read_part(void *p, uint8_t *to, size_t n, size_t *ret_n)
{
	struct json *j = p;
	size_t done = 0;

	while (done < n && j->current != JSON_NONE) {
		const size_t have = j->out.bytes.n - j->out_at;
		const size_t k = have < n - done ? have : n - done;

		if (k > 0)
			memcpy(to + done, j->out.bytes.p + j->out_at, k);
		done += k;
		j->out_at += k;
		if (k < have)
			break;
		const enum rc rc = next_row(j);

		if (rc == RC_END)
			j->current = JSON_NONE;
		else if (rc != RC_OK && done == 0)
			return rc;
		else if (rc != RC_OK)
			break; /* it will be said when it is met again */
	}
	*ret_n = done;
	return RC_OK;
}

static uint64_t
json_skipped(const void *p)
{
	const struct json *j = p;

	return j->walk.skipped + j->too_long;
}

const struct parts_kind json_parts = {
	.name = "json",
	.open = json_open,
	.next = json_next,
	.read = json_read_part,
	.skipped = json_skipped,
	.close = json_close,
};
