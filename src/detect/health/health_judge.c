/* The rules: what the words around a topic make of it. */
#include "detect/health/health_impl.h"

/* What was found around a topic. */
enum {
	E_NOT = 1 << 0,    /* denied */
	E_NEG = 1 << 1,    /* a negative result */
	E_POS = 1 << 2,    /* a positive one */
	E_HAS = 1 << 3,    /* had by the patient, in words */
	E_TEST = 1 << 4,   /* a test, of whatever */
	E_PANEL = 1 << 5,  /* a test, of what is known by tests */
	E_MAYBE = 1 << 6,  /* in doubt */
	E_KIN = 1 << 7,    /* of somebody else */
	E_NOBODY = 1 << 8, /* of nobody */
	E_MANY = 1 << 9,   /* the result is in the plural */
};

enum {
	REACH_NOT = 8,   /* words after "pas" that it denies */
	REACH_MAYBE = 6, /* after "suspicion" */
	REACH_IF = 3,    /* after "en cas de" */
	REACH_TEST = 4,  /* between a topic and a test after it */
	REACH_DOUBT = 2, /* between a topic and "possible" after it */
	REACH_BESIDE = 2,
	REACH_CLAUSE = 30, /* whatever the rule: text without any sign, as a
			      hostile file has it, must cost little */
	REACH_HEADING = 80,
	LIST_MAX = 8, /* clauses that a list is followed over */
};

static unsigned
distance(const struct health_mark *a, const struct health_mark *b)
{
	return a->pos > b->pos ? (unsigned)(a->pos - b->pos)
			       : (unsigned)(b->pos - a->pos);
}

/* Is it known by tests, so that results and lists apply to it? */
static bool
is_tested(const struct health_mark *m)
{
	return m->class == WORD_TOPIC && m->word->kind >= TOPIC_AGENT &&
	       m->word->kind <= TOPIC_MARKER;
}

/* The first mark of the clause that mark ${i} stands in. */
static size_t
clause_start(const struct health_sentence *s, size_t i)
{
	while (i > 0 && !health_ends(s->mark[i - 1].class))
		i--;
	return i;
}

/* The sign that ends that clause, or s->n. */
static size_t
clause_end(const struct health_sentence *s, size_t i)
{
	while (i < s->n && !health_ends(s->mark[i].class))
		i++;
	return i;
}

/* Does another topic stand before mark ${j} in its clause? Then a result at
 * ${j} is that topic's. */
static bool
has_owner(const struct health_sentence *s, size_t j)
{
	while (j-- > 0 && !health_ends(s->mark[j].class))
		if (s->mark[j].class == WORD_TOPIC)
			return true;
	return false;
}

/* Is every word between marks ${j} and ${i} in the vocabulary? */
static bool
is_dense(const struct health_sentence *s, size_t j, size_t i)
{
	for (; j < i; j++)
		if (s->mark[j + 1].pos > s->mark[j].pos + 1U)
			return false;
	return true;
}

/* A result of mark ${m} for ${topic}. Nobody measures the load of a virus that
 * is not there: "indétectable" says that the patient is treated. */
static unsigned
result(const struct health_mark *m, const struct health_mark *topic)
{
	const bool treated = (m->word->clue & CLUE_UNSEEN) != 0 &&
			     (topic->word->topic == TOPIC_HIV ||
			      topic->word->topic == TOPIC_HEPATITIS);
	const bool bad = m->class == WORD_POSITIVE || treated;

	return (bad ? E_POS : E_NEG) | (m->value != 0 ? E_MANY : 0U);
}

/* Is the relative at mark ${j} the one that the topic after it is about? Of
 * violence, a relative is mostly the author. */
static bool
kin_before(const struct health_sentence *s, size_t j, size_t i)
{
	if (s->mark[i].word->topic != TOPIC_VIOLENCE)
		return true;
	for (size_t k = j + 1; k < i; k++)
		if ((s->mark[k].word->clue & CLUE_VICTIM) != 0)
			return true;
	return false;
}

/* Evidence that mark ${j} before topic ${i} gives it, unless a "chez" stands
 * between them. */
static unsigned
weigh_reach(const struct health_sentence *s, size_t i, size_t j)
{
	const struct health_mark *topic = &s->mark[i];
	const struct health_mark *m = &s->mark[j];
	const unsigned far = distance(m, topic);

	switch (m->class) {
	case WORD_NOT:
		return far <= REACH_NOT ? E_NOT : 0U;
	case WORD_NOT_NEXT:
		return far <= REACH_NOT && is_dense(s, j, i) ? E_NOT : 0U;
	case WORD_NEGATIVE:
	case WORD_POSITIVE:
		return has_owner(s, j) ? 0U : result(m, topic);
	case WORD_HAS:
		return E_HAS;
	case WORD_TEST:
		return E_TEST;
	case WORD_PANEL:
		return E_PANEL;
	default:
		return 0;
	}
}

