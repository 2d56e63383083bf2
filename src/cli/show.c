/* From what a scan counted to how grave it is. */
#include "cli/show.h"

/* People with any of two kinds: the larger number is the least there can be. */
static uint64_t
more(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* People with a value of ${k}; records, if people were not counted. */
static uint64_t
with(const struct outcome *o, enum kind_id k)
{
	return o->people->known ? o->people->kinds[k]
				: o->scan->kinds[k].findings;
}

void
show_judge(struct outcome *o)
{
	const uint64_t family =
		more(with(o, KIND_NAME_FAMILY), with(o, KIND_NAME_BIRTH));
	const uint64_t given = with(o, KIND_NAME_GIVEN);
	struct severity_facts f = {
		.people = o->people->known ? o->people->people : o->scan->rows,
		.full_name = more(with(o, KIND_NAME_FULL),
				  family < given ? family : given),
		.birth_date = with(o, KIND_BIRTH_DATE),
		.national_id = with(o, KIND_FR_NIR),
		.email = with(o, KIND_EMAIL),
		.phone = with(o, KIND_PHONE),
		.address = with(o, KIND_ADDRESS_STREET),
		.health_other = more(with(o, KIND_BLOOD_GROUP),
				     with(o, KIND_HEALTH_NOTE)),
		.bank = with(o, KIND_IBAN),
		.passwords = o->scan->pairs,
	};

	for (unsigned t = 0; t < TOPIC_COUNT; t++) {
		f.health_said += o->scan->topics[t].said;
		f.health_tested += o->scan->topics[t].tested;
	}
	severity_judge(&f, &o->severity);
}

static void
add_reasons(const struct severity_factor *f, bool french, json_t *list)
{
	for (size_t i = 0; i < f->n_reasons; i++)
		(void)json_array_append_new(
			list, json_string(severity_reason_text(f->reasons[i],
							       french)));
}

void
show_reasons(const struct severity *v, bool french, json_t *list)
{
	add_reasons(&v->dpc, french, list);
	add_reasons(&v->ei, french, list);
	add_reasons(&v->cb, french, list);
	if (v->many)
		(void)json_array_append_new(
			list, json_string(french ? "plus de 100 personnes"
						 : "more than 100 people"));
}

uint64_t
show_holder_people(const struct people_result *p, const struct wire_holder *h)
{
	for (size_t i = 0; i < p->n_holders; i++)
		if (p->holders[i].code == h->code &&
		    p->holders[i].kind == h->kind)
			return p->holders[i].people;
	return 0;
}
