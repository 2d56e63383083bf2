#include "detect/email/email.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static const struct {
	const char *text;
	enum kind_verdict want;
	const char *norm;
} cases[] = {
	{"jean.dupont@labo.example", KIND_VALID, "jean.dupont@labo.example"},
	{"Jean.DUPONT@Labo.Example", KIND_VALID, "jean.dupont@labo.example"},
	{" jean@labo.example\t", KIND_VALID, "jean@labo.example"},
	{"<jean@labo.example>", KIND_VALID, "jean@labo.example"},
	{"Jean Dupont <jean@labo.example>", KIND_VALID, "jean@labo.example"},
	{"mailto:jean@labo.example", KIND_VALID, "jean@labo.example"},
	{"MAILTO:jean@labo.example?subject=a@b", KIND_VALID,
	 "jean@labo.example"},
	{"a@b.fr", KIND_VALID, "a@b.fr"},
	{"o'neil+tag@x-y.example", KIND_VALID, "o'neil+tag@x-y.example"},
	{"!#$%&'*+-/=?^_`{|}~@labo.example", KIND_VALID,
	 "!#$%&'*+-/=?^_`{|}~@labo.example"},
	{"\"jean dupont\"@labo.example", KIND_VALID,
	 "\"jean dupont\"@labo.example"},
	{"\"a\\\"@b\"@labo.example", KIND_VALID, "\"a\\\"@b\"@labo.example"},
	{"fran\xC3\xA7ois@h\xC3\xB4pital.example", KIND_VALID,
	 "fran\xC3\xA7ois@h\xC3\xB4pital.example"},
	{"a@b.xn--p1ai", KIND_VALID, "a@b.xn--p1ai"},
	{"279035121518989@patient.mssante.fr", KIND_VALID,
	 "279035121518989@patient.mssante.fr"},
	{"jean@serveur.local", KIND_WEAK, "jean@serveur.local"},
	{"jean@labo.invalid", KIND_WEAK, "jean@labo.invalid"},

	{"jean@labo", KIND_NO, NULL},
	{"jean@labo.", KIND_NO, NULL},
	{"jean@labo.example.", KIND_NO, NULL},
	{"jean@.example", KIND_NO, NULL},
	{"jean@labo..example", KIND_NO, NULL},
	{"jean@-labo.example", KIND_NO, NULL},
	{"jean@labo-.example", KIND_NO, NULL},
	{"jean@labo.e", KIND_NO, NULL},
	{"jean@labo.ex4mple", KIND_NO, NULL},
	{"jean@192.168.1.20", KIND_NO, NULL},
	{"jean@[192.168.1.20]", KIND_NO, NULL},
	{"jean.@labo.example", KIND_NO, NULL},
	{".jean@labo.example", KIND_NO, NULL},
	{"jean..dupont@labo.example", KIND_NO, NULL},
	{"jean dupont@labo.example", KIND_NO, NULL},
	{"jean@dupont@labo.example", KIND_NO, NULL},
	{"jean(at)labo.example", KIND_NO, NULL},
	{"@labo.example", KIND_NO, NULL},
	{"\"\"@labo.example", KIND_NO, NULL},
	{"\"jean\\\"@labo.example", KIND_NO, NULL},
	{"\"je\"an\"@labo.example", KIND_NO, NULL},
	{"\"jean\\\\\"x\"@labo.example", KIND_NO, NULL},
	{"jean@labo.example, paul@labo.example", KIND_NO, NULL},
	{"jean@labo.example>", KIND_NO, NULL},
	{"mailto:", KIND_NO, NULL},
	{"", KIND_NO, NULL},
	{"@", KIND_NO, NULL},
};

static void
each_written_form_gets_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct norm norm;
		const enum kind_verdict got =
			kind_email.test(span_str(cases[i].text), &norm);

		if (got != cases[i].want)
			fail_msg("case %zu: got %d", i, (int)got);
		if (got == KIND_NO)
			continue;
		assert_int_equal(norm.n, strlen(cases[i].norm));
		assert_memory_equal(norm.p, cases[i].norm, norm.n);
	}
}

/* Write ${s} without its NUL at ${to}. */
static void
put(uint8_t *to, const char *s)
{
	while (*s != '\0')
		*to++ = (uint8_t)*s++;
}

