/* How well a dialect reads a sample: regular rows, cells of known types,
 * columns of one type each. */
#include "format/csv/csv_sniff_impl.h"

#include <math.h>
#include <string.h>

enum { LENGTHS = BATCH_COLS_MAX + 2, GROUPS = TYPE_COUNT };

/* A reader of the part of ${text} that is looked at. */
static enum rc
open_text(struct csv *c, struct span text, const struct csv_fit *f)
{
	struct csv_dialect d = f->d;

	d.cols = BATCH_COLS_MAX;
	d.max_record = CSV_RECORD_DEFAULT;
	if (text.n > SNIFF_BYTES)
		text.n = SNIFF_BYTES;
	/* "Last", so that an open quote costs one line and not the sample. */
	return csv_open(c, &d, NULL, text, true);
}

/* The next record of the sample; false at its end, or where it was cut. */
static bool
next_record(struct csv *c, bool is_last, struct csv_scan *s)
{
	if (!csv_blank(c) || c->at >= c->window.n)
		return false;
	if (csv_read(c, s) > FOUND_END)
		return false;
	return is_last || s->at < c->window.n;
}

/* Count the cells of ${s} that quotes hold, and those where they fail. */
static void
count_quotes(struct csv *c, const struct csv_scan *s, struct csv_fit *f)
{
	struct csv_scan t = *s;
	struct csv_piece p;

	if (f->d.quote == 0 || memchr(c->window.p + s->start, f->d.quote,
				      s->stop - s->start) == NULL)
		return;
	f->broken += s->is_literal;
	t.at = t.start;
	for (;;) {
		const enum csv_found found = csv_cell(c, &t, &p);

		if (found > FOUND_END || p.from == SIZE_MAX)
			return;
		f->quoted += p.is_quoted;
		f->broken += !p.is_quoted && !s->is_literal && p.from < p.to &&
			     c->window.p[p.from] == f->d.quote;
		if (found != FOUND_DELIM)
			return;
		t.at = p.next;
	}
}

/* The number of cells that most rows have, wide rows counting more. */
static uint32_t
usual_width(const uint32_t *rows_of)
{
	uint32_t best = 1;
	double best_weight = 0.6 * rows_of[1];

	for (uint32_t k = 2; k < LENGTHS; k++) {
		const double weight = rows_of[k] * (1.0 - 0.5 / k);

		if (weight > best_weight) {
			best = k;
			best_weight = weight;
		}
	}
	return best;
}

/* Rows that fit, of all. Short ones, whose last cells were left out, count a
 * little, and a few lines above a table say little against it. */
static double
regularity(const struct csv_fit *f, const uint32_t *rows_of)
{
	double fit = f->rows_fit;
	double all = f->rows;

	for (uint32_t k = 2; k < f->cols; k++)
		fit += 0.3 * rows_of[k];
	if (f->lead <= SNIFF_LEAD && f->lead <= 2 * f->rows_fit)
		all -= 0.75 * f->lead;
	return all > 0 ? pow(fmin(1, fit / all), 1.5) : 0;
}

enum rc
csv_fit_rows(struct span text, bool is_last, struct csv_fit *f, struct arena *a)
{
	const size_t mark = arena_mark(a);
	uint32_t *rows_of = ARENA_ARRAY(a, LENGTHS, uint32_t);
	uint32_t *first_of = ARENA_ARRAY(a, LENGTHS, uint32_t);
	struct csv_scan s = {0};
	struct csv c;
	enum rc rc;

	if (rows_of == NULL || first_of == NULL)
		return RC_NOMEM;
	if ((rc = open_text(&c, text, f)) != RC_OK)
		goto out;
	is_last = is_last && text.n <= SNIFF_BYTES;
	while (f->rows < SNIFF_ROWS && next_record(&c, is_last, &s)) {
		const uint32_t k = s.cells < LENGTHS ? s.cells : LENGTHS - 1;

		if (rows_of[k]++ == 0)
			first_of[k] = f->rows;
		f->rows++;
		count_quotes(&c, &s, f);
	}
	f->cols = usual_width(rows_of);
	f->rows_fit = rows_of[f->cols];
	f->lead = first_of[f->cols];
	if (f->cols > BATCH_COLS_MAX)
		f->cols = BATCH_COLS_MAX;

	f->pattern = regularity(f, rows_of);
out:
	arena_rewind(a, mark);
	return rc;
}

/** The types met, of one column. */
struct types {
	uint32_t n[TYPE_COUNT];
	bool is_filled; /* in the first row or below */
};

/* How much a cell of that type speaks for the dialect. */
static double
type_weight(enum csv_type type)
{
	static const double weights[TYPE_COUNT] = {
		[TYPE_EMPTY] = 1.0, [TYPE_NUMBER] = 1.0, [TYPE_DATE] = 1.0,
		[TYPE_TIME] = 1.0,  [TYPE_EMAIL] = 1.0,  [TYPE_URL] = 1.0,
		[TYPE_CODE] = 0.95, [TYPE_WORD] = 0.9,   [TYPE_TEXT] = 0.65,
		[TYPE_ODD] = 0.05,
	};

	return weights[type];
}

