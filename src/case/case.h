/* case: a folder that keeps what scans found, so that it outlives a crash and
 * names nobody when it is stolen. Nothing in it is readable without its key,
 * which lies in another folder: paths, reports and mentions are sealed; tokens
 * are those of a keyed function.
 *
 *   envelope        the key of the case, sealed under the key of its key file
 *   case.db         SQLite, small: scans, documents, runs, blocks; behind its
 *                   pages a keyed sum of all of it
 *   runs/           sorted tokens of each scan (case/run)
 *   vault/mentions  sealed mentions, one block a range read
 *   journal         of a scan under way, or killed (case/journal)
 *   lock            held while a program uses the case
 *
 * The database is read whole into memory and written whole, aside, flushed and
 * renamed: so there is one moment at which a scan is in the case, and any
 * changed byte is seen at the next opening. Nothing is repaired by guessing. */
#ifndef TOCSIN_CASE_H
#define TOCSIN_CASE_H

#include "base/rc.h"
#include "case/run.h"
#include "crypto/keyfile.h"
#include "crypto/seal.h"

enum {
	CASE_VERSION = 1,            /* of the database */
	CASE_DATABASE_MAX = 1 << 30, /* bytes */
	CASE_BLOCK_MAX = 1 << 29,    /* bytes of a block of the vault */
	CASE_FILE_MAX = 64,          /* bytes of a file's name within a case */
};

/** What is wrong with a case or its key. */
enum case_why {
	CASE_GOOD,
	CASE_ABSENT,         /* no such folder, or an empty one */
	CASE_FOREIGN,        /* a folder of something else */
	CASE_LOCKED,         /* another process uses it */
	CASE_DAMAGED,        /* a file of it is missing, cut or changed */
	CASE_NEWER,          /* made by a later version */
	CASE_SYSTEM,         /* the system refuses: see error */
	CASE_KEY_ABSENT,     /* no key file for it */
	CASE_KEY_WRONG,      /* the key file does not open it */
	CASE_KEY_SHARED,     /* others may read the key file or its folder */
	CASE_KEY_DAMAGED,    /* the key file is none */
	CASE_KEY_PASSPHRASE, /* the passphrase is wrong or missing */
};

/** The same, with what a user needs to know. */
struct case_fault {
	enum case_why why;
	char file[CASE_FILE_MAX]; /* "runs/000001-rows.run"; may be "" */
	int error;                /* errno of CASE_SYSTEM */
	long process;             /* of CASE_LOCKED; 0: not known */
};

/** Asks for a passphrase. RC_END: there is none to be had. */
typedef enum rc case_ask(void *arg, uint8_t out[KEYFILE_PASSPHRASE_MAX],
			 size_t *ret_n);

/** case_fault_is_key(why): Is the key what is wrong, and not the case? */
bool case_fault_is_key(enum case_why why);

/** How to open a case. */
struct case_options {
	const char *path; /* of the folder */
	const char *keys; /* of the folder of key files */
	bool make;        /* it may be absent: make it, and a key */
	bool wrap;        /* a key that is made is wrapped under a passphrase */
	case_ask *ask;    /* may be NULL: there is no passphrase */
	void *ask_arg;
};

/** Opaque; belongs to one thread. */
struct case_folder;

/**
 * case_open(o, ret_case, reterr):
 * Open the case of ${o}, lock it and check every byte of it.
 *
 * Errors   RC_FORMAT, RC_DENIED (the key), RC_IO, RC_NOMEM; ${reterr} has the
 *          details. Nothing is changed then.
 * Owns     The caller calls case_close(), which unlocks it.
 * Cost     Reads all of the case once, at about a gigabyte a second.
 */
enum rc case_open(const struct case_options *o, struct case_folder **ret_case,
		  struct case_fault *reterr);
void case_close(struct case_folder *c);

/**
 * case_fault(c):
 * What went wrong in the last call on ${c} that failed.
 */
const struct case_fault *case_fault(const struct case_folder *c);

/**
 * case_blame(c, rc, file):
 * Say that ${file} of ${c} could not be read or written (${rc}; RC_IO: errno
 * says why). Returns ${rc}.
 */
enum rc case_blame(struct case_folder *c, enum rc rc, const char *file);

/** A case in numbers. */
struct case_numbers {
	uint8_t id[KEYFILE_CASE_BYTES];
	bool made; /* by this opening */
	uint32_t scans;
	uint64_t documents;
	uint64_t mentions;
	uint64_t vault_bytes; /* of scans that are in it */
	uint64_t last_begins; /* in the vault: the last of these scans */
};

/**
 * case_numbers(c, ret):
 * Count what is in ${c}.
 */
void case_numbers(const struct case_folder *c, struct case_numbers *ret);

/**
 * case_seal_key(c, use, ret_key), case_run_keys(c, ret_keys):
 * Keys of ${c}. The caller wipes them.
 */
void case_seal_key(const struct case_folder *c, enum seal_use use,
		   struct seal_key *ret_key);
void case_run_keys(const struct case_folder *c, struct run_keys *ret_keys);

/* Files of a scan under way. */

/**
 * case_vault(c):
 * The file of sealed mentions. Bytes past case_numbers()'s vault_bytes are of
 * the scan under way. It is closed with the case.
 */
int case_vault(const struct case_folder *c);

