#include "crypto/keyfile.h"

#include "base/io.h"

#include <sodium.h>

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char MAGIC[8] = "TOCSKEY\n";

enum { WRAPPED = 1 };

/* As it lies on the disk. */
struct file {
	char magic[8];
	uint32_t version;
	uint32_t flags;
	uint8_t case_id[KEYFILE_CASE_BYTES];
	uint8_t key_id[KEYFILE_ID_BYTES];
	uint64_t created;
	uint64_t passes;
	uint64_t memory;
	uint8_t salt[16];
	uint8_t body[72]; /* the key and zeros, or the sealed key */
	uint8_t sum[SEAL_SUM_BYTES];
};

_Static_assert(sizeof(struct file) == 184, "no holes");
_Static_assert(sizeof(((struct keyfile *)NULL)->body) ==
		       sizeof(((struct file *)NULL)->body),
	       "body");
_Static_assert(sizeof(((struct keyfile *)NULL)->salt) ==
		       crypto_pwhash_SALTBYTES,
	       "salt");

static bool
is_private(const struct stat *st)
{
	return (st->st_mode & 077) == 0 && st->st_uid == geteuid();
}

/* Make ${path} and the folders that lead to it. */
static enum rc
make_path(const char *path)
{
	char *copy = strdup(path);

	if (copy == NULL)
		return RC_NOMEM;
	enum rc rc = RC_OK;
	for (char *p = copy + 1; rc == RC_OK; p++) {
		const char was = *p;

		if (was != '/' && was != '\0')
			continue;
		*p = '\0';
		if (mkdir(copy, 0700) != 0 && errno != EEXIST)
			rc = RC_IO;
		*p = was;
		if (was == '\0')
			break;
	}
	free(copy);
	return rc;
}

enum rc
keyfile_folder(const char *path, bool make, int *ret_fd)
{
	struct stat st;

	if (*path == '\0')
		return RC_END;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		if (!make)
			return RC_END;
		const enum rc rc = make_path(path);
		if (rc != RC_OK)
			return rc;
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	if (fd < 0)
		return errno == EACCES ? RC_DENIED : RC_IO;
	if (fstat(fd, &st) != 0 || !is_private(&st)) {
		(void)close(fd);
		return RC_DENIED;
	}
	*ret_fd = fd;
	return RC_OK;
}

void
keyfile_name(const uint8_t case_id[static KEYFILE_CASE_BYTES],
	     char out[static KEYFILE_NAME_SIZE])
{
	(void)sodium_bin2hex(out, KEYFILE_NAME_SIZE, case_id,
			     KEYFILE_CASE_BYTES);
	memcpy(out + (size_t)2 * KEYFILE_CASE_BYTES, ".key", sizeof(".key"));
}

void
keyfile_new(const uint8_t case_id[static KEYFILE_CASE_BYTES],
	    struct keyfile *ret)
{
	memset(ret, 0, sizeof(*ret));
	memcpy(ret->case_id, case_id, sizeof(ret->case_id));
	seal_random(ret->key_id, sizeof(ret->key_id));
	seal_key_random(&ret->key);
	ret->created = (uint64_t)time(NULL);
	ret->open = true;
}

/* The key that ${passphrase} makes for ${k}. */
static enum rc
stretch(const struct keyfile *k, struct span passphrase,
	struct seal_key *ret_key)
{
	/* libsodium has no empty passphrase of its own. */
	const char *p = passphrase.n == 0 ? "" : (const char *)passphrase.p;

	return crypto_pwhash(ret_key->b, sizeof(ret_key->b), p, passphrase.n,
			     k->salt, k->passes, (size_t)k->memory,
			     crypto_pwhash_ALG_ARGON2ID13) == 0
		       ? RC_OK
		       : RC_NOMEM;
}

/* What stands before the salt: a seal is about it. */
static struct span
about(const struct file *f)
{
	return (struct span){(const uint8_t *)f, offsetof(struct file, salt)};
}

static void
lay_out(const struct keyfile *k, struct file *f)
{
	memset(f, 0, sizeof(*f));
	memcpy(f->magic, MAGIC, sizeof(f->magic));
	f->version = KEYFILE_VERSION;
	f->flags = k->wrapped ? WRAPPED : 0;
	memcpy(f->case_id, k->case_id, sizeof(f->case_id));
	memcpy(f->key_id, k->key_id, sizeof(f->key_id));
	f->created = k->created;
	f->passes = k->passes;
	f->memory = k->memory;
	memcpy(f->salt, k->salt, sizeof(f->salt));
}

static void
sum_of(const struct file *f, uint8_t out[static SEAL_SUM_BYTES])
{
	seal_sum(NULL,
		 (struct span){(const uint8_t *)f, offsetof(struct file, sum)},
		 out);
}

