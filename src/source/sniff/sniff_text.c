/*
 * What kind of text a text is: its first lines, and for SQL and HPRIM some
 * words at the start of a line. Whatever is not sure is plain text.
 */
#include "source/sniff/sniff_impl.h"

#include <string.h>

enum {
	LOOKED_AT = 1 << 16, /* bytes of the text */
	LINES_MAX = 400,     /* lines looked at for words that decide */
	HEADERS_MAX = 60,    /* lines of a mail's header */
};

static uint8_t
lower(uint8_t b)
{
	return is_upper(b) ? (uint8_t)(b | 0x20) : b;
}

/* Does ${s} begin with ${word}, given in lower case, in any case? */
static bool
starts(struct span s, const char *word)
{
	size_t i = 0;

	for (; word[i] != '\0'; i++)
		if (i == s.n || lower(s.p[i]) != (uint8_t)word[i])
			return false;
	return true;
}

/* Takes the first line off *rest. */
static struct span
take_line(struct span *rest)
{
	size_t n = 0;

	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	const struct span line = {rest->p, n};
	if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
		n++;
	n += n < rest->n;
	rest->p += n;
	rest->n -= n;
	return line;
}

static struct span
skip_blank(struct span s)
{
	/* 0x0B opens a message of HL7's framing. */
	while (s.n > 0 && byte_in(*s.p, " \t\r\n\v\f")) {
		s.p++;
		s.n--;
	}
	return s;
}

/* May ${b} part the fields of HL7 or ASTM? */
static bool
is_sign(uint8_t b)
{
	return b > ' ' && b < 0x7F && !is_alnum(b);
}

/*
 * HL7 v2 (MSH, or FHS and BHS around batches) and the family of ASTM E1238 and
 * E1394, to which HPRIM belongs, name their delimiters in the first line.
 */
static enum sniff_id
by_delimiters(struct span s)
{
	const bool is_hl7 =
		HAS(s, 0, "MSH") || HAS(s, 0, "FHS") || HAS(s, 0, "BHS");
	const size_t at = is_hl7 ? 3 : 1;

	if (s.n < at + 6 || !is_sign(s.p[at]) || (!is_hl7 && *s.p != 'H'))
		return ID_UNDECIDED;
	const uint8_t *field = s.p + at;
	size_t n = 1;
	/* Files are seen with their own delimiters escaped, or broken: after
	 * three letters that nobody else begins with, it is enough that the
	 * field ends. */
	if (is_hl7) {
		const size_t left = s.n - at - 1;

		return memchr(field + 1, *field, left < 12 ? left : 12) != NULL
			       ? ID_HL7V2
			       : ID_UNDECIDED;
	}
	while (n < 7 && at + n < s.n && is_sign(field[n]) && field[n] != '"' &&
	       memchr(field, field[n], n) == NULL)
		n++;
	if (at + n == s.n || field[n] != *field || n < 4)
		return ID_UNDECIDED;
	return n == 4 ? ID_ASTM : ID_HPRIM;
}

static bool
is_date(struct span s)
{
	return s.n >= 8 && all_digits(s.p, 2) && is_sign(s.p[2]) &&
	       all_digits(s.p + 3, 2) && s.p[5] == s.p[2] &&
	       all_digits(s.p + 6, 2);
}

/* HPRIM Medecin: lines of identity with a date among them, and marks. */
static bool
is_hprim_text(struct span s)
{
	size_t dates = 0;

	for (size_t i = 0; i < LINES_MAX && s.n > 0; i++) {
		const struct span line = take_line(&s);

		dates += i < 14 && is_date(span_trim(line));
		if (starts(line, "****lab****") || starts(line, "****fin"))
			return dates > 0 && i >= 7;
	}
	return false;
}

/* The local name of an element's tag at ${s}. */
static struct span
tag_name(struct span s)
{
	struct span name = {s.p + 1, 0};

	for (size_t i = 1; i < s.n; i++) {
		const uint8_t b = s.p[i];

		if (b == ':')
			name.p = s.p + i + 1;
		else if (!is_alnum(b) && b != '_' && b != '-' && b != '.')
			break;
		name.n = (size_t)(s.p + i + 1 - name.p);
	}
	return name;
}

