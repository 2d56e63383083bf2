/*
 * leakgen: writes a made-up leak of medical laboratories, of any size, in any
 * dialect, and the answers that go with it.
 *
 * A block of people is made (people.c), every visit becomes a row (row.c,
 * cells.c), rows become bytes (write.c), and what is known of them goes to the
 * truth files (truth.c). Then the block is forgotten.
 */
#include "options.h"
#include "truth.h"

#include <stdlib.h>

enum { FACTS_MAX = 64, CELL_MAX = 2048 };

/* A leak being written. */
struct leak {
	struct options options;
	struct maker maker;
	struct notes notes;
	struct sink sink;
	struct truth truth;
	struct row row;
	struct text cell, line;
	uint8_t cell_bytes[CELL_MAX + WRITE_SLACK];
	uint8_t line_bytes[WRITE_ROW_MAX];
	uint64_t rows, people;
	struct truth_fact facts[FACTS_MAX];
	uint32_t facts_n;
	uint32_t order[PEOPLE_BLOCK + PEOPLE_UNIT_MAX];
	/* Rows kept until they are shuffled. */
	struct {
		uint8_t *bytes;
		size_t n, max;
		size_t *end;
		uint64_t *person;
		size_t rows_max;
		struct truth_fact *facts;
		size_t facts_n, facts_max;
		bool failed;
	} kept;
};

static void
note_fact(struct leak *l, uint32_t column, uint8_t topic, uint8_t status,
	  uint8_t mention)
{
	if (l->facts_n == FACTS_MAX)
		return;
	l->facts[l->facts_n++] = (struct truth_fact){
		.row = l->rows,
		.column = (uint8_t)column,
		.topic = topic,
		.status = status,
		.mention = mention,
	};
}

/* What the cell just written adds to the truth. */
static void
learn(struct leak *l, uint32_t column)
{
	const struct note_facts *f = &l->row.facts;

	for (uint8_t i = 0; i < f->events_n; i++)
		note_fact(l, column, f->events[i].topic, f->events[i].status,
			  0);
	for (unsigned bit = NOTE_PHONE; bit <= NOTE_NIR; bit <<= 1)
		if ((f->mentions & bit) != 0)
			note_fact(l, column, 0, 0, (uint8_t)bit);
	if (l->row.rpps != NULL)
		l->truth.doctors[l->row.rpps - l->maker.doctors] = true;
}

/* Counts each topic once a row. */
static void
count_topics(struct leak *l, struct person *p)
{
	uint32_t said[2] = {0, 0};

	for (uint32_t i = 0; i < l->facts_n; i++) {
		const struct truth_fact *f = &l->facts[i];
		if (f->mention == 0 && f->status <= NOTE_TESTED)
			said[f->status] |= 1U << f->topic;
	}
	for (uint32_t i = 0; i < TOPIC_COUNT; i++)
		for (uint32_t k = 0; k < 2; k++)
			l->truth.topic_rows[i][k] += said[k] >> i & 1;
	p->asserted |= said[0];
	p->tested |= said[1];
}

/* A larger array, or NULL with the old one freed. */
static void *
grow(void *old, size_t n, size_t size)
{
	void *p = reallocarray(old, n, size);

	if (p == NULL)
		free(old);
	return p;
}

static bool
keep_room(struct leak *l)
{
	if (l->rows == l->kept.rows_max) {
		l->kept.rows_max = l->kept.rows_max * 2 + 4096;
		l->kept.end = grow(l->kept.end, l->kept.rows_max,
				   sizeof(*l->kept.end));
		l->kept.person = grow(l->kept.person, l->kept.rows_max,
				      sizeof(*l->kept.person));
	}
	if (l->kept.n + l->line.n > l->kept.max) {
		l->kept.max = l->kept.max * 2 + WRITE_BUFFER;
		l->kept.bytes = grow(l->kept.bytes, l->kept.max, 1);
	}
	if (l->kept.facts_n + FACTS_MAX > l->kept.facts_max) {
		l->kept.facts_max = l->kept.facts_max * 2 + 4096;
		l->kept.facts = grow(l->kept.facts, l->kept.facts_max,
				     sizeof(*l->kept.facts));
	}
	return l->kept.end != NULL && l->kept.person != NULL &&
	       l->kept.bytes != NULL && l->kept.facts != NULL;
}

