/* A scan in a case: what is settled goes into the journal, and what an earlier
 * run of the same scan had settled is taken from there instead of the input.
 *
 * The journal names documents by what they are (path, file, size, time), so it
 * does not matter if a folder has changed meanwhile: what is the same is taken,
 * the rest is read. Records, in the order of the enum:
 *
 *   BEGIN     struct begin: which scan this is
 *   DOCUMENT  struct case_file, path: the next document, counted from 0
 *   PLAN      number of the document, plan as scan/wire writes it
 *   RANGE     struct settled, report as scan/wire writes it
 *   DIGEST    number of the document, SHA-256 */
#include "base/io.h"
#include "scan/scan_impl.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum record_type {
	RECORD_BEGIN = 1,
	RECORD_DOCUMENT,
	RECORD_PLAN,
	RECORD_RANGE,
	RECORD_DIGEST,
};

enum { KEEP_VERSION = 1 };

struct begin {
	uint32_t version;
	uint32_t scan;
	uint8_t options[SEAL_SUM_BYTES];
};

struct settled {
	uint32_t document;
	uint32_t how;    /* enum range_end_kind */
	uint32_t reason; /* enum wire_reason */
	uint32_t pad;
	uint64_t range;
	uint64_t vault_at, vault_bytes;
};

/** What the journal knows of one document. */
struct past {
	char *path;
	uint64_t hash; /* of path */
	struct case_file file;
	bool planned;
	struct journal_place plan;
	struct journal_place *ranges; /* from the first on */
	size_t n_ranges, room;
	char sha256[SHA256_HEX_SIZE];
	bool taken;
};

static enum rc
blame(struct scanner *s, enum rc rc)
{
	return case_blame(s->o->folder, rc, "journal");
}

void
keep_note(const struct scanner *s, enum scan_note_kind kind, const char *path,
	  uint64_t n)
{
	const struct scan_note note = {kind, path, n};

	if (s->o->note != NULL)
		s->o->note(s->o->note_arg, &note);
}

static enum rc
add(struct scanner *s, enum record_type type, const struct span *parts,
    size_t n)
{
	if (s->keep.journal == NULL)
		return RC_OK;
	return blame(s, journal_add(s->keep.journal, type, parts, n));
}

static struct span
bytes_of(const void *p, size_t n)
{
	return (struct span){p, n};
}

/* All that decides what a scan of the same input gives. */
static enum rc
sum_options(const struct scanner *s, const char *const *paths, size_t n,
	    uint8_t out[static SEAL_SUM_BYTES])
{
	const uint64_t numbers[] = {
		KEEP_VERSION,
		TOKEN_VERSION,
		sizeof(struct wire_answer),
		s->range_bytes,
		s->o->threshold,
		s->o->people,
		s->o->findings != NULL,
		n,
	};
	const char *rules = s->o->rules != NULL ? s->o->rules : "";
	struct seal_key key;
	case_seal_key(s->o->folder, SEAL_NAMES, &key);
	struct seal_sum *sum = seal_sum_new(&key);

	seal_key_wipe(&key);
	if (sum == NULL)
		return RC_NOMEM;
	seal_sum_add(sum, bytes_of(numbers, sizeof(numbers)));
	seal_sum_add(sum, bytes_of(TOCSIN_VERSION, sizeof(TOCSIN_VERSION)));
	seal_sum_add(sum, bytes_of(rules, strlen(rules) + 1));
	for (size_t i = 0; i < n; i++)
		seal_sum_add(sum, bytes_of(paths[i], strlen(paths[i]) + 1));
	seal_sum_end(sum, out);
	seal_sum_free(sum);
	return RC_OK;
}

/* Bytes of the vault that no scan and no record speaks of go. */
static enum rc
cut_vault(struct scanner *s)
{
	struct scan_result *res = s->result;

	if (ftruncate(res->vault_disk, (off_t)res->vault_disk_bytes) == 0)
		return RC_OK;
	return case_blame(s->o->folder, RC_IO, "vault/mentions");
}

