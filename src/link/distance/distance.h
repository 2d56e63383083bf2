/* link/distance: how far two values are from each other. */
#ifndef TOCSIN_LINK_DISTANCE_H
#define TOCSIN_LINK_DISTANCE_H

#include "base/span.h"

enum {
	DISTANCE_JARO_MAX = 64, /* bytes of a name that are looked at */
	DISTANCE_EDIT_MAX = 64, /* bytes of a text for edit distance */
};

/**
 * distance_jaro_winkler(a, b):
 * Likeness of two names in thousandths: 1000 for equal ones.
 *
 * Cost     O(a.n), bit-parallel.
 * Source   Winkler 1990: J + 0.1 * l * (1 - J), l <= 4 letters in common at
 *          the start.
 */
unsigned distance_jaro_winkler(struct span a, struct span b);

/**
 * distance_edits(a, b, most):
 * Count insertions, deletions, replacements and swaps of neighbours that make
 * ${b} of ${a}, up to ${most} (at most 3).
 *
 * Returns  ${most} + 1 if it takes more, or if a text is longer than
 *          DISTANCE_EDIT_MAX.
 * Source   Damerau 1964, as optimal string alignment.
 */
unsigned distance_edits(struct span a, struct span b, unsigned most);

/**
 * distance_digits(a, b):
 * Count the decimal digits, held four bits each, that differ between ${a} and
 * ${b}; one swap of neighbours counts once.
 */
unsigned distance_digits(uint64_t a, uint64_t b);

/**
 * distance_bcd(n):
 * Write ${n} (at most 16 digits) with four bits a digit.
 */
uint64_t distance_bcd(uint64_t n);

#endif
