/* crypto/keyfile: the file that a case cannot be opened without, in the key
 * folder of its user and never in the case. It holds a key that encrypts the
 * key of the case (an envelope), so that it can be changed without touching
 * what the case holds; a passphrase may wrap it.
 *
 * Layout: struct file in keyfile.c; little endian, 184 bytes, the last 32 of
 * them a checksum, which tells damage from a wrong passphrase. */
#ifndef TOCSIN_CRYPTO_KEYFILE_H
#define TOCSIN_CRYPTO_KEYFILE_H

#include "base/rc.h"
#include "base/span.h"
#include "crypto/seal.h"

enum {
	KEYFILE_VERSION = 1,
	KEYFILE_CASE_BYTES = 16, /* name of a case */
	KEYFILE_ID_BYTES = 8,    /* name of a key: drawn, not derived */
	KEYFILE_NAME_SIZE = 2 * KEYFILE_CASE_BYTES + 16,
	KEYFILE_PASSPHRASE_MAX = 1024,
	/* What Argon2id takes: three passes over 256 MiB, libsodium's
	 * "moderate", 0.7 s on a small machine. A file that asks for more than
	 * sixteen passes or 4 GiB is not ours. */
	KEYFILE_PASSES = 3,
	KEYFILE_MEMORY = 256 << 20,
	KEYFILE_PASSES_MAX = 16,
};
#define KEYFILE_MEMORY_MAX (UINT64_C(4) << 30)

/** A key file in memory. Wipe it. */
struct keyfile {
	uint8_t case_id[KEYFILE_CASE_BYTES];
	uint8_t key_id[KEYFILE_ID_BYTES];
	uint64_t created; /* seconds since 1970 */
	bool wrapped;     /* under a passphrase */
	bool open;        /* key is known */
	struct seal_key key;
	/* For keyfile_unlock(). */
	uint64_t passes, memory;
	uint8_t salt[16];
	uint8_t body[sizeof(struct seal_key) + SEAL_EXTRA_BYTES];
};

/**
 * keyfile_folder(path, make, ret_fd):
 * Open the key folder ${path}; ${make} it (0700), and what leads to it, if it
 * is absent.
 *
 * Errors   RC_END: it is absent; RC_DENIED: others than its owner may enter
 *          it, or it belongs to somebody else; RC_IO.
 * Owns     The caller closes ${ret_fd}.
 */
enum rc keyfile_folder(const char *path, bool make, int *ret_fd);

/**
 * keyfile_name(case_id, out):
 * The name of the key file of a case: its number in hexadecimal, ".key".
 */
void keyfile_name(const uint8_t case_id[static KEYFILE_CASE_BYTES],
		  char out[static KEYFILE_NAME_SIZE]);

/**
 * keyfile_new(case_id, ret):
 * Draw a new key for a case.
 */
void keyfile_new(const uint8_t case_id[static KEYFILE_CASE_BYTES],
		 struct keyfile *ret);

/**
 * keyfile_save(folder, name, k, passphrase):
 * Write ${k}, which is open, to the file ${name} of ${folder}, wrapped if
 * ${passphrase} is not NULL: written aside, flushed and renamed, mode 0600.
 *
 * Errors   RC_IO; RC_NOMEM: Argon2id got no memory.
 */
enum rc keyfile_save(int folder, const char *name, struct keyfile *k,
		     const struct span *passphrase);

/**
 * keyfile_load(folder, name, ret):
 * Read the file ${name} of ${folder}. If it is wrapped, it is not open yet.
 *
 * Errors   RC_END: there is none; RC_DENIED: others may read it; RC_FORMAT: it
 *          is damaged; RC_UNSUPPORTED: of a newer version; RC_IO.
 */
enum rc keyfile_load(int folder, const char *name, struct keyfile *ret);

/**
 * keyfile_unlock(k, passphrase):
 * Open ${k} with ${passphrase}.
 *
 * Errors   RC_DENIED: it is the wrong one; RC_NOMEM.
 * Cost     See KEYFILE_MEMORY.
 */
enum rc keyfile_unlock(struct keyfile *k, struct span passphrase);

/**
 * keyfile_destroy(folder, name):
 * Overwrite the file ${name}, flush it and remove it. On a medium that writes
 * elsewhere what is overwritten (flash, copy on write, snapshots, backups) old
 * bytes may live on.
 *
 * Errors   RC_END: there is none; RC_IO.
 */
enum rc keyfile_destroy(int folder, const char *name);

/**
 * keyfile_wipe(k):
 * Overwrite ${k}.
 */
void keyfile_wipe(struct keyfile *k);

#endif
