#include "base/check.h"
#include "base/span.h"
#include "notify/severity/severity.h"

#include <math.h>
#include <string.h>

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
static const struct {
	struct severity_facts facts;
	double dpc, ei, cb;
	enum severity_band band;
} worked_values[] = {
	{{.full_name = 1, .birth_date = 1, .email = 1},
	 1,
	 1,
	 1,
	 SEVERITY_MEDIUM},
	{{.full_name = 1}, 1, 0.25, 1, SEVERITY_LOW},
	{{.email = 1}, 1, 0.5, 1, SEVERITY_LOW},
	{{.full_name = 1, .birth_date = 1, .phone = 1, .health_tested = 1},
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
	{{.full_name = 1, .address = 1, .bank = 1}, 3, 0.75, 1, SEVERITY_HIGH},
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

static void
the_worked_values_come_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(worked_values); i++) {
		const struct severity s = judged(worked_values[i].facts);

		assert_true(s.dpc.value == worked_values[i].dpc);
		assert_true(s.ei.value == worked_values[i].ei);
		assert_true(s.cb.value == worked_values[i].cb);
		assert_int_equal(s.band, worked_values[i].band);
	}
}

/* Worked values of the method for the context. */
static const struct {
	const char *what;
	struct severity_facts facts;
	double dpc;
} worked_contexts[] = {
	{"bank letter", {.bank = 1, .bank_tells = SEVERITY_TELLS_CUSTOMER}, 1},
	{"day of transactions",
	 {.bank = 1, .bank_tells = SEVERITY_TELLS_LITTLE},
	 2},
	{"month of balances",
	 {.bank = 1, .bank_tells = SEVERITY_TELLS_DETAIL},
	 3},
	{"year of statements, full card",
	 {.bank = 1, .bank_tells = SEVERITY_TELLS_ALL},
	 4},
	{"partial card",
	 {.full_name = 1, .bank = 1, .bank_tells = SEVERITY_TELLS_LITTLE},
	 2},
	{"old card",
	 {.full_name = 1,
	  .bank = 1,
	  .bank_tells = SEVERITY_TELLS_CUSTOMER,
	  .outdated = true},
	 1},
	{"general blood tests done", {.full_name = 1, .health_routine = 1}, 1},
	{"emergency blood test", {.full_name = 1, .health_other = 1}, 2},
	{"test for a named disease", {.full_name = 1, .health_tested = 1}, 3},
	{"results", {.full_name = 1, .health_said = 1}, 4},
	{"supermarket list", {.full_name = 1}, 1},
	{"luxury shop", {.full_name = 1, .profiling = true}, 2},
	{"adult book shop", {.full_name = 1, .inference = true}, 3},
	{"undercover officers", {.full_name = 1, .safety = true}, 4},
	{"purchases without insight",
	 {.behaviour = 1, .behaviour_thin = true},
	 1},
	{"journeys of a day", {.behaviour = 1}, 2},
	{"transport card, a year", {.behaviour = 1, .profiling = true}, 3},
	{"pharmacy purchases", {.behaviour = 1, .inference = true}, 4},
	{"call log of a helpline",
	 {.phone = 1, .behaviour = 1, .inference = true},
	 4},
};

static void
the_worked_contexts_come_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(worked_contexts); i++) {
		const struct severity s = judged(worked_contexts[i].facts);

		if (s.dpc.value != worked_contexts[i].dpc)
			fail_msg("%s: %g", worked_contexts[i].what,
				 s.dpc.value);
	}
}

