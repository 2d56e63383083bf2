#include "people/people_set.h"

#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

enum { START_CAP = 1 << 12 };

enum rc
people_set_settle(struct people_set *s)
{
	if (s->n_sorted == s->n)
		return RC_OK;
	uint64_t *spare = calloc(s->n, sizeof(*spare));
	if (spare == NULL)
		return RC_NOMEM;
	sort_bits(s->v, spare, s->n, 0, 64);
	explicit_bzero(spare, s->n * sizeof(*spare));
	free(spare);
	s->n = sort_unique(s->v, s->n);
	s->n_sorted = s->n;
	return RC_OK;
}

/* Twice the room, with what was wiped behind it. */
static enum rc
grow(struct people_set *s)
{
	const size_t cap = s->cap == 0 ? START_CAP : 2 * s->cap;
	uint64_t *v = calloc(cap, sizeof(*v));

	if (v == NULL)
		return RC_NOMEM;
	if (s->n > 0)
		memcpy(v, s->v, s->n * sizeof(*v));
	const size_t n = s->n;
	const size_t n_sorted = s->n_sorted;
	people_set_free(s);
	*s = (struct people_set){
		.v = v, .n = n, .n_sorted = n_sorted, .cap = cap};
	return RC_OK;
}

enum rc
people_set_add(struct people_set *s, uint64_t x)
{
	enum rc rc = RC_OK;

	if (s->n == s->cap) {
		rc = people_set_settle(s);
		/* Where half is news, more will come: without this the rest
		 * would be sorted again and again. */
		if (rc == RC_OK && 2 * s->n >= s->cap)
			rc = grow(s);
	}
	if (rc == RC_OK)
		s->v[s->n++] = x;
	return rc;
}

void
people_set_free(struct people_set *s)
{
	if (s->v != NULL)
		explicit_bzero(s->v, s->cap * sizeof(*s->v));
	free(s->v);
	memset(s, 0, sizeof(*s));
}
