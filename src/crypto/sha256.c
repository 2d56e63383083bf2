#include "crypto/sha256.h"

#include "crypto/crypto.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct sha256 {
	EVP_MD *md;
	EVP_MD_CTX *ctx;
};

struct sha256 *
sha256_new(void)
{
	if (crypto_setup() != RC_OK)
		return NULL;
	struct sha256 *s = calloc(1, sizeof(*s));
	if (s == NULL)
		return NULL;
	s->md = EVP_MD_fetch(NULL, "SHA256", NULL);
	s->ctx = EVP_MD_CTX_new();
	if (s->md == NULL || s->ctx == NULL ||
	    EVP_DigestInit_ex2(s->ctx, s->md, NULL) != 1) {
		sha256_free(s);
		return NULL;
	}
	return s;
}

enum rc
sha256_update(struct sha256 *s, struct span bytes)
{
	return EVP_DigestUpdate(s->ctx, bytes.p, bytes.n) == 1 ? RC_OK
							       : RC_INTERNAL;
}

enum rc
sha256_final(struct sha256 *s, struct sha256_digest *ret_digest)
{
	struct sha256_digest digest;

	/* Without a digest named, the one in use is begun again in place. */
	if (EVP_DigestFinal_ex(s->ctx, digest.b, NULL) != 1 ||
	    EVP_DigestInit_ex2(s->ctx, NULL, NULL) != 1)
		return RC_INTERNAL;
	*ret_digest = digest;
	return RC_OK;
}

void
sha256_hex(const struct sha256_digest *digest, char out[static SHA256_HEX_SIZE])
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < sizeof(digest->b); i++) {
		out[2 * i] = hex[digest->b[i] >> 4];
		out[2 * i + 1] = hex[digest->b[i] & 15];
	}
	out[SHA256_HEX_SIZE - 1] = '\0';
}

void
sha256_free(struct sha256 *s)
{
	if (s == NULL)
		return;
	EVP_MD_CTX_free(s->ctx);
	EVP_MD_free(s->md);
	free(s);
}
