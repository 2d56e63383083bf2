#include "detect/birthdate/birthdate_impl.h"
enum { SERIAL_1904 = 1462 }; /* days from 1899-12-30 to 1904-01-01 */

static bool
is_leap(uint32_t y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

/* Day and month may be 0 for unknown, the day alone or both. */
static bool
is_day(uint32_t y, uint32_t m, uint32_t d)
{
	static const uint8_t days[] = {0,  31, 28, 31, 30, 31, 30,
				       31, 31, 30, 31, 30, 31};

	if (m > 12 || (m == 0 && d != 0))
		return false;
	return d <= days[m] || (m == 2 && d == 29 && is_leap(y));
}

bool
birthdate_is_filler(uint32_t d)
{
	static const uint32_t known[] = {
		0,        10101,    17530101, 18000101, 18991230, 18991231,
		19000000, 19000101, 19000102, 19010101, 20990101, 20991231,
		21001231, 22000101, 29991231, 30000101, 99990101, 99991231,
	};

	/* As nearly all dates are. */
	if (d > 19010101 && d < 20990101)
		return false;
	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (d == known[i])
			return true;
	return false;
}

static uint32_t
pack(uint32_t y, uint32_t m, uint32_t d)
{
	return y * 10000 + m * 100 + d;
}

/* Judge a date with a year of four digits. */
static enum kind_verdict
judge(uint32_t y, uint32_t m, uint32_t d, uint32_t *ret)
{
	const uint32_t date = pack(y, m, d);
	const bool filler = birthdate_is_filler(date);

	if (!filler && (y < BIRTHDATE_FIRST || y > BIRTHDATE_LAST))
		return KIND_NO;
	if (!filler && !is_day(y, m, d))
		return KIND_NO;
	*ret = date;
	return filler || m == 0 || d == 0 ? KIND_WEAK : KIND_VALID;
}

static enum kind_verdict
worse(enum kind_verdict a, enum kind_verdict b)
{
	return a < b ? a : b;
}

/* A year comes last: which of the two before it is the day? */
static enum kind_verdict
day_or_month_first(uint32_t a, uint32_t b, uint32_t y, enum date_order order,
		   uint32_t *ret)
{
	const bool month_first = order == DATE_MDY;
	const enum kind_verdict v =
		month_first ? judge(y, a, b, ret) : judge(y, b, a, ret);

	if (v != KIND_NO)
		return v;
	/* 02/13/1996 among days first: a stray of another export. */
	const enum kind_verdict other =
		month_first ? judge(y, b, a, ret) : judge(y, a, b, ret);
	return order == DATE_UNKNOWN ? other : worse(other, KIND_WEAK);
}

/* 96 is 1996, 12 is 2012: nobody is born in the future. */
static uint32_t
full_year(uint32_t yy)
{
	const uint32_t late = 2000 + yy;

	return late <= BIRTHDATE_LAST ? late : 1900 + yy;
}

static enum kind_verdict
three_numbers(const struct piece p[static PIECES], enum date_order order,
	      uint32_t *ret)
{
	const uint32_t a = p[0].value;
	const uint32_t b = p[1].value;
	const uint32_t c = p[2].value;

	if (p[0].digits == 4)
		return p[1].digits > 2 || p[2].digits > 2 ? KIND_NO
							  : judge(a, b, c, ret);
	if (p[0].digits > 2 || p[1].digits > 2)
		return KIND_NO;
	if (p[2].digits == 4)
		return day_or_month_first(a, b, c, order, ret);
	if (p[2].digits != 2)
		return KIND_NO;
	if (order == DATE_YMD || (order == DATE_UNKNOWN && a > 31))
		return judge(full_year(a), b, c, ret);
	return day_or_month_first(a, b, full_year(c), order, ret);
}

/* With the name of a month, only "96 FEV 13" is in doubt. */
static enum kind_verdict
with_month_name(const struct pieces *x, uint32_t *ret)
{
	struct piece rest[PIECES] = {{0, 0}};
	uint32_t month = 0;
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++) {
		if (x->p[i].digits == 0 && month == 0)
			month = x->p[i].value;
		else if (x->p[i].digits != 0)
			rest[n++] = x->p[i];
	}
	if (n == 0)
		return KIND_NO;
	if (n == 1)
		return rest[0].digits == 4 ? judge(rest[0].value, month, 0, ret)
					   : KIND_NO;
	if (rest[0].digits == 4)
		return judge(rest[0].value, month, rest[1].value, ret);
	const uint32_t year =
		rest[1].digits == 4 ? rest[1].value : full_year(rest[1].value);

	if (rest[1].digits != 4 && rest[1].digits != 2)
		return KIND_NO;
	return judge(year, month, rest[0].value, ret);
}

/* Split a run of digits; false: no date has so many. */
bool
pieces_split(struct piece run, enum date_order order,
	     struct piece out[static PIECES])
{
	const uint32_t v = run.value;

	if (run.digits == 6) {
		out[0] = (struct piece){v / 10000, 2};
		out[1] = (struct piece){v / 100 % 100, 2};
		out[2] = (struct piece){v % 100, 2};
		return true;
	}
	if (run.digits != 8)
		return false;
	/* 19960213 or 13021996: days first, 1996 would be the year 213. */
	const uint32_t year = v / 10000;

