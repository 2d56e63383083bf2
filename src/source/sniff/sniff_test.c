#include "source/sniff/sniff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* clang-format on */
#include <cmocka.h>

/* A literal and its length, zero bytes within it included. */
#define BYTES(s) (s), sizeof(s) - 1

enum { HEAD = 40000 };

/* Copies what is not a string, whatever it is written as. */
static void
put(uint8_t *to, struct span bytes)
{
	memcpy(to, bytes.p, bytes.n);
}

/* The name of what ${bytes} are, "undecided" if bytes do not tell. */
static const char *
name_of(struct span bytes, uint64_t size)
{
	struct sniff s;
	const bool decided = sniff_bytes(bytes, size, &s);

	assert_int_equal(decided, s.kind->family != SNIFF_FAMILY_NONE);
	return s.kind->name;
}

static const char *
text_name(const char *text)
{
	struct sniff s;

	sniff_text(span_str(text), true, &s);
	return s.kind->name;
}

static const struct {
	size_t at;
	const char *bytes;
	size_t n;
	const char *want;
} marks[] = {
	{0, BYTES("PK\x03\x04"), "zip"},
	{0, BYTES("PK\x05\x06"), "zip"},
	{0, BYTES("\x1F\x8B\x08"), "gzip"},
	{0, BYTES("BZh91AY&SY"), "bzip2"},
	{0,
	 BYTES("\xFD"
	       "7zXZ\0"),
	 "xz"},
	{0, BYTES("\x28\xB5\x2F\xFD"), "zstd"},
	{0, BYTES("\x04\x22\x4D\x18"), "lz4"},
	{0, BYTES("7z\xBC\xAF\x27\x1C"), "7z"},
	{0, BYTES("Rar!\x1A\x07\x01"), "rar"},
	{0, BYTES("MSCF\0\0\0\0"), "cab"},
	{0, BYTES("!<arch>\nx"), "ar"},
	{0, BYTES("!<arch>\ndebian-binary  "), "deb"},
	{32768,
	 BYTES("\x01"
	       "CD001"),
	 "iso9660"},
	{0, BYTES("%PDF-1.7"), "pdf"},
	{0, BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "ole2"},
	{0, BYTES("SQLite format 3\0"), "sqlite"},
	{0, BYTES("\0\x01\0\0Standard Jet DB\0"), "mdb"},
	{0, BYTES("\0\x01\0\0Standard ACE DB\0"), "accdb"},
	{0, BYTES("PAR1\x15\x04"), "parquet"},
	{0, BYTES("PGDMP\x01\x0E"), "pg-custom-dump"},
	{0, BYTES("TAPE\0\0"), "mtf"},
	{0, BYTES("REDIS0011\xFA"), "rdb"},
	{0,
	 BYTES("\x03\0\x1F"
	       "EXPORT:V10.02"),
	 "oracle-dump"},
	{128, BYTES("DICM\x02\0"), "dicom"},
	{0, BYTES("!BDN\0"), "pst"},
	{0, BYTES("\xFF\xD8\xFF\xE0"), "jpeg"},
	{0, BYTES("\x89PNG\r\n\x1A\n"), "png"},
	{0, BYTES("GIF89a"), "gif"},
	{0, BYTES("RIFF\0\0\0\0WEBP"), "webp"},
	{0, BYTES("RIFF\0\0\0\0WAVE"), "wav"},
	{0, BYTES("II*\0"), "tiff"},
	{0,
	 BYTES("\0\0\0\x18"
	       "ftypheic"),
	 "heic"},
	{0,
	 BYTES("\0\0\0\x18"
	       "ftypisom"),
	 "mp4"},
	{0, BYTES("ID3\x03"), "mp3"},
	{0, BYTES("OggS\0"), "ogg"},
	{0,
	 BYTES("\x7F"
	       "ELF"),
	 "elf"},
	{0, BYTES("\xCA\xFE\xBA\xBE\0\0\0\x37"), "java-class"},
	{0, BYTES("\xCA\xFE\xBA\xBE\0\0\0\x02"), "mach-o"},
	{0, BYTES("\0asm\x01\0\0\0"), "wasm"},
	{0, BYTES("wOFF\0\x01"), "woff"},
	{0, BYTES("QFI\xFB"), "qcow"},
	{0, BYTES("\xD4\xC3\xB2\xA1"), "pcap"},
	{0, BYTES("Salted__"), "openssl"},
	{0, BYTES("LUKS\xBA\xBE"), "luks"},
	{0, BYTES("age-encryption.org/v1\n"), "age"},
	{0, BYTES("-----BEGIN PGP MESSAGE-----\n"), "pgp"},
	{0, BYTES("\x8C\x0D\x04\x09\x03\x08"), "pgp"},
	{0, BYTES("$ANSIBLE_VAULT;1.1;AES256"), "ansible-vault"},
};

