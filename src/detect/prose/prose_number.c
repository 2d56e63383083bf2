/* Which of the numbers in a run of digits are identifiers. Check digits decide;
 * what a check leaves open is decided by the words around and by the way the
 * digits are grouped. */
#include "detect/finess/finess.h"
#include "detect/nir/nir.h"
#include "detect/phone/phone.h"
#include "detect/prose/prose_impl.h"
#include "detect/rpps/rpps.h"
#include "detect/siret/siret.h"

#include <string.h>

/* How people write it: sex, year, month, department, commune, order, key. */
#define NIR_GROUPS "1222332"

enum {
	LEAST = 6, /* digits of the shortest candidate: a local telephone */
	MOST = 18, /* of the longest: 00, fifteen digits and a trunk 0 */
	NEAR = 16, /* folded bytes from the word to a local telephone number */
	CLOSE = 8, /* to one of six digits */
};

/* Some groups of a run, taken as one value. */
struct candidate {
	const struct run *run;
	size_t first, last; /* groups */
	size_t at, end;     /* bytes */
	const uint8_t *c;   /* digits */
	size_t n;
	bool uniform; /* one sort of separator only */
	bool bracket; /* brackets in it */
	bool plus;
	struct around *around;
};

/* The best reading of a candidate so far. */
struct reading {
	struct prose_hit hit;
	size_t far; /* of the nearest word that announces it */
};

/* Are the groups of ${c} as long as the digits of ${sizes} say? */
static bool
grouped(const struct candidate *c, const char *sizes)
{
	size_t g = c->first;

	for (; *sizes != '\0'; sizes++, g++)
		if (g > c->last || c->run->group[g].n != *sizes - '0')
			return false;
	return g == c->last + 1;
}

/* Sex 1 or 2 and a month of the calendar: one random string in 4,000 is so and
 * has the right key. Rarer numbers exist, and need a word or grouping. */
static bool
is_ordinary_nir(const struct candidate *c)
{
	const uint64_t month = number(c->c + 3, 2);

	return (c->c[0] == '1' || c->c[0] == '2') && month >= 1 && month <= 12;
}

static uint8_t
score_nir(const struct candidate *c, enum kind_verdict v, bool announced)
{
	const bool shape = grouped(c, NIR_GROUPS) || grouped(c, "122233");

	if (v == KIND_VALID && (shape || is_ordinary_nir(c)))
		return announced ? PROSE_SCORE_CERTAIN : PROSE_SCORE_CHECKED;
	if (announced)
		return v == KIND_VALID ? PROSE_SCORE_CONTEXT
				       : PROSE_SCORE_WORDS;
	if (shape)
		return PROSE_SCORE_SHAPE;
	return v == KIND_VALID ? PROSE_SCORE_HINT : PROSE_SCORE_BARE;
}

static uint8_t
score_rpps(const struct candidate *c, enum kind_verdict v, bool announced)
{
	if (announced)
		return v == KIND_VALID ? PROSE_SCORE_CONTEXT
				       : PROSE_SCORE_WORDS;
	return c->n == RPPS_DIGITS && c->c[0] == '1' && c->c[1] == '0'
		       ? PROSE_SCORE_HINT
		       : PROSE_SCORE_BARE;
}

static uint8_t
score_finess(const struct candidate *c, enum kind_verdict v, bool announced)
{
	(void)c;
	if (!announced)
		return PROSE_SCORE_BARE;
	return v == KIND_VALID ? PROSE_SCORE_CONTEXT : PROSE_SCORE_WORDS;
}

static uint8_t
score_siret(const struct candidate *c, enum kind_verdict v, bool announced)
{
	(void)v;
	if (announced)
		return PROSE_SCORE_CONTEXT;
	return grouped(c, "3335") ? PROSE_SCORE_SHAPE : PROSE_SCORE_HINT;
}