/* The journal in the file that is open, under its key. */
static enum rc
open_journal(struct scanner *s)
{
	struct seal_key key;

	case_seal_key(s->o->folder, SEAL_JOURNAL, &key);
	const enum rc rc = journal_open(s->keep.fd, &key, &s->keep.journal);
	seal_key_wipe(&key);
	return rc;
}

/* A new journal. */
static enum rc
begin(struct scanner *s, const struct begin *b)
{
	struct keep *k = &s->keep;
	const struct span part = bytes_of(b, sizeof(*b));

	journal_free(k->journal);
	k->journal = NULL;
	if (k->fd >= 0)
		(void)close(k->fd);
	k->fd = -1;
	enum rc rc = case_journal_open(s->o->folder, true, &k->fd);
	if (rc != RC_OK)
		return rc;
	rc = open_journal(s);
	if (rc == RC_OK)
		rc = journal_cut(k->journal, NULL);
	if (rc != RC_OK)
		return blame(s, rc);
	rc = add(s, RECORD_BEGIN, &part, 1);
	return rc == RC_OK ? cut_vault(s) : rc;
}

static enum rc
load_document(struct keep *k, struct span p)
{
	struct past past = {.path = NULL};

	if (p.n <= sizeof(past.file) || p.p[p.n - 1] != '\0')
		return RC_FORMAT;
	memcpy(&past.file, p.p, sizeof(past.file));
	past.path = strdup((const char *)p.p + sizeof(past.file));
	if (past.path != NULL)
		past.hash = span_hash(span_str(past.path), 0);
	if (past.path == NULL ||
	    !gather_room((void **)&k->past, k->n_past, &k->past_room,
			 sizeof(*k->past))) {
		free(past.path);
		return RC_NOMEM;
	}
	k->past[k->n_past++] = past;
	return RC_OK;
}

/* The document that a record begins with the number of. */
static struct past *
past_of(const struct keep *k, struct span p)
{
	uint32_t number;

	if (p.n < sizeof(number))
		return NULL;
	memcpy(&number, p.p, sizeof(number));
	return number < k->n_past ? &k->past[number] : NULL;
}

/* Is the block of a range in the vault, as it was? A machine that lost its
 * power may have lost it. */
static enum rc
check_block(const struct scanner *s, const struct settled *x)
{
	size_t got;

	if (x->vault_bytes == 0)
		return RC_OK;
	if (x->vault_bytes > CASE_BLOCK_MAX ||
	    x->vault_at != s->result->vault_disk_bytes)
		return RC_FORMAT;
	uint8_t *p = malloc((size_t)x->vault_bytes);
	if (p == NULL)
		return RC_NOMEM;
	enum rc rc = io_read_at(s->result->vault_disk, p,
				(size_t)x->vault_bytes, x->vault_at, &got);
	if (rc == RC_OK && got < x->vault_bytes)
		rc = RC_END;
	if (rc == RC_OK && seal_open(&s->setup.vault_key, bytes_of(NULL, 0),
				     bytes_of(p, got), NULL) != RC_OK)
		rc = RC_END;
	free(p);
	return rc;
}

static enum rc
load_range(struct scanner *s, const struct journal_record *r)
{
	struct keep *k = &s->keep;
	struct past *p = past_of(k, r->payload);
	struct settled x;

	if (p == NULL || r->payload.n < sizeof(x))
		return RC_FORMAT;
	memcpy(&x, r->payload.p, sizeof(x));
	if (x.range != p->n_ranges)
		return RC_FORMAT;
	const enum rc rc = check_block(s, &x);
	if (rc != RC_OK)
		return rc;
	if (!gather_room((void **)&p->ranges, p->n_ranges, &p->room,
			 sizeof(*p->ranges)) ||
	    !gather_room((void **)&k->blocks, k->n_blocks, &k->blocks_room,
			 sizeof(*k->blocks)))
		return RC_NOMEM;
	p->ranges[p->n_ranges++] = r->place;
	if (x.vault_bytes > 0) {
		k->blocks[k->n_blocks++] = (struct keep_block){
			x.vault_at, x.vault_bytes, x.document};
		s->result->vault_disk_bytes += x.vault_bytes;
	}
	k->ranges++;
	return RC_OK;
}

