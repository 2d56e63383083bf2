#include "base/fold.h"
#include "format/json/json_impl.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD };

/** Make room for ${n} bytes more, and a word; false: the row has failed. */
static inline bool
room(struct json_out *o, size_t n)
{
	if (n + 8 <= o->bytes.room - o->bytes.n)
		return true;
	const enum rc rc =
		json_bytes_room(&o->bytes, o->bytes.n + n + 8, JSON_ROW_MAX);

	if (rc == RC_OK)
		return true;
	o->failed = true;
	o->why = rc;
	return false;
}

/** Add one byte to a cell; there is room for two. */
static inline void
put(struct json_out *o, uint8_t b)
{
	if (b == '"')
		o->bytes.p[o->bytes.n++] = '"';
	o->quote |= b == '"' || b == ',' || b == '\n' || b == '\r';
	o->bytes.p[o->bytes.n++] = b;
}

static inline void
put_code(struct json_out *o, uint32_t code)
{
	if (code < 0x80)
		put(o, (uint8_t)code);
	else
		o->bytes.n += utf8_put(code, o->bytes.p + o->bytes.n);
}

/** Highest bits of the bytes that cannot just be copied. */
static inline uint64_t
special(uint64_t v)
{
	return (v & word_each(0x80)) | word_between(v, '"', '"') |
	       word_between(v, ',', ',') | word_between(v, '\\', '\\') |
	       word_between(v, 0, 0x1F);
}

/** Copy ordinary bytes of ${s} from ${from} on, and give where they end. */
static inline size_t
put_plain(struct json_out *o, struct span s, size_t from)
{
	uint8_t *const to = o->bytes.p + o->bytes.n;
	size_t i = from;

	for (;;) {
		/* The zeros behind a short end are not ordinary, either. */
		const bool whole = s.n - i >= 8;
		const uint64_t v = whole ? word_load8(s.p + i)
					 : word_short(s.p + i, s.n - i);
		const uint64_t hit = special(v);

		word_store8(to + (i - from), v);
		if (hit != 0) {
			i += (size_t)__builtin_ctzll(hit) / 8;
			break;
		}
		i += 8;
	}
	o->bytes.n += i - from;
	return i;
}

/** Add the character at ${i}, whose byte is above 0x7F. */
static size_t
put_high(struct json_out *o, struct span s, size_t i)
{
	uint32_t code;
	const size_t n = utf8_next(s, i, &code);
	const uint8_t b = s.p[i];

	/* No UTF-8: it is not likely to be anything but this. */
	if (n == 1)
		code = windows_1252(b);
	put_code(o, code);
	return i + n;
}

static bool
read_hex4(struct span s, size_t i, uint32_t *ret)
{
	uint32_t v = 0;

	if (i > s.n || s.n - i < 4)
		return false;
	for (size_t k = i; k < i + 4; k++) {
		const uint8_t b = s.p[k];
		const uint8_t letter = (uint8_t)((b | 0x20) - 'a');

		if (!is_digit(b) && letter > 5)
			return false;
		v = v << 4 |
		    (is_digit(b) ? (uint32_t)(b - '0') : (uint32_t)letter + 10);
	}
	*ret = v;
	return true;
}

/** Add what the four digits at ${i} and maybe a second half after them stand
 * for; half a character is none. */
static size_t
put_unicode(struct json_out *o, struct span s, size_t i)
{
	uint32_t code;
	uint32_t low;

	if (!read_hex4(s, i, &code)) {
		put_code(o, REPLACEMENT);
		return i;
	}
	i += 4;
	if (code - 0xD800 >= 0x800) {
		put_code(o, code);
		return i;
	}
	if (code < 0xDC00 && s.n - i >= 6 && s.p[i] == '\\' &&
	    s.p[i + 1] == 'u' && read_hex4(s, i + 2, &low) &&
	    low - 0xDC00 < 0x400) {
		put_code(o, 0x10000 + ((code - 0xD800) << 10) + low - 0xDC00);
		return i + 6;
	}
	put_code(o, REPLACEMENT);
	return i;
}

/** Add what the backslash at ${i} says. */
static size_t
put_escape(struct json_out *o, struct span s, size_t i)
{
	static const char from[] = "bfnrt";
	static const char to[] = "\b\f\n\r\t";

	if (i + 1 == s.n)
		return s.n;
	const uint8_t b = s.p[i + 1];

	if (b == 'u')
		return put_unicode(o, s, i + 2);
	const char *known = b != 0 ? strchr(from, b) : NULL;

	if (known != NULL)
		put(o, (uint8_t)to[known - from]);
	else if (b < 0x80)
		put(o, b);
	else
		return i + 1;
	return i + 2;
}

void
json_put_text(struct json_out *o, struct span s)
{
	/* Nothing grows more than from one byte to three. */
	if (s.n == 0 || !room(o, 3 * s.n))
		return;
	for (size_t i = put_plain(o, s, 0); i < s.n; i = put_plain(o, s, i)) {
		const uint8_t b = s.p[i];

		if (b == '\\')
			i = put_escape(o, s, i);
		else if (b >= 0x80)
			i = put_high(o, s, i);
		else
			put(o, s.p[i++]);
	}
}

