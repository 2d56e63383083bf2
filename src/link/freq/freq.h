/* link/freq: how frequent each value is, so that agreeing in a rare one counts
 * for more. Values are counted once a unit, or once a person when it is known
 * which units are one: else those who come often would make their own names
 * look common. */
#ifndef TOCSIN_LINK_FREQ_H
#define TOCSIN_LINK_FREQ_H

#include "link/units/units.h"

enum {
	FREQ_TABLE = 2048, /* counts whose logarithm is worked out before */
	FREQ_BITS = 2 * FREQ_TABLE,
};

enum freq_field {
	FREQ_GIVEN,
	FREQ_FAMILY, /* in use or at birth */
	FREQ_DATE,
	FREQ_STREET,
	FREQ_POSTCODE,
	FREQ_CITY,
	FREQ_PHONE,
	FREQ_EMAIL,
	FREQ_NIR,
	FREQ_OTHER,
	FREQ_FIELDS
};

/** The counts of one field. */
struct freq_counts {
	uint32_t *count; /* by value */
	uint32_t end;
	uint64_t holders; /* units or persons that have a value */
	double chance;    /* that two of them have the same */
	float *bits;      /* [FREQ_BITS] freq_bits() by own - 1 and count */
};

struct freq {
	struct room *room;
	const uint32_t *group; /* person of each unit; NULL: not known */
	struct freq_counts field[FREQ_FIELDS];
};

/**
 * freq_count(u, group, n_groups, team, ret_freq):
 * Count the values of ${u}; with ${group}, the person of each unit, every
 * value counts once a person.
 *
 * Errors   RC_LIMIT.
 * Owns     The caller calls freq_done(), also after an error, and has emptied
 *          ${ret_freq} before. ${group} must live as long.
 */
enum rc freq_count(const struct units *u, const uint32_t *group,
		   size_t n_groups, struct team *team, struct freq *ret_freq);

/**
 * freq_bits(f, field, value, own):
 * Estimate how likely somebody else has ${value}, ${own} (1 or 2) of those who
 * do being the ones compared.
 *
 * Returns  log2 of it; finite also for a value that nobody else has, since
 *          some people are merely not in the file.
 */
float freq_bits(const struct freq *f, enum freq_field field, uint32_t value,
		unsigned own);

/**
 * freq_date(date):
 * The value that stands for the birth date ${date}, yyyymmdd.
 */
uint32_t freq_date(uint32_t date);

/**
 * freq_done(f):
 * Wipe and release what freq_count() made.
 */
void freq_done(struct freq *f);

#endif
