#include "base/check.h"
#include "base/parts_check.h"
#include "format/json/json.h"
#include "format/json/json_check_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Bytes that grow. */
struct text {
	uint8_t *p;
	size_t n;
	size_t room;
};

static void
add(struct text *t, const void *p, size_t n)
{
	if (t->n + n > t->room) {
		t->room = 2 * t->room + n;
		t->p = realloc(t->p, t->room);
		assert_non_null(t->p);
	}
	if (n > 0)
		memcpy(t->p + t->n, p, n);
	t->n += n;
}

static void
add_str(struct text *t, const char *s)
{
	add(t, s, strlen(s));
}

/** What a document gave: "[name]", then the table, for each part. */
struct result {
	enum rc rc;
	struct text out;
	size_t parts;
	uint64_t skipped;
};

static void
read_part(void *p, size_t piece, struct text *out)
{
	static uint8_t buf[PARTS_READ_MIN];
	size_t n;

	do {
		assert_int_equal(json_parts.read(p, buf, piece, &n), RC_OK);
		add(out, buf, n);
	} while (n > 0);
}

static struct result
take_apart(struct span s, size_t piece)
{
	const struct parts_input in = parts_in_span(&s);
	struct result r = {0};
	struct part part;
	void *p;

	r.rc = json_parts.open(&in, &p);
	if (r.rc != RC_OK)
		return r;
	while ((r.rc = json_parts.next(p, &part)) == RC_OK) {
		r.parts++;
		add_str(&r.out, "[");
		add(&r.out, part.name.p, part.name.n);
		add_str(&r.out, "]\n");
		const size_t from = r.out.n;

		read_part(p, piece, &r.out);
		assert_true(check_rows((struct span){r.out.p + from,
						     r.out.n - from}) > 0);
	}
	r.skipped = json_parts.skipped(p);
	json_parts.close(p);
	return r;
}

static void
must_give(struct span s, const char *want, uint64_t skipped)
{
	struct result r = take_apart(s, PARTS_READ_MIN);

	assert_int_equal(r.rc, RC_END);
	add(&r.out, "", 1);
	assert_string_equal((const char *)r.out.p, want);
	assert_int_equal(r.skipped, skipped);
	free(r.out.p);
}

struct json_case {
	const char *in;
	const char *want;
	uint64_t skipped;
};

static void
must_all(const struct json_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		must_give(span_str(cases[i].in), cases[i].want,
			  cases[i].skipped);
}

static void
layouts_give_one_table(void **state)
{
	static const struct json_case cases[] = {
		{"{\"a\":1}\n{\"a\":2}\n", "[]\na,other\n1,\n2,\n", 0},
		{"{\"a\":1}{\"a\":2}", "[]\na,other\n1,\n2,\n", 0},
		{"[{\"a\":1},{\"a\":2}]", "[]\na,other\n1,\n2,\n", 0},
		{"\xEF\xBB\xBF[{\"a\":1},{\"a\":2},]", "[]\na,other\n1,\n2,\n",
		 0},
		{"{\"data\":[{\"a\":1},{\"a\":2}]}",
		 "[data]\na,other\n1,\n2,\n", 0},
		{"{\"x\":{\"y\":[{\"a\":1},{\"a\":2}]}}",
		 "[x.y]\na,other\n1,\n2,\n", 0},
		{"{\"items\":[{\"a\":1},{}]}\n{\"items\":[{\"a\":2},{}]}\n",
		 "[items]\na,other\n1,\n2,\n", 0},
		{"{\"a\":1}", "[]\na,other\n1,\n", 0},
		{"[[1,2],[3,4]]", "[]\n1,2,other\n1,2,\n3,4,\n", 0},
		{"[1,2]\n[3,4]\n", "[]\n1,2,other\n1,2,\n3,4,\n", 0},
		{"[\"a@example.org\",\"b@example.org\"]",
		 "[]\nvalue,other\na@example.org,\nb@example.org,\n", 0},
		{"{\"u\":{\"k1\":{\"a\":1},\"k2\":{\"a\":2},\"k3\":{\"a\":3}}}",
		 "[u]\n_key,a,other\nk1,1,\nk2,2,\nk3,3,\n", 0},
		{"[]", "", 0},
		{"[{},{}]", "", 0},
	};

	(void)state;
	must_all(cases, COUNT_OF(cases));
}

