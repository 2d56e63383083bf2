#include "format/json/json_impl.h"

#include <string.h>

enum {
	WINDOW_MAX = JSON_RECORD_MAX + JSON_READ_BYTES,
	RESYNC_KEEP = 64, /* bytes kept of what a search has passed */
};

static struct span
ahead(const struct json_walk *w)
{
	return (struct span){w->window.p + w->from, w->window.n - w->from};
}

/** Read on. What is ahead stays, but in another place. */
static enum rc
refill(struct json_walk *w)
{
	const size_t rest = w->window.n - w->from;
	/* Twice as much as before, so that a long record is not read again
	 * for every piece that comes. */
	size_t want = rest < JSON_READ_BYTES ? JSON_READ_BYTES : rest;
	const bool first = w->at == 0;
	size_t got = 0;
	enum rc rc;

	if (want > WINDOW_MAX - rest)
		want = WINDOW_MAX - rest;
	if (want > w->in->size - w->at)
		want = (size_t)(w->in->size - w->at);
	if (rest > 0)
		memmove(w->window.p, w->window.p + w->from, rest);
	w->window.n = rest;
	w->from = 0;
	/* One more, so that there is memory even for an empty document. */
	if ((rc = json_bytes_room(&w->window, rest + want + 1,
				  WINDOW_MAX + 1)) != RC_OK)
		return rc;
	rc = w->in->read(w->in->arg, w->at, w->window.p + rest, want, &got);
	if (rc != RC_OK)
		return rc;
	w->at += got;
	w->window.n += got;
	w->ended = got < want || w->at >= w->in->size;
	if (first && got >= 3 && memcmp(w->window.p, "\xEF\xBB\xBF", 3) == 0)
		w->from = 3;
	return RC_OK;
}

static enum json_place
place(const struct json_walk *w)
{
	return w->depth == 0 ? JSON_AT_TOP
			     : (enum json_place)w->levels[w->depth - 1].place;
}

static enum json_unit
unit(const struct json_walk *w)
{
	const enum json_place at = place(w);

	return at == JSON_IN_MAP || at == JSON_IN_FRAME ? JSON_MEMBER
							: JSON_VALUE;
}

/** Add the key of a member to the path. */
static void
path_add(struct json_walk *w, struct span key)
{
	const size_t dot = w->path_n > 0 ? 1 : 0;

	if (key.n > JSON_KEY_MAX || key.n + dot > sizeof(w->path) - w->path_n)
		return;
	if (dot > 0)
		w->path[w->path_n++] = '.';
	memcpy(w->path + w->path_n, key.p, key.n);
	w->path_n += key.n;
}

/** Keep a member that belongs to no table: it is part of what is around. */
static void
rest_add(struct json_walk *w, struct span member)
{
	struct json_level *top = &w->levels[w->depth - 1];

	/* Before it a brace or comma, and in the end a brace. */
	if (json_bytes_room(&w->rest, w->rest.n + member.n + 2,
			    JSON_REST_MAX) != RC_OK) {
		w->skipped++;
		return;
	}
	w->rest.p[w->rest.n] = w->rest.n == top->rest_at ? '{' : ',';
	w->rest.n++;
	memcpy(w->rest.p + w->rest.n, member.p, member.n);
	w->rest.n += member.n;
}

static void
pop(struct json_walk *w)
{
	const struct json_level *top = &w->levels[--w->depth];

	w->path_n = top->path_n;
	w->rest.n = top->rest_at;
}

/** An export of phpMyAdmin says {"type":"table","name":..., before "data". */
static struct span
table_name(struct json_walk *w, struct json_tape *t, struct span key)
{
	const struct json_level *top = &w->levels[w->depth - 1];
	const size_t rest_n = w->rest.n - top->rest_at;
	size_t n;

	if (!span_is(key, "data") || top->place != JSON_IN_FRAME || rest_n == 0)
		return key;
	const struct span s = {w->rest.p + top->rest_at, rest_n};

	/* It has no end yet. */
	(void)json_read(t, s, JSON_VALUE, true, &n);
	const uint32_t type = json_get(t, 0, "type");
	const uint32_t name = json_get(t, 0, "name");

	if (type == JSON_NONE || !span_is(json_text(t, type), "table") ||
	    name == JSON_NONE || t->t[name].kind != JSON_STRING)
		return key;
	return json_text(t, name);
}

