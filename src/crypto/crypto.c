#include "crypto/crypto.h"

#include <sodium.h>

#include <openssl/crypto.h>

enum rc
crypto_setup(void)
{
	/* Without this the first digest reads openssl.cnf, and leaves an exit
	 * handler behind. */
	if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG |
					OPENSSL_INIT_NO_ATEXIT,
				NULL) != 1)
		return RC_UNSUPPORTED;
	return sodium_init() >= 0 ? RC_OK : RC_UNSUPPORTED;
}
