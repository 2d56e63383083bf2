/* Columns are found by a tree of keys. The keys of one record mostly come in
 * the order of the one before, so that each node remembers what came after it
 * and one comparison finds it again. */
#include "format/json/json_impl.h"

#include <string.h>

enum { ROOT = 0, NUMBER_MAX = 12 };

/** An object or list that is being walked through. */
struct frame {
	uint32_t at;
	uint32_t end;
	uint32_t node;
	uint32_t nth; /* elements met; 0 in an object */
	bool is_list;
};

struct walk {
	struct json_columns *c;
	const struct json_tape *t;
	uint32_t depth;
	struct frame frames[JSON_DEPTH_MAX + 1];
};

enum rc
json_columns_init(struct json_columns *c)
{
	c->names = arena_new(JSON_NAMES_MAX);
	return c->names != NULL ? RC_OK : RC_NOMEM;
}

void
json_columns_free(struct json_columns *c)
{
	arena_free(c->names);
	json_bytes_free(&c->store);
	json_bytes_free(&c->other.bytes);
}

/** Make room for one node more. */
static enum rc
grow(struct json_columns *c)
{
	const size_t size = sizeof(*c->nodes);

	c->store.n = c->nodes_n * size;
	const enum rc rc =
		json_bytes_room(&c->store, (c->nodes_n + (size_t)1) * size,
				JSON_NODES_MAX * size);

	/* Arenas give whole pages. */
	c->nodes = (struct json_node *)(void *)c->store.p;
	return rc;
}

enum rc
json_columns_start(struct json_columns *c, bool fhir)
{
	arena_reset(c->names);
	c->nodes_n = 0;
	const enum rc rc = grow(c);

	if (rc != RC_OK)
		return rc;
	memset(c->buckets, 0xFF, sizeof(c->buckets));
	c->nodes[ROOT] = (struct json_node){
		.parent = JSON_NONE,
		.chain = JSON_NONE,
		.after = JSON_NONE,
		.column = JSON_NONE,
		.name = SPAN_LIT("value"),
	};
	c->nodes_n = 1;
	c->columns_n = 0;
	c->last = ROOT;
	c->row = 0;
	c->learns = true;
	c->fhir = fhir;
	return RC_OK;
}

/** The name of what hangs on ${parent} by ${key}. p NULL: no room. */
static struct span
name_of(struct json_columns *c, uint32_t parent, struct span key)
{
	const struct span up =
		parent == ROOT ? (struct span){0} : c->nodes[parent].name;
	const size_t n = up.n + (up.n > 0) + key.n;
	uint8_t *p = ARENA_ARRAY(c->names, n + 1, uint8_t);

	if (p == NULL)
		return (struct span){0};
	if (up.n > 0) {
		memcpy(p, up.p, up.n);
		p[up.n] = '.';
	}
	if (key.n > 0)
		memcpy(p + n - key.n, key.p, key.n);
	return (struct span){p, n};
}

static uint32_t
add_node(struct json_columns *c, uint32_t parent, struct span key,
	 uint32_t *bucket)
{
	if (!c->learns || key.n > JSON_KEY_MAX || grow(c) != RC_OK)
		return JSON_NONE;
	const struct span name = name_of(c, parent, key);

	if (name.p == NULL)
		return JSON_NONE;
	const uint32_t id = c->nodes_n++;
	struct json_node *node = &c->nodes[id];

	*node = (struct json_node){
		.key = {name.p + name.n - key.n, key.n},
		.name = name,
		.parent = parent,
		.chain = *bucket,
		.after = JSON_NONE,
		.column = JSON_NONE,
	};
	*bucket = id;
	return id;
}

static inline bool
is_node(const struct json_node *n, uint32_t parent, struct span key)
{
	return n->parent == parent && n->key.n == key.n &&
	       memcmp(n->key.p, key.p, key.n) == 0;
}

static uint32_t
search(struct json_columns *c, uint32_t parent, struct span key)
{
	uint32_t *bucket =
		&c->buckets[span_hash(key, parent) % COUNT_OF(c->buckets)];

	for (uint32_t i = *bucket; i != JSON_NONE; i = c->nodes[i].chain)
		if (is_node(&c->nodes[i], parent, key))
			return i;
	return add_node(c, parent, key, bucket);
}

