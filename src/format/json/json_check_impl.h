/* What every table must be, for the test and the fuzz target. */
#ifndef TOCSIN_FORMAT_JSON_JSON_CHECK_IMPL_H
#define TOCSIN_FORMAT_JSON_JSON_CHECK_IMPL_H

#include "base/span.h"

/** Step over the cell at ${i}; SIZE_MAX: it is none. */
static inline size_t
check_cell(struct span s, size_t i)
{
	if (i < s.n && s.p[i] == '"') {
		for (i++; i < s.n; i++) {
			if (s.p[i] != '"')
				continue;
			if (i + 1 == s.n || s.p[i + 1] != '"')
				return i + 1;
			i++;
		}
		return SIZE_MAX;
	}
	const size_t from = i;

	while (i < s.n && !byte_in(s.p[i], ",\n")) {
		if (byte_in(s.p[i], "\"\r"))
			return SIZE_MAX;
		i++;
	}
	if (i > from &&
	    (byte_in(s.p[from], " \t") || byte_in(s.p[i - 1], " \t")))
		return SIZE_MAX;
	return i;
}

/** Count the rows of a table, its header too; 0: it is none. */
static inline size_t
check_rows(struct span s)
{
	size_t rows = 0;
	size_t columns = 0;
	size_t cells = 0;

	if (s.n == 0 || s.p[s.n - 1] != '\n')
		return 0;
	for (size_t i = 0; i < s.n; i++) {
		i = check_cell(s, i);
		if (i >= s.n || !byte_in(s.p[i], ",\n"))
			return 0;
		cells++;
		if (s.p[i] == ',')
			continue;
		if (rows++ == 0)
			columns = cells;
		if (cells != columns)
			return 0;
		cells = 0;
	}
	return rows;
}

#endif