static enum rc
load_record(struct scanner *s, const struct journal_record *r)
{
	struct keep *k = &s->keep;
	struct past *p;

	switch ((enum record_type)r->type) {
	case RECORD_DOCUMENT:
		return load_document(k, r->payload);
	case RECORD_RANGE:
		return load_range(s, r);
	case RECORD_PLAN:
		p = past_of(k, r->payload);
		if (p == NULL)
			return RC_FORMAT;
		p->plan = r->place;
		p->planned = true;
		return RC_OK;
	case RECORD_DIGEST:
		p = past_of(k, r->payload);
		if (p == NULL ||
		    r->payload.n != sizeof(uint32_t) + SHA256_HEX_SIZE ||
		    r->payload.p[r->payload.n - 1] != '\0')
			return RC_FORMAT;
		memcpy(p->sha256, r->payload.p + sizeof(uint32_t),
		       SHA256_HEX_SIZE);
		return RC_OK;
	case RECORD_BEGIN:
		break;
	}
	return RC_FORMAT;
}

/* Read all of the journal, up to what is torn. */
static enum rc
load(struct scanner *s)
{
	struct keep *k = &s->keep;
	struct journal_record r;
	enum rc rc = RC_OK;

	while (rc == RC_OK) {
		rc = journal_next(k->journal, &r);
		if (rc != RC_OK)
			break;
		rc = load_record(s, &r);
		if (rc != RC_END)
			continue;
		/* Its block was lost: what follows cannot be believed. */
		rc = journal_cut(k->journal, &r.place);
		if (rc == RC_OK)
			rc = RC_END;
	}
	if (rc != RC_END)
		return blame(s, rc);
	rc = blame(s, journal_cut(k->journal, NULL));
	if (rc != RC_OK || k->committed)
		return rc;
	keep_note(s, SCAN_NOTE_RESUMED, NULL, k->ranges);
	return cut_vault(s);
}

static void
forget_past(struct keep *k)
{
	for (size_t i = 0; i < k->n_past; i++) {
		free(k->past[i].path);
		free(k->past[i].ranges);
	}
	free(k->past);
	free(k->blocks);
	k->past = NULL;
	k->blocks = NULL;
	k->n_past = k->past_room = k->n_blocks = k->blocks_room = 0;
	k->ranges = 0;
}

/* Open the journal there is and see whether it is of this scan. RC_END: it is
 * not, or there is none. */
static enum rc
find_journal(struct scanner *s, const struct begin *want)
{
	struct keep *k = &s->keep;
	struct journal_record r;
	struct begin is;
	enum rc rc = case_journal_open(s->o->folder, false, &k->fd);

	if (rc != RC_OK)
		return rc;
	rc = open_journal(s);
	if (rc == RC_OK)
		rc = journal_next(k->journal, &r);
	if (rc != RC_OK)
		return rc == RC_END ? rc : blame(s, rc);
	if (r.type != RECORD_BEGIN || r.payload.n != sizeof(is))
		return blame(s, RC_FORMAT);
	memcpy(&is, r.payload.p, sizeof(is));
	const bool same =
		is.version == want->version &&
		memcmp(is.options, want->options, sizeof(is.options)) == 0;
	/* Killed after it was put into the case, before it was told. */
	k->committed = same && is.scan + 1 == want->scan;
	if (same && (k->committed || is.scan == want->scan))
		return RC_OK;
	if (is.scan == want->scan)
		keep_note(s, SCAN_NOTE_OPTIONS, NULL, 0);
	return RC_END;
}

/* Take the journal of a scan that the case has. Its part of the vault is not
 * touched: RC_END if the journal has not all of it. */
static enum rc
load_committed(struct scanner *s, const struct case_numbers *n)
{
	s->keep.number = n->scans;
	s->result->vault_disk_bytes = n->last_begins;
	const enum rc rc = load(s);
	if (rc != RC_OK || s->result->vault_disk_bytes == n->vault_bytes)
		return rc;
	forget_past(&s->keep);
	s->keep.number = n->scans + 1;
	s->keep.committed = false;
	s->result->vault_disk_bytes = n->vault_bytes;
	return RC_END;
}

