#include "base/check.h"
#include "crypto/crypto.h"
#include "crypto/row.h"

#include <stdlib.h>

/* Keys that are always the same. */
static struct row_keys
make(uint8_t seed, uint32_t n)
{
	struct token_key key;
	struct token_keys all;
	struct row_keys k;

	memset(&key, seed, sizeof(key));
	token_keys_derive(&key, &all);
	assert_int_equal(row_keys_make(&all, n, &k), RC_OK);
	return k;
}

static uint64_t
token(const struct row_keys *k, const char *const *cells, size_t n)
{
	row_sum sum = 0;
	uint64_t bits;

	for (size_t i = 0; i < n; i++)
		if (cells[i][0] != '\0')
			sum += row_cell(k, &k->cells[i], span_str(cells[i]),
					&bits);
	return row_token(k, sum);
}

static void
equal_records_have_equal_tokens_and_others_do_not(void **state)
{
	static const char *const rows[][3] = {
		{"DUPONT", "JEAN", "12 RUE DES LILAS BLANCS"},
		{"DUPONT", "JEAN", "12 RUE DES LILAS BLANC"},
		{"DUPONT", "", "12 RUE DES LILAS BLANCS"},
		{"JEAN", "DUPONT", "12 RUE DES LILAS BLANCS"},
		{"DUPON", "TJEAN", "12 RUE DES LILAS BLANCS"},
		{"", "", ""},
		{"a", "", ""},
		{"", "a", ""},
	};
	struct row_keys k = make(3, 3);
	struct row_keys other = make(4, 3);
	(void)state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		for (size_t j = 0; j < COUNT_OF(rows); j++)
			assert_int_equal(token(&k, rows[i], 3) ==
						 token(&k, rows[j], 3),
					 i == j);
		assert_true(token(&k, rows[i], 3) != token(&other, rows[i], 3));
	}
	row_keys_done(&k);
	row_keys_done(&other);
}

/* Cells that differ in length alone, or in one byte, of every length up to
 * beyond the longest with keys of its own. */
static void
every_byte_and_the_length_count(void **state)
{
	enum { MOST = ROW_CELL_MAX + 20 };
	struct row_keys k = make(1, 1);
	uint64_t tokens[MOST + 1];
	uint64_t bits;
	(void)state;

	for (size_t n = 1; n <= MOST; n++) {
		uint8_t *p = malloc(n); /* the sanitiser guards its end */

		assert_non_null(p);
		memset(p, 'a', n);
		const struct span s = {p, n};
		tokens[n] = row_token(&k, row_cell(&k, k.cells, s, &bits));
		assert_true(n > ROW_CELL_MAX || (bits & word_each(0x80)) == 0);
		for (size_t i = 1; i < n; i++)
			assert_true(tokens[i] != tokens[n]);
		for (size_t i = 0; i < n; i++) {
			p[i] = 0xE9;
			assert_true(row_token(&k, row_cell(&k, k.cells, s,
							   &bits)) !=
				    tokens[n]);
			assert_true((bits & word_each(0x80)) != 0);
			p[i] = 'a';
		}
		free(p);
	}
	row_keys_done(&k);
}

static void
the_order_in_which_cells_are_added_is_nothing(void **state)
{
	struct row_keys k = make(9, 2);
	uint64_t bits;
	(void)state;

	const row_sum a = row_cell(&k, &k.cells[0], SPAN_LIT("un"), &bits);
	const row_sum b =
		row_cell(&k, &k.cells[1], SPAN_LIT("quatre-vingts"), &bits);
	assert_int_equal(row_token(&k, a + b), row_token(&k, b + a));
	row_keys_done(&k);
}

static void
keys_of_a_column_do_not_depend_on_how_many_there_are(void **state)
{
	struct row_keys few = make(7, 2);
	struct row_keys many = make(7, 300);
	(void)state;

	assert_memory_equal(few.cells, many.cells, 2 * sizeof(*few.cells));
	for (size_t i = 1; i < many.n; i++)
		assert_true(many.cells[i].length != many.cells[0].length);
	row_keys_done(&few);
	row_keys_done(&many);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			equal_records_have_equal_tokens_and_others_do_not),
		cmocka_unit_test(every_byte_and_the_length_count),
		cmocka_unit_test(the_order_in_which_cells_are_added_is_nothing),
		cmocka_unit_test(
			keys_of_a_column_do_not_depend_on_how_many_there_are),
	};

	return crypto_setup() == RC_OK
		       ? cmocka_run_group_tests(tests, NULL, NULL)
		       : 1;
}
