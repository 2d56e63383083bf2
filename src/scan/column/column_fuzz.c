#include "scan/column/column.h"

#include <stdlib.h>
#include <string.h>

enum { COLS = 5, ROWS_MAX = 64 };

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop, so that the fuzzer keeps the input. */
static void
need(bool holds)
{
	if (!holds)
		abort();
}

/* Cut the next cell off ${text}: up to a semicolon or the end of the line. */
static struct span
next_cell(struct span *text)
{
	size_t n = 0;

	while (n < text->n && text->p[n] != ';' && text->p[n] != '\n')
		n++;
	const struct span cell = {text->p, n};
	const size_t skip = n < text->n ? n + 1 : n;

	text->p += skip;
	text->n -= skip;
	return cell;
}

static void
need_type(const struct column_type *t, uint32_t col)
{
	char why[COLUMN_WHY_MAX];

	need(t->kind < KIND_COUNT && t->role < ROLE_COUNT);
	need(t->confidence <= 100 && t->index == col);
	need(t->agrees_with <= COLS);
	need(t->filled <= t->sampled && t->tested <= t->filled);
	need(t->valid <= t->tested);
	need(t->agreed <= t->compared && t->compared <= t->sampled);
	need(memchr(t->name, 0, sizeof(t->name)) != NULL);
	need(t->name[0] != '\0');
	for (size_t i = 0; t->name[i] != '\0'; i++)
		need((uint8_t)t->name[i] >= 0x20 && t->name[i] != 0x7F);
	for (size_t cap = 1; cap <= sizeof(why); cap += 57)
		need(column_why(t, why, cap, cap % 2 == 0) < cap);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cell *cells =
		calloc((COLS + 1) * (size_t)BATCH_STRIDE, sizeof(*cells));
	struct span text = {data, size};
	struct span header[COLS];
	struct batch batch = {.cols = COLS, .cells = cells};
	struct column_type types[COLS];

	if (cells == NULL)
		return 0;

	for (uint32_t c = 0; c < COLS; c++)
		header[c] = next_cell(&text);
	for (uint32_t r = 0; r < ROWS_MAX && text.n > 0; r++, batch.rows++)
		for (uint32_t c = 0; c < COLS; c++) {
			const struct span s = next_cell(&text);

			*batch_cell(&batch, r, c) =
				(struct cell){s.p, (uint32_t)s.n, 0};
		}
	struct arena *a = arena_new(column_scratch_bytes(COLS));

	need(a != NULL);
	for (int with = 0; with < 2; with++) {
		const struct column_input in = {
			.header = with == 1 ? header : NULL,
			.batches = &batch,
			.n_batches = 1,
			.cols = COLS,
		};

		need(column_type(&in, a, types) == RC_OK);
		need(arena_used(a) == 0);
		for (uint32_t c = 0; c < COLS; c++)
			need_type(&types[c], c);
	}
	for (uint32_t c = 0; c < COLS; c++) {
		struct column_type t = {.index = (uint16_t)c};

		(void)column_header(header[c], &t);
		need(t.kind < KIND_COUNT && t.role < ROLE_COUNT);
	}
	arena_free(a);
	free(cells);
	return 0;
}
