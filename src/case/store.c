/* The database of a case: what is small. It is read whole, and its keyed sum
 * checked, before SQLite sees a byte of it; it lives in memory and is written
 * whole. SQLite opens no file, so it leaves no journal, no lock, no page of an
 * older state. Whatever could name a person in it is sealed or a keyed sum. */
#include "case/case_impl.h"

#include <string.h>

static const char FILE_NAME[] = "case.db";

enum { DATABASE_VERSION = CASE_VERSION };

/* Behind the last page: SQLite knows its own length and does not look here. */
struct trailer {
	char magic[16];
	uint8_t sum[SEAL_SUM_BYTES];
};

static const char MAGIC[16] = "tocsin case.db 1";

static const char SCHEMA[] =
	"CREATE TABLE scans ("
	" id INTEGER PRIMARY KEY,"
	" mentions INTEGER NOT NULL,"
	" begins INTEGER NOT NULL," /* in the vault */
	" report BLOB NOT NULL"     /* sealed */
	") STRICT;"
	"CREATE TABLE documents ("
	" id INTEGER PRIMARY KEY,"
	" scan INTEGER NOT NULL REFERENCES scans (id),"
	" place INTEGER NOT NULL," /* in its scan, from 0 */
	" path BLOB NOT NULL,"     /* sealed */
	" file BLOB NOT NULL,"     /* keyed sum of struct case_file */
	" digest BLOB,"            /* keyed sum of the SHA-256 */
	" UNIQUE (scan, place)"
	") STRICT;"
	"CREATE INDEX documents_file ON documents (file);"
	"CREATE INDEX documents_digest ON documents (digest);"
	"CREATE TABLE runs ("
	" scan INTEGER NOT NULL REFERENCES scans (id),"
	" kind INTEGER NOT NULL,"
	" count INTEGER NOT NULL,"
	" sum BLOB NOT NULL," /* the one at the end of the file */
	" PRIMARY KEY (scan, kind)"
	") STRICT;"
	"CREATE TABLE blocks ("
	" at INTEGER PRIMARY KEY," /* in vault/mentions */
	" bytes INTEGER NOT NULL,"
	" document INTEGER REFERENCES documents (id)," /* NULL: nobody's */
	" first_record INTEGER NOT NULL,"
	" tag BLOB NOT NULL" /* the one at its end */
	") STRICT;";

enum rc
store_number(struct case_folder *c, const char *sql, uint64_t *ret)
{
	sqlite3_stmt *q = store_query(c, sql);

	*ret = 0;
	if (q == NULL)
		return RC_FORMAT;
	const int step = sqlite3_step(q);
	if (step == SQLITE_ROW)
		*ret = (uint64_t)sqlite3_column_int64(q, 0);
	(void)sqlite3_finalize(q);
	return step == SQLITE_ROW || step == SQLITE_DONE
		       ? RC_OK
		       : fault(&c->fault, CASE_DAMAGED, FILE_NAME);
}

sqlite3_stmt *
store_query(struct case_folder *c, const char *sql)
{
	sqlite3_stmt *q = NULL;

	if (sqlite3_prepare_v2(c->db, sql, -1, &q, NULL) != SQLITE_OK)
		(void)fault(&c->fault, CASE_DAMAGED, FILE_NAME);
	return q;
}

static enum rc
open_memory(struct case_folder *c)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
			  SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_MEMORY;

	if (sqlite3_open_v2(":memory:", &c->db, flags, NULL) != SQLITE_OK)
		return fault_of(&c->fault, RC_NOMEM, FILE_NAME);
	/* Nothing of it may spill to a file of SQLite's. */
	if (sqlite3_exec(c->db,
			 "PRAGMA temp_store = MEMORY;"
			 "PRAGMA foreign_keys = ON;",
			 NULL, NULL, NULL) != SQLITE_OK)
		return fault(&c->fault, CASE_DAMAGED, FILE_NAME);
	return RC_OK;
}

static enum rc
sum_of(const struct case_folder *c, struct span bytes,
       uint8_t out[static SEAL_SUM_BYTES])
{
	struct seal_sum *s = seal_sum_new(&c->sums);

	if (s == NULL)
		return RC_NOMEM;
	seal_sum_add(s, (struct span){(const uint8_t *)MAGIC, sizeof(MAGIC)});
	seal_sum_add(s, (struct span){c->id, sizeof(c->id)});
	seal_sum_add(s, bytes);
	seal_sum_end(s, out);
	seal_sum_free(s);
	return RC_OK;
}

enum rc
store_save(struct case_folder *c)
{
	struct trailer t;
	sqlite3_int64 n;
	uint8_t *bytes = sqlite3_serialize(c->db, "main", &n, 0);

	if (bytes == NULL)
		return fault_of(&c->fault, RC_NOMEM, FILE_NAME);
	const struct span parts[] = {{bytes, (size_t)n},
				     {(const uint8_t *)&t, sizeof(t)}};
	memcpy(t.magic, MAGIC, sizeof(MAGIC));
	enum rc rc = sum_of(c, parts[0], t.sum);
	if (rc == RC_OK)
		rc = file_save(c->dir, FILE_NAME, parts, COUNT_OF(parts));
	if (rc != RC_OK)
		rc = fault_of(&c->fault, rc, FILE_NAME);
	sqlite3_free(bytes);
	return rc;
}

