#include "people/people_set.h"

#include "base/sort.h"

enum { START_CAP = 1 << 12 };

enum rc
people_set_settle(struct people_set *s)
{
	if (s->n_sorted == s->n)
		return RC_OK;
	uint64_t *spare = ROOM_ARRAY(s->room, s->n, uint64_t);
	if (spare == NULL)
		return RC_NOMEM;
	sort_bits(s->v, spare, s->n, 0, 64);
	room_give(s->room, spare, s->n, sizeof(*spare));
	s->n = sort_unique(s->v, s->n);
	s->n_sorted = s->n;
	return RC_OK;
}

static enum rc
grow(struct people_set *s)
{
	const size_t cap = s->cap == 0 ? START_CAP : 2 * s->cap;
	uint64_t *v = room_resize(s->room, s->v, s->cap, cap, sizeof(*v));

	if (v == NULL)
		return RC_NOMEM;
	s->v = v;
	s->cap = cap;
	return RC_OK;
}

static uint64_t *
recent_of(struct people_set *s, uint64_t x)
{
	const uint64_t h = x * UINT64_C(0x9e3779b97f4a7c15);

	return &s->recent[h >> 56 & (PEOPLE_SET_RECENT - 1)];
}

enum rc
people_set_add(struct people_set *s, uint64_t x)
{
	uint64_t *recent = recent_of(s, x);
	enum rc rc = RC_OK;

	if (s->n > 0 && *recent == x)
		return RC_OK;
	/* The first stands for all that came before it: none. */
	for (size_t i = 0; s->n == 0 && i < PEOPLE_SET_RECENT; i++)
		s->recent[i] = x;
	if (s->n == s->cap) {
		rc = people_set_settle(s);
		/* Where half is news, more will come: without this the rest
		 * would be sorted again and again. */
		if (rc == RC_OK && 2 * s->n >= s->cap)
			rc = grow(s);
	}
	if (rc == RC_OK) {
		s->v[s->n++] = x;
		*recent = x;
	}
	return rc;
}

void
people_set_free(struct people_set *s)
{
	room_give(s->room, s->v, s->cap, sizeof(*s->v));
	*s = (struct people_set){.room = s->room};
}
