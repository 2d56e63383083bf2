#include "base/check.h"
#include "format/csv/csv_impl.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES = 4096, BLOCK = 64 };

/* A small generator: the bytes need only differ. */
static uint32_t
next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) +
		 UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33);
}

static bool
is_sep(const struct csv_dialect *d, uint8_t b)
{
	return b == '\n' || (b == '\r' && d->newline == CSV_CR) ||
	       (d->delimiter != 0 && b == d->delimiter);
}

static bool
is_quote(const struct csv_dialect *d, uint8_t b)
{
	return (d->quote != 0 && b == d->quote) ||
	       (d->escape != 0 && b == d->escape);
}

static void
check_blocks(enum cpu_simd isa, const struct csv_dialect *d, struct span s)
{
	struct csv_block blocks[BYTES / BLOCK + 1];

	csv_index(isa, d, s, blocks);
	for (size_t i = 0; i < (s.n + BLOCK - 1) / BLOCK * BLOCK; i++) {
		const bool inside = i < s.n;
		const uint64_t bit = UINT64_C(1) << (i % BLOCK);

		assert_int_equal((blocks[i / BLOCK].sep & bit) != 0,
				 inside && is_sep(d, s.p[i]));
		assert_int_equal((blocks[i / BLOCK].quote & bit) != 0,
				 inside && is_quote(d, s.p[i]));
	}
}

static const struct csv_dialect dialects[] = {
	{.delimiter = ';', .quote = '"', .newline = CSV_LF},
	{.delimiter = ',', .quote = '\'', .escape = '\\', .newline = CSV_CRLF},
	{.delimiter = '\t', .quote = 0, .newline = CSV_CR},
	{.delimiter = 0, .quote = '"', .newline = CSV_LF},
	{.delimiter = 0xFF, .quote = 0x80, .escape = 0x7F, .newline = CSV_CR},
};

static void
all_variants_find_every_byte_and_no_other(void **state)
{
	uint8_t *p = malloc(BYTES);
	uint64_t seed = 1;
	(void)state;

	assert_non_null(p);
	for (size_t k = 0; k < COUNT_OF(dialects); k++) {
		for (size_t i = 0; i < BYTES; i++) {
			static const uint8_t some[] = ";,\t\"'\\\n\r\x7F\x80";
			const uint32_t r = next_random(&seed);

			p[i] = r % 2 == 0 ? (uint8_t)(r >> 8)
					  : some[(r >> 8) % sizeof(some)];
		}
		for (int isa = CPU_PORTABLE; isa <= (int)cpu_has(); isa++) {
			/* From an odd address, and cut at every place. */
			check_blocks((enum cpu_simd)isa, &dialects[k],
				     (struct span){p + 1, BYTES - 1});
			for (size_t n = 0; n < (size_t)3 * BLOCK; n++)
				check_blocks((enum cpu_simd)isa, &dialects[k],
					     (struct span){p + 3, n});
		}
	}
	free(p);
}

static void
all_variants_list_every_mark_in_order(void **state)
{
	enum { BLOCKS = 40, MARKS = BLOCKS * BLOCK };
	struct csv_block blocks[BLOCKS];
	uint16_t want[MARKS];
	uint16_t got[MARKS + CSV_SPARE];
	uint64_t seed = 7;
	(void)state;

	for (unsigned density = 0; density < 8; density++) {
		uint32_t n = 0;

		memset(blocks, 0, sizeof(blocks));
		for (size_t i = 0; i < MARKS; i++) {
			const uint64_t bit = UINT64_C(1) << (i % BLOCK);

			if (next_random(&seed) % 7 >= density)
				continue;
			if (next_random(&seed) % 2 == 0)
				blocks[i / BLOCK].sep |= bit;
			else
				blocks[i / BLOCK].quote |= bit;
			want[n++] = (uint16_t)i;
		}
		for (int isa = CPU_PORTABLE; isa <= (int)cpu_has(); isa++) {
			assert_int_equal(csv_list((enum cpu_simd)isa, blocks,
						  BLOCKS, got),
					 n);
			assert_memory_equal(got, want, n * sizeof(*want));
		}
	}
}

static void
nothing_is_read_past_the_end(void **state)
{
	(void)state;
	for (size_t n = 1; n <= (size_t)2 * BLOCK; n++) {
		uint8_t *p = malloc(n); /* the sanitiser guards its end */

		assert_non_null(p);
		memset(p, ';', n);
		for (int isa = CPU_PORTABLE; isa <= (int)cpu_has(); isa++)
			check_blocks((enum cpu_simd)isa, &dialects[0],
				     (struct span){p, n});
		free(p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_variants_find_every_byte_and_no_other),
		cmocka_unit_test(all_variants_list_every_mark_in_order),
		cmocka_unit_test(nothing_is_read_past_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
