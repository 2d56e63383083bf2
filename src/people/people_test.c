/* Counting from the outside: scan, vault, jailed linking, answer. */
#include "base/check.h"
#include "people/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Forty people, each in two rows, one row without the street. */
enum { PEOPLE = 40 };

static void
write_table(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs("nom;prenom;date de naissance;email;adresse;commentaire\n", f);
	for (int row = 0; row < 2 * PEOPLE; row++) {
		const int p = row % PEOPLE;

		fprintf(f,
			"%c%cRAND;%s;%02d/%02d/"
			"19%02d;p%d.%c@exemple.fr;%s;%s\n",
			'B' + p % 20, 'A' + p / 20 * 4,
			p % 2 == 0 ? "Jeanne" : "Michel", 1 + p % 28,
			1 + p % 12, 30 + p, p * 7919, 'a' + p % 26,
			row < PEOPLE ? "12 rue des Lilas" : "",
			p == 3 ? "VIH positif" : "rien");
	}
	assert_int_equal(fclose(f), 0);
}

static struct scan_result *
scan(const char *path)
{
	const struct scan_options o = {.jobs = 1, .people = true};
	struct scan_result *r = NULL;

	assert_int_equal(scan_run(&path, 1, &o, &r), RC_OK);
	return r;
}

static void
people_are_counted_not_rows(void **state)
{
	struct scan_result *s = scan(*state);
	const struct people_options o = {.threads = 2};
	struct people_result p;

	assert_int_equal(people_count(s, &o, &p), RC_OK);
	assert_true(p.known);
	assert_int_equal(p.people, PEOPLE);
	assert_true(p.low <= PEOPLE && p.high >= PEOPLE);
	assert_int_equal(p.mentions, 2 * PEOPLE);
	assert_int_equal(p.kinds[KIND_EMAIL], PEOPLE);
	assert_int_equal(p.said[TOPIC_HIV], 1);
	assert_int_equal(p.special, 1);
	people_done(&p);
	scan_result_free(s);
}

static void
clusters_are_numbers_of_documents_records_and_people(void **state)
{
	struct scan_result *s = scan(*state);
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	const struct people_options o = {.threads = 1, .clusters = out};
	struct people_result p;
	unsigned person[2 * PEOPLE];

	assert_non_null(out);
	assert_int_equal(people_count(s, &o, &p), RC_OK);
	assert_int_equal(fclose(out), 0);
	char *line = strchr(text, '\n');
	for (unsigned i = 0; i < 2 * PEOPLE; i++) {
		char *end;

		assert_non_null(line);
		const unsigned long document = strtoul(line + 1, &end, 10);
		const unsigned long record = strtoul(end, &end, 10);
		person[i] = (unsigned)strtoul(end, &end, 10);
		assert_int_equal(document, 0);
		assert_int_equal(record, i);
		line = strchr(line + 1, '\n');
	}
	for (unsigned i = 0; i < PEOPLE; i++)
		assert_int_equal(person[i], person[i + PEOPLE]);
	free(text);
	people_done(&p);
	scan_result_free(s);
}

/* A count that leaves some out would be worse than none. */
static void
an_incomplete_vault_is_not_counted(void **state)
{
	struct scan_result *s = scan(*state);
	const struct people_options o = {.threads = 1};
	struct people_result p;

	s->people_complete = false;
	assert_int_equal(people_count(s, &o, &p), RC_OK);
	assert_false(p.known);
	assert_int_equal(p.reason, WIRE_WHY_CEILING);
	people_done(&p);
	scan_result_free(s);
}

/* A block of mentions that is none must end in "not known", not in a crash. */
static void
a_broken_vault_is_not_counted(void **state)
{
	struct scan_result *s = scan(*state);
	const struct people_options o = {.threads = 1};
	const uint8_t noise[64] = {0xFF, 0xFE, 0xFD};
	struct people_result p;

	assert_int_equal(pwrite(s->vault, noise, sizeof(noise), 0),
			 sizeof(noise));
	assert_int_equal(people_count(s, &o, &p), RC_OK);
	assert_false(p.known);
	assert_int_equal(p.people, 0);
	people_done(&p);
	scan_result_free(s);
}

static int
set_up(void **state)
{
	static char path[] = "/tmp/tocsin-people-test-XXXXXX";
	const int fd = mkstemp(path);

	assert_true(fd >= 0);
	(void)close(fd);
	write_table(path);
	*state = path;
	return 0;
}

static int
tear_down(void **state)
{
	return unlink(*state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_are_counted_not_rows),
		cmocka_unit_test(
			clusters_are_numbers_of_documents_records_and_people),
		cmocka_unit_test(an_incomplete_vault_is_not_counted),
		cmocka_unit_test(a_broken_vault_is_not_counted),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
