/* From bytes to sentences: each byte is looked at once, words are folded as
 * they are read, and only what the vocabulary knows is kept. */
#include "base/fold.h"
#include "detect/health/health_impl.h"
#include "detect/health/health_table.h"

#include <endian.h>
#include <string.h>

static const uint32_t NO_VALUE = UINT32_MAX;

enum {
	VALUE_MAX = 10000000, /* beyond it all numbers are alike */
	WORDS_MAX = 60000,    /* of a sentence, so that a place fits 16 bits */
	ROOM = 8,             /* marks that one step may add, at most */
};

static const struct health_word NUMBER = {.class = WORD_NUMBER};
static const struct health_word NUMBER_WEEKS = {.class = WORD_NUMBER,
						.clue = CLUE_WEEKS};
static const struct health_word NUMBER_CA = {.class = WORD_NUMBER,
					     .clue = CLUE_CA | CLUE_WEEKS};
static const struct health_word COMMA = {.class = SIGN_COMMA};
static const struct health_word LINE = {.class = SIGN_LINE};
static const struct health_word DASH = {.class = SIGN_MINUS};
static const struct health_word PLUS = {.class = SIGN_PLUS,
					/* "alcool ++" */
					.clue = CLUE_CONSUME};
static const struct health_word OPEN = {.class = SIGN_OPEN};
static const struct health_word CLOSE = {.class = SIGN_CLOSE};
static const struct health_word COLON = {.class = SIGN_COLON,
					 .clue = CLUE_COLON};
static const struct health_word BREAK = {.class = SIGN_BREAK};
static const struct health_word QUERY = {.class = WORD_DOUBT};

/* A word, folded as it is read. */
struct word {
	size_t at, end;   /* bytes of the note */
	uint64_t key;     /* the first eight letters, the first lowest */
	uint32_t letters; /* all of them */
	uint8_t last;     /* the last one */
};

/* What a character past ASCII is to a word. */
struct high {
	size_t used;   /* bytes */
	uint32_t code; /* of what is no letter */
	uint8_t n;     /* letters it folds to */
	bool joins;    /* belongs to the word around it */
	uint8_t c[3];
};

/* The capitals of U+00C0 to U+00FF that fold to one letter; 0: to none or to
 * two. fold_letters() is the authority; the test compares. */
static const uint8_t LATIN1[64] = {
	'A', 'A', 'A', 'A', 'A', 'A', 0,   'C', 'E', 'E', 'E', 'E', 'I',
	'I', 'I', 'I', 'D', 'N', 'O', 'O', 'O', 'O', 'O', 0,   'O', 'U',
	'U', 'U', 'U', 'Y', 0,   0,   'A', 'A', 'A', 'A', 'A', 'A', 0,
	'C', 'E', 'E', 'E', 'E', 'I', 'I', 'I', 'I', 'D', 'N', 'O', 'O',
	'O', 'O', 'O', 0,   'O', 'U', 'U', 'U', 'U', 'Y', 0,   'Y'};

bool
health_is_sign(uint32_t code)
{
	return code < 0xC0 || code == 0xD7 || code == 0xF7 ||
	       (code >= 0x2000 && code <= 0x2BFF) ||
	       (code >= 0x3000 && code <= 0x303F) || code == 0xFFFD;
}

static struct high
read_high(struct span s, size_t i)
{
	struct high h = {.used = 2, .joins = true};

	if (s.p[i] == 0xC3 && i + 1 < s.n && (s.p[i + 1] & 0xC0) == 0x80 &&
	    LATIN1[s.p[i + 1] & 0x3F] != 0) {
		h.c[0] = LATIN1[s.p[i + 1] & 0x3F];
		h.n = 1;
		return h;
	}
	h.used = utf8_next(s, i, &h.code);
	if (h.code >= 0x300 && h.code <= 0x36F) /* a combining accent */
		return h;
	if (health_is_sign(h.code)) {
		h.joins = false;
		return h;
	}
	if (h.code == 0x3B2 || h.code == 0x392) { /* the beta of beta-HCG */
		h.c[0] = 'B';
		h.n = 1;
		return h;
	}
	const size_t n =
		fold_letters((struct span){s.p + i, h.used}, h.c, sizeof(h.c));
	h.n = n == 0 ? 1 : (uint8_t)n;
	if (n == 0 || h.c[0] >= 0x80) {
		/* A letter of another script: no word of ours has it. */
		h.c[0] = 0xFF;
		h.n = 1;
	}
	return h;
}

