/* people: how many people a scan found, and what of each kind. One jailed
 * worker gets the vault of mentions, links them, and answers with numbers. */
#ifndef TOCSIN_PEOPLE_PEOPLE_H
#define TOCSIN_PEOPLE_PEOPLE_H

#include "base/kind.h"
#include "link/link.h"
#include "scan/scan.h"

#include <stdio.h>

enum { PEOPLE_HOLDERS_MAX = 1 << 16 };

/** How to count. */
struct people_options {
	unsigned threads;      /* 0: one a processor */
	uint64_t memory_bytes; /* ceiling of linking; 0: no ceiling */
	bool no_sandbox;
	FILE *clusters; /* document, record and person of every mention; NULL */
	uint32_t seconds;            /* longest it may take; 0: an hour */
	void (*progress)(void *arg); /* called now and then while it runs */
	void *progress_arg;
	const volatile int *stop;
};

/** People of one organisation. */
struct people_holder {
	uint64_t code; /* as struct wire_holder */
	uint32_t kind;
	uint32_t pad;
	uint64_t people;
};

/** The numbers. All zero and not known unless ${known}. */
struct people_result {
	bool known;
	enum wire_reason reason; /* why not */
	uint64_t people, low, high;
	uint64_t mentions; /* records that name somebody */
	uint64_t nobody;   /* records with data that name nobody */
	uint64_t professionals;
	uint64_t certain, weak; /* as struct link_result */
	uint64_t kinds[KIND_COUNT];
	uint64_t said[TOPIC_COUNT];
	uint64_t tested[TOPIC_COUNT];  /* people only tested */
	uint64_t special;              /* people with any topic said */
	struct people_holder *holders; /* by kind and code */
	size_t n_holders;
	struct link_class classes[LINK_CLASSES_MAX];
	uint32_t n_classes;
	uint32_t model; /* enum link_model */
	uint64_t people_two, people_households;
	double false_links, missed_links;
	uint64_t units, pairs, blocks_split, blocks_cut;
	double elapsed_s;
	uint64_t peak_bytes; /* of the worker, its view of the vault included */
};

/**
 * people_count(scan, options, ret):
 * Count the people of the mentions of ${scan}.
 *
 * Returns  RC_OK also when they could not be counted: ${ret}->known is then
 *          false and reason says why.
 * Errors   RC_NOMEM, RC_IO; RC_DENIED: no jail can be had.
 * Owns     The caller releases ${ret} with people_done().
 * Cost     That of link_people().
 */
enum rc people_count(const struct scan_result *scan,
		     const struct people_options *options,
		     struct people_result *ret);

/**
 * people_done(r):
 * Release what ${r} holds.
 */
void people_done(struct people_result *r);

#endif
