#include "base/fold.h"
#include "detect/birthdate/birthdate_impl.h"

#include <string.h>

/** The first letters of a month, enough to know it. */
struct month {
	char word[6];
	uint8_t month;
};

/* French, English, German, Spanish, Italian, Dutch; folded. Longer ones stand
 * before what they begin with. */
static const struct month months[] = {
	{"JUIL", 7}, {"JUIN", 6}, {"JUL", 7},   {"JUN", 6},  {"JAN", 1},
	{"JAEN", 1}, {"JANV", 1}, {"FEV", 2},   {"FEB", 2},  {"FEBR", 2},
	{"MARS", 3}, {"MAR", 3},  {"MAERZ", 3}, {"MRT", 3},  {"MAART", 3},
	{"AVR", 4},  {"APR", 4},  {"ABR", 4},   {"MAI", 5},  {"MAY", 5},
	{"MEI", 5},  {"MAG", 5},  {"GEN", 1},   {"ENE", 1},  {"GIU", 6},
	{"LUG", 7},  {"AOU", 8},  {"AUG", 8},   {"AGO", 8},  {"SEP", 9},
	{"SET", 9},  {"OCT", 10}, {"OKT", 10},  {"OTT", 10}, {"NOV", 11},
	{"DEC", 12}, {"DEZ", 12}, {"DIC", 12},
};

/* The month that the ${n} letters at ${p} name, or begin to; 0: none. */
static uint32_t
month_of(const uint8_t *p, size_t n)
{
	static const char *const whole[] = {
		"JANVIER",  "JANUARY",   "JANUAR",    "JANUARI",    "ENERO",
		"GENNAIO",  "FEVRIER",   "FEBRUARY",  "FEBRUAR",    "FEBRUARI",
		"FEBRERO",  "FEBBRAIO",  "MARS",      "MARCH",      "MARZ",
		"MAERZ",    "MARZO",     "MAART",     "AVRIL",      "APRIL",
		"ABRIL",    "APRILE",    "MAI",       "MAY",        "MAYO",
		"MAGGIO",   "MEI",       "JUIN",      "JUNE",       "JUNI",
		"JUNIO",    "GIUGNO",    "JUILLET",   "JULY",       "JULI",
		"JULIO",    "LUGLIO",    "AOUT",      "AUGUST",     "AUGUSTUS",
		"AGOSTO",   "SEPTEMBRE", "SEPTEMBER", "SEPTIEMBRE", "SETTEMBRE",
		"OCTOBRE",  "OCTOBER",   "OKTOBER",   "OCTUBRE",    "OTTOBRE",
		"NOVEMBRE", "NOVEMBER",  "NOVIEMBRE", "DECEMBRE",   "DECEMBER",
		"DEZEMBER", "DICIEMBRE", "DICEMBRE",  "JAENNER",    "JANNER",
	};
	uint32_t month = 0;

	if (n < 3)
		return 0;
	for (size_t i = 0; i < COUNT_OF(months) && month == 0; i++) {
		const size_t len = strlen(months[i].word);

		if (n >= len && memcmp(months[i].word, p, len) == 0)
			month = months[i].month;
	}
	if (month == 0 || n <= 4)
		return month;
	/* "MARTIN" begins like a month and is none. */
	for (size_t i = 0; i < COUNT_OF(whole); i++)
		if (strlen(whole[i]) >= n && memcmp(whole[i], p, n) == 0)
			return month;
	return 0;
}

/* Words that may stand in a date and say nothing. */
static bool
is_idle(const uint8_t *p, size_t n)
{
	static const char *const idle[] = {
		"LE",       "DE",      "DEL",       "ER",       "ST",
		"ND",       "RD",      "TH",        "LUNDI",    "MARDI",
		"MERCREDI", "JEUDI",   "VENDREDI",  "SAMEDI",   "DIMANCHE",
		"MONDAY",   "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY",
		"SATURDAY", "SUNDAY",  "MON",       "TUE",      "WED",
		"THU",      "FRI",     "SAT",       "SUN",      "LUN",
		"MER",      "JEU",     "VEN",       "SAM",      "DIM",
	};

	for (size_t i = 0; i < COUNT_OF(idle); i++)
		if (strlen(idle[i]) == n && memcmp(idle[i], p, n) == 0)
			return true;
	return false;
}

/* Two digits at ${s}.p + ${i}, at most ${max}? */
static bool
two_digits(struct span s, size_t i, uint32_t max)
{
	return i + 2 <= s.n && all_digits(s.p + i, 2) &&
	       number(s.p + i, 2) <= max;
}

