#include "link/levels/names.h"

#include "link/distance/distance.h"
#include "link/levels/memo.h"

enum { PARTS_MAX = 4 };

/** A name cut into its parts. */
struct parts {
	size_t n;
	struct span part[PARTS_MAX];
};

/* How alike two names are, most alike first. */
enum likeness { EQUAL, PART, INITIAL, NEAR, CLOSE, APART };

static void
cut(const struct levels_name *name, struct parts *out)
{
	uint64_t cuts = name->cuts;
	size_t from = 0;

	out->n = 0;
	for (; cuts != 0 && out->n + 1 < PARTS_MAX; cuts &= cuts - 1) {
		const size_t to = (size_t)__builtin_ctzll(cuts);

		if (to >= name->n)
			break;
		out->part[out->n++] = (struct span){name->p + from, to - from};
		from = to;
	}
	out->part[out->n++] = (struct span){name->p + from, name->n - from};
}

static bool
has_part(const struct parts *p, struct span part)
{
	for (size_t i = 0; i < p->n; i++)
		if (span_equal(p->part[i], part))
			return true;
	return false;
}

/* Are all parts of ${few} among those of ${many}? */
static bool
is_contained(const struct parts *few, const struct parts *many)
{
	for (size_t i = 0; i < few->n; i++)
		if (!has_part(many, few->part[i]))
			return false;
	return true;
}

static bool
is_initial_of(struct span a, struct span b)
{
	return (a.n == 1 || b.n == 1) && a.p[0] == b.p[0];
}

/* Part by part the same, or the initial of it? */
static bool
agrees_in_initials(const struct parts *a, const struct parts *b)
{
	const size_t n = a->n < b->n ? a->n : b->n;

	for (size_t i = 0; i < n; i++)
		if (!span_equal(a->part[i], b->part[i]) &&
		    !is_initial_of(a->part[i], b->part[i]))
			return false;
	return true;
}

/* No Jaro-Winkler likeness of the two can be more, in thousandths: letters
 * that only one of them has match nothing. */
static unsigned
likeness_bound(const struct levels_name *a, const struct levels_name *b)
{
	const unsigned only_a =
		(unsigned)__builtin_popcount(a->letters & ~b->letters);
	const unsigned only_b =
		(unsigned)__builtin_popcount(b->letters & ~a->letters);
	const unsigned left_a = a->n > only_a ? a->n - only_a : 0;
	const unsigned left_b = b->n > only_b ? b->n - only_b : 0;
	const unsigned m = left_a < left_b ? left_a : left_b;

	if (m == 0)
		return 0;
	const unsigned jaro =
		(1000 * m / a->n + 1000 * m / b->n + 1000) / 3 + 1;
	const uint32_t differs = a->start ^ b->start;
	const unsigned l =
		differs == 0 ? 4 : (unsigned)__builtin_ctz(differs) / 8;
	return jaro + l * (1000 - (jaro < 1000 ? jaro : 1000)) / 10 + 1;
}

static enum likeness
compare_letters(const struct levels_name *a, const struct levels_name *b)
{
	if (likeness_bound(a, b) < LEVELS_JW_CLOSE)
		return APART;
	const unsigned jw = distance_jaro_winkler((struct span){a->p, a->n},
						  (struct span){b->p, b->n});
	if (jw >= LEVELS_JW_NEAR)
		return NEAR;
	return jw >= LEVELS_JW_CLOSE ? CLOSE : APART;
}

/* JAEN PIERRE and JEAN: the first parts decide, if they begin alike. */
static bool
first_parts_near(const struct parts *a, const struct parts *b)
{
	const struct span x = a->part[0];
	const struct span y = b->part[0];

	return a->n != b->n && x.p[0] == y.p[0] &&
	       distance_jaro_winkler(x, y) >= LEVELS_JW_NEAR;
}

static enum likeness
compare_parts(const struct levels_name *a, const struct levels_name *b)
{
	struct parts pa;
	struct parts pb;

	cut(a, &pa);
	cut(b, &pb);
	if ((a->letters & ~b->letters) == 0 && is_contained(&pa, &pb))
		return PART;
	if ((b->letters & ~a->letters) == 0 && is_contained(&pb, &pa))
		return PART;
	if ((a->initial | b->initial) != 0 && agrees_in_initials(&pa, &pb))
		return INITIAL;
	const enum likeness like = compare_letters(a, b);
	return like == APART && first_parts_near(&pa, &pb) ? CLOSE : like;
}

