/* FHIR says what a value is in a value beside it: a telecom is a phone by its
 * system, a name a maiden name by its use, an identifier a NIR by the address
 * of its system. Here such objects get names, so that each has its column.
 * Source: HL7 FHIR R4 and R5, Patient, RelatedPerson, Practitioner, Bundle;
 * identifier systems of the French core profile (Interop'Sante). */
#include "format/json/json_impl.h"

enum { MEMBERS_LOOK = 8 /* resourceType is one of the first */ };

struct name {
	const char *is;
	const char *called;
};

/* Ends of the address of an identifier's system, and codes of its type. */
static const struct name systems[] = {
	{"1.2.250.1.213.1.4.8", "nir"},  /* INS-NIR */
	{"1.2.250.1.213.1.4.9", "nir"},  /* INS-NIA */
	{"1.2.250.1.213.1.4.10", "nir"}, /* of the test register */
	{"1.2.250.1.213.1.4.11", "nir"}, /* of the demonstration */
	{"INS-NIR", "nir"},
	{"INS-NIA", "nir"},
	{"INS-NIR-TEST", "nir"},
	{"INS-NIR-DEMO", "nir"},
	{"NIR", "nir"},
	{"1.2.250.1.71.4.2.1", "rpps"},
	{"RPPS", "rpps"},
	{"IDNPS", "rpps"},
	{"1.2.250.1.71.4.2.2", "finess"},
	{"FINESS", "finess"},
	{"FINEG", "finess"},
	{"FINEJ", "finess"},
	{"ADELI", "adeli"},
	{"SIREN", "siren"},
	{"SIRET", "siret"},
	{"us-ssn", "ssn"},
	{"nhs-number", "nhs"},
	{"kvnr", "kvnr"},
};

static const struct name telecoms[] = {
	{"phone", "phone"}, {"sms", "phone"}, {"email", "email"},
	{"fax", "fax"},     {"url", "url"},   {"pager", "pager"},
};

/* Paths whose columns have a shorter or better known name. */
static const struct name headers[] = {
	{"name.family", "family"},
	{"name.given", "given"},
	{"name.prefix", "prefix"},
	{"name.suffix", "suffix"},
	{"maiden.family", "maiden"},
	{"address.line", "street"},
	{"address.city", "city"},
	{"address.postalCode", "postalCode"},
	{"address.country", "country"},
	{"address.state", "state"},
	{"address.district", "district"},
	{"managingOrganization.display", "organization"},
	{"subject.reference", "subject"},
	{"patient.reference", "patient"},
	{"performer.reference", "performer"},
	{"asserter.reference", "asserter"},
	{"code.coding.code", "code"},
	{"code.coding.display", "code.display"},
	{"valueString", "value"},
	{"valueQuantity.value", "value"},
	{"valueQuantity.unit", "unit"},
	{"valueInteger", "value"},
	{"valueBoolean", "value"},
	{"valueDateTime", "value"},
	{"valueCodeableConcept.coding.code", "value.code"},
	{"valueCodeableConcept.coding.display", "value.display"},
	{"valueCodeableConcept.text", "value.text"},
	{"effectiveDateTime", "effective"},
	{"effectivePeriod.start", "effective"},
	{"onsetDateTime", "onset"},
	{"clinicalStatus.coding.code", "status"},
	{"note.text", "note"},
};

/* Made-up resources that have what their types may be expected to have, so that
 * there are columns for it even if the first thousand have not. */
static const struct name models[] = {
	{"Patient",
	 "{'id':1,'identifier':[{'system':'NIR','value':1},{'value':1}],"
	 "'name':[{'family':1,'given':1},{'use':'maiden','family':1}],"
	 "'birthDate':1,'gender':1,'telecom':[{'system':'phone','value':1},"
	 "{'system':'phone','value':1},{'system':'email','value':1}],"
	 "'address':[{'line':1,'city':1,'postalCode':1,'country':1}]}"},
	{"RelatedPerson",
	 "{'id':1,'name':[{'family':1,'given':1},{'use':'maiden','family':1}],"
	 "'birthDate':1,'gender':1,'telecom':[{'system':'phone','value':1},"
	 "{'system':'phone','value':1},{'system':'email','value':1}],"
	 "'address':[{'line':1,'city':1,'postalCode':1,'country':1}]}"},
	{"Practitioner",
	 "{'id':1,'identifier':[{'system':'RPPS','value':1},{'value':1}],"
	 "'name':[{'family':1,'given':1}],'telecom':[{'system':'phone',"
	 "'value':1},{'system':'email','value':1}]}"},
	{"Observation",
	 "{'id':1,'subject':{'reference':1},'code':{'coding':{'code':1,"
	 "'display':1},'text':1},'note':{'text':1}}"},
	{"Condition",
	 "{'id':1,'subject':{'reference':1},'code':{'coding':{'code':1,"
	 "'display':1},'text':1},'note':{'text':1}}"},
};

