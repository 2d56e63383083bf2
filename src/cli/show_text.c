/* What a scan found, for a person on a terminal. */
#include "base/mention.h"
#include "cli/show.h"
#include "detect/registry/registry.h"

#include <stdio.h>
#include <string.h>

enum { HOLDERS_SHOWN = 40, CLASSES_SHOWN = 5 };

void
show_path(FILE *f, const char *path)
{
	for (const unsigned char *p = (const unsigned char *)path; *p != '\0';
	     p++)
		fputc(*p < 0x20 || *p == 0x7F ? '?' : *p, f);
}

const char *
show_bytes(const struct cli *c, uint64_t n, char out[static 48])
{
	static const char *const en[] = {"bytes", "kB", "MB", "GB", "TB"};
	static const char *const fr[] = {"octets", "ko", "Mo", "Go", "To"};
	double v = (double)n;
	size_t unit = 0;

	while (v >= 1000 && unit + 1 < COUNT_OF(en)) {
		v /= 1000;
		unit++;
	}
	(void)snprintf(out, 32, "%.*f %s", unit > 0 && v < 10 ? 1 : 0, v,
		       (c->french ? fr : en)[unit]);
	return out;
}

void
show_holder_id(const struct wire_holder *h, char out[static 48])
{
	if (h->kind == KIND_FR_FINESS)
		code_unpack(h->code, out);
	else
		(void)snprintf(out, 32, "%014llu", (unsigned long long)h->code);
}

void
show_rules(char out[static RULES_HEX])
{
	size_t n;
	const struct kind *const *all = kind_all(&n);
	uint64_t h = span_hash(span_str(TOCSIN_VERSION), 1);

	for (size_t i = 0; i < n; i++) {
		h = span_hash(span_str(all[i]->name), h);
		h = span_hash(span_str(all[i]->accepts), h);
		h = span_hash(span_str(all[i]->check), h);
		for (const struct kind_header *k = all[i]->headers;
		     k != NULL && k->words != NULL; k++)
			h = span_hash(span_str(k->words), h + k->strength);
	}
	(void)snprintf(out, RULES_HEX, "%016llx", (unsigned long long)h);
}

static const char *
bold(const struct cli *c)
{
	return c->colour ? "\033[1m" : "";
}

static const char *
plain(const struct cli *c)
{
	return c->colour ? "\033[0m" : "";
}

static void
heading(const struct cli *c, struct phrase p, struct phrase a, struct phrase b)
{
	fprintf(c->out, "\n%s%-34s%14s%14s%s\n", bold(c), cli_say(c, p),
		cli_say(c, a), cli_say(c, b), plain(c));
}

/* A number in a column: narrow no-break spaces are three bytes each, but one
 * place wide. */
static void
column(const struct cli *c, bool known, uint64_t n)
{
	char text[48];
	int wide = 0;

	(void)cli_number(c, n, text);
	if (!known)
		(void)snprintf(text, sizeof(text), "-");
	for (const char *p = text; *p != '\0'; p++)
		wide += ((unsigned char)*p & 0xC0) != 0x80;
	fprintf(c->out, "%*s%s", 14 - wide, "", text);
}

static void
line(const struct cli *c, const char *name, bool known, uint64_t a, uint64_t b)
{
	int wide = 0;

	for (const char *p = name; *p != '\0'; p++)
		wide += ((unsigned char)*p & 0xC0) != 0x80;
	fprintf(c->out, "  %s%*s", name, wide < 32 ? 32 - wide : 0, "");
	column(c, known, a);
	column(c, true, b);
	fputc('\n', c->out);
}

static void
not_counted(const struct cli *c, const struct people_result *p)
{
	fprintf(c->out,
		c->french ? "personnes non comptées : %s\n"
			  : "people not counted: %s\n",
		p->reason == WIRE_WHY_NONE
			? (c->french ? "non demandé" : "not asked for")
			: wire_reason_text(p->reason, c->french));
}

