/* Words and signs whose part depends on their neighbours. What this file
 * decides, health_judge.c takes for granted. */
#include "detect/health/health_impl.h"

enum {
	WHOLE_CLAUSE = UINT16_MAX,
	REACH_RESULT = 2, /* words between a topic and its + or - */
	REACH_DENIAL = 2, /* between "pas" and what it changes */
	REACH_TOLD = 4,   /* between "prévenir" and a relative */
	ASIDE_MAX = 3,    /* words of an aside */
};

static unsigned
distance(const struct health_mark *a, const struct health_mark *b)
{
	return a->pos > b->pos ? (unsigned)(a->pos - b->pos)
			       : (unsigned)(b->pos - a->pos);
}

static bool
belongs(const struct health_mark *m, uint64_t groups)
{
	const uint64_t own = m->word->clue |
			     (m->word->class == WORD_TOPIC ? CLUE_MEDICAL : 0);

	return (own & groups) != 0;
}

bool
health_near(const struct health_sentence *s, size_t i, uint64_t groups,
	    unsigned within)
{
	const struct health_mark *m = &s->mark[i];

	if ((s->clues & groups) == 0)
		return false;
	for (size_t j = i; j-- > 0;) {
		const struct health_mark *o = &s->mark[j];
		if (distance(o, m) > within ||
		    (within < FAR && health_ends(o->class)))
			break;
		if (o->pos != m->pos && belongs(o, groups))
			return true;
	}
	for (size_t j = i + 1; j < s->n; j++) {
		const struct health_mark *o = &s->mark[j];
		if (distance(o, m) > within ||
		    (within < FAR && health_ends(o->class)))
			break;
		if (o->pos != m->pos && belongs(o, groups))
			return true;
	}
	return false;
}

/* Right after a title a disease is a surname: "M. Sida". */
static bool
is_surname(const struct health_sentence *s, size_t i)
{
	const struct health_mark *m = &s->mark[i];

	if (i == 0 || m->class != WORD_TOPIC || m->word->kind == TOPIC_STATE)
		return false;
	for (size_t j = i; j-- > 0 && distance(&s->mark[j], m) <= 1;)
		if ((s->mark[j].word->clue & CLUE_TITLE) != 0)
			return s->mark[j].pos != m->pos;
	return false;
}

/* Words whose company is wrong do nothing. */
static void
settle_company(struct health_sentence *s)
{
	const bool titles = (s->clues & CLUE_TITLE) != 0;

	for (size_t i = 0; i < s->n; i++) {
		struct health_mark *m = &s->mark[i];
		const struct health_word *w = m->word;

		if (titles && is_surname(s, i))
			m->class = WORD_CLUE;
		if (!m->asks)
			continue;
		const unsigned with = w->with_in == 0 ? NEAR : w->with_in;
		const unsigned unless = w->unless_in == 0 ? NEAR : w->unless_in;
		if ((w->with != 0 && !health_near(s, i, w->with, with)) ||
		    (w->unless != 0 && health_near(s, i, w->unless, unless)))
			m->class = WORD_CLUE;
	}
}

/* Does a topic stand at most ${within} words before mark ${i} in its clause?
 */
static bool
after_topic(const struct health_sentence *s, size_t i, unsigned within)
{
	for (size_t j = i; j-- > 0 && !health_ends(s->mark[j].class);)
		if (s->mark[j].class == WORD_TOPIC)
			return distance(&s->mark[j], &s->mark[i]) <= within;
	return false;
}

/* Do no more words follow mark ${i}, a sign, in its clause? */
static bool
is_last_sign(const struct health_sentence *s, size_t i)
{
	const size_t k = i + 1;

	if (k == s->n)
		return s->words == s->mark[i].pos;
	return s->mark[k].pos == s->mark[i].pos &&
	       health_ends(s->mark[k].class);
}

/* + and -: results, or signs between words. A sign has the place of the word
 * after it, so the word before it is at distance 1. */
static void
settle_sign(struct health_sentence *s, size_t i)
{
	struct health_mark *m = &s->mark[i];
	const bool attached = m->value != 0;
	const bool beside = after_topic(s, i, REACH_RESULT);
	const bool last = is_last_sign(s, i);

	if (m->class == SIGN_MINUS) {
		if ((attached || last) &&
		    (beside || (i > 0 && s->mark[i - 1].class == SIGN_OPEN)))
			m->class = WORD_NEGATIVE;
		else
			m->class = attached ? WORD_CLUE : SIGN_BREAK;
		return;
	}
	const bool lists = i + 1 < s->n && s->mark[i + 1].pos == m->pos &&
			   s->mark[i + 1].class == WORD_TOPIC;
	const bool opened = i > 0 && s->mark[i - 1].class == SIGN_OPEN;
	m->class = (beside || opened) && (attached || last || !lists)
			   ? WORD_POSITIVE
			   : WORD_CLUE;
}

/* A short aside without a topic, as in "VIH (négatif)", is part of what it
 * stands in. */
