/* Whatever the bytes: the parts come to an end, each is a table whose rows have
 * as many cells as its header, and the size of the pieces that are read
 * changes nothing. */
#include "base/parts_check.h"
#include "format/json/json.h"
#include "format/json/json_check_impl.h"

#include <stdlib.h>
#include <string.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 14, PARTS_MAX = 2 * JSON_TABLES_MAX };

struct table {
	uint8_t *p;
	size_t n;
};

struct result {
	struct table parts[PARTS_MAX];
	size_t n;
	uint64_t skipped;
};

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static struct span
span_of(const struct table *t)
{
	return (struct span){t->p, t->n};
}

static struct table
read_part(void *p, size_t piece)
{
	size_t n = 0;
	size_t room = 1 << 12;
	uint8_t *bytes = malloc(room);
	size_t got;

	do {
		if (room - n < piece)
			bytes = realloc(bytes, room = 2 * room + piece);
		must(bytes != NULL);
		must(json_parts.read(p, bytes + n, piece, &got) == RC_OK);
		must(got <= piece);
		n += got;
	} while (got > 0);
	return (struct table){bytes, n};
}

/** Read all parts in pieces of ${piece} bytes. */
static bool
take_apart(struct span s, size_t piece, struct result *r)
{
	const struct parts_input in = parts_in_span(&s);
	struct part part;
	void *p;
	enum rc rc = json_parts.open(&in, &p);

	r->n = 0;
	if (rc != RC_OK) {
		must(rc == RC_FORMAT);
		return false;
	}
	while ((rc = json_parts.next(p, &part)) == RC_OK) {
		must(r->n < PARTS_MAX && part.is == PART_TABLE);
		must(part.name.n <= PARTS_NAME_MAX && !part.locked);
		r->parts[r->n] = read_part(p, piece);
		must(check_rows(span_of(&r->parts[r->n++])) > 0);
	}
	must(rc == RC_END);
	must(json_parts.next(p, &part) == RC_END);
	r->skipped = json_parts.skipped(p);
	json_parts.close(p);
	return true;
}

static void
release(struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->parts[i].p);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct result whole;
	static struct result pieces;

	if (size > INPUT_MAX)
		return 0;
	const struct span s = {data, size};

	if (!take_apart(s, PARTS_READ_MIN, &whole))
		return 0;
	must(take_apart(s, size % 7 + 1, &pieces));
	must(whole.n == pieces.n && whole.skipped == pieces.skipped);
	for (size_t i = 0; i < whole.n; i++)
		must(span_equal(span_of(&whole.parts[i]),
				span_of(&pieces.parts[i])));
	release(&whole);
	release(&pieces);
	return 0;
}
