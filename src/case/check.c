/* Every byte of runs and vault, held against what the database says. */
#include "base/io.h"
#include "case/case_impl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char VAULT[] = "vault/mentions";

static const char *
kind_name(enum run_kind kind)
{
	switch (kind) {
	case RUN_ROWS:
		return "rows";
	case RUN_IDS:
		return "ids";
	case RUN_DOMAINS:
		return "domains";
	}
	return "";
}

void
run_path(uint32_t scan, enum run_kind kind, char out[static CASE_FILE_MAX])
{
	(void)snprintf(out, CASE_FILE_MAX, "%06u-%s.run", scan,
		       kind_name(kind));
}

enum rc
run_sum(int fd, uint8_t out[static SEAL_SUM_BYTES])
{
	const off_t end = lseek(fd, 0, SEEK_END);
	size_t got;

	if (end < SEAL_SUM_BYTES)
		return RC_FORMAT;
	const enum rc rc = io_read_at(fd, out, SEAL_SUM_BYTES,
				      (uint64_t)end - SEAL_SUM_BYTES, &got);
	if (rc != RC_OK)
		return rc;
	return got == SEAL_SUM_BYTES ? RC_OK : RC_FORMAT;
}

static bool
blob_is(sqlite3_stmt *q, int column, const void *p, size_t n)
{
	return (size_t)sqlite3_column_bytes(q, column) == n &&
	       memcmp(sqlite3_column_blob(q, column), p, n) == 0;
}

static enum rc
check_run(struct case_folder *c, const struct run_keys *keys, sqlite3_stmt *q)
{
	const uint32_t scan = (uint32_t)sqlite3_column_int64(q, 0);
	const enum run_kind kind = (enum run_kind)sqlite3_column_int(q, 1);
	uint8_t sum[SEAL_SUM_BYTES];
	char path[CASE_FILE_MAX];
	char whole[CASE_FILE_MAX];
	uint64_t count;

	run_path(scan, kind, path);
	(void)snprintf(whole, sizeof(whole), "runs/%.50s", path);
	const int fd = case_run_open(c, scan, kind);
	if (fd < 0)
		return errno == ENOENT ? fault(&c->fault, CASE_DAMAGED, whole)
				       : fault_system(&c->fault, whole);
	enum rc rc = run_check(fd, kind, keys, &count);
	if (rc == RC_OK)
		rc = run_sum(fd, sum);
	if (rc == RC_OK && (count != (uint64_t)sqlite3_column_int64(q, 2) ||
			    !blob_is(q, 3, sum, sizeof(sum))))
		rc = RC_FORMAT;
	(void)close(fd);
	/* A newer run would be in a database that is newer, too. */
	return fault_of(&c->fault, rc == RC_UNSUPPORTED ? RC_FORMAT : rc,
			whole);
}

static enum rc
check_runs(struct case_folder *c)
{
	struct run_keys keys;
	sqlite3_stmt *q =
		store_query(c, "SELECT scan, kind, count, sum FROM runs"
			       " ORDER BY scan, kind");
	enum rc rc = RC_OK;

	if (q == NULL)
		return RC_FORMAT;
	case_run_keys(c, &keys);
	while (rc == RC_OK && sqlite3_step(q) == SQLITE_ROW)
		rc = check_run(c, &keys, q);
	(void)sqlite3_finalize(q);
	explicit_bzero(&keys, sizeof(keys));
	return rc;
}

enum rc
block_tag(struct case_folder *c, uint64_t at, uint64_t bytes,
	  uint8_t out[static SEAL_TAG_BYTES])
{
	size_t got;

	if (bytes < SEAL_EXTRA_BYTES)
		return RC_FORMAT;
	const enum rc rc = io_read_at(c->vault, out, SEAL_TAG_BYTES,
				      at + bytes - SEAL_TAG_BYTES, &got);
	if (rc != RC_OK)
		return rc;
	return got == SEAL_TAG_BYTES ? RC_OK : RC_FORMAT;
}

/** Memory for one block. */
struct room {
	uint8_t *p;
	size_t n;
};

/* Is the block whole, and the one that was put there? It is not opened. */
static enum rc
check_block(struct case_folder *c, uint64_t at, uint64_t bytes, sqlite3_stmt *q,
	    struct room *room)
{
	size_t got;

	if (bytes > CASE_BLOCK_MAX || bytes < SEAL_EXTRA_BYTES)
		return RC_FORMAT;
	if (bytes > room->n) {
		free(room->p);
		room->p = malloc((size_t)bytes);
		room->n = (size_t)bytes;
		if (room->p == NULL)
			return RC_NOMEM;
	}
	enum rc rc = io_read_at(c->vault, room->p, (size_t)bytes, at, &got);
	if (rc != RC_OK)
		return rc;
	if (got != bytes ||
	    !blob_is(q, 2, room->p + bytes - SEAL_TAG_BYTES, SEAL_TAG_BYTES))
		return RC_FORMAT;
	return seal_open(&c->mentions, (struct span){NULL, 0},
			 (struct span){room->p, got}, NULL);
}

static enum rc
check_vault(struct case_folder *c)
{
	struct room room = {NULL, 0};
	sqlite3_stmt *q =
		store_query(c, "SELECT at, bytes, tag FROM blocks ORDER BY at");
	uint64_t end = 0;
	enum rc rc = RC_OK;

	if (q == NULL)
		return RC_FORMAT;
	while (rc == RC_OK && sqlite3_step(q) == SQLITE_ROW) {
		const uint64_t at = (uint64_t)sqlite3_column_int64(q, 0);
		const uint64_t bytes = (uint64_t)sqlite3_column_int64(q, 1);

		rc = at == end ? check_block(c, at, bytes, q, &room)
			       : RC_FORMAT;
		end = at + bytes;
	}
	(void)sqlite3_finalize(q);
	free(room.p);
	return fault_of(&c->fault, rc, VAULT);
}

enum rc
check_files(struct case_folder *c)
{
	const enum rc rc = check_runs(c);

	return rc == RC_OK ? check_vault(c) : rc;
}
