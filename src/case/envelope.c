/* The key of a case: sealed in its envelope, which a key file opens.
 *
 * To rotate is to write a new key file aside, the envelope sealed under it,
 * and only then to destroy the old key file. So at any moment one of two key
 * files opens the envelope, and it says which. */
#include "case/case_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char MAGIC[8] = "TOCSENV\n";
static const char FILE_NAME[] = "envelope";

enum { VERSION = 1 };

_Static_assert(sizeof(struct envelope) == 152, "no holes");

/* The seal is about all that stands before it. */
static struct span
about(const struct envelope *e)
{
	return (struct span){(const uint8_t *)e,
			     offsetof(struct envelope, body)};
}

static void
sum_of(const struct envelope *e, uint8_t out[static SEAL_SUM_BYTES])
{
	seal_sum(NULL,
		 (struct span){(const uint8_t *)e,
			       offsetof(struct envelope, sum)},
		 out);
}

static enum rc
save(struct case_folder *c, const struct keyfile *k)
{
	struct envelope e = {.version = VERSION,
			     .created = (uint64_t)time(NULL)};

	memcpy(e.magic, MAGIC, sizeof(MAGIC));
	memcpy(e.case_id, c->id, sizeof(e.case_id));
	memcpy(e.key_id, k->key_id, sizeof(e.key_id));
	seal_close(&k->key, about(&e),
		   (struct span){c->root.b, sizeof(c->root.b)}, e.body);
	sum_of(&e, e.sum);
	const struct span bytes = {(const uint8_t *)&e, sizeof(e)};
	if (file_save(c->dir, FILE_NAME, &bytes, 1) == RC_OK)
		return RC_OK;
	return fault_system(&c->fault, FILE_NAME);
}

enum rc
envelope_load(int dir, struct envelope *ret, struct case_fault *f)
{
	uint8_t sum[SEAL_SUM_BYTES];
	uint8_t *bytes;
	size_t n;
	const enum rc rc = file_load(dir, FILE_NAME, sizeof(*ret), &bytes, &n);

	if (rc == RC_END)
		return fault(f, CASE_ABSENT, FILE_NAME);
	if (rc != RC_OK)
		return fault_of(f, rc, FILE_NAME);
	if (n == sizeof(*ret))
		memcpy(ret, bytes, sizeof(*ret));
	sqlite3_free(bytes);
	if (n != sizeof(*ret) || memcmp(ret->magic, MAGIC, sizeof(MAGIC)) != 0)
		return fault(f, CASE_DAMAGED, FILE_NAME);
	sum_of(ret, sum);
	if (memcmp(sum, ret->sum, sizeof(sum)) != 0)
		return fault(f, CASE_DAMAGED, FILE_NAME);
	return ret->version == VERSION ? RC_OK
				       : fault(f, CASE_NEWER, FILE_NAME);
}

/* What keyfile_load() and its kind say, in words of a case. */
static enum rc
key_fault(struct case_fault *f, enum rc rc, const char *name)
{
	switch (rc) {
	case RC_OK:
		return RC_OK;
	case RC_END:
		return fault(f, CASE_KEY_ABSENT, name);
	case RC_DENIED:
		return fault(f, CASE_KEY_SHARED, name);
	case RC_FORMAT:
		return fault(f, CASE_KEY_DAMAGED, name);
	case RC_UNSUPPORTED:
		return fault(f, CASE_NEWER, name);
	case RC_MORE:
	case RC_NOMEM:
	case RC_LIMIT:
	case RC_IO:
	case RC_DIED:
	case RC_INTERNAL:
		break;
	}
	return fault_of(f, rc == RC_NOMEM ? RC_NOMEM : RC_IO, name);
}

/* "....key.next": the file that a rotation writes first. */
static void
next_name(const uint8_t id[static KEYFILE_CASE_BYTES],
	  char out[static KEYFILE_NAME_SIZE])
{
	keyfile_name(id, out);
	(void)strncat(out, ".next", KEYFILE_NAME_SIZE - strlen(out) - 1);
}

/* Find the key file that ${e} names: the usual one, or that of a rotation
 * which was cut short. */
