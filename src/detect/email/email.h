/* detect/email: e-mail addresses. */
#ifndef TOCSIN_DETECT_EMAIL_H
#define TOCSIN_DETECT_EMAIL_H

#include "base/kind.h"

enum {
	EMAIL_LOCAL_MAX = 64,   /* bytes before the @: RFC 5321 4.5.3.1.1 */
	EMAIL_DOMAIN_MAX = 253, /* and after it: RFC 1035 2.3.4 */
	EMAIL_LABEL_MAX = 63,
	EMAIL_MAX = 254 /* of the whole: RFC 5321 4.5.3.1.3 */
};

/** The parts of one address, as they stand in the text it was read from. */
struct email {
	struct span local;  /* quotes included */
	struct span domain; /* "labo.example" */
};

/**
 * email_parse(text, ret):
 * Read the whole of ${text} as an e-mail address, alone, in angle brackets or
 * after "mailto:".
 *
 * Returns  KIND_VALID; KIND_WEAK: the top-level domain is reserved for tests
 *          ("invalid", "localhost", "test", "local"); KIND_NO leaves ${ret}
 *          untouched.
 * Owns     The parts of ${ret} lie in ${text}.
 * Cost     O(n), no allocation.
 * Source   RFC 5321 4.1.2, RFC 5322 3.4.1 (dot-atom, quoted string), RFC 6531
 *          (UTF-8), RFC 1035 2.3.1 (labels), RFC 2606 and 6761 (reserved).
 */
enum kind_verdict email_parse(struct span text, struct email *ret);

/**
 * email_around(text, at, ret):
 * Find the address around the @ at byte ${at} of ${text}.
 *
 * Returns  KIND_NO: there is none, and ${ret} is untouched. Otherwise ${ret} is
 *          the address without brackets, quotes or full stop around it.
 * Cost     O(length of the address).
 */
enum kind_verdict email_around(struct span text, size_t at, struct span *ret);

/** The normalised value is lower case (ASCII), local part and domain. */
extern const struct kind kind_email;

#endif
