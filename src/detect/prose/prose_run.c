/* From the first digit of a number to its last, group by group. */
#include "detect/prose/prose_impl.h"

#include <string.h>

/* The lead bytes of U+00C0 to U+02BF: Latin letters. What other lead bytes
 * start in French text is punctuation (U+00A0, U+00B0, U+2019, U+20AC). */
static bool
is_letter_lead(uint8_t b)
{
	return b >= 0xC3 && b <= 0xCA;
}

bool
is_word_at(struct span text, size_t i)
{
	return i < text.n && (is_alnum(text.p[i]) || text.p[i] == '_' ||
			      is_letter_lead(text.p[i]));
}

bool
is_word_before(struct span text, size_t i)
{
	if (i == 0)
		return false;
	const uint8_t b = text.p[i - 1];

	return is_alnum(b) || b == '_' ||
	       (b >= 0x80 && b < 0xC0 && i > 1 &&
		is_letter_lead(text.p[i - 2]));
}

size_t
run_word_end(struct span text, size_t i)
{
	while (i < text.n && (is_word_at(text, i) || text.p[i] == '-' ||
			      (text.p[i] >= 0x80 && text.p[i] < 0xC0)))
		i++;
	return i;
}

/* Bytes of a blank or dash at byte ${i}, and what it is; 0: none. */
static size_t
single_separator(struct span text, size_t i, uint8_t *ret_sort)
{
	const uint8_t *p = text.p + i;
	const size_t left = text.n - i;

	if (left == 0)
		return 0;
	*ret_sort = *p;
	if (*p < 0x80)
		return byte_in(*p, " .-/") ? 1 : 0;
	*ret_sort = ' ';
	if (left > 1 && p[0] == 0xC2 && p[1] == 0xA0)
		return 2; /* U+00A0 */
	if (left < 3 || p[0] != 0xE2 || p[1] != 0x80)
		return 0;
	if (p[2] == 0xAF || (p[2] >= 0x80 && p[2] <= 0x8A))
		return 3; /* U+202F and other blanks */
	*ret_sort = '-';
	return p[2] >= 0x90 && p[2] <= 0x95 ? 3 : 0;
}

/* The same with the brackets of telephone numbers: " (", ") ", "(", ")". */
static size_t
separator(struct span text, size_t i, uint8_t *ret_sort)
{
	size_t n = single_separator(text, i, ret_sort);
	const size_t bracket = i + n;

	if (bracket < text.n && byte_in(text.p[bracket], "()")) {
		uint8_t sort;

		n++;
		n += single_separator(text, bracket + 1, &sort);
		*ret_sort = '(';
	}
	return n;
}

/* Is the letter at byte ${i} the A or B of Corsica, the sixth or second digit
 * a 2 before it and more digits behind it? */
static bool
is_corsica(const struct run *r, size_t i)
{
	uint8_t sort;
	const struct span text = r->text;

	if (!byte_in(text.p[i], "ABab") || r->chars == 0 ||
	    r->c[r->chars - 1] != '2' || (r->chars != 1 && r->chars < 6))
		return false;
	i++;
	i += single_separator(text, i, &sort);
	return i < text.n && is_digit(text.p[i]);
}

/* Copy the digits at byte ${i} to ${out}, ${room} at most. Returns how many;
 * behind them ${out} may be written, up to eight bytes past the room. */
static size_t
copy_digits(struct span text, size_t i, uint8_t *out, size_t room)
{
	size_t n = 0;

	for (; n < room && text.n - i >= n + 8; n += 8) {
		const uint64_t x = word_load8(text.p + i + n);
		const uint64_t other =
			~word_between(x, '0', '9') & word_each(0x80);

		word_store8(out + n, x);
		if (other != 0) {
			n += (size_t)__builtin_ctzll(other) / 8;
			return n < room ? n : room;
		}
	}
	for (; n < room && i + n < text.n && is_digit(text.p[i + n]); n++)
		out[n] = text.p[i + n];
	return n < room ? n : room;
}

