/* leakgen: numbers with a check digit, and numbers given out only once. */
#ifndef LEAKGEN_IDS_H
#define LEAKGEN_IDS_H

#include "rng.h"

#include <stddef.h>

enum {
	IDS_NIR = 15,
	IDS_FINESS = 9,
	IDS_SIRET = 14,
	IDS_RPPS = 11,
	IDS_IBAN = 27,
	/* Where a NIR may be given out: 96 departments and four more. */
	IDS_PLACES = 100,
	IDS_DEPARTMENTS = 6
};

/** Where somebody was born, as a NIR tells it. */
enum ids_place { IDS_2A = 96, IDS_2B = 97, IDS_ABROAD = 98, IDS_OVERSEAS = 99 };

/** What has been given out so far, so that nothing is given out twice. */
struct ids {
	uint32_t *born; /* by place, sex, year and month */
	uint32_t homes[IDS_DEPARTMENTS];
	uint32_t mobiles;
};

/** ids_init(ids): Begin with nothing given out. Returns false: no memory. */
bool ids_init(struct ids *ids);

/** ids_done(ids): Give back what ${ids} holds. */
void ids_done(struct ids *ids);

/**
 * ids_nir(ids, sex, yy, month, place, ret_nir):
 * Give out the next NIR, with its key, for a birth in ${yy}-${month} at
 * ${place}; ${sex} is 1 or 2. Twins asked for in a row get neighbours.
 *
 * Source   service-public.fr F33078: key = 97 - (number mod 97), 2A counts
 *          as 19 and 2B as 18.
 */
void ids_nir(struct ids *ids, uint32_t sex, uint32_t yy, uint32_t month,
	     uint32_t place, uint8_t ret_nir[static IDS_NIR]);

/** ids_home_phone(ids, dept): The next fixed line; nine digits, no 0. */
uint32_t ids_home_phone(struct ids *ids, uint32_t dept);

/** ids_mobile(ids): The next mobile number; nine digits, no 0. */
uint32_t ids_mobile(struct ids *ids);

/** ids_luhn(number, n): The Luhn digit after the ${n} digits of ${number}. */
uint8_t ids_luhn(const uint8_t *number, size_t n);

/** ids_finess(dept, serial, ret): The FINESS number ${serial} of ${dept}. */
void ids_finess(uint32_t dept, uint32_t serial, uint8_t ret[static IDS_FINESS]);

/** ids_siret(company, office, ret): Both the SIREN and the SIRET check. */
void ids_siret(uint32_t company, uint32_t office,
	       uint8_t ret[static IDS_SIRET]);

/** ids_rpps(serial, ret): The RPPS number of the doctor ${serial}. */
void ids_rpps(uint32_t serial, uint8_t ret[static IDS_RPPS]);

/** ids_iban(r, ret): A French IBAN with both its keys. */
void ids_iban(struct rng *r, uint8_t ret[static IDS_IBAN]);

#endif
