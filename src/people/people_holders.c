#include "people/people_holders.h"

#include "link/mix/mix.h"

#include <stdlib.h>

enum rc
people_holders_init(struct people_holders *h)
{
	h->n = 0;
	h->all = calloc(PEOPLE_HOLDERS_MAX, sizeof(*h->all));
	h->slots = calloc(PEOPLE_HOLDERS_SLOTS, sizeof(*h->slots));
	return h->all != NULL && h->slots != NULL ? RC_OK : RC_NOMEM;
}

void
people_holders_done(struct people_holders *h)
{
	free(h->all);
	free(h->slots);
	*h = (struct people_holders){.all = NULL};
}

static bool
is_holder(const struct people_holder *h, const struct mention *m)
{
	return h->code == m->holder && h->kind == m->holder_kind;
}

/* The slot of the holder of ${m}, or a free one. */
static uint32_t *
slot_of(const struct people_holders *h, const struct mention *m)
{
	const size_t mask = PEOPLE_HOLDERS_SLOTS - 1;
	size_t i = mix(m->holder ^ m->holder_kind) & mask;

	while (h->slots[i] != 0 && !is_holder(&h->all[h->slots[i] - 1], m))
		i = (i + 1) & mask;
	return &h->slots[i];
}

static void
meet(struct people_holders *h, const struct mention *m)
{
	uint32_t *slot = slot_of(h, m);

	if (*slot != 0 || h->n == PEOPLE_HOLDERS_MAX)
		return;
	h->all[h->n++] = (struct people_holder){.code = m->holder,
						.kind = m->holder_kind};
	*slot = (uint32_t)h->n;
}

void
people_holders_meet(struct people_holders *h, const struct mention_block *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->mentions[i].holder != 0)
			meet(h, &b->mentions[i]);
}

size_t
people_holders_find(const struct people_holders *h, const struct mention *m)
{
	const uint32_t slot = *slot_of(h, m);

	return slot == 0 ? PEOPLE_HOLDERS_MAX : slot - 1;
}