static void
settle_asides(struct health_sentence *s)
{
	size_t open = s->n;

	for (size_t i = 0; i < s->n; i++) {
		const uint8_t class = s->mark[i].class;
		const bool closes = class == SIGN_CLOSE && open < s->n;

		if (closes &&
		    distance(&s->mark[open], &s->mark[i]) <= ASIDE_MAX) {
			s->mark[open].class = WORD_CLUE;
			s->mark[i].class = WORD_CLUE;
		}
		if (class == SIGN_OPEN)
			open = i;
		else if (class == WORD_TOPIC || class == SIGN_LINE || closes)
			open = s->n;
	}
}

/* What the denial at mark ${i} does to the word it stands before. */
static void
settle_denial(struct health_sentence *s, size_t i)
{
	struct health_mark *m = &s->mark[i];
	const bool after = after_topic(s, i, WHOLE_CLAUSE);

	for (size_t k = i + 1;
	     k < s->n && distance(m, &s->mark[k]) <= REACH_DENIAL; k++) {
		struct health_mark *o = &s->mark[k];

		switch (o->class) {
		case WORD_VOID:
			m->class = WORD_CLUE;
			return;
		case WORD_NEGATIVE: /* "non exclu" */
			m->class = WORD_CLUE;
			o->class = WORD_DOUBT;
			return;
		case WORD_POSITIVE:
			o->class = after ? WORD_NEGATIVE : WORD_CLUE;
			m->class = after ? WORD_CLUE : m->class;
			return;
		case WORD_HAS: /* "diabète non traité" is diabetes */
			o->class = WORD_CLUE;
			m->class = after ? WORD_CLUE : m->class;
			return;
		case WORD_CLUE:
		case WORD_NUMBER:
			break;
		default:
			return;
		}
	}
}

/* "Enceinte : non". */
static void
settle_answer(struct health_sentence *s, size_t i)
{
	struct health_mark *m = &s->mark[i];
	const size_t k = i + 1;
	const bool ends = k == s->n ? s->words == m->pos + 1U
				    : (health_ends(s->mark[k].class) &&
				       s->mark[k].pos == m->pos + 1U);
	const bool asked = i >= 2 && s->mark[i - 1].class == SIGN_COLON &&
			   s->mark[i - 1].pos == m->pos &&
			   s->mark[i - 2].class == WORD_TOPIC;

	if (m->class == WORD_NOT_NEXT && after_topic(s, i, WHOLE_CLAUSE) &&
	    (ends || asked))
		m->class = WORD_NEGATIVE;
}

/* Whoever is only told, or comes along, is not whom the note is about: "en
 * parler au mari", "accompagnée de sa mère", but not "accompagne sa mère". */
static void
settle_kin(struct health_sentence *s, size_t i)
{
	bool of = false;

	for (size_t j = i; j-- > 0 && !health_ends(s->mark[j].class);) {
		const uint64_t clue = s->mark[j].word->clue;

		if (distance(&s->mark[j], &s->mark[i]) > REACH_TOLD)
			return;
		of |= (clue & CLUE_OF) != 0;
		if ((clue & CLUE_TELL) != 0 ||
		    ((clue & CLUE_BESIDE) != 0 && of)) {
			const bool heads = i + 1 < s->n &&
					   s->mark[i + 1].class == SIGN_COLON;
			s->mark[i].class = heads ? WORD_CLUE : WORD_KIN_TOLD;
			return;
		}
	}
}

/* "Le mari de la patiente" is not the patient. */
static void
settle_patient(struct health_sentence *s, size_t i)
{
	bool of = false;

	for (size_t j = i; j-- > 0 && !health_ends(s->mark[j].class);) {
		const struct health_mark *o = &s->mark[j];

		if (distance(o, &s->mark[i]) > REACH_TOLD)
			return;
		of |= (o->word->clue & CLUE_OF) != 0;
		if (of && (o->class == WORD_KIN || o->class == WORD_KIN_TOLD)) {
			s->mark[i].class = WORD_CLUE;
			return;
		}
	}
}

static void
settle_word(struct health_sentence *s, size_t i)
{
	switch (s->mark[i].class) {
	case WORD_NOT:
	case WORD_NOT_NEXT:
		settle_answer(s, i);
		if (s->mark[i].class != WORD_NEGATIVE)
			settle_denial(s, i);
		break;
	case WORD_KIN:
		settle_kin(s, i);
		break;
	case WORD_PATIENT:
		settle_patient(s, i);
		break;
	default:
		break;
	}
}

void
health_settle(struct health_sentence *s)
{
	const uint32_t signs = 1U << SIGN_PLUS | 1U << SIGN_MINUS;
	const uint32_t words = 1U << WORD_NOT | 1U << WORD_NOT_NEXT |
			       1U << WORD_KIN | 1U << WORD_PATIENT;

	/* First: a dash ends the clause in which company is looked for. */
	for (size_t i = 0; health_has(s, signs) && i < s->n; i++)
		if (s->mark[i].class == SIGN_MINUS ||
		    s->mark[i].class == SIGN_PLUS)
			settle_sign(s, i);
	settle_company(s);
	if (health_has(s, 1U << SIGN_OPEN))
		settle_asides(s);
	for (size_t i = 0; health_has(s, words) && i < s->n; i++)
		settle_word(s, i);
}
