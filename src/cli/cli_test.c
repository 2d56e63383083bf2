#include "base/check.h"
#include "base/span.h"
#include "cli/cli.h"
#include "detect/registry/registry.h"
#include "sandbox/jail.h"

#include <stdlib.h>
#include <string.h>

enum { ARGS_MAX = 8 };

/** A command line whose streams are memory. */
struct run {
	struct cli c;
	char *out;
	char *err;
	size_t n_out, n_err;
};

static void
open_run(struct run *r, bool french)
{
	*r = (struct run){.c = {.french = french}};
	r->c.out = open_memstream(&r->out, &r->n_out);
	r->c.err = open_memstream(&r->err, &r->n_err);
	assert_non_null(r->c.out);
	assert_non_null(r->c.err);
}

/* Make what was printed readable. */
static void
flush_run(struct run *r)
{
	assert_int_equal(fflush(r->c.out), 0);
	assert_int_equal(fflush(r->c.err), 0);
}

static void
close_run(struct run *r)
{
	assert_int_equal(fclose(r->c.out), 0);
	assert_int_equal(fclose(r->c.err), 0);
	free(r->out);
	free(r->err);
}

/* Split ${line} at blanks into ${argv}; "" is an empty argument. */
static int
split(char *line, char *argv[static ARGS_MAX + 1])
{
	char *save = NULL;
	int n = 0;

	for (char *p = strtok_r(line, " ", &save); p != NULL;
	     p = strtok_r(NULL, " ", &save)) {
		assert_true(n < ARGS_MAX);
		argv[n++] = strcmp(p, "\"\"") == 0 ? p + 2 : p;
	}
	argv[n] = NULL;
	return n;
}

/* Run "tocsin ${args}". */
static int
run_line(struct run *r, const char *args)
{
	char line[256];
	char *argv[ARGS_MAX + 1];

	(void)snprintf(line, sizeof(line), "tocsin %s", args);
	const int argc = split(line, argv);
	const int status = cli_run(&r->c, argc, argv);

	flush_run(r);
	return status;
}

/* Lines of ${s} that start with ${start}. */
static size_t
lines_with(const char *s, const char *start)
{
	size_t n = 0;

	while (s != NULL && *s != '\0') {
		n += strncmp(s, start, strlen(start)) == 0;
		s = strchr(s, '\n');
		s = s == NULL ? NULL : s + 1;
	}
	return n;
}

/* What the doctor finds is for the test to say: the sandbox itself is tested
 * where it lives. This definition is taken before the library's. */
static struct jail_report report;
static enum rc probe_rc;

enum rc
jail_probe(struct jail_report *ret_report)
{
	*ret_report = report;
	return probe_rc;
}

/** Options of every type, for a command that does nothing. */
struct settings {
	struct cli_common common;
	bool flag;
	const char *text;
	uint64_t number;
	uint64_t size;
	const char *choice;
};

#define AT(field) offsetof(struct settings, field)
#define HELP             \
	{                \
		"h", "h" \
	}

static const struct cli_option options[] = {
	{"flag", 'f', CLI_FLAG, NULL, AT(flag), HELP},
	{"text", 't', CLI_TEXT, "FILE", AT(text), HELP},
	{"number", 'n', CLI_NUMBER, "N", AT(number), HELP},
	{"size", 0, CLI_SIZE, "SIZE", AT(size), HELP},
	{"choice", 0, CLI_CHOICE, "people|special", AT(choice), HELP},
	{NULL, 0, CLI_FLAG, NULL, 0, {NULL, NULL}},
};

static const struct cli_command command = {
	.name = "nothing",
	.operands = "",
	.summary = HELP,
	.options = options,
	.settings_bytes = sizeof(struct settings),
};

/* Parse ${args}; operands are counted only. */
static int
parse(struct run *r, const char *args, struct settings *set, size_t *ret_n)
{
	static char line[256]; /* settings point into it */
	char *argv[ARGS_MAX + 1];
	char *operands[ARGS_MAX];

	memset(set, 0, sizeof(*set));
	(void)snprintf(line, sizeof(line), "%s", args);
	const int argc = split(line, argv);
	const int status =
		cli_parse(&r->c, &command, argc, argv, set, operands, ret_n);

	flush_run(r);
	return status;
}

