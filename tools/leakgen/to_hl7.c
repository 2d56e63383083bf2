/*
 * leakgen: HL7 version 2.5, an observation report (ORU^R01) for each visit.
 *
 * Source   HL7 2.5 chapters 2, 3 and 7; the NIR and the RPPS as the French
 *          profile of IHE PAM writes them (National Extension, 2020).
 */
#include "segments.h"

#define INS_NIR "ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.8&ISO"
#define RPPS "ASIP-SANTE-PS&1.2.250.1.71.4.2.1&ISO"

static const char *const charsets[][2] = {
	{"latin1", "8859/1"},
	{"latin9", "8859/15"},
	{"utf8", "UNICODE UTF-8"},
	{"utf8-bom", "UNICODE UTF-8"},
	/* These have no name in table 0211: the field stays empty. */
	{"cp1252", ""},
	{"cp850", ""},
	{"macroman", ""},
	{NULL, NULL},
};

static const uint8_t columns[] = {
	COLUMN_LAB_FINESS,
	COLUMN_LAB_NAME,
	COLUMN_DOSSIER,
	COLUMN_SAMPLE_DATE,
	COLUMN_SAMPLE_TIME,
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
	COLUMN_LINK,
	COLUMN_DOCTOR_FAMILY,
	COLUMN_DOCTOR_GIVEN,
	COLUMN_DOCTOR_RPPS,
	COLUMN_PRESCRIBED,
	COLUMN_PRESCRIBER_RPPS,
	COLUMN_ANALYSES,
	COLUMN_COMMENT_PATIENT,
	COLUMN_COMMENT_CLINICAL,
	COLUMN_COMMENT_DOSSIER,
	COLUMN_FASTING,
	COLUMN_CREATED,
	COLUMN_REQUEST,
	COLUMN_VALIDATED,
	COLUMN_SERVICE,
	COLUMNS_MAX,
};

static const char *const escapes[128] = {
	['|'] = "\\F\\", ['^'] = "\\S\\",  ['&'] = "\\T\\",
	['~'] = "\\R\\", ['\\'] = "\\E\\", ['\n'] = "\\.br\\",
};

static const struct segment_marks marks = {
	.component = '^', .repetition = '~', .first = 0, .escapes = escapes};

static const struct segment_place pid[] = {
	SEGMENT_TEXT(1, 0, 1, SEGMENT_ALWAYS, "1"),
	SEGMENT_CELL(3, 0, 1, COLUMN_NIR),
	SEGMENT_TEXT(3, 0, 4, COLUMN_NIR, INS_NIR),
	SEGMENT_TEXT(3, 0, 5, COLUMN_NIR, "INS"),
	/* The legal name is that of birth; the other is the usual one. */
	SEGMENT_CELL(5, 0, 1, COLUMN_BIRTH),
	SEGMENT_CELL_IF(5, 0, 2, COLUMN_BIRTH, COLUMN_GIVEN),
	SEGMENT_CELL_IF(5, 0, 5, COLUMN_BIRTH, COLUMN_CIVILITY),
	SEGMENT_TEXT(5, 0, 7, COLUMN_BIRTH, "L"),
	SEGMENT_CELL(5, 1, 1, COLUMN_USED),
	SEGMENT_CELL(5, 1, 2, COLUMN_GIVEN),
	SEGMENT_CELL(5, 1, 5, COLUMN_CIVILITY),
	SEGMENT_TEXT(5, 1, 7, COLUMN_USED, "D"),
	SEGMENT_CELL(7, 0, 1, COLUMN_BIRTH_DATE),
	SEGMENT_CELL(8, 0, 1, COLUMN_SEX),
	SEGMENT_CELL(11, 0, 1, COLUMN_STREET),
	SEGMENT_CELL(11, 0, 2, COLUMN_EXTRA),
	SEGMENT_CELL(11, 0, 3, COLUMN_CITY),
	SEGMENT_CELL(11, 0, 5, COLUMN_POSTCODE),
	SEGMENT_TEXT(11, 0, 6, COLUMN_CITY, "FRA"),
	SEGMENT_TEXT(11, 0, 7, COLUMN_CITY, "H"),
	SEGMENT_CELL(13, 0, 1, COLUMN_HOME_PHONE),
	SEGMENT_TEXT(13, 0, 2, COLUMN_HOME_PHONE, "PRN"),
	SEGMENT_TEXT(13, 0, 3, COLUMN_HOME_PHONE, "PH"),
	SEGMENT_CELL(13, 1, 1, COLUMN_MOBILE),
	SEGMENT_TEXT(13, 1, 2, COLUMN_MOBILE, "PRN"),
	SEGMENT_TEXT(13, 1, 3, COLUMN_MOBILE, "CP"),
	SEGMENT_CELL(13, 2, 1, COLUMN_OTHER_PHONE),
	SEGMENT_TEXT(13, 2, 2, COLUMN_OTHER_PHONE, "ORN"),
	SEGMENT_TEXT(13, 2, 3, COLUMN_OTHER_PHONE, "PH"),
	SEGMENT_TEXT(13, 3, 2, COLUMN_MAIL, "NET"),
	SEGMENT_TEXT(13, 3, 3, COLUMN_MAIL, "Internet"),
	SEGMENT_CELL(13, 3, 4, COLUMN_MAIL),
	SEGMENT_CELL(18, 0, 1, COLUMN_DOSSIER),
	SEGMENT_TEXT(18, 0, 5, COLUMN_DOSSIER, "AN"),
	SEGMENT_END,
};

