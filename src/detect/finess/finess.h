/* detect/finess: the number of a French health facility in the Fichier
 * national des établissements sanitaires et sociaux. Legal entities and sites
 * share one numbering. */
#ifndef TOCSIN_DETECT_FINESS_H
#define TOCSIN_DETECT_FINESS_H

#include "base/kind.h"

enum { FINESS_CHARS = 9, FINESS_TEXT_MAX = 64 /* bytes of a cell looked at */ };

/** One facility. */
struct finess {
	uint8_t code[FINESS_CHARS]; /* "750803447", "2A0000014" */
	bool checked;               /* false: Corsica, whose check is unknown */
};

/**
 * finess_parse(text, ret):
 * Read the whole of ${text} as a FINESS number.
 *
 * Returns  KIND_VALID: nine digits, a department in front and the Luhn check
 *          agrees. KIND_WEAK: a department of Corsica, 2A or 2B, in front:
 *          how letters enter the check is not published. KIND_NO leaves
 *          ${ret} untouched.
 * Source   Arrêté du 13 novembre 2013 (FINESS); ISO/IEC 7812-1 annex B.
 */
enum kind_verdict finess_parse(struct span text, struct finess *ret);

/** The normalised value is the nine characters. */
extern const struct kind kind_fr_finess;

#endif