static uint8_t
score_siren(const struct candidate *c, enum kind_verdict v, bool announced)
{
	(void)v;
	if (announced)
		return PROSE_SCORE_CONTEXT;
	return grouped(c, "333") ? PROSE_SCORE_HINT : PROSE_SCORE_BARE;
}

/* Does a label stand right before ${c}, "NPI: ", "MRN-"? Not one of a
 * telephone, or the number would be announced. */
static bool
is_labelled(const struct candidate *c)
{
	const uint8_t *p = c->run->text.p;
	size_t i = c->at;

	if (c->first == 0 && c->run->joined)
		return true;
	while (i > 0 && p[i - 1] == ' ')
		i--;
	return i > 0 && byte_in(p[i - 1], ":=#\xB0");
}

static bool
grouped_as_phone(const struct candidate *c)
{
	static const char *const ways[] = {"22222", "4222", "1333", "433"};

	for (size_t i = 0; i < COUNT_OF(ways); i++)
		if (grouped(c, ways[i]))
			return true;
	return false;
}

/* The French write ten digits in pairs, or as a block that starts with 06 or
 * 07, or 0033; so many other numbers have ten digits that the rest needs a
 * word. */
static uint8_t
score_phone(const struct candidate *c, enum kind_verdict v, bool announced)
{
	if (c->plus && v == KIND_VALID)
		return announced ? PROSE_SCORE_CERTAIN : PROSE_SCORE_PLUS;
	if (announced)
		return v == KIND_VALID ? PROSE_SCORE_CONTEXT
				       : PROSE_SCORE_WORDS;
	if (c->plus)
		return PROSE_SCORE_LIKELY;
	if (v != KIND_VALID)
		return PROSE_SCORE_BARE;
	if (grouped_as_phone(c) || c->bracket || memcmp(c->c, "0033", 4) == 0)
		return PROSE_SCORE_SHAPE;
	if (c->n == 10 && (c->c[1] == '6' || c->c[1] == '7') && !is_labelled(c))
		return PROSE_SCORE_LIKELY;
	return PROSE_SCORE_HINT;
}

/* Can the groups of ${c} be those of a telephone number? Without a + they have
 * one sort of separator, so that a date and an hour do not make one. */
static bool
fits_phone(const struct candidate *c)
{
	return c->plus || c->uniform || c->bracket;
}

/* One block, or blocks with one sort of separator; more than one digit alone
 * is a table of numbers. */
static bool
fits_block(const struct candidate *c)
{
	enum { BLOCKS_MAX = 8 };
	size_t alone = 0;

	if (c->plus || c->bracket || !c->uniform ||
	    c->last - c->first >= BLOCKS_MAX)
		return false;
	for (size_t g = c->first; g <= c->last; g++)
		alone += c->run->group[g].n == 1;
	return alone <= 1;
}

static bool
fits_nir(const struct candidate *c)
{
	return fits_block(c) || grouped(c, NIR_GROUPS);
}

static const struct offer {
	const struct kind *kind;
	uint8_t (*score)(const struct candidate *, enum kind_verdict, bool);
	bool (*fits)(const struct candidate *);
} offers[] = {
	{&kind_fr_nir, score_nir, fits_nir},
	{&kind_fr_rpps, score_rpps, fits_block},
	{&kind_fr_siret, score_siret, fits_block},
	{&kind_fr_finess, score_finess, fits_block},
	{&kind_fr_siren, score_siren, fits_block},
	{&kind_phone, score_phone, fits_phone},
};

/* Is ${c} money, a percentage or a decimal? Only said of numbers that are not
 * long and do not start with 0 or +. */
