#include "base/fold.h"
#include "detect/registry/registry.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
every_kind_stands_at_its_number_and_name(void **state)
{
	(void)state;
	for (int id = 1; id < KIND_COUNT; id++) {
		const struct kind *k = kind_by_id((enum kind_id)id);

		assert_non_null(k);
		assert_int_equal(k->id, id);
		assert_ptr_equal(kind_by_name(span_str(k->name)), k);
	}
	size_t n;
	const struct kind *const *all = kind_all(&n);

	assert_int_equal(n, KIND_COUNT - 1);
	for (size_t i = 0; i < n; i++)
		assert_ptr_equal(all[i], kind_by_id((enum kind_id)(i + 1)));
}

static void
what_is_no_kind_is_not_found(void **state)
{
	(void)state;
	assert_null(kind_by_id(KIND_NONE));
	assert_null(kind_by_id(KIND_COUNT));
	assert_null(kind_by_name(SPAN_LIT("")));
	assert_null(kind_by_name(SPAN_LIT("fr.ni")));
	assert_null(kind_by_name(SPAN_LIT("fr.nirs")));
	assert_null(kind_by_name(SPAN_LIT("FR.NIR")));
}

static void
every_kind_is_filled_in(void **state)
{
	(void)state;
	for (int id = 1; id < KIND_COUNT; id++) {
		const struct kind *k = kind_by_id((enum kind_id)id);

		assert_non_null(k->title_en);
		assert_non_null(k->title_fr);
		assert_non_null(k->accepts);
		assert_non_null(k->check);
		assert_non_null(k->source);
		assert_non_null(k->headers);
		assert_non_null(k->context);
		assert_true(k->test != NULL);
		assert_true(k->one_in >= 1);
		assert_true(k->min <= k->max);
	}
}

/* A header is compared with what fold_words() makes of a column's name, so it
 * must be its own folded form, and strong for one kind at most. */
static void
every_header_is_folded_and_strong_once(void **state)
{
	(void)state;
	uint8_t out[256];

	for (int id = 1; id < KIND_COUNT; id++) {
		const struct kind_header *h =
			kind_by_id((enum kind_id)id)->headers;

		for (; h->words != NULL; h++) {
			const struct span w = span_str(h->words);
			const size_t n = fold_words(w, out, sizeof(out));

			assert_true(span_equal(w, (struct span){out, n}));
			assert_in_range(h->strength, 1, 3);
		}
	}
}

static bool
is_strong_header(const struct kind *k, const char *words)
{
	for (const struct kind_header *h = k->headers; h->words != NULL; h++)
		if (h->strength == 3 && strcmp(h->words, words) == 0)
			return true;
	return false;
}

static void
no_header_means_two_kinds_alone(void **state)
{
	(void)state;
	for (int a = 1; a < KIND_COUNT; a++)
		for (const struct kind_header *h =
			     kind_by_id((enum kind_id)a)->headers;
		     h->words != NULL; h++)
			for (int b = a + 1; b < KIND_COUNT; b++)
				assert_false(
					h->strength == 3 &&
					is_strong_header(
						kind_by_id((enum kind_id)b),
						h->words));
}

static void
every_context_word_is_folded(void **state)
{
	(void)state;
	uint8_t out[256];

	for (int id = 1; id < KIND_COUNT; id++) {
		const char *const *c = kind_by_id((enum kind_id)id)->context;

		for (; *c != NULL; c++) {
			const struct span w = span_str(*c);
			const size_t n = fold_words(w, out, sizeof(out));

			assert_true(span_equal(w, (struct span){out, n}));
		}
	}
}

static void
no_kind_takes_an_empty_value(void **state)
{
	(void)state;
	for (int id = 1; id < KIND_COUNT; id++) {
		struct norm norm;
		const struct kind *k = kind_by_id((enum kind_id)id);

		assert_int_equal(k->test(SPAN_LIT(""), &norm), KIND_NO);
		assert_int_equal(k->test(SPAN_LIT("  "), &norm), KIND_NO);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_stands_at_its_number_and_name),
		cmocka_unit_test(what_is_no_kind_is_not_found),
		cmocka_unit_test(every_kind_is_filled_in),
		cmocka_unit_test(every_header_is_folded_and_strong_once),
		cmocka_unit_test(no_header_means_two_kinds_alone),
		cmocka_unit_test(every_context_word_is_folded),
		cmocka_unit_test(no_kind_takes_an_empty_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
