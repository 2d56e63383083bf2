/* leakgen: segments of HL7 and HPRIM. */
#include "segments.h"

void
segment_begin(struct segment *s, const char *name)
{
	text_ascii(&s->w->line, name);
	s->field = s->marks->first;
	s->repetition = 0;
	s->component = 1;
	s->filled = false;
}

/* Moves on to where the next text or cell goes. */
static void
move(struct segment *s, uint32_t field, uint32_t repetition, uint32_t component)
{
	struct text *t = &s->w->line;

	for (; s->field < field; s->field++) {
		text_byte(t, '|');
		s->repetition = repetition;
		s->component = 1;
		s->filled = false;
	}
	if (s->repetition != repetition) {
		if (s->filled)
			text_byte(t, s->marks->repetition);
		s->repetition = repetition;
		s->component = 1;
	}
	for (; s->component < component; s->component++)
		text_byte(t, s->marks->component);
	s->filled = true;
}

void
segment_text(struct segment *s, uint32_t field, const char *text)
{
	move(s, field, 0, 1);
	text_ascii(&s->w->line, text);
}

void
segment_number(struct segment *s, uint32_t field, uint64_t v)
{
	move(s, field, 0, 1);
	text_number(&s->w->line, v);
}

static void
put_digits(struct text *t, struct cell cell)
{
	for (size_t i = 0; i < cell.n; i++)
		if (cell.p[i] >= '0' && cell.p[i] <= '9')
			text_byte(t, cell.p[i]);
}

/* Dates and times are written without anything between. */
static void
put_cell(struct segment *s, enum column_id id)
{
	const struct cell cell = writer_cell(s->w, s->cells, id);
	const enum column_type type = columns_type(&columns_all[id]);
	struct text *t = &s->w->line;

	if (type == TYPE_DATE)
		writer_date(t, cell, "");
	else if (type == TYPE_STAMP || id == COLUMN_SAMPLE_TIME)
		put_digits(t, cell);
	else
		writer_escaped(t, cell, s->marks->escapes);
}

void
segment_cell(struct segment *s, uint32_t field, enum column_id id)
{
	if (!segment_has(s, id))
		return;
	move(s, field, 0, 1);
	put_cell(s, id);
}

void
segment_places(struct segment *s, const struct segment_place *places)
{
	for (const struct segment_place *p = places; p->field != 0; p++) {
		if (p->needs != SEGMENT_ALWAYS &&
		    !segment_has(s, (enum column_id)p->needs))
			continue;
		if (p->text == NULL &&
		    !segment_has(s, (enum column_id)p->column))
			continue;
		move(s, p->field, p->repetition, p->component);
		if (p->text != NULL)
			text_ascii(&s->w->line, p->text);
		else
			put_cell(s, (enum column_id)p->column);
	}
}

bool
segment_has(const struct segment *s, enum column_id id)
{
	return writer_cell(s->w, s->cells, id).n != 0;
}

void
segment_end(struct segment *s)
{
	text_ascii(&s->w->line, s->w->layout->newline);
}

void
segment_note(struct segment *s, const char *name, enum column_id id)
{
	const uint32_t first = s->marks->first;

	if (!segment_has(s, id))
		return;
	segment_begin(s, name);
	segment_text(s, first + 1, "1");
	segment_text(s, first + 2, "L");
	segment_cell(s, first + 3, id);
	segment_end(s);
}

void
segment_results(struct segment *s, const struct segment_result *results,
		size_t n)
{
	const uint32_t first = s->marks->first;
	uint64_t number = 0;

	for (size_t i = 0; i < n; i++) {
		if (!segment_has(s, results[i].id))
			continue;
		segment_begin(s, "OBX");
		segment_number(s, first + 1, ++number);
		segment_text(s, first + 2, "ST");
		segment_text(s, first + 3, results[i].test);
		segment_cell(s, first + 5, results[i].id);
		segment_text(s, first + 11, "F");
		segment_end(s);
	}
}
