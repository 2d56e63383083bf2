/* scan: from paths to what is in them. The parent walks, opens and adds up; it
 * never looks at a byte of the input. Jailed workers look, and answer with
 * counts, offsets and keyed tokens (scan/wire). Mentions of people go into one
 * memory file that the parent passes on and never maps. */
#ifndef TOCSIN_SCAN_H
#define TOCSIN_SCAN_H

#include "base/kind.h"
#include "base/rc.h"
#include "scan/wire/wire.h"

#include <stdio.h>

/** Whether all of a document was read. */
enum scan_status { SCAN_READ, SCAN_PARTLY, SCAN_UNREAD };

/** Called every so often while a scan runs. */
struct scan_progress {
	uint64_t bytes_done;
	uint64_t bytes_known; /* of the documents met so far */
	uint64_t documents;
	uint64_t mentions;
	const char *stage; /* what limits: "reading", "linking" */
};

/** How to scan. Zero is the default of every field. */
struct scan_options {
	unsigned jobs;         /* workers; 0: one a processor */
	uint64_t memory_bytes; /* ceiling; 0: half of the machine's */
	bool people;           /* collect mentions */
	bool no_sandbox;       /* run workers without a jail */
	FILE *findings;        /* NDJSON of every finding, or NULL */
	const char *(*kind_name)(unsigned kind); /* for it: "fr.nir" */
	uint32_t threshold;   /* least score of a finding in prose; 0: 50 */
	uint32_t range_bytes; /* 0: WIRE_RANGE_BYTES; smaller in tests */
	bool probe_only;      /* stop after the plans: for inspect */
	uint32_t
		job_seconds; /* longest a worker may take for one job; 0: 120 */
	void (*progress)(void *arg, const struct scan_progress *p);
	void *progress_arg;
	const volatile int *stop; /* not 0: stop soon, keep what was done */
};

/** One document. */
struct scan_document {
	char *path;
	uint64_t bytes;
	uint64_t bytes_read;
	char sha256[65]; /* "" when not known */
	enum scan_status status;
	enum wire_reason reason;
	struct wire_plan plan;
	struct column_type *types;   /* plan.cols of them */
	struct wire_column *columns; /* what the whole document holds */
	uint64_t records, malformed, ragged, blank;
};

/** A block of mentions in the vault. */
struct scan_block {
	uint32_t document;     /* index */
	uint64_t first_record; /* its mentions' records count from here */
	uint64_t at;           /* in the vault */
	uint64_t bytes;
};

/** All that a scan found. */
struct scan_result {
	struct scan_document *documents;
	size_t n_documents;
	uint64_t bytes, bytes_read;
	uint64_t unread, partly;
	struct wire_tally kinds[KIND_COUNT];
	struct wire_topic topics[TOPIC_COUNT];
	struct wire_holder *holders; /* sorted by kind, then code */
	size_t n_holders;
	uint64_t pairs, domains;
	uint64_t hashes[WIRE_HASHES_MAX];
	uint64_t rows, distinct_rows, identifiers; /* of the fingerprint */
	bool distinct_known; /* false: too many to count in the memory given */
	uint64_t mentions;
	int vault;                 /* memory file of blocks; -1: none */
	struct scan_block *blocks; /* by document, then place */
	size_t n_blocks;
	bool people_complete; /* false: mentions were left out */
	bool interrupted;
	uint64_t vault_bytes;
	uint64_t peak_bytes; /* of all processes, an upper bound */
	double elapsed_s;
};

/**
 * scan_run(paths, n, options, ret_result):
 * Scan the ${n} ${paths} ("-": standard input).
 *
 * Errors   RC_DENIED: this system cannot jail a worker and no_sandbox is not
 *          set; RC_NOMEM; RC_IO. A document that cannot be read is no error:
 *          it is a document with a status and a reason.
 * Owns     The caller frees ${ret_result} with scan_result_free().
 * Cost     Reads every byte once; memory does not grow with the input but by
 *          the mentions (about 150 bytes a row that names somebody) and eight
 *          bytes an identifier.
 */
enum rc scan_run(const char *const *paths, size_t n,
		 const struct scan_options *options,
		 struct scan_result **ret_result);

/**
 * scan_result_free(r):
 * Release ${r} and close the vault; NULL does nothing.
 */
void scan_result_free(struct scan_result *r);

/**
 * scan_status_name(status):
 * "read", "partly" or "unread".
 */
const char *scan_status_name(enum scan_status status);

#endif
