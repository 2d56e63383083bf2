/* detect/name: names of people and of organisations: one form to compare them
 * in, how to take a full name apart, how much a word looks like one, and where
 * running text announces one. */
#ifndef TOCSIN_DETECT_NAME_H
#define TOCSIN_DETECT_NAME_H

#include "base/kind.h"
#include "detect/words/words.h"

enum {
	NAME_TEXT_MAX = 127, /* bytes of a cell that is looked at */
	NAME_WORDS_MAX = 16, /* words of a full name, at most */
};

/**
 * name_normalise(text, out, cap):
 * Write ${text} folded, hyphens and apostrophes as blanks, particles kept as
 * words, without forms of address and without what EP, NEE or VVE announces
 * ("Mme D'Hervé-Le Gall ép. MARTIN" becomes "D HERVE LE GALL").
 *
 * Returns  Bytes written, at most ${cap}; 0: empty, or a filler such as
 *          "INCONNU", "XXX", "SANS", "TEST", "-".
 * Cost     O(n).
 */
size_t name_normalise(struct span text, uint8_t *out, size_t cap);

/** A full name taken apart; each part as name_normalise() writes it. */
struct name_full {
	struct norm family;
	struct norm birth; /* only if said: "née MARTIN" */
	struct norm given;
	uint8_t sex;       /* 1 male, 2 female by the form of address; 0 */
	bool professional; /* "Dr", "Pr" stands before it */
	bool sure; /* a comma, capitals or a known given name told which is
	      which; false: habit did */
};

/**
 * name_full_split(text, given_first, ret):
 * Take apart "DUPONT Jean-Pierre", "Jean DUPONT", "Dupont, Jean", "Mme DUPONT
 * NÉE MARTIN Anne". Where neither a comma, capitals nor a known given name
 * tell, ${given_first} does: the habit of the column or text.
 *
 * Returns  False if ${text} has fewer than two words of a name; ${ret}->family
 *          then holds what there is.
 */
bool name_full_split(struct span text, bool given_first, struct name_full *ret);

/** What is known of a word as a given name. */
enum name_given {
	NAME_GIVEN_NO,   /* not known */
	NAME_GIVEN_MALE, /* sexes as in struct mention: 1 and 2 */
	NAME_GIVEN_FEMALE,
	NAME_GIVEN_BOTH,
};

/**
 * name_given_known(word):
 * Look the folded ${word}, or the first word of several, up among the common
 * given names.
 */
enum name_given name_given_known(struct span word);

/**
 * name_is_plausible(norm):
 * Can ${norm}, as name_normalise() writes it, be a name? Letters only, one to
 * six words, vowels and consonants as they mix in European names.
 */
bool name_is_plausible(struct span norm);

/**
 * name_is_organisation(text):
 * Does ${text} hold a word that only names of organisations hold: LABORATOIRE,
 * CLINIQUE, SARL, MUTUELLE, HOSPITAL, ...?
 */
bool name_is_organisation(struct span text);

/** A name in running text. */
struct name_hit {
	uint32_t at; /* byte of the text */
	uint32_t n;
	uint8_t kind;  /* KIND_NAME_FULL, _FAMILY, _BIRTH or _GIVEN */
	uint8_t role;  /* ROLE_PATIENT, ROLE_PROFESSIONAL or ROLE_NONE */
	uint8_t score; /* 0 to 100 */
};

/**
 * name_find(text, from, hits, cap, ret_more):
 * Find the names that the UTF-8 ${text} announces ("M.", "Mme", "Dr",
 * "Patient :", "née", "Prénom :") or that begin with a known given name, from
 * byte ${from} on. Words before it still count as cues.
 *
 * Returns  How many of ${hits} were filled, at most ${cap}, ordered and not
 *          overlapping. ${ret_more}: ${hits} is full and there is text left;
 *          go on from the end of the last hit.
 * Cost     One pass; a cycle or two a byte, more where names are.
 */
size_t name_find(struct span text, size_t from, struct name_hit *hits,
		 size_t cap, bool *ret_more);

/** name_find_words(t, from, hits, cap, ret_more): name_find() in a text that
 * others read, too. */
size_t name_find_words(struct words_text *t, size_t from, struct name_hit *hits,
		       size_t cap, bool *ret_more);

/** Normalised values as name_normalise() writes them; of a full name, family
 * name first, then the given names; of an organisation, folded words. */
extern const struct kind kind_name_family;
extern const struct kind kind_name_birth;
extern const struct kind kind_name_given;
extern const struct kind kind_name_full;
extern const struct kind kind_organisation_name;

#endif
