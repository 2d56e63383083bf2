/* leakgen: who lives at one address, and who moves away from it. */
#ifndef LEAKGEN_HOUSEHOLD_H
#define LEAKGEN_HOUSEHOLD_H

#include "people.h"

/**
 * household_add(m, r):
 * Add one address and all who live there to the block of ${m}: somebody
 * alone, a couple, a family or a care home, as the preset has them.
 */
void household_add(struct maker *m, struct rng *r);

#endif
