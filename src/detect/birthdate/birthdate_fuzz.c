#include "detect/birthdate/birthdate.h"

#include <stdlib.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop, so that the fuzzer keeps the input. */
static void
need(bool holds)
{
	if (!holds)
		abort();
}

static void
try_order(struct span text, enum date_order order)
{
	uint32_t date = 77;
	const enum kind_verdict v = birthdate_parse(text, order, &date);

	if (v == KIND_NO) {
		need(date == 77);
		return;
	}
	if (birthdate_is_filler(date)) {
		need(v == KIND_WEAK);
		return;
	}
	const uint32_t year = date / 10000;
	const uint32_t month = date / 100 % 100;
	const uint32_t day = date % 100;

	need(year >= BIRTHDATE_FIRST && year <= BIRTHDATE_LAST);
	need(month <= 12 && day <= 31 && (month > 0 || day == 0));
	need(v == KIND_WEAK || (month > 0 && day > 0));
	/* Its eight digits are the same date. */
	uint8_t digits[8];
	uint32_t left = date;
	uint32_t again;

	for (size_t i = sizeof(digits); i-- > 0; left /= 10)
		digits[i] = (uint8_t)('0' + left % 10);
	need(birthdate_parse((struct span){digits, sizeof(digits)}, DATE_YMD,
			     &again) != KIND_NO);
	need(again == date);
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span text = {data, size};
	struct norm norm;
	struct date_census c = {0};

	for (int o = DATE_UNKNOWN; o < DATE_ORDER_COUNT; o++)
		try_order(text, (enum date_order)o);
	if (kind_birth_date.test(text, &norm) != KIND_NO)
		need(norm.n == 8 && all_digits(norm.p, 8));
	date_census_add(&c, text);
	need(date_census_order(&c) < DATE_ORDER_COUNT);
	need(c.full + c.serial <= 1);
	return 0;
}