/* What may follow HH:MM:SS: a fraction, AM or PM, a zone. */
static bool
is_time_tail(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]) && !byte_in(s.p[i], ".,:+- ZAPMUTC"))
			return false;
	return true;
}

/* Is the whole of ${s} a time of day, or nothing? */
static bool
is_time(struct span s, bool *ret_timed)
{
	size_t i = 0;

	while (i < s.n && byte_in(s.p[i], " T,-:"))
		i++;
	*ret_timed = false;
	if (s.n == 0)
		return true;
	if (i == 0 || i == s.n)
		return false;
	if (two_digits(s, i, 24))
		i += 2;
	else if (is_digit(s.p[i]))
		i++;
	else
		return false;
	if (i < s.n && byte_in(s.p[i], ":H.")) {
		i++;
		if (!two_digits(s, i, 59))
			return s.p[i - 1] == 'H' && i == s.n;
	} else if (!two_digits(s, i, 59)) {
		return false;
	}
	i += 2;
	for (size_t k = 0; k < i && !*ret_timed; k++)
		*ret_timed = s.p[k] >= '1' && s.p[k] <= '9';
	return is_time_tail((struct span){s.p + i, s.n - i});
}

/* Read a number or a word at ${s}.p + ${i} into ${x}.
 * Returns the bytes it takes; 0: it cannot stand in a date. */
static size_t
read_piece(struct span s, size_t i, struct pieces *x)
{
	const uint8_t *p = s.p + i;
	size_t n = 0;

	if (is_digit(*p)) {
		while (i + n < s.n && is_digit(p[n]))
			n++;
		if (n > 8)
			return 0;
		x->p[x->n++] =
			(struct piece){(uint32_t)number(p, n), (uint8_t)n};
		return n;
	}
	while (i + n < s.n && is_upper(p[n]))
		n++;
	const uint32_t month = month_of(p, n);

	if (month != 0)
		x->p[x->n++] = (struct piece){month, 0};
	else if (!is_idle(p, n))
		return 0;
	return n;
}

/* Is the run of digits that was just read a whole date? */
static bool
is_compact(const struct pieces *x)
{
	return x->n == 1 && (x->p[0].digits == 6 || x->p[0].digits == 8);
}

/* Take ${s}, folded and trimmed, apart. */
bool
pieces_read(struct span s, struct pieces *ret)
{
	struct pieces x = {.n = 0};
	size_t i = 0;

	/* yyyymmddhhmm, yyyymmddhhmmss */
	if ((s.n == 12 || s.n == 14) && all_digits(s.p, s.n)) {
		const struct piece date = {(uint32_t)number(s.p, 8), 8};

		*ret = (struct pieces){.p = {date}, .n = 1, .timed = true};
		return two_digits(s, 8, 24) && two_digits(s, 10, 59);
	}
	while (i < s.n && x.n < PIECES && !is_compact(&x)) {
		if (is_digit(s.p[i]) || is_upper(s.p[i])) {
			const size_t n = read_piece(s, i, &x);

			if (n == 0)
				break;
			i += n;
		} else if (byte_in(s.p[i], "/-. ,_")) {
			i++;
		} else {
			break;
		}
	}
	/* "FEV. 96." ends in a dot that says nothing. */
	if (i + 1 == s.n && s.p[i] == '.')
		i++;
	*ret = x;
	return x.n > 0 && is_time((struct span){s.p + i, s.n - i}, &ret->timed);
}

/* "25569", "25569.5" and "25569,75". */
bool
pieces_serial(struct span s, struct piece *ret)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	if (n == 0 || n > SERIAL_DIGITS)
		return false;
	*ret = (struct piece){(uint32_t)number(s.p, n), (uint8_t)n};
	if (n == s.n)
		return true;
	return byte_in(s.p[n], ".,") && n + 1 < s.n &&
	       all_digits(s.p + n + 1, s.n - n - 1);
}

/* Fold ${text} into ${buf} where it needs it, and trim it. */
struct span
pieces_plain(struct span text, uint8_t buf[static 2 * BIRTHDATE_TEXT_MAX])
{
	text = span_trim(text);
	if (text.n > BIRTHDATE_TEXT_MAX)
		return (struct span){NULL, 0};
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] < 'a')
			continue;
		/* Twice is enough: "ß" and "œ" become two letters. */
		const size_t n = fold_letters(text, buf, 2 * text.n);

		return span_trim((struct span){buf, n});
	}
	return text;
}
