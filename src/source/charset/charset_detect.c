#include "source/charset/charset_impl.h"

#include <string.h>

enum { WIDE_MAX = 1 << 16 }; /* bytes tried as UTF-16 and UTF-32 */

/* The sample, and how often each byte occurs. */
struct tally {
	struct span s;
	bool is_whole;
	uint32_t of[256];
};

static void
count(struct tally *t)
{
	for (size_t i = 0; i < t->s.n; i++)
		t->of[t->s.p[i]]++;
}

static uint32_t
count_range(const struct tally *t, int from, int to)
{
	uint32_t n = 0;

	for (int b = from; b <= to; b++)
		n += t->of[b];
	return n;
}

/*
 * Control characters that no text has. Escape, backspace, the end mark of DOS
 * (0x1A) and the separators of HL7's framing and of mainframes (0x1C to 0x1F)
 * occur; and an export may be delimited by any one or two others, as Hive's are
 * by 0x01 and 0x02, which is why the two most frequent do not count if the
 * others are few.
 */
static uint32_t
count_controls(const struct tally *t)
{
	uint32_t sum = 0;
	uint32_t most[2] = {0, 0};

	for (int b = 1; b <= 0x7F; b++) {
		if (b == 0x20)
			b = 0x7F;
		if ((b >= '\b' && b <= '\r') || (b >= 0x1A && b < 0x20))
			continue;
		const uint32_t n = t->of[b];
		sum += n;
		if (n > most[0]) {
			most[1] = most[0];
			most[0] = n;
		} else if (n > most[1]) {
			most[1] = n;
		}
	}
	return sum - most[0] - most[1];
}

/* What the units of UTF-16 or UTF-32 look like. */
struct units {
	size_t n;
	size_t latin; /* ASCII, Latin, typographic signs */
	size_t space; /* blanks and line ends among them */
	size_t other; /* letters of other scripts */
	size_t bad;   /* malformed, controls, not for interchange */
};

static void
count_unit(struct units *u, uint32_t code)
{
	const bool is_space = code == ' ' || (code >= '\t' && code <= '\r');

	u->n++;
	u->space += is_space;
	if (is_space || (code >= 0x20 && code < 0x7F) ||
	    (code >= 0xA0 && code < 0x250) ||
	    (code >= 0x2010 && code < 0x20D0) || code == 0xFEFF)
		u->latin++;
	else if (code < 0xA0 || (code & 0xFFFE) == 0xFFFE ||
		 (code >= 0xE000 && code < 0xF900) ||
		 (code >= 0xFDD0 && code < 0xFDF0))
		u->bad++;
	else
		u->other++;
}

static struct units
count_units(enum charset cs, struct span s, bool is_whole)
{
	struct units u = {0};

	for (size_t i = 0; i < s.n;) {
		uint32_t code;
		bool is_bad;
		const size_t used = charset_step(cs, s, i, &code, &is_bad);

		if (used == 0) {
			u.bad += is_whole;
			break;
		}
		if (is_bad) {
			u.n++;
			u.bad++;
		} else {
			count_unit(&u, code);
		}
		i += used;
	}
	return u;
}

static bool
set_wide(struct charset_guess *g, enum charset cs, const struct units *u,
	 enum charset_reason reason)
{
	g->charset = cs;
	g->reason = reason;
	g->broken = (uint32_t)u->bad;
	g->confidence = u->bad == 0 ? 99 : 90;
	return true;
}

/*
 * UTF-16 and UTF-32 without a mark. In our languages most units are Latin. In
 * others only the blanks, digits and line ends are, but the bytes of one place
 * vary little: it is enough that nothing is bad and that there are blanks.
 */
static bool
detect_wide(const struct tally *t, struct charset_guess *g)
{
	static const enum charset wide[] = {CHARSET_UTF32LE, CHARSET_UTF32BE,
					    CHARSET_UTF16LE, CHARSET_UTF16BE};
	struct span s = t->s;

	if (t->of[0] == 0 || s.n < 4)
		return false;
	if (s.n > WIDE_MAX)
		s.n = WIDE_MAX;
	for (size_t i = 0; i < COUNT_OF(wide); i++) {
		const struct units u =
			count_units(wide[i], s, t->is_whole && s.n == t->s.n);

		if (u.latin * 10 >= u.n * 7 && u.bad * 50 <= u.n)
			return set_wide(g, wide[i], &u, CHARSET_BY_ZEROS);
	}
	for (size_t i = 0; i < COUNT_OF(wide); i++) {
		const struct units u =
			count_units(wide[i], s, t->is_whole && s.n == t->s.n);

		if (u.bad == 0 && u.space * 50 >= u.n && u.n >= 16 &&
		    u.latin > u.space)
			return set_wide(g, wide[i], &u, CHARSET_BY_ZEROS);
	}
	return false;
}