/* The reasons of ${f} are exactly ${n} ${want}. */
static void
assert_reasons(const struct severity_factor *f,
	       const enum severity_reason *want, size_t n)
{
	assert_int_equal(f->n_reasons, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(f->reasons[i], want[i]);
}

static const struct {
	struct severity_facts facts;
	double dpc;
	size_t n;
	enum severity_reason why[SEVERITY_REASONS_MAX];
} steps[] = {
	{{.health_tested = 1, .vulnerable = true},
	 4,
	 2,
	 {SEVERITY_HEALTH_TESTS, SEVERITY_STEP_VULNERABLE}},
	{{.health_said = 1, .vulnerable = true},
	 4,
	 3,
	 {SEVERITY_HEALTH_RESULTS, SEVERITY_STEP_VULNERABLE,
	  SEVERITY_NOTE_TOP}},
	{{.email = 1, .outdated = true},
	 1,
	 3,
	 {SEVERITY_SIMPLE, SEVERITY_STEP_OUTDATED, SEVERITY_NOTE_FLOOR}},
	{{.health_said = 1, .outdated = true},
	 3,
	 2,
	 {SEVERITY_HEALTH_RESULTS, SEVERITY_STEP_OUTDATED}},
	{{.health_said = 1, .already_public = true},
	 1,
	 2,
	 {SEVERITY_HEALTH_RESULTS, SEVERITY_STEP_PUBLIC_SENSITIVE}},
	{{.behaviour = 1, .already_public = true},
	 1,
	 2,
	 {SEVERITY_BEHAVIOUR, SEVERITY_STEP_PUBLIC}},
	/* Up and down cancel without a note. */
	{{.health_said = 1, .vulnerable = true, .outdated = true},
	 4,
	 3,
	 {SEVERITY_HEALTH_RESULTS, SEVERITY_STEP_VULNERABLE,
	  SEVERITY_STEP_OUTDATED}},
	/* The highest of three degrees, not their sum. */
	{{.email = 1, .profiling = true, .inference = true},
	 3,
	 2,
	 {SEVERITY_SIMPLE, SEVERITY_STEP_INFERENCE}},
	{{.email = 1,
	  .profiling = true,
	  .inference = true,
	  .safety = true,
	  .vulnerable = true,
	  .outdated = true,
	  .already_public = true},
	 3,
	 5,
	 {SEVERITY_SIMPLE, SEVERITY_STEP_SAFETY, SEVERITY_STEP_VULNERABLE,
	  SEVERITY_STEP_OUTDATED, SEVERITY_STEP_PUBLIC}},
	/* A full identity is a profile by itself, and only once. */
	{{.full_name = 1, .email = 1, .national_id = 1, .profiling = true},
	 2,
	 2,
	 {SEVERITY_SIMPLE, SEVERITY_STEP_PROFILING}},
	/* General health data remain that. */
	{{.health_other = 1, .inference = true},
	 2,
	 1,
	 {SEVERITY_HEALTH_GENERAL}},
	{{.bank = 1,
	  .bank_tells = SEVERITY_TELLS_ALL,
	  .safety = true,
	  .vulnerable = true,
	  .outdated = true,
	  .already_public = true},
	 4,
	 6,
	 {SEVERITY_BANK_ALL, SEVERITY_STEP_SAFETY, SEVERITY_STEP_VULNERABLE,
	  SEVERITY_STEP_OUTDATED, SEVERITY_STEP_PUBLIC, SEVERITY_NOTE_TOP}},
	/* Steps can change which kind is the gravest. */
	{{.health_said = 1, .bank = 1, .full_name = 1, .already_public = true},
	 2,
	 2,
	 {SEVERITY_BANK_FRAUD, SEVERITY_STEP_PUBLIC}},
	/* Nothing about people: nothing to raise. */
	{{.safety = true, .vulnerable = true}, 0, 1, {SEVERITY_NOTHING}},
};

static void
steps_stay_inside_the_scale_and_say_so(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		const struct severity s = judged(steps[i].facts);

		assert_true(s.dpc.value == steps[i].dpc);
		assert_reasons(&s.dpc, steps[i].why, steps[i].n);
	}
}