static inline void
word_put(struct word *w, uint8_t c)
{
	if (w->letters < 8)
		w->key |= (uint64_t)c << (8 * w->letters);
	w->last = c;
	w->letters++;
}

/* How many of the eight bytes of ${x}, the first lowest, are ASCII letters. */
static inline size_t
count_letters(uint64_t x)
{
	const uint64_t ones = 0x0101010101010101U;
	const uint64_t small = (x | 0x20 * ones) & 0x7F * ones;
	/* The high bit of a byte: it is 'a' or more, but not 'z' + 1 or more,
	 * and was below 0x80. */
	const uint64_t is = ((small + 0x1F * ones) ^ (small + 0x05 * ones)) &
			    ~x & 0x80 * ones;
	const uint64_t not = ~is & 0x80 * ones;

	return not == 0 ? 8 : (size_t)__builtin_ctzll(not ) / 8;
}

/* Take ASCII letters from byte ${i}, eight at a time, and return where they
 * end, or where fewer than eight bytes are left. */
static inline size_t
take_letters(struct span s, size_t i, struct word *w)
{
	while (i + 8 <= s.n) {
		uint64_t x;

		memcpy(&x, s.p + i, sizeof(x));
		x = le64toh(x);
		const size_t k = count_letters(x);
		if (k == 0)
			break;
		x &= 0xDFDFDFDFDFDFDFDFU & UINT64_MAX >> (64 - 8 * k);
		if (w->letters < 8)
			w->key |= x << 8 * w->letters;
		w->last = (uint8_t)(x >> (8 * k - 8));
		w->letters += (uint32_t)k;
		i += k;
		if (k < 8)
			break;
	}
	return i;
}

/* After the first letter of "V.I.H.": the rest of it. */
static size_t
take_dotted(struct span s, size_t i, struct word *w)
{
	const size_t start = i;

	while (i + 1 < s.n && s.p[i] == '.' && is_alpha(s.p[i + 1]) &&
	       (i + 2 == s.n || (!is_alnum(s.p[i + 2]) && s.p[i + 2] < 0x80))) {
		word_put(w, s.p[i + 1] & 0xDF);
		i += 2;
	}
	return i > start && i < s.n && s.p[i] == '.' ? i + 1 : i;
}

static inline struct word
read_word(struct span s, size_t i)
{
	struct word w = {.at = i};

	i = take_letters(s, i, &w);
	while (i < s.n) {
		const uint8_t b = s.p[i];

		if (is_alpha(b)) {
			word_put(&w, b & 0xDF);
			i++;
		} else if (is_digit(b)) {
			word_put(&w, b);
			i++;
		} else if (b < 0x80) {
			break;
		} else {
			const struct high h = read_high(s, i);
			if (!h.joins)
				break;
			for (size_t k = 0; k < h.n; k++)
				word_put(&w, h.c[k]);
			i = take_letters(s, i + h.used, &w);
		}
	}
	w.end = w.letters == 1 ? take_dotted(s, i, &w) : i;
	return w;
}

/* Write the first HEALTH_WORD_MAX letters of ${w}, folded. */
static size_t
spell(struct span s, const struct word *w, uint8_t out[HEALTH_WORD_MAX + 3])
{
	size_t n = 0;

	for (size_t i = w->at; i < w->end && n < HEALTH_WORD_MAX;) {
		const uint8_t b = s.p[i];
		if (b < 0x80) {
			if (b != '.')
				out[n++] = is_alpha(b) ? b & 0xDF : b;
			i++;
			continue;
		}
		const struct high h = read_high(s, i);
		for (size_t k = 0; k < h.n; k++)
			out[n++] = h.c[k];
		i += h.used;
	}
	return n;
}