static void
keep(struct leak *l, uint64_t person)
{
	if (l->kept.failed || !keep_room(l)) {
		l->kept.failed = true;
		return;
	}
	memcpy(l->kept.bytes + l->kept.n, l->line.p, l->line.n);
	l->kept.n += l->line.n;
	l->kept.end[l->rows] = l->kept.n;
	l->kept.person[l->rows] = person;
	memcpy(l->kept.facts + l->kept.facts_n, l->facts,
	       l->facts_n * sizeof(l->facts[0]));
	l->kept.facts_n += l->facts_n;
}

static void
emit(struct leak *l, uint64_t person)
{
	if (l->options.shuffle) {
		keep(l, person);
		return;
	}
	sink_put(&l->sink, l->line.p, l->line.n);
	truth_row(&l->truth, l->rows, person);
	for (uint32_t i = 0; i < l->facts_n; i++)
		truth_fact(&l->truth, &l->facts[i]);
}

static void
write_row(struct leak *l, const struct visit *visit, uint32_t *seen)
{
	struct person *p = &l->maker.block.people[visit->person];

	columns_row(&l->row, &l->maker, &l->notes, visit);
	l->line.n = 0;
	l->facts_n = 0;
	for (uint32_t i = 0; i < l->options.columns; i++) {
		l->cell.n = 0;
		columns_cell(&l->row, l->options.plan[i], &l->cell);
		write_cell(&l->line, &l->options.dialect, &l->cell);
		if (l->row.facts.events_n != 0 || l->row.facts.mentions != 0 ||
		    l->row.rpps != NULL)
			learn(l, i);
	}
	write_end(&l->line, &l->options.dialect);
	/* People are numbered as they first appear. */
	if (!p->seen) {
		p->seen = true;
		p->number = l->people++;
		l->order[(*seen)++] = visit->person;
	}
	p->rows++;
	p->labs |= 1U << visit->lab;
	l->truth.lab_rows[visit->lab]++;
	count_topics(l, p);
	emit(l, p->number);
	l->rows++;
}

static void
write_block(struct leak *l)
{
	const struct block *b = &l->maker.block;
	uint32_t seen = 0;

	for (uint32_t i = 0; i < b->visits_n; i++) {
		/* People lie far apart: have the next ones fetched. */
		const uint32_t ahead = i + 4 < b->visits_n ? i + 4 : i;
		const uint8_t *next =
			(const uint8_t *)&b->people[b->visits[ahead].person];
		for (size_t k = 0; k < sizeof(struct person); k += 64)
			__builtin_prefetch(next + k);
		write_row(l, &b->visits[i], &seen);
	}
	for (uint32_t i = 0; i < seen; i++)
		truth_person(&l->truth, &l->maker, &b->people[l->order[i]]);
}

static void
write_header(struct leak *l)
{
	const struct options *o = &l->options;

	sink_bom(&l->sink, o->charset);
	l->line.n = 0;
	if (o->header == HEADER_TITLE) {
		uint8_t title[160];
		text_put(&l->line, title,
			 text_from_utf8(title, sizeof(title),
					"Export des dossiers patients - "
					"logiciel de laboratoire Exemple"));
		text_ascii(&l->line, o->dialect.crlf ? "\r\n" : "\n");
		text_put(&l->line, title,
			 text_from_utf8(title, sizeof(title),
					"# Édité le 02/11/2020 à 08:14, "
					"confidentiel"));
		text_ascii(&l->line, o->dialect.crlf ? "\r\n" : "\n");
		sink_put(&l->sink, l->line.p, l->line.n);
		l->line.n = 0;
	}
	if (o->header == HEADER_NO || o->style == STYLE_NONE)
		return;
	for (uint32_t i = 0; i < o->columns; i++) {
		l->cell.n = 0;
		columns_header(o->plan[i], o->style, i, &l->cell);
		write_cell(&l->line, &o->dialect, &l->cell);
	}
	write_end(&l->line, &o->dialect);
	sink_put(&l->sink, l->line.p, l->line.n);
}