void
json_put_raw(struct json_out *o, struct span s)
{
	if (!room(o, 3 * s.n))
		return;
	for (size_t i = 0; i < s.n;) {
		if (s.p[i] >= 0x80)
			i = put_high(o, s, i);
		else
			put(o, s.p[i++]);
	}
}

void
json_put_cell(struct json_out *o, const struct json_out *from)
{
	o->failed |= from->failed;
	o->why = from->failed ? from->why : o->why;
	if (o->failed || !room(o, from->bytes.n) || from->bytes.n == 0)
		return;
	memcpy(o->bytes.p + o->bytes.n, from->bytes.p, from->bytes.n);
	o->bytes.n += from->bytes.n;
}

void
json_put_byte(struct json_out *o, uint8_t b)
{
	if (room(o, 1))
		o->bytes.p[o->bytes.n++] = b;
}

void
json_cell_begin(struct json_out *o)
{
	o->cell = o->bytes.n;
	o->quote = false;
}

void
json_cell_end(struct json_out *o)
{
	const size_t n = o->bytes.n - o->cell;

	if (n == 0 || o->failed)
		return;
	uint8_t *p = o->bytes.p + o->cell;
	/* A blank at either end; the last is of NBSP, and may be of others. */
	const bool blank = p[0] <= ' ' || p[0] == 0xC2 || p[n - 1] <= ' ' ||
			   p[n - 1] == 0xA0;

	if (!o->quote && !blank)
		return;
	if (!room(o, 2))
		return;
	p = o->bytes.p + o->cell;
	memmove(p + 1, p, n);
	p[0] = '"';
	p[n + 1] = '"';
	o->bytes.n += 2;
}

static void
put_scalar(struct json_out *o, const struct json_tape *t, uint32_t i)
{
	const struct span s = json_text(t, i);

	if (t->t[i].kind == JSON_STRING)
		json_put_text(o, s);
	else if (!span_is(s, "null") && !span_is(s, "None") &&
		 !span_is(s, "undefined"))
		json_put_raw(o, s);
}

/** Is ${i} the value of the only member of an object, two tokens before? */
static bool
is_alone(const struct json_tape *t, uint32_t i)
{
	return t->t[i - 2].kind == JSON_OBJECT &&
	       t->t[i - 2].next == t->t[i].next;
}

/** Is scalar ${i} the one value of {"$date": ...}, maybe with another such
 * wrapping between? */
static bool
is_date(const struct json_tape *t, uint32_t i)
{
	if (i >= 4 && is_alone(t, i) &&
	    span_is(json_text(t, i - 1), "$numberLong"))
		i -= 2;
	return i >= 2 && is_alone(t, i) &&
	       span_is(json_text(t, i - 1), "$date");
}

/**
 * Write milliseconds since 1970 as a time.
 * Source: days to a date by eras of 400 years, Howard Hinnant, "chrono-
 * Compatible Low-Level Date Algorithms", civil_from_days.
 */
static bool
put_time(struct json_out *o, struct span s)
{
	enum { DIGITS_MAX = 15 }; /* some 31,000 years */
	const bool minus = s.n > 0 && s.p[0] == '-';
	const size_t n = s.n - minus;
	uint8_t text[20];

	if (n == 0 || n > DIGITS_MAX || !all_digits(s.p + minus, n))
		return false;
	const int64_t ms = (int64_t)number(s.p + minus, n) * (minus ? -1 : 1);
	const int64_t day_s = 86400;
	const int64_t at = (ms - ((ms % 1000) + 1000) % 1000) / 1000;
	const int64_t in_day = ((at % day_s) + day_s) % day_s;
	const int64_t z = (at - in_day) / day_s + 719468;
	const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	const int64_t doe = z - era * 146097;
	const int64_t yoe =
		(doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	const int64_t mp = (5 * doy + 2) / 153;
	const int64_t month = mp < 10 ? mp + 3 : mp - 9;
	const int64_t year = yoe + era * 400 + (month <= 2);

	if (year < 0 || year > 9999)
		return false;
	memcpy(text, "0000-00-00T00:00:00Z", sizeof(text));
	number_write((uint64_t)year, 4, text);
	number_write((uint64_t)month, 2, text + 5);
	number_write((uint64_t)(doy - (153 * mp + 2) / 5 + 1), 2, text + 8);
	number_write((uint64_t)(in_day / 3600), 2, text + 11);
	number_write((uint64_t)(in_day / 60 % 60), 2, text + 14);
	number_write((uint64_t)(in_day % 60), 2, text + 17);
	json_put_raw(o, (struct span){text, sizeof(text)});
	return true;
}

void
json_put_value(struct json_out *o, const struct json_tape *t, uint32_t i,
	       const char *between)
{
	if (!json_holds(t, i)) {
		if (!is_date(t, i) || !put_time(o, json_text(t, i)))
			put_scalar(o, t, i);
		return;
	}
	if (!json_is_flat(t, i)) {
		json_put_raw(o, json_text(t, i));
		return;
	}
	for (uint32_t k = i + 1; k < t->t[i].next; k++) {
		if (k > i + 1)
			json_put_raw(o, span_str(between));
		put_scalar(o, t, k);
	}
}
