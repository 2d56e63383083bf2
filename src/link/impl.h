/* link, inside: one call at work. */
#ifndef TOCSIN_LINK_IMPL_H
#define TOCSIN_LINK_IMPL_H

#include "link/cluster/cluster.h"
#include "link/count/count.h"
#include "link/link.h"
#include "link/model/model.h"

/** Pairs that were found for a stretch of units, all of them. */
struct stretch {
	struct pairs pairs;
	uint64_t *patterns;         /* [pairs.n] */
	struct model_score *scores; /* [pairs.n] */
};

/** What is known of a candidate, each in an array of its own. */
enum {
	CANDIDATE_PAIR,
	CANDIDATE_RULES,
	CANDIDATE_PATTERN,
	CANDIDATE_SCORE,
	CANDIDATE_WEIGHT,
	CANDIDATE_COLUMNS
};

/** Pairs that may be one person, or one household. */
struct candidates {
	struct pairs pairs; /* its arrays are among the columns */
	uint64_t *patterns; /* [pairs.n], and so the others */
	struct model_score *scores;
	float *weights;
	void *column[CANDIDATE_COLUMNS];
	size_t cap[CANDIDATE_COLUMNS]; /* of each */
};

struct linker {
	struct room room;
	struct team *team;
	size_t stretch_units; /* 0: as memory allows */
	struct units units;
	struct levels levels;
	struct pairs_finder *finder;
	struct stretch stretch;
	struct candidates candidates;
	struct pairs_summary found;
	uint64_t compared; /* pairs */
	struct model_sample sample;
	struct freq freq;
	struct model model;
	struct cluster cluster;
	struct count count;
	size_t persons_two;        /* as two classes count them; 0: not tried */
	size_t persons_households; /* as three do */
};

/**
 * stretch_end(l, from):
 * How far a stretch that starts at unit ${from} may go for its pairs to fit in
 * memory, going by how many the rules find.
 */
size_t stretch_end(struct linker *l, size_t from);

/**
 * stretch_compare(l, from, to):
 * Find the pairs of the units ${from} .. ${to} and compare them.
 *
 * Errors   RC_LIMIT.
 */
enum rc stretch_compare(struct linker *l, size_t from, size_t to);

/**
 * stretch_keep(l):
 * Score what was compared, add what may be something to the candidates, and
 * forget the rest.
 *
 * Errors   RC_LIMIT.
 */
enum rc stretch_keep(struct linker *l);

/**
 * stretch_done(l), candidates_done(l):
 * Wipe and release.
 */
void stretch_done(struct linker *l);
void candidates_done(struct linker *l);

/**
 * candidates_score(l), candidates_weigh(l):
 * Score the candidates by the model as it is; turn scores into weights.
 */
void candidates_score(struct linker *l);
void candidates_weigh(struct linker *l);

/**
 * link_result_fill(l, r):
 * Turn what ${l} decided into the answer.
 *
 * Errors   RC_NOMEM.
 */
enum rc link_result_fill(const struct linker *l, struct link_result *r);

#endif
