/* link/levels, inside: names against names. */
#ifndef TOCSIN_LINK_LEVELS_NAMES_H
#define TOCSIN_LINK_LEVELS_NAMES_H

#include "link/levels/levels.h"

enum {
	LEVELS_JW_NEAR = 920, /* thousandths */
	LEVELS_JW_CLOSE = 820,
};

/** names_cities(l, memo, a, b): Are the towns ${a} and ${b} written nearly
 * alike? */
bool names_cities(const struct levels *l, struct levels_memo *memo, uint32_t a,
		  uint32_t b);

/** names_given(l, memo, a, b), names_family(l, memo, a, b): The levels of the
 * names. */
unsigned names_given(const struct levels *l, struct levels_memo *memo,
		     const struct unit *a, const struct unit *b);
unsigned names_family(const struct levels *l, struct levels_memo *memo,
		      const struct unit *a, const struct unit *b);

#endif
