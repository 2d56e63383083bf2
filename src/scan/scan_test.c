/* A scan from the outside: workers, jail and all, on files made here. */
#include "base/check.h"
#include "scan/scan.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 3000 };

static const char *
name_of_kind(unsigned kind)
{
	(void)kind;
	return "kind";
}

/* A table whose comments hold newlines, delimiters and quotes. */
static void
write_table(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs("nom;prenom;email;commentaire\n", f);
	for (int i = 0; i < ROWS; i++) {
		fprintf(f, "NOM%c%c;Anne;a%d@exemple.fr;", 'A' + i % 26,
			'A' + i / 26 % 26, i);
		if (i % 7 == 0)
			fprintf(f, "\"ligne %d\nsuite; \"\"x\"\"\n\nfin\"", i);
		else if (i % 501 == 0)
			fputs("\"jamais ferme", f);
		else
			fprintf(f, "rien %d", i);
		fputc('\n', f);
	}
	assert_int_equal(fclose(f), 0);
}

static struct scan_result *
scan_with(const char *path, uint32_t range_bytes, unsigned jobs)
{
	const struct scan_options o = {.jobs = jobs,
				       .people = true,
				       .range_bytes = range_bytes,
				       .kind_name = name_of_kind};
	struct scan_result *r = NULL;

	assert_int_equal(scan_run(&path, 1, &o, &r), RC_OK);
	assert_int_equal(r->n_documents, 1);
	return r;
}

static void
assert_same(const struct scan_result *a, const struct scan_result *b)
{
	const struct scan_document *x = &a->documents[0];
	const struct scan_document *y = &b->documents[0];

	assert_int_equal(x->records, y->records);
	assert_int_equal(x->malformed, y->malformed);
	assert_int_equal(x->blank, y->blank);
	assert_string_equal(x->sha256, y->sha256);
	assert_int_equal(x->plan.cols, y->plan.cols);
	assert_memory_equal(x->columns, y->columns,
			    x->plan.cols * sizeof(*x->columns));
	assert_memory_equal(a->kinds, b->kinds, sizeof(a->kinds));
	assert_memory_equal(a->topics, b->topics, sizeof(a->topics));
	assert_int_equal(a->rows, b->rows);
	assert_int_equal(a->mentions, b->mentions);
	assert_int_equal(a->identifiers > 0, b->identifiers > 0);
}

static void
however_a_document_is_cut_it_holds_the_same(void **state)
{
	const char *path = *state;
	static const uint32_t ranges[] = {512, 1000, 4096, 65536};
	struct scan_result *whole = scan_with(path, 0, 1);

	assert_true(whole->rows >= ROWS);
	for (size_t i = 0; i < COUNT_OF(ranges); i++) {
		struct scan_result *cut =
			scan_with(path, ranges[i], (unsigned)(1 + i % 3));

		assert_same(whole, cut);
		scan_result_free(cut);
	}
	scan_result_free(whole);
}

static void
a_pipe_holds_what_the_file_holds(void **state)
{
	const char *path = *state;
	struct scan_result *file = scan_with(path, 8192, 2);
	const int kept = dup(STDIN_FILENO);
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0 && kept >= 0);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	(void)close(fd);
	struct scan_result *pipe_result = scan_with("-", 8192, 2);
	(void)dup2(kept, STDIN_FILENO);
	(void)close(kept);
	assert_same(file, pipe_result);
	scan_result_free(file);
	scan_result_free(pipe_result);
}

static void
a_stop_is_obeyed(void **state)
{
	const char *path = *state;
	const volatile int stop = 1;
	const struct scan_options o = {
		.jobs = 1, .stop = &stop, .kind_name = name_of_kind};
	struct scan_result *r = NULL;

	assert_int_equal(scan_run(&path, 1, &o, &r), RC_OK);
	assert_true(r->interrupted);
	scan_result_free(r);
}

static void
no_descriptor_is_left_open(void **state)
{
	const char *path = *state;
	const int before = dup(STDERR_FILENO);

	(void)close(before);
	scan_result_free(scan_with(path, 4096, 2));
	const int after = dup(STDERR_FILENO);
	(void)close(after);
	assert_int_equal(before, after);
}

static int
set_up(void **state)
{
	static char path[] = "/tmp/tocsin-scan-test-XXXXXX";
	const int fd = mkstemp(path);

	assert_true(fd >= 0);
	(void)close(fd);
	write_table(path);
	*state = path;
	return 0;
}

static int
tear_down(void **state)
{
	return unlink(*state);
}

static void
what_does_not_fit_in_memory_counts_the_same(void **state)
{
	const char *path = *state;
	struct scan_result *all = scan_with(path, 4096, 2);
	struct scan_options o = {.jobs = 2,
				 .people = true,
				 .memory_bytes = 1,
				 .range_bytes = 4096,
				 .kind_name = name_of_kind};
	struct scan_result *r = NULL;
	uint64_t sealed = 0;
	uint64_t end = 0;

	assert_int_equal(scan_run(&path, 1, &o, &r), RC_OK);
	assert_same(all, r);
	assert_true(r->distinct_known && r->people_complete);
	assert_true(all->distinct_rows > 1024);
	assert_int_equal(all->distinct_rows, r->distinct_rows);
	assert_int_equal(all->identifiers, r->identifiers);
	assert_int_equal(all->domains, r->domains);
	assert_int_equal(all->n_blocks, r->n_blocks);
	/* Sealed blocks lie one behind the other. */
	for (size_t i = 0; i < r->n_blocks; i++) {
		if (!r->blocks[i].sealed)
			continue;
		sealed++;
		assert_int_equal(r->blocks[i].at, end);
		end += r->blocks[i].bytes;
	}
	assert_true(sealed > r->n_blocks / 2);
	assert_int_equal(end, r->vault_disk_bytes);
	scan_result_free(all);
	scan_result_free(r);
	/* Without a place for it, the rest is known all the same. */
	o.tmp = "/nowhere";
	assert_int_equal(scan_run(&path, 1, &o, &r), RC_OK);
	assert_false(r->distinct_known || r->people_complete);
	assert_int_not_equal(r->documents[0].status, SCAN_UNREAD);
	scan_result_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(however_a_document_is_cut_it_holds_the_same),
		cmocka_unit_test(a_pipe_holds_what_the_file_holds),
		cmocka_unit_test(a_stop_is_obeyed),
		cmocka_unit_test(no_descriptor_is_left_open),
		cmocka_unit_test(what_does_not_fit_in_memory_counts_the_same),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
