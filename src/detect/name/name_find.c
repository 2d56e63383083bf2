/* detect/name: names in running text, where something announces them. */
#include "detect/name/name_find_impl.h"

#include <string.h>

enum {
	ABBREVIATION_MAX = 5, /* letters of one that ends in a dot */
	NAME_RUN = 5,         /* words of a name, at most */
	SCORE_KEY = 80,       /* "Nom :" */
	SCORE_TITLE = 75,
	SCORE_KNOWN = 88, /* and a known given name */
	SCORE_BORN = 70,
	SCORE_GIVEN = 60, /* a known given name and a capital */
	SCORE_CAPITALS = 45,
};

static struct span
folded(const struct name_part *w)
{
	return (struct span){w->fold, w->fold_n};
}

static bool
is_known(const struct name_part *w)
{
	return name_given_of(w) != NAME_GIVEN_NO;
}

static enum cue_class
cue_of(const struct name_part *w)
{
	return (enum cue_class)w->entry->cue;
}

/* The end of a name, and what it is made of. */
struct run {
	size_t end;
	unsigned words; /* without particles */
	bool known;     /* one of them is a known given name */
	bool mixed;     /* the first is not all capitals */
};

static bool
is_particle(const struct name_part *w)
{
	return w->n > 0 && w->entry->word == WORD_PARTICLE;
}

static bool
is_stop(const struct name_part *w)
{
	return w->fold_n == 0 || w->entry->stop;
}

/* The word of a name before the one that is looked at. */
struct before {
	bool particle;
	bool known;
};

/* May ${w} stand in the name ${r}, behind ${before}? */
static bool
goes_on(const struct name_part *w, const struct run *r,
	const struct before *before)
{
	if (!w->capital || is_stop(w))
		return false;
	if (!w->upper || r->words == 0 || before->particle)
		return true;
	/* Among capitals only known names go on: "DUPONT PRESENTE ..." */
	return r->mixed || is_known(w) || before->known;
}

/* Is there a capital behind the particle that ends at ${i}? */
static bool
capital_follows(struct span s, size_t i)
{
	const size_t next = name_blanks(s, i);

	return next > i && next < s.n && name_is_capital(s, next);
}