static bool
begins(struct span s, const char *mark, size_t n)
{
	return s.n >= n && memcmp(s.p, mark, n) == 0;
}

/* A mark is believed if what follows is mostly what it promises. */
static bool
detect_bom(const struct tally *t, struct charset_guess *g)
{
	static const struct {
		const char *bytes;
		size_t n;
		enum charset charset;
	} marks[] = {
		{"\xFF\xFE\0\0", 4, CHARSET_UTF32LE},
		{"\0\0\xFE\xFF", 4, CHARSET_UTF32BE},
		{"\xFF\xFE", 2, CHARSET_UTF16LE},
		{"\xFE\xFF", 2, CHARSET_UTF16BE},
	};

	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		if (!begins(t->s, marks[i].bytes, marks[i].n))
			continue;
		const struct span rest = {t->s.p + marks[i].n,
					  t->s.n - marks[i].n};
		const struct units u =
			count_units(marks[i].charset, rest, t->is_whole);
		if (u.bad * 20 > u.n + 20)
			continue;
		g->bom_bytes = (uint8_t)marks[i].n;
		return set_wide(g, marks[i].charset, &u, CHARSET_BY_BOM);
	}
	return false;
}

static void
count_utf8(const struct tally *t, struct charset_guess *g)
{
	for (size_t i = 0; i < t->s.n;) {
		uint32_t code;
		bool is_bad;

		if (t->s.p[i] < 0x80) {
			i++;
			continue;
		}
		size_t used =
			charset_step(CHARSET_UTF8, t->s, i, &code, &is_bad);
		if (used == 0) {
			g->broken += t->is_whole;
			break;
		}
		g->sequences += !is_bad;
		g->broken += is_bad;
		i += used;
	}
}

/*
 * Between the three that agree on most bytes: the smallest that has all that
 * the text uses.
 */
static enum charset
narrow(const struct tally *t, const struct charset_guess *g)
{
	static const uint8_t differ[] = {0xA4, 0xA6, 0xA8, 0xB4,
					 0xB8, 0xBC, 0xBD, 0xBE};
	uint32_t seen = 0;
	uint32_t letters;

	if (g->c1 > 0)
		return CHARSET_CP1252;
	for (size_t i = 0; i < COUNT_OF(differ); i++)
		seen += t->of[differ[i]];
	if (seen == 0)
		return CHARSET_LATIN1;
	return charset_score(CHARSET_LATIN9, t->s, &letters) >
			       charset_score(CHARSET_LATIN1, t->s, &letters)
		       ? CHARSET_LATIN9
		       : CHARSET_LATIN1;
}

/* EBCDIC, which we do not read: its blank is 0x40, its digits are 0xF0 up. */
static bool
is_ebcdic(const struct tally *t)
{
	const uint32_t usual =
		t->of[0x40] + count_range(t, 0x81, 0x89) +
		count_range(t, 0x91, 0x99) + count_range(t, 0xA2, 0xA9) +
		count_range(t, 0xC1, 0xC9) + count_range(t, 0xD1, 0xD9) +
		count_range(t, 0xE2, 0xE9) + count_range(t, 0xF0, 0xF9);

	return usual > t->s.n / 10 * 8 && t->of[0x40] > t->s.n / 50 &&
	       t->of[' '] < t->s.n / 200 + 1;
}

/*
 * In the languages of these charsets an accented letter stands alone; in those
 * of others every letter is above 0x7F.
 */
static bool
is_foreign(struct span s)
{
	size_t alone = 0;
	size_t inside = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < 0x80)
			continue;
		const bool beside = (i > 0 && s.p[i - 1] >= 0x80) ||
				    (i + 1 < s.n && s.p[i + 1] >= 0x80);
		alone += !beside;
		inside += beside;
	}
	return inside > 16 && inside > alone * 2;
}

