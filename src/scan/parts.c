/* Archives, and whatever else holds other files: taken apart by a worker of
 * their own in the jail (unpack/), which writes one member after another to a
 * pipe. The parent reads a member as it reads any stream.
 *
 * What stands in the result, and in which order, must not depend on who is
 * quicker: a member is begun when the one before it is understood, and if that
 * one holds members itself, when these are done. */
#include "base/io.h"
#include "scan/scan_impl.h"
#include "unpack/unpack.h"

#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <unistd.h>

enum {
	POLL_MS = 100,            /* until an interrupt is looked for */
	READY_MS = 60 * 1000,     /* for the worker to be in its jail */
	NEXT_SECONDS = 300,       /* to find a member */
	GIVE_SECONDS = 24 * 3600, /* of processor time, to give it */
	MEMORY = 1 << 30,         /* of the worker; dictionaries are large */
	SPOOL_SHARE = 4, /* of memory, for a stream that must be sought in */
	PATH_MAX_BYTES = 4096, /* of a member, with what it lies in */
	SPOOL_BYTES = 1 << 20,
};

/** What is taken apart. */
struct parts {
	struct unpack_whole whole;
	struct worker *worker; /* NULL: not begun, or ended */
	int spool;             /* memory file of a stream; -1: its own */
	unsigned depth;
	bool giving;             /* a member is being written */
	bool ended;              /* no member follows */
	struct document *member; /* the last one, while it is open */
	size_t given;            /* its index in the result */
	size_t open;             /* members that are */
	uint64_t count;
	uint64_t bytes; /* of the outermost: all that lay in it */
};

static struct scan_document *
result_of(const struct scanner *s, size_t index)
{
	return &s->result->documents[index];
}

static struct document *
outermost(struct document *d)
{
	while (d->whole != NULL)
		d = d->whole;
	return d;
}

static enum wire_reason
reason_of(enum rc rc)
{
	switch (rc) {
	case RC_DENIED:
		return WIRE_WHY_ENCRYPTED;
	case RC_LIMIT:
	case RC_NOMEM:
		return WIRE_WHY_CEILING;
	case RC_IO:
		return WIRE_WHY_IO;
	case RC_DIED:
		return WIRE_WHY_DIED;
	case RC_MORE:
		return WIRE_WHY_TIMEOUT;
	case RC_UNSUPPORTED:
		return WIRE_WHY_BINARY;
	case RC_OK:
	case RC_END:
	case RC_FORMAT:
	case RC_INTERNAL:
		break;
	}
	return WIRE_WHY_DAMAGED;
}

/* Wait for the answer to the job of the worker. RC_MORE: it takes too long;
 * RC_END: the scan is interrupted. */
static enum rc
wait_answer(const struct scanner *s, struct worker *w, int seconds,
	    struct worker_msg *ret, enum rc *ret_job)
{
	for (int left = seconds * 1000; left > 0; left -= POLL_MS) {
		struct pollfd ready = {.fd = worker_fd(w), .events = POLLIN};
		const enum rc rc = worker_receive(w, ret, ret_job);

		if (rc != RC_MORE)
			return rc == RC_END ? RC_DIED : rc;
		if (s->o->stop != NULL && *s->o->stop != 0)
			return RC_END;
		(void)poll(&ready, 1, POLL_MS);
	}
	return RC_MORE;
}

static enum rc
start_worker(const struct scanner *s, struct parts *p)
{
	const struct worker_spec spec = {
		.name = "tocsin-unpack",
		.prepare = unpack_prepare,
		.handle = unpack_handle,
		.arg = &p->whole,
		.limits = {.memory_bytes = MEMORY, .cpu_seconds = GIVE_SECONDS},
		.jailed = !s->o->no_sandbox,
	};
	uint32_t missing;
	enum rc rc = worker_start(&spec, &p->worker);

	if (rc == RC_OK)
		rc = worker_ready(p->worker, READY_MS, &missing);
	return rc;
}

bool
parts_are_in(const struct wire_plan *plan)
{
	size_t n;
	const struct sniff_kind *kinds = sniff_kinds(&n);

	return plan->kind < n && unpack_kind(&kinds[plan->kind]) != NULL;
}

/* Put ${n} bytes at the end of the spool, as long as there is room. */
static enum rc
spool_room(const struct scanner *s, uint64_t have, uint64_t n)
{
	return have + n > s->memory_bytes / SPOOL_SHARE ? RC_LIMIT : RC_OK;
}

/* What was read of the stream already: the first part of it. */
static enum rc
spool_first(const struct scanner *s, struct document *d, int spool)
{
	off_t from = 0;
	const enum rc rc = spool_room(s, 0, d->size);

	while (rc == RC_OK && (uint64_t)from < d->size)
		if (sendfile(spool, d->ranges[0].part, &from,
			     (size_t)(d->size - (uint64_t)from)) <= 0)
			return RC_IO;
	return rc;
}

