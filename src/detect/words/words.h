/* detect/words: which bytes of a text are letters, digits and signs, as bits,
 * 64 bytes at a time. The recognisers of running text walk over these bits from
 * candidate to candidate and never look at most of the bytes. */
#ifndef TOCSIN_DETECT_WORDS_H
#define TOCSIN_DETECT_WORDS_H

#include "base/cpu.h"
#include "base/span.h"
#include "base/word.h"

enum {
	WORDS_BLOCK = 64,
	WORDS_BLOCKS = 16, /* of a piece, which stays in the first cache */
	WORDS_PIECE =
		WORDS_BLOCK * WORDS_BLOCKS, /* bytes looked at at a time */
	WORDS_KEY = 8,                      /* letters of the key of a word */
	WORDS_FILTER_BITS = 13,             /* of the hash of a key */
	WORDS_FILTER = (1 << WORDS_FILTER_BITS) / 64,
};

/** What 64 bytes are: bit i speaks of byte i. No bit is set past the end. */
struct words_block {
	uint64_t letter; /* ASCII letters, and every byte past ASCII */
	uint64_t high;   /* every byte past ASCII */
	uint64_t tail;   /* 0x80 to 0xBF: all of a character but its first */
	uint64_t digit;  /* ASCII digits */
	uint64_t upper;  /* A to Z and 0xC3, which starts most that have an
			    accent, capital or not */
	uint64_t joint; /* ' - and 0xC2, 0xE2, which start NBSP and ’, and 0x97,
			   0xB7, which end × and ÷: what may join two words or
			   divide one */
	uint64_t sign;  /* @ and $ */
	uint64_t blank; /* space and tab */
	uint64_t split; /* . - and /: what, with a space, divides the digits of
			   a number */
	uint64_t mark;  /* ( ) and _ */
};

/** A piece of a text, classified, and the block that follows it, so that a word
 * at its end can be seen whole; behind the end of the text it is empty. */
struct words {
	struct words_block block[WORDS_BLOCKS + 1];
	/* Where words start, after a digit, too; their keys, one after the
	 * other; and how many stand before those of a block. */
	uint64_t start[WORDS_BLOCKS];
	uint64_t key[WORDS_PIECE / 2];
	uint16_t keys_before[WORDS_BLOCKS];
	/* ASCII letters as capitals, bytes past ASCII as they are, 0 for all
	 * else and behind the end. */
	uint8_t fold[WORDS_PIECE + 2 * WORDS_BLOCK];
};

/**
 * words_index(simd, text, at, out):
 * Classify the piece that starts at byte ${at} of ${text}. Nothing past the end
 * of the text is read. ${simd} is at most cpu_has(); all give the same bits.
 *
 * Returns  Blocks of the piece, at most WORDS_BLOCKS.
 * Cost     With AVX-512 some 20 cycles a block.
 */
size_t words_index(enum cpu_simd simd, struct span text, size_t at,
		   struct words *out);

/** A text and the bits of one piece of it, for all who read it one after the
 * other: most texts are one piece, and are classified once. */
struct words_text {
	struct span text;
	size_t at; /* where the piece starts; SIZE_MAX: there is none yet */
	size_t blocks;
	struct words piece;
};

/** words_open(t, text): Let ${t} be ${text}. */
static inline void
words_open(struct words_text *t, struct span text)
{
	t->text = text;
	t->at = SIZE_MAX;
}

/**
 * words_turn(t, at):
 * Let t->piece be the piece that starts at byte ${at}.
 *
 * Returns  Its blocks, as words_index().
 */
static inline size_t
words_turn(struct words_text *t, size_t at)
{
	if (t->at != at) {
		t->blocks = words_index(cpu_simd(), t->text, at, &t->piece);
		t->at = at;
	}
	return t->blocks;
}

/** words_ahead(bits, next, n): The bits that stand ${n} places, 1 to 63, behind
 * each bit of the first of two blocks. */
