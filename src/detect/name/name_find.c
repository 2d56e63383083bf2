/* detect/name: names in running text, where something announces them. */
#include "base/fold.h"
#include "detect/name/name_cue_table.h"
#include "detect/name/name_impl.h"

#include <string.h>

enum {
	ABBREVIATION_MAX = 5, /* letters of one that ends in a dot */
	WORD_BUF = 64,        /* bytes of a word that is looked at, folded */
	NAME_RUN = 5,         /* words of a name, at most */
	SCORE_KEY = 80,       /* "Nom :" */
	SCORE_TITLE = 75,
	SCORE_KNOWN = 88, /* and a known given name */
	SCORE_BORN = 70,
	SCORE_GIVEN = 60, /* a known given name and a capital */
	SCORE_CAPITALS = 45,
};

/* One word of the text. */
struct word {
	size_t at;
	size_t n;
	uint8_t fold[2 * WORD_BUF];
	size_t fold_n;
	bool capital; /* starts with one */
	bool upper;   /* is all capitals, two at least */
};

static inline bool
is_letter(uint8_t b)
{
	return is_alpha(b) || b >= 0x80;
}

/* A capital at ${i}: ASCII, or U+00C0 to U+00DE. */
static bool
is_capital(struct span s, size_t i)
{
	if (is_upper(s.p[i]))
		return true;
	return s.p[i] == 0xC3 && i + 1 < s.n && s.p[i + 1] >= 0x80 &&
	       s.p[i + 1] <= 0x9E;
}

/* U+2019, the apostrophe of typography. */
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

/* Bytes of the word at ${at}; hyphens and apostrophes inside belong to it. */
static size_t
word_length(struct span s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n) {
		const size_t i = at + n;
		const size_t joint = s.p[i] == '-' ? 1 : apostrophe(s, i);

		if (joint > 0) {
			if (n == 0 || i + joint >= s.n ||
			    !is_letter(s.p[i + joint]))
				break;
			n += joint;
		} else if (is_letter(s.p[i])) {
			/* NBSP and other punctuation of two bytes. */
			if (s.p[i] == 0xC2 || s.p[i] == 0xE2)
				break;
			n++;
		} else {
			break;
		}
	}
	return n;
}

/* "Hervé" and "d'Hervé". */
static bool
starts_name(struct span s, size_t at)
{
	if (is_capital(s, at) || !byte_in(s.p[at], "dl") || at + 1 >= s.n)
		return is_capital(s, at);
	const size_t joint = apostrophe(s, at + 1);

	return joint > 0 && at + 1 + joint < s.n &&
	       is_capital(s, at + 1 + joint);
}

static bool
read_word(struct span s, size_t at, struct word *ret)
{
	const size_t n = word_length(s, at);

	if (n == 0)
		return false;
	ret->at = at;
	ret->n = n;
	ret->capital = starts_name(s, at);
	ret->upper = ret->capital && n > 1;
	for (size_t i = at; i < at + n && ret->upper; i++)
		ret->upper =
			!(s.p[i] >= 'a' && s.p[i] <= 'z') &&
			!(s.p[i] == 0xC3 && i + 1 < s.n && s.p[i + 1] >= 0x9F);
	ret->fold_n = n > WORD_BUF ? 0
				   : fold_words((struct span){s.p + at, n},
						ret->fold, sizeof(ret->fold));
	return true;
}

static struct span
folded(const struct word *w)
{
	return (struct span){w->fold, w->fold_n};
}

