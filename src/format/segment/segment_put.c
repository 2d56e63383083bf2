/* Fields: which of the columns their components belong in. */
#include "base/luhn.h"
#include "format/segment/segment_impl.h"

#include <string.h>

enum {
	PARTS_MAX = 16, /* components of a field that are looked at */
	NIR_SHORT = 13,
	NIR_LONG = 15,
	RPPS = 11,
	FINESS = 9,
	DATE = 8,
};

/* The components of one repetition. */
struct parts {
	struct span whole;
	struct span p[PARTS_MAX]; /* blanks at the ends left out */
};

static struct parts
take_apart(const struct segment_row *r, struct span rep)
{
	struct parts ret = {.whole = rep};

	for (size_t i = 0; i < PARTS_MAX && rep.n > 0; i++)
		ret.p[i] = span_trim(segment_part(&rep, r->signs.component));
	return ret;
}

/* The first subcomponent. */
static struct span
first_sub(const struct segment_row *r, struct span s)
{
	return segment_part(&s, r->signs.sub);
}

static bool
is_one_of(struct span s, const char *words)
{
	const size_t n = strlen(words);

	for (size_t i = 0; s.n > 0 && i + s.n <= n; i++)
		if (memcmp(words + i, s.p, s.n) == 0 &&
		    (i == 0 || words[i - 1] == ' ') &&
		    (words[i + s.n] == ' ' || words[i + s.n] == '\0'))
			return true;
	return false;
}

static bool
contains(struct span s, struct span word)
{
	return s.n > 0 && memmem(s.p, s.n, word.p, word.n) != NULL;
}

bool
segment_is_nir(struct span s)
{
	uint8_t c[NIR_LONG];
	const size_t n = squeeze(s, " .-", c, NIR_LONG);

	if ((n != NIR_SHORT && n != NIR_LONG) || !byte_in(c[0], "123478"))
		return false;
	/* The key is computed with Corsica's 2A as 19 and its 2B as 18. */
	if (c[5] == '2' && byte_in(c[6], "AB")) {
		c[6] = c[6] == 'A' ? '9' : '8';
		c[5] = '1';
	}
	if (!all_digits(c, n))
		return false;
	const uint64_t month = number(c + 3, 2);

	if (n == NIR_SHORT)
		return month >= 1 && month <= 12 && number(c + 10, 3) > 0;
	return number(c + NIR_SHORT, 2) == 97 - number(c, NIR_SHORT) % 97;
}

bool
segment_is_finess(struct span s)
{
	uint8_t c[FINESS];

	if (s.n != FINESS)
		return false;
	memcpy(c, s.p, FINESS);
	/* Corsica: 2A and 2B count as 20. */
	if (c[0] == '2' && byte_in(c[1], "AB"))
		c[1] = '0';
	return all_digits(c, FINESS) && luhn_is_valid(c, FINESS);
}

/* Is there nothing but signs in ${s}? */
static bool
is_empty(const struct segment_row *r, struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] > ' ' && s.p[i] != r->signs.component &&
		    s.p[i] != r->signs.sub)
			return false;
	return true;
}

void
segment_keep(struct segment_row *r, const struct segment_field *f,
	     struct span value)
{
	uint8_t key[24] = {0};
	size_t n = f->name.n < 4 ? f->name.n : 4;
	const size_t digits = f->number < 10 ? 1 : f->number < 100 ? 2 : 3;

	if (is_empty(r, value) || span_is(value, "\"\""))
		return;
	memcpy(key, f->name.p, n);
	key[n++] = '-';
	number_write(f->number, digits, key + n);
	n += digits;
	key[n++] = '=';
	segment_join(r, SEG_OTHER, " | ");
	const uint8_t escape = r->signs.escape;

	/* The key is ours, whatever the signs are. */
	r->signs.escape = 0;
	segment_add(r, SEG_OTHER, (struct span){key, n});
	r->signs.escape = escape;
	segment_add_parts(r, SEG_OTHER, value);
}

/* Does the cell say the same as ${s}? */
static bool
says(const struct segment_row *r, size_t column, struct span s)
{
	return span_equal((struct span){r->cell[column], r->n[column]},
			  span_trim(s));
}

/* Put ${value} in the cell if it is empty, otherwise in "other". */
static void
put(struct segment_row *r, size_t column, const struct segment_field *f,
    struct span value)
{
	if (r->n[column] == 0)
		segment_add_parts(r, column, value);
	else if (!says(r, column, value))
		segment_keep(r, f, value);
}

