/* detect/sex: how registers write the sex of a person. Letters mean different
 * things in different columns (H is "homme" or "hospitalised"), so a column
 * decides; a value alone is never proof. */
#ifndef TOCSIN_DETECT_SEX_H
#define TOCSIN_DETECT_SEX_H

#include "base/kind.h"

/** As struct mention keeps it. */
enum sex {
	SEX_UNKNOWN = 0, /* said to be unknown or something else */
	SEX_MALE = 1,
	SEX_FEMALE = 2,
};

enum { SEX_TEXT_MAX = 24 }; /* bytes of a cell that is looked at */

/**
 * sex_parse(text, ret_sex):
 * Read the whole of ${text} as a sex: M/F, H/F, 1/2, "Masculin", "Femme",
 * "male", "weiblich", "mujer", ... in any case, with or without accents.
 *
 * Returns  KIND_VALID: male or female. KIND_WEAK: a form of address, or a code
 *          for unknown or other (U, I, X, 0, 9, "inconnu"), SEX_UNKNOWN.
 *          KIND_NO leaves ${ret_sex}
 *          untouched.
 * Source   ISO/IEC 5218 (1, 2, 0, 9); HL7 v2 table 0001 (F, M, O, U, A, N).
 */
enum kind_verdict sex_parse(struct span text, uint8_t *ret_sex);

/**
 * sex_of_title(text):
 * The sex that a form of address tells: "M.", "Mme", "Mlle", "Monsieur",
 * "Mrs", "Herr".
 *
 * Returns  SEX_UNKNOWN if ${text} is none, or one for both.
 */
enum sex sex_of_title(struct span text);

/** The normalised value is "M", "F" or "U". */
extern const struct kind kind_sex;

#endif
