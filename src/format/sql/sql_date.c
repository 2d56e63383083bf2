/*
 * Dates that Management Studio of SQL Server up to 2008 R2 wrote as their
 * bytes: CAST(0x0000A0AF00A25634 AS DateTime).
 *
 *  datetime       days since 1900-01-01 and 1/300 s, four bytes each, the
 *                 highest first
 *  smalldatetime  days since 1900-01-01 and minutes, two bytes each, the same
 *  date           days since 0001-01-01, three bytes, the lowest first; a zero
 *  datetime2      digits of the second, the time, and the days of a date
 *
 * Source: read from scripts; 0x5B950A00 is 1900-01-01 as a date, which is the
 * number of days of the Gregorian calendar.
 */
#include "format/sql/sql_impl.h"

#include <string.h>

enum {
	BYTES_MAX = 10,
	DAYS_TO_1900 = 693595,    /* from 0001-01-01 */
	DAYS_MAX = 3652058,       /* 9999-12-31 */
	DAYS_OF_ERA = 146097,     /* 400 years */
	DAYS_OF_MARCH_YEAR = 306, /* from 0000-03-01 to 0001-01-01 */
};

static uint32_t
big(const uint8_t *p, size_t n)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

static uint32_t
days_little(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

/* Writes the date ${days} after 0001-01-01: years begin in March, so that the
 * day that comes and goes is their last. */
static void
put_date(uint32_t days, uint8_t out[static 10])
{
	const uint32_t all = days + DAYS_OF_MARCH_YEAR;
	const uint32_t day = all % DAYS_OF_ERA;
	const uint32_t year =
		(day - day / 1460 + day / 36524 - day / 146096) / 365;
	const uint32_t rest = day - (365 * year + year / 4 - year / 100);
	const uint32_t month = (5 * rest + 2) / 153; /* 0: March */
	const uint32_t first = (153 * month + 2) / 5;

	out[4] = '-';
	out[7] = '-';
	number_write(all / DAYS_OF_ERA * 400 + year + (month >= 10), 4, out);
	number_write(month < 10 ? month + 3 : month - 9, 2, out + 5);
	number_write(rest - first + 1, 2, out + 8);
}

/* Writes " hh:mm:ss". */
static void
put_time(uint32_t seconds, uint8_t out[static 9])
{
	out[0] = ' ';
	out[3] = ':';
	out[6] = ':';
	number_write(seconds / 3600, 2, out + 1);
	number_write(seconds / 60 % 60, 2, out + 4);
	number_write(seconds % 60, 2, out + 7);
}

/* What the bytes of a type mean. Days from 0001-01-01; false: nothing. */
static bool
read_date(const char *type, const uint8_t *p, size_t n, uint32_t *ret_days,
	  uint32_t *ret_seconds)
{
	*ret_seconds = 0;
	if (strcmp(type, "datetime") == 0 && n == 8) {
		/* Before 1900 the days are negative: unsigned wraps. */
		*ret_days = DAYS_TO_1900 + big(p, 4);
		*ret_seconds = big(p + 4, 4) / 300;
	} else if (strcmp(type, "smalldatetime") == 0 && n == 4) {
		*ret_days = DAYS_TO_1900 + big(p, 2);
		*ret_seconds = big(p + 2, 2) * 60;
	} else if (strcmp(type, "date") == 0 && (n == 3 || n == 4)) {
		*ret_days = days_little(p);
	} else if (strcmp(type, "datetime2") == 0 && n >= 7 && n <= 9) {
		*ret_days = days_little(p + n - 3);
	} else {
		return false;
	}
	return *ret_days <= DAYS_MAX && *ret_seconds < 24 * 60 * 60;
}

void
sql_cell_date(struct sql_cells *c, const char *type)
{
	uint8_t bytes[BYTES_MAX];
	uint8_t text[19];
	const size_t n = c->n - c->cell;
	uint32_t days;
	uint32_t seconds;

	if (n / 2 > BYTES_MAX ||
	    !sql_unhex((struct span){c->p + c->cell, n}, bytes) ||
	    !read_date(type, bytes, n / 2, &days, &seconds))
		return;
	put_date(days, text);
	put_time(seconds, text + 10);
	c->n = c->cell;
	c->is_hex = false;
	for (size_t i = 0; i < (seconds > 0 ? sizeof(text) : 10); i++)
		sql_put(c, text[i]);
}