static const struct {
	const char *args;
	bool flag;
	const char *text;
	uint64_t number;
	uint64_t size;
	const char *choice;
	size_t operands;
} accepted[] = {
	{"", false, NULL, 0, 0, NULL, 0},
	{"a b c", false, NULL, 0, 0, NULL, 3},
	{"--flag", true, NULL, 0, 0, NULL, 0},
	{"-f a", true, NULL, 0, 0, NULL, 1},
	{"--number 7", false, NULL, 7, 0, NULL, 0},
	{"--number=7", false, NULL, 7, 0, NULL, 0},
	{"-n 7", false, NULL, 7, 0, NULL, 0},
	{"-n7", false, NULL, 7, 0, NULL, 0},
	{"--number 0", false, NULL, 0, 0, NULL, 0},
	{"--number 18446744073709551615", false, NULL, UINT64_MAX, 0, NULL, 0},
	{"-n 1 -n 2", false, NULL, 2, 0, NULL, 0},
	{"--text x", false, "x", 0, 0, NULL, 0},
	{"--text=a=b", false, "a=b", 0, 0, NULL, 0},
	{"--text=", false, "", 0, 0, NULL, 0},
	{"--text --flag", false, "--flag", 0, 0, NULL, 0},
	{"-t -", false, "-", 0, 0, NULL, 0},
	{"--size 500", false, NULL, 0, 500, NULL, 0},
	{"--size 1K", false, NULL, 0, 1024, NULL, 0},
	{"--size 500M", false, NULL, 0, UINT64_C(500) << 20, NULL, 0},
	{"--size 4g", false, NULL, 0, UINT64_C(4) << 30, NULL, 0},
	{"--size 16777215T", false, NULL, 0, UINT64_C(16777215) << 40, NULL, 0},
	{"--choice people", false, NULL, 0, 0, "people", 0},
	{"--choice=special", false, NULL, 0, 0, "special", 0},
	{"a --flag b", true, NULL, 0, 0, NULL, 2},
	{"- --flag", true, NULL, 0, 0, NULL, 1},
	{"-- --flag -n", false, NULL, 0, 0, NULL, 2},
	{"-- --", false, NULL, 0, 0, NULL, 1},
	{"\"\"", false, NULL, 0, 0, NULL, 1},
};

static void
same_text(const char *got, const char *want)
{
	assert_int_equal(got == NULL, want == NULL);
	if (got != NULL)
		assert_string_equal(got, want);
}

static void
what_the_table_allows_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(accepted); i++) {
		struct run r;
		struct settings set;
		size_t n;

		open_run(&r, false);
		assert_int_equal(parse(&r, accepted[i].args, &set, &n),
				 CLI_DONE);
		assert_int_equal(set.flag, accepted[i].flag);
		same_text(set.text, accepted[i].text);
		assert_true(set.number == accepted[i].number);
		assert_true(set.size == accepted[i].size);
		same_text(set.choice, accepted[i].choice);
		assert_int_equal(n, accepted[i].operands);
		assert_string_equal(r.err, "");
		close_run(&r);
	}
}

static const char *const refused[] = {
	"--nothing",
	"--fla",
	"--flags",
	"-x",
	"-ft",
	"--flag=yes",
	"--=1",
	"--number",
	"-n",
	"--number=",
	"--number \"\"",
	"--number x",
	"--number -1",
	"--number +1",
	"--number 1x",
	"--number 1K",
	"--number 0x10",
	"--number 18446744073709551616",
	"--size",
	"--size G",
	"--size 4GB",
	"--size 4X",
	"--size -4G",
	"--size 16777216T",
	"--size 99999999999999999999",
	"--choice",
	"--choice=",
	"--choice peopl",
	"--choice people|special",
	"--choice |special",
	"--choice Special",
	"--lang de",
	"--lang fr|en",
};

static void
a_wrong_argument_costs_one_line_and_a_hint(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct run r;
		struct settings set;
		size_t n;

		open_run(&r, false);
		if (parse(&r, refused[i], &set, &n) != CLI_USAGE)
			fail_msg("taken: %s", refused[i]);
		assert_string_equal(r.out, "");
		assert_int_equal(lines_with(r.err, ""), 2);
		assert_int_equal(lines_with(r.err, "error: "), 1);
		assert_int_equal(lines_with(r.err, "hint: "), 1);
		close_run(&r);
	}
}

