/* What the files of case share. */
#ifndef TOCSIN_CASE_CASE_IMPL_H
#define TOCSIN_CASE_CASE_IMPL_H

#include "case/case.h"

#include <sqlite3.h>

/** The parts of a case, and what of it is open. */
struct case_folder {
	int dir, runs, vault_dir, lock, vault;
	uint8_t id[KEYFILE_CASE_BYTES];
	struct seal_key root;
	struct seal_key records, names, sums, mentions; /* derived */
	sqlite3 *db;                                    /* in memory */
	struct case_numbers numbers;
	struct case_fault fault;
};

/** The key of the case, sealed. As it lies on the disk. */
struct envelope {
	char magic[8];
	uint32_t version;
	uint32_t pad;
	uint8_t case_id[KEYFILE_CASE_BYTES];
	uint8_t key_id[KEYFILE_ID_BYTES]; /* of the key file that opens it */
	uint64_t created;
	uint8_t body[sizeof(struct seal_key) + SEAL_EXTRA_BYTES];
	uint8_t sum[SEAL_SUM_BYTES]; /* plain: damage is no wrong key */
};

/* fault.c */

/** fault(f, why, file), fault_system(f, file): Note what is wrong, and return
 * the rc that goes with it. The second takes errno. */
enum rc fault(struct case_fault *f, enum case_why why, const char *file);
enum rc fault_system(struct case_fault *f, const char *file);

/** fault_of(f, rc, file): Note a result of base/io, or of a parser. */
enum rc fault_of(struct case_fault *f, enum rc rc, const char *file);

/* file.c */

/** file_save(dir, name, parts, n): Write a file of ${n} ${parts} aside, flush
 * and rename it. RC_IO. */
enum rc file_save(int dir, const char *name, const struct span *parts,
		  size_t n);

/** file_load(dir, name, most, ret_bytes, ret_n): Read a whole file of at most
 * ${most} bytes into memory of sqlite3_malloc64(). RC_END: there is none;
 * RC_FORMAT: it is larger; RC_IO; RC_NOMEM. */
enum rc file_load(int dir, const char *name, uint64_t most, uint8_t **ret_bytes,
		  size_t *ret_n);

/** file_exists(dir, name). */
bool file_exists(int dir, const char *name);

/** file_each(dir, visit, arg): Call ${visit} with every name in ${dir}, until
 * it returns false. False: it did, or the folder cannot be read. */
bool file_each(int dir, bool (*visit)(void *arg, const char *name), void *arg);

/* envelope.c */

/** envelope_make(c, o, reterr): A new key, a key file, an envelope. */
enum rc envelope_make(struct case_folder *c, const struct case_options *o);

/** envelope_load(dir, ret, reterr): Read and check. */
enum rc envelope_load(int dir, struct envelope *ret, struct case_fault *f);

/** envelope_open(c, o): Find the key file, and open the envelope with it. */
enum rc envelope_open(struct case_folder *c, const struct case_options *o);

/* store.c */

/** store_make(c): A new, empty database, saved. */
enum rc store_make(struct case_folder *c);

/** store_open(c): Read, check and open the database. */
enum rc store_open(struct case_folder *c);

/** store_save(c): Write it back, all or nothing. */
enum rc store_save(struct case_folder *c);

/** store_query(c, sql): A prepared statement; NULL: fault is set. */
sqlite3_stmt *store_query(struct case_folder *c, const char *sql);

/** store_number(c, sql, ret): The first number of the first row; 0: none. */
enum rc store_number(struct case_folder *c, const char *sql, uint64_t *ret);

/* check.c */

/** check_files(c): Are the runs and the vault what the database says? */
enum rc check_files(struct case_folder *c);

/** run_path(scan, kind, out): "000001-rows.run". */
void run_path(uint32_t scan, enum run_kind kind,
	      char out[static CASE_FILE_MAX]);

/** block_tag(c, at, bytes, out): The tag at the end of a block. */
enum rc block_tag(struct case_folder *c, uint64_t at, uint64_t bytes,
		  uint8_t out[static SEAL_TAG_BYTES]);

/** run_sum(fd, out): The sum at the end of a run. */
enum rc run_sum(int fd, uint8_t out[static SEAL_SUM_BYTES]);

#endif
