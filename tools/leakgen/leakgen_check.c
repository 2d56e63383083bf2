/*
 * leakgen_check: reads a leak in UTF-8 with the header of --style snake from
 * standard input and holds it to its truth files. It shares no code with
 * leakgen, so that neither hides a mistake of the other.
 *
 * usage: leakgen_check DELIMITER|mysql|postgres|mssql|json|ndjson TRUTH-DIR
 * Prints one hash of all rows, the same for every format and dialect.
 */
#include "check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check {
	int delimiter;
	const struct reader *reader; /* NULL: CSV */
	const char *truth;
	struct row header, row;
	uint64_t rows, hash;
	uint64_t nirs, nirs_valid, finess, sirets, rpps, ibans;
	char (*kind)[32];
	size_t columns;
};

static _Noreturn void
die(const char *what, uint64_t where)
{
	(void)fprintf(stderr, "leakgen_check: %s at %" PRIu64 "\n", what,
		      where);
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): one thread. */
	exit(1);
}

void
check_die(const char *what)
{
	die(what, 0);
}

void
check_put(struct row *r, int c)
{
	if (r->n >= CELLS_MAX || r->length[r->n] + 1 >= CELL_BYTES)
		check_die("a cell or row that is too long");
	r->cell[r->n][r->length[r->n]++] = (char)c;
}

void
check_end(struct row *r)
{
	if (r->n >= CELLS_MAX)
		check_die("a row that is too long");
	r->cell[r->n][r->length[r->n]] = '\0';
	r->n++;
}

/* The rest of a quoted cell; returns what follows the last quote. */
static int
read_quoted(struct check *k, struct row *r)
{
	for (;;) {
		int c = getchar();
		if (c == EOF)
			die("the end inside quotes", k->rows);
		if (c == '"') {
			c = getchar();
			if (c != '"')
				return c;
		}
		check_put(r, c);
	}
}

static int
read_cell(struct check *k, struct row *r)
{
	r->length[r->n] = 0;
	int c = getchar();
	if (c == '"') {
		c = read_quoted(k, r);
	} else {
		while (c != k->delimiter && c != '\n' && c != '\r' &&
		       c != EOF) {
			if (c == '"')
				die("a quote in a cell without", k->rows);
			check_put(r, c);
			c = getchar();
		}
	}
	check_end(r);
	return c;
}

/* False at the end of the input. */
static bool
read_row(struct check *k, struct row *r)
{
	if (k->reader != NULL)
		return k->reader->row(&k->header, r);

	int c = getchar();

	if (c == EOF)
		return false;
	(void)ungetc(c, stdin);
	r->n = 0;
	do
		c = read_cell(k, r);
	while (c == k->delimiter);
	if (c == '\r')
		c = getchar();
	if (c != '\n')
		die("a row without an end", k->rows);
	return true;
}

static bool
all_digits(const char *s, size_t n)
{
	return strlen(s) == n && strspn(s, "0123456789") == n;
}

static bool
luhn(const char *s, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int d = s[n - 1 - i] - '0';
		if (i % 2 == 1)
			d = d < 5 ? 2 * d : 2 * d - 9;
		sum += d;
	}
	return sum % 10 == 0;
}

static bool
nir_is_valid(const char *cell)
{
	char s[16] = {0};
	size_t n = 0;

	for (; *cell != '\0'; cell++)
		if (*cell != ' ' && n < 15)
			s[n++] = *cell;
	if (n != 15)
		return false;
	if (memcmp(s + 5, "2A", 2) == 0)
		memcpy(s + 5, "19", 2);
	else if (memcmp(s + 5, "2B", 2) == 0)
		memcpy(s + 5, "18", 2);
	if (!all_digits(s, 15))
		return false;
	const uint64_t all = strtoull(s, NULL, 10);
	return all % 100 == 97 - all / 100 % 97;
}

