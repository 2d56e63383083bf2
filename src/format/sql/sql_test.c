#include "base/check.h"
#include "base/span.h"
#include "format/sql/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A script in memory. */
struct script {
	struct span s;
	size_t broken_at; /* reads past it fail */
};

static enum rc
read_script(void *arg, uint64_t at, uint8_t *to, size_t n, size_t *ret_n)
{
	const struct script *m = arg;
	const size_t from = at < m->s.n ? (size_t)at : m->s.n;
	const size_t got = n < m->s.n - from ? n : m->s.n - from;

	if (from + got > m->broken_at)
		return RC_IO;
	memcpy(to, m->s.p + from, got);
	*ret_n = got;
	return RC_OK;
}

/** What came out: "[name]" and the table of each part. */
struct outcome {
	uint8_t *p;
	size_t n;
	size_t cap;
	size_t parts;
	uint64_t skipped;
	enum rc rc;
};

static void
add(struct outcome *o, const void *p, size_t n)
{
	if (o->n + n + 1 > o->cap) {
		o->cap = 2 * (o->n + n + 1);
		o->p = realloc(o->p, o->cap);
	}
	assert_non_null(o->p);
	memcpy(o->p + o->n, p, n);
	o->n += n;
	o->p[o->n] = '\0';
}

static void
read_part(void *q, struct outcome *o, size_t piece)
{
	uint8_t *buf = malloc(piece);
	size_t n;

	assert_non_null(buf);
	while ((o->rc = sql_parts.read(q, buf, piece, &n)) == RC_OK && n > 0)
		add(o, buf, n);
	free(buf);
}

static struct outcome
take_apart(struct script m, size_t piece)
{
	const struct parts_input in = {read_script, &m, m.s.n};
	struct outcome o = {0};
	struct part part;
	void *q;

	add(&o, "", 0);
	o.rc = sql_parts.open(&in, &q);
	if (o.rc != RC_OK)
		return o;
	enum rc rc;
	while ((rc = sql_parts.next(q, &part)) == RC_OK) {
		assert_int_equal(part.is, PART_TABLE);
		assert_false(part.locked);
		o.parts++;
		add(&o, "[", 1);
		add(&o, part.name.p, part.name.n);
		add(&o, "]\n", 2);
		if (piece > 0)
			read_part(q, &o, piece);
	}
	o.rc = rc;
	o.skipped = sql_parts.skipped(q);
	sql_parts.close(q);
	return o;
}

static struct outcome
take_text(const char *text)
{
	return take_apart((struct script){span_str(text), SIZE_MAX},
			  PARTS_READ_MIN);
}

struct sql_case {
	const char *what;
	const char *script;
	const char *want;
	uint64_t skipped;
};