/** The node that hangs on ${parent} by ${key}; JSON_NONE: there is none. */
static inline uint32_t
child(struct json_columns *c, uint32_t parent, struct span key)
{
	const uint32_t guess = c->nodes[c->last].after;

	if (guess != JSON_NONE && is_node(&c->nodes[guess], parent, key)) {
		c->last = guess;
		return guess;
	}
	const uint32_t found = search(c, parent, key);

	if (found != JSON_NONE) {
		c->nodes[c->last].after = found;
		c->last = found;
	}
	return found;
}

/** The node of the ${nth} of those that hang on ${parent}. */
static uint32_t
numbered(struct json_columns *c, uint32_t parent, uint32_t nth)
{
	uint8_t digits[NUMBER_MAX];
	size_t n = 0;

	number_write(nth, sizeof(digits), digits);
	while (n < sizeof(digits) - 1 && digits[n] == '0')
		n++;
	return child(c, parent, (struct span){digits + n, sizeof(digits) - n});
}

/** Keep a value for which there is no column. */
static void
put_other(struct walk *w, uint32_t node, struct span key, uint32_t value)
{
	struct json_out *o = &w->c->other;

	if (o->bytes.n > o->cell)
		json_put_raw(o, SPAN_LIT(" | "));
	if (node != ROOT) {
		json_put_text(o, w->c->nodes[node].name);
		if (key.n > 0)
			json_put_raw(o, SPAN_LIT("."));
	}
	json_put_text(o, key);
	json_put_raw(o, SPAN_LIT("="));
	json_put_value(o, w->t, value, " | ");
}

/** Put a value that has a cell of its own. */
static inline void
put_leaf(struct walk *w, uint32_t id, uint32_t value)
{
	struct json_columns *c = w->c;
	struct json_node *node = &c->nodes[id];

	if (node->column == JSON_NONE && c->learns &&
	    c->columns_n < JSON_COLUMNS_MAX) {
		node->column = c->columns_n++;
		c->column_node[node->column] = id;
	}
	if (node->column == JSON_NONE || node->row == c->row) {
		put_other(w, id, (struct span){0}, value);
		return;
	}
	node->row = c->row;
	node->token = value;
}

/** What stands in an object like {"$oid": ...} or {"S": ...}. */
static uint32_t
unwrap(const struct json_tape *t, uint32_t i)
{
	while (t->t[i].kind == JSON_OBJECT && t->t[i].next > i + 1 &&
	       t->t[i + 2].next == t->t[i].next &&
	       json_is_type(json_text(t, i + 1)))
		i += 2;
	return i;
}

/** A node under ${parent} for an object that is called by what it holds. */
static uint32_t
chosen(struct json_columns *c, uint32_t parent, struct span name)
{
	const uint32_t first = child(c, parent, name);
	uint32_t node = first;

	for (uint32_t n = 2; node != JSON_NONE; n++) {
		if (c->nodes[node].taken != c->row)
			break;
		node = n <= JSON_SPREAD_MAX ? numbered(c, first, n) : JSON_NONE;
	}
	if (node != JSON_NONE) {
		c->nodes[node].taken = c->row;
		c->nodes[node].chosen = true;
	}
	return node;
}

static void
enter(struct walk *w, uint32_t node, uint32_t i)
{
	w->frames[w->depth++] = (struct frame){
		.at = i + 1,
		.end = w->t->t[i].next,
		.node = node,
		.is_list = w->t->t[i].kind == JSON_ARRAY,
	};
}

/** Is member ${key} of the record only a wrapping around what it is about?
 * Elasticsearch, DynamoDB, and the entries of a Bundle have one. */
static bool
is_wrapping(const struct json_columns *c, struct span key)
{
	return span_is(key, "_source") || span_is(key, "Item") ||
	       (c->fhir && span_is(key, "resource"));
}

/** Put the value of member ${key} under ${parent}. */
static void
put_member(struct walk *w, uint32_t parent, struct span key, uint32_t value)
{
	struct json_columns *c = w->c;
	const struct json_tape *t = w->t;
	const uint32_t i = json_holds(t, value) ? unwrap(t, value) : value;
	const bool holds = json_holds(t, i) && !json_is_flat(t, i);
	uint32_t node;

	/* The name of the table, or of the column, says it. */
	if (c->fhir && parent == ROOT && span_is(key, "resourceType"))
		return;
	if (c->nodes[parent].chosen && json_fhir_drops(key))
		return;
	if (holds && parent == ROOT && is_wrapping(c, key)) {
		enter(w, ROOT, i);
		return;
	}
	struct span name = {0};

	if (c->fhir && holds && t->t[i].kind == JSON_OBJECT)
		name = json_fhir_place(t, key, i);
	node = name.n > 0 ? chosen(c, parent, name) : child(c, parent, key);
	if (node == JSON_NONE)
		put_other(w, parent, key, i);
	else if (holds)
		enter(w, node, i);
	else if (t->t[i].kind != JSON_ARRAY || t->t[i].next > i + 1)
		put_leaf(w, node, i);
}

