/* leakgen: who lives at one address, and who moves away from it. */
#include "household.h"

#include "person.h"

static uint32_t
add_home(struct maker *m, struct rng *r, uint32_t lab)
{
	struct block *b = &m->block;
	struct home *h = &b->homes[b->homes_n];

	h->address = places_address(&m->places, r, &m->places.labs[lab]);
	h->phone = ids_home_phone(&m->ids, m->places.labs[lab].dept);
	return b->homes_n++;
}

/* A year of birth: laboratories see the old more than the young. */
static uint32_t
patient_year(struct rng *r)
{
	static const struct {
		uint16_t upto, from, to;
	} ages[] = {
		{1000, 2005, 2020},  {2800, 1990, 2004}, {4800, 1975, 1989},
		{6800, 1960, 1974},  {8800, 1945, 1959}, {9900, 1926, 1944},
		{10000, 1916, 1925},
	};
	const uint32_t at = rng_below(r, 10000);
	size_t i = 0;

	while (ages[i].upto <= at)
		i++;
	return rng_between(r, ages[i].from, ages[i].to);
}

static void
add_single(struct maker *m, struct rng *r, uint32_t lab, uint32_t home)
{
	const enum names_origin origin = person_origin(m, r, lab);
	const struct label family = names_family(&m->names, r, origin);
	const uint32_t sex = rng_chance(r, 5600) ? 2 : 1;
	const uint32_t year = patient_year(r);
	struct person *p = person_add(m, r, sex, year, &family, origin);

	p->lab = (uint8_t)lab;
	p->home = home;
	p->family = (uint32_t)++m->family_serial;
	if (sex == 2 && person_marries(r, year)) {
		p->used = names_family(&m->names, r, origin);
		p->married = true;
	}
	person_settle(m, r, p);
	p->has_home_phone = rng_chance(r, year < 1980 ? 6500 : 2500);
	if (year > 1997) {
		p->insured = person_parent(m, r, p);
		p->insured_how = INSURED_PARENT;
		p->insured_until = 18;
	}
}

/* Two under one roof, each with their own name. */
static void
add_unmarried(struct maker *m, struct rng *r, uint32_t lab, uint32_t home)
{
	const uint32_t year = rng_between(r, 1950, 1998);

	for (uint32_t i = 0; i < 2; i++) {
		const enum names_origin origin = person_origin(m, r, lab);
		const struct label family = names_family(&m->names, r, origin);
		struct person *p = person_add(
			m, r, i + 1, year + rng_below(r, 5), &family, origin);
		p->lab = (uint8_t)lab;
		p->home = home;
		p->family = (uint32_t)m->family_serial + 1;
		person_settle(m, r, p);
		p->has_home_phone = i == 0 && rng_chance(r, 4000);
	}
	m->family_serial++;
}

static void
add_care_home(struct maker *m, struct rng *r, uint32_t lab, uint32_t home)
{
	const uint32_t n = rng_between(r, 40, 100);

	for (uint32_t i = 0; i < n; i++) {
		const enum names_origin origin = person_origin(m, r, lab);
		const struct label family = names_family(&m->names, r, origin);
		const uint32_t sex = rng_chance(r, 7000) ? 2 : 1;
		const uint32_t year = rng_between(r, 1918, 1942);
		struct person *p = person_add(m, r, sex, year, &family, origin);
		p->lab = (uint8_t)lab;
		p->home = home;
		p->family = (uint32_t)++m->family_serial;
		if (sex == 2 && person_marries(r, year)) {
			p->used = names_family(&m->names, r, NAMES_FRENCH);
			p->married = true;
		}
		person_settle(m, r, p);
		p->has_home_phone = true;
		p->mobile = 0;
		p->mobile_later = 0;
		p->mail_n = 0;
	}
	m->in_homes += n;
}

/* What is the same for a whole family. */
struct family {
	struct label name;
	enum names_origin origin;
	uint32_t lab, home, head;
	bool share_phone, share_mail;
};

static struct person *
add_member(struct maker *m, struct rng *r, struct family *f, uint32_t sex,
	   uint32_t year)
{
	struct person *p = person_add(m, r, sex, year, &f->name, f->origin);

	p->lab = (uint8_t)f->lab;
	p->home = f->home;
	p->family = (uint32_t)m->family_serial;
	return p;
}

/* Contact points, once the head of the family is known. */
static void
settle_member(struct maker *m, struct rng *r, const struct family *f,
	      struct person *p)
{
	const struct person *head = &m->block.people[f->head];
	const bool child = 2020U - p->born.year < 18;

	person_settle(m, r, p);
	p->has_home_phone = f->share_phone || p == head;
	if (f->share_phone && child && rng_chance(r, 5000)) {
		p->mobile = head->mobile;
		p->mobile_later = p->mobile;
	}
	if (f->share_mail && p != head) {
		p->mail_n = head->mail_n;
		memcpy(p->mail, head->mail, sizeof(p->mail));
	}
	if (p == head)
		return;
	const bool for_good = rng_chance(r, m->preset->dependents) ||
			      (!p->child && rng_chance(r, 800));
	if (!for_good && !p->child)
		return;
	p->insured_how = INSURED_MEMBER;
	p->insured = f->head;
	p->insured_until = for_good ? 255 : 18;
}

