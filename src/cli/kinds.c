/* tocsin kinds: the kinds of personal data known, and a way to try one. */
#include "cli/show.h"
#include "detect/registry/registry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	LINE_BYTES_MAX = 64 << 10, /* of a value, its line end not counted */
	BUFFER_BYTES = LINE_BYTES_MAX + 2, /* and its CR and LF */
	NAME_BYTES_MAX = 64,               /* of a kind that is looked for */
	NEAR_MOST = 3,                     /* kinds named in a hint */
	NEAR_EDITS = 3,                    /* letters that may be wrong in it */
	NARROW = 40, /* columns: a terminal below says nothing useful */
};

struct settings {
	struct cli_common common;
	bool json;
	const char *test;
};

static const struct cli_option options[] = {
	{"json",
	 0,
	 CLI_FLAG,
	 NULL,
	 offsetof(struct settings, json),
	 {"print JSON, schema tocsin.kinds/1",
	  "affiche du JSON, schéma tocsin.kinds/1"}},
	{"test",
	 0,
	 CLI_TEXT,
	 "KIND",
	 offsetof(struct settings, test),
	 {"read one value a line, print valid, weak or no for each",
	  "lit une valeur par ligne, affiche valid, weak ou no pour chacune"}},
	{NULL, 0, CLI_FLAG, NULL, 0, {NULL, NULL}},
};

/* What checks a value, in two words; tocsin explain has the whole sentence. */
static struct phrase
short_check(enum kind_id id)
{
	switch (id) {
	case KIND_FR_NIR:
	case KIND_IBAN:
		return (struct phrase){"modulo 97", "modulo 97"};
	case KIND_FR_RPPS:
	case KIND_FR_FINESS:
	case KIND_FR_SIRET:
	case KIND_FR_SIREN:
		return (struct phrase){"Luhn", "Luhn"};
	case KIND_PHONE:
		return (struct phrase){"numbering plan", "numérotation"};
	case KIND_BIRTH_DATE:
		return (struct phrase){"calendar", "calendrier"};
	case KIND_ADDRESS_POSTCODE:
		return (struct phrase){"department", "département"};
	case KIND_EMAIL:
		return (struct phrase){"syntax", "syntaxe"};
	case KIND_BLOOD_GROUP:
		return (struct phrase){"list of groups", "liste"};
	case KIND_PASSWORD:
		return (struct phrase){"layout", "disposition"};
	case KIND_PASSWORD_HASH:
		return (struct phrase){"format", "format"};
	case KIND_NAME_FAMILY:
	case KIND_NAME_BIRTH:
	case KIND_NAME_GIVEN:
	case KIND_NAME_FULL:
	case KIND_SEX:
	case KIND_ADDRESS_STREET:
	case KIND_ADDRESS_CITY:
	case KIND_HEALTH_NOTE:
	case KIND_ORGANISATION_NAME:
	case KIND_NONE:
	case KIND_COUNT:
		break;
	}
	return (struct phrase){"none", "aucun"};
}

