/* leakgen: what one row makes of a person, with all its slips. */
#include "columns.h"

/* Streams of a visit's seed; a column's are above. */
enum { STREAM_ROW = 1, STREAM_NAMES = 2, STREAM_CELLS = 100 };

static uint8_t
other_letter(struct rng *r, uint8_t was)
{
	const uint8_t first = was >= 'A' && was <= 'Z' ? 'A' : 'a';

	return (uint8_t)(first + rng_below(r, 26));
}

/* One wrong, missing, doubled or swapped letter; the first one is safe. */
static void
slip(struct rng *r, struct label *l)
{
	if (l->n < 3)
		return;
	const uint32_t at = rng_between(r, 1, l->n - 1U);
	switch (rng_below(r, 4)) {
	case 0:
		l->s[at] = other_letter(r, l->s[at]);
		return;
	case 1:
		memmove(l->s + at, l->s + at + 1, l->n - at - 1);
		l->n--;
		return;
	case 2:
		if (l->n == LABEL_MAX)
			return;
		memmove(l->s + at + 1, l->s + at, l->n - at);
		l->n++;
		return;
	default: {
		const uint8_t c = l->s[at];
		l->s[at] = l->s[at - 1];
		l->s[at - 1] = c;
		return;
	}
	}
}

/* ${from} becomes ${to} wherever it stands; 0: it goes. */
static bool
rewrite(struct label *l, uint8_t from, uint8_t to)
{
	uint8_t n = 0;
	bool done = false;

	for (uint8_t i = 0; i < l->n; i++) {
		const bool hit = l->s[i] == from;
		done = done || hit;
		if (!hit)
			l->s[n++] = l->s[i];
		else if (to != 0)
			l->s[n++] = to;
	}
	l->n = n;
	return done;
}

/* JEAN-PIERRE, JEAN PIERRE, JEANPIERRE; LE GOFF, LEGOFF; D'ARC, DARC. */
static bool
rejoin(struct rng *r, struct label *l)
{
	const bool blank = rng_chance(r, 7000);

	if (rewrite(l, '-', blank ? ' ' : 0))
		return true;
	if (rewrite(l, '\'', blank ? ' ' : 0))
		return true;
	return rewrite(l, ' ', blank ? '-' : 0);
}

/* JEAN P, J-PIERRE, J. */
static void
shorten(struct rng *r, struct label *given)
{
	uint8_t cut = 0;

	while (cut < given->n && given->s[cut] != '-' && given->s[cut] != ' ')
		cut++;
	if (cut + 2 < given->n) {
		given->n = (uint8_t)(cut + 2);
		given->s[cut] = ' ';
		return;
	}
	if (rng_chance(r, 4000) || given->n < 6) {
		given->n = 1;
		return;
	}
	given->n = (uint8_t)(given->n - rng_between(r, 1, 3));
}

static enum form
other_form(struct rng *r)
{
	static const enum form forms[] = {FORM_PROPER, FORM_UPPER, FORM_PLAIN,
					  FORM_UPPER_ACCENT, FORM_LOWER};

	return forms[rng_below(r, 5)];
}

static void
swap_names(struct row *row)
{
	const struct label given = row->given;
	const enum form form = row->given_form;

	row->given = row->used;
	row->given_form = row->used_form;
	row->used = given;
	row->used_form = form;
}

/* Some 7 % of rows have a name that another row would write otherwise. */
static void
spoil(struct row *row, struct rng *r)
{
	const uint32_t noise = row->m->preset->noise;
	const uint32_t at = noise == 0 ? 10000 : rng_below(r, 1000000) / noise;

	if (at >= 700)
		return;
	struct label *family = row->birth.n > 0 && rng_chance(r, 4000)
				       ? &row->birth
				       : &row->used;
	if (at < 220) {
		slip(r, rng_chance(r, 5000) ? family : &row->given);
	} else if (at < 280) {
		swap_names(row);
	} else if (at < 350) {
		shorten(r, &row->given);
	} else if (at < 520 && (rejoin(r, &row->given) || rejoin(r, family))) {
		return;
	} else {
		row->given_form = other_form(r);
		row->used_form =
			rng_chance(r, 5000) ? row->given_form : other_form(r);
		row->birth_form = row->used_form;
	}
}

