/* leakgen: what all formats share. */
#include "writer.h"

const struct format *const writer_formats[] = {
	&to_csv,    &to_mysql, &to_postgres, &to_mssql, &to_json,
	&to_ndjson, &to_hl7,   &to_fhir,     &to_hprim, NULL,
};

static void
find_places(struct writer *w)
{
	const struct layout *l = w->layout;

	for (size_t i = 0; i < COLUMNS_MAX; i++)
		w->place[i] = COLUMNS_MAX;
	for (uint32_t i = 0; i < l->columns; i++) {
		struct writer_name *name = &w->names[i];
		struct text t = {name->s, 0, COLUMNS_HEADER_MAX};
		columns_header(l->plan[i], l->style, i, &t);
		name->n = t.n;
		w->place[columns_id(l->plan[i])] = (uint8_t)i;
	}
}

bool
writer_begin(struct writer *w, FILE *file, const struct layout *layout)
{
	w->layout = layout;
	w->line = (struct text){w->line_bytes, 0, WRITER_LINE_MAX};
	if (!sink_init(&w->sink, file, layout->charset))
		return false;
	find_places(w);
	sink_bom(&w->sink, layout->charset);
	if (layout->format->begin != NULL)
		layout->format->begin(w);
	writer_flush(w);
	return true;
}

void
writer_record(struct writer *w, const struct cell *cells)
{
	w->layout->format->record(w, cells);
	writer_flush(w);
	w->records++;
}

bool
writer_end(struct writer *w)
{
	if (w->layout->format->end != NULL)
		w->layout->format->end(w);
	writer_flush(w);
	return sink_end(&w->sink);
}

void
writer_done(struct writer *w)
{
	sink_done(&w->sink);
}

bool
writer_has(const struct format *f, const struct column *c)
{
	if (f->columns == NULL)
		return true;
	for (const uint8_t *id = f->columns; *id != COLUMNS_MAX; id++)
		if (*id == columns_id(c))
			return true;
	return false;
}

const char *
writer_called(const struct format *f, const struct charset *charset)
{
	if (f->charsets == NULL)
		return "";
	for (size_t i = 0; f->charsets[i][0] != NULL; i++)
		if (strcmp(f->charsets[i][0], charset->name) == 0)
			return f->charsets[i][1];
	return NULL;
}

void
writer_flush(struct writer *w)
{
	sink_put(&w->sink, w->line.p, w->line.n);
	w->line.n = 0;
}

void
writer_lines(struct writer *w, const char *lines)
{
	while (*lines != '\0') {
		const size_t n = strcspn(lines, "\n");
		text_put(&w->line, lines, n);
		lines += n;
		if (*lines == '\n') {
			text_ascii(&w->line, w->layout->newline);
			lines++;
		}
	}
}

struct cell
writer_cell(const struct writer *w, const struct cell *cells, enum column_id id)
{
	const uint8_t at = w->place[id];

	return at == COLUMNS_MAX ? (struct cell){w->line_bytes, 0} : cells[at];
}

void
writer_escaped(struct text *t, struct cell cell, const char *const escapes[128])
{
	for (size_t i = 0; i < cell.n; i++) {
		const uint8_t c = cell.p[i];
		if (c < 128 && escapes[c] != NULL)
			text_ascii(t, escapes[c]);
		else
			text_byte(t, c);
	}
}

void
writer_date(struct text *t, struct cell cell, const char *between)
{
	if (cell.n != 10)
		return;
	text_put(t, cell.p + 6, 4);
	text_ascii(t, between);
	text_put(t, cell.p + 3, 2);
	text_ascii(t, between);
	text_put(t, cell.p, 2);
}

void
writer_typed(struct text *t, enum column_type type, struct cell cell)
{
	if (type == TYPE_DATE) {
		writer_date(t, cell, "-");
		return;
	}
	for (size_t i = 0; i < cell.n; i++)
		text_byte(t, cell.p[i] == ',' ? '.' : cell.p[i]);
}
