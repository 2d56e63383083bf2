/* format/segment: messages made of segments, lines that begin with a name and
 * go on with fields: what HL7 version 2 and HPRIM Santé have in common. A file
 * of them becomes one table with a row for each thing that was ordered for a
 * patient, or for the patient alone; what the fields are is told by tables of
 * rules, one set a format.
 *
 *  - A segment ends at CR, LF, VT or FF, alone or together, so that files and
 *    the framing of MLLP read the same. A line that is no segment, with no
 *    blank line before it, goes on the segment before it; without one it is
 *    skipped and counted.
 *  - A segment with what goes on it is at most SEGMENT_MAX bytes; the rest is
 *    left out, and counted.
 *  - A value is without escapes and in UTF-8. What is UTF-8 as it stands is
 *    taken so; other bytes are in the charset that the message declares, else
 *    in windows-1252. Control characters and runs of them are one blank.
 *  - What has no column, or one that is taken already, stands in the last one,
 *    "other", as "PID-22=value". */
#ifndef TOCSIN_FORMAT_SEGMENT_SEGMENT_H
#define TOCSIN_FORMAT_SEGMENT_SEGMENT_H

#include "base/parts.h"

enum {
	SEGMENT_MAX = 256 << 10,     /* bytes of a segment */
	SEGMENT_FIELDS_MAX = 128,    /* what follows is part of the last */
	SEGMENT_SHORT_MAX = 1 << 10, /* bytes of a cell.. */
	SEGMENT_LONG_MAX = 48 << 10, /* ..of one that holds text or a list */
	SEGMENT_HEAD_MAX = 64 << 10, /* bytes in which a message must start */
	SEGMENT_ROW_MAX = 1 << 20,   /* bytes of a row, as it is given */
};

/** The columns. Those of a level are cleared together. */
enum segment_column {
	/* of a message */
	SEG_HOLDER,
	SEG_HOLDER_FINESS,
	SEG_APPLICATION,
	SEG_MESSAGE_TYPE,
	SEG_MESSAGE_DATE,
	/* of a patient */
	SEG_PATIENT_ID,
	SEG_NIR,
	SEG_FAMILY,
	SEG_GIVEN,
	SEG_BIRTH_NAME,
	SEG_BIRTH_DATE,
	SEG_SEX,
	SEG_STREET,
	SEG_STREET_MORE,
	SEG_POSTCODE,
	SEG_CITY,
	SEG_COUNTRY,
	SEG_PHONE,
	SEG_MOBILE,
	SEG_WORK_PHONE,
	SEG_EMAIL,
	SEG_BIRTH_PLACE,
	SEG_DEATH_DATE,
	SEG_INSURED_FAMILY,
	SEG_INSURED_GIVEN,
	SEG_INSURED_NIR,
	SEG_INSURED_BIRTH,
	SEG_INSURED_RELATION,
	SEG_INSURER,
	SEG_POLICY,
	SEG_KIN_FAMILY,
	SEG_KIN_GIVEN,
	SEG_KIN_PHONE,
	SEG_KIN_RELATION,
	SEG_VISIT,
	SEG_WARD,
	SEG_ADMITTED,
	SEG_DISCHARGED,
	SEG_DOCTOR_FAMILY,
	SEG_DOCTOR_GIVEN,
	SEG_DOCTOR_RPPS,
	/* of an order */
	SEG_ORDER,
	SEG_EXAM_CODE,
	SEG_EXAM,
	SEG_SAMPLED,
	SEG_RESULT_DATE,
	SEG_ORDERER_FAMILY,
	SEG_ORDERER_GIVEN,
	SEG_ORDERER_RPPS,
	SEG_ORDERER_PHONE,
	SEG_REASON,
	/* of a row; these, and the one before, may be long */
	SEG_CLINICAL,
	SEG_RESULT_CODES,
	SEG_RESULTS,
	SEG_DIAGNOSIS,
	SEG_ALLERGY,
	SEG_TREATMENT,
	SEG_COMMENT,
	SEG_OTHER,
	SEG_COLUMNS,