/* A blank is no unit. It cannot stand in the table, which splits at blanks. */
static void
a_size_with_a_blank_is_refused(void **state)
{
	char option[] = "--size";
	char value[] = "4 ";
	char *argv[] = {option, value, NULL};
	char *operands[2];
	struct settings set = {.size = 0};
	struct run r;
	size_t n;

	(void)state;
	open_run(&r, false);
	assert_int_equal(cli_parse(&r.c, &command, 2, argv, &set, operands, &n),
			 CLI_USAGE);
	close_run(&r);
}

static const struct {
	uint64_t n;
	const char *en;
	const char *fr;
} numbers[] = {
	{0, "0", "0"},
	{7, "7", "7"},
	{999, "999", "999"},
	{1000, "1,000", "1\u202F000"},
	{491840, "491,840", "491\u202F840"},
	{1000000, "1,000,000", "1\u202F000\u202F000"},
	{999999999999999, "999,999,999,999,999",
	 "999\u202F999\u202F999\u202F999\u202F999"},
};

static void
thousands_are_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		const struct cli en = {.french = false};
		const struct cli fr = {.french = true};
		char out[48];

		assert_string_equal(cli_number(&en, numbers[i].n, out),
				    numbers[i].en);
		assert_string_equal(cli_number(&fr, numbers[i].n, out),
				    numbers[i].fr);
	}
}

/* No number is ever shown with digits missing. */
static void
the_largest_number_keeps_its_digits(void **state)
{
	(void)state;
	for (int french = 0; french < 2; french++) {
		const struct cli c = {.french = french == 1};
		char out[48];
		size_t digits = 0;
		const char *p = cli_number(&c, UINT64_MAX, out);

		for (; *p != '\0'; p++)
			digits += is_digit((uint8_t)*p);
		assert_int_equal(digits, 20);
	}
}

/* Bytes that the field of an option of ${type} takes. */
static size_t
field_bytes(enum cli_type type)
{
	switch (type) {
	case CLI_FLAG:
		return sizeof(bool);
	case CLI_TEXT:
	case CLI_CHOICE:
		return sizeof(const char *);
	case CLI_NUMBER:
	case CLI_SIZE:
		break;
	}
	return sizeof(uint64_t);
}

static void
check_option(const struct cli_command *cmd, const struct cli_option *o)
{
	assert_non_null(o->help.en);
	assert_non_null(o->help.fr);
	assert_int_equal(o->arg == NULL, o->type == CLI_FLAG);
	assert_true(o->offset >= sizeof(struct cli_common));
	assert_true(o->offset + field_bytes(o->type) <= cmd->settings_bytes);
	for (const struct cli_option *k = cmd->options; k != o; k++) {
		assert_string_not_equal(k->name, o->name);
		assert_true(k->letter == 0 || k->letter != o->letter);
	}
	for (const struct cli_option *k = cli_common_options(); k->name != NULL;
	     k++) {
		assert_string_not_equal(k->name, o->name);
		assert_true(k->letter == 0 || k->letter != o->letter);
	}
}

static void
every_command_is_whole(void **state)
{
	size_t n;
	const struct cli_command *const *all = cli_commands(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const struct cli_command *cmd = all[i];

		assert_ptr_equal(cli_find(cmd->name), cmd);
		assert_non_null(cmd->operands);
		assert_non_null(cmd->summary.en);
		assert_non_null(cmd->summary.fr);
		assert_true(cmd->run != NULL);
		assert_in_range(cmd->settings_bytes, sizeof(struct cli_common),
				CLI_SETTINGS_MAX);
		for (const struct cli_option *o = cmd->options;
		     o != NULL && o->name != NULL; o++)
			check_option(cmd, o);
		for (const struct phrase *e = cmd->examples;
		     e != NULL && e->en != NULL; e += 2) {
			assert_non_null(e[1].en);
			assert_non_null(e[1].fr);
		}
	}
}

