/* What is a record? An element of a list, or a value at the top, unless it is
 * itself but a wrapping around a list: a page of results, a Bundle, an export
 * of several tables. A person with a list of visits must stay one record, so
 * that only a value that stands alone, or whose list has the name of one that
 * wraps, is opened. */
#include "format/json/json_impl.h"

enum {
	MAP_LOOK = 16,   /* members looked at */
	MAP_LEAST = 3,   /* members of a map */
	LIST_LONG = 512, /* values of a list that is worth a table */
};

/* Keys under which interfaces and exports put their lists. */
static const char *const wraps[] = {
	"data",    "results",   "result",  "items",   "records", "rows",
	"hits",    "documents", "docs",    "entries", "list",    "content",
	"objects", "elements",  "members", "users",   "values",  "value",
};

static bool
is_wrap(struct span key)
{
	for (size_t i = 0; i < COUNT_OF(wraps); i++)
		if (span_is(key, wraps[i]))
			return true;
	return false;
}

/** Does the list start with an object or list, or is it long? */
static bool
is_list(const struct json_tape *t, uint32_t i)
{
	if (t->t[i].kind != JSON_ARRAY || t->t[i].next == i + 1)
		return false;
	return json_holds(t, i + 1) || t->t[i].next - i > LIST_LONG;
}

static uint32_t
find(const struct json_tape *t, uint32_t object, struct span key)
{
	const uint32_t end = t->t[object].next;

	for (uint32_t i = object + 1; i + 1 < end; i = t->t[i + 1].next)
		if (span_equal(json_text(t, i), key))
			return i + 1;
	return JSON_NONE;
}

bool
json_is_type(struct span key)
{
	static const char *const types[] = {"S",    "N",  "B",  "BOOL",
					    "NULL", "SS", "NS", "L"};

	if (key.n > 0 && key.p[0] == '$')
		return true;
	if (key.n > 4)
		return false;
	for (size_t k = 0; k < COUNT_OF(types); k++)
		if (span_is(key, types[k]))
			return true;
	return false;
}

/** Are all members objects, most with the first key of the first? */
static bool
is_map(const struct json_tape *t, uint32_t i)
{
	const uint32_t end = t->t[i].next;
	uint32_t members = 0;
	uint32_t alike = 0;
	struct span key = {0};

	if (t->t[i].kind != JSON_OBJECT)
		return false;
	for (uint32_t k = i + 1; k + 1 < end && members < MAP_LOOK;
	     k = t->t[k + 1].next, members++) {
		const uint32_t v = k + 1;

		if (t->t[v].kind != JSON_OBJECT)
			return false;
		if (t->t[v].next == v + 1)
			continue;
		if (key.n == 0)
			key = json_text(t, v + 1);
		if (json_is_type(key))
			return false;
		alike += find(t, v, key) != JSON_NONE;
	}
	return members >= MAP_LEAST && alike * 4 >= members * 3;
}

/** The key of the longest list or map that objects lead to from ${i} on.
 * JSON_NONE: there is none. */
static uint32_t
longest_list(const struct json_tape *t, uint32_t i)
{
	const uint32_t end = t->t[i].next;
	uint32_t best = JSON_NONE;

	/* Outside lists, keys and values take turns, however deep. */
	for (uint32_t k = i + 1; k + 1 < end;) {
		const uint32_t v = k + 1;
		const bool found = is_list(t, v) || is_map(t, v);

		if (found &&
		    (best == JSON_NONE || t->t[v].n > t->t[best + 1].n))
			best = k;
		k = t->t[v].kind == JSON_OBJECT && !found ? v + 1
							  : t->t[v].next;
	}
	return best;
}

static enum json_shape
array_shape(const struct json_tape *t, uint32_t i, enum json_place place,
	    bool is_whole)
{
	if (!is_whole || is_list(t, i))
		return JSON_IS_LIST;
	switch (place) {
	case JSON_IN_FRAME:
		return JSON_IS_REST;
	case JSON_ALONE:
		return JSON_IS_LIST;
	case JSON_AT_TOP:
	case JSON_IN_LIST:
	case JSON_IN_MAP:
	default:
		return JSON_IS_RECORD;
	}
}

/** Exports of phpMyAdmin have tables beside each other, large and small. */
static bool
is_table(const struct json_tape *t, uint32_t i)
{
	const uint32_t type = json_get(t, i, "type");

	return type != JSON_NONE && span_is(json_text(t, type), "table") &&
	       json_get(t, i, "data") != JSON_NONE;
}

/** The shape of a whole object that is no FHIR resource. */
static enum json_shape
object_shape(const struct json_tape *t, uint32_t i, enum json_place place)
{
	/* Nearly every record goes this way. */
	if (!t->deep && place != JSON_ALONE && place != JSON_IN_FRAME)
		return JSON_IS_RECORD;
	if ((place == JSON_ALONE || place == JSON_IN_FRAME) && is_map(t, i))
		return JSON_IS_MAP;
	const uint32_t key = longest_list(t, i);

	if (key == JSON_NONE)
		return place == JSON_IN_FRAME ? JSON_IS_REST : JSON_IS_RECORD;
	if (place == JSON_IN_FRAME)
		return JSON_IS_FRAME;
	const bool wrapped = is_wrap(json_text(t, key));
	const bool mostly = t->t[key + 1].n > t->t[i].n / 2;

	if (place == JSON_ALONE ? wrapped || mostly : wrapped && mostly)
		return JSON_IS_FRAME;
	return wrapped && is_table(t, i) ? JSON_IS_FRAME : JSON_IS_RECORD;
}

/** Is the resource of record ${i} one that holds others? */
static bool
is_bundle(const struct json_tape *t, uint32_t i, uint32_t type)
{
	if (!span_is(json_text(t, type), "Bundle"))
		return false;
	const uint32_t resource = json_get(t, i, "resource");

	return json_get(t, i, "entry") != JSON_NONE ||
	       (resource != JSON_NONE &&
		json_get(t, resource, "entry") != JSON_NONE);
}

enum json_shape
json_shape(const struct json_tape *t, uint32_t i, enum json_place place,
	   bool is_whole)
{
	switch ((enum json_kind)t->t[i].kind) {
	case JSON_ARRAY:
		return array_shape(t, i, place, is_whole);
	case JSON_OBJECT:
		break;
	case JSON_STRING:
	case JSON_WORD:
	default:
		return place == JSON_IN_FRAME || place == JSON_IN_MAP
			       ? JSON_IS_REST
			       : JSON_IS_RECORD;
	}
	if (!is_whole)
		return is_map(t, i) ? JSON_IS_MAP : JSON_IS_FRAME;
	const uint32_t type = json_fhir_type(t, i);

	if (type == JSON_NONE)
		return object_shape(t, i, place);
	return is_bundle(t, i, type) ? JSON_IS_FRAME : JSON_IS_RECORD;
}