static void
detect_8bit(const struct tally *t, struct charset_guess *g)
{
	/* What is more common needs less evidence; one e acute outweighs it. */
	static const struct {
		enum charset charset;
		int64_t prior;
	} all[] = {
		{CHARSET_CP1252, 3},
		{CHARSET_CP850, 1},
		{CHARSET_MACROMAN, 0},
	};
	int64_t best = INT64_MIN;
	int64_t second = INT64_MIN;

	for (size_t i = 0; i < COUNT_OF(all); i++) {
		uint32_t letters;
		int64_t score = charset_score(all[i].charset, t->s, &letters);

		/* The euro of ISO-8859-15 is another sign in its sister. */
		if (all[i].charset == CHARSET_CP1252 && g->c1 == 0) {
			uint32_t others;
			const int64_t sister =
				charset_score(CHARSET_LATIN9, t->s, &others);
			score = sister > score ? sister : score;
		}
		score += all[i].prior;

		if (score > best) {
			second = best;
			g->runner_up = g->charset;
			best = score;
			g->charset = all[i].charset;
			g->letters = letters;
		} else if (score > second) {
			second = score;
			g->runner_up = all[i].charset;
		}
	}
	g->reason = CHARSET_BY_LETTERS;
	const int64_t lead = best - second;
	g->confidence = (uint8_t)(lead > 98 ? 99 : lead + 1);
	/* A text in none of them, Russian say: its ASCII is right anyhow. */
	if (best <= 0 || is_foreign(t->s)) {
		g->charset = CHARSET_CP1252;
		g->reason = CHARSET_BY_DEFAULT;
		g->confidence = 1;
	}
	if (g->charset == CHARSET_CP1252)
		g->charset = narrow(t, g);
	g->broken = 0;
	for (int b = 0x80; b <= 0xFF; b++)
		if (charset_code(g->charset, (uint8_t)b) == CHARSET_BAD)
			g->broken += t->of[b];
}

static bool
set_binary(struct charset_guess *g, enum charset_reason reason)
{
	g->charset = CHARSET_NONE;
	g->reason = reason;
	g->confidence = 90;
	return true;
}

static bool
detect_binary(const struct tally *t, struct charset_guess *g)
{
	const size_t n = t->s.n - g->zeros;

	if (g->zeros > t->s.n / 2)
		return set_binary(g, CHARSET_BINARY_ZEROS);
	if (g->controls > n / 200)
		return set_binary(g, CHARSET_BINARY_CONTROLS);
	if (is_ebcdic(t))
		return set_binary(g, CHARSET_BINARY_BYTES);
	return false;
}

static void
detect_narrow(const struct tally *t, struct charset_guess *g)
{
	g->high = count_range(t, 0x80, 0xFF);
	g->c1 = count_range(t, 0x80, 0x9F);
	if (g->high == 0) {
		g->charset = CHARSET_ASCII;
		g->reason = CHARSET_BY_ASCII;
		g->confidence = 99;
		return;
	}
	count_utf8(t, g);
	if (g->sequences > 0 && g->sequences >= g->broken) {
		g->charset = CHARSET_UTF8;
		g->reason = CHARSET_BY_SEQUENCES;
		g->confidence =
			(uint8_t)(99 - 40ULL * g->broken / g->sequences);
		return;
	}
	detect_8bit(t, g);
}

void
charset_detect(struct span sample, bool is_whole, struct charset_guess *ret)
{
	if (sample.n > CHARSET_SAMPLE_MAX) {
		sample.n = CHARSET_SAMPLE_MAX;
		is_whole = false;
	}
	struct tally t = {.s = sample, .is_whole = is_whole};
	struct charset_guess g = {.sample_bytes = (uint32_t)sample.n};

	const bool has_bom = begins(sample, "\xEF\xBB\xBF", 3);
	if (has_bom) {
		g.bom_bytes = 3;
		t.s.p += 3;
		t.s.n -= 3;
	}
	count(&t);
	g.zeros = t.of[0];
	g.controls = count_controls(&t);
	if (sample.n == 0) {
		g.charset = CHARSET_ASCII;
		g.reason = CHARSET_BY_NOTHING;
	} else if (!detect_bom(&t, &g) && !detect_wide(&t, &g) &&
		   !detect_binary(&t, &g)) {
		detect_narrow(&t, &g);
	}
	/* The mark decides where nothing speaks against it. */
	if (has_bom &&
	    (g.charset == CHARSET_ASCII || g.charset == CHARSET_UTF8)) {
		g.charset = CHARSET_UTF8;
		g.reason = CHARSET_BY_BOM;
	}
	*ret = g;
}