static void
what_stands_around_a_table_is_a_row_of_its_own(void **state)
{
	static const struct json_case cases[] = {
		{"{\"lab\":\"X\",\"n\":{\"t\":1},\"data\":[{\"a\":1}],"
		 "\"z\":[1,2]}",
		 "[data]\na,other\n1,\n"
		 "[]\nlab,n.t,z,other\nX,1,1 | 2,\n",
		 0},
		/* Exports of phpMyAdmin name their tables. */
		{"[{\"type\":\"table\",\"name\":\"users\",\"data\":[\n"
		 "{\"a\":1}\n]}\n,{\"type\":\"table\",\"name\":\"log\","
		 "\"data\":[{\"b\":1},{\"b\":2}]}]",
		 "[users]\na,other\n1,\n"
		 "[]\ntype,name,other\ntable,users,\ntable,log,\n"
		 "[log]\nb,other\n1,\n2,\n",
		 0},
		/* A person with a list is still one person. */
		{"{\"n\":\"A\",\"visits\":[{\"d\":1},{\"d\":2},{\"d\":3}]}\n"
		 "{\"n\":\"B\"}",
		 "[]\nn,visits.d,visits.2.d,visits.3.d,other\nA,1,2,3,\n"
		 "B,,,,\n",
		 0},
	};

	(void)state;
	must_all(cases, COUNT_OF(cases));
}

static void
nested_values_have_columns(void **state)
{
	static const struct json_case cases[] = {
		{"[{\"a\":{\"b\":{\"c\":1}},\"d\":[1,null,\"x\"],\"e\":[],"
		 "\"f\":{}}]",
		 "[]\na.b.c,d,other\n1,1 |  | x,\n", 0},
		{"[{\"a\":1,\"a\":2}]", "[]\na,other\n1,a=2\n", 0},
		{"[{\"l\":[{\"b\":1},{\"b\":2},[3,4]]}]",
		 "[]\nl.b,l.2.b,l.3,other\n1,2,3 | 4,\n", 0},
		{"[{\"l\":[{\"b\":1},{\"b\":2},{\"b\":3},{\"b\":4},{\"b\":5},"
		 "{\"b\":6},{\"b\":7},{\"b\":8},{\"b\":9}]}]",
		 "[]\nl.b,l.2.b,l.3.b,l.4.b,l.5.b,l.6.b,l.7.b,l.8.b,other\n"
		 "1,2,3,4,5,6,7,8,\"l={\"\"b\"\":9}\"\n",
		 0},
	};

	(void)state;
	must_all(cases, COUNT_OF(cases));
}

static void
wrappings_of_databases_are_taken_off(void **state)
{
	static const struct json_case cases[] = {
		{"{\"_id\":{\"$oid\":\"5f\"},\"n\":{\"$numberLong\":\"7\"},"
		 "\"d\":{\"$date\":\"1979-03-28T00:00:00Z\"}}",
		 "[]\n_id,n,d,other\n5f,7,1979-03-28T00:00:00Z,\n", 0},
		{"{\"a\":{\"$date\":{\"$numberLong\":\"-2208988800000\"}},"
		 "\"b\":{\"$date\":951782400123},\"c\":{\"$date\":\"x\"}}",
		 "[]\na,b,c,other\n"
		 "1900-01-01T00:00:00Z,2000-02-29T00:00:00Z,x,\n",
		 0},
		{"{\"_index\":\"i\",\"_source\":{\"n\":\"A\"}}\n"
		 "{\"_index\":\"i\",\"_source\":{\"n\":\"B\"}}\n",
		 "[]\n_index,n,other\ni,A,\ni,B,\n", 0},
		{"{\"Item\":{\"n\":{\"S\":\"A\"},\"l\":{\"L\":[{\"N\":\"1\"},"
		 "{\"N\":\"2\"}]}}}",
		 "[]\nn,l,l.2,other\nA,1,2,\n", 0},
		{"{\"_id\":ObjectId(\"5f\"), \"d\":ISODate('2020')}",
		 "[]\n_id,d,other\n5f,2020,\n", 0},
	};

	(void)state;
	must_all(cases, COUNT_OF(cases));
}

