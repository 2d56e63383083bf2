#include "format/csv/csv.h"

#include "format/csv/csv_impl.h"

#include <string.h>

bool
csv_dialect_check(const struct csv_dialect *d)
{
	if (d->cols == 0 || d->cols > BATCH_COLS_MAX ||
	    d->max_record < CSV_RECORD_MIN || d->max_record > CSV_RECORD_MAX)
		return false;
	if (d->newline > CSV_CR || d->is_runs > 1)
		return false;
	if (byte_in(d->delimiter, "\r\n") || byte_in(d->quote, "\r\n") ||
	    byte_in(d->escape, "\r\n"))
		return false;
	/* A delimiter of 0 is none: one column. */
	if (d->is_runs == 1 && d->delimiter == 0)
		return false;
	return (d->quote == 0 || d->quote != d->delimiter) &&
	       (d->escape == 0 ||
		(d->escape != d->delimiter && d->escape != d->quote));
}

enum rc
csv_open(struct csv *c, const struct csv_dialect *d, struct arena *a,
	 struct span window, bool is_last)
{
	if (!csv_dialect_check(d))
		return RC_FORMAT;
	if (window.n >= UINT32_MAX)
		return RC_LIMIT;
	c->dialect = *d;
	c->counts = (struct csv_counts){0};
	c->window = window;
	c->at = 0;
	c->stop = SIZE_MAX;
	c->is_last = is_last;
	c->arena = a;
	c->lost_until = 0;
	c->lost_state = STATE_LOST;
	c->line_from = 0;
	c->line_at = 0;
	c->isa = cpu_simd();
	c->index_at = 0;
	c->index_n = 0;
	c->marks_n = 0;
	c->marks_i = 0;
	return RC_OK;
}

void
csv_range(struct csv *c, size_t from, size_t stop)
{
	c->at = from < c->window.n ? from : c->window.n;
	c->stop = stop;
}

size_t
csv_offset(const struct csv *c)
{
	return c->at;
}

struct csv_counts
csv_counts(const struct csv *c)
{
	return c->counts;
}
