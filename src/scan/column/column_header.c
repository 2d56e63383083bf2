/* scan/column: what a header says, and whether it may be printed. */
#include "base/fold.h"
#include "detect/registry/registry.h"
#include "scan/column/column_impl.h"
#include "scan/column/column_words_table.h"

#include <string.h>

enum {
	PHRASE_MAX = 100, /* bytes of words joined */
	FORM_LEAST = 2,   /* letters of a short form in a glued word */
	PIECES_MAX = 3,   /* forms glued in one word */
	PREFIX_LEAST = 6, /* letters that stand for a longer word */
};

/* One word of a header, folded. */
struct head {
	char s[HEADER_WORD_MAX + 1];
	uint8_t n;
	uint8_t class; /* enum header_word */
	bool in_kinds; /* stands in the header words of a kind */
	bool number;
	bool covered; /* by the phrase that matched */
};

struct heads {
	struct head w[HEADER_WORDS_MAX];
	size_t n;
	bool glued;
};

static bool
is_lower(uint8_t b)
{
	return b >= 'a' && b <= 'z';
}

/* Does a new word start at ${i}, inside a run of letters and digits? */
static bool
is_hump(struct span s, size_t start, size_t i)
{
	const uint8_t before = s.p[i - 1];
	const uint8_t b = s.p[i];

	if (is_digit(b) != is_digit(before))
		return true;
	if (!is_upper(b))
		return false;
	if (is_lower(before) || before >= 0x80)
		return true;
	/* "NIRPatient" */
	return i > start + 1 && is_upper(before) && i + 1 < s.n &&
	       is_lower(s.p[i + 1]);
}

static bool
is_part(uint8_t b)
{
	return is_alnum(b) || b >= 0x80;
}

static void
add_word(struct heads *h, struct span raw)
{
	uint8_t buf[2 * COLUMN_HEADER_MAX];

	if (raw.n > COLUMN_HEADER_MAX)
		return;
	/* "N°": the sign folds to a blank, which ends the word. */
	const size_t n = fold_words(raw, buf, sizeof(buf));

	for (size_t i = 0; i < n && h->n < HEADER_WORDS_MAX;) {
		size_t k = 0;

		while (i + k < n && buf[i + k] != ' ')
			k++;
		struct head *w = &h->w[h->n];

		*w = (struct head){.number = is_digit(buf[i])};
		w->n = (uint8_t)(k < HEADER_WORD_MAX ? k : HEADER_WORD_MAX);
		memcpy(w->s, buf + i, w->n);
		h->n++;
		i += k + 1;
	}
}

/* Split ${header} at signs, humps and digits. */
static void
split(struct span header, struct heads *h)
{
	h->n = 0;
	h->glued = false;
	if (header.n > COLUMN_HEADER_MAX)
		header.n = COLUMN_HEADER_MAX;
	for (size_t i = 0; i < header.n;) {
		const size_t start = i;

		while (i < header.n && is_part(header.p[i]) &&
		       (i == start || !is_hump(header, start, i)))
			i++;
		if (i > start)
			add_word(h, (struct span){header.p + start, i - start});
		else
			i++;
	}
}

/* Does ${list}, words with blanks between, hold ${word}; or with ${prefix}, one
 * that begins with it? */
static bool
holds(const char *list, const char *word, size_t n, bool prefix)
{
	for (const char *p = list; (p = strstr(p, word)) != NULL; p++) {
		const bool starts = p == list || p[-1] == ' ';
		const bool ends = p[n] == ' ' || p[n] == '\0';

		if (starts && (ends || prefix))
			return true;
	}
	return false;
}

static uint8_t
class_of(const struct head *w, bool prefix)
{
	if (w->n == 0)
		return HEAD_UNKNOWN;
	for (size_t i = 0; i < COUNT_OF(HEADER_WORDS); i++)
		if (holds(HEADER_WORDS[i].words, w->s, w->n, prefix))
			return HEADER_WORDS[i].class;
	return HEAD_UNKNOWN;
}

static bool
in_kinds(const struct head *w)
{
	size_t n;
	const struct kind *const *kinds = kind_all(&n);

	for (size_t k = 0; k < n; k++)
		for (const struct kind_header *h = kinds[k]->headers;
		     h->words != NULL; h++)
			if (holds(h->words, w->s, w->n, false))
				return true;
	return false;
}

/* The full word of the form ${p}[0 .. n) at that place of a glued word; NULL.
 */
