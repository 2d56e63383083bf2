#include "detect/prose/prose.h"

#include "detect/birthdate/birthdate.h"
#include "detect/credential/credential.h"
#include "detect/email/email.h"
#include "detect/iban/iban.h"
#include "detect/prose/prose_impl.h"

#include <string.h>

enum { HASH_START_MAX = CREDENTIAL_HASH_MAX };

bool
sink_wants(const struct sink *s, enum kind_id kind, uint8_t score)
{
	return score >= s->threshold && !(s->skip >> (unsigned)kind & 1);
}

static bool
put(struct sink *s, const struct prose_hit *hit)
{
	if (s->n == s->cap) {
		s->full = true;
		return false;
	}
	s->hits[s->n++] = *hit;
	s->floor = hit->at + hit->n;
	return true;
}

/* The names from byte names_from on, in the text from ${start} on. A long text
 * is classified for them apart: they run ahead of the others. */
static size_t
find_names(struct sink *s, size_t start, bool *ret_more)
{
	struct words_text *t = s->cues->words;
	const size_t from = s->names_from - start;

	if (start == 0 && t->text.n <= WORDS_PIECE)
		return name_find_words(t, from, s->ahead, NAMES_AHEAD,
				       ret_more);
	return name_find((struct span){s->text.p + start, s->text.n - start},
			 from, s->ahead, NAMES_AHEAD, ret_more);
}

/* The next name, or NULL. The finder is shown the words before, for its cues,
 * but not the whole text over and over. */
static const struct name_hit *
next_name(struct sink *s)
{
	while (s->next == s->n_ahead && s->names) {
		const size_t from = s->names_from;
		size_t start = from > NAMES_BEFORE ? from - NAMES_BEFORE : 0;
		bool more;

		while (start > 0 && start < from && s->text.p[start - 1] != ' ')
			start++;
		s->next = 0;
		s->n_ahead = find_names(s, start, &more);
		s->names = more && s->n_ahead > 0;
		for (size_t i = 0; i < s->n_ahead; i++)
			s->ahead[i].at += (uint32_t)start;
		if (s->n_ahead > 0)
			s->names_from = s->ahead[s->n_ahead - 1].at +
					s->ahead[s->n_ahead - 1].n;
	}
	return s->next < s->n_ahead ? &s->ahead[s->next] : NULL;
}

/* Take the names that end at or before byte ${at}. False: full. */
static bool
put_names(struct sink *s, size_t at)
{
	for (;;) {
		const struct name_hit *name = next_name(s);

		if (name == NULL || (size_t)name->at + name->n > at)
			return true;
		const struct prose_hit hit = {
			.at = name->at,
			.n = name->n,
			.kind = (enum kind_id)name->kind,
			.verdict = KIND_WEAK,
			.score = name->score,
			.role = name->role,
		};

		if (hit.at >= s->floor && sink_wants(s, hit.kind, hit.score) &&
		    !put(s, &hit))
			return false;
		s->next++;
	}
}

bool
sink_put(struct sink *s, const struct prose_hit *hit)
{
	if (!sink_wants(s, hit->kind, hit->score))
		return true;
	return hit->at < s->floor || (put_names(s, hit->at) && put(s, hit));
}

void
sink_flush(struct sink *s)
{
	(void)put_names(s, s->text.n);
}

/* How much a password is worth that ${sep} divides from its address: commas
 * and tabs are a table's. */
static uint8_t
secret_score(uint8_t sep)
{
	if (sep == ':')
		return PROSE_SCORE_SHAPE;
	return byte_in(sep, ";|") ? PROSE_SCORE_LIKELY : PROSE_SCORE_HINT;
}

/* The line around ${at}, no longer than a login line; empty: it is longer. */
static struct span
line_around(struct span text, size_t at)
{
	size_t start = at;
	size_t end = at;

	while (start > 0 && text.p[start - 1] != '\n' &&
	       end - start <= CREDENTIAL_LINE_MAX)
		start--;
	while (end < text.n && text.p[end] != '\n' &&
	       end - start <= CREDENTIAL_LINE_MAX)
		end++;
	if (end - start > CREDENTIAL_LINE_MAX)
		return (struct span){text.p + at, 0};
	return (struct span){text.p + start, end - start};
}

