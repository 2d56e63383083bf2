#include "scan/scan.h"

#include "base/clock.h"
#include "crypto/crypto.h"
#include "scan/scan_impl.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	WAIT_MS = 100,
	JOB_SECONDS = 120,
	DIGEST_CPU_SECONDS = 24 * 3600,
	WORKER_MEMORY = 1 << 30,
	MENTION_BYTES = 256 << 20, /* of one range */
};

const char *
scan_status_name(enum scan_status status)
{
	static const char *const names[] = {"read", "partly", "unread"};

	return names[status];
}

static uint64_t
half_of_memory(void)
{
	const long pages = sysconf(_SC_PHYS_PAGES);
	const long size = sysconf(_SC_PAGESIZE);

	return pages > 0 && size > 0 ? (uint64_t)pages / 2 * (uint64_t)size
				     : UINT64_C(1) << 30;
}

static size_t
worker_count(const struct scan_options *o)
{
	const long n =
		o->jobs != 0 ? (long)o->jobs : sysconf(_SC_NPROCESSORS_ONLN);

	if (n < 1)
		return 1;
	return n > CREW_WORKERS_MAX ? CREW_WORKERS_MAX : (size_t)n;
}

static enum rc
start_crews(struct scanner *s, size_t n)
{
	const uint32_t seconds =
		s->o->job_seconds != 0 ? s->o->job_seconds : JOB_SECONDS;
	struct worker_spec spec = {
		.name = "tocsin-read",
		.prepare = reader_prepare,
		.handle = reader_handle,
		.arg = &s->setup,
		.limits = {.memory_bytes = WORKER_MEMORY,
			   .cpu_seconds = seconds,
			   .file_bytes = WIRE_OUT_MAX},
		.jailed = !s->o->no_sandbox,
	};
	uint32_t missing;
	enum rc rc = crew_new(&spec, n, seconds * 1000, &s->crew, &missing);

	if (rc == RC_OK && !s->o->probe_only) {
		spec.name = "tocsin-digest";
		spec.limits.cpu_seconds = DIGEST_CPU_SECONDS;
		rc = crew_new(&spec, 1, 0, &s->digests, &missing);
	}
	return rc == RC_UNSUPPORTED ? RC_DENIED : rc;
}

static enum rc
make_slots(struct scanner *s, size_t n)
{
	s->slots = calloc(n, sizeof(*s->slots));
	if (s->slots == NULL)
		return RC_NOMEM;
	for (; s->n_slots < n; s->n_slots++) {
		struct slot *slot = &s->slots[s->n_slots];

		slot->out = memory_file("answer");
		slot->mentions = memory_file("mentions");
		if (slot->out < 0 || slot->mentions < 0)
			return RC_IO;
	}
	return RC_OK;
}

static enum rc
start(struct scanner *s, const char *const *paths, size_t n)
{
	const size_t workers = worker_count(s->o);

	s->range_bytes =
		s->o->range_bytes != 0 ? s->o->range_bytes : WIRE_RANGE_BYTES;
	s->memory_bytes =
		s->o->memory_bytes != 0 ? s->o->memory_bytes : half_of_memory();
	enum rc rc = crypto_setup();
	if (rc != RC_OK)
		return rc;
	token_key_random(&s->setup.key);
	seal_key_random(&s->setup.vault_key);
	seal_key_random(&s->spill.sum);
	seal_key_random(&s->spill.hide);
	s->spill.hidden = true;
	rc = keep_start(s, paths, n);
	if (rc != RC_OK)
		return rc;
	s->result->vault_key = s->setup.vault_key;
	s->setup.mention_bytes = MENTION_BYTES;
	rc = start_crews(s, workers);
	if (rc == RC_OK)
		rc = make_slots(s, workers);
	if (rc != RC_OK)
		return rc;
	s->result->vault = memory_file("vault");
	s->walk = walk_open(paths, n, NULL);
	if (s->result->vault < 0)
		return RC_IO;
	return s->walk == NULL ? RC_NOMEM : RC_OK;
}

