/* detect/siret: French companies (SIREN, 9 digits) and their sites (SIRET, 14
 * digits: the SIREN and five more). */
#ifndef TOCSIN_DETECT_SIRET_H
#define TOCSIN_DETECT_SIRET_H

#include "base/kind.h"

enum {
	SIREN_DIGITS = 9,
	SIRET_DIGITS = 14,
	SIRET_TEXT_MAX = 64 /* bytes of a cell that is looked at */
};

/** One site of a company, or with nic 0 the company. */
struct siret {
	uint64_t siren; /* 9 digits */
	uint32_t nic;   /* the last five of a SIRET */
};

/**
 * siret_parse(text, ret), siren_parse(text, ret):
 * Read the whole of ${text} as a SIRET or as a SIREN.
 *
 * Returns  KIND_VALID or KIND_NO, which leaves ${ret} untouched.
 * Source   Code de commerce R123-221, INSEE SIRENE: Luhn over 14 digits and
 *          over the first 9; sites of La Poste (356000000) have a sum of
 *          digits that 5 divides instead, but for its seat.
 */
enum kind_verdict siret_parse(struct span text, struct siret *ret);
enum kind_verdict siren_parse(struct span text, struct siret *ret);

/** The normalised values are the 14 and the 9 digits. */
extern const struct kind kind_fr_siret;
extern const struct kind kind_fr_siren;

#endif
