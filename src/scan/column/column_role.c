/* scan/column: whose each column is: the patient's, the insured's, a
 * professional's, or of the organisation that held the row. */
#include "detect/address/address.h"
#include "scan/column/column_impl.h"

#include <string.h>

enum {
	LEAST = 10,
	NAMED_PERCENT = 60,   /* doctors of one name are few */
	FOLLOWS_PERCENT = 80, /* rows in which a doctor's number tells it */
	INSURED_PERCENT = 30, /* rows in which the patient is the insured */
	HOLDERS_MAX = 300,    /* organisations that may have made a file */
	HOLDER_PERCENT = 80,  /* rows that name theirs */
	SAME_PERCENT = 88,    /* family names of one person, in use */
};

static bool
is_person_kind(uint8_t kind)
{
	return kind != KIND_NONE && kind != KIND_FR_FINESS &&
	       kind != KIND_FR_SIRET && kind != KIND_FR_SIREN &&
	       kind != KIND_ORGANISATION_NAME && kind != KIND_FR_RPPS;
}

static uint8_t
usual_role(uint8_t kind)
{
	if (kind == KIND_NONE)
		return ROLE_NONE;
	if (kind == KIND_FR_RPPS)
		return ROLE_PROFESSIONAL;
	return is_person_kind(kind) ? ROLE_PATIENT : ROLE_ORGANISATION;
}

/* What the header says of the role, for the kind that the column has. */
uint8_t
role_by_header(const struct header_hint *h, uint8_t kind)
{
	if (kind == KIND_NONE || kind == KIND_FR_RPPS)
		return usual_role(kind);
	if (!is_person_kind(kind)) {
		if (h->role == ROLE_PROFESSIONAL)
			return ROLE_PROFESSIONAL;
		/* The insurer's number is not the holder's. */
		return h->insurer || h->relative ? ROLE_NONE
						 : ROLE_ORGANISATION;
	}
	if (h->role == ROLE_PROFESSIONAL || h->role == ROLE_INSURED)
		return h->role;
	if (h->relative)
		return ROLE_NONE;
	/* The laboratory's phone, the insurer's address. */
	if (h->insurer)
		return ROLE_NONE;
	return h->role == ROLE_ORGANISATION ? ROLE_ORGANISATION : ROLE_PATIENT;
}

/* Columns that may be a professional's as well as a patient's. */
static bool
may_be_professional(const struct table *t, uint32_t col)
{
	const uint8_t kind = t->types[col].kind;

	return t->types[col].role == ROLE_PATIENT && !t->hints[col].speaks &&
	       (kind == KIND_NAME_FAMILY || kind == KIND_NAME_GIVEN ||
		kind == KIND_NAME_FULL || kind == KIND_NAME_BIRTH ||
		kind == KIND_ADDRESS_STREET || kind == KIND_ADDRESS_POSTCODE ||
		kind == KIND_ADDRESS_CITY || kind == KIND_PHONE ||
		kind == KIND_EMAIL);
}

/* The fullest column of the patient's of one of ${kinds}; t->cols: none. */
static uint32_t
patient_column(const struct table *t, const uint8_t *kinds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (uint32_t c = 0; c < t->cols; c++)
			if (t->types[c].kind == kinds[i] &&
			    t->types[c].role == ROLE_PATIENT &&
			    t->profiles[c].filled * 3 > t->profiles[c].sampled)
				return c;
	return t->cols;
}

/* Rewrite the hashes of ${col} so that 12 R. DES LILAS is 12, rue des Lilas. */
static void
hash_streets(struct table *t, uint32_t col)
{
	uint64_t *hash = t->hash + (size_t)col * t->rows;
	uint8_t street[ADDRESS_TEXT_MAX];

	for (uint32_t r = 0; r < t->rows; r++) {
		if (hash[r] == 0)
			continue;
		const size_t n = address_street_normalise(
			table_cell(t, r, col), street, sizeof(street));

		hash[r] = span_hash((struct span){street, n}, 1) | 1;
	}
	explicit_bzero(street, sizeof(street));
}

/* What tells two patients apart, and two households: members of one share
 * names, and the doctor. */
static void
find_apart(struct table *t, uint32_t ret[static 2])
{
	static const uint8_t people[] = {KIND_BIRTH_DATE, KIND_FR_NIR,
					 KIND_EMAIL};
	static const uint8_t homes[] = {KIND_ADDRESS_STREET, KIND_PHONE};

	ret[0] = patient_column(t, people, COUNT_OF(people));
	ret[1] = patient_column(t, homes, COUNT_OF(homes));
	if (ret[1] < t->cols && t->types[ret[1]].kind == KIND_ADDRESS_STREET)
		hash_streets(t, ret[1]);
}

/* Does the value of ${from} tell that of ${col} for different patients, and
 * not because it is always the same? */
