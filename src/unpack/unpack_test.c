#include "base/check.h"
#include "unpack/unpack.h"

#include <string.h>

static enum rc
load(const char *name, struct unpack_part *ret)
{
	struct unpack_part sent = {.name_n = (uint32_t)strlen(name)};
	struct worker_msg msg = {.n = sizeof(sent)};

	memcpy(sent.name, name, sent.name_n);
	memcpy(msg.body, &sent, sizeof(sent));
	return unpack_part_load(&msg, ret);
}

static void
names_are_made_fit_to_be_shown(void **state)
{
	static const struct {
		const char *name, *want;
	} cases[] = {
		{"a/b.csv", "a/b.csv"},
		{"../../etc/passwd", "etc/passwd"},
		{"/a//b/./c", "a/b/c"},
		{"a\\b\\..\\c", "a/b/c"},
		{"bell\a\x1b[2J", "bell??[2J"},
		{"..", ""},
		{"..a/...", "..a/..."},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct unpack_part part;

		assert_int_equal(load(cases[i].name, &part), RC_OK);
		assert_int_equal(part.name_n, strlen(cases[i].want));
		assert_memory_equal(part.name, cases[i].want, part.name_n);
	}
}

static void
answers_that_are_none_are_refused(void **state)
{
	static const struct unpack_part bad[] = {
		{.name_n = PARTS_NAME_MAX + 1},
		{.is = PART_TABLE + 1},
		{.locked = 2},
		{.is = PART_TABLE, .name_n = 1, .name = "x"},
	};
	struct worker_msg msg = {.n = 1};
	struct unpack_part part;

	(void)state;
	assert_int_equal(unpack_part_load(&msg, &part), RC_FORMAT);
	msg.n = sizeof(part);
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		memcpy(msg.body, &bad[i], sizeof(bad[i]));
		assert_int_equal(unpack_part_load(&msg, &part), RC_FORMAT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_made_fit_to_be_shown),
		cmocka_unit_test(answers_that_are_none_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
