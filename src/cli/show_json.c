/* tocsin.scan/1: fields may be added, never renamed. null means not known,
 * never zero. */
#include "cli/show.h"
#include "detect/credential/credential.h"
#include "detect/registry/registry.h"
#include "format/text/text.h"
#include "source/sniff/sniff.h"

#include <string.h>

static json_t *
number_json(uint64_t n)
{
	return json_integer((json_int_t)n);
}

static void
set(json_t *object, const char *name, json_t *value)
{
	(void)json_object_set_new(object, name, value);
}

static void
set_number(json_t *object, const char *name, uint64_t n)
{
	set(object, name, number_json(n));
}

static void
set_text(json_t *object, const char *name, const char *s)
{
	set(object, name,
	    s == NULL || *s == '\0' ? json_null() : json_string(s));
}

/* The path may hold any bytes; JSON takes only UTF-8. */
static json_t *
path_json(const char *path)
{
	json_t *s = json_string(path);

	if (s != NULL)
		return s;
	char clean[4096];
	size_t n = 0;
	for (; path[n] != '\0' && n + 1 < sizeof(clean); n++) {
		clean[n] = '?';
		if ((unsigned char)path[n] < 0x80)
			clean[n] = path[n];
	}
	clean[n] = '\0';
	return json_string(clean);
}

static json_t *
column_json(const struct scan_document *d, uint32_t i)
{
	const struct column_type *t = &d->types[i];
	const struct kind *kind = kind_by_id(t->kind);
	json_t *o = json_object();
	char why[COLUMN_WHY_MAX];

	(void)column_why(t, why, sizeof(why), false);
	set_text(o, "name", t->name);
	set_text(o, "kind", kind == NULL ? NULL : kind->name);
	set_text(o, "role", role_name(t->role));
	set_number(o, "confidence", t->confidence);
	if (d->columns != NULL && d->records > 0) {
		set_number(o, "filled", d->columns[i].filled);
		set_number(o, "valid", d->columns[i].valid);
		set_number(o, "refused", d->columns[i].refused);
	} else {
		set_number(o, "sampled", t->sampled);
		set_number(o, "filled", t->filled);
		set_number(o, "valid", t->valid);
	}
	set_text(o, "why", why);
	return o;
}

static json_t *
csv_json(const struct wire_plan *p)
{
	const char delimiter[] = {(char)p->dialect.delimiter, '\0'};
	const char quote[] = {(char)p->dialect.quote, '\0'};
	const char escape[] = {(char)p->dialect.escape, '\0'};
	json_t *o = json_object();
	json_t *evidence = json_array();

	set_text(o, "name", "csv");
	set_text(o, "delimiter", delimiter);
	set_text(o, "quote", quote);
	set_text(o, "escape", escape);
	set_text(o, "newline",
		 p->dialect.newline == CSV_CR     ? "CR"
		 : p->dialect.newline == CSV_CRLF ? "CRLF"
						  : "LF");
	set(o, "header", json_boolean(p->header != 0));
	set_number(o, "lines_above", p->csv.skip_lines);
	set_number(o, "columns", p->cols);
	set(o, "confidence", json_real(p->csv.confidence));
	for (unsigned r = 0; r < CSV_WHY_COUNT; r++)
		if ((p->csv.reasons >> r & 1) != 0)
			(void)json_array_append_new(
				evidence, json_string(csv_reason_text(
						  (enum csv_reason)r)));
	set(o, "evidence", evidence);
	return o;
}

/* Of what was opened to read what lies in it: "zip". */
static json_t *
container_json(const struct wire_plan *p)
{
	size_t n;
	const struct sniff_kind *kinds = sniff_kinds(&n);
	json_t *o = json_object();

	set_text(o, "name", kinds[p->kind].name);
	return o;
}

static json_t *
format_json(const struct scan_document *d)
{
	const struct wire_plan *p = &d->plan;
	json_t *o;

	if (d->opened)
		return container_json(p);
	switch ((enum wire_format)p->format) {
	case WIRE_CSV:
		return csv_json(p);
	case WIRE_TEXT:
		o = json_object();
		set_text(o, "name", "text");
		set_text(o, "record",
			 p->unit == TEXT_BLOCKS ? "paragraph" : "line");
		set_text(o, "evidence", csv_reason_text(p->csv.main));
		return o;
	case WIRE_EMPTY:
		o = json_object();
		set_text(o, "name", "empty");
		return o;
	case WIRE_UNREAD:
		break;
	}
	return json_null();
}

static json_t *
charset_json(const struct charset_guess *g)
{
	json_t *o = json_object();

	set_text(o, "reason", charset_reason_text(g->reason));
	set_number(o, "confidence", g->confidence);
	set_number(o, "bytes_above_7f", g->high);
	set_number(o, "malformed", g->broken);
	return o;
}