/* Steps over what may stand before the root element. */
static struct span
skip_prolog(struct span s)
{
	for (;;) {
		size_t n;

		s = skip_blank(s);
		if (HAS(s, 0, "<?"))
			n = FIND(s, s.n, "?>") + 2;
		else if (HAS(s, 0, "<!--"))
			n = FIND(s, s.n, "-->") + 3;
		else if (HAS(s, 0, "<!"))
			n = FIND(s, s.n, ">") + 1;
		else
			return s;
		if (n > s.n)
			return (struct span){s.p, 0};
		s.p += n;
		s.n -= n;
	}
}

static bool
is_html(struct span s, struct span root)
{
	static const char *const tags[] = {"html",  "head",  "body", "table",
					   "title", "meta",  "div",  "p",
					   "br",    "script"};
	const struct span name = root.n > 0 ? tag_name(root) : root;

	if (starts(s, "<!doctype html"))
		return true;
	for (size_t i = 0; i < COUNT_OF(tags); i++)
		if (name.n == strlen(tags[i]) && starts(name, tags[i]))
			return true;
	return false;
}

static enum sniff_id
by_markup(struct span s)
{
	if (s.n < 4 || *s.p != '<')
		return ID_UNDECIDED;
	const bool declared = starts(s, "<?xml");
	const struct span root = skip_prolog(s);

	if (is_html(s, root))
		return ID_HTML;
	if (root.n < 2 || !(is_alpha(root.p[1]) || root.p[1] == '_'))
		return declared ? ID_XML : ID_UNDECIDED;
	/* Without a declaration it has to close something, too. */
	if (!declared && !HOLDS(root, root.n, "</") &&
	    !HOLDS(root, root.n, "/>"))
		return ID_UNDECIDED;
	const struct span name = tag_name(root);
	if (span_equal(name, SPAN_LIT("ClinicalDocument")))
		return ID_CDA;
	if (span_equal(name, SPAN_LIT("svg")))
		return ID_SVG;
	const size_t tag_n = FIND(root, root.n, ">");
	if (HOLDS(root, tag_n, "\"http://hl7.org/fhir\""))
		return ID_FHIR_XML;
	if (HOLDS(root, tag_n, "http://www.hprim.org/hprimXML"))
		return ID_HPRIM_XML;
	return ID_XML;
}

static enum sniff_id
by_braces(struct span s, bool is_whole)
{
	bool many;

	if (s.n == 0 || (*s.p != '{' && *s.p != '['))
		return ID_UNDECIDED;
	if (HAS(s, 0, "{\\rtf"))
		return ID_RTF;
	if (!sniff_json(s, is_whole, &many))
		return ID_UNDECIDED;
	const bool is_fhir = HOLDS(s, LOOKED_AT, "\"resourceType\"");
	if (many)
		return is_fhir ? ID_FHIR_NDJSON : ID_NDJSON;
	return is_fhir ? ID_FHIR_JSON : ID_JSON;
}

/* What only a script of SQL has at the start of a line. */
static bool
is_statement(struct span line)
{
	static const char *const begins[] = {
		"insert into ",          "create table ",
		"create database ",      "drop table ",
		"set identity_insert ",  "lock tables ",
		"alter table ",          "insert ignore into ",
		"replace into ",         "create temporary table ",
		"create unlogged table "};

	for (size_t i = 0; i < COUNT_OF(begins); i++)
		if (starts(line, begins[i]))
			return true;
	return starts(line, "copy ") && HOLDS(line, line.n, " FROM stdin");
}

static enum sniff_id
by_sql(struct span s)
{
	struct span rest = s;

	if (HOLDS(s, 512, "-- MySQL dump ") || HOLDS(s, 512, "-- MariaDB dump"))
		return ID_SQL_MYSQL;
	if (HOLDS(s, 512, "-- PostgreSQL database dump") ||
	    HOLDS(s, 512, "-- PostgreSQL database cluster dump"))
		return ID_SQL_PG;
	for (size_t i = 0; i < LINES_MAX && rest.n > 0; i++) {
		const struct span line = skip_blank(take_line(&rest));

		if (is_statement(line))
			return ID_SQL;
	}
	return ID_UNDECIDED;
}