static const struct sql_case mysql[] = {
	{"columns of CREATE TABLE, keys are none",
	 "CREATE TABLE IF NOT EXISTS `p` (`id` int(11) NOT NULL,\n"
	 " `nom` varchar(9) DEFAULT 'a, (b' COMMENT 'd''un, (',\n"
	 " `prix` decimal(10,2), PRIMARY KEY (`id`), KEY `k` (`id`,`nom`),\n"
	 " CONSTRAINT `f` FOREIGN KEY (`id`) REFERENCES `q` (`id`)\n"
	 ") ENGINE=InnoDB;\n"
	 "INSERT INTO `p` VALUES (1,'Test',1.50),(2,NULL,-2);\n",
	 "[p]\nid,nom,prix\n1,Test,1.50\n2,,-2\n", 0},
	{"escapes and doubled quotes",
	 "INSERT INTO `p` (`a`) VALUES ('l\\'eau'),('l''eau'),('a\\\\'),"
	 "('a\\nb'),('t\\tb'),('100\\%'),('\\x');\n",
	 "[p]\na\nl'eau\nl'eau\na\\\n\"a\nb\"\nt\tb\n100\\%\nx\n", 0},
	{"quotes, commas and blanks at the ends are quoted",
	 "INSERT INTO `p` (`a`,`b`) VALUES ('x \"y\"','a,b'),(' a','b ');\n",
	 "[p]\na,b\n\"x \"\"y\"\"\",\"a,b\"\n\" a\",\"b \"\n", 0},
	{"double quotes are strings, too; strings side by side are one",
	 "INSERT INTO `p` (`a`) VALUES (\"l'eau\"),('ab' 'cd');\n",
	 "[p]\na\nl'eau\nabcd\n", 0},
	{"bytes: text if they are that, else hexadecimal",
	 "INSERT INTO `p` (`a`) VALUES (0x41C3A9),(X'4142'),(_binary 'abc'),"
	 "(_binary 'a\\0b'),(0x00FF),(''),(x''),(_utf8mb4 'y'),(b'101'),"
	 "(_binary 0x4142);\n",
	 "[p]\na\nA\xC3\xA9\nAB\nabc\n0x610062\n0x00ff\n\"\"\n\"\"\ny\n101\n"
	 "AB\n",
	 0},
	{"comments for MySQL are none; others are",
	 "/*!40000 ALTER TABLE `p` DISABLE KEYS */;\n# it's\n-- it's\n"
	 "/* it's */ INSERT /*!40000 IGNORE */ INTO `p` (`a`) VALUES\n"
	 "(1), -- it's\n(2) /* x */, (3);\n",
	 "[p]\na\n1\n2\n3\n", 0},
	{"code between delimiters is no data",
	 "DELIMITER ;;\n/*!50003 CREATE*/ /*!50003 TRIGGER `t` BEGIN\n"
	 "INSERT INTO `log` VALUES ('it''s'); INSERT INTO `b` VALUES (1);\n"
	 "END */;;\nDELIMITER ;\nINSERT INTO `p` (`a`) VALUES (1);\n",
	 "[p]\na\n1\n", 0},
	{"a broken row costs itself",
	 "INSERT INTO `p` VALUES (1,'L'eau'),(2,'b'),(3,'c);\n"
	 "INSERT INTO `p` VALUES (4,'d'),(5,'e','f'),(6,'g');\n",
	 "[p]\nc1,c2\n2,b\n6,g\n", 3},
	{"REPLACE, PARTITION, VALUES ROW, ON DUPLICATE KEY",
	 "REPLACE INTO `p` (`a`) VALUES ROW(1),ROW(2);\n"
	 "INSERT INTO `p` PARTITION (p0) (`a`) VALUES (3)\n"
	 "ON DUPLICATE KEY UPDATE a = VALUES(a);\n",
	 "[p]\na\n1\n2\n3\n", 0},
	{"a new table in between, and rows of the first again",
	 "INSERT INTO `p` (`a`) VALUES (1);INSERT INTO `q` (`a`) VALUES (2);"
	 "INSERT INTO `p` (`a`) VALUES (3);INSERT INTO `p` (`b`) VALUES (4);",
	 "[p]\na\n1\n[q]\na\n2\n[p]\na\n3\n[p]\nb\n4\n", 0},
	{"more values than were created: numbers for names",
	 "CREATE TABLE `p` (`a` int);\nINSERT INTO `p` VALUES (1,2);\n",
	 "[p]\nc1,c2\n1,2\n", 0},
};