/* The names as this laboratory, and this secretary, would write them. */
static void
name(struct row *row, struct rng *r)
{
	const struct person *p = row->person;
	const enum form form = row->lab->form;

	row->used = p->used;
	row->birth = (struct label){0};
	row->given = p->given;
	row->used_form = form == FORM_PROPER ? FORM_UPPER : form;
	row->birth_form = row->used_form;
	row->given_form = form;
	if (p->married) {
		const uint32_t habit = rng_below(r, 100);
		if (habit < 72)
			row->birth = p->birth;
		else if (habit >= 87)
			row->used = p->birth;
	} else if (row->lab->repeats_name) {
		row->birth = p->birth;
	}
	if (p->second.n > 0 && rng_chance(r, 5000)) {
		struct label both = row->given;
		if (label_put(&both, " ", 1) &&
		    label_put(&both, p->second.s, p->second.n))
			row->given = both;
	}
	spoil(row, r);
}

static void
insure(struct row *row)
{
	const struct person *p = row->person;
	const struct block *b = &row->m->block;

	row->insured_family = &p->used;
	row->insured_given = &p->given;
	row->nir = p->nir;
	row->link = 1;
	if (p->insured_how == INSURED_SELF ||
	    (p->insured_until != 255 && row->age >= p->insured_until))
		return;
	row->link = p->child || p->insured_how == INSURED_PARENT ? 3 : 2;
	if (p->insured_how == INSURED_PARENT) {
		const struct parent *parent = &b->parents[p->insured];
		row->insured_family = &parent->family;
		row->insured_given = &parent->given;
		row->nir = parent->nir;
		return;
	}
	const struct person *head = &b->people[p->insured];
	row->insured_family = &head->used;
	row->insured_given = &head->given;
	row->nir = head->nir;
}

static const struct doctor *
some_doctor(const struct maker *m, struct rng *r, uint32_t dept)
{
	const uint32_t first = m->doctors_first[dept];

	return &m->doctors[first +
			   rng_below(r, m->doctors_first[dept + 1] - first)];
}

void
columns_row(struct row *row, const struct maker *m, const struct notes *notes,
	    const struct visit *visit)
{
	const struct person *p = &m->block.people[visit->person];
	struct rng r = rng_for(visit->seed, STREAM_ROW);

	*row = (struct row){.m = m, .notes = notes, .visit = visit};
	row->person = p;
	row->lab = &m->places.labs[visit->lab];
	row->day = dates_civil((uint32_t)DATES_FIRST + visit->day);
	row->age = people_age(p, row->day);
	row->moved = visit->day >= p->moved_on;
	row->home = &m->block.homes[row->moved ? p->home_later : p->home];
	row->doctor = &m->doctors[p->doctor];
	if (rng_chance(&r, 800))
		row->doctor = some_doctor(m, &r, row->lab->dept);
	row->prescriber = row->doctor;
	if (rng_chance(&r, 2800))
		row->prescriber = some_doctor(m, &r, row->lab->dept);
	/* One row in five has a comment; some have two. */
	if (rng_chance(&r, 2000)) {
		const uint32_t at = rng_below(&r, 100);
		row->comments = at < 40   ? 1
				: at < 78 ? 2
				: at < 88 ? 4
				: at < 97 ? 3
					  : 6;
	}
	insure(row);
	struct rng names = rng_for(visit->seed, STREAM_NAMES);
	name(row, &names);
}

void
columns_cell(struct row *row, const struct column *c, struct text *t)
{
	/* A seed of a visit is random already; what is added must not be
	 * what rng_next() adds, or columns would repeat each other. */
	struct rng r = {row->visit->seed +
			((uint64_t)(c - columns_all) + STREAM_CELLS) *
				0xd1342543de82ef95ULL};

	row->facts = (struct note_facts){0};
	row->rpps = NULL;
	c->put(row, &r, t);
}
