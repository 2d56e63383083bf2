/* detect/name: full names taken apart. */
#include "base/fold.h"
#include "detect/name/name_impl.h"

#include <string.h>

/* What a word of a full name is part of. */
enum part { PART_FAMILY, PART_BIRTH, PART_GIVEN, PART_NONE };

/* One word: what stands between blanks. */
struct token {
	struct span word; /* folded, its hyphens as blanks */
	uint8_t class;    /* enum name_word */
	uint8_t part;     /* enum part */
	bool upper;       /* two letters or more, all capitals */
	bool comma;       /* one follows */
	bool dot;
	bool known; /* begins with a known given name */
};

/* The words of a full name. */
struct tokens {
	struct token t[NAME_WORDS_MAX];
	size_t n;
	uint8_t buf[2 * NAME_TEXT_MAX];
	size_t used;
};

/* Is there a small letter of Latin script in ${s}? */
static bool
has_small(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			return true;
		/* U+00DF to U+00FF, and U+0153 */
		if (i + 1 < s.n && ((s.p[i] == 0xC3 && s.p[i + 1] >= 0x9F) ||
				    (s.p[i] == 0xC5 && s.p[i + 1] == 0x93)))
			return true;
	}
	return false;
}

static bool
ends_token(uint8_t b)
{
	return byte_in(b, " \t\r\n,;()/");
}

static void
add_token(struct tokens *ts, struct span raw)
{
	struct token *t = &ts->t[ts->n];
	uint8_t *out = ts->buf + ts->used;
	const size_t n = fold_words(raw, out, sizeof(ts->buf) - ts->used);

	if (n == 0)
		return;
	*t = (struct token){.word = {out, n}};
	t->class = (uint8_t)name_word(t->word);
	t->upper = n >= 2 && !has_small(raw);
	t->dot = raw.p[raw.n - 1] == '.';
	t->known = name_given_known(t->word) != NAME_GIVEN_NO;
	ts->used += n;
	ts->n++;
}

static void
read_tokens(struct tokens *ts, struct span text)
{
	ts->n = 0;
	ts->used = 0;
	for (size_t i = 0; i < text.n && ts->n < NAME_WORDS_MAX;) {
		size_t n = 0;

		while (i + n < text.n && !ends_token(text.p[i + n]))
			n++;
		if (n > 0)
			add_token(ts, (struct span){text.p + i, n});
		i += n;
		while (i < text.n && ends_token(text.p[i])) {
			if (text.p[i] == ',' && ts->n > 0)
				ts->t[ts->n - 1].comma = true;
			i++;
		}
	}
}

static void
remove_tokens(struct tokens *ts, size_t at, size_t n)
{
	memmove(ts->t + at, ts->t + at + n, (ts->n - at - n) * sizeof(*ts->t));
	ts->n -= n;
}

/* The sex that a folded form of address says. */
static uint8_t
title_sex(struct span word)
{
	static const char *const men[] = {"M", "MR", "MONSIEUR", "MISTER",
					  "HERR"};

	for (size_t i = 0; i < COUNT_OF(men); i++)
		if (span_is(word, men[i]))
			return 1;
	return span_is(word, "MM") ? 0 : 2;
}

/* Leave out "Mme", "Dr", and note what they say. */
static void
take_titles(struct tokens *ts, struct name_full *ret)
{
	while (ts->n > 0) {
		const struct token *t = &ts->t[0];
		const bool mister = t->word.n == 1 && t->word.p[0] == 'M' &&
				    (t->dot || ts->n > 2);

		if (t->class == WORD_DOCTOR)
			ret->professional = true;
		else if (mister || t->class == WORD_TITLE)
			ret->sex = title_sex(t->word);
		else if (t->class != WORD_DROP)
			return;
		remove_tokens(ts, 0, 1);
	}
}

/* Words of a surname that starts at ${at}: particles, then one word, then
 * more capitals if others follow that are none. */
static size_t
surname_length(const struct tokens *ts, size_t at)
{
	size_t end = at;
	bool small_follows = false;

	while (end < ts->n && ts->t[end].class == WORD_PARTICLE)
		end++;
	if (end < ts->n)
		end++;
	for (size_t i = end; i < ts->n; i++)
		small_follows = small_follows || !ts->t[i].upper;
	while (small_follows && end < ts->n && ts->t[end].upper &&
	       ts->t[end].class != WORD_WIFE && ts->t[end].class != WORD_BORN)
		end++;
	return end - at;
}

static void
join(struct span word, struct norm *to)
{
	if (to->n > 0 && to->n < NORM_MAX)
		to->p[to->n++] = ' ';
	const size_t n = word.n < NORM_MAX - to->n ? word.n : NORM_MAX - to->n;

	memcpy(to->p + to->n, word.p, n);
	to->n += n;
}