static enum likeness
compare(const struct levels *l, struct levels_memo *memo, uint32_t a,
	uint32_t b)
{
	unsigned known;

	if (a == b)
		return EQUAL;
	if (memo_find(memo, a, b, MEMO_NAMES, &known))
		return (enum likeness)known;
	const struct levels_name *x = &l->names[a];
	const struct levels_name *y = &l->names[b];
	const bool whole =
		(x->cuts | y->cuts) == 0 && (x->initial | y->initial) == 0;
	const enum likeness like =
		whole ? compare_letters(x, y) : compare_parts(x, y);
	memo_keep(memo, a, b, MEMO_NAMES, like);
	return like;
}

bool
names_cities(const struct levels *l, struct levels_memo *memo, uint32_t a,
	     uint32_t b)
{
	unsigned like;

	if (a == b)
		return true;
	if (!memo_find(memo, a, b, MEMO_CITIES, &like)) {
		like = compare_letters(&l->cities[a], &l->cities[b]);
		memo_keep(memo, a, b, MEMO_CITIES, like);
	}
	return like == NEAR;
}

static bool
is_like(const struct levels *l, struct levels_memo *memo, uint32_t given,
	uint32_t surname)
{
	return given != 0 && surname != 0 &&
	       compare(l, memo, given, surname) <= NEAR;
}

/* Do ${a} and ${b} have their given and family names swapped? */
static bool
is_swapped(const struct levels *l, struct levels_memo *memo,
	   const struct unit *a, const struct unit *b)
{
	const bool to_b = a->given == b->family || a->given == b->birth;
	const bool to_a = b->given == a->family || b->given == a->birth;

	if (to_a && to_b)
		return true;
	if (to_b)
		return is_like(l, memo, b->given, a->family) ||
		       is_like(l, memo, b->given, a->birth);
	return to_a && (is_like(l, memo, a->given, b->family) ||
			is_like(l, memo, a->given, b->birth));
}

unsigned
names_given(const struct levels *l, struct levels_memo *memo,
	    const struct unit *a, const struct unit *b)
{
	if (a->given == 0 || b->given == 0)
		return LEVELS_MISSING;
	switch (compare(l, memo, a->given, b->given)) {
	case EQUAL:
		return GIVEN_SAME;
	case PART:
		return GIVEN_PART;
	case INITIAL:
		return GIVEN_INITIAL;
	case NEAR:
		return GIVEN_NEAR;
	case CLOSE:
		return GIVEN_CLOSE;
	case APART:
		break;
	}
	if (is_swapped(l, memo, a, b))
		return GIVEN_SWAPPED;
	return a->sex != 0 && b->sex != 0 && a->sex != b->sex
		       ? GIVEN_DIFFERENT_SEX
		       : GIVEN_DIFFERENT;
}

/* The names of ${u} without repetition. */
static size_t
surnames(const struct unit *u, uint32_t out[static 2])
{
	size_t n = 0;

	if (u->family != 0)
		out[n++] = u->family;
	if (u->birth != 0 && u->birth != u->family)
		out[n++] = u->birth;
	return n;
}

static bool
birth_names_differ(const struct levels *l, struct levels_memo *memo,
		   const struct unit *a, const struct unit *b)
{
	return a->birth != 0 && b->birth != 0 &&
	       compare(l, memo, a->birth, b->birth) >= CLOSE;
}

unsigned
names_family(const struct levels *l, struct levels_memo *memo,
	     const struct unit *a, const struct unit *b)
{
	uint32_t na[2] = {0, 0};
	uint32_t nb[2] = {0, 0};
	const size_t n_a = surnames(a, na);
	const size_t n_b = surnames(b, nb);
	size_t equal = 0;

	if (n_a == 0 || n_b == 0)
		return LEVELS_MISSING;
	for (size_t i = 0; i < n_a; i++)
		for (size_t k = 0; k < n_b; k++)
			equal += na[i] == nb[k];
	if (equal == 2)
		return FAMILY_BOTH;
	if (equal == 1)
		return birth_names_differ(l, memo, a, b) ? FAMILY_CONFLICT
							 : FAMILY_SAME;
	enum likeness best = APART;
	for (size_t i = 0; i < n_a; i++) {
		for (size_t k = 0; k < n_b; k++) {
			const enum likeness like =
				compare(l, memo, na[i], nb[k]);

			best = like < best ? like : best;
		}
	}
	switch (best) {
	case NEAR:
		return FAMILY_NEAR;
	case EQUAL:
	case PART:
	case INITIAL:
		return FAMILY_PART;
	case CLOSE:
		return FAMILY_CLOSE;
	case APART:
		break;
	}
	return FAMILY_DIFFERENT;
}
