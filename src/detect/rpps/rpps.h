/* detect/rpps: the number of a French health professional in the Répertoire
 * partagé des professionnels de santé. */
#ifndef TOCSIN_DETECT_RPPS_H
#define TOCSIN_DETECT_RPPS_H

#include "base/kind.h"

enum { RPPS_DIGITS = 11, RPPS_TEXT_MAX = 64 /* bytes of a cell looked at */ };

/** One professional: not a patient, but a person all the same. */
struct rpps {
	uint64_t number; /* 11 digits */
	bool prefixed;   /* written as national identifier, "8" before it */
};

/**
 * rpps_parse(text, ret):
 * Read the whole of ${text} as an RPPS number, alone (11 digits) or as the
 * national identifier of a professional ("8" and 11 digits).
 *
 * Returns  KIND_VALID: the Luhn check agrees and the number starts with 1, as
 *          all issued so far. KIND_WEAK: it starts with something else.
 *          KIND_NO leaves ${ret} untouched.
 * Source   ASIP Santé / ANS, OID 1.2.250.1.71.4.2.1; ISO/IEC 7812-1 annex B.
 */
enum kind_verdict rpps_parse(struct span text, struct rpps *ret);

/** The normalised value is the 11 digits. */
extern const struct kind kind_fr_rpps;

#endif