/* Part of the filled cells of a column that its commonest type has. */
static double
alikeness(const struct types *t, bool *is_value)
{
	const uint32_t *n = t->n;
	uint32_t filled = 0;
	uint32_t best = 0;

	for (int i = TYPE_NUMBER; i < TYPE_COUNT; i++)
		filled += n[i];
	for (int i = TYPE_NUMBER; i <= TYPE_CODE; i++)
		best = n[i] > best ? n[i] : best;
	const uint32_t codes = n[TYPE_NUMBER] + n[TYPE_CODE];
	const uint32_t words = n[TYPE_WORD] + n[TYPE_TEXT];
	best = codes > best ? codes : best;
	*is_value = best > words;
	best = words > best ? words : best;
	return filled > 0 ? (double)best / filled : -1;
}

static double
prior(const struct csv_fit *f)
{
	/* Colons and spaces stand in any text: the columns must have types. */
	const double typed = f->cols > 4 ? 0.15 : f->cols > 2 ? 0.25 : 0.5;
	const bool is_sure =
		f->rows_fit >= 3 && f->pattern >= 0.85 && f->value >= typed;

	switch (f->d.delimiter) {
	case '\t':
		return 1.15;
	case ';':
	case '|':
		return 1.1;
	case ',':
		return 1.0;
	case '^':
	case '~':
		return 0.8;
	case ' ':
		return is_sure && f->type > 0.85 ? 0.6 : 0.1;
	case ':':
		return is_sure ? 0.6 : 0.1;
	default: /* told by the file itself */
		return 0.5;
	}
}

/* More columns are less likely to be chance. A delimiter that never stands
 * between two values is hardly one, unless quotes stand around it. */
static double
width_weight(const struct csv_fit *f)
{
	if (f->cols_filled >= 2)
		return 1 - 0.5 / f->cols_filled;
	if (f->rows_fit > 0 && f->quoted >= f->rows_fit)
		return 0.5;
	return byte_in(f->d.delimiter, ";\t|") ? 0.35 : 0.1;
}

static void
sum_up(struct csv_fit *f, const struct types *cols, double weight, double sum)
{
	uint32_t values = 0;
	uint32_t below = 0;
	double alike = 0;

	f->cols_filled = 0;
	for (uint32_t k = 0; k < f->cols; k++) {
		bool is_value = false;
		const double part = alikeness(&cols[k], &is_value);

		f->cols_filled += cols[k].is_filled;
		if (part < 0)
			continue;
		below++;
		alike += part;
		values += is_value;
	}
	f->type = weight > 0 ? sum / weight : 0;
	if (below > 0) {
		f->alike = alike / below;
		f->value = (double)values / below;
	}
	const double width = width_weight(f);
	const double broken =
		f->rows > 0 ? fmin(0.5, (double)f->broken / f->rows) : 0;
	const double chance = prior(f);
	f->pattern *= width;
	f->score = chance * f->pattern * f->type * (0.5 + 0.5 * f->alike) *
		   (1 - broken);
}

enum rc
csv_fit_types(struct span text, bool is_last, struct csv_fit *f,
	      struct arena *a)
{
	const size_t mark = arena_mark(a);
	struct types *cols = ARENA_ARRAY(a, f->cols, struct types);
	double weight = 0;
	double sum = 0;
	uint32_t rows = 0;
	uint32_t fit = 0;
	struct csv_scan s = {0};
	struct csv c;
	enum rc rc;

	if (cols == NULL)
		return RC_NOMEM;
	if ((rc = open_text(&c, text, f)) != RC_OK)
		goto out;
	is_last = is_last && text.n <= SNIFF_BYTES;
	while (rows++ < SNIFF_ROWS && next_record(&c, is_last, &s)) {
		struct csv_scan t = s;
		struct csv_piece p;

		if (s.cells != f->cols)
			continue;
		t.at = t.start;
		for (uint32_t k = 0; k < f->cols; k++, t.at = p.next) {
			if (csv_cell(&c, &t, &p) > FOUND_END ||
			    p.from == SIZE_MAX)
				break;
			const enum csv_type type =
				csv_type_of((struct span){c.window.p + p.from,
							  p.to - p.from},
					    p.is_quoted);
			const double w = type == TYPE_EMPTY ? 0.1 : 1.0;

			weight += w;
			sum += w * type_weight(type);
			cols[k].is_filled |= type != TYPE_EMPTY;
			/* The first row may be a header. */
			if (fit > 0 || f->rows_fit == 1)
				cols[k].n[type]++;
		}
		fit++;
	}
	sum_up(f, cols, weight, sum);
out:
	arena_rewind(a, mark);
	return rc;
}