enum rc
store_make(struct case_folder *c)
{
	const enum rc rc = open_memory(c);

	if (rc != RC_OK)
		return rc;
	char *sql = sqlite3_mprintf("%s PRAGMA user_version = %d;", SCHEMA,
				    DATABASE_VERSION);
	const int bad = sql == NULL ||
			sqlite3_exec(c->db, sql, NULL, NULL, NULL) != SQLITE_OK;
	sqlite3_free(sql);
	return bad ? fault(&c->fault, CASE_DAMAGED, FILE_NAME) : store_save(c);
}

/* Read the file and take off its trailer. */
static enum rc
load(struct case_folder *c, uint8_t **ret_bytes, size_t *ret_n)
{
	struct trailer t;
	uint8_t sum[SEAL_SUM_BYTES];
	uint8_t *bytes;
	size_t n;
	enum rc rc =
		file_load(c->dir, FILE_NAME, CASE_DATABASE_MAX, &bytes, &n);

	if (rc != RC_OK)
		return fault_of(&c->fault, rc, FILE_NAME);
	rc = RC_FORMAT;
	if (n > sizeof(t)) {
		n -= sizeof(t);
		memcpy(&t, bytes + n, sizeof(t));
		rc = sum_of(c, (struct span){bytes, n}, sum);
		if (rc == RC_OK && (!seal_equal(sum, t.sum, sizeof(sum)) ||
				    memcmp(t.magic, MAGIC, sizeof(MAGIC)) != 0))
			rc = RC_FORMAT;
	}
	if (rc != RC_OK) {
		sqlite3_free(bytes);
		return fault_of(&c->fault, rc, FILE_NAME);
	}
	*ret_bytes = bytes;
	*ret_n = n;
	return RC_OK;
}

/* The sum holds; is it a database as well, and one of ours? */
static enum rc
check(struct case_folder *c)
{
	uint64_t version;
	enum rc rc = store_number(c, "PRAGMA user_version", &version);

	if (rc != RC_OK)
		return rc;
	if (version > DATABASE_VERSION)
		return fault(&c->fault, CASE_NEWER, FILE_NAME);
	sqlite3_stmt *q = store_query(c, "PRAGMA integrity_check(1)");
	const bool good =
		q != NULL && version == DATABASE_VERSION &&
		sqlite3_step(q) == SQLITE_ROW &&
		strcmp((const char *)sqlite3_column_text(q, 0), "ok") == 0;
	(void)sqlite3_finalize(q);
	return good ? RC_OK : fault(&c->fault, CASE_DAMAGED, FILE_NAME);
}

static enum rc
read_numbers(struct case_folder *c)
{
	uint64_t scans;
	uint64_t last;
	enum rc rc = store_number(c, "SELECT count(*) FROM scans", &scans);

	if (rc == RC_OK)
		rc = store_number(c, "SELECT max(id) FROM scans", &last);
	if (rc == RC_OK)
		rc = store_number(c, "SELECT count(*) FROM documents",
				  &c->numbers.documents);
	if (rc == RC_OK)
		rc = store_number(c,
				  "SELECT begins FROM scans"
				  " ORDER BY id DESC LIMIT 1",
				  &c->numbers.last_begins);
	if (rc == RC_OK)
		rc = store_number(c, "SELECT sum(mentions) FROM scans",
				  &c->numbers.mentions);
	if (rc == RC_OK)
		rc = store_number(c,
				  "SELECT at + bytes FROM blocks"
				  " ORDER BY at DESC LIMIT 1",
				  &c->numbers.vault_bytes);
	if (rc == RC_OK && (scans != last || scans > UINT32_MAX / 2))
		return fault(&c->fault, CASE_DAMAGED, FILE_NAME);
	c->numbers.scans = (uint32_t)scans;
	return rc;
}

enum rc
store_open(struct case_folder *c)
{
	const unsigned flags =
		SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
	uint8_t *bytes = NULL;
	size_t n = 0;
	enum rc rc = open_memory(c);

	if (rc == RC_OK)
		rc = load(c, &bytes, &n);
	if (rc != RC_OK)
		return rc;
	/* The database owns the bytes from here on, also if it refuses them.
	 * SQLite holds no more than CASE_DATABASE_MAX in memory. */
	if (sqlite3_deserialize(c->db, "main", bytes, (sqlite3_int64)n,
				(sqlite3_int64)n, flags) != SQLITE_OK)
		return fault(&c->fault, CASE_DAMAGED, FILE_NAME);
	rc = check(c);
	return rc == RC_OK ? read_numbers(c) : rc;
}