static void
put_date(struct segment_row *r, size_t column, const struct segment_field *f)
{
	const struct span s = span_trim(f->value);

	/* YYYYMMDD, and what it is more exactly. */
	if (s.n > DATE && all_digits(s.p, DATE))
		put(r, column, f, (struct span){s.p, DATE});
	else
		put(r, column, f, s);
}

/* A code and its text, either of which may be missing. */
static void
add_label(struct segment_row *r, size_t column, struct span rep)
{
	const struct parts c = take_apart(r, rep);
	const struct span text = c.p[1].n > 0 ? c.p[1] : c.p[4];

	if (c.p[0].n == 0 && text.n == 0)
		return;
	segment_join(r, column, " | ");
	segment_add(r, column, c.p[0]);
	if (c.p[0].n > 0 && text.n > 0)
		segment_join(r, column, " ");
	segment_add(r, column, text);
}

static void
put_exam(struct segment_row *r, size_t column, struct span rep)
{
	const struct parts c = take_apart(r, rep);
	const struct span text = c.p[1].n > 0 ? c.p[1] : c.p[4];

	if (c.p[0].n > 0)
		segment_join(r, column, " | ");
	segment_add(r, column, c.p[0]);
	if (text.n > 0)
		segment_join(r, column + 1, " | ");
	segment_add(r, column + 1, text);
}

/* Of an identifier with its authority and type (CX). */
static bool
says_nir(const struct parts *c)
{
	return is_one_of(c->p[4], "INS INS-NIR INS-NIA NH NNFRA") ||
	       contains(c->p[3], SPAN_LIT("INS-NI")) ||
	       contains(c->p[3], SPAN_LIT("1.2.250.1.213.1.4.8")) ||
	       contains(c->p[3], SPAN_LIT("1.2.250.1.213.1.4.9")) ||
	       contains(c->p[3], SPAN_LIT("1.2.250.1.213.1.4.10")) ||
	       segment_is_nir(c->p[0]);
}

static void
put_id(struct segment_row *r, const struct segment_field *f, struct span rep)
{
	const struct parts c = take_apart(r, rep);

	if (says_nir(&c) && r->n[SEG_NIR] == 0)
		segment_add(r, SEG_NIR, c.p[0]);
	else if (!says(r, SEG_NIR, c.p[0]))
		put(r, SEG_PATIENT_ID, f, c.p[0]);
	/* HPRIM: more identifiers, and a NIR among them now and then. */
	for (size_t i = 1; i < 3; i++)
		if (segment_is_nir(c.p[i]) && r->n[SEG_NIR] == 0)
			segment_add(r, SEG_NIR, c.p[i]);
}

/* A number that is not said to be a NIR, or fields of which nobody knows where
 * it stands. */
static void
put_number(struct segment_row *r, size_t column, const struct segment_field *f,
	   struct span rep)
{
	struct span rest = rep;

	while (rest.n > 0) {
		const struct span c =
			span_trim(segment_part(&rest, r->signs.component));

		if (!segment_is_nir(c))
			continue;
		if (r->n[column] == 0)
			segment_add(r, column, c);
		if (says(r, column, c))
			return;
	}
	segment_keep(r, f, rep);
}

/* Given names: the first, and the others, which may or may not repeat it. */
static void
add_given(struct segment_row *r, size_t column, const struct parts *c)
{
	const struct span first = c->p[1];
	const struct span more = c->p[2];

	const bool is_repeated = first.n > 0 && more.n >= first.n &&
				 memcmp(more.p, first.p, first.n) == 0;

	if (!is_repeated) {
		segment_add(r, column, first);
		segment_join(r, column, more.n > 0 ? " " : "");
	}
	segment_add(r, column, more);
}

/* Does a name of type ${type} part names of birth and of use? HL7 table 0200:
 * legal (in France the name at birth), display, maiden. */
static void
put_patient_name(struct segment_row *r, const struct segment_field *f,
		 struct span rep, bool alias)
{
	const struct parts c = take_apart(r, rep);
	const struct span family = first_sub(r, c.p[0]);

