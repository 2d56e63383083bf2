/* detect/birthdate, inside: a text taken apart into numbers and months. */
#ifndef TOCSIN_DETECT_BIRTHDATE_IMPL_H
#define TOCSIN_DETECT_BIRTHDATE_IMPL_H

#include "detect/birthdate/birthdate.h"

enum {
	PIECES = 3,           /* day, month and year in some order */
	SERIAL_DIGITS = 5,    /* of a day of a spreadsheet, at most */
	SERIAL_LEAST = 10000, /* May 1927; fewer digits prove nothing */
	SERIAL_LAST = 46387,  /* 2026-12-31 */
};

/** A number of the text, or the name of a month. */
struct piece {
	uint32_t value;
	uint8_t digits; /* 0: the name of a month */
};

/** A text taken apart. */
struct pieces {
	struct piece p[PIECES];
	uint8_t n;
	bool timed; /* a time of day other than midnight follows */
};

/**
 * pieces_plain(text, buf):
 * Trim ${text}, and fold it into ${buf} if it needs that. Empty: too long.
 */
struct span pieces_plain(struct span text,
			 uint8_t buf[static 2 * BIRTHDATE_TEXT_MAX]);

/**
 * pieces_read(s, ret):
 * Take all of ${s}, folded and trimmed, apart.
 */
bool pieces_read(struct span s, struct pieces *ret);

/**
 * pieces_serial(s, ret):
 * Read "25569", "25569.5" or "25569,75".
 */
bool pieces_serial(struct span s, struct piece *ret);

/**
 * pieces_split(run, order, out):
 * Split a run of six or eight digits into three numbers.
 */
bool pieces_split(struct piece run, enum date_order order,
		  struct piece out[static PIECES]);

/**
 * pieces_date(x, order, ret):
 * Make a date of ${x}; as birthdate_parse().
 */
enum kind_verdict pieces_date(const struct pieces *x, enum date_order order,
			      uint32_t *ret);

#endif
