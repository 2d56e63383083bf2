/* leakgen: the answers that go with a leak, as tab-separated files. */
#include "truth.h"

#include "sink.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>

enum { PATH_BYTES = 4096, LINE_BYTES = 1024 };

static FILE *
open_in(struct truth *t, const char *name)
{
	char path[PATH_BYTES];
	const int n = snprintf(path, sizeof(path), "%s/%s", t->dir, name);
	FILE *f = n > 0 && n < (int)sizeof(path) ? fopen(path, "wbe") : NULL;

	if (f == NULL)
		t->failed = true;
	return f;
}

static void
put_line(struct truth *t, FILE *f, const struct text *line)
{
	if (f != NULL && fwrite(line->p, 1, line->n, f) != line->n)
		t->failed = true;
}

static void
close_file(struct truth *t, FILE *f)
{
	if (f != NULL && fclose(f) != 0)
		t->failed = true;
}

/* Our characters as UTF-8; the truth files are UTF-8 always. */
static void
put_utf8(struct text *t, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const uint32_t u = text_unicode(p[i]);
		if (u < 0x80) {
			text_byte(t, (uint8_t)u);
		} else if (u < 0x800) {
			text_byte(t, (uint8_t)(0xc0 | u >> 6));
			text_byte(t, (uint8_t)(0x80 | (u & 63)));
		} else {
			text_byte(t, (uint8_t)(0xe0 | u >> 12));
			text_byte(t, (uint8_t)(0x80 | (u >> 6 & 63)));
			text_byte(t, (uint8_t)(0x80 | (u & 63)));
		}
	}
}

bool
truth_open(struct truth *t, const char *dir)
{
	*t = (struct truth){.dir = dir};
	if (dir == NULL)
		return true;
	if (mkdir(dir, 0777) != 0 && errno != EEXIST)
		return false;
	t->rows = open_in(t, "rows.tsv");
	t->people = open_in(t, "people.tsv");
	t->notes = open_in(t, "notes.tsv");
	t->mentions = open_in(t, "mentions.tsv");
	return !t->failed;
}

void
truth_row(struct truth *t, uint64_t row, uint64_t person)
{
	uint8_t bytes[LINE_BYTES];
	struct text line = {bytes, 0, sizeof(bytes)};

	t->rows_n++;
	if (t->rows == NULL)
		return;
	text_number(&line, row);
	text_byte(&line, '\t');
	text_number(&line, person);
	text_byte(&line, '\n');
	put_line(t, t->rows, &line);
}

void
truth_fact(struct truth *t, const struct truth_fact *fact)
{
	uint8_t bytes[LINE_BYTES];
	struct text line = {bytes, 0, sizeof(bytes)};

	text_number(&line, fact->row);
	text_byte(&line, '\t');
	text_number(&line, fact->column);
	text_byte(&line, '\t');
	if (fact->mention != 0) {
		text_ascii(&line, fact->mention == NOTE_PHONE  ? "phone"
				  : fact->mention == NOTE_MAIL ? "email"
							       : "fr.nir");
		text_byte(&line, '\n');
		put_line(t, t->mentions, &line);
		return;
	}
	text_ascii(&line, notes_topic(fact->topic));
	text_byte(&line, '\t');
	text_ascii(&line, notes_status(fact->status));
	text_byte(&line, '\n');
	put_line(t, t->notes, &line);
}

void
truth_person(struct truth *t, const struct maker *m, const struct person *p)
{
	uint8_t bytes[LINE_BYTES];
	struct text line = {bytes, 0, sizeof(bytes)};
	bool first = true;

	t->people_n++;
	for (uint32_t i = 0; i < TOPIC_COUNT; i++) {
		t->topic_people[i][0] += p->asserted >> i & 1;
		t->topic_people[i][1] += (p->tested & ~p->asserted) >> i & 1;
	}
	for (uint32_t i = 0; i < PLACES_LABS; i++)
		t->lab_people[i] += p->labs >> i & 1;
	if (t->people == NULL)
		return;
	text_number(&line, p->number);
	text_byte(&line, '\t');
	text_number(&line, p->rows);
	text_byte(&line, '\t');
	for (uint32_t i = 0; i < PLACES_LABS; i++) {
		if ((p->labs >> i & 1) == 0)
			continue;
		if (!first)
			text_byte(&line, ',');
		text_put(&line, m->places.labs[i].finess, IDS_FINESS);
		first = false;
	}
	text_byte(&line, '\n');
	put_line(t, t->people, &line);
}

