/* link: which mentions are one person, and how many people that makes. Mentions
 * are compared field by field, a mixture model learnt from the data itself says
 * what each agreement is worth (same person, same household, unrelated), and
 * average linkage joins what belongs together. Nothing is learnt or kept beyond
 * one call, and the same set of mentions gives the same people in any order and
 * with any number of threads. */
#ifndef TOCSIN_LINK_H
#define TOCSIN_LINK_H

#include "base/rc.h"
#include "base/team.h"
#include "link/source/source.h"

enum {
	LINK_CLASSES_MAX = 64,       /* evidence classes told apart */
	LINK_MENTIONS_MAX = 1 << 28, /* mentions in one call */
};

/** In person_of: this mention names nobody. */
#define LINK_NOBODY UINT32_MAX

/** What two mentions can agree in. */
enum link_field {
	LINK_NIR,
	LINK_BIRTH_DATE,
	LINK_GIVEN,
	LINK_FAMILY, /* family name in use or birth name, crosswise */
	LINK_SEX,
	LINK_ADDRESS, /* street */
	LINK_PLACE,   /* postcode or town */
	LINK_PHONE,
	LINK_EMAIL,
	LINK_OTHER_ID,
	LINK_FIELDS
};

/** Which model the data called for. */
enum link_model {
	LINK_NO_MODEL,   /* too few mentions to learn from: fixed weights */
	LINK_TWO_CLASS,  /* same person, unrelated */
	LINK_HOUSEHOLDS, /* same person, same household, unrelated */
};

/** Links held for the same reason. A person of k mentions has k - 1 links. */
struct link_class {
	uint32_t fields; /* bit f: enum link_field f agrees; 0: all the other
			    reasons, past LINK_CLASSES_MAX - 1 */
	uint64_t links;
};

struct link_options {
	size_t memory_bytes;  /* ceiling beside the input; 0: none */
	size_t stretch_units; /* whose pairs are in memory at once, and whose
				 pairs are learnt from, at most; 0: as memory
				 allows. For tests */
};

struct link_result {
	size_t mentions;
	uint32_t *person_of; /* [mentions], by block and place in it; persons
				count from 0 by first appearance; LINK_NOBODY:
				nothing in it names a person */
	uint64_t people;
	uint64_t low, high; /* 95 % interval of people */
	uint64_t nobody;    /* mentions that name nobody */
	uint64_t weak;      /* people known by so little (a phone alone) that
			       another mention may be the same */
	uint64_t certain;   /* people with an own NIR that fits their birth
			       date */
	struct link_class classes[LINK_CLASSES_MAX]; /* by links, most first */
	size_t n_classes;

	enum link_model model;
	uint64_t people_two; /* what each model counts */
	uint64_t people_households;
	double false_links; /* estimates, in links */
	double missed_links;
	uint64_t units;        /* mentions that differ in something */
	uint64_t pairs;        /* compared */
	uint64_t blocks_split; /* blocks past the ceiling, split again */
	uint64_t blocks_cut;   /* that could not be split below it: their
				  mentions met their neighbours only */
};

/**
 * link_people(source, o, team, ret_result):
 * Decide which mentions of ${source} are one person.
 *
 * Errors   RC_NOMEM; RC_LIMIT: more than LINK_MENTIONS_MAX mentions, or
 *          ${o}->memory_bytes would not do.
 * Owns     The caller frees ${ret_result} with link_result_free(). All memory
 *          that held values is wiped before the call returns.
 * Cost     About 140 bytes a mention, and one sort of all units a blocking
 *          rule and stretch of units; the less memory there is, the shorter are
 *          the stretches.
 * Source   Fellegi and Sunter, JASA 1969; Enamorado, Fifield and Imai, APSR
 *          2019 (missing fields, counts of patterns).
 */
enum rc link_people(const struct link_source *source,
		    const struct link_options *o, struct team *team,
		    struct link_result **ret_result);

/**
 * link_result_free(r):
 * Release ${r}; NULL does nothing.
 */
void link_result_free(struct link_result *r);

/**
 * link_field_name(field), link_model_name(model):
 * Name ${field} ("birth date") or ${model} ("households") in English.
 *
 * Returns  A static string.
 */
const char *link_field_name(enum link_field field);
const char *link_model_name(enum link_model model);

#endif
