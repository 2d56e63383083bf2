/* base/sort: sorting of many plain numbers. */
#ifndef TOCSIN_BASE_SORT_H
#define TOCSIN_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/**
 * sort_bits(a, spare, n, from, bits):
 * Sort the ${n} < 2^32 numbers ${a} by the ${bits} bits that start at bit
 * ${from}; equal ones keep their order. ${spare} is room for ${n} more.
 *
 * Cost     O(n) a group of 11 bits; a group that is the same in all costs only
 *          its count.
 */
void sort_bits(uint64_t *a, uint64_t *spare, size_t n, unsigned from,
	       unsigned bits);

/**
 * sort_whole(a, spare, n):
 * Sort the ${n} < 2^32 numbers ${a} by all their bits. For tokens, which are
 * spread evenly: half the passes of sort_bits(), since few agree in their high
 * bits; what does is sorted apart.
 *
 * Cost     O(n), whatever the numbers are.
 */
void sort_whole(uint64_t *a, uint64_t *spare, size_t n);

/**
 * sort_unique(a, n):
 * Of the sorted ${a} keep one of each number.
 *
 * Returns  How many are left.
 */
size_t sort_unique(uint64_t *a, size_t n);

#endif
