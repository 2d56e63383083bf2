#include "base/kind.h"
#include "base/rc.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Names that others read from JSON must never change. */
static const struct {
	enum topic topic;
	const char *name;
} topics[] = {
	{TOPIC_HIV, "hiv"},
	{TOPIC_PREGNANCY, "pregnancy"},
	{TOPIC_ABORTION, "abortion"},
	{TOPIC_HEPATITIS, "hepatitis"},
	{TOPIC_STI, "sti"},
	{TOPIC_ADDICTION, "addiction"},
	{TOPIC_PSYCHIATRY, "psychiatry"},
	{TOPIC_ONCOLOGY, "oncology"},
	{TOPIC_DIABETES, "diabetes"},
	{TOPIC_THYROID, "thyroid"},
	{TOPIC_FERTILITY, "fertility"},
	{TOPIC_GENETICS, "genetics"},
	{TOPIC_DISABILITY, "disability"},
};

static const struct {
	enum role role;
	const char *name;
} roles[] = {
	{ROLE_PATIENT, "patient"},
	{ROLE_INSURED, "insured"},
	{ROLE_PROFESSIONAL, "professional"},
	{ROLE_ORGANISATION, "organisation"},
};

static void
names_stay_what_they_are(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < COUNT_OF(topics); i++)
		assert_string_equal(topic_name(topics[i].topic),
				    topics[i].name);
	for (size_t i = 0; i < COUNT_OF(roles); i++)
		assert_string_equal(role_name(roles[i].role), roles[i].name);
}

static void
every_topic_and_role_has_a_name_of_its_own(void **unused)
{
	(void)unused;
	for (int i = 0; i < TOPIC_COUNT; i++) {
		assert_non_null(topic_name((enum topic)i));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(topic_name((enum topic)i),
						topic_name((enum topic)k));
	}
	for (int i = 0; i < ROLE_COUNT; i++) {
		assert_non_null(role_name((enum role)i));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(role_name((enum role)i),
						role_name((enum role)k));
	}
}

static void
what_is_no_topic_and_no_role_still_has_a_name(void **unused)
{
	(void)unused;
	assert_string_equal(topic_name(TOPIC_COUNT), "unknown");
	assert_string_equal(topic_name((enum topic)4711), "unknown");
	assert_string_equal(role_name(ROLE_COUNT), "none");
}

static void
every_result_has_a_name_of_its_own(void **unused)
{
	(void)unused;
	for (int i = RC_OK; i <= RC_INTERNAL; i++)
		for (int k = RC_OK; k < i; k++)
			assert_string_not_equal(rc_name((enum rc)i),
						rc_name((enum rc)k));
	assert_string_equal(rc_name((enum rc)4711), "unknown");
}

/* Bit masks of topics and kinds are kept in 32 and 64 bits (mention.h). */
_Static_assert(TOPIC_COUNT <= 32, "topics of a mention");
_Static_assert(KIND_COUNT <= 64, "kinds of a mention");

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_stay_what_they_are),
		cmocka_unit_test(every_topic_and_role_has_a_name_of_its_own),
		cmocka_unit_test(what_is_no_topic_and_no_role_still_has_a_name),
		cmocka_unit_test(every_result_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
