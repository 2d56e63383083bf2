/* detect/name, inside: words that names are written with. */
#ifndef TOCSIN_DETECT_NAME_IMPL_H
#define TOCSIN_DETECT_NAME_IMPL_H

#include "base/lexicon.h"
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

/** What a word of running text announces. */
enum cue_class {
	CUE_NONE,
	CUE_TITLE,
	CUE_DOCTOR,
	CUE_PATIENT, /* "patient DUPONT", "Patient : DUPONT" */
	CUE_BORN,
	/* These need a colon, or "est", "is". */
	CUE_FAMILY,
	CUE_BIRTH,
	CUE_GIVEN,
	CUE_FULL,
	CUE_STAFF,
	/* "rue Jean Moulin": no person here. */
	CUE_PLACE,
};

enum { NAME_LETTERS_MAX = 15 };

/** What is known of one word, by all that it can be. */
struct name_entry {
	uint64_t head, tail; /* its letters, the first lowest; 0 behind them */
	uint8_t cue;         /* enum cue_class */
	uint8_t word;        /* enum name_word */
	uint8_t given;       /* enum name_given */
	bool stop;           /* no name goes on with it */
	bool doubtful;       /* a given name, but more often something else */
	bool organisation;   /* only names of organisations hold it */
};

/**
 * name_look_up(word):
 * Find the folded ${word} among all words that are known.
 *
 * Returns  Never NULL: of a word that is not known, an entry of zeros.
 * Cost     A multiplication and one or two loads.
 */
const struct name_entry *name_look_up(struct span word);

/** name_word(word): Classify the folded ${word}. "M" is WORD_NAME: it needs its
 * dot. */
static inline enum name_word
name_word(struct span word)
{
	return (enum name_word)name_look_up(word)->word;
}

/** name_entry_hash(head, tail): Where the search for an entry starts. */
static inline uint32_t
name_entry_hash(uint64_t head, uint64_t tail)
{
	return (uint32_t)(((head ^ (tail << 29)) *
			   UINT64_C(0x9E3779B97F4A7C15)) >>
			  32);
}

/** Words that stand for no name; here for their test. */
extern const struct lexicon name_fillers;

/**
 * name_is_filler(norm):
 * Is the whole of ${norm} a word that stands for no name?
 */
bool name_is_filler(struct span norm);

#endif
