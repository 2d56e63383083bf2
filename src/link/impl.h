/* link, inside: one call at work. */
#ifndef TOCSIN_LINK_IMPL_H
#define TOCSIN_LINK_IMPL_H

#include "link/cluster/cluster.h"
#include "link/count/count.h"
#include "link/link.h"
#include "link/model/model.h"

struct linker {
	struct room room;
	struct team *team;
	struct units units;
	struct pairs pairs;
	struct levels levels;
	uint64_t *patterns; /* [pairs] */
	struct model_score *scores;
	float *weights;
	struct model_sample sample;
	struct freq freq;
	struct model model;
	struct cluster cluster;
	struct count count;
	size_t persons_two;        /* as two classes count them; 0: not tried */
	size_t persons_households; /* as three do */
};

/**
 * link_result_fill(l, r):
 * Turn what ${l} decided into the answer.
 *
 * Errors   RC_NOMEM.
 */
enum rc link_result_fill(const struct linker *l, struct link_result *r);

#endif
