/* leakgen: the command line. */
#include "options.h"

#include "shuffle.h"

#include <errno.h>
#include <stdlib.h>

enum { PEOPLE_DEFAULT = 491840, WITHOUT_MAX = 16 };

/* What is kept aside until all options are read. */
struct pending {
	const char *columns;
	const char *without[WITHOUT_MAX];
	uint32_t without_n;
	bool order;
	uint64_t order_seed;
};

const char *
options_help(void)
{
	return "usage: leakgen [options]\n"
	       "Writes a made-up leak of medical laboratories, and its "
	       "answers.\n"
	       "\n"
	       "  --people N        people to make (491840)\n"
	       "  --rows N          rows to make, instead of people\n"
	       "  --seed S          other people (1)\n"
	       "  --preset NAME     default none insured hard twins carehomes "
	       "movers nonir\n"
	       "  --format NAME     csv mysql postgres mssql json ndjson hl7 "
	       "hprim fhir\n"
	       "  --style NAME      names of columns: verbose accents snake "
	       "camel upper\n"
	       "                    cryptic short prefixed english "
	       "english_snake meaningless\n"
	       "                    none; verbose in CSV, else snake\n"
	       "  --charset NAME    latin1 utf8 utf8-bom utf16le utf16le-bom "
	       "utf16be utf32le\n"
	       "                    cp1252 cp850 macroman latin9; latin1 in "
	       "csv, hl7, hprim;\n"
	       "                    utf16le-bom in mssql; else utf8\n"
	       "  --newline HOW     lf crlf cr; cr in hl7, crlf in mssql and "
	       "hprim, else lf\n"
	       "  --columns LIST    all, or keys with commas between\n"
	       "  --without KIND    leave out the columns of one kind, such as "
	       "fr.nir\n"
	       "  --order SEED      shuffle the columns\n"
	       "  --shuffle SEED    shuffle the rows (up to 5 million)\n"
	       "  --truth DIR       write the answers there\n"
	       "  -o, --output FILE instead of standard output\n"
	       "  -h, --help        this\n"
	       "\n"
	       "CSV only:\n"
	       "  --delimiter C     ; , tab |\n"
	       "  --quote HOW       minimal all none\n"
	       "  --header HOW      yes no title\n"
	       "\n"
	       "Messages have no place for every column. Left out, in the "
	       "truth also:\n"
	       "  hl7               SIRET, insurer, scheme and mutual number, "
	       "IBAN, money and\n"
	       "                    invoices, postcode of the doctor, internal "
	       "numbers and\n"
	       "                    states, full names\n"
	       "  hprim             the same, who is insured, ward, creation "
	       "and validation\n"
	       "  fhir              the same as hl7, hour of the sample, "
	       "relation to the\n"
	       "                    insured, prescription and prescriber, "
	       "ward, request\n"
	       "                    number, creation and validation\n"
	       "\n"
	       "Example: leakgen --people 2000 --charset utf8 --style snake "
	       "--truth t -o t.csv\n";
}

static bool
refuse(struct options_error *e, const char *error, const char *what,
       const char *hint)
{
	(void)snprintf(e->error, sizeof(e->error), "%s%.60s", error, what);
	(void)snprintf(e->hint, sizeof(e->hint), "%s", hint);
	return false;
}

static bool
read_number(const char *text, uint64_t *ret)
{
	char *end = NULL;

	if (text[0] < '0' || text[0] > '9')
		return false;
	errno = 0;
	const unsigned long long v = strtoull(text, &end, 10);
	if (errno != 0 || *end != '\0')
		return false;
	*ret = v;
	return true;
}