static enum rc
fill(struct file *f, struct keyfile *k, const struct span *passphrase)
{
	k->wrapped = passphrase != NULL;
	k->passes = k->wrapped ? KEYFILE_PASSES : 0;
	k->memory = k->wrapped ? KEYFILE_MEMORY : 0;
	if (k->wrapped)
		seal_random(k->salt, sizeof(k->salt));
	else
		memset(k->salt, 0, sizeof(k->salt));
	lay_out(k, f);
	if (!k->wrapped) {
		memcpy(f->body, k->key.b, sizeof(k->key.b));
	} else {
		struct seal_key wrap;
		const enum rc rc = stretch(k, *passphrase, &wrap);

		if (rc != RC_OK)
			return rc;
		seal_close(&wrap, about(f),
			   (struct span){k->key.b, sizeof(k->key.b)}, f->body);
		seal_key_wipe(&wrap);
	}
	sum_of(f, f->sum);
	return RC_OK;
}

static enum rc
write_file(int folder, const char *name, const struct file *f)
{
	char aside[KEYFILE_NAME_SIZE + 8];

	(void)snprintf(aside, sizeof(aside), "%s.tmp", name);
	(void)unlinkat(folder, aside, 0);
	const int fd = openat(folder, aside,
			      O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return RC_IO;
	enum rc rc = io_write_at(fd, f, sizeof(*f), 0);
	if (rc == RC_OK)
		rc = io_settle(fd, folder, aside, name);
	else
		(void)close(fd);
	if (rc != RC_OK)
		(void)unlinkat(folder, aside, 0);
	return rc;
}

enum rc
keyfile_save(int folder, const char *name, struct keyfile *k,
	     const struct span *passphrase)
{
	struct file f;
	enum rc rc = fill(&f, k, passphrase);

	if (rc == RC_OK)
		rc = write_file(folder, name, &f);
	sodium_memzero(&f, sizeof(f));
	return rc;
}

static enum rc
take(const struct file *f, struct keyfile *k)
{
	uint8_t sum[SEAL_SUM_BYTES];

	if (memcmp(f->magic, MAGIC, sizeof(MAGIC)) != 0)
		return RC_FORMAT;
	sum_of(f, sum);
	if (memcmp(sum, f->sum, sizeof(sum)) != 0)
		return RC_FORMAT;
	if (f->version != KEYFILE_VERSION)
		return RC_UNSUPPORTED;
	if (f->passes > KEYFILE_PASSES_MAX || f->memory > KEYFILE_MEMORY_MAX)
		return RC_FORMAT;
	memset(k, 0, sizeof(*k));
	memcpy(k->case_id, f->case_id, sizeof(k->case_id));
	memcpy(k->key_id, f->key_id, sizeof(k->key_id));
	k->created = f->created;
	k->wrapped = (f->flags & WRAPPED) != 0;
	k->passes = f->passes;
	k->memory = f->memory;
	memcpy(k->salt, f->salt, sizeof(k->salt));
	memcpy(k->body, f->body, sizeof(k->body));
	k->open = !k->wrapped;
	if (k->open)
		memcpy(k->key.b, k->body, sizeof(k->key.b));
	return RC_OK;
}

enum rc
keyfile_load(int folder, const char *name, struct keyfile *ret)
{
	struct file f;
	struct stat st;
	size_t got;
	const int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return errno == ENOENT   ? RC_END
		       : errno == EACCES ? RC_DENIED
					 : RC_IO;
	enum rc rc = RC_OK;
	if (fstat(fd, &st) != 0)
		rc = RC_IO;
	else if (!is_private(&st))
		rc = RC_DENIED;
	else if (!S_ISREG(st.st_mode) || st.st_size != sizeof(f))
		rc = RC_FORMAT;
	if (rc == RC_OK)
		rc = io_read_at(fd, &f, sizeof(f), 0, &got);
	if (rc == RC_OK)
		rc = got == sizeof(f) ? take(&f, ret) : RC_FORMAT;
	(void)close(fd);
	sodium_memzero(&f, sizeof(f));
	return rc;
}

enum rc
keyfile_unlock(struct keyfile *k, struct span passphrase)
{
	struct seal_key wrap;
	struct file f;

	if (k->open)
		return RC_OK;
	enum rc rc = stretch(k, passphrase, &wrap);
	if (rc != RC_OK)
		return rc;
	lay_out(k, &f);
	rc = seal_open(&wrap, about(&f),
		       (struct span){k->body, sizeof(k->body)}, k->key.b);
	seal_key_wipe(&wrap);
	k->open = rc == RC_OK;
	return rc == RC_OK ? RC_OK : RC_DENIED;
}

enum rc
keyfile_destroy(int folder, const char *name)
{
	const struct file zero = {.version = 0};
	const int fd = openat(folder, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return errno == ENOENT ? RC_END : RC_IO;
	bool good = io_write_at(fd, &zero, sizeof(zero), 0) == RC_OK &&
		    fsync(fd) == 0;
	good = close(fd) == 0 && good;
	good = unlinkat(folder, name, 0) == 0 && fsync(folder) == 0 && good;
	return good ? RC_OK : RC_IO;
}

void
keyfile_wipe(struct keyfile *k)
{
	sodium_memzero(k, sizeof(*k));
}
