/* link/phonetic: what a French name sounds like. Two codes: Soundex2 is short
 * and lets many misspellings through; FONEM is long and tells names apart. */
#ifndef TOCSIN_LINK_PHONETIC_H
#define TOCSIN_LINK_PHONETIC_H

#include "base/span.h"

enum {
	PHONETIC_SOUNDEX2 = 4,   /* letters of a Soundex2 code, at most */
	PHONETIC_NAME_MAX = 48,  /* letters of a name that are read */
	PHONETIC_FONEM_MAX = 64, /* letters of a FONEM code, at most */
};

/**
 * phonetic_soundex2(name, out):
 * Code the capital letters of ${name}: GAUTHIER is KTR.
 *
 * Returns  Letters written.
 * Source   F. Brouard, "Soundex2", after Carlier's French Soundex.
 */
size_t phonetic_soundex2(struct span name,
			 uint8_t out[static PHONETIC_SOUNDEX2]);

/**
 * phonetic_fonem(name, out):
 * Transcribe the capital letters of ${name}: BEAULAC is BOLAK.
 *
 * Returns  Letters written.
 * Source   Bouchard, Brard and Lavoie, "FONEM", Population 36(6), 1981,
 *          pp. 1085-1103.
 */
size_t phonetic_fonem(struct span name, uint8_t out[static PHONETIC_FONEM_MAX]);

#endif