static const struct sql_case postgres[] = {
	{"COPY: tabs, escapes, NULL",
	 "--\n-- PostgreSQL database dump\n--\n\\restrict x'y\n"
	 "COPY public.p (id, \"Nom\") FROM stdin;\n"
	 "1\tTest\n2\t\\N\n3\ta\\tb\\\\c\n4\tl1\\nl2\n5\t\\x41\\101\n\\.\n"
	 "SELECT 1;\n",
	 "[public.p]\nid,Nom\n1,Test\n2,\n3,a\tb\\c\n4,\"l1\nl2\"\n5,AA\n", 0},
	{"COPY without rows is no part; an empty cell alone is one",
	 "COPY a (x) FROM stdin;\n\\.\nCOPY b (x) FROM stdin;\n\n\\N\ny\n\\.\n",
	 "[b]\nx\n\"\"\n\"\"\ny\n", 0},
	{"COPY: columns of CREATE TABLE; lines end in CR and LF",
	 "CREATE TABLE public.p (\r\n id integer NOT NULL,\r\n"
	 " nom character varying(9), CONSTRAINT c CHECK ((id > 0))\r\n);\r\n"
	 "COPY p FROM stdin;\r\n1\tx\r\n2\ty\\r\r\n\\.\r\n",
	 "[p]\nid,nom\n1,x\n2,\"y\r\"\n", 0},
	{"COPY: wrong counts are skipped, and so is another way of writing",
	 "COPY p (a, b) FROM stdin;\n1\n1\t2\n1\t2\t3\n\\.\n"
	 "COPY q (a) FROM stdin WITH (FORMAT csv);\n1\n2\n\\.\n"
	 "COPY r (a) FROM stdin;\nz\n\\.\n",
	 "[p]\na,b\n1,2\n[r]\na\nz\n", 4},
	{"bytes",
	 "COPY p (a) FROM stdin;\n\\\\x89504e470d0a\n\\\\x4142\n\\.\n"
	 "INSERT INTO p (a) VALUES ('\\x00ff');\n",
	 "[p]\na\n0x89504e470d0a\nAB\n0x00ff\n", 0},
	{"functions in dollars",
	 "CREATE FUNCTION f() AS $_$\nINSERT INTO x VALUES ('it''s "
	 "$$');\n$_$;\n"
	 "DO $$\nINSERT INTO y VALUES (1);\n$$;\n"
	 "INSERT INTO p (a) VALUES (1);\n",
	 "[p]\na\n1\n", 0},
	{"plain backslashes, E'', casts, arrays, OVERRIDING",
	 "INSERT INTO p (a) OVERRIDING SYSTEM VALUE VALUES\n"
	 "('c:\\dir\\'), (E'l\\'\\u00e9\\n'), ('1'::text), (true),\n"
	 "('x'::character varying(3)), (ARRAY['k', 'l']), ('i' COLLATE \"C\");",
	 "[p]\na\nc:\\dir\\\n\"l'\xC3\xA9\n\"\n1\ntrue\nx\nk\ni\n", 0},
};

static const struct sql_case server[] = {
	{"one INSERT a row, no semicolons",
	 "SET IDENTITY_INSERT [dbo].[P] ON \n\n"
	 "INSERT [dbo].[P] ([Id], [N]]x]) VALUES (1, N'T''est\\')\r\n"
	 "INSERT [dbo].[P] ([Id], [N]]x]) VALUES (-2, NULL)\nGO\n"
	 "print 'Processed 100 total records'\n"
	 "INSERT [dbo].[P] ([Id], [N]]x]) VALUES (3, N'b')\nGO\n"
	 "INSERT [dbo].[Q] ([Id]) VALUES (4)\n",
	 "[dbo.P]\nId,N]x\n1,T'est\\\n-2,\n3,b\n[dbo.Q]\nId\n4\n", 0},
	{"casts",
	 "INSERT [dbo].[P] ([A]) VALUES (CAST(N'2021-02-23' AS DateTime2)), "
	 "(CAST(12.50 AS Decimal(10, 2))), (CONVERT(varchar(10), '1990', 120)),"
	 " (CONVERT(decimal(10,2), -1.5)), (CAST(N'a' AS nvarchar(4))),"
	 " (CONVERT(char(10), 'b')), ('a'+char(13)+N'b'),"
	 " (CAST(CAST(7 AS int) AS char(9)));\n",
	 "[dbo.P]\nA\n2021-02-23\n12.50\n1990\n-1.5\na\nb\n\"a\rb\"\n7\n", 0},
	{"dates written as bytes",
	 "INSERT P ([A]) VALUES (CAST(0x0000A0AF00A25634 AS DateTime)),"
	 "(CAST(0x5B950A00 AS Date)),(CAST(0xFFFF2E4600000000 AS DateTime)),"
	 "(CAST(0xA0AF0000 AS SmallDateTime)),(CAST(0x42240B00 AS date)),"
	 "(CAST(0x07000000000042240B AS DateTime2)),"
	 "(CAST(0xFFFFFFFF AS Date));\n",
	 "[P]\nA\n2012-08-16 09:51:03\n1900-01-01\n1753-01-01\n2012-08-16\n"
	 "2000-02-29\n2000-02-29\n0xffffffff\n",
	 0},
	{"columns of CREATE TABLE",
	 "CREATE TABLE [dbo].[P](\n[Id] [int] IDENTITY(1,1) NOT NULL,\n"
	 "[Nom] [nvarchar](50) NULL,\n CONSTRAINT [K] PRIMARY KEY CLUSTERED\n"
	 "([Id] ASC)) ON [PRIMARY]\nGO\nINSERT INTO P VALUES (1, 'x')\n",
	 "[P]\nId,Nom\n1,x\n", 0},
	{"rows of a procedure are none, a variable is an empty cell",
	 "CREATE PROC x AS BEGIN\n INSERT INTO log VALUES (@a, @b)\nEND\nGO\n"
	 "INSERT INTO p VALUES (@id, 'x')\nINSERT INTO p VALUES (@a, "
	 "getdate())",
	 "[p]\nc1,c2\n,x\n", 1},
};