	if (is_one_of(c.p[6], "M")) {
		if (!says(r, SEG_FAMILY, family))
			put(r, SEG_BIRTH_NAME, f, family);
		return;
	}
	if (is_one_of(c.p[6], "D") && r->first_legal &&
	    r->n[SEG_BIRTH_NAME] == 0 && family.n > 0 &&
	    !says(r, SEG_FAMILY, family)) {
		memcpy(r->cell[SEG_BIRTH_NAME], r->cell[SEG_FAMILY],
		       r->n[SEG_FAMILY]);
		r->n[SEG_BIRTH_NAME] = r->n[SEG_FAMILY];
		r->n[SEG_FAMILY] = 0;
		r->first_legal = false;
		segment_add(r, SEG_FAMILY, family);
		return;
	}
	if (!alias && r->n[SEG_FAMILY] == 0 && r->n[SEG_GIVEN] == 0) {
		r->first_legal = is_one_of(c.p[6], "L");
		segment_add(r, SEG_FAMILY, family);
		add_given(r, SEG_GIVEN, &c);
		return;
	}
	if (!says(r, SEG_FAMILY, family) || !says(r, SEG_GIVEN, c.p[1]))
		segment_keep(r, f, rep);
}

static void
put_name(struct segment_row *r, size_t column, const struct segment_field *f,
	 struct span rep)
{
	const struct parts c = take_apart(r, rep);

	if (r->n[column] > 0 || r->n[column + 1] > 0) {
		if (!says(r, column, first_sub(r, c.p[0])) ||
		    !says(r, column + 1, c.p[1]))
			segment_keep(r, f, rep);
		return;
	}
	segment_add(r, column, first_sub(r, c.p[0]));
	add_given(r, column + 1, &c);
}

static void
put_address(struct segment_row *r, const struct segment_field *f,
	    struct span rep)
{
	const struct parts c = take_apart(r, rep);

	if (is_one_of(c.p[6], "BDL N BR F")) {
		for (size_t i = 2; i < 9; i++) {
			if (i == 3 || i == 5 || i == 6 || c.p[i].n == 0)
				continue;
			segment_join(r, SEG_BIRTH_PLACE, " ");
			segment_add(r, SEG_BIRTH_PLACE, c.p[i]);
		}
		return;
	}
	if (r->n[SEG_STREET] + r->n[SEG_CITY] + r->n[SEG_POSTCODE] > 0) {
		segment_keep(r, f, rep);
		return;
	}
	segment_add_parts(r, SEG_STREET, c.p[0]);
	segment_add_parts(r, SEG_STREET_MORE, c.p[1]);
	segment_add(r, SEG_CITY, c.p[2]);
	segment_add(r, SEG_POSTCODE, c.p[4]);
	segment_add(r, SEG_COUNTRY, c.p[5]);
}

/* The first of the columns that can hold the number and is empty. */
static size_t
phone_slot(const struct segment_row *r, size_t column, const struct parts *c)
{
	if (column != SEG_PHONE)
		return r->n[column] == 0 ? column : SEG_COLUMNS;
	if (is_one_of(c->p[2], "CP") && r->n[SEG_MOBILE] == 0)
		return SEG_MOBILE;
	if (is_one_of(c->p[1], "WPN") && r->n[SEG_WORK_PHONE] == 0)
		return SEG_WORK_PHONE;
	for (size_t i = SEG_PHONE; i <= SEG_WORK_PHONE; i++)
		if (r->n[i] == 0)
			return i;
	return SEG_COLUMNS;
}

static void
add_phone(struct segment_row *r, size_t slot, const struct parts *c)
{
	if (c->p[0].n > 0 || c->p[11].n > 0) {
		segment_add(r, slot, c->p[0].n > 0 ? c->p[0] : c->p[11]);
		return;
	}
	if (c->p[6].n == 0)
		return;
	/* Country, area, local number. */
	if (c->p[4].n > 0) {
		static const uint8_t plus[8] = "+";

		if (c->p[4].p[0] != '+' && c->p[4].p[0] != '0')
			segment_add(r, slot, (struct span){plus, 1});
		segment_add(r, slot, c->p[4]);
		segment_join(r, slot, " ");
	}
	segment_add(r, slot, c->p[5]);
	if (c->p[5].n > 0)
		segment_join(r, slot, " ");
	segment_add(r, slot, c->p[6]);
}

static void
put_phone(struct segment_row *r, size_t column, const struct segment_field *f,
	  struct span rep)
{
	const struct parts c = take_apart(r, rep);

