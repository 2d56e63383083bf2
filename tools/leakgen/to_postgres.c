/*
 * leakgen: what pg_dump writes: the table, then its rows after a COPY.
 *
 * Source   PostgreSQL 11 documentation, COPY, Text Format.
 */
#include "writer.h"

static const char *const charsets[][2] = {
	{"latin1", "LATIN1"}, {"cp1252", "WIN1252"}, {"latin9", "LATIN9"},
	{"utf8", "UTF8"},     {"utf8-bom", "UTF8"},  {NULL, NULL},
};

static const char *const escapes[128] = {
	['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n",  ['\v'] = "\\v",
	['\f'] = "\\f", ['\r'] = "\\r", ['\\'] = "\\\\",
};

static const char *
type_name(const struct column *c)
{
	static const char *const names[] = {
		[TYPE_TEXT] = "character varying(255)",
		[TYPE_DATE] = "date",
		[TYPE_STAMP] = "timestamp without time zone",
		[TYPE_NUMBER] = "integer",
		[TYPE_MONEY] = "numeric(8,2)",
	};

	if (strcmp(c->kind, "health.note") == 0)
		return "text";
	return names[columns_type(c)];
}

/* Quoted unless it is all small letters, digits and underscores. */
static void
put_name(struct text *t, const struct writer_name *name)
{
	bool plain = true;

	for (size_t i = 0; i < name->n; i++) {
		const uint8_t c = name->s[i];
		plain = plain && ((c >= 'a' && c <= 'z') || c == '_' ||
				  (c >= '0' && c <= '9'));
	}
	if (!plain)
		text_byte(t, '"');
	text_put(t, name->s, name->n);
	if (!plain)
		text_byte(t, '"');
}

static void
put_table(struct writer *w)
{
	const struct layout *l = w->layout;

	writer_lines(w, "--\n"
			"-- Name: dossiers; Type: TABLE; Schema: public; "
			"Owner: labo\n"
			"--\n\n"
			"CREATE TABLE public.dossiers (\n");
	for (uint32_t i = 0; i < l->columns; i++) {
		text_ascii(&w->line, "    ");
		put_name(&w->line, &w->names[i]);
		text_byte(&w->line, ' ');
		text_ascii(&w->line, type_name(l->plan[i]));
		writer_lines(w, i + 1 < l->columns ? ",\n" : "\n");
	}
	writer_lines(w, ");\n\n\n"
			"ALTER TABLE public.dossiers OWNER TO labo;\n\n");
}

static void
begin(struct writer *w)
{
	writer_lines(w, "--\n"
			"-- PostgreSQL database dump\n"
			"--\n\n"
			"-- Dumped from database version 11.9\n"
			"-- Dumped by pg_dump version 11.9\n\n"
			"SET statement_timeout = 0;\n"
			"SET lock_timeout = 0;\n"
			"SET client_encoding = '");
	text_ascii(&w->line, writer_called(&to_postgres, w->layout->charset));
	writer_lines(w, "';\n"
			"SET standard_conforming_strings = on;\n"
			"SELECT pg_catalog.set_config('search_path', '', "
			"false);\n"
			"SET default_tablespace = '';\n\n");
	put_table(w);
	writer_lines(w, "--\n"
			"-- Data for Name: dossiers; Type: TABLE DATA; Schema: "
			"public; Owner: labo\n"
			"--\n\n"
			"COPY public.dossiers (");
	for (uint32_t i = 0; i < w->layout->columns; i++) {
		if (i > 0)
			text_ascii(&w->line, ", ");
		put_name(&w->line, &w->names[i]);
	}
	writer_lines(w, ") FROM stdin;\n");
}

static void
record(struct writer *w, const struct cell *cells)
{
	const struct layout *l = w->layout;

	for (uint32_t i = 0; i < l->columns; i++) {
		const enum column_type type = columns_type(l->plan[i]);
		if (i > 0)
			text_byte(&w->line, '\t');
		if (cells[i].n == 0)
			text_ascii(&w->line, "\\N");
		else if (type == TYPE_TEXT)
			writer_escaped(&w->line, cells[i], escapes);
		else
			writer_typed(&w->line, type, cells[i]);
	}
	writer_lines(w, "\n");
}

static void
end(struct writer *w)
{
	writer_lines(w, "\\.\n\n\n"
			"--\n"
			"-- PostgreSQL database dump complete\n"
			"--\n\n");
}

const struct format to_postgres = {
	.name = "postgres",
	.charset = "utf8",
	.newline = "\n",
	.charsets = charsets,
	.begin = begin,
	.record = record,
	.end = end,
};
