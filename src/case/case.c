#include "base/io.h"
#include "case/case_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const PARTS[] = {"lock", "runs", "vault"};

/* Of a folder without an envelope: is this one of the empty things that making
 * a case begins with? */
static bool
is_beginning(void *arg, const char *name)
{
	bool *contents = arg;

	for (size_t i = 0; i < COUNT_OF(PARTS); i++)
		if (strcmp(name, PARTS[i]) == 0)
			return true;
	if (strcmp(name, "envelope.new") == 0)
		return true;
	*contents =
		strcmp(name, "case.db") == 0 || strcmp(name, "journal") == 0;
	return false;
}

static bool
is_nothing(void *arg, const char *name)
{
	(void)arg;
	(void)name;
	return false;
}

static bool
is_empty(int dir, const char *name)
{
	const int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT;
	const bool empty = file_each(fd, is_nothing, NULL);
	(void)close(fd);
	return empty;
}

/* What is ${c}->dir: a case (RC_OK), or nothing yet (RC_END)? */
static enum rc
what_is_it(struct case_folder *c)
{
	bool contents = false;

	if (file_exists(c->dir, "envelope"))
		return RC_OK;
	if (!file_each(c->dir, is_beginning, &contents))
		return contents ? fault(&c->fault, CASE_DAMAGED, "envelope")
				: fault(&c->fault, CASE_FOREIGN, "");
	if (!is_empty(c->dir, "runs") || !is_empty(c->dir, "vault"))
		return fault(&c->fault, CASE_DAMAGED, "envelope");
	return RC_END;
}

/* The process that holds the lock wrote its number there. */
static long
holder(int fd)
{
	char text[24] = "";
	const ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	return n > 0 ? strtol(text, NULL, 10) : 0;
}