/* Characters of ${s}, which are its places on a terminal. */
static size_t
wide(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

enum { NAME, COUNTRY, WHAT, CHECK, ONE_IN, SOURCE, COLUMNS };

/* One line of the table, as text. */
struct row {
	const char *cell[COLUMNS];
	char one_in[48];
};

static void
make_row(const struct cli *c, const struct kind *k, struct row *r)
{
	(void)cli_number(c, k->one_in, r->one_in);
	r->cell[NAME] = k->name;
	r->cell[COUNTRY] = k->country != NULL ? k->country
			   : c->french        ? "tous"
					      : "any";
	r->cell[WHAT] = c->french ? k->title_fr : k->title_en;
	r->cell[CHECK] = cli_say(c, short_check(k->id));
	r->cell[ONE_IN] = r->one_in;
	r->cell[SOURCE] = k->source;
}

static void
make_head(const struct cli *c, struct row *r)
{
	*r = (struct row){.cell = {
				  [NAME] = c->french ? "genre" : "kind",
				  [COUNTRY] = c->french ? "pays" : "country",
				  [WHAT] = c->french ? "quoi" : "what",
				  [CHECK] = c->french ? "contrôle" : "check",
				  [ONE_IN] = c->french ? "1 sur" : "1 in",
				  [SOURCE] = "source",
			  }};
}

/* Columns of the terminal that is printed to; SIZE_MAX: it is none. */
static size_t
terminal_columns(const struct cli *c)
{
	struct winsize w;
	const int fd = fileno(c->out);

	if (fd < 0 || !isatty(fd) || ioctl(fd, TIOCGWINSZ, &w) != 0 ||
	    w.ws_col < NARROW)
		return SIZE_MAX;
	return w.ws_col;
}

static void
print_cell(const struct cli *c, const char *cell, size_t width, bool right)
{
	const int gap = (int)(width - wide(cell));

	(void)fprintf(c->out, "%*s%s%*s  ", right ? gap : 0, "", cell,
		      right ? 0 : gap, "");
}

static void
print_row(const struct cli *c, const struct row *r,
	  const size_t width[static COLUMNS], bool folded)
{
	for (unsigned i = 0; i < CHECK; i++)
		print_cell(c, r->cell[i], width[i], false);
	if (folded)
		(void)fprintf(c->out, "%s\n    %s; %s\n", r->cell[ONE_IN],
			      r->cell[CHECK], r->cell[SOURCE]);
	if (folded)
		return;
	print_cell(c, r->cell[CHECK], width[CHECK], false);
	print_cell(c, r->cell[ONE_IN], width[ONE_IN], true);
	(void)fprintf(c->out, "%s\n", r->cell[SOURCE]);
}

/* One line a kind; two where the terminal is too narrow for one. */
static void
print_table(const struct cli *c)
{
	size_t n;
	const struct kind *const *all = kind_all(&n);
	size_t width[COLUMNS] = {0};
	size_t total = (size_t)2 * (COLUMNS - 1);
	struct row r;

	make_head(c, &r);
	for (size_t k = 0; k <= n; k++) {
		for (unsigned i = 0; i < COLUMNS; i++)
			if (wide(r.cell[i]) > width[i])
				width[i] = wide(r.cell[i]);
		if (k < n)
			make_row(c, all[k], &r);
	}
	for (unsigned i = 0; i < COLUMNS; i++)
		total += width[i];
	const bool folded = total > terminal_columns(c);
	make_head(c, &r);
	print_row(c, &r, width, folded);
	for (size_t k = 0; k < n; k++) {
		make_row(c, all[k], &r);
		print_row(c, &r, width, folded);
	}
}

static json_t *
kind_json(const struct kind *k)
{
	return json_pack("{s:s, s:s?, s:{s:s, s:s}, s:b, s:s, s:s, s:I, s:s}",
			 "kind", k->name, "country", k->country, "title", "en",
			 k->title_en, "fr", k->title_fr, "identifies",
			 (int)k->identifies, "accepts", k->accepts, "check",
			 k->check, "one_in", (json_int_t)k->one_in, "source",
			 k->source);
}

static int
print_json(const struct cli *c)
{
	size_t n;
	const struct kind *const *all = kind_all(&n);
	json_t *list = json_array();
	bool bad = list == NULL;

	for (size_t i = 0; i < n && !bad; i++)
		bad = json_array_append_new(list, kind_json(all[i])) != 0;
	json_t *o = json_pack("{s:s, s:{s:s, s:s}, s:o}", "schema",
			      "tocsin.kinds/1", "tool", "name", "tocsin",
			      "version", TOCSIN_VERSION, "kinds", list);
	if (bad || o == NULL) {
		json_decref(o);
		return CLI_INTERNAL;
	}
	return show_print(c, o);
}

/* Letters to change, add or leave out to get from ${a} to ${b}. */
static size_t
edits(const char *a, const char *b)
{
	size_t row[NAME_BYTES_MAX + 1];
	const size_t n = strnlen(b, NAME_BYTES_MAX);

	for (size_t k = 0; k <= n; k++)
		row[k] = k;
	for (size_t i = 0; a[i] != '\0' && i < NAME_BYTES_MAX; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t k = 1; k <= n; k++) {
			const size_t change = corner + (a[i] != b[k - 1]);
			const size_t gap =
				(row[k] < row[k - 1] ? row[k] : row[k - 1]) + 1;

			corner = row[k];
			row[k] = change < gap ? change : gap;
		}
	}
	return row[n];
}

