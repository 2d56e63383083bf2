/* link/cluster: from weights of pairs to persons: average linkage over edges
 * sorted by weight, never against what rules a person out. */
#ifndef TOCSIN_LINK_CLUSTER_H
#define TOCSIN_LINK_CLUSTER_H

#include "base/team.h"
#include "link/pairs/pairs.h"

enum {
	CLUSTER_DENSE_MAX = 512, /* units whose weights stand in one table */
};

/** A pair no rule found counts so much, in bits; no pair counts for more. */
#define CLUSTER_UNSCORED (-4.0F)
#define CLUSTER_CLIP 12.0F

struct cluster {
	struct room *room;
	size_t n_units;
	size_t n;         /* persons */
	uint32_t *person; /* [n_units], numbered by their first unit */
	size_t n_links;
	uint32_t *links; /* [n_links] pairs that joined two groups */
	float *means;    /* [n_links] mean weight between the two groups */
	uint32_t *size;  /* [n] units of each person */
	size_t cap;      /* of size */
	size_t cap_links;
};

/**
 * cluster_join(u, p, weights, team, ret_cluster):
 * Group the units of ${u} by the ${weights} of the pairs ${p}.
 *
 * Errors   RC_LIMIT.
 * Owns     The caller calls cluster_done().
 */
enum rc cluster_join(const struct units *u, const struct pairs *p,
		     const float *weights, struct team *team,
		     struct cluster *ret_cluster);

/**
 * cluster_clip(w):
 * The part of the weight ${w} that counts in a mean.
 */
float cluster_clip(float w);

/**
 * cluster_done(c):
 * Wipe and release what cluster_join() made.
 */
void cluster_done(struct cluster *c);

#endif