/* The password behind the address ${address}, if the two are the line. Returns
 * where to go on. */
static size_t
find_secret(struct span text, struct span address, struct sink *s)
{
	const size_t end = (size_t)(address.p - text.p) + address.n;
	struct credential c;

	if (end == text.n || !byte_in(text.p[end], ":;|,\t"))
		return end;
	if (credential_split(line_around(text, end), &c) != KIND_VALID ||
	    c.secret.p != text.p + end + 1)
		return end;
	const bool hashed = c.hash.types != 0;
	const struct prose_hit hit = {
		.at = (uint32_t)(end + 1),
		.n = (uint32_t)c.secret.n,
		.kind = hashed ? KIND_PASSWORD_HASH : KIND_PASSWORD,
		.verdict = KIND_VALID,
		.score = hashed ? PROSE_SCORE_CHECKED
				: secret_score(text.p[end]),
	};

	if (!sink_wants(s, hit.kind, hit.score))
		return end;
	(void)sink_put(s, &hit);
	return end + 1 + c.secret.n;
}

/* The address around the @ at byte ${at}. Returns where to go on. */
static size_t
find_email(struct span text, size_t at, struct sink *s)
{
	struct span found;
	const struct span rest = {text.p + s->floor, text.n - s->floor};
	const enum kind_verdict v = email_around(rest, at - s->floor, &found);

	if (v == KIND_NO)
		return at + 1;
	const struct prose_hit hit = {
		.at = (uint32_t)(found.p - text.p),
		.n = (uint32_t)found.n,
		.kind = KIND_EMAIL,
		.verdict = v,
		.score = v == KIND_VALID ? PROSE_SCORE_CHECKED
					 : PROSE_SCORE_LIKELY,
	};

	(void)sink_put(s, &hit);
	return s->full ? text.n : find_secret(text, found, s);
}

/* The password hash that starts with the $ at byte ${at}. */
static size_t
find_hash(struct span text, size_t at, struct sink *s)
{
	size_t colon = 0;
	size_t end = at;
	struct hash_guess guess;

	if (is_word_before(text, at) || (at > 0 && text.p[at - 1] == '$'))
		return at + 1;
	for (; end < text.n && end - at < HASH_START_MAX; end++) {
		if (text.p[end] <= ' ' || byte_in(text.p[end], "\"'<>;|"))
			break;
		if (text.p[end] == ':' && colon == 0)
			colon = end;
	}
	/* Shadow files go on after a colon; Kerberos tickets hold some. */
	struct span value = {text.p + at, (colon != 0 ? colon : end) - at};

	if (hash_guess(value, &guess) != KIND_VALID) {
		value.n = end - at;
		if (colon == 0 || hash_guess(value, &guess) != KIND_VALID)
			return at + 1;
	}
	(void)sink_put(s, &(struct prose_hit){
				  .at = (uint32_t)at,
				  .n = (uint32_t)value.n,
				  .kind = KIND_PASSWORD_HASH,
				  .verdict = KIND_VALID,
				  .score = PROSE_SCORE_CHECKED,
			  });
	return at + value.n;
}

/* How far the ${want} characters of an IBAN go from byte ${from} on; 0: they do
 * not, or more follow. */
static size_t
iban_end(struct span text, size_t from, size_t want)
{
	size_t n = 0;
	size_t i = from;

	while (i < text.n && n < want) {
		const uint8_t b = text.p[i];

		if (is_alnum(b)) {
			n++;
			i++;
		} else if (n >= 4 && byte_in(b, " -.") && i + 1 < text.n &&
			   is_alnum(text.p[i + 1])) {
			i++;
		} else if (n >= 4 && b == 0xC2 && i + 2 < text.n &&
			   text.p[i + 1] == 0xA0) {
			i += 2;
		} else {
			return 0;
		}
	}
	return n == want && !is_word_at(text, i) ? i : 0;
}

/* The IBAN whose check digits start at byte ${i}. Returns where to go on; ${i}:
 * there is none. */