/** Where a search for the end of a value is. */
struct search {
	uint64_t open; /* brackets */
	uint8_t quote; /* of the string that it is in; 0: in none */
	bool escape;   /* after a backslash */
};

/** Step over byte ${b}; false: it does not belong to the value. */
static inline bool
step_over(struct search *s, uint8_t b, bool at_top)
{
	if (s->escape) {
		s->escape = false;
	} else if (s->quote != 0) {
		s->escape = b == '\\';
		s->quote = b == s->quote ? 0 : s->quote;
	} else if (b == '"' || b == '\'') {
		s->quote = b;
	} else if (b == '{' || b == '[') {
		s->open++;
	} else if (s->open > 0) {
		s->open -= b == '}' || b == ']';
	} else {
		return !byte_in(b, ",]}") && !(at_top && b == '\n');
	}
	return true;
}

/** Step over one value, however long, to the comma or bracket behind it. */
static enum rc
discard(struct json_walk *w)
{
	struct search search = {0};

	for (;;) {
		for (; w->from < w->window.n; w->from++)
			if (!step_over(&search, w->window.p[w->from],
				       w->depth == 0))
				return RC_OK;
		if (w->ended)
			return RC_OK;
		const enum rc rc = refill(w);

		if (rc != RC_OK)
			return rc;
	}
}

/** Open value ${root} of ${t}, to look at what is in it. */
static enum rc
push(struct json_walk *w, struct json_tape *t, uint32_t root,
     enum json_shape shape)
{
	if (w->depth == JSON_LEVELS_MAX) {
		w->skipped++;
		return discard(w);
	}
	const bool is_object = t->t[root].kind == JSON_OBJECT;
	const struct json_level level = {
		.place = shape == JSON_IS_LIST  ? JSON_IN_LIST
			 : shape == JSON_IS_MAP ? JSON_IN_MAP
						: JSON_IN_FRAME,
		.closes = is_object ? '}' : ']',
		.path_n = (uint16_t)w->path_n,
		.rest_at = (uint32_t)w->rest.n,
	};

	w->from += t->t[root].at + 1;
	/* The keys of a map are data. */
	if (place(w) == JSON_IN_FRAME)
		path_add(w, table_name(w, t, json_text(t, 0)));
	w->values += w->depth == 0;
	w->levels[w->depth++] = level;
	return RC_OK;
}

/** Does the value of ${n} bytes stand alone in the document? RC_MORE: that
 * needs more of it. */
static enum rc
stands_alone(const struct json_walk *w, size_t n, bool *ret_alone)
{
	const struct span s = ahead(w);

	*ret_alone = false;
	if (w->depth > 0 || w->values > 0)
		return RC_OK;
	if (json_skip_blanks(s, n) < s.n)
		return RC_OK;
	if (!w->ended && s.n < WINDOW_MAX)
		return RC_MORE;
	*ret_alone = w->ended;
	return RC_OK;
}

/** Use the value or member of ${n} bytes. RC_MORE: it is no record, go on. */
static enum rc
use(struct json_walk *w, struct json_tape *t, size_t n, struct json_record *ret)
{
	const enum json_unit u = unit(w);
	const uint32_t root = u == JSON_MEMBER ? 1 : 0;
	bool alone;

	if (stands_alone(w, n, &alone) == RC_MORE) {
		const enum rc rc = refill(w);

		return rc == RC_OK ? RC_MORE : rc;
	}
	const enum json_shape shape =
		json_shape(t, root, alone ? JSON_ALONE : place(w), true);

	switch (shape) {
	case JSON_IS_RECORD:
		break;
	case JSON_IS_REST:
		rest_add(w, (struct span){w->window.p + w->from, n});
		w->from += n;
		return RC_MORE;
	case JSON_IS_LIST:
	case JSON_IS_MAP:
	case JSON_IS_FRAME:
	default: {
		const enum rc rc = push(w, t, root, shape);

		return rc == RC_OK ? RC_MORE : rc;
	}
	}
	/* It says nothing. */
	if (json_holds(t, root) && t->n == root + 1) {
		w->from += n;
		return RC_MORE;
	}
	/* Between records, a word is but dirt. */
	if (t->t[root].kind == JSON_WORD && w->depth == 0) {
		w->skipped++;
		w->from += n;
		return RC_MORE;
	}
	*ret = (struct json_record){
		.name = {w->path, w->path_n},
		.bytes = {w->window.p + w->from, n},
		.unit = u,
	};
	w->step = n;
	return RC_OK;
}

