/* link/levels: how far two units agree, field by field. The levels of all
 * fields make a pattern, four bits each, and the model knows patterns only.
 * Some fields hold what others leave open, so that no agreement is counted
 * twice: sex speaks where a given name is missing, the town where the street
 * is missing or another; and who moves changes phones more often. */
#ifndef TOCSIN_LINK_LEVELS_H
#define TOCSIN_LINK_LEVELS_H

#include "link/units/units.h"

enum {
	LEVELS_MAX = 8,      /* levels of a field, at most */
	LEVELS_MISSING = 15, /* one of the two does not say */
	LEVELS_BITS = 4,
};

enum levels_field {
	LEVELS_NIR,
	LEVELS_DATE,
	LEVELS_GIVEN,
	LEVELS_SEX,
	LEVELS_FAMILY,
	LEVELS_STREET,
	LEVELS_MOVE,
	LEVELS_PLACE,
	LEVELS_PHONE,
	LEVELS_PHONE_MOVED, /* in place of PHONE where the streets differ */
	LEVELS_EMAIL,
	LEVELS_OTHER,
	LEVELS_FIELDS
};

/** Same NIR, or not; and is it the number of the person themselves? */
enum levels_nir {
	NIR_SAME_OWN,   /* of both */
	NIR_SAME_DOUBT, /* not known */
	NIR_SAME_OTHER, /* of neither: both filed under somebody */
	NIR_SAME_MIXED, /* of one of them */
	NIR_NEAR,       /* two digits at most, and the key of one is wrong */
	NIR_NEAR_BORN,  /* so, but also born on one day: half the number says
			   no more than that */
	NIR_DIFFERENT,
	NIR_DIFFERENT_OWN, /* each has their own */
};

enum levels_date {
	DATE_SAME,
	DATE_NEAR,       /* one digit, or day and month swapped */
	DATE_TWO_DIGITS, /* differ */
	DATE_SAME_YEAR,
	DATE_DIFFERENT,
	DATE_PARTLY, /* the same as far as both are known */
};

enum levels_given {
	GIVEN_SAME,
	GIVEN_PART,    /* JEAN and JEAN PIERRE */
	GIVEN_INITIAL, /* J PIERRE and JEAN PIERRE */
	GIVEN_NEAR,    /* Jaro-Winkler .92 */
	GIVEN_CLOSE,   /* Jaro-Winkler .82 */
	GIVEN_SWAPPED, /* with the family name */
	GIVEN_DIFFERENT,
	GIVEN_DIFFERENT_SEX, /* and of the other sex */
};

enum levels_sex { SEX_SAME, SEX_DIFFERENT };

/** Family names in use and birth names, crosswise. */
enum levels_family {
	FAMILY_BOTH,     /* two names each, the same two */
	FAMILY_SAME,     /* one in common, nothing against it */
	FAMILY_CONFLICT, /* one in common, but other birth names */
	FAMILY_NEAR,     /* Jaro-Winkler .92 */
	FAMILY_PART,     /* DUPONT and DUPONT MARTIN */
	FAMILY_CLOSE,    /* Jaro-Winkler .82 */
	FAMILY_DIFFERENT,
};

enum levels_street {
	STREET_SAME,
	STREET_NEAR,      /* the words of one are in the other */
	STREET_HALF,      /* half of them */
	STREET_ELSEWHERE, /* the same, in another town */
	STREET_DIFFERENT,
};

/** MOVE: two streets that differ, in one town? PLACE: no street known. */
enum levels_place { PLACE_SAME, PLACE_PARTLY, PLACE_DIFFERENT };

enum levels_phone {
	PHONE_SAME,
	PHONE_TWO, /* or more in common */
	PHONE_NEAR,
	PHONE_DIFFERENT,
};

/** E-mail and other identifiers. */
enum levels_code { CODE_SAME, CODE_NEAR, CODE_LOCAL, CODE_DIFFERENT };

/**
 * levels_count(field):
 * How many levels ${field} has.
 */
unsigned levels_count(enum levels_field field);

/** A name, ready to be compared. */
struct levels_name {
	const uint8_t *p;
	uint64_t cuts;    /* where parts start, as struct form_name has it */
	uint32_t letters; /* bit b: a byte with those low five bits is in it */
	uint32_t start;   /* its first four bytes */
	uint32_t n;
	uint32_t initial; /* 1: one of its parts is a single letter */
};

/** The names of all units side by side: what comparing reads most. Other
 * values it takes from their sets. */
struct levels {
	const struct units *units;
	struct levels_name *names;
	struct levels_name *cities;
	uint32_t names_end;
	uint32_t cities_end;
};

enum { LEVELS_MEMO = 1 << 13 };

/** Two values, and what they were found to be to each other. */
struct levels_known {
	uint64_t key;
	uint32_t what; /* kind of values; 0: free */
	uint32_t level;
};

/** What a thread has compared lately; all zero at first. */
struct levels_memo {
	struct levels_known slots[LEVELS_MEMO];
};

/**
 * levels_init(l, u, team):
 * Lay out the names of ${u}, which must live as long as ${l}.
 *
 * Errors   RC_LIMIT; levels_done() is due all the same.
 */
enum rc levels_init(struct levels *l, const struct units *u, struct team *team);

/**
 * levels_done(l):
 * Wipe and release what levels_init() made.
 */
void levels_done(struct levels *l);

/**
 * levels_compare(l, memo, a, b):
 * Compare the units ${a} and ${b}; ${memo}, of one ${l}, may be NULL.
 *
 * Returns  The pattern; the same for (b, a) and with any memo.
 * Cost     Some hundred ns; equal values cost next to nothing.
 */
uint64_t levels_compare(const struct levels *l, struct levels_memo *memo,
			const struct unit *a, const struct unit *b);

/**
 * levels_expect(l, u):
 * Say that ${u}, in memory already, will be compared soon.
 */
void levels_expect(const struct levels *l, const struct unit *u);

/** levels_of(pattern, field): The level of ${field}. */
static inline unsigned
levels_of(uint64_t pattern, enum levels_field field)
{
	return (unsigned)(pattern >> (LEVELS_BITS * (unsigned)field)) & 15U;
}

#endif
