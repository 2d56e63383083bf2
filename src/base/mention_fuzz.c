/* A block of mentions from a worker that may have been taken over: refused, or
 * all of it can be read. */
#include "base/mention.h"

#include <stdlib.h>
#include <string.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop, so that the fuzzer keeps the input. */
static void
need(bool holds)
{
	if (!holds)
		abort();
}

/* Every byte that a mention leads to is there. */
static uint64_t
read_mention(const struct mention_block *b, const struct mention *m)
{
	uint64_t sum = m->nir ^ m->record;

	for (size_t t = 0; t < MENTION_TEXTS; t++) {
		const struct span text = mention_text(b, m->text[t]);

		need(text.n <= NORM_MAX);
		need(m->text[t] == 0 || text.p >= b->heap.p);
		need(m->text[t] == 0 ||
		     text.p + text.n <= b->heap.p + b->heap.n);
		for (size_t i = 0; i < text.n; i++)
			sum = sum * 31 + text.p[i];
	}
	need(m->sex <= 2 && m->nir_state <= NIR_GOOD);
	need(m->role < ROLE_COUNT && m->holder_kind < KIND_COUNT);
	return sum;
}

/* One byte less, or one more, is another size than the head says. */
static void
check_sizes(const uint8_t *bytes, size_t size)
{
	struct mention_block b;

	need(mention_block_view((struct span){bytes, size - 1}, &b) ==
	     RC_FORMAT);
	need(mention_block_view((struct span){bytes, size + 1}, &b) ==
	     RC_FORMAT);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes = calloc(size + 1, 1); /* aligned, as blocks are */
	struct mention_block b;
	volatile uint64_t sum = 0;

	need(bytes != NULL);
	if (size > 0)
		memcpy(bytes, data, size);
	if (mention_block_view((struct span){bytes, size}, &b) == RC_OK) {
		need(b.n <= size / sizeof(*b.mentions));
		for (size_t i = 0; i < b.n; i++)
			sum = sum + read_mention(&b, &b.mentions[i]);
		check_sizes(bytes, size);
	}
	free(bytes);
	return 0;
}