static void
sentence(const struct cli *c, const struct outcome *o)
{
	const struct people_result *p = o->people;
	char a[48];
	char low[48];
	char high[48];
	char n[48];
	char prof[48];

	(void)cli_number(c, p->people, a);
	(void)cli_number(c, p->low, low);
	(void)cli_number(c, p->high, high);
	(void)cli_number(c, o->scan->rows, n);
	(void)cli_number(c, p->professionals, prof);
	if (!p->known) {
		fprintf(c->out,
			c->french ? "%s enregistrements ; " : "%s records; ",
			n);
		not_counted(c, p);
		return;
	}
	fprintf(c->out,
		c->french ? "%s%s personnes%s (95 %% : de %s à %s) dans %s "
			    "enregistrements"
			  : "%s%s people%s (95 %%: %s to %s) in %s records",
		bold(c), a, plain(c), low, high, n);
	if (p->professionals > 0)
		fprintf(c->out,
			c->french ? ", et %s professionnels de santé à part"
				  : ", and %s health professionals apart",
			prof);
	fputs(".\n", c->out);
}

static void
kinds(const struct cli *c, const struct outcome *o)
{
	heading(c, (struct phrase){"What", "Quoi"},
		(struct phrase){"people", "personnes"},
		(struct phrase){"findings", "trouvés"});
	for (unsigned k = 1; k < KIND_COUNT; k++) {
		const struct kind *kind = kind_by_id((enum kind_id)k);
		const uint64_t n = o->scan->kinds[k].findings;

		if (n > 0 && kind != NULL)
			line(c, c->french ? kind->title_fr : kind->title_en,
			     o->people->known, o->people->kinds[k], n);
	}
}

static void
topics(const struct cli *c, const struct outcome *o)
{
	uint64_t any = 0;

	for (unsigned t = 0; t < TOPIC_COUNT; t++)
		any += o->scan->topics[t].said + o->scan->topics[t].tested;
	if (any == 0)
		return;
	heading(c, (struct phrase){"Health, in notes", "Santé, dans les notes"},
		(struct phrase){"people", "personnes"},
		(struct phrase){"only tested", "test seul"});
	for (unsigned t = 0; t < TOPIC_COUNT; t++)
		if (o->scan->topics[t].said + o->scan->topics[t].tested > 0)
			line(c, topic_name((enum topic)t), o->people->known,
			     o->people->said[t], o->people->tested[t]);
}

static void
holders(const struct cli *c, const struct outcome *o)
{
	const struct scan_result *s = o->scan;
	char title[64];

	if (s->n_holders == 0)
		return;
	(void)snprintf(title, sizeof(title), "Organisations (%zu)",
		       s->n_holders);
	heading(c, (struct phrase){title, title},
		(struct phrase){"people", "personnes"},
		(struct phrase){"records", "lignes"});
	for (size_t i = 0; i < s->n_holders && i < HOLDERS_SHOWN; i++) {
		const struct wire_holder *h = &s->holders[i];
		const struct kind *kind = kind_by_id((enum kind_id)h->kind);
		char id[48];
		char name[80];

		show_holder_id(h, id);
		(void)snprintf(name, sizeof(name), "%s %s",
			       kind == NULL ? "?" : kind->name, id);
		line(c, name, o->people->known,
		     show_holder_people(o->people, h), h->rows);
	}
	if (s->n_holders > HOLDERS_SHOWN)
		fprintf(c->out,
			c->french ? "  et %zu autres : --json\n"
				  : "  and %zu more: --json\n",
			s->n_holders - HOLDERS_SHOWN);
}

static void
logins(const struct cli *c, const struct scan_result *s)
{
	char n[48];
	char d[48];

	if (s->pairs == 0)
		return;
	fprintf(c->out,
		c->french ? "\n%s identifiants avec mot de passe, de %s "
			    "domaines\n"
			  : "\n%s logins with a password, of %s domains\n",
		cli_number(c, s->pairs, n), cli_number(c, s->domains, d));
}

static void
severity(const struct cli *c, const struct severity *v)
{
	json_t *list = json_array();
	size_t i;
	json_t *reason;

	fprintf(c->out, "\n%s%s %s%s: %.2f = %.0f x %.2f + %.2f (ENISA 2013)\n",
		bold(c), c->french ? "Gravité" : "Severity",
		severity_band_text(v->band, c->french), plain(c), v->score,
		v->dpc.value, v->ei.value, v->cb.value);
	show_reasons(v, c->french, list);
	json_array_foreach(list, i, reason)
		fprintf(c->out, "  %s\n", json_string_value(reason));
	json_decref(list);
}

