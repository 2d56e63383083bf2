/* leakgen: records that wait in memory until they are written in any order. */
#ifndef LEAKGEN_SHUFFLE_H
#define LEAKGEN_SHUFFLE_H

#include "truth.h"
#include "writer.h"

enum { SHUFFLE_MAX = 5000000 /* rows that are held in memory */ };

/** Where a row begins, and whose it is. */
struct shuffle_row {
	size_t start;
	size_t fact;
	uint64_t person;
};

/** The rows; zeroed at first. */
struct shuffle {
	uint8_t *bytes; /* the cells, each with a NUL behind */
	size_t n, max;
	struct shuffle_row *rows;
	size_t rows_n, rows_max;
	struct truth_fact *facts;
	size_t facts_n, facts_max;
	bool failed;
};

/**
 * shuffle_keep(s, person, cells, columns, facts, n):
 * Keep the row of ${person}: ${columns} cells and ${n} facts. If memory runs
 * out, ${s} has failed and keeps nothing any more.
 */
void shuffle_keep(struct shuffle *s, uint64_t person, const struct cell *cells,
		  uint32_t columns, const struct truth_fact *facts, size_t n);

/** shuffle_cells(s, row, ret, columns): Find the ${columns} cells of ${row}. */
void shuffle_cells(const struct shuffle *s, size_t row, struct cell *ret,
		   uint32_t columns);

/** shuffle_order(n, seed): A shuffled 0..${n}-1; the caller's; NULL: no memory.
 */
uint32_t *shuffle_order(uint32_t n, uint64_t seed);

/** shuffle_done(s): Give back what ${s} holds. */
void shuffle_done(struct shuffle *s);

#endif