static size_t
find_iban(struct span text, size_t i, struct sink *s)
{
	struct iban iban;

	if (i < 2 || text.n - i < 2 || i - 2 < s->floor ||
	    !is_alpha(text.p[i - 1]) || !is_alpha(text.p[i - 2]) ||
	    !is_digit(text.p[i + 1]) || is_word_before(text, i - 2))
		return i;
	const size_t want =
		iban_length(text.p[i - 2] & 0xDF, text.p[i - 1] & 0xDF);
	const size_t end = want == 0 ? 0 : iban_end(text, i - 2, want);

	if (end == 0)
		return i;
	const struct span value = {text.p + i - 2, end - (i - 2)};
	const enum kind_verdict v = iban_parse(value, &iban);

	if (v == KIND_NO)
		return i;
	struct around a;
	size_t far;

	around_init(&a, s->cues, i - 2, end);
	const bool announced = around_find(&a, kind_iban.context, &far);
	const struct prose_hit hit = {
		.at = (uint32_t)(i - 2),
		.n = (uint32_t)value.n,
		.kind = KIND_IBAN,
		.verdict = v,
		.score = announced ? PROSE_SCORE_CERTAIN : PROSE_SCORE_CHECKED,
	};

	(void)sink_put(s, &hit);
	return end;
}

/* Where to go on after the digits at byte ${i}, if it is quickly seen that they
 * are nothing; ${i}: it is not. Most numbers are one short group: too short for
 * an identifier, and no day before the name of a month. */
static size_t
skip_short(struct span text, size_t i)
{
	enum { SHORT = 5, DAY = 2 };
	size_t end = i + 1;

	if (is_word_before(text, i))
		return i;
	while (end < text.n && is_digit(text.p[end]))
		end++;
	if (end - i > SHORT)
		return i;
	if (end == text.n)
		return end;
	const uint8_t b = text.p[end];

	/* A letter: part of a word, an extension, Corsica, "1er". */
	if (is_word_at(text, end) || b >= 0x80 || b == '(' || b == ')')
		return i;
	if (!byte_in(b, " .-/"))
		return end;
	if (end + 1 == text.n)
		return end;
	const uint8_t next = text.p[end + 1];

	if (is_digit(next) || next == '(' || next == ')' ||
	    (end - i <= DAY && is_alpha(next)))
		return i;
	return end;
}

/* Is it plain that a number ends at byte ${i}: no more digits, no word, no sign
 * that belongs to some? */
static bool
ends_number(struct span text, size_t i)
{
	if (i == text.n)
		return true;
	const uint8_t b = text.p[i];

	if (is_alnum(b) || b >= 0x80 || byte_in(b, "_()@"))
		return false;
	return !byte_in(b, " .-/") || i + 1 == text.n ||
	       (!is_digit(text.p[i + 1]) && !byte_in(text.p[i + 1], "()"));
}

/* The end of the time stamp at byte ${i}, "2024-03-12T08:30" or with a blank,
 * but not at midnight; ${i}: there is none. It is the date of an event, of
 * which logs are full. */
static size_t
skip_stamp(struct span text, size_t i, size_t *last_date)
{
	enum { DATE = 10, HOUR = 13, SECONDS = 6, LEAST = 16, DAY_MOST = 31 };
	const uint8_t *p = text.p + i;

	if (text.n - i < LEAST || p[HOUR] != ':' || !byte_in(p[DATE], "T ") ||
	    p[4] != p[7] || !byte_in(p[4], "-/.") || !all_digits(p, 4) ||
	    !all_digits(p + 5, 2) || !all_digits(p + 8, 2) ||
	    !all_digits(p + DATE + 1, 2) || is_word_before(text, i))
		return i;
	const uint64_t year = number(p, 4);
	const uint64_t month = number(p + 5, 2);
	const uint64_t day = number(p + 8, 2);

	if (year < BIRTHDATE_FIRST || year > BIRTHDATE_LAST + 100 ||
	    month == 0 || month > DAY_MOST || day == 0 || day > DAY_MOST ||
	    number(p + DATE + 1, 2) == 0)
		return i;
	*last_date = i + DATE;
	const size_t end = i + HOUR;
	const bool seconds = text.n - end >= SECONDS && p[16] == ':' &&
			     all_digits(p + 14, 2) && all_digits(p + 17, 2);

	return seconds && ends_number(text, end + SECONDS) ? end + SECONDS
							   : end;
}

