#include "link/check.h"
#include "link/values/values.h"

#include <stdio.h>

static uint32_t
add(struct values *v, const char *text, uint64_t note)
{
	const struct span s = span_str(text);
	uint32_t id = 0;

	assert_int_equal(values_add(v, s, values_hash_of(s), note, &id), RC_OK);
	return id;
}

static void
equal_texts_have_one_number(void **state)
{
	enum { N = 50000 };
	static uint32_t ids[N];
	struct room r;

	(void)state;
	room_init(&r, 0);
	struct values *v = values_new(&r, VALUES_NOTED);
	assert_non_null(v);
	for (int round = 0; round < 2; round++) {
		for (uint32_t i = 0; i < N; i++) {
			char text[16];

			(void)snprintf(text, sizeof(text), "VALUE %u", i);
			const uint32_t id = add(v, text, 0);
			assert_true(id != 0 && id < values_end(v));
			if (round == 1)
				assert_int_equal(id, ids[i]);
			ids[i] = id;
		}
	}
	for (uint32_t i = 0; i < N; i++) {
		char text[16];

		(void)snprintf(text, sizeof(text), "VALUE %u", i);
		const struct span s = span_str(text);
		assert_true(span_equal(values_text(v, ids[i]), s));
		assert_true(values_hash(v, ids[i]) == values_hash_of(s));
	}
	values_free(v);
	assert_int_equal(r.used, 0);
}

static void
no_number_no_value(void **state)
{
	struct room r;

	(void)state;
	room_init(&r, 0);
	struct values *v = values_new(&r, VALUES_NOTED);
	assert_non_null(v);
	for (uint32_t id = 0; id < 1000; id++) {
		assert_int_equal(values_text(v, id).n, 0);
		assert_int_equal(values_note(v, id), 0);
		assert_int_equal(values_hash(v, id), 0);
	}
	values_free(v);
	values_free(NULL);
}

static void
the_note_with_most_bits_stays_whatever_comes_first(void **state)
{
	static const uint64_t notes[] = {0, 4, 0x30, 0x12, 8};
	struct room r;

	(void)state;
	room_init(&r, 0);
	for (size_t first = 0; first < COUNT_OF(notes); first++) {
		struct values *v = values_new(&r, VALUES_NOTED);
		uint32_t id = 0;

		assert_non_null(v);
		for (size_t i = 0; i < COUNT_OF(notes); i++)
			id = add(v, "NAME",
				 notes[(first + i) % COUNT_OF(notes)]);
		assert_int_equal(values_note(v, id), 0x12);
		values_free(v);
	}
}

static void
a_full_room_and_a_long_text_are_refused(void **state)
{
	uint8_t text[VALUES_TEXT_MAX + 1];
	struct room r;
	uint32_t id = 0;

	(void)state;
	memset(text, 'A', sizeof(text));
	room_init(&r, 1 << 18);
	struct values *v = values_new(&r, VALUES_NOTED);
	assert_non_null(v);
	assert_int_equal(
		values_add(v, (struct span){text, sizeof(text)}, 1, 0, &id),
		RC_LIMIT);
	enum rc rc = RC_OK;
	for (uint64_t i = 0; i < 10000 && rc == RC_OK; i++) {
		memcpy(text, &i, sizeof(i));
		const struct span s = {text, VALUES_TEXT_MAX};
		rc = values_add(v, s, values_hash_of(s), 0, &id);
	}
	assert_int_equal(rc, RC_LIMIT);
	values_free(v);
	assert_int_equal(r.used, 0);
	room_init(&r, 100);
	assert_null(values_new(&r, VALUES_NOTED));
	assert_int_equal(r.used, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_texts_have_one_number),
		cmocka_unit_test(no_number_no_value),
		cmocka_unit_test(
			the_note_with_most_bits_stays_whatever_comes_first),
		cmocka_unit_test(a_full_room_and_a_long_text_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
