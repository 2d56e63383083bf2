/* case/journal: what a scan under way has settled, so that one that was killed
 * can go on. Records are appended, each sealed, each bound to the one before
 * it: none can be changed, left out or moved unseen. A record that was being
 * written when the process died is a torn end, which is dropped; anything else
 * that is wrong is damage.
 *
 * A record, little endian: struct head in journal.c (24 bytes), then the sealed
 * payload, about head and the tag of the record before. */
#ifndef TOCSIN_CASE_JOURNAL_H
#define TOCSIN_CASE_JOURNAL_H

#include "base/rc.h"
#include "crypto/seal.h"

enum {
	JOURNAL_PARTS_MAX = 4,
	JOURNAL_BYTES_MAX = (1 << 30) + (1 << 20), /* of a payload */
};

/** Where a record is. */
struct journal_place {
	uint64_t at;
	uint8_t before[SEAL_TAG_BYTES]; /* tag of the record before it */
};

/** A record that was read. */
struct journal_record {
	uint32_t type;
	struct span payload; /* lives until the next call */
	struct journal_place place;
};

/** Opaque. */
struct journal;

/**
 * journal_open(fd, key, ret_j):
 * A journal in the file ${fd}, to be read from its start.
 *
 * Errors   RC_NOMEM.
 * Owns     The caller frees it with journal_free() and closes ${fd}.
 */
enum rc journal_open(int fd, const struct seal_key *key,
		     struct journal **ret_j);

/**
 * journal_next(j, ret):
 * Read the next record.
 *
 * Returns  RC_OK; RC_END: there is none, or it is torn.
 * Errors   RC_FORMAT: it was changed; RC_IO; RC_NOMEM.
 */
enum rc journal_next(struct journal *j, struct journal_record *ret);

/**
 * journal_read(j, place, ret):
 * Read the record at ${place} again.
 *
 * Errors   As journal_next(); RC_END cannot be.
 */
enum rc journal_read(struct journal *j, const struct journal_place *place,
		     struct journal_record *ret);

/**
 * journal_cut(j, place):
 * Forget the record at ${place} and all after it; NULL: those that were not
 * read yet. Needed before the first journal_add().
 *
 * Errors   RC_IO.
 */
enum rc journal_cut(struct journal *j, const struct journal_place *place);

/**
 * journal_add(j, type, parts, n):
 * Append a record whose payload is the ${n} ${parts}, one after the other.
 *
 * Errors   RC_IO: nothing, or a torn record, was written; RC_NOMEM; RC_LIMIT.
 * Cost     About a nanosecond a byte, one write, no flush to the medium.
 */
enum rc journal_add(struct journal *j, uint32_t type, const struct span *parts,
		    size_t n);

/**
 * journal_free(j):
 * Release ${j}; NULL does nothing.
 */
void journal_free(struct journal *j);

#endif
