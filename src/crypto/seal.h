/* crypto/seal: bytes that may lie on a disk. What is sealed can be read, and
 * changed unseen, by nobody without the key; where a sealed thing belongs is
 * said by its associated data, so that two of them cannot be exchanged.
 *
 * A sealed thing is its nonce, the ciphertext and a tag: XChaCha20-Poly1305.
 * Nonces are drawn anew each time, also when the same range is read again:
 * at 192 bits they do not repeat under one key, and nothing has to be
 * remembered over a crash. */
#ifndef TOCSIN_CRYPTO_SEAL_H
#define TOCSIN_CRYPTO_SEAL_H

#include "base/rc.h"
#include "base/span.h"

enum {
	SEAL_NONCE_BYTES = 24,
	SEAL_TAG_BYTES = 16,
	SEAL_EXTRA_BYTES = SEAL_NONCE_BYTES + SEAL_TAG_BYTES,
	SEAL_SUM_BYTES = 32,
	SEAL_BLOCK_BYTES = 64, /* where seal_stream() can start */
};

/** A key for one use. Wipe every copy. */
struct seal_key {
	uint8_t b[32];
};

/** What a subkey is for. The numbers are for ever, since cases are kept. */
enum seal_use {
	SEAL_TOKENS = 1, /* the key of crypto/token */
	SEAL_RECORDS,    /* paths and reports in the database */
	SEAL_VAULT,      /* mentions of people */
	SEAL_JOURNAL,    /* a scan under way */
	SEAL_SUMS,       /* checksums of files */
	SEAL_NAMES,      /* to find a document again by what it was */
};

/**
 * seal_key_random(ret_key), seal_key_wipe(key):
 * Draw a new key (needs crypto_setup(), and no jail); overwrite one.
 */
void seal_key_random(struct seal_key *ret_key);
void seal_key_wipe(struct seal_key *key);

/**
 * seal_random(out, n):
 * Draw ${n} random bytes.
 */
void seal_random(void *out, size_t n);

/**
 * seal_key_derive(root, use, ret_key):
 * The key for ${use} under the key ${root} of a case.
 *
 * Source   BLAKE2b, as libsodium's crypto_kdf.
 */
void seal_key_derive(const struct seal_key *root, enum seal_use use,
		     struct seal_key *ret_key);

/**
 * seal_close(key, about, plain, out):
 * Seal ${plain} to ${out}, which has room for plain.n + SEAL_EXTRA_BYTES. They
 * may overlap only if ${plain} lies SEAL_NONCE_BYTES into ${out}.
 *
 * Cost     About a nanosecond a byte; no allocation; getrandom().
 */
void seal_close(const struct seal_key *key, struct span about,
		struct span plain, uint8_t *out);

/**
 * seal_open(key, about, sealed, out):
 * Open ${sealed} into ${out}, which has room for sealed.n - SEAL_EXTRA_BYTES
 * and may lie SEAL_NONCE_BYTES into it. A NULL ${out}: only check.
 *
 * Errors   RC_FORMAT: it is not what was sealed with this key about this.
 */
enum rc seal_open(const struct seal_key *key, struct span about,
		  struct span sealed, uint8_t *out);

/**
 * seal_stream(key, nonce, at, p, n):
 * Hide, or show again, the ${n} bytes ${p} that stand at byte ${at} (a multiple
 * of SEAL_BLOCK_BYTES) of a file. It hides and does not protect from change.
 */
void seal_stream(const struct seal_key *key,
		 const uint8_t nonce[static SEAL_NONCE_BYTES], uint64_t at,
		 void *p, size_t n);

/** A keyed sum of bytes that arrive in pieces. Opaque. */
struct seal_sum;

/**
 * seal_sum_new(key), seal_sum_free(s):
 * Begin a sum under ${key}; NULL key: a plain checksum, which anybody could
 * make. Returns NULL if there is no memory.
 */
struct seal_sum *seal_sum_new(const struct seal_key *key);
void seal_sum_free(struct seal_sum *s);

/**
 * seal_sum_add(s, bytes), seal_sum_end(s, out):
 * Take in ${bytes}; write the sum of all, after which ${s} can only be freed.
 *
 * Source   BLAKE2b, RFC 7693.
 */
void seal_sum_add(struct seal_sum *s, struct span bytes);
void seal_sum_end(struct seal_sum *s, uint8_t out[static SEAL_SUM_BYTES]);

/**
 * seal_sum(key, bytes, out):
 * The sum of ${bytes} at once.
 */
void seal_sum(const struct seal_key *key, struct span bytes,
	      uint8_t out[static SEAL_SUM_BYTES]);

/**
 * seal_equal(a, b, n):
 * Compare secrets, in a time that does not depend on them.
 */
bool seal_equal(const void *a, const void *b, size_t n);

#endif
