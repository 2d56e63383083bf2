/* leakgen: towns, streets, laboratories and their doctors' practices. */
#include "places.h"

#include "places_list.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const uint32_t departments[PLACES_DEPARTMENTS] = {22, 27, 35,
							 41, 45, 56};

uint32_t
places_department(uint32_t index)
{
	return departments[index % PLACES_DEPARTMENTS];
}

/* The next part of ${*list}, cut at commas, in our charset. */
static struct label
next_part(const char **list)
{
	enum { PART_BYTES = 96 };
	char one[PART_BYTES] = {0};
	struct label l = {0};
	const size_t n = strcspn(*list, ",");

	memcpy(one, *list, n < sizeof(one) ? n : sizeof(one) - 1);
	l.n = (uint8_t)text_from_utf8(l.s, LABEL_MAX, one);
	*list += n + ((*list)[n] == ',');
	return l;
}

static uint32_t
fill_labels(struct label *to, const char *list)
{
	uint32_t n = 0;

	while (*list != '\0' && n < PLACES_STREETS_MAX)
		to[n++] = next_part(&list);
	return n;
}

/* "56100 Lorient": the postcode apart. */
static void
fill_towns(struct places *p)
{
	uint32_t n = 0;

	for (size_t d = 0; d < COUNT(town_lists); d++) {
		const char *list = town_lists[d];
		p->first[d] = n;
		while (*list != '\0' && n < PLACES_TOWNS_MAX) {
			struct town *t = &p->towns[n++];
			memcpy(t->postcode, list, sizeof(t->postcode));
			list += sizeof(t->postcode) + 1;
			t->name = next_part(&list);
		}
	}
	p->first[COUNT(town_lists)] = n;
}

/* A short code is as good as a name, and always fits. */
static void
lab_mail(struct lab *lab, uint32_t i)
{
	const uint8_t code[2] = {(uint8_t)('a' + i / 10),
				 (uint8_t)('a' + i % 10)};

	(void)label_put(&lab->mail, "contact@labo", 12);
	(void)label_put(&lab->mail, code, 2);
	(void)label_put(&lab->mail, "-exemple.fr", 11);
}

static void
fill_lab(struct places *p, uint32_t i)
{
	static const enum form forms[] = {
		FORM_UPPER, FORM_UPPER,        FORM_PROPER, FORM_UPPER,
		FORM_UPPER, FORM_UPPER_ACCENT, FORM_PROPER};
	struct lab *lab = &p->labs[i];
	/* Habits that hold for the whole of a laboratory. */
	const uint64_t habit = rng_mix(i + 1);

	lab->dept = lab_list[i].dept;
	lab->town = p->first[lab->dept] + lab_list[i].town;
	lab->upto = (i == 0 ? 0 : p->labs[i - 1].upto) + lab_list[i].weight;
	lab->name_n = (uint8_t)text_from_utf8(lab->name, sizeof(lab->name),
					      lab_list[i].name);
	ids_finess(departments[lab->dept], 990010 + i * 13, lab->finess);
	/* Two in a row belong to one company. */
	ids_siret(99900101 + i / 2 * 37, 1 + i % 2 * 11, lab->siret);
	lab->phone =
		(lab->dept == 1 || lab->dept == 3 ? 270000000U : 290000000U) +
		i * 7919;
	lab->form = forms[i % COUNT(forms)];
	lab->phone_style = (uint32_t)(habit % 8);
	lab->nir_style = (uint32_t)(habit >> 8 & 15);
	lab->repeats_name = (habit >> 16 & 3) < 2;
	lab->repeats_insured = (habit >> 20 & 1) != 0;
	lab_mail(lab, i);
}

void
places_init(struct places *p)
{
	_Static_assert(COUNT(lab_list) == PLACES_LABS, "laboratories");
	_Static_assert(COUNT(town_lists) == PLACES_DEPARTMENTS + 1, "towns");

	*p = (struct places){0};
	fill_towns(p);
	p->streets_n = fill_labels(p->streets, street_list);
	p->hamlets_n = fill_labels(p->hamlets, hamlet_list);
	for (uint32_t i = 0; i < PLACES_LABS; i++)
		fill_lab(p, i);
}

uint32_t
places_lab(const struct places *p, struct rng *r)
{
	const uint32_t at = rng_below(r, p->labs[PLACES_LABS - 1].upto);
	uint32_t i = 0;

	while (p->labs[i].upto <= at)
		i++;
	return i;
}

uint32_t
places_town(const struct places *p, struct rng *r, uint32_t dept)
{
	return p->first[dept] +
	       rng_skewed(r, p->first[dept + 1] - p->first[dept]);
}