static enum rc
find(int folder, const struct envelope *e, struct keyfile *k,
     char name[static KEYFILE_NAME_SIZE], struct case_fault *f)
{
	struct keyfile next;
	char other[KEYFILE_NAME_SIZE];

	keyfile_name(e->case_id, name);
	const enum rc rc = keyfile_load(folder, name, k);
	if (rc == RC_OK && memcmp(k->key_id, e->key_id, sizeof(e->key_id)) == 0)
		return RC_OK;
	next_name(e->case_id, other);
	if (keyfile_load(folder, other, &next) == RC_OK &&
	    memcmp(next.key_id, e->key_id, sizeof(e->key_id)) == 0) {
		*k = next;
		keyfile_wipe(&next);
		memcpy(name, other, sizeof(other));
		return RC_OK;
	}
	return rc == RC_OK ? fault(f, CASE_KEY_WRONG, name)
			   : key_fault(f, rc, name);
}

/* Ask for a passphrase, and do ${use} with it. */
static enum rc
with_passphrase(case_ask *ask, void *arg,
		enum rc (*use)(void *of, struct span passphrase), void *of)
{
	uint8_t text[KEYFILE_PASSPHRASE_MAX];
	size_t n;

	if (ask == NULL || ask(arg, text, &n) != RC_OK)
		return RC_DENIED;
	const enum rc rc = use(of, (struct span){text, n});
	explicit_bzero(text, sizeof(text));
	return rc;
}

static enum rc
unlock(void *of, struct span passphrase)
{
	return keyfile_unlock(of, passphrase);
}

/* A key file that is to be written. */
struct writing {
	int folder;
	const char *name;
	struct keyfile *k;
};

static enum rc
write_wrapped(void *of, struct span passphrase)
{
	const struct writing *w = of;

	return keyfile_save(w->folder, w->name, w->k, &passphrase);
}

/* Write a new key file, wrapped if there is somebody to ask. */
static enum rc
write_key(struct case_folder *c, struct writing *w, case_ask *ask, void *arg)
{
	const enum rc rc =
		ask != NULL ? with_passphrase(ask, arg, write_wrapped, w)
			    : keyfile_save(w->folder, w->name, w->k, NULL);

	if (rc == RC_DENIED)
		return fault(&c->fault, CASE_KEY_PASSPHRASE, w->name);
	return rc == RC_OK ? RC_OK : key_fault(&c->fault, rc, w->name);
}

static enum rc
open_folder(const char *path, bool make, int *ret_fd, struct case_fault *f)
{
	return key_fault(f, keyfile_folder(path, make, ret_fd), "");
}

enum rc
envelope_make(struct case_folder *c, const struct case_options *o)
{
	char name[KEYFILE_NAME_SIZE];
	struct keyfile k;
	int folder;
	enum rc rc = open_folder(o->keys, true, &folder, &c->fault);

	if (rc != RC_OK)
		return rc;
	seal_random(c->id, sizeof(c->id));
	seal_key_random(&c->root);
	keyfile_new(c->id, &k);
	keyfile_name(c->id, name);
	struct writing w = {folder, name, &k};
	rc = write_key(c, &w, o->wrap ? o->ask : NULL, o->ask_arg);
	if (rc == RC_OK) {
		rc = save(c, &k);
		/* Nobody will ever need it. */
		if (rc != RC_OK)
			(void)keyfile_destroy(folder, name);
	}
	keyfile_wipe(&k);
	(void)close(folder);
	return rc;
}

static enum rc
open_with(struct case_folder *c, const struct envelope *e, struct keyfile *k,
	  const char *name, const struct case_options *o)
{
	if (!k->open) {
		const enum rc rc =
			with_passphrase(o->ask, o->ask_arg, unlock, k);

		if (rc == RC_DENIED)
			return fault(&c->fault, CASE_KEY_PASSPHRASE, name);
		if (rc != RC_OK)
			return key_fault(&c->fault, rc, name);
	}
	memcpy(c->id, e->case_id, sizeof(c->id));
	if (seal_open(&k->key, about(e),
		      (struct span){e->body, sizeof(e->body)},
		      c->root.b) != RC_OK)
		return fault(&c->fault, CASE_KEY_WRONG, name);
	return RC_OK;
}

enum rc
envelope_open(struct case_folder *c, const struct case_options *o)
{
	char name[KEYFILE_NAME_SIZE];
	struct envelope e;
	struct keyfile k;
	int folder;
	enum rc rc = envelope_load(c->dir, &e, &c->fault);

	if (rc == RC_OK)
		rc = open_folder(o->keys, false, &folder, &c->fault);
	if (rc != RC_OK)
		return rc;
	rc = find(folder, &e, &k, name, &c->fault);
	if (rc == RC_OK) {
		rc = open_with(c, &e, &k, name, o);
		keyfile_wipe(&k);
	}
	(void)close(folder);
	return rc;
}

