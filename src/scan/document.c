/* One document, step by step: understood by one worker, read in ranges by
 * many, and added up in the order of its bytes.
 *
 * A range that is not the first starts in the middle of a record, perhaps
 * inside quotes. Its worker guesses where the first record begins. The guess
 * is checked against where the range before it really ended, and if it was
 * wrong the range is read again from the right place. So what a document holds
 * never depends on how it was cut, or by how many workers it was read. */
#include "scan/scan_impl.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int
memory_file(const char *name)
{
	return memfd_create(name, MFD_CLOEXEC);
}

static enum wire_reason
reason_of_walk(enum walk_reason r)
{
	switch (r) {
	case WALK_READ:
		return WIRE_WHY_NONE;
	case WALK_DUPLICATE:
		return WIRE_WHY_DUPLICATE;
	case WALK_SYMLINK:
		return WIRE_WHY_LINK;
	case WALK_DANGLING:
	case WALK_GONE:
	case WALK_CHANGED:
		return WIRE_WHY_GONE;
	case WALK_FIFO:
	case WALK_SOCKET:
	case WALK_DEVICE:
	case WALK_KERNEL:
		return WIRE_WHY_SPECIAL;
	case WALK_DENIED:
		return WIRE_WHY_DENIED;
	case WALK_LOOP:
	case WALK_TOO_DEEP:
		return WIRE_WHY_LOOP;
	case WALK_TOO_MANY:
		return WIRE_WHY_CEILING;
	case WALK_IO:
	case WALK_REASONS:
		break;
	}
	return WIRE_WHY_IO;
}

static struct scan_document *
result_of(const struct scanner *s, const struct document *d)
{
	return &s->result->documents[d->index];
}

static bool
add_range(struct document *d)
{
	if (d->n_ranges == d->room) {
		const size_t room = d->room == 0 ? 4 : 2 * d->room;
		struct range *p = realloc(d->ranges, room * sizeof(*p));

		if (p == NULL)
			return false;
		d->ranges = p;
		d->room = room;
	}
	d->ranges[d->n_ranges++] = (struct range){.part = -1};
	return true;
}

static void
append(struct scanner *s, struct document *d)
{
	struct document **at = &s->documents;

	while (*at != NULL)
		at = &(*at)->next;
	*at = d;
	s->n_open++;
}

static bool
prepare(struct scanner *s, struct document *d, const struct walk_entry *entry)
{
	d->plan_fd = memory_file("plan");
	if (d->plan_fd < 0)
		return false;
	if (entry->stream) {
		d->sha = sha256_new();
		return d->sha != NULL;
	}
	d->size = entry->size;
	d->ended = true;
	s->bytes_known += d->size;
	const uint64_t n = (d->size + s->range_bytes - 1) / s->range_bytes;
	for (uint64_t i = 0; i < n || i == 0; i++)
		if (!add_range(d))
			return false;
	return true;
}

enum rc
document_add(struct scanner *s, const struct walk_entry *entry,
	     struct document *whole, bool table, struct document **ret)
{
	size_t index;
	enum rc rc = gather_document(s, entry->path, &index);
	struct document *d = rc == RC_OK ? calloc(1, sizeof(*d)) : NULL;

	*ret = NULL;
	if (d == NULL) {
		(void)close(entry->fd);
		return RC_NOMEM;
	}
	d->index = index;
	d->fd = entry->fd;
	d->stream = entry->stream;
	d->whole = whole;
	d->table = table;
	d->plan_fd = -1;
	if (whole != NULL)
		s->result->documents[index].whole = (uint32_t)whole->index + 1;
	if (!prepare(s, d, entry)) {
		document_close(s, d);
		return RC_NOMEM;
	}
	append(s, d);
	*ret = d;
	rc = keep_document(s, d);
	return rc == RC_OK ? keep_replay(s, d) : rc;
}

enum rc
document_open(struct scanner *s, const struct walk_entry *entry)
{
	struct document *d;
	size_t index = s->result->n_documents;
	enum rc rc = entry->reason == WALK_READ
			     ? document_add(s, entry, NULL, false, &d)
			     : gather_document(s, entry->path, &index);

	if (rc != RC_OK)
		return rc;
	struct scan_document *doc = &s->result->documents[index];
	if (entry->size != WALK_SIZE_UNKNOWN && entry->reason != WALK_DUPLICATE)
		doc->bytes = entry->size;
	if (entry->reason != WALK_READ)
		gather_unread(s, index, reason_of_walk(entry->reason));
	return RC_OK;
}