/* The facts of the kept row ${row} begin here. */
static size_t
facts_of(const struct leak *l, uint64_t row)
{
	size_t low = 0;
	size_t high = l->kept.facts_n;

	while (low < high) {
		const size_t mid = (low + high) / 2;
		if (l->kept.facts[mid].row < row)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool
write_shuffled(struct leak *l)
{
	if (l->kept.failed)
		return false;
	uint32_t *order =
		write_order((uint32_t)l->rows, l->options.shuffle_seed);
	if (order == NULL)
		return false;
	for (uint64_t out = 0; out < l->rows; out++) {
		const uint32_t in = order[out];
		const size_t start = in == 0 ? 0 : l->kept.end[in - 1];
		sink_put(&l->sink, l->kept.bytes + start,
			 l->kept.end[in] - start);
		truth_row(&l->truth, out, l->kept.person[in]);
		for (size_t i = facts_of(l, in);
		     i < l->kept.facts_n && l->kept.facts[i].row == in; i++) {
			struct truth_fact fact = l->kept.facts[i];
			fact.row = out;
			truth_fact(&l->truth, &fact);
		}
	}
	free(order);
	return true;
}

static int
fail(const char *error, const char *hint, int status)
{
	(void)fprintf(stderr, "error: %s\nhint: %s\n", error, hint);
	return status;
}

static int
write_leak(struct leak *l, FILE *file)
{
	const struct options *o = &l->options;

	if (!people_init(&l->maker, o->preset, o->seed) ||
	    !sink_init(&l->sink, file, o->charset))
		return fail("out of memory", "free some memory", 70);
	if (!truth_open(&l->truth, o->truth))
		return fail("cannot write the truth files",
			    "the parent of --truth DIR must exist", 70);
	l->maker.max_rows = o->rows;
	l->maker.max_people = o->people;
	notes_init(&l->notes);
	truth_columns(&l->truth, o->plan, o->columns,
		      o->header == HEADER_NO ? STYLE_NONE : o->style);
	write_header(l);
	while (people_next(&l->maker))
		write_block(l);
	if (o->shuffle && !write_shuffled(l))
		return fail("out of memory", "shuffle fewer rows", 70);
	if (!sink_end(&l->sink))
		return fail("cannot write the leak", "is the disk full?", 70);
	const struct truth_summary s = {
		.preset = o->preset->name,
		.style = columns_style(o->style),
		.charset = o->charset->name,
		.seed = o->seed,
		.bytes = l->sink.bytes,
		.columns = o->columns,
	};
	if (!truth_close(&l->truth, &l->maker, &s))
		return fail("cannot write the truth files", "is the disk full?",
			    70);
	return 0;
}

static int
run(struct leak *l)
{
	const char *output = l->options.output;
	FILE *file = output == NULL ? stdout : fopen(output, "wbe");

	if (file == NULL)
		return fail("cannot open the output", "see -o FILE", 70);
	int rc = write_leak(l, file);
	if (fclose(file) != 0 && rc == 0)
		rc = fail("cannot write the leak", "is the disk full?", 70);
	people_done(&l->maker);
	sink_done(&l->sink);
	free(l->kept.bytes);
	free(l->kept.end);
	free(l->kept.person);
	free(l->kept.facts);
	return rc;
}

int
main(int argc, char **argv)
{
	struct options_error error;
	struct leak *l = calloc(1, sizeof(*l));
	int rc = 0;

	if (l == NULL)
		return fail("out of memory", "free some memory", 70);
	l->cell = (struct text){l->cell_bytes, 0, CELL_MAX};
	l->line = (struct text){l->line_bytes, 0, WRITE_ROW_MAX};
	if (!options_read(&l->options, argc, argv, &error))
		rc = fail(error.error, error.hint, 2);
	else if (l->options.help)
		rc = fputs(options_help(), stdout) < 0 ? 70 : 0;
	else
		rc = run(l);
	free(l);
	return rc;
}
