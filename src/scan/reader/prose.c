/* Running text: findings, health topics, and who a block of lines is about. */
#include "base/fold.h"
#include "detect/credential/credential.h"
#include "detect/health/health.h"
#include "detect/registry/registry.h"
#include "scan/reader/reader_impl.h"

#include <string.h>

/* Does anybody ask what a value of ${kind} is: its token, a mention, the count
 * of logins? */
static bool
is_wanted(const struct reading *g, const struct kind *kind, bool compare)
{
	return kind->identifies ||
	       (compare &&
		(g->job->mentions != 0 || kind->id == KIND_PASSWORD ||
		 kind->id == KIND_PASSWORD_HASH));
}

/* Where a value of a note stands, whose it is nobody can tell: it counts for
 * the record, but is not compared. */
static void
note_value(const struct reading *g, struct person *p,
	   const struct prose_hit *hit, struct span value, bool compare)
{
	const struct kind *kind = kind_by_id(hit->kind);
	const struct column_type type = {.kind = (uint8_t)hit->kind};
	struct norm norm;

	tally_kind(g->t, hit->kind, hit->verdict);
	p->m.kinds |= UINT64_C(1) << hit->kind;
	if (kind == NULL || !is_wanted(g, kind, compare) ||
	    kind->test(value, &norm) == KIND_NO)
		return;
	const struct span s = {norm.p, norm.n};
	if (kind->identifies)
		tally_token(g, hit->kind, s);
	if (compare)
		person_take(g, p, &type, hit->verdict, s, value);
}

/* In lines without columns a second value of a kind that names people begins
 * another person. */
static bool
is_somebody_else(const struct person *p, enum kind_id kind)
{
	const uint64_t naming = UINT64_C(1) << KIND_FR_NIR |
				UINT64_C(1) << KIND_EMAIL |
				UINT64_C(1) << KIND_NAME_FULL;
	const uint64_t bit = UINT64_C(1) << kind;

	return (naming & bit) != 0 && (p->m.kinds & bit) != 0;
}

/** A text in which findings are looked for. */
struct search {
	const struct reading *g;
	struct person *p;
	struct words_text *words;
	size_t at;  /* of the text, in the window */
	bool lines; /* it is no cell: several people may be in it */
};

static void
take_hit(const struct search *s, const struct prose_hit *h)
{
	const struct span value = {s->words->text.p + h->at, h->n};

	if (s->lines && is_somebody_else(s->p, h->kind)) {
		const uint32_t record = s->p->m.record;

		person_end(s->g, s->p);
		person_begin(s->p, record);
	}
	note_value(s->g, s->p, h, value, s->lines);
	tally_finding(s->g,
		      &(struct wire_finding){
			      .at = window_source(&s->g->w, s->at + h->at),
			      .n = h->n,
			      .kind = (uint8_t)h->kind,
			      .verdict = (uint8_t)h->verdict,
			      .score = h->score,
		      });
}

static void
find_all(const struct search *s, uint32_t threshold)
{
	struct prose_options o = {
		.threshold = (uint8_t)threshold,
		/* Names are only looked for in running text. */
		.no_names = threshold >= READER_CELL_SCORE,
	};
	struct prose_hit hits[READER_HITS];
	bool more = true;

	while (more) {
		const size_t n = prose_find_words(s->words, &o, hits,
						  READER_HITS, &more);

		for (size_t i = 0; i < n; i++)
			take_hit(s, &hits[i]);
		if (n == 0)
			break;
		o.from = hits[n - 1].at + hits[n - 1].n;
	}
}

void
read_prose(const struct reading *g, struct person *p, struct span text,
	   size_t at, uint32_t threshold)
{
	struct words_text words;

	words_open(&words, text);
	find_all(&(struct search){g, p, &words, at, false}, threshold);
}

static void
note_topics(const struct reading *g, struct person *p, struct words_text *words,
	    size_t at)
{
	struct health_hit hits[READER_HITS];
	uint32_t said;
	uint32_t tested;
	const size_t n =
		health_read_words(words, hits, READER_HITS, &said, &tested);

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		tally_finding(
			g, &(struct wire_finding){
				   .at = window_source(&g->w, at + hits[i].at),
				   .n = hits[i].n,
				   .kind = KIND_HEALTH_NOTE,
				   .verdict = KIND_WEAK,
				   .score = PROSE_SCORE_CONTEXT,
			   });
	for (unsigned t = 0; t < TOPIC_COUNT; t++) {
		g->t->head.topics[t].said += said >> t & 1;
		g->t->head.topics[t].tested += tested >> t & 1;
	}
	p->m.topics_said |= said;
	p->m.topics_tested |= tested;
	if ((said | tested) != 0)
		p->m.kinds |= UINT64_C(1) << KIND_HEALTH_NOTE;
}

void
read_note(const struct reading *g, struct person *p, struct span text,
	  size_t at)
{
	struct words_text words;

	words_open(&words, text);
	note_topics(g, p, &words, at);
}