static struct slot *
free_slot(struct scanner *s)
{
	for (size_t i = 0; i < s->n_slots; i++)
		if (!s->slots[i].used)
			return &s->slots[i];
	return NULL;
}

/* Where range ${i} ends. */
static uint64_t
range_end(const struct scanner *s, const struct document *d, size_t i)
{
	const uint64_t end = (i + 1) * (uint64_t)s->range_bytes;

	return d->ended && end > d->size ? d->size : end;
}

static struct wire_range
order(const struct scanner *s, const struct document *d, size_t i)
{
	const struct range *r = &d->ranges[i];
	const bool part = r->part >= 0;

	return (struct wire_range){
		.begin = i * (uint64_t)s->range_bytes,
		.end = range_end(s, d, i),
		.start = r->start,
		.size = part ? r->part_end : d->size,
		.file_at = part ? r->part_at : 0,
		.exact = r->exact,
		.last = part ? r->part_last : 1,
		.findings = s->o->findings != NULL,
		.mentions = s->o->people,
		.sealed = r->sealed,
		.threshold = s->o->threshold,
		.table = d->table,
	};
}

static enum rc
submit(struct scanner *s, struct document *d, uint32_t job, size_t i)
{
	struct slot *slot = free_slot(s);

	d->ranges[i].sealed = vault_seals(s);
	const struct wire_range body = order(s, d, i);
	struct worker_msg msg = {.type = job, .n = sizeof(body)};
	const int fd = d->ranges[i].part >= 0 ? d->ranges[i].part : d->fd;

	if (slot == NULL)
		return RC_MORE;
	if (ftruncate(slot->out, 0) != 0 || ftruncate(slot->mentions, 0) != 0)
		return RC_IO;
	memcpy(msg.body, &body, sizeof(body));
	const int probe[] = {fd, d->plan_fd};
	const int read[] = {fd, d->plan_fd, slot->out, slot->mentions};
	const enum rc rc = crew_submit(s->crew, (uint64_t)(slot - s->slots),
				       &msg, job == WIRE_PROBE ? probe : read,
				       job == WIRE_PROBE ? 2 : 4);
	if (rc != RC_OK)
		return rc;
	slot->used = true;
	slot->d = d;
	slot->job = job;
	slot->range = i;
	return RC_OK;
}

/* Are all ranges known? The end of a stream is met while its last ranges but
 * one are fetched, for a range is fetched with what follows it. */
static bool
is_whole(const struct scanner *s, const struct document *d)
{
	return d->ended && d->n_ranges * (uint64_t)s->range_bytes >= d->size;
}

/* The next range that nobody has, fetching its bytes if it is of a stream. */
static enum rc
next_range(struct scanner *s, struct document *d, size_t *ret_i)
{
	const size_t end = d->settled + RANGES_AHEAD * s->n_slots;

	for (size_t i = d->settled; i < end; i++) {
		if (i == d->n_ranges) {
			if (is_whole(s, d))
				return RC_END;
			if (!add_range(d))
				return RC_NOMEM;
		}
		struct range *r = &d->ranges[i];
		if (r->state != RANGE_IDLE)
			continue;
		if (d->stream && r->part < 0) {
			const enum rc rc = stream_range(s, d, i);
			if (rc != RC_OK)
				return rc;
		}
		*ret_i = i;
		return RC_OK;
	}
	return RC_END;
}

static enum rc
probe(struct scanner *s, struct document *d)
{
	if (d->stream && d->n_ranges == 0) {
		if (!add_range(d))
			return RC_NOMEM;
		const enum rc rc = stream_range(s, d, 0);
		if (rc != RC_OK)
			return rc;
	}
	const enum rc rc = submit(s, d, WIRE_PROBE, 0);
	if (rc == RC_OK)
		d->state = DOCUMENT_PROBING;
	return rc;
}

enum rc
document_step(struct scanner *s, struct document *d)
{
	size_t i;

	if (d->state == DOCUMENT_NEW)
		return probe(s, d);
	if (d->state == DOCUMENT_PARTS)
		return parts_step(s, d);
	if (d->state != DOCUMENT_RANGES)
		return RC_END;
	enum rc rc = next_range(s, d, &i);
	if (rc != RC_OK)
		return rc;
	rc = submit(s, d, WIRE_RANGE, i);
	if (rc == RC_OK)
		d->ranges[i].state = RANGE_READING;
	return rc;
}

