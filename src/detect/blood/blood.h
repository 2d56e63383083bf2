/* detect/blood: blood groups, ABO with rhesus, as French laboratories write
 * them. */
#ifndef TOCSIN_DETECT_BLOOD_H
#define TOCSIN_DETECT_BLOOD_H

#include "base/kind.h"

enum { BLOOD_TEXT_MAX = 48 /* bytes of a cell that is looked at */ };

/** One group. */
struct blood {
	uint8_t abo;   /* 'A', 'B', 'O', or 'X' for AB */
	int8_t rhesus; /* 1 positive, -1 negative, 0 not said */
};

/**
 * blood_parse(text, ret):
 * Read the whole of ${text} as a blood group: "A+", "O NEG", "AB Rh-",
 * "B POSITIF", "O RH D POSITIF", "A Rhésus +", "0-" (zero for O).
 *
 * Returns  KIND_VALID: group and rhesus. KIND_WEAK: the group alone, which is a
 *          letter like any other. KIND_NO leaves ${ret} untouched.
 * Source   Haute Autorité de santé; ISBT 128 (ABO/RhD); Landsteiner's zero.
 */
enum kind_verdict blood_parse(struct span text, struct blood *ret);

/** The normalised value is "A+", "AB-", "O". */
extern const struct kind kind_blood_group;

#endif
