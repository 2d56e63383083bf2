/*
 * leakgen: JSON: one array of objects, or an object a line. In the array an
 * empty cell is null; in lines, as document databases export them, it is
 * missing.
 *
 * Source   RFC 8259; section 8.1 asks for UTF-8, RFC 4627 for Unicode.
 */
#include "json.h"

static void
put_object(struct writer *w, const struct cell *cells, bool nulls)
{
	const struct layout *l = w->layout;
	struct text *t = &w->line;
	uint8_t between = '{';

	for (uint32_t i = 0; i < l->columns; i++) {
		const enum column_type type = columns_type(l->plan[i]);
		const struct cell name = {w->names[i].s, w->names[i].n};
		if (cells[i].n == 0 && !nulls)
			continue;
		text_byte(t, between);
		between = ',';
		json_string(t, name);
		text_byte(t, ':');
		if (cells[i].n == 0) {
			text_ascii(t, "null");
		} else if (type == TYPE_NUMBER || type == TYPE_MONEY) {
			writer_typed(t, type, cells[i]);
		} else if (type == TYPE_TEXT) {
			json_string(t, cells[i]);
		} else {
			text_byte(t, '"');
			writer_typed(t, type, cells[i]);
			text_byte(t, '"');
		}
	}
	text_ascii(t, between == '{' ? "{}" : "}");
}

static void
begin(struct writer *w)
{
	text_byte(&w->line, '[');
}

static void
record(struct writer *w, const struct cell *cells)
{
	writer_lines(w, w->records == 0 ? "\n" : ",\n");
	put_object(w, cells, true);
}

static void
end(struct writer *w)
{
	writer_lines(w, "\n]\n");
}

static void
record_line(struct writer *w, const struct cell *cells)
{
	put_object(w, cells, false);
	writer_lines(w, "\n");
}

const struct format to_json = {
	.name = "json",
	.charset = "utf8",
	.newline = "\n",
	.charsets = json_charsets,
	.begin = begin,
	.record = record,
	.end = end,
};

const struct format to_ndjson = {
	.name = "ndjson",
	.charset = "utf8",
	.newline = "\n",
	.charsets = json_charsets,
	.record = record_line,
};
