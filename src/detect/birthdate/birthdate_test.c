#include "base/check.h"
#include "detect/birthdate/birthdate.h"

static const struct {
	const char *text;
	enum date_order order;
	enum kind_verdict want;
	uint32_t date;
} cases[] = {
	{"13/02/1996", DATE_DMY, KIND_VALID, 19960213},
	{"13-02-1996", DATE_DMY, KIND_VALID, 19960213},
	{"13.02.1996", DATE_UNKNOWN, KIND_VALID, 19960213},
	{"3/2/1996", DATE_DMY, KIND_VALID, 19960203},
	{" 13/02/1996 ", DATE_DMY, KIND_VALID, 19960213},
	{"13/02/1996 00:00", DATE_DMY, KIND_VALID, 19960213},
	{"13/02/1996 07:15:00", DATE_DMY, KIND_VALID, 19960213},
	{"02/13/1996", DATE_MDY, KIND_VALID, 19960213},
	{"02/03/1996", DATE_MDY, KIND_VALID, 19960203},
	{"02/03/1996", DATE_DMY, KIND_VALID, 19960302},
	{"02/03/1996", DATE_UNKNOWN, KIND_VALID, 19960302},
	{"02/13/1996", DATE_UNKNOWN, KIND_VALID, 19960213},
	/* A column decides, a cell against it is a stray. */
	{"02/13/1996", DATE_DMY, KIND_WEAK, 19960213},
	{"13/02/1996", DATE_MDY, KIND_WEAK, 19960213},
	{"19960213", DATE_YMD, KIND_VALID, 19960213},
	{"19960213", DATE_UNKNOWN, KIND_VALID, 19960213},
	{"13021996", DATE_DMY, KIND_VALID, 19960213},
	{"19021996", DATE_DMY, KIND_VALID, 19960219},
	{"20012010", DATE_DMY, KIND_VALID, 20100120},
	{"1996-02-13", DATE_DMY, KIND_VALID, 19960213},
	{"1996/2/3", DATE_YMD, KIND_VALID, 19960203},
	{"1996-02-13T00:00:00", DATE_YMD, KIND_VALID, 19960213},
	{"1996-02-13T00:00:00.000Z", DATE_YMD, KIND_VALID, 19960213},
	{"1996-02-13 00:00:00+01:00", DATE_YMD, KIND_VALID, 19960213},
	{"19960213T071500", DATE_YMD, KIND_VALID, 19960213},
	{"19960213071500", DATE_YMD, KIND_VALID, 19960213},
	{"13/02/96", DATE_DMY, KIND_VALID, 19960213},
	{"13-02-12", DATE_DMY, KIND_VALID, 20120213},
	{"13-02-27", DATE_DMY, KIND_VALID, 19270213}, /* not yet born */
	{"96-02-13", DATE_YMD, KIND_VALID, 19960213},
	{"96-02-13", DATE_UNKNOWN, KIND_VALID, 19960213},
	{"130296", DATE_DMY, KIND_VALID, 19960213},
	{"960213", DATE_YMD, KIND_VALID, 19960213},
	{"130296", DATE_UNKNOWN, KIND_WEAK, 19960213},
	{"13 février 1996", DATE_UNKNOWN, KIND_VALID, 19960213},
	{"23 FEV 1996", DATE_UNKNOWN, KIND_VALID, 19960223},
	{"23FEB1996", DATE_UNKNOWN, KIND_VALID, 19960223},
	{"23-Feb-96", DATE_UNKNOWN, KIND_VALID, 19960223},
	{"1er août 1950", DATE_UNKNOWN, KIND_VALID, 19500801},
	{"mardi 13 févr. 1996", DATE_UNKNOWN, KIND_VALID, 19960213},
	{"February 13, 1996", DATE_UNKNOWN, KIND_VALID, 19960213},
	{"1st of may 1950", DATE_UNKNOWN, KIND_NO, 0}, /* "of" is no date */
	{"13. März 1996", DATE_UNKNOWN, KIND_VALID, 19960313},
	{"13 de febrero de 1996", DATE_UNKNOWN, KIND_VALID, 19960213},
	{"1996-Feb-13", DATE_UNKNOWN, KIND_VALID, 19960213},
	{"juin 1950", DATE_UNKNOWN, KIND_WEAK, 19500600},
	{"29/02/1996", DATE_DMY, KIND_VALID, 19960229},
	{"29/02/1900", DATE_DMY, KIND_NO, 0},
	{"29/02/1995", DATE_DMY, KIND_NO, 0},
	{"31/04/1996", DATE_DMY, KIND_NO, 0},
	{"32/01/1996", DATE_DMY, KIND_NO, 0},
	{"13/13/1996", DATE_DMY, KIND_NO, 0},
	/* Day or month unknown, as civil status has them. */
	{"00/00/1956", DATE_DMY, KIND_WEAK, 19560000},
	{"00/05/1956", DATE_DMY, KIND_WEAK, 19560500},
	{"19560000", DATE_YMD, KIND_WEAK, 19560000},
	{"05/00/1956", DATE_DMY, KIND_WEAK, 19560500},
	{"1956", DATE_DMY, KIND_WEAK, 19560000},
	{"1956", DATE_UNKNOWN, KIND_NO, 0},
	/* What programs write for none. */
	{"01/01/1900", DATE_DMY, KIND_WEAK, 19000101},
	{"31/12/1899", DATE_DMY, KIND_WEAK, 18991231},
	{"1899-12-30", DATE_YMD, KIND_WEAK, 18991230},
	{"00/00/0000", DATE_DMY, KIND_WEAK, 0},
	{"9999-12-31", DATE_YMD, KIND_WEAK, 99991231},
	{"0001-01-01", DATE_YMD, KIND_WEAK, 10101},
	/* Days of a spreadsheet. */
	{"36526", DATE_SERIAL, KIND_VALID, 20000101},
	{"25569", DATE_SERIAL, KIND_VALID, 19700101},
	{"25569.75", DATE_SERIAL, KIND_VALID, 19700101},
	{"25569,5", DATE_SERIAL, KIND_VALID, 19700101},
	{"59", DATE_SERIAL, KIND_VALID, 19000228},
	{"61", DATE_SERIAL, KIND_VALID, 19000301},
	{"1", DATE_SERIAL, KIND_WEAK, 19000101},
	{"0", DATE_SERIAL, KIND_NO, 0},
	{"99999", DATE_SERIAL, KIND_NO, 0},
	{"35064", DATE_SERIAL_1904, KIND_VALID, 20000101},
	{"13/02/1996", DATE_SERIAL, KIND_VALID, 19960213},
	{"36526", DATE_DMY, KIND_NO, 0},
	/* Not dates. */
	{"", DATE_DMY, KIND_NO, 0},
	{"/", DATE_DMY, KIND_NO, 0},
	{"13/02", DATE_DMY, KIND_NO, 0},
	{"13/02/", DATE_DMY, KIND_NO, 0},
	{"13/02/199", DATE_DMY, KIND_NO, 0},
	{"13/02/19960", DATE_DMY, KIND_NO, 0},
	{"13/02/2050", DATE_DMY, KIND_NO, 0},
	{"13/02/1750", DATE_DMY, KIND_NO, 0},
	{"06.12.34.12.45", DATE_DMY, KIND_NO, 0}, /* a phone */
	{"06 12 34 12 45", DATE_DMY, KIND_NO, 0},
	{"192.168.10.12", DATE_DMY, KIND_NO, 0},
	{"10.12.14.1", DATE_DMY, KIND_NO, 0},
	{"13/02/1996 and more", DATE_DMY, KIND_NO, 0},
	{"MARTIN 12 1950", DATE_UNKNOWN, KIND_NO, 0},
	{"12 rue de mai 1945", DATE_UNKNOWN, KIND_NO, 0},
	{"13/02/1996 25:99", DATE_DMY, KIND_NO, 0},
	{"1234567890123", DATE_DMY, KIND_NO, 0},
	{"13/02/1996\xff", DATE_DMY, KIND_NO, 0},
};

