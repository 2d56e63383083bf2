/* The columns of a kind: each value is tested once, as the column says. */
#include "detect/address/address.h"
#include "detect/birthdate/birthdate.h"
#include "scan/reader/reader_impl.h"

static enum kind_verdict
test_birth_date(struct span cell, enum date_order order, struct norm *norm)
{
	uint32_t date;
	const enum kind_verdict v = birthdate_parse(cell, order, &date);

	if (v == KIND_NO)
		return v;
	norm->n = 8;
	number_write(date, norm->n, norm->p);
	return v;
}

/* Test a cell as its column says it is. */
static enum kind_verdict
test_cell(const struct reader_column *col, struct span cell, struct norm *norm)
{
	if (col->type->kind == KIND_BIRTH_DATE)
		return test_birth_date(
			cell, (enum date_order)col->type->date_order, norm);
	if (col->type->kind == KIND_ADDRESS_POSTCODE) {
		const bool repair =
			(col->type->flags & COLUMN_POSTCODE_REPAIR) != 0;

		return address_postcode_parse(cell, repair, norm->p, &norm->n);
	}
	return col->kind->test(cell, norm);
}

static void
list_finding(const struct reading *g, const struct reader_column *col,
	     const struct cell *cell, enum kind_verdict v)
{
	const uint8_t score =
		v == KIND_VALID ? PROSE_SCORE_CERTAIN : PROSE_SCORE_WORDS;

	tally_finding(g, &(struct wire_finding){
				 .at = window_source(&g->w, cell->at),
				 .n = cell->n,
				 .kind = col->type->kind,
				 .verdict = (uint8_t)v,
				 .score = score,
			 });
}

/* Does a value of a column say more of its person than that there is one? What
 * is compared matters only if people are to be counted. */
static bool
tells(const struct reading *g, const struct column_type *type)
{
	const enum kind_id kind = type->kind;

	switch ((enum role)type->role) {
	case ROLE_PROFESSIONAL:
		return kind == KIND_FR_RPPS;
	case ROLE_ORGANISATION:
		return (type->flags & COLUMN_HOLDER) != 0;
	case ROLE_INSURED:
		return kind == KIND_FR_NIR && g->job->mentions != 0;
	case ROLE_NONE:
	case ROLE_PATIENT:
	case ROLE_COUNT:
		break;
	}
	return g->job->mentions != 0 || kind == KIND_EMAIL ||
	       kind == KIND_PASSWORD || kind == KIND_PASSWORD_HASH;
}

/* The text of a mention that the values of a column are, if they are no more
 * than that. */
static enum mention_text
text_of(const struct reading *g, const struct column_type *type)
{
	const bool patient =
		type->role == ROLE_NONE || type->role == ROLE_PATIENT;

	return patient && g->job->mentions != 0 && g->job->findings == 0 &&
			       type->kind != KIND_EMAIL
		       ? person_text(type->kind)
		       : MENTION_TEXTS;
}

/** A column of a batch that is read, and what it has given. */
struct typed {
	const struct reading *g;
	const struct batch *b;
	const struct reader_column *col;
	bool told;              /* its values tell of their person */
	enum mention_text text; /* this, if they are no more than a text */
	uint64_t bit;           /* and this bit, that they were there */
	uint64_t filled, valid, refused;
};

/* A value that passed its test: it may be listed, identify, tell of its
 * person. ${again}: it came in this range before. */
static void
take_value(const struct typed *t, uint32_t row, enum kind_verdict v,
	   struct span norm, bool again)
{
	const struct reading *g = t->g;
	const struct reader_column *col = t->col;

	if (g->job->findings != 0)
		list_finding(g, col, batch_cell(t->b, row, col->index), v);
	if (col->kind->identifies && !again)
		tally_token(g, col->type->kind, norm);
	if (t->told)
		person_take(g, &g->r->persons[row], col->type, v, norm,
			    g->r->glances[row].text);
}

/* Test a value, and remember what the test says if there is a place for it. */
static enum kind_verdict
read_new(const struct typed *t, uint32_t row, struct memo_entry *place)
{
	const struct glance *s = &t->g->r->glances[row];
	struct norm norm;

	norm.n = 0;
	const enum kind_verdict v = test_cell(t->col, s->text, &norm);
	const struct span value = {norm.p, norm.n};
	if (place != NULL)
		memo_keep(place, s->hash, v, value);
	if (v == KIND_NO)
		return v;
	uint32_t *text = t->text == MENTION_TEXTS
				 ? NULL
				 : &t->g->r->persons[row].m.text[t->text];
	const bool is_first = text != NULL && *text == 0;
	take_value(t, row, v, value, false);
	if (place != NULL && place->hash == s->hash && is_first)
		place->text = *text;
	return v;
}

/* A value that came before: most say no more than that. */
static inline enum kind_verdict
read_again(const struct typed *t, uint32_t row, const struct memo_entry *e)
{
	const enum kind_verdict v = (enum kind_verdict)e->verdict;

	if (v != KIND_NO && t->text != MENTION_TEXTS && e->text != 0) {
		uint32_t *text = &t->g->r->persons[row].m.text[t->text];

		/* The first text of its kind stays. */
		if (*text == 0)
			*text = e->text;
		return v;
	}
	if (v != KIND_NO && (t->told || t->g->job->findings != 0))
		take_value(t, row, v, (struct span){e->norm, e->norm_n}, true);
	return v;
}

/* A cell that is not what its column is: somebody wrote something else there,
 * and it must not be lost. */
static void
refuse(const struct typed *t, uint32_t row)
{
	struct reader *r = t->g->r;

	read_prose(t->g, &r->persons[row], r->glances[row].text,
		   batch_cell(t->b, row, t->col->index)->at, READER_CELL_SCORE);
}

static void
read_values(struct typed *t, struct memo *memo)
{
	const struct glance *s = t->g->r->glances;
	uint64_t *kinds = t->g->r->kinds;

	for (uint32_t i = 0; i < t->b->rows; i++) {
		if (s[i].text.n == 0)
			continue;
		t->filled++;
		struct memo_entry *e =
			memo == NULL ? NULL : memo_at(memo, s[i].hash);
		const enum kind_verdict v = e != NULL && e->hash == s[i].hash
						    ? read_again(t, i, e)
						    : read_new(t, i, e);
		if (v == KIND_NO) {
			t->refused++;
			refuse(t, i);
			continue;
		}
		t->valid += v == KIND_VALID;
		kinds[i] |= t->bit;
	}
}

void
read_typed(const struct reading *g, const struct batch *b,
	   const struct reader_column *col)
{
	struct typed t = {
		.g = g,
		.b = b,
		.col = col,
		.told = tells(g, col->type),
		.text = text_of(g, col->type),
		.bit = person_bit(col->type),
	};
	const bool pays = col->memo != NULL && memo_pays(col->memo);

	read_values(&t, pays ? col->memo : NULL);
	const uint64_t weak = t.filled - t.valid - t.refused;
	col->count->filled += t.filled;
	col->count->valid += t.valid;
	col->count->weak += weak;
	col->count->refused += t.refused;
	tally_kinds(g->t, col->type->kind, t.valid, weak);
}