static void
logins_count_for_what_they_open(void **state)
{
	(void)state;
	static const struct {
		double dpc;
		enum severity_opens open;
		enum severity_reason why;
	} cases[] = {
		{2, SEVERITY_OPENS_UNKNOWN, SEVERITY_LOGINS},
		{1, SEVERITY_OPENS_SIMPLE, SEVERITY_LOGINS_SIMPLE},
		{2, SEVERITY_OPENS_BEHAVIOUR, SEVERITY_LOGINS_BEHAVIOUR},
		{3, SEVERITY_OPENS_FINANCIAL, SEVERITY_LOGINS_FINANCIAL},
		{4, SEVERITY_OPENS_SENSITIVE, SEVERITY_LOGINS_SENSITIVE},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct severity s = judged((struct severity_facts){
			.email = 1,
			.passwords = 1,
			.passwords_open = cases[i].open,
		});

		assert_true(s.dpc.value == cases[i].dpc);
		assert_reasons(&s.dpc, &cases[i].why, 1);
	}
	/* What logins would open says nothing where there are none. */
	assert_true(judged((struct severity_facts){
				   .email = 1,
				   .passwords_open = SEVERITY_OPENS_SENSITIVE,
			   })
			    .dpc.value == 1);
}

static void
contact_alone_identifies_by_its_kind(void **state)
{
	(void)state;
	static const struct {
		struct severity_facts facts;
		double ei;
		enum severity_reason why;
	} cases[] = {
		{{.phone = 1}, 0.75, SEVERITY_EI_CONTACT},
		{{.address = 1}, 0.75, SEVERITY_EI_CONTACT},
		{{.email = 1}, 0.5, SEVERITY_EI_EMAIL},
		{{.email = 1, .email_shows = SEVERITY_EMAIL_NAMES},
		 0.75,
		 SEVERITY_EI_EMAIL_NAMES},
		{{.email = 1, .email_shows = SEVERITY_EMAIL_NO_NAMES},
		 0.25,
		 SEVERITY_EI_EMAIL_NO_NAMES},
		{{.email = 1,
		  .phone = 1,
		  .email_shows = SEVERITY_EMAIL_NO_NAMES},
		 0.75,
		 SEVERITY_EI_CONTACT},
		{{.email = 1,
		  .birth_date = 1,
		  .email_shows = SEVERITY_EMAIL_NAMES},
		 1,
		 SEVERITY_EI_RECORD},
		{{.email = 1, .birth_date = 1}, 0.5, SEVERITY_EI_EMAIL},
		{{.full_name = 1, .birth_date = 1, .email = 1},
		 1,
		 SEVERITY_EI_RECORD},
		{{.full_name = 1}, 0.25, SEVERITY_EI_NAME},
		{{.national_id = 1}, 1, SEVERITY_EI_NUMBER},
		{{.phone = 1,
		  .birth_date = 1,
		  .email_shows = SEVERITY_EMAIL_NAMES},
		 0.75,
		 SEVERITY_EI_CONTACT},
		{{.birth_date = 1, .email_shows = SEVERITY_EMAIL_NAMES},
		 0.25,
		 SEVERITY_EI_NONE},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct severity s = judged(cases[i].facts);

		assert_true(s.ei.value == cases[i].ei);
		assert_reasons(&s.ei, &cases[i].why, 1);
	}
}