/* Read one group at byte ${i}. Returns its end; the start: no room. */
static size_t
read_group(struct run *r, size_t i, uint8_t before)
{
	const struct span text = r->text;
	const size_t start = i;

	if (r->groups == RUN_GROUPS_MAX)
		return i;
	struct group *g = &r->group[r->groups];

	*g = (struct group){(uint32_t)i, r->chars, 0, before};
	for (;;) {
		const size_t n = copy_digits(text, i, r->c + r->chars,
					     RUN_CHARS_MAX - (size_t)r->chars);

		r->chars = (uint8_t)(r->chars + n);
		i += n;
		const bool more = i < text.n &&
				  (is_digit(text.p[i]) ||
				   (is_alpha(text.p[i]) && is_corsica(r, i)));

		if (!more)
			break;
		if (r->chars == RUN_CHARS_MAX) {
			r->chars = g->first;
			return start;
		}
		r->c[r->chars++] = text.p[i++];
	}
	g->n = (uint8_t)(r->chars - g->first);
	r->groups++;
	return i;
}

/* Forget the last group, which turned out to be part of a word. */
static void
drop_last(struct run *r)
{
	r->groups--;
	r->chars = r->group[r->groups].first;
	r->end = r->groups > 0 ? run_group_end(r, r->groups - 1U)
			       : r->group[0].at;
}

size_t
run_group_end(const struct run *r, size_t g)
{
	return r->group[g].at + r->group[g].n;
}

/* The end of an extension "x8340" glued to the run; the end of the run: none
 * is there. */
static size_t
extension_end(const struct run *r)
{
	const struct span text = r->text;
	size_t i = r->end;

	if (i == text.n || (text.p[i] | 0x20) != 'x')
		return r->end;
	for (i++; i < text.n && is_digit(text.p[i]);)
		i++;
	const size_t digits = i - r->end - 1;

	return digits >= 1 && digits <= 7 && !is_word_at(text, i) ? i : r->end;
}

/* Is the letter behind the run the T of ISO 8601, "1956-03-12T08:30", or the
 * ending of "1er mars"? */
static bool
is_of_date(const struct run *r)
{
	const struct span text = r->text;
	const struct group *last = &r->group[r->groups - 1];

	if (last->n == 1 && r->c[last->first] == '1' && text.n - r->end > 3 &&
	    memcmp(text.p + r->end, "er ", 3) == 0)
		return true;
	return r->groups >= 3 && last->n == 2 && text.p[r->end] == 'T' &&
	       text.n - r->end > 2 && is_digit(text.p[r->end + 1]);
}

/* What stands before the run. */
static void
read_prefix(struct run *r, size_t i)
{
	const uint8_t *p = r->text.p;

	if (i > 0 && p[i - 1] == '+')
		r->plus = 1;
	else if (i > 1 && p[i - 1] == ' ' && p[i - 2] == '+')
		r->plus = 2; /* "+ 33 6 ..." */
	const size_t k = i - r->plus;

	r->bracket = k > 0 && p[k - 1] == '(';
	r->joined = i > 1 && byte_in(p[i - 1], "-_#") && !is_digit(p[i - 2]) &&
		    (is_word_before(r->text, i - 1) || p[i - 2] == '&');
}

size_t
run_read(struct span text, size_t i, struct run *r)
{
	r->text = text;
	r->groups = 0;
	r->chars = 0;
	r->plus = 0;
	r->bracket = r->joined = false;
	r->end = r->extended = i;
	if (is_word_before(text, i))
		return run_word_end(text, i);
	read_prefix(r, i);
	uint8_t before = 0;

	for (;;) {
		const size_t end = read_group(r, i, before);

		if (end == i)
			break;
		r->end = end;
		const size_t n = separator(text, end, &before);

		i = end + n;
		if (n == 0 || i >= text.n || !is_digit(text.p[i]))
			break;
	}
	/* Longer than any number: step over the digits that did not fit. */
	if (r->groups == 0) {
		while (i < text.n && is_digit(text.p[i]))
			i++;
		return i;
	}
	r->extended = extension_end(r);
	if (r->extended != r->end || !is_word_at(text, r->end) || is_of_date(r))
		return r->extended;
	const size_t go_on = run_word_end(text, r->end);

	drop_last(r);
	r->extended = r->end;
	return go_on;
}