/* How far ${kind} is from ${wanted}: 0 if one holds the other, or the part of
 * the name after a dot is it. */
static size_t
distance(const char *wanted, const char *kind)
{
	const char *last = strrchr(kind, '.');
	size_t d = edits(wanted, kind);

	if (strstr(kind, wanted) != NULL || strstr(wanted, kind) != NULL)
		return 0;
	if (last != NULL && edits(wanted, last + 1) < d)
		d = edits(wanted, last + 1);
	return d;
}

/* Write the kinds whose names are nearest to ${wanted}, ", " between. */
static void
nearest(const char *wanted, char *out, size_t cap)
{
	size_t n;
	const struct kind *const *all = kind_all(&n);
	const size_t half = (strlen(wanted) + 1) / 2;
	size_t best = half < NEAR_EDITS ? half : NEAR_EDITS;
	size_t named = 0;

	out[0] = '\0';
	if (*wanted == '\0' || strlen(wanted) > NAME_BYTES_MAX)
		return;
	for (size_t i = 0; i < n; i++) {
		const size_t d = distance(wanted, all[i]->name);

		best = d < best ? d : best;
	}
	for (size_t i = 0; i < n && named < NEAR_MOST; i++) {
		if (distance(wanted, all[i]->name) > best)
			continue;
		const size_t used = strlen(out);

		(void)snprintf(out + used, cap - used, "%s%s",
			       named > 0 ? ", " : "", all[i]->name);
		named++;
	}
}

static int
unknown_kind(const struct cli *c, const char *wanted)
{
	char near[(NAME_BYTES_MAX + 2) * NEAR_MOST];
	char en[sizeof(near) + 64];
	char fr[sizeof(near) + 64];

	nearest(wanted, near, sizeof(near));
	if (near[0] == '\0') {
		cli_error(c, (struct phrase){"no such kind", "genre inconnu"},
			  (struct phrase){"tocsin kinds lists the kinds",
					  "tocsin kinds donne les genres"});
		return CLI_USAGE;
	}
	(void)snprintf(en, sizeof(en), "is it one of these? %s", near);
	(void)snprintf(fr, sizeof(fr), "est-ce l'un de ceux-ci ? %s", near);
	cli_error(c, (struct phrase){"no such kind", "genre inconnu"},
		  (struct phrase){en, fr});
	return CLI_USAGE;
}

/* Values that are read and judged one by one. */
struct trial {
	const struct cli *c;
	const struct kind *kind;
	uint8_t *buffer;
	size_t n;           /* bytes in it that are not judged yet */
	bool skipping;      /* inside a line that is too long */
	uint64_t n_skipped; /* such lines */
	int error;          /* errno of a read that failed */
};

/* Judge one line without its LF. Nothing of it is ever printed. */
static void
judge(struct trial *t, struct span line)
{
	static const char *const words[] = {
		[KIND_NO] = "no\n",
		[KIND_WEAK] = "weak\n",
		[KIND_VALID] = "valid\n",
	};
	struct norm norm;
	enum kind_verdict v = KIND_NO;

	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	if (t->skipping || line.n > LINE_BYTES_MAX)
		t->n_skipped++;
	else
		v = t->kind->test(line, &norm);
	explicit_bzero(&norm, sizeof(norm));
	t->skipping = false;
	(void)fputs(words[v], t->c->out);
}

/* Judge the lines in the buffer, and keep the begun one. */
static void
take_lines(struct trial *t)
{
	size_t at = 0;

	for (;;) {
		const uint8_t *p = t->buffer + at;
		const uint8_t *end = memchr(p, '\n', t->n - at);

		if (end == NULL)
			break;
		judge(t, (struct span){p, (size_t)(end - p)});
		at += (size_t)(end - p) + 1;
	}
	t->n -= at;
	memmove(t->buffer, t->buffer + at, t->n);
	if (t->n == BUFFER_BYTES) {
		t->skipping = true;
		t->n = 0;
	}
}

/* Read standard input to its end. Answers are sent before more is waited for,
 * so that another program can ask one by one. */
