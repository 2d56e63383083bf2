/*
 * leakgen: writes a made-up leak of medical laboratories, of any size, in any
 * format, and the answers that go with it.
 *
 * A block of people is made (people.c), every visit becomes a row (row.c,
 * cells.c), rows become bytes (writer.c), and what is known of them goes to the
 * truth files (truth.c). Then the block is forgotten.
 */
#include "options.h"
#include "shuffle.h"
#include "truth.h"

#include <stdlib.h>

enum { FACTS_MAX = 64, CELL_MAX = 2048, ROW_MAX = 32768 };

/* A leak being written. */
struct leak {
	struct options options;
	struct maker maker;
	struct notes notes;
	struct writer writer;
	struct truth truth;
	struct row row;
	struct cell cells[COLUMNS_MAX];
	uint8_t row_bytes[ROW_MAX + WRITER_SLACK];
	uint64_t rows, people;
	struct truth_fact facts[FACTS_MAX];
	uint32_t facts_n;
	uint32_t order[PEOPLE_BLOCK + PEOPLE_UNIT_MAX];
	struct shuffle shuffle;
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

static void
emit(struct leak *l, uint64_t person)
{
	if (l->options.shuffle) {
		shuffle_keep(&l->shuffle, person, l->cells,
			     l->options.layout.columns, l->facts, l->facts_n);
		return;
	}
	writer_record(&l->writer, l->cells);
	truth_row(&l->truth, l->rows, person);
	for (uint32_t i = 0; i < l->facts_n; i++)
		truth_fact(&l->truth, &l->facts[i]);
}

/* Makes the cells of the row, one behind the other. */
static void
make_cells(struct leak *l)
{
	const struct layout *layout = &l->options.layout;
	size_t used = 0;

	l->facts_n = 0;
	for (uint32_t i = 0; i < layout->columns; i++) {
		const size_t left = ROW_MAX - used;
		struct text t = {l->row_bytes + used, 0,
				 left < CELL_MAX ? left : CELL_MAX};
		columns_cell(&l->row, layout->plan[i], &t);
		l->cells[i] = (struct cell){t.p, t.n};
		used += t.n;
		if (l->row.facts.events_n != 0 || l->row.facts.mentions != 0 ||
		    l->row.rpps != NULL)
			learn(l, i);
	}
}

static void
write_row(struct leak *l, const struct visit *visit, uint32_t *seen)
{
	struct person *p = &l->maker.block.people[visit->person];

	columns_row(&l->row, &l->maker, &l->notes, visit);
	make_cells(l);
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

static bool
write_shuffled(struct leak *l)
{
	const struct shuffle *s = &l->shuffle;

	if (s->failed)
		return false;
	uint32_t *order =
		shuffle_order((uint32_t)l->rows, l->options.shuffle_seed);
	if (order == NULL)
		return false;
	for (uint64_t out = 0; out < l->rows; out++) {
		const struct shuffle_row *row = &s->rows[order[out]];
		shuffle_cells(s, order[out], l->cells,
			      l->options.layout.columns);
		writer_record(&l->writer, l->cells);
		truth_row(&l->truth, out, row->person);
		for (size_t i = row->fact; i < row[1].fact; i++) {
			struct truth_fact fact = s->facts[i];
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
	const struct layout *layout = &o->layout;

	if (!people_init(&l->maker, o->preset, o->seed) ||
	    !writer_begin(&l->writer, file, layout))
		return fail("out of memory", "free some memory", 70);
	if (!truth_open(&l->truth, o->truth))
		return fail("cannot write the truth files",
			    "the parent of --truth DIR must exist", 70);
	l->maker.max_rows = o->rows;
	l->maker.max_people = o->people;
	notes_init(&l->notes);
	truth_columns(&l->truth, layout->plan, layout->columns,
		      layout->header == HEADER_NO ? STYLE_NONE : layout->style);
	while (people_next(&l->maker))
		write_block(l);
	if (o->shuffle && !write_shuffled(l))
		return fail("out of memory", "shuffle fewer rows", 70);
	if (!writer_end(&l->writer))
		return fail("cannot write the leak", "is the disk full?", 70);
	const struct truth_summary s = {
		.preset = o->preset->name,
		.format = layout->format->name,
		.style = columns_style(layout->style),
		.charset = layout->charset->name,
		.seed = o->seed,
		.bytes = l->writer.sink.bytes,
		.columns = layout->columns,
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
	writer_done(&l->writer);
	shuffle_done(&l->shuffle);
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
	if (!options_read(&l->options, argc, argv, &error))
		rc = fail(error.error, error.hint, 2);
	else if (l->options.help)
		rc = fputs(options_help(), stdout) < 0 ? 70 : 0;
	else
		rc = run(l);
	free(l);
	return rc;
}