static bool
tells(const struct table *t, uint32_t from, uint32_t col,
      const uint32_t *patient, uint32_t least)
{
	const struct agreement g = agree_apart(t, from, col, patient);
	const uint32_t usual =
		share(t->profiles[col].top, t->profiles[col].filled);
	const uint32_t percent = share(g.agreed, g.compared);

	return col != from && g.compared >= LEAST && percent >= least &&
	       (percent >= usual + 10 || usual > 90);
}

/* What ${from} tells is of the same professional. */
static void
follow(struct table *t, uint32_t from, const uint32_t *patient, uint32_t least)
{
	for (uint32_t c = near_first(from); c < near_end(t, from); c++) {
		if (!may_be_professional(t, c) ||
		    !tells(t, from, c, patient, least))
			continue;
		t->types[c].role = ROLE_PROFESSIONAL;
		t->types[c].why |= COLUMN_BY_CARDINALITY;
	}
}

/* Without numbers: family names that tell the given names beside them are
 * those of doctors; patients of one name have many given names. */
static void
find_by_names(struct table *t, const uint32_t *patient)
{
	for (uint32_t c = 0; c < t->cols; c++) {
		const struct profile *p = &t->profiles[c];

		if (t->types[c].kind != KIND_NAME_FAMILY ||
		    !may_be_professional(t, c) || p->distinct < 3)
			continue;
		for (uint32_t g = near_first(c); g < near_end(t, c); g++) {
			if (t->types[g].kind != KIND_NAME_GIVEN ||
			    !may_be_professional(t, g) ||

			    !tells(t, c, g, patient, NAMED_PERCENT))
				continue;
			t->types[c].role = ROLE_PROFESSIONAL;
			t->types[c].why |= COLUMN_BY_CARDINALITY;
			follow(t, c, patient, NAMED_PERCENT);
			break;
		}
	}
}

static void
find_professionals(struct table *t)
{
	uint32_t patient[2];

	find_apart(t, patient);

	for (uint32_t c = 0; c < t->cols; c++)
		if (t->types[c].kind == KIND_FR_RPPS &&
		    t->profiles[c].distinct >= 3)
			follow(t, c, patient, FOLLOWS_PERCENT);
	if (patient[0] < t->cols)
		find_by_names(t, patient);
}

/* How well the given names of ${col} go with the patient's sex, in percent. */
static uint32_t
goes_with_sex(const struct table *t, uint32_t col)
{
	for (uint32_t c = near_first(col); c < near_end(t, col); c++) {
		const bool sex = t->types[c].kind == KIND_SEX ||
				 (t->types[c].flags & COLUMN_TITLE) != 0;

		if (!sex)
			continue;
		const struct agreement g = agree_given(t, col, c);

		if (g.compared >= LEAST)
			return share(g.agreed, g.compared);
	}
	return 0;
}

static bool
is_open(const struct table *t, uint32_t col, uint8_t kind)
{
	return t->types[col].kind == kind &&
	       t->types[col].role == ROLE_PATIENT && !t->hints[col].speaks;
}

/* Of two columns of given names that are often equal, the one that goes less
 * with the patient's sex is the insured's. */
static bool
find_insured(const struct table *t, uint32_t *ret_given, uint32_t *ret_insured)
{
	for (uint32_t a = 0; a < t->cols; a++) {
		for (uint32_t b = a + 1; b < near_end(t, a); b++) {
			if (!is_open(t, a, KIND_NAME_GIVEN) ||
			    !is_open(t, b, KIND_NAME_GIVEN))
				continue;
			const struct agreement g = agree_equal(t, a, b);

			if (g.compared < LEAST ||
			    share(g.agreed, g.compared) < INSURED_PERCENT)
				continue;
			const bool later =
				goes_with_sex(t, b) <= goes_with_sex(t, a);

			*ret_given = later ? a : b;
			*ret_insured = later ? b : a;
			return true;
		}
	}
	return false;
}

/* Rows where patient and insured have the same given name are of one person:
 * in how many of them, in percent, are two family names the same? */
static uint32_t
equal_for_one(const struct table *t, uint32_t a, uint32_t b, uint32_t given,
	      uint32_t insured)
{
	const uint64_t *g = t->hash + (size_t)given * t->rows;
	const uint64_t *i = t->hash + (size_t)insured * t->rows;
	const uint64_t *x = t->hash + (size_t)a * t->rows;
	const uint64_t *y = t->hash + (size_t)b * t->rows;
	uint32_t n = 0;
	uint32_t equal = 0;

	for (uint32_t r = 0; r < t->rows; r++) {
		if (g[r] == 0 || g[r] != i[r] || x[r] == 0 || y[r] == 0)
			continue;
		n++;
		equal += x[r] == y[r];
	}
	return n < LEAST ? 0 : share(equal, n);
}

/* The two open columns of family names that agree most where patient and
 * insured are one: the name in use of both. */