/* The place of ${text} in ${words}, or -1. */
static int
find(const char *text, const char *const *words, int n)
{
	for (int i = 0; i < n; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	return -1;
}

static bool
read_preset(struct options *o, const char *text)
{
	for (const struct preset *p = people_presets; p->name != NULL; p++)
		if (strcmp(p->name, text) == 0) {
			o->preset = p;
			return true;
		}
	return false;
}

static bool
read_style(struct options *o, const char *text)
{
	for (int i = 0; i < STYLE_COUNT; i++)
		if (strcmp(columns_style((enum column_style)i), text) == 0) {
			o->layout.style = (enum column_style)i;
			return true;
		}
	return false;
}

static bool
read_format(struct options *o, const char *text)
{
	for (size_t i = 0; writer_formats[i] != NULL; i++)
		if (strcmp(writer_formats[i]->name, text) == 0) {
			o->layout.format = writer_formats[i];
			return true;
		}
	return false;
}

static bool
read_charset(struct options *o, const char *text)
{
	for (const struct charset *c = sink_charsets; c->name != NULL; c++)
		if (strcmp(c->name, text) == 0) {
			o->layout.charset = c;
			return true;
		}
	return false;
}

static bool
read_delimiter(struct options *o, const char *text)
{
	if (strcmp(text, "tab") == 0 || strcmp(text, "\t") == 0)
		o->layout.delimiter = '\t';
	else if (strlen(text) == 1 && strchr(";,|", text[0]) != NULL)
		o->layout.delimiter = (uint8_t)text[0];
	else
		return false;
	return true;
}

static bool
read_quote(struct options *o, const char *text)
{
	static const char *const words[] = {"minimal", "all", "none"};
	const int i = find(text, words, 3);

	if (i >= 0)
		o->layout.quote = (enum quote)i;
	return i >= 0;
}

static bool
read_newline(struct options *o, const char *text)
{
	static const char *const words[] = {"lf", "crlf", "cr"};
	static const char *const ends[] = {"\n", "\r\n", "\r"};
	const int i = find(text, words, 3);

	if (i >= 0)
		o->layout.newline = ends[i];
	return i >= 0;
}

static bool
read_header(struct options *o, const char *text)
{
	static const char *const words[] = {"yes", "no", "title"};
	const int i = find(text, words, 3);

	if (i >= 0)
		o->layout.header = (enum header)i;
	return i >= 0;
}

static bool
read_seed(struct options *o, const char *text)
{
	return read_number(text, &o->seed);
}

static bool
read_rows(struct options *o, const char *text)
{
	return read_number(text, &o->rows) && o->rows > 0;
}

static bool
read_people(struct options *o, const char *text)
{
	return read_number(text, &o->people) && o->people > 0;
}

static bool
read_shuffle(struct options *o, const char *text)
{
	o->shuffle = true;
	return read_number(text, &o->shuffle_seed);
}

static bool
read_truth(struct options *o, const char *text)
{
	o->truth = text;
	return text[0] != '\0';
}

static bool
read_output(struct options *o, const char *text)
{
	o->output = text;
	return text[0] != '\0';
}

static const struct {
	const char *name;
	bool (*read)(struct options *o, const char *text);
} option_table[] = {
	{"--rows", read_rows},     {"--people", read_people},
	{"--seed", read_seed},     {"--preset", read_preset},
	{"--style", read_style},   {"--charset", read_charset},
	{"--format", read_format}, {"--delimiter", read_delimiter},
	{"--quote", read_quote},   {"--newline", read_newline},
	{"--header", read_header}, {"--shuffle", read_shuffle},
	{"--truth", read_truth},   {"--output", read_output},
	{"-o", read_output},
};

enum verdict { TAKEN, UNKNOWN, BAD };

static enum verdict
read_pending(struct pending *p, const char *name, const char *text)
{
	if (strcmp(name, "--columns") == 0) {
		p->columns = text;
		return TAKEN;
	}
	if (strcmp(name, "--order") == 0) {
		p->order = true;
		return read_number(text, &p->order_seed) ? TAKEN : BAD;
	}
	if (strcmp(name, "--without") != 0)
		return UNKNOWN;
	if (p->without_n == WITHOUT_MAX)
		return BAD;
	p->without[p->without_n++] = text;
	return TAKEN;
}

static enum verdict
read_one(struct options *o, struct pending *p, const char *name,
	 const char *text)
{
	for (size_t i = 0; i < sizeof(option_table) / sizeof(option_table[0]);
	     i++) {
		if (strcmp(option_table[i].name, name) != 0)
			continue;
		if (text == NULL)
			return BAD;
		return option_table[i].read(o, text) ? TAKEN : BAD;
	}
	return text == NULL ? UNKNOWN : read_pending(p, name, text);
}

static const struct column *
column_by_key(const char *key, size_t n)
{
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		if (strlen(columns_all[i].key) == n &&
		    memcmp(columns_all[i].key, key, n) == 0)
			return &columns_all[i];
	return NULL;
}

/* Which columns; false: a key or a kind is unknown. */
static bool
plan_list(struct options *o, const char *list)
{
	if (list == NULL || strcmp(list, "all") == 0) {
		for (uint32_t i = 0; i < COLUMNS_USUAL; i++)
			o->layout.plan[o->layout.columns++] = &columns_all[i];
		return true;
	}
	while (*list != '\0') {
		const size_t n = strcspn(list, ",");
		const struct column *c = column_by_key(list, n);
		if (c == NULL || o->layout.columns == COLUMNS_MAX)
			return false;
		o->layout.plan[o->layout.columns++] = c;
		list += n + (list[n] == ',');
	}
	return o->layout.columns > 0;
}

static bool
plan_without(struct options *o, const char *kind)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < o->layout.columns; i++)
		if (strcmp(o->layout.plan[i]->kind, kind) != 0)
			o->layout.plan[n++] = o->layout.plan[i];
	const bool any = n < o->layout.columns;
	o->layout.columns = n;
	return any && n > 0;
}

