#include "people/people.h"

#include "base/clock.h"
#include "base/io.h"
#include "people/people_impl.h"
#include "people/vault.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	READY_MS = 60000,
	WAIT_MS = 100,
	SECONDS = 3600,
	/* Address space: what linking takes, and room for the allocator. */
	SPARE_BYTES = 1 << 30,
	OTHERS_BYTES = 1 << 28, /* of the parent and idle workers */
	LEAST_SHARE = 4,        /* of the ceiling is for linking, at least */
};

/* Write the index of the blocks to a memory file. */
static int
index_file(const struct scan_result *scan)
{
	const int fd = memfd_create("index", MFD_CLOEXEC);

	for (size_t i = 0; fd >= 0 && i < scan->n_blocks; i++) {
		const struct vault_place entry = {
			.at = scan->blocks[i].at,
			.bytes = scan->blocks[i].bytes,
			.sealed = scan->blocks[i].sealed,
		};

		if (write(fd, &entry, sizeof(entry)) != sizeof(entry)) {
			(void)close(fd);
			return -1;
		}
	}
	return fd;
}

/* All of it, or the answer is malformed. */
static enum rc
read_at(int fd, void *p, size_t n, uint64_t at)
{
	size_t got;

	return io_read_at(fd, p, n, at, &got) == RC_OK && got == n ? RC_OK
								   : RC_FORMAT;
}

/* Believe nothing of an answer but its shape. */
static bool
answer_is_sound(const struct people_answer *a, const struct scan_result *scan)
{
	return a->people <= scan->mentions && a->low <= a->people &&
	       a->high >= a->people && a->mentions <= scan->mentions &&
	       a->n_holders <= PEOPLE_HOLDERS_MAX &&
	       a->n_classes <= LINK_CLASSES_MAX &&
	       a->n_clusters <= scan->mentions;
}

static void
copy_answer(const struct people_answer *a, struct people_result *r)
{
	r->known = true;
	r->people = a->people;
	r->low = a->low;
	r->high = a->high;
	r->mentions = a->mentions;
	r->nobody = a->nobody;
	r->professionals = a->professionals;
	r->certain = a->certain;
	r->weak = a->weak;
	r->special = a->special;
	memcpy(r->kinds, a->kinds, sizeof(r->kinds));
	memcpy(r->said, a->said, sizeof(r->said));
	memcpy(r->tested, a->tested, sizeof(r->tested));
	memcpy(r->classes, a->classes, sizeof(r->classes));
	r->n_classes = a->n_classes;
	r->model = a->model;
	r->people_two = a->people_two;
	r->people_households = a->people_households;
	r->false_links = a->false_links;
	r->missed_links = a->missed_links;
	r->units = a->units;
	r->pairs = a->pairs;
	r->blocks_split = a->blocks_split;
	r->blocks_cut = a->blocks_cut;
}

static enum rc
print_cluster(const struct scan_result *scan, const struct people_cluster *c,
	      FILE *out)
{
	if (c->block >= scan->n_blocks)
		return RC_FORMAT;
	const struct scan_block *b = &scan->blocks[c->block];
	fprintf(out, "%u\t%llu\t", b->document,
		(unsigned long long)b->first_record + c->record);
	if (c->person == LINK_NOBODY)
		fputs("-\n", out);
	else
		fprintf(out, "%u\n", c->person);
	return RC_OK;
}

static enum rc
print_clusters(const struct scan_result *scan, int fd, uint64_t at, uint64_t n,
	       FILE *out)
{
	struct people_cluster part[BATCH_ROWS];

	fputs("document\trecord\tperson\n", out);
	for (uint64_t i = 0; i < n;) {
		const size_t k = n - i < COUNT_OF(part) ? (size_t)(n - i)
							: COUNT_OF(part);
		enum rc rc = read_at(fd, part, k * sizeof(*part),
				     at + i * sizeof(*part));

		for (size_t j = 0; j < k && rc == RC_OK; j++)
			rc = print_cluster(scan, &part[j], out);
		if (rc != RC_OK)
			return rc;
		i += k;
	}
	return RC_OK;
}

static enum rc
take_answer(const struct scan_result *scan, const struct people_options *o,
	    int fd, struct people_result *r)
{
	struct people_answer a;
	enum rc rc = read_at(fd, &a, sizeof(a), 0);

	if (rc != RC_OK || !answer_is_sound(&a, scan))
		return RC_FORMAT;
	r->holders = calloc(a.n_holders + 1, sizeof(*r->holders));
	if (r->holders == NULL)
		return RC_NOMEM;
	const size_t bytes = a.n_holders * sizeof(*r->holders);
	rc = read_at(fd, r->holders, bytes, sizeof(a));
	if (rc != RC_OK)
		return rc;
	r->n_holders = a.n_holders;
	copy_answer(&a, r);
	if (o->clusters == NULL)
		return RC_OK;
	return print_clusters(scan, fd, PEOPLE_CLUSTERS_AT, a.n_clusters,
			      o->clusters);
}