static void
help_names_every_option_in_both_languages(void **state)
{
	size_t n;
	const struct cli_command *const *all = cli_commands(&n);

	(void)state;
	for (size_t i = 0; i < 2 * n; i++) {
		const struct cli_command *cmd = all[i / 2];
		struct run r;

		open_run(&r, i % 2 == 1);
		cli_help(&r.c, cmd);
		flush_run(&r);
		assert_non_null(strstr(r.out, cli_say(&r.c, cmd->summary)));
		for (const struct cli_option *o = cmd->options;
		     o != NULL && o->name != NULL; o++) {
			char name[64];

			(void)snprintf(name, sizeof(name), "--%s", o->name);
			assert_non_null(strstr(r.out, name));
			assert_non_null(strstr(r.out, cli_say(&r.c, o->help)));
		}
		close_run(&r);
	}
}

/* Does ${text} offer ${cmd} and its options, each after ${dash}? */
static void
check_offered(const char *text, const struct cli_command *cmd, const char *dash)
{
	assert_non_null(strstr(text, cmd->name));
	for (const struct cli_option *o = cmd->options;
	     o != NULL && o->name != NULL; o++) {
		char name[64];

		(void)snprintf(name, sizeof(name), "%s%s", dash, o->name);
		assert_non_null(strstr(text, name));
	}
}

static void
completions_offer_every_command_and_option(void **state)
{
	static const struct {
		const char *shell, *dash;
	} shells[] = {{"bash", "--"}, {"zsh", "--"}, {"fish", "-l "}};
	size_t n;
	const struct cli_command *const *all = cli_commands(&n);

	(void)state;
	for (size_t s = 0; s < COUNT_OF(shells); s++) {
		struct run r;

		open_run(&r, false);
		assert_int_equal(cli_completion(&r.c, shells[s].shell),
				 CLI_DONE);
		flush_run(&r);
		for (size_t i = 0; i < n; i++)
			if (!all[i]->hidden)
				check_offered(r.out, all[i], shells[s].dash);
		close_run(&r);
	}
}

static const struct {
	const char *args;
	int status;
} lines[] = {
	{"", CLI_USAGE},
	{"--version", CLI_DONE},
	{"--help", CLI_DONE},
	{"help", CLI_DONE},
	{"help kinds", CLI_DONE},
	{"help nonsense", CLI_USAGE},
	{"nonsense", CLI_USAGE},
	{"kinds --help", CLI_DONE},
	{"kinds nonsense", CLI_USAGE},
	{"kinds --test nonsense", CLI_USAGE},
	{"kinds --test phone --json", CLI_USAGE},
	{"kinds", CLI_DONE},
	{"kinds --json", CLI_DONE},
	{"doctor nonsense", CLI_USAGE},
	{"explain", CLI_USAGE},
	{"explain nonsense", CLI_USAGE},
	{"explain phone email", CLI_USAGE},
	{"explain person", CLI_USAGE},
	{"explain person 12", CLI_USAGE},
	{"explain 3", CLI_USAGE},
	{"explain phone --in file", CLI_USAGE},
	{"explain phone", CLI_DONE},
	{"explain hiv", CLI_DONE},
	{"explain hiv --json", CLI_DONE},
	{"completion ksh", CLI_USAGE},
	{"completion bash", CLI_DONE},
};

static void
statuses_are_those_of_the_manual(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct run r;

		open_run(&r, false);
		const int status = run_line(&r, lines[i].args);
		if (status != lines[i].status)
			fail_msg("tocsin %s: %d", lines[i].args, status);
		if (status == CLI_DONE) {
			assert_string_equal(r.err, "");
			assert_true(r.n_out > 0);
		} else if (lines[i].args[0] != '\0') {
			assert_string_equal(r.out, "");
			assert_int_equal(lines_with(r.err, "error: "), 1);
			assert_int_equal(lines_with(r.err, "hint: "), 1);
		}
		close_run(&r);
	}
}