/* Is ${s} in the sorted ${list}? */
static bool
is_listed(struct span s, const char (*list)[WORD_LIST_MAX], size_t n)
{
	size_t lo = 0;
	size_t hi = n;

	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;
		const int c = name_compare(list[mid], s);

		if (c == 0)
			return true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

static enum cue_class
cue_of(const struct word *w)
{
	size_t lo = 0;
	size_t hi = COUNT_OF(cues);

	if (w->fold_n == 0 || w->fold_n > CUE_MAX)
		return CUE_NONE;
	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;
		const int c = name_compare(cues[mid].word, folded(w));

		if (c == 0)
			return (enum cue_class)cues[mid].class;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return CUE_NONE;
}

/* Blanks from ${i} on, NBSP too, at most two; not the end of the line. */
static size_t
skip_blanks(struct span s, size_t i)
{
	for (unsigned k = 0; k < 2 && i < s.n; k++) {
		if (s.p[i] == ' ' || s.p[i] == '\t')
			i++;
		else if (s.p[i] == 0xC2 && i + 1 < s.n && s.p[i + 1] == 0xA0)
			i += 2;
	}
	return i;
}

/* The end of a name, and what it is made of. */
struct run {
	size_t end;
	unsigned words; /* without particles */
	bool known;     /* one of them is a known given name */
	bool mixed;     /* the first is not all capitals */
};

static bool
is_particle(const struct word *w)
{
	return w->fold_n > 0 && name_word(folded(w)) == WORD_PARTICLE;
}

static bool
is_stop(const struct word *w)
{
	return w->fold_n == 0 || is_listed(folded(w), stops, COUNT_OF(stops));
}

/* May ${w} stand in the name ${r}, behind ${before}? */
static bool
goes_on(const struct word *w, const struct run *r, const struct word *before)
{
	if (!w->capital || is_stop(w))
		return false;
	if (!w->upper || r->words == 0 || is_particle(before))
		return true;
	/* Among capitals only known names go on: "DUPONT PRESENTE ..." */
	return r->mixed || name_given_known(folded(w)) != NAME_GIVEN_NO ||
	       name_given_known(folded(before)) != NAME_GIVEN_NO;
}

/* Is there a capital behind the particle that ends at ${i}? */
static bool
capital_follows(struct span s, size_t i)
{
	const size_t next = skip_blanks(s, i);

	return next > i && next < s.n && is_capital(s, next);
}

/* Read a name at ${at}; ${any_case}: its first word may be small. */
static bool
read_run(struct span s, size_t at, bool any_case, struct run *ret)
{
	struct run r = {.end = at};
	struct word before = {.n = 0};
	struct word w;

	for (unsigned i = 0; i < NAME_RUN + 2 && at < s.n; i++) {
		if (!read_word(s, at, &w) || r.words == NAME_RUN)
			break;
		const size_t end = w.at + w.n;
		const bool particle =
			is_particle(&w) && capital_follows(s, end);
		const bool first = r.words == 0 && any_case && w.n > 1;

		if (particle) {
			at = skip_blanks(s, end);
			before = w;
			continue;
		}
		if (first ? is_stop(&w) : !goes_on(&w, &r, &before))
			break;
		if (r.words == 0)
			r.mixed = !w.upper;
		r.known = r.known ||
			  name_given_known(folded(&w)) != NAME_GIVEN_NO;
		r.words++;
		r.end = end;
		before = w;
		/* "J. DUPONT" */
		const size_t dot = w.n == 1 && end < s.n && s.p[end] == '.';
		const size_t next = skip_blanks(s, end + dot);

		if (next == end)
			break;
		at = next;
	}
	*ret = r;
	return r.words > 0;
}

/* The separator of a key and what stands behind it; ${at} if there is none. */
static size_t
skip_separator(struct span s, size_t at)
{
	size_t i = skip_blanks(s, at);

	if (i < s.n && byte_in(s.p[i], ":="))
		return skip_blanks(s, i + 1);
	struct word w;

	if (i > at && read_word(s, i, &w) &&
	    (span_is(folded(&w), "EST") || span_is(folded(&w), "IS")))
		return skip_blanks(s, i + w.n);
	return at;
}

/* Words behind NOM or before NAME that say which name; ${end} moves past. */
static enum cue_class
refine(struct span s, enum cue_class class, const struct word *before,
       size_t *end)
{
	static const struct cue after[] = {
		{"NAISSANCE", CUE_BIRTH}, {"FILLE", CUE_BIRTH},
		{"USAGE", CUE_FAMILY},    {"USUEL", CUE_FAMILY},
		{"MARITAL", CUE_FAMILY},  {"FAMILLE", CUE_FAMILY},
		{"PRENOM", CUE_FULL},     {"PRENOMS", CUE_FULL},
		{"COMPLET", CUE_FULL},    {"PATIENT", CUE_FULL},
		{"NOM", CUE_FULL},        {"D'USAGE", CUE_FAMILY},
		{"D USAGE", CUE_FAMILY},
	};
	static const struct cue first[] = {
		{"LAST", CUE_FAMILY},  {"FAMILY", CUE_FAMILY},
		{"FIRST", CUE_GIVEN},  {"GIVEN", CUE_GIVEN},
		{"MIDDLE", CUE_GIVEN}, {"MAIDEN", CUE_BIRTH},
		{"BIRTH", CUE_BIRTH},  {"FULL", CUE_FULL},
		{"PATIENT", CUE_FULL}, {"USER", CUE_NONE},
		{"FILE", CUE_NONE},    {"DOMAIN", CUE_NONE},
		{"BRAND", CUE_NONE},   {"COMPANY", CUE_NONE},
	};

	if (class == CUE_FULL) {
		for (size_t i = 0; before->n > 0 && i < COUNT_OF(first); i++)
			if (span_is(folded(before), first[i].word))
				return (enum cue_class)first[i].class;
		return class;
	}
	/* At most three words: "de jeune fille", "et prénom". */
	size_t at = *end;
	struct word w;

	for (unsigned k = 0; k < 3; k++) {
		const size_t next = skip_blanks(s, at);

		if (next == at || !read_word(s, next, &w))
			break;
		at = next + w.n;
		for (size_t i = 0; i < COUNT_OF(after); i++) {
			if (!span_is(folded(&w), after[i].word))
				continue;
			*end = at;
			return (enum cue_class)after[i].class;
		}
	}
	return class;
}

static uint8_t
kind_of(enum cue_class class, const struct run *r)
{
	if (class == CUE_BIRTH || class == CUE_BORN)
		return KIND_NAME_BIRTH;
	if (class == CUE_FAMILY)
		return KIND_NAME_FAMILY;
	if (class == CUE_GIVEN)
		return KIND_NAME_GIVEN;
	return r->words > 1 ? KIND_NAME_FULL : KIND_NAME_FAMILY;
}

static uint8_t role_of(enum cue_class class)
{
	if (class == CUE_DOCTOR || class == CUE_STAFF)
		return ROLE_PROFESSIONAL;
	return class == CUE_PATIENT ? ROLE_PATIENT : ROLE_NONE;
}

static bool is_key(enum cue_class class)
{
	return class >= CUE_FAMILY && class <= CUE_STAFF;
}

/* Where the name that the cue ${w} announces may start; 0: nowhere. */
static size_t
after_cue(struct span s, enum cue_class *class, const struct word *w,
	  const struct word *before)
{
	size_t end = w->at + w->n;

	if (*class == CUE_PLACE || *class == CUE_NONE)
		return 0;
	if (is_key(*class)) {
		*class = refine(s, *class, before, &end);
		const size_t at = skip_separator(s, end);

		return at == end || *class == CUE_NONE ? 0 : at;
	}
	if (*class == CUE_PATIENT) {
		const size_t at = skip_separator(s, end);

		if (at != end)
			return at;
	}
	/* "Mme." and "(e)" may stand between. */
	if (end + 2 < s.n && memcmp(s.p + end, "(e)", 3) == 0)
		end += 3;
	/* "Dr. Kervella", but "Merci docteur. Demain ..." */
	if (end < s.n && s.p[end] == '.') {
		if (w->n > ABBREVIATION_MAX)
			return 0;
		end++;
	}
	const size_t at = skip_blanks(s, end);

	return at == end && s.p[end - 1] != '.' ? 0 : at;
}

/* Step over "Dr." and "Mme" at ${at}, and note what they say in ${class}. */
static size_t
skip_titles(struct span s, size_t at, enum cue_class *class)
{
	struct word w;

	for (unsigned i = 0; i < 2 && at < s.n && read_word(s, at, &w); i++) {
		const enum cue_class title = cue_of(&w);
		size_t end = at + w.n;

		if (title != CUE_TITLE && title != CUE_DOCTOR)
			return at;
		if (title == CUE_DOCTOR)
			*class = CUE_STAFF;
		if (end < s.n && s.p[end] == '.')
			end++;
		at = skip_blanks(s, end);
	}
	return at;
}

static bool
find_after_cue(struct span s, enum cue_class class, const struct word *w,
	       const struct word *before, struct name_hit *ret)
{
	struct run r;
	size_t at = after_cue(s, &class, w, before);

	if (at == 0)
		return false;
	at = skip_titles(s, at, &class);
	if (at >= s.n || !read_run(s, at, is_key(class), &r))
		return false;
	if (r.words > 1 &&
	    name_is_organisation((struct span){s.p + at, r.end - at}))
		return false;
	unsigned score = is_key(class) ? SCORE_KEY : SCORE_TITLE;

	if (class == CUE_BORN)
		score = SCORE_BORN;
	if (r.known)
		score = SCORE_KNOWN;
	*ret = (struct name_hit){
		.at = (uint32_t)at,
		.n = (uint32_t)(r.end - at),
		.kind = kind_of(class, &r),
		.role = role_of(class),
		.score = (uint8_t)score,
	};
	return true;
}

/* "Jean Dupont", "DUPONT Jean": a known given name beside a capital. */
static bool
find_given(struct span s, const struct word *w, struct name_hit *ret)
{
	struct run r;
	const bool known = name_given_known(folded(w)) != NAME_GIVEN_NO &&
			   !is_listed(folded(w), doubtful, COUNT_OF(doubtful));

	if (w->fold_n < 2 || is_stop(w) || !read_run(s, w->at, false, &r) ||
	    r.words < 2)
		return false;
	if (!known) {
		/* Capitals, then a given name that is none: "DUPONT Jean". */
		struct word next;
		const size_t at = skip_blanks(s, w->at + w->n);

		if (!w->upper || !read_word(s, at, &next) || next.upper ||
		    name_given_known(folded(&next)) == NAME_GIVEN_NO)
			return false;
	}
	*ret = (struct name_hit){
		.at = (uint32_t)w->at,
		.n = (uint32_t)(r.end - w->at),
		.kind = KIND_NAME_FULL,
		.role = ROLE_NONE,
		.score = known && w->upper ? SCORE_CAPITALS : SCORE_GIVEN,
	};
	return true;
}

/* "M." and "M" before a capital. */
static enum cue_class
mister(struct span s, const struct word *w)
{
	const size_t end = w->at + 1;

	if (w->n != 1 || s.p[w->at] != 'M' || end + 2 >= s.n || s.p[end] != '.')
		return CUE_NONE;
	return CUE_TITLE;
}

/* Can a cue or a name start at ${at}? Small letters start only cues, and these
 * begin with few pairs of letters. */
static bool
may_start(struct span s, size_t at)
{
	/* The letters that follow, by the first: "mme", "dr", "née". */
	static const char *const second[26] = {
		['a' - 'a'] = "stp",
		['b' - 'a'] = "e\xC3",
		['d' - 'a'] = "ro",
		['f' - 'a'] = "or",
		['h' - 'a'] = "e",
		['i' - 'a'] = "dn",
		['m' - 'a'] = "mlrsioae\xC3",
		['n' - 'a'] = "eoa\xC3",
		['p' - 'a'] = "rah",
		['s' - 'a'] = "uir",
		['t' - 'a'] = "i",
		['v' - 'a'] = "o",
	};

	if (is_capital(s, at))
		return true;
	const uint8_t letter = (uint8_t)(s.p[at] - 'a');

	return letter < 26 && at + 1 < s.n && second[letter] != NULL &&
	       byte_in(s.p[at + 1], second[letter]);
}

/* The word before the one that is looked at. */
struct last {
	size_t at;
	size_t n;   /* 0: none in this sentence */
	bool place; /* "rue Jean Moulin": the capitals behind "rue" */
};

static bool
is_place(struct span s, const struct last *last)
{
	struct word w;

	return last->n > 0 && read_word(s, last->at, &w) &&
	       cue_of(&w) == CUE_PLACE;
}

static bool
find_at(struct span s, const struct word *w, const struct last *last,
	struct name_hit *ret)
{
	struct word before = {.n = 0};

	enum cue_class class = cue_of(w);

	if (class == CUE_NONE)
		class = mister(s, w);
	if (class == CUE_NONE && !w->capital)
		return false;
	if (last->n > 0)
		(void)read_word(s, last->at, &before);
	if (class != CUE_NONE && find_after_cue(s, class, w, &before, ret))
		return true;
	return w->capital && class == CUE_NONE && !last->place &&
	       find_given(s, w, ret);
}

/* Step over the word at ${at}, which nothing starts. */
static size_t
skip_word(struct span s, size_t at)
{
	while (at < s.n && is_letter(s.p[at]))
		at++;
	return at;
}

/* Look at the word at ${at}, step past it, or past the name that it announces
 * or is, and say so in ${ret_found}. */
static size_t
step(struct span s, size_t at, struct last *last, struct name_hit *ret,
     bool *ret_found)
{
	struct word w;

	*ret_found = false;
	if (!may_start(s, at) || !read_word(s, at, &w)) {
		const size_t end = skip_word(s, at);

		*last = (struct last){.at = at, .n = end - at};
		return end;
	}
	const bool place = w.capital && (last->place || is_place(s, last));

	last->place = place;
	*ret_found = find_at(s, &w, last, ret);
	*last = (struct last){.at = w.at, .n = w.n, .place = place};
	return *ret_found ? (size_t)ret->at + ret->n : w.at + w.n;
}

size_t
name_find(struct span text, size_t from, struct name_hit *hits, size_t cap,
	  bool *ret_more)
{
	struct last last = {0};
	size_t n = 0;
	size_t at = 0;

	*ret_more = false;
	if (text.n > UINT32_MAX)
		text.n = UINT32_MAX;
	while (at < text.n) {
		struct name_hit hit;
		bool found;

		if (!is_letter(text.p[at])) {
			/* A name does not run over the end of a sentence. */
			if (byte_in(text.p[at], ".:;!?\n"))
				last = (struct last){0};
			at++;
			continue;
		}
		at = step(text, at, &last, &hit, &found);
		if (!found || hit.at < from)
			continue;
		*ret_more = n == cap;
		if (*ret_more)
			break;
		hits[n++] = hit;
	}
	return n;
}