static void
strings_are_given_as_they_mean(void **state)
{
	static const struct json_case cases[] = {
		{"[{\"a\":\"\\u00c9\\u006c\\ud83d\\ude00\"}]",
		 "[]\na,other\nÉl😀,\n", 0},
		{"[{\"a\":\"\\ud83dx\\ude00\\ud83d\"}]",
		 "[]\na,other\n\uFFFDx\uFFFD\uFFFD,\n", 0},
		{"[{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\q\\u12\"}]",
		 "[]\na,other\n\"\"\"\\/\b\f\n\r\tq\uFFFD12\",\n", 0},
		{"[{\"a\":\" x\",\"b\":\"x \",\"c\":\"a,b\",\"d\":\"\"}]",
		 "[]\na,b,c,d,other\n\" x\",\"x \",\"a,b\",,\n", 0},
		{"[{'a':'it\"s',b:None,\"c\":true}]",
		 "[]\na,b,c,other\n\"it\"\"s\",,true,\n", 0},
		/* Not UTF-8: Windows-1252. */
		{"[{\"a\":\"\xE9\x80t\xC3\xA9\"}]", "[]\na,other\né€té,\n", 0},
		{"[{\"a,b\":1,\"\\u00e9\":2}]", "[]\n\"a,b\",é,other\n1,2,\n",
		 0},
	};

	(void)state;
	must_all(cases, COUNT_OF(cases));
}

static void
what_is_malformed_is_left_out_and_counted(void **state)
{
	static const struct json_case cases[] = {
		{"{\"a\":1}\n{\"a\":\"x\"y\"}\n{\"a\":3}\n",
		 "[]\na,other\n1,\n3,\n", 1},
		{"{\"a\":1}\n{\"a\":\"x}\n{\"a\":3}\n{\"a\":4}\n",
		 "[]\na,other\n1,\n3,\n4,\n", 1},
		{"[{\"a\":1},{\"a\" 2},{\"a\":3}]", "[]\na,other\n1,\n3,\n", 1},
		{"{\"p\":[{\"a\":1},{\"a\" 2},{\"a\":3}]}",
		 "[p]\na,other\n1,\n3,\n", 1},
		{"{\"p\":[{\"a\":1},{\"a\" 2}]}\n{\"a\":3}",
		 "[]\na,other\n3,\n", 1},
		{"{\"m\":{\"k\":{\"a\":1},\"l\":{\"a\":2},\"m\":{\"a\":3},\n"
		 "\"n\":{\"a\" 4},\"o\":{\"a\":5}}}",
		 "[m]\n_key,a,other\nk,1,\nl,2,\nm,3,\no,5,\n", 1},
		{"[{\"a\":1},{\"a\":2", "[]\na,other\n1,\n2,\n", 1},
		{"[{\"a\":1},{\"a\":2,\"b\":\"x", "[]\na,other\n1,\n2,\n", 1},
		{"[{\"a\":1}", "[]\na,other\n1,\n", 1},
		{"{\"data\":[{\"a\":1},{\"a\":2},{\"a",
		 "[data]\na,other\n1,\n2,\n", 1},
		{"{\"a\":1}\n}]\n{\"a\":2}", "[]\na,other\n1,\n2,\n", 2},
		{"{\"a\":1,/*x*/\"b\":2,} // y\n{\"a\":3}",
		 "[]\na,b,other\n1,2,\n3,,\n", 0},
		{"[{\"a\":1,,\"b\":2,}]", "[]\na,b,other\n1,2,\n", 0},
	};

	(void)state;
	must_all(cases, COUNT_OF(cases));
}

static void
no_json_is_refused(void **state)
{
	static const char *const cases[] = {"", " ", "a,b\n1,2\n", "<a/>",
					    "\xEF\xBB\xBF"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct result r =
			take_apart(span_str(cases[i]), PARTS_READ_MIN);

		assert_int_equal(r.rc, RC_FORMAT);
	}
}

/* The published test person of the French digital-health agency. */
static const char patient[] =
	"{\"resourceType\":\"Patient\",\"id\":\"p1\",\"identifier\":["
	"{\"system\":\"urn:oid:1.2.250.1.213.1.4.10\",\"type\":{\"coding\":"
	"[{\"code\":\"INS-NIR-TEST\"}]},\"value\":\"279035121518989\"},"
	"{\"system\":\"urn:oid:9.9\",\"value\":\"42\"}],\"name\":["
	"{\"use\":\"official\",\"family\":\"Exemple\",\"given\":[\"Anne\","
	"\"Lise\"]},{\"use\":\"maiden\",\"family\":\"Fictive\"}],"
	"\"telecom\":[{\"system\":\"phone\",\"value\":\"01\"},{\"system\":"
	"\"email\",\"value\":\"a@example.org\"},{\"system\":\"phone\","
	"\"value\":\"06\",\"use\":\"mobile\"}],\"gender\":\"female\","
	"\"birthDate\":\"1979-03-28\",\"address\":[{\"line\":[\"1 rue\"],"
	"\"city\":\"Rennes\",\"postalCode\":\"35000\",\"country\":\"FRA\"}],"
	"\"managingOrganization\":{\"display\":\"Labo\",\"identifier\":"
	"{\"system\":\"urn:oid:1.2.250.1.71.4.2.2\",\"value\":"
	"\"1750803447\"}}}";