static struct health_mark *
add(struct health_sentence *s, const struct health_word *word, size_t at,
    size_t n)
{
	struct health_mark *m = &s->mark[s->n++];

	*m = (struct health_mark){
		.word = word,
		.at = (uint32_t)at,
		.n = (uint16_t)(n < UINT16_MAX ? n : UINT16_MAX),
		.pos = (uint16_t)s->words,
		.class = word->class,
		.asks = (word->with | word->unless) != 0,
	};
	s->clues |= word->clue;
	s->classes |= 1U << word->class;
	if (word->class == WORD_TOPIC)
		s->clues |= CLUE_MEDICAL;
	if ((word->clue & CLUE_CODE) != 0)
		s->code_pos = s->words;
	return m;
}

/* Is ${w}, whose first eight letters are those of ${e}, the word of ${e}? */
static bool
is_rest(struct span s, const struct health_entry *e, const struct word *w)
{
	if (e->letters <= 8)
		return true;
	if (w->letters < e->letters)
		return false;
	const char *text = HEALTH_WORDS[e->row].text + e->at;
	uint8_t c[HEALTH_WORD_MAX + 3];
	return spell(s, w, c) >= e->letters &&
	       memcmp(text + 8, c + 8, e->letters - 8U) == 0 &&
	       (text[e->letters] == '*' || w->letters == e->letters);
}

/* Add a mark for each sense of ${w}. */
static inline bool
look_up(struct health_sentence *s, struct span text, const struct word *w)
{
	const uint32_t slot = health_hash(w->key);
	const size_t end = HEALTH_SLOT[slot + 1];
	uint32_t best = 0;

	for (size_t k = HEALTH_SLOT[slot]; k < end; k++) {
		const struct health_entry *e = &HEALTH_ENTRY[k];

		/* The longest stands first; what follows it with the same
		 * length is the same word in another sense. */
		if (w->key << e->shift != e->key || e->letters < best ||
		    !is_rest(text, e, w))
			continue;
		best = e->letters;
		add(s, &HEALTH_WORDS[e->row], w->at, w->end - w->at)->value =
			w->last == 'S';
	}
	return best > 0;
}

size_t
health_glance(struct span text, size_t at, struct health_seen *seen)
{
	const struct word w = read_word(text, at);
	const uint32_t slot = health_hash(w.key);

	for (size_t k = HEALTH_SLOT[slot]; k < HEALTH_SLOT[slot + 1]; k++) {
		const struct health_entry *e = &HEALTH_ENTRY[k];
		const struct health_word *word = &HEALTH_WORDS[e->row];

		if (w.key << e->shift != e->key || !is_rest(text, e, &w))
			continue;
		seen->clues |= word->clue;
		if (word->class != WORD_TOPIC)
			continue;
		seen->topic |= word->with == 0;
		seen->wants |= word->with;
	}
	return w.end;
}

/* Does ${w} begin with a letter and two digits, as a code of ICD-10? */
static bool
is_code(const struct word *w)
{
	return w->letters >= 3 && w->letters <= 6 && is_upper(w->key & 0xFF) &&
	       is_digit(w->key >> 8 & 0xFF) && is_digit(w->key >> 16 & 0xFF);
}

/* Is ${c}, of ${n} characters, in ${range}, or below one of it? */
static bool
in_codes(const char *range, const uint8_t *c, size_t n)
{
	const size_t half = strlen(range) / 2;

	return n >= half && memcmp(c, range, half) >= 0 &&
	       memcmp(c, range + half + 1, half) <= 0;
}

/* A code counts only shortly after a word that announces codes. Takes what
 * follows its dot, too. */
static bool
look_up_code(struct health_sentence *s, struct span text, struct word *w)
{
	uint8_t c[HEALTH_WORD_MAX + 3];

	if (s->code_pos == NO_VALUE || s->words - s->code_pos > 3)
		return false;
	size_t i = w->end;
	if (w->letters == 3 && i + 1 < text.n && text.p[i] == '.' &&
	    is_digit(text.p[i + 1]))
		for (i++; i < text.n && is_digit(text.p[i]); i++)
			;
	w->end = i;
	const size_t n = spell(text, w, c);
	for (size_t k = 0; k < HEALTH_CODES_N; k++) {
		if (in_codes(HEALTH_CODES[k].text, c, n)) {
			add(s, &HEALTH_CODES[k], w->at, w->end - w->at);
			s->code_pos = s->words;
			return true;
		}
	}
	return false;
}