void
truth_columns(struct truth *t, const struct column *const *plan, uint32_t n,
	      enum column_style style)
{
	if (t->dir == NULL)
		return;
	FILE *f = open_in(t, "columns.tsv");
	for (uint32_t i = 0; i < n; i++) {
		uint8_t name[COLUMNS_HEADER_MAX * 2];
		uint8_t bytes[LINE_BYTES];
		struct text header = {name, 0, sizeof(name)};
		struct text line = {bytes, 0, sizeof(bytes)};
		columns_header(plan[i], style, i, &header);
		text_number(&line, i);
		text_byte(&line, '\t');
		put_utf8(&line, header.p, header.n);
		text_byte(&line, '\t');
		text_ascii(&line, plan[i]->kind);
		text_byte(&line, '\t');
		text_ascii(&line, columns_role(plan[i]->role));
		text_byte(&line, '\n');
		put_line(t, f, &line);
	}
	close_file(t, f);
}

static void
put_labs(struct truth *t, const struct maker *m)
{
	FILE *f = open_in(t, "laboratories.tsv");

	for (uint32_t i = 0; i < PLACES_LABS; i++) {
		const struct lab *lab = &m->places.labs[i];
		uint8_t bytes[LINE_BYTES];
		struct text line = {bytes, 0, sizeof(bytes)};
		if (t->lab_rows[i] == 0)
			continue;
		text_put(&line, lab->finess, IDS_FINESS);
		text_byte(&line, '\t');
		put_utf8(&line, lab->name, lab->name_n);
		text_byte(&line, '\t');
		text_number(&line, places_department(lab->dept));
		text_byte(&line, '\t');
		text_number(&line, t->lab_rows[i]);
		text_byte(&line, '\t');
		text_number(&line, t->lab_people[i]);
		text_byte(&line, '\n');
		put_line(t, f, &line);
	}
	close_file(t, f);
}

static void
put_topics(struct truth *t)
{
	FILE *f = open_in(t, "topics.tsv");

	for (unsigned i = 0; i < TOPIC_COUNT; i++) {
		uint8_t bytes[LINE_BYTES];
		struct text line = {bytes, 0, sizeof(bytes)};
		const uint64_t counts[4] = {
			t->topic_rows[i][0], t->topic_rows[i][1],
			t->topic_people[i][0], t->topic_people[i][1]};
		text_ascii(&line, notes_topic((uint8_t)i));
		for (size_t k = 0; k < 4; k++) {
			text_byte(&line, '\t');
			text_number(&line, counts[k]);
		}
		text_byte(&line, '\n');
		put_line(t, f, &line);
	}
	close_file(t, f);
}

static void
put_summary(struct truth *t, const struct truth_summary *s)
{
	FILE *f = open_in(t, "summary.json");
	uint64_t professionals = 0;

	if (f == NULL)
		return;
	for (uint32_t i = 0; i < PEOPLE_DOCTORS; i++)
		professionals += t->doctors[i];
	if (fprintf(f,
		    "{\"people\": %" PRIu64 ", \"rows\": %" PRIu64
		    ", \"bytes\": %" PRIu64 ", \"professionals\": %" PRIu64
		    ", \"columns\": %u, \"seed\": %" PRIu64
		    ", \"preset\": \"%s\", \"format\": \"%s\", \"style\": "
		    "\"%s\", \"charset\": \"%s\"}\n",
		    t->people_n, t->rows_n, s->bytes, professionals, s->columns,
		    s->seed, s->preset, s->format, s->style, s->charset) < 0)
		t->failed = true;
	close_file(t, f);
}

bool
truth_close(struct truth *t, const struct maker *m,
	    const struct truth_summary *s)
{
	if (t->dir == NULL)
		return true;
	close_file(t, t->rows);
	close_file(t, t->people);
	close_file(t, t->notes);
	close_file(t, t->mentions);
	put_labs(t, m);
	put_topics(t);
	put_summary(t, s);
	return !t->failed;
}
