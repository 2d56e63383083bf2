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

/** A column of a batch that is read. */
struct typed {
	const struct reading *g;
	const struct batch *b;
	const struct reader_column *col;
	bool told;              /* its values tell of their person */
	bool speaks;            /* they do, or are to be listed */
	enum mention_text text; /* this, if they are no more than a text */
};

static struct person *
person_of(const struct typed *t, const struct glance *s)
{
	return &t->g->r->persons[s->row];
}

static const struct cell *
cell_of(const struct typed *t, const struct glance *s)
{
	return batch_cell(t->b, s->row, t->col->index);
}

/* A value that passed its test may be listed, and tell of its person. */
static void
take_value(const struct typed *t, const struct glance *s,
	   const struct person_value *value)
{
	if (t->g->job->findings != 0)
		list_finding(t->g, t->col, cell_of(t, s), value->verdict);
	if (t->told)
		person_keep(t->g, person_of(t, s), t->col->type, value);
}

/* Test a value, take it, and remember in ${memo} what came of it, if there is
 * one. */
static enum kind_verdict
read_new(const struct typed *t, const struct glance *s, struct memo *memo)
{
	const enum kind_id kind = t->col->type->kind;
	struct norm norm;

	norm.n = 0;
	const enum kind_verdict v = test_cell(t->col, s->text, &norm);
	if (memo != NULL)
		memo_keep(memo, s->hash, v);
	if (v == KIND_NO)
		return v;
	const struct person_value value = {
		.verdict = v,
		.norm = {norm.p, norm.n},
		.cell = s->text,
		.number = person_number(kind, (struct span){norm.p, norm.n}),
	};
	if (t->col->kind->identifies)
		tally_token(t->g, kind, value.norm);
	if (!t->speaks)
		return v;
	if (memo != NULL)
		memo_keep_value(memo, s->hash, value.norm, value.number);
	uint32_t *text = t->text == MENTION_TEXTS
				 ? NULL
				 : &person_of(t, s)->m.text[t->text];
	const bool is_first = text != NULL && *text == 0;
	take_value(t, s, &value);
	if (memo != NULL && is_first)
		memo_value(memo, s->hash)->text = *text;
	return v;
}

/* A value that came before in this range, and says more than its verdict. */
static void
read_again(const struct typed *t, const struct glance *s, enum kind_verdict v,
	   const struct memo_value *known)
{
	if (t->text != MENTION_TEXTS && known->text != 0) {
		uint32_t *text = &person_of(t, s)->m.text[t->text];

		/* The first text of its kind stays. */
		if (*text == 0)
			*text = known->text;
		return;
	}
	take_value(t, s,
		   &(struct person_value){
			   .verdict = v,
			   .norm = {known->norm, known->norm_n},
			   .cell = s->text,
			   .number = known->number,
		   });
}

/* A cell that is not what its column is: somebody wrote something else there,
 * and it must not be lost. */
static void
refuse(const struct typed *t, const struct glance *s)
{
	read_prose(t->g, person_of(t, s), s->text, cell_of(t, s)->at,
		   READER_CELL_SCORE);
}

static enum kind_verdict
read_value(const struct typed *t, const struct glance *s, struct memo *memo)
{
	enum kind_verdict v;

	if (memo == NULL || !memo_knows(memo, s->hash, &v))
		return read_new(t, s, memo);
	memo->hits++;
	if (t->speaks && v != KIND_NO)
		read_again(t, s, v, memo_value(memo, s->hash));
	return v;
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
	};
	struct memo *memo =
		col->memo != NULL && memo_pays(col->memo) ? col->memo : NULL;
	const uint64_t bit = person_bit(col->type);
	const uint32_t n = g->r->n_glances;
	uint64_t valid = 0;
	uint64_t refused = 0;

	t.speaks = t.told || g->job->findings != 0;
	for (const struct glance *s = g->r->glances; s < g->r->glances + n;
	     s++) {
		const enum kind_verdict v = read_value(&t, s, memo);

		valid += v == KIND_VALID;
		if (v != KIND_NO) {
			g->r->kinds[s->row] |= bit;
		} else {
			refused++;
			refuse(&t, s);
		}
	}
	if (memo != NULL)
		memo->tries += n;
	col->count->filled += n;
	col->count->valid += valid;
	col->count->weak += n - valid - refused;
	col->count->refused += refused;
	tally_kinds(g->t, col->type->kind, valid, n - valid - refused);
}
