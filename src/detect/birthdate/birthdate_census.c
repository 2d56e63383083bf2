#include "detect/birthdate/birthdate_impl.h"

/* Count what three numbers say of the order. */
static void
count_order(struct date_census *c, const struct piece p[static PIECES])
{
	if (p[0].digits == 4) {
		c->year_first++;
		return;
	}
	if (p[2].digits == 2) {
		c->first_over_31 += p[0].value > 31;
		c->last_over_31 += p[2].value > 31;
	}
	if (p[0].value > 12 && p[0].value <= 31 && p[1].value <= 12)
		c->day_first++;
	else if (p[1].value > 12 && p[1].value <= 31 && p[0].value <= 12)
		c->month_first++;
}

void
date_census_add(struct date_census *c, struct span text)
{
	uint8_t buf[2 * BIRTHDATE_TEXT_MAX];
	const struct span s = pieces_plain(text, buf);
	struct pieces x;
	struct piece run;
	struct piece split[PIECES];
	uint32_t date;

	if (s.n == 0)
		return;
	if (pieces_serial(s, &run) && run.value >= SERIAL_LEAST &&
	    run.value <= SERIAL_LAST && run.digits == SERIAL_DIGITS) {
		c->oldest = c->serial == 0 || run.value < c->oldest ? run.value
								    : c->oldest;
		c->newest = run.value > c->newest ? run.value : c->newest;
		c->serial++;
		return;
	}
	if (!pieces_read(s, &x) ||
	    pieces_date(&x, DATE_UNKNOWN, &date) == KIND_NO)
		return;
	c->dates++;
	c->full++;
	c->timed += x.timed;
	if (x.n == PIECES && x.p[0].digits != 0 && x.p[1].digits != 0)
		count_order(c, x.p);
	else if (x.n == 1 && pieces_split(x.p[0], DATE_UNKNOWN, split))
		count_order(c, split);
	else
		c->named++;
}

enum date_order
date_census_order(const struct date_census *c)
{
	if (c->full == 0)
		return c->serial > 0 ? DATE_SERIAL : DATE_UNKNOWN;
	if (c->serial > c->full)
		return DATE_SERIAL;
	if (c->year_first > c->full / 2)
		return DATE_YMD;
	if (c->first_over_31 > c->last_over_31)
		return DATE_YMD;
	return c->month_first > c->day_first ? DATE_MDY : DATE_DMY;
}

enum date_order
date_order_of(const struct span *values, size_t n)
{
	struct date_census c = {0};

	for (size_t i = 0; i < n; i++)
		date_census_add(&c, values[i]);
	return date_census_order(&c);
}
