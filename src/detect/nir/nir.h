/* detect/nir: the French social-security number, S YY MM LLLLL OOO KK: sex,
 * year and month of birth, place of birth, order in the register, key. It is
 * no name of a person: children and spouses are filed under the number of the
 * insured, and 13 characters without the key prove nothing. */
#ifndef TOCSIN_DETECT_NIR_H
#define TOCSIN_DETECT_NIR_H

#include "base/kind.h"

enum {
	NIR_BODY = 13,    /* characters without the key */
	NIR_LONG = 15,    /* and with it */
	NIR_TEXT_MAX = 64 /* bytes of a cell that is looked at */
};

/** What a NIR says of its holder. Personal data. */
struct nir {
	uint64_t body;         /* 13 digits, 2A as 19 and 2B as 18: as the key
				  counts them. Ajaccio and Tulle can meet in
				  it; the normalised value keeps them apart */
	uint8_t department[4]; /* "75", "2A", "971", "99"; NUL behind */
	uint8_t sex;           /* 1 male, 2 female */
	uint8_t year;          /* of birth, two digits */
	uint8_t month;         /* 1 to 12; above: birth record incomplete */
	bool has_key;
	bool key_ok;
	bool provisional; /* first digit 3 to 8: not, or not yet, registered */
};

/**
 * nir_parse(text, ret):
 * Read the whole of ${text} as a NIR, with or without its key, with blanks,
 * dots or dashes anywhere.
 *
 * Returns  KIND_VALID: 15 characters and the key agrees. KIND_WEAK: 13
 *          characters, or 15 and a wrong key (key_ok is false): kept, because
 *          most typing errors end here. KIND_NO leaves ${ret} untouched.
 * Cost     O(n).
 * Source   INSEE, Répertoire national d'identification des personnes
 *          physiques; décret n° 82-103 du 22 janvier 1982, art. 4.
 */
enum kind_verdict nir_parse(struct span text, struct nir *ret);

/**
 * nir_is_damaged(text):
 * Is ${text} a NIR that a spreadsheet wrote as a number of 15 digits, such as
 * "2,95110E+14"? Order and key are lost, so it names nobody any more.
 */
bool nir_is_damaged(struct span text);

/** The normalised value is the 13 characters, "2A" and "2B" kept. */
extern const struct kind kind_fr_nir;

#endif
