/* detect/name: the way through running text. Of most words three or four
 * instructions tell that they neither announce a name nor start one: no cue
 * begins with such letters, and a name starts with a capital and goes on with
 * another. The others are left to name_step(), which knows the rules. */
#include "detect/name/name_filter_table.h"
#include "detect/name/name_find_impl.h"
#include "detect/words/words.h"

/* A text being searched. */
struct walk {
	struct span s;
	size_t from;
	size_t at; /* every word that starts before is done with */
	struct name_last last;
	struct name_hit *hits;
	size_t n, cap;
	bool more;
};

/* A name does not run over the end of a sentence: forget the last word if one
 * ends between it and byte ${at}. */
static void
end_sentence(struct walk *w, size_t at)
{
	for (size_t i = at; i > w->at && !name_is_letter(w->s.p[i - 1]); i--)
		if (byte_in(w->s.p[i - 1], ".:;!?\n"))
			w->last = (struct name_last){0};
}

/* By the rules, from the word at ${at} to where letters end. */
static void
step_slowly(struct walk *w, size_t at)
{
	end_sentence(w, at);
	w->at = at;
	do {
		struct name_hit hit;
		bool found;

		w->at = name_step(w->s, w->at, &w->last, &hit, &found);
		if (!found || hit.at < w->from)
			continue;
		if (w->n == w->cap) {
			w->more = true;
			return;
		}
		w->hits[w->n++] = hit;
	} while (w->at < w->s.n && name_is_letter(w->s.p[w->at]));
}

/* Is the word at ${at} perhaps a given name? */
static bool
may_be_given(struct span s, size_t at)
{
	size_t end = at;
	uint64_t key;

	/* The letters of a key take two bytes each, at most. */
	while (end < s.n && end - at < (size_t)2 * WORDS_KEY &&
	       name_is_letter(s.p[end]))
		end++;
	return !words_fold_key(s, at, end, &key) || words_in(GIVENS, key);
}

/* Can the word at ${at}, a capital and no cue, with a blank at ${end}, be the
 * first of a name? Another word of one must follow: a capital, or a particle
 * and a capital. A first word that is not known as a given name is one only
 * among capitals, before one that is. */
static bool
may_be_first(struct span s, size_t at, size_t end, bool given)
{
	const size_t next = name_blanks(s, end);

	if (next >= s.n)
		return false;
	const uint8_t b = s.p[next];

	if (given)
		return is_upper(b) || b >= 0x80 || byte_in(b, "abdelmostvz");
	return (uint8_t)(s.p[at + 1] - 'a') >= 26 && name_is_letter(b) &&
	       name_is_capital(s, next) && may_be_given(s, next);
}

/* Remember a word that is nothing. Behind "rue" capitals stay a place. */
static void
pass(struct walk *w, size_t at, bool capital, bool may_cue)
{
	bool place = false;

	if (capital && (w->last.place || w->last.may_cue)) {
		end_sentence(w, at);
		place = w->last.place || name_is_place(w->s, &w->last);
	}
	w->last = (struct name_last){
		.at = at, .known = true, .may_cue = may_cue, .place = place};
}

/* A small word of several that is no cue, "presqu'île": nothing starts in it.
 */
static void
step_over(struct walk *w, size_t at)
{
	w->last = (struct name_last){.at = at, .known = true};
	w->at = at + name_length(w->s, at);
	if (w->at < w->s.n && name_is_letter(w->s.p[w->at]))
		step_slowly(w, w->at);
}

/* Does the capital word ${at} to ${end} announce a name, or start one? A lone M
 * is "Monsieur" before its dot. */
static bool
is_worth_a_step(struct span s, size_t at, size_t end, bool surely, bool given)
{
	if (surely || (end - at == 1 && s.p[at] == 'M'))
		return true;
	return end - at > 1 && end < s.n &&
	       (s.p[end] == ' ' || s.p[end] == '\t') &&
	       may_be_first(s, at, end, given);
}

/* Look at the word that starts with the letters ${at} to ${end}, by its ${key};
 * ${joint}: it may go on, or end earlier. */
static void
look(struct walk *w, size_t at, size_t end, uint64_t key, bool joint)
{
	const struct span s = w->s;
	const bool capital = name_is_capital(s, at);
	const bool sure =
		!words_is_high(key) || words_fold_key(s, at, end, &key);
	const bool cue = !sure || words_in(CUES, key);

	if (capital ? is_worth_a_step(s, at, end, cue || joint,
				      !sure || words_in(GIVENS, key))
		    : cue && name_may_start(s, at))
		step_slowly(w, at);
	else if (!capital && joint && name_may_start(s, at))
		step_over(w, at);
	else
		pass(w, at, capital, cue);
}