static const char observation[] =
	"{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":"
	"{\"coding\":[{\"code\":\"2339-0\",\"display\":\"Glucose\"}]},"
	"\"subject\":{\"reference\":\"Patient/p1\"},\"valueQuantity\":"
	"{\"value\":6.3,\"unit\":\"mmol/l\"},\"performer\":[{\"identifier\":"
	"{\"system\":\"urn:oid:1.2.250.1.71.4.2.1\",\"value\":"
	"\"10100997245\"}}],\"note\":[{\"text\":\"jeun\"}]}";
static const char patient_table[] =
	"[Patient]\nid,nir,identifier,family,given,maiden,birthDate,gender,"
	"phone,phone.2,email,street,city,postalCode,country,organization,"
	"managingOrganization.finess,other\n"
	"p1,279035121518989,42,Exemple,Anne Lise,Fictive,1979-03-28,female,"
	"01,06,a@example.org,1 rue,Rennes,35000,FRA,Labo,1750803447,\n";
static const char observation_table[] =
	"[Observation]\nid,subject,code,code.display,code.text,note,status,"
	"value,unit,performer.rpps,other\n"
	",Patient/p1,2339-0,Glucose,,jeun,final,6.3,mmol/l,10100997245,\n";

static void
resources_are_one_table_a_type(void **state)
{
	static const char *const frames[][3] = {
		{"", "\n", ""},
		{"[", ",", "]"},
		{"{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":",
		 "},{\"resource\":", "}]}"},
		{"{\"x\":1,\"rows\":[", ",", "]}"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(frames); i++) {
		struct text t = {0};
		struct result r;

		add_str(&t, frames[i][0]);
		add_str(&t, patient);
		add_str(&t, frames[i][1]);
		add_str(&t, observation);
		add_str(&t, frames[i][2]);
		r = take_apart((struct span){t.p, t.n}, 1);
		add(&r.out, "", 1);
		assert_non_null(strstr((char *)r.out.p, patient_table));
		assert_non_null(strstr((char *)r.out.p, observation_table));
		assert_int_equal(r.skipped, 0);
		free(t.p);
		free(r.out.p);
	}
}

/** Add ${line} with each # of it as ${i}. */
static void
add_line(struct text *t, const char *line, unsigned i)
{
	char number[12];

	(void)snprintf(number, sizeof(number), "%u", i);
	for (; *line != '\0'; line++)
		if (*line == '#')
			add_str(t, number);
		else
			add(t, line, 1);
}

static size_t
count(struct text t, uint8_t b)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += t.p[i] == b;
	return n;
}

static void
records_may_lie_across_what_is_read_at_once(void **state)
{
	enum { RECORDS = 60000 };
	static const char *const frames[][2] = {
		{"", ""}, {"[", "]"}, {"{\"v\":1,\"data\":[", "]}"}};
	size_t bytes = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(frames); i++) {
		struct text t = {0};

		add_str(&t, frames[i][0]);
		for (unsigned k = 0; k < RECORDS; k++)
			add_line(&t,
				 "{\"id\": \"#\", \"x\":\"y\",\"z\": \"\", "
				 "\"name\":\"caf\\u00e9 {[#]}, \\\"#\\\"\","
				 " \"a\":{\"b\":[1,2]}},\n",
				 k);
		t.n -= 2;
		add_str(&t, frames[i][1]);
		struct result r =
			take_apart((struct span){t.p, t.n}, PARTS_READ_MIN);
		assert_true(t.n > JSON_RECORD_MAX);
		assert_int_equal(r.rc, RC_END);
		assert_int_equal(r.skipped, 0);
		assert_int_equal(r.parts, i == 2 ? 2 : 1);
		/* Names, headers and rows; what is around. */
		assert_int_equal(count(r.out, '\n'),
				 RECORDS + 2 + (i == 2 ? 3 : 0));
		if (i == 1)
			assert_int_equal(r.out.n, bytes);
		bytes = r.out.n;
		free(t.p);
		free(r.out.p);
	}
}