static enum rc
take_lock(struct case_folder *c)
{
	char text[24];

	c->lock = openat(c->dir, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (c->lock < 0)
		return fault_system(&c->fault, "lock");
	if (flock(c->lock, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK)
			return fault_system(&c->fault, "lock");
		const enum rc rc = fault(&c->fault, CASE_LOCKED, "lock");
		c->fault.process = holder(c->lock);
		return rc;
	}
	const int n = snprintf(text, sizeof(text), "%ld\n", (long)getpid());
	/* Only a courtesy to whoever finds it locked. */
	if (ftruncate(c->lock, 0) != 0 ||
	    pwrite(c->lock, text, (size_t)n, 0) != n)
		return fault_system(&c->fault, "lock");
	return RC_OK;
}

static int
open_part(struct case_folder *c, const char *name, bool may_make)
{
	if (may_make && mkdirat(c->dir, name, 0700) != 0 && errno != EEXIST)
		return -1;
	return openat(c->dir, name,
		      O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
}

/* A part of a case that cannot be opened: it is missing, or the system
 * refuses. */
static enum rc
no_part(struct case_folder *c, const char *name)
{
	return errno == ENOENT ? fault(&c->fault, CASE_DAMAGED, name)
			       : fault_system(&c->fault, name);
}

static enum rc
open_parts(struct case_folder *c, bool may_make)
{
	const int make_it = may_make ? O_CREAT : 0;

	c->runs = open_part(c, "runs", may_make);
	if (c->runs < 0)
		return no_part(c, "runs");
	c->vault_dir = open_part(c, "vault", may_make);
	if (c->vault_dir < 0)
		return no_part(c, "vault");
	c->vault = openat(c->vault_dir, "mentions",
			  O_RDWR | make_it | O_CLOEXEC | O_NOFOLLOW, 0600);
	return c->vault >= 0 ? RC_OK : no_part(c, "vault/mentions");
}

static void
derive(struct case_folder *c)
{
	seal_key_derive(&c->root, SEAL_RECORDS, &c->records);
	seal_key_derive(&c->root, SEAL_NAMES, &c->names);
	seal_key_derive(&c->root, SEAL_SUMS, &c->sums);
	seal_key_derive(&c->root, SEAL_VAULT, &c->mentions);
	memcpy(c->numbers.id, c->id, sizeof(c->id));
}

static enum rc
make(struct case_folder *c, const struct case_options *o)
{
	enum rc rc = open_parts(c, true);

	if (rc == RC_OK)
		rc = envelope_make(c, o);
	if (rc != RC_OK)
		return rc;
	derive(c);
	c->numbers.made = true;
	return store_make(c);
}

/* Making a case that was cut short after its envelope leaves no database, and
 * nothing that one could be missing for. */
static bool
is_unfinished(const struct case_folder *c)
{
	return !file_exists(c->dir, "case.db") &&
	       !file_exists(c->dir, "journal") && is_empty(c->dir, "runs") &&
	       lseek(c->vault, 0, SEEK_END) == 0;
}

static enum rc
open_made(struct case_folder *c, const struct case_options *o)
{
	enum rc rc = envelope_open(c, o);

	if (rc != RC_OK)
		return rc;
	derive(c);
	rc = open_parts(c, false);
	if (rc != RC_OK)
		return rc;
	if (is_unfinished(c))
		return store_make(c);
	rc = store_open(c);
	return rc == RC_OK ? check_files(c) : rc;
}

static enum rc
open_folder(struct case_folder *c, const struct case_options *o)
{
	if (o->make && mkdir(o->path, 0700) != 0 && errno != EEXIST)
		return fault_system(&c->fault, "");
	c->dir = open(o->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (c->dir < 0)
		return errno == ENOENT    ? fault(&c->fault, CASE_ABSENT, "")
		       : errno == ENOTDIR ? fault(&c->fault, CASE_FOREIGN, "")
					  : fault_system(&c->fault, "");
	enum rc rc = what_is_it(c);
	const bool made = rc == RC_OK;
	if (rc == RC_END)
		rc = o->make ? RC_OK : fault(&c->fault, CASE_ABSENT, "");
	if (rc == RC_OK)
		rc = take_lock(c);
	if (rc != RC_OK)
		return rc;
	return made ? open_made(c, o) : make(c, o);
}

enum rc
case_open(const struct case_options *o, struct case_folder **ret_case,
	  struct case_fault *reterr)
{
	struct case_folder *c = calloc(1, sizeof(*c));

	memset(reterr, 0, sizeof(*reterr));
	if (c == NULL)
		return fault_of(reterr, RC_NOMEM, "");
	c->dir = c->runs = c->vault_dir = c->lock = c->vault = -1;
	const enum rc rc = open_folder(c, o);
	if (rc != RC_OK) {
		*reterr = c->fault;
		case_close(c);
		return rc;
	}
	*ret_case = c;
	return RC_OK;
}

void
case_close(struct case_folder *c)
{
	if (c == NULL)
		return;
	const int fds[] = {c->vault, c->vault_dir, c->runs, c->lock, c->dir};

	(void)sqlite3_close(c->db);
	for (size_t i = 0; i < COUNT_OF(fds); i++)
		if (fds[i] >= 0)
			(void)close(fds[i]);
	explicit_bzero(c, sizeof(*c));
	free(c);
}

const struct case_fault *
case_fault(const struct case_folder *c)
{
	return &c->fault;
}

enum rc
case_blame(struct case_folder *c, enum rc rc, const char *file)
{
	return rc == RC_OK ? RC_OK : fault_of(&c->fault, rc, file);
}

void
case_numbers(const struct case_folder *c, struct case_numbers *ret)
{
	*ret = c->numbers;
}

void
case_seal_key(const struct case_folder *c, enum seal_use use,
	      struct seal_key *ret_key)
{
	seal_key_derive(&c->root, use, ret_key);
}

void
case_run_keys(const struct case_folder *c, struct run_keys *ret_keys)
{
	memset(ret_keys, 0, sizeof(*ret_keys));
	memcpy(ret_keys->owner, c->id, sizeof(ret_keys->owner));
	ret_keys->sum = c->sums;
}

int
case_vault(const struct case_folder *c)
{
	return c->vault;
}

enum rc
case_journal_open(struct case_folder *c, bool make_it, int *ret_fd)
{
	const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW |
			  (make_it ? O_CREAT | O_TRUNC : 0);

	*ret_fd = openat(c->dir, "journal", flags, 0600);
	if (*ret_fd >= 0)
		return RC_OK;
	return errno == ENOENT ? RC_END : fault_system(&c->fault, "journal");
}

enum rc
case_journal_remove(struct case_folder *c)
{
	if (unlinkat(c->dir, "journal", 0) == 0 || errno == ENOENT)
		return RC_OK;
	return fault_system(&c->fault, "journal");
}

int
case_temporary(const struct case_folder *c)
{
	return openat(c->runs, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
}

static void
aside_path(uint32_t scan, enum run_kind kind, char out[static CASE_FILE_MAX])
{
	run_path(scan, kind, out);
	(void)strncat(out, ".new", CASE_FILE_MAX - strlen(out) - 1);
}

enum rc
case_run_make(struct case_folder *c, uint32_t scan, enum run_kind kind,
	      int *ret_fd)
{
	char aside[CASE_FILE_MAX];

	aside_path(scan, kind, aside);
	*ret_fd = openat(c->runs, aside, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC,
			 0600);
	return *ret_fd >= 0 ? RC_OK : fault_system(&c->fault, "runs");
}

enum rc
case_run_keep(struct case_folder *c, uint32_t scan, enum run_kind kind, int fd)
{
	char aside[CASE_FILE_MAX];
	char path[CASE_FILE_MAX];

	aside_path(scan, kind, aside);
	run_path(scan, kind, path);
	return io_settle(fd, c->runs, aside, path) == RC_OK
		       ? RC_OK
		       : fault_system(&c->fault, "runs");
}

enum rc
case_distinct(struct case_folder *c, enum run_kind kind, uint64_t *ret_count)
{
	const size_t n = c->numbers.scans;
	struct run_keys keys;

	if (n > RUN_WAYS_MAX)
		return RC_LIMIT;
	struct run_reader **in = calloc(n + 1, sizeof(*in));
	int *fds = calloc(n + 1, sizeof(*fds));
	enum rc rc = in == NULL || fds == NULL ? RC_NOMEM : RC_OK;
	size_t open_ones = 0;
	case_run_keys(c, &keys);
	while (rc == RC_OK && open_ones < n) {
		const size_t i = open_ones;

		fds[i] = case_run_open(c, (uint32_t)i + 1, kind);
		if (fds[i] < 0) {
			rc = RC_IO;
			break;
		}
		open_ones++;
		rc = run_reader_open(fds[i], kind, &keys, &in[i]);
	}
	if (rc == RC_OK)
		rc = run_merge(in, n, NULL, ret_count);
	for (size_t i = 0; i < open_ones; i++) {
		run_reader_free(in[i]);
		(void)close(fds[i]);
	}
	free(in);
	free(fds);
	explicit_bzero(&keys, sizeof(keys));
	return rc == RC_LIMIT ? rc : case_blame(c, rc, "runs");
}

int
case_run_open(struct case_folder *c, uint32_t scan, enum run_kind kind)
{
	char path[CASE_FILE_MAX];

	run_path(scan, kind, path);
	return openat(c->runs, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}