/* The last of the words at the ${starts} of the block at ${base} is the last
 * word so far, if it was not looked at. */
static inline void
pass_last(struct walk *w, size_t base, uint64_t starts)
{
	if (starts == 0)
		return;
	const size_t at = base + 63 - (size_t)__builtin_clzll(starts);

	if (at >= w->at && (at != w->last.at || !w->last.known))
		w->last = (struct name_last){.at = at, .known = true};
}

/* Which of the words that start in block ${i} must be looked at. */
static uint64_t
candidates(const struct words *piece, size_t i)
{
	const struct words_block *b = &piece->block[i];
	const uint8_t *fold = piece->fold + i * WORDS_BLOCK;
	const uint64_t starts = piece->start[i];
	const uint64_t capitals = starts & b->upper;
	/* The carry of a sum runs over the letters to what follows them. */
	const uint64_t ends = (b->letter + capitals) & ~b->letter;
	const uint64_t letter = words_ahead(b->letter, b[1].letter, 1);
	const uint64_t later = words_ahead(b->blank, b[1].blank, 1) &
			       words_ahead(b->letter, b[1].letter, 2);
	/* Capitals, then a blank or two, then another word. */
	uint64_t may =
		words_owners(capitals, ends & b->blank & (letter | later));

	may |= words_among(piece, i, CUES, UINT64_MAX);
	/* What is joined. */
	may |= words_owners(starts, b->joint & (b->letter | b->letter << 1));
	for (uint64_t one = capitals & ~(b->letter >> 1); one != 0;
	     one &= one - 1)
		if (fold[__builtin_ctzll(one)] == 'M') /* "M." */
			may |= one & (0 - one);
	/* What goes on in the next block. */
	if (b->letter >> 63 != 0)
		may |= words_last(starts);
	return may;
}

/* The words that start in block ${i} of the piece at ${base}. */
static void
walk_block(struct walk *w, size_t base, const struct words *piece, size_t i)
{
	const uint64_t starts = piece->start[i];
	const struct words_block *b = &piece->block[i];
	const uint8_t *fold = piece->fold + i * WORDS_BLOCK;
	const uint64_t joint = b->joint;
	uint64_t may = candidates(piece, i);
	uint64_t left = starts;

	base += i * WORDS_BLOCK;
	for (;;) {
		/* Capitals behind "rue" are a place, whatever they are. */
		if (w->last.place || w->last.may_cue)
			may |= left & (0 - left);
		if (may == 0 || w->more)
			break;
		const unsigned bit = (unsigned)__builtin_ctzll(may);
		const uint64_t after = ~b->letter >> bit;
		const uint64_t done = (UINT64_C(2) << bit) - 1;
		size_t end = base + WORDS_BLOCK;
		bool joined = true;

		may &= may - 1;
		left = starts & ~done;
		pass_last(w, base, starts & done >> 1);
		if (base + bit < w->at)
			continue;
		if (after != 0) {
			const unsigned n = (unsigned)__builtin_ctzll(after);

			end = base + bit + n;
			joined = (joint >> bit & ((UINT64_C(2) << n) - 1)) != 0;
		} else {
			while (end < w->s.n && name_is_letter(w->s.p[end]))
				end++;
		}
		look(w, base + bit, end, words_key(fold + bit), joined);
	}
	pass_last(w, base, starts);
}

size_t
name_find_words(struct words_text *t, size_t from, struct name_hit *hits,
		size_t cap, bool *ret_more)
{
	if (t->text.n > UINT32_MAX)
		t->text.n = UINT32_MAX;
	struct walk w = {.s = t->text, .from = from, .hits = hits, .cap = cap};

	for (size_t at = 0; at < w.s.n && !w.more; at += WORDS_PIECE) {
		const size_t blocks = words_turn(t, at);

		for (size_t i = 0; i < blocks; i++)
			walk_block(&w, at, &t->piece, i);
	}
	*ret_more = w.more;
	return w.n;
}

size_t
name_find(struct span text, size_t from, struct name_hit *hits, size_t cap,
	  bool *ret_more)
{
	struct words_text t;

	words_open(&t, text);
	return name_find_words(&t, from, hits, cap, ret_more);
}
