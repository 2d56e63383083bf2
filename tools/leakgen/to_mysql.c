/*
 * leakgen: what mysqldump writes: the table, then INSERTs of many rows each.
 *
 * Source   MySQL 5.7 Reference Manual, 9.1.1 String Literals, 4.5.4 mysqldump.
 */
#include "writer.h"

/* mysqldump begins another INSERT when this is full (net_buffer_length). */
enum { STATEMENT_MAX = 1 << 20 };

static const char *const charsets[][2] = {
	{"latin1", "latin1"}, {"cp1252", "latin1"},
	{"utf8", "utf8mb4"},  {"utf8-bom", "utf8mb4"},
	{"cp850", "cp850"},   {"macroman", "macroman"},
	{NULL, NULL},
};

static const char *const escapes[128] = {
	['\0'] = "\\0", ['\n'] = "\\n", ['\r'] = "\\r",  ['\x1a'] = "\\Z",
	['\''] = "\\'", ['"'] = "\\\"", ['\\'] = "\\\\",
};

static const char *
type_name(const struct column *c)
{
	static const char *const names[] = {
		[TYPE_TEXT] = "varchar(255)",  [TYPE_DATE] = "date",
		[TYPE_STAMP] = "datetime",     [TYPE_NUMBER] = "int(11)",
		[TYPE_MONEY] = "decimal(8,2)",
	};

	if (strcmp(c->kind, "health.note") == 0)
		return "text";
	return names[columns_type(c)];
}

static void
put_table(struct writer *w, const char *charset)
{
	const struct layout *l = w->layout;

	writer_lines(w, "--\n"
			"-- Table structure for table `dossiers`\n"
			"--\n\n"
			"DROP TABLE IF EXISTS `dossiers`;\n"
			"/*!40101 SET @saved_cs_client     = "
			"@@character_set_client */;\n"
			"/*!40101 SET character_set_client = utf8 */;\n"
			"CREATE TABLE `dossiers` (\n");
	for (uint32_t i = 0; i < l->columns; i++) {
		text_ascii(&w->line, "  `");
		text_put(&w->line, w->names[i].s, w->names[i].n);
		text_ascii(&w->line, "` ");
		text_ascii(&w->line, type_name(l->plan[i]));
		if (strcmp(l->plan[i]->kind, "health.note") != 0)
			text_ascii(&w->line, " DEFAULT NULL");
		writer_lines(w, i + 1 < l->columns ? ",\n" : "\n");
	}
	text_ascii(&w->line, ") ENGINE=InnoDB DEFAULT CHARSET=");
	text_ascii(&w->line, charset);
	writer_lines(w, ";\n"
			"/*!40101 SET character_set_client = "
			"@saved_cs_client */;\n\n");
}

static void
begin(struct writer *w)
{
	const char *charset = writer_called(&to_mysql, w->layout->charset);

	writer_lines(w, "-- MySQL dump 10.13  Distrib 5.7.31, for Linux "
			"(x86_64)\n"
			"--\n"
			"-- Host: localhost    Database: labo\n"
			"-- ------------------------------------------------"
			"------\n"
			"-- Server version\t5.7.31\n\n"
			"/*!40101 SET @OLD_CHARACTER_SET_CLIENT="
			"@@CHARACTER_SET_CLIENT */;\n"
			"/*!40101 SET NAMES ");
	text_ascii(&w->line, charset);
	writer_lines(w, " */;\n"
			"/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;\n"
			"/*!40103 SET TIME_ZONE='+00:00' */;\n"
			"/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, "
			"UNIQUE_CHECKS=0 */;\n"
			"/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, "
			"SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;\n\n");
	put_table(w, charset);
	writer_lines(w, "--\n"
			"-- Dumping data for table `dossiers`\n"
			"--\n\n"
			"LOCK TABLES `dossiers` WRITE;\n"
			"/*!40000 ALTER TABLE `dossiers` DISABLE KEYS */;\n");
}

static void
put_value(struct text *t, enum column_type type, struct cell cell)
{
	const bool quoted = type != TYPE_NUMBER && type != TYPE_MONEY;

	if (cell.n == 0) {
		text_ascii(t, "NULL");
		return;
	}
	if (quoted)
		text_byte(t, '\'');
	if (type == TYPE_TEXT)
		writer_escaped(t, cell, escapes);
	else
		writer_typed(t, type, cell);
	if (quoted)
		text_byte(t, '\'');
}

static void
record(struct writer *w, const struct cell *cells)
{
	const struct layout *l = w->layout;
	struct text *t = &w->line;

	if (w->part >= STATEMENT_MAX) {
		writer_lines(w, ";\n");
		w->part = 0;
	}
	text_ascii(t, w->part == 0 ? "INSERT INTO `dossiers` VALUES (" : ",(");
	for (uint32_t i = 0; i < l->columns; i++) {
		if (i > 0)
			text_byte(t, ',');
		put_value(t, columns_type(l->plan[i]), cells[i]);
	}
	text_byte(t, ')');
	w->part += t->n;
}

static void
end(struct writer *w)
{
	if (w->part != 0)
		writer_lines(w, ";\n");
	writer_lines(w, "/*!40000 ALTER TABLE `dossiers` ENABLE KEYS */;\n"
			"UNLOCK TABLES;\n"
			"/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;\n\n"
			"/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;\n"
			"/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;\n"
			"/*!40101 SET CHARACTER_SET_CLIENT="
			"@OLD_CHARACTER_SET_CLIENT */;\n\n"
			"-- Dump completed on 2020-11-02  8:14:07\n");
}

const struct format to_mysql = {
	.name = "mysql",
	.charset = "utf8",
	.newline = "\n",
	.charsets = charsets,
	.begin = begin,
	.record = record,
	.end = end,
};
