/* The words near a candidate. */
#include "base/fold.h"
#include "detect/prose/prose_context_table.h"
#include "detect/prose/prose_impl.h"
#include "detect/words/words.h"

#include <string.h>

/* What fold_words() makes of ASCII: capitals and digits; all else is a blank.
 */
#define BLANKS4 ' ', ' ', ' ', ' '
#define BLANKS16 BLANKS4, BLANKS4, BLANKS4, BLANKS4
#define LETTERS                                                               \
	'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', \
		'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'
static const uint8_t ASCII[128] = {
	BLANKS16, BLANKS16, BLANKS16, '0', '1', '2',     '3',     '4',
	'5',      '6',      '7',      '8', '9', BLANKS4, ' ',     ' ',
	' ',      LETTERS,  BLANKS4,  ' ', ' ', LETTERS, BLANKS4, ' ',
};

/* Where the window before the candidate starts: not inside a word, not before
 * the line, unless the candidate starts its line and the label stands on the
 * one above. */
static size_t
window_start(const struct around *a)
{
	const uint8_t *p = a->text.p;
	const size_t least = a->at > PROSE_BEFORE ? a->at - PROSE_BEFORE : 0;
	size_t i = least > a->lowest ? least : a->lowest;
	bool words = false;
	size_t newlines = 0;

	if (memchr(p + i, '\n', a->at - i) != NULL)
		i = a->at;
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

/* The letters of French, ASCII and with accents, of ${from} to ${to} as
 * fold_words() writes them, behind the blank at w->c[0]. False: there are
 * others. */
static bool
fold_simply(struct span text, size_t from, size_t to, struct window *w)
{
	size_t n = 1;
	size_t words = 0;
	uint8_t last = ' ';

	for (size_t i = from; i < to; i++) {
		uint8_t b = text.p[i];

		if (b >= 0x80) {
			if (b != 0xC3 || i + 1 == to ||
			    (text.p[i + 1] & 0xC0) != 0x80)
				return false;
			b = words_fold(text.p[++i]);
			if (b == 0)
				return false;
		} else {
			b = ASCII[b];
		}
		/* Of blanks the first stays; words start behind one. */
		w->c[n] = b;
		w->word[words] = (uint8_t)n;
		words += last == ' ' && b != ' ';
		n += last != ' ' || b != ' ';
		last = b;
	}
	w->n = n;
	w->words = words;
	return true;
}

/* The key of the folded word at ${c}, as words_key() has it; a blank ends the
 * word. */
static uint64_t
folded_key(const uint8_t *c)
{
	const uint64_t x = word_load8(c);
	const uint64_t other = x ^ word_each(' ');
	const uint64_t blank =
		(other - word_each(1)) & ~other & word_each(0x80);

	return x & (((blank & (0 - blank)) >> 7) - 1);
}

/* fold_words() of the bytes ${from} to ${to}, a blank at both ends, where its
 * words start, and which may be a word of some context. */
static void
fold_window(struct span text, size_t from, size_t to, struct window *w)
{
	w->c[0] = ' ';
	if (!fold_simply(text, from, to, w)) {
		w->n = 1 + fold_words((struct span){text.p + from, to - from},
				      w->c + 1, AROUND_BYTES - 2);
		w->words = 0;
		for (size_t i = 1; i < w->n; i++)
			if (w->c[i - 1] == ' ')
				w->word[w->words++] = (uint8_t)i;
	}
	if (w->c[w->n - 1] != ' ')
		w->c[w->n++] = ' ';
	w->may = 0;
	for (size_t k = 0; k < w->words; k++) {
		const uint64_t key = folded_key(w->c + w->word[k]);

		w->may |= (uint64_t)words_in(CONTEXT_WORDS, key) << k;
	}
}

/* No word: all who ask hear so. */
static void
empty_window(struct window *w)
{
	w->n = 1;
	w->may = 0;
}

/* Words before the first that may announce something do not matter. */
static void
make_before(struct around *a)
{
	const uint8_t *p = a->text.p;
	const size_t least = a->at > PROSE_BEFORE ? a->at - PROSE_BEFORE : 0;
	const size_t first = cues_first(a->cues, least, a->at);

	if (first == a->at) {
		empty_window(&a->before);
		return;
	}
	size_t from = window_start(a);

	/* Not inside a word, as fold_words() sees it. */
	if (first > from && p[first - 1] < 0x80 && !is_alnum(p[first - 1]))
		from = first;
	fold_window(a->text, from, a->at, &a->before);
}

static void
make_after(struct around *a)
{
	const size_t left = a->text.n - a->end;
	const size_t most = a->end + (left > PROSE_AFTER ? PROSE_AFTER : left);

	if (cues_first(a->cues, a->end, most) < most)
		fold_window(a->text, a->end, window_end(a), &a->after);
	else
		empty_window(&a->after);
}

void
around_init(struct around *a, struct cues *cues, size_t at, size_t end)
{
	a->cues = cues;
	a->text = cues->words->text;
	a->at = at;
	a->end = end;
	a->lowest = 0;
	a->before.n = a->after.n = 0;
}

void
around_move(struct around *a, size_t at, size_t end)
{
	if (a->at != at)
		a->before.n = 0;
	if (a->end != end)
		a->after.n = 0;
	a->at = at;
	a->end = end;
}

/* Which of ${words} starts at byte ${i} of ${w} and ends with a blank? */
static const char *
words_at(const struct window *w, size_t i, const char *const *words)
{
	for (; *words != NULL; words++) {
		const char *word = *words;
		size_t k = 0;

		/* The last byte of the window is a blank: it ends a match. */
		while (word[k] != '\0' && (uint8_t)word[k] == w->c[i + k])
			k++;
		if (word[k] == '\0' && i + k < w->n && w->c[i + k] == ' ')
			return word;
	}
	return NULL;
}

/* Looked at from the candidate backwards. A word and a number before it end the
 * search: what stands before announces that number ("TEL 0144556677 NSS"). */
const char *
around_before(struct around *a, const char *const *words, size_t *ret_far)
{
	enum { WORD = 3 }; /* letters; fewer are "ET", "OU", "N" */
	struct window *w = &a->before;
	bool label = false;

	if (w->n == 0)
		make_before(a);
	if (w->may == 0)
		return NULL;
	const size_t least = (size_t)__builtin_ctzll(w->may);
	size_t end = w->n - 1;

	for (size_t k = w->words; k-- > least;) {
		const size_t i = w->word[k];
		const uint8_t b = w->c[i];
		const char *word = NULL;

		if (w->may >> k & 1)
			word = words_at(w, i, words);
		if (word != NULL) {
			*ret_far = w->n - i - strlen(word);
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
	struct window *w = &a->after;

	if (around_before(a, words, ret_far) != NULL)
		return true;
	if (w->n == 0)
		make_after(a);
	for (uint64_t may = w->may; may != 0; may &= may - 1) {
		const size_t i = w->word[__builtin_ctzll(may)];

		if (words_at(w, i, words) == NULL)
			continue;
		*ret_far = AROUND_BYTES + i;
		return true;
	}
	return false;
}