enum rc
keep_start(struct scanner *s, const char *const *paths, size_t n)
{
	struct scan_result *res = s->result;
	struct case_numbers numbers;
	struct seal_key tokens;
	struct begin want = {.version = KEEP_VERSION};

	if (s->o->folder == NULL)
		return RC_OK;
	case_seal_key(s->o->folder, SEAL_TOKENS, &tokens);
	memcpy(s->setup.key.b, tokens.b, sizeof(tokens.b));
	seal_key_wipe(&tokens);
	case_seal_key(s->o->folder, SEAL_VAULT, &s->setup.vault_key);
	res->vault_disk = fcntl(case_vault(s->o->folder), F_DUPFD_CLOEXEC, 0);
	if (res->vault_disk < 0)
		return case_blame(s->o->folder, RC_IO, "vault/mentions");
	case_numbers(s->o->folder, &numbers);
	res->vault_disk_bytes = numbers.vault_bytes;
	s->keep.number = want.scan = numbers.scans + 1;
	enum rc rc = sum_options(s, paths, n, want.options);
	if (rc == RC_OK)
		rc = find_journal(s, &want);
	if (rc == RC_OK)
		rc = s->keep.committed ? load_committed(s, &numbers) : load(s);
	if (rc == RC_END)
		rc = begin(s, &want);
	res->number = s->keep.number;
	res->committed = s->keep.committed;
	return rc;
}

