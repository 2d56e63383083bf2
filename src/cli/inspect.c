/* tocsin inspect: how each document is understood. */
#include "cli/show.h"
#include "detect/registry/registry.h"
#include "source/sniff/sniff.h"

#include <string.h>

struct settings {
	struct cli_common common;
	bool json;
	bool no_sandbox;
	uint64_t jobs;
};

static const struct cli_option options[] = {
	{"json",
	 0,
	 CLI_FLAG,
	 NULL,
	 offsetof(struct settings, json),
	 {"print JSON, schema tocsin.inspect/1",
	  "affiche du JSON, schéma tocsin.inspect/1"}},
	{"jobs",
	 'j',
	 CLI_NUMBER,
	 "N",
	 offsetof(struct settings, jobs),
	 {"workers; default: one a processor",
	  "processus ; par défaut : un par processeur"}},
	{"no-sandbox",
	 0,
	 CLI_FLAG,
	 NULL,
	 offsetof(struct settings, no_sandbox),
	 {"read hostile files without a jail; only for testing",
	  "lit sans prison ; pour des essais seulement"}},
	{NULL, 0, CLI_FLAG, NULL, 0, {NULL, NULL}},
};

static void
print_delimiter(const struct cli *c, uint8_t d)
{
	if (d == '\t')
		fputs(c->french ? "tabulation" : "tab", c->out);
	else if (d == ' ')
		fputs(c->french ? "espace" : "space", c->out);
	else
		fprintf(c->out, "%c", d);
}

static void
print_format(const struct cli *c, const struct wire_plan *p)
{
	if (p->format != WIRE_CSV) {
		fprintf(c->out, "  %s: %s (%s)\n",
			c->french ? "format " : "format", "text",
			csv_reason_text(p->csv.main));
		return;
	}
	fprintf(c->out, "  %s: csv, %s ", c->french ? "format " : "format",
		c->french ? "séparateur" : "delimiter");
	print_delimiter(c, p->dialect.delimiter);
	if (p->dialect.quote != 0)
		fprintf(c->out, ", %s %c", c->french ? "guillemet" : "quote",
			p->dialect.quote);
	fprintf(c->out, ", %s, %u %s (%.0f %%)\n",
		p->header != 0 ? (c->french ? "en-tête" : "header")
			       : (c->french ? "sans en-tête" : "no header"),
		p->cols, c->french ? "colonnes" : "columns",
		100 * p->csv.confidence);
	for (unsigned r = 1; r < CSV_WHY_COUNT; r++)
		if ((p->csv.reasons >> r & 1) != 0)
			fprintf(c->out, "    %s\n",
				csv_reason_text((enum csv_reason)r));
}

static void
print_columns(const struct cli *c, const struct scan_document *d)
{
	for (uint32_t i = 0; i < d->plan.cols; i++) {
		const struct column_type *t = &d->types[i];
		const struct kind *kind = kind_by_id(t->kind);
		char why[COLUMN_WHY_MAX];

		(void)column_why(t, why, sizeof(why), c->french);
		fprintf(c->out, "  %4u %-24s %-18s %-13s %5.1f %%  %s\n", i + 1,
			t->name, kind == NULL ? "-" : kind->name,
			role_name(t->role),
			t->sampled == 0 ? 0.0 : 100.0 * t->filled / t->sampled,
			why);
	}
}

/* What a document is, in a word. */
static const char *
say_what(const struct cli *c, const struct scan_document *d)
{
	size_t n;

	if (d->status == SCAN_UNREAD)
		return wire_reason_text(d->reason, c->french);
	if (d->opened)
		return sniff_kinds(&n)[d->plan.kind].name;
	if (d->plan.format == WIRE_EMPTY)
		return c->french ? "vide" : "empty";
	return charset_name(d->plan.charset.charset);
}

/* The path, or below what it lies in, its name there. */
static void
print_name(const struct cli *c, const struct scan_result *r,
	   const struct scan_document *d)
{
	const char *name = d->path;

	if (d->whole != 0) {
		const struct scan_document *in = &r->documents[d->whole - 1];

		name += strlen(in->path) + strlen("!/");
		fputs("  ", c->out);
		for (; in->whole != 0; in = &r->documents[in->whole - 1])
			fputs("  ", c->out);
		fputs("> ", c->out);
	}
	show_path(c->out, name);
}

static void
print_document(const struct cli *c, const struct scan_result *r,
	       const struct scan_document *d)
{
	const struct wire_plan *p = &d->plan;
	char bytes[48];

	print_name(c, r, d);
	fprintf(c->out, "\n  %s, %s\n", show_bytes(c, d->bytes, bytes),
		say_what(c, d));
	if (d->status == SCAN_UNREAD || d->opened || p->format == WIRE_EMPTY)
		return;
	fprintf(c->out, "  %s: %s (%u %%)\n", "charset",
		charset_reason_text(p->charset.reason), p->charset.confidence);
	print_format(c, p);
	print_columns(c, d);
}

static int
print_json(const struct cli *c, const struct scan_result *r)
{
	json_t *o = json_object();
	json_t *list = json_array();

	(void)json_object_set_new(o, "schema", json_string("tocsin.inspect/1"));
	for (size_t i = 0; i < r->n_documents; i++)
		(void)json_array_append_new(list,
					    show_document(r, &r->documents[i]));
	(void)json_object_set_new(o, "documents", list);
	return show_print(c, o);
}

static int
run_inspect(struct cli *c, const void *settings, char **operands, size_t n)
{
	const struct settings *set = settings;
	const struct scan_options o = {
		.jobs = (unsigned)set->jobs,
		.no_sandbox = set->no_sandbox,
		.probe_only = true,
		.stop = c->stop,
	};
	struct scan_result *r = NULL;

	if (n == 0 || set->jobs > 256) {
		cli_error(c,
			  n == 0 ? (struct phrase){"which file?",
						   "quel fichier ?"}
				 : (struct phrase){"too many workers",
						   "trop de processus"},
			  (struct phrase){"tocsin help inspect",
					  "tocsin help inspect"});
		return CLI_USAGE;
	}
	const enum rc rc = scan_run((const char *const *)operands, n, &o, &r);
	if (rc != RC_OK) {
		cli_error(c, (struct phrase){rc_name(rc), rc_name(rc)},
			  (struct phrase){"tocsin doctor", "tocsin doctor"});
		return CLI_INTERNAL;
	}
	int status = CLI_DONE;
	if (set->json)
		status = print_json(c, r);
	for (size_t i = 0; !set->json && i < r->n_documents; i++)
		print_document(c, r, &r->documents[i]);
	if (status == CLI_DONE && r->interrupted)
		status = CLI_INTERRUPTED;
	if (status == CLI_DONE && r->unread > 0)
		status = CLI_INCOMPLETE;
	scan_result_free(r);
	return status;
}

static const struct phrase examples[] = {
	{"tocsin inspect leak.csv", NULL},
	{"format, charset and columns, with the reasons",
	 "format, jeu de caractères et colonnes, avec les raisons"},
	{"tocsin inspect --json trove/ | jq '.documents[].format'", NULL},
	{"for other programs", "pour d'autres programmes"},
	{"head -c 1M leak.csv | tocsin inspect -", NULL},
	{"from the beginning of a large file",
	 "d'après le début d'un grand fichier"},
	{NULL, NULL},
};

const struct cli_command cmd_inspect = {
	.name = "inspect",
	.operands = "PATH...",
	.summary = {"how each document is understood",
		    "comment chaque document est compris"},
	.options = options,
	.examples = examples,
	.settings_bytes = sizeof(struct settings),
	.run = run_inspect,
};
