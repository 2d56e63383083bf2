/* What was found out about the values of a column, for when they come again:
 * towns, doctors and given names come again all the time, and looking one up
 * costs a fraction of testing it. Values are known by their keyed hash (64 bits
 * of NH, see crypto/row): two of a range have the same with a probability of
 * less than one in a million million. Direct-mapped: a new value takes the
 * place of an old one, so that the memory is fixed and no result depends on
 * it. */
#include "scan/reader/reader_impl.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum {
	TRIES = 1024, /* after so many.. */
	PAYS = 4,     /* ..one in so many must have been known */
	LINE = 64,    /* bytes of a line of the caches */
};

bool
memo_pays(const struct memo *m)
{
	return m->tries < TRIES || m->hits > m->tries / PAYS;
}

void
memo_keep_value(struct memo *m, uint64_t hash, struct span norm,
		uint64_t number)
{
	struct memo_value *v = memo_value(m, hash);

	m->valued = true;
	if (norm.n > sizeof(v->norm)) {
		m->tags[hash % MEMO_ENTRIES] = 0;
		return;
	}
	v->number = number;
	v->text = 0;
	v->norm_n = (uint8_t)norm.n;
	if (norm.n > 0)
		memcpy(v->norm, norm.p, norm.n);
}

/* What is in no tag was never written, or wiped. */
static struct memo *
memo_new(void)
{
	struct memo *m = aligned_alloc(LINE, sizeof(*m));

	if (m != NULL)
		memset(m, 0, offsetof(struct memo, values));
	return m;
}

static void
memo_wipe(struct memo *m)
{
	if (m->valued)
		explicit_bzero(m->values, sizeof(m->values));
	explicit_bzero(m, offsetof(struct memo, values));
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
			all->memo[n] = memo_new();
		all->of[c] = all->memo[n++];
	}
	return RC_OK;
}

void
memo_end(struct memos *all)
{
	for (size_t i = 0; i < MEMO_COLUMNS && all->memo[i] != NULL; i++)
		if (all->memo[i]->tries > 0)
			memo_wipe(all->memo[i]);
}

void
memo_free(struct memos *all)
{
	memo_end(all);
	for (size_t i = 0; i < MEMO_COLUMNS; i++)
		free(all->memo[i]);
	free((void *)all->of);
}
