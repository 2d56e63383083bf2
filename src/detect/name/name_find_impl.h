/* detect/name, inside: names in running text. */
#ifndef TOCSIN_DETECT_NAME_FIND_IMPL_H
#define TOCSIN_DETECT_NAME_FIND_IMPL_H

#include "detect/name/name_impl.h"

enum { PART_MAX = 64 }; /* bytes of a word that is looked at, folded */

/** One word of the text. */
struct name_part {
	size_t at;
	size_t n;
	const struct name_entry *entry; /* what the folded word is */
	size_t fold_n;                  /* 0: longer than PART_MAX */
	bool capital;                   /* starts with one */
	bool upper;                     /* is all capitals, two at least */
	bool joined;                    /* of several: "Jean-Pierre" */
	uint8_t fold[2 * PART_MAX];
};

/** The word before the one that is looked at. */
struct name_last {
	size_t at;
	bool known;   /* there is one in this sentence */
	bool may_cue; /* false: it is surely no cue of a place */
	bool place;   /* "rue Jean Moulin": the capitals behind "rue" */
};

/** name_is_letter(b): A letter, or part of one: every byte past ASCII. */
static inline bool
name_is_letter(uint8_t b)
{
	return is_alpha(b) || b >= 0x80;
}

/** name_is_capital(s, i): A capital at ${i}: ASCII, or U+00C0 to U+00DE. */
static inline bool
name_is_capital(struct span s, size_t i)
{
	return is_upper(s.p[i]) || (s.p[i] == 0xC3 && i + 1 < s.n &&
				    s.p[i + 1] >= 0x80 && s.p[i + 1] <= 0x9E);
}

/** name_length(s, at): Bytes of the word at ${at}; hyphens and apostrophes
 * inside belong to it. */
size_t name_length(struct span s, size_t at);

/** name_read(s, at, ret): Read the word at ${at}. False: there is none. */
bool name_read(struct span s, size_t at, struct name_part *ret);

/** name_given_of(w): What is known of ${w}, or of its first part, as a given
 * name. */
enum name_given name_given_of(const struct name_part *w);

/** name_blanks(s, i): Past the blanks from ${i} on, NBSP too, at most two; not
 * past the end of the line. */
size_t name_blanks(struct span s, size_t i);

/** name_may_start(s, at): Can a cue or a name start at ${at}? Small letters
 * start only cues, and these begin with few pairs of letters. */
bool name_may_start(struct span s, size_t at);

/** name_is_place(s, last): Is ${last} "rue", "avenue", "hôpital"? */
bool name_is_place(struct span s, const struct name_last *last);

/**
 * name_step(s, at, last, ret, ret_found):
 * Look at the word at ${at}; ${last} is the one before it, and becomes this
 * one. ${ret_found}: ${ret} is the name that it announces or is.
 *
 * Returns  Where to go on: past the word, or past the name.
 */
size_t name_step(struct span s, size_t at, struct name_last *last,
		 struct name_hit *ret, bool *ret_found);

#endif
