/* Scans in the database: put in, looked up, read back. */
#include "case/case_impl.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char FILE_NAME[] = "case.db";

/* What a sealed field is about: which table, which row. Two of them cannot be
 * exchanged. */
struct field {
	char table[16];
	uint64_t scan;
	uint64_t place;
};

static struct span
about(const struct field *f)
{
	return (struct span){(const uint8_t *)f, sizeof(*f)};
}

static enum rc
refused(struct case_folder *c)
{
	return fault(&c->fault, CASE_DAMAGED, FILE_NAME);
}

static void
sum_of_file(const struct case_folder *c, const struct case_file *f,
	    uint8_t out[static SEAL_SUM_BYTES])
{
	seal_sum(&c->names, (struct span){(const uint8_t *)f, sizeof(*f)}, out);
}

static void
sum_of_digest(const struct case_folder *c, const char *sha256,
	      uint8_t out[static SEAL_SUM_BYTES])
{
	seal_sum(&c->names, span_str(sha256), out);
}

static void
bind_sum(sqlite3_stmt *q, int at, const uint8_t sum[static SEAL_SUM_BYTES])
{
	(void)sqlite3_bind_blob(q, at, sum, SEAL_SUM_BYTES, SQLITE_TRANSIENT);
}

static void
bind_number(sqlite3_stmt *q, int at, uint64_t n)
{
	(void)sqlite3_bind_int64(q, at, (sqlite3_int64)n);
}

/* Bind ${plain} sealed. */
static enum rc
bind_sealed(struct case_folder *c, sqlite3_stmt *q, int at,
	    const struct field *field, struct span plain)
{
	const size_t n = plain.n + SEAL_EXTRA_BYTES;
	uint8_t *sealed = sqlite3_malloc64(n);

	if (sealed == NULL)
		return fault_of(&c->fault, RC_NOMEM, FILE_NAME);
	seal_close(&c->records, about(field), plain, sealed);
	(void)sqlite3_bind_blob64(q, at, sealed, n, sqlite3_free);
	return RC_OK;
}

/* Run an INSERT once. */
static enum rc
insert(struct case_folder *c, sqlite3_stmt *q)
{
	const bool good = sqlite3_step(q) == SQLITE_DONE;

	(void)sqlite3_reset(q);
	(void)sqlite3_clear_bindings(q);
	return good ? RC_OK : refused(c);
}

static uint32_t
look_up(struct case_folder *c, const char *sql,
	const uint8_t sum[static SEAL_SUM_BYTES])
{
	sqlite3_stmt *q = store_query(c, sql);
	uint32_t scan = 0;

	if (q == NULL)
		return 0;
	bind_sum(q, 1, sum);
	if (sqlite3_step(q) == SQLITE_ROW)
		scan = (uint32_t)sqlite3_column_int64(q, 0);
	(void)sqlite3_finalize(q);
	return scan;
}

uint32_t
case_knows_file(struct case_folder *c, const struct case_file *f)
{
	uint8_t sum[SEAL_SUM_BYTES];

	sum_of_file(c, f, sum);
	return look_up(c, "SELECT min(scan) FROM documents WHERE file = ?",
		       sum);
}

uint32_t
case_knows_digest(struct case_folder *c, const char *sha256)
{
	uint8_t sum[SEAL_SUM_BYTES];

	if (*sha256 == '\0')
		return 0;
	sum_of_digest(c, sha256, sum);
	return look_up(c, "SELECT min(scan) FROM documents WHERE digest = ?",
		       sum);
}

static enum rc
put_scan(struct case_folder *c, const struct case_scan *s)
{
	const struct field field = {"scans.report", s->number, 0};
	sqlite3_stmt *q = store_query(
		c, "INSERT INTO scans (id, mentions, report, begins)"
		   " VALUES (?, ?, ?, ?)");

	if (q == NULL)
		return RC_FORMAT;
	bind_number(q, 1, s->number);
	bind_number(q, 2, s->mentions);
	enum rc rc = bind_sealed(c, q, 3, &field, s->report);
	bind_number(q, 4, c->numbers.vault_bytes);
	if (rc == RC_OK)
		rc = insert(c, q);
	(void)sqlite3_finalize(q);
	return rc;
}