static const struct sql_case oracle[] = {
	{"dates, q'[]', clobs, comments of SQL*Plus",
	 "REM INSERTING into P's\nSET DEFINE OFF\n"
	 "Insert into H.P (A,B) values (1,to_date('02/01/80','DD/MM/RR'));\n"
	 "Insert into H.P (A,B) values (DATE '1980-01-02',q'[it's]');\n"
	 "Insert into H.P (A,B) values (TO_CLOB('ab') || chr(10) || "
	 "TO_CLOB('cd'"
	 "),nq'!x!');\n",
	 "[H.P]\nA,B\n1,02/01/80\n1980-01-02,it's\n\"ab\ncd\",x\n", 0},
	{"INSERT ALL",
	 "INSERT ALL\n INTO t (a, b) VALUES (1, 'x')\n"
	 " INTO t (a, b) VALUES (2, NULL)\n INTO u (k) VALUES (3)\n"
	 " INTO t (l) VALUES (4)\n"
	 "SELECT * FROM dual;\nInsert into t (a,b) values (SEQ.NEXTVAL,'k');",
	 "[t]\na,b\n1,x\n2,\n[u]\nk\n3\n[t]\nl\n4\n[t]\na,b\n,k\n", 0},
	{"what only runs here is counted",
	 "UPDATE p SET a = 'x';\nINSERT INTO p SELECT * FROM q;\n"
	 "MERGE INTO p USING q ON (1 = 1);\nDELETE FROM p;\n",
	 "", 3},
};

static const struct sql_case sqlite[] = {
	{"replace(), unistr(), X''",
	 "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n"
	 "CREATE TABLE p(id integer primary key, nom text, [x y] blob);\n"
	 "INSERT INTO p VALUES(1,replace(replace('a\\nb\\rc','\\n',char(10)),"
	 "'\\r',char(13)),X'4142');\n"
	 "INSERT INTO p VALUES(2,unistr('a\\u000ab'),NULL);\n"
	 "CREATE TRIGGER t AFTER INSERT ON p BEGIN INSERT INTO f(a) VALUES "
	 "(new.a); END;\nINSERT INTO \"q r\" VALUES(1);\nCOMMIT;\n",
	 "[p]\nid,nom,x y\n1,\"a\nb\rc\",AB\n2,\"a\nb\",\n[q r]\nc1\n1\n", 0},
	{"concat", "INSERT INTO p VALUES('a'||char(10)||'b',concat('c','d'));",
	 "[p]\nc1,c2\n\"a\nb\",cd\n", 0},
};

static const struct sql_case letters[] = {
	{"UTF-8 stays, windows-1252 becomes it, within a cell, too",
	 "INSERT INTO p (\"pr\xE9nom\") VALUES ('\xC3\xA9'),('\xE9\x80'),"
	 "('\xC3\xA9 \xE9');",
	 "[p]\npr\xC3\xA9nom\n\xC3\xA9\n\xC3\xA9\xE2\x82\xAC\n"
	 "\xC3\xA9 \xC3\xA9\n",
	 0},
	{"a mark before the first byte",
	 "\xEF\xBB\xBFINSERT INTO p (a) VALUES (1);", "[p]\na\n1\n", 0},
};

