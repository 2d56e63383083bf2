/*
 * leakgen_check: reads what leakgen writes for databases, as its CSV would
 * have it: dates with the day first, decimals with a comma, nothing for NULL.
 */
#include "check.h"

#include <stdio.h>
#include <string.h>

static int
next(void)
{
	const int c = getchar();

	if (c == EOF)
		check_die("the end inside a row");
	return c;
}

static void
expect(const char *text)
{
	for (; *text != '\0'; text++)
		if (getchar() != *text)
			check_die("something else than this format has");
}

/* The next line, without its end; false at the end of the input. */
static bool
read_line(char *line)
{
	if (fgets(line, LINE_BYTES, stdin) == NULL)
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

static void
skip_to(const char *prefix)
{
	char line[LINE_BYTES];

	do
		if (!read_line(line))
			check_die("no table");
	while (strncmp(line, prefix, strlen(prefix)) != 0);
}

/* Does ${s} look like ${shape}, where 0 is any digit? */
static bool
has_shape(const char *s, const char *shape)
{
	for (; *s != '\0' && *shape != '\0'; s++, shape++)
		if (*shape == '0' ? *s < '0' || *s > '9' : *s != *shape)
			return false;
	return *s == *shape;
}

/* Ends a cell, turned back into what CSV would say. */
static void
end_typed(struct row *r)
{
	char *s = r->cell[r->n];
	const size_t n = r->length[r->n];

	s[n] = '\0';
	if (has_shape(s, "0000-00-00")) {
		char date[11];
		(void)snprintf(date, sizeof(date), "%.2s/%.2s/%.4s", s + 8,
			       s + 5, s);
		memcpy(s, date, sizeof(date));
	} else if (has_shape(s, "0000-00-00T00:00:00.000")) {
		s[10] = ' ';
		r->length[r->n] = 19;
	} else if (n > 3 && s[n - 3] == '.' && strspn(s, "0123456789.") == n &&
		   strchr(s, '.') == s + n - 3) {
		s[n - 3] = ',';
	}
	check_end(r);
}

/* Names between ${open} and ${close}, a line each, up to one with ")". */
static void
read_names(struct row *r, char open, char close)
{
	char line[LINE_BYTES];

	r->n = 0;
	while (read_line(line) && line[0] != ')') {
		const char *from = strchr(line, open);
		const char *to = from == NULL ? NULL : strchr(from + 1, close);
		if (to == NULL)
			check_die("a column without a name");
		r->length[r->n] = 0;
		for (from++; from < to; from++)
			check_put(r, *from);
		check_end(r);
	}
}

static void
mysql_header(struct row *header)
{
	skip_to("CREATE TABLE `dossiers` (");
	read_names(header, '`', '`');
}

static int
mysql_unescape(int c)
{
	return c == 'n' ? '\n' : c == 'r' ? '\r' : c == '0' ? '\0' : c;
}

/* One value; returns what follows it. */
static int
mysql_value(struct row *r)
{
	int c = next();

	r->length[r->n] = 0;
	if (c == 'N') {
		expect("ULL");
		c = next();
	} else if (c == '\'') {
		while ((c = next()) != '\'')
			check_put(r, c == '\\' ? mysql_unescape(next()) : c);
		c = next();
	} else {
		for (; c != ',' && c != ')'; c = next())
			check_put(r, c);
	}
	end_typed(r);
	return c;
}

static bool
mysql_row(const struct row *header, struct row *r)
{
	static const char insert[] = "INSERT INTO `dossiers` VALUES ";
	char line[LINE_BYTES];
	int c = getchar();

	(void)header;
	/* Behind a row, before an INSERT or before what follows them all. */
	if (c == ';') {
		expect("\n");
		c = next();
	}
	while (c == '/' || c == '-' || c == 'L' || c == '\n') {
		(void)ungetc(c, stdin);
		(void)read_line(line);
		if (strstr(line, " ENABLE KEYS") != NULL)
			return false;
		c = next();
	}
	if (c == 'I')
		expect(insert + 1);
	else if (c != ',')
		check_die("no INSERT");
	expect("(");
	r->n = 0;
	while ((c = mysql_value(r)) == ',')
		;
	if (c != ')')
		check_die("a row without an end");
	return true;
}

static void
mssql_header(struct row *header)
{
	skip_to("CREATE TABLE [dbo].[dossiers](");
	read_names(header, '[', ']');
	expect("GO\r\n");
}

/* The rest of N'...'; returns what follows it. */
static int
mssql_string(struct row *r)
{
	for (;;) {
		int c = next();
		if (c == '\'') {
			c = next();
			if (c != '\'')
				return c;
		}
		check_put(r, c);
	}
}

/* One value; returns what follows it. */
static int
mssql_value(struct row *r)
{
	int c = next();
	bool cast = false;

	r->length[r->n] = 0;
	if (c == 'C') {
		expect("AST(");
		cast = true;
		c = next();
	}
	if (c == 'N') {
		c = next();
		if (c == '\'') {
			c = mssql_string(r);
		} else {
			expect("LL");
			c = next();
		}
	} else {
		for (; c != ',' && c != ')' && c != ' '; c = next())
			check_put(r, c);
	}
	if (cast) {
		expect("AS ");
		while ((c = next()) != ')')
			if (c == '(')
				expect("8, 2)");
		c = next();
	}
	end_typed(r);
	return c;
}

static bool
mssql_row(const struct row *header, struct row *r)
{
	int c = getchar();

	if (c == EOF)
		return false;
	(void)ungetc(c, stdin);
	expect("INSERT [dbo].[dossiers] (");
	for (size_t i = 0; i < header->n; i++) {
		expect(i > 0 ? ", [" : "[");
		expect(header->cell[i]);
		expect("]");
	}
	expect(") VALUES (");
	r->n = 0;
	while ((c = mssql_value(r)) == ',')
		expect(" ");
	if (c != ')')
		check_die("a row without an end");
	expect("\r\nGO\r\n");
	return true;
}

static void
postgres_header(struct row *header)
{
	char line[LINE_BYTES];

	do
		if (!read_line(line))
			check_die("no table");
	while (strncmp(line, "COPY ", 5) != 0);
	char *rest = strchr(line, '(');
	header->n = 0;
	while (rest != NULL) {
		const char *name = strsep(&rest, ",)");
		header->length[header->n] = 0;
		for (name++; *name != '\0'; name++)
			check_put(header, *name);
		check_end(header);
		if (rest != NULL && strcmp(rest, " FROM stdin;") == 0)
			return;
	}
	check_die("a COPY without an end");
}

static bool
postgres_row(const struct row *header, struct row *r)
{
	int c = next();

	(void)header;
	r->n = 0;
	r->length[0] = 0;
	for (;; c = next()) {
		if (c == '\t' || c == '\n') {
			end_typed(r);
			if (c == '\n')
				return true;
			r->length[r->n] = 0;
		} else if (c != '\\') {
			check_put(r, c);
		} else if ((c = next()) == '.') {
			return false;
		} else if (c != 'N') {
			check_put(r, c == 'n' ? '\n' : c == 't' ? '\t' : c);
		}
	}
}

/* What stands between quotes, the first of which is read. */
static void
json_string(struct row *r)
{
	int c;

	while ((c = next()) != '"') {
		if (c == '\\') {
			c = next();
			if (c == 'u')
				check_die("an escape that leakgen needs not");
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
		}
		check_put(r, c);
	}
}

/* One value; returns what follows it. */
static int
json_value(struct row *r)
{
	int c = next();

	if (c == 'n') {
		expect("ull");
		return next();
	}
	if (c == '"') {
		json_string(r);
		return next();
	}
	for (; c != ',' && c != '}'; c = next())
		check_put(r, c);
	return c;
}

/* The column called what the cell ${r}->n holds, at or behind ${at}. */
static size_t
json_column(const struct row *header, struct row *r, size_t at)
{
	r->cell[r->n][r->length[r->n]] = '\0';
	while (at < header->n && strcmp(header->cell[at], r->cell[r->n]) != 0)
		at++;
	if (at == header->n)
		check_die("a key that is no column, or out of order");
	return at;
}

/* The rest of an object. What is missing is empty. */
static void
json_object(const struct row *header, struct row *r)
{
	int c = ',';

	memset(r->length, 0, sizeof(r->length));
	for (size_t at = 0; c == ','; at++) {
		/* The key goes where nothing else does, for the moment. */
		r->n = CELLS_MAX - 1;
		r->length[r->n] = 0;
		expect("\"");
		json_string(r);
		expect(":");
		at = json_column(header, r, at);
		r->n = at;
		c = json_value(r);
		end_typed(r);
	}
	if (c != '}')
		check_die("an object without an end");
	for (r->n = 0; r->n < header->n;)
		check_end(r);
}

static bool
json_row(const struct row *header, struct row *r)
{
	const int c = next();

	if (c == ',' || c == '[')
		expect("\n{");
	else if (c == '\n')
		expect("]\n");
	else
		check_die("no object and no end");
	if (c == '\n')
		return false;
	json_object(header, r);
	return true;
}

static bool
ndjson_row(const struct row *header, struct row *r)
{
	const int c = getchar();

	if (c == EOF)
		return false;
	if (c != '{')
		check_die("no object");
	json_object(header, r);
	expect("\n");
	return true;
}

const struct reader check_readers[] = {
	{"mysql", mysql_header, mysql_row},
	{"postgres", postgres_header, postgres_row},
	{"mssql", mssql_header, mssql_row},
	{"json", NULL, json_row},
	{"ndjson", NULL, ndjson_row},
	{NULL, NULL, NULL},
};
