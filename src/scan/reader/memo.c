/* What was found out about the values of a column, for when they come again:
 * towns, doctors and given names come again all the time, and looking one up
 * costs a fraction of testing it. Values are known by their keyed hash (64 bits
 * of NH, see crypto/row): two of a range have the same with a probability of
 * less than one in a million million. Direct-mapped: a new value takes the
 * place of an old one, so that the memory is fixed and no result depends on
 * it. */
#include "scan/reader/reader_impl.h"

#include <stdlib.h>
#include <string.h>

enum {
	TRIES = 1024, /* after so many.. */
	PAYS = 4,     /* ..one in so many must have been known */
};

bool
memo_pays(const struct memo *m)
{
	return m->tries < TRIES || m->hits > m->tries / PAYS;
}

void
memo_keep(struct memo_entry *e, uint64_t hash, enum kind_verdict v,
	  struct span norm)
{
	if (v != KIND_NO && norm.n > sizeof(e->norm))
		return;
	e->hash = hash;
	e->text = 0;
	e->verdict = (uint8_t)v;
	e->norm_n = v == KIND_NO ? 0 : (uint8_t)norm.n;
	if (e->norm_n > 0)
		memcpy(e->norm, norm.p, e->norm_n);
}

enum rc
memo_begin(struct memos *all, const struct column_type *types, uint32_t cols)
{
	uint32_t n = 0;

	if (cols > all->room) {
		struct memo **of = realloc((void *)all->of, cols * sizeof(*of));

		if (of == NULL)
			return RC_NOMEM;
		all->of = of;
		all->room = cols;
	}
	if (cols == 0)
		return RC_OK; /* text has no columns */
	memset((void *)all->of, 0, cols * sizeof(struct memo *));
	for (uint32_t c = 0; c < cols && n < MEMO_COLUMNS; c++) {
		if (types[c].kind == KIND_NONE)
			continue;
		/* Kept from range to range: fresh pages cost more than all
		 * look-ups. Without memory its column is tested each time. */
		if (all->memo[n] == NULL)
			all->memo[n] = calloc(1, sizeof(struct memo));
		all->of[c] = all->memo[n++];
	}
	return RC_OK;
}

void
memo_end(struct memos *all)
{
	for (size_t i = 0; i < MEMO_COLUMNS && all->memo[i] != NULL; i++)
		if (all->memo[i]->tries > 0)
			explicit_bzero(all->memo[i], sizeof(struct memo));
}

void
memo_free(struct memos *all)
{
	memo_end(all);
	for (size_t i = 0; i < MEMO_COLUMNS; i++)
		free(all->memo[i]);
	free((void *)all->of);
}
