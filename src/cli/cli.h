/* cli: the command line, a thin skin. A command is one file with its table of
 * options; the table is what parses the arguments and prints --help and the
 * completions, so that they cannot disagree. */
#ifndef TOCSIN_CLI_CLI_H
#define TOCSIN_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** Exit statuses: part of the contract with scripts. */
enum cli_exit {
	CLI_DONE = 0,
	CLI_FOUND = 1, /* done, and --fail-on met */
	CLI_USAGE = 2,
	CLI_INCOMPLETE = 3, /* done, but some input was not read */
	CLI_CASE = 4,
	CLI_KEY = 5,
	CLI_PEER = 6,
	CLI_INTERNAL = 70,
	CLI_INTERRUPTED = 130,
};

/** What every command knows of the world around it. */
struct cli {
	FILE *out;
	FILE *err;
	bool french;
	bool quiet;
	bool progress; /* draw it: standard error is a terminal */
	bool colour;   /* standard output is a terminal, no NO_COLOR */
	const volatile int *stop; /* not 0 after an interrupt */
};

/** A phrase in both languages. */
struct phrase {
	const char *en;
	const char *fr;
};

enum cli_type {
	CLI_FLAG,   /* bool */
	CLI_TEXT,   /* const char * */
	CLI_NUMBER, /* uint64_t */
	CLI_SIZE,   /* uint64_t, with K, M, G, T */
	CLI_CHOICE, /* const char *, one of those in arg: "fr|en" */
};

/** One option. The last of a table has no name. */
struct cli_option {
	const char *name; /* "jobs" for --jobs */
	char letter;      /* 'j' for -j; 0: none */
	enum cli_type type;
	const char *arg; /* "N", "FILE"; for a choice, the choices */
	size_t offset;   /* of its field in the command's struct */
	struct phrase help;
};

/** One command. */
struct cli_command {
	const char *name;
	const char *operands; /* "PATH..." */
	struct phrase summary;
	const struct cli_option *options;
	const struct phrase *examples; /* "command" / what it does; ends NULL */
	size_t settings_bytes;
	int (*run)(struct cli *c, const void *settings, char **operands,
		   size_t n);
	bool hidden;
};

/** Options that every command has; at the start of every settings struct. */
struct cli_common {
	bool help;
	bool quiet;
	bool no_progress;
	const char *lang;
};

enum { CLI_SETTINGS_MAX = 512 };

/**
 * cli_commands(ret_n):
 * All commands, in the order of the manual.
 */
const struct cli_command *const *cli_commands(size_t *ret_n);

/**
 * cli_find(name):
 * The command ${name}, or NULL.
 */
const struct cli_command *cli_find(const char *name);

/**
 * cli_common_options():
 * The options that every command has.
 */
const struct cli_option *cli_common_options(void);

/**
 * cli_parse(c, cmd, argc, argv, settings, operands, ret_n):
 * Read the arguments of ${cmd} into ${settings}, and the others into
 * ${operands} (room for ${argc}). Options may stand after operands; "--" ends
 * them.
 *
 * Returns  CLI_DONE, or CLI_USAGE after saying what is wrong in two lines.
 */
int cli_parse(struct cli *c, const struct cli_command *cmd, int argc,
	      char **argv, void *settings, char **operands, size_t *ret_n);

/**
 * cli_help(c, cmd):
 * Print the help of ${cmd}, or the list of commands for NULL.
 */
void cli_help(const struct cli *c, const struct cli_command *cmd);

/**
 * cli_completion(c, shell):
 * Print the completions for bash, zsh or fish, made from the tables.
 *
 * Returns  CLI_DONE, or CLI_USAGE for another shell.
 */
int cli_completion(const struct cli *c, const char *shell);

/**
 * cli_run(c, argc, argv):
 * Run the program. Returns its exit status.
 */
int cli_run(struct cli *c, int argc, char **argv);

/**
 * cli_error(c, what, hint):
 * Print one "error:" line and one "hint:" line. Neither may hold a value of
 * the input.
 */
void cli_error(const struct cli *c, struct phrase what, struct phrase hint);

/**
 * cli_no_memory(c):
 * Say that there is no memory. Returns CLI_INTERNAL.
 */
int cli_no_memory(const struct cli *c);

/**
 * cli_say(c, p):
 * The phrase ${p} in the language of ${c}.
 */
const char *cli_say(const struct cli *c, struct phrase p);

/**
 * cli_number(c, n, out):
 * Write ${n} with its thousands apart: 491,840 or 491 840.
 *
 * Returns  ${out}.
 */
const char *cli_number(const struct cli *c, uint64_t n, char out[static 48]);

extern const struct cli_command cmd_scan, cmd_inspect, cmd_people, cmd_kinds,
	cmd_explain, cmd_doctor, cmd_key, cmd_help, cmd_completion;

#endif
