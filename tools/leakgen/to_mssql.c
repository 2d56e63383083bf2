/*
 * leakgen: what the Generate Scripts wizard of SQL Server writes: the table,
 * then an INSERT for each row, with GO between.
 */
#include "writer.h"

static const char *const escapes[128] = {['\''] = "''"};

/* How a value of a type is written, and what the type is called. */
static const struct {
	const char *before, *after, *name;
} types[] = {
	[TYPE_TEXT] = {"N'", "'", "[nvarchar](255)"},
	[TYPE_DATE] = {"CAST(N'", "' AS Date)", "[date]"},
	[TYPE_STAMP] = {"CAST(N'", ".000' AS DateTime)", "[datetime]"},
	[TYPE_NUMBER] = {"", "", "[int]"},
	[TYPE_MONEY] = {"CAST(", " AS Decimal(8, 2))", "[decimal](8, 2)"},
};

static void
put_name(struct text *t, const struct writer_name *name)
{
	text_byte(t, '[');
	text_put(t, name->s, name->n);
	text_byte(t, ']');
}

static void
begin(struct writer *w)
{
	const struct layout *l = w->layout;

	writer_lines(w,
		     "USE [labo]\n"
		     "GO\n"
		     "/****** Object:  Table [dbo].[dossiers]    Script Date: "
		     "02/11/2020 08:14:07 ******/\n"
		     "SET ANSI_NULLS ON\n"
		     "GO\n"
		     "SET QUOTED_IDENTIFIER ON\n"
		     "GO\n"
		     "CREATE TABLE [dbo].[dossiers](\n");
	for (uint32_t i = 0; i < l->columns; i++) {
		const bool note = strcmp(l->plan[i]->kind, "health.note") == 0;
		text_byte(&w->line, '\t');
		put_name(&w->line, &w->names[i]);
		text_byte(&w->line, ' ');
		text_ascii(&w->line,
			   note ? "[nvarchar](max)"
				: types[columns_type(l->plan[i])].name);
		writer_lines(w, i + 1 < l->columns ? " NULL,\n" : " NULL\n");
	}
	writer_lines(w, ") ON [PRIMARY]\n"
			"GO\n");
}

static void
put_value(struct text *t, enum column_type type, struct cell cell)
{
	if (cell.n == 0) {
		text_ascii(t, "NULL");
		return;
	}
	text_ascii(t, types[type].before);
	if (type == TYPE_TEXT) {
		writer_escaped(t, cell, escapes);
	} else {
		const size_t at = t->n;
		writer_typed(t, type, cell);
		/* 2015-01-05 07:59:07 becomes 2015-01-05T07:59:07. */
		if (type == TYPE_STAMP && t->n >= at + 11)
			t->p[at + 10] = 'T';
	}
	text_ascii(t, types[type].after);
}

static void
record(struct writer *w, const struct cell *cells)
{
	const struct layout *l = w->layout;
	struct text *t = &w->line;

	text_ascii(t, "INSERT [dbo].[dossiers] (");
	for (uint32_t i = 0; i < l->columns; i++) {
		if (i > 0)
			text_ascii(t, ", ");
		put_name(t, &w->names[i]);
	}
	text_ascii(t, ") VALUES (");
	for (uint32_t i = 0; i < l->columns; i++) {
		if (i > 0)
			text_ascii(t, ", ");
		put_value(t, columns_type(l->plan[i]), cells[i]);
	}
	writer_lines(w, ")\nGO\n");
}

const struct format to_mssql = {
	.name = "mssql",
	.charset = "utf16le-bom",
	.newline = "\r\n",
	.begin = begin,
	.record = record,
};
