/* leakgen: the free text of the comment columns, and what it says. */
#include "notes.h"

#include "notes_list.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

const char *
notes_topic(uint8_t topic)
{
	static const char *const names[TOPIC_COUNT] = {
		"hiv",       "pregnancy",  "abortion",   "hepatitis", "sti",
		"addiction", "psychiatry", "oncology",   "diabetes",  "thyroid",
		"fertility", "genetics",   "disability",
	};

	return names[topic % TOPIC_COUNT];
}

const char *
notes_status(uint8_t status)
{
	static const char *const names[NOTE_STATUSES] = {"asserted", "tested",
							 "other", "none"};

	return names[status % NOTE_STATUSES];
}

void
notes_init(struct notes *notes)
{
	*notes = (struct notes){0};
	for (size_t i = 0; i < COUNT(note_templates); i++) {
		const struct template *t = &note_templates[i];
		uint8_t *n = &notes->n[t->topic][t->status];
		if (t->status == NOTE_NONE &&
		    notes->traps_n < COUNT(notes->traps))
			notes->traps[notes->traps_n++] = (uint16_t)i;
		else if (t->status != NOTE_NONE && *n < COUNT(notes->at[0][0]))
			notes->at[t->topic][t->status][(*n)++] = (uint16_t)i;
	}
}

/* A note in the making. */
struct draft {
	const struct notes *notes;
	const struct maker *m;
	const struct person *p;
	uint32_t age;
	struct rng *r;
	struct text *t;
	struct note_facts *facts;
};

static void
put_date(struct text *t, uint32_t days)
{
	const struct date d = dates_civil(days);

	text_digits(t, d.day, 2);
	text_byte(t, '/');
	text_digits(t, d.month, 2);
	text_byte(t, '/');
	text_digits(t, d.year, 4);
}

static void
put_slot(const struct draft *d, uint8_t slot)
{
	switch (slot) {
	case 'n':
		text_number(d->t, rng_between(d->r, 1, 9));
		return;
	case 'w':
		text_number(d->t, rng_between(d->r, 5, 38));
		return;
	case 'v':
		text_number(d->t, rng_between(d->r, 2, 90));
		text_byte(d->t, '0');
		return;
	case 'y':
		text_number(d->t, rng_between(d->r, 1995, 2019));
		return;
	case 'd':
		put_date(d->t, rng_between(d->r, DATES_FIRST, DATES_LAST));
		return;
	default: {
		const struct doctor *doctor =
			&d->m->doctors[rng_below(d->r, PEOPLE_DOCTORS)];
		text_put(d->t, doctor->family.s, doctor->family.n);
		return;
	}
	}
}

/* ${text} with its slots filled. */
static void
put_template(const struct draft *d, const char *text)
{
	uint8_t raw[160];
	const size_t n = text_from_utf8(raw, sizeof(raw), text);

	for (size_t i = 0; i < n; i++) {
		if (raw[i] != '{') {
			text_byte(d->t, raw[i]);
			continue;
		}
		put_slot(d, raw[i + 1] == 'd' && raw[i + 2] == 'r'
				    ? 'r'
				    : raw[i + 1]);
		while (raw[i] != '}')
			i++;
	}
}

/* May this person have this? Years and sex decide. */
static bool
fits(const struct person *p, uint32_t age, uint32_t topic)
{
	if (topic == TOPIC_PREGNANCY || topic == TOPIC_ABORTION)
		return p->sex == 2 && age >= 15 && age <= 47;
	if (topic == TOPIC_FERTILITY)
		return age >= 20 && age <= 48;
	if (topic == TOPIC_HIV || topic == TOPIC_STI ||
	    topic == TOPIC_ADDICTION)
		return age >= 16;
	return true;
}

static uint32_t
pick_topic(const struct draft *d, struct rng *r)
{
	static const uint8_t upto[TOPIC_COUNT] = {6,  20, 24, 31, 37, 43, 51,
						  63, 76, 87, 92, 96, 100};

	for (unsigned tries = 0; tries < 20; tries++) {
		const uint32_t at = rng_below(r, 100);
		uint32_t topic = 0;
		while (upto[topic] <= at)
			topic++;
		if (fits(d->p, d->age, topic))
			return topic;
	}
	return TOPIC_DIABETES;
}

/* What somebody has stays with them: one of two topics of their own. */
static uint32_t
own_topic(const struct draft *d)
{
	struct rng own = rng_for(d->p->seed, 70 + rng_below(d->r, 2));

	return pick_topic(d, &own);
}

static void
say(struct draft *d, const struct template *what)
{
	struct note_facts *f = d->facts;

	/* One note says one thing of a topic. */
	for (uint8_t i = 0; i < f->events_n; i++)
		if (f->events[i].topic == what->topic)
			return;
	if (f->events_n == NOTES_EVENTS_MAX)
		return;
	f->events[f->events_n++] =
		(struct note_event){what->topic, what->status};
	put_template(d, what->text);
}

