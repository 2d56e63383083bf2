#include "base/check.h"
#include "scan/wire/wire.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int
memory(void)
{
	const int fd = memfd_create("test", MFD_CLOEXEC);

	assert_true(fd >= 0);
	return fd;
}

static struct wire_plan
a_plan(void)
{
	return (struct wire_plan){
		.format = WIRE_CSV,
		.dialect = {.delimiter = ';',
			    .quote = '"',
			    .cols = 2,
			    .max_record = CSV_RECORD_DEFAULT},
		.cols = 2,
		.data_at = 17,
	};
}

static void
a_plan_comes_back_as_it_was(void **state)
{
	(void)state;
	const struct wire_plan plan = a_plan();
	const struct column_type types[2] = {
		{.kind = KIND_EMAIL, .name = "email"},
		{.kind = KIND_NONE, .name = "column 2"}};
	struct wire_plan got;
	struct column_type *columns;
	const int fd = memory();

	assert_int_equal(wire_plan_save(fd, &plan, types), RC_OK);
	assert_int_equal(wire_plan_load(fd, &got, &columns), RC_OK);
	assert_memory_equal(&got, &plan, sizeof(plan));
	assert_memory_equal(columns, types, sizeof(types));
	free(columns);
	(void)close(fd);
}

/* What a worker that was taken over might answer. */
static void
a_plan_out_of_range_is_refused(void **state)
{
	(void)state;
	static const struct {
		uint32_t cols, dialect_cols, format, kind;
		const char *name;
	} cases[] = {
		{2, 2, WIRE_CSV, KIND_COUNT, "a"},
		{2, 3, WIRE_CSV, KIND_EMAIL, "a"},
		{BATCH_COLS_MAX + 1, BATCH_COLS_MAX + 1, WIRE_CSV, 0, "a"},
		{0, 0, WIRE_CSV, 0, "a"},
		{2, 2, WIRE_TEXT + 1, 0, "a"},
		{2, 2, WIRE_CSV, 0, "\033[31m"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct wire_plan plan = a_plan();
		struct wire_plan got;
		struct column_type *types =
			calloc(BATCH_COLS_MAX + 2, sizeof(*types));
		struct column_type *columns;
		const int fd = memory();

		assert_non_null(types);
		plan.cols = cases[i].cols;
		plan.dialect.cols = cases[i].dialect_cols;
		plan.format = cases[i].format;
		types[0].kind = (uint8_t)cases[i].kind;
		memcpy(types[0].name, cases[i].name, strlen(cases[i].name) + 1);
		assert_int_equal(wire_plan_save(fd, &plan, types), RC_OK);
		assert_int_equal(wire_plan_load(fd, &got, &columns), RC_FORMAT);
		free(types);
		(void)close(fd);
	}
}

static void
a_plan_cut_anywhere_is_refused(void **state)
{
	(void)state;
	const struct wire_plan plan = a_plan();
	const struct column_type types[2] = {{.name = "a"}, {.name = "b"}};
	const size_t whole = sizeof(plan) + sizeof(types);
	struct wire_plan got;
	struct column_type *columns;
	const int fd = memory();

	assert_int_equal(wire_plan_save(fd, &plan, types), RC_OK);
	for (size_t n = whole; n-- > 0;) {
		assert_int_equal(ftruncate(fd, (off_t)n), 0);
		assert_int_equal(wire_plan_load(fd, &got, &columns), RC_FORMAT);
	}
	(void)close(fd);
}

static struct wire_report
a_report(struct wire_answer *head)
{
	static struct wire_column columns[2] = {{.filled = 3}, {.filled = 4}};
	static struct wire_holder holders[1] = {
		{.code = 5, .kind = KIND_FR_FINESS, .rows = 6}};
	static uint64_t rows[3] = {1, 2, 3};
	static uint64_t ids[1] = {9};
	static struct wire_finding findings[1] = {{.at = 7, .kind = KIND_IBAN}};

	*head = (struct wire_answer){.n_columns = 2,
				     .n_holders = 1,
				     .n_row_tokens = 3,
				     .n_id_tokens = 1,
				     .n_findings = 1,
				     .first = 4,
				     .next = 40};
	return (struct wire_report){.head = head,
				    .columns = columns,
				    .holders = holders,
				    .row_tokens = rows,
				    .id_tokens = ids,
				    .findings = findings};
}

static void
an_answer_comes_back_as_it_was(void **state)
{
	(void)state;
	struct wire_answer head;
	const struct wire_report r = a_report(&head);
	struct wire_report got;
	const int fd = memory();

	assert_int_equal(wire_report_save(fd, &r), RC_OK);
	assert_int_equal(wire_report_load(fd, 2, &got), RC_OK);
	assert_memory_equal(got.head, &head, sizeof(head));
	assert_int_equal(got.columns[1].filled, 4);
	assert_int_equal(got.holders[0].rows, 6);
	assert_int_equal(got.row_tokens[2], 3);
	assert_int_equal(got.id_tokens[0], 9);
	assert_int_equal(got.findings[0].at, 7);
	wire_report_free(&got);
	(void)close(fd);
}

static void
an_answer_that_counts_wrongly_is_refused(void **state)
{
	(void)state;
	struct wire_answer head;
	struct wire_report r = a_report(&head);
	struct wire_report got;
	const int fd = memory();

	assert_int_equal(wire_report_save(fd, &r), RC_OK);
	assert_int_equal(wire_report_load(fd, 3, &got), RC_FORMAT);

	/* Counts whose product wraps, or which point past the end. */
	static const uint64_t huge[] = {UINT64_MAX, UINT64_C(1) << 61, 1000};
	for (size_t i = 0; i < COUNT_OF(huge); i++) {
		(void)a_report(&head);
		head.n_row_tokens = huge[i];
		assert_int_equal(pwrite(fd, &head, sizeof(head), 0),
				 sizeof(head));
		assert_int_equal(wire_report_load(fd, 2, &got), RC_FORMAT);
	}
	(void)a_report(&head);
	head.first = head.next + 1;
	assert_int_equal(pwrite(fd, &head, sizeof(head), 0), sizeof(head));
	assert_int_equal(wire_report_load(fd, 2, &got), RC_FORMAT);
	(void)close(fd);
}

static void
every_reason_is_said_in_both_languages(void **state)
{
	(void)state;
	for (unsigned i = 1; i < WIRE_WHY_COUNT; i++) {
		assert_true(*wire_reason_text((enum wire_reason)i, false) != 0);
		assert_true(*wire_reason_text((enum wire_reason)i, true) != 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plan_comes_back_as_it_was),
		cmocka_unit_test(a_plan_out_of_range_is_refused),
		cmocka_unit_test(a_plan_cut_anywhere_is_refused),
		cmocka_unit_test(an_answer_comes_back_as_it_was),
		cmocka_unit_test(an_answer_that_counts_wrongly_is_refused),
		cmocka_unit_test(every_reason_is_said_in_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