/* An archive in a stream is kept in memory, for most must be sought in. */
static enum rc
spool(struct scanner *s, struct document *d, int to)
{
	enum rc rc = spool_first(s, d, to);

	while (rc == RC_OK && !d->ended) {
		const uint64_t at = d->size;

		d->tail_n = 0;
		d->tail_at = at;
		rc = stream_fill(s, d, at + SPOOL_BYTES);
		if (rc == RC_OK)
			rc = spool_room(s, at, d->tail_n);
		if (rc == RC_OK)
			rc = io_write_at(to, d->tail, d->tail_n, at);
	}
	return rc;
}

enum rc
parts_begin(struct scanner *s, struct document *d)
{
	struct scan_document *doc = result_of(s, d->index);
	size_t n;
	struct parts *p = calloc(1, sizeof(*p));
	enum rc rc = RC_OK;

	if (p == NULL)
		return RC_NOMEM;
	d->parts = p;
	d->state = DOCUMENT_PARTS;
	p->spool = -1;
	p->depth = d->whole == NULL ? 1 : d->whole->parts->depth + 1;
	if (p->depth > UNPACK_DEPTH_MAX) {
		rc = RC_LIMIT;
	} else if (d->stream) {
		p->spool = memory_file("spool");
		rc = p->spool < 0 ? RC_IO : spool(s, d, p->spool);
	}
	p->whole.kind = unpack_kind(&sniff_kinds(&n)[doc->plan.kind]);
	p->whole.size = d->size;
	if (rc == RC_END)
		return rc;
	doc->opened = rc == RC_OK;
	if (rc != RC_OK) {
		/* It was not looked into at all. */
		p->ended = true;
		document_unread(s, d, reason_of(rc));
	}
	return RC_OK;
}

/* May ${n} more bytes come out of what ${d} lies in? */
bool
parts_allow(struct document *d, uint64_t n)
{
	if (d->whole == NULL)
		return true;
	struct parts *p = outermost(d)->parts;
	p->bytes += n;
	return p->bytes < UNPACK_FREE_BYTES ||
	       (p->bytes - UNPACK_FREE_BYTES) / UNPACK_RATIO_MAX <
		       p->whole.size;
}

/* It looked like something that holds others, and is not; but it is text. */
static enum rc
read_as_text(struct scanner *s, struct document *d)
{
	struct parts *p = d->parts;
	const int fd = p->spool;
	enum rc rc = RC_OK;

	p->spool = -1;
	result_of(s, d->index)->opened = false;
	if (fd >= 0)
		rc = document_from_memory(s, d, fd);
	return rc == RC_OK ? document_ranges(s, d) : rc;
}

/* No member follows, because of ${rc}. */
static enum rc
end(struct scanner *s, struct document *d, enum rc rc)
{
	struct parts *p = d->parts;
	const bool text = result_of(s, d->index)->plan.format != WIRE_UNREAD;

	worker_free(p->worker);
	p->worker = NULL;
	p->ended = true;
	if (p->count == 0 && text && (rc == RC_END || rc == RC_FORMAT))
		return read_as_text(s, d);
	if (rc == RC_END)
		return RC_OK;
	result_of(s, d->index)->opened = p->count > 0;
	if (p->count == 0)
		document_unread(s, d, reason_of(rc));
	else
		gather_fault(s, d->index, reason_of(rc));
	return RC_OK;
}

/* Of "a/b.csv.gz", which is no archive: "b.csv". */
static struct span
name_within(struct span path)
{
	static const char *const ends[] = {"gz",  "bz2", "xz", "lzma", "lz",
					   "zst", "lz4", "Z",  "rpm"};
	size_t from = path.n;
	size_t dot = path.n;

	while (from > 0 && path.p[from - 1] != '/')
		from--;
	while (dot > from && path.p[dot - 1] != '.')
		dot--;
	for (size_t i = 0; i < COUNT_OF(ends) && dot > from + 1; i++)
		if (span_is((struct span){path.p + dot, path.n - dot}, ends[i]))
			return (struct span){path.p + from, dot - 1 - from};
	return span_str("data");
}

/* "leak.zip!/folder/file.csv", or "dump.sql!/table 2" for the ${number}th. */
static void
write_path(char out[static PATH_MAX_BYTES], struct span whole,
	   const struct unpack_part *part, uint64_t number)
{
	struct span name = {(const uint8_t *)part->name, part->name_n};
	char table[32];
	const size_t room = PATH_MAX_BYTES - PARTS_NAME_MAX - 3;
	size_t n = whole.n < room ? whole.n : room;

	(void)snprintf(table, sizeof(table), "table %" PRIu64, number);
	if (part->is == PART_TABLE)
		name = span_str(table);
	else if (name.n == 0)
		name = name_within(whole);
	if (name.n > PARTS_NAME_MAX)
		name.n = PARTS_NAME_MAX;
	memcpy(out, whole.p, n);
	out[n++] = '!';
	out[n++] = '/';
	memcpy(out + n, name.p, name.n);
	out[n + name.n] = '\0';
}

