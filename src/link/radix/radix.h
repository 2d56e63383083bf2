/* link/radix: sorting of 64-bit keys by some of their bits. */
#ifndef TOCSIN_LINK_RADIX_H
#define TOCSIN_LINK_RADIX_H

#include <stddef.h>
#include <stdint.h>

/**
 * radix_sort(a, spare, n, from, bits):
 * Sort the ${n} < 2^32 numbers ${a} by the ${bits} bits that start at bit
 * ${from}; equal ones keep their order. ${spare} is room for ${n} more.
 *
 * Cost     O(n) a group of 11 bits.
 */
void radix_sort(uint64_t *a, uint64_t *spare, size_t n, unsigned from,
		unsigned bits);

#endif