/* A fragment about a topic: whose and how is drawn here. */
static void
put_topic(struct draft *d, uint32_t asserted)
{
	const struct notes *notes = d->notes;
	const uint32_t at = rng_below(d->r, 100);

	if (at >= 86) {
		say(d, &note_templates[notes->traps[rng_below(
			       d->r, notes->traps_n)]]);
		return;
	}
	enum note_status status = NOTE_OTHER;
	if (at < asserted)
		status = NOTE_ASSERTED;
	else if (at < 72)
		status = NOTE_TESTED;
	const uint32_t topic = status == NOTE_ASSERTED ? own_topic(d)
			       : status == NOTE_TESTED
				       ? pick_topic(d, d->r)
				       : rng_below(d->r, TOPIC_COUNT);
	const uint32_t i = rng_below(d->r, notes->n[topic][status]);
	say(d, &note_templates[notes->at[topic][status][i]]);
}

static void
put_phone(struct text *t, uint32_t phone, bool spaced)
{
	for (uint32_t i = 0; i < 5; i++) {
		static const uint32_t unit[5] = {100000000, 1000000, 10000, 100,
						 1};
		if (i > 0 && spaced)
			text_byte(t, ' ');
		text_digits(t, phone / unit[i], 2);
	}
}

/* A fragment that holds an identifier. */
static void
put_identifier(struct draft *d)
{
	const struct person *p = d->p;
	const uint32_t kind = rng_below(d->r, 10);

	if (kind < 2 && d->m->preset->nir != 0) {
		text_ascii(d->t, kind == 0 ? "NSS " : "num secu assure ");
		text_put(d->t, p->nir, sizeof(p->nir));
		d->facts->mentions |= NOTE_NIR;
		return;
	}
	if (kind < 4 && p->mail_n > 0) {
		text_ascii(d->t, kind == 2 ? "mail: " : "envoyer a ");
		text_put(d->t, p->mail, p->mail_n);
		d->facts->mentions |= NOTE_MAIL;
		return;
	}
	static const char *const before[] = {"rappeler au ", "tel ",
					     "portable de sa fille ",
					     "joindre au bureau "};
	text_ascii(d->t, before[rng_below(d->r, COUNT(before))]);
	const uint32_t phone =
		p->mobile != 0 ? p->mobile : d->m->block.homes[p->home].phone;
	put_phone(d->t, phone, rng_chance(d->r, 6000));
	d->facts->mentions |= NOTE_PHONE;
}

static void
put_english(struct draft *d)
{
	if (rng_chance(d->r, 5500)) {
		put_template(d, note_neutral_english[rng_below(
					d->r, COUNT(note_neutral_english))]);
		return;
	}
	for (unsigned tries = 0; tries < 20; tries++) {
		const struct template *t =
			&note_english[rng_below(d->r, COUNT(note_english))];
		if (t->status == NOTE_OTHER || fits(d->p, d->age, t->topic)) {
			say(d, t);
			return;
		}
	}
}

static void
put_neutral(const struct draft *d)
{
	put_template(d, note_neutral[rng_below(d->r, COUNT(note_neutral))]);
}

/* All fragments of a note but the first. */
static void
put_more(struct draft *d, uint32_t fragments, bool lines)
{
	static const char *const between[] = {". ", " ; ", ", ", " - ", " / "};

	for (uint32_t i = 1; i < fragments; i++) {
		const size_t before = d->t->n;
		text_ascii(d->t,
			   lines ? "\n"
				 : between[rng_below(d->r, COUNT(between))]);
		const size_t start = d->t->n;
		if (rng_chance(d->r, 8800))
			put_neutral(d);
		else
			put_topic(d, 30);
		if (d->t->n == start)
			d->t->n = before;
	}
}

void
notes_write(const struct notes *notes, const struct maker *m,
	    const struct person *p, uint32_t age, struct rng *r, struct text *t,
	    struct note_facts *ret_facts)
{
	uint8_t raw[NOTES_TEXT_MAX];
	struct text plain = {raw, 0, sizeof(raw)};
	struct draft d = {notes, m, p, age, r, &plain, ret_facts};
	const uint32_t size = rng_below(r, 100);
	const bool lines = rng_chance(r, 700);
	const uint32_t kind = rng_below(r, 100);
	const uint32_t hand = rng_below(r, 100);
	uint32_t fragments = size < 55 ? 1 : size < 90 ? 2 : 3;

	*ret_facts = (struct note_facts){0};
	if (lines && fragments == 1)
		fragments = 2;
	if (kind < 3) {
		put_english(&d);
		fragments = 1;
	} else if (kind < 4) {
		put_identifier(&d);
	} else if (kind < 52) {
		put_neutral(&d);
	} else {
		put_topic(&d, 42);
	}
	put_more(&d, fragments, lines);
	if (plain.n > 0 && rng_chance(r, 4000))
		raw[0] = m->forms.map[FORM_UPPER_ACCENT][raw[0]];
	text_form(t, &m->forms,
		  hand < 62   ? FORM_PROPER
		  : hand < 84 ? FORM_UPPER
			      : FORM_PLAIN,
		  raw, plain.n);
}
