/* leakgen: dates as days since 1970-01-01. */
#ifndef LEAKGEN_DATES_H
#define LEAKGEN_DATES_H

#include <stdint.h>

/** A day of the calendar. */
struct date {
	uint16_t year;
	uint8_t month;
	uint8_t day;
};

/** Days after which samples begin and end: 2015-01-02 and 2020-10-15. */
enum { DATES_FIRST = 16437, DATES_LAST = 18550 };

/**
 * dates_civil(days):
 * The date of ${days} since 1970-01-01.
 *
 * Source   Hinnant, chrono-compatible low-level date algorithms (2021).
 */
static inline struct date
dates_civil(uint32_t days)
{
	const uint32_t z = days + 719468;
	const uint32_t era = z / 146097;
	const uint32_t doe = z - era * 146097;
	const uint32_t yoe =
		(doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	const uint32_t mp = (5 * doy + 2) / 153;
	const uint32_t month = mp < 10 ? mp + 3 : mp - 9;

	return (struct date){
		.year = (uint16_t)(yoe + era * 400 + (month <= 2)),
		.month = (uint8_t)month,
		.day = (uint8_t)(doy - (153 * mp + 2) / 5 + 1),
	};
}

/** dates_month(year, month): How many days ${month} has. */
static inline uint32_t
dates_month(uint32_t year, uint32_t month)
{
	static const uint8_t days[12] = {31, 28, 31, 30, 31, 30,
					 31, 31, 30, 31, 30, 31};

	return month == 2 && year % 4 == 0 && year != 1900 ? 29
							   : days[month - 1];
}

/** dates_january(year): Days since 1970 of the first of ${year}, 1970 or later.
 */
static inline uint32_t
dates_january(uint32_t year)
{
	return (year - 1970) * 365 + (year - 1969) / 4;
}

#endif
