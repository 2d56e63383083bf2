/* link/count: how far the number of persons may be off. Links are summed up by
 * how sure they are, made and not made; made-up people drawn from the file's
 * own values show how often strangers are linked; and how often pairs are found
 * by one rule alone shows how many none finds. */
#ifndef TOCSIN_LINK_COUNT_H
#define TOCSIN_LINK_COUNT_H

#include "link/cluster/cluster.h"
#include "link/model/model.h"

enum {
	COUNT_MADE_UP = 20000, /* pairs of made-up people */
};

/** What is counted from. */
struct count_input {
	const struct units *units;
	const struct levels *levels;
	const struct pairs *pairs;
	const uint64_t *patterns;
	const struct model_score *scores;
	const float *weights;
	const struct cluster *cluster;
	const struct model *model;
	const struct freq *freq;
	struct team *team;
};

/** Estimates, in links (persons counted too many or too few). */
struct count {
	double false_links;  /* made, but of two persons */
	double missed_links; /* of one person, but not made */
	double unfound;      /* of one person, and no rule found them */
	double variance;     /* of all these together */
	double made_up;      /* false links, as made-up people have it */
	bool supported;      /* whether enough was there to tell the next */
	double support;    /* how often those of the household class come again
			      with the same name and date, as against all */
	double households; /* pairs expected of that class */
	double relatives;  /* pairs that are surely of it */
};

/**
 * count_links(in, ret_count):
 * Estimate.
 *
 * Errors   RC_LIMIT.
 */
enum rc count_links(const struct count_input *in, struct count *ret_count);

#endif
