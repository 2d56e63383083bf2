/* leakgen_check: rows of a leak, whatever its format. */
#ifndef LEAKGEN_CHECK_H
#define LEAKGEN_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CELLS_MAX = 64, CELL_BYTES = 4096, LINE_BYTES = 4096 };

/** One row, unquoted. */
struct row {
	char cell[CELLS_MAX][CELL_BYTES];
	size_t length[CELLS_MAX];
	size_t n;
};

/** A format that can be read. */
struct reader {
	const char *name;
	/* Reads the names of the columns; NULL: they stand in the rows. */
	void (*header)(struct row *header);
	/* Reads a row; false behind the last one. */
	bool (*row)(const struct row *header, struct row *row);
};

/** The formats but CSV; the list ends with one without a name. */
extern const struct reader check_readers[];

/** check_die(what): End the program, as ${what} was found at this row. */
_Noreturn void check_die(const char *what);

/** check_put(r, c): Append ${c} to the cell in the making. */
void check_put(struct row *r, int c);

/** check_end(r): The cell in the making is done. */
void check_end(struct row *r);

#endif
