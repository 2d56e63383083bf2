#include "format/hl7/hl7.h"

#include "format/segment/segment.h"

#include <string.h>

/* Fields as in HL7 version 2.9, chapters 2 (MSH), 3 (PID, NK1, PV1), 4 (ORC,
 * OBR, NTE, RX*), 6 (GT1, IN1, IN2, DG1), 7 (OBX); positions have not changed
 * since 2.1. */
static const struct segment_rule MSH[] = {
	{3, SEG_TEXT, SEG_APPLICATION},
	{4, SEG_SENDER, 0},
	{7, SEG_DATE, SEG_MESSAGE_DATE},
	{9, SEG_TEXT, SEG_MESSAGE_TYPE},
	{18, SEG_CHARSET, 0},
	{0},
};

static const struct segment_rule PID[] = {
	{2, SEG_IDS, 0},
	{3, SEG_IDS, 0},
	{4, SEG_IDS, 0},
	{5, SEG_NAMES, 0},
	{7, SEG_DATE, SEG_BIRTH_DATE},
	{8, SEG_TEXT, SEG_SEX},
	{9, SEG_ALIASES, 0},
	{11, SEG_ADDRESS, 0},
	{13, SEG_PHONES, SEG_PHONE},
	{14, SEG_PHONES, SEG_PHONE},
	{15, SEG_DROP, 0},
	{19, SEG_NUMBER, SEG_NIR},
	{23, SEG_TEXT, SEG_BIRTH_PLACE},
	{24, SEG_DROP, 0},
	{25, SEG_DROP, 0},
	{29, SEG_DATE, SEG_DEATH_DATE},
	{31, SEG_DROP, 0},
	{32, SEG_DROP, 0},
	{33, SEG_DROP, 0},
	{34, SEG_DROP, 0},
	{40, SEG_PHONES, SEG_PHONE},
	{0},
};

static const struct segment_rule NK1[] = {
	{2, SEG_NAME, SEG_KIN_FAMILY},
	{3, SEG_TEXT, SEG_KIN_RELATION},
	{5, SEG_PHONES, SEG_KIN_PHONE},
	{6, SEG_PHONES, SEG_KIN_PHONE},
	{7, SEG_DROP, 0},
	{8, SEG_DROP, 0},
	{9, SEG_DROP, 0},
	{0},
};

static const struct segment_rule PV1[] = {
	{3, SEG_PLACE, SEG_WARD},
	{7, SEG_DOCTOR, SEG_DOCTOR_FAMILY},
	{8, SEG_DOCTOR, SEG_DOCTOR_FAMILY},
	{9, SEG_DOCTOR, SEG_DOCTOR_FAMILY},
	{17, SEG_DOCTOR, SEG_DOCTOR_FAMILY},
	{19, SEG_TEXT, SEG_VISIT},
	{44, SEG_DATE, SEG_ADMITTED},
	{45, SEG_DATE, SEG_DISCHARGED},
	{0},
};

static const struct segment_rule IN1[] = {
	{2, SEG_DROP, 0},
	{4, SEG_TEXT, SEG_INSURER},
	{12, SEG_DROP, 0},
	{13, SEG_DROP, 0},
	{15, SEG_DROP, 0},
	{16, SEG_NAME, SEG_INSURED_FAMILY},
	{17, SEG_TEXT, SEG_INSURED_RELATION},
	{18, SEG_DATE, SEG_INSURED_BIRTH},
	{36, SEG_TEXT, SEG_POLICY},
	{49, SEG_NUMBER, SEG_INSURED_NIR},
	{0},
};

static const struct segment_rule IN2[] = {
	{2, SEG_NUMBER, SEG_INSURED_NIR},
	{0},
};

static const struct segment_rule GT1[] = {
	{3, SEG_NAME, SEG_INSURED_FAMILY},
	{8, SEG_DATE, SEG_INSURED_BIRTH},
	{11, SEG_TEXT, SEG_INSURED_RELATION},
	{12, SEG_NUMBER, SEG_INSURED_NIR},
	{0},
};

static const struct segment_rule ORC[] = {
	{2, SEG_TEXT, SEG_ORDER},
	{3, SEG_TEXT, SEG_ORDER},
	{12, SEG_DOCTOR, SEG_ORDERER_FAMILY},
	{14, SEG_PHONES, SEG_ORDERER_PHONE},
	{16, SEG_TEXT, SEG_REASON},
	{0},
};