	SEG_FIRST_OF_PATIENT = SEG_PATIENT_ID,
	SEG_FIRST_OF_ORDER = SEG_ORDER,
	SEG_FIRST_LONG = SEG_CLINICAL,
	SEG_FIRST_OF_ROW = SEG_RESULT_CODES,
};

/** What a field is, and so where it goes. */
enum segment_how {
	SEG_DROP,    /* nobody needs it */
	SEG_KEEP,    /* to "other" */
	SEG_TEXT,    /* to ${column} */
	SEG_DATE,    /* the same, without the time of day */
	SEG_LIST,    /* added to what is in ${column} */
	SEG_LABEL,   /* the same: a code and its text */
	SEG_EXAMS,   /* codes to ${column}, their texts to the next one */
	SEG_IDS,     /* identifiers: a NIR is told from others */
	SEG_NUMBER,  /* a NIR to ${column}; anything else is kept */
	SEG_NAMES,   /* of the patient: in use, legal, at birth */
	SEG_ALIASES, /* the same, none of them in use */
	SEG_NAME,    /* family name to ${column}, given name to the next one */
	SEG_ADDRESS,
	SEG_PHONES,      /* and addresses for e-mail */
	SEG_DOCTOR,      /* number, family name, given name */
	SEG_DOCTOR_FULL, /* number, full name */
	SEG_SENDER,      /* name and FINESS */
	SEG_PLACE,       /* where the patient is, perhaps with a FINESS */
	SEG_CHARSET,
};

/** A field: its number, what it is, and the column it starts at. */
struct segment_rule {
	uint8_t field; /* counted as the format does; 0: no more */
	uint8_t how;   /* enum segment_how */
	uint8_t column;
};

/** What a segment begins. */
enum segment_starts {
	SEG_STARTS_NOTHING,
	SEG_STARTS_MESSAGE,
	SEG_STARTS_PATIENT,
	SEG_STARTS_ORDER, /* whose test follows */
	SEG_STARTS_TEST,
	SEG_IS_RESULT, /* fields as those of OBX */
};

/** One kind of segment. */
struct segment_rules {
	char name[4];   /* zeros behind it */
	uint8_t starts; /* enum segment_starts */
	uint8_t rest;   /* enum segment_how: of fields without a rule, from the
			   second one that is not its name */
	uint8_t column; /* of the rest */
	const struct segment_rule *rules; /* by number, ascending */
};

/** Signs that part a segment. 0: there is none. */
struct segment_signs {
	uint8_t field;
	uint8_t component;
	uint8_t repeat;
	uint8_t escape;
	uint8_t sub;
};

/** A format: a constant of its room. */
struct segment_format {
	const struct segment_rules *rules; /* the most common first */
	size_t rules_n;
	const char *goes_on;        /* the segment that only continues */
	uint8_t name_min, name_max; /* letters of a name */
	/* The number of a segment's name, and of a header's, where HL7 counts
	 * the sign behind the name. */
	uint8_t first, header_first;

	/**
	 * header(line, ret):
	 * Does ${line}, of which 16 bytes are enough, begin a message? Then
	 * ${ret} is how it is parted; otherwise it is untouched.
	 */
	bool (*header)(struct span line, struct segment_signs *ret);
};

/** segment_open(f, in, ret): parts_kind.open() of the format ${f}. */
enum rc segment_open(const struct segment_format *f,
		     const struct parts_input *in, void **ret);

/** segment_next(p, ret), segment_read(p, to, n, ret_n), segment_skipped(p),
 * segment_close(p): Those of parts_kind. */
enum rc segment_next(void *p, struct part *ret);
enum rc segment_read(void *p, uint8_t *to, size_t n, size_t *ret_n);
uint64_t segment_skipped(const void *p);
void segment_close(void *p);

/**
 * segment_signs_ok(s):
 * Say whether the signs of ${s} are printable, no letters or digits, and all
 * different.
 */
bool segment_signs_ok(const struct segment_signs *s);

#endif
