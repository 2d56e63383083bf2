/* Dates in running text. Most are not of a birth: a word before must say so,
 * and no other date may stand between. */
#include "detect/birthdate/birthdate.h"
#include "detect/prose/prose_impl.h"

#include <string.h>

enum {
	NEAR = 40,      /* folded bytes between the word and the date */
	ADJACENT = 6,   /* for "NE", which is a negation elsewhere */
	MONTH_MAX = 14, /* bytes of the name of a month */
	WORDS_MAX = 64, /* words that announce a birth, looked at */
};

static uint64_t
group_value(const struct run *r, size_t g)
{
	return number(r->c + r->group[g].first, r->group[g].n);
}

static bool
is_day_or_month(const struct run *r, size_t g, uint64_t most)
{
	if (r->group[g].n > 2 ||
	    !all_digits(r->c + r->group[g].first, r->group[g].n))
		return false;
	const uint64_t v = group_value(r, g);

	return v >= 1 && v <= most;
}

static bool
is_year(const struct run *r, size_t g)
{
	return r->group[g].n == 4 && all_digits(r->c + r->group[g].first, 4) &&
	       group_value(r, g) >= BIRTHDATE_FIRST &&
	       group_value(r, g) <= BIRTHDATE_LAST + 100;
}

size_t
date_groups(const struct run *r, size_t g)
{
	if (r->groups - g < 3 ||
	    r->group[g + 1].before != r->group[g + 2].before ||
	    !byte_in(r->group[g + 1].before, "/.- "))
		return 0;
	if (is_year(r, g) && is_day_or_month(r, g + 1, 31) &&
	    is_day_or_month(r, g + 2, 31))
		return 3;
	if (!is_day_or_month(r, g, 31) || !is_day_or_month(r, g + 1, 31))
		return 0;
	if (is_year(r, g + 2))
		return 3;
	/* Two digits of year only between slashes: "06.12.34" is the start of
	 * a telephone number. */
	return r->group[g + 2].n == 2 && r->group[g + 1].before == '/' &&
			       (g + 3 == r->groups ||
				r->group[g + 3].before != '/')
		       ? 3
		       : 0;
}

/* "né à Rennes le ...": with its accent it is no negation. */
static bool
is_accented(struct span text, size_t from, size_t to)
{
	for (size_t i = from; i + 4 < to; i++)
		if ((text.p[i] | 0x20) == 'n' && text.p[i + 1] == 0xC3 &&
		    (text.p[i + 2] | 0x20) == 0xA9 && text.p[i + 3] == ' ' &&
		    !is_word_before(text, i))
			return true;
	return false;
}

/* Does a word say that the date at byte ${at} is of a birth? "NE" without its
 * accent only counts right before the date. */
static bool
is_of_birth(struct cues *cues, size_t at, size_t lowest)
{
	const struct span text = cues->words->text;
	const char *words[WORDS_MAX];
	struct around a;
	size_t far = 0;
	size_t n = 0;

	around_init(&a, cues, at, at);
	a.lowest = lowest;
	const char *word = around_before(&a, kind_birth_date.context, &far);

	if (word == NULL || far > NEAR)
		return false;
	if (strcmp(word, "NE") != 0 || far <= ADJACENT)
		return true;
	const size_t from = at > PROSE_BEFORE ? at - PROSE_BEFORE : 0;

	if (is_accented(text, from > lowest ? from : lowest, at))
		return true;
	/* Perhaps another word stands before that. */
	for (const char *const *c = kind_birth_date.context;
	     *c != NULL && n + 1 < COUNT_OF(words); c++)
		if (strcmp(*c, "NE") != 0)
			words[n++] = *c;
	words[n] = NULL;
	return around_before(&a, words, &far) != NULL && far <= NEAR;
}

/* Does a time of day other than 00:00 follow, "T08:30" or " 08:30"? Then the
 * date is of an event: birth dates are written alone, or with midnight. */
static bool
is_moment(struct span text, size_t end)
{
	const uint8_t *p = text.p + end;

	return text.n - end > 3 && byte_in(p[0], "T ") && is_digit(p[1]) &&
	       is_digit(p[2]) && byte_in(p[3], ":h") &&
	       (p[1] != '0' || p[2] != '0');
}

void
date_put(struct span text, size_t at, size_t end, struct sink *s, size_t lowest)
{
	struct norm norm;
	const struct span value = {text.p + at, end - at};

	if (!sink_wants(s, KIND_BIRTH_DATE, PROSE_SCORE_CONTEXT) ||
	    is_moment(text, end) || !is_of_birth(s->cues, at, lowest))
		return;
	const enum kind_verdict v = kind_birth_date.test(value, &norm);

	if (v == KIND_NO)
		return;
	(void)sink_put(s, &(struct prose_hit){
				  .at = (uint32_t)at,
				  .n = (uint32_t)value.n,
				  .kind = KIND_BIRTH_DATE,
				  .verdict = v,
				  .score = PROSE_SCORE_CONTEXT,
			  });
}

size_t
date_named(struct span text, size_t at, size_t n, struct sink *s, size_t lowest)
{
	size_t i = at + n;

	/* "1er", then the first letter of a month in six languages. */
	if (text.n - i > 2 && memcmp(text.p + i, "er", 2) == 0)
		i += 2;
	if (i + 4 >= text.n || !byte_in(text.p[i], " -."))
		return 0;
	i++;
	if (!byte_in(text.p[i] | 0x20, "jfmasondegv"))
		return 0;
	const size_t month = i;

	while (i < text.n && i - month < MONTH_MAX &&
	       (is_alpha(text.p[i]) || text.p[i] >= 0x80))
		i++;
	if (i - month < 3)
		return 0;
	while (i < text.n && byte_in(text.p[i], " .-,"))
		i++;
	if (text.n - i < 4 || !all_digits(text.p + i, 4) ||
	    is_word_at(text, i + 4))
		return 0;
	date_put(text, at, i + 4, s, lowest);
	return i + 4;
}