/* Evidence that mark ${j} before topic ${i} gives it in any case. */
static unsigned
weigh_person(const struct health_sentence *s, size_t i, size_t j)
{
	const unsigned far = distance(&s->mark[j], &s->mark[i]);

	switch (s->mark[j].class) {
	case WORD_MAYBE:
	case WORD_DOUBT:
		return far <= REACH_MAYBE ? E_MAYBE : 0U;
	case WORD_IF:
		return far <= REACH_IF ? E_NOBODY : 0U;
	case WORD_KIN:
		return kin_before(s, j, i) ? E_KIN : 0U;
	case WORD_KIN_NEAR:
	case WORD_KIN_TOLD:
		return far <= REACH_BESIDE && kin_before(s, j, i) ? E_KIN : 0U;
	default:
		return 0;
	}
}

/* Evidence before the topic at mark ${i}, in its clause. */
static unsigned
look_left(const struct health_sentence *s, size_t i)
{
	bool cut = false;     /* a "chez" stands between */
	bool patient = false; /* the patient was named between */
	unsigned e = 0;

	for (size_t j = i; j-- > 0 && !health_ends(s->mark[j].class);) {
		const struct health_mark *m = &s->mark[j];

		if (distance(m, &s->mark[i]) > REACH_CLAUSE)
			break;
		if (!cut)
			e |= weigh_reach(s, i, j);
		const unsigned found = weigh_person(s, i, j);
		/* Past "chez" or "la patiente" nothing is in doubt, and past
		 * the patient nobody else is meant. */
		e |= found & (cut || patient ? ~(unsigned)E_MAYBE : ~0U) &
		     (patient ? ~(unsigned)E_KIN : ~0U);
		if (m->class == WORD_PATIENT) {
			patient = true;
			/* "Patiente VIH". */
			e |= distance(m, &s->mark[i]) == 1 ? E_HAS : 0U;
			cut |= distance(m, &s->mark[i]) == 1;
		}
		cut |= m->class == WORD_AT;
	}
	return e;
}

/* Is the relative at mark ${j} the one that the topic at mark ${i} before it
 * is about: "chez la mère", "(mère)"? */
static bool
kin_after(const struct health_sentence *s, size_t i, size_t j)
{
	const struct health_mark *topic = &s->mark[i];
	const struct health_mark *kin = &s->mark[j];
	const size_t end = clause_end(s, j);
	const uint32_t stop = end == s->n ? s->words : s->mark[end].pos;
	bool of = false;
	bool at = false;

	if (topic->word->topic == TOPIC_VIOLENCE)
		return false;
	if (kin->class == WORD_KIN_NEAR)
		return distance(topic, kin) <= REACH_BESIDE &&
		       topic->word->topic != TOPIC_GENETICS;
	for (size_t k = j; k-- > i && distance(&s->mark[k], kin) <= 2;) {
		of |= (s->mark[k].word->clue & CLUE_OF) != 0;
		at |= s->mark[k].class == WORD_AT ||
		      (s->mark[k].word->clue & CLUE_INSIDE) != 0;
	}
	if (topic->word->kind == TOPIC_STATE)
		return at;
	return of || at || kin->pos + 1U >= stop;
}

/* Which topics were passed on the way from one to its result. */
struct passed {
	bool any;
	bool firm; /* one that is not known by tests */
};

/* Evidence that mark ${j} after topic ${i} gives it. */
static unsigned
weigh_right(const struct health_sentence *s, size_t i, size_t j,
	    struct passed p)
{
	const struct health_mark *topic = &s->mark[i];
	const struct health_mark *m = &s->mark[j];
	const unsigned far = distance(topic, m);
	const bool reaches = is_tested(topic) ? !p.firm : !p.any;

	switch (m->class) {
	case WORD_NEGATIVE:
	case WORD_POSITIVE:
		return reaches ? result(m, topic) : 0U;
	case WORD_HAS:
		return !p.any ? E_HAS : 0U;
	case WORD_TEST:
		return reaches && far <= REACH_TEST ? E_TEST : 0U;
	case WORD_PANEL:
		return reaches && far <= REACH_TEST ? E_PANEL : 0U;
	case WORD_DOUBT:
		/* The sign ? has no text, and holds for the whole clause. */
		return reaches && (m->word->text == NULL || far <= REACH_DOUBT)
			       ? E_MAYBE
			       : 0U;
	case WORD_KIN:
	case WORD_KIN_NEAR:
		return kin_after(s, i, j) ? E_KIN : 0U;
	case WORD_FAMILY:
		return far <= REACH_TEST ? E_KIN : 0U;
	default:
		return 0;
	}
}