static bool
is_amount(const struct candidate *c)
{
	static const char *const units[] = {"\xE2\x82\xAC", "EUR", "euro", "%"};
	const struct span text = c->run->text;
	size_t i = c->end;

	if (c->n >= NIR_BODY || c->c[0] == '0' || c->plus)
		return false;
	if (text.n - i > 1 && byte_in(text.p[i], ",.") &&
	    is_digit(text.p[i + 1])) {
		const size_t digits =
			text.n - i > 2 && is_digit(text.p[i + 2]) ? 2 : 1;

		return i + 1 + digits == text.n ||
		       !is_digit(text.p[i + 1 + digits]);
	}
	if (i < text.n && text.p[i] == ' ')
		i++;
	for (size_t k = 0; k < COUNT_OF(units); k++) {
		const size_t n = strlen(units[k]);

		if (text.n - i >= n && memcmp(text.p + i, units[k], n) == 0)
			return true;
	}
	return false;
}

static void
keep_better(struct reading *best, const struct prose_hit *hit, size_t far)
{
	if (hit->score < best->hit.score)
		return;
	/* As good: the longer, and of one length the one announced nearer. */
	if (hit->score == best->hit.score &&
	    (hit->n < best->hit.n ||
	     (hit->n == best->hit.n && far >= best->far)))
		return;
	best->hit = *hit;
	best->far = far;
}

/* A number joined to a word, "INS-225925571", is announced by that word or by
 * none. */
static bool
is_announced(struct candidate *c, const char *const *words, size_t *ret_far)
{
	if (c->first == 0 && c->run->joined) {
		const char *word = around_before(c->around, words, ret_far);

		return word != NULL && *ret_far <= 1;
	}
	return around_find(c->around, words, ret_far);
}

/* The check costs most: it is left out where it cannot raise the reading above
 * ${s}'s threshold, and words are looked for first where only they can. */
static void
try_offer(struct candidate *c, const struct offer *o, const struct sink *s,
	  struct reading *best)
{
	struct norm norm;
	size_t far = SIZE_MAX;

	if (c->n < o->kind->min || c->n > o->kind->max ||
	    (s->skip >> (unsigned)o->kind->id & 1) || !o->fits(c))
		return;
	const bool alone = o->score(c, KIND_VALID, false) >= s->threshold;

	if ((!alone && !is_announced(c, o->kind->context, &far)) ||
	    is_amount(c))
		return;
	const struct span value = {c->run->text.p + c->at, c->end - c->at};
	const enum kind_verdict v = o->kind->test(value, &norm);

	if (v == KIND_NO)
		return;
	const bool announced =
		!alone || is_announced(c, o->kind->context, &far);
	const struct prose_hit hit = {
		.at = (uint32_t)c->at,
		.n = (uint32_t)value.n,
		.kind = o->kind->id,
		.verdict = v,
		.score = o->score(c, v, announced),
	};

	keep_better(best, &hit, far);
}

/* Part of a path or of a time, "/item/123456", "08:30:00.123"? */
static bool
is_path(const struct candidate *c)
{
	const uint8_t *p = c->run->text.p + c->at;

	return c->at > 1 && (p[-1] == '/' || (p[-1] == ':' && is_digit(p[-2])));
}

/* A telephone number as another country writes it for itself: the whole of a
 * run, announced close by. */
static void
try_local(struct candidate *c, const struct sink *s, struct reading *best)
{
	const struct span value = {c->run->text.p + c->at, c->end - c->at};
	size_t far;

	if (best->hit.score > PROSE_SCORE_WORDS || c->first != 0 ||
	    c->last + 1U != c->run->groups || c->n < LEAST ||
	    (s->skip >> KIND_PHONE & 1) || is_path(c) ||
	    !is_announced(c, kind_phone.context, &far) ||
	    (far > NEAR && far < c->around->before.n) ||
	    (far > CLOSE && c->n < 7) || is_amount(c) || !phone_is_local(value))
		return;
	const struct prose_hit hit = {
		.at = (uint32_t)c->at,
		.n = (uint32_t)value.n,
		.kind = KIND_PHONE,
		.verdict = KIND_WEAK,
		.score = PROSE_SCORE_WORDS,
	};

	keep_better(best, &hit, far);
}