static enum wire_reason
reason_of_job(const struct scanner *s, enum rc rc)
{
	switch (rc) {
	case RC_DIED:
		return crew_end(s->crew).late ? WIRE_WHY_TIMEOUT
					      : WIRE_WHY_DIED;
	case RC_IO:
		return WIRE_WHY_IO;
	case RC_NOMEM:
	case RC_LIMIT:
		return WIRE_WHY_CEILING;
	case RC_OK:
	case RC_END:
	case RC_MORE:
	case RC_FORMAT:
	case RC_UNSUPPORTED:
	case RC_DENIED:
	case RC_INTERNAL:
		break;
	}
	return WIRE_WHY_DIED;
}

void
document_unread(const struct scanner *s, struct document *d,
		enum wire_reason reason)
{
	gather_unread(s, d->index, reason);
	d->state = DOCUMENT_DONE;
}

enum rc
document_ranges(struct scanner *s, struct document *d)
{
	struct scan_document *doc = result_of(s, d);

	doc->columns = calloc(doc->plan.cols + 1, sizeof(*doc->columns));
	if (doc->columns == NULL)
		return RC_NOMEM;
	d->expect = doc->plan.data_at;
	d->expect_known = true;
	d->ranges[0].exact = true;
	d->ranges[0].start = d->expect;
	d->state = doc->plan.format == WIRE_EMPTY || s->o->probe_only
			   ? DOCUMENT_DONE
			   : DOCUMENT_RANGES;
	return RC_OK;
}

enum rc
document_plan(struct scanner *s, struct document *d)
{
	struct scan_document *doc = result_of(s, d);
	const enum rc rc = wire_plan_load(d->plan_fd, &doc->plan, &doc->types);

	if (rc == RC_NOMEM)
		return rc;
	if (rc != RC_OK) {
		document_unread(s, d, WIRE_WHY_DIED);
		return RC_OK;
	}
	if (parts_are_in(&doc->plan)) {
		const enum rc kept = keep_plan(s, d);

		return kept == RC_OK ? parts_begin(s, d) : kept;
	}
	if (doc->plan.format == WIRE_UNREAD) {
		document_unread(s, d, (enum wire_reason)doc->plan.reason);
		return keep_plan(s, d);
	}
	const enum rc ready = document_ranges(s, d);
	return ready == RC_OK ? keep_plan(s, d) : ready;
}

/* A stream that was kept in memory, after all, to be taken apart: now it is
 * read from there. */
enum rc
document_from_memory(struct scanner *s, struct document *d, int fd)
{
	(void)close(d->fd);
	d->fd = fd;
	d->stream = false;
	for (size_t i = 0; i < d->n_ranges; i++) {
		if (d->ranges[i].part >= 0)
			(void)close(d->ranges[i].part);
		d->ranges[i].part = -1;
	}
	while (d->n_ranges * (uint64_t)s->range_bytes < d->size)
		if (!add_range(d))
			return RC_NOMEM;
	return RC_OK;
}

static enum rc
answer_probe(struct scanner *s, struct document *d, enum rc job_rc)
{
	if (job_rc == RC_OK)
		return document_plan(s, d);
	document_unread(s, d, reason_of_job(s, job_rc));
	return RC_OK;
}

static void
drop_report(struct scanner *s, struct range *r)
{
	vault_drop(s, r);
	wire_report_free(&r->report);
}

static void
finish_range(struct scanner *s, struct document *d, struct range *r)
{
	wire_report_free(&r->report);
	if (r->part >= 0)
		(void)close(r->part);
	r->part = -1;
	r->state = RANGE_SETTLED;
	s->bytes_done += s->range_bytes;
	d->settled++;
	if (d->settled == d->n_ranges && is_whole(s, d))
		d->state = DOCUMENT_DONE;
}

enum rc
document_settle(struct scanner *s, struct document *d, struct range *r,
		enum range_end_kind how, enum wire_reason reason)
{
	enum rc rc = RC_OK;

	if (how != RANGE_COUNTED)
		drop_report(s, r);
	else
		rc = vault_keep(s, r);
	if (rc == RC_OK)
		rc = keep_range(s, d, r, how, reason);
	if (rc != RC_OK)
		return rc;
	if (how == RANGE_COUNTED) {
		d->expect = r->report.head->next;
		d->expect_known = true;
		rc = gather_range(s, d, r);
	} else if (how == RANGE_LOST) {
		/* The next one starts with its guess. */
		gather_fault(s, d->index, reason);
		d->expect_known = false;
	}
	if (rc == RC_OK)
		finish_range(s, d, r);
	return rc;
}

