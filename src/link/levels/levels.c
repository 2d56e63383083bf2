#include "link/levels/levels.h"

#include "link/distance/distance.h"
#include "link/levels/memo.h"
#include "link/levels/names.h"

#include <string.h>

enum {
	WORDS_MAX = 8,   /* of a street that are looked at */
	EDITS = 2,       /* that leave an e-mail or identifier near */
	LOCAL_LEAST = 6, /* letters of an address in which one may be a slip */
};

unsigned
levels_count(enum levels_field field)
{
	static const uint8_t counts[LEVELS_FIELDS] = {
		[LEVELS_NIR] = 8,    [LEVELS_DATE] = 6,
		[LEVELS_GIVEN] = 8,  [LEVELS_SEX] = 2,
		[LEVELS_FAMILY] = 7, [LEVELS_STREET] = 5,
		[LEVELS_MOVE] = 3,   [LEVELS_PLACE] = 3,
		[LEVELS_PHONE] = 4,  [LEVELS_PHONE_MOVED] = 4,
		[LEVELS_EMAIL] = 4,  [LEVELS_OTHER] = 4,
	};

	return counts[field];
}

static unsigned
same_nir(const struct unit *a, const struct unit *b)
{
	if (a->nir_class == UNITS_NIR_DOUBT || b->nir_class == UNITS_NIR_DOUBT)
		return NIR_SAME_DOUBT;
	if (a->nir_class != b->nir_class)
		return NIR_SAME_MIXED;
	return a->nir_class == UNITS_NIR_OWN ? NIR_SAME_OWN : NIR_SAME_OTHER;
}

static unsigned
compare_nir(const struct levels *l, const struct unit *a, const struct unit *b)
{
	if (a->nir == 0 || b->nir == 0)
		return LEVELS_MISSING;
	if (a->nir == b->nir)
		return same_nir(a, b);
	const bool good = a->nir_good && b->nir_good;
	const struct values *nirs = l->units->sets[UNITS_NIRS];
	if (!good && distance_digits(values_number(nirs, a->nir),
				     values_number(nirs, b->nir)) <= 2)
		return a->date != 0 && a->date == b->date ? NIR_NEAR_BORN
							  : NIR_NEAR;
	return good && a->nir_class == UNITS_NIR_OWN &&
			       b->nir_class == UNITS_NIR_OWN
		       ? NIR_DIFFERENT_OWN
		       : NIR_DIFFERENT;
}

/* The digits yyyymmdd as yyyyddmm. */
static uint32_t
swap_day(uint32_t digits)
{
	return (digits & 0xFFFF0000) | (digits & 0xFF) << 8 |
	       (digits >> 8 & 0xFF);
}

static unsigned
compare_dates(const struct unit *x, const struct unit *y)
{
	const uint32_t a = x->date;
	const uint32_t b = y->date;

	if (a == 0 || b == 0)
		return LEVELS_MISSING;
	if (a == b)
		return a % 100 == 0 ? DATE_PARTLY : DATE_SAME;
	if ((x->digits & 0xFF) == 0 || (y->digits & 0xFF) == 0) {
		const bool months =
			(x->digits & 0xFF00) != 0 && (y->digits & 0xFF00) != 0;

		return (months ? a / 100 == b / 100 : a / 10000 == b / 10000)
			       ? DATE_PARTLY
			       : DATE_DIFFERENT;
	}
	const unsigned digits = distance_digits(x->digits, y->digits);
	if (digits <= 1 || swap_day(x->digits) == y->digits)
		return DATE_NEAR;
	if (digits == 2)
		return DATE_TWO_DIGITS;
	return x->digits >> 16 == y->digits >> 16 ? DATE_SAME_YEAR
						  : DATE_DIFFERENT;
}

/* The words of a street; returns how many. */
static size_t
words_of(struct span text, struct span out[static WORDS_MAX])
{
	size_t n = 0;
	size_t from = 0;

	for (size_t i = 0; i <= text.n && n < WORDS_MAX; i++) {
		if (i < text.n && text.p[i] != ' ')
			continue;
		if (i > from)
			out[n++] = (struct span){text.p + from, i - from};
		from = i + 1;
	}
	return n;
}

static bool
words_agree(struct span a, struct span b)
{
	if (span_equal(a, b))
		return true;
	if (a.n < 4 || b.n < 4 || is_digit(a.p[0]) || is_digit(b.p[0]))
		return false;
	return distance_jaro_winkler(a, b) >= LEVELS_JW_NEAR;
}

/* Words of ${a} that are among those of ${b}. */
static size_t
words_found(const struct span *a, size_t n_a, const struct span *b, size_t n_b)
{
	size_t found = 0;
	unsigned taken = 0;

	for (size_t i = 0; i < n_a; i++) {
		for (size_t k = 0; k < n_b; k++) {
			if ((taken >> k & 1) != 0 || !words_agree(a[i], b[k]))
				continue;
			taken |= 1U << k;
			found++;
			break;
		}
	}
	return found;
}