/* Leaves out what the format has no place for; false: nothing is left. */
static bool
plan_places(struct layout *l)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < l->columns; i++)
		if (writer_has(l->format, l->plan[i]))
			l->plan[n++] = l->plan[i];
	l->columns = n;
	return n > 0;
}

static bool
plan(struct options *o, const struct pending *p, struct options_error *reterr)
{
	if (!plan_list(o, p->columns))
		return refuse(reterr, "no such column in --columns", "",
			      "the keys are the headers of --style snake");
	for (uint32_t i = 0; i < p->without_n; i++)
		if (!plan_without(o, p->without[i]))
			return refuse(reterr,
				      "no column to leave out for --without ",
				      p->without[i],
				      "kinds are such as fr.nir, phone, "
				      "email, health.note");
	if (!plan_places(&o->layout))
		return refuse(reterr, "no column has a place in the format ",
			      o->layout.format->name,
			      "leakgen --help says what each leaves out");
	struct rng r = rng_for(p->order_seed, 6);
	for (uint32_t i = o->layout.columns; p->order && i > 1; i--) {
		const uint32_t j = rng_below(&r, i);
		const struct column *c = o->layout.plan[i - 1];
		o->layout.plan[i - 1] = o->layout.plan[j];
		o->layout.plan[j] = c;
	}
	return true;
}

/* Fills in what depends on the format, and refuses what it cannot have. */
static bool
suit(struct options *o, struct options_error *reterr)
{
	struct layout *l = &o->layout;
	const bool csv = l->format == &to_csv;

	if (l->charset == NULL && !read_charset(o, l->format->charset))
		return false;
	if (writer_called(l->format, l->charset) == NULL)
		return refuse(reterr, "no such charset in the format ",
			      l->format->name,
			      "leakgen --help says which it has");
	if (!csv && (l->delimiter != 0 || l->quote != QUOTE_MINIMAL ||
		     l->header != HEADER_YES || l->style == STYLE_NONE))
		return refuse(reterr, "an option of CSV with the format ",
			      l->format->name,
			      "drop --delimiter, --quote, --header and "
			      "--style none");
	if (l->newline == NULL)
		l->newline = l->format->newline;
	if (l->delimiter == 0)
		l->delimiter = ';';
	if (l->style == STYLE_COUNT)
		l->style = csv ? STYLE_VERBOSE : STYLE_SNAKE;
	return true;
}

/* One option after the other; false: one of them makes no sense. */
static bool
read_all(struct options *o, struct pending *p, int argc, char **argv,
	 struct options_error *reterr)
{
	static const char look[] = "leakgen --help lists the options";

	for (int i = 1; i < argc; i += 2) {
		if (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0) {
			o->help = true;
			return true;
		}
		const char *text = i + 1 < argc ? argv[i + 1] : NULL;
		const enum verdict v = read_one(o, p, argv[i], text);
		if (v == UNKNOWN)
			return refuse(reterr, "unknown option ", argv[i], look);
		if (v == BAD)
			return refuse(reterr, "bad or missing value of ",
				      argv[i], look);
	}
	return true;
}

bool
options_read(struct options *o, int argc, char **argv,
	     struct options_error *reterr)
{
	struct pending p = {0};

	*o = (struct options){
		.seed = 1,
		.preset = &people_presets[0],
		.layout = {.format = &to_csv, .style = STYLE_COUNT},
	};
	if (!read_all(o, &p, argc, argv, reterr))
		return false;
	if (o->help)
		return true;
	if (o->rows != 0 && o->people != 0)
		return refuse(reterr, "--rows and --people exclude each other",
			      "", "give one of them");
	if (o->rows == 0 && o->people == 0)
		o->people = PEOPLE_DEFAULT;
	if (o->shuffle &&
	    (o->rows > SHUFFLE_MAX || o->people > SHUFFLE_MAX / 2))
		return refuse(reterr, "too many rows to shuffle in memory", "",
			      "up to 5 million rows");
	return suit(o, reterr) && plan(o, &p, reterr);
}
