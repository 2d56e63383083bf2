/* detect/name, inside: words that names are written with. */
#ifndef TOCSIN_DETECT_NAME_IMPL_H
#define TOCSIN_DETECT_NAME_IMPL_H

#include "detect/name/name.h"

/** What a folded word does in a name. */
enum name_word {
	WORD_NAME,     /* nothing special: part of the name */
	WORD_PARTICLE, /* LE, DE, VAN: belongs to the word after it */
	WORD_TITLE,    /* MME, MONSIEUR */
	WORD_DOCTOR,   /* DR, PR: a title of professionals */
	WORD_BORN,     /* NEE, NE: the birth name follows */
	WORD_WIFE,     /* EP, VVE: the husband's name follows */
	WORD_DROP,     /* DIV, FEU: says nothing of the name */
};

/**
 * name_word(word):
 * Classify the folded ${word}. "M" is WORD_NAME: it needs its dot.
 */
enum name_word name_word(struct span word);

/**
 * name_is_filler(norm):
 * Is the whole of ${norm} a word that stands for no name?
 */
bool name_is_filler(struct span norm);

/**
 * name_compare(s, word):
 * Order the C string ${s} before, with or after ${word}, as strcmp() does. For
 * sorted tables.
 */
int name_compare(const char *s, struct span word);

/**
 * span_is(s, word):
 * Is ${s} the C string ${word}?
 */
bool span_is(struct span s, const char *word);

#endif
