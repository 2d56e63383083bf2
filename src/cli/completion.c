/* Completions for the three usual shells, made from the option tables. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static void
bash_words(const struct cli *c, const struct cli_option *o)
{
	for (; o != NULL && o->name != NULL; o++)
		fprintf(c->out, " --%s", o->name);
}

static void
bash(const struct cli *c)
{
	size_t n;
	const struct cli_command *const *all = cli_commands(&n);

	fputs("_tocsin() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} words=\n"
	      "\tCOMPREPLY=()\n"
	      "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\twords=\"",
	      c->out);
	for (size_t i = 0; i < n; i++)
		if (!all[i]->hidden)
			fprintf(c->out, "%s%s", i == 0 ? "" : " ",
				all[i]->name);
	fputs("\"\n\telif [[ $cur == -* ]]; then\n"
	      "\t\tcase ${COMP_WORDS[1]} in\n",
	      c->out);
	for (size_t i = 0; i < n; i++) {
		fprintf(c->out, "\t\t%s) words=\"", all[i]->name);
		bash_words(c, all[i]->options);
		bash_words(c, cli_common_options());
		fputs("\" ;;\n", c->out);
	}
	fputs("\t\tesac\n\tfi\n"
	      "\tif [ -n \"$words\" ]; then\n"
	      "\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- "
	      "\"$cur\")\n"
	      "\telse\n\t\tmapfile -t COMPREPLY < <(compgen -f -- "
	      "\"$cur\")\n\tfi\n}\n"
	      "complete -o filenames -F _tocsin tocsin\n",
	      c->out);
}

/* A help line inside single quotes and brackets of zsh. */
static void
zsh_text(const struct cli *c, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			fputs("'\\''", c->out);
		else if (*s == '[' || *s == ']' || *s == ':')
			fprintf(c->out, "\\%c", *s);
		else
			fputc(*s, c->out);
	}
}

static void
zsh_options(const struct cli *c, const struct cli_option *o)
{
	for (; o != NULL && o->name != NULL; o++) {
		fprintf(c->out, "\t\t\t'--%s[", o->name);
		zsh_text(c, cli_say(c, o->help));
		fprintf(c->out, "]%s%s' \\\n", o->arg != NULL ? ":" : "",
			o->arg != NULL ? "value:_files" : "");
	}
}

static void
zsh(const struct cli *c)
{
	size_t n;
	const struct cli_command *const *all = cli_commands(&n);

	fputs("#compdef tocsin\n_tocsin() {\n\tlocal -a commands=(\n", c->out);
	for (size_t i = 0; i < n; i++) {
		if (all[i]->hidden)
			continue;
		fprintf(c->out, "\t\t'%s:", all[i]->name);
		zsh_text(c, cli_say(c, all[i]->summary));
		fputs("'\n", c->out);
	}
	fputs("\t)\n\tif (( CURRENT == 2 )); then\n"
	      "\t\t_describe command commands\n\t\treturn\n\tfi\n"
	      "\tcase $words[2] in\n",
	      c->out);
	for (size_t i = 0; i < n; i++) {
		fprintf(c->out, "\t%s)\n\t\t_arguments \\\n", all[i]->name);
		zsh_options(c, all[i]->options);
		zsh_options(c, cli_common_options());
		fputs("\t\t\t'*:file:_files' ;;\n", c->out);
	}
	fputs("\tesac\n}\n_tocsin \"$@\"\n", c->out);
}

static void
fish_text(const struct cli *c, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\'' || *s == '\\')
			fputc('\\', c->out);
		fputc(*s, c->out);
	}
}

static void
fish_options(const struct cli *c, const char *cmd, const struct cli_option *o)
{
	for (; o != NULL && o->name != NULL; o++) {
		fprintf(c->out,
			"complete -c tocsin -n '__fish_seen_subcommand_from "
			"%s' -l %s%s -d '",
			cmd, o->name, o->arg != NULL ? " -r" : "");
		fish_text(c, cli_say(c, o->help));
		fputs("'\n", c->out);
	}
}

static void
fish(const struct cli *c)
{
	size_t n;
	const struct cli_command *const *all = cli_commands(&n);

	for (size_t i = 0; i < n; i++) {
		if (all[i]->hidden)
			continue;
		fprintf(c->out,
			"complete -c tocsin -n __fish_use_subcommand -a %s "
			"-d '",
			all[i]->name);
		fish_text(c, cli_say(c, all[i]->summary));
		fputs("'\n", c->out);
		fish_options(c, all[i]->name, all[i]->options);
		fish_options(c, all[i]->name, cli_common_options());
	}
}

int
cli_completion(const struct cli *c, const char *shell)
{
	if (strcmp(shell, "bash") == 0)
		bash(c);
	else if (strcmp(shell, "zsh") == 0)
		zsh(c);
	else if (strcmp(shell, "fish") == 0)
		fish(c);
	else
		return CLI_USAGE;
	return CLI_DONE;
}

static int
run_completion(struct cli *c, const void *settings, char **operands, size_t n)
{
	(void)settings;
	const int status = n == 1 ? cli_completion(c, operands[0]) : CLI_USAGE;

	if (status == CLI_USAGE)
		cli_error(
			c,
			(struct phrase){"which shell?", "quel interpréteur ?"},
			(struct phrase){"tocsin completion bash, zsh or fish",
					"tocsin completion bash, zsh ou fish"});
	return status;
}

const struct cli_command cmd_completion = {
	.name = "completion",
	.operands = "bash|zsh|fish",
	.summary = {"print shell completions",
		    "affiche les complétions d'un interpréteur"},
	.settings_bytes = sizeof(struct cli_common),
	.run = run_completion,
	.hidden = true,
};