static enum rc
put_document(struct case_folder *c, const struct case_scan *s, size_t i,
	     sqlite3_stmt *q)
{
	const struct case_document *d = &s->documents[i];
	const struct field field = {"documents.path", s->number, i};
	uint8_t sum[SEAL_SUM_BYTES];

	bind_number(q, 1, c->numbers.documents + i + 1);
	bind_number(q, 2, s->number);
	bind_number(q, 3, i);
	const enum rc rc = bind_sealed(c, q, 4, &field, span_str(d->path));
	if (rc != RC_OK)
		return rc;
	sum_of_file(c, &d->file, sum);
	bind_sum(q, 5, sum);
	if (*d->sha256 != '\0') {
		sum_of_digest(c, d->sha256, sum);
		bind_sum(q, 6, sum);
	}
	return insert(c, q);
}

static enum rc
put_documents(struct case_folder *c, const struct case_scan *s)
{
	sqlite3_stmt *q = store_query(
		c, "INSERT INTO documents (id, scan, place, path, file, digest)"
		   " VALUES (?, ?, ?, ?, ?, ?)");
	enum rc rc = q == NULL ? RC_FORMAT : RC_OK;

	for (size_t i = 0; rc == RC_OK && i < s->n_documents; i++)
		rc = put_document(c, s, i, q);
	(void)sqlite3_finalize(q);
	return rc;
}

static enum rc
put_block(struct case_folder *c, const struct case_scan *s,
	  const struct case_block *b, sqlite3_stmt *q)
{
	uint8_t tag[SEAL_TAG_BYTES];
	const enum rc rc = block_tag(c, b->at, b->bytes, tag);

	if (rc != RC_OK)
		return fault_of(&c->fault, rc, "vault/mentions");
	bind_number(q, 1, b->at);
	bind_number(q, 2, b->bytes);
	if (b->document < s->n_documents)
		bind_number(q, 3, c->numbers.documents + b->document + 1);
	bind_number(q, 4, b->first_record);
	(void)sqlite3_bind_blob(q, 5, tag, sizeof(tag), SQLITE_TRANSIENT);
	return insert(c, q);
}

static enum rc
put_blocks(struct case_folder *c, const struct case_scan *s)
{
	sqlite3_stmt *q = store_query(
		c, "INSERT INTO blocks (at, bytes, document, first_record, tag)"
		   " VALUES (?, ?, ?, ?, ?)");
	enum rc rc = q == NULL ? RC_FORMAT : RC_OK;

	for (size_t i = 0; rc == RC_OK && i < s->n_blocks; i++)
		rc = put_block(c, s, &s->blocks[i], q);
	(void)sqlite3_finalize(q);
	return rc;
}

static enum rc
put_run(struct case_folder *c, uint32_t scan, enum run_kind kind,
	sqlite3_stmt *q)
{
	struct run_reader *r = NULL;
	struct run_keys keys;
	uint8_t sum[SEAL_SUM_BYTES];
	const int fd = case_run_open(c, scan, kind);

	if (fd < 0)
		return fault_system(&c->fault, "runs");
	case_run_keys(c, &keys);
	enum rc rc = run_reader_open(fd, kind, &keys, &r);
	if (rc == RC_OK)
		rc = run_sum(fd, sum);
	if (rc == RC_OK) {
		bind_number(q, 1, scan);
		bind_number(q, 2, kind);
		bind_number(q, 3, run_count(r));
		bind_sum(q, 4, sum);
		rc = insert(c, q);
	} else {
		rc = fault_of(&c->fault, rc, "runs");
	}
	run_reader_free(r);
	explicit_bzero(&keys, sizeof(keys));
	(void)close(fd);
	return rc;
}

static enum rc
put_runs(struct case_folder *c, const struct case_scan *s)
{
	sqlite3_stmt *q =
		store_query(c, "INSERT INTO runs (scan, kind, count, sum)"
			       " VALUES (?, ?, ?, ?)");
	enum rc rc = q == NULL ? RC_FORMAT : RC_OK;

	for (int kind = RUN_ROWS; rc == RC_OK && kind <= RUN_DOMAINS; kind++)
		rc = put_run(c, s->number, (enum run_kind)kind, q);
	(void)sqlite3_finalize(q);
	return rc;
}