static inline void
step_word(struct health_text *t, struct health_sentence *s)
{
	struct word w = read_word(t->text, t->i);

	if (!look_up(s, t->text, &w)) {
		const bool code = is_code(&w) && look_up_code(s, t->text, &w);
		s->foreign += !code && w.letters >= 3;
	}
	t->i = w.end;
	s->words++;
	s->last_letters = w.letters;
}

/* Skip what follows a number that makes it a date or a time. */
static bool
skip_date(struct health_text *t)
{
	const uint8_t *p = t->text.p;
	const size_t n = t->text.n;
	const size_t start = t->i;

	while (t->i + 1 < n && byte_in(p[t->i], "/-.:") &&
	       is_digit(p[t->i + 1])) {
		t->i++;
		while (t->i < n && is_digit(p[t->i]))
			t->i++;
	}
	size_t i = t->i;
	if (i < n && p[i] == ' ')
		i++;
	if (i < n && byte_in(p[i] | 0x20, "hj") &&
	    (i + 1 == n || (!is_alpha(p[i + 1]) && p[i + 1] < 0x80))) {
		t->i = i;
		return true;
	}
	return t->i > start;
}

/* Digits at t->i: their number, at most VALUE_MAX. */
static uint32_t
read_digits(struct health_text *t)
{
	uint32_t v = 0;

	for (; t->i < t->text.n && is_digit(t->text.p[t->i]); t->i++)
		if (v < VALUE_MAX)
			v = v * 10 + (uint32_t)(t->text.p[t->i] - '0');
	return v < VALUE_MAX ? v : VALUE_MAX;
}

/* Do three digits follow a blank at byte ${i}, as in 1 200? */
static bool
is_group(struct span s, size_t i)
{
	return i + 3 < s.n && s.p[i] == ' ' && all_digits(s.p + i + 1, 3) &&
	       (i + 4 == s.n || !is_alnum(s.p[i + 4]));
}

static void
step_number(struct health_text *t, struct health_sentence *s)
{
	const size_t at = t->i;
	const uint8_t *p = t->text.p;
	const size_t n = t->text.n;
	const uint32_t whole = read_digits(t);
	uint32_t value = whole;

	if (t->i - at <= 3)
		while (is_group(t->text, t->i) && value < VALUE_MAX / 1000) {
			t->i++;
			value = value * 1000 + read_digits(t);
		}
	value *= 100;
	if (t->i + 1 < n && byte_in(p[t->i], ".,") && is_digit(p[t->i + 1])) {
		t->i++;
		value += 10 * (uint32_t)(p[t->i++] - '0');
		if (t->i < n && is_digit(p[t->i]))
			value += (uint32_t)(p[t->i++] - '0');
		(void)read_digits(t);
	}
	if (skip_date(t))
		value = NO_VALUE;

	const bool ca =
		whole == 15 || whole == 19 || whole == 72 || whole == 125;
	const struct health_word *word = ca ? &NUMBER_CA : &NUMBER;
	if (!ca && whole >= 4 && whole <= 42)
		word = &NUMBER_WEEKS;
	add(s, word, at, t->i - at)->value = value;
	s->words++;
	s->last_letters = 0;
}

/* Is the byte before ${i} part of a word? */
static bool
follows_word(const struct health_text *t, size_t i)
{
	return i > 0 &&
	       (is_alnum(t->text.p[i - 1]) || t->text.p[i - 1] >= 0x80);
}

static bool
precedes_word(const struct health_text *t, size_t i)
{
	return i < t->text.n &&
	       (is_alnum(t->text.p[i]) || t->text.p[i] >= 0x80);
}

/* Does the last word of the sentence want another one after it? */
static bool
is_open(const struct health_sentence *s)
{
	return s->n > 0 && s->mark[s->n - 1].pos + 1U == s->words &&
	       (s->mark[s->n - 1].word->clue & CLUE_OF) != 0;
}

/* At a dot: does it end the sentence? */
static bool
dot_ends(const struct health_text *t, const struct health_sentence *s)
{
	if (precedes_word(t, t->i + 1))
		return false;
	if (s->n == 0 || s->mark[s->n - 1].pos + 1U != s->words)
		return true;
	const struct health_word *word = s->mark[s->n - 1].word;
	return !word->dotted && (word->clue & CLUE_TITLE) == 0;
}