/* The end of the address of the net at byte ${i}, four numbers below 256 with
 * dots between; ${i}: there is none, or it is not sure. */
static size_t
skip_ipv4(struct span text, size_t i)
{
	size_t at = i;

	for (unsigned k = 0; k < 4; k++) {
		unsigned v = 0;
		size_t n = 0;

		for (; n < 3 && at < text.n && is_digit(text.p[at]); n++)
			v = v * 10 + (unsigned)(text.p[at++] - '0');
		if (n == 0 || v > 255)
			return i;
		if (k < 3 && (at == text.n || text.p[at++] != '.'))
			return i;
	}
	return ends_number(text, at) && !is_word_before(text, i) ? at : i;
}

/* What starts with the digit at byte ${i}. Returns where to go on. */
static size_t
find_number(struct span text, size_t i, struct sink *s, size_t *last_date)
{
	struct run r;
	const size_t quick = skip_short(text, i);

	if (quick > i)
		return quick;
	const size_t stamp = skip_stamp(text, i, last_date);

	if (stamp > i)
		return stamp;
	const size_t address = skip_ipv4(text, i);

	if (address > i)
		return address;
	const size_t iban = find_iban(text, i, s);

	if (iban > i)
		return iban;
	const size_t go_on = run_read(text, i, &r);

	/* The local part of an address: the @ comes next. */
	if (go_on < text.n && text.p[go_on] == '@')
		return go_on;
	const size_t found = r.groups > 0 ? numbers_find(&r, s, last_date) : 0;

	return found > 0 ? found : go_on;
}

/* The password behind an address that was the last finding of the call before
 * this one. */
static size_t
resume(struct span text, size_t from, struct sink *s)
{
	size_t at = from;

	if (from == text.n || !byte_in(text.p[from], ":;|,\t"))
		return from;
	while (at > 0 && from - at < EMAIL_MAX && text.p[at - 1] > ' ' &&
	       text.p[at - 1] != '@')
		at--;
	if (at == 0 || text.p[at - 1] != '@')
		return from;
	const struct span domain = {text.p + at, from - at};

	return find_secret(text, domain, s);
}

size_t
prose_find_words(struct words_text *t, const struct prose_options *o,
		 struct prose_hit *hits, size_t cap, bool *ret_more)
{
	static const struct prose_options none = {0};
	struct sink s;
	struct cues cues;
	size_t last_date = 0;

	if (o == NULL)
		o = &none;
	if (t->text.n > PROSE_TEXT_MAX)
		words_open(t, (struct span){t->text.p, PROSE_TEXT_MAX});
	const struct span text = t->text;
	const size_t from = o->from < text.n ? o->from : text.n;

	cues_open(&cues, t);
	s.text = text;
	s.cues = &cues;
	s.hits = hits;
	s.cap = cap;
	s.n = 0;
	s.floor = from;
	s.skip = o->skip;
	s.threshold = o->threshold == 0 ? PROSE_THRESHOLD : o->threshold;
	s.full = false;
	s.names = !o->no_names;
	s.names_from = from;
	s.n_ahead = s.next = 0;
	for (size_t i = cues_skip(&cues, resume(text, from, &s));
	     i < text.n && !s.full; i = cues_skip(&cues, i)) {
		if (text.p[i] == '@')
			i = find_email(text, i, &s);
		else if (text.p[i] == '$')
			i = find_hash(text, i, &s);
		else
			i = find_number(text, i, &s, &last_date);
	}
	if (!s.full)
		sink_flush(&s);
	*ret_more = s.full;
	return s.n;
}

size_t
prose_find(struct span text, const struct prose_options *o,
	   struct prose_hit *hits, size_t cap, bool *ret_more)
{
	struct words_text t;

	words_open(&t, text);
	return prose_find_words(&t, o, hits, cap, ret_more);
}
