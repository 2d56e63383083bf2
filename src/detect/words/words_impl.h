/* Private to detect/words: the variants of words_index(). */
#ifndef TOCSIN_DETECT_WORDS_IMPL_H
#define TOCSIN_DETECT_WORDS_IMPL_H

#include "detect/words/words.h"

/* words_X(p, n, out, fold): classify the ${n} whole blocks at ${p}. */
void words_portable(const uint8_t *p, size_t n, struct words_block *out,
		    uint8_t *fold);
#if defined(__x86_64__)
void words_avx2(const uint8_t *p, size_t n, struct words_block *out,
		uint8_t *fold);
void words_avx512(const uint8_t *p, size_t n, struct words_block *out,
		  uint8_t *fold);
#elif defined(__aarch64__)
void words_neon(const uint8_t *p, size_t n, struct words_block *out,
		uint8_t *fold);
#endif

#endif