static void
coverage_total(const struct cli *c, const struct scan_result *s)
{
	char read[48];
	char all[48];
	char n[48];

	fprintf(c->out,
		c->french ? "\nLu : %s sur %s, %s document(s)"
			  : "\nRead: %s of %s, %s document(s)",
		show_bytes(c, s->bytes_read, read),
		show_bytes(c, s->bytes, all), cli_number(c, s->n_documents, n));
	if (s->unread + s->partly == 0)
		fputs(c->french ? ". Rien n'est resté sans lecture.\n"
				: ". Nothing was left unread.\n",
		      c->out);
	else
		fprintf(c->out,
			c->french ? "; NON LUS : %llu, en partie : %llu\n"
				  : "; NOT READ: %llu, partly: %llu\n",
			(unsigned long long)s->unread,
			(unsigned long long)s->partly);
}

bool
show_lacks_digest(const struct scan_document *d)
{
	return d->status != SCAN_UNREAD && d->sha256[0] == '\0';
}

static void
digest_missing(const struct cli *c, const struct scan_document *d)
{
	fputs("  ", c->out);
	show_path(c->out, d->path);
	fputs(c->french ? " : SHA-256 inconnu\n" : ": SHA-256 not known\n",
	      c->out);
}

void
show_coverage(const struct cli *c, const struct scan_result *s)
{
	char n[48];

	coverage_total(c, s);
	for (size_t i = 0; i < s->n_documents; i++) {
		const struct scan_document *d = &s->documents[i];

		if (show_lacks_digest(d))
			digest_missing(c, d);
		if (d->status == SCAN_READ && d->bytes > 0)
			continue;
		fputs("  ", c->out);
		show_path(c->out, d->path);
		if (d->status == SCAN_READ) {
			fputs(c->french ? " : vide\n" : ": empty\n", c->out);
			continue;
		}
		fprintf(c->out, ": %s, %s",
			d->status == SCAN_UNREAD
				? (c->french ? "non lu" : "not read")
				: (c->french ? "lu en partie" : "partly read"),
			wire_reason_text(d->reason, c->french));
		if (d->malformed > 0)
			fprintf(c->out, " (%s)",
				cli_number(c, d->malformed, n));
		fputc('\n', c->out);
	}
}

void
show_summary(const struct cli *c, const struct outcome *o)
{
	char peak[48];

	sentence(c, o);
	kinds(c, o);
	topics(c, o);
	holders(c, o);
	logins(c, o->scan);
	severity(c, &o->severity);
	show_coverage(c, o->scan);
	if (!c->quiet)
		fprintf(c->out, "%.2f s, %s\n", o->elapsed_s,
			show_bytes(c, o->peak_bytes, peak));
}

static void
print_class(const struct cli *c, const struct link_class *k)
{
	char n[48];
	bool first = true;

	fprintf(c->out, "  %s: ", cli_number(c, k->links, n));
	for (unsigned f = 0; f < LINK_FIELDS; f++) {
		if ((k->fields >> f & 1) == 0)
			continue;
		fprintf(c->out, "%s%s", first ? "" : ", ",
			link_field_name((enum link_field)f));
		first = false;
	}
	fputs(first ? (c->french ? "autres\n" : "others\n") : "\n", c->out);
}

void
show_people(const struct cli *c, const struct people_result *p)
{
	char a[48];
	char b[48];

	if (!p->known) {
		not_counted(c, p);
		return;
	}
	fprintf(c->out,
		c->french ? "\nModèle : %s (sans foyers %s, avec foyers %s)\n"
			  : "\nModel: %s (without households %s, with %s)\n",
		link_model_name((enum link_model)p->model),
		cli_number(c, p->people_two, a),
		cli_number(c, p->people_households, b));
	fprintf(c->out,
		c->french ? "Reconnus avec certitude : %s ; par peu de chose : "
			    "%s\n"
			  : "Identified with certainty: %s; by little: %s\n",
		cli_number(c, p->certain, a), cli_number(c, p->weak, b));
	if (p->n_classes > 0)
		fputs(c->french ? "Enregistrements réunis parce que sont "
				  "égaux :\n"
				: "Records held to be one person because they "
				  "share:\n",
		      c->out);
	for (uint32_t i = 0; i < p->n_classes && i < CLASSES_SHOWN; i++)
		print_class(c, &p->classes[i]);
	if (p->blocks_cut > 0)
		fprintf(c->out,
			c->french ? "%s blocs trop grands, comparés en partie\n"
				  : "%s blocks too large, compared in part\n",
			cli_number(c, p->blocks_cut, a));
}