static void
try_all(const struct sql_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct outcome o = take_text(cases[i].script);

		if (strcmp((const char *)o.p, cases[i].want) != 0)
			fail_msg("%s:\n%s", cases[i].what, (const char *)o.p);
		if (o.skipped != cases[i].skipped)
			fail_msg("%s: %u skipped", cases[i].what,
				 (unsigned)o.skipped);
		assert_int_equal(o.rc, RC_END);
		free(o.p);
	}
}

static void
mysql_and_mariadb(void **state)
{
	(void)state;
	try_all(mysql, COUNT_OF(mysql));
}

static void
postgresql(void **state)
{
	(void)state;
	try_all(postgres, COUNT_OF(postgres));
}

static void
sql_server(void **state)
{
	(void)state;
	try_all(server, COUNT_OF(server));
}

static void
oracle_database(void **state)
{
	(void)state;
	try_all(oracle, COUNT_OF(oracle));
}

static void
sqlite_dump(void **state)
{
	(void)state;
	try_all(sqlite, COUNT_OF(sqlite));
}

static void
letters_become_utf8(void **state)
{
	(void)state;
	try_all(letters, COUNT_OF(letters));
}

/* ${text}, ASCII or Latin-1 but for one character above U+FFFF, in UTF-16. */
static size_t
to_utf16(const char *text, uint8_t *out, bool big, bool mark)
{
	size_t n = 0;

	if (mark) {
		out[n++] = big ? 0xFE : 0xFF;
		out[n++] = big ? 0xFF : 0xFE;
	}
	for (; *text != '\0'; text++) {
		const uint16_t units[2] = {0xD83D, 0xDE00};
		const size_t k = *text == '~' ? 2 : 1;

		for (size_t i = 0; i < k; i++) {
			const unsigned u = k == 2 ? units[i] : (uint8_t)*text;

			out[n++] = (uint8_t)(big ? u >> 8 : u);
			out[n++] = (uint8_t)(big ? u : u >> 8);
		}
	}
	return n;
}

static void
utf16_is_decoded_with_and_without_a_mark(void **state)
{
	static const char text[] =
		"INSERT [dbo].[P] ([A]) VALUES (N'\xE9t\xE9 ~')\nGO\n";
	uint8_t bytes[4 * sizeof(text)];

	(void)state;
	for (int way = 0; way < 4; way++) {
		const size_t n = to_utf16(text, bytes, way % 2 == 1, way >= 2);
		struct outcome o = take_apart(
			(struct script){{bytes, n}, SIZE_MAX}, 1 << 16);

		assert_string_equal(o.p, "[dbo.P]\nA\n\xC3\xA9t\xC3\xA9 "
					 "\xF0\x9F\x98\x80\n");
		free(o.p);
	}
}

/* All scripts of a table, one behind the other. */
static struct outcome
sample(void)
{
	static const struct {
		const struct sql_case *cases;
		size_t n;
	} all[] = {
		{mysql, COUNT_OF(mysql)},   {postgres, COUNT_OF(postgres)},
		{server, COUNT_OF(server)}, {oracle, COUNT_OF(oracle)},
		{sqlite, COUNT_OF(sqlite)},
	};
	struct outcome o = {0};

	for (size_t i = 0; i < COUNT_OF(all); i++)
		for (size_t k = 0; k < all[i].n; k++) {
			add(&o, all[i].cases[k].script,
			    strlen(all[i].cases[k].script));
			add(&o, "\nGO\n", 4);
		}
	return o;
}

/* Parts are named, and all their lines have as many cells as the first. */
static void
check_shape(const struct outcome *o)
{
	size_t cells = 0;
	size_t want = 0;
	bool inside = false;

	for (size_t i = 0; i < o->n; i++) {
		const uint8_t b = o->p[i];

		if (b == '"')
			inside = !inside;
		cells += b == ',' && !inside;
		if (b != '\n' || inside)
			continue;
		if (o->p[i] == '\n' && cells > 0 && want > 0)
			assert_int_equal(cells, want);
		want = cells;
		cells = 0;
		if (i + 1 < o->n && o->p[i + 1] == '[') {
			want = 0;
			i += strcspn((const char *)o->p + i + 1, "\n") + 1;
		}
	}
}

