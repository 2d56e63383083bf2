/* link/levels, inside: what was compared before. The same two names, streets
 * or towns meet in many pairs, and comparing letters is what takes long. */
#ifndef TOCSIN_LINK_LEVELS_MEMO_H
#define TOCSIN_LINK_LEVELS_MEMO_H

#include "link/levels/levels.h"
#include "link/mix/mix.h"

/** What a place of the memo can be about. Never 0. */
enum memo_what { MEMO_NAMES = 1, MEMO_CITIES, MEMO_STREETS, MEMO_EMAILS };

/** The two values ${a} and ${b} in either order. */
static inline uint64_t
memo_key(uint32_t a, uint32_t b)
{
	return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

/** memo_slot(memo, key, what): Where ${key} would stand. */
static inline struct levels_known *
memo_slot(struct levels_memo *memo, uint64_t key, enum memo_what what)
{
	return &memo->slots[mix(key ^ (uint64_t)what << 62) &
			    (LEVELS_MEMO - 1)];
}

/**
 * memo_find(memo, a, b, what, ret_level):
 * What ${a} and ${b} were found to be, if the memo still knows.
 */
static inline bool
memo_find(struct levels_memo *memo, uint32_t a, uint32_t b, enum memo_what what,
	  unsigned *ret_level)
{
	if (memo == NULL)
		return false;
	const uint64_t key = memo_key(a, b);
	const struct levels_known *k = memo_slot(memo, key, what);
	*ret_level = k->level;
	return k->key == key && k->what == what;
}

/**
 * memo_keep(memo, a, b, what, level):
 * Keep ${level} in place of what stood there.
 */
static inline void
memo_keep(struct levels_memo *memo, uint32_t a, uint32_t b, enum memo_what what,
	  unsigned level)
{
	if (memo == NULL)
		return;
	const uint64_t key = memo_key(a, b);
	*memo_slot(memo, key, what) =
		(struct levels_known){.key = key, .what = what, .level = level};
}

#endif