/** Use what does not fit in the window, or has too much in it. */
static enum rc
use_long(struct json_walk *w, struct json_tape *t)
{
	const uint32_t root = unit(w) == JSON_MEMBER ? 1 : 0;
	enum rc rc;

	if (t->n > root && json_holds(t, root)) {
		rc = push(w, t, root, json_shape(t, root, place(w), false));
	} else {
		w->skipped++;
		rc = discard(w);
	}
	return rc == RC_OK ? RC_MORE : rc;
}

/** The document ends too early: something is missing, who knows how much. */
static void
say_cut(struct json_walk *w)
{
	w->skipped += !w->cut;
	w->cut = true;
}

/** Use what the end of the document cuts off. */
static enum rc
use_cut(struct json_walk *w, struct json_tape *t, struct json_record *ret)
{
	const uint32_t root = unit(w) == JSON_MEMBER ? 1 : 0;

	say_cut(w);
	if (t->n > root + 1)
		return use(w, t, w->window.n - w->from, ret);
	w->from = w->window.n;
	return RC_MORE;
}

/** Is value ${root}, which is malformed somewhere, one of records most of which
 * may be good? Objects that begin lines say that it is a line itself. */
static enum json_shape
broken_shape(const struct json_walk *w, const struct json_tape *t,
	     uint32_t root)
{
	const struct span s = ahead(w);
	const bool alone = w->depth == 0 && w->values == 0 &&
			   memmem(s.p, s.n, "\n{", 2) == NULL;

	if (t->n <= root + 1 || !json_holds(t, root))
		return JSON_IS_RECORD;
	return json_shape(t, root, alone ? JSON_ALONE : place(w), true);
}

/** Could a record start at ${i}? It begins a line, or, past ${bad}, follows
 * another. */
static bool
may_start(struct span s, size_t i, size_t bad)
{
	size_t k = i;

	while (k > 0 && byte_in(s.p[k - 1], " \t"))
		k--;
	if (k == 0)
		return false;
	if (byte_in(s.p[k - 1], "\r\n"))
		return true;
	if (i < bad || s.p[k - 1] != ',')
		return false;
	for (k--; k > 0 && byte_in(s.p[k - 1], " \t\r\n");)
		k--;
	return k > 0 && s.p[k - 1] == '}';
}

/** Could what level ${u} is made of start at ${i}? */
static bool
may_go_on(struct span s, size_t i, size_t bad, enum json_unit u)
{
	if (u == JSON_VALUE)
		return s.p[i] == '{' && may_start(s, i, bad);
	return s.p[i] == '{' ? s.p[i - 1] == '\n'
			     : s.p[i] == '"' && may_start(s, i, bad);
}

/** Go on at byte ${i} ahead. */
static enum rc
go_on(struct json_walk *w, size_t i)
{
	w->from += i;
	/* Among members, an object that begins a line is of another. */
	if (w->window.p[w->from] == '{' && unit(w) == JSON_MEMBER)
		while (w->depth > 0)
			pop(w);
	return RC_MORE;
}

/** Go from a malformed record, wrong at byte ${bad} ahead, to the next. */
static enum rc
resync(struct json_walk *w, size_t bad)
{
	w->skipped++;
	for (size_t i = 1;;) {
		const struct span s = ahead(w);

		for (; i < s.n; i++)
			if (may_go_on(s, i, bad, unit(w)))
				return go_on(w, i);
		if (w->ended) {
			w->from = w->window.n;
			return RC_MORE;
		}
		const size_t keep = s.n < RESYNC_KEEP ? s.n : RESYNC_KEEP;

		w->from = w->window.n - keep;
		bad = bad > s.n - keep ? bad - (s.n - keep) : 0;
		i = keep;
		const enum rc rc = refill(w);

		if (rc != RC_OK)
			return rc;
	}
}

