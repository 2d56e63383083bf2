#include "base/check.h"
#include "base/span.h"
#include "notify/severity/severity.h"

static struct severity
judged(struct severity_facts facts)
{
	struct severity s;

	severity_judge(&facts, &s);
	return s;
}

/* Laboratory records of 491,840 people, offered by strangers: context 4, ease
 * of identification 1, unknown recipients and malice: 5.0. */
static void
the_model_case_is_very_high(void **state)
{
	(void)state;
	const struct severity s = judged((struct severity_facts){
		.people = 491840,
		.full_name = 491840,
		.birth_date = 491000,
		.national_id = 460000,
		.address = 480000,
		.health_said = 30000,
		.health_tested = 20000,
	});

	assert_true(s.dpc.value == 4.0);
	assert_true(s.ei.value == 1.0);
	assert_true(s.cb.value == 1.0);
	assert_true(s.score == 5.0);
	assert_int_equal(s.band, SEVERITY_VERY_HIGH);
	assert_true(s.many);
	assert_string_equal(severity_band_name(s.band), "very high");
}

/* Worked values of the method, and what follows from its rules. */
static void
the_worked_values_come_out(void **state)
{
	(void)state;
	static const struct {
		struct severity_facts facts;
		double dpc, ei, cb;
		enum severity_band band;
	} cases[] = {
		{{.full_name = 1, .birth_date = 1, .email = 1},
		 1,
		 1,
		 1,
		 SEVERITY_MEDIUM},
		{{.full_name = 1}, 1, 0.25, 1, SEVERITY_LOW},
		{{.email = 1}, 1, 0.5, 1, SEVERITY_LOW},
		{{.full_name = 1,
		  .birth_date = 1,
		  .phone = 1,
		  .health_tested = 1},
		 3,
		 1,
		 1,
		 SEVERITY_VERY_HIGH},
		{{.full_name = 1,
		  .birth_date = 1,
		  .phone = 1,
		  .health_tested = 1,
		  .not_malicious = true,
		  .known_recipients = true},
		 3,
		 1,
		 0.25,
		 SEVERITY_HIGH},
		{{.full_name = 1, .address = 1, .bank = 1},
		 3,
		 0.75,
		 1,
		 SEVERITY_HIGH},
		{{.bank = 1}, 2, 0.25, 1, SEVERITY_LOW},
		{{.email = 9, .passwords = 9}, 2, 0.5, 1, SEVERITY_MEDIUM},
		{{.full_name = 1,
		  .national_id = 1,
		  .address = 1,
		  .integrity_lost = true,
		  .availability_lost = true},
		 2,
		 1,
		 2,
		 SEVERITY_VERY_HIGH},
		{{.full_name = 1,
		  .health_said = 1,
		  .no_access = true,
		  .not_malicious = true},
		 4,
		 0.25,
		 0,
		 SEVERITY_LOW},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct severity s = judged(cases[i].facts);

		assert_true(s.dpc.value == cases[i].dpc);
		assert_true(s.ei.value == cases[i].ei);
		assert_true(s.cb.value == cases[i].cb);
		assert_int_equal(s.band, cases[i].band);
	}
}

static void
without_personal_data_there_is_no_score(void **state)
{
	(void)state;
	const struct severity s = judged((struct severity_facts){0});

	assert_true(s.score == 0.0);
	assert_int_equal(s.band, SEVERITY_LOW);
	assert_int_equal(s.dpc.reasons[0], SEVERITY_NOTHING);
}

static void
every_factor_says_why_in_both_languages(void **state)
{
	(void)state;
	for (unsigned r = 0; r < SEVERITY_REASONS; r++)
		for (int fr = 0; fr < 2; fr++)
			assert_true(
				*severity_reason_text((enum severity_reason)r,
						      fr != 0) != '\0');
	const struct severity s = judged((struct severity_facts){.email = 1});
	assert_true(s.dpc.n_reasons > 0 && s.ei.n_reasons > 0);
	assert_true(s.cb.n_reasons > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_model_case_is_very_high),
		cmocka_unit_test(the_worked_values_come_out),
		cmocka_unit_test(without_personal_data_there_is_no_score),
		cmocka_unit_test(every_factor_says_why_in_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
