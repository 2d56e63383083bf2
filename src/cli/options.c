#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct cli_option common[] = {
	{"help",
	 'h',
	 CLI_FLAG,
	 NULL,
	 offsetof(struct cli_common, help),
	 {"show this help", "affiche cette aide"}},
	{"quiet",
	 'q',
	 CLI_FLAG,
	 NULL,
	 offsetof(struct cli_common, quiet),
	 {"print only the result and errors",
	  "n'affiche que le résultat et les erreurs"}},
	{"no-progress",
	 0,
	 CLI_FLAG,
	 NULL,
	 offsetof(struct cli_common, no_progress),
	 {"draw no progress line", "ne dessine pas la progression"}},
	{"lang",
	 0,
	 CLI_CHOICE,
	 "fr|en",
	 offsetof(struct cli_common, lang),
	 {"language of the output", "langue de la sortie"}},
	{NULL, 0, CLI_FLAG, NULL, 0, {NULL, NULL}},
};

const struct cli_option *
cli_common_options(void)
{
	return common;
}

/* What is wrong with an argument: printed with the argument, which the user
 * typed and which is no value of the input. */
static int
refuse(const struct cli *c, const struct cli_command *cmd, const char *arg,
       struct phrase what)
{
	fprintf(c->err, "%s %s: %s\n", c->french ? "erreur :" : "error:", arg,
		cli_say(c, what));
	fprintf(c->err, "%s tocsin help %s\n",
		c->french ? "conseil :" : "hint:", cmd->name);
	return CLI_USAGE;
}

static const struct cli_option *
find_in(const struct cli_option *table, const char *name, size_t n, char letter)
{
	for (; table != NULL && table->name != NULL; table++) {
		if (letter != 0 && table->letter == letter)
			return table;
		if (letter == 0 && strlen(table->name) == n &&
		    strncmp(table->name, name, n) == 0)
			return table;
	}
	return NULL;
}

static const struct cli_option *
find(const struct cli_command *cmd, const char *name, size_t n, char letter)
{
	const struct cli_option *o = find_in(common, name, n, letter);

	return o != NULL ? o : find_in(cmd->options, name, n, letter);
}

static bool
read_number(const char *s, bool with_unit, uint64_t *ret)
{
	char *end;

	errno = 0;
	if (*s < '0' || *s > '9')
		return false;
	uint64_t v = strtoull(s, &end, 10);
	if (errno != 0)
		return false;
	static const char units[] = "KMGT";
	const bool letter = (*end | 0x20) >= 'a' && (*end | 0x20) <= 'z';
	const char *unit =
		with_unit && letter ? strchr(units, *end & ~0x20) : NULL;
	if (unit != NULL) {
		const int shift = 10 * (int)(unit - units + 1);

		if (v > UINT64_MAX >> shift)
			return false;
		v <<= shift;
		end++;
	}
	if (*end != '\0')
		return false;
	*ret = v;
	return true;
}

static bool
is_choice(const char *choices, const char *value)
{
	const size_t n = strlen(value);

	for (const char *p = choices; p != NULL; p = strchr(p, '|')) {
		if (*p == '|')
			p++;
		if (strncmp(p, value, n) == 0 && (p[n] == '|' || p[n] == '\0'))
			return n > 0 && strchr(value, '|') == NULL;
	}
	return false;
}

/* Put ${value} into the field of ${o}. NULL: fine; else what is wrong. */
static const struct phrase *
set(const struct cli_option *o, const char *value, void *settings)
{
	static const struct phrase number = {"not a number",
					     "n'est pas un nombre"};
	static const struct phrase size = {
		"not a size such as 500M or 4G",
		"n'est pas une taille comme 500M ou 4G"};
	static const struct phrase choice = {"not one of the choices",
					     "ne fait pas partie des choix"};
	void *field = (char *)settings + o->offset;

	switch (o->type) {
	case CLI_FLAG:
		memcpy(field, &(bool){true}, sizeof(bool));
		return NULL;
	case CLI_CHOICE:
		if (!is_choice(o->arg, value))
			return &choice;
		*(const char **)field = value;
		return NULL;
	case CLI_TEXT:
		*(const char **)field = value;
		return NULL;
	case CLI_NUMBER:
	case CLI_SIZE:
		break;
	}
	uint64_t v;
	if (!read_number(value, o->type == CLI_SIZE, &v))
		return o->type == CLI_SIZE ? &size : &number;
	memcpy(field, &v, sizeof(v));
	return NULL;
}

/* One option at argv[*i]; steps over the value it takes. */
static int
parse_option(const struct cli *c, const struct cli_command *cmd, int argc,
	     char **argv, int *i, void *settings)
{
	char *arg = argv[*i];
	const bool is_long = arg[1] == '-';
	const char *name = arg + (is_long ? 2 : 1);
	char *eq = is_long ? strchr(arg, '=') : NULL;
	const size_t n = eq != NULL ? (size_t)(eq - name) : strlen(name);
	char letter = '\0';
	if (!is_long)
		letter = name[0];
	const struct cli_option *o = find(cmd, name, n, letter);

	if (o == NULL)
		return refuse(
			c, cmd, arg,
			(struct phrase){"unknown option", "option inconnue"});
	const char *value = eq != NULL ? eq + 1 : NULL;
	if (!is_long && name[1] != '\0')
		value = name + 1;
	if (o->type == CLI_FLAG && value != NULL)
		return refuse(c, cmd, arg,
			      (struct phrase){"this option takes no value",
					      "cette option ne prend pas de "
					      "valeur"});
	if (o->type != CLI_FLAG && value == NULL) {
		if (*i + 1 >= argc)
			return refuse(c, cmd, arg,
				      (struct phrase){"a value is missing",
						      "il manque une valeur"});
		value = argv[++*i];
	}
	const struct phrase *wrong = set(o, value, settings);
	return wrong == NULL ? CLI_DONE : refuse(c, cmd, arg, *wrong);
}

int
cli_parse(struct cli *c, const struct cli_command *cmd, int argc, char **argv,
	  void *settings, char **operands, size_t *ret_n)
{
	bool only_operands = false;

	*ret_n = 0;
	for (int i = 0; i < argc; i++) {
		if (only_operands || argv[i][0] != '-' || argv[i][1] == '\0') {
			operands[(*ret_n)++] = argv[i];
			continue;
		}
		if (strcmp(argv[i], "--") == 0) {
			only_operands = true;
			continue;
		}
		const int status =
			parse_option(c, cmd, argc, argv, &i, settings);
		if (status != CLI_DONE)
			return status;
	}
	return CLI_DONE;
}
