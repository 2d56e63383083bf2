/* tocsin key: the key of a case, which is kept apart from it. */
#include "cli/case.h"
#include "cli/show.h"
#include "crypto/crypto.h"

#include <string.h>
#include <time.h>

struct settings {
	struct cli_common common;
	bool passphrase;
	bool no_passphrase;
	bool yes;
	const char *passphrase_file;
	const char *new_passphrase_file;
};

#define OPTION(name, type, arg, field, en, fr)                        \
	{                                                             \
		name, 0, type, arg, offsetof(struct settings, field), \
		{                                                     \
			en, fr                                        \
		}                                                     \
	}

static const struct cli_option options[] = {
	OPTION("passphrase", CLI_FLAG, NULL, passphrase,
	       "new, rotate: ask for a passphrase to wrap the key",
	       "new, rotate : demande une phrase secrète pour la clé"),
	OPTION("passphrase-file", CLI_TEXT, "FILE", passphrase_file,
	       "the passphrase is the first line of FILE",
	       "la phrase secrète est la première ligne de FILE"),
	OPTION("new-passphrase-file", CLI_TEXT, "FILE", new_passphrase_file,
	       "rotate: so is that of the new key",
	       "rotate : de même pour la nouvelle clé"),
	OPTION("no-passphrase", CLI_FLAG, NULL, no_passphrase,
	       "rotate: the new key has none",
	       "rotate : la nouvelle clé n'en a pas"),
	OPTION("yes", CLI_FLAG, NULL, yes, "destroy: do it",
	       "destroy : fais-le"),
	{.name = NULL},
};

/** A call of this command. */
struct call {
	struct cli *c;
	const struct settings *set;
	const char *path;
	char keys[CLI_KEYS_MAX];
	struct cli_passphrase passphrase;
	struct case_options o;
	struct case_fault fault;
};

static int
failed(const struct call *k, const struct case_fault *f)
{
	cli_case_error(k->c, f, k->path, k->keys);
	return case_fault_is_key(f->why) ? CLI_KEY : CLI_CASE;
}

static void
print_hex(FILE *f, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%02x", p[i]);
}

static int
show_key(struct call *k)
{
	const struct cli *c = k->c;
	struct case_key key;
	char when[32] = "?";
	struct tm tm;

	if (case_key_show(&k->o, &key, &k->fault) != RC_OK)
		return failed(k, &k->fault);
	const time_t t = (time_t)key.created;
	if (gmtime_r(&t, &tm) != NULL)
		(void)strftime(when, sizeof(when), "%Y-%m-%d", &tm);
	fprintf(c->out, "%s ", c->french ? "affaire   " : "case      ");
	print_hex(c->out, key.case_id, sizeof(key.case_id));
	fprintf(c->out, "\n%s ", c->french ? "clé       " : "key       ");
	print_hex(c->out, key.key_id, sizeof(key.key_id));
	fprintf(c->out, ", %s\n%s ", when,
		c->french ? "fichier   " : "file      ");
	show_path(c->out, k->keys);
	fprintf(c->out, "/%s\n%s %s\n", key.name,
		c->french ? "phrase    " : "passphrase",
		key.wrapped ? "Argon2id, 256 MiB"
		: c->french ? "aucune"
			    : "none");
	return CLI_DONE;
}

static int
make_key(struct call *k)
{
	struct case_folder *folder;
	struct case_numbers n;

	k->o.make = true;
	k->o.wrap = k->set->passphrase || k->set->passphrase_file != NULL;
	k->passphrase.fresh = k->o.wrap;
	if (case_open(&k->o, &folder, &k->fault) != RC_OK)
		return failed(k, &k->fault);
	case_numbers(folder, &n);
	case_close(folder);
	if (!n.made) {
		cli_error(k->c,
			  (struct phrase){"there is a case, with a key",
					  "il y a un dossier, et sa clé"},
			  (struct phrase){"tocsin key rotate changes the key",
					  "tocsin key rotate change la clé"});
		return CLI_USAGE;
	}
	return show_key(k);
}

