/* Private to detect/words: the variants of words_index(). */
#ifndef TOCSIN_DETECT_WORDS_IMPL_H
#define TOCSIN_DETECT_WORDS_IMPL_H

#include "detect/words/words.h"

/* words_X(s, out): classify ${s}, in blocks of which the last may be cut; fold
 * is written to the end of that block. */
void words_portable(struct span s, struct words *out);
#if defined(__x86_64__)
void words_avx2(struct span s, struct words *out);
void words_avx512(struct span s, struct words *out);
#elif defined(__aarch64__)
void words_neon(struct span s, struct words *out);
#endif

#endif
