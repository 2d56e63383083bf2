/* The words near a candidate. */
#include "base/fold.h"
#include "detect/prose/prose_impl.h"

#include <string.h>

/* Where the window before the candidate starts: not inside a word, not before
 * the line, unless the candidate starts its line and the label stands on the
 * one above. */
static size_t
window_start(const struct around *a)
{
	const uint8_t *p = a->text.p;
	const size_t least = a->at > PROSE_BEFORE ? a->at - PROSE_BEFORE : 0;
	size_t i = a->at;
	bool words = false;
	size_t newlines = 0;

	while (i > least && i > a->lowest) {
		const uint8_t b = p[i - 1];

		if (b == '\n' && (words || ++newlines > 1))
			return i;
		words |= b > ' ' && b != '(' && b != '+';
		i--;
	}
	if (i == 0 || i == a->lowest)
		return i;
	while (i < a->at && is_word_before(a->text, i) &&
	       is_word_at(a->text, i))
		i++;
	return i;
}

/* The end of the word that is glued to the candidate: "...-Fax", "... (home)";
 * its end: there is none. */
static size_t
glued_end(const struct around *a)
{
	size_t i = a->end;

	while (i < a->text.n && i - a->end < 2 && byte_in(a->text.p[i], " -("))
		i++;
	if (i == a->end || a->text.p[i - 1] == ' ')
		return a->end;
	while (i < a->text.n && i - a->end < PROSE_AFTER &&
	       is_word_at(a->text, i))
		i++;
	return i;
}

/* Where the window after the candidate ends: with the line or the clause. If a
 * digit or a colon comes first, the words there announce the next value, and
 * only one that is glued to the candidate is its own. */
static size_t
window_end(const struct around *a)
{
	const size_t left = a->text.n - a->end;
	const size_t most = a->end + (left > PROSE_AFTER ? PROSE_AFTER : left);
	size_t i = a->end;

	for (; i < most && !byte_in(a->text.p[i], "\n;|.!?"); i++)
		if (is_digit(a->text.p[i]) || byte_in(a->text.p[i], ":=@"))
			return glued_end(a);
	while (i > a->end && i < a->text.n && is_word_at(a->text, i) &&
	       is_word_before(a->text, i))
		i--;
	return i;
}

/* fold_words() of the bytes ${from} to ${to}, a blank at both ends. Most
 * windows are ASCII, which takes one pass. */
static size_t
fold_window(struct span text, size_t from, size_t to, uint8_t *out, size_t cap)
{
	size_t n = 1;

	out[0] = ' ';
	for (size_t i = from; i < to; i++) {
		const uint8_t b = text.p[i];

		if (b >= 0x80) {
			n = 1 +
			    fold_words((struct span){text.p + from, to - from},
				       out + 1, cap - 2);
			break;
		}
		if (is_alpha(b))
			out[n++] = b & 0xDF;
		else if (is_digit(b))
			out[n++] = b;
		else if (out[n - 1] != ' ')
			out[n++] = ' ';
	}
	if (out[n - 1] != ' ')
		out[n++] = ' ';
	return n;
}

void
around_init(struct around *a, struct span text, size_t at, size_t end)
{
	a->text = text;
	a->at = at;
	a->end = end;
	a->lowest = 0;
	a->n_before = a->n_after = 0;
}

/* The letters that ${words} start with, bit 0 for A. */
static uint32_t
first_letters(const char *const *words)
{
	uint32_t set = 0;

	for (; *words != NULL; words++)
		set |= UINT32_C(1) << ((unsigned)(uint8_t) * *words & 31);
	return set;
}

/* Which of ${words} starts at byte ${i} of ${p} and ends with a blank? */
static const char *
words_at(const uint8_t *p, size_t n, size_t i, const char *const *words)
{
	for (; *words != NULL; words++) {
		if ((uint8_t)(*words)[0] != p[i])
			continue;
		const size_t len = strlen(*words);

		if (len < n - i && p[i + len] == ' ' &&
		    memcmp(p + i, *words, len) == 0)
			return *words;
	}
	return NULL;
}

/* Looked at from the candidate backwards. A word and a number before it end the
 * search: what stands before announces that number ("TEL 0144556677 NSS"). */
const char *
around_before(struct around *a, const char *const *words, size_t *ret_far)
{
	enum { WORD = 3 }; /* letters; fewer are "ET", "OU", "N" */
	const uint32_t letters = first_letters(words);
	bool label = false;

	if (a->n_before == 0)
		a->n_before = fold_window(a->text, window_start(a), a->at,
					  a->before, sizeof(a->before));
	for (size_t end = a->n_before - 1; end > 0;) {
		size_t i = end;

		while (a->before[i - 1] != ' ')
			i--;
		const uint8_t b = a->before[i];
		const char *word = NULL;

		if (letters >> (b & 31) & 1)
			word = words_at(a->before, a->n_before, i, words);
		if (word != NULL) {
			*ret_far = a->n_before - i - strlen(word);
			return word;
		}
		if (is_digit(b) && label)
			return NULL;
		label |= !is_digit(b) && end - i >= WORD;
		end = i - 1;
	}
	return NULL;
}

bool
around_find(struct around *a, const char *const *words, size_t *ret_far)
{
	if (around_before(a, words, ret_far) != NULL)
		return true;
	if (a->n_after == 0)
		a->n_after = fold_window(a->text, a->end, window_end(a),
					 a->after, sizeof(a->after));
	for (size_t i = 1; i < a->n_after; i++) {
		if (a->after[i - 1] != ' ' ||
		    words_at(a->after, a->n_after, i, words) == NULL)
			continue;
		*ret_far = sizeof(a->before) + i;
		return true;
	}
	return false;
}
