/* The layers of the jail one by one: what jail_enter() closes together and
 * jail_probe() tries apart. */
#ifndef TOCSIN_SANDBOX_JAIL_IMPL_H
#define TOCSIN_SANDBOX_JAIL_IMPL_H

#include "sandbox/jail.h"

#include <stdbool.h>

#if defined(__SANITIZE_ADDRESS__)
#define JAIL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define JAIL_ASAN 1
#endif
#endif
#ifndef JAIL_ASAN
#define JAIL_ASAN 0
#endif

/**
 * jail_close_privs(), jail_close_core(), jail_close_limits(limits),
 * jail_close_calls():
 * Close one layer around the calling process.
 *
 * Returns  Whether it holds.
 */
bool jail_close_privs(void);
bool jail_close_core(void);
bool jail_close_limits(const struct jail_limits *limits);
bool jail_close_calls(void);

/**
 * jail_close_landlock():
 * Close JAIL_PATHS and, as far as the kernel knows them, JAIL_NET and
 * JAIL_SCOPE; needs jail_close_privs() before.
 *
 * Returns  The bits of those that hold.
 */
uint32_t jail_close_landlock(void);

/**
 * jail_landlock_abi():
 * The version of Landlock that the kernel speaks; 0: none.
 */
int jail_landlock_abi(void);

#endif