static void
every_cut_gives_what_was_before_it(void **state)
{
	static const char text[] =
		"CREATE TABLE `p` (`a` int, `b` text);\n"
		"INSERT INTO `p` VALUES (1,'a\\'b'),(2,NULL),(3,'x''y');\n"
		"INSERT INTO `p` VALUES (4,'d');\nINSERT INTO `q` VALUES (5);";
	struct outcome whole = take_text(text);
	size_t most = 0;

	(void)state;
	for (size_t n = 0; n <= strlen(text); n++) {
		struct outcome o = take_apart(
			(struct script){{(const uint8_t *)text, n}, SIZE_MAX},
			PARTS_READ_MIN);

		assert_int_equal(o.rc, RC_END);
		assert_in_range(o.n, most, whole.n);
		assert_memory_equal(o.p, whole.p, o.n);
		assert_true(o.skipped <= 1);
		most = o.n;
		free(o.p);
	}
	assert_int_equal(most, whole.n);
	free(whole.p);
}

static void
every_cut_of_all_dialects_ends_well(void **state)
{
	const struct outcome s = sample();

	(void)state;
	for (size_t n = 0; n <= s.n; n++) {
		struct outcome o = take_apart(
			(struct script){{s.p, n}, SIZE_MAX}, PARTS_READ_MIN);

		assert_int_equal(o.rc, RC_END);
		check_shape(&o);
		free(o.p);
	}
	free(s.p);
}

static void
flipped_bytes_do_no_harm(void **state)
{
	static const uint8_t others[] = {'\'', '\\', ')', '(', ';',
					 '"',  '\n', 0,   0xFF};
	const struct outcome s = sample();
	uint8_t *copy = malloc(s.n);

	(void)state;
	assert_non_null(copy);
	for (size_t i = 0; i < s.n; i++) {
		memcpy(copy, s.p, s.n);
		copy[i] = others[i % sizeof(others)];
		struct outcome o = take_apart(
			(struct script){{copy, s.n}, SIZE_MAX}, 1 << 16);

		assert_int_equal(o.rc, RC_END);
		/* Most of what follows is read; a lost DELIMITER costs the
		 * most. */
		assert_true(o.parts >= 4);
		free(o.p);
	}
	free(copy);
	free(s.p);
}

static void
pieces_of_any_size_give_the_same(void **state)
{
	const struct outcome s = sample();
	const struct script m = {{s.p, s.n}, SIZE_MAX};
	struct outcome whole = take_apart(m, PARTS_READ_MIN);

	(void)state;
	for (size_t piece = 1; piece < 200; piece += 7) {
		struct outcome o = take_apart(m, piece);

		assert_int_equal(o.n, whole.n);
		assert_memory_equal(o.p, whole.p, o.n);
		assert_int_equal(o.skipped, whole.skipped);
		free(o.p);
	}
	/* Parts that nobody reads are passed over. */
	struct outcome names = take_apart(m, 0);
	assert_int_equal(names.parts, whole.parts);
	assert_int_equal(names.skipped, whole.skipped);
	free(names.p);
	free(whole.p);
	free(s.p);
}

static void
rows_across_windows_are_whole(void **state)
{
	struct outcome script = {0};
	struct outcome want = {0};

	(void)state;
	add(&script, "INSERT INTO `p` (`a`,`b`) VALUES ", 33);
	add(&want, "[p]\na,b\n", 8);
	for (int i = 0; i < 20000; i++) {
		char row[160];
		char filler[100];

		memset(filler, 'x', sizeof(filler));
		const int pad = i % 97;
		int n = snprintf(row, sizeof(row), "%s(%d,'l\\'%.*s')",
				 i > 0 ? "," : "", i, pad, filler);
		add(&script, row, (size_t)n);
		n = snprintf(row, sizeof(row), "%d,l'%.*s\n", i, pad, filler);
		add(&want, row, (size_t)n);
	}
	add(&script, ";\n", 2);
	assert_true(script.n > (size_t)4 * SQL_WINDOW);
	struct outcome o = take_apart(
		(struct script){{script.p, script.n}, SIZE_MAX}, 1 << 16);

	assert_int_equal(o.n, want.n);
	assert_memory_equal(o.p, want.p, o.n);
	free(o.p);
	free(want.p);
	free(script.p);
}

