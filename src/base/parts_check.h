/* base/parts: a whole in memory, for tests and fuzz targets. */
#ifndef TOCSIN_BASE_PARTS_CHECK_H
#define TOCSIN_BASE_PARTS_CHECK_H

#include "base/parts.h"

#include <stdlib.h>
#include <string.h>

/** parts_read_span(arg, at, to, n, ret_n): As parts_input wants it, of the span
 * ${arg}. Aborts if it is asked for what lies beyond the end. */
static inline enum rc
parts_read_span(void *arg, uint64_t at, uint8_t *to, size_t n, size_t *ret_n)
{
	const struct span *s = arg;

	if (at > s->n)
		abort();
	*ret_n = s->n - at < n ? s->n - (size_t)at : n;
	if (*ret_n > 0)
		memcpy(to, s->p + at, *ret_n);
	return RC_OK;
}

/** parts_in_span(s): The input that is ${s}, which must live on. */
static inline struct parts_input
parts_in_span(struct span *s)
{
	return (struct parts_input){parts_read_span, s, s->n};
}

#endif