	for (size_t i = 0; i < 4; i++) {
		if (span_find(c.p[i], '@') == c.p[i].n)
			continue;
		if (column == SEG_PHONE)
			put(r, SEG_EMAIL, f, c.p[i]);
		else
			segment_keep(r, f, c.p[i]);
		return;
	}
	const size_t slot = phone_slot(r, column, &c);

	if (slot == SEG_COLUMNS)
		segment_keep(r, f, rep);
	else
		add_phone(r, slot, &c);
}

/* The RPPS in ${id}, which may have the 8 of a national number before it. */
static struct span
rpps_in(struct span id)
{
	if (id.n == RPPS + 1 && id.p[0] == '8') {
		id.p++;
		id.n--;
	}
	if (id.n != RPPS || !all_digits(id.p, RPPS))
		return (struct span){0};
	return id;
}

static void
put_doctor(struct segment_row *r, const struct segment_rule *rule,
	   const struct segment_field *f, struct span rep)
{
	const size_t family = rule->column;
	struct parts c = take_apart(r, rep);
	const struct span rpps = rpps_in(c.p[0]);

	if (rule->how == SEG_DOCTOR_FULL) {
		struct span name = c.p[1];

		c.p[1] = segment_part(&name, r->signs.sub);
		c.p[2] = segment_part(&name, r->signs.sub);
	}
	if (rpps.n > 0 && r->n[family + 2] == 0)
		segment_add(r, family + 2, rpps);
	const bool is_taken = r->n[family] > 0 || r->n[family + 1] > 0;

	if (!is_taken) {
		segment_add(r, family, first_sub(r, c.p[1]));
		segment_add(r, family + 1, c.p[2]);
		if (rpps.n == 0)
			segment_keep(r, f, c.p[0]);
	} else if (!says(r, family, first_sub(r, c.p[1]))) {
		segment_keep(r, f, rep);
	}
}

/* The FINESS in the components and subcomponents of ${s}. */
static void
find_finess(struct segment_row *r, struct span s)
{
	while (s.n > 0) {
		struct span c = segment_part(&s, r->signs.component);

		while (c.n > 0) {
			const struct span sub =
				span_trim(segment_part(&c, r->signs.sub));

			if (segment_is_finess(sub) &&
			    r->n[SEG_HOLDER_FINESS] == 0)
				segment_add(r, SEG_HOLDER_FINESS, sub);
		}
	}
}

/* Who sent it: a name, a number, and of what kind that is, in this order or
 * another. */
static void
put_sender(struct segment_row *r, const struct segment_field *f)
{
	const struct parts c = take_apart(r, f->value);

	for (size_t i = 0; i < 3; i++)
		if (is_one_of(c.p[i], "FINESS FINEG FINEJ") && i > 0)
			segment_add(r, SEG_HOLDER_FINESS, c.p[i - 1]);
	find_finess(r, f->value);
	for (size_t i = 0; i < 2; i++)
		if (c.p[i].n > 0 && !says(r, SEG_HOLDER_FINESS, c.p[i]) &&
		    (i == 0 || !is_one_of(c.p[2], "ISO"))) {
			segment_join(r, SEG_HOLDER, " ");
			segment_add(r, SEG_HOLDER, c.p[i]);
		}
}

static uint8_t
charset_of(struct span s)
{
	s = span_trim(s);
	if (contains(s, SPAN_LIT("8859/15")))
		return SEGMENT_LATIN9;
	return span_is(s, "8859/1") ? SEGMENT_LATIN1 : SEGMENT_GUESS;
}

/* The same for each repetition. */
static void
put_repetition(struct segment_row *r, const struct segment_rule *rule,
	       const struct segment_field *f, struct span rep)
{
	switch ((enum segment_how)rule->how) {
	case SEG_LIST:
		segment_join(r, rule->column, " | ");
		segment_add_parts(r, rule->column, rep);
		return;
	case SEG_LABEL:
		add_label(r, rule->column, rep);
		return;
	case SEG_EXAMS:
		put_exam(r, rule->column, rep);
		return;
	case SEG_IDS:
		put_id(r, f, rep);
		return;
	case SEG_NUMBER:
		put_number(r, rule->column, f, rep);
		return;
	case SEG_NAMES:
	case SEG_ALIASES:
		put_patient_name(r, f, rep, rule->how == SEG_ALIASES);
		return;
	case SEG_NAME:
		put_name(r, rule->column, f, rep);
		return;
	case SEG_ADDRESS:
		put_address(r, f, rep);
		return;
	case SEG_PHONES:
		put_phone(r, rule->column, f, rep);
		return;
	case SEG_DOCTOR:
	case SEG_DOCTOR_FULL:
		put_doctor(r, rule, f, rep);
		return;
	case SEG_TEXT:
		put(r, rule->column, f, rep);
		return;
	case SEG_DROP:
	case SEG_KEEP:
	case SEG_DATE:
	case SEG_SENDER:
	case SEG_PLACE:
	case SEG_CHARSET:
		segment_keep(r, f, rep);
		return;
	}
}

