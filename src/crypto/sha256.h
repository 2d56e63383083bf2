/* crypto/sha256: SHA-256 of what arrives in pieces, by libcrypto, which knows
 * the SHA instructions of the processor. */
#ifndef TOCSIN_CRYPTO_SHA256_H
#define TOCSIN_CRYPTO_SHA256_H

#include "base/rc.h"
#include "base/span.h"

enum { SHA256_HEX_SIZE = 65 }; /* with its NUL */

/** A finished digest. */
struct sha256_digest {
	uint8_t b[32];
};

/** Opaque; belongs to one thread. */
struct sha256;

/**
 * sha256_new():
 * Begin a digest. Everything that needs the system is done here: call it
 * before the jail.
 *
 * Returns  NULL if there is no memory or libcrypto refuses.
 * Owns     The caller frees it with sha256_free().
 */
struct sha256 *sha256_new(void);

/**
 * sha256_update(s, bytes):
 * Take in ${bytes}.
 *
 * Errors   RC_INTERNAL: libcrypto refuses; never seen.
 * Cost     O(bytes); no allocation, no system call.
 * Source   FIPS 180-4.
 */
enum rc sha256_update(struct sha256 *s, struct span bytes);

/**
 * sha256_final(s, ret_digest):
 * Finish the digest of all that was taken in, and begin the next one.
 *
 * Errors   RC_INTERNAL, as sha256_update().
 * Cost     No allocation, no system call.
 */
enum rc sha256_final(struct sha256 *s, struct sha256_digest *ret_digest);

/**
 * sha256_hex(digest, out):
 * Write ${digest} in lower-case hexadecimal.
 */
void sha256_hex(const struct sha256_digest *digest,
		char out[static SHA256_HEX_SIZE]);

/**
 * sha256_free(s):
 * Wipe and release ${s}; NULL does nothing.
 */
void sha256_free(struct sha256 *s);

#endif