static void
marks_at_fixed_places_are_known(void **state)
{
	uint8_t *head = malloc(HEAD);

	(void)state;
	assert_non_null(head);
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		memset(head, 0, HEAD);
		head[HEAD - 1] = 1;
		put(head + marks[i].at,
		    (struct span){(const uint8_t *)marks[i].bytes, marks[i].n});
		assert_string_equal(name_of((struct span){head, HEAD}, 1 << 20),
				    marks[i].want);
	}
	free(head);
}

static void
a_text_that_begins_like_a_mark_is_not_taken_for_it(void **state)
{
	static const char *const texts[] = {
		"MZALI;Karim;12 rue des Essais;56000;EXEMPLE;01/02/1960;0;0;1",
		"BM est un sigle. Voici la suite de ce texte, assez longue.",
		"PARE-CHOCS;12;34\nPARE-BRISE;1;2\n",
		"ORCHIDEE;1\n",
		"TAPE;REEL\nTAPE;OTHER\n",
		"RIFFAUD;Anne;1\nRIFFAUT;Luc;2\n",
		"070701;12;34;56\n070702;1;2;3\n",
		"0       12      34      56      78      90\n",
		"GIFFARD;Jean\n",
		"Rar! is how it begins.",
		"PK;NOM;PRENOM\n1;ESSAI;Jean\n",
		"IDENTIFIANT;ID3\n",
		"FORM 1;AIRE\n",
		"P5\nP6\nP7\n 12 rue\n",
		"conectix was a firm.",
		"hsqsa;b;c\n",
		"BZh91;two\n",
		"Obj 1\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		const struct span s = span_str(texts[i]);

		assert_string_equal(name_of(s, s.n), "undecided");
		assert_string_equal(text_name(texts[i]), "text");
	}
}

static void
empty_and_zero_files_are_told_apart(void **state)
{
	uint8_t zeros[64] = {0};

	(void)state;
	assert_string_equal(name_of((struct span){zeros, 0}, 0), "empty");
	assert_string_equal(name_of((struct span){zeros, 64}, 64), "zeros");
	/* More follows: nobody knows what. */
	assert_string_equal(name_of((struct span){zeros, 64}, 65), "undecided");
	assert_string_equal(
		name_of((struct span){zeros, 64}, SNIFF_SIZE_UNKNOWN),
		"undecided");
}

/* Appends a local header of a zip with ${body}; returns its end. */
static size_t
put_member(uint8_t *p, size_t at, const char *name, const char *body,
	   bool locked)
{
	const size_t name_n = strlen(name);
	const size_t body_n = strlen(body);

	memset(p + at, 0, 30);
	put(p + at, SPAN_LIT("PK\x03\x04"));
	p[at + 6] = locked;
	p[at + 26] = (uint8_t)name_n;
	put(p + at + 30, span_str(name));
	put(p + at + 30 + name_n, span_str(body));
	return at + 30 + name_n + body_n;
}

static void
the_members_of_a_zip_say_what_it_is(void **state)
{
	static const struct {
		const char *members[3];
		const char *body;
		bool locked;
		const char *want;
	} cases[] = {
		{{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"},
		 "",
		 false,
		 "xlsx"},
		{{"[Content_Types].xml", "word/document.xml", "x"},
		 "",
		 false,
		 "docx"},
		{{"[Content_Types].xml", "ppt/slides/s.xml", "x"},
		 "",
		 false,
		 "pptx"},
		{{"[Content_Types].xml", "other/x", "x"}, "", false, "ooxml"},
		{{"mimetype", "content.xml", "x"},
		 "application/vnd.oasis.opendocument.spreadsheet",
		 false,
		 "ods"},
		{{"mimetype", "content.xml", "x"},
		 "application/vnd.oasis.opendocument.text",
		 false,
		 "odt"},
		{{"mimetype", "x", "y"}, "application/epub+zip", false, "epub"},
		{{"META-INF/MANIFEST.MF", "a.class", "b"}, "", false, "jar"},
		{{"export.csv", "b.csv", "c.csv"}, "", false, "zip"},
		{{"export.csv", "b.csv", "c.csv"}, "", true, "zip"},
	};
	uint8_t head[1024];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct sniff s;
		size_t n = 0;

		for (size_t k = 0; k < 3; k++)
			n = put_member(head, n, cases[i].members[k],
				       cases[i].body,
				       cases[i].locked && k == 1);
		assert_true(sniff_bytes((struct span){head, n}, 1 << 20, &s));
		assert_string_equal(s.kind->name, cases[i].want);
		assert_int_equal(s.locked, cases[i].locked);
		assert_false(sniff_is_read(s.kind));
		/* Cut anywhere, it is still something of a zip. */
		for (size_t cut = 4; cut < n; cut++)
			assert_true(sniff_bytes((struct span){head, cut},
						1 << 20, &s));
	}
}