/* ${before}, ${n} times ${b}, ${after}. */
static struct outcome
take_long(const char *before, size_t n, char b, const char *after)
{
	struct outcome script = {0};
	char *many = malloc(n);

	assert_non_null(many);
	memset(many, b, n);
	add(&script, before, strlen(before));
	add(&script, many, n);
	add(&script, after, strlen(after));
	free(many);
	struct outcome o = take_apart(
		(struct script){{script.p, script.n}, SIZE_MAX}, 1 << 16);
	free(script.p);
	return o;
}

static void
a_cell_past_the_ceiling_is_cut_and_counted(void **state)
{
	struct outcome o = take_long("INSERT INTO p (a,b) VALUES (1,'",
				     SQL_CELL_MAX, 'x', "'),(2,'y');");

	(void)state;
	assert_int_equal(o.n, 8 + 2 + SQL_CELL_MAX + 1 + 4);
	assert_int_equal(o.skipped, 0);
	free(o.p);

	o = take_long("INSERT INTO p (a,b) VALUES (1,'", 3 << 20, 'x',
		      "'),(2,'y');");
	assert_int_equal(o.n, 8 + 2 + SQL_CELL_MAX + 1 + 4);
	assert_int_equal(o.skipped, 1);
	free(o.p);
}

static void
a_cut_breaks_no_character(void **state)
{
	char before[64] = "INSERT INTO p (a) VALUES ('\xC3\xA9";
	struct outcome o =
		take_long(before, SQL_CELL_MAX - 3, 'x', "\xC3\xA9zz');");

	(void)state;
	assert_int_equal(o.n, 6 + 2 + SQL_CELL_MAX - 3 + 1);
	assert_int_equal(o.skipped, 1);
	assert_int_equal(o.p[o.n - 2], 'x');
	free(o.p);
}

static void
long_bytes_are_shown_by_their_beginning(void **state)
{
	struct outcome o = take_long("INSERT INTO p (a) VALUES (0xFF", 4 << 20,
				     '0', "),(0x41);");

	(void)state;
	assert_int_equal(o.n, 6 + 2 + 2 * SQL_BINARY_MAX + 1 + 2);
	assert_int_equal(o.skipped, 0);
	assert_memory_equal(o.p, "[p]\na\n0xff0000", 14);
	free(o.p);
}

static void
a_row_past_the_ceiling_is_skipped(void **state)
{
	struct outcome script = {0};
	char *cell = malloc(SQL_CELL_MAX);

	(void)state;
	assert_non_null(cell);
	memset(cell, 'x', SQL_CELL_MAX);
	add(&script, "INSERT INTO p VALUES ('b'),(1", 29);
	for (int i = 0; i < 9; i++) {
		add(&script, ",'", 2);
		add(&script, cell, SQL_CELL_MAX);
		add(&script, "'", 1);
	}
	add(&script, "),('c');", 8);
	struct outcome o = take_apart(
		(struct script){{script.p, script.n}, SIZE_MAX}, 1 << 16);

	assert_string_equal(o.p, "[p]\nc1\nb\nc\n");
	assert_int_equal(o.skipped, 1);
	free(o.p);
	free(script.p);
	free(cell);
}

static void
too_many_values_are_no_row(void **state)
{
	struct outcome o =
		take_long("INSERT INTO p VALUES (1", 1 << 20, ',', "2),(3);");

	(void)state;
	assert_string_equal(o.p, "[p]\nc1\n3\n");
	assert_int_equal(o.skipped, 1);
	free(o.p);
}

static void
brackets_without_end_cost_the_row(void **state)
{
	struct outcome o =
		take_long("INSERT INTO p VALUES (", 1 << 20, '(', "2),(3);");

	(void)state;
	assert_string_equal(o.p, "[p]\nc1\n3\n");
	assert_int_equal(o.skipped, 1);
	free(o.p);
}

