/* Whatever the bytes: it ends, there are no more rows than bytes, every part is
 * CSV of at least one row with the cells of its header and in UTF-8, and
 * reading in other pieces, or from a script cut in other windows, gives the
 * same. */
#include "base/fold.h"
#include "base/parts_check.h"
#include "base/span.h"
#include "format/sql/sql.h"

#include <stdlib.h>
#include <string.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	GROWTH = 16, /* bytes given for one that was read, at most */
	INPUT_MAX = 1 << 20,
};

/** All that was given. */
struct given {
	uint8_t *p;
	size_t n;
	size_t cap;
	uint64_t skipped;
};

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* A table in CSV: how many cells each line has. */
struct shape {
	size_t lines;
	size_t want;
	size_t cells;
	bool inside; /* quotes */
};

static void
look(struct shape *t, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '"')
			t->inside = !t->inside;
		if (t->inside)
			continue;
		must(p[i] != '\r');
		t->cells += p[i] == ',';
		if (p[i] != '\n')
			continue;
		must(t->lines == 0 || t->cells == t->want);
		t->want = t->cells;
		t->cells = 0;
		t->lines++;
	}
}

static void
read_part(void *q, struct given *g, size_t piece)
{
	struct shape shape = {0};
	const size_t from = g->n;

	for (size_t n = 1; n > 0; g->n += n) {
		must(g->cap - g->n >= piece);
		must(sql_parts.read(q, g->p + g->n, piece, &n) == RC_OK);
		must(n <= piece);
		look(&shape, g->p + g->n, n);
	}
	must(shape.lines >= 2 && !shape.inside && shape.cells == 0);
	must(g->p[g->n - 1] == '\n');
	must(utf8_is_valid((struct span){g->p + from, g->n - from}));
}

static struct given
take_apart(struct span s, size_t piece)
{
	const struct parts_input in = parts_in_span(&s);
	struct given g = {.cap = s.n * GROWTH + PARTS_READ_MIN};
	struct part part;
	void *q;
	enum rc rc;

	g.p = malloc(g.cap);
	must(g.p != NULL);
	must(sql_parts.open(&in, &q) == RC_OK);
	while ((rc = sql_parts.next(q, &part)) == RC_OK) {
		must(part.is == PART_TABLE && part.name.n > 0 &&
		     part.name.n <= PARTS_NAME_MAX);
		must(utf8_is_valid(part.name));
		read_part(q, &g, piece);
	}
	must(rc == RC_END);
	g.skipped = sql_parts.skipped(q);
	must(g.skipped <= s.n);
	sql_parts.close(q);
	return g;
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > INPUT_MAX)
		return 0;
	const struct span s = {data, size};
	struct given a = take_apart(s, PARTS_READ_MIN);
	struct given b = take_apart(s, 1 + (size > 0 ? data[0] : 0));

	must(a.n == b.n && a.skipped == b.skipped);
	must(memcmp(a.p, b.p, a.n) == 0);
	free(a.p);
	free(b.p);
	return 0;
}
