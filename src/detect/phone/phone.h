/* detect/phone: telephone numbers, written the French way or with a country
 * code, as E.164 numbers. */
#ifndef TOCSIN_DETECT_PHONE_H
#define TOCSIN_DETECT_PHONE_H

#include "base/kind.h"

enum {
	PHONE_MIN = 7,      /* digits with the country code, for E.164 */
	PHONE_MAX = 15,     /* ITU-T E.164 s. 6.2.1 */
	PHONE_TEXT_MAX = 64 /* bytes of a cell that is looked at */
};

/** How the number was written. */
enum phone_form {
	PHONE_INTERNATIONAL, /* + or 00 and a country code */
	PHONE_NATIONAL,      /* French, with the leading 0 */
	PHONE_BARE,          /* French, the leading 0 lost by a spreadsheet */
};

/** One number. */
struct phone {
	uint64_t e164;    /* country code and national number */
	uint16_t country; /* 33; 262, 590, 594, 596 overseas */
	uint8_t form;     /* enum phone_form */
	bool mobile;      /* by its first digits; false: fixed, or not known */
};

/**
 * phone_parse(text, ret):
 * Read the whole of ${text} as a telephone number: "06 12 34 56 78",
 * "06.12.34.56.78", "0612345678", "+33 6 12 ...", "0033 6 ...",
 * "+33 (0)6 ...", "33612345678", "612345678"; with + or 00 also other
 * countries. An extension ("ext. 503", "x8340", "poste 12") is left out.
 *
 * Returns  KIND_VALID: the numbering plan of the country has it. KIND_WEAK: a
 *          French number without its 0 or its +, or a country whose plan is
 *          not known here. KIND_NO: no number, or one that fills a form
 *          (0000000000, 0123456789): leaves ${ret} untouched.
 * Source   ITU-T E.164; ARCEP, décision n° 2018-0881 modifiée (plan de
 *          numérotation); plans of other countries in phone.c.
 */
enum kind_verdict phone_parse(struct span text, struct phone *ret);

/**
 * phone_is_local(text):
 * Does ${text} look like a number as people of some country write it to each
 * other, without a country code: 6 to 13 digits in groups? Says nothing unless
 * a word such as "tel" announces it.
 */
bool phone_is_local(struct span text);

/** The normalised value is the digits of E.164, without the +. */
extern const struct kind kind_phone;

#endif