static const struct segment_rule OBR[] = {
	{2, SEG_TEXT, SEG_ORDER},
	{3, SEG_TEXT, SEG_ORDER},
	{4, SEG_EXAMS, SEG_EXAM_CODE},
	{7, SEG_DATE, SEG_SAMPLED},
	{10, SEG_KEEP, 0},
	{13, SEG_LIST, SEG_CLINICAL},
	{16, SEG_DOCTOR, SEG_ORDERER_FAMILY},
	{17, SEG_PHONES, SEG_ORDERER_PHONE},
	{22, SEG_DATE, SEG_RESULT_DATE},
	{28, SEG_KEEP, 0},
	{31, SEG_TEXT, SEG_REASON},
	{32, SEG_KEEP, 0},
	{0},
};

static const struct segment_rule NTE[] = {
	{3, SEG_LIST, SEG_COMMENT},
	{0},
};

static const struct segment_rule DG1[] = {
	{3, SEG_LABEL, SEG_DIAGNOSIS},
	{4, SEG_LIST, SEG_DIAGNOSIS},
	{16, SEG_KEEP, 0},
	{0},
};

static const struct segment_rule AL1[] = {
	{3, SEG_LABEL, SEG_ALLERGY},
	{5, SEG_LIST, SEG_ALLERGY},
	{0},
};

static const struct segment_rule IAM[] = {
	{3, SEG_LABEL, SEG_ALLERGY},
	{5, SEG_LIST, SEG_ALLERGY},
	{9, SEG_LIST, SEG_ALLERGY},
	{0},
};

static const struct segment_rule RXA[] = {
	{5, SEG_LABEL, SEG_TREATMENT},
	{10, SEG_KEEP, 0},
	{0},
};

/* RXE and RXD. */
static const struct segment_rule RXE[] = {
	{2, SEG_LABEL, SEG_TREATMENT},
	{13, SEG_KEEP, 0},
	{0},
};

static const struct segment_rule RXO[] = {
	{1, SEG_LABEL, SEG_TREATMENT},
	{14, SEG_KEEP, 0},
	{0},
};

static const struct segment_rule PR1[] = {
	{3, SEG_LABEL, SEG_TREATMENT},
	{4, SEG_LIST, SEG_TREATMENT},
	{11, SEG_KEEP, 0},
	{12, SEG_KEEP, 0},
	{0},
};

static const struct segment_rule EVN[] = {
	{5, SEG_KEEP, 0},
	{0},
};

static const struct segment_rule TXA[] = {
	{5, SEG_KEEP, 0},
	{9, SEG_KEEP, 0},
	{10, SEG_KEEP, 0},
	{11, SEG_KEEP, 0},
	{0},
};

