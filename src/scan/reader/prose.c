/* Running text: findings, health topics, and who a block of lines is about. */
#include "base/fold.h"
#include "detect/credential/credential.h"
#include "detect/health/health.h"
#include "detect/registry/registry.h"
#include "scan/reader/reader_impl.h"

#include <string.h>

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
	if (kind == NULL || kind->test(value, &norm) == KIND_NO)
		return;
	if (kind->identifies) {
		const struct span s = {norm.p, norm.n};
		const struct token full = token128(&g->r->keys, hit->kind, s);
		uint64_t token;

		memcpy(&token, full.b, sizeof(token));
		if (!list_add(&g->t->id_tokens, &token))
			g->t->full = true;
	}
	if (compare)
		person_take(g, p, &type, hit->verdict, &norm, value);
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

static void
find_all(const struct reading *g, struct person *p, struct span text, size_t at,
	 uint32_t threshold, bool lines)
{
	/* Names are only looked for in running text. */
	const uint64_t names = UINT64_C(1) << KIND_NAME_FAMILY |
			       UINT64_C(1) << KIND_NAME_BIRTH |
			       UINT64_C(1) << KIND_NAME_GIVEN |
			       UINT64_C(1) << KIND_NAME_FULL;
	struct prose_options o = {
		.threshold = (uint8_t)threshold,
		.skip = threshold >= READER_CELL_SCORE ? names : 0,
	};
	struct prose_hit hits[READER_HITS];
	bool more = true;

	while (more) {
		const size_t n = prose_find(text, &o, hits, READER_HITS, &more);

		for (size_t i = 0; i < n; i++) {
			const struct prose_hit *h = &hits[i];
			const struct span value = {text.p + h->at, h->n};

			if (lines && is_somebody_else(p, h->kind)) {
				const uint32_t record = p->m.record;

				person_end(g, p);
				person_begin(p, record);
			}
			note_value(g, p, h, value, lines);
			tally_finding(g, &(struct wire_finding){
						 .at = window_source(
							 &g->w, at + h->at),
						 .n = h->n,
						 .kind = (uint8_t)h->kind,
						 .verdict = (uint8_t)h->verdict,
						 .score = h->score,
					 });
			o.from = h->at + h->n;
		}
		if (n == 0)
			break;
	}
}

void
read_prose(const struct reading *g, struct person *p, struct span text,
	   size_t at, uint32_t threshold)
{
	find_all(g, p, text, at, threshold, false);
}

void
read_note(const struct reading *g, struct person *p, struct span text,
	  size_t at)
{
	struct health_hit hits[READER_HITS];
	uint32_t said = 0, tested = 0;
	const size_t n = health_find(text, hits, READER_HITS);

	if (n == 0)
		return;
	health_summary(text, &said, &tested);
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

/* A line of a list of logins. */
static bool
read_login(const struct reading *g, struct person *p, struct span line,
	   size_t at)
{
	struct credential c;

	if (credential_split(line, &c) != KIND_VALID)
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
	find_all(g, p, c.login, at + (size_t)(c.login.p - line.p),
		 PROSE_THRESHOLD, true);
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
	find_all(g, p, line, at, g->job->threshold, true);
	read_note(g, p, line, at);
}

void
read_line(const struct reading *g, struct person *p, struct span line,
	  size_t at)
{
	person_begin(p, 0);
	add_line(g, p, line, at);
	person_end(g, p);
}

static void
row_token(const struct reading *g, struct span line)
{
	const uint64_t token = token64(&g->r->keys, line);

	if (!list_add(&g->t->row_tokens, &token))
		g->t->full = true;
}

enum rc
read_lines(struct reading *g)
{
	struct reader *r = g->r;
	const enum text_unit unit = (enum text_unit)g->plan->unit;
	struct batch *b = &r->batch;
	struct wire_answer *head = &g->t->head;
	uint32_t group[BATCH_ROWS];
	struct person *p = &r->persons[0];
	uint32_t current = UINT32_MAX;
	struct text t;

	const size_t from = window_text(
		&g->w, g->job->exact != 0 ? g->job->start : g->job->begin);
	const size_t first =
		g->job->exact != 0 ? from : text_resync(unit, g->w.text, from);
	enum rc rc = text_open(&t, unit, g->w.text, g->w.last);
	if (rc == RC_OK)
		rc = window_batch(r, 1);
	if (rc != RC_OK)
		return rc;
	text_range(&t, first, window_text(&g->w, g->job->end));
	person_begin(p, 0);
	while ((rc = text_next(&t, b, group)) == RC_OK) {
		const size_t mark = arena_mark(r->text);

		if (!g->w.wide && g->plan->charset.charset != CHARSET_UTF8)
			head->undecodable += batch_decode(
				g->plan->charset.charset, b, r->text);
		for (uint32_t i = 0; i < b->rows; i++) {
			const struct cell *cell = batch_cell(b, i, 0);

			if (group[i] != current) {
				person_end(g, p);
				person_begin(p, (uint32_t)head->records + i);
				current = group[i];
			}
			row_token(g, cell_span(cell));
			add_line(g, p, cell_span(cell), cell->at);
		}
		head->records += b->rows;
		arena_rewind(r->text, mark);
	}
	person_end(g, p);
	const struct text_counts counts = text_counts(&t);
	head->blank = counts.blank;
	head->malformed = counts.cut;
	head->first = window_source(&g->w, first);
	head->next = window_source(&g->w, rc == RC_MORE ? text_restart(&t)
							: text_offset(&t));
	return rc == RC_END || rc == RC_MORE ? RC_OK : rc;
}