/* How many letters of one text the other lacks, by the low five bits. */
static unsigned
letters_apart(struct span a, struct span b)
{
	uint32_t in_a = 0;
	uint32_t in_b = 0;

	for (size_t i = 0; i < a.n; i++)
		in_a |= UINT32_C(1) << (a.p[i] & 31U);
	for (size_t i = 0; i < b.n; i++)
		in_b |= UINT32_C(1) << (b.p[i] & 31U);
	const int only_a = __builtin_popcount(in_a & ~in_b);
	const int only_b = __builtin_popcount(in_b & ~in_a);
	return (unsigned)(only_a < only_b ? only_a : only_b);
}

/* STREET_NEAR, STREET_HALF or STREET_DIFFERENT. */
static unsigned
compare_words(struct span a, struct span b)
{
	struct span wa[WORDS_MAX];
	struct span wb[WORDS_MAX];
	const size_t n_a = words_of(a, wa);
	const size_t n_b = words_of(b, wb);
	const size_t few = n_a < n_b ? n_a : n_b;

	if (few == 0)
		return STREET_DIFFERENT;
	const size_t found = words_found(wa, n_a, wb, n_b);
	if (found == few && (few > 1 || n_a == n_b))
		return STREET_NEAR;
	/* A type alone, RUE and RUE, is nothing in common. */
	return found >= 2 && 2 * found >= few ? STREET_HALF : STREET_DIFFERENT;
}

/* Two digits of the postcode swapped? */
static bool
postcodes_swapped(const struct units *u, uint32_t a, uint32_t b)
{
	const struct span x = values_text(u->sets[UNITS_POSTCODES], a);
	const struct span y = values_text(u->sets[UNITS_POSTCODES], b);

	if (x.n != y.n)
		return false;
	size_t i = 0;
	while (i < x.n && x.p[i] == y.p[i])
		i++;
	return i + 1 < x.n && x.p[i] == y.p[i + 1] && x.p[i + 1] == y.p[i] &&
	       memcmp(x.p + i + 2, y.p + i + 2, x.n - i - 2) == 0;
}

static unsigned
compare_places(const struct levels *l, struct levels_memo *memo,
	       const struct unit *a, const struct unit *b)
{
	const bool codes = a->postcode != 0 && b->postcode != 0;
	const bool cities = a->city != 0 && b->city != 0;

	if (!codes && !cities)
		return LEVELS_MISSING;
	const bool same_code = codes && a->postcode == b->postcode;
	const bool same_city =
		cities && names_cities(l, memo, a->city, b->city);
	if (same_code == codes && same_city == cities)
		return PLACE_SAME;
	if (same_code || same_city ||
	    (codes && postcodes_swapped(l->units, a->postcode, b->postcode)))
		return PLACE_PARTLY;
	return PLACE_DIFFERENT;
}

static unsigned
compare_streets(const struct levels *l, struct levels_memo *memo,
		const struct unit *a, const struct unit *b, unsigned place)
{
	const struct values *streets = l->units->sets[UNITS_STREETS];
	unsigned level;

	if (a->street == 0 || b->street == 0)
		return LEVELS_MISSING;
	if (a->street == b->street)
		return place == PLACE_DIFFERENT ? STREET_ELSEWHERE
						: STREET_SAME;
	if (place == PLACE_DIFFERENT)
		return STREET_DIFFERENT;
	if (memo_find(memo, a->street, b->street, MEMO_STREETS, &level))
		return level;
	level = compare_words(values_text(streets, a->street),
			      values_text(streets, b->street));
	memo_keep(memo, a->street, b->street, MEMO_STREETS, level);
	return level;
}

/* The numbers of the phones of ${u}; returns how many. */
static size_t
phones_of(const struct values *phones, const struct unit *u,
	  uint64_t out[static UNITS_PHONES])
{
	size_t n = 0;

	for (; n < UNITS_PHONES && u->phone[n] != 0; n++)
		out[n] = values_number(phones, u->phone[n]);
	return n;
}

static bool
phones_near(const struct levels *l, const struct unit *a, const struct unit *b)
{
	const struct values *phones = l->units->sets[UNITS_PHONES_SET];
	uint64_t of_a[UNITS_PHONES];
	uint64_t of_b[UNITS_PHONES];
	const size_t n_a = phones_of(phones, a, of_a);
	const size_t n_b = phones_of(phones, b, of_b);

	for (size_t i = 0; i < n_a; i++)
		for (size_t k = 0; k < n_b; k++)
			if (distance_digits(of_a[i], of_b[k]) <= 1)
				return true;
	return false;
}