/* Two children of one family are never called alike. */
static bool
name_is_taken(const struct maker *m, const struct person *p, uint32_t first)
{
	for (uint32_t i = first; &m->block.people[i] < p; i++)
		if (m->block.people[i].given.n == p->given.n &&
		    memcmp(m->block.people[i].given.s, p->given.s,
			   p->given.n) == 0)
			return true;
	return false;
}

static void
add_children(struct maker *m, struct rng *r, struct family *f, uint32_t n,
	     uint32_t mother_year)
{
	const struct person *father = &m->block.people[f->head];
	const struct person *last = NULL;
	const uint32_t first = m->block.people_n;
	uint32_t year = mother_year + rng_between(r, 20, 33);

	for (uint32_t i = 0; i < n && year <= 2020; i++) {
		const uint32_t sex = rng_between(r, 1, 2);
		struct person *p = add_member(m, r, f, sex, year);
		p->child = true;
		if (last != NULL && rng_chance(r, m->preset->twins))
			p->born = last->born;
		/* Fathers and sons of one name. */
		if (i == 0 && sex == 1 && father->sex == 1 &&
		    rng_chance(r, 200))
			p->given = father->given;
		while (name_is_taken(m, p, first))
			p->given = names_given(&m->names, r, sex == 2,
					       p->born.year, f->origin);
		settle_member(m, r, f, p);
		last = p;
		year = last->born.year + rng_between(r, 1, 4);
	}
}

static void
add_family(struct maker *m, struct rng *r, uint32_t lab, uint32_t home)
{
	const uint32_t before = m->block.people_n;
	const bool couple = rng_chance(r, 8500);
	const bool parents = !couple || rng_chance(r, 5000);
	const uint32_t year = parents ? rng_between(r, 1940, 1990)
				      : rng_between(r, 1925, 1975);
	struct family f = {.lab = lab, .home = home, .head = before};

	f.origin = person_origin(m, r, lab);
	f.share_phone = rng_chance(r, m->preset->phone);
	f.share_mail = rng_chance(r, m->preset->mail);
	f.name = names_family(&m->names, r, f.origin);
	m->family_serial++;
	/* The head: the father, or a mother alone. */
	const uint32_t sex = couple || rng_chance(r, 2000) ? 1 : 2;
	struct person *head = add_member(m, r, &f, sex, year);
	settle_member(m, r, &f, head);
	if (f.share_mail && head->mail_n == 0)
		person_mail(m, r, head);
	uint32_t mother_year = year;
	if (couple) {
		mother_year = year + rng_below(r, 8);
		struct person *wife = add_member(m, r, &f, 2, mother_year);
		wife->birth =
			names_family(&m->names, r, person_origin(m, r, lab));
		wife->married = true;
		settle_member(m, r, &f, wife);
	}
	if (parents)
		add_children(m, r, &f,
			     couple ? rng_between(r, 1, 4)
				    : rng_between(r, 1, 3),
			     mother_year);
	m->in_families += m->block.people_n - before;
}

/* Moves to ${home} from ${day} on; some change their mobile as well. */
static void
move(struct maker *m, struct rng *r, struct person *p, uint32_t home,
     uint32_t day)
{
	p->home_later = home;
	p->moved_on = (uint16_t)day;
	if (p->mobile != 0 && rng_chance(r, 3000))
		p->mobile_later = ids_mobile(&m->ids);
}

static void
move_some(struct maker *m, struct rng *r, uint32_t first)
{
	struct block *b = &m->block;
	const uint32_t lab = b->people[first].lab;
	const uint32_t day = rng_below(r, DATES_LAST - DATES_FIRST);
	const bool all =
		b->people_n - first < 8 && rng_chance(r, m->preset->movers);

	if (all) {
		const uint32_t home = add_home(m, r, lab);
		for (uint32_t i = first; i < b->people_n; i++)
			move(m, r, &b->people[i], home, day);
		return;
	}
	/* The grown-up children leave one by one. */
	for (uint32_t i = first; i < b->people_n; i++)
		if (b->people[i].child && rng_chance(r, m->preset->movers / 4))
			move(m, r, &b->people[i], add_home(m, r, lab), day);
}

void
household_add(struct maker *m, struct rng *r)
{
	const struct preset *preset = m->preset;
	const uint32_t first = m->block.people_n;
	const uint32_t lab = places_lab(&m->places, r);
	const uint32_t home = add_home(m, r, lab);

	/* What is behind its share comes next; a care home only once there
	 * are people enough for a whole one. */
	if (m->in_homes * 10000 + 500000 <= preset->homes * m->made_people)
		add_care_home(m, r, lab, home);
	else if (m->in_families * 10000 < preset->families * m->made_people)
		add_family(m, r, lab, home);
	else if (preset->families > 0 && rng_chance(r, 300))
		add_unmarried(m, r, lab, home);
	else
		add_single(m, r, lab, home);
	move_some(m, r, first);
}
