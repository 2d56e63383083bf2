/* scan: from paths to what is in them. The parent walks, opens and adds up; it
 * never looks at a byte of the input. Jailed workers look, and answer with
 * counts, offsets and keyed tokens (scan/wire). Mentions of people go into one
 * memory file that the parent passes on and never maps. */
#ifndef TOCSIN_SCAN_H
#define TOCSIN_SCAN_H

#include "base/kind.h"
#include "base/rc.h"
#include "case/case.h"
#include "crypto/seal.h"
#include "scan/wire/wire.h"

#include <stdio.h>

/** Whether all of a document was read. */
enum scan_status { SCAN_READ, SCAN_PARTLY, SCAN_UNREAD };

/** What a user may want to hear while a scan runs. */
enum scan_note_kind {
	SCAN_NOTE_RESUMED, /* n ranges were settled by a scan that was killed */
	SCAN_NOTE_OPTIONS, /* such a scan was another one: its work is lost */
	SCAN_NOTE_CHANGED, /* the file path changed since: read afresh */
	SCAN_NOTE_STREAM,  /* path can be read once: it cannot be resumed */
	SCAN_NOTE_KNOWN,   /* the file path came with scan n of the case */
};

struct scan_note {
	enum scan_note_kind kind;
	const char *path; /* or NULL */
	uint64_t n;
};

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
	struct case_folder *folder; /* keep it in this case; NULL: nowhere */
	const char *rules; /* name of what is recognised: a scan goes on only
			      under the same; NULL: "" */
	const char *tmp;   /* folder for what does not fit in memory, sealed;
			      NULL: /tmp */
	void (*note)(void *arg, const struct scan_note *note);
	void *note_arg;
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
	struct case_file file; /* which it is; zero: a stream */
	uint32_t whole; /* 1 + index of the document it lies in; 0: in none */
	bool opened;    /* it holds other documents, which follow it */
	uint32_t known; /* the scan of the case it came with before; 0: none */
};

/** A block of mentions in the vault. */
struct scan_block {
	uint32_t document;     /* index */
	uint64_t first_record; /* its mentions' records count from here */
	uint64_t at;           /* in its vault */
	uint64_t bytes;
	bool sealed; /* in the vault on a disk */
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
	int vault_disk;            /* file of sealed blocks; -1: none */
	struct seal_key vault_key; /* opens them */
	struct scan_block *blocks; /* by document, then place */
	size_t n_blocks;
	bool people_complete; /* false: mentions were left out */
	bool interrupted;
	uint64_t vault_bytes;
	uint64_t vault_disk_bytes;
	/* Of a scan that is kept in a case. */
	uint32_t number;         /* it gets there; 0: there is no case */
	bool committed;          /* it is there already */
	bool fresh;              /* it holds what no scan before it held */
	struct scan_block *lost; /* blocks of documents that have changed */
	size_t n_lost;
	uint64_t peak_bytes; /* of all processes, an upper bound */
	double elapsed_s;
};

/**
 * scan_run(paths, n, options, ret_result):
 * Scan the ${n} ${paths} ("-": standard input).
 *
 * With a case, what is settled is journaled there: the same call after a kill
 * goes on where that one stopped, and gives the same result.
 *
 * Errors   RC_DENIED: this system cannot jail a worker and no_sandbox is not
 *          set; RC_NOMEM; RC_IO; RC_FORMAT: the case is damaged, case_fault()
 *          says how. A document that cannot be read is no error: it is a
 *          document with a status and a reason.
 * Owns     The caller frees ${ret_result} with scan_result_free().
 * Cost     Reads every byte once. Mentions (about 150 bytes a row that names
 *          somebody) take an eighth of the memory at most, tokens
 *          three eighths; what goes beyond is sealed and lies on a disk.
 */
enum rc scan_run(const char *const *paths, size_t n,
		 const struct scan_options *options,
		 struct scan_result **ret_result);

/**
 * scan_commit(r, folder, report):
 * Put the scan ${r} into the case ${folder} that it was run with, and ${report}
 * with it. Nothing is put in if nothing in it is new, if it is there already,
 * or if it was interrupted. The journal stays: remove it with scan_settle()
 * when the result has reached its user.
 *
 * Errors   As case_commit(); case_fault() says more.
 */
enum rc scan_commit(struct scan_result *r, struct case_folder *folder,
		    struct span report);

/**
 * scan_settle(r, folder):
 * The result of ${r} has been told: forget how it came about.
 *
 * Errors   RC_IO.
 */
enum rc scan_settle(const struct scan_result *r, struct case_folder *folder);

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
