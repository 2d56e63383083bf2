/* leakgen: one made-up person, from birth to e-mail address. */
#include "person.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct date
person_birth(struct rng *r, uint32_t year)
{
	struct date d = {.year = (uint16_t)year};
	uint32_t months = 12;

	/* The last samples are of October 2020. */
	if (year >= 2020)
		months = 8;
	d.month = (uint8_t)rng_between(r, 1, months);
	d.day = (uint8_t)rng_between(r, 1, dates_month(year, d.month));
	return d;
}

/* Where a NIR says that somebody was born. */
static uint32_t
birthplace(const struct maker *m, struct rng *r, const struct person *p)
{
	const uint32_t dept = places_department(m->places.labs[p->lab].dept);

	if (p->origin == NAMES_FOREIGN && rng_chance(r, 6500))
		return IDS_ABROAD;
	if (rng_chance(r, 5500))
		return dept;
	const uint32_t other = rng_below(r, 105);
	if (other >= 102)
		return IDS_OVERSEAS;
	if (other >= 98)
		return IDS_ABROAD;
	/* Corsica was one department, 20, until 1976. */
	if (other == 20 || other == 0)
		return p->born.year < 1976   ? 20U
		       : rng_chance(r, 5000) ? (uint32_t)IDS_2A
					     : (uint32_t)IDS_2B;
	return other > 95 ? dept : other;
}

static void
person_nir(struct maker *m, struct rng *r, struct person *p, uint32_t place)
{
	uint32_t month = p->born.month;
	uint32_t sex = p->sex;

	/* Incomplete civil status has months of its own; a number given for
	 * the time being begins with 7 or 8. */
	if (place == IDS_ABROAD && rng_chance(r, 200))
		month = rng_between(r, 20, 30);
	if (rng_chance(r, 20))
		sex += 6;
	ids_nir(&m->ids, sex, p->born.year % 100U, month, place, p->nir);
}

/* Letters and digits that an e-mail address takes from a name. */
static void
mail_part(struct text *t, const struct forms *f, const struct label *name,
	  size_t max)
{
	uint8_t plain[LABEL_MAX * 2];
	struct text p = {plain, 0, sizeof(plain)};

	text_form(&p, f, FORM_PLAIN, name->s, name->n);
	for (size_t i = 0; i < p.n && max > 0; i++) {
		const uint8_t c = f->map[FORM_LOWER][plain[i]];
		if (c >= 'a' && c <= 'z') {
			text_byte(t, c);
			max--;
		} else if (c == '-') {
			text_byte(t, c);
		}
	}
}

static void
mail_domain(struct text *t, struct rng *r, bool numbered)
{
	static const char *const large[] = {
		"courriel-exemple.fr", "messagerie-exemple.fr",
		"boite-exemple.org",   "exemple.com",
		"poste-exemple.fr",    "webmail-exemple.com",
		"internet-exemple.fr", "fournisseur-exemple.fr",
	};
	static const char *const first[] = {
		"famille", "atelier",   "maison", "jardin", "bureau",
		"ecole",   "musique",   "voile",  "velo",   "ferme",
		"cabinet", "librairie", "photo",  "club",   "amis",
		"port",    "bois",      "pain",   "mer",    "lande",
	};
	static const char *const second[] = {
		"bleu", "vert",  "rouge", "blanc", "nord",  "sud",   "ouest",
		"est",  "vieux", "neuf",  "grand", "petit", "libre", "clair",
		"doux", "rond",  "haut",  "rural", "marin", "vif",
	};

	text_byte(t, '@');
	if (numbered) {
		text_ascii(t, large[rng_skewed(r, COUNT(large))]);
		return;
	}
	text_ascii(t, first[rng_below(r, COUNT(first))]);
	text_byte(t, '-');
	text_ascii(t, second[rng_below(r, COUNT(second))]);
	text_ascii(t, rng_chance(r, 6000) ? "-exemple.fr" : "-exemple.org");
}

/* Either the name is numbered, or the domain is rare: strangers should not
 * meet in one address. */
void
person_mail(const struct maker *m, struct rng *r, struct person *p)
{
	struct text t = {p->mail, 0, sizeof(p->mail)};
	const uint32_t kind = rng_below(r, 10);
	const bool numbered = rng_chance(r, 6500);

	if (kind < 5) {
		mail_part(&t, &m->forms, &p->given, 14);
		text_byte(&t, kind < 4 ? '.' : '_');
		mail_part(&t, &m->forms, &p->used, 16);
	} else if (kind < 7) {
		mail_part(&t, &m->forms, &p->given, 1);
		text_byte(&t, '.');
		mail_part(&t, &m->forms, &p->used, 16);
	} else {
		mail_part(&t, &m->forms, &p->used, 16);
		if (kind < 9)
			text_byte(&t, '.');
		mail_part(&t, &m->forms, &p->given, 14);
	}
	if (numbered)
		text_number(&t, m->made_people % 1000000);
	else if (rng_chance(r, 5000))
		text_digits(&t, p->born.year, rng_chance(r, 5000) ? 4 : 2);
	mail_domain(&t, r, numbered);
	p->mail_n = (uint8_t)t.n;
}

