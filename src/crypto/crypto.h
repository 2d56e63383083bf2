/* crypto: what must be done once, before keys and before any jail. */
#ifndef TOCSIN_CRYPTO_CRYPTO_H
#define TOCSIN_CRYPTO_CRYPTO_H

#include "base/rc.h"

/**
 * crypto_setup():
 * Make libsodium and libcrypto choose their code for this processor and find
 * their randomness, so that neither asks the system for anything later. No
 * configuration file is read. May be called again, from any thread.
 *
 * Errors   RC_UNSUPPORTED: no good source of randomness.
 */
enum rc crypto_setup(void);

#endif
