/* What the files of scan share: the parent's view of a scan under way. */
#ifndef TOCSIN_SCAN_SCAN_IMPL_H
#define TOCSIN_SCAN_SCAN_IMPL_H

#include "case/journal.h"
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

/** How a range was settled. The numbers stand in journals. */
enum range_end_kind {
	RANGE_COUNTED = 0,
	RANGE_SKIPPED = 1, /* no record starts in it */
	RANGE_LOST = 2,    /* it could not be read */
};

struct range {
	enum range_state state;
	bool failed;
	bool exact;
	bool sealed; /* its mentions are */
	uint64_t start;
	struct wire_report report;
	uint64_t vault_at, vault_bytes; /* its mentions */
	uint8_t *block;    /* these, sealed, until the range is settled */
	int part;          /* of a stream: descriptor of its bytes; else -1 */
	uint64_t part_at;  /* byte of the document where part begins */
	uint64_t part_end; /* and ends */
	bool part_last;
};

enum document_state {
	DOCUMENT_NEW,
	DOCUMENT_PROBING,
	DOCUMENT_RANGES,
	DOCUMENT_PARTS, /* it holds others, which are read one by one */
	DOCUMENT_DONE,
};

struct parts;

/** One document under way. */
struct document {
	struct document *next;
	size_t index; /* in the result */
	int fd;
	bool stream;
	bool ended;    /* of a stream: its end was met.. */
	bool cut;      /* ..or taken for met, at a ceiling */
	bool table;    /* it is delimited text as PART_TABLE says */
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
	uint32_t number;   /* in the journal */
	struct past *past; /* what the journal knew of it before; NULL */
	bool replaying;    /* now taken from there */
	/* A stream keeps the end of what it read, for the next part. */
	uint8_t *tail;
	size_t tail_n;
	uint64_t tail_at;
	struct sha256 *sha;     /* of a stream */
	struct document *whole; /* what it lies in; NULL: in a folder */
	struct parts *parts;    /* what lies in it; NULL: nothing */
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
	enum run_kind kind;
	uint64_t *v;
	size_t n, room, sorted;
	int *runs; /* descriptors of what did not fit */
	size_t n_runs;
	bool full; /* it did not fit on the disk either */
};

/** A block of the vault that the journal speaks of. */
struct keep_block {
	uint64_t at, bytes;
	uint32_t document; /* number in the journal */
};

/** The journal of a scan that is kept, and what it knew at the start. */
struct keep {
	struct journal *journal; /* NULL: there is no case */
	int fd;
	uint32_t number; /* of this scan in the case */
	bool committed;  /* it is there already */
	struct past *past;
	size_t n_past, past_room, next;
	struct keep_block *blocks;
	size_t n_blocks, blocks_room;
	uint64_t ranges;
	size_t declared; /* documents that were added to it */
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
	struct run_keys spill; /* of runs that do not stay */
	struct keep keep;
	struct scan_result *result;
	size_t documents_room, blocks_room, holders_room;
	uint64_t memory_bytes;
	uint64_t bytes_known, bytes_done;
};

/* gather.c: adding up */

/** gather_room(array, n, room, size): Room in ${array} for one more than ${n}
 * of ${size} bytes. False: no memory. */
bool gather_room(void **array, size_t n, size_t *room, size_t size);

/** gather_document(s, path): A new document of the result; its index. */
enum rc gather_document(struct scanner *s, const char *path, size_t *ret_index);

/** gather_range(s, d, r): Count the settled range ${r} of ${d}. */
enum rc gather_range(struct scanner *s, struct document *d, struct range *r);

/** gather_fault(s, index, reason): Say of a document of the result, which may
 * be closed, that some of it was not read. */
void gather_fault(const struct scanner *s, size_t index,
		  enum wire_reason reason);

/** gather_unread(s, index, reason): Say that none of it was read. */
void gather_unread(const struct scanner *s, size_t index,
		   enum wire_reason reason);

/** gather_end(s): Totals, once all documents are done. */
enum rc gather_end(struct scanner *s);

/* numbers.c: tokens */

/** numbers_add(s, x, v, n): Add ${n} numbers. */
enum rc numbers_add(const struct scanner *s, struct numbers *x,
		    const uint64_t *v, size_t n);

/** numbers_end(s, x, out, ret_count): Count what is different in ${x}, and
 * write it to ${out}, if it is not NULL. */
enum rc numbers_end(const struct scanner *s, struct numbers *x,
		    struct run_writer *out, uint64_t *ret_count);

/** numbers_free(x): Release it. */
void numbers_free(struct numbers *x);

/** temporary_file(s): A file without a name, on a disk. -1: errno says why. */
int temporary_file(const struct scanner *s);

/* vault.c: mentions */

/** vault_seals(s): Must the next range seal its mentions? */
bool vault_seals(const struct scanner *s);

/** vault_take(s, fd, r): Take the mentions of ${r}, which has been read.
 * RC_FORMAT: they are not what they should be. */
