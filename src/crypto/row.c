#include "crypto/row.h"

#include <sodium.h>

#include <stdlib.h>

_Static_assert(crypto_shorthash_siphash24_KEYBYTES == 16, "key");

static uint64_t
prf(const uint8_t key[static 16], struct span s)
{
	uint8_t b[crypto_shorthash_siphash24_BYTES];

	(void)crypto_shorthash_siphash24(b, s.p, s.n, key);
	return word_load8(b);
}

/* Word ${word} of the keys of column ${column}. */
static uint64_t
expand(const struct token_keys *from, uint32_t column, uint32_t word)
{
	uint8_t counter[8];

	for (unsigned i = 0; i < 4; i++) {
		counter[i] = (uint8_t)(column >> 8 * i);
		counter[4 + i] = (uint8_t)(word >> 8 * i);
	}
	return prf(from->row_cells, (struct span){counter, sizeof(counter)});
}

static void
make_cell(const struct token_keys *from, uint32_t column,
	  struct row_cell_key *ret)
{
	uint32_t word = 0;

	ret->length = expand(from, column, word++);
	for (unsigned i = 0; i < ROW_PIECES; i++) {
		ret->piece[i][0] = expand(from, column, word++);
		ret->piece[i][1] = expand(from, column, word++);
	}
}

enum rc
row_keys_make(const struct token_keys *from, uint32_t n, struct row_keys *ret)
{
	ret->n = n;
	ret->cells = calloc((size_t)n + 1, sizeof(*ret->cells));
	if (ret->cells == NULL)
		return RC_NOMEM;
	for (uint32_t c = 0; c < n; c++)
		make_cell(from, c, &ret->cells[c]);
	memcpy(ret->last, from->row, sizeof(ret->last));
	return RC_OK;
}

void
row_keys_done(struct row_keys *k)
{
	if (k->cells != NULL)
		sodium_memzero(k->cells, k->n * sizeof(*k->cells));
	free(k->cells);
	sodium_memzero(k, sizeof(*k));
}

/* A cell of 17 to ROW_CELL_MAX bytes; the last piece overlaps the one before
 * it. */
static row_sum
add_pieces(const struct row_cell_key *key, struct span cell, uint64_t *ret_bits)
{
	row_sum sum = (row_sum)cell.n * key->length;
	uint64_t bits = 0;

	for (size_t i = 0; 16 * i < cell.n; i++) {
		const size_t at = 16 * (i + 1) < cell.n ? 16 * i : cell.n - 16;
		const uint64_t a = word_load8(cell.p + at);
		const uint64_t b = word_load8(cell.p + at + 8);

		bits |= a | b;
		sum += row_piece(key, i, a, b);
	}
	*ret_bits = bits;
	return sum;
}

row_sum
row_cell(const struct row_keys *keys, const struct row_cell_key *key,
	 struct span cell, uint64_t *ret_bits)
{
	const size_t n = cell.n;

	if (n < 8) {
		*ret_bits = word_short(cell.p, n);
		return row_short(key, n, *ret_bits, 0);
	}
	if (n <= 16) {
		const uint64_t a = word_load8(cell.p);
		const uint64_t b = word_load8(cell.p + n - 8);

		*ret_bits = a | b;
		return row_short(key, n, a, b);
	}
	if (n <= ROW_CELL_MAX)
		return add_pieces(key, cell, ret_bits);
	*ret_bits = UINT64_MAX;
	return row_short(key, n, prf(keys->last, cell), 0);
}

uint64_t
row_token(const struct row_keys *keys, row_sum sum)
{
	uint8_t b[16];

	word_store8(b, (uint64_t)sum);
	word_store8(b + 8, (uint64_t)(sum >> 64));
	return prf(keys->last, (struct span){b, sizeof(b)});
}