static bool
used_pair(const struct table *t, uint32_t given, uint32_t insured,
	  uint32_t pair[static 2])
{
	uint32_t best = SAME_PERCENT - 1;

	for (uint32_t a = 0; a < t->cols; a++) {
		for (uint32_t b = a + 1; b < near_end(t, a); b++) {
			if (!is_open(t, a, KIND_NAME_FAMILY) ||
			    !is_open(t, b, KIND_NAME_FAMILY))
				continue;
			const uint32_t equal =
				equal_for_one(t, a, b, given, insured);

			if (equal <= best)
				continue;
			best = equal;
			pair[0] = a;
			pair[1] = b;
		}
	}
	return best >= SAME_PERCENT;
}

static uint32_t
distance(uint32_t a, uint32_t b)
{
	return a > b ? a - b : b - a;
}

/* With the insured's given name goes a family name. Of the two that may be it,
 * the patient's is in the mail address; else it is the fuller one, or the one
 * nearer to the patient's given name. */
static void
insured_family(struct table *t, uint32_t given, uint32_t insured)
{
	uint32_t pair[2];

	if (!used_pair(t, given, insured, pair))
		return;
	uint32_t col = distance(pair[0], insured) + distance(pair[1], given) <
				       distance(pair[1], insured) +
					       distance(pair[0], given)
			       ? pair[0]
			       : pair[1];

	for (uint32_t m = 0; m < t->cols; m++) {
		if (t->types[m].kind != KIND_EMAIL)
			continue;
		const struct agreement x = agree_mail(t, m, pair[0], pair[1]);
		const struct agreement y = agree_mail(t, m, pair[1], pair[0]);

		if (x.agreed + y.agreed < LEAST || x.agreed == y.agreed)
			continue;
		col = x.agreed > y.agreed ? pair[1] : pair[0];
		break;
	}
	t->types[col].role = ROLE_INSURED;
	t->types[col].why |= COLUMN_BY_POSITION;
}

/* Names of organisations: the one that goes with the holder's number is the
 * holder's, another the insurer's. */
static void
find_organisations(struct table *t)
{
	uint32_t number = t->cols;

	for (uint32_t c = 0; c < t->cols; c++)
		if ((t->types[c].kind == KIND_FR_FINESS ||
		     t->types[c].kind == KIND_FR_SIRET) &&
		    t->types[c].role == ROLE_ORGANISATION && number == t->cols)
			number = c;
	for (uint32_t c = 0; c < t->cols; c++) {
		if (t->types[c].kind != KIND_ORGANISATION_NAME ||
		    t->hints[c].speaks || number == t->cols)
			continue;
		const struct agreement there = agree_follows(t, number, c);
		const struct agreement back = agree_follows(t, c, number);

		if (there.compared >= LEAST &&
		    (share(there.agreed, there.compared) < 90 ||
		     share(back.agreed, back.compared) < 90))
			t->types[c].role = ROLE_NONE;
	}
}

/* Whoever held the rows names itself in nearly all of them, and is few. */
static void
mark_holders(struct table *t)
{
	for (uint32_t c = 0; c < t->cols; c++) {
		struct column_type *x = &t->types[c];
		const struct profile *p = &t->profiles[c];

		if (is_person_kind(x->kind) || x->kind == KIND_NONE ||
		    x->role != ROLE_ORGANISATION || p->filled == 0)
			continue;
		if (share(p->filled, p->sampled) >= HOLDER_PERCENT &&
		    p->distinct <= HOLDERS_MAX)
			x->flags |= COLUMN_HOLDER;
	}
}

/* Of several columns of one kind and role, the fullest is the first. */
static void
mark_secondary(struct table *t)
{
	for (uint32_t c = 0; c < t->cols; c++) {
		struct column_type *x = &t->types[c];

		if (x->kind != KIND_ADDRESS_STREET)
			continue;
		for (uint32_t k = 0; k < t->cols; k++) {
			const struct column_type *y = &t->types[k];

			if (k != c && y->kind == x->kind &&
			    y->role == x->role &&
			    (y->filled > x->filled ||
			     (y->filled == x->filled && k < c)))
				x->flags |= COLUMN_SECONDARY;
		}
	}
}

/* A table with one NIR is about the people that it is filed under. */
static void
settle_nir(struct table *t)
{
	uint32_t n = 0;
	uint32_t only = 0;

	for (uint32_t c = 0; c < t->cols; c++) {
		if (t->types[c].kind != KIND_FR_NIR)
			continue;
		n++;
		only = c;
	}
	if (n == 1 && t->types[only].role == ROLE_INSURED &&
	    (t->types[only].why & COLUMN_BY_BIRTH) != 0)
		t->types[only].role = ROLE_PATIENT;
}

void
judge_roles(struct table *t)
{
	for (uint32_t c = 0; c < t->cols; c++)
		t->types[c].role =
			role_by_header(&t->hints[c], t->types[c].kind);
	find_professionals(t);
	uint32_t given;
	uint32_t insured;

	if (find_insured(t, &given, &insured)) {
		insured_family(t, given, insured);
		t->types[insured].role = ROLE_INSURED;
		t->types[insured].why |= COLUMN_BY_POSITION;
	}
	find_organisations(t);
	settle_nir(t);
	mark_holders(t);
	mark_secondary(t);
}
