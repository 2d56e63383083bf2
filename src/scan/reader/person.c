/* Who a record is about, gathered value by value. */
#include "detect/birthdate/birthdate.h"
#include "detect/credential/credential.h"
#include "detect/name/name.h"
#include "detect/nir/nir.h"
#include "detect/sex/sex.h"
#include "scan/reader/reader_impl.h"

#include <string.h>

void
person_begin(struct person *p, uint32_t record)
{
	memset(p, 0, sizeof(*p));
	p->m.record = record;
	p->m.role = ROLE_PATIENT;
}

static struct span
norm_span(const struct norm *n)
{
	return (struct span){n->p, n->n};
}

/* The first text of its kind stays. */
static void
take_text(const struct reading *g, struct person *p, enum mention_text which,
	  struct span text)
{
	if (p->m.text[which] == 0 && g->job->mentions != 0)
		p->m.text[which] = mention_writer_text(g->r->mentions, text);
}

static void
take_phone(struct mention *m, struct span norm)
{
	if (norm.n > 15)
		return;
	uint64_t phone = number(norm.p, norm.n);
	for (size_t i = 0; i < COUNT_OF(m->phone); i++) {
		if (m->phone[i] == phone)
			return;
		if (m->phone[i] != 0 && m->phone[i] < phone)
			continue;
		/* Keep them sorted, the smallest first. */
		const uint64_t next = m->phone[i];
		m->phone[i] = phone;
		if (next == 0)
			return;
		phone = next;
	}
}

/* The thirteen digits as the key counts them: 2A is 19, 2B is 18. */
static uint64_t
nir_number(struct span norm)
{
	uint8_t d[NIR_BODY];

	if (norm.n < NIR_BODY)
		return 0;
	memcpy(d, norm.p, sizeof(d));
	if (d[6] == 'A' || d[6] == 'B') {
		d[5] = '1';
		d[6] = d[6] == 'A' ? '9' : '8';
	}
	return all_digits(d, sizeof(d)) ? number(d, sizeof(d)) : 0;
}

static void
take_nir(struct mention *m, enum kind_verdict v, struct span norm,
	 struct span cell)
{
	struct nir nir;

	if (m->nir != 0)
		return;
	m->nir = nir_number(norm);
	m->nir_state = NIR_GOOD;
	if (v != KIND_VALID)
		m->nir_state = nir_parse(cell, &nir) != KIND_NO && nir.has_key
				       ? NIR_WRONG_KEY
				       : NIR_BARE;
}

static void
take_full_name(const struct reading *g, struct person *p, bool given_first,
	       struct span cell)
{
	struct name_full full;

	if (!name_full_split(cell, given_first, &full)) {
		take_text(g, p, MENTION_FAMILY, norm_span(&full.family));
		return;
	}
	take_text(g, p, MENTION_FAMILY, norm_span(&full.family));
	take_text(g, p, MENTION_BIRTH, norm_span(&full.birth));
	take_text(g, p, MENTION_GIVEN, norm_span(&full.given));
	if (p->m.sex == 0)
		p->m.sex = full.sex;
}

static void
take_sex(struct mention *m, struct span norm)
{
	if (m->sex == 0 && norm.n == 1)
		m->sex = norm.p[0] == 'M'   ? SEX_MALE
			 : norm.p[0] == 'F' ? SEX_FEMALE
					    : SEX_UNKNOWN;
}

static void
take_birth(struct mention *m, struct span norm)
{
	if (m->birth_date == 0 && norm.n == 8)
		m->birth_date = (uint32_t)number(norm.p, 8);
}

static void
take_secret(const struct reading *g, struct person *p, struct span cell)
{
	struct hash_guess guess;

	p->has_secret = true;
	if (hash_guess(cell, &guess) == KIND_VALID)
		g->t->head.hashes[guess.likely]++;
}

enum mention_text
person_text(enum kind_id kind)
{
	static const uint8_t texts[KIND_COUNT] = {
		[KIND_NAME_FAMILY] = MENTION_FAMILY + 1,
		[KIND_NAME_BIRTH] = MENTION_BIRTH + 1,
		[KIND_NAME_GIVEN] = MENTION_GIVEN + 1,
		[KIND_ADDRESS_STREET] = MENTION_STREET + 1,
		[KIND_ADDRESS_POSTCODE] = MENTION_POSTCODE + 1,
		[KIND_ADDRESS_CITY] = MENTION_CITY + 1,
		[KIND_EMAIL] = MENTION_EMAIL + 1,
	};

	return texts[kind] == 0 ? MENTION_TEXTS
				: (enum mention_text)(texts[kind] - 1);
}