/* The last first: what lies in another before that. */
static void
close_all(struct scanner *s)
{
	while (s->documents != NULL) {
		struct document *d = s->documents;

		while (d->next != NULL)
			d = d->next;
		document_close(s, d);
	}
}

static void
finish(struct scanner *s)
{
	close_all(s);
	crew_free(s->crew);
	crew_free(s->digests);
	for (size_t i = 0; i < s->n_slots; i++) {
		(void)close(s->slots[i].out);
		(void)close(s->slots[i].mentions);
	}
	free(s->slots);
	walk_close(s->walk);
	numbers_free(&s->rows);
	numbers_free(&s->ids);
	numbers_free(&s->domains);
	keep_free(s);
	token_key_wipe(&s->setup.key);
	seal_key_wipe(&s->setup.vault_key);
	explicit_bzero(&s->spill, sizeof(s->spill));
}

/* Take the next thing from the walk. RC_END: there is none. */
static enum rc
open_next(struct scanner *s)
{
	struct walk_entry entry;

	if (s->walk_ended)
		return RC_END;
	/* What lies in an archive stands behind it, before what follows. */
	for (const struct document *d = s->documents; d != NULL; d = d->next)
		if (d->parts != NULL && d->state == DOCUMENT_PARTS)
			return RC_END;
	const enum rc rc = walk_next(s->walk, &entry);
	if (rc == RC_END)
		s->walk_ended = true;
	return rc == RC_OK ? document_open(s, &entry) : rc;
}

/* Give one job to the crew. RC_END: there is nothing to give. */
static enum rc
give_job(struct scanner *s)
{
	for (struct document *d = s->documents; d != NULL; d = d->next) {
		const enum rc rc = document_step(s, d);

		if (rc != RC_END)
			return rc;
	}
	return RC_END;
}