static void
tables_that_take_turns_are_few_parts(void **state)
{
	enum { RECORDS = 200000 };
	struct text t = {0};

	(void)state;
	for (unsigned k = 0; k < RECORDS; k++)
		add_line(&t,
			 k % 2 == 0
				 ? "{\"resourceType\":\"Patient\",\"id\":"
				   "\"#\",\"x\":\"# "
				   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
				   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
				   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
				   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
				   "xxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}\n"
				 : "{\"resourceType\":\"Condition\",\"id\":"
				   "\"#\",\"x\":\"# "
				   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
				   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
				   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
				   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
				   "xxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}\n",
			 k);
	assert_true(t.n > JSON_SHELF_MAX);
	struct result r = take_apart((struct span){t.p, t.n}, PARTS_READ_MIN);

	assert_int_equal(r.rc, RC_END);
	assert_int_equal(r.skipped, 0);
	assert_in_range(r.parts, 2, 5);
	assert_int_equal(count(r.out, '\n'), RECORDS + 2 * r.parts);
	/* The same, in pieces of another size. */
	struct result small = take_apart((struct span){t.p, t.n}, 997);

	assert_int_equal(small.out.n, r.out.n);
	assert_memory_equal(small.out.p, r.out.p, r.out.n);
	free(small.out.p);
	free(r.out.p);
	free(t.p);
}

static void
parts_may_be_stepped_over(void **state)
{
	struct text t = {0};
	struct part part;
	size_t parts = 0;
	void *p;

	(void)state;
	for (unsigned k = 0; k < 5000; k++)
		add_line(&t, "{\"a\":#}\n[#,#]\n\"x\"\n", k);
	struct span s = {t.p, t.n};
	const struct parts_input in = parts_in_span(&s);

	assert_int_equal(json_parts.open(&in, &p), RC_OK);
	while (json_parts.next(p, &part) == RC_OK)
		parts++;
	assert_int_equal(parts, 1);
	assert_int_equal(json_parts.skipped(p), 0);
	json_parts.close(p);
	free(t.p);
}

static void
keys_that_come_late_are_in_the_last_column(void **state)
{
	struct text t = {0};

	(void)state;
	for (unsigned k = 0; k <= JSON_LOOK_RECORDS; k++)
		add_line(&t, "{\"a\":{\"b\":#}}\n", k);
	add_str(&t, "{\"a\":{\"b\":1,\"c\":\"x,y\"},\"d\":[\"p\",\"q\"],"
		    "\"e\":{\"f\":1}}");
	struct result r = take_apart((struct span){t.p, t.n}, PARTS_READ_MIN);

	add(&r.out, "", 1);
	assert_non_null(
		strstr((char *)r.out.p,
		       "\n1,\"a.c=x,y | d=p | q | e={\"\"f\"\":1}\"\n"));
	free(r.out.p);
	free(t.p);
}

static void
what_is_longer_than_the_ceiling_loses_little(void **state)
{
	struct text t = {0};

	(void)state;
	add_str(&t, "[{\"n\":\"A\"},{\"n\":\"B\",\"scan\":\"");
	for (size_t i = 0; i < 3 * JSON_RECORD_MAX / 8; i++)
		add_str(&t, "AAAA\\\"]}");
	add_str(&t, "\",\"m\":\"b\"},{\"n\":\"C\"}]");
	must_give((struct span){t.p, t.n}, "[]\nn,m,other\nA,,\nB,b,\nC,,\n",
		  1);
	free(t.p);
}

static void
depth_has_a_ceiling(void **state)
{
	struct text t = {0};

	(void)state;
	for (size_t i = 0; i < 100000; i++)
		add_str(&t, "[{\"a\":");
	struct result r = take_apart((struct span){t.p, t.n}, PARTS_READ_MIN);

	assert_int_equal(r.rc, RC_END);
	assert_true(r.skipped > 0);
	free(r.out.p);
	free(t.p);
}