/* The old key file goes, and the new one takes its name. */
static enum rc
replace(struct case_folder *c, int folder, const char *name, const char *next)
{
	const enum rc rc = keyfile_destroy(folder, name);

	if (rc != RC_OK && rc != RC_END)
		return fault_system(&c->fault, name);
	if (renameat(folder, next, folder, name) != 0 || fsync(folder) != 0)
		return fault_system(&c->fault, next);
	return RC_OK;
}

/* A rotation that was cut short is finished first: its file is the only one
 * that opens the case. */
static enum rc
finish_last(struct case_folder *c, int folder, const char *name,
	    const char *next)
{
	struct envelope e;
	struct keyfile k;
	enum rc rc = envelope_load(c->dir, &e, &c->fault);

	if (rc != RC_OK || keyfile_load(folder, next, &k) != RC_OK)
		return rc;
	if (memcmp(k.key_id, e.key_id, sizeof(e.key_id)) == 0)
		rc = replace(c, folder, name, next);
	else
		(void)keyfile_destroy(folder, next);
	keyfile_wipe(&k);
	return rc;
}

enum rc
case_key_rotate(struct case_folder *c, const char *keys, case_ask *ask,
		void *ask_arg)
{
	char name[KEYFILE_NAME_SIZE];
	char next[KEYFILE_NAME_SIZE];
	struct keyfile k;
	int folder;
	enum rc rc = open_folder(keys, false, &folder, &c->fault);

	if (rc != RC_OK)
		return rc;
	keyfile_name(c->id, name);
	next_name(c->id, next);
	keyfile_new(c->id, &k);
	struct writing w = {folder, next, &k};
	rc = finish_last(c, folder, name, next);
	if (rc == RC_OK)
		rc = write_key(c, &w, ask, ask_arg);
	if (rc == RC_OK)
		rc = save(c, &k);
	if (rc == RC_OK)
		rc = replace(c, folder, name, next);
	keyfile_wipe(&k);
	(void)close(folder);
	return rc;
}

static enum rc
open_envelope(const struct case_options *o, struct envelope *e,
	      struct case_fault *reterr)
{
	const int dir = open(o->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (dir < 0)
		return errno == ENOENT ? fault(reterr, CASE_ABSENT, "")
				       : fault_system(reterr, "");
	const enum rc rc = envelope_load(dir, e, reterr);
	(void)close(dir);
	return rc;
}

enum rc
case_key_show(const struct case_options *o, struct case_key *ret,
	      struct case_fault *reterr)
{
	struct envelope e;
	struct keyfile k;
	int folder;
	enum rc rc = open_envelope(o, &e, reterr);

	if (rc != RC_OK)
		return rc;
	memset(ret, 0, sizeof(*ret));
	memcpy(ret->case_id, e.case_id, sizeof(ret->case_id));
	memcpy(ret->key_id, e.key_id, sizeof(ret->key_id));
	keyfile_name(e.case_id, ret->name);
	rc = open_folder(o->keys, false, &folder, reterr);
	if (rc != RC_OK)
		return rc;
	rc = find(folder, &e, &k, ret->name, reterr);
	if (rc == RC_OK) {
		ret->created = k.created;
		ret->wrapped = k.wrapped;
		keyfile_wipe(&k);
	}
	(void)close(folder);
	return rc;
}

enum rc
case_key_destroy(const struct case_options *o, struct case_fault *reterr)
{
	char name[KEYFILE_NAME_SIZE];
	char next[KEYFILE_NAME_SIZE];
	struct envelope e;
	int folder;
	enum rc rc = open_envelope(o, &e, reterr);

	if (rc == RC_OK)
		rc = open_folder(o->keys, false, &folder, reterr);
	if (rc != RC_OK)
		return rc;
	keyfile_name(e.case_id, name);
	next_name(e.case_id, next);
	const enum rc second = keyfile_destroy(folder, next);
	rc = keyfile_destroy(folder, name);
	if (rc == RC_END && second == RC_OK)
		rc = RC_OK;
	if (second == RC_IO)
		rc = RC_IO;
	(void)close(folder);
	return key_fault(reterr, rc, name);
}