static const char *
called(const struct name *names, size_t n, struct span s)
{
	for (size_t i = 0; i < n; i++)
		if (span_is(s, names[i].is))
			return names[i].called;
	return NULL;
}

/** What stands behind the last of a system's separators. */
static struct span
last_part(struct span s)
{
	size_t i = s.n;

	while (i > 0 && !byte_in(s.p[i - 1], ":/#"))
		i--;
	return i > 0 ? (struct span){s.p + i, s.n - i} : s;
}

/** The text of the string under ${key}. n 0: there is none. */
static struct span
string_of(const struct json_tape *t, uint32_t i, const char *key)
{
	const uint32_t v = json_get(t, i, key);

	if (v == JSON_NONE || t->t[v].kind != JSON_STRING)
		return (struct span){0};
	return json_text(t, v);
}

/** The value of ${key} among the first members of object ${i}. */
static uint32_t
look_for(const struct json_tape *t, uint32_t i, const char *key)
{
	const uint32_t end = t->t[i].next;
	uint32_t seen = 0;

	for (uint32_t k = i + 1; k + 1 < end && seen < MEMBERS_LOOK;
	     k = t->t[k + 1].next, seen++)
		if (span_is(json_text(t, k), key))
			return k + 1;
	return JSON_NONE;
}

uint32_t
json_fhir_type(const struct json_tape *t, uint32_t i)
{
	if (t->t[i].kind != JSON_OBJECT)
		return JSON_NONE;
	uint32_t type = look_for(t, i, "resourceType");

	if (type == JSON_NONE) {
		const uint32_t resource = look_for(t, i, "resource");

		if (resource != JSON_NONE && t->t[resource].kind == JSON_OBJECT)
			type = look_for(t, resource, "resourceType");
	}
	return type != JSON_NONE && t->t[type].kind == JSON_STRING ? type
								   : JSON_NONE;
}

static const char *
identifier_name(const struct json_tape *t, uint32_t i)
{
	const struct span system = last_part(string_of(t, i, "system"));
	const char *name = called(systems, COUNT_OF(systems), system);

	if (name != NULL)
		return name;
	const uint32_t type = json_get(t, i, "type");
	const uint32_t coding =
		type != JSON_NONE ? json_get(t, type, "coding") : JSON_NONE;

	if (coding != JSON_NONE && t->t[coding].next > coding + 1)
		name = called(systems, COUNT_OF(systems),
			      string_of(t, coding + 1, "code"));
	return name != NULL ? name : "identifier";
}

struct span
json_fhir_place(const struct json_tape *t, struct span key, uint32_t i)
{
	const char *name;

	if (span_is(key, "telecom")) {
		name = called(telecoms, COUNT_OF(telecoms),
			      string_of(t, i, "system"));
		return span_str(name != NULL ? name : "telecom");
	}
	if (span_is(key, "identifier"))
		return span_str(identifier_name(t, i));
	if (span_is(key, "name"))
		return span_is(string_of(t, i, "use"), "maiden")
			       ? SPAN_LIT("maiden")
			       : SPAN_LIT("name");
	if (span_is(key, "address"))
		return SPAN_LIT("address");
	if (span_is(key, "extension"))
		return last_part(string_of(t, i, "url"));
	return (struct span){0};
}

struct span
json_fhir_model(struct span type)
{
	const char *model = called(models, COUNT_OF(models), type);

	return model != NULL ? span_str(model) : (struct span){0};
}

bool
json_fhir_drops(struct span key)
{
	static const char *const said[] = {"system", "use",  "rank",
					   "url",    "type", "assigner"};

	for (size_t i = 0; i < COUNT_OF(said); i++)
		if (span_is(key, said[i]))
			return true;
	return false;
}

struct span
json_fhir_header(struct span path)
{
	static const char value[] = ".value";
	const size_t n = sizeof(value) - 1;
	const char *name = called(headers, COUNT_OF(headers), path);

	if (name != NULL)
		return span_str(name);
	/* "phone.value", "managingOrganization.finess.value" */
	if (path.n > n && span_is((struct span){path.p + path.n - n, n}, value))
		path.n -= n;
	return path;
}