static void
columns_and_tables_have_a_ceiling(void **state)
{
	struct text t = {0};

	(void)state;
	add_str(&t, "{");
	for (unsigned i = 0; i < 3 * JSON_COLUMNS_MAX; i++)
		add_line(&t, "\"k#\":#,", i);
	add_str(&t, "}\n{\"k5\":\"x\"}\n");
	for (unsigned i = 0; i < 3 * JSON_TABLES_MAX; i++)
		add_line(&t, "{\"resourceType\":\"T#\",\"id\":#}\n", i);
	struct result r = take_apart((struct span){t.p, t.n}, PARTS_READ_MIN);

	add(&r.out, "", 1);
	assert_int_equal(r.rc, RC_END);
	assert_int_equal(r.skipped, 0);
	assert_int_equal(r.parts, JSON_TABLES_MAX);
	assert_non_null(strstr((char *)r.out.p, "k2000=2000 | "));
	assert_int_equal(count(r.out, '\n'),
			 2 * r.parts + 2 + 3 * (size_t)JSON_TABLES_MAX);
	free(r.out.p);
	free(t.p);
}

static const char sample[] =
	"// made up\n{\"lab\":\"X\",\"data\":[{\"n\":\"A\\u00e9\",\"l\":[{"
	"\"b\":1},{\"b\":'2'}],\"d\":{\"$date\":{\"$numberLong\":\"-5\"}}},\n"
	"{\"n\":\"\xE9\",\"_id\":ObjectId(\"5f\")},{\"resourceType\":"
	"\"Patient\",\"name\":{\"use\":\"maiden\",\"family\":\"F\"}}],\"m\":"
	"{\"k1\":{\"a\":1},\"k2\":{\"a\":2},\"k3\":{\"a\":3}}}";

static void
every_cut_is_read_and_said(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(sample) - 1; n++) {
		uint8_t *exact = malloc(n + 1);

		assert_non_null(exact);
		memcpy(exact, sample, n);
		struct result r = take_apart((struct span){exact, n}, 3);

		assert_true(r.rc == RC_END || r.rc == RC_FORMAT);
		assert_true(r.rc == RC_FORMAT || r.skipped > 0);
		free(r.out.p);
		free(exact);
	}
}

static void
flipped_bytes_do_no_harm(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(sample) - 1; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			uint8_t bytes[sizeof(sample) - 1];

			memcpy(bytes, sample, sizeof(bytes));
			bytes[i] ^= (uint8_t)(1U << bit);
			struct result r = take_apart(
				(struct span){bytes, sizeof(bytes)}, 64);

			assert_true(r.rc == RC_END || r.rc == RC_FORMAT);
			free(r.out.p);
		}
}

static enum rc
read_fails(void *arg, uint64_t at, uint8_t *to, size_t n, size_t *ret_n)
{
	if (at > 0)
		return RC_IO;
	return parts_read_span(arg, at, to, n, ret_n);
}

static void
a_medium_that_fails_is_said(void **state)
{
	struct text t = {0};
	static uint8_t buf[PARTS_READ_MIN];
	struct part part;
	size_t n;
	void *p;
	enum rc rc;

	(void)state;
	for (unsigned k = 0; k < 50000; k++)
		add_line(&t, "{\"a\":#}\n", k);
	struct span s = {t.p, t.n};
	const struct parts_input in = {read_fails, &s, s.n};

	assert_int_equal(json_parts.open(&in, &p), RC_OK);
	assert_int_equal(json_parts.next(p, &part), RC_OK);
	do
		rc = json_parts.read(p, buf, sizeof(buf), &n);
	while (rc == RC_OK && n > 0);
	assert_int_equal(rc, RC_IO);
	json_parts.close(p);
	json_parts.close(NULL);
	free(t.p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layouts_give_one_table),
		cmocka_unit_test(
			what_stands_around_a_table_is_a_row_of_its_own),
		cmocka_unit_test(nested_values_have_columns),
		cmocka_unit_test(wrappings_of_databases_are_taken_off),
		cmocka_unit_test(strings_are_given_as_they_mean),
		cmocka_unit_test(what_is_malformed_is_left_out_and_counted),
		cmocka_unit_test(no_json_is_refused),
		cmocka_unit_test(resources_are_one_table_a_type),
		cmocka_unit_test(records_may_lie_across_what_is_read_at_once),
		cmocka_unit_test(tables_that_take_turns_are_few_parts),
		cmocka_unit_test(parts_may_be_stepped_over),
		cmocka_unit_test(keys_that_come_late_are_in_the_last_column),
		cmocka_unit_test(what_is_longer_than_the_ceiling_loses_little),
		cmocka_unit_test(depth_has_a_ceiling),
		cmocka_unit_test(columns_and_tables_have_a_ceiling),
		cmocka_unit_test(every_cut_is_read_and_said),
		cmocka_unit_test(flipped_bytes_do_no_harm),
		cmocka_unit_test(a_medium_that_fails_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