static const char *
form_of(const char *p, size_t n, bool first)
{
	for (size_t i = 0; i < COUNT_OF(HEADER_FORMS); i++) {
		const char *form = HEADER_FORMS[i].form;
		size_t len = strlen(form);
		const char mark = form[len - 1];

		if (mark == '>' || mark == '<') {
			len--;
			if (first != (mark == '>'))
				continue;
		}
		if (len == n && memcmp(form, p, n) == 0)
			return HEADER_FORMS[i].full;
	}
	return NULL;
}

/* Take the glued word ${w} apart, longest forms first.
 * Returns the number of pieces; 0: it is none. */
static size_t
unglue(const struct head *w, const char *full[static PIECES_MAX])
{
	for (size_t a = w->n; a >= FORM_LEAST; a--) {
		full[0] = form_of(w->s, a, true);
		if (full[0] == NULL)
			continue;
		if (a == w->n)
			return 1;
		for (size_t b = w->n - a; b >= FORM_LEAST; b--) {
			full[1] = form_of(w->s + a, b, false);
			if (full[1] == NULL)
				continue;
			if (a + b == w->n)
				return 2;
			full[2] = form_of(w->s + a + b, w->n - a - b, false);
			if (full[2] != NULL)
				return PIECES_MAX;
		}
	}
	return 0;
}

static void
classify(struct head *w)
{
	w->class = w->number ? HEAD_NOISE : class_of(w, false);
	w->in_kinds = !w->number && in_kinds(w);
	if (w->class == HEAD_UNKNOWN && !w->in_kinds && w->n >= PREFIX_LEAST)
		w->class = class_of(w, true);
}

/* Put the words of ${full} in the place of word ${at}. */
static void
replace(struct heads *h, size_t at, const char *const *full, size_t n)
{
	struct heads out = {.n = at, .glued = true};

	memcpy(out.w, h->w, at * sizeof(out.w[0]));
	for (size_t i = 0; i < n; i++)
		add_word(&out, span_str(full[i]));
	for (size_t i = at; i < out.n; i++)
		classify(&out.w[i]);
	for (size_t i = at + 1; i < h->n && out.n < HEADER_WORDS_MAX; i++)
		out.w[out.n++] = h->w[i];
	*h = out;
}

/* Classify the words, and take glued ones that nobody knows apart. */
static void
understand(struct heads *h)
{
	for (size_t i = 0; i < h->n; i++)
		classify(&h->w[i]);
	for (size_t i = 0; i < h->n; i++) {
		const char *full[PIECES_MAX];

		if (h->w[i].class != HEAD_UNKNOWN || h->w[i].in_kinds)
			continue;
		const size_t n = unglue(&h->w[i], full);

		if (n > 0)
			replace(h, i, full, n);
	}
}

/* Is words ${from} to ${to} joined, with or without blanks, ${phrase}? */
static bool
is_phrase(const struct heads *h, size_t from, size_t to, const char *phrase)
{
	bool blanks = true;
	bool none = true;
	const char *p = phrase;
	const char *q = phrase;

	for (size_t i = from; i < to; i++) {
		const struct head *w = &h->w[i];

		if (i > from)
			blanks = blanks && *p++ == ' ';
		blanks = blanks && strncmp(p, w->s, w->n) == 0;
		none = none && strncmp(q, w->s, w->n) == 0;
		if (!blanks && !none)
			return false;
		if (blanks)
			p += w->n;
		if (none)
			q += w->n;
	}
	return (blanks && *p == '\0') || (none && *q == '\0');
}

static bool
is_name_kind(uint8_t kind)
{
	return kind == KIND_NAME_FAMILY || kind == KIND_NAME_BIRTH ||
	       kind == KIND_NAME_GIVEN || kind == KIND_NAME_FULL ||
	       kind == KIND_ORGANISATION_NAME;
}

static bool
is_text_kind(uint8_t kind)
{
	return is_name_kind(kind) || kind == KIND_ADDRESS_CITY ||
	       kind == KIND_ADDRESS_STREET;
}

static bool
is_place_kind(uint8_t kind)
{
	return kind == KIND_ADDRESS_CITY || kind == KIND_ADDRESS_POSTCODE ||
	       kind == KIND_ADDRESS_STREET;
}

