#include "base/check.h"
#include "format/csv/csv.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/** A document and what is to be found in it. */
struct sniffed {
	const char *what;
	const char *text;
	char delimiter, quote, escape;
	uint8_t newline;
	bool is_headless;
	uint32_t cols;
	uint32_t skip_lines;
};

static const struct sniffed tables[] = {
	{"commas, a header, numbers", "a,b,c\n1,2,3\n4,5,6\n", ',', '"', 0,
	 CSV_LF, false, 3, 0},
	{"one row below the header", "first,last,city,zip\nJo,Doe,Rex,08123",
	 ',', '"', 0, CSV_LF, false, 4, 0},
	{"semicolons with decimal commas",
	 "nom;montant;taux\r\nDURAND;12,50;1,5\r\nPETIT;8,00;2,25\r\n"
	 "LEROY;1,99;0,75\r\n",
	 ';', '"', 0, CSV_CRLF, false, 3, 0},
	{"semicolons, a comma in each address",
	 "nom;adresse\nDURAND, Anne;12, rue des Lilas\n"
	 "PETIT, Paul;3, place Haute\nLEROY, Zoe;44, quai Sud\n",
	 ';', '"', 0, CSV_LF, false, 2, 0},
	{"commas inside quotes",
	 "id,name,address\n1,\"Doe, Jo\",\"12, High St\"\n"
	 "2,\"Roe, Al\",\"9, Low St\"\n3,Poe,\"1, Mid St\"\n",
	 ',', '"', 0, CSV_LF, false, 3, 0},
	{"newlines and doubled quotes inside quotes",
	 "id;note\n1;\"a;b\nc;d\ne\"\n2;\"\"\"x\"\";;\n;\"\n3;ras\n", ';', '"',
	 0, CSV_LF, false, 2, 0},
	{"tabs", "id\tville\tcp\n1\tVannes\t56000\n2\tLorient\t56100\n", '\t',
	 '"', 0, CSV_LF, false, 3, 0},
	{"bars",
	 "id|date|email\n1|02/03/1990|a@exemple.fr\n"
	 "2|04/05/1991|b@exemple.fr\n",
	 '|', '"', 0, CSV_LF, false, 3, 0},
	{"tildes", "id~nom~cp\n1~A~56000\n2~B~35000\n3~C~22000\n", '~', '"', 0,
	 CSV_LF, false, 3, 0},
	{"carets", "id^nom^cp\n1^A^56000\n2^B^35000\n3^C^22000\n", '^', '"', 0,
	 CSV_LF, false, 3, 0},
	{"addresses and passwords with colons",
	 "a@exemple.fr:secret1\nb.c@exemple.org:hunter2\n"
	 "zoe@exemple.fr:Azerty\nq@exemple.net:123456\n",
	 ':', '"', 0, CSV_LF, true, 2, 0},
	{"columns set with spaces",
	 "C   0.000000   0.000000   0.000000\n"
	 "H   0.000000   0.000000   1.089000\n"
	 "H   1.026719   0.000000  -0.363000\n"
	 "H  -0.513360  -0.889165  -0.363000\n",
	 ' ', '"', 0, CSV_LF, true, 4, 0},
	{"single quotes",
	 "id,'nom','ville'\n1,'O''Neil','Brest, port'\n2,'Le Gall','Auray'\n"
	 "3,'Riou','Vannes, sud'\n",
	 ',', '\'', 0, CSV_LF, false, 3, 0},
	{"backslashes before quotes",
	 "id,nom,note\n1,\"A\",\"dit \\\"le grand\\\", absent\"\n"
	 "2,\"B\",\"\\\"ras\\\"\"\n3,\"C\",\"vu\"\n",
	 ',', '"', '\\', CSV_LF, false, 3, 0},
	{"quotes that are no quotes",
	 "id\ttaille\n1\t\"5\n2\t\"6\n3\t\"7 pouces\n4\t\"8\n", '\t', 0, 0,
	 CSV_LF, false, 2, 0},
	{"carriage returns", "id,cp\r1,56000\r2,35000\r", ',', '"', 0, CSV_CR,
	 false, 2, 0},
	{"carriage returns, and line feeds inside quotes",
	 "id,note\r1,\"a\nb\"\r2,\"c\nd\"\r3,ras\r4,vu\r5,vu\r", ',', '"', 0,
	 CSV_CR, false, 2, 0},
	{"single spaces, and cells that are empty",
	 "id n cp ne\n1  56000 1980\n2 7 35000 1985\n3 8  1990\n"
	 "4 9 22000 1991\n",
	 ' ', '"', 0, CSV_LF, false, 4, 0},
	{"backslashes before quotes outside of quotes",
	 "id,nom\n1,dit \\\"le grand\\\"\n2,ras\n3,vu\n", ',', '"', '\\',
	 CSV_LF, false, 2, 0},
	{"a byte-order mark", "\xEF\xBB\xBFnom;age\nDURAND;41\nPETIT;52\n", ';',
	 '"', 0, CSV_LF, false, 2, 0},
	{"a line that names the delimiter", "sep=|\r\na|b;c\r\n1|2;3\r\n", '|',
	 '"', 0, CSV_CRLF, false, 2, 1},
	{"a title and a blank line",
	 "Export of patients\n\nnom;cp;ne\nDURAND;56000;01/02/1980\n"
	 "PETIT;35000;03/04/1985\n",
	 ';', '"', 0, CSV_LF, false, 3, 2},
	{"comments",
	 "# made on 02/03/2020, not for publication\n# by the laboratory\n"
	 "nom,cp,ne\nDURAND,56000,01/02/1980\nPETIT,35000,03/04/1985\n",
	 ',', '"', 0, CSV_LF, false, 3, 2},
	{"a title in a spreadsheet's first cell",
	 "Patients 2020,,,\n,,,\nnom,prenom,cp,ne\nDURAND,Anne,56000,1980\n"
	 "PETIT,Paul,35000,1985\n",
	 ',', '"', 0, CSV_LF, false, 4, 2},
	{"a header wider than its rows",
	 "version,name,date,eol,eol-server,eol-esm\n4.10,Wa,2004-10-20,2006\n"
	 "5.04,Ho,2005-04-08,2006\n5.10,Br,2005-10-12,2007\n",
	 ',', '"', 0, CSV_LF, false, 6, 0},
	{"text only, with names of columns",
	 "Prénom;Ville;Profession\nAnne;Vannes;Infirmière\nPaul;Auray;Chef\n",
	 ';', '"', 0, CSV_LF, false, 3, 0},
	{"the same in Latin-1",
	 "Pr\xE9nom;Ville;M\xE9tier\nAnne;Vannes;Infirmi\xE8re\n"
	 "Paul;Auray;Chef\n",
	 ';', '"', 0, CSV_LF, false, 3, 0},
	{"no header: the first row has a date, an address, numbers",
	 "DURAND;01/02/1980;a@exemple.fr;56000\n"
	 "PETIT;03/04/1985;b@exemple.fr;35000\n",
	 ';', '"', 0, CSV_LF, true, 4, 0},
	{"no header, text only",
	 "DURAND;Anne;Vannes\nPETIT;Paul;Auray\nRIOU;Zoe;Brest\n"
	 "DURAND;Paul;Brest\n",
	 ';', '"', 0, CSV_LF, true, 3, 0},
	{"a header alone", "nom;prenom;date_naissance;adresse\n", ';', '"', 0,
	 CSV_LF, false, 4, 0},
	{"one row of data alone", "DURAND;Anne;01/02/1980;0612345678\n", ';',
	 '"', 0, CSV_LF, true, 4, 0},
	{"numbered columns", "C01;C02;C03\n1;56000;x\n2;35000;y\n3;22000;z\n",
	 ';', '"', 0, CSV_LF, false, 3, 0},
	{"rows that leave out their last cells",
	 "col1,col2,col3\n1,2,3\n1,2\n1\n", ',', '"', 0, CSV_LF, false, 3, 0},
};