static void
each_circumstance_has_its_step(void **state)
{
	(void)state;
	static const struct {
		struct severity_facts facts;
		double cb;
	} cases[] = {
		{{.no_access = true, .not_malicious = true}, 0},
		{{.known_recipients = true, .not_malicious = true}, 0.25},
		{{.not_malicious = true}, 0.5},
		{{.no_access = true}, 0.5},
		{{.no_access = true,
		  .not_malicious = true,
		  .integrity_recoverable = true},
		 0.25},
		{{.no_access = true,
		  .not_malicious = true,
		  .integrity_lost = true},
		 0.5},
		{{.no_access = true,
		  .not_malicious = true,
		  .availability_temporary = true},
		 0.25},
		{{.no_access = true,
		  .not_malicious = true,
		  .availability_lost = true},
		 0.5},
		{{.integrity_recoverable = true,
		  .availability_temporary = true},
		 1.5},
		{{.integrity_recoverable = true,
		  .integrity_lost = true,
		  .availability_temporary = true,
		  .availability_lost = true},
		 2},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_true(judged(cases[i].facts).cb.value == cases[i].cb);
}

/* Context 4, ease 1, every circumstance: 6. */
static void
the_worst_is_six(void **state)
{
	(void)state;
	const struct severity s = judged((struct severity_facts){
		.national_id = 1,
		.health_said = 1,
		.integrity_lost = true,
		.availability_lost = true,
	});

	assert_true(s.score == 6.0);
	assert_int_equal(s.band, SEVERITY_VERY_HIGH);
}

static void
the_analyst_has_the_last_word(void **state)
{
	(void)state;
	static const enum severity_reason why[] = {SEVERITY_BY_ANALYST};
	const struct severity s = judged((struct severity_facts){
		.full_name = 1,
		.birth_date = 1,
		.phone = 1,
		.health_said = 1,
		.analyst_dpc = {true, 3},
		.analyst_ei = {true, 0.7},
		.analyst_cb = {true, 0.9},
	});

	assert_true(s.dpc.value == 3 && s.dpc.found == 4);
	assert_true(s.ei.value == 0.7 && s.ei.found == 1);
	assert_true(s.cb.value == 0.9 && s.cb.found == 1);
	assert_reasons(&s.dpc, why, 1);
	assert_reasons(&s.ei, why, 1);
	assert_reasons(&s.cb, why, 1);
	/* 3 * 0.7 + 0.9 is 3, whatever binary fractions make of it. */
	assert_int_equal(s.band, SEVERITY_HIGH);
}

static void
an_analyst_can_decide_one_factor_alone(void **state)
{
	(void)state;
	const struct severity s = judged((struct severity_facts){
		.email = 1,
		.analyst_cb = {true, 0},
		.analyst_dpc = {false, 4},
	});

	assert_true(s.dpc.value == 1 && s.dpc.found == 1);
	assert_int_equal(s.dpc.reasons[0], SEVERITY_SIMPLE);
	assert_true(s.cb.value == 0 && s.cb.found == 1);
	assert_int_equal(s.cb.reasons[0], SEVERITY_BY_ANALYST);
	assert_true(s.score == 0.5);
}

static void
a_choice_outside_the_scale_becomes_its_end(void **state)
{
	(void)state;
	static const struct {
		double dpc, ei, cb;
		double want_dpc, want_ei, want_cb;
	} cases[] = {
		{9, 2, 3, 4, 1, 2},
		{0.5, 0, -1, 1, 0.25, 0},
		{-HUGE_VAL, -HUGE_VAL, -HUGE_VAL, 1, 0.25, 0},
		{HUGE_VAL, HUGE_VAL, HUGE_VAL, 4, 1, 2},
	};
	static const enum severity_reason why[] = {SEVERITY_BY_ANALYST,
						   SEVERITY_NOTE_RANGE};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct severity s = judged((struct severity_facts){
			.phone = 1,
			.analyst_dpc = {true, cases[i].dpc},
			.analyst_ei = {true, cases[i].ei},
			.analyst_cb = {true, cases[i].cb},
		});

		assert_true(s.dpc.value == cases[i].want_dpc);
		assert_true(s.ei.value == cases[i].want_ei);
		assert_true(s.cb.value == cases[i].want_cb);
		assert_reasons(&s.dpc, why, 2);
		assert_reasons(&s.ei, why, 2);
		assert_reasons(&s.cb, why, 2);
	}
}

static void
not_a_number_is_not_a_choice(void **state)
{
	(void)state;
	const struct severity s = judged((struct severity_facts){
		.phone = 1,
		.analyst_dpc = {true, (double)NAN},
		.analyst_ei = {true, (double)NAN},
		.analyst_cb = {true, (double)NAN},
	});

	assert_true(s.score == 1.75);
	assert_int_equal(s.dpc.reasons[0], SEVERITY_SIMPLE);
}

static void
an_analyst_can_say_that_nobody_is_concerned(void **state)
{
	(void)state;
	const struct severity s = judged((struct severity_facts){
		.health_said = 1,
		.national_id = 1,
		.analyst_dpc = {true, 0},
	});

	assert_true(s.score == 0);
	assert_true(s.dpc.found == 4);
	assert_int_equal(s.band, SEVERITY_LOW);
	assert_int_equal(s.dpc.n_reasons, 1);
}