/* Segments without a rule here are kept whole. */
static const struct segment_rules RULES[] = {
	{"OBX", SEG_IS_RESULT, SEG_DROP, 0, NULL},
	{"NTE", SEG_STARTS_NOTHING, SEG_DROP, 0, NTE},
	{"OBR", SEG_STARTS_TEST, SEG_DROP, 0, OBR},
	{"ORC", SEG_STARTS_ORDER, SEG_DROP, 0, ORC},
	{"PID", SEG_STARTS_PATIENT, SEG_KEEP, 0, PID},
	{"MSH", SEG_STARTS_MESSAGE, SEG_DROP, 0, MSH},
	{"PV1", SEG_STARTS_NOTHING, SEG_DROP, 0, PV1},
	{"NK1", SEG_STARTS_NOTHING, SEG_KEEP, 0, NK1},
	{"IN1", SEG_STARTS_NOTHING, SEG_KEEP, 0, IN1},
	{"IN2", SEG_STARTS_NOTHING, SEG_KEEP, 0, IN2},
	{"GT1", SEG_STARTS_NOTHING, SEG_KEEP, 0, GT1},
	{"DG1", SEG_STARTS_NOTHING, SEG_DROP, 0, DG1},
	{"AL1", SEG_STARTS_NOTHING, SEG_DROP, 0, AL1},
	{"IAM", SEG_STARTS_NOTHING, SEG_DROP, 0, IAM},
	{"RXA", SEG_STARTS_NOTHING, SEG_DROP, 0, RXA},
	{"RXE", SEG_STARTS_NOTHING, SEG_DROP, 0, RXE},
	{"RXD", SEG_STARTS_NOTHING, SEG_DROP, 0, RXE},
	{"RXO", SEG_STARTS_NOTHING, SEG_DROP, 0, RXO},
	{"PR1", SEG_STARTS_NOTHING, SEG_DROP, 0, PR1},
	{"EVN", SEG_STARTS_NOTHING, SEG_DROP, 0, EVN},
	{"TXA", SEG_STARTS_NOTHING, SEG_DROP, 0, TXA},
	/* Codes, times, amounts, acknowledgements. */
	{"PV2", SEG_STARTS_NOTHING, SEG_DROP, 0, NULL},
	{"SPM", SEG_STARTS_NOTHING, SEG_DROP, 0, NULL},
	{"TQ1", SEG_STARTS_NOTHING, SEG_DROP, 0, NULL},
	{"FT1", SEG_STARTS_NOTHING, SEG_DROP, 0, NULL},
	{"RXR", SEG_STARTS_NOTHING, SEG_DROP, 0, NULL},
	{"MSA", SEG_STARTS_NOTHING, SEG_DROP, 0, NULL},
	{"ERR", SEG_STARTS_NOTHING, SEG_DROP, 0, NULL},
	{"SFT", SEG_STARTS_NOTHING, SEG_DROP, 0, NULL},
	{"DSC", SEG_STARTS_NOTHING, SEG_DROP, 0, NULL},
	{"FHS", SEG_STARTS_MESSAGE, SEG_DROP, 0, NULL},
	{"BHS", SEG_STARTS_MESSAGE, SEG_DROP, 0, NULL},
	{"BTS", SEG_STARTS_MESSAGE, SEG_DROP, 0, NULL},
	{"FTS", SEG_STARTS_MESSAGE, SEG_DROP, 0, NULL},
};

/* The signs between the name and the next sign behind it, "^~\&" or more; one
 * that comes again, as where the escape was escaped, is left out. "~\&" has
 * lost the first. */
static size_t
read_signs(struct span line, uint8_t field, uint8_t *signs, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < line.n && i <= max + 1; i++) {
		const uint8_t b = line.p[i];

		if (b == field || (b <= ' ' && n > 0))
			return n;
		if (n < max && memchr(signs, b, n) == NULL)
			signs[n++] = b;
	}
	return 0;
}

/* "MSH|^~\&|" */
static bool
header(struct span line, struct segment_signs *ret)
{
	enum { NAME = 3, SIGNS_MIN = 2, SIGNS_MAX = 5 };
	uint8_t signs[SIGNS_MAX] = {0};

	if (line.n <= NAME + 1 || (memcmp(line.p, "MSH", NAME) != 0 &&
				   memcmp(line.p, "FHS", NAME) != 0 &&
				   memcmp(line.p, "BHS", NAME) != 0))
		return false;
	const struct span rest = {line.p + NAME + 1, line.n - NAME - 1};
	const size_t n = read_signs(rest, line.p[NAME], signs, SIGNS_MAX);

	if (memcmp(signs, "~\\&", sizeof("~\\&")) == 0)
		memcpy(signs, "^~\\&", SIGNS_MAX);
	const struct segment_signs found = {
		.field = line.p[NAME],
		.component = signs[0],
		.repeat = signs[1],
		.escape = signs[2],
		.sub = signs[3],
	};

	if (n < SIGNS_MIN || !segment_signs_ok(&found))
		return false;
	*ret = found;
	return true;
}

static const struct segment_format HL7 = {
	.rules = RULES,
	.rules_n = COUNT_OF(RULES),
	.goes_on = "ADD",
	.name_min = 3,
	.name_max = 3,
	.first = 0,
	.header_first = 1,
	.header = header,
};

static enum rc
hl7_open(const struct parts_input *in, void **ret)
{
	return segment_open(&HL7, in, ret);
}

const struct parts_kind hl7_parts = {
	.name = "hl7",
	.open = hl7_open,
	.next = segment_next,
	.read = segment_read,
	.skipped = segment_skipped,
	.close = segment_close,
};
