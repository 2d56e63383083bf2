/* detect/address: street, postcode and town, written in one way so that they
 * can be compared. French above all; others pass as they are, folded. */
#ifndef TOCSIN_DETECT_ADDRESS_H
#define TOCSIN_DETECT_ADDRESS_H

#include "base/kind.h"

enum {
	ADDRESS_TEXT_MAX = 254, /* bytes of a cell that is looked at */
	ADDRESS_POSTCODE_MAX = 10,
};

/**
 * address_street_normalise(text, out, cap):
 * Write ${text} as one form: number, BIS/TER, type of street in full, name:
 * "12b, Av. du Gal Leclerc" becomes "12 B AVENUE DU GENERAL LECLERC".
 *
 * Returns  Bytes written, at most ${cap}; 0: nothing there, or a filler.
 * Cost     O(n), one look-up a word.
 * Source   AFNOR XP Z10-011 (postal addresses), annex of abbreviations.
 */
size_t address_street_normalise(struct span text, uint8_t *out, size_t cap);

/**
 * address_city_normalise(text, out, cap):
 * Write the town in ${text} folded, ST and STE in full, without CEDEX,
 * arrondissement or a postcode beside it: "St-Brieuc Cedex 2" becomes "SAINT
 * BRIEUC".
 *
 * Returns  As address_street_normalise().
 */
size_t address_city_normalise(struct span text, uint8_t *out, size_t cap);

/**
 * address_postcode_parse(text, repair, out, ret_n):
 * Read the whole of ${text} as a postcode: "56000", "56 000", "F-56000". With
 * ${repair}, four digits are a code of the departments 01 to 09 whose zero a
 * spreadsheet lost: only a column can tell that. "56000.0" is taken, too.
 *
 * Returns  KIND_VALID: a French code, five bytes in ${out}. KIND_WEAK: it may
 *          be one of another country, ${ret_n} bytes. KIND_NO writes nothing.
 * Source   La Poste, base officielle des codes postaux (01-95, 97, 98).
 */
enum kind_verdict
address_postcode_parse(struct span text, bool repair,
		       uint8_t out[static ADDRESS_POSTCODE_MAX], size_t *ret_n);

/**
 * address_street_score(norm), address_city_score(norm):
 * How much ${norm}, a normalised street or town, looks like one: 0 to 100.
 */
unsigned address_street_score(struct span norm);
unsigned address_city_score(struct span norm);

/** Normalised values as the functions above write them. */
extern const struct kind kind_address_street;
extern const struct kind kind_address_postcode;
extern const struct kind kind_address_city;

#endif
