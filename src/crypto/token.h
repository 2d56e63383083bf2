/* crypto/token: what stands for a value once the value is gone. Equal values
 * of one kind have equal tokens under one key; without the key a token says
 * nothing, and two keys have nothing in common.
 *
 * A token is a PRF, not a hash: whoever has the key can try all 4e10 plausible
 * NIRs in minutes on one core, and would with a slow hash in hours. What keeps
 * the people of a case unnamed is that its key is never kept beside it, and
 * destroying the key erases them. That is why a fast function is right here,
 * and would be wrong without a key.
 *
 * Version 1: SipHash-2-4 with 128 bits of output (records: 64, see crypto/row)
 * under a 128-bit subkey for each kind, which BLAKE2b derives from the case
 * key: subkey = crypto_kdf(case key, number of the kind in token.c,
 * "tocsin.1"). The value is its normalised form, which is part of the version.
 */
#ifndef TOCSIN_CRYPTO_TOKEN_H
#define TOCSIN_CRYPTO_TOKEN_H

#include "base/kind.h"
#include "base/span.h"

enum { TOKEN_VERSION = 1 };

/** The key of a case. Wipe every copy. */
struct token_key {
	uint8_t b[32];
};

/** A subkey for each kind of value, and one for rows. As secret as the key. */
struct token_keys {
	uint8_t kind[KIND_COUNT][16];
	uint8_t row[16];       /* of records.. */
	uint8_t row_cells[16]; /* ..and of their cells: crypto/row */
};

/** The token of a value. Tokens are ordered as bytes. */
struct token {
	uint8_t b[16];
};

/**
 * token_key_random(ret_key):
 * Draw a new key. Needs crypto_setup(), and no jail.
 */
void token_key_random(struct token_key *ret_key);

/**
 * token_key_wipe(key), token_keys_wipe(keys):
 * Overwrite a key that is no longer needed.
 */
void token_key_wipe(struct token_key *key);
void token_keys_wipe(struct token_keys *keys);

/**
 * token_keys_derive(key, ret_keys):
 * Derive all subkeys of ${key}, once, for the functions below.
 *
 * Cost     About 10 us.
 */
void token_keys_derive(const struct token_key *key,
		       struct token_keys *ret_keys);

/**
 * token128(keys, kind, value):
 * The token of the normalised ${value} of ${kind}, which is a kind: neither
 * KIND_NONE nor KIND_COUNT.
 *
 * Cost     20 to 40 ns for 16 bytes; no allocation, no system call.
 * Source   Aumasson, Bernstein: SipHash, a fast short-input PRF (2012).
 */
struct token token128(const struct token_keys *keys, enum kind_id kind,
		      struct span value);

/**
 * token_batch(keys, kind, values, n, out):
 * The tokens of ${n} values, as token128() gives them.
 */
void token_batch(const struct token_keys *keys, enum kind_id kind,
		 const struct span *values, size_t n, struct token *out);

/**
 * token64(keys, row):
 * The 64-bit token of a record that is one piece, such as a line. Too short to
 * tell apart the records of all cases ever, long enough for those of two.
 */
uint64_t token64(const struct token_keys *keys, struct span row);

#endif