static int
run_trial(struct trial *t)
{
	const struct cli *c = t->c;

	for (;;) {
		if (fflush(c->out) != 0)
			return CLI_INTERNAL;
		if (c->stop != NULL && *c->stop != 0)
			return CLI_INTERRUPTED;
		const ssize_t n = read(STDIN_FILENO, t->buffer + t->n,
				       BUFFER_BYTES - t->n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			t->error = errno;
			return CLI_INCOMPLETE;
		}
		if (n == 0)
			break;
		t->n += (size_t)n;
		take_lines(t);
	}
	if (t->n > 0 || t->skipping)
		judge(t, (struct span){t->buffer, t->n});
	return t->n_skipped > 0 ? CLI_INCOMPLETE : CLI_DONE;
}

static int
test_kind(const struct cli *c, const struct kind *kind)
{
	struct trial t = {
		.c = c,
		.kind = kind,
		.buffer = malloc(BUFFER_BYTES),
	};

	if (t.buffer == NULL)
		return cli_no_memory(c);
	if (!c->quiet && isatty(STDIN_FILENO))
		(void)fprintf(
			c->err, "%s\n",
			c->french ? "une valeur par ligne ; Ctrl-D pour finir"
				  : "one value a line; Ctrl-D ends");
	const int status = run_trial(&t);
	explicit_bzero(t.buffer, BUFFER_BYTES);
	free(t.buffer);
	if (status == CLI_INTERNAL)
		cli_error(c,
			  (struct phrase){"the output could not be written",
					  "la sortie n'a pas pu être écrite"},
			  (struct phrase){NULL, NULL});
	if (status == CLI_INCOMPLETE && t.n_skipped > 0)
		cli_error(
			c,
			(struct phrase){
				"a line was too long to be tested",
				"une ligne était trop longue pour un essai"},
			(struct phrase){"a value has 65,536 bytes at most",
					"une valeur a 65 536 octets au plus"});
	else if (status == CLI_INCOMPLETE)
		cli_error(c,
			  (struct phrase){
				  "standard input could not be read",
				  "l'entrée standard n'a pas pu être lue"},
			  (struct phrase){strerrordesc_np(t.error),
					  strerrordesc_np(t.error)});
	return status;
}

static int
run_kinds(struct cli *c, const void *settings, char **operands, size_t n)
{
	const struct settings *set = settings;

	(void)operands;
	if (n > 0) {
		cli_error(
			c,
			(struct phrase){"kinds takes no argument",
					"kinds ne prend pas d'argument"},
			(struct phrase){"tocsin explain KIND explains one; "
					"--test KIND tries it",
					"tocsin explain GENRE en explique un ; "
					"--test GENRE l'essaie"});
		return CLI_USAGE;
	}
	if (set->test != NULL && set->json) {
		cli_error(
			c,
			(struct phrase){"--test prints no JSON",
					"--test n'affiche pas de JSON"},
			(struct phrase){"leave --json out", "retirez --json"});
		return CLI_USAGE;
	}
	if (set->test != NULL) {
		const struct kind *kind = kind_by_name(span_str(set->test));

		return kind == NULL ? unknown_kind(c, set->test)
				    : test_kind(c, kind);
	}
	if (set->json)
		return print_json(c);
	print_table(c);
	return CLI_DONE;
}

static const struct phrase examples[] = {
	{"tocsin kinds", NULL},
	{"the kinds of personal data known", "les genres de données connus"},
	{"echo 01 99 00 12 34 | tocsin kinds --test phone", NULL},
	{"is this a telephone number? valid, weak or no",
	 "est-ce un numéro de téléphone ? valid, weak ou no"},
	{"tocsin kinds --json | jq -r '.kinds[].kind'", NULL},
	{"their names, for other programs",
	 "leurs noms, pour d'autres programmes"},
	{NULL, NULL},
};

const struct cli_command cmd_kinds = {
	.name = "kinds",
	.operands = "",
	.summary = {"the kinds of personal data known",
		    "les genres de données personnelles connus"},
	.options = options,
	.examples = examples,
	.settings_bytes = sizeof(struct settings),
	.run = run_kinds,
};