/* Logins have an address, or start with a link: most lines have neither. */
static bool
may_be_login(struct span line)
{
	if (memchr(line.p, '@', line.n) != NULL)
		return true;
	const uint8_t *colon = memchr(line.p, ':', line.n);
	const size_t left =
		colon == NULL ? 0 : line.n - (size_t)(colon - line.p);

	return left > 3 && colon[1] == '/' && colon[2] == '/';
}

/* A line of a list of logins. */
static bool
read_login(const struct reading *g, struct person *p, struct span line,
	   size_t at)
{
	struct credential c;

	if (!may_be_login(line) || credential_split(line, &c) != KIND_VALID)
		return false;
	const size_t shift = (size_t)(c.secret.p - line.p);
	const enum kind_id kind =
		c.hash.types != 0 ? KIND_PASSWORD_HASH : KIND_PASSWORD;
	tally_kind(g->t, kind, KIND_VALID);
	p->m.kinds |= UINT64_C(1) << kind;
	p->has_secret = true;
	if (c.hash.types != 0)
		g->t->head.hashes[c.hash.likely]++;
	tally_finding(g, &(struct wire_finding){
				 .at = window_source(&g->w, at + shift),
				 .n = (uint32_t)c.secret.n,
				 .kind = (uint8_t)kind,
				 .verdict = KIND_VALID,
				 .score = PROSE_SCORE_CHECKED,
			 });
	/* Only the address: a password may look like anything. */
	const size_t login_at = at + (size_t)(c.login.p - line.p);
	struct words_text words;

	words_open(&words, c.login);
	find_all(&(struct search){g, p, &words, login_at, true},
		 PROSE_THRESHOLD);
	p->login = c.login;
	return true;
}

/* One line of text, about the person that is being gathered. */
static void
add_line(const struct reading *g, struct person *p, struct span line, size_t at)
{
	if (read_login(g, p, line, at)) {
		const uint32_t record = p->m.record;

		person_end(g, p);
		person_begin(p, record);
		return;
	}
	struct words_text words;

	words_open(&words, line);
	find_all(&(struct search){g, p, &words, at, true}, g->job->threshold);
	note_topics(g, p, &words, at);
}

void
read_line(const struct reading *g, struct person *p, struct span line,
	  size_t at)
{
	person_begin(p, 0);
	add_line(g, p, line, at);
	person_end(g, p);
}

/* The lines of one batch; those of one block are about one person, or about
 * several who are named in it. */
static void
read_rows(const struct reading *g, const struct batch *b, const uint32_t *group,
	  uint32_t *current)
{
	struct person *p = &g->r->persons[0];
	struct wire_answer *head = &g->t->head;

	for (uint32_t i = 0; i < b->rows; i++) {
		const struct cell *cell = batch_cell(b, i, 0);

		if (group[i] != *current) {
			person_end(g, p);
			person_begin(p, (uint32_t)head->records + i);
			*current = group[i];
		}
		tally_number(g->t, &g->t->row_tokens,
			     token64(&g->r->keys, cell_span(cell)));
		add_line(g, p, cell_span(cell), cell->at);
	}
	head->records += b->rows;
}

static enum rc
open_lines(struct reading *g, struct text *t, size_t *ret_first)
{
	const enum text_unit unit = (enum text_unit)g->plan->unit;
	const size_t from = window_text(
		&g->w, g->job->exact != 0 ? g->job->start : g->job->begin);
	enum rc rc = text_open(t, unit, g->w.text, g->w.last);

	if (rc == RC_OK)
		rc = window_batch(g->r, 1);
	if (rc != RC_OK)
		return rc;
	*ret_first =
		g->job->exact != 0 ? from : text_resync(unit, g->w.text, from);
	text_range(t, *ret_first, window_text(&g->w, g->job->end));
	return RC_OK;
}

enum rc
read_lines(struct reading *g)
{
	struct reader *r = g->r;
	struct wire_answer *head = &g->t->head;
	uint32_t group[BATCH_ROWS];
	uint32_t current = UINT32_MAX;
	struct text t;
	size_t first;
	enum rc rc = open_lines(g, &t, &first);

	if (rc != RC_OK)
		return rc;
	person_begin(&r->persons[0], 0);
	while ((rc = text_next(&t, &r->batch, group)) == RC_OK) {
		const size_t mark = arena_mark(r->text);

		if (!g->w.wide)
			batch_decode(g->plan->charset.charset, &r->batch,
				     r->text);
		read_rows(g, &r->batch, group, &current);
		arena_rewind(r->text, mark);
	}
	person_end(g, &r->persons[0]);
	const struct text_counts counts = text_counts(&t);
	head->blank = counts.blank;
	head->malformed = counts.cut;
	head->first = window_source(&g->w, first);
	head->next = window_source(&g->w, rc == RC_MORE ? text_restart(&t)
							: text_offset(&t));
	return rc == RC_END || rc == RC_MORE ? RC_OK : rc;
}
