/* link/model: what each agreement is worth. A mixture of three classes of
 * pairs (one person, one household, unrelated) over the patterns of
 * link/levels, learnt from the file itself by expectation maximisation. */
#ifndef TOCSIN_LINK_MODEL_H
#define TOCSIN_LINK_MODEL_H

#include "link/freq/freq.h"
#include "link/levels/levels.h"
#include "link/pairs/pairs.h"

enum {
	MODEL_ROUNDS = 40,           /* of expectation maximisation */
	MODEL_ROUNDS_AGAIN = 15,     /* when it starts from what is learnt */
	MODEL_RULE_PAIRS = 60000,    /* pairs of a rule that are learnt from */
	MODEL_RANDOM_PAIRS = 200000, /* drawn for what chance agrees in */
	MODEL_PRIOR_PAIRS = 200000,  /* that the priors are refined on */
	MODEL_PRIOR_ROUNDS = 15,
};

/** The probabilities of the levels of every field in one class. */
struct model_class {
	double p[LEVELS_FIELDS][LEVELS_MAX];
};

struct model {
	bool households; /* false: two classes */
	struct model_class same;
	struct model_class house;
	struct model_class chance;
	double shared[LEVELS_FIELDS]; /* how often a household shares it */
	double prior_same;            /* of all pairs of units */
	double prior_house;
	/* Logarithms (base 2) of chance, and of the others against it. */
	float chance_bits[LEVELS_FIELDS][LEVELS_MAX];
	float same_bits[LEVELS_FIELDS][LEVELS_MAX];
	float house_bits[LEVELS_FIELDS][LEVELS_MAX];
	double rule_same[PAIRS_RULES]; /* of the pairs of a rule */
	double rule_house[PAIRS_RULES];
};

/** Pairs to learn from: a pattern, without what the rule made agree, and how
 * often it was met under the rule. */
struct model_entry {
	uint64_t pattern;
	double weight;
	double chance; /* that unrelated units make it */
	uint32_t rule;
};

struct model_sample {
	struct room *room;
	size_t n;
	size_t cap;
	struct model_entry *entries;
};

/** What the weight of a pair is made of: log2 of likelihoods against chance. */
struct model_score {
	float same;
	float house;
};

/**
 * model_sample_pairs(l, p, patterns, n_units, ret_sample):
 * Draw what is learnt from: of every rule evenly spaced pairs of ${p}, and the
 * pairs that equal mentions of the first ${n_units} units make.
 *
 * Errors   RC_LIMIT.
 * Owns     The caller calls model_sample_done().
 */
enum rc model_sample_pairs(const struct levels *l, const struct pairs *p,
			   const uint64_t *patterns, size_t n_units,
			   struct model_sample *ret_sample);

/**
 * model_sample_done(s):
 * Wipe and release ${s}.
 */
void model_sample_done(struct model_sample *s);

/**
 * model_chance(m, l, f, team):
 * Learn the levels that unrelated units agree in, from random pairs. With
 * persons in ${f}, pairs of one person are left out.
 *
 * Errors   RC_LIMIT.
 * Cost     MODEL_RANDOM_PAIRS comparisons.
 */
enum rc model_chance(struct model *m, const struct levels *l,
		     const struct freq *f, struct team *team);

/**
 * model_equal(m, f):
 * Set what agreeing in the very same value is worth, by the counts ${f}.
 */
void model_equal(struct model *m, const struct freq *f);

/**
 * model_learn(m, s, households, again):
 * Learn the classes from ${s}, given what chance does; three of them if
 * ${households}. With ${again} go on from what ${m} has learnt.
 */
void model_learn(struct model *m, struct model_sample *s, bool households,
		 bool again);

/**
 * model_prepare(m):
 * Work out the logarithms that model_score() adds up.
 */
void model_prepare(struct model *m);

/**
 * model_score(m, f, a, b, own, pattern):
 * Weigh the pair of ${a} and ${b} with the frequency of the values they have
 * in common; ${own} of those counted as having them are these two.
 */
struct model_score model_score(const struct model *m, const struct freq *f,
			       const struct unit *a, const struct unit *b,
			       unsigned own, uint64_t pattern);

/**
 * model_priors(m, scores, n, n_units, room):
 * Set the priors so that they are what they imply for the ${n} pairs that were
 * compared, of all pairs of ${n_units}.
 *
 * Errors   RC_LIMIT.
 */
enum rc model_priors(struct model *m, const struct model_score *scores,
		     size_t n, size_t n_units, struct room *room);

/**
 * model_weight(m, score):
 * log2 of the odds that the pair is one person.
 */
float model_weight(const struct model *m, struct model_score score);

#endif