json_t *
show_document(const struct scan_result *s, const struct scan_document *d)
{
	const struct wire_plan *p = &d->plan;
	json_t *o = json_object();
	json_t *columns = json_array();
	size_t n_kinds;
	const struct sniff_kind *kinds = sniff_kinds(&n_kinds);
	const bool known = p->format != WIRE_UNREAD || p->kind != 0;
	const char *media = p->format == WIRE_CSV && !d->opened ? "text/csv"
			    : known && p->kind < n_kinds
				    ? kinds[p->kind].media_type
				    : NULL;
	const bool text =
		(p->format == WIRE_CSV || p->format == WIRE_TEXT) && !d->opened;

	set(o, "path", path_json(d->path));
	set(o, "container",
	    d->whole == 0 ? json_null()
			  : path_json(s->documents[d->whole - 1].path));
	set_number(o, "bytes", d->bytes);
	set_number(o, "bytes_read", d->bytes_read);
	set_text(o, "sha256", d->sha256);
	set_text(o, "media_type", media);
	set_text(o, "charset", text ? charset_name(p->charset.charset) : NULL);
	if (text)
		set(o, "charset_evidence", charset_json(&p->charset));
	set(o, "format", format_json(d));
	set_number(o, "records", d->records);
	set_number(o, "malformed", d->malformed);
	set_number(o, "ragged", d->ragged);
	set_text(o, "status", scan_status_name(d->status));
	set_text(o, "reason", wire_reason_text(d->reason, false));
	if (d->known != 0)
		set(o, "known",
		    json_pack("{s:I}", "scan", (json_int_t)d->known));
	for (uint32_t i = 0; d->types != NULL && i < p->cols; i++)
		(void)json_array_append_new(columns, column_json(d, i));
	set(o, "columns", columns);
	return o;
}

static json_t *
coverage_json(const struct scan_result *s)
{
	json_t *o = json_object();

	set_number(o, "bytes", s->bytes);
	set_number(o, "bytes_read", s->bytes_read);
	set_number(o, "documents", s->n_documents);
	set_number(o, "unread", s->unread);
	set_number(o, "partly", s->partly);
	return o;
}

static json_t *
classes_json(const struct people_result *p)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < p->n_classes; i++) {
		json_t *o = json_object();
		json_t *fields = json_array();

		for (unsigned f = 0; f < LINK_FIELDS; f++)
			if ((p->classes[i].fields >> f & 1) != 0)
				(void)json_array_append_new(
					fields, json_string(link_field_name(
							(enum link_field)f)));
		set(o, "same", fields);
		set_number(o, "links", p->classes[i].links);
		(void)json_array_append_new(list, o);
	}
	return list;
}

static json_t *
people_json(const struct people_result *p)
{
	json_t *o = json_object();

	if (!p->known) {
		set(o, "count", json_null());
		set_text(o, "reason", wire_reason_text(p->reason, false));
		return o;
	}
	set_number(o, "count", p->people);
	set_number(o, "low", p->low);
	set_number(o, "high", p->high);
	set_number(o, "mentions", p->mentions);
	set_number(o, "professionals", p->professionals);
	set_text(o, "method", link_model_name((enum link_model)p->model));
	set_number(o, "certain", p->certain);
	set_number(o, "weak", p->weak);
	set_number(o, "unnamed_records", p->nobody);
	set_number(o, "count_without_households", p->people_two);
	set_number(o, "count_with_households", p->people_households);
	set_number(o, "blocks_split", p->blocks_split);
	set_number(o, "blocks_cut", p->blocks_cut);
	set(o, "evidence", classes_json(p));
	return o;
}

static json_t *
kinds_json(const struct outcome *w)
{
	json_t *list = json_array();

	for (unsigned k = 1; k < KIND_COUNT; k++) {
		const struct wire_tally *t = &w->scan->kinds[k];
		const struct kind *kind = kind_by_id((enum kind_id)k);

		if (t->findings == 0 || kind == NULL)
			continue;
		json_t *o = json_object();
		set_text(o, "kind", kind->name);
		set_number(o, "findings", t->findings);
		set_number(o, "valid", t->valid);
		set(o, "people",
		    w->people->known ? number_json(w->people->kinds[k])
				     : json_null());
		(void)json_array_append_new(list, o);
	}
	return list;
}

static json_t *
special_json(const struct outcome *w)
{
	json_t *list = json_array();

	for (unsigned t = 0; t < TOPIC_COUNT; t++) {
		const struct wire_topic *n = &w->scan->topics[t];
		const struct people_result *p = w->people;

		if (n->said + n->tested == 0)
			continue;
		json_t *o = json_object();
		set_text(o, "topic", topic_name((enum topic)t));
		set_number(o, "findings", n->said);
		set(o, "people",
		    p->known ? number_json(p->said[t]) : json_null());
		set_number(o, "tested_findings", n->tested);
		set(o, "tested_people",
		    p->known ? number_json(p->tested[t]) : json_null());
		(void)json_array_append_new(list, o);
	}
	return list;
}

