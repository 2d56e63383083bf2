/* base/batch: what every format hands on: some rows of cells, column by
 * column, lying in the window that was read. A table, a dump's INSERT, a
 * message's segments and a page of text all come in this one shape. */
#ifndef TOCSIN_BASE_BATCH_H
#define TOCSIN_BASE_BATCH_H

#include "base/span.h"

#include <stddef.h>
#include <stdint.h>

enum {
	BATCH_ROWS = 256, /* rows of a batch, at most: fits the L2 cache */
	/* From one column to the next. Not a power of two: the cells of a row
	 * would all fall in the same set of the first cache. */
	BATCH_STRIDE = BATCH_ROWS + 4,
	BATCH_COLS_MAX = 4096, /* columns of a document, at most */
};

/** One cell: quotes and escapes resolved, charset as in the document. */
struct cell {
	const uint8_t *p; /* in the window, or in the reader's arena */
	uint32_t n;       /* bytes; 0: empty or absent */
	uint32_t at; /* where its content starts, from the window's start */
};

/**
 * Some rows. The cell of row r and column c is cells[c * BATCH_STRIDE + r].
 * Column number ${cols} is the overflow: what a ragged row has beyond its
 * columns, delimiters included, so that nothing is lost.
 */
struct batch {
	uint32_t rows;
	uint32_t cols;
	struct cell *cells;  /* (cols + 1) * BATCH_STRIDE */
	uint32_t *row_at;    /* start of each row, from the window's start */
	uint8_t *row_ragged; /* 1: more or fewer cells than columns */
};

/** batch_cell(b, row, col): Where that cell is kept. */
static inline struct cell *
batch_cell(const struct batch *b, uint32_t row, uint32_t col)
{
	return &b->cells[(size_t)col * BATCH_STRIDE + row];
}

/** cell_span(c): The bytes of ${c}. */
static inline struct span
cell_span(const struct cell *c)
{
	return (struct span){c->p, c->n};
}

#endif
