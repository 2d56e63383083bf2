/* leakgen: towns, streets, laboratories and their doctors' practices. */
#ifndef LEAKGEN_PLACES_H
#define LEAKGEN_PLACES_H

#include "ids.h"
#include "text.h"

enum {
	PLACES_LABS = 28,
	PLACES_DEPARTMENTS = IDS_DEPARTMENTS,
	PLACES_TOWNS_MAX = 320,
	PLACES_STREETS_MAX = 256,
	PLACES_LAB_NAME_MAX = 47
};

/** A town and its postcode. */
struct town {
	struct label name;
	uint8_t postcode[5];
};

/** A medical laboratory, made up, and how its secretaries write. */
struct lab {
	uint8_t finess[IDS_FINESS];
	uint8_t siret[IDS_SIRET];
	uint8_t name_n;
	uint8_t name[PLACES_LAB_NAME_MAX];
	struct label mail; /* its own address */
	uint32_t phone;
	uint32_t dept;  /* index, not number */
	uint32_t town;  /* index in struct places */
	uint32_t upto;  /* running sum of weights */
	enum form form; /* of names */
	uint32_t phone_style;
	uint32_t nir_style;
	bool repeats_name; /* fills the birth name for everybody */
	bool repeats_insured;
};

/** Where an address lies. */
struct address {
	uint16_t town;
	uint16_t street;
	uint8_t type;
	uint8_t number; /* 0: none, in the country */
	uint8_t bis;    /* 0 none, 1 BIS, 2 TER */
	uint8_t extra;  /* 0 none; else which complement */
};

/** All there is. Made once by places_init(); the same for every seed. */
struct places {
	struct town towns[PLACES_TOWNS_MAX];
	uint32_t first[PLACES_DEPARTMENTS + 2]; /* towns by department */
	struct label streets[PLACES_STREETS_MAX];
	uint32_t streets_n;
	struct label hamlets[PLACES_STREETS_MAX];
	uint32_t hamlets_n;
	struct lab labs[PLACES_LABS];
};

/** Kinds of way, and the last one, which has a name and no number. */
enum places_way {
	WAY_RUE,
	WAY_AVENUE,
	WAY_BOULEVARD,
	WAY_IMPASSE,
	WAY_ALLEE,
	WAY_PLACE,
	WAY_CHEMIN,
	WAY_ROUTE,
	WAY_RESIDENCE,
	WAY_HAMLET,
	WAY_COUNT
};

/** places_init(p): Fill ${p}. */
void places_init(struct places *p);

/** places_department(index): 22, 27, 35, 41, 45 or 56. */
uint32_t places_department(uint32_t index);

/** places_lab(p, r): One of the laboratories, large ones more often. */
uint32_t places_lab(const struct places *p, struct rng *r);

/** places_address(p, r, lab): An address from which people go to ${lab}. */
struct address places_address(const struct places *p, struct rng *r,
			      const struct lab *lab);

/** places_town(p, r, dept): A town of ${dept}; PLACES_DEPARTMENTS: elsewhere.
 */
uint32_t places_town(const struct places *p, struct rng *r, uint32_t dept);

/**
 * places_street(p, f, a, style, t):
 * Write the first line of ${a} into ${t}, one of several ways by ${style}.
 */
void places_street(const struct places *p, const struct forms *f,
		   const struct address *a, uint64_t style, struct text *t);

/** places_extra(a, style, t): Write the complement of ${a}, if it has one. */
void places_extra(const struct address *a, uint64_t style, struct text *t);

/** places_city(p, f, town, style, t): Write the name of ${town}. */
void places_city(const struct places *p, const struct forms *f, uint32_t town,
		 uint64_t style, struct text *t);

#endif