/* Have the worker write the member to a pipe, and read it as a stream. */
static enum rc
begin_member(struct scanner *s, struct document *d, const char *path,
	     const struct unpack_part *part)
{
	const struct worker_msg job = {.type = UNPACK_GIVE};
	struct parts *p = d->parts;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return RC_IO;
	(void)fcntl(ends[0], F_SETPIPE_SZ, SPOOL_BYTES);
	const int fds[] = {p->spool >= 0 ? p->spool : d->fd, ends[1]};
	enum rc rc = worker_send(p->worker, &job, fds, 2);
	(void)close(ends[1]);
	if (rc != RC_OK) {
		(void)close(ends[0]);
		return RC_DIED;
	}
	p->giving = true;
	p->given = s->result->n_documents;
	rc = document_add(s,
			  &(struct walk_entry){.path = path,
					       .fd = ends[0],
					       .stream = true,
					       .size = WALK_SIZE_UNKNOWN},
			  d, part->is == PART_TABLE, &p->member);
	p->open += p->member != NULL;
	return rc;
}

/* Records of the whole that were none are told of it. */
static void
skipped(struct scanner *s, const struct document *d, uint64_t n)
{
	struct scan_document *doc = result_of(s, d->index);

	if (n > doc->malformed)
		gather_fault(s, d->index, WIRE_WHY_MALFORMED);
	doc->malformed = n;
}

static enum rc
take_member(struct scanner *s, struct document *d,
	    const struct unpack_part *part)
{
	char path[PATH_MAX_BYTES];
	const char *whole = result_of(s, d->index)->path;

	if (++d->parts->count > UNPACK_PARTS_MAX)
		return end(s, d, RC_LIMIT);
	skipped(s, d, part->skipped);
	write_path(path, span_str(whole), part, d->parts->count);
	if (part->locked == 0) {
		const enum rc rc = begin_member(s, d, path, part);

		return rc == RC_DIED ? end(s, d, rc) : rc;
	}
	size_t index;
	const enum rc rc = gather_document(s, path, &index);
	if (rc != RC_OK)
		return rc;
	gather_unread(s, index, WIRE_WHY_ENCRYPTED);
	struct scan_document *doc = result_of(s, index);
	doc->whole = (uint32_t)d->index + 1;
	doc->bytes = part->bytes == PARTS_SIZE_UNKNOWN ? 0 : part->bytes;
	return RC_OK;
}

/* Ask for the next member. */
static enum rc
ask(struct scanner *s, struct document *d)
{
	struct worker_msg msg = {.type = UNPACK_NEXT};
	struct parts *p = d->parts;
	struct unpack_part part;
	const int fd = p->spool >= 0 ? p->spool : d->fd;
	enum rc job = RC_OK;
	enum rc rc = p->worker == NULL ? start_worker(s, p) : RC_OK;

	if (rc == RC_OK)
		rc = worker_send(p->worker, &msg, &fd, 1);
	if (rc == RC_OK)
		rc = wait_answer(s, p->worker, NEXT_SECONDS, &msg, &job);
	if (rc == RC_END)
		return rc; /* interrupted */
	if (rc == RC_OK)
		rc = job;
	if (rc == RC_OK)
		rc = unpack_part_load(&msg, &part);
	if (rc == RC_OK)
		return take_member(s, d, &part);
	return end(s, d, rc);
}

/* The member is read to its end, or nobody wants more of it: was it whole? */
static enum rc
take_end(struct scanner *s, struct document *d)
{
	struct parts *p = d->parts;
	struct worker_msg msg;
	enum rc job = RC_OK;
	const enum rc rc = wait_answer(s, p->worker, NEXT_SECONDS, &msg, &job);

	if (rc == RC_END)
		return rc;
	p->giving = false;
	if (rc != RC_OK || job != RC_OK) {
		gather_fault(s, p->given, reason_of(rc != RC_OK ? rc : job));
		/* What came of it is not what lies there. */
		result_of(s, p->given)->sha256[0] = '\0';
		if (p->member != NULL)
			p->member->cut = true;
	}
	return rc == RC_OK ? RC_OK : end(s, d, rc);
}

/* Is the last member still on its way, or not understood yet? */
static bool
is_waiting(const struct scanner *s, const struct parts *p)
{
	const struct document *m = p->member;

	if (s->o->findings != NULL)
		return p->open > 0; /* they are listed in order */
	return m != NULL && (m->state != DOCUMENT_RANGES || !m->ended);
}

enum rc
parts_step(struct scanner *s, struct document *d)
{
	struct parts *p = d->parts;
	enum rc rc = RC_OK;

	if (is_waiting(s, p))
		return RC_END;
	if (p->giving)
		rc = take_end(s, d);
	if (rc != RC_OK)
		return rc;
	if (!p->ended)
		return p->open <= 2 * s->n_slots ? ask(s, d) : RC_END;
	if (p->open > 0)
		return RC_END;
	d->state = DOCUMENT_DONE;
	return RC_OK;
}

void
parts_closed(struct document *member)
{
	struct parts *p = member->whole->parts;

	p->open--;
	if (p->member == member)
		p->member = NULL;
}

void
parts_stuck(const struct document *member)
{
	worker_kill(member->whole->parts->worker);
}

void
parts_free(struct parts *p)
{
	if (p == NULL)
		return;
	worker_free(p->worker);
	if (p->spool >= 0)
		(void)close(p->spool);
	free(p);
}
