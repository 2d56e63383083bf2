#include "format/sql/sql.h"

#include "format/sql/sql_impl.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LOOK_MAX = 64 << 10 }; /* bytes that tell the dialect */

/* What the reader works in: one piece, which the system gives page by page. */
struct sql_memory {
	uint8_t window[SQL_WINDOW + SQL_PAD];
	uint8_t raw[SQL_RAW];
	uint8_t out[SQL_OUT + SQL_PAD];
	uint8_t scratch[SQL_SCRATCH];
	uint8_t names[SQL_HEAD + SQL_SCRATCH];
	uint8_t head[SQL_HEAD];
	uint8_t part[SQL_HEAD];
	uint8_t lead[SQL_HEAD_MAX];
	struct sql_table tables[SQL_TABLES_MAX];
};

/* Wipes what a script of ${read} bytes can have left in a buffer: a byte of it
 * becomes six at most. Pages that were never touched stay so. */
static void
wipe(uint8_t *p, size_t size, uint64_t read)
{
	enum { GROWTH = 8, MORE = 4096 };

	explicit_bzero(p, read < (size - MORE) / GROWTH
				  ? (size_t)read * GROWTH + MORE
				  : size);
}

static void
sql_close(void *p)
{
	struct sql *q = p;

	if (q == NULL)
		return;
	struct sql_memory *m = q->memory;
	if (m != NULL) {
		wipe(m->window, sizeof(m->window), q->in.next);
		wipe(m->raw, sizeof(m->raw), q->in.next);
		wipe(m->out, sizeof(m->out), q->in.next);
		wipe(m->scratch, sizeof(m->scratch), q->in.next);
		wipe(m->lead, sizeof(m->lead), q->in.next);
		(void)munmap(m, sizeof(*m));
	}
	arena_free(q->tables.arena);
	free(q);
}

static bool
allocate(struct sql *q)
{
	/* Not an arena, which would touch all of it at its end: most scripts
	 * are much smaller than what a long one needs. */
	struct sql_memory *m =
		mmap(NULL, sizeof(*m), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (m == MAP_FAILED)
		return false;
	q->memory = m;
	q->tables.arena = arena_new(SQL_TABLES_BYTES);
	if (q->tables.arena == NULL)
		return false;
	q->in.buf = m->window;
	q->in.raw = m->raw;
	q->out.p = m->out;
	q->out.scratch = m->scratch;
	q->names.p = m->names;
	q->names.scratch = m->scratch;
	q->head.line = m->head;
	q->part.line = m->part;
	q->lead = m->lead;
	q->tables.all = m->tables;
	return true;
}

static bool
holds(struct span s, const char *text)
{
	return memmem(s.p, s.n, text, strlen(text)) != NULL;
}

/* Does the script write backslashes as MySQL does? */
static bool
is_mysql(struct span s)
{
	static const char *const signs[] = {
		"-- MySQL dump", "-- MariaDB dump", "phpMyAdmin", "/*!4",
		"/*!5",          " ENGINE=",        "INTO `",     "TABLE `",
		"EXISTS `",
	};
	static const char *const others[] = {
		"PostgreSQL database",
		"PRAGMA foreign_keys",
		"[dbo].",
		"SET DEFINE OFF",
	};

	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (holds(s, others[i]))
			return false;
	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if (holds(s, signs[i]))
			return true;
	/* A quote behind a backslash that nothing ends was escaped. */
	const uint8_t *end = s.p + s.n;
	for (const uint8_t *p = s.p; end - p > 2; p += 2) {
		p = memmem(p, (size_t)(end - p), "\\'", 2);
		if (p == NULL || end - p < 3)
			return false;
		if (is_alnum(p[2]))
			return true;
	}
	return false;
}

static enum rc
sql_open(const struct parts_input *in, void **ret)
{
	struct sql *q = calloc(1, sizeof(*q));

	if (q == NULL)
		return RC_NOMEM;
	if (!allocate(q)) {
		sql_close(q);
		return RC_NOMEM;
	}
	q->in.in = in;
	q->delimiter[0] = ';';
	q->delimiter_n = 1;
	sql_source_begin(&q->in);
	(void)sql_has(&q->in, LOOK_MAX);
	if (q->in.rc != RC_OK) {
		const enum rc rc = q->in.rc;

		sql_close(q);
		return rc;
	}
	const size_t n = q->in.end - q->in.at;
	q->default_backslash = is_mysql((struct span){
		q->in.buf + q->in.at, n < LOOK_MAX ? n : LOOK_MAX});
	*ret = q;
	return RC_OK;
}

/* Reads on by a row, or by something that is none. Returns false at the end. */
static bool
step(struct sql *q)
{
	if (q->state == SQL_STATEMENT && sql_peek(&q->in) < 0)
		return false;
	if (q->state == SQL_TUPLES)
		sql_tuple(q);
	else if (q->state == SQL_COPY)
		sql_copy_row(q);
	else
		sql_statement(q);
	return true;
}

/* Makes rows of the part, after all that were made have been given. */
static void
fill(struct sql *q)
{
	q->out.n = 0;
	q->given = 0;
	while (!q->is_pending && q->out.n < SQL_OUT_FILL && step(q))
		;
}

/* Where the rows of the part end, of those that were made. */
static size_t
rows_end(const struct sql *q)
{
	return q->is_pending ? q->row : q->out.n;
}

static enum rc
sql_next(void *p, struct part *ret)
{
	struct sql *q = p;

	while (!q->is_pending) {
		fill(q);
		if (!q->is_pending && q->out.n == 0)
			return q->in.rc == RC_OK ? RC_END : q->in.rc;
	}
	/* The row that is not of the last part begins this one. */
	q->out.n -= q->row;
	memmove(q->out.p, q->out.p + q->row, q->out.n);
	q->given = 0;
	uint8_t *line = q->part.line;
	q->part = q->head;
	q->part.line = line;
	memcpy(line, q->head.line, q->head.line_n);
	q->line_given = 0;
	q->has_part = true;
	q->is_same = true;
	q->is_pending = false;
	*ret = (struct part){
		.name = {q->part.name, q->part.name_n},
		.bytes = PARTS_SIZE_UNKNOWN,
		.is = PART_TABLE,
	};
	return RC_OK;
}

/* Copies from ${p}, from ${given} on, what there is room for. */
static size_t
give(const uint8_t *p, size_t *given, size_t end, uint8_t *to, size_t room)
{
	const size_t left = end - *given;
	const size_t n = left < room ? left : room;

	memcpy(to, p + *given, n);
	*given += n;
	return n;
}

static enum rc
sql_read(void *p, uint8_t *to, size_t n, size_t *ret_n)
{
	struct sql *q = p;

	if (!q->has_part) {
		*ret_n = 0;
		return RC_OK;
	}
	size_t got = give(q->part.line, &q->line_given, q->part.line_n, to, n);
	while (got < n) {
		if (q->given == rows_end(q)) {
			if (q->is_pending)
				break;
			fill(q);
		}
		if (q->given == rows_end(q))
			break;
		got += give(q->out.p, &q->given, rows_end(q), to + got,
			    n - got);
	}
	*ret_n = got;
	return got == 0 ? q->in.rc : RC_OK;
}

static uint64_t
sql_skipped(const void *p)
{
	const struct sql *q = p;

	return q->skipped;
}

const struct parts_kind sql_parts = {
	.name = "sql",
	.open = sql_open,
	.next = sql_next,
	.read = sql_read,
	.skipped = sql_skipped,
	.close = sql_close,
};