/** Put an element of a list. The first is called as the list is. */
static void
put_element(struct walk *w, struct frame *f, uint32_t value)
{
	struct json_columns *c = w->c;
	const struct json_tape *t = w->t;
	const uint32_t i = unwrap(t, value);
	uint32_t node = f->node;
	struct span name = {0};

	f->nth++;
	if (c->fhir && t->t[i].kind == JSON_OBJECT)
		name = json_fhir_place(t, c->nodes[f->node].key, i);
	if (name.n > 0)
		node = chosen(c, c->nodes[f->node].parent, name);
	else if (f->node == ROOT)
		node = numbered(c, ROOT, f->nth);
	else if (f->nth > 1)
		node = f->nth <= JSON_SPREAD_MAX ? numbered(c, f->node, f->nth)
						 : JSON_NONE;
	if (node == JSON_NONE)
		put_other(w, f->node, (struct span){0}, i);
	else if (json_holds(t, i) && !json_is_flat(t, i))
		enter(w, node, i);
	else
		put_leaf(w, node, i);
}

/** Find the cells of a record: in nodes, and what has none in "other". */
static void
spread(struct json_columns *c, const struct json_tape *t, enum json_unit unit)
{
	const uint32_t root = unit == JSON_MEMBER ? 1 : 0;
	struct walk w; /* its frames are written before they are read */

	w.c = c;
	w.t = t;
	w.depth = 0;
	c->row++;
	c->last = ROOT;
	c->other.bytes.n = 0;
	c->other.failed = false;
	json_cell_begin(&c->other);
	if (unit == JSON_MEMBER)
		put_member(&w, ROOT, SPAN_LIT("_key"), 0);
	if (!json_holds(t, root))
		put_leaf(&w, ROOT, root);
	else
		enter(&w, ROOT, root);
	while (w.depth > 0) {
		struct frame *f = &w.frames[w.depth - 1];

		if (f->at >= f->end) {
			w.depth--;
			continue;
		}
		const uint32_t i = f->is_list ? f->at : f->at + 1;
		const struct span key = json_text(t, f->at);

		f->at = t->t[i].next;
		if (f->is_list)
			put_element(&w, f, i);
		else
			put_member(&w, f->node, key, i);
	}
	json_cell_end(&c->other);
}

void
json_columns_learn(struct json_columns *c, const struct json_tape *t,
		   enum json_unit unit)
{
	spread(c, t, unit);
}

void
json_columns_header(struct json_columns *c, struct json_out *o)
{
	c->learns = false;
	for (uint32_t i = 0; i < c->columns_n; i++) {
		const struct span path = c->nodes[c->column_node[i]].name;

		json_cell_begin(o);
		json_put_text(o, c->fhir ? json_fhir_header(path) : path);
		json_cell_end(o);
		json_put_byte(o, ',');
	}
	json_put_raw(o, SPAN_LIT("other"));
	json_put_byte(o, '\n');
}

/** Does a list's cell read on as one name, or are its values apart? */
static const char *
between(const struct json_columns *c)
{
	return c->fhir ? " " : " | ";
}

void
json_columns_row(struct json_columns *c, const struct json_tape *t,
		 enum json_unit unit, struct json_out *o)
{
	spread(c, t, unit);
	/* An empty line would not be seen as a row. */
	if (c->columns_n == 0 && c->other.bytes.n == 0)
		return;
	for (uint32_t i = 0; i < c->columns_n; i++) {
		const struct json_node *node = &c->nodes[c->column_node[i]];

		if (node->row == c->row) {
			json_cell_begin(o);
			json_put_value(o, t, node->token, between(c));
			json_cell_end(o);
		}
		json_put_byte(o, ',');
	}
	json_put_cell(o, &c->other);
	json_put_byte(o, '\n');
}