/* The text of every kind, and the order of the French ones. */
static void
every_kind_is_explained_in_both_languages(void **state)
{
	size_t n;
	const struct kind *const *all = kind_all(&n);

	(void)state;
	for (size_t i = 0; i < 2 * n; i++) {
		const struct kind *k = all[i / 2];
		const bool french = i % 2 == 1;
		char args[96];
		struct run r;

		open_run(&r, french);
		(void)snprintf(args, sizeof(args), "explain %s", k->name);
		assert_int_equal(run_line(&r, args), CLI_DONE);
		assert_non_null(
			strstr(r.out, french ? k->title_fr : k->title_en));
		/* Nothing is left in the other language. */
		assert_int_equal(
			lines_with(r.out, french ? "accepted" : "accepté"), 0);
		assert_int_equal(
			lines_with(r.out, french ? "accepté" : "accepted"), 1);
		close_run(&r);
	}
}

/* The examples of a topic are judged when they are shown: one is said, one is
 * tested, one is of somebody else. The rules stand above, one line each. */
static void
every_topic_shows_what_it_says_it_does(void **state)
{
	static const char *const words[2][3] = {{"said ", "tested ", "other "},
						{"dit ", "testé ", "autrui "}};

	(void)state;
	for (int i = 0; i < 2 * TOPIC_COUNT; i++) {
		const bool french = i % 2 == 1;
		char args[96];
		struct run r;

		open_run(&r, french);
		(void)snprintf(args, sizeof(args), "explain %s",
			       topic_name((enum topic)(i / 2)));
		assert_int_equal(run_line(&r, args), CLI_DONE);
		for (size_t w = 0; w < 3; w++)
			if (lines_with(r.out, words[french][w]) != 2)
				fail_msg("%s: %s", args, words[french][w]);
		close_run(&r);
	}
}

static const struct {
	uint32_t missing;
	enum rc rc;
	int status;
	const char *text;
} patients[] = {
	{0, RC_OK, CLI_DONE, "Scans are protected."},
	{JAIL_NET | JAIL_SCOPE, RC_OK, CLI_DONE, "Scans are protected."},
	{JAIL_PATHS, RC_OK, CLI_INCOMPLETE, "Scans are NOT protected"},
	{JAIL_CALLS, RC_OK, CLI_INCOMPLETE, "Scans are NOT protected"},
	{JAIL_LIMITS, RC_OK, CLI_INCOMPLETE, "Scans are NOT protected"},
	{JAIL_NO_CORE, RC_OK, CLI_INCOMPLETE, "Scans are NOT protected"},
	{JAIL_NO_NEW_PRIVS, RC_OK, CLI_INCOMPLETE, "Scans are NOT protected"},
	{0, RC_IO, CLI_INCOMPLETE, "Scans are NOT protected"},
};

static size_t
bits(uint32_t v)
{
	return (size_t)__builtin_popcount(v);
}

static void
the_doctor_tells_each_missing_layer(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(patients); i++) {
		const uint32_t missing = patients[i].missing;
		struct run r;

		report.layers = ((1U << JAIL_LAYERS) - 1) & ~missing;
		probe_rc = patients[i].rc;
		open_run(&r, false);
		assert_int_equal(run_line(&r, "doctor"), patients[i].status);
		assert_non_null(strstr(r.out, patients[i].text));
		assert_int_equal(lines_with(r.out, "MISSING"),
				 bits(missing & JAIL_REQUIRED));
		assert_int_equal(lines_with(r.out, "absent"),
				 bits(missing & ~(uint32_t)JAIL_REQUIRED));
		close_run(&r);

		open_run(&r, false);
		assert_int_equal(run_line(&r, "doctor --json"),
				 patients[i].status);
		assert_non_null(
			strstr(r.out, patients[i].status == CLI_DONE
					      ? "\"protected\": true"
					      : "\"protected\": false"));
		close_run(&r);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_table_allows_is_read),
		cmocka_unit_test(a_wrong_argument_costs_one_line_and_a_hint),
		cmocka_unit_test(a_size_with_a_blank_is_refused),
		cmocka_unit_test(thousands_are_apart),
		cmocka_unit_test(the_largest_number_keeps_its_digits),
		cmocka_unit_test(every_command_is_whole),
		cmocka_unit_test(help_names_every_option_in_both_languages),
		cmocka_unit_test(completions_offer_every_command_and_option),
		cmocka_unit_test(statuses_are_those_of_the_manual),
		cmocka_unit_test(every_kind_is_explained_in_both_languages),
		cmocka_unit_test(every_topic_shows_what_it_says_it_does),
		cmocka_unit_test(the_doctor_tells_each_missing_layer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
