/* crypto/row: the token of a record, made cell by cell while the columns of a
 * batch are read.
 *
 * The cells are hashed by NH: a sum, over all 16-byte pieces (a, b) of all
 * cells, of (a + k)(b + k') modulo 2^128, where every piece has keys of its
 * own. Two different records have the same sum with a probability of about
 * 2^-64, whoever chose them, since the keys are secret. The sum is the same in
 * whatever order the cells are added, which is why columns can be read one
 * after the other. SipHash of the sum is the token: a universal hash followed
 * by a PRF is a PRF, so a token says nothing without the key.
 *
 * Source: Black, Halevi, Krawczyk, Krovetz, Rogaway, "UMAC: fast and secure
 * message authentication", CRYPTO 1999, theorem 4.2; RFC 4418. */
#ifndef TOCSIN_CRYPTO_ROW_H
#define TOCSIN_CRYPTO_ROW_H

#include "base/rc.h"
#include "base/word.h"
#include "crypto/token.h"

enum {
	ROW_PIECES = 4,                 /* of a cell that have keys.. */
	ROW_CELL_MAX = 16 * ROW_PIECES, /* ..so that longer ones go through
					    SipHash first */
};

/** A number of 128 bits. */
__extension__ typedef unsigned __int128 row_sum;

/** The keys of one column. */
struct row_cell_key {
	uint64_t piece[ROW_PIECES][2];
	uint64_t length;
};

/** The keys of all columns. As secret as the key they come from. */
struct row_keys {
	struct row_cell_key *cells;
	uint32_t n;
	uint8_t last[16];
};

/**
 * row_keys_make(from, n, ret):
 * Derive the keys of ${n} columns; those of a column do not depend on ${n}.
 *
 * Errors   RC_NOMEM.
 * Owns     The caller wipes and frees ${ret} with row_keys_done().
 * Cost     About 200 ns a column.
 */
enum rc row_keys_make(const struct token_keys *from, uint32_t n,
		      struct row_keys *ret);
void row_keys_done(struct row_keys *k);

/** row_piece(key, i, a, b): One product of the sum. */
static inline row_sum
row_piece(const struct row_cell_key *key, size_t i, uint64_t a, uint64_t b)
{
	return (row_sum)(a + key->piece[i][0]) * (b + key->piece[i][1]);
}

/** row_short(key, n, a, b): What a cell of ${n} <= 16 bytes adds: of less than
 * eight, ${a} is word_short() of it and ${b} 0; of more, ${a} are its first
 * eight and ${b} its last. */
static inline row_sum
row_short(const struct row_cell_key *key, size_t n, uint64_t a, uint64_t b)
{
	return (row_sum)n * key->length + row_piece(key, 0, a, b);
}

/** row_long(key, n, w): What a cell of 17 to 32 bytes adds, ${w} being its
 * first sixteen and its last sixteen. */
static inline row_sum
row_long(const struct row_cell_key *key, size_t n, const uint64_t w[static 4])
{
	return (row_sum)n * key->length + row_piece(key, 0, w[0], w[1]) +
	       row_piece(key, 1, w[2], w[3]);
}

/**
 * row_cell(keys, key, cell, ret_bits):
 * What a ${cell} that is not empty adds to the sum of its record; ${ret_bits}
 * are all its bytes or'ed together, eight by eight (past ROW_CELL_MAX: all
 * ones), for questions such as "is all of it ASCII?".
 *
 * Cost     About 3 ns for 16 bytes; no byte outside of ${cell} is read.
 */
row_sum row_cell(const struct row_keys *keys, const struct row_cell_key *key,
		 struct span cell, uint64_t *ret_bits);

/**
 * row_token(keys, sum):
 * The token of the record whose cells add up to ${sum}; empty cells add
 * nothing.
 *
 * Cost     15 ns.
 */
uint64_t row_token(const struct row_keys *keys, row_sum sum);

#endif