static bool
iban_is_valid(const char *cell)
{
	char s[64] = {0};
	size_t n = 0;
	unsigned rest = 0;

	for (; *cell != '\0' && n < 60; cell++)
		if (*cell != ' ')
			s[n++] = *cell;
	if (n != 27)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char c = s[(i + 4) % n];
		if (c >= '0' && c <= '9')
			rest = (rest * 10 + (unsigned)(c - '0')) % 97;
		else
			rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
	}
	return rest == 1;
}

static void
check_cell(struct check *k, const char *kind, const char *cell)
{
	if (cell[0] == '\0')
		return;
	if (strcmp(kind, "fr.nir") == 0) {
		k->nirs++;
		k->nirs_valid += nir_is_valid(cell);
	} else if (strcmp(kind, "fr.finess") == 0) {
		k->finess++;
		if (!all_digits(cell, 9) || !luhn(cell, 9))
			die("a bad FINESS", k->rows);
	} else if (strcmp(kind, "fr.siret") == 0) {
		k->sirets++;
		if (!all_digits(cell, 14) || !luhn(cell, 14) || !luhn(cell, 9))
			die("a bad SIRET", k->rows);
	} else if (strcmp(kind, "fr.rpps") == 0) {
		k->rpps++;
		if (!all_digits(cell, 11) || !luhn(cell, 11) || cell[0] != '1')
			die("a bad RPPS", k->rows);
	} else if (strcmp(kind, "iban") == 0) {
		k->ibans++;
		if (!iban_is_valid(cell))
			die("a bad IBAN", k->rows);
	}
}

static FILE *
open_truth(const struct check *k, const char *name)
{
	char path[LINE_BYTES];

	(void)snprintf(path, sizeof(path), "%s/%s", k->truth, name);
	FILE *f = fopen(path, "rbe");
	if (f == NULL)
		die("no truth file", 0);
	return f;
}

/* Reads the names of the columns; false: the rows bring them along. */
static bool
read_header(struct check *k)
{
	if (k->reader == NULL) {
		if (!read_row(k, &k->header))
			die("no header", 0);
		return true;
	}
	if (k->reader->header != NULL)
		k->reader->header(&k->header);
	return k->reader->header != NULL;
}

static void
take_name(struct row *header, const char *name)
{
	header->length[header->n] = 0;
	for (; *name != '\0'; name++)
		check_put(header, *name);
	check_end(header);
}

/* The header and columns.tsv agree, name by name. */
static void
check_header(struct check *k)
{
	char line[LINE_BYTES];
	FILE *f = open_truth(k, "columns.tsv");

	const bool has_header = read_header(k);
	k->kind = calloc(CELLS_MAX, sizeof(*k->kind));
	if (k->kind == NULL)
		die("no memory", 0);
	while (fgets(line, sizeof(line), f) != NULL) {
		char *rest = line;
		const char *index = strsep(&rest, "\t");
		const char *name = strsep(&rest, "\t");
		const char *kind = strsep(&rest, "\t");
		if (!has_header && kind != NULL)
			take_name(&k->header, name);
		if (k->columns >= k->header.n || kind == NULL || rest == NULL ||
		    strtoull(index, NULL, 10) != k->columns ||
		    strcmp(name, k->header.cell[k->columns]) != 0)
			die("columns.tsv is not the header", k->columns);
		(void)snprintf(k->kind[k->columns], sizeof(*k->kind), "%s",
			       kind);
		k->columns++;
	}
	(void)fclose(f);
	if (k->columns != k->header.n)
		die("columns.tsv is too short", k->columns);
}

/* FNV-1a over the cell and the NUL behind it. */
static void
hash_cell(struct check *k, const char *cell, size_t n)
{
	for (size_t i = 0; i <= n; i++) {
		k->hash ^= (uint8_t)cell[i];
		k->hash *= 0x100000001b3ULL;
	}
}