enum rc vault_take(struct scanner *s, int fd, struct range *r);

/** vault_keep(s, r): Keep them: ${r} is counted. */
enum rc vault_keep(struct scanner *s, struct range *r);

/** vault_drop(s, r): Forget them. */
void vault_drop(struct scanner *s, struct range *r);

/* keep.c: a scan that is kept in a case. Without one they do nothing. */

/** keep_start(s, paths, n): Keys of the case, and what was done already. */
enum rc keep_start(struct scanner *s, const char *const *paths, size_t n);

/** keep_note(s, kind, path, n): Tell the user. */
void keep_note(const struct scanner *s, enum scan_note_kind kind,
	       const char *path, uint64_t n);

/** keep_document(s, d), keep_plan(s, d), keep_range(s, d, r, how, reason),
 * keep_digest(s, d): Write down what is known of ${d} now. */
enum rc keep_document(struct scanner *s, struct document *d);
enum rc keep_plan(struct scanner *s, const struct document *d);
enum rc keep_range(struct scanner *s, const struct document *d,
		   const struct range *r, enum range_end_kind how,
		   enum wire_reason reason);
enum rc keep_digest(struct scanner *s, const struct document *d);

/** keep_replay(s, d): Take what was settled of ${d} before. */
enum rc keep_replay(struct scanner *s, struct document *d);

/** keep_end(s): What of it does the case know already? */
enum rc keep_end(struct scanner *s);

/** keep_numbers(s, x, ret_count): numbers_end(), and a run in the case. */
enum rc keep_numbers(struct scanner *s, struct numbers *x, uint64_t *ret_count);

/** keep_free(s): Release it. */
void keep_free(struct scanner *s);

/* stream.c: standard input and pipes */

/** stream_range(s, d, i): Get the bytes of range ${i} of a stream.
 * RC_END: it has ended before. */
enum rc stream_range(struct scanner *s, struct document *d, size_t i);

/** stream_fill(s, d, end): Read until the tail of ${d} reaches byte ${end}, or
 * the stream ends. RC_END: the scan is interrupted. */
enum rc stream_fill(struct scanner *s, struct document *d, uint64_t end);

/* parts.c: archives and what lies in them */

/** parts_are_in(plan): Does what is understood so hold other documents? */
bool parts_are_in(const struct wire_plan *plan);

/** parts_begin(s, d): Begin to take ${d} apart. RC_END: interrupted. */
enum rc parts_begin(struct scanner *s, struct document *d);

/** parts_step(s, d): Open the next document that lies in ${d}. RC_END: not
 * now. */
enum rc parts_step(struct scanner *s, struct document *d);

/** parts_allow(d, n): ${n} more bytes came out of what ${d} lies in, if in
 * anything: is that still believable? */
bool parts_allow(struct document *d, uint64_t n);

/** parts_closed(member), parts_stuck(member): It is closed; nothing comes of
 * it any more: end the worker that gives it. */
void parts_closed(struct document *member);
void parts_stuck(const struct document *member);

/** parts_free(p): Release it; NULL does nothing. */
void parts_free(struct parts *p);

/* document.c: one document, step by step */

/** document_open(s, entry): Take what the walk met. */
enum rc document_open(struct scanner *s, const struct walk_entry *entry);

/** document_add(s, entry, whole, table, ret): The same for what lies in
 * ${whole}; ${ret} is NULL if it is not to be read. Closes the descriptor if
 * it fails. */
enum rc document_add(struct scanner *s, const struct walk_entry *entry,
		     struct document *whole, bool table, struct document **ret);

/** document_ranges(s, d): Read ${d}, which is understood, range by range. */
enum rc document_ranges(struct scanner *s, struct document *d);

/** document_from_memory(s, d, fd): Read the stream ${d}, which ended, from the
 * memory file ${fd} that it was kept in. Owns ${fd}. */
enum rc document_from_memory(struct scanner *s, struct document *d, int fd);

/** document_unread(s, d, reason): None of it can be read. */
void document_unread(const struct scanner *s, struct document *d,
		     enum wire_reason reason);

/** document_step(s, d): Give the crew the next job of ${d}.
 * RC_END: it has none now. */
enum rc document_step(struct scanner *s, struct document *d);

/** document_answer(s, slot, rc): Take the answer to a job. */
enum rc document_answer(struct scanner *s, struct slot *slot, enum rc job_rc);

/** document_plan(s, d): Take the plan in ${d}->plan_fd. */
enum rc document_plan(struct scanner *s, struct document *d);

/** document_settle(s, d, r, how, reason): Settle the first range of ${d} that
 * is not. */
enum rc document_settle(struct scanner *s, struct document *d, struct range *r,
			enum range_end_kind how, enum wire_reason reason);

/** document_is_done(d): Nothing is left to do. */
bool document_is_done(const struct document *d);

/** document_close(s, d): Release it. */
void document_close(struct scanner *s, struct document *d);

/** memory_file(name): A file that is only memory. -1: the system has none. */
int memory_file(const char *name);

#endif
