/* base/luhn: the check digit that many registers share. */
#ifndef TOCSIN_BASE_LUHN_H
#define TOCSIN_BASE_LUHN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * luhn_is_valid(p, n):
 * Is the last of the ${n} ASCII digits ${p}, which the caller has checked, the
 * check digit of the others? One random string in ten passes.
 *
 * Source   ISO/IEC 7812-1, annex B.
 */
bool luhn_is_valid(const uint8_t *p, size_t n);

#endif