static void
check_rows(struct check *k)
{
	k->hash = 0xcbf29ce484222325ULL;
	for (; read_row(k, &k->row); k->rows++) {
		if (k->row.n != k->columns)
			die("a row of another length", k->rows);
		for (size_t i = 0; i < k->row.n; i++) {
			check_cell(k, k->kind[i], k->row.cell[i]);
			hash_cell(k, k->row.cell[i], k->row.length[i]);
		}
	}
}

/* Number ${field} of a line; dies if it is none. */
static uint64_t
field(const char *line, size_t at, uint64_t where)
{
	while (at-- > 0) {
		line = strchr(line, '\t');
		if (line == NULL)
			die("a truth line that is too short", where);
		line++;
	}
	if (line[0] < '0' || line[0] > '9')
		die("a truth field that is no number", where);
	return strtoull(line, NULL, 10);
}

/* rows.tsv counts up, people.tsv counts the same rows a person. */
static void
check_people(struct check *k)
{
	char line[LINE_BYTES];
	FILE *rows = open_truth(k, "rows.tsv");
	FILE *people = open_truth(k, "people.tsv");
	uint32_t *count = calloc(k->rows + 1, sizeof(*count));
	uint64_t n = 0;
	uint64_t persons = 0;

	if (count == NULL)
		die("no memory", 0);
	for (; fgets(line, sizeof(line), rows) != NULL; n++) {
		const uint64_t person = field(line, 1, n);
		if (field(line, 0, n) != n || person >= k->rows)
			die("rows.tsv is out of order", n);
		count[person]++;
	}
	if (n != k->rows)
		die("rows.tsv has another number of rows", n);
	for (; fgets(line, sizeof(line), people) != NULL; persons++)
		if (field(line, 0, persons) != persons ||
		    field(line, 1, persons) != count[persons])
			die("people.tsv counts otherwise", persons);
	if (count[persons] != 0)
		die("people.tsv is too short", persons);
	free(count);
	(void)fclose(rows);
	(void)fclose(people);
}

/* Every note is of a row and of a note column. */
static void
check_notes(struct check *k)
{
	char line[LINE_BYTES];
	FILE *notes = open_truth(k, "notes.tsv");
	uint64_t last = 0;

	for (uint64_t n = 0; fgets(line, sizeof(line), notes) != NULL; n++) {
		const uint64_t row = field(line, 0, n);
		const uint64_t column = field(line, 1, n);
		if (row < last || row >= k->rows || column >= k->columns ||
		    strcmp(k->kind[column], "health.note") != 0)
			die("notes.tsv names no note", n);
		last = row;
	}
	(void)fclose(notes);
}

int
main(int argc, char **argv)
{
	if (argc != 3) {
		(void)fputs("usage: leakgen_check DELIMITER|FORMAT TRUTH-DIR\n",
			    stderr);
		return 2;
	}
	struct check *k = calloc(1, sizeof(*k));
	if (k == NULL)
		return 1;
	k->delimiter = (unsigned char)argv[1][0];
	for (const struct reader *r = check_readers; r->name != NULL; r++)
		if (strcmp(r->name, argv[1]) == 0)
			k->reader = r;
	k->truth = argv[2];
	check_header(k);
	check_rows(k);
	check_people(k);
	check_notes(k);
	/* 1.5 % are mistyped and 1 % have no key; twice that is a mistake. */
	if (k->nirs >= 1000 && k->nirs_valid * 100 < k->nirs * 95)
		die("too few valid NIRs", k->nirs_valid);
	(void)printf("%016" PRIx64 " rows %" PRIu64 " nir %" PRIu64 "/%" PRIu64
		     " finess %" PRIu64 " siret %" PRIu64 " rpps %" PRIu64
		     " iban %" PRIu64 "\n",
		     k->hash, k->rows, k->nirs_valid, k->nirs, k->finess,
		     k->sirets, k->rpps, k->ibans);
	free(k->kind);
	free(k);
	return 0;
}
