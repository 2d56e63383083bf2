/* base/check: the includes that cmocka wants, in the order it wants them. For
 * unit tests only. */
#ifndef TOCSIN_BASE_CHECK_H
#define TOCSIN_BASE_CHECK_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#endif
