/* Counts of one range. */
#include "scan/reader/reader_impl.h"

#include <stdlib.h>
#include <string.h>

enum { LIST_FIRST = 1024 };

/* Make room for one more item. */
static bool
list_grow(struct list *l)
{
	const size_t room = l->room == 0 ? LIST_FIRST : 2 * l->room;
	void *p = NULL;

	if (room * l->size <= WIRE_OUT_MAX / 4)
		p = realloc(l->p, room * l->size);
	if (p == NULL)
		return false;
	l->p = p;
	l->room = room;
	return true;
}

bool
list_add(struct list *l, const void *item)
{
	if (l->n == l->room && !list_grow(l))
		return false;
	memcpy((uint8_t *)l->p + l->n * l->size, item, l->size);
	l->n++;
	return true;
}

void
tally_number(struct tally *t, struct list *l, uint64_t number)
{
	if (l->n == l->room && !list_grow(l)) {
		t->full = true;
		return;
	}
	((uint64_t *)l->p)[l->n++] = number;
}

void
tally_begin(struct tally *t, uint32_t cols)
{
	memset(&t->head, 0, sizeof(t->head));
	memset(t->holder_slots, 0, sizeof(t->holder_slots));
	free(t->columns);
	t->columns = calloc(cols + 1, sizeof(*t->columns));
	t->head.n_columns = cols;
	t->row_tokens.size = sizeof(uint64_t);
	t->id_tokens.size = sizeof(uint64_t);
	t->domains.size = sizeof(uint64_t);
	t->findings.size = sizeof(struct wire_finding);
	t->row_tokens.n = t->id_tokens.n = 0;
	t->domains.n = t->findings.n = 0;
	t->full = t->columns == NULL;
}

void
tally_end(struct tally *t)
{
	t->head.n_row_tokens = t->row_tokens.n;
	t->head.n_id_tokens = t->id_tokens.n;
	t->head.n_domains = t->domains.n;
	t->head.n_findings = t->findings.n;
	if (t->full)
		t->head.ceiling = 1;
}

void
tally_kinds(struct tally *t, enum kind_id kind, uint64_t valid, uint64_t weak)
{
	struct wire_tally *k = &t->head.kinds[kind];

	k->findings += valid + weak;
	k->valid += valid;
	k->weak += weak;
}

void
tally_kind(struct tally *t, enum kind_id kind, enum kind_verdict v)
{
	tally_kinds(t, kind, v == KIND_VALID, v == KIND_WEAK);
}

void
tally_holder(struct tally *t, enum kind_id kind, uint64_t code)
{
	const uint64_t mixed = code * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (size_t)(mixed >> 32) % READER_HOLDER_SLOTS;

	for (; t->holder_slots[i] != 0; i = (i + 1) % READER_HOLDER_SLOTS) {
		struct wire_holder *h = &t->holders[t->holder_slots[i] - 1];

		if (h->code == code && h->kind == (uint32_t)kind) {
			h->rows++;
			return;
		}
	}
	if (t->head.n_holders == WIRE_HOLDERS_MAX) {
		t->full = true;
		return;
	}
	t->holders[t->head.n_holders++] = (struct wire_holder){
		.code = code, .kind = (uint32_t)kind, .rows = 1};
	t->holder_slots[i] = (uint16_t)t->head.n_holders;
}

void
tally_finding(const struct reading *g, const struct wire_finding *f)
{
	if (g->job->findings == 0)
		return;
	if (!list_add(&g->t->findings, f))
		g->t->full = true;
}

void
tally_token(const struct reading *g, enum kind_id kind, struct span value)
{
	const struct token full = token128(&g->r->keys, kind, value);

	tally_number(g->t, &g->t->id_tokens, word_load8(full.b));
}
