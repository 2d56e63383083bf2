/*
 * leakgen: what HL7 and HPRIM share: segments of fields, fields of repeated
 * groups of components. Nothing is written for what is empty at the end.
 */
#ifndef LEAKGEN_SEGMENTS_H
#define LEAKGEN_SEGMENTS_H

#include "writer.h"

/** What is needed by a text that stands there in any case. */
enum { SEGMENT_ALWAYS = COLUMNS_MAX };

/** How a format of segments separates them. */
struct segment_marks {
	uint8_t component, repetition;
	uint8_t first; /* number of the field that the name stands in */
	const char *const *escapes;
};

/** What stands in a component: a cell, or a text beside some cell. */
struct segment_place {
	uint8_t field, repetition, component; /* from 1, 0, 1 */
	uint8_t needs;    /* the column that must not be empty */
	uint8_t column;   /* whose cell it is, if not ${text} */
	const char *text; /* written as it is */
};

/* Places as tables have them: a cell; a cell if another is not empty; a text
 * if a cell is not empty; and behind the last place. */
#define SEGMENT_CELL(field, repetition, component, id)               \
	{                                                            \
		(field), (repetition), (component), (id), (id), NULL \
	}
#define SEGMENT_CELL_IF(field, repetition, component, needs, id)        \
	{                                                               \
		(field), (repetition), (component), (needs), (id), NULL \
	}
#define SEGMENT_TEXT(field, repetition, component, needs, text)                \
	{                                                                      \
		(field), (repetition), (component), (needs), COLUMNS_MAX, text \
	}
#define SEGMENT_END                 \
	{                           \
		0, 0, 0, 0, 0, NULL \
	}

/** A segment in the making. */
struct segment {
	struct writer *w;
	const struct cell *cells;
	const struct segment_marks *marks;
	uint32_t field, repetition, component;
	bool filled; /* has anything been written in the field? */
};

/** segment_begin(s, name): Begin the segment ${name}. */
void segment_begin(struct segment *s, const char *name);

/** segment_text(s, field, text): Write ${text} as it is into ${field}. */
void segment_text(struct segment *s, uint32_t field, const char *text);

/** segment_number(s, field, v): Write ${v} into ${field}. */
void segment_number(struct segment *s, uint32_t field, uint64_t v);

/** segment_cell(s, field, id): Write the cell of ${id} into ${field}. */
void segment_cell(struct segment *s, uint32_t field, enum column_id id);

/**
 * segment_places(s, places):
 * Write ${places}, which are in order and end with field 0.
 */
void segment_places(struct segment *s, const struct segment_place *places);

/** A result: the name of the test, and whose cell its value is. */
struct segment_result {
	const char *test;
	enum column_id id;
};

/**
 * segment_note(s, name, id):
 * Write the cell of ${id}, if there is anything in it, as the comment segment
 * ${name}.
 */
void segment_note(struct segment *s, const char *name, enum column_id id);

/**
 * segment_results(s, results, n):
 * Write those of ${n} ${results} that have a value, one OBX each.
 */
void segment_results(struct segment *s, const struct segment_result *results,
		     size_t n);

/** segment_has(s, id): Is there anything in the cell of ${id}? */
bool segment_has(const struct segment *s, enum column_id id);

/** segment_end(s): End the line. */
void segment_end(struct segment *s);

#endif
