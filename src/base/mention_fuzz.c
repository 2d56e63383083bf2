/* A block of mentions from a worker that may have been taken over: refused, or
 * all of it can be read. */
#include "base/mention.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every byte that a mention leads to is there. */
static uint64_t
read_mention(const struct mention_block *b, const struct mention *m)
{
	uint64_t sum = m->nir ^ m->record;

	for (size_t t = 0; t < MENTION_TEXTS; t++) {
		const struct span text = mention_text(b, m->text[t]);

		assert(text.n <= NORM_MAX);
		assert(m->text[t] == 0 || text.p >= b->heap.p);
		assert(m->text[t] == 0 ||
		       text.p + text.n <= b->heap.p + b->heap.n);
		for (size_t i = 0; i < text.n; i++)
			sum = sum * 31 + text.p[i];
	}
	assert(m->sex <= 2 && m->nir_state <= NIR_GOOD);
	assert(m->role < ROLE_COUNT && m->holder_kind < KIND_COUNT);
	return sum;
}

/* One byte less, or one more, is another size than the head says. */
static void
check_sizes(const uint8_t *bytes, size_t size)
{
	struct mention_block b;

	assert(mention_block_view((struct span){bytes, size - 1}, &b) ==
	       RC_FORMAT);
	assert(mention_block_view((struct span){bytes, size + 1}, &b) ==
	       RC_FORMAT);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes = calloc(size + 1, 1); /* aligned, as blocks are */
	struct mention_block b;
	volatile uint64_t sum = 0;

	assert(bytes != NULL);
	if (size > 0)
		memcpy(bytes, data, size);
	if (mention_block_view((struct span){bytes, size}, &b) == RC_OK) {
		assert(b.n <= size / sizeof(*b.mentions));
		for (size_t i = 0; i < b.n; i++)
			sum = sum + read_mention(&b, &b.mentions[i]);
		check_sizes(bytes, size);
	}
	free(bytes);
	return 0;
}
