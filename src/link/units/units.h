/* link/units: the mentions in one form, each once. A unit is what one or more
 * mentions say in the same words; its values are numbers of value sets. Units
 * stand in an order that depends on their content alone, so whatever is drawn,
 * summed or decided in that order is the same for every arrangement of the
 * input. */
#ifndef TOCSIN_LINK_UNITS_H
#define TOCSIN_LINK_UNITS_H

#include "base/rc.h"
#include "base/team.h"
#include "link/room/room.h"
#include "link/source/source.h"
#include "link/values/values.h"

enum {
	UNITS_MAX = 1 << 28,
	UNITS_PHONES = 3,
	UNITS_JUNK_FACTOR = 5, /* a value this often more frequent than the
				  99.9th percentile of its field is filler */
	UNITS_JUNK_LEAST = 20, /* but not one rarer than this */
};

/** Whose number the NIR of a record is, by its sex, year and month. */
enum units_nir {
	UNITS_NIR_NONE,
	UNITS_NIR_OWN,   /* all that is known agrees, and enough is known */
	UNITS_NIR_DOUBT, /* too little known, or one thing disagrees */
	UNITS_NIR_OTHER, /* two things disagree: the insured's */
};

/** One unit: a cache line, since pairs of them are met at random. */
struct unit {
	uint32_t given; /* all given names together */
	uint32_t family;
	uint32_t birth; /* may equal family */
	uint32_t street;
	uint32_t postcode;
	uint32_t city;
	uint32_t email;
	uint32_t other;
	uint32_t nir;
	uint32_t phone[UNITS_PHONES];
	uint32_t date;     /* of birth, yyyymmdd; 0: not known */
	uint32_t mentions; /* that say the same */
	uint8_t sex;
	uint8_t nir_class; /* enum units_nir */
	uint8_t nir_good;  /* 1: its key is right */
	uint8_t names;     /* 1: names a person, 0: nobody */
	uint32_t digits;   /* of the date, four bits each */
};

/** The sets that the values of units are numbered by. */
enum units_set {
	UNITS_NAMES,
	UNITS_STREETS,
	UNITS_POSTCODES,
	UNITS_CITIES,
	UNITS_EMAILS,
	UNITS_OTHERS,
	UNITS_NIRS,       /* four bits a digit, eight bytes */
	UNITS_PHONES_SET, /* the same */
	UNITS_SETS
};

struct units {
	struct room *room;
	size_t n;
	struct unit *units; /* [n] */
	size_t mentions;
	size_t cap_mentions;
	uint32_t *of_mention; /* [cap_mentions] index of its unit */
	struct values *sets[UNITS_SETS];
};

/**
 * units_load(source, team, room, ret_units):
 * Read all mentions. Those whose role is a professional or an organisation
 * become units that name nobody.
 *
 * Errors   RC_LIMIT, RC_NOMEM; what the source says.
 * Owns     The caller calls units_done().
 * Cost     Mentions that say the same are folded while they are read, so memory
 *          grows with units: 64 bytes each, and what their values take.
 */
enum rc units_load(const struct link_source *source, struct team *team,
		   struct room *room, struct units *ret_units);

/**
 * units_done(u):
 * Wipe and release what units_load() made.
 */
void units_done(struct units *u);

#endif
