#include "base/fold.h"
#include "detect/address/address.h"

#include <string.h>

enum {
	TEXT_MAX = 16, /* bytes of a cell that can be a postcode */
	FRENCH = 5,    /* digits of a French one */
};

/* Departments 01 to 95 and the overseas ones 97 and 98; Corsica is 20. */
static bool
is_french(const uint8_t *p)
{
	const uint64_t dept = number(p, 2);

	return (dept >= 1 && dept <= 95) || dept == 97 || dept == 98;
}

/* Leave out "F-", "FR-" and the ".0" of a spreadsheet. */
static struct span
strip(struct span s)
{
	if (s.n > 6 && (s.p[0] == 'F' || s.p[0] == 'f')) {
		const size_t skip = s.p[1] == 'R' || s.p[1] == 'r' ? 2 : 1;

		if (byte_in(s.p[skip], "- ")) {
			s.p += skip + 1;
			s.n -= skip + 1;
		}
	}
	if (s.n > 5 && s.p[s.n - 1] == '0' && byte_in(s.p[s.n - 2], ".,"))
		s.n -= 2;
	return s;
}

/* Codes of other countries: 4 to 9 letters and digits, of these at least two
 * digits; digits alone as Austria, Portugal, the United States write them. */
static enum kind_verdict
foreign(struct span s, uint8_t out[static ADDRESS_POSTCODE_MAX], size_t *ret_n)
{
	uint8_t c[ADDRESS_POSTCODE_MAX];
	const size_t n = squeeze(s, " -", c, sizeof(c) - 1);
	size_t digits = 0;

	if (n < 4 || n >= sizeof(c))
		return KIND_NO;
	for (size_t i = 0; i < n; i++) {
		if (!is_alnum(c[i]))
			return KIND_NO;
		digits += is_digit(c[i]);
	}
	const bool joined = n == s.n;

	if (digits < 2 || n - digits > 5 || (digits == n && joined && n > 6) ||
	    (digits == n && !joined && n < 5))
		return KIND_NO;
	*ret_n = fold_letters((struct span){c, n}, out, ADDRESS_POSTCODE_MAX);
	return KIND_WEAK;
}

enum kind_verdict
address_postcode_parse(struct span text, bool repair,
		       uint8_t out[static ADDRESS_POSTCODE_MAX], size_t *ret_n)
{
	uint8_t c[FRENCH];

	if (text.n == FRENCH && all_digits(text.p, FRENCH)) {
		memcpy(out, text.p, FRENCH);
		*ret_n = FRENCH;
		return is_french(out) ? KIND_VALID : KIND_WEAK;
	}
	if (text.n > TEXT_MAX)
		return KIND_NO;
	const struct span s = strip(span_trim(text));
	const size_t n = squeeze(s, " .", c, sizeof(c));

	if (n == FRENCH && all_digits(c, n) && is_french(c) &&
	    !(s.n > FRENCH && s.p[2] != ' ' && s.p[2] != '.')) {
		memcpy(out, c, FRENCH);
		*ret_n = FRENCH;
		return KIND_VALID;
	}
	if (repair && s.n == FRENCH - 1 && n == s.n && all_digits(c, n) &&
	    c[0] != '0') {
		out[0] = '0';
		memcpy(out + 1, c, n);
		*ret_n = FRENCH;
		return KIND_VALID;
	}
	return foreign(s, out, ret_n);
}