static bool
same_file(const struct case_file *a, const struct case_file *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* What the journal has of the document ${path}; the last, if it was read more
 * than once. */
static struct past *
find(struct scanner *s, const char *path, const struct case_file *file)
{
	struct keep *k = &s->keep;
	const uint64_t hash = span_hash(span_str(path), 0);
	bool changed = false;

	/* Documents come in the order in which they came before, so the one
	 * that is looked for is nearly always the next. */
	for (size_t i = 0; i < k->n_past; i++) {
		struct past *p = &k->past[(k->next + i) % k->n_past];

		if (p->hash != hash || p->taken || strcmp(p->path, path) != 0)
			continue;
		if (same_file(&p->file, file)) {
			k->next = (k->next + i + 1) % k->n_past;
			return p;
		}
		changed = true;
	}
	if (changed)
		keep_note(s, SCAN_NOTE_CHANGED, path, 0);
	return NULL;
}

static bool
identify(const struct document *d, struct case_file *ret)
{
	struct stat st;

	memset(ret, 0, sizeof(*ret));
	if (d->stream || fstat(d->fd, &st) != 0)
		return false;
	ret->device = st.st_dev;
	ret->inode = st.st_ino;
	ret->size = (uint64_t)st.st_size;
	ret->mtime_s = st.st_mtim.tv_sec;
	ret->mtime_ns = st.st_mtim.tv_nsec;
	return true;
}

enum rc
keep_document(struct scanner *s, struct document *d)
{
	struct scan_document *doc = &s->result->documents[d->index];
	struct keep *k = &s->keep;

	if (k->journal == NULL)
		return RC_OK;
	const bool file = identify(d, &doc->file);
	if (file) {
		const uint32_t scan = case_knows_file(s->o->folder, &doc->file);

		d->past = find(s, doc->path, &doc->file);
		if (scan != 0 && scan != k->number)
			keep_note(s, SCAN_NOTE_KNOWN, doc->path, scan);
	} else if (d->whole == NULL) {
		keep_note(s, SCAN_NOTE_STREAM, doc->path, 0);
	}
	if (d->past != NULL) {
		d->past->taken = true;
		d->number = (uint32_t)(d->past - k->past);
		return RC_OK;
	}
	const struct span parts[] = {
		bytes_of(&doc->file, sizeof(doc->file)),
		bytes_of(doc->path, strlen(doc->path) + 1),
	};
	d->number = (uint32_t)(k->n_past + k->declared++);
	return add(s, RECORD_DOCUMENT, parts, COUNT_OF(parts));
}

enum rc
keep_plan(struct scanner *s, const struct document *d)
{
	struct stat st;
	size_t got;

	if (s->keep.journal == NULL || d->replaying)
		return RC_OK;
	if (fstat(d->plan_fd, &st) != 0)
		return RC_IO;
	uint8_t *plan = malloc((size_t)st.st_size + 1);
	if (plan == NULL)
		return RC_NOMEM;
	enum rc rc = io_read_at(d->plan_fd, plan, (size_t)st.st_size, 0, &got);
	const struct span parts[] = {
		bytes_of(&d->number, sizeof(d->number)),
		bytes_of(plan, got),
	};
	if (rc == RC_OK)
		rc = add(s, RECORD_PLAN, parts, COUNT_OF(parts));
	free(plan);
	return rc;
}

/* The arrays of a report lie behind its head, the findings last. */
static struct span
report_bytes(const struct wire_report *w)
{
	if (w->memory == NULL)
		return bytes_of(NULL, 0);
	const uint8_t *end =
		(const uint8_t *)(w->findings + w->head->n_findings);
	return bytes_of(w->memory, (size_t)(end - (uint8_t *)w->memory));
}

enum rc
keep_range(struct scanner *s, const struct document *d, const struct range *r,
	   enum range_end_kind how, enum wire_reason reason)
{
	const struct settled x = {
		.document = d->number,
		.how = how,
		.reason = reason,
		.range = d->settled,
		.vault_at = r->vault_at,
		.vault_bytes = how == RANGE_COUNTED ? r->vault_bytes : 0,
	};
	const struct span parts[] = {
		bytes_of(&x, sizeof(x)),
		how == RANGE_COUNTED ? report_bytes(&r->report)
				     : bytes_of(NULL, 0),
	};

	if (d->replaying)
		return RC_OK;
	return add(s, RECORD_RANGE, parts, COUNT_OF(parts));
}

enum rc
keep_digest(struct scanner *s, const struct document *d)
{
	const char *sha256 = s->result->documents[d->index].sha256;
	const struct span parts[] = {
		bytes_of(&d->number, sizeof(d->number)),
		bytes_of(sha256, SHA256_HEX_SIZE),
	};

	if (*sha256 == '\0')
		return RC_OK;
	return add(s, RECORD_DIGEST, parts, COUNT_OF(parts));
}

/* Read a report as if a worker had just answered it. */
static enum rc
load_report(struct span bytes, uint32_t cols, struct wire_report *ret)
{
	const int fd = memory_file("report");

	if (fd < 0)
		return RC_IO;
	enum rc rc = io_write_at(fd, bytes.p, bytes.n, 0);
	if (rc == RC_OK)
		rc = wire_report_load(fd, cols, ret);
	(void)close(fd);
	return rc;
}

static enum rc
replay_range(struct scanner *s, struct document *d,
	     const struct journal_place *at)
{
	const uint32_t cols = s->result->documents[d->index].plan.cols;
	struct range *r = &d->ranges[d->settled];
	struct journal_record record;
	struct settled x;
	enum rc rc = journal_read(s->keep.journal, at, &record);

	if (rc != RC_OK)
		return blame(s, rc);
	memcpy(&x, record.payload.p, sizeof(x));
	const struct span report = bytes_of(record.payload.p + sizeof(x),
					    record.payload.n - sizeof(x));
	if (x.how > RANGE_LOST || x.reason >= WIRE_WHY_COUNT)
		return blame(s, RC_FORMAT);
	if (x.how == RANGE_COUNTED)
		rc = load_report(report, cols, &r->report);
	if (rc != RC_OK)
		return blame(s, rc);
	r->vault_at = x.vault_at;
	r->vault_bytes = x.vault_bytes;
	r->sealed = true;
	return document_settle(s, d, r, (enum range_end_kind)x.how,
			       (enum wire_reason)x.reason);
}

static enum rc
replay_ranges(struct scanner *s, struct document *d)
{
	const struct past *p = d->past;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < p->n_ranges && rc == RC_OK; i++) {
		if (d->state != DOCUMENT_RANGES || i != d->settled)
			return blame(s, RC_FORMAT);
		rc = replay_range(s, d, &p->ranges[i]);
	}
	return rc;
}

