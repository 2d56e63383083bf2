/* Most bytes of prose start nothing and announce nothing: the bits of a text
 * tell which may. What is told here may be too much, never too little. */
#include "detect/prose/prose_context_table.h"
#include "detect/prose/prose_impl.h"

void
cues_open(struct cues *c, struct words_text *words)
{
	*c = (struct cues){.words = words};
}

/* Block ${n} of the text, with the one behind it; ${ret_at}: where in the piece
 * it stands. */
static const struct words_block *
block_at(struct words_text *t, size_t n, size_t *ret_at)
{
	(void)words_turn(t, n / WORDS_BLOCKS * WORDS_PIECE);
	*ret_at = n % WORDS_BLOCKS;
	return &t->piece.block[*ret_at];
}

/* The words of block ${n} that may announce something. Bytes past ASCII that
 * are no plain letters may divide words, or be nothing. */
static uint64_t
announcing(struct words_text *t, size_t n)
{
	size_t at;
	const struct words_block *b = block_at(t, n, &at);

	return words_among(&t->piece, at, CONTEXT_WORDS, UINT64_MAX) |
	       words_odd(b);
}

static uint64_t
block_may(struct cues *c, size_t n)
{
	const size_t k = n % CUES_BLOCKS;

	if (c->block[k] != n + 1) {
		c->may[k] = announcing(c->words, n);
		c->block[k] = n + 1;
	}
	return c->may[k];
}

size_t
cues_first(struct cues *c, size_t from, size_t to)
{
	for (size_t i = from; i < to; i = (i / WORDS_BLOCK + 1) * WORDS_BLOCK) {
		const uint64_t may = block_may(c, i / WORDS_BLOCK) &
				     UINT64_MAX << i % WORDS_BLOCK;

		if (may == 0)
			continue;
		i = i / WORDS_BLOCK * WORDS_BLOCK +
		    (size_t)__builtin_ctzll(may);
		return i < to ? i : to;
	}
	return to;
}

/* The digits and signs of block ${n} at which something may start. Most numbers
 * are one short group, too short for an identifier and no part of a word or of
 * a longer number. */
static uint64_t
starting(struct words_text *t, size_t n)
{
	size_t at;
	const struct words_block *b = block_at(t, n, &at);
	const uint64_t digit = b->digit;
	const bool first = n == 0;
	const uint8_t last = first ? ' ' : t->text.p[n * WORDS_BLOCK - 1];
	const uint64_t before = digit << 1 | is_digit(last);
	const uint64_t starts = digit & ~before;
	const uint64_t ends = ~digit & before;
	const uint64_t word = b->letter | b->mark;
	const uint64_t number =
		words_ahead(digit | b->mark, b[1].digit | b[1].mark, 1);
	const uint64_t letter = words_ahead(b->letter, b[1].letter, 1);
	/* Three digits are no day before the name of a month. */
	const uint64_t three = before & before << 1 & before << 2;
	const uint64_t split = b->split | b->blank;
	const uint64_t odd =
		ends & (word | (split & (number | (letter & ~three))));
	const uint64_t two = digit & digit >> 1;
	const uint64_t six = two & two >> 2 & two >> 4;
	uint64_t may = words_owners(starts, odd) | b->sign;

	may |= starts & (six | word << 1 | !first);
	if (digit >> 63 != 0)
		may |= words_last(starts);
	return may;
}

size_t
cues_skip(struct cues *c, size_t i)
{
	const struct span text = c->words->text;

	if (i < text.n && is_digit(text.p[i]))
		return i;
	while (i < text.n) {
		const size_t n = i / WORDS_BLOCK;

		if (c->start_block != n + 1) {
			c->start = starting(c->words, n);
			c->start_block = n + 1;
		}
		const uint64_t may = c->start & UINT64_MAX << i % WORDS_BLOCK;

		if (may != 0)
			return n * WORDS_BLOCK + (size_t)__builtin_ctzll(may);
		i = (n + 1) * WORDS_BLOCK;
	}
	return text.n;
}
