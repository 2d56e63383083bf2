/* leakgen: the answers that go with a leak, as tab-separated files. */
#ifndef LEAKGEN_TRUTH_H
#define LEAKGEN_TRUTH_H

#include "columns.h"

#include <stdio.h>

enum { TRUTH_FILES = 4 };

/** Something that a comment says or holds. */
struct truth_fact {
	uint64_t row;
	uint8_t column;
	uint8_t topic;
	uint8_t status;
	uint8_t mention; /* enum note_mention; 0: topic and status count */
};

/** The files that grow with the leak, and the counts for the others. */
struct truth {
	const char *dir; /* NULL: nothing is written */
	FILE *rows, *people, *notes, *mentions;
	uint64_t lab_rows[PLACES_LABS];
	uint64_t lab_people[PLACES_LABS];
	uint64_t topic_rows[TOPIC_COUNT][2]; /* asserted, tested */
	uint64_t topic_people[TOPIC_COUNT][2];
	uint64_t people_n, rows_n;
	bool doctors[PEOPLE_DOCTORS];
	bool failed;
};

/** What the summary repeats of the options. */
struct truth_summary {
	const char *preset, *format, *style, *charset;
	uint64_t seed, bytes;
	uint32_t columns;
};

/** truth_open(t, dir): Make ${dir} and its files. Returns false: it cannot. */
bool truth_open(struct truth *t, const char *dir);

/** truth_row(t, row, person): Row ${row} is of ${person}. */
void truth_row(struct truth *t, uint64_t row, uint64_t person);

/** truth_fact(t, fact): A comment says ${fact}. */
void truth_fact(struct truth *t, const struct truth_fact *fact);

/** truth_person(t, m, p): All rows of ${p} are written. */
void truth_person(struct truth *t, const struct maker *m,
		  const struct person *p);

/**
 * truth_columns(t, plan, n, style):
 * Write which columns the leak has: ${n} of them, at ${plan}.
 */
void truth_columns(struct truth *t, const struct column *const *plan,
		   uint32_t n, enum column_style style);

/** truth_close(t, m, s): Write the rest. Returns false if any byte failed. */
bool truth_close(struct truth *t, const struct maker *m,
		 const struct truth_summary *s);

#endif
