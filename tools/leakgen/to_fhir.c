/*
 * leakgen: FHIR R4, a resource a line: a Patient for each visit, then its
 * Observations, which hold the tests and the comments.
 *
 * Source   HL7 FHIR R4; identifiers as the French core profile writes them.
 */
#include "json.h"

#define OID_NIR "urn:oid:1.2.250.1.213.1.4.8"
#define OID_RPPS "urn:oid:1.2.250.1.71.4.2.1"
#define OID_FINESS "urn:oid:1.2.250.1.71.4.2.2"

static const uint8_t columns[] = {
	COLUMN_LAB_FINESS,
	COLUMN_LAB_NAME,
	COLUMN_DOSSIER,
	COLUMN_SAMPLE_DATE,
	COLUMN_CIVILITY,
	COLUMN_USED,
	COLUMN_BIRTH,
	COLUMN_GIVEN,
	COLUMN_BIRTH_DATE,
	COLUMN_SEX,
	COLUMN_NIR,
	COLUMN_STREET,
	COLUMN_EXTRA,
	COLUMN_POSTCODE,
	COLUMN_CITY,
	COLUMN_HOME_PHONE,
	COLUMN_MOBILE,
	COLUMN_OTHER_PHONE,
	COLUMN_MAIL,
	COLUMN_BLOOD,
	COLUMN_INSURED_FAMILY,
	COLUMN_INSURED_GIVEN,
	COLUMN_DOCTOR_FAMILY,
	COLUMN_DOCTOR_GIVEN,
	COLUMN_DOCTOR_RPPS,
	COLUMN_ANALYSES,
	COLUMN_COMMENT_PATIENT,
	COLUMN_COMMENT_CLINICAL,
	COLUMN_COMMENT_DOSSIER,
	COLUMN_FASTING,
	COLUMNS_MAX,
};

/* A record while it is written. */
struct resource {
	struct writer *w;
	struct text *t;
	const struct cell *cells;
};

static struct cell
cell(const struct resource *r, enum column_id id)
{
	return writer_cell(r->w, r->cells, id);
}

static bool
has(const struct resource *r, enum column_id id)
{
	return cell(r, id).n != 0;
}

/* A comma goes between what stands in an object or array. */
static void
put_comma(struct text *t)
{
	const uint8_t last = t->n > 0 ? t->p[t->n - 1] : '{';

	if (last != '{' && last != '[' && last != '\n' && last != '\r')
		text_byte(t, ',');
}

static void
open_in(struct text *t, const char *opening)
{
	put_comma(t);
	text_ascii(t, opening);
}

/* "${key}": "${cell}", if there is anything in the cell. */
static void
put_member(const struct resource *r, const char *key, enum column_id id)
{
	if (!has(r, id))
		return;
	open_in(r->t, "\"");
	text_ascii(r->t, key);
	text_ascii(r->t, "\":");
	json_string(r->t, cell(r, id));
}

static void
put_item(const struct resource *r, enum column_id id)
{
	if (!has(r, id))
		return;
	put_comma(r->t);
	json_string(r->t, cell(r, id));
}

static void
put_day(const struct resource *r, const char *key, enum column_id id)
{
	if (!has(r, id))
		return;
	open_in(r->t, "\"");
	text_ascii(r->t, key);
	text_ascii(r->t, "\":\"");
	writer_date(r->t, cell(r, id), "-");
	text_byte(r->t, '"');
}

static void
put_name(const struct resource *r, const char *use, enum column_id family)
{
	if (!has(r, family))
		return;
	open_in(r->t, "{\"use\":\"");
	text_ascii(r->t, use);
	text_byte(r->t, '"');
	put_member(r, "family", family);
	if (has(r, COLUMN_GIVEN)) {
		open_in(r->t, "\"given\":[");
		put_item(r, COLUMN_GIVEN);
		text_byte(r->t, ']');
	}
	if (has(r, COLUMN_CIVILITY)) {
		open_in(r->t, "\"prefix\":[");
		put_item(r, COLUMN_CIVILITY);
		text_byte(r->t, ']');
	}
	text_byte(r->t, '}');
}

