#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct cli_command *const commands[] = {
	&cmd_scan,   &cmd_inspect, &cmd_people, &cmd_kinds,      &cmd_explain,
	&cmd_doctor, &cmd_key,     &cmd_help,   &cmd_completion,
};

const struct cli_command *const *
cli_commands(size_t *ret_n)
{
	*ret_n = sizeof(commands) / sizeof(*commands);
	return commands;
}

const struct cli_command *
cli_find(const char *name)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

/* Settle language and terminal, which the common options may change. */
static void
settle(struct cli *c, const struct cli_common *common)
{
	if (common->lang != NULL)
		c->french = strcmp(common->lang, "fr") == 0;
	if (common->quiet)
		c->quiet = true;
	if (common->quiet || common->no_progress)
		c->progress = false;
}

int
cli_no_memory(const struct cli *c)
{
	cli_error(c, (struct phrase){"no memory", "plus de mémoire"},
		  (struct phrase){NULL, NULL});
	return CLI_INTERNAL;
}

static int
run_command(struct cli *c, const struct cli_command *cmd, int argc, char **argv)
{
	union {
		struct cli_common common;
		unsigned char bytes[CLI_SETTINGS_MAX];
		uint64_t align;
	} settings = {.bytes = {0}};
	char **operands = calloc((size_t)argc + 1, sizeof(*operands));
	size_t n;

	if (operands == NULL)
		return cli_no_memory(c);
	int status = cli_parse(c, cmd, argc, argv, &settings, operands, &n);
	settle(c, &settings.common);
	if (settings.common.help)
		cli_help(c, cmd);
	else if (status == CLI_DONE)
		status = cmd->run(c, &settings, operands, n);
	free(operands);
	return status;
}

static int
unknown_command(const struct cli *c)
{
	cli_error(c, (struct phrase){"no such command", "commande inconnue"},
		  (struct phrase){"tocsin help lists the commands",
				  "tocsin help donne les commandes"});
	return CLI_USAGE;
}

int
cli_run(struct cli *c, int argc, char **argv)
{
	if (argc < 2) {
		cli_help(c, NULL);
		return CLI_USAGE;
	}
	const char *name = argv[1];
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
		fprintf(c->out, "tocsin %s\n", TOCSIN_VERSION);
		return CLI_DONE;
	}
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	const struct cli_command *cmd = cli_find(name);
	if (cmd == NULL)
		return unknown_command(c);
	const int status = run_command(c, cmd, argc - 2, argv + 2);
	const bool lost = fflush(c->out) != 0 || ferror(c->out) != 0;
	if (lost) {
		cli_error(c,
			  (struct phrase){"the output could not be written",
					  "la sortie n'a pas pu être écrite"},
			  (struct phrase){NULL, NULL});
		return CLI_INTERNAL;
	}
	return status;
}
