/* Private to detect/prose. */
#ifndef TOCSIN_DETECT_PROSE_IMPL_H
#define TOCSIN_DETECT_PROSE_IMPL_H

#include "detect/name/name.h"
#include "detect/prose/prose.h"

enum {
	RUN_CHARS_MAX = 64,  /* digits of a run */
	RUN_GROUPS_MAX = 24, /* groups of a run */
	NAMES_AHEAD = 32,    /* names asked for at a time */
	NAMES_BEFORE = 256,  /* bytes before them that are shown again */
	CUES_BLOCKS = 4,     /* of a text, remembered */
};

/* Which words of a text may announce something, and where a candidate may
 * start, as bits of the blocks that were asked for last. */
struct cues {
	struct words_text *words;
	size_t block[CUES_BLOCKS]; /* its number + 1; 0: none */
	uint64_t may[CUES_BLOCKS];
	size_t start_block; /* number + 1 */
	uint64_t start;
};

/*
 * cues_open(c, words): ask nothing yet.
 * cues_first(c, from, to): the first word that may announce something and
 * starts in the bytes ${from} to ${to}; ${to}: there is none.
 * cues_skip(c, i): the first byte from ${i} on that can start a candidate: a
 * digit, @ or $; the end: there is none. Short numbers that nothing can make of
 * are left out.
 */
void cues_open(struct cues *c, struct words_text *words);
size_t cues_first(struct cues *c, size_t from, size_t to);
size_t cues_skip(struct cues *c, size_t i);

/* Where the findings go, in order. Names come from a finder of their own and
 * are put between the others; where the two overlap the name gives way. */
struct sink {
	struct span text;
	struct cues *cues;
	struct prose_hit *hits;
	size_t cap;
	size_t n;
	size_t floor; /* no finding may start before: end of the last one */
	uint64_t skip;
	uint8_t threshold;
	bool full;
	bool names;           /* wanted, and there may be more */
	size_t names_from;    /* where the next batch starts */
	size_t n_ahead, next; /* the batch: how many, which is next */
	struct name_hit ahead[NAMES_AHEAD];
};

/*
 * sink_wants(s, kind, score): would sink_put() take such a finding?
 * sink_put(s, hit): take ${hit}, and the names before it. False: full.
 * sink_flush(s): take the names that are left.
 */
bool sink_wants(const struct sink *s, enum kind_id kind, uint8_t score);
bool sink_put(struct sink *s, const struct prose_hit *hit);
void sink_flush(struct sink *s);

enum { AROUND_BYTES = 2 * PROSE_BEFORE + 2 }; /* of a window, folded */

/* Some words beside a candidate, folded, a blank at both ends. */
struct window {
	size_t n; /* 0: not made yet */
	size_t words;
	uint64_t may; /* bit k: word k may announce something */
	uint8_t c[AROUND_BYTES + WORDS_KEY];
	uint8_t word[AROUND_BYTES / 2]; /* where each starts */
};

/* The words around a candidate; each window made when first asked for. */
struct around {
	struct cues *cues;
	struct span text;
	size_t at, end; /* of the candidate */
	size_t lowest;  /* no word before this byte counts */
	struct window before, after;
};

/*
 * around_init(a, cues, at, end): the candidate is the bytes ${at} to ${end} of
 * the text of ${cues}.
 * around_move(a, at, end): another candidate of the same text; a window that
 * stands where it did is kept.
 */
void around_init(struct around *a, struct cues *cues, size_t at, size_t end);
void around_move(struct around *a, size_t at, size_t end);

/*
 * around_before(a, words, ret_far): which of ${words} stands nearest before the
 * candidate; NULL: none. ${ret_far}: folded bytes between.
 */
const char *around_before(struct around *a, const char *const *words,
			  size_t *ret_far);

/*
 * around_find(a, words, ret_far): does one of ${words} stand before the
 * candidate, or else behind it? Words behind count as further.
 */
bool around_find(struct around *a, const char *const *words, size_t *ret_far);

/* One group of digits in a run. */
struct group {
	uint32_t at;    /* byte of the text */
	uint8_t first;  /* index of its first digit in the run */
	uint8_t n;      /* digits; 2A and 2B count as two */
	uint8_t before; /* separator before it: ' ' . - / ( or 0 */
};

/* Digits with single separators between, as far as they go. */
struct run {
	struct span text;
	size_t end;      /* first byte after it */
	size_t extended; /* the same with an extension, "x8340" */
	uint8_t plus;    /* bytes of "+" or "+ " before it */
	bool bracket;    /* a ( before that */
	bool joined;     /* a letter and - or _ stand before it */
	uint8_t groups;
	uint8_t chars;
	struct group group[RUN_GROUPS_MAX];
	uint8_t c[RUN_CHARS_MAX + 8]; /* eight are copied at a time */
};

/*
 * run_read(text, i, r): read the run that starts with the digit at byte ${i}.
 * Returns where to go on. r->groups == 0: it is part of a word.
 */
size_t run_read(struct span text, size_t i, struct run *r);

/* run_group_end(r, g): the first byte after group ${g}. */
size_t run_group_end(const struct run *r, size_t g);

/* run_word_end(text, i): past letters, digits, _ and - from byte ${i} on. */
size_t run_word_end(struct span text, size_t i);

/* is_word_at(text, i), is_word_before(text, i): does a letter, a digit or _
 * stand at byte ${i}, or end before it? */
bool is_word_at(struct span text, size_t i);
bool is_word_before(struct span text, size_t i);

/*
 * numbers_find(r, s, last_date): put the first finding of the run ${r} into
 * ${s}: an identifier, a telephone number, a birth date. ${last_date} is the
 * end of the last date of the text, and is kept up. Returns the end of the
 * finding; 0: there is none. One at a time, so that a text that is gone on with
 * after any finding reads the same as in one go.
 */
size_t numbers_find(const struct run *r, struct sink *s, size_t *last_date);

/*
 * date_groups(r, g): how many groups from ${g} on are a date; 0: none.
 * date_put(text, at, end, s, lowest): put the date there into ${s} if a word
 * before it says that it is of a birth.
 * date_named(text, at, n, s, lowest): the same for the day of ${n} digits at
 * ${at} if the name of a month follows. Returns its end; 0: none follows.
 */
size_t date_groups(const struct run *r, size_t g);
void date_put(struct span text, size_t at, size_t end, struct sink *s,
	      size_t lowest);
size_t date_named(struct span text, size_t at, size_t n, struct sink *s,
		  size_t lowest);

#endif
