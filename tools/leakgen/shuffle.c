/* leakgen: records that wait until they are written in any order. */
#include "shuffle.h"

#include "rng.h"

#include <stdlib.h>

/* A larger array, or NULL with the old one freed. */
static void *
grow(void *old, size_t n, size_t size)
{
	void *p = reallocarray(old, n, size);

	if (p == NULL)
		free(old);
	return p;
}

static bool
make_room(struct shuffle *s, size_t bytes, size_t facts)
{
	/* One row more than there are, whose start is the end of the last. */
	if (s->rows_n + 2 > s->rows_max) {
		s->rows_max = s->rows_max * 2 + 4096;
		s->rows = grow(s->rows, s->rows_max, sizeof(*s->rows));
	}
	if (s->n + bytes + WRITER_SLACK > s->max) {
		s->max = s->max * 2 + SINK_BUFFER;
		s->bytes = grow(s->bytes, s->max, 1);
	}
	if (s->facts_n + facts >= s->facts_max) {
		s->facts_max = s->facts_max * 2 + 4096;
		s->facts = grow(s->facts, s->facts_max, sizeof(*s->facts));
	}
	return s->rows != NULL && s->bytes != NULL && s->facts != NULL;
}

void
shuffle_keep(struct shuffle *s, uint64_t person, const struct cell *cells,
	     uint32_t columns, const struct truth_fact *facts, size_t n)
{
	size_t bytes = columns;

	for (uint32_t i = 0; i < columns; i++)
		bytes += cells[i].n;
	if (s->failed || !make_room(s, bytes, n)) {
		s->failed = true;
		return;
	}
	s->rows[s->rows_n] = (struct shuffle_row){s->n, s->facts_n, person};
	for (uint32_t i = 0; i < columns; i++) {
		memcpy(s->bytes + s->n, cells[i].p, cells[i].n);
		s->n += cells[i].n;
		s->bytes[s->n++] = '\0';
	}
	memcpy(s->facts + s->facts_n, facts, n * sizeof(*facts));
	s->facts_n += n;
	s->rows_n++;
	s->rows[s->rows_n] = (struct shuffle_row){s->n, s->facts_n, 0};
}

void
shuffle_cells(const struct shuffle *s, size_t row, struct cell *ret,
	      uint32_t columns)
{
	const char *p = (const char *)s->bytes + s->rows[row].start;

	for (uint32_t i = 0; i < columns; i++) {
		ret[i] = (struct cell){(const uint8_t *)p, strlen(p)};
		p += ret[i].n + 1;
	}
}

uint32_t *
shuffle_order(uint32_t n, uint64_t seed)
{
	uint32_t *order = malloc((n == 0 ? 1 : n) * sizeof(*order));
	struct rng r = rng_for(seed, 5);

	if (order == NULL)
		return NULL;
	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	for (uint32_t i = n; i > 1; i--) {
		const uint32_t j = rng_below(&r, i);
		const uint32_t at = order[i - 1];
		order[i - 1] = order[j];
		order[j] = at;
	}
	return order;
}

void
shuffle_done(struct shuffle *s)
{
	free(s->bytes);
	free(s->rows);
	free(s->facts);
	*s = (struct shuffle){0};
}