static const struct segment_place nk1[] = {
	SEGMENT_TEXT(1, 0, 1, SEGMENT_ALWAYS, "1"),
	SEGMENT_CELL(2, 0, 1, COLUMN_INSURED_FAMILY),
	SEGMENT_CELL(2, 0, 2, COLUMN_INSURED_GIVEN),
	SEGMENT_CELL(3, 0, 1, COLUMN_LINK),
	SEGMENT_TEXT(3, 0, 2, SEGMENT_ALWAYS, "Assure"),
	SEGMENT_END,
};

static const struct segment_place pv1[] = {
	SEGMENT_TEXT(1, 0, 1, SEGMENT_ALWAYS, "1"),
	SEGMENT_TEXT(2, 0, 1, SEGMENT_ALWAYS, "O"),
	SEGMENT_CELL(3, 0, 1, COLUMN_SERVICE),
	SEGMENT_CELL(7, 0, 1, COLUMN_DOCTOR_RPPS),
	SEGMENT_CELL(7, 0, 2, COLUMN_DOCTOR_FAMILY),
	SEGMENT_CELL(7, 0, 3, COLUMN_DOCTOR_GIVEN),
	SEGMENT_TEXT(7, 0, 9, COLUMN_DOCTOR_RPPS, RPPS),
	SEGMENT_TEXT(7, 0, 13, COLUMN_DOCTOR_RPPS, "RPPS"),
	SEGMENT_END,
};

static const struct segment_place obr[] = {
	SEGMENT_TEXT(1, 0, 1, SEGMENT_ALWAYS, "1"),
	SEGMENT_CELL(3, 0, 1, COLUMN_REQUEST),
	SEGMENT_TEXT(4, 0, 1, SEGMENT_ALWAYS, "BIO^Biologie medicale^L"),
	SEGMENT_CELL(6, 0, 1, COLUMN_PRESCRIBED),
	SEGMENT_CELL(7, 0, 1, COLUMN_SAMPLE_DATE),
	SEGMENT_CELL(7, 0, 1, COLUMN_SAMPLE_TIME),
	SEGMENT_CELL(13, 0, 1, COLUMN_COMMENT_CLINICAL),
	SEGMENT_CELL(16, 0, 1, COLUMN_PRESCRIBER_RPPS),
	SEGMENT_TEXT(16, 0, 9, COLUMN_PRESCRIBER_RPPS, RPPS),
	SEGMENT_TEXT(16, 0, 13, COLUMN_PRESCRIBER_RPPS, "RPPS"),
	SEGMENT_CELL(22, 0, 1, COLUMN_VALIDATED),
	SEGMENT_TEXT(25, 0, 1, SEGMENT_ALWAYS, "F"),
	SEGMENT_END,
};

static void
put_header(struct segment *s)
{
	const struct layout *l = s->w->layout;
	static const struct segment_place facility[] = {
		SEGMENT_CELL(4, 0, 1, COLUMN_LAB_NAME),
		SEGMENT_CELL(4, 0, 2, COLUMN_LAB_FINESS),
		SEGMENT_TEXT(4, 0, 3, COLUMN_LAB_FINESS, "L"),
		SEGMENT_END,
	};

	/* The separator itself is the first field. */
	segment_begin(s, "MSH|^~\\&");
	s->field = 2;
	segment_text(s, 3, "SIL");
	segment_places(s, facility);
	segment_text(s, 5, "DPI");
	segment_text(s, 6, "CABINET");
	segment_cell(s, 7, COLUMN_CREATED);
	segment_text(s, 9, "ORU^R01^ORU_R01");
	segment_number(s, 10, s->w->records + 1);
	segment_text(s, 11, "P");
	segment_text(s, 12, "2.5");
	segment_text(s, 17, "FRA");
	segment_text(s, 18, writer_called(&to_hl7, l->charset));
	segment_end(s);
}

static void
put_segment(struct segment *s, const char *name,
	    const struct segment_place *places)
{
	segment_begin(s, name);
	segment_places(s, places);
	segment_end(s);
}

static const struct segment_result results[] = {
	{"ANALYSES^Analyses demandees^L", COLUMN_ANALYSES},
	{"882-1^ABO and Rh group [Type] in Blood^LN", COLUMN_BLOOD},
	{"JEUN^A jeun^L", COLUMN_FASTING},
};

static void
record(struct writer *w, const struct cell *cells)
{
	struct segment s = {.w = w, .cells = cells, .marks = &marks};

	put_header(&s);
	put_segment(&s, "PID", pid);
	segment_note(&s, "NTE", COLUMN_COMMENT_PATIENT);
	if (segment_has(&s, COLUMN_INSURED_FAMILY) ||
	    segment_has(&s, COLUMN_LINK))
		put_segment(&s, "NK1", nk1);
	put_segment(&s, "PV1", pv1);
	put_segment(&s, "OBR", obr);
	segment_note(&s, "NTE", COLUMN_COMMENT_DOSSIER);
	segment_results(&s, results, sizeof(results) / sizeof(results[0]));
}

const struct format to_hl7 = {
	.name = "hl7",
	.charset = "latin1",
	.newline = "\r",
	.charsets = charsets,
	.columns = columns,
	.record = record,
};
