/* leakgen: who the made-up people are, how they live together, and when they
 * come. Nothing here knows how a row is written. */
#ifndef LEAKGEN_PEOPLE_H
#define LEAKGEN_PEOPLE_H

#include "dates.h"
#include "ids.h"
#include "names.h"
#include "places.h"

enum {
	PEOPLE_BLOCK = 16384,  /* people made, written and forgotten at once */
	PEOPLE_UNIT_MAX = 112, /* who may live at one address */
	PEOPLE_VISITS_MAX = 60,
	PEOPLE_DOCTORS = 6000,
	PEOPLE_MAIL_MAX = 63,
	PEOPLE_NEVER = 65535
};

/** What a set of people is like; shares are of 10,000. */
struct preset {
	const char *name;
	const char *about;
	uint32_t families;   /* people who share surname and address */
	uint32_t phone;      /* families that share a phone */
	uint32_t mail;       /* families that share an e-mail */
	uint32_t dependents; /* members under another's NIR for good */
	uint32_t twins;      /* births after the first that are twins */
	uint32_t homes;      /* people in care homes */
	uint32_t movers;     /* people with several visits who move */
	uint32_t nir;        /* rows that have a NIR */
	uint32_t noise;      /* percent of the usual noise */
	uint32_t fillers;    /* percent of the usual shared fillers */
};

/** A prescriber. */
struct doctor {
	struct label family, given;
	uint8_t rpps[IDS_RPPS];
	uint32_t town;
};

/** Somewhere to live. */
struct home {
	struct address address;
	uint32_t phone;
};

/** An insured person who is no patient: a parent, most of the time. */
struct parent {
	struct label family, given;
	uint8_t nir[IDS_NIR];
};

enum people_insured { INSURED_SELF, INSURED_MEMBER, INSURED_PARENT };

/** One made-up person and what has been written about them. */
struct person {
	struct label used, birth, given, second;
	uint8_t nir[IDS_NIR];
	uint8_t mail_n;
	uint8_t mail[PEOPLE_MAIL_MAX];
	uint64_t seed;
	uint32_t mobile, mobile_later, other;
	uint32_t home, home_later; /* index in the block */
	uint32_t insured;          /* index of a person or a parent */
	uint32_t family;           /* a number that a family shares */
	uint16_t moved_on;         /* day after DATES_FIRST */
	uint16_t doctor;
	uint8_t insured_how;   /* enum people_insured */
	uint8_t insured_until; /* age; 255: for good */
	struct date born;
	uint8_t sex; /* 1 or 2 */
	uint8_t blood;
	uint8_t lab;
	uint8_t origin;
	bool married; /* uses a name that is not the birth name */
	bool has_home_phone;
	bool child;
	/* Filled while rows are written. */
	uint64_t number;
	uint32_t rows;
	uint32_t labs;     /* bit per laboratory */
	uint32_t asserted; /* bit per topic */
	uint32_t tested;
	bool seen;
};

/** One row to be. */
struct visit {
	uint64_t seed;
	uint64_t serial;
	uint32_t person; /* index in the block */
	uint16_t day;    /* after DATES_FIRST */
	uint16_t minute;
	uint8_t lab;
};

/** Some ten thousand people and their rows. */
struct block {
	struct person *people;
	struct home *homes;
	struct parent *parents;
	struct visit *visits;
	uint32_t people_n, homes_n, parents_n, visits_n;
};

/** The maker of people. */
struct maker {
	const struct preset *preset;
	uint64_t seed;
	uint64_t max_people; /* 0: as many as the rows need */
	uint64_t max_rows;   /* 0: as many as the people need */
	uint64_t made_people, made_rows, blocks;
	uint64_t in_families, in_homes, family_serial;
	struct names names;
	struct places places;
	struct forms forms;
	struct ids ids;
	struct doctor *doctors;
	uint32_t doctors_first[PLACES_DEPARTMENTS + 2];
	struct block block;
};

/** The presets; the list ends with one without a name. */
extern const struct preset people_presets[];

/** people_init(m, preset, seed): Ready to make. Returns false: no memory. */
bool people_init(struct maker *m, const struct preset *preset, uint64_t seed);

/** people_done(m): Give back what ${m} holds. */
void people_done(struct maker *m);

/**
 * people_next(m):
 * Make the next block in ${m}->block, its visits sorted by laboratory, day
 * and minute.
 *
 * Returns  False if the people or rows asked for have all been made.
 */
bool people_next(struct maker *m);

/** people_age(p, day): The age of ${p} on ${day}. */
uint32_t people_age(const struct person *p, struct date day);

#endif
