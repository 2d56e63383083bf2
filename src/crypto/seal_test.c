#include "base/check.h"
#include "crypto/crypto.h"
#include "crypto/seal.h"

#include <stdlib.h>
#include <string.h>

static const struct span ABOUT = {(const uint8_t *)"a test", 6};

static void
what_is_sealed_opens_again(void **state)
{
	static const size_t sizes[] = {0, 1, 63, 64, 65, 4096, 100001};
	struct seal_key key;

	(void)state;
	seal_key_random(&key);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		const size_t n = sizes[i];
		uint8_t *plain = malloc(n + 1);
		uint8_t *sealed = malloc(n + SEAL_EXTRA_BYTES);
		uint8_t *again = malloc(n + 1);

		assert_true(plain != NULL && sealed != NULL && again != NULL);
		memset(plain, 'x', n + 1);
		seal_close(&key, ABOUT, (struct span){plain, n}, sealed);
		const struct span s = {sealed, n + SEAL_EXTRA_BYTES};
		assert_int_equal(seal_open(&key, ABOUT, s, NULL), RC_OK);
		assert_int_equal(seal_open(&key, ABOUT, s, again), RC_OK);
		assert_memory_equal(plain, again, n);
		/* In place. */
		assert_int_equal(
			seal_open(&key, ABOUT, s, sealed + SEAL_NONCE_BYTES),
			RC_OK);
		assert_memory_equal(plain, sealed + SEAL_NONCE_BYTES, n);
		free(plain);
		free(sealed);
		free(again);
	}
}

static void
a_changed_bit_anywhere_opens_nothing(void **state)
{
	uint8_t sealed[10 + SEAL_EXTRA_BYTES];
	uint8_t out[10];
	struct seal_key key;

	(void)state;
	seal_key_random(&key);
	seal_close(&key, ABOUT, SPAN_LIT("ten bytes."), sealed);
	for (size_t i = 0; i < 8 * sizeof(sealed); i++) {
		sealed[i / 8] ^= (uint8_t)(1U << i % 8);
		assert_int_equal(
			seal_open(&key, ABOUT,
				  (struct span){sealed, sizeof(sealed)}, out),
			RC_FORMAT);
		sealed[i / 8] ^= (uint8_t)(1U << i % 8);
	}
	for (size_t n = 0; n < sizeof(sealed); n++)
		assert_int_equal(
			seal_open(&key, ABOUT, (struct span){sealed, n}, out),
			RC_FORMAT);
	assert_int_equal(seal_open(&key, SPAN_LIT("another"),
				   (struct span){sealed, sizeof(sealed)}, out),
			 RC_FORMAT);
}

static void
two_seals_of_one_thing_differ(void **state)
{
	uint8_t a[4 + SEAL_EXTRA_BYTES];
	uint8_t b[4 + SEAL_EXTRA_BYTES];
	struct seal_key key;

	(void)state;
	seal_key_random(&key);
	seal_close(&key, ABOUT, SPAN_LIT("same"), a);
	seal_close(&key, ABOUT, SPAN_LIT("same"), b);
	for (size_t i = 0; i + 8 <= sizeof(a); i += 8)
		assert_memory_not_equal(a + i, b + i, 8);
}

static void
each_use_has_a_key_of_its_own(void **state)
{
	struct seal_key root;
	struct seal_key keys[SEAL_NAMES + 1];

	(void)state;
	seal_key_random(&root);
	keys[0] = root;
	for (int u = SEAL_TOKENS; u <= SEAL_NAMES; u++) {
		seal_key_derive(&root, (enum seal_use)u, &keys[u]);
		for (int o = 0; o < u; o++)
			assert_memory_not_equal(&keys[u], &keys[o],
						sizeof(root));
	}
}

static void
a_stream_can_start_at_any_block(void **state)
{
	uint8_t nonce[SEAL_NONCE_BYTES];
	uint8_t whole[1000];
	uint8_t parts[1000];
	struct seal_key key;

	(void)state;
	seal_key_random(&key);
	seal_random(nonce, sizeof(nonce));
	memset(whole, 7, sizeof(whole));
	memset(parts, 7, sizeof(parts));
	seal_stream(&key, nonce, 0, whole, sizeof(whole));
	seal_stream(&key, nonce, 640, parts + 640, 360);
	seal_stream(&key, nonce, 0, parts, 640);
	assert_memory_equal(whole, parts, sizeof(whole));
	seal_stream(&key, nonce, 0, whole, sizeof(whole));
	for (size_t i = 0; i < sizeof(whole); i++)
		assert_int_equal(whole[i], 7);
}

static void
a_sum_in_pieces_is_the_sum_of_the_whole(void **state)
{
	uint8_t a[SEAL_SUM_BYTES];
	uint8_t b[SEAL_SUM_BYTES];
	struct seal_key key;

	(void)state;
	seal_key_random(&key);
	struct seal_sum *s = seal_sum_new(&key);
	assert_non_null(s);
	seal_sum_add(s, SPAN_LIT("one "));
	seal_sum_add(s, SPAN_LIT("two"));
	seal_sum_end(s, a);
	seal_sum_free(s);
	seal_sum(&key, SPAN_LIT("one two"), b);
	assert_true(seal_equal(a, b, sizeof(a)));
	seal_sum(NULL, SPAN_LIT("one two"), b);
	assert_false(seal_equal(a, b, sizeof(a)));
	/* RFC 7693 has BLAKE2b-512 only; this is BLAKE2b-256 of "abc", as
	 * b2sum -l 256 gives it. */
	static const uint8_t abc[] = {0xbd, 0xdd, 0x81, 0x3c};
	seal_sum(NULL, SPAN_LIT("abc"), b);
	assert_memory_equal(b, abc, sizeof(abc));
}

static int
setup(void **state)
{
	(void)state;
	return crypto_setup() == RC_OK ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_sealed_opens_again),
		cmocka_unit_test(a_changed_bit_anywhere_opens_nothing),
		cmocka_unit_test(two_seals_of_one_thing_differ),
		cmocka_unit_test(each_use_has_a_key_of_its_own),
		cmocka_unit_test(a_stream_can_start_at_any_block),
		cmocka_unit_test(a_sum_in_pieces_is_the_sum_of_the_whole),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