static void
tables_past_the_ceiling_push_out_the_first(void **state)
{
	struct outcome script = {0};
	char text[80];

	(void)state;
	for (int i = 0; i < SQL_TABLES_MAX + 1; i++) {
		const int n = snprintf(text, sizeof(text),
				       "CREATE TABLE t%d (k%d int);\n", i, i);
		add(&script, text, (size_t)n);
	}
	const int n = snprintf(text, sizeof(text),
			       "INSERT INTO t1 VALUES (1);"
			       "INSERT INTO t%d VALUES (2);",
			       SQL_TABLES_MAX);
	add(&script, text, (size_t)n);
	struct outcome o = take_apart(
		(struct script){{script.p, script.n}, SIZE_MAX}, 1 << 16);

	assert_string_equal(o.p, "[t1]\nc1\n1\n[t4096]\nk4096\n2\n");
	free(o.p);
	free(script.p);
}

static void
names_too_long_or_too_many_are_no_columns(void **state)
{
	struct outcome o = take_long("INSERT INTO p (", SQL_NAME_MAX, 'a',
				     ") VALUES (1);");

	(void)state;
	assert_int_equal(o.parts, 1);
	free(o.p);
	o = take_long("INSERT INTO p (", SQL_NAME_MAX + 1, 'a',
		      ") VALUES (1);INSERT INTO q (a) VALUES (2);");
	assert_string_equal(o.p, "[q]\na\n2\n");
	assert_int_equal(o.skipped, 1);
	free(o.p);
}

static void
a_read_that_fails_is_told_after_what_was_read(void **state)
{
	struct outcome script = {0};

	(void)state;
	add(&script, "INSERT INTO p (a) VALUES (1)", 28);
	while (script.n < (size_t)3 * SQL_WINDOW)
		add(&script, ",(2)", 4);
	struct script m = {{script.p, script.n}, (size_t)2 * SQL_WINDOW};
	struct outcome o = take_apart(m, 1 << 16);

	assert_int_equal(o.rc, RC_IO);
	assert_int_equal(o.parts, 1);
	assert_true(o.n > SQL_WINDOW / 4);
	free(o.p);
	m.broken_at = 0;
	o = take_apart(m, 1 << 16);
	assert_int_equal(o.rc, RC_IO);
	free(o.p);
	free(script.p);
}

static void
what_is_no_script_has_no_parts(void **state)
{
	static const char *const texts[] = {
		"",
		"\n",
		"Bonjour, ceci n'est pas du SQL.\n",
		"a;b;c\n1;2;3\n",
		"'",
		"\"",
		"$$",
		"/*",
		"INSERT",
		"INSERT INTO",
		"COPY",
		"INSERT INTO p VALUES",
		"CREATE TABLE",
		"CREATE TABLE p (",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct outcome o = take_text(texts[i]);

		assert_int_equal(o.rc, RC_END);
		assert_int_equal(o.parts, 0);
		free(o.p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mysql_and_mariadb),
		cmocka_unit_test(postgresql),
		cmocka_unit_test(sql_server),
		cmocka_unit_test(oracle_database),
		cmocka_unit_test(sqlite_dump),
		cmocka_unit_test(letters_become_utf8),
		cmocka_unit_test(utf16_is_decoded_with_and_without_a_mark),
		cmocka_unit_test(every_cut_gives_what_was_before_it),
		cmocka_unit_test(every_cut_of_all_dialects_ends_well),
		cmocka_unit_test(flipped_bytes_do_no_harm),
		cmocka_unit_test(pieces_of_any_size_give_the_same),
		cmocka_unit_test(rows_across_windows_are_whole),
		cmocka_unit_test(a_cell_past_the_ceiling_is_cut_and_counted),
		cmocka_unit_test(a_cut_breaks_no_character),
		cmocka_unit_test(long_bytes_are_shown_by_their_beginning),
		cmocka_unit_test(a_row_past_the_ceiling_is_skipped),
		cmocka_unit_test(too_many_values_are_no_row),
		cmocka_unit_test(brackets_without_end_cost_the_row),
		cmocka_unit_test(tables_past_the_ceiling_push_out_the_first),
		cmocka_unit_test(names_too_long_or_too_many_are_no_columns),
		cmocka_unit_test(a_read_that_fails_is_told_after_what_was_read),
		cmocka_unit_test(what_is_no_script_has_no_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