/* How much of ${strength} for ${kind} is left if ${w} stands beside it. */
static uint8_t
weaken(uint8_t strength, uint8_t kind, const struct head *w)
{
	const uint8_t less = (uint8_t)(strength > 2 ? 2 : 1);

	/* A comment is one whatever it is on; the values show if it is text. */
	if (kind == KIND_HEALTH_NOTE)
		return w->class == HEAD_DATE || w->class == HEAD_CODE
			       ? 0
			       : strength;
	switch ((enum header_word)w->class) {
	case HEAD_VETO:
		return 0;
	case HEAD_CODE:
		return is_text_kind(kind) || kind == KIND_BIRTH_DATE ? 0
								     : strength;
	case HEAD_NUMBER:
		return is_name_kind(kind) ? 0 : strength;
	case HEAD_DATE:
		return kind == KIND_BIRTH_DATE ? strength : 0;
	case HEAD_BIRTH:
		return is_place_kind(kind) ? 0 : strength;
	case HEAD_THING:
		return strength > 2 ? 2 : 0;
	case HEAD_UNKNOWN:
		if (w->in_kinds)
			return strength > 2 ? strength : 0;
		return less;
	case HEAD_NOISE:
	case HEAD_NEUTRAL:
	case HEAD_QUALIFIER:
	case HEAD_PATIENT:
	case HEAD_INSURED:
	case HEAD_PROFESSIONAL:
	case HEAD_HOLDER:
	case HEAD_INSURER:
	case HEAD_RELATIVE:
		return strength;
	}
	return strength;
}

/* What a phrase of a kind is worth in this header. */
struct match {
	uint8_t kind;
	uint8_t strength;
	size_t words;
	size_t from, to;
};

static uint8_t
strength_here(const struct heads *h, const struct match *m, uint8_t strength)
{
	for (size_t i = 0; i < h->n; i++)
		if (i < m->from || i >= m->to)
			strength = weaken(strength, m->kind, &h->w[i]);
	return strength;
}

static bool
is_better(const struct match *a, const struct match *b)
{
	if (a->words != b->words)
		return a->words > b->words;
	return a->strength > b->strength;
}

/* Offer the phrase of words ${m}->from to ${m}->to to kind ${k}. */
static void
match_kind(const struct heads *h, const struct kind *k, struct match m,
	   struct match *best)
{
	for (const struct kind_header *p = k->headers; p->words != NULL; p++) {
		if (p->words[0] != h->w[m.from].s[0] ||
		    !is_phrase(h, m.from, m.to, p->words))
			continue;
		m.kind = (uint8_t)k->id;
		m.strength = strength_here(h, &m, p->strength);
		if (m.strength > 0 && is_better(&m, best))
			*best = m;
	}
}

static struct match
match(const struct heads *h)
{
	size_t n;
	const struct kind *const *kinds = kind_all(&n);
	struct match best = {.kind = KIND_NONE};

	for (size_t from = 0; from < h->n; from++) {
		for (size_t to = from + 1; to <= h->n; to++) {
			struct match m = {.from = from, .to = to};

			/* Articles alone make no phrase longer. */
			for (size_t i = from; i < to; i++)
				m.words += h->w[i].class > HEAD_NUMBER ||
					   h->w[i].class == HEAD_UNKNOWN;
			for (size_t k = 0; k < n; k++)
				match_kind(h, kinds[k], m, &best);
		}
	}
	return best;
}

/* Whose column it is, by the words. */
static void
read_role(const struct heads *h, struct header_hint *ret)
{
	uint32_t seen = 0;

	for (size_t i = 0; i < h->n; i++) {
		const char *full[PIECES_MAX];
		size_t n = 0;

		seen |= UINT32_C(1) << h->w[i].class;
		/* "NOMASS" is a word of ours as it stands: look inside. */
		if (h->w[i].in_kinds && h->w[i].class == HEAD_UNKNOWN)
			n = unglue(&h->w[i], full);
		for (size_t k = 0; k < n; k++) {
			struct heads inside = {.n = 0};

			add_word(&inside, span_str(full[k]));
			classify(&inside.w[0]);
			seen |= UINT32_C(1) << inside.w[0].class;
		}
	}
	ret->insurer = (seen & 1U << HEAD_INSURER) != 0;
	ret->holder = (seen & 1U << HEAD_HOLDER) != 0;
	ret->relative = (seen & 1U << HEAD_RELATIVE) != 0;
	if ((seen & 1U << HEAD_PROFESSIONAL) != 0)
		ret->role = ROLE_PROFESSIONAL;
	else if ((seen & 1U << HEAD_INSURED) != 0)
		ret->role = ROLE_INSURED;
	else if (ret->relative || ret->insurer)
		ret->role = ROLE_NONE;
	else if (ret->holder)
		ret->role = ROLE_ORGANISATION;
	else if ((seen & 1U << HEAD_PATIENT) != 0)
		ret->role = ROLE_PATIENT;
}