/* Wait for the answer to the job. */
static enum rc
await(struct worker *w, const struct people_options *o)
{
	const double end =
		clock_seconds() + (o->seconds != 0 ? o->seconds : SECONDS);
	struct worker_msg reply;
	enum rc job_rc;

	for (;;) {
		struct pollfd p = {.fd = worker_fd(w), .events = POLLIN};

		(void)poll(&p, 1, WAIT_MS);
		const enum rc rc = worker_receive(w, &reply, &job_rc);
		if (rc == RC_OK)
			return job_rc;
		if (rc != RC_MORE)
			return rc;
		if (o->progress != NULL)
			o->progress(o->progress_arg);
		if ((o->stop != NULL && *o->stop != 0) || clock_seconds() > end)
			return RC_END;
	}
}

static enum rc
run_worker(const struct scan_result *scan, const struct people_options *o,
	   uint64_t memory, struct worker *w, int index, int out)
{
	const struct people_job job = {
		.n_blocks = scan->n_blocks,
		.memory_bytes = o->memory_bytes == 0 ? 0 : memory,
		.clusters = o->clusters != NULL,
	};
	struct worker_msg msg = {.type = PEOPLE_JOB, .n = sizeof(job)};
	/* Where there is no vault on a disk, nothing leads to it. */
	const int disk = scan->vault_disk >= 0 ? scan->vault_disk : scan->vault;
	const int fds[] = {scan->vault, disk, index, out};
	uint32_t missing;

	memcpy(msg.body, &job, sizeof(job));
	enum rc rc = worker_ready(w, READY_MS, &missing);
	if (rc == RC_UNSUPPORTED)
		return RC_DENIED;
	if (rc == RC_OK)
		rc = worker_send(w, &msg, fds, COUNT_OF(fds));
	return rc == RC_OK ? await(w, o) : rc;
}

static enum wire_reason
reason_of(enum rc rc)
{
	if (rc == RC_LIMIT || rc == RC_NOMEM)
		return WIRE_WHY_CEILING;
	return rc == RC_END ? WIRE_WHY_STOPPED : WIRE_WHY_DIED;
}

/* What linking may take of the ceiling: the vault is in memory too, as far as
 * it is not on a disk, and so are the other processes. */
static uint64_t
memory_left(const struct scan_result *scan, const struct people_options *o)
{
	uint64_t others = OTHERS_BYTES;

	for (size_t i = 0; i < scan->n_blocks; i++)
		if (!scan->blocks[i].sealed)
			others += scan->blocks[i].bytes;
	const uint64_t least = o->memory_bytes / LEAST_SHARE;
	return others < o->memory_bytes - least ? o->memory_bytes - others
						: least;
}

enum rc
people_count(const struct scan_result *scan,
	     const struct people_options *options, struct people_result *ret)
{
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);
	const struct people_setup setup = {
		.threads = options->threads != 0 ? options->threads
			   : processors > 0      ? (unsigned)processors
						 : 1,
		.vault_key = scan->vault_key,
	};
	const uint64_t memory = options->memory_bytes != 0
					? memory_left(scan, options)
					: UINT64_MAX / 4;
	const struct worker_spec spec = {
		.name = "tocsin-people",
		.prepare = people_prepare,
		.handle = people_handle,
		.arg = &setup,
		.limits = {.memory_bytes =
				   memory + scan->vault_bytes + SPARE_BYTES,
			   .cpu_seconds = SECONDS * setup.threads,
			   .file_bytes = UINT64_C(1) << 40},
		.jailed = !options->no_sandbox,
	};
	const double begun = clock_seconds();
	struct worker *w = NULL;

	memset(ret, 0, sizeof(*ret));
	if (!scan->people_complete) {
		ret->reason = WIRE_WHY_CEILING;
		return RC_OK;
	}
	const int index = index_file(scan);
	const int out = memfd_create("people", MFD_CLOEXEC);
	enum rc rc = index < 0 || out < 0 ? RC_IO : worker_start(&spec, &w);
	if (rc == RC_OK) {
		rc = run_worker(scan, options, memory, w, index, out);
		if (rc == RC_OK)
			rc = take_answer(scan, options, out, ret);
	}
	worker_free(w);
	if (index >= 0)
		(void)close(index);
	if (out >= 0)
		(void)close(out);
	ret->elapsed_s = clock_seconds() - begun;
	struct rusage children;
	if (getrusage(RUSAGE_CHILDREN, &children) == 0)
		ret->peak_bytes = (uint64_t)children.ru_maxrss * 1024;
	if (rc == RC_OK || rc == RC_DENIED)
		return rc;
	ret->known = false;
	ret->reason = reason_of(rc);
	return RC_OK;
}

void
people_done(struct people_result *r)
{
	free(r->holders);
	r->holders = NULL;
	r->n_holders = 0;
}