/**
 * case_journal_open(c, make, ret_fd), case_journal_remove(c):
 * Open the journal, which is empty if it was made; or remove it.
 *
 * Returns  RC_END: there is none, and it was not to be made.
 * Errors   RC_IO.
 * Owns     The caller closes ${ret_fd}.
 */
enum rc case_journal_open(struct case_folder *c, bool make, int *ret_fd);
enum rc case_journal_remove(struct case_folder *c);

/**
 * case_temporary(c):
 * A file without a name beside the case. The caller closes it. -1: errno says
 * why.
 */
int case_temporary(const struct case_folder *c);

/**
 * case_run_make(c, scan, kind, ret_fd), case_run_keep(c, scan, kind, fd):
 * Make a file for a run of ${scan}; once it is written, give it its name. Only
 * case_commit() makes it part of the case.
 *
 * Errors   RC_IO.
 * Owns     The caller closes ${ret_fd}; case_run_keep() closes ${fd}.
 */
enum rc case_run_make(struct case_folder *c, uint32_t scan, enum run_kind kind,
		      int *ret_fd);
enum rc case_run_keep(struct case_folder *c, uint32_t scan, enum run_kind kind,
		      int fd);

/**
 * case_run_open(c, scan, kind):
 * The run of a scan that is in ${c}; -1: it cannot be opened. The caller closes
 * it.
 */
int case_run_open(struct case_folder *c, uint32_t scan, enum run_kind kind);

/** What tells one file from another, without reading it. */
struct case_file {
	uint64_t device, inode, size;
	int64_t mtime_s, mtime_ns;
};

/**
 * case_knows_file(c, f), case_knows_digest(c, sha256):
 * The scan that the file ${f}, or one with this SHA-256 (in hexadecimal), came
 * with; 0: none.
 */
uint32_t case_knows_file(struct case_folder *c, const struct case_file *f);
uint32_t case_knows_digest(struct case_folder *c, const char *sha256);

/** One document of a scan, to be kept. */
struct case_document {
	const char *path;
	const char *sha256; /* "": not known */
	struct case_file file;
};

/** One block of the vault. */
struct case_block {
	uint64_t at, bytes;
	uint64_t first_record;
	uint32_t document; /* index in the scan; CASE_NOBODY: in none */
};

#define CASE_NOBODY UINT32_MAX

/** A scan, to be kept. */
struct case_scan {
	uint32_t number; /* one more than those in the case */
	const struct case_document *documents;
	size_t n_documents;
	const struct case_block *blocks; /* by place, without a gap */
	size_t n_blocks;
	uint64_t mentions;  /* in those blocks that are of a document */
	struct span report; /* will be sealed */
};

/**
 * case_commit(c, scan):
 * Put ${scan}, its runs and its blocks into ${c}, all or nothing, and flush
 * them to the medium.
 *
 * Errors   RC_IO, RC_NOMEM, RC_FORMAT: blocks or runs are not there.
 */
enum rc case_commit(struct case_folder *c, const struct case_scan *scan);

/**
 * case_blocks(c, ret_blocks, ret_n):
 * All blocks of ${c} that hold people, in the order of the vault. Their
 * document counts over the whole case.
 *
 * Errors   RC_NOMEM, RC_FORMAT.
 * Owns     The caller frees ${ret_blocks}.
 */
enum rc case_blocks(struct case_folder *c, struct case_block **ret_blocks,
		    size_t *ret_n);

/**
 * case_distinct(c, kind, ret_count):
 * Count the different tokens of ${kind} in all scans of ${c}.
 *
 * Errors   RC_LIMIT: more than RUN_WAYS_MAX scans; RC_NOMEM, RC_IO, RC_FORMAT.
 * Cost     Reads all runs of that kind.
 */
enum rc case_distinct(struct case_folder *c, enum run_kind kind,
		      uint64_t *ret_count);

/**
 * case_report(c, scan, ret_bytes, ret_n):
 * Open the report of ${scan}.
 *
 * Errors   RC_END: there is no such scan; RC_NOMEM, RC_FORMAT.
 * Owns     The caller frees ${ret_bytes}.
 */
enum rc case_report(struct case_folder *c, uint32_t scan, uint8_t **ret_bytes,
		    size_t *ret_n);

/* Keys. */

/** A key file, and whether it is the right one. */
struct case_key {
	uint8_t case_id[KEYFILE_CASE_BYTES];
	uint8_t key_id[KEYFILE_ID_BYTES];
	char name[KEYFILE_NAME_SIZE];
	uint64_t created;
	bool wrapped;
};

/**
 * case_key_show(o, ret, reterr):
 * Say which key the case of ${o} needs, and whether it is there. It is neither
 * unlocked nor used; the case is not locked.
 */
enum rc case_key_show(const struct case_options *o, struct case_key *ret,
		      struct case_fault *reterr);

/**
 * case_key_rotate(c, keys, ask, ask_arg):
 * Make a new key file for ${c}, seal the key of the case under it, and destroy
 * the old key file. A kill at any moment leaves a case that opens. ${ask} gives
 * the passphrase of the new file, if it is not NULL.
 *
 * Errors   RC_IO, RC_NOMEM, RC_DENIED.
 */
enum rc case_key_rotate(struct case_folder *c, const char *keys, case_ask *ask,
			void *ask_arg);

/**
 * case_key_destroy(o, reterr):
 * Destroy every key file of the case of ${o}. It can never be opened again,
 * but with a copy.
 */
enum rc case_key_destroy(const struct case_options *o,
			 struct case_fault *reterr);

#endif
