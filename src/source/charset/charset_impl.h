/* What the files of source/charset share. */
#ifndef TOCSIN_SOURCE_CHARSET_CHARSET_IMPL_H
#define TOCSIN_SOURCE_CHARSET_CHARSET_IMPL_H

#include "source/charset/charset.h"

enum { CHARSET_BAD = 0xFFFD };

/** Is ${cs} one of the charsets of one byte a letter? */
static inline bool
charset_is_8bit(enum charset cs)
{
	return cs >= CHARSET_LATIN1 && cs <= CHARSET_MACROMAN;
}

/** What byte ${b} >= 0x80 means in the 8-bit ${cs}; CHARSET_BAD: nothing. */
uint32_t charset_code(enum charset cs, uint8_t b);

/**
 * Decode the character at byte ${i} < in.n of ${in}. Returns the bytes it
 * takes; 0 if ${in} ends inside it, in which case ${ret_code} is what it is
 * worth if nothing follows. *ret_bad: it is malformed.
 */
size_t charset_step(enum charset cs, struct span in, size_t i,
		    uint32_t *ret_code, bool *ret_bad);

/** At least the bytes of UTF-8 that ${in} takes. */
size_t charset_bound(enum charset cs, struct span in);

/** How well the bytes from 0x80 up of ${sample} read as letters and signs of
 * the languages of western Europe in the 8-bit ${cs}: above 0 well, below 0
 * badly. *ret_letters counts the letters that stand where letters do. */
int64_t charset_score(enum charset cs, struct span sample,
		      uint32_t *ret_letters);

#endif