static void
check(const struct sniffed *t)
{
	struct csv_sniff s;

	assert_int_equal(csv_sniff(span_str(t->text), true, &s), RC_OK);
	if (!s.is_table || s.dialect.delimiter != (uint8_t)t->delimiter ||
	    s.has_header == t->is_headless)
		print_error("%s:\n", t->what);
	assert_true(s.is_table);
	assert_int_equal(s.dialect.delimiter, t->delimiter);
	assert_int_equal(s.dialect.quote, t->quote);
	assert_int_equal(s.dialect.escape, t->escape);
	assert_int_equal(s.dialect.newline, t->newline);
	assert_int_equal(s.dialect.cols, t->cols);
	assert_int_equal(s.skip_lines, t->skip_lines);
	assert_int_equal(s.has_header, !t->is_headless);
	assert_true(csv_dialect_check(&s.dialect));
}

static void
dialects_and_headers_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		check(&tables[i]);
}

/** Text that is no table, or one of one column, and the reason. */
static const struct {
	const char *text;
	bool is_table;
	enum csv_reason why;
} others[] = {
	{"", false, CSV_WHY_EMPTY},
	{" \n\t\n\n", false, CSV_WHY_EMPTY},
	{"\x01\x02\x03\x04\x05\x06\x07 abc\n", false, CSV_WHY_BINARY},
	{"The meeting began at nine, as planned, and went on until noon.\n"
	 "Nobody, it seems, had read the report; so it was read aloud.\n"
	 "After that, coffee.\n"
	 "The afternoon was given to questions of all kinds.\n",
	 false, CSV_WHY_PROSE},
	{"Bonjour,\n\nJe vous remercie de votre courrier du mois dernier.\n"
	 "Le patient a été revu ce jour, sans plainte, et va bien.\n"
	 "Son traitement reste le même jusqu'au prochain rendez-vous.\n"
	 "Avec mes salutations confraternelles, et à bientôt.\n",
	 false, CSV_WHY_PROSE},
	{"#include <stdio.h>\n\nint\nmain(void)\n{\n\tint a = 1, b = 2;\n"
	 "\tif (a) {\n\t\tprintf(\"%d, %d\", a, b);\n\t}\n\treturn 0;\n}\n",
	 false, CSV_WHY_CODE},
	{"{\"a\": 1, \"b\": 2}\n{\"a\": 3, \"b\": 4}\n{\"a\": 5, \"b\": 6}\n",
	 false, CSV_WHY_CODE},
	{"<?xml version=\"1.0\"?>\n<a>\n<b>1</b>\n<b>2</b>\n</a>\n", false,
	 CSV_WHY_CODE},
	{"name=value\nport=8080\nhost=exemple.fr\npath=/srv\n", false,
	 CSV_WHY_CODE},
	{"2020-09-10 12:00:01 host sshd[1]: session opened for user root\n"
	 "2020-09-10 12:00:04 host cron[22]: job started\n"
	 "2020-09-10 12:01:09 host kernel: link up at 1000 Mbit, full duplex\n"
	 "2020-09-10 12:03:30 host sshd[1]: session closed\n",
	 false, CSV_WHY_LOG},
	{"a@exemple.fr\nb@exemple.fr\nc.d@exemple.org\n", true, CSV_WHY_LIST},
	{"nir\n269054958815780\n169052A00100182\n", true, CSV_WHY_LIST},
	{"\"12, rue Haute\"\n\"3, quai Sud\"\n", true, CSV_WHY_LIST},
	{"one line without any delimiter and nothing else to go by", false,
	 CSV_WHY_PROSE},
};