/* Blood groups as frequent as in France: O+ A+ B+ O- A- AB+ B- AB-. */
static uint8_t
blood_group(struct rng *r)
{
	static const uint8_t upto[] = {36, 73, 82, 88, 95, 98, 99, 100};
	const uint32_t at = rng_below(r, 100);
	uint8_t i = 0;

	while (upto[i] <= at)
		i++;
	return i;
}

static uint16_t
usual_doctor(const struct maker *m, struct rng *r, uint32_t dept)
{
	const uint32_t at = rng_chance(r, 700) ? PLACES_DEPARTMENTS : dept;

	return (uint16_t)(m->doctors_first[at] +
			  rng_skewed(r, m->doctors_first[at + 1] -
						m->doctors_first[at]));
}

/* What everybody has, once name, birth and laboratory are known. */
void
person_settle(struct maker *m, struct rng *r, struct person *p)
{
	const uint32_t age = 2020U - p->born.year;

	p->seed = rng_next(r);
	person_nir(m, r, p, birthplace(m, r, p));
	p->blood = blood_group(r);
	p->doctor = usual_doctor(m, r, m->places.labs[p->lab].dept);
	if (age >= 12 && rng_chance(r, age < 70 ? 7800 : 4500))
		p->mobile = ids_mobile(&m->ids);
	if (rng_chance(r, 800))
		p->other = ids_mobile(&m->ids);
	if (age >= 14 && rng_chance(r, age < 65 ? 4500 : 1800))
		person_mail(m, r, p);
	if (rng_chance(r, 1500))
		p->second = names_given(&m->names, r, p->sex == 2, p->born.year,
					(enum names_origin)0);
	p->insured_how = INSURED_SELF;
	p->moved_on = PEOPLE_NEVER;
	p->home_later = p->home;
	p->mobile_later = p->mobile;
}

/* Somebody new of this sex, year and surname; not settled yet. */
struct person *
person_add(struct maker *m, struct rng *r, uint32_t sex, uint32_t year,
	   const struct label *family, enum names_origin origin)
{
	struct block *b = &m->block;
	struct person *p = &b->people[b->people_n++];

	*p = (struct person){0};
	p->sex = (uint8_t)sex;
	p->origin = (uint8_t)origin;
	p->born = person_birth(r, year);
	/* Registers abroad often know the year and nothing more. */
	if (rng_chance(r, origin == NAMES_FOREIGN ? 1500 : 20))
		p->born = (struct date){(uint16_t)year, 1, 1};
	p->birth = *family;
	p->used = *family;
	p->given = names_given(&m->names, r, sex == 2, year, origin);
	m->made_people++;
	return p;
}

enum names_origin
person_origin(const struct maker *m, struct rng *r, uint32_t lab)
{
	/* 22, 27, 35, 41, 45, 56: how many of 10,000 have a Breton name. */
	static const uint16_t breton[PLACES_DEPARTMENTS] = {4200, 150, 1500,
							    100,  150, 4000};

	if (rng_chance(r, 600))
		return NAMES_FOREIGN;
	return rng_chance(r, breton[m->places.labs[lab].dept]) ? NAMES_BRETON
							       : NAMES_FRENCH;
}

/* The share of women who go by their husband's name, by year of birth. */
bool
person_marries(struct rng *r, uint32_t year)
{
	const uint32_t share = year < 1945   ? 8500
			       : year < 1960 ? 7500
			       : year < 1975 ? 6000
			       : year < 1992 ? 3500
					     : 300;

	return rng_chance(r, share);
}

/* A parent who never comes to the laboratory, but insures the child. */
uint32_t
person_parent(struct maker *m, struct rng *r, const struct person *child)
{
	struct block *b = &m->block;
	struct parent *parent = &b->parents[b->parents_n];
	struct person who = {0};
	const uint32_t sex = rng_between(r, 1, 2);

	who.sex = (uint8_t)sex;
	who.born = person_birth(r, child->born.year - rng_between(r, 22, 40));
	who.lab = child->lab;
	who.origin = child->origin;
	person_nir(m, r, &who, birthplace(m, r, &who));
	parent->family = child->birth;
	parent->given = names_given(&m->names, r, sex == 2, who.born.year,
				    (enum names_origin)child->origin);
	memcpy(parent->nir, who.nir, sizeof(parent->nir));
	return b->parents_n++;
}