/* How many of the lines up to the first blank one are headers of a mail;
 * -1: something else is among them. RFC 5322 2.2. */
static int
count_headers(struct span s)
{
	static const char *const known[] = {
		"from:",           "to:",           "subject:",
		"date:",           "received:",     "return-path:",
		"message-id:",     "cc:",           "mime-version:",
		"delivered-to:",   "content-type:", "reply-to:",
		"dkim-signature:", "x-mailer:",     "authentication-results:",
		"importance:",     "thread-topic:", "sender:"};
	int n = 0;

	for (size_t i = 0; i < HEADERS_MAX && s.n > 0; i++) {
		const struct span line = take_line(&s);
		size_t k = 0;

		if (line.n == 0)
			break;
		if (i > 0 && byte_in(*line.p, " \t"))
			continue;
		for (size_t w = 0; w < COUNT_OF(known); w++)
			n += starts(line, known[w]);
		while (k < line.n && (is_alnum(line.p[k]) || line.p[k] == '-'))
			k++;
		if (k == 0 || k == line.n || line.p[k] != ':')
			return -1;
	}
	return n;
}

static enum sniff_id
by_mail(struct span s)
{
	struct span rest = s;

	if (HAS(s, 0, "From ")) {
		const struct span line = take_line(&rest);

		/* "From somebody Tue Feb 23 10:00:00 2021" */
		return HOLDS(line, line.n, ":") && count_headers(rest) >= 2
			       ? ID_MBOX
			       : ID_UNDECIDED;
	}
	return count_headers(s) >= 3 ? ID_MAIL : ID_UNDECIDED;
}

/* The first line that is no comment. */
static struct span
first_line(struct span *rest)
{
	struct span line = {0};

	for (size_t i = 0; i < LINES_MAX && rest->n > 0; i++) {
		line = take_line(rest);
		if (line.n > 0 && *line.p != '#')
			return line;
	}
	return line;
}

static enum sniff_id
by_first_lines(struct span s)
{
	static const struct {
		const char *begins; /* in lower case */
		enum sniff_id id;
	} known[] = {
		{"begin:vcard", ID_VCARD}, {"begin:vcalendar", ID_ICAL},
		{"%!ps", ID_POSTSCRIPT},   {"-----begin ", ID_PEM},
		{"una:+", ID_EDIFACT},     {"unb+", ID_EDIFACT},
	};

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (starts(s, known[i].begins))
			return known[i].id;
	const struct span first = first_line(&s);
	const struct span second = first_line(&s);
	if (starts(first, "dn: ") || starts(first, "dn:: "))
		return ID_LDIF;
	if (starts(first, "version: 1") && starts(second, "dn:"))
		return ID_LDIF;
	if (starts(first, "%yaml "))
		return ID_YAML;
	if (span_equal(span_trim(first), SPAN_LIT("---")) &&
	    (starts(second, "- ") || HOLDS(second, second.n, ": ") ||
	     (second.n > 1 && second.p[second.n - 1] == ':')))
		return ID_YAML;
	return ID_UNDECIDED;
}

void
sniff_text(struct span text, bool is_whole, struct sniff *ret)
{
	if (text.n > LOOKED_AT) {
		text.n = LOOKED_AT;
		is_whole = false;
	}
	const struct span s = skip_blank(text);
	enum sniff_id id = by_delimiters(s);

	if (id == ID_UNDECIDED)
		id = by_markup(s);
	if (id == ID_UNDECIDED)
		id = by_braces(s, is_whole);
	if (id == ID_UNDECIDED)
		id = by_first_lines(s);
	if (id == ID_UNDECIDED)
		id = by_mail(s);
	if (id == ID_UNDECIDED && is_hprim_text(s))
		id = ID_HPRIM_TEXT;
	if (id == ID_UNDECIDED)
		id = by_sql(s);
	if (id == ID_UNDECIDED)
		id = ID_TEXT;
	*ret = (struct sniff){.kind = sniff_kind_of(id)};
}