static void
lengths_end_where_the_standards_say(void **state)
{
	(void)state;
	uint8_t text[300];
	struct email email;

	memset(text, 'a', sizeof(text));
	put(text + EMAIL_LOCAL_MAX, "@labo.example");
	assert_int_equal(
		email_parse((struct span){text, EMAIL_LOCAL_MAX + 13}, &email),
		KIND_VALID);
	memset(text, 'a', sizeof(text));
	put(text + EMAIL_LOCAL_MAX + 1, "@labo.example");
	assert_int_equal(
		email_parse((struct span){text, EMAIL_LOCAL_MAX + 14}, &email),
		KIND_NO);

	/* Labels of 63 and of 64 letters. */
	memset(text, 'a', sizeof(text));
	put(text, "a@");
	put(text + 2 + EMAIL_LABEL_MAX, ".fr");
	assert_int_equal(
		email_parse((struct span){text, EMAIL_LABEL_MAX + 5}, &email),
		KIND_VALID);
	text[2 + EMAIL_LABEL_MAX] = 'a';
	put(text + 3 + EMAIL_LABEL_MAX, ".fr");
	assert_int_equal(
		email_parse((struct span){text, EMAIL_LABEL_MAX + 6}, &email),
		KIND_NO);

	/* 254 bytes in all, and 255. */
	memset(text, 'a', sizeof(text));
	text[1] = '@';
	for (size_t i = 40; i < 250; i += 40)
		text[i] = '.';
	assert_int_equal(email_parse((struct span){text, EMAIL_MAX}, &email),
			 KIND_VALID);
	assert_int_equal(
		email_parse((struct span){text, EMAIL_MAX + 1}, &email),
		KIND_NO);
}

static const struct {
	const char *text;
	const char *want; /* NULL: none */
} around[] = {
	{"Contact : jean@labo.example.", "jean@labo.example"},
	{"(jean@labo.example)", "jean@labo.example"},
	{"email='jean@labo.example';", "jean@labo.example"},
	{"\xC2\xAB\xC2\xA0jean@labo.example\xC2\xA0\xC2\xBB",
	 "jean@labo.example"},
	{"\xE2\x80\x9Cjean@labo.example\xE2\x80\x9D", "jean@labo.example"},
	{"mailto:jean@labo.example?subject=x", "jean@labo.example"},
	{"{\"email\":\"jean@labo.example\"}", "jean@labo.example"},
	{"a fran\xC3\xA7ois.r@labo.example b",
	 "fran\xC3\xA7ois.r@labo.example"},
	{"\xE9\x82\xAE\xE7\xAE\xB1jean@labo.example", "jean@labo.example"},
	{"jean@labo.example:secret", "jean@labo.example"},
	{"jean@labo.example,paul", "jean@labo.example"},
	{"...jean@labo.example...", "jean@labo.example"},
	{"jean@labo.example-", "jean@labo.example"},
	{"jean@labo.example.2", "jean@labo.example"},
	{"'jean@labo.example'", "jean@labo.example"},
	{"user=jean@labo.example&x=1", "jean@labo.example"},
	{"https://jean:secret@host.example/", NULL},
	{"ftp://jean@host.example/", NULL},
	{"@jean", NULL},
	{"jean@", NULL},
	{"a @ b.example", NULL},
	{"jean@labo", NULL},
	{"x@1.5", NULL},
	{"@", NULL},
};

static void
an_address_is_found_around_its_at(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(around); i++) {
		const struct span text = span_str(around[i].text);
		const char *sign = strchr(around[i].text, '@');
		struct span got;
		const enum kind_verdict v = email_around(
			text, (size_t)(sign - around[i].text), &got);

		if ((v == KIND_NO) != (around[i].want == NULL))
			fail_msg("case %zu: got %d", i, (int)v);
		if (v != KIND_NO && !span_equal(got, span_str(around[i].want)))
			fail_msg("case %zu: another address", i);
	}
}

static void
the_parts_lie_in_the_text(void **state)
{
	(void)state;
	const struct span text = SPAN_LIT("Jean <jean@labo.example>");
	struct email email;

	assert_int_equal(email_parse(text, &email), KIND_VALID);
	assert_true(span_equal(email.local, SPAN_LIT("jean")));
	assert_true(span_equal(email.domain, SPAN_LIT("labo.example")));
	assert_ptr_equal(email.local.p, text.p + 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_written_form_gets_its_verdict),
		cmocka_unit_test(lengths_end_where_the_standards_say),
		cmocka_unit_test(an_address_is_found_around_its_at),
		cmocka_unit_test(the_parts_lie_in_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