	if (order == DATE_YMD ||
	    (year >= BIRTHDATE_FIRST && v / 100 % 100 <= 12 && v % 100 <= 31)) {
		out[0] = (struct piece){year, 4};
		out[1] = (struct piece){v / 100 % 100, 2};
		out[2] = (struct piece){v % 100, 2};
		return true;
	}
	out[0] = (struct piece){v / 1000000, 2};
	out[1] = (struct piece){v / 10000 % 100, 2};
	out[2] = (struct piece){v % 10000, 4};
	return true;
}

/* Days since 1970-01-01 to a date, after Hinnant's civil_from_days. */
static uint32_t
civil(int64_t days)
{
	const int64_t z = days + 719468;
	const int64_t era = z / 146097;
	const int64_t doe = z - era * 146097;
	const int64_t yoe =
		(doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	const int64_t mp = (5 * doy + 2) / 153;
	const int64_t day = doy - (153 * mp + 2) / 5 + 1;
	const int64_t month = mp < 10 ? mp + 3 : mp - 9;
	const int64_t year = yoe + era * 400 + (month <= 2);

	return pack((uint32_t)year, (uint32_t)month, (uint32_t)day);
}

static enum kind_verdict
serial(struct piece run, enum date_order order, uint32_t *ret)
{
	int64_t days = run.value;

	if (run.digits == 0 || run.digits > SERIAL_DIGITS || days == 0)
		return KIND_NO;
	if (order == DATE_SERIAL_1904)
		days += SERIAL_1904;
	else if (days < 60)
		days++; /* before the 29 February 1900 that never was */
	if (days > SERIAL_LAST)
		return KIND_NO;
	/* 25569 is 1970-01-01. */
	const uint32_t date = civil(days - 25569);

	*ret = date;
	return birthdate_is_filler(date) ? KIND_WEAK : KIND_VALID;
}

enum kind_verdict
pieces_date(const struct pieces *x, enum date_order order, uint32_t *ret)
{
	struct piece split[PIECES];

	for (size_t i = 0; i < x->n; i++)
		if (x->p[i].digits == 0)
			return with_month_name(x, ret);
	if (x->n == PIECES)
		return three_numbers(x->p, order, ret);
	if (x->n != 1)
		return KIND_NO;
	if (x->p[0].digits == 4 && order != DATE_UNKNOWN)
		return judge(x->p[0].value, 0, 0, ret);
	if (!pieces_split(x->p[0], order, split))
		return KIND_NO;
	const enum kind_verdict v = three_numbers(split, order, ret);

	return x->p[0].digits == 6 && order == DATE_UNKNOWN
		       ? worse(v, KIND_WEAK)
		       : v;
}

static enum kind_verdict
parse_slowly(struct span text, enum date_order order, uint32_t *ret)
{
	uint8_t buf[2 * BIRTHDATE_TEXT_MAX];
	const struct span s = pieces_plain(text, buf);
	struct pieces x;
	struct piece run;

	if (s.n == 0)
		return KIND_NO;
	if ((order == DATE_SERIAL || order == DATE_SERIAL_1904) &&
	    pieces_serial(s, &run))
		return serial(run, order, ret);
	if (!pieces_read(s, &x))
		return KIND_NO;
	return pieces_date(&x, order, ret);
}

/* Two digits, or a number over 99. */
static uint32_t
pair(const uint8_t *p)
{
	const uint32_t hi = (uint32_t)(p[0] - '0');
	const uint32_t lo = (uint32_t)(p[1] - '0');

	return hi > 9 || lo > 9 ? 10000 : hi * 10 + lo;
}

/* The fixed layouts; KIND_NO leaves the others to the slow way. */
static enum kind_verdict
parse_fast(struct span s, enum date_order order, uint32_t *ret)
{
	const uint8_t *p = s.p;

	if (s.n == 8) {
		const uint32_t y = pair(p) * 100 + pair(p + 2);

		return order == DATE_YMD
			       ? judge(y, pair(p + 4), pair(p + 6), ret)
			       : KIND_NO;
	}
	if (p[2] == p[5] && byte_in(p[2], "/-.")) {
		const uint32_t y = pair(p + 6) * 100 + pair(p + 8);
		const uint32_t a = pair(p);
		const uint32_t b = pair(p + 3);

		return order == DATE_MDY ? judge(y, a, b, ret)
					 : judge(y, b, a, ret);
	}
	if (p[4] == p[7] && byte_in(p[4], "-/."))
		return judge(pair(p) * 100 + pair(p + 2), pair(p + 5),
			     pair(p + 8), ret);
	return KIND_NO;
}

enum kind_verdict
birthdate_parse(struct span text, enum date_order order, uint32_t *ret_yyyymmdd)
{
	if (text.n == 10 || text.n == 8) {
		const enum kind_verdict v =
			parse_fast(text, order, ret_yyyymmdd);

		if (v != KIND_NO)
			return v;
	}
	return parse_slowly(text, order, ret_yyyymmdd);
}
