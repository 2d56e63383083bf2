/* What the parent and the worker of people share. */
#ifndef TOCSIN_PEOPLE_PEOPLE_IMPL_H
#define TOCSIN_PEOPLE_PEOPLE_IMPL_H

#include "crypto/seal.h"
#include "people/people.h"
#include "sandbox/worker.h"

enum { PEOPLE_JOB = 1 };

/** The body of the job. Descriptors: vault in memory, vault on disk, index of
 * blocks, answer. */
struct people_job {
	uint64_t n_blocks;
	uint64_t memory_bytes;
	uint32_t clusters; /* 1: answer with the person of every mention */
};

/** The answer: this, its holders, and from PEOPLE_CLUSTERS_AT on the clusters:
 * for each mention in the order of blocks its block, record (in its block's
 * range) and person. */
struct people_answer {
	uint64_t people, low, high, mentions, nobody, professionals;
	uint64_t certain, weak, special;
	uint64_t kinds[KIND_COUNT];
	uint64_t said[TOPIC_COUNT];
	uint64_t tested[TOPIC_COUNT];
	struct link_class classes[LINK_CLASSES_MAX];
	uint32_t n_classes;
	uint32_t model;
	uint64_t people_two, people_households;
	double false_links, missed_links;
	uint64_t units, pairs, blocks_split, blocks_cut;
	uint64_t n_holders;
	uint64_t n_clusters;
};

struct people_cluster {
	uint32_t block;
	uint32_t record;
	uint32_t person;
};

/** Where in the answer the clusters begin. */
#define PEOPLE_CLUSTERS_AT              \
	(sizeof(struct people_answer) + \
	 PEOPLE_HOLDERS_MAX * sizeof(struct people_holder))

/** What the worker is told before its jail. */
struct people_setup {
	unsigned threads;
	struct seal_key vault_key;
};

/** people_prepare, people_handle: for struct worker_spec. */
enum rc people_prepare(const void *arg, void **ret_state);
enum rc people_handle(void *state, const struct worker_msg *in, const int *fds,
		      size_t nfds, struct worker_msg *ret_out);

#endif