static int
rotate(struct call *k)
{
	struct case_folder *folder;
	struct case_key key;
	struct cli_passphrase fresh = {
		.c = k->c,
		.file = k->set->new_passphrase_file != NULL
				? k->set->new_passphrase_file
				: k->set->passphrase_file,
		.fresh = true,
	};

	if (case_key_show(&k->o, &key, &k->fault) != RC_OK ||
	    case_open(&k->o, &folder, &k->fault) != RC_OK)
		return failed(k, &k->fault);
	const bool wrap =
		!k->set->no_passphrase && (key.wrapped || k->set->passphrase ||
					   k->set->new_passphrase_file != NULL);
	const enum rc rc =
		case_key_rotate(folder, k->keys, wrap ? cli_ask : NULL, &fresh);
	k->fault = *case_fault(folder);
	case_close(folder);
	return rc == RC_OK ? show_key(k) : failed(k, &k->fault);
}

static int
destroy(struct call *k)
{
	if (!k->set->yes) {
		cli_error(k->c,
			  (struct phrase){"without its key nobody can open "
					  "the case again",
					  "sans sa clé plus personne n'ouvrira "
					  "le dossier"},
			  (struct phrase){"add --yes to destroy it",
					  "ajoutez --yes pour la détruire"});
		return CLI_USAGE;
	}
	if (case_key_destroy(&k->o, &k->fault) != RC_OK)
		return failed(k, &k->fault);
	if (!k->c->quiet)
		fprintf(k->c->out, "%s\n",
			k->c->french ? "clé détruite" : "key destroyed");
	return CLI_DONE;
}

static const struct {
	const char *name;
	int (*run)(struct call *k);
} ACTIONS[] = {
	{"new", make_key},
	{"show", show_key},
	{"rotate", rotate},
	{"destroy", destroy},
};

static int
run(struct cli *c, const void *settings, char **operands, size_t n)
{
	struct call k = {.c = c, .set = settings};

	if (crypto_setup() != RC_OK)
		return CLI_INTERNAL;
	if (n == 2) {
		k.path = operands[1];
		k.passphrase = (struct cli_passphrase){
			.c = c, .file = k.set->passphrase_file};
		k.o = (struct case_options){
			.path = k.path,
			.keys = cli_keys(k.keys),
			.ask = cli_ask,
			.ask_arg = &k.passphrase,
		};
		for (size_t i = 0; i < COUNT_OF(ACTIONS); i++)
			if (strcmp(operands[0], ACTIONS[i].name) == 0)
				return ACTIONS[i].run(&k);
	}
	cli_error(c,
		  (struct phrase){"new, show, rotate or destroy, and a case",
				  "new, show, rotate ou destroy, et un "
				  "dossier"},
		  (struct phrase){"tocsin help key", "tocsin help key"});
	return CLI_USAGE;
}

static const struct phrase examples[] = {
	{"tocsin key new case/", NULL},
	{"an empty case and its key file; with --passphrase the key needs one",
	 "un dossier vide et sa clé ; avec --passphrase, celle-ci en demande "
	 "une"},
	{"tocsin key show case/", NULL},
	{"which key it needs, and where that is; never the key",
	 "quelle clé il lui faut, et où elle est ; jamais la clé"},
	{"tocsin key destroy --yes case/", NULL},
	{"nobody can ever open the case again",
	 "plus personne ne pourra ouvrir le dossier"},
	{NULL, NULL},
};

const struct cli_command cmd_key = {
	.name = "key",
	.operands = "ACTION CASE",
	.summary = {"make, show, change or destroy the key of a case",
		    "crée, montre, change ou détruit la clé d'un dossier"},
	.options = options,
	.examples = examples,
	.settings_bytes = sizeof(struct settings),
	.run = run,
};