/* Evidence after the topic at mark ${i}, in its clause. */
static unsigned
look_right(const struct health_sentence *s, size_t i)
{
	struct passed p = {false, false};
	unsigned e = 0;

	for (size_t j = i + 1; j < s->n && !health_ends(s->mark[j].class);
	     j++) {
		const struct health_mark *m = &s->mark[j];

		if (m->pos == s->mark[i].pos && m->word->text != NULL)
			continue; /* another sense of the same word */
		if (m->class == WORD_FOR ||
		    distance(m, &s->mark[i]) > REACH_CLAUSE)
			break;
		if (m->class == WORD_TOPIC) {
			p.any = true;
			p.firm |= !is_tested(m);
			continue;
		}
		const unsigned found = weigh_right(s, i, j, p);
		/* The first result is the topic's own. */
		if ((e & (E_POS | E_NEG)) != 0)
			e |= found & ~(unsigned)(E_POS | E_NEG | E_MANY);
		else
			e |= found;
	}
	return e;
}

/* "HCG 1200": the number right after what is measured. */
static unsigned
look_number(const struct health_sentence *s, size_t i)
{
	const struct health_mark *topic = &s->mark[i];

	if (topic->word->over == 0)
		return 0;
	for (size_t j = i + 1; j < s->n; j++) {
		const struct health_mark *m = &s->mark[j];

		if (distance(topic, m) > 2 || health_ends(m->class))
			return 0;
		if (m->class != WORD_NUMBER)
			continue;
		if (m->value == UINT32_MAX)
			return 0;
		return m->value >= topic->word->over ? E_POS : E_NEG;
	}
	return 0;
}

/* "ATCD familiaux : ...", "Mère : ...": to the end of the line, unless the
 * patient is named again. */
static unsigned
look_heading(const struct health_sentence *s, size_t i)
{
	for (size_t j = i; j-- > 0;) {
		const struct health_mark *m = &s->mark[j];
		const bool kin =
			m->class == WORD_KIN || m->class == WORD_KIN_NEAR;

		if (m->class == SIGN_LINE || m->class == SIGN_BREAK ||
		    m->class == WORD_PATIENT ||
		    distance(m, &s->mark[i]) > REACH_HEADING)
			return 0;
		if (m->class == WORD_FAMILY ||
		    (kin && s->mark[j + 1].class == SIGN_COLON &&
		     s->mark[j + 1].pos == m->pos + 1U))
			return E_KIN;
	}
	return 0;
}

/* "Donneur pour son frère (lymphome)". */
static unsigned
look_before_aside(const struct health_sentence *s, size_t i)
{
	const size_t start = clause_start(s, i);

	return start >= 2 && s->mark[start - 1].class == SIGN_OPEN &&
			       s->mark[start - 2].class == WORD_KIN &&
			       s->mark[start - 2].pos + 1U ==
				       s->mark[start - 1].pos
		       ? E_KIN
		       : 0U;
}

/* Does the clause of mark ${i} hold hardly more than names of topics? Only
 * such clauses are members of a list. */
static bool
is_bare(const struct health_sentence *s, size_t i)
{
	const size_t lo = clause_start(s, i);
	const size_t hi = clause_end(s, i);
	const uint32_t from = lo == 0 ? 0 : s->mark[lo - 1].pos;
	const uint32_t to = hi == s->n ? s->words : s->mark[hi].pos;
	uint32_t topics = 0;

	for (size_t j = lo; j < hi; j++)
		topics += s->mark[j].class == WORD_TOPIC;
	return topics > 0 && to - from <= 2 * topics + 2;
}

/* The result at the end of the list that mark ${i} is in. */
static unsigned
look_ahead(const struct health_sentence *s, size_t i)
{
	size_t at = i;

	for (int clauses = 0; clauses < LIST_MAX && is_bare(s, at); clauses++) {
		const size_t end = clause_end(s, at);
		if (end == s->n || s->mark[end].class == SIGN_BREAK)
			return 0;
		size_t j = end + 1;
		while (j < s->n && s->mark[j].class == WORD_CLUE)
			j++;
		if (j == s->n || s->mark[j].pos > s->mark[end].pos + 1U)
			return 0;
		/* "VIH, négatif": a result that begins a clause is of what
		 * stands before it. */
		if ((s->mark[j].class == WORD_NEGATIVE ||
		     s->mark[j].class == WORD_POSITIVE) &&
		    s->mark[j].pos == s->mark[end].pos)
			return result(&s->mark[j], &s->mark[i]) | E_MANY;
		if (s->mark[end].class != SIGN_COMMA || !is_tested(&s->mark[j]))
			return 0;
		const unsigned e = look_right(s, j) & (E_POS | E_NEG | E_MANY);
		if (e != 0)
			return e;
		at = j;
	}
	return 0;
}

/* Does "ou" stand in the list that mark ${i} is in? Then a denial that began
 * it holds for all of it. */
