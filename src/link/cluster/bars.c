#include "link/cluster/bars.h"

#include "link/distance/distance.h"

enum { RECURS = 2 }; /* mentions that make a date more than a slip */

struct bars
bars_of(const struct unit *u)
{
	struct bars b = {0, 0, 0};

	if (u->nir_class == UNITS_NIR_OWN && u->nir_good)
		b.nir = u->nir;
	if (u->date % 100 != 0) {
		b.date = u->date;
		b.mentions = u->mentions;
	}
	return b;
}

static bool
dates_far(uint32_t a, uint32_t b)
{
	const uint32_t swapped =
		a / 10000 * 10000 + a % 100 * 100 + a / 100 % 100;

	return a != b && swapped != b &&
	       distance_digits(distance_bcd(a), distance_bcd(b)) > 1;
}

bool
bars_forbid(const struct bars *a, const struct bars *b)
{
	if (a->nir != 0 && b->nir != 0)
		return a->nir != b->nir;
	return a->mentions >= RECURS && b->mentions >= RECURS &&
	       dates_far(a->date, b->date);
}

struct bars
bars_join(const struct bars *a, const struct bars *b)
{
	struct bars j = *a;

	if (j.nir == 0)
		j.nir = b->nir;
	if (a->date == b->date) {
		j.mentions += b->mentions;
	} else if (b->mentions > a->mentions ||
		   (b->mentions == a->mentions && b->date < a->date)) {
		j.date = b->date;
		j.mentions = b->mentions;
	}
	return j;
}
