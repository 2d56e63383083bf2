/* link/form: the form in which names, addresses and e-mails are compared: one
 * spelling for what French forms and clerks write in several. Takes folded
 * text (base/fold); never fails, and never yields more than it was given. */
#ifndef TOCSIN_LINK_FORM_H
#define TOCSIN_LINK_FORM_H

#include "base/kind.h"
#include "base/span.h"

enum { FORM_NAME_MAX = 64 }; /* bytes of a name; the rest is left out */

/** A name without blanks, hyphens and apostrophes, and where its parts start.
 * "LE GALL-MARTIN" and "LEGALL MARTIN" are LEGALLMARTIN, cut before MARTIN. */
struct form_name {
	uint64_t cuts; /* bit i: a part starts at p[i], i > 0 */
	size_t n;
	uint8_t p[FORM_NAME_MAX];
};

/**
 * form_name(text, out):
 * Write the name ${text}: particles glued to what follows, ST as SAINT.
 */
void form_name(struct span text, struct form_name *out);

/**
 * form_street(text, out), form_city(text, out):
 * Write words with single blanks: abbreviations written out, small words left
 * out, "12BIS" as "12 B"; of a town no CEDEX and no number.
 *
 * Returns  Bytes written to ${out}.
 */
size_t form_street(struct span text, uint8_t out[static NORM_MAX]);
size_t form_city(struct span text, uint8_t out[static NORM_MAX]);

/**
 * form_email(text, out):
 * Write an address in lower case, without +tag; for gmail without dots.
 *
 * Returns  Bytes written; 0 if there is no @ with something on either side.
 */
size_t form_email(struct span text, uint8_t out[static NORM_MAX]);

/**
 * form_code(text, out):
 * Write the letters and digits of a code: a postcode, an identifier.
 */
size_t form_code(struct span text, uint8_t out[static NORM_MAX]);

#endif