static enum rc
put(struct case_folder *c, const struct case_scan *s)
{
	enum rc rc = put_scan(c, s);

	if (rc == RC_OK)
		rc = put_documents(c, s);
	if (rc == RC_OK)
		rc = put_blocks(c, s);
	return rc == RC_OK ? put_runs(c, s) : rc;
}

static enum rc
exec(struct case_folder *c, const char *sql)
{
	return sqlite3_exec(c->db, sql, NULL, NULL, NULL) == SQLITE_OK
		       ? RC_OK
		       : refused(c);
}

enum rc
case_commit(struct case_folder *c, const struct case_scan *s)
{
	const struct case_block *last =
		s->n_blocks > 0 ? &s->blocks[s->n_blocks - 1] : NULL;

	/* What the database will speak of must be on the medium before it. */
	if (fsync(c->vault) != 0 || fsync(c->vault_dir) != 0)
		return fault_system(&c->fault, "vault/mentions");
	enum rc rc = exec(c, "BEGIN");
	if (rc != RC_OK)
		return rc;
	rc = put(c, s);
	if (rc != RC_OK) {
		(void)sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
		return rc;
	}
	rc = exec(c, "COMMIT");
	if (rc == RC_OK)
		rc = store_save(c);
	if (rc != RC_OK)
		return rc;
	c->numbers.scans = s->number;
	c->numbers.documents += s->n_documents;
	c->numbers.mentions += s->mentions;
	c->numbers.last_begins = c->numbers.vault_bytes;
	if (last != NULL)
		c->numbers.vault_bytes = last->at + last->bytes;
	return RC_OK;
}

enum rc
case_blocks(struct case_folder *c, struct case_block **ret_blocks,
	    size_t *ret_n)
{
	uint64_t n;
	size_t i = 0;
	const enum rc rc = store_number(
		c, "SELECT count(*) FROM blocks WHERE document IS NOT NULL",
		&n);

	if (rc != RC_OK)
		return rc;
	struct case_block *b = calloc((size_t)n + 1, sizeof(*b));
	sqlite3_stmt *q = store_query(
		c, "SELECT at, bytes, first_record, document FROM blocks"
		   " WHERE document IS NOT NULL ORDER BY at");
	if (b == NULL || q == NULL) {
		(void)sqlite3_finalize(q);
		free(b);
		return b == NULL ? RC_NOMEM : RC_FORMAT;
	}
	while (i < n && sqlite3_step(q) == SQLITE_ROW)
		b[i++] = (struct case_block){
			.at = (uint64_t)sqlite3_column_int64(q, 0),
			.bytes = (uint64_t)sqlite3_column_int64(q, 1),
			.first_record = (uint64_t)sqlite3_column_int64(q, 2),
			.document = (uint32_t)sqlite3_column_int64(q, 3) - 1,
		};
	(void)sqlite3_finalize(q);
	*ret_blocks = b;
	*ret_n = i;
	return RC_OK;
}

enum rc
case_report(struct case_folder *c, uint32_t scan, uint8_t **ret_bytes,
	    size_t *ret_n)
{
	const struct field field = {"scans.report", scan, 0};
	sqlite3_stmt *q =
		store_query(c, "SELECT report FROM scans WHERE id = ?");
	enum rc rc = RC_END;

	if (q == NULL)
		return RC_FORMAT;
	bind_number(q, 1, scan);
	if (sqlite3_step(q) == SQLITE_ROW) {
		const struct span sealed = {sqlite3_column_blob(q, 0),
					    (size_t)sqlite3_column_bytes(q, 0)};

		*ret_bytes = malloc(sealed.n + 1);
		rc = *ret_bytes == NULL ? RC_NOMEM
					: seal_open(&c->records, about(&field),
						    sealed, *ret_bytes);
		if (rc == RC_OK)
			*ret_n = sealed.n - SEAL_EXTRA_BYTES;
		else
			free(*ret_bytes);
	}
	(void)sqlite3_finalize(q);
	return rc == RC_FORMAT ? refused(c) : rc;
}