static inline uint64_t
words_ahead(uint64_t bits, uint64_t next, unsigned n)
{
	return bits >> n | next << (64 - n);
}

/** words_odd(b): Where in a block something other than an accented letter of
 * two bytes stands past ASCII. */
static inline uint64_t
words_odd(const struct words_block *b)
{
	const uint64_t lead = b->upper & b->high;
	const uint64_t pairs = lead | lead << 1;

	return (b->high & ~pairs) | (lead << 1 & ~b->tail) |
	       (b->joint & b->high);
}

/** words_last(starts): The last of the ${starts} of a block; 0: there is none.
 */
static inline uint64_t
words_last(uint64_t starts)
{
	return starts == 0 ? 0 : UINT64_C(1) << (63 - __builtin_clzll(starts));
}

/** words_owners(starts, marks): Of each of the ${marks} the nearest of
 * ${starts} at or before it, in the same block. */
static inline uint64_t
words_owners(uint64_t starts, uint64_t marks)
{
	uint64_t owners = 0;

	for (; marks != 0; marks &= marks - 1)
		owners |= words_last(starts & (marks ^ (marks - 1)));
	return owners;
}

/** words_hash(key): The place of a key in a filter. */
static inline uint32_t
words_hash(uint64_t key)
{
	return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >>
			  (64 - WORDS_FILTER_BITS));
}

/** words_in(filter, key): Is the bit of ${key} set in ${filter}? */
static inline bool
words_in(const uint64_t filter[static WORDS_FILTER], uint64_t key)
{
	const uint32_t h = words_hash(key);

	return filter[h / 64] >> (h % 64) & 1;
}

/**
 * words_key(fold):
 * The key of the word that starts at ${fold}, in words.fold: its first
 * WORDS_KEY bytes, the first lowest, with zeros behind its end.
 */
static inline uint64_t
words_key(const uint8_t *fold)
{
	const uint64_t x = word_load8(fold);
	/* The lowest bit that is set marks the first byte that is 0. */
	const uint64_t zero = (x - word_each(1)) & ~x & word_each(0x80);

	return x & ((zero & (0 - zero)) - 1);
}

/** words_is_high(key): Does a key hold bytes past ASCII? */
static inline bool
words_is_high(uint64_t key)
{
	return (key & word_each(0x80)) != 0;
}

/**
 * words_among(w, block, filter, mask):
 * Which of the words that start in a ${block} may be in ${filter} by what
 * ${mask} leaves of their keys: that bit is set, or there are bytes past ASCII,
 * which words_fold_key() must look at.
 *
 * Cost     Some ten instructions a word, no branch among them.
 */
static inline uint64_t
words_among(const struct words *w, size_t block,
	    const uint64_t filter[static WORDS_FILTER], uint64_t mask)
{
	const uint64_t *key = w->key + w->keys_before[block];
	uint64_t may = 0;

	for (uint64_t left = w->start[block]; left != 0; left &= left - 1) {
		const uint64_t k = *key++ & mask;
		const bool in = words_in(filter, k) || words_is_high(k);

		may |= (uint64_t)in << __builtin_ctzll(left);
	}
	return may;
}

/**
 * words_fold_key(s, at, end, ret_key):
 * The key of the word ${at} to ${end} of ${s} with its letters folded as
 * base/fold has it.
 *
 * Returns  False: there are letters that are not those of French.
 */
bool words_fold_key(struct span s, size_t at, size_t end, uint64_t *ret_key);

/**
 * words_fold(b):
 * What U+00C0 + ${b}, of the 64 letters of Latin-1 that UTF-8 writes as 0xC3
 * and a second byte, folds to as base/fold has it; 0: not to one letter.
 */
static inline uint8_t
words_fold(uint8_t b)
{
	static const char fold[64] = "AAAAAA\0CEEEEIIIIDNOOOOO\0OUUUUY\0\0"
				     "AAAAAA\0CEEEEIIIIDNOOOOO\0OUUUUY\0Y";

	return (uint8_t)fold[b & 63];
}

#endif