static void
what_is_no_table_is_said_with_its_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		struct csv_sniff s;

		assert_int_equal(csv_sniff(span_str(others[i].text), true, &s),
				 RC_OK);
		assert_int_equal(s.main, others[i].why);
		assert_int_equal(s.is_table, others[i].is_table);
		assert_true((s.reasons & 1u << s.main) != 0);
		/* Even so it can be opened. */
		assert_true(csv_dialect_check(&s.dialect));
	}
}

static void
a_list_has_one_column_and_may_have_a_header(void **state)
{
	struct csv_sniff s;
	(void)state;

	assert_int_equal(
		csv_sniff(SPAN_LIT("email\na@exemple.fr\nb@exemple.fr\n"), true,
			  &s),
		RC_OK);
	assert_int_equal(s.dialect.cols, 1);
	assert_true(s.has_header);
	assert_int_equal(s.header_bytes, 6);
	assert_int_equal(
		csv_sniff(SPAN_LIT("a@exemple.fr\nb@exemple.fr\n"), true, &s),
		RC_OK);
	assert_false(s.has_header);
	assert_int_equal(s.header_bytes, 0);
}

static void
the_body_starts_after_what_was_skipped_and_the_header(void **state)
{
	const struct span text = SPAN_LIT("\xEF\xBB\xBF# about, this\n# and "
					  "that\n\"no\nm\";cp\nA;1\nB;2\n");
	struct csv_sniff s;
	(void)state;

	assert_int_equal(csv_sniff(text, true, &s), RC_OK);
	const size_t at = s.skip_bytes + s.header_bytes;
	assert_memory_equal(text.p + s.skip_bytes, "\"no\nm\"", 6);
	assert_memory_equal(text.p + at, "A;1", 3);
	assert_int_equal(s.skip_lines, 2);
}