static void
each_way_to_write_a_date_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		uint32_t date = 77;
		const enum kind_verdict got = birthdate_parse(
			span_str(cases[i].text), cases[i].order, &date);

		if (got != cases[i].want ||
		    (got != KIND_NO && date != cases[i].date))
			fail_msg("case %zu: got %d, %u", i, (int)got,
				 (unsigned)date);
		if (got == KIND_NO)
			assert_int_equal(date, 77);
	}
}

static void
a_date_cut_short_is_none_or_weaker(void **state)
{
	static const char whole[] = "13/02/1996";

	(void)state;
	for (size_t n = 0; n < sizeof(whole) - 1; n++) {
		uint32_t date;
		const struct span cut = {(const uint8_t *)whole, n};
		const enum kind_verdict got =
			birthdate_parse(cut, DATE_DMY, &date);

		/* "13/02/19" is one of two digits. */
		assert_int_equal(got, n == 8 ? KIND_VALID : KIND_NO);
	}
}

static void
the_normalised_value_is_eight_digits(void **state)
{
	struct norm norm;

	(void)state;
	assert_int_equal(kind_birth_date.test(SPAN_LIT("1/2/1950"), &norm),
			 KIND_VALID);
	assert_int_equal(norm.n, 8);
	assert_memory_equal(norm.p, "19500201", 8);
	assert_int_equal(kind_birth_date.test(SPAN_LIT("demain"), &norm),
			 KIND_NO);
}

