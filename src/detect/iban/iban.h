/* detect/iban: bank accounts as ISO 13616 writes them. */
#ifndef TOCSIN_DETECT_IBAN_H
#define TOCSIN_DETECT_IBAN_H

#include "base/kind.h"

enum {
	IBAN_MIN = 15,     /* characters without separators: Norway */
	IBAN_MAX = 34,     /* ISO 13616-1 s. 5 */
	IBAN_TEXT_MAX = 96 /* bytes of a cell that is looked at */
};

/** One account, upper case, no separators. */
struct iban {
	uint8_t n;
	uint8_t text[IBAN_MAX];
};

/**
 * iban_parse(text, ret):
 * Read the whole of ${text} as an IBAN: "FR76 3000 ...", with or without the
 * word IBAN in front, blanks, dots or dashes anywhere.
 *
 * Returns  KIND_VALID: the country is registered, length and structure are its
 *          own, 97 leaves 1, and for France, Monaco and Spain the national key
 *          agrees too. KIND_WEAK: all of that but the national key. KIND_NO
 * leaves
 *          ${ret} untouched.
 * Source   ISO 13616-1:2020; SWIFT, IBAN Registry; ISO/IEC 7064 mod 97-10.
 */
enum kind_verdict iban_parse(struct span text, struct iban *ret);

/**
 * iban_length(c1, c2):
 * Tell how many characters the IBANs of the country ${c1}${c2} (capitals) have.
 *
 * Returns  0: no such country in the registry.
 */
size_t iban_length(uint8_t c1, uint8_t c2);

/** The normalised value is upper case without separators. */
extern const struct kind kind_iban;

#endif
