#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

const char *
cli_say(const struct cli *c, struct phrase p)
{
	return c->french && p.fr != NULL ? p.fr : p.en;
}

void
cli_error(const struct cli *c, struct phrase what, struct phrase hint)
{
	fprintf(c->err, "%s %s\n",
		c->french ? "erreur :" : "error:", cli_say(c, what));
	if (hint.en != NULL)
		fprintf(c->err, "%s %s\n",
			c->french ? "conseil :" : "hint:", cli_say(c, hint));
}

const char *
cli_number(const struct cli *c, uint64_t n, char out[static 48])
{
	/* French typography parts thousands by a narrow no-break space. */
	const char *gap = c->french ? "\xE2\x80\xAF" : ",";
	char digits[24];
	const int len =
		snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);
	size_t k = 0;

	for (int i = 0; i < len && k + 4 < 48; i++) {
		if (i > 0 && (len - i) % 3 == 0) {
			memcpy(out + k, gap, strlen(gap));
			k += strlen(gap);
		}
		out[k++] = digits[i];
	}
	out[k] = '\0';
	return out;
}

static void
help_option(const struct cli *c, const struct cli_option *o)
{
	char left[64];
	char letter[8] = "    ";

	if (o->letter != 0)
		(void)snprintf(letter, sizeof(letter), "-%c, ", o->letter);
	(void)snprintf(left, sizeof(left), "%s--%s%s%s", letter, o->name,
		       o->arg != NULL ? " " : "", o->arg != NULL ? o->arg : "");
	fprintf(c->out, "  %-28s %s\n", left, cli_say(c, o->help));
}

static void
help_options(const struct cli *c, const struct cli_option *o)
{
	for (; o != NULL && o->name != NULL; o++)
		help_option(c, o);
}

static void
help_command(const struct cli *c, const struct cli_command *cmd)
{
	fprintf(c->out, "%s tocsin %s [%s] %s\n\n%s\n",
		c->french ? "usage :" : "usage:", cmd->name, "option...",
		cmd->operands, cli_say(c, cmd->summary));
	if (cmd->examples != NULL) {
		fprintf(c->out, "\n%s\n", c->french ? "Exemples" : "Examples");
		for (const struct phrase *e = cmd->examples; e->en != NULL;
		     e += 2)
			fprintf(c->out, "  %s\n      %s\n", e[0].en,
				cli_say(c, e[1]));
	}
	fputs("\nOptions\n", c->out);
	help_options(c, cmd->options);
	help_options(c, cli_common_options());
	fprintf(c->out, "\n%s man tocsin-%s\n",
		c->french ? "Voir aussi :" : "See also:", cmd->name);
}

static void
help_list(const struct cli *c)
{
	size_t n;
	const struct cli_command *const *all = cli_commands(&n);

	fprintf(c->out, "%s\n\n%s\n",
		c->french ? "usage : tocsin commande [option...] [argument...]"
			  : "usage: tocsin command [option...] [argument...]",
		c->french
			? "D'un fichier divulgué aux personnes à prévenir, "
			  "sans le divulguer encore."
			: "From a leaked file to the people who must be told, "
			  "without leaking it again.");
	fputs("\n", c->out);
	for (size_t i = 0; i < n; i++)
		if (!all[i]->hidden)
			fprintf(c->out, "  %-10s %s\n", all[i]->name,
				cli_say(c, all[i]->summary));
	fprintf(c->out, "\n%s\n",
		c->french ? "Aide d'une commande : tocsin help COMMANDE"
			  : "Help on a command: tocsin help COMMAND");
}

void
cli_help(const struct cli *c, const struct cli_command *cmd)
{
	if (cmd == NULL)
		help_list(c);
	else
		help_command(c, cmd);
}

static int
run_help(struct cli *c, const void *settings, char **operands, size_t n)
{
	(void)settings;
	const struct cli_command *cmd = n > 0 ? cli_find(operands[0]) : NULL;

	if (n > 0 && cmd == NULL) {
		cli_error(
			c,
			(struct phrase){"no such command", "commande inconnue"},
			(struct phrase){"tocsin help lists the commands",
					"tocsin help donne les commandes"});
		return CLI_USAGE;
	}
	cli_help(c, cmd);
	return CLI_DONE;
}

static const struct phrase examples[] = {
	{"tocsin help", NULL},
	{"the commands", "les commandes"},
	{"tocsin help scan", NULL},
	{"one of them", "l'une d'elles"},
	{NULL, NULL},
};

const struct cli_command cmd_help = {
	.name = "help",
	.operands = "[COMMAND]",
	.summary = {"explain the commands", "explique les commandes"},
	.examples = examples,
	.settings_bytes = sizeof(struct cli_common),
	.run = run_help,
};