static void
fillers_are_told_from_dates(void **state)
{
	(void)state;
	assert_true(birthdate_is_filler(19000101));
	assert_true(birthdate_is_filler(0));
	assert_false(birthdate_is_filler(19000103));
	assert_false(birthdate_is_filler(19960213));
}

static const struct {
	const char *values[6];
	enum date_order want;
} columns[] = {
	{{"13/02/1996", "01/03/1950", "02/04/1960"}, DATE_DMY},
	{{"02/13/1996", "03/01/1950", "04/02/1960"}, DATE_MDY},
	{{"01/02/1996", "03/01/1950", "04/02/1960"}, DATE_DMY}, /* no sign */
	{{"1996-02-13", "1950-03-01"}, DATE_YMD},
	{{"19960213", "19500301"}, DATE_YMD},
	{{"13021996", "01031950"}, DATE_DMY},
	{{"96/02/13", "50/03/01"}, DATE_YMD},
	{{"13/02/96", "01/03/50"}, DATE_DMY},
	{{"02/13/96", "03/01/50"}, DATE_MDY},
	{{"25569", "18000", "36526"}, DATE_SERIAL},
	{{"13 févr. 1996", "1er mai 1950"}, DATE_DMY},
	{{"", "?", "DUPONT"}, DATE_UNKNOWN},
	{{"12345", "13/02/1996", "14/02/1996"}, DATE_DMY},
};

static void
the_order_is_decided_for_a_whole_column(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(columns); i++) {
		struct span values[6];
		size_t n = 0;

		while (n < 6 && columns[i].values[n] != NULL) {
			values[n] = span_str(columns[i].values[n]);
			n++;
		}
		if (date_order_of(values, n) != columns[i].want)
			fail_msg("column %zu: got %d", i,
				 (int)date_order_of(values, n));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_way_to_write_a_date_is_read),
		cmocka_unit_test(a_date_cut_short_is_none_or_weaker),
		cmocka_unit_test(the_normalised_value_is_eight_digits),
		cmocka_unit_test(fillers_are_told_from_dates),
		cmocka_unit_test(the_order_is_decided_for_a_whole_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
