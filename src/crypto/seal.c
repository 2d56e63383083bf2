#include "crypto/seal.h"

#include <sodium.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(struct seal_key) ==
		       crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
	       "key of a seal");
_Static_assert(sizeof(struct seal_key) == crypto_kdf_KEYBYTES, "root key");
_Static_assert((int)SEAL_NONCE_BYTES ==
		       (int)crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	       "nonce");
_Static_assert((int)SEAL_NONCE_BYTES == (int)crypto_stream_xchacha20_NONCEBYTES,
	       "nonce of a stream");
_Static_assert((int)SEAL_TAG_BYTES ==
		       (int)crypto_aead_xchacha20poly1305_ietf_ABYTES,
	       "tag");

struct seal_sum {
	crypto_generichash_state state;
};

void
seal_random(void *out, size_t n)
{
	randombytes_buf(out, n);
}

void
seal_key_random(struct seal_key *ret_key)
{
	randombytes_buf(ret_key->b, sizeof(ret_key->b));
}

void
seal_key_wipe(struct seal_key *key)
{
	sodium_memzero(key, sizeof(*key));
}

void
seal_key_derive(const struct seal_key *root, enum seal_use use,
		struct seal_key *ret_key)
{
	/* Fails only for lengths that are wrong. */
	const int rc =
		crypto_kdf_derive_from_key(ret_key->b, sizeof(ret_key->b),
					   (uint64_t)use, "tocsin.c", root->b);
	assert(rc == 0);
}

void
seal_close(const struct seal_key *key, struct span about, struct span plain,
	   uint8_t *out)
{
	randombytes_buf(out, SEAL_NONCE_BYTES);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(
		out + SEAL_NONCE_BYTES, NULL, plain.p, plain.n, about.p,
		about.n, NULL, out, key->b);
}

enum rc
seal_open(const struct seal_key *key, struct span about, struct span sealed,
	  uint8_t *out)
{
	if (sealed.n < SEAL_EXTRA_BYTES)
		return RC_FORMAT;
	const size_t n = sealed.n - SEAL_EXTRA_BYTES;
	const uint8_t *body = sealed.p + SEAL_NONCE_BYTES;
	/* Without room for the plain text libsodium checks the tag only. */
	const int bad = crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
		out, NULL, body, n, body + n, about.p, about.n, sealed.p,
		key->b);
	return bad == 0 ? RC_OK : RC_FORMAT;
}

void
seal_stream(const struct seal_key *key,
	    const uint8_t nonce[static SEAL_NONCE_BYTES], uint64_t at, void *p,
	    size_t n)
{
	assert(at % SEAL_BLOCK_BYTES == 0);
	(void)crypto_stream_xchacha20_xor_ic(p, p, n, nonce,
					     at / SEAL_BLOCK_BYTES, key->b);
}

struct seal_sum *
seal_sum_new(const struct seal_key *key)
{
	const size_t align = 64;
	const size_t size = (sizeof(struct seal_sum) + align - 1) / align;
	struct seal_sum *s = aligned_alloc(align, size * align);

	if (s != NULL)
		(void)crypto_generichash_init(
			&s->state, key != NULL ? key->b : NULL,
			key != NULL ? sizeof(key->b) : 0, SEAL_SUM_BYTES);
	return s;
}

void
seal_sum_free(struct seal_sum *s)
{
	if (s != NULL)
		sodium_memzero(s, sizeof(*s));
	free(s);
}

void
seal_sum_add(struct seal_sum *s, struct span bytes)
{
	(void)crypto_generichash_update(&s->state, bytes.p, bytes.n);
}

void
seal_sum_end(struct seal_sum *s, uint8_t out[static SEAL_SUM_BYTES])
{
	(void)crypto_generichash_final(&s->state, out, SEAL_SUM_BYTES);
}

void
seal_sum(const struct seal_key *key, struct span bytes,
	 uint8_t out[static SEAL_SUM_BYTES])
{
	(void)crypto_generichash(out, SEAL_SUM_BYTES, bytes.p, bytes.n,
				 key != NULL ? key->b : NULL,
				 key != NULL ? sizeof(key->b) : 0);
}

bool
seal_equal(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}
