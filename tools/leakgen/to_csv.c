/* leakgen: delimiter-separated text. */
#include "writer.h"

/* Not 0 if one of the eight bytes of ${v} is ${c}. */
static uint64_t
has_byte(uint64_t v, uint8_t c)
{
	const uint64_t ones = 0x0101010101010101ULL;
	const uint64_t x = v ^ ones * c;

	return (x - ones) & ~x & ones << 7;
}

/* Copies ${cell} as it is, eight bytes at once; false, and nothing copied, if
 * it holds something to quote. Both have WRITER_SLACK bytes to spare. */
static bool
put_plain(struct text *t, struct cell cell, uint8_t delimiter)
{
	uint8_t *to = t->p + t->n;

	if (t->max - t->n < cell.n + WRITER_SLACK)
		return false;
	for (size_t i = 0; i < cell.n; i += 8) {
		uint64_t v = 0;
		memcpy(&v, cell.p + i, 8);
		memcpy(to + i, &v, 8);
		/* What lies behind the cell counts for nothing. */
		if (cell.n - i < 8)
			v |= ~0ULL << 8 * (cell.n - i);
		if ((has_byte(v, delimiter) | has_byte(v, '"') |
		     has_byte(v, '\n') | has_byte(v, '\r')) != 0)
			return false;
	}
	t->n += cell.n;
	return true;
}

static void
put_quoted(struct text *t, struct cell cell)
{
	text_byte(t, '"');
	for (size_t i = 0; i < cell.n; i++) {
		if (cell.p[i] == '"')
			text_byte(t, '"');
		text_byte(t, cell.p[i]);
	}
	text_byte(t, '"');
}

static void
put_cell(struct writer *w, struct cell cell)
{
	const struct layout *l = w->layout;
	struct text *t = &w->line;

	if (l->quote != QUOTE_ALL && put_plain(t, cell, l->delimiter))
		return;
	if (l->quote != QUOTE_NONE) {
		put_quoted(t, cell);
		return;
	}
	/* Delimiters and line ends turn into blanks. */
	for (size_t i = 0; i < cell.n; i++) {
		const uint8_t c = cell.p[i];
		text_byte(t, c == l->delimiter || c < ' ' ? ' ' : c);
	}
}

static void
put_row(struct writer *w, const struct cell *cells)
{
	for (uint32_t i = 0; i < w->layout->columns; i++) {
		if (i > 0)
			text_byte(&w->line, w->layout->delimiter);
		put_cell(w, cells[i]);
	}
	text_ascii(&w->line, w->layout->newline);
}

static void
put_title(struct writer *w, const char *title)
{
	uint8_t bytes[160];

	text_put(&w->line, bytes, text_from_utf8(bytes, sizeof(bytes), title));
	text_ascii(&w->line, w->layout->newline);
}

static void
begin(struct writer *w)
{
	const struct layout *l = w->layout;
	struct cell names[COLUMNS_MAX] = {{NULL, 0}};

	if (l->header == HEADER_TITLE) {
		put_title(w, "Export des dossiers patients - logiciel de "
			     "laboratoire Exemple");
		put_title(w, "# Édité le 02/11/2020 à 08:14, confidentiel");
	}
	if (l->header == HEADER_NO || l->style == STYLE_NONE)
		return;
	for (uint32_t i = 0; i < l->columns; i++)
		names[i] = (struct cell){w->names[i].s, w->names[i].n};
	put_row(w, names);
}

const struct format to_csv = {
	.name = "csv",
	.charset = "latin1",
	.newline = "\n",
	.begin = begin,
	.record = put_row,
};
