/* link/cluster, inside: average linkage over a set too large for a table: the
 * sums of weights between groups stand in a hash table, and only where there
 * are any. */
#ifndef TOCSIN_LINK_CLUSTER_SPARSE_H
#define TOCSIN_LINK_CLUSTER_SPARSE_H

#include "link/cluster/bars.h"
#include "link/room/room.h"

/** Opaque. Units are numbered from 0 within the set. */
struct sparse;

/**
 * sparse_new(room, n, n_pairs):
 * Make ${n} groups of one unit each, with room for ${n_pairs} pairs.
 *
 * Returns  NULL if there is none.
 */
struct sparse *sparse_new(struct room *room, size_t n, size_t n_pairs);

/**
 * sparse_unit(s, i, bars), sparse_pair(s, a, b, weight):
 * Say what unit ${i} is known by; say what the pair of ${a} and ${b} weighs.
 */
void sparse_unit(struct sparse *s, uint32_t i, const struct bars *bars);
void sparse_pair(struct sparse *s, uint32_t a, uint32_t b, float weight);

/**
 * sparse_join(s, a, b, ret_first, ret_mean):
 * Join the groups of the units ${a} and ${b} if on average their units agree
 * and nothing forbids it.
 *
 * Returns  Whether two groups became one; then ${ret_first} is the first unit
 *          of the one that began later, and ${ret_mean} the mean weight.
 */
bool sparse_join(struct sparse *s, uint32_t a, uint32_t b, uint32_t *ret_first,
		 float *ret_mean);

/**
 * sparse_first(s, i):
 * The first unit of the group of unit ${i}.
 */
uint32_t sparse_first(struct sparse *s, uint32_t i);

/**
 * sparse_free(s):
 * Wipe and release ${s}; NULL does nothing.
 */
void sparse_free(struct sparse *s);

#endif