static void
take_patient(const struct reading *g, struct person *p,
	     const struct column_type *type, enum kind_verdict v,
	     struct span norm, struct span cell)
{
	const enum kind_id kind = type->kind;
	const enum mention_text text = person_text(kind);

	if (kind == KIND_EMAIL)
		p->login = cell;
	if (text != MENTION_TEXTS)
		take_text(g, p, text, norm);
	else if (kind == KIND_NAME_FULL)
		take_full_name(g, p, (type->flags & COLUMN_GIVEN_FIRST) != 0,
			       cell);
	else if (kind == KIND_BIRTH_DATE)
		take_birth(&p->m, norm);
	else if (kind == KIND_SEX)
		take_sex(&p->m, norm);
	else if (kind == KIND_PHONE)
		take_phone(&p->m, norm);
	else if (kind == KIND_FR_NIR)
		take_nir(&p->m, v, norm, cell);
	else if (kind == KIND_PASSWORD || kind == KIND_PASSWORD_HASH)
		take_secret(g, p, cell);
}

uint64_t
person_number(enum kind_id kind, struct span norm)
{
	if (kind == KIND_FR_FINESS)
		return code_pack(norm);
	if (kind == KIND_FR_RPPS)
		return norm.n <= 15 ? number(norm.p, norm.n) : 0;
	return kind == KIND_FR_SIRET && norm.n <= 14 ? number(norm.p, norm.n)
						     : 0;
}

static void
take_professional(struct mention *m, enum kind_id kind, uint64_t id)
{
	if (kind != KIND_FR_RPPS || id == 0)
		return;
	if (m->professional[0] == 0)
		m->professional[0] = id;
	else if (m->professional[0] != id && m->professional[1] == 0)
		m->professional[1] = id;
}

static void
take_holder(struct mention *m, enum kind_id kind, uint64_t code)
{
	if ((kind != KIND_FR_FINESS && kind != KIND_FR_SIRET) ||
	    m->holder_kind == KIND_FR_FINESS || code == 0)
		return;
	m->holder = code;
	m->holder_kind = (uint8_t)kind;
}

uint64_t
person_bit(const struct column_type *type)
{
	const bool patient =
		type->role == ROLE_NONE || type->role == ROLE_PATIENT;

	/* The name of an insurer says nothing of the person alone. */
	if ((patient && type->kind != KIND_ORGANISATION_NAME) ||
	    type->role == ROLE_INSURED)
		return UINT64_C(1) << type->kind;
	return 0;
}

void
person_keep(const struct reading *g, struct person *p,
	    const struct column_type *type, const struct person_value *value)
{
	const enum kind_id kind = type->kind;
	const enum kind_verdict v = value->verdict;

	switch ((enum role)type->role) {
	case ROLE_NONE:
	case ROLE_PATIENT:
		take_patient(g, p, type, v, value->norm, value->cell);
		break;
	case ROLE_INSURED:
		/* The insured's number tells a household, no more. */
		if (kind == KIND_FR_NIR)
			take_nir(&p->m, v, value->norm, value->cell);
		break;
	case ROLE_PROFESSIONAL:
		if (v == KIND_VALID)
			take_professional(&p->m, kind, value->number);
		break;
	case ROLE_ORGANISATION:
		if (v == KIND_VALID && (type->flags & COLUMN_HOLDER) != 0)
			take_holder(&p->m, kind, value->number);
		break;
	case ROLE_COUNT:
		break;
	}
}

void
person_take(const struct reading *g, struct person *p,
	    const struct column_type *type, enum kind_verdict v,
	    struct span norm, struct span cell)
{
	person_keep(g, p, type,
		    &(struct person_value){
			    .verdict = v,
			    .norm = norm,
			    .cell = cell,
			    .number = person_number(type->kind, norm),
		    });
}

static void
count_login(const struct reading *g, const struct person *p)
{
	struct tally *t = g->t;
	const uint8_t *at =
		p->login.n == 0 ? NULL : memchr(p->login.p, '@', p->login.n);

	t->head.pairs++;
	if (at == NULL)
		return;
	const struct span domain = {at + 1,
				    p->login.n - (size_t)(at + 1 - p->login.p)};
	tally_number(t, &t->domains, token64(&g->r->keys, domain));
}

void
person_end(const struct reading *g, struct person *p)
{
	struct tally *t = g->t;

	if (p->has_secret && p->login.n > 0)
		count_login(g, p);
	if (p->m.holder != 0)
		tally_holder(t, p->m.holder_kind, p->m.holder);
	if (p->m.kinds == 0 && p->m.professional[0] == 0)
		return;
	t->head.mentions++;
	if (g->job->mentions != 0 &&
	    mention_writer_add(g->r->mentions, &p->m) != RC_OK)
		t->full = true;
}