static bool
has_or(const struct health_sentence *s, size_t i)
{
	for (size_t j = clause_start(s, i); j < s->n; j++) {
		if (s->mark[j].class == SIGN_LINE ||
		    s->mark[j].class == SIGN_BREAK)
			return false;
		if ((s->mark[j].word->clue & CLUE_OR) != 0)
			return true;
	}
	return false;
}

/* What stands from mark ${from} on, before mark ${end} and any topic: a test,
 * or a denial. Moves ${from} to the topic, or to ${end}. */
static unsigned
opening(const struct health_sentence *s, size_t *from, size_t end)
{
	unsigned e = 0;

	for (; *from < end && s->mark[*from].class != WORD_TOPIC; (*from)++) {
		const uint8_t class = s->mark[*from].class;

		e |= class == WORD_TEST ? E_TEST : 0U;
		e |= class == WORD_PANEL ? E_PANEL : 0U;
		e |= class == WORD_NOT ? E_NOT : 0U;
	}
	return e;
}

/* The test or denial that begins the list that mark ${i} is in. */
static unsigned
look_back(const struct health_sentence *s, size_t i)
{
	size_t at = i;

	for (int clauses = 0; clauses < LIST_MAX && is_bare(s, at); clauses++) {
		const size_t start = clause_start(s, at);
		if (start == 0)
			return 0;
		const size_t sign = start - 1;
		const bool opens = s->mark[sign].class == SIGN_OPEN;
		if (!opens && s->mark[sign].class != SIGN_COMMA)
			return 0;
		at = clause_start(s, sign);
		const unsigned e = opening(s, &at, sign);
		/* A clause without a topic begins no list, but "Sérologies
		 * (VIH, VHC)". */
		if (at == sign)
			return opens ? e & (E_TEST | E_PANEL) : 0U;
		if ((e & E_NOT) != 0 && has_or(s, i))
			return e;
		if ((e & (E_TEST | E_PANEL)) != 0)
			return e & (E_TEST | E_PANEL);
	}
	return 0;
}

/* All the evidence, with what a list adds where the clause has none. Most
 * sentences lack what most rules look for. */
static unsigned
gather(const struct health_sentence *s, size_t i)
{
	const uint32_t heads =
		1U << WORD_FAMILY | 1U << WORD_KIN | 1U << WORD_KIN_NEAR;
	const uint32_t begins =
		1U << WORD_TEST | 1U << WORD_PANEL | 1U << WORD_NOT;
	const uint32_t ends =
		1U << SIGN_COMMA | 1U << SIGN_OPEN | 1U << SIGN_LINE;
	const struct health_mark *topic = &s->mark[i];
	const unsigned number = look_number(s, i);
	unsigned e = look_left(s, i);

	if (health_has(s, heads))
		e |= look_heading(s, i) | look_before_aside(s, i);
	e |= number != 0 ? number : look_right(s, i);
	if (!health_has(s, ends) ||
	    (e & (E_NOT | E_NEG | E_POS | E_HAS | E_MAYBE | E_KIN)) != 0)
		return e;
	const unsigned back = health_has(s, begins) ? look_back(s, i) : 0U;
	if (!is_tested(topic))
		return e | (back & E_NOT);
	const unsigned ahead = look_ahead(s, i);
	if ((e & (E_TEST | E_PANEL)) == 0 || (ahead & E_MANY) != 0)
		e |= ahead;
	return e | back;
}

enum health_sense
health_judge(const struct health_sentence *s, size_t i)
{
	const struct health_mark *topic = &s->mark[i];
	const unsigned e = gather(s, i);

	if ((e & E_NOBODY) != 0)
		return HEALTH_NONE;
	if ((e & E_KIN) != 0 || topic->word->kind == TOPIC_FAMILIAL)
		return HEALTH_OTHER;
	if ((e & E_NOT) != 0)
		return HEALTH_TESTED;
	unsigned weak = E_NEG | E_MAYBE; /* what leaves a question only */
	unsigned strong = E_POS;         /* what answers it */
	switch (topic->word->kind) {
	case TOPIC_MARKER:
		return HEALTH_TESTED;
	case TOPIC_ANALYTE:
		return (e & (E_POS | E_HAS)) != 0 ? HEALTH_SAID : HEALTH_TESTED;
	case TOPIC_AGENT:
		if ((e & (E_TEST | E_MAYBE)) == 0)
			strong |= E_HAS;
		weak |= E_TEST | E_PANEL;
		break;
	case TOPIC_CONDITION:
	case TOPIC_TREATMENT:
		weak |= E_TEST;
		break;
	default:
		break;
	}
	if ((e & strong) != 0 && (e & E_NEG) == 0)
		return HEALTH_SAID;
	return (e & weak) != 0 ? HEALTH_TESTED : HEALTH_SAID;
}