void
segment_put(struct segment_row *r, const struct segment_rule *rule,
	    const struct segment_field *f)
{
	struct span rest = f->value;

	if (rule->how == SEG_CHARSET)
		r->charset = charset_of(segment_part(&rest, r->signs.repeat));
	else if (rule->how == SEG_DATE)
		put_date(r, rule->column, f);
	else if (rule->how == SEG_SENDER)
		put_sender(r, f);
	else if (rule->how == SEG_PLACE) {
		put(r, rule->column, f, f->value);
		find_finess(r, f->value);
	} else
		while (rest.n > 0)
			put_repetition(r, rule, f,
				       segment_part(&rest, r->signs.repeat));
}

/* Fields of OBX. */
enum { OBX_TYPE = 2, OBX_CODE = 3, OBX_VALUE = 5, OBX_UNIT = 6, OBX_FLAG = 8 };

static struct span
field_of(const struct segment *seg, size_t i)
{
	return i < seg->n ? seg->fields[i] : (struct span){0};
}

/* Data of a file within: its kind, not the data. */
static struct span
without_data(const struct segment_row *r, struct span value)
{
	struct span rest = value;

	for (size_t i = 0; i < 4; i++)
		(void)segment_part(&rest, r->signs.component);
	return (struct span){value.p, value.n - rest.n};
}

static void
add_value(struct segment_row *r, const struct segment *seg)
{
	const struct span type = field_of(seg, OBX_TYPE);
	struct span rest = field_of(seg, OBX_VALUE);

	if (span_is(type, "ED")) {
		segment_add_parts(r, SEG_RESULTS, without_data(r, rest));
		return;
	}
	for (bool again = false; rest.n > 0; again = true) {
		const struct span rep = segment_part(&rest, r->signs.repeat);
		struct parts c;

		if (again)
			segment_join(r, SEG_RESULTS, " ");
		/* CE, CWE, CNE and CF have a code and its text first. */
		if (type.n < 2 || type.p[0] != 'C') {
			segment_add_parts(r, SEG_RESULTS, rep);
			continue;
		}
		c = take_apart(r, rep);
		segment_add(r, SEG_RESULTS, c.p[0]);
		if (c.p[0].n > 0 && c.p[1].n > 0)
			segment_join(r, SEG_RESULTS, " ");
		segment_add(r, SEG_RESULTS, c.p[1]);
	}
}

void
segment_put_result(struct segment_row *r, const struct segment *seg)
{
	static const uint8_t behind[] = {OBX_UNIT, OBX_FLAG};
	struct span rest = field_of(seg, OBX_CODE);
	const uint8_t sign = r->signs.component;
	const struct span code = span_trim(segment_part(&rest, sign));
	struct span text = span_trim(segment_part(&rest, sign));

	if (text.n == 0) {
		/* The text of the other coding system. */
		(void)segment_part(&rest, sign);
		(void)segment_part(&rest, sign);
		text = span_trim(segment_part(&rest, sign));
	}
	if (text.n == 0)
		text = code;
	if (code.n > 0)
		segment_join(r, SEG_RESULT_CODES, " | ");
	segment_add(r, SEG_RESULT_CODES, code);
	segment_join(r, SEG_RESULTS, " | ");
	segment_add(r, SEG_RESULTS, text);
	if (text.n > 0 && span_trim(field_of(seg, OBX_VALUE)).n > 0)
		segment_join(r, SEG_RESULTS, ": ");
	add_value(r, seg);
	for (size_t i = 0; i < COUNT_OF(behind); i++) {
		struct span s = field_of(seg, behind[i]);

		s = span_trim(segment_part(&s, sign));
		if (s.n == 0)
			continue;
		segment_join(r, SEG_RESULTS, " ");
		segment_add(r, SEG_RESULTS, s);
	}
}