static json_t *
holders_json(const struct outcome *w)
{
	json_t *list = json_array();

	for (size_t i = 0; i < w->scan->n_holders; i++) {
		const struct wire_holder *h = &w->scan->holders[i];
		const struct kind *kind = kind_by_id((enum kind_id)h->kind);
		json_t *o = json_object();
		char id[48];

		show_holder_id(h, id);
		set_text(o, "scheme", kind == NULL ? NULL : kind->name);
		set_text(o, "id", id);
		set(o, "name", json_null());
		set_number(o, "records", h->rows);
		set(o, "people",
		    w->people->known
			    ? number_json(show_holder_people(w->people, h))
			    : json_null());
		(void)json_array_append_new(list, o);
	}
	return list;
}

static json_t *
credentials_json(const struct scan_result *s)
{
	json_t *o = json_object();
	json_t *list = json_array();

	for (unsigned t = 0; t < HASH_TYPES; t++) {
		if (s->hashes[t] == 0)
			continue;
		json_t *h = json_object();
		set_text(h, "type", hash_name((enum hash_type)t));
		set_number(h, "count", s->hashes[t]);
		(void)json_array_append_new(list, h);
	}
	set_number(o, "pairs", s->pairs);
	set(o, "by_hash", list);
	set_number(o, "domains", s->domains);
	return o;
}

static json_t *
severity_json(const struct severity *v)
{
	json_t *o = json_object();
	json_t *because = json_array();

	set_text(o, "method", "ENISA 2013");
	set(o, "dpc", json_real(v->dpc.value));
	set(o, "ei", json_real(v->ei.value));
	set(o, "cb", json_real(v->cb.value));
	set(o, "score", json_real(v->score));
	set_text(o, "band", severity_band_name(v->band));
	set(o, "because", because);
	show_reasons(v, false, because);
	return o;
}

static json_t *
fingerprint_json(const struct scan_result *s)
{
	json_t *o = json_object();

	set(o, "rows",
	    s->distinct_known ? number_json(s->distinct_rows) : json_null());
	set(o, "identifiers",
	    s->distinct_known ? number_json(s->identifiers) : json_null());
	set(o, "sketch", json_null());
	return o;
}

int
show_print(const struct cli *c, json_t *json)
{
	const int bad = json_dumpf(json, c->out, JSON_INDENT(2));

	fputc('\n', c->out);
	json_decref(json);
	return bad == 0 ? CLI_DONE : CLI_INTERNAL;
}

/* The whole case. People are those of its only scan, or counted over all. */
static json_t *
kept_json(const struct kept *k)
{
	json_t *o = json_object();

	set(o, "scan", k->scan == 0 ? json_null() : number_json(k->scan));
	set_number(o, "scans", k->scans);
	set(o, "rows", k->distinct_known ? number_json(k->rows) : json_null());
	set(o, "identifiers",
	    k->distinct_known ? number_json(k->identifiers) : json_null());
	set(o, "people",
	    k->people.known ? number_json(k->people.people) : json_null());
	set(o, "low",
	    k->people.known ? number_json(k->people.low) : json_null());
	set(o, "high",
	    k->people.known ? number_json(k->people.high) : json_null());
	return o;
}

json_t *
show_report(const struct outcome *o)
{
	json_t *all = json_object();
	json_t *tool = json_object();
	json_t *documents = json_array();
	char rules[RULES_HEX];

	show_rules(rules);
	set_text(tool, "name", "tocsin");
	set_text(tool, "version", TOCSIN_VERSION);
	set_text(all, "schema", "tocsin.scan/1");
	set(all, "tool", tool);
	set_text(all, "rules", rules);
	for (size_t i = 0; i < o->scan->n_documents; i++)
		(void)json_array_append_new(
			documents,
			show_document(o->scan, &o->scan->documents[i]));
	set(all, "documents", documents);
	set(all, "coverage", coverage_json(o->scan));
	set(all, "people", people_json(o->people));
	set(all, "kinds", kinds_json(o));
	set(all, "special", special_json(o));
	set(all, "organisations", holders_json(o));
	set(all, "credentials", credentials_json(o->scan));
	set(all, "severity", severity_json(&o->severity));
	set(all, "fingerprint", fingerprint_json(o->scan));
	if (o->kept != NULL)
		set(all, "case", kept_json(o->kept));
	set(all, "interrupted", json_boolean(o->scan->interrupted));
	set(all, "elapsed_s", json_real(o->elapsed_s));
	set_number(all, "peak_bytes", o->peak_bytes);
	return all;
}

int
show_json(const struct cli *c, const struct outcome *o)
{
	return show_print(c, show_report(o));
}