static void
put_contact_point(const struct resource *r, const char *what, enum column_id id)
{
	if (!has(r, id))
		return;
	open_in(r->t, what);
	put_member(r, "value", id);
	text_byte(r->t, '}');
}

static void
put_address(const struct resource *r)
{
	if (!has(r, COLUMN_STREET) && !has(r, COLUMN_EXTRA) &&
	    !has(r, COLUMN_CITY) && !has(r, COLUMN_POSTCODE))
		return;
	open_in(r->t, "\"address\":[{\"use\":\"home\"");
	if (has(r, COLUMN_STREET) || has(r, COLUMN_EXTRA)) {
		open_in(r->t, "\"line\":[");
		put_item(r, COLUMN_STREET);
		put_item(r, COLUMN_EXTRA);
		text_byte(r->t, ']');
	}
	put_member(r, "city", COLUMN_CITY);
	put_member(r, "postalCode", COLUMN_POSTCODE);
	open_in(r->t, "\"country\":\"FR\"}]");
}

static void
put_insured(const struct resource *r)
{
	if (!has(r, COLUMN_INSURED_FAMILY))
		return;
	open_in(r->t, "\"contact\":[{\"relationship\":[{\"text\":\"Assure\"}],"
		      "\"name\":{");
	put_member(r, "family", COLUMN_INSURED_FAMILY);
	if (has(r, COLUMN_INSURED_GIVEN)) {
		open_in(r->t, "\"given\":[");
		put_item(r, COLUMN_INSURED_GIVEN);
		text_byte(r->t, ']');
	}
	text_ascii(r->t, "}}]");
}

static void
put_identifier(const struct resource *r, const char *system, enum column_id id)
{
	if (!has(r, id))
		return;
	open_in(r->t, "\"identifier\":{\"system\":\"");
	text_ascii(r->t, system);
	text_byte(r->t, '"');
	put_member(r, "value", id);
	text_byte(r->t, '}');
}

static void
put_doctor(const struct resource *r)
{
	if (!has(r, COLUMN_DOCTOR_RPPS) && !has(r, COLUMN_DOCTOR_FAMILY))
		return;
	open_in(r->t, "\"generalPractitioner\":[{");
	put_identifier(r, OID_RPPS, COLUMN_DOCTOR_RPPS);
	if (has(r, COLUMN_DOCTOR_FAMILY)) {
		/* Both are without anything that JSON would escape. */
		const struct cell family = cell(r, COLUMN_DOCTOR_FAMILY);
		const struct cell given = cell(r, COLUMN_DOCTOR_GIVEN);
		open_in(r->t, "\"display\":\"");
		text_put(r->t, family.p, family.n);
		if (given.n != 0)
			text_byte(r->t, ' ');
		text_put(r->t, given.p, given.n);
		text_byte(r->t, '"');
	}
	text_ascii(r->t, "}]");
}

static void
put_sex(const struct resource *r)
{
	if (!has(r, COLUMN_SEX))
		return;
	open_in(r->t, cell(r, COLUMN_SEX).p[0] == 'M'
			      ? "\"gender\":\"male\""
			      : "\"gender\":\"female\"");
}

/* The name of a list, its members, its end. */
static void
put_names(const struct resource *r)
{
	if (!has(r, COLUMN_USED) && !has(r, COLUMN_BIRTH))
		return;
	open_in(r->t, "\"name\":[");
	put_name(r, "usual", COLUMN_USED);
	put_name(r, "official", COLUMN_BIRTH);
	text_byte(r->t, ']');
}