/* Read a range again from where the one before it ended. */
static void
read_again(struct scanner *s, const struct document *d, struct range *r)
{
	drop_report(s, r);
	r->state = RANGE_IDLE;
	r->exact = true;
	r->start = d->expect;
}

/* Settle the first unsettled range, which has been read. RC_MORE: it must be
 * read again first. */
static enum rc
settle_range(struct scanner *s, struct document *d, struct range *r)
{
	if (r->failed)
		return document_settle(s, d, r, RANGE_LOST,
				       (enum wire_reason)r->start);
	/* No record starts in it: one from before runs through it. The first
	 * range counts all the same, for what stands above the table. */
	if (d->expect_known && d->settled > 0 &&
	    d->expect >= range_end(s, d, d->settled))
		return document_settle(s, d, r, RANGE_SKIPPED, WIRE_WHY_NONE);
	if (d->expect_known && r->report.head->first != d->expect) {
		if (r->exact)
			return document_settle(s, d, r, RANGE_LOST,
					       WIRE_WHY_DIED);
		read_again(s, d, r);
		return RC_MORE;
	}
	return document_settle(s, d, r, RANGE_COUNTED, WIRE_WHY_NONE);
}

/* Count the ranges that are read, in order, as long as each starts where the
 * one before it ended. */
static enum rc
settle(struct scanner *s, struct document *d)
{
	enum rc rc = RC_OK;

	while (rc == RC_OK && d->settled < d->n_ranges &&
	       d->ranges[d->settled].state == RANGE_READY)
		rc = settle_range(s, d, &d->ranges[d->settled]);
	return rc == RC_MORE ? RC_OK : rc;
}

static enum rc
answer_range(struct scanner *s, struct slot *slot, enum rc job_rc)
{
	struct document *d = slot->d;
	struct range *r = &d->ranges[slot->range];
	const uint32_t cols = result_of(s, d)->plan.cols;
	enum rc rc = RC_FORMAT;

	r->state = RANGE_READY;
	if (job_rc == RC_OK)
		rc = wire_report_load(slot->out, cols, &r->report);
	if (rc == RC_NOMEM)
		return rc;
	if (rc == RC_OK)
		rc = vault_take(s, slot->mentions, r);
	if (rc == RC_NOMEM || rc == RC_IO)
		return rc;
	if (rc != RC_OK) {
		r->failed = true;
		r->start = reason_of_job(s, job_rc == RC_OK ? rc : job_rc);
	}
	return settle(s, d);
}

enum rc
document_answer(struct scanner *s, struct slot *slot, enum rc job_rc)
{
	slot->used = false;
	return slot->job == WIRE_PROBE ? answer_probe(s, slot->d, job_rc)
				       : answer_range(s, slot, job_rc);
}

bool
document_is_done(const struct document *d)
{
	return d->state == DOCUMENT_DONE && !d->digesting &&
	       (d->digested || d->sha != NULL);
}

/* What remains to be said of a document when it is closed. */
static void
sum_up(struct scanner *s, struct document *d)
{
	struct scan_document *doc = result_of(s, d);
	struct sha256_digest digest;

	doc->bytes = d->size;
	if (d->state != DOCUMENT_DONE && doc->status != SCAN_UNREAD) {
		gather_fault(s, d->index, WIRE_WHY_STOPPED);
		return;
	}
	const bool lost = doc->reason != WIRE_WHY_NONE &&
			  doc->reason != WIRE_WHY_MALFORMED;
	if (doc->status != SCAN_UNREAD && !lost && !s->o->probe_only)
		doc->bytes_read = d->size;
	if (d->stream && d->ended && !d->cut &&
	    sha256_final(d->sha, &digest) == RC_OK)
		sha256_hex(&digest, doc->sha256);
}

void
document_close(struct scanner *s, struct document *d)
{
	struct document **at = &s->documents;

	while (*at != NULL && *at != d)
		at = &(*at)->next;
	if (*at == d) {
		*at = d->next;
		s->n_open--;
		sum_up(s, d);
		if (d->whole != NULL)
			parts_closed(d);
	}
	for (size_t i = 0; i < d->n_ranges; i++) {
		wire_report_free(&d->ranges[i].report);
		free(d->ranges[i].block);
		if (d->ranges[i].part >= 0)
			(void)close(d->ranges[i].part);
	}
	if (d->plan_fd >= 0)
		(void)close(d->plan_fd);
	(void)close(d->fd);
	parts_free(d->parts);
	sha256_free(d->sha);
	free(d->ranges);
	free(d->tail);
	free(d);
}