static void
bands_begin_at_their_points(void **state)
{
	(void)state;
	static const struct {
		double dpc, ei, cb;
		enum severity_band band;
	} cases[] = {
		{1, 1, 0.75, SEVERITY_LOW},    {1, 1, 1, SEVERITY_MEDIUM},
		{2, 1, 0.75, SEVERITY_MEDIUM}, {2, 1, 1, SEVERITY_HIGH},
		{3, 1, 0.75, SEVERITY_HIGH},   {3, 1, 1, SEVERITY_VERY_HIGH},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct severity s = judged((struct severity_facts){
			.analyst_dpc = {true, cases[i].dpc},
			.analyst_ei = {true, cases[i].ei},
			.analyst_cb = {true, cases[i].cb},
		});

		assert_int_equal(s.band, cases[i].band);
	}
}

static void
flags_stand_beside_the_number(void **state)
{
	(void)state;
	const struct severity few =
		judged((struct severity_facts){.people = 100, .email = 1});
	const struct severity many = judged((struct severity_facts){
		.people = 101, .email = 1, .unintelligible = true});

	assert_false(few.many || few.unintelligible);
	assert_true(many.many && many.unintelligible);
	assert_true(few.score == many.score);
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
every_reason_is_said_in_both_languages(void **state)
{
	(void)state;
	for (unsigned r = 0; r < SEVERITY_REASONS; r++) {
		const char *en =
			severity_reason_text((enum severity_reason)r, false);
		const char *fr =
			severity_reason_text((enum severity_reason)r, true);

		assert_non_null(en);
		assert_non_null(fr);
		if (en == NULL || fr == NULL)
			return;
		assert_string_not_equal(en, "");
		assert_string_not_equal(fr, "");
		assert_string_not_equal(en, fr);
		/* Two reasons that say the same would hide one. */
		for (unsigned q = 0; q < r; q++) {
			const enum severity_reason other =
				(enum severity_reason)q;

			assert_string_not_equal(
				en, severity_reason_text(other, false));
			assert_string_not_equal(
				fr, severity_reason_text(other, true));
		}
	}
	assert_string_equal(severity_reason_text(SEVERITY_REASONS, false), "");
}

static void
every_band_has_a_name_in_both_languages(void **state)
{
	(void)state;
	assert_string_equal(severity_band_name(SEVERITY_LOW), "low");
	assert_string_equal(severity_band_name(SEVERITY_MEDIUM), "medium");
	assert_string_equal(severity_band_name(SEVERITY_HIGH), "high");
	assert_string_equal(severity_band_text(SEVERITY_LOW, true), "faible");
	assert_string_equal(severity_band_text(SEVERITY_VERY_HIGH, true),
			    "très élevée");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_model_case_is_very_high),
		cmocka_unit_test(the_worked_values_come_out),
		cmocka_unit_test(the_worked_contexts_come_out),
		cmocka_unit_test(steps_stay_inside_the_scale_and_say_so),
		cmocka_unit_test(logins_count_for_what_they_open),
		cmocka_unit_test(contact_alone_identifies_by_its_kind),
		cmocka_unit_test(each_circumstance_has_its_step),
		cmocka_unit_test(the_worst_is_six),
		cmocka_unit_test(the_analyst_has_the_last_word),
		cmocka_unit_test(an_analyst_can_decide_one_factor_alone),
		cmocka_unit_test(a_choice_outside_the_scale_becomes_its_end),
		cmocka_unit_test(not_a_number_is_not_a_choice),
		cmocka_unit_test(an_analyst_can_say_that_nobody_is_concerned),
		cmocka_unit_test(bands_begin_at_their_points),
		cmocka_unit_test(flags_stand_beside_the_number),
		cmocka_unit_test(without_personal_data_there_is_no_score),
		cmocka_unit_test(every_reason_is_said_in_both_languages),
		cmocka_unit_test(every_band_has_a_name_in_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