static void
the_streams_of_ole2_say_what_it_is(void **state)
{
	static const struct {
		const char *stream;
		const char *want;
		bool locked;
	} cases[] = {
		{"Workbook", "xls", false},
		{"WordDocument", "doc", false},
		{"__nameid_version1.0", "msg", false},
		{"EncryptedPackage", "ooxml", true},
		{"Other", "ole2", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		uint8_t head[2048] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
		struct sniff s;

		for (size_t k = 0; cases[i].stream[k] != '\0'; k++)
			head[1024 + 2 * k] = (uint8_t)cases[i].stream[k];
		assert_true(sniff_bytes((struct span){head, sizeof(head)},
					1 << 20, &s));
		assert_string_equal(s.kind->name, cases[i].want);
		assert_int_equal(s.locked, cases[i].locked);
	}
}

static void
a_tar_is_known_by_its_sum(void **state)
{
	uint8_t head[1024] = "export.csv";
	unsigned sum = 8 * ' ';

	(void)state;
	put(head + 124, SPAN_LIT("00000001000"));
	for (size_t i = 0; i < 512; i++)
		sum += head[i];
	(void)snprintf((char *)head + 148, 8, "%06o", sum);
	assert_string_equal(name_of((struct span){head, sizeof(head)}, 1024),
			    "tar");
	head[0]++;
	assert_string_not_equal(
		name_of((struct span){head, sizeof(head)}, 1024), "tar");
}

static void
a_dbase_table_is_known_by_its_fields(void **state)
{
	uint8_t head[200] = {0x03, 121, 2, 23, 10, 0, 0, 0, 97, 0, 20, 0};

	(void)state;
	put(head + 32, SPAN_LIT("NOM"));
	head[43] = 'C';
	put(head + 64, SPAN_LIT("DDN"));
	head[75] = 'D';
	head[96] = '\r';
	assert_string_equal(name_of((struct span){head, sizeof(head)}, 297),
			    "dbf");
	/* Ten records of 20 bytes do not fit. */
	assert_string_equal(name_of((struct span){head, sizeof(head)}, 150),
			    "undecided");
}

static void
a_locked_pdf_says_so(void **state)
{
	struct sniff s;

	(void)state;
	assert_true(sniff_bytes(
		SPAN_LIT("%PDF-1.4\n1 0 obj\ntrailer\n<</Encrypt 5 0 R>>"),
		1000, &s));
	assert_true(s.locked);
	assert_string_equal(sniff_reason(&s), "encrypted");
	assert_true(sniff_bytes(SPAN_LIT("%PDF-1.4\n1 0 obj\n"), 1000, &s));
	assert_false(s.locked);
}

static const struct {
	const char *text;
	const char *want;
} texts[] = {
	{"", "text"},
	{"Compte rendu. Rien de particulier.\n", "text"},
	{"nom;prenom\nESSAI;Jean\n", "text"},
	{"MSH|^~\\&|LAB|X|Y|Z|20210223||ORU^R01|1|P|2.5\rPID|1\r", "hl7v2"},
	{"\vMSH|^~\\&|LAB\r", "hl7v2"},
	{"FHS|^~\\&|A|B\rMSH|^~\\&|\r", "hl7v2"},
	{"MSH est un sigle\n", "text"},
	{"H|~^\\&|essai.hpr||LAB~X||ORU|||H~X||P|H2.1~C|20120429\r", "hprim"},
	{"H|\\^&|||x\r", "astm"},
	{"H;\"-\";1\n", "text"},
	{"1234\nESSAI\nJEAN\n1 RUE X\n\n56000 EXEMPLE\n01/02/1960\n"
	 "1600256000000 12\n55\n03/02/2021\nX\nY\nTexte\n****FIN****\n"
	 "****FINFICHIER****\n",
	 "hprim-text"},
	{"UNA:+.? 'UNB+UNOC:3+1+2'", "edifact"},
	{"{\"a\": [1, 2.5e-3, true, null, \"\\\"x\"]}", "json"},
	{"[]", "json"},
	{"  [\n{\"a\":{}}]\n", "json"},
	{"{\"a\":1}\n{\"a\":2}\n", "ndjson"},
	{"{\"index\":{}}\n{\"resourceType\":\"Patient\"}\n", "fhir-ndjson"},
	{"{\"resourceType\":\"Patient\"}", "fhir-json"},
	{"[2021-02-23 10:00] a line of a log\n", "text"},
	{"[error] no\n", "text"},
	{"[1] a footnote\n", "text"},
	{"{not json}", "text"},
	{"{\"a\":1", "text"},
	{"12", "text"},
	{"<?xml version=\"1.0\"?>\n<!-- x --><a:patients/>", "xml"},
	{"<patients><patient/></patients>", "xml"},
	{"<3 you", "text"},
	{"<nobody> hello\n", "text"},
	{"<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"x\">", "cda"},
	{"<?xml version=\"1.0\"?><Bundle "
	 "xmlns=\"http://hl7.org/fhir\">",
	 "fhir-xml"},
	{"<?xml version='1.0'?><evenementsPatients "
	 "xmlns=\"http://www.hprim.org/hprimXML\">",
	 "hprim-xml"},
	{"<!DOCTYPE html>\n<html>", "html"},
	{"<HTML><BODY>", "html"},
	{"<table><tr><td>1", "html"},
	{"-- MySQL dump 10.13\n", "mysql-dump"},
	{"--\n-- PostgreSQL database dump\n--\n", "pg-dump"},
	{"USE [x]\nGO\nSET IDENTITY_INSERT [dbo].[p] ON\n", "sql"},
	{"-- x\ninsert into t values (1);\n", "sql"},
	{"We insert into the file.\n", "text"},
	{"COPY public.t (a) FROM stdin;\n1\n\\.\n", "sql"},
	{"Return-Path: <a@exemple.fr>\nFrom: a@exemple.fr\nTo: b\n"
	 "Subject: x\n\nText\n",
	 "mail"},
	{"From a Tue Feb 23 10:00:00 2021\nFrom: a\nTo: b\n\nx\n", "mbox"},
	{"From here on: nothing.\n", "text"},
	{"To: whom it may concern\nplain prose follows\n", "text"},
	{"BEGIN:VCARD\nVERSION:3.0\n", "vcard"},
	{"BEGIN:VCALENDAR\n", "icalendar"},
	{"version: 1\n\ndn: cn=x\n", "ldif"},
	{"# c\ndn: cn=x,dc=y\n", "ldif"},
	{"---\nname: x\n", "yaml"},
	{"---\nA line.\n", "text"},
	{"{\\rtf1\\ansi x}", "rtf"},
	{"%!PS-Adobe-3.0\n", "postscript"},
	{"-----BEGIN CERTIFICATE-----\n", "pem"},
};

static void
texts_are_named_by_their_first_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		const struct span s = span_str(texts[i].text);
		struct sniff found;

		assert_string_equal(text_name(texts[i].text), texts[i].want);
		sniff_text(s, true, &found);
		assert_true(sniff_is_read(found.kind));
		assert_null(sniff_reason(&found));
	}
}

