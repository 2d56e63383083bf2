/* detect/prose: personal data in running text, and in cells that refused the
 * type of their column. One pass over the bytes finds what can be a candidate
 * (a run of digits, an @, the start of an IBAN); each goes to the kinds whose
 * shape and length fit; check digits and the words around decide. No regular
 * expressions, no allocation, no state. */
#ifndef TOCSIN_DETECT_PROSE_H
#define TOCSIN_DETECT_PROSE_H

#include "base/kind.h"
#include "detect/words/words.h"

enum {
	PROSE_BEFORE = 48, /* bytes in which a context word may stand, before */
	PROSE_AFTER = 24,  /* and after a candidate */
	PROSE_THRESHOLD = 50, /* what a finding scores at least, by default */
	PROSE_TEXT_MAX = 1 << 30, /* bytes looked at in one call */
};

/** How much a finding is worth, by its reason. */
enum prose_score {
	PROSE_SCORE_NONE = 0,
	PROSE_SCORE_BARE = 20,    /* a weak check, no context */
	PROSE_SCORE_HINT = 45,    /* and digits that such numbers start with */
	PROSE_SCORE_LIKELY = 55,  /* more often this than anything else */
	PROSE_SCORE_WORDS = 70,   /* announced, but nothing checks it */
	PROSE_SCORE_SHAPE = 75,   /* grouped as only such numbers are */
	PROSE_SCORE_CONTEXT = 85, /* a weak check and context */
	PROSE_SCORE_PLUS = 90,    /* + and a country whose plan has it */
	PROSE_SCORE_CHECKED = 95, /* a check rarer than 1 in 1000 */
	PROSE_SCORE_CERTAIN = 99, /* and context */
};

/** One finding. The value is text.p[at .. at + n); test() of its kind gives the
 * normalised form. A telephone number written for one country's own use has
 * none: test() says KIND_NO to it, and it can be shown but not compared. */
struct prose_hit {
	uint32_t at; /* byte of the text */
	uint32_t n;
	enum kind_id kind;
	enum kind_verdict verdict;
	uint8_t score; /* 0 to 100 */
	uint8_t role;  /* enum role; of names only */
};

/** What to report. Zero is the default of every field. */
struct prose_options {
	uint8_t threshold; /* least score; 0: PROSE_THRESHOLD */
	bool no_names;     /* leave detect/name out: much faster */
	uint32_t from;     /* first byte where a finding may start; the words
			      before it still count as context */
	uint64_t skip;     /* bit k: kind k is not wanted */
};

/**
 * prose_find(text, o, hits, cap, ret_more):
 * Find personal data in the UTF-8 ${text}; malformed bytes are taken as
 * letters. The findings do not overlap and are ordered by their place. ${o} may
 * be NULL.
 *
 * Returns  How many of ${hits} were filled, at most ${cap}. When ${ret_more} is
 *          set, ${hits} is full and there is more: call again with the same
 *          text and ${o}->from at the end of the last hit.
 * Errors   Bytes past PROSE_TEXT_MAX are not looked at: the caller windows.
 * Cost     One pass, no allocation; a candidate costs in proportion to its
 *          length.
 */
size_t prose_find(struct span text, const struct prose_options *o,
		  struct prose_hit *hits, size_t cap, bool *ret_more);

/** prose_find_words(t, o, hits, cap, ret_more): prose_find() in a text that
 * others read, too. */
size_t prose_find_words(struct words_text *t, const struct prose_options *o,
			struct prose_hit *hits, size_t cap, bool *ret_more);

#endif