/* "née MARTIN", "ép. DUPONT": take the marker and the name out of ${ts}.
 * Returns the marker's class; WORD_NAME: there is none. */
static enum name_word
take_marked(struct tokens *ts, struct norm *ret_name)
{
	for (size_t i = 0; i < ts->n; i++) {
		const uint8_t class = ts->t[i].class;

		if (class != WORD_BORN && class != WORD_WIFE)
			continue;
		const size_t n = surname_length(ts, i + 1);

		for (size_t k = 0; k < n; k++)
			join(ts->t[i + 1 + k].word, ret_name);
		remove_tokens(ts, i, n + 1);
		return n > 0 ? (enum name_word) class : WORD_NAME;
	}
	return WORD_NAME;
}

/* The first ${n} words are ${first}, the others ${rest}. */
static void
part_at(struct tokens *ts, size_t n, enum part first, enum part rest)
{
	for (size_t i = 0; i < ts->n; i++)
		ts->t[i].part = (uint8_t)(i < n ? first : rest);
}

/* "DUPONT Jean", "Jean de la TOUR": capitals are the family name. */
static bool
part_by_case(struct tokens *ts)
{
	size_t upper = 0;

	for (size_t i = 0; i < ts->n; i++)
		upper += ts->t[i].upper;
	if (upper == 0 || upper == ts->n)
		return false;
	/* A particle goes with the word after it. */
	enum part part = PART_GIVEN;

	for (size_t i = ts->n; i-- > 0;) {
		if (ts->t[i].class != WORD_PARTICLE || ts->t[i].upper)
			part = ts->t[i].upper ? PART_FAMILY : PART_GIVEN;
		ts->t[i].part = (uint8_t)part;
	}
	return true;
}

/* Where the given names start if the family name is first. */
static size_t
family_words(const struct tokens *ts)
{
	size_t n = 0;

	while (n < ts->n && ts->t[n].class == WORD_PARTICLE)
		n++;
	n++;
	for (size_t i = n; i < ts->n; i++)
		if (ts->t[i].known)
			return i;
	return n < ts->n ? n : ts->n - 1;
}

/* Where the family name starts if the given names are first. */
static size_t
given_words(const struct tokens *ts)
{
	size_t n = 1;

	while (n + 1 < ts->n && ts->t[n].known &&
	       ts->t[n].class != WORD_PARTICLE)
		n++;
	/* "J. P. DUPONT" */
	while (n + 1 < ts->n && ts->t[n].word.n == 1)
		n++;
	return n;
}

/* Decide which words are which.
 * Returns whether something told, rather than habit. */
static bool
part_words(struct tokens *ts, bool given_first)
{
	for (size_t i = 0; i + 1 < ts->n; i++) {
		if (ts->t[i].comma) {
			part_at(ts, i + 1, PART_FAMILY, PART_GIVEN);
			return true;
		}
	}
	if (part_by_case(ts))
		return true;
	const bool first = ts->t[0].known;
	const bool last = ts->t[ts->n - 1].known;
	const bool sure = first != last;

	if (sure ? first : given_first)
		part_at(ts, given_words(ts), PART_GIVEN, PART_FAMILY);
	else
		part_at(ts, family_words(ts), PART_FAMILY, PART_GIVEN);
	return sure;
}

bool
name_full_split(struct span text, bool given_first, struct name_full *ret)
{
	struct tokens ts;
	struct norm marked = {.n = 0};

	ret->family.n = ret->birth.n = ret->given.n = 0;
	ret->sex = 0;
	ret->professional = ret->sure = false;
	text = span_trim(text);
	if (text.n > NAME_TEXT_MAX)
		text.n = NAME_TEXT_MAX;
	read_tokens(&ts, text);
	take_titles(&ts, ret);
	const enum name_word marker = take_marked(&ts, &marked);

	if (ts.n > 1)
		ret->sure = part_words(&ts, given_first);
	else if (ts.n == 1)
		ts.t[0].part = PART_FAMILY;
	for (size_t i = 0; i < ts.n; i++)
		join(ts.t[i].word,
		     ts.t[i].part == PART_GIVEN ? &ret->given : &ret->family);
	if (marker == WORD_BORN) {
		ret->birth = marked;
	} else if (marker == WORD_WIFE) {
		ret->birth = ret->family;
		ret->family = marked;
	}
	if (name_is_filler((struct span){ret->family.p, ret->family.n}))
		ret->family.n = 0;
	if (name_is_filler((struct span){ret->given.p, ret->given.n}))
		ret->given.n = 0;
	return ret->family.n > 0 && ret->given.n > 0;
}
