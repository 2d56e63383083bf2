/* base/fold: text as it is compared: upper case, no accents, ligatures written
 * out, blanks single. Everything that matches words, names or headers goes
 * through here, so that they all agree. */
#ifndef TOCSIN_BASE_FOLD_H
#define TOCSIN_BASE_FOLD_H

#include "base/span.h"

/**
 * utf8_next(s, i, ret_code):
 * Decode the character of UTF-8 text ${s} that starts at byte ${i} < s.n.
 *
 * Returns  The bytes it takes (1 to 4). A malformed byte counts as one
 *          character, U+FFFD.
 * Source   RFC 3629; Unicode 15 s.3.9 (no surrogates, no overlong forms).
 */
size_t utf8_next(struct span s, size_t i, uint32_t *ret_code);

/**
 * utf8_put(code, out):
 * Encode ${code} to at most four bytes at ${out}.
 *
 * Returns  The bytes written.
 */
size_t utf8_put(uint32_t code, uint8_t out[static 4]);

/**
 * utf8_is_valid(s):
 * Is ${s} well-formed UTF-8 throughout?
 *
 * Cost     O(n); eight bytes at a time where they are ASCII.
 */
bool utf8_is_valid(struct span s);

/**
 * windows_1252(b):
 * The character that the byte ${b} is in windows-1252: what text mostly is that
 * says it is UTF-8 and is not.
 *
 * Source   The mapping table of Unicode; the five bytes that it leaves open are
 *          as in ISO 8859-1.
 */
uint32_t windows_1252(uint8_t b);

/**
 * fold_letters(text, out, cap):
 * Write ${text} upper-cased and without accents: "Éloïse d’Œuvré" becomes
 * "ELOISE D'OEUVRE". Letters of other scripts stay as they are; typographic
 * apostrophes and dashes become ' and -; every blank (NBSP too) a space.
 *
 * Returns  Bytes written, at most ${cap}: what does not fit is cut at a
 *          character.
 * Cost     O(n); one table look-up a byte for ASCII.
 * Source   Unicode 15 decompositions of U+00C0 to U+024F and U+1E00 to
 *          U+1EFF; ligatures by French and German usage.
 */
size_t fold_letters(struct span text, uint8_t *out, size_t cap);

/**
 * fold_words(text, out, cap):
 * As fold_letters(), then everything that is neither letter nor digit becomes
 * one space; none at the ends. "N° Sécurité-sociale" gives "N SECURITE
 * SOCIALE". With ${cap} >= text.n * 2 nothing is cut.
 */
size_t fold_words(struct span text, uint8_t *out, size_t cap);

#endif
