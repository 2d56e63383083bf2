#include "format/hprim/hprim.h"

#include "format/segment/segment.h"

#include <string.h>

/* Numbers are those of HPRIM, which counts the name of a segment as its first
 * field: "H.5" is chapter 7.5, "P.6" 8.6, "OBR.17" 9.17. */
static const struct segment_rule H[] = {
	{5, SEG_SENDER, 0},
	{7, SEG_TEXT, SEG_MESSAGE_TYPE},
	{14, SEG_DATE, SEG_MESSAGE_DATE},
	{0},
};

static const struct segment_rule P[] = {
	{3, SEG_IDS, 0},
	{4, SEG_IDS, 0},
	{5, SEG_IDS, 0},
	{6, SEG_NAMES, 0},
	{7, SEG_TEXT, SEG_BIRTH_NAME},
	{8, SEG_DATE, SEG_BIRTH_DATE},
	{9, SEG_TEXT, SEG_SEX},
	{11, SEG_ADDRESS, 0},
	{12, SEG_NUMBER, SEG_NIR},
	{13, SEG_PHONES, SEG_PHONE},
	{14, SEG_DOCTOR_FULL, SEG_DOCTOR_FAMILY},
	{17, SEG_DROP, 0},
	{18, SEG_DROP, 0},
	{19, SEG_LABEL, SEG_DIAGNOSIS},
	{20, SEG_LIST, SEG_TREATMENT},
	{22, SEG_LIST, SEG_COMMENT},
	{23, SEG_LIST, SEG_COMMENT},
	{24, SEG_DATE, SEG_ADMITTED},
	{25, SEG_DROP, 0},
	{26, SEG_PLACE, SEG_WARD},
	{27, SEG_LABEL, SEG_DIAGNOSIS},
	{33, SEG_DROP, 0},
	{34, SEG_DATE, SEG_DEATH_DATE},
	{0},
};

static const struct segment_rule OBR[] = {
	{3, SEG_TEXT, SEG_ORDER},
	{4, SEG_TEXT, SEG_ORDER},
	{5, SEG_EXAMS, SEG_EXAM_CODE},
	{8, SEG_DATE, SEG_SAMPLED},
	{11, SEG_KEEP, 0},
	{13, SEG_LIST, SEG_CLINICAL},
	{14, SEG_LIST, SEG_CLINICAL},
	{17, SEG_DOCTOR_FULL, SEG_ORDERER_FAMILY},
	{18, SEG_PHONES, SEG_ORDERER_PHONE},
	{19, SEG_KEEP, 0},
	{20, SEG_KEEP, 0},
	{21, SEG_KEEP, 0},
	{22, SEG_KEEP, 0},
	{23, SEG_DATE, SEG_RESULT_DATE},
	{29, SEG_KEEP, 0},
	{32, SEG_TEXT, SEG_REASON},
	{33, SEG_KEEP, 0},
	{34, SEG_KEEP, 0},
	{0},
};

static const struct segment_rule C[] = {
	{4, SEG_LIST, SEG_COMMENT},
	{0},
};

/* Segments without a rule here are kept whole. */
static const struct segment_rules RULES[] = {
	{"OBX", SEG_IS_RESULT, SEG_DROP, 0, NULL},
	{"C", SEG_STARTS_NOTHING, SEG_DROP, 0, C},
	{"OBR", SEG_STARTS_TEST, SEG_DROP, 0, OBR},
	{"P", SEG_STARTS_PATIENT, SEG_KEEP, 0, P},
	{"AP", SEG_STARTS_NOTHING, SEG_NUMBER, SEG_INSURED_NIR, NULL},
	{"AC", SEG_STARTS_NOTHING, SEG_NUMBER, SEG_INSURED_NIR, NULL},
	{"H", SEG_STARTS_MESSAGE, SEG_DROP, 0, H},
	{"L", SEG_STARTS_MESSAGE, SEG_DROP, 0, NULL},
	{"ERR", SEG_STARTS_NOTHING, SEG_DROP, 0, NULL},
};

/* "H|~^\&|": the sign behind the name and four more, up to its next one. */
static bool
header(struct span line, struct segment_signs *ret)
{
	enum { FIELD = 1, COMPONENT, REPEAT, ESCAPE, SUB, END };

	if (line.n <= END || line.p[0] != 'H' || line.p[END] != line.p[FIELD])
		return false;
	const struct segment_signs found = {
		.field = line.p[FIELD],
		.component = line.p[COMPONENT],
		.repeat = line.p[REPEAT],
		.escape = line.p[ESCAPE],
		.sub = line.p[SUB],
	};

	if (!segment_signs_ok(&found))
		return false;
	*ret = found;
	return true;
}

static const struct segment_format HPRIM = {
	.rules = RULES,
	.rules_n = COUNT_OF(RULES),
	.goes_on = "A",
	.name_min = 1,
	.name_max = 3,
	.first = 1,
	.header_first = 1,
	.header = header,
};

static enum rc
hprim_open(const struct parts_input *in, void **ret)
{
	return segment_open(&HPRIM, in, ret);
}

const struct parts_kind hprim_parts = {
	.name = "hprim",
	.open = hprim_open,
	.next = segment_next,
	.read = segment_read,
	.skipped = segment_skipped,
	.close = segment_close,
};