static void
json_that_goes_on_past_the_head_is_json(void **state)
{
	struct sniff s;

	(void)state;
	sniff_text(SPAN_LIT("{\"a\": [1, 2, {\"b\": \"un"), false, &s);
	assert_string_equal(s.kind->name, "json");
	sniff_text(SPAN_LIT("{\"a\":1}\n{\"a\":"), false, &s);
	assert_string_equal(s.kind->name, "ndjson");
	/* Deeper than anybody looks. */
	char deep[2000];
	memset(deep, '[', sizeof(deep));
	sniff_text((struct span){(const uint8_t *)deep, sizeof(deep)}, true,
		   &s);
	assert_string_equal(s.kind->name, "json");
}

static void
every_kind_has_a_name_of_its_own_and_a_reason(void **state)
{
	size_t n;
	const struct sniff_kind *kinds = sniff_kinds(&n);

	(void)state;
	assert_true(n > 100);
	for (size_t i = 0; i < n; i++) {
		const struct sniff s = {.kind = &kinds[i]};

		assert_non_null(kinds[i].name);
		assert_non_null(strchr(kinds[i].media_type, '/'));
		assert_int_equal(sniff_is_read(s.kind),
				 sniff_reason(&s) == NULL);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(kinds[i].name, kinds[k].name);
	}
	assert_int_equal(sniff_binary()->family, SNIFF_BINARY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_at_fixed_places_are_known),
		cmocka_unit_test(
			a_text_that_begins_like_a_mark_is_not_taken_for_it),
		cmocka_unit_test(empty_and_zero_files_are_told_apart),
		cmocka_unit_test(the_members_of_a_zip_say_what_it_is),
		cmocka_unit_test(the_streams_of_ole2_say_what_it_is),
		cmocka_unit_test(a_tar_is_known_by_its_sum),
		cmocka_unit_test(a_dbase_table_is_known_by_its_fields),
		cmocka_unit_test(a_locked_pdf_says_so),
		cmocka_unit_test(texts_are_named_by_their_first_lines),
		cmocka_unit_test(json_that_goes_on_past_the_head_is_json),
		cmocka_unit_test(every_kind_has_a_name_of_its_own_and_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