static void
put_contact_points(const struct resource *r)
{
	if (!has(r, COLUMN_HOME_PHONE) && !has(r, COLUMN_MOBILE) &&
	    !has(r, COLUMN_OTHER_PHONE) && !has(r, COLUMN_MAIL))
		return;
	open_in(r->t, "\"telecom\":[");
	put_contact_point(r, "{\"system\":\"phone\",\"use\":\"home\"",
			  COLUMN_HOME_PHONE);
	put_contact_point(r, "{\"system\":\"phone\",\"use\":\"mobile\"",
			  COLUMN_MOBILE);
	put_contact_point(r, "{\"system\":\"phone\"", COLUMN_OTHER_PHONE);
	put_contact_point(r, "{\"system\":\"email\"", COLUMN_MAIL);
	text_byte(r->t, ']');
}

static void
put_patient(const struct resource *r)
{
	text_ascii(r->t, "{\"resourceType\":\"Patient\",\"id\":\"p");
	text_number(r->t, r->w->records + 1);
	text_byte(r->t, '"');
	if (has(r, COLUMN_NIR)) {
		open_in(r->t, "\"identifier\":[{\"use\":\"official\",\"type\":{"
			      "\"coding\":[{\"code\":\"INS-NIR\"}]},"
			      "\"system\":\"" OID_NIR "\"");
		put_member(r, "value", COLUMN_NIR);
		text_ascii(r->t, "}]");
	}
	put_names(r);
	put_contact_points(r);
	put_sex(r);
	put_day(r, "birthDate", COLUMN_BIRTH_DATE);
	put_address(r);
	put_insured(r);
	put_doctor(r);
	if (has(r, COLUMN_LAB_FINESS) || has(r, COLUMN_LAB_NAME)) {
		open_in(r->t, "\"managingOrganization\":{");
		put_identifier(r, OID_FINESS, COLUMN_LAB_FINESS);
		put_member(r, "display", COLUMN_LAB_NAME);
		text_byte(r->t, '}');
	}
	text_byte(r->t, '}');
	writer_lines(r->w, "\n");
}

static void
put_observations(const struct resource *r)
{
	static const struct {
		enum column_id id;
		const char *code;
	} kinds[] = {
		{COLUMN_ANALYSES, "\"text\":\"Analyses demandees\""},
		{COLUMN_BLOOD,
		 "\"coding\":[{\"system\":\"http://loinc.org\",\"code\":"
		 "\"882-1\"}],\"text\":\"Groupe sanguin\""},
		{COLUMN_FASTING, "\"text\":\"A jeun\""},
		{COLUMN_COMMENT_PATIENT, "\"text\":\"Commentaire patient\""},
		{COLUMN_COMMENT_CLINICAL,
		 "\"text\":\"Renseignements cliniques\""},
		{COLUMN_COMMENT_DOSSIER, "\"text\":\"Commentaire dossier\""},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!has(r, kinds[i].id))
			continue;
		text_ascii(r->t,
			   "{\"resourceType\":\"Observation\",\"id\":\"o");
		text_number(r->t, r->w->records + 1);
		text_byte(r->t, '-');
		text_number(r->t, i + 1);
		text_byte(r->t, '"');
		if (has(r, COLUMN_DOSSIER)) {
			open_in(r->t, "\"identifier\":[{");
			put_member(r, "value", COLUMN_DOSSIER);
			text_ascii(r->t, "}]");
		}
		open_in(r->t, "\"status\":\"final\",\"code\":{");
		text_ascii(r->t, kinds[i].code);
		text_ascii(r->t, "},\"subject\":{\"reference\":\"Patient/p");
		text_number(r->t, r->w->records + 1);
		text_ascii(r->t, "\"}");
		put_day(r, "effectiveDateTime", COLUMN_SAMPLE_DATE);
		put_member(r, "valueString", kinds[i].id);
		text_byte(r->t, '}');
		writer_lines(r->w, "\n");
	}
}

static void
record(struct writer *w, const struct cell *cells)
{
	const struct resource r = {.w = w, .t = &w->line, .cells = cells};

	put_patient(&r);
	put_observations(&r);
}

const struct format to_fhir = {
	.name = "fhir",
	.charset = "utf8",
	.newline = "\n",
	.charsets = json_charsets,
	.columns = columns,
	.record = record,
};