/* Keep every worker busy. */
static enum rc
give_jobs(struct scanner *s)
{
	/* Findings are listed in the order of documents, whoever is quicker. */
	const size_t most =
		s->o->findings != NULL ? 1 : 2 * s->n_slots + OPEN_MAX_EXTRA;

	while (crew_busy(s->crew) < crew_size(s->crew)) {
		enum rc rc = give_job(s);

		if (rc == RC_MORE)
			break;
		if (rc == RC_END) {
			if (s->n_open >= most)
				break;
			rc = open_next(s);
			if (rc == RC_END)
				break;
		}
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc
take_answer(struct scanner *s)
{
	struct worker_msg reply;
	uint64_t ticket;
	enum rc job_rc;
	const enum rc rc =
		crew_wait(s->crew, WAIT_MS, &ticket, &reply, &job_rc);

	if (rc != RC_OK)
		return rc;
	return document_answer(s, &s->slots[ticket], job_rc);
}

static enum rc
give_digest(struct scanner *s)
{
	struct worker_msg msg = {.type = WIRE_DIGEST};
	struct document *d = s->documents;

	while (d != NULL && (d->sha != NULL || d->digested))
		d = d->next;
	if (d == NULL)
		return RC_OK;
	const struct wire_range body = {.end = d->size, .size = d->size};
	msg.n = sizeof(body);
	memcpy(msg.body, &body, sizeof(body));
	const enum rc rc = crew_submit(s->digests, 0, &msg, &d->fd, 1);
	if (rc == RC_OK) {
		s->digesting = d;
		d->digesting = true;
	}
	return rc;
}

/* Sixty-four hexadecimal digits, or nothing. */
static void
take_digest(struct scan_document *doc, const struct worker_msg *reply)
{
	for (size_t i = 0; i + 1 < SHA256_HEX_SIZE; i++)
		if (!is_alnum(reply->body[i]))
			return;
	memcpy(doc->sha256, reply->body, SHA256_HEX_SIZE - 1);
}

/* Keep the worker that hashes busy, without waiting for it longer than
 * ${wait_ms}. */
static enum rc
digest(struct scanner *s, int wait_ms)
{
	struct worker_msg reply;
	uint64_t ticket;
	enum rc job_rc;

	if (s->digesting == NULL)
		return give_digest(s);
	const enum rc rc =
		crew_wait(s->digests, wait_ms, &ticket, &reply, &job_rc);
	if (rc != RC_OK)
		return rc == RC_MORE || rc == RC_END ? RC_OK : rc;
	struct document *d = s->digesting;
	struct scan_document *doc = &s->result->documents[d->index];
	s->digesting = NULL;
	d->digesting = false;
	d->digested = true;
	if (job_rc == RC_OK && reply.n == SHA256_HEX_SIZE)
		take_digest(doc, &reply);
	const enum rc kept = keep_digest(s, d);
	return kept == RC_OK ? give_digest(s) : kept;
}

static void
close_done(struct scanner *s)
{
	struct document *d = s->documents;

	while (d != NULL) {
		struct document *next = d->next;

		if (s->o->probe_only)
			d->digested = true;
		if (document_is_done(d))
			document_close(s, d);
		d = next;
	}
}

static void
report_progress(struct scanner *s)
{
	const struct scan_progress p = {
		.bytes_done = s->bytes_done,
		.bytes_known = s->bytes_known,
		.documents = s->result->n_documents,
		.mentions = s->result->mentions,
		.stage = "reading",
	};

	if (s->o->progress != NULL)
		s->o->progress(s->o->progress_arg, &p);
}

static enum rc
run(struct scanner *s)
{
	for (;;) {
		if (s->o->stop != NULL && *s->o->stop != 0) {
			s->result->interrupted = true;
			return RC_OK;
		}
		enum rc rc = give_jobs(s);
		if (rc == RC_OK && s->digests != NULL)
			rc = digest(s, crew_busy(s->crew) > 0 ? 0 : WAIT_MS);
		if (rc != RC_OK)
			return rc;
		rc = take_answer(s);
		if (rc != RC_OK && rc != RC_MORE && rc != RC_END)
			return rc;
		close_done(s);
		report_progress(s);
		if (s->documents == NULL && s->walk_ended)
			return RC_OK;
	}
}

/* The largest worker as often as there were some, the parent, the vault. */
static uint64_t
peak_bytes(const struct scan_result *r, size_t workers)
{
	struct rusage self;
	struct rusage children;

	if (getrusage(RUSAGE_SELF, &self) != 0 ||
	    getrusage(RUSAGE_CHILDREN, &children) != 0)
		return 0;
	return ((uint64_t)self.ru_maxrss +
		(uint64_t)children.ru_maxrss * workers) *
		       1024 +
	       r->vault_bytes;
}

enum rc
scan_run(const char *const *paths, size_t n, const struct scan_options *options,
	 struct scan_result **ret_result)
{
	struct scan_options o = *options;
	struct scanner s = {
		.o = &o,
		.rows = {.kind = RUN_ROWS},
		.ids = {.kind = RUN_IDS},
		.domains = {.kind = RUN_DOMAINS},
		.keep = {.fd = -1},
	};
	const double begun = clock_seconds();

	if (o.threshold == 0)
		o.threshold = WIRE_THRESHOLD;
	s.result = calloc(1, sizeof(*s.result));
	if (s.result == NULL)
		return RC_NOMEM;
	s.result->vault = -1;
	s.result->vault_disk = -1;
	s.result->people_complete = true;
	enum rc rc = start(&s, paths, n);
	if (rc == RC_OK)
		rc = run(&s);
	close_all(&s);
	if (rc == RC_OK)
		rc = gather_end(&s);
	finish(&s);
	s.result->elapsed_s = clock_seconds() - begun;
	s.result->peak_bytes = peak_bytes(s.result, worker_count(&o) + 1);
	if (rc != RC_OK) {
		scan_result_free(s.result);
		return rc;
	}
	*ret_result = s.result;
	return RC_OK;
}

void
scan_result_free(struct scan_result *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->n_documents; i++) {
		free(r->documents[i].path);
		free(r->documents[i].types);
		free(r->documents[i].columns);
	}
	if (r->vault >= 0)
		(void)close(r->vault);
	if (r->vault_disk >= 0)
		(void)close(r->vault_disk);
	seal_key_wipe(&r->vault_key);
	free(r->documents);
	free(r->holders);
	free(r->blocks);
	free(r->lost);
	free(r);
}
