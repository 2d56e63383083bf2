/* What the files of scan share: the parent's view of a scan under way. */
#ifndef TOCSIN_SCAN_SCAN_IMPL_H
#define TOCSIN_SCAN_SCAN_IMPL_H

#include "crypto/sha256.h"
#include "sandbox/crew.h"
#include "scan/reader/reader.h"
#include "scan/scan.h"
#include "source/walk/walk.h"

enum {
	OPEN_MAX_EXTRA = 4, /* documents open beyond two a worker */
	RANGES_AHEAD = 4,   /* ranges read beyond the first unsettled one, a
			       worker */
};

/** What is known of one range of a document. */
enum range_state {
	RANGE_IDLE, /* not given to anybody */
	RANGE_READING,
	RANGE_READY,   /* read; not yet known whether from the right place */
	RANGE_SETTLED, /* counted */
};

struct range {
	enum range_state state;
	bool failed;
	bool exact;
	uint64_t start;
	struct wire_report report;
	uint64_t vault_at, vault_bytes; /* its mentions */
	int part;          /* of a stream: descriptor of its bytes; else -1 */
	uint64_t part_at;  /* byte of the document where part begins */
	uint64_t part_end; /* and ends */
	bool part_last;
};

enum document_state {
	DOCUMENT_NEW,
	DOCUMENT_PROBING,
	DOCUMENT_RANGES,
	DOCUMENT_DONE,
};

/** One document under way. */
struct document {
	struct document *next;
	size_t index; /* in the result */
	int fd;
	bool stream;
	bool ended;    /* of a stream: its end was met */
	uint64_t size; /* bytes; of a stream so far */
	int plan_fd;
	enum document_state state;
	struct range *ranges;
	size_t n_ranges, room;
	size_t settled;    /* ranges counted, from the first */
	uint64_t expect;   /* where the next record must start.. */
	bool expect_known; /* ..unless a worker died on the way there */
	uint64_t first_record;
	bool digesting, digested;
	/* A stream keeps the end of what it read, for the next part. */
	uint8_t *tail;
	size_t tail_n;
	uint64_t tail_at;
	struct sha256 *sha;
};

/** One job of the crew: where its answers go. */
struct slot {
	bool used;
	int out;      /* memory file for the answer */
	int mentions; /* and for the mentions */
	struct document *d;
	size_t range;
	uint32_t job; /* enum wire_job */
};

/** Numbers that are collected and sorted now and then. */
struct numbers {
	uint64_t *v;
	size_t n, room, sorted;
	bool full;
};

struct scanner {
	const struct scan_options *o;
	uint32_t range_bytes;
	struct walk *walk;
	bool walk_ended;
	struct reader_setup setup;
	struct crew *crew;
	struct crew *digests; /* one worker that only hashes, without a limit */
	struct document *digesting;
	struct slot *slots;
	size_t n_slots;
	struct document *documents; /* open ones, oldest first */
	size_t n_open;
	struct numbers rows, ids, domains;
	struct scan_result *result;
	size_t documents_room, blocks_room, holders_room;
	uint64_t memory_bytes;
	uint64_t bytes_known, bytes_done;
};

/* gather.c: adding up */

/** gather_document(s, path): A new document of the result; its index. */
enum rc gather_document(struct scanner *s, const char *path, size_t *ret_index);

/** gather_range(s, d, r): Count the settled range ${r} of ${d}. */
enum rc gather_range(struct scanner *s, struct document *d, struct range *r);

/** gather_fault(s, d, reason, partly): Say that some or all was not read. */
void gather_fault(struct scanner *s, const struct document *d,
		  enum wire_reason reason);

/** gather_end(s): Totals, once all documents are done. */
enum rc gather_end(struct scanner *s);

/** numbers_add(x, v, n, limit): Add ${n} numbers, at most ${limit} in all. */
enum rc numbers_add(struct numbers *x, const uint64_t *v, size_t n,
		    size_t limit);

/* stream.c: standard input and pipes */

/** stream_range(s, d, i): Get the bytes of range ${i} of a stream.
 * RC_END: it has ended before. */
enum rc stream_range(struct scanner *s, struct document *d, size_t i);

/* document.c: one document, step by step */

/** document_open(s, entry): Take what the walk met. */
enum rc document_open(struct scanner *s, const struct walk_entry *entry);

/** document_step(s, d): Give the crew the next job of ${d}.
 * RC_END: it has none now. */
enum rc document_step(struct scanner *s, struct document *d);

/** document_answer(s, slot, rc): Take the answer to a job. */
enum rc document_answer(struct scanner *s, struct slot *slot, enum rc job_rc);

/** document_is_done(d): Nothing is left to do. */
bool document_is_done(const struct document *d);

/** document_close(s, d): Release it. */
void document_close(struct scanner *s, struct document *d);

/** memory_file(name): A file that is only memory. -1: the system has none. */
int memory_file(const char *name);

#endif
