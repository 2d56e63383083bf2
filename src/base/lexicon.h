/* base/lexicon: a short list of words, known at compile time, in which a word
 * is looked up whole. Most words are in no list, so that what matters is how
 * soon that is clear: a mask of the lengths that occur with each first letter
 * says so without looking at the list. */
#ifndef TOCSIN_BASE_LEXICON_H
#define TOCSIN_BASE_LEXICON_H

#include "base/span.h"

enum { LEXICON_WORD = 24 }; /* bytes of a word in a row, with its NULs */

/**
 * A list of rows that each start with a word: a capital letter, then anything,
 * at most LEXICON_WORD - 1, the rest NULs. Sorted by word; a word may come
 * twice.
 */
struct lexicon {
	const void *rows;
	size_t n;
	size_t stride;        /* bytes of a row */
	uint32_t lengths[26]; /* bit l: a word of l letters starts with that
				 one.. */
	uint8_t first[27];    /* ..and the first row that does, or comes after;
				 lexicon_is_right() checks both */
};

/** lexicon_search(x, word): lexicon_find() where the mask says that there may
 * be one. */
size_t lexicon_search(const struct lexicon *x, struct span word);

/**
 * lexicon_find(x, word):
 * The first row of ${x} whose word is ${word}.
 *
 * Returns  Its index; x->n: there is none.
 * Cost     Two steps for most words; the rows of one first letter for some.
 */
static inline size_t
lexicon_find(const struct lexicon *x, struct span word)
{
	if (word.n == 0 || word.n >= LEXICON_WORD || !is_upper(word.p[0]) ||
	    (x->lengths[word.p[0] - 'A'] >> word.n & 1) == 0)
		return x->n;
	return lexicon_search(x, word);
}

/** lexicon_has(x, word): Is ${word} in ${x}? */
static inline bool
lexicon_has(const struct lexicon *x, struct span word)
{
	return lexicon_find(x, word) < x->n;
}

/**
 * lexicon_is_right(x):
 * Check that ${x} is sorted and its masks and indices are true. For the test
 * of each list.
 */
bool lexicon_is_right(const struct lexicon *x);

#endif
