/* detect/name: from the bytes of running text to its words. */
#include "base/fold.h"
#include "detect/name/name_find_impl.h"
#include "detect/words/words.h"

#include <string.h>

/* U+2019, the apostrophe of typography, or that of ASCII: its bytes. */
static inline size_t
apostrophe(struct span s, size_t i)
{
	if (s.p[i] == '\'')
		return 1;
	return s.p[i] == 0xE2 && i + 2 < s.n &&
			       memcmp(s.p + i, "\xE2\x80\x99", 3) == 0
		       ? 3
		       : 0;
}

size_t
name_length(struct span s, size_t at)
{
	size_t i = at;

	while (i < s.n) {
		if (is_alpha(s.p[i])) {
			i++;
			continue;
		}
		const size_t joint = s.p[i] == '-' ? 1 : apostrophe(s, i);

		if (joint > 0) {
			if (i == at || i + joint >= s.n ||
			    !name_is_letter(s.p[i + joint]))
				break;
			i += joint;
			/* NBSP and other punctuation of two bytes ends it. */
		} else if (s.p[i] >= 0x80 && s.p[i] != 0xC2 && s.p[i] != 0xE2) {
			i++;
		} else {
			break;
		}
	}
	return i - at;
}

/* "Hervé" and "d'Hervé". */
static bool
starts_name(struct span s, size_t at)
{
	if (name_is_capital(s, at) || (s.p[at] != 'd' && s.p[at] != 'l') ||
	    at + 1 >= s.n)
		return name_is_capital(s, at);
	const size_t joint = apostrophe(s, at + 1);

	return joint > 0 && at + 1 + joint < s.n &&
	       name_is_capital(s, at + 1 + joint);
}

/* Fold ${w} as fold_words() does if all its letters are those of French; a
 * third of the work. False: they are not. */
static bool
fold_simply(struct name_part *w, const uint8_t *p)
{
	size_t n = 0;

	w->joined = false;
	for (size_t i = 0; i < w->n; i++) {
		uint8_t b = p[i];

		if (is_alpha(b)) {
			b &= 0xDF;
		} else if (b == '-' || b == '\'') {
			b = ' ';
			w->joined = true;
		} else {
			if (b != 0xC3 || i + 1 == w->n ||
			    (p[i + 1] & 0xC0) != 0x80)
				return false;
			b = words_fold(p[++i]);
			if (b == 0)
				return false;
		}
		w->fold[n++] = b;
	}
	w->fold_n = n;
	return true;
}

static bool
has_small(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((uint8_t)(p[i] - 'a') < 26 ||
		    (p[i] == 0xC3 && i + 1 < n && p[i + 1] >= 0x9F))
			return true;
	return false;
}

bool
name_read(struct span s, size_t at, struct name_part *ret)
{
	const uint8_t *p = s.p + at;
	const size_t n = name_length(s, at);

	if (n == 0)
		return false;
	ret->at = at;
	ret->n = n;
	ret->capital = starts_name(s, at);
	ret->upper = ret->capital && n > 1 && !has_small(p, n);
	ret->fold_n = 0;
	ret->joined = true;
	if (n <= PART_MAX && !fold_simply(ret, p)) {
		ret->joined = true;
		ret->fold_n = fold_words((struct span){p, n}, ret->fold,
					 sizeof(ret->fold));
	}
	ret->entry = name_look_up((struct span){ret->fold, ret->fold_n});
	return true;
}

enum name_given
name_given_of(const struct name_part *w)
{
	if (!w->joined)
		return (enum name_given)w->entry->given;
	return name_given_known((struct span){w->fold, w->fold_n});
}

size_t
name_blanks(struct span s, size_t i)
{
	for (unsigned k = 0; k < 2 && i < s.n; k++) {
		if (s.p[i] == ' ' || s.p[i] == '\t')
			i++;
		else if (s.p[i] == 0xC2 && i + 1 < s.n && s.p[i + 1] == 0xA0)
			i += 2;
	}
	return i;
}
