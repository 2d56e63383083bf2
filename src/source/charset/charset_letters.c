/*
 * Which 8-bit charset a text is in shows where the bytes from 0x80 up stand.
 * "No\x82l" can be windows-1252 (No + low quote + l), macintosh (a capital C
 * with cedilla in a word of small letters) or IBM850 (e acute): a small
 * accented letter among small letters is what one expects. Each byte is read in
 * a charset and weighed with its neighbours; the weights are log-odds in rough
 * steps, from how common the letters are in French first, then in the languages
 * around it.
 */
#include "source/charset/charset_impl.h"

enum {
	SCORED_MAX = 1 << 15, /* bytes weighed; more decide nothing more */
	NEVER = -40,          /* no text has it there */
	ODD = -12,
	RARE = -4,
};

/* What stands beside a byte. */
enum side {
	SIDE_EDGE, /* blank, line end, or none */
	SIDE_LOWER,
	SIDE_UPPER,
	SIDE_DIGIT,
	SIDE_MARK, /* punctuation and signs */
};

/* Is ${code}, from U+00C0 to U+017F, a small letter? */
static bool
is_lower_code(uint32_t code)
{
	if (code < 0x100)
		return code >= 0xDF && code != 0xF7;
	if (code >= 0x139 && code <= 0x148)
		return code % 2 == 0;
	return code < 0x179 ? code % 2 == 1 && code != 0x178 : code % 2 == 0;
}

static bool
is_letter_code(uint32_t code)
{
	return code >= 0xC0 && code <= 0x17F && code != 0xD7 && code != 0xF7;
}

static enum side
side_of(enum charset cs, struct span s, size_t i)
{
	if (i >= s.n) /* before the first byte too */
		return SIDE_EDGE;
	const uint8_t b = s.p[i];
	if (b < 0x80) {
		if (is_digit(b))
			return SIDE_DIGIT;
		if (is_alpha(b))
			return is_upper(b) ? SIDE_UPPER : SIDE_LOWER;
		return b <= ' ' ? SIDE_EDGE : SIDE_MARK;
	}
	const uint32_t code = charset_code(cs, b);
	if (code == 0xA0)
		return SIDE_EDGE;
	if (!is_letter_code(code))
		return SIDE_MARK;
	return is_lower_code(code) ? SIDE_LOWER : SIDE_UPPER;
}

/*
 * How common a letter is, as the small one: 8 for e acute, the rest of French
 * 4 to 6, its neighbours 2 or 3, other letters of the tables 0.
 */
static int
commonness(uint32_t code)
{
	const uint32_t lower = code < 0xE0 && code >= 0xC0 && code != 0xDF
				       ? code + 0x20
				       : code;

	switch (lower) {
	case 0xE9: /* e acute */
		return 8;
	case 0xE0: /* a grave */
	case 0xE8: /* e grave */
		return 6;
	case 0xEA: /* e circumflex */
	case 0xE7: /* c cedilla */
		return 5;
	case 0xE2: /* a, i, o, u circumflex, e and i with dots, u grave, oe */
	case 0xEE:
	case 0xF4:
	case 0xFB:
	case 0xEB:
	case 0xEF:
	case 0xF9:
	case 0x152:
	case 0x153:
		return 4;
	case 0xFC: /* German, Spanish, Scandinavian, Portuguese */
	case 0xF6:
	case 0xE4:
	case 0xDF:
	case 0xF1:
	case 0xE1:
	case 0xED:
	case 0xF3:
	case 0xFA:
	case 0xE5:
	case 0xF8:
	case 0xE6:
	case 0xE3:
	case 0xF5:
		return 3;
	case 0xEC:
	case 0xF2:
	case 0xFF:
	case 0xFD:
	case 0x178:
	case 0x160:
	case 0x161:
	case 0x17D:
	case 0x17E:
		return 1;
	default:
		return 0;
	}
}