static unsigned
compare_phones(const struct levels *l, const struct unit *a,
	       const struct unit *b)
{
	unsigned same = 0;

	/* Those known stand first. */
	if (a->phone[0] == 0 || b->phone[0] == 0)
		return LEVELS_MISSING;
	for (size_t i = 0; i < UNITS_PHONES && a->phone[i] != 0; i++)
		for (size_t k = 0; k < UNITS_PHONES; k++)
			same += a->phone[i] == b->phone[k];
	if (same > 0)
		return same > 1 ? PHONE_TWO : PHONE_SAME;
	return phones_near(l, a, b) ? PHONE_NEAR : PHONE_DIFFERENT;
}

static struct span
local_part(struct span email)
{
	size_t n = 0;

	while (n < email.n && email.p[n] != '@')
		n++;
	return (struct span){email.p, n};
}

/* Past the next digit of ${text} from ${*at} on; returns it, 0 at the end. */
static uint8_t
next_digit(struct span text, size_t *at)
{
	while (*at < text.n)
		if (is_digit(text.p[(*at)++]))
			return text.p[*at - 1];
	return 0;
}

/* Can two addresses that differ in these local parts be one, mistyped? People
 * with one name are told apart by a number, so a digit that differs speaks
 * against it; and of a few letters every one does. */
static bool
may_be_slip(struct span a, struct span b)
{
	size_t i = 0;
	size_t k = 0;
	uint8_t digit;

	if (span_equal(a, b))
		return true;
	if (a.n < LOCAL_LEAST || b.n < LOCAL_LEAST)
		return false;
	do {
		digit = next_digit(a, &i);
		if (digit != next_digit(b, &k))
			return false;
	} while (digit != 0);
	return true;
}

static unsigned
compare_emails(const struct units *u, uint32_t a, uint32_t b)
{
	if (a == 0 || b == 0)
		return LEVELS_MISSING;
	if (a == b)
		return CODE_SAME;
	const struct span x = values_text(u->sets[UNITS_EMAILS], a);
	const struct span y = values_text(u->sets[UNITS_EMAILS], b);
	const struct span local_x = local_part(x);
	const struct span local_y = local_part(y);
	const bool local = span_equal(local_x, local_y);
	const size_t apart = x.n > y.n ? x.n - y.n : y.n - x.n;
	if ((!local && apart > EDITS) || letters_apart(x, y) > EDITS ||
	    !may_be_slip(local_x, local_y))
		return CODE_DIFFERENT;
	if (distance_edits(x, y, EDITS) <= EDITS)
		return CODE_NEAR;
	return local ? CODE_LOCAL : CODE_DIFFERENT;
}

static unsigned
compare_others(const struct units *u, uint32_t a, uint32_t b)
{
	if (a == 0 || b == 0)
		return LEVELS_MISSING;
	if (a == b)
		return CODE_SAME;
	return distance_edits(values_text(u->sets[UNITS_OTHERS], a),
			      values_text(u->sets[UNITS_OTHERS], b),
			      EDITS) <= EDITS
		       ? CODE_NEAR
		       : CODE_DIFFERENT;
}

static unsigned
compare_sex(const struct unit *a, const struct unit *b)
{
	if (a->sex == 0 || b->sex == 0)
		return LEVELS_MISSING;
	return a->sex == b->sex ? SEX_SAME : SEX_DIFFERENT;
}

/* ${level} where ${field} has its bits. */
static uint64_t
placed(enum levels_field field, unsigned level)
{
	return (uint64_t)level << (LEVELS_BITS * (unsigned)field);
}

uint64_t
levels_compare(const struct levels *l, struct levels_memo *memo,
	       const struct unit *a, const struct unit *b)
{
	const unsigned missing = LEVELS_MISSING;
	const unsigned place = compare_places(l, memo, a, b);
	const unsigned given = names_given(l, memo, a, b);
	const unsigned street = compare_streets(l, memo, a, b, place);
	const unsigned phone = compare_phones(l, a, b);
	const bool moved = street == STREET_DIFFERENT;

	return placed(LEVELS_NIR, compare_nir(l, a, b)) |
	       placed(LEVELS_DATE, compare_dates(a, b)) |
	       placed(LEVELS_GIVEN, given) |
	       placed(LEVELS_SEX,
		      given == missing ? compare_sex(a, b) : missing) |
	       placed(LEVELS_FAMILY, given == GIVEN_SWAPPED
					     ? missing
					     : names_family(l, memo, a, b)) |
	       placed(LEVELS_STREET, street) |
	       placed(LEVELS_MOVE, moved ? place : missing) |
	       placed(LEVELS_PLACE, street == missing ? place : missing) |
	       placed(LEVELS_PHONE, moved ? missing : phone) |
	       placed(LEVELS_PHONE_MOVED, moved ? phone : missing) |
	       placed(LEVELS_EMAIL,
		      compare_emails(l->units, a->email, b->email)) |
	       placed(LEVELS_OTHER,
		      compare_others(l->units, a->other, b->other));
}