/* The words that no phrase of a kind covers: do they name something else? */
static void
read_rest(const struct heads *h, struct header_hint *ret)
{
	bool unknown = false;
	bool something = false;
	bool date = false;
	bool more = false;

	for (size_t i = 0; i < h->n; i++) {
		const uint8_t class = h->w[i].class;
		const bool idle = class == HEAD_NOISE || class == HEAD_NUMBER ||
				  class == HEAD_NEUTRAL ||
				  class == HEAD_QUALIFIER;

		unknown =
			unknown || (class == HEAD_UNKNOWN && !h->w[i].in_kinds);
		date = date || class == HEAD_DATE;
		more = more || (!idle && class != HEAD_DATE);
		something = something || !idle;
		ret->speaks = ret->speaks ||
			      (class != HEAD_UNKNOWN && class != HEAD_NOISE &&
			       class != HEAD_NUMBER && class != HEAD_NEUTRAL) ||
			      (h->w[i].in_kinds && h->w[i].n > 1);
	}
	ret->other = ret->kind == KIND_NONE && something && !unknown;
	ret->date = ret->other && date && !more;
}

void
header_read(struct span header, struct header_hint *ret)
{
	struct heads h;

	*ret = (struct header_hint){.role = ROLE_NONE};
	split(header, &h);
	if (h.n == 0)
		return;
	understand(&h);
	const struct match m = match(&h);

	ret->kind = m.kind;
	ret->strength = m.strength;
	ret->glued = h.glued;
	ret->plain_name = m.kind == KIND_NAME_FAMILY && m.strength < 3;
	read_role(&h, ret);
	read_rest(&h, ret);
}

/* Is ${w} ours? ${ret_says}: and more than an article or a number. */
static bool
word_is_ours(const struct head *w, bool glued, bool *ret_says)
{
	const char *full[PIECES_MAX];

	if (w->number)
		return w->n <= 2;
	const uint8_t class = class_of(w, false);

	*ret_says =
		*ret_says ||
		(w->n > 1 && (class == HEAD_UNKNOWN || class > HEAD_NUMBER));
	return class != HEAD_UNKNOWN || in_kinds(w) ||
	       (glued && unglue(w, full) > 0);
}

bool
header_is_ours(struct span header, bool glued)
{
	struct heads h;
	bool says = false;

	if (header.n == 0 || header.n > COLUMN_HEADER_MAX)
		return false;
	/* Signs that headers have; two blanks or a quote are not among them. */
	for (size_t i = 0; i < header.n; i++)
		if (!is_part(header.p[i]) &&
		    !byte_in(header.p[i], " _-./()',:#*"))
			return false;
	split(header, &h);
	/* A full house may have left words out. */
	if (h.n == 0 || h.n == HEADER_WORDS_MAX)
		return false;
	for (size_t i = 0; i < h.n; i++)
		if (h.w[i].n == HEADER_WORD_MAX ||
		    !word_is_ours(&h.w[i], glued, &says))
			return false;
	return says;
}

static void
put_index(uint32_t index, char out[static COLUMN_NAME_MAX])
{
	char digits[12];
	size_t n = 0;
	uint32_t left = index + 1;

	do {
		digits[n++] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	memcpy(out, "column ", 7);
	for (size_t i = 0; i < n; i++)
		out[7 + i] = digits[n - 1 - i];
	out[7 + n] = '\0';
}

void
header_name(struct span header, uint32_t index, bool ours,
	    char out[static COLUMN_NAME_MAX])
{
	size_t n = 0;
	uint32_t code;

	memset(out, 0, COLUMN_NAME_MAX);
	header = span_trim(header);
	if (!ours) {
		put_index(index, out);
		return;
	}
	while (n < header.n) {
		const size_t k = utf8_next(header, n, &code);

		if (n + k >= COLUMN_NAME_MAX || code < 0x20 || code == 0xFFFD)
			break;
		n += k;
	}
	memcpy(out, header.p, n);
}