enum rc
keep_replay(struct scanner *s, struct document *d)
{
	struct scan_document *doc = &s->result->documents[d->index];
	const struct past *p = d->past;
	struct journal_record record;

	if (p == NULL)
		return RC_OK;
	if (*p->sha256 != '\0') {
		memcpy(doc->sha256, p->sha256, sizeof(doc->sha256));
		d->digested = true;
	}
	if (!p->planned)
		return RC_OK;
	enum rc rc = journal_read(s->keep.journal, &p->plan, &record);
	if (rc != RC_OK)
		return blame(s, rc);
	const size_t skip = sizeof(uint32_t);
	rc = io_write_at(d->plan_fd, record.payload.p + skip,
			 record.payload.n - skip, 0);
	if (rc != RC_OK)
		return rc;
	d->replaying = true;
	rc = document_plan(s, d);
	if (rc == RC_OK)
		rc = replay_ranges(s, d);
	d->replaying = false;
	return rc;
}

/* Is there anything in this scan that no scan before it held? */
static bool
is_fresh(const struct scan_result *r)
{
	for (size_t i = 0; i < r->n_documents; i++) {
		const struct scan_document *d = &r->documents[i];

		if (d->known == 0 && (d->bytes_read > 0 || *d->sha256 != '\0'))
			return true;
	}
	return false;
}

/* Blocks of documents that are not what they were: they stay, to nobody. */
static enum rc
list_lost(struct scanner *s)
{
	const struct keep *k = &s->keep;
	struct scan_result *r = s->result;

	r->lost = calloc(k->n_blocks + 1, sizeof(*r->lost));
	if (r->lost == NULL)
		return RC_NOMEM;
	for (size_t i = 0; i < k->n_blocks; i++)
		if (!k->past[k->blocks[i].document].taken)
			r->lost[r->n_lost++] = (struct scan_block){
				.document = CASE_NOBODY,
				.at = k->blocks[i].at,
				.bytes = k->blocks[i].bytes,
				.sealed = true,
			};
	return RC_OK;
}

static enum rc
write_run(struct scanner *s, struct numbers *x, uint64_t *ret_count)
{
	struct case_folder *c = s->o->folder;
	struct run_keys keys;
	int fd;
	enum rc rc = case_run_make(c, s->keep.number, x->kind, &fd);

	if (rc != RC_OK)
		return rc;
	case_run_keys(c, &keys);
	struct run_writer *w = run_writer_new(fd, x->kind, &keys);
	explicit_bzero(&keys, sizeof(keys));
	rc = w == NULL ? RC_NOMEM : numbers_end(s, x, w, ret_count);
	if (rc == RC_OK)
		rc = run_writer_end(w, NULL);
	run_writer_free(w);
	if (rc == RC_OK)
		return case_run_keep(c, s->keep.number, x->kind, fd);
	(void)case_blame(c, rc, "runs");
	(void)close(fd);
	return rc;
}

enum rc
keep_numbers(struct scanner *s, struct numbers *x, uint64_t *ret_count)
{
	const bool write = s->o->folder != NULL && !s->keep.committed &&
			   s->result->fresh && !s->result->interrupted;

	return write ? write_run(s, x, ret_count)
		     : numbers_end(s, x, NULL, ret_count);
}

enum rc
keep_end(struct scanner *s)
{
	struct scan_result *r = s->result;

	if (s->o->folder == NULL)
		return RC_OK;
	for (size_t i = 0; i < r->n_documents; i++) {
		const uint32_t scan =
			case_knows_digest(s->o->folder, r->documents[i].sha256);

		r->documents[i].known = scan == s->keep.number ? 0 : scan;
	}
	r->fresh = is_fresh(r);
	return list_lost(s);
}

void
keep_free(struct scanner *s)
{
	struct keep *k = &s->keep;

	journal_free(k->journal);
	if (k->fd >= 0)
		(void)close(k->fd);
	forget_past(k);
}