static void
the_runner_up_and_the_figures_are_told(void **state)
{
	struct csv_sniff s;
	(void)state;

	assert_int_equal(
		csv_sniff(SPAN_LIT("a;b,c\n1;2,5\n3;4,5\n6;7,5\n"), true, &s),
		RC_OK);
	assert_int_equal(s.best.delimiter, ';');
	assert_int_equal(s.second.delimiter, ',');
	assert_true(s.best.score > s.second.score);
	assert_true(s.second.score > 0);
	assert_int_equal(s.best.rows, 4);
	assert_int_equal(s.best.rows_fit, 4);
	assert_true(s.confidence > 0 && s.confidence <= 1);
}

static void
more_lines_make_it_surer(void **state)
{
	struct csv_sniff one;
	struct csv_sniff many;
	(void)state;

	assert_int_equal(csv_sniff(SPAN_LIT("a,b\n"), true, &one), RC_OK);
	assert_int_equal(
		csv_sniff(SPAN_LIT("a,b\n1,2\n3,4\n5,6\n7,8\n"), true, &many),
		RC_OK);
	assert_true(many.confidence > one.confidence);
	assert_true((one.reasons & 1u << CSV_WHY_SHORT) != 0);
	assert_true((many.reasons & 1u << CSV_WHY_SHORT) == 0);
}

static void
a_sample_cut_anywhere_gives_the_same_dialect(void **state)
{
	enum { ROWS = 40 };
	static char text[ROWS * 64];
	size_t n = 0;
	(void)state;

	for (int i = 0; i < ROWS; i++) {
		static const char row[] =
			"DURAND;\"12; rue\nHaute\";01/02/1980;56000;\"a "
			"\"\"b\"\"\"\n";

		memcpy(text + n, row, sizeof(row) - 1);
		n += sizeof(row) - 1;
	}
	for (size_t cut = n / 2; cut < n; cut++) {
		struct csv_sniff s;

		assert_int_equal(csv_sniff((struct span){(uint8_t *)text, cut},
					   false, &s),
				 RC_OK);
		assert_int_equal(s.dialect.delimiter, ';');
		assert_int_equal(s.dialect.quote, '"');
		assert_int_equal(s.dialect.cols, 5);
		assert_true(s.is_table);
	}
}

static void
every_reason_has_its_own_text(void **state)
{
	(void)state;
	for (int i = 0; i < CSV_WHY_COUNT; i++) {
		const char *text = csv_reason_text((enum csv_reason)i);

		assert_non_null(text);
		assert_true(text[0] != '\0');
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				text, csv_reason_text((enum csv_reason)k));
	}
}

/* Hostile samples: every delimiter, quote and escape everywhere. */
static void
no_sample_takes_long(void **state)
{
	static const char *const pieces[] = {
		",;\t|:^~ \"'\\\n",
		"\"\\\",'\n",
		"\",\"",
		",",
		"\n",
		"'\n,\"",
		"\\,\\;\"",
		"a b:c,d;e|f\tg^h~i\n",
	};
	uint8_t *p = malloc(CSV_SAMPLE_MAX);
	(void)state;

	assert_non_null(p);
	for (size_t k = 0; k < COUNT_OF(pieces); k++) {
		const size_t len = strlen(pieces[k]);
		struct csv_sniff s;

		for (size_t i = 0; i < CSV_SAMPLE_MAX; i++)
			p[i] = (uint8_t)pieces[k][i % len];
		const clock_t start = clock();
		assert_int_equal(
			csv_sniff((struct span){p, CSV_SAMPLE_MAX}, false, &s),
			RC_OK);
		/* 20 ms are meant; sanitisers and neighbours take more. */
		assert_true(clock() - start < CLOCKS_PER_SEC);
		assert_true(csv_dialect_check(&s.dialect));
	}
	free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dialects_and_headers_are_found),
		cmocka_unit_test(what_is_no_table_is_said_with_its_reason),
		cmocka_unit_test(a_list_has_one_column_and_may_have_a_header),
		cmocka_unit_test(
			the_body_starts_after_what_was_skipped_and_the_header),
		cmocka_unit_test(the_runner_up_and_the_figures_are_told),
		cmocka_unit_test(more_lines_make_it_surer),
		cmocka_unit_test(a_sample_cut_anywhere_gives_the_same_dialect),
		cmocka_unit_test(every_reason_has_its_own_text),
		cmocka_unit_test(no_sample_takes_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