/* The groups from ${first} to ${last} of ${r}. */
static void
make_candidate(const struct run *r, size_t first, size_t last,
	       struct candidate *c)
{
	c->run = r;
	c->first = first;
	c->last = last;
	c->c = r->c + r->group[first].first;
	c->n = (size_t)r->group[last].first + r->group[last].n -
	       r->group[first].first;
	c->uniform = true;
	c->bracket = false;
	for (size_t g = first + 1; g <= last; g++) {
		c->uniform &= r->group[g].before == r->group[first + 1].before;
		c->bracket |= r->group[g].before == '(';
	}
	c->plus = first == 0 && r->plus > 0;
	c->at = r->group[first].at;
	if (c->plus)
		c->at -= r->plus;
	if (first == 0 && r->bracket && c->bracket)
		c->at--;
	c->end = last + 1U == r->groups ? r->extended : run_group_end(r, last);
	around_move(c->around, c->at, c->end);
}

/* The best reading of what starts with group ${first}. False: there is none. */
static bool
read_number(const struct run *r, size_t first, const struct sink *s,
	    struct reading *ret)
{
	struct around around;
	struct candidate c = {.around = &around};

	*ret = (struct reading){.far = SIZE_MAX};
	around_init(&around, s->cues, r->group[first].at, 0);
	for (size_t last = first; last < r->groups; last++) {
		make_candidate(r, first, last, &c);
		if (c.n > MOST)
			break;
		if (c.n < LEAST)
			continue;
		for (size_t k = 0; k < COUNT_OF(offers); k++)
			try_offer(&c, &offers[k], s, ret);
		try_local(&c, s, ret);
	}
	return ret->hit.n > 0;
}

/* Four numbers below 256 with dots between are an address of the net. */
static bool
is_ipv4(const struct run *r)
{
	if (r->groups != 4)
		return false;
	for (size_t g = 0; g < 4; g++)
		if (r->group[g].n > 3 ||
		    number(r->c + r->group[g].first, r->group[g].n) > 255 ||
		    (g > 0 && r->group[g].before != '.'))
			return false;
	return true;
}

/* A date at group ${g}, in digits or with the name of a month. Returns the
 * group after it; ${g}: there is none. */
static size_t
read_date(const struct run *r, size_t g, struct sink *s, size_t *last_date)
{
	const struct group *day = &r->group[g];
	const size_t n = date_groups(r, g);
	const size_t lowest = *last_date > s->floor ? *last_date : s->floor;

	if (n > 0) {
		const size_t end = run_group_end(r, g + n - 1);

		date_put(r->text, day->at, end, s, lowest);
		*last_date = end;
		return g + n;
	}
	if (day->n > 2 || g + 1U != r->groups)
		return g;
	const size_t end = date_named(r->text, day->at, day->n, s, lowest);

	if (end == 0)
		return g;
	*last_date = end;
	return g + 1;
}

size_t
numbers_find(const struct run *r, struct sink *s, size_t *last_date)
{
	/* Most numbers are short; at most the day of a date starts there. */
	size_t g = r->chars < LEAST && r->groups < 3 ? r->groups - 1U : 0;

	if (is_ipv4(r))
		return 0;
	while (g < r->groups) {
		const size_t floor = s->floor;
		const bool dated =
			date_groups(r, g) > 0 && r->group[g + 1].before != ' ';
		struct reading best;
		size_t next = g;

		/* A date with / - . is one before anything else. */
		if (!dated && r->chars >= LEAST &&
		    read_number(r, g, s, &best) &&
		    sink_wants(s, best.hit.kind, best.hit.score))
			(void)sink_put(s, &best.hit);
		else
			next = read_date(r, g, s, last_date);
		if (s->full)
			return r->end;
		if (s->floor != floor)
			return s->floor;
		g = next > g ? next : g + 1;
	}
	return 0;
}
