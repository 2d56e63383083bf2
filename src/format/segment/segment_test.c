#include "base/check.h"
#include "format/segment/segment_impl.h"

#include <string.h>

static void
a_nir_is_known_by_its_key_or_its_month(void **state)
{
	static const struct {
		const char *text;
		bool want;
	} cases[] = {
		{"269054958815780", true},
		{"2 69 05 49 588 157 80", true},
		{"269054958815781", false}, /* the key is wrong */
		{"2690549588157", true},
		{"2691349588157", false}, /* no month */
		{"169052A00100182", true},
		{"169052B00100112", true},
		{"969054958815780", false},
		{"26905495881578", false},
		{"2690549588157X0", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(segment_is_nir(span_str(cases[i].text)),
				 cases[i].want);
}

static void
a_finess_is_known_by_its_key(void **state)
{
	static const struct {
		const char *text;
		bool want;
	} cases[] = {
		{"750000002", true},  {"750000001", false},
		{"75000000", false},  {"7500000020", false},
		{"75000000A", false}, {"", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(segment_is_finess(span_str(cases[i].text)),
				 cases[i].want);
}

static void
signs_are_printable_and_different(void **state)
{
	static const struct {
		struct segment_signs signs;
		bool want;
	} cases[] = {
		{{'|', '^', '~', '\\', '&'}, true},
		{{'|', '^', '~', 0, 0}, true},
		{{'|', 0, '~', '\\', '&'}, false},
		{{'|', '|', '~', '\\', '&'}, false},
		{{'|', '^', '~', '\\', '~'}, false},
		{{'A', '^', '~', '\\', '&'}, false},
		{{'|', '^', '~', ' ', '&'}, false},
		{{'|', '^', '~', '\\', 0xA7}, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(segment_signs_ok(&cases[i].signs),
				 cases[i].want);
}

static void
fields_past_the_ceiling_stay_in_the_last(void **state)
{
	const size_t n = (size_t)4 * SEGMENT_FIELDS_MAX;
	uint8_t line[4 * SEGMENT_FIELDS_MAX + SEGMENT_PAD] = {0};
	struct segment seg;

	(void)state;
	memset(line, '|', n);
	segment_split((struct span){line, n}, '|', &seg);
	assert_int_equal(seg.n, SEGMENT_FIELDS_MAX);
	assert_int_equal(seg.fields[0].n, 0);
	assert_int_equal(seg.fields[seg.n - 1].n, 3 * SEGMENT_FIELDS_MAX + 1);
	segment_split((struct span){line, 0}, '|', &seg);
	assert_int_equal(seg.n, 1);
	memcpy(line, "PID|1||X|more", sizeof("PID|1||X|more"));
	segment_split((struct span){line, 8}, '|', &seg);
	assert_int_equal(seg.n, 4);
	assert_true(span_is(seg.fields[3], "X"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_nir_is_known_by_its_key_or_its_month),
		cmocka_unit_test(a_finess_is_known_by_its_key),
		cmocka_unit_test(signs_are_printable_and_different),
		cmocka_unit_test(fields_past_the_ceiling_stay_in_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
