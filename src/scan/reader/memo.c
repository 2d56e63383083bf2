/* What was found out about the values of a column, for when they come again:
 * towns, doctors and given names come again all the time, and looking one up
 * costs a fraction of testing it. Direct-mapped: a new value takes the place of
 * an old one, so that the memory is fixed and no result depends on it. */
#include "scan/reader/reader_impl.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES = 512, TEXT_BYTES = 46 };

struct entry {
	uint8_t text_n; /* 0: free; empty cells are never looked up */
	uint8_t norm_n;
	uint8_t verdict;
	uint8_t text[TEXT_BYTES];
	uint8_t norm[TEXT_BYTES];
};

struct memo {
	struct entry entries[ENTRIES];
};

static struct entry *
place_of(struct memo *m, struct span text)
{
	return &m->entries[span_hash(text, 0) % ENTRIES];
}

enum kind_verdict
memo_test(struct memo *m, const struct kind *kind, struct span text,
	  struct norm *ret_norm)
{
	if (m == NULL || text.n > TEXT_BYTES)
		return kind->test(text, ret_norm);
	struct entry *e = place_of(m, text);
	if (e->text_n == text.n && memcmp(e->text, text.p, text.n) == 0) {
		ret_norm->n = e->norm_n;
		memcpy(ret_norm->p, e->norm, e->norm_n);
		return (enum kind_verdict)e->verdict;
	}
	ret_norm->n = 0;
	const enum kind_verdict v = kind->test(text, ret_norm);
	if (v != KIND_NO && ret_norm->n > TEXT_BYTES)
		return v;
	e->text_n = (uint8_t)text.n;
	memcpy(e->text, text.p, text.n);
	e->verdict = (uint8_t)v;
	e->norm_n = v == KIND_NO ? 0 : (uint8_t)ret_norm->n;
	memcpy(e->norm, ret_norm->p, e->norm_n);
	return v;
}

/* Do values of ${kind} come again often enough? */
static bool
memo_pays(enum kind_id kind)
{
	/* What is almost different for everybody is quicker tested. */
	const uint64_t never =
		UINT64_C(1) << KIND_NONE | UINT64_C(1) << KIND_FR_NIR |
		UINT64_C(1) << KIND_PHONE | UINT64_C(1) << KIND_EMAIL |
		UINT64_C(1) << KIND_IBAN | UINT64_C(1) << KIND_BIRTH_DATE |
		UINT64_C(1) << KIND_ADDRESS_POSTCODE |
		UINT64_C(1) << KIND_HEALTH_NOTE | UINT64_C(1) << KIND_PASSWORD |
		UINT64_C(1) << KIND_PASSWORD_HASH;

	return (never >> kind & 1) == 0;
}

struct memo **
memo_new(const struct column_type *types, uint32_t cols)
{
	struct memo **all = calloc(cols + 1, sizeof(struct memo *));

	/* Without memory for one, its column is tested each time. */
	for (uint32_t c = 0; all != NULL && c < cols && c < MEMO_COLUMNS; c++)
		if (memo_pays(types[c].kind))
			all[c] = calloc(1, sizeof(struct memo));
	return all;
}

void
memo_free(struct memo **all, uint32_t cols)
{
	for (uint32_t c = 0; all != NULL && c < cols; c++) {
		if (all[c] != NULL)
			explicit_bzero(all[c], sizeof(struct memo));
		free(all[c]);
	}
	free((void *)all);
}