/* Step over the line end at t->i. A line that ends with "de" goes on. */
static void
step_line(struct health_text *t, struct health_sentence *s)
{
	if (s->n > 0 && !is_open(s))
		add(s, &LINE, t->i, 1);
	t->i++;
}

static void
step_dash(struct health_text *t, struct health_sentence *s, size_t used)
{
	const bool before = follows_word(t, t->i);
	const bool after = precedes_word(t, t->i + used);

	if (s->n > 0 && !after)
		add(s, &DASH, t->i, used)->value = before;
	t->i += used;
}

static void
step_plus(struct health_text *t, struct health_sentence *s)
{
	const size_t at = t->i;

	while (t->i < t->text.n && t->text.p[t->i] == '+')
		t->i++;
	if (s->n > 0)
		add(s, &PLUS, at, 1)->value =
			follows_word(t, at) || t->i > at + 1;
}

static void
step_query(struct health_text *t, struct health_sentence *s)
{
	add(s, &QUERY, t->i, 1);
	t->i++;
	if (!precedes_word(t, t->i))
		add(s, &COMMA, t->i - 1, 1);
}

/* Step over the ASCII sign at t->i. True: it ends the sentence. */
static bool
step_sign(struct health_text *t, struct health_sentence *s)
{
	const uint8_t b = t->text.p[t->i];
	const struct health_word *word = NULL;

	switch (b) {
	case '\n':
		step_line(t, s);
		return false;
	case '-':
		step_dash(t, s, 1);
		return false;
	case '+':
		step_plus(t, s);
		return false;
	case '?':
		step_query(t, s);
		return false;
	case '.':
		if (dot_ends(t, s)) {
			t->i++;
			return true;
		}
		word = precedes_word(t, t->i + 1) && s->last_letters > 1
			       ? &COMMA
			       : NULL;
		break;
	case '/':
		word = follows_word(t, t->i) && precedes_word(t, t->i + 1)
			       ? NULL
			       : &COMMA;
		break;
	case ',':
	case '!':
		word = &COMMA;
		break;
	case ';':
		word = &LINE;
		break;
	case '|':
		word = &BREAK;
		break;
	case '(':
	case '[':
		word = &OPEN;
		break;
	case ')':
	case ']':
		word = &CLOSE;
		break;
	case ':':
		word = &COLON;
		break;
	default:
		break;
	}
	if (word != NULL && s->n > 0)
		add(s, word, t->i, 1);
	t->i++;
	return false;
}

/* Step over a sign past ASCII. */
static void
step_high(struct health_text *t, struct health_sentence *s, struct high h)
{
	if ((h.code >= 0x2010 && h.code <= 0x2015) || h.code == 0x2212) {
		step_dash(t, s, h.used);
		return;
	}
	if (s->n > 0 && h.code == 0x2026) /* ... */
		add(s, &COMMA, t->i, h.used);
	if (s->n > 0 && h.code == 0x2022) /* a bullet */
		add(s, &LINE, t->i, h.used);
	t->i += h.used;
}

bool
health_next(struct health_text *t, struct health_sentence *ret)
{
	const struct span x = t->text;

	ret->n = 0;
	ret->words = 0;
	ret->foreign = 0;
	ret->clues = 0;
	ret->classes = 0;
	ret->code_pos = NO_VALUE;
	ret->last_letters = 0;
	if (t->i == x.n)
		return false;
	while (t->i < x.n && ret->n + ROOM <= HEALTH_SENTENCE_MARKS &&
	       ret->words < WORDS_MAX) {
		const uint8_t b = x.p[t->i];

		if (b == ' ') {
			t->i++;
		} else if (is_alpha(b)) {
			step_word(t, ret);
		} else if (is_digit(b)) {
			step_number(t, ret);
		} else if (b >= 0x80) {
			const struct high h = read_high(x, t->i);
			if (h.joins)
				step_word(t, ret);
			else
				step_high(t, ret, h);
		} else if (step_sign(t, ret)) {
			break;
		}
	}
	return true;
}