struct address
places_address(const struct places *p, struct rng *r, const struct lab *lab)
{
	struct address a = {0};

	a.town = (uint16_t)(rng_chance(r, 4000) ? lab->town
						: places_town(p, r, lab->dept));
	if (rng_chance(r, 1400)) {
		a.type = WAY_HAMLET;
		a.street = (uint16_t)rng_below(r, p->hamlets_n);
		a.number =
			(uint8_t)(rng_chance(r, 5000) ? 0
						      : rng_between(r, 1, 60));
		return a;
	}
	a.type = (uint8_t)(rng_chance(r, 6000) ? WAY_RUE
					       : rng_below(r, WAY_HAMLET));
	a.street = (uint16_t)rng_below(r, p->streets_n);
	a.number = (uint8_t)(1 + rng_skewed(r, 250));
	if (rng_chance(r, 500))
		a.bis = (uint8_t)rng_between(r, 1, 2);
	if (rng_chance(r, 1500))
		a.extra = (uint8_t)rng_between(r, 1, 255);
	return a;
}

/* Every way as most write it, then as some do. */
static const char *const ways[WAY_COUNT][4] = {
	[WAY_RUE] = {"RUE", "RUE", "R.", "R"},
	[WAY_AVENUE] = {"AVENUE", "AV", "AV.", "AVE"},
	[WAY_BOULEVARD] = {"BOULEVARD", "BD", "BLD", "BD."},
	[WAY_IMPASSE] = {"IMPASSE", "IMP", "IMP.", "IMPASSE"},
	[WAY_ALLEE] = {"ALLEE", "ALL", "ALLEE", "ALL."},
	[WAY_PLACE] = {"PLACE", "PL", "PLACE", "PL."},
	[WAY_CHEMIN] = {"CHEMIN", "CHE", "CH.", "CHEMIN"},
	[WAY_ROUTE] = {"ROUTE", "RTE", "ROUTE", "RTE"},
	[WAY_RESIDENCE] = {"RESIDENCE", "RES.", "RES", "RESIDENCE"},
	[WAY_HAMLET] = {"LIEU-DIT", "LIEU DIT", "LD", ""},
};

static void
put_way(const char *way, const struct forms *f, enum form form, struct text *t)
{
	if (form != FORM_PROPER || way[0] == '\0') {
		text_ascii(t, way);
	} else {
		text_byte(t, (uint8_t)way[0]);
		text_form(t, f, FORM_LOWER, (const uint8_t *)way + 1,
			  strlen(way) - 1);
	}
	if (way[0] != '\0')
		text_byte(t, ' ');
}

void
places_street(const struct places *p, const struct forms *f,
	      const struct address *a, uint64_t style, struct text *t)
{
	const struct label *name = a->type == WAY_HAMLET
					   ? &p->hamlets[a->street]
					   : &p->streets[a->street];
	const unsigned hand = (unsigned)(style % 100);
	const enum form form = hand < 80   ? FORM_UPPER
			       : hand < 95 ? FORM_PROPER
					   : FORM_UPPER_ACCENT;
	/* Half write the whole word, the others one of its short forms. */
	const unsigned spelling =
		(style >> 8 & 1) != 0 ? 0 : (unsigned)(style >> 9 & 3);

	if (a->number != 0) {
		text_number(t, a->number);
		if (a->bis != 0)
			text_ascii(t, a->bis == 1 ? " BIS" : " TER");
		text_ascii(t, (style >> 12 & 7) == 0 ? ", " : " ");
	}
	put_way(ways[a->type][spelling], f, form, t);
	text_form(t, f, form, name->s, name->n);
}

void
places_extra(const struct address *a, uint64_t style, struct text *t)
{
	static const char *const kinds[][2] = {
		{"APT ", "APPARTEMENT "}, {"BAT ", "BATIMENT "},
		{"ETAGE ", "ETG "},       {"ESC ", "ESCALIER "},
		{"PORTE ", "PTE "},
	};

	if (a->extra == 0)
		return;
	const size_t kind = a->extra % COUNT(kinds);
	text_ascii(t, kinds[kind][style & 1]);
	if (kind == 1 || kind == 3)
		text_byte(t, (uint8_t)('A' + a->extra / 8 % 6));
	else
		text_number(t, 1U + a->extra / 5U);
}

void
places_city(const struct places *p, const struct forms *f, uint32_t town,
	    uint64_t style, struct text *t)
{
	const struct label *name = &p->towns[town].name;
	const unsigned hand = (unsigned)(style % 100);
	const enum form form = hand < 84   ? FORM_UPPER
			       : hand < 95 ? FORM_PROPER
					   : FORM_UPPER_ACCENT;
	const size_t start = t->n;

	text_form(t, f, form, name->s, name->n);
	/* ST BRIEUC for SAINT-BRIEUC; blanks for hyphens. */
	if ((style >> 8 & 3) == 0 && name->n > 6 &&
	    memcmp(name->s, "Saint-", 6) == 0) {
		t->n = start;
		text_ascii(t, "ST ");
		text_form(t, f, form, name->s + 6, name->n - 6U);
	}
	if ((style >> 10 & 3) == 0)
		for (size_t i = start; i < t->n; i++)
			if (t->p[i] == '-')
				t->p[i] = ' ';
}
