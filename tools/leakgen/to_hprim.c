/*
 * leakgen: HPRIM Sante 2.1, a message (H to L) for each run of visits to one
 * laboratory. As many laboratories do, it puts the NIR into P.5 and the e-mail
 * address behind the phones. The number of a field counts the name as 1.
 *
 * Source   ASTM E1238; the field order as the libHprim grammar reads it.
 */
#include "segments.h"

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
	COLUMN_REQUEST,
	COLUMNS_MAX,
};

static const char *const escapes[128] = {
	['|'] = "\\F\\", ['~'] = "\\S\\",  ['&'] = "\\T\\",
	['^'] = "\\R\\", ['\\'] = "\\E\\", ['\n'] = " ",
};

static const struct segment_marks marks = {
	.component = '~', .repetition = '^', .first = 1, .escapes = escapes};

static const struct segment_place p[] = {
	SEGMENT_CELL(4, 0, 1, COLUMN_DOSSIER),
	SEGMENT_CELL(5, 0, 1, COLUMN_NIR),
	SEGMENT_CELL(6, 0, 1, COLUMN_USED),
	SEGMENT_CELL(6, 0, 2, COLUMN_GIVEN),
	SEGMENT_CELL(6, 0, 5, COLUMN_CIVILITY),
	SEGMENT_CELL(7, 0, 1, COLUMN_BIRTH),
	SEGMENT_CELL(8, 0, 1, COLUMN_BIRTH_DATE),
	SEGMENT_CELL(9, 0, 1, COLUMN_SEX),
	SEGMENT_CELL(11, 0, 1, COLUMN_STREET),
	SEGMENT_CELL(11, 0, 2, COLUMN_EXTRA),
	SEGMENT_CELL(11, 0, 3, COLUMN_CITY),
	SEGMENT_CELL(11, 0, 5, COLUMN_POSTCODE),
	SEGMENT_CELL(13, 0, 1, COLUMN_HOME_PHONE),
	SEGMENT_CELL(13, 1, 1, COLUMN_MOBILE),
	SEGMENT_CELL(13, 2, 1, COLUMN_OTHER_PHONE),
	SEGMENT_CELL(13, 3, 1, COLUMN_MAIL),
	SEGMENT_CELL(14, 0, 1, COLUMN_DOCTOR_RPPS),
	SEGMENT_CELL(14, 0, 2, COLUMN_DOCTOR_FAMILY),
	SEGMENT_CELL(14, 0, 3, COLUMN_DOCTOR_GIVEN),
	SEGMENT_END,
};

static const struct segment_place obr[] = {
	SEGMENT_TEXT(2, 0, 1, SEGMENT_ALWAYS, "1"),
	SEGMENT_CELL(4, 0, 1, COLUMN_REQUEST),
	SEGMENT_TEXT(5, 0, 1, SEGMENT_ALWAYS, "BIO~Biologie medicale~L"),
	SEGMENT_CELL(7, 0, 1, COLUMN_PRESCRIBED),
	SEGMENT_CELL(8, 0, 1, COLUMN_SAMPLE_DATE),
	SEGMENT_CELL(8, 0, 1, COLUMN_SAMPLE_TIME),
	SEGMENT_CELL(14, 0, 1, COLUMN_COMMENT_CLINICAL),
	SEGMENT_CELL(17, 0, 1, COLUMN_PRESCRIBER_RPPS),
	SEGMENT_END,
};

static void
put_header(struct segment *s)
{
	static const struct segment_place sender[] = {
		SEGMENT_CELL(5, 0, 1, COLUMN_LAB_FINESS),
		SEGMENT_CELL(5, 0, 2, COLUMN_LAB_NAME),
		SEGMENT_END,
	};

	/* The delimiters are the second field. */
	segment_begin(s, "H|~^\\&");
	s->field = 2;
	segment_text(s, 3, "RESULTAT.HPR");
	segment_places(s, sender);
	segment_text(s, 7, "ORU");
	segment_text(s, 10, "CABINET");
	segment_text(s, 12, "P");
	segment_text(s, 13, "H2.1~C");
	segment_text(s, 14, "202011020814");
	segment_end(s);
}

static const struct segment_result results[] = {
	{"ANA~Analyses demandees~L", COLUMN_ANALYSES},
	{"GRS~Groupe sanguin~L", COLUMN_BLOOD},
	{"JEUN~A jeun~L", COLUMN_FASTING},
};

/* Is this record of the laboratory that sends the message? */
static bool
same_lab(const struct writer *w, struct cell lab)
{
	return w->part != 0 && w->lab.n == lab.n &&
	       memcmp(w->lab.s, lab.p, lab.n) == 0;
}

static void
record(struct writer *w, const struct cell *cells)
{
	struct segment s = {.w = w, .cells = cells, .marks = &marks};
	const struct cell lab = writer_cell(w, cells, COLUMN_LAB_FINESS);

	if (!same_lab(w, lab)) {
		if (w->part != 0)
			writer_lines(w, "L|1\n");
		put_header(&s);
		w->lab.n = 0;
		(void)label_put(&w->lab, lab.p, lab.n);
		w->part = 0;
	}
	segment_begin(&s, "P");
	segment_number(&s, 2, ++w->part);
	segment_places(&s, p);
	segment_end(&s);
	segment_note(&s, "C", COLUMN_COMMENT_PATIENT);
	segment_begin(&s, "OBR");
	segment_places(&s, obr);
	segment_end(&s);
	segment_note(&s, "C", COLUMN_COMMENT_DOSSIER);
	segment_results(&s, results, sizeof(results) / sizeof(results[0]));
}

static void
end(struct writer *w)
{
	if (w->part != 0)
		writer_lines(w, "L|1\n");
}

const struct format to_hprim = {
	.name = "hprim",
	.charset = "latin1",
	.newline = "\r\n",
	.columns = columns,
	.record = record,
	.end = end,
};