/** Use what is wrong at byte ${bad} ahead. */
static enum rc
use_broken(struct json_walk *w, struct json_tape *t, size_t bad)
{
	const uint32_t root = unit(w) == JSON_MEMBER ? 1 : 0;
	const enum json_shape shape = broken_shape(w, t, root);

	if (shape == JSON_IS_RECORD || shape == JSON_IS_REST)
		return resync(w, bad);
	const enum rc rc = push(w, t, root, shape);

	return rc == RC_OK ? RC_MORE : rc;
}

/** Take the value or member ahead. RC_MORE: it was no record, go on. */
static enum rc
take(struct json_walk *w, struct json_tape *t, struct json_record *ret)
{
	const struct span s = ahead(w);
	size_t n;
	enum rc rc = json_read(t, s, unit(w), w->ended, &n);

	if (rc == RC_OK)
		return use(w, t, n, ret);
	if (rc == RC_FORMAT)
		return use_broken(w, t, n);
	if (rc == RC_LIMIT)
		return use_long(w, t);
	if (rc != RC_MORE)
		return rc;
	if (w->ended)
		return use_cut(w, t, ret);
	if (s.n >= JSON_RECORD_MAX)
		return use_long(w, t);
	rc = refill(w);
	return rc == RC_OK ? RC_MORE : rc;
}

/** End the innermost level. If members are left that belong to no table, they
 * are a record, in ${t}; RC_MORE: they are not. */
static enum rc
end_level(struct json_walk *w, struct json_tape *t, struct json_record *ret,
	  size_t step)
{
	const struct json_level *top = &w->levels[w->depth - 1];
	const size_t n = w->rest.n - top->rest_at;
	size_t used;

	if (n == 0) {
		pop(w);
		w->from += step;
		return RC_MORE;
	}
	w->rest.p[w->rest.n] = '}';
	*ret = (struct json_record){
		.name = {w->path, w->path_n},
		.bytes = {w->rest.p + top->rest_at, n + 1},
		.unit = JSON_VALUE,
	};
	w->step = step;
	w->pops = true;
	if (json_read(t, ret->bytes, JSON_VALUE, true, &used) == RC_OK)
		return RC_OK;
	w->skipped++;
	w->pops = false;
	w->step = 0;
	pop(w);
	w->from += step;
	return RC_MORE;
}

/** A closing bracket is ahead. */
static enum rc
take_bracket(struct json_walk *w, struct json_tape *t, struct json_record *ret)
{
	if (w->depth > 0 &&
	    w->window.p[w->from] == w->levels[w->depth - 1].closes)
		return end_level(w, t, ret, 1);
	w->skipped++;
	w->from++;
	return RC_MORE;
}

/** Nothing is ahead in the window. */
static enum rc
take_end(struct json_walk *w, struct json_tape *t, struct json_record *ret)
{
	if (!w->ended) {
		const enum rc rc = refill(w);

		return rc == RC_OK ? RC_MORE : rc;
	}
	if (w->depth == 0)
		return RC_END;
	say_cut(w);
	return end_level(w, t, ret, 0);
}

enum rc
json_walk_begins(struct json_walk *w)
{
	const enum rc rc = refill(w);

	if (rc != RC_OK)
		return rc;
	const size_t at = json_skip_blanks(ahead(w), 0);

	return at < ahead(w).n && byte_in(ahead(w).p[at], "{[\"") ? RC_OK
								  : RC_FORMAT;
}

void
json_walk_again(struct json_walk *w)
{
	w->step = 0;
	w->pops = false;
}

enum rc
json_walk_next(struct json_walk *w, struct json_tape *t,
	       struct json_record *ret)
{
	enum rc rc = RC_MORE;

	w->values += w->depth == 0 && w->step > 0;
	if (w->pops)
		pop(w);
	w->from += w->step;
	json_walk_again(w);
	while (rc == RC_MORE) {
		const size_t blanks = json_skip_blanks(ahead(w), 0);

		w->from += blanks;
		if (w->from == w->window.n)
			rc = take_end(w, t, ret);
		else if (byte_in(w->window.p[w->from], "]}"))
			rc = take_bracket(w, t, ret);
		else
			rc = take(w, t, ret);
	}
	return rc;
}