static int
weigh_letter(uint32_t code, enum side prev, enum side next)
{
	const bool lower = is_lower_code(code);
	const int common = commonness(code);
	const bool by_lower = prev == SIDE_LOWER || next == SIDE_LOWER;
	const bool by_upper = prev == SIDE_UPPER || next == SIDE_UPPER;

	if (prev == SIDE_DIGIT || next == SIDE_DIGIT)
		return RARE;
	if (!by_lower && !by_upper) /* alone: "a grave" is a word */
		return code == 0xE0 ? 4 : code == 0xC0 ? 1 : RARE / 2;
	if (lower) {
		/* "BRuNO" is odd, "Hel" and "Jos" with accents are not. */
		if (prev == SIDE_UPPER && next == SIDE_UPPER)
			return ODD;
		return by_lower || next == SIDE_EDGE || next == SIDE_MARK
			       ? common
			       : RARE;
	}
	if (prev == SIDE_LOWER)
		return ODD;
	/* A capital begins a word, or stands among capitals. */
	return by_upper ? common - 1 : common - 2;
}

static int
weigh_quote(enum side prev, enum side next)
{
	const bool before = prev == SIDE_LOWER || prev == SIDE_UPPER;
	const bool after = next == SIDE_LOWER || next == SIDE_UPPER;

	return before && after ? 5 : before || after ? 2 : 0;
}

/* Everything that is no letter. */
static int
weigh_sign(uint32_t code, enum side prev, enum side next)
{
	const bool in_word = (prev == SIDE_LOWER || prev == SIDE_UPPER) &&
			     (next == SIDE_LOWER || next == SIDE_UPPER);

	switch (code) {
	case CHARSET_BAD:
		return NEVER;
	case 0x2019: /* apostrophe */
		return weigh_quote(prev, next);
	case 0xA0: /* no-break space: before a mark or in a number */
		return in_word ? RARE : 1;
	case 0xB0: /* degree: "No 5", 37 degrees */
		return prev == SIDE_DIGIT || next == SIDE_DIGIT ||
				       next == SIDE_EDGE
			       ? 4
		       : in_word ? RARE
				 : 2;
	case 0x20AC: /* euro */
		if (in_word)
			return RARE;
		return prev == SIDE_DIGIT || next == SIDE_DIGIT ? 5 : 2;
	case 0xA4: /* the sign of any currency: nobody writes it */
		return ODD;
	case 0xAB: /* guillemets, quotes, dashes, ellipsis, bullet */
	case 0xBB:
	case 0x201C:
	case 0x201D:
	case 0x2018:
	case 0x2013:
	case 0x2014:
	case 0x2026:
	case 0x2022:
		return in_word ? RARE : 3;
	case 0xA7: /* section, powers, micro, halves, (c), middle dot, plus or
		      minus, ordinals, pound */
	case 0xB2:
	case 0xB3:
	case 0xB5:
	case 0xBD:
	case 0xBC:
	case 0xBE:
	case 0xA9:
	case 0xAE:
	case 0xB7:
	case 0xB1:
	case 0xAA:
	case 0xBA:
	case 0xA3:
	case 0xBF:
	case 0xA1:
	case 0xD7:
		return in_word ? ODD : 1;
	case 0xB4: /* an acute as apostrophe */
		return in_word ? 2 : RARE;
	default:
		break;
	}
	if (code < 0xA0)
		return NEVER;
	return in_word ? ODD : RARE;
}

int64_t
charset_score(enum charset cs, struct span sample, uint32_t *ret_letters)
{
	int64_t sum = 0;
	uint32_t letters = 0;
	uint32_t seen = 0;

	for (size_t i = 0; i < sample.n && seen < SCORED_MAX; i++) {
		if (sample.p[i] < 0x80)
			continue;
		const uint32_t code = charset_code(cs, sample.p[i]);
		const enum side prev = side_of(cs, sample, i - 1);
		const enum side next = side_of(cs, sample, i + 1);
		const int w = is_letter_code(code)
				      ? weigh_letter(code, prev, next)
				      : weigh_sign(code, prev, next);

		letters += is_letter_code(code) && w > 0;
		sum += w;
		seen++;
	}
	*ret_letters = letters;
	return sum;
}
