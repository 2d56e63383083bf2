/* The first look at a note. Nearly all that is written names no topic; whether
 * a text may is told by the first letters of its words, without reading it.
 * What is told here may be too much, never too little. */
#include "base/fold.h"
#include "detect/health/health_filter_table.h"
#include "detect/health/health_impl.h"
#include "detect/words/words.h"

/* Of a key, the letters by which the vocabulary is sorted: a word of it may go
 * on in any way. */
static const uint64_t FIRST = UINT32_MAX;

/* Groups that signs and numbers belong to, and every topic: they are taken to
 * be met everywhere. */
static const uint64_t ANYWHERE =
	CLUE_COLON | CLUE_CONSUME | CLUE_WEEKS | CLUE_CA | CLUE_MEDICAL;

/* A text, and what its words so far can be. */
struct glance {
	struct span s;
	const uint64_t *filter; /* what words are looked at */
	struct health_seen seen;
	bool digits;
};

static size_t
take_word(struct glance *g, size_t at)
{
	return health_glance(g->s, at, &g->seen);
}

/* Words between ${at} and ${end}, where signs past ASCII may divide them or
 * accents stand apart from their letters: each from its start. */
static void
look_slowly(struct glance *g, size_t at, size_t end)
{
	while (at < end && !g->seen.topic) {
		uint32_t code = 0;
		const uint8_t b = g->s.p[at];
		const size_t used = utf8_next(g->s, at, &code);
		const bool letter =
			b < 0x80 ? is_alpha(b) : !health_is_sign(code);

		at = letter ? take_word(g, at) : at + used;
	}
}

/* As words_fold_key(), for the first letters. */
static bool
fold_first(struct span s, size_t at, size_t end, uint64_t *key)
{
	const size_t most = (size_t)2 * HEALTH_KEY; /* bytes of so many */

	if (end - at > most)
		end = at + most;
	if (!words_fold_key(s, at, end, key))
		return false;
	*key &= FIRST;
	return true;
}

/* The word of ASCII and accented Latin letters from ${at} to ${end}, by its
 * ${key}. */
static void
look(struct glance *g, size_t at, size_t end, uint64_t key)
{
	const struct span s = g->s;
	/* "V.I.H." */
	const bool dotted = end - at == 1 && end < s.n && s.p[end] == '.';
	const bool known = !words_is_high(key) || fold_first(s, at, end, &key);

	if (dotted || !known || words_in(g->filter, key))
		(void)take_word(g, at);
}

/* A word that goes on in the next block. */
static void
look_across(struct glance *g, size_t at, uint64_t key)
{
	const struct span s = g->s;
	size_t end = at;
	bool high = false;

	while (end < s.n && (is_alnum(s.p[end]) || s.p[end] >= 0x80))
		high |= s.p[end++] >= 0x80;
	if (high)
		look_slowly(g, at, end);
	else
		look(g, at, end, key);
}

/* Which words must be looked at, whatever their key: those with ${odd} bytes in
 * them, one letter before a dot, and the last one if it does not end here. */
static uint64_t
exceptions(const struct glance *g, size_t base, const struct words_block *b,
	   uint64_t starts, uint64_t odd)
{
	uint64_t words = words_owners(starts, odd);

	for (uint64_t one = starts & ~(b->letter >> 1) & INT64_MAX; one != 0;
	     one &= one - 1) {
		const size_t end = base + (size_t)__builtin_ctzll(one) + 1;

		if (end < g->s.n && g->s.p[end] == '.')
			words |= one & (0 - one);
	}
	if ((b->letter | b->digit) >> 63 != 0)
		words |= words_last(starts);
	return words;
}

/* The words that start in block ${i} of the piece at ${base}. */
static void
look_at_block(struct glance *g, size_t base, const struct words *piece,
	      size_t i)
{
	const uint64_t starts = piece->start[i];
	const struct words_block *b = &piece->block[i];
	const uint8_t *fold = piece->fold + i * WORDS_BLOCK;
	const uint64_t odd = words_odd(b);
	const uint64_t gap = ~(b->letter | b->digit);

	base += i * WORDS_BLOCK;
	uint64_t may = words_among(piece, i, g->filter, FIRST) |
		       exceptions(g, base, b, starts, odd);

	g->digits |= b->digit != 0;
	for (; may != 0 && !g->seen.topic; may &= may - 1) {
		const unsigned bit = (unsigned)__builtin_ctzll(may);
		const size_t at = base + bit;
		const uint64_t key = words_key(fold + bit) & FIRST;

		if (gap >> bit == 0) {
			look_across(g, at, key);
			continue;
		}
		const unsigned n = (unsigned)__builtin_ctzll(gap >> bit);
		const uint64_t inside = (UINT64_C(1) << n) - 1;

		if ((odd >> bit & inside) == 0)
			look(g, at, at + n, key);
		else
			look_slowly(g, at, at + n);
	}
}

/* Look at the words of ${filter}, until one names a topic. */
static void
look_through(struct glance *g, struct words_text *note, const uint64_t *filter)
{
	g->filter = filter;
	for (size_t at = 0; at < g->s.n && !g->seen.topic; at += WORDS_PIECE) {
		const size_t blocks = words_turn(note, at);

		for (size_t i = 0; i < blocks; i++)
			look_at_block(g, at, &note->piece, i);
	}
}

bool
health_may_tell(struct words_text *note)
{
	struct glance g = {.s = note->text};

	look_through(&g, note, HEALTH_FILTER);
	if (g.seen.topic || ((g.seen.clues & CLUE_CODE) != 0 && g.digits))
		return true;
	if (g.seen.wants == 0)
		return false;
	/* "projet" alone names nothing. */
	g.seen.clues |= ANYWHERE;
	if ((g.seen.wants & g.seen.clues) == 0)
		look_through(&g, note, HEALTH_COMPANY);
	return (g.seen.wants & g.seen.clues) != 0;
}
