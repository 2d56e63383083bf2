/* detect/birthdate: dates as exports write them, and whether a column's day or
 * its month comes first. Which of several date columns is the birth date is
 * not decided here: scan/column looks at all of them. */
#ifndef TOCSIN_DETECT_BIRTHDATE_H
#define TOCSIN_DETECT_BIRTHDATE_H

#include "base/kind.h"

enum {
	BIRTHDATE_TEXT_MAX = 48, /* bytes of a cell that is looked at */
	BIRTHDATE_FIRST = 1850,  /* first year that is taken for one */
	/* Last year, and pivot of two-digit years (27 is 1927, not 2027). Not
	 * the clock: the same input gives the same answer for ever. */
	BIRTHDATE_LAST = 2026,
};

/** What stands first. */
enum date_order {
	DATE_UNKNOWN,     /* each value by itself; day first when both fit */
	DATE_DMY,         /* 13/02/1996, 13021996, 13-02-96 */
	DATE_MDY,         /* 02/13/1996 */
	DATE_YMD,         /* 19960213, 1996-02-13, 96/02/13 */
	DATE_SERIAL,      /* days of a spreadsheet since 1899-12-30 */
	DATE_SERIAL_1904, /* days since 1904-01-01, old Macintosh files */
	DATE_ORDER_COUNT
};

/**
 * birthdate_parse(text, order, ret_yyyymmdd):
 * Read the whole of ${text} as a date, a time after it ignored: in digits
 * with / - . or blanks or nothing between them, or with the name of the month
 * (French, English, German, Spanish, Italian, Dutch). ${order} decides where
 * the value alone does not.
 *
 * Returns  KIND_VALID: a day of the calendar. KIND_WEAK: only the year or the
 *          month are known (00 for the rest), the value contradicts ${order}
 *          or needs one that is DATE_UNKNOWN, or birthdate_is_filler(). KIND_NO
 *          leaves ${ret_yyyymmdd} untouched.
 * Cost     A few ns for dd/mm/yyyy, yyyy-mm-dd and eight digits.
 * Source   ISO 8601; ISO 29500 18.17.4.1 (serials, with the 29 February 1900
 *          that never was).
 */
enum kind_verdict birthdate_parse(struct span text, enum date_order order,
				  uint32_t *ret_yyyymmdd);

/**
 * birthdate_is_filler(yyyymmdd):
 * Is the date one that programs write when they know none: 0, 01/01/1900,
 * 31/12/1899, 01/01/1901, ...?
 */
bool birthdate_is_filler(uint32_t yyyymmdd);

/** What a sample of a column's values says about their order. Zero it. */
struct date_census {
	uint32_t dates;     /* values that are dates in some order */
	uint32_t day_first; /* that can only be: day > 12 in front */
	uint32_t month_first;
	uint32_t year_first;    /* four digits of year in front, or 2 > 31 */
	uint32_t named;         /* months by name */
	uint32_t serial;        /* numbers that are days of this time */
	uint32_t first_over_31; /* of dates with a year of two digits */
	uint32_t last_over_31;
	uint32_t timed; /* that have a time of day, other than 00:00 */
	uint32_t full;  /* values other than serials: really look like dates */
	uint32_t oldest, newest; /* day number of serials */
};

/**
 * date_census_add(c, text):
 * Count one value.
 */
void date_census_add(struct date_census *c, struct span text);

/**
 * date_census_order(c):
 * The order that fits most of the values of ${c}.
 *
 * Returns  DATE_UNKNOWN if none of them is a date; DATE_DMY if nothing speaks
 *          against it.
 */
enum date_order date_census_order(const struct date_census *c);

/**
 * date_order_of(values, n):
 * Both of the above for ${n} values.
 */
enum date_order date_order_of(const struct span *values, size_t n);

/** The normalised value is eight digits, yyyymmdd. */
extern const struct kind kind_birth_date;

#endif
