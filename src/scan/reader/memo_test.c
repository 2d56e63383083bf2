#include "base/check.h"
#include "scan/reader/reader_impl.h"

static struct memo *
one_memo(struct memos *all)
{
	static const struct column_type type = {.kind = KIND_NAME_FAMILY};

	assert_int_equal(memo_begin(all, &type, 1), RC_OK);
	assert_non_null(all->of[0]);
	return all->of[0];
}

static void
a_verdict_is_known_by_all_bits_of_its_hash(void **state)
{
	static const uint64_t hashes[] = {0, 1, MEMO_ENTRIES, UINT64_MAX,
					  UINT64_C(1) << 63};
	struct memos all = {0};
	struct memo *m = one_memo(&all);
	enum kind_verdict v;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(hashes); i++)
		for (int is = KIND_NO; is <= KIND_VALID; is++) {
			assert_false(memo_knows(m, hashes[i], &v));
			memo_keep(m, hashes[i], (enum kind_verdict)is);
			assert_true(memo_knows(m, hashes[i], &v));
			assert_int_equal(v, is);
			for (unsigned bit = 0; bit < 64; bit++)
				assert_false(memo_knows(
					m, hashes[i] ^ UINT64_C(1) << bit, &v));
			m->tries++;
			memo_end(&all);
		}
	memo_free(&all);
}

static void
what_a_value_gave_is_kept_if_it_fits(void **state)
{
	const uint8_t norm[64] = "DUPONT";
	struct memos all = {0};
	struct memo *m = one_memo(&all);
	enum kind_verdict v;

	(void)state;
	for (size_t n = 0; n <= sizeof(norm); n++) {
		memo_keep(m, 5, KIND_WEAK);
		memo_keep_value(m, 5, (struct span){norm, n}, 42);
		const bool fits = n <= sizeof(m->values[0].norm);
		assert_int_equal(memo_knows(m, 5, &v), fits);
		if (!fits)
			continue;
		const struct memo_value *is = memo_value(m, 5);
		assert_true(is->number == 42);
		assert_true(is->text == 0);
		assert_true(span_equal((struct span){is->norm, is->norm_n},
				       (struct span){norm, n}));
	}
	memo_free(&all);
}

static void
nothing_is_left_after_a_range(void **state)
{
	static const struct memo_value nothing;
	struct memos all = {0};
	struct memo *m = one_memo(&all);
	enum kind_verdict v;

	(void)state;
	memo_keep(m, 9, KIND_VALID);
	memo_keep_value(m, 9, SPAN_LIT("DUPONT"), 1);
	m->tries++;
	memo_end(&all);
	assert_false(memo_knows(m, 9, &v));
	assert_memory_equal(memo_value(m, 9), &nothing, sizeof(nothing));
	memo_free(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verdict_is_known_by_all_bits_of_its_hash),
		cmocka_unit_test(what_a_value_gave_is_kept_if_it_fits),
		cmocka_unit_test(nothing_is_left_after_a_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
