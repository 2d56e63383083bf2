/* What a cell looks like, by its bytes alone: quick and rough, for telling
 * dialects and headers apart. Kinds of personal data are decided elsewhere. */
#include "format/csv/csv_sniff_impl.h"

#include <string.h>

enum { LOOK_MAX = 256, WORD_MAX = 80, WORDS_MAX = 8 };

/* What each ASCII byte is: c control, s space, d digit, l letter, x what no
 * cell of a sane dialect holds unquoted, and . ! - : @ for themselves and
 * their like. Bytes above are letters, in whatever charset. */
static const char CODES[] = "ccccccccccsccocccccccccccccccccc"
			    "s!xoooooooooo-.-dddddddddd:xxox!"
			    "@lllllllllllllllllllllllllloxooo"
			    "ollllllllllllllllllllllllllxxxoc";

static char
code_of(uint8_t b)
{
	if (b >= 0x80)
		return 'l';
	return CODES[b];
}

/** What the bytes of a cell are, counted. */
struct tally {
	uint32_t n, digits, letters, spaces, controls, strays, at;
	uint32_t ends;          /* of sentences: before a blank or the end */
	uint32_t colons, dates; /* between digits: a colon; / - or . */
};

static struct tally
tally(struct span s)
{
	struct tally t = {.n = (uint32_t)s.n};
	char was = 's';

	for (size_t i = 0; i < s.n; i++) {
		const char is = code_of(s.p[i]);

		t.digits += is == 'd';
		t.letters += is == 'l';
		t.spaces += is == 's';
		t.controls += is == 'c';
		t.strays += is == 'x';
		t.at += is == '@';
		if (is < 'A') { /* . ! - : */
			const char next = code_of(
				(uint8_t)(i + 1 < s.n ? s.p[i + 1] : ' '));
			const bool between = was == 'd' && next == 'd';

			t.ends += (is == '.' || is == '!') && next == 's';
			t.colons += between && is == ':';
			t.dates += between && (is == '.' || is == '-');
		}
		was = is;
	}
	return t;
}

/* Currency and percent signs at the ends of a number, in any charset. */
static struct span
strip_unit(struct span s)
{
	while (s.n > 0 && (byte_in(s.p[0], "$+-(") || s.p[0] >= 0x80)) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 &&
	       (byte_in(s.p[s.n - 1], "$%)") || s.p[s.n - 1] >= 0x80))
		s.n--;
	return span_trim(s);
}

/* 12, -1.5, 1 234,56, 1.2e-7, 12 %: groups of digits and single marks. */
static bool
is_number(struct span s)
{
	bool was_digit = false;
	bool has_exponent = false;

	s = strip_unit(s);
	if (s.n == 0 || s.n > 40)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		const uint8_t b = s.p[i];

		if (is_digit(b)) {
			was_digit = true;
			continue;
		}
		if (was_digit && (b == 'e' || b == 'E') && !has_exponent &&
		    i + 1 < s.n) {
			has_exponent = true;
			i += byte_in(s.p[i + 1], "+-");
			continue;
		}
		if (!byte_in(b, "., '") && b < 0x80)
			return false;
		if (!was_digit && i > 0 && b < 0x80)
			return false;
		was_digit = false;
	}
	return is_digit(s.p[s.n - 1]);
}

/* Reads digits: how many, and steps past them. */
static size_t
digits(struct span s, size_t *i)
{
	const size_t from = *i;

	while (*i < s.n && is_digit(s.p[*i]))
		++*i;
	return *i - from;
}

/* hh:mm, hh:mm:ss, with a fraction or a zone, all of ${s} from ${i} on. */
static bool
is_time(struct span s, size_t i)
{
	size_t n = digits(s, &i);

	if (n < 1 || n > 2 || i == s.n || s.p[i] != ':')
		return false;
	i++;
	if (digits(s, &i) != 2)
		return false;
	for (; i < s.n; i++)
		if (!is_digit(s.p[i]) && !byte_in(s.p[i], ":.,+-ZzAaPpMm "))
			return false;
	return true;
}

/* 3 groups with one mark between: 2020-09-10, 10/09/2020, 1.2.98. */
static bool
is_date(struct span s)
{
	size_t i = 0;
	const size_t a = digits(s, &i);

	if (a == 0 || a > 4 || i == s.n || !byte_in(s.p[i], "/-."))
		return false;
	const uint8_t mark = s.p[i++];
	const size_t b = digits(s, &i);
	if (b == 0 || b > 2)
		return false;
	if (i == s.n) /* 05/1998, 1998-05 */
		return mark != '.' && (a == 4 || b == 4);
	if (s.p[i++] != mark)
		return false;
	const size_t c = digits(s, &i);
	if (c == 0 || c > 4 || (a > 2 && c > 2))
		return false;
	if (i == s.n || (s.p[i] == 'Z' && i + 1 == s.n))
		return true;
	return byte_in(s.p[i], " T") && is_time(s, i + 1);
}

static bool
is_email(struct span s)
{
	const uint8_t *at = memchr(s.p, '@', s.n);

	if (at == NULL || at == s.p)
		return false;
	const size_t host = s.n - (size_t)(at - s.p) - 1;
	const uint8_t *dot = memrchr(at, '.', host + 1);
	return dot != NULL && dot > at + 1 && dot < s.p + s.n - 2 &&
	       memchr(s.p, ' ', s.n) == NULL;
}

static bool
starts_with(struct span s, const char *word)
{
	const size_t n = strlen(word);

	return s.n > n && memcmp(s.p, word, n) == 0;
}

static enum csv_type
type_of_words(const struct tally *t, bool is_quoted)
{
	if (t->controls > 0)
		return TYPE_ODD;
	if (t->strays > 0 && !is_quoted)
		return TYPE_ODD;
	if (t->letters == 0 && t->digits == 0)
		return t->n <= 3 ? TYPE_WORD : TYPE_ODD;
	if (t->spaces == 0 && t->n <= WORD_MAX && t->digits > 0)
		return TYPE_CODE;
	if (t->n > WORD_MAX || t->spaces > WORDS_MAX || t->ends > 0 ||
	    t->strays > 0)
		return TYPE_TEXT;
	return TYPE_WORD;
}

enum csv_type
csv_type_of(struct span text, bool is_quoted)
{
	struct span s = span_trim(text);

	if (s.n == 0)
		return TYPE_EMPTY;
	if (s.n > LOOK_MAX)
		s.n = LOOK_MAX;
	const struct tally t = tally(s);
	if (t.digits > 0 && is_number(s))
		return t.dates >= 2 && is_date(s) ? TYPE_DATE : TYPE_NUMBER;
	if (t.digits > 0 && is_date(s))
		return TYPE_DATE;
	if (t.colons > 0 && is_time(s, 0))
		return TYPE_TIME;
	if (t.at == 1 && t.strays == 0 && t.controls == 0 && is_email(s))
		return TYPE_EMAIL;
	if (t.controls == 0 && t.spaces == 0 &&
	    (starts_with(s, "http://") || starts_with(s, "https://") ||
	     starts_with(s, "www.")))
		return TYPE_URL;
	return type_of_words(&t, is_quoted);
}