/* Read a name at ${at}; ${any_case}: its first word may be small. */
static bool
read_run(struct span s, size_t at, bool any_case, struct run *ret)
{
	struct run r = {.end = at};
	struct before before = {0};
	struct name_part w;

	for (unsigned i = 0; i < NAME_RUN + 2 && at < s.n; i++) {
		if (!name_read(s, at, &w) || r.words == NAME_RUN)
			break;
		const size_t end = w.at + w.n;
		const bool particle =
			is_particle(&w) && capital_follows(s, end);
		const bool first = r.words == 0 && any_case && w.n > 1;

		if (particle) {
			at = name_blanks(s, end);
			before = (struct before){.particle = true,
						 .known = is_known(&w)};
			continue;
		}
		if (first ? is_stop(&w) : !goes_on(&w, &r, &before))
			break;
		if (r.words == 0)
			r.mixed = !w.upper;
		before = (struct before){.particle = is_particle(&w),
					 .known = is_known(&w)};
		r.known = r.known || before.known;
		r.words++;
		r.end = end;
		/* "J. DUPONT" */
		const size_t dot = w.n == 1 && end < s.n && s.p[end] == '.';
		const size_t next = name_blanks(s, end + dot);

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
	size_t i = name_blanks(s, at);

	if (i < s.n && byte_in(s.p[i], ":="))
		return name_blanks(s, i + 1);
	struct name_part w;

	if (i > at && name_read(s, i, &w) &&
	    (span_is(folded(&w), "EST") || span_is(folded(&w), "IS")))
		return name_blanks(s, i + w.n);
	return at;
}

/* A word that says of which name a cue speaks. */
struct refinement {
	const char *word;
	enum cue_class class;
};

/* Words behind NOM or before NAME that say which name; ${end} moves past. */
static enum cue_class
refine(struct span s, enum cue_class class, const struct name_part *before,
       size_t *end)
{
	static const struct refinement after[] = {
		{"NAISSANCE", CUE_BIRTH}, {"FILLE", CUE_BIRTH},
		{"USAGE", CUE_FAMILY},    {"USUEL", CUE_FAMILY},
		{"MARITAL", CUE_FAMILY},  {"FAMILLE", CUE_FAMILY},
		{"PRENOM", CUE_FULL},     {"PRENOMS", CUE_FULL},
		{"COMPLET", CUE_FULL},    {"PATIENT", CUE_FULL},
		{"NOM", CUE_FULL},        {"D'USAGE", CUE_FAMILY},
		{"D USAGE", CUE_FAMILY},
	};
	static const struct refinement first[] = {
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
				return first[i].class;
		return class;
	}
	/* At most three words: "de jeune fille", "et prénom". */
	size_t at = *end;
	struct name_part w;

	for (unsigned k = 0; k < 3; k++) {
		const size_t next = name_blanks(s, at);

		if (next == at || !name_read(s, next, &w))
			break;
		at = next + w.n;
		for (size_t i = 0; i < COUNT_OF(after); i++) {
			if (!span_is(folded(&w), after[i].word))
				continue;
			*end = at;
			return after[i].class;
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
after_cue(struct span s, enum cue_class *class, const struct name_part *w,
	  const struct name_part *before)
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
	const size_t at = name_blanks(s, end);

	return at == end && s.p[end - 1] != '.' ? 0 : at;
}

/* Step over "Dr." and "Mme" at ${at}, and note what they say in ${class}. */
static size_t
skip_titles(struct span s, size_t at, enum cue_class *class)
{
	struct name_part w;

	for (unsigned i = 0; i < 2 && at < s.n && name_read(s, at, &w); i++) {
		const enum cue_class title = cue_of(&w);
		size_t end = at + w.n;

		if (title != CUE_TITLE && title != CUE_DOCTOR)
			return at;
		if (title == CUE_DOCTOR)
			*class = CUE_STAFF;
		if (end < s.n && s.p[end] == '.')
			end++;
		at = name_blanks(s, end);
	}
	return at;
}

static bool
find_after_cue(struct span s, enum cue_class class, const struct name_part *w,
	       const struct name_part *before, struct name_hit *ret)
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
find_given(struct span s, const struct name_part *w, struct name_hit *ret)
{
	struct run r;
	const bool known = is_known(w) && !w->entry->doubtful;

	if (w->fold_n < 2 || is_stop(w) || !read_run(s, w->at, false, &r) ||
	    r.words < 2)
		return false;
	if (!known) {
		/* Capitals, then a given name that is none: "DUPONT Jean". */
		struct name_part next;
		const size_t at = name_blanks(s, w->at + w->n);

		if (!w->upper || !name_read(s, at, &next) || next.upper ||
		    !is_known(&next))
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
mister(struct span s, const struct name_part *w)
{
	const size_t end = w->at + 1;

	if (w->n != 1 || s.p[w->at] != 'M' || end + 2 >= s.n || s.p[end] != '.')
		return CUE_NONE;
	return CUE_TITLE;
}

bool
name_may_start(struct span s, size_t at)
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

	if (name_is_capital(s, at))
		return true;
	const uint8_t letter = (uint8_t)(s.p[at] - 'a');

	return letter < 26 && at + 1 < s.n && second[letter] != NULL &&
	       byte_in(s.p[at + 1], second[letter]);
}

bool
name_is_place(struct span s, const struct name_last *last)
{
	struct name_part w;

	return last->known && last->may_cue && name_read(s, last->at, &w) &&
	       cue_of(&w) == CUE_PLACE;
}

/* The name that ${w} announces or starts; false: none. */
static bool
find_at(struct span s, const struct name_part *w, const struct name_last *last,
	struct name_hit *ret)
{
	struct name_part before;
	enum cue_class class = cue_of(w);

	if (class == CUE_NONE)
		class = mister(s, w);
	if (class == CUE_NONE)
		return w->capital && !last->place && find_given(s, w, ret);
	before.n = 0;
	if (class == CUE_FULL && last->known)
		(void)name_read(s, last->at, &before);
	return find_after_cue(s, class, w, &before, ret);
}

size_t
name_step(struct span s, size_t at, struct name_last *last,
	  struct name_hit *ret, bool *ret_found)
{
	struct name_part w;
	size_t end = at;
	bool may_cue = true;

	*ret_found = false;
	if (name_may_start(s, at) && name_read(s, at, &w)) {
		last->place =
			w.capital && (last->place || name_is_place(s, last));
		*ret_found = find_at(s, &w, last, ret);
		end += w.n;
		may_cue = cue_of(&w) == CUE_PLACE;
	} else {
		last->place = false;
		while (end < s.n && name_is_letter(s.p[end]))
			end++;
	}
	*last = (struct name_last){.at = at,
				   .known = true,
				   .may_cue = may_cue,
				   .place = last->place};
	return *ret_found ? (size_t)ret->at + ret->n : end;
}
