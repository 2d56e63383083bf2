/* base/sort: sorting of many plain numbers. */
#ifndef TOCSIN_BASE_SORT_H
#define TOCSIN_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/**
 * sort_u64(v, n, spare):
 * Sort the ${n} numbers of ${v}, using ${spare} of the same length.
 *
 * Cost     Eight passes at most; one that would move nothing is left out.
 */
void sort_u64(uint64_t *v, size_t n, uint64_t *spare);

/**
 * sort_unique_u64(v, n):
 * Of the sorted ${v} keep one of each number.
 *
 * Returns  How many are left.
 */
size_t sort_unique_u64(uint64_t *v, size_t n);

#endif
