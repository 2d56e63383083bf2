/* Finding the dialect: each delimiter is tried with the quotes that suit it
 * best, and the best reading is held against text that is no table. */
#include "format/csv/csv_sniff_impl.h"

#include <math.h>
#include <string.h>

enum { ARENA_BYTES = 8 << 20, DELIMS = 9, QUOTED_MIN = 3 };

static const double TABLE_SCORE = 0.30; /* from here on it is a table */

const char *
csv_reason_text(enum csv_reason reason)
{
	static const char *const texts[CSV_WHY_COUNT] = {
		[CSV_WHY_NONE] = "no reason",
		[CSV_WHY_EMPTY] = "there is no text in it",
		[CSV_WHY_BINARY] = "it holds bytes that no text has",
		[CSV_WHY_ONE_COLUMN] = "no delimiter parts its lines",
		[CSV_WHY_PROSE] = "its lines are sentences",
		[CSV_WHY_CODE] = "its lines are code or mark-up",
		[CSV_WHY_LOG] = "its lines are messages with a time stamp",
		[CSV_WHY_IRREGULAR] = "its lines have too many widths",
		[CSV_WHY_SHAPE] = "its lines have one width",
		[CSV_WHY_TYPES] = "its columns hold values of one type",
		[CSV_WHY_QUOTES] = "its quotes stand next to this delimiter",
		[CSV_WHY_SEP_LINE] = "its first line names the delimiter",
		[CSV_WHY_LIST] = "its lines are short values, one each",
		[CSV_WHY_SHORT] = "it has too few lines to be sure",
		[CSV_WHY_HEADER_TYPES] =
			"the first row differs in type from the rows below",
		[CSV_WHY_HEADER_WORDS] =
			"the first row holds words that name columns",
		[CSV_WHY_NO_HEADER] = "the first row is like the rows below",
		[CSV_WHY_PREAMBLE] = "lines stand above the table",
	};

	return reason < CSV_WHY_COUNT ? texts[reason] : texts[CSV_WHY_NONE];
}

/** The sample and what is known of it. */
struct sample {
	struct span text; /* without byte-order mark and "sep=" line */
	bool is_last;
	struct arena *arena;
	enum csv_newline newline;
};

/*
 * Which newline ends the lines. Those inside of quotes, if these are in pairs,
 * do not: a file whose lines end with CR may hold LF in its cells.
 */
static enum csv_newline
find_newline(struct span s)
{
	size_t lf = 0;
	size_t crlf = 0;
	size_t cr = 0;
	size_t lf_out = 0;
	size_t cr_out = 0;
	bool is_in = false;

	for (size_t i = 0; i < s.n; i++) {
		is_in ^= s.p[i] == '"';
		if (s.p[i] == '\n') {
			lf++;
			lf_out += !is_in;
			crlf += i > 0 && s.p[i - 1] == '\r';
		} else if (s.p[i] == '\r' &&
			   /* A last CR may be half of a CRLF. */
			   !(i + 1 == s.n && lf > 0)) {
			cr++;
			cr_out += !is_in;
		}
	}
	const size_t alone = cr - crlf;
	if (alone > 8 * lf || (alone > 2 * lf && cr_out > 4 * lf_out))
		return CSV_CR;
	return crlf * 2 > lf ? CSV_CRLF : CSV_LF;
}

/* Spreadsheets write "sep=;" as the first line. Returns its length. */
static size_t
sep_line(struct span s, uint8_t *ret_delimiter)
{
	const bool is_quoted = s.n > 0 && s.p[0] == '"';
	size_t i = is_quoted;

	if (s.n < i + 6 || memcmp(s.p + i, "sep=", 4) != 0)
		return 0;
	*ret_delimiter = s.p[i + 4];
	i += 5;
	if (is_quoted && s.p[i] == '"')
		i++;
	if (i < s.n && s.p[i] == '\r')
		i++;
	if (i < s.n && s.p[i] == '\n')
		i++;
	return byte_in(*ret_delimiter, "\r\n\"'") ||
			       !byte_in(s.p[i - 1], "\r\n")
		       ? 0
		       : i;
}

/* Does ${b} stand after ${a}? */
static bool
has_pair(struct span s, uint8_t a, uint8_t b)
{
	const size_t n = s.n < SNIFF_BYTES ? s.n : SNIFF_BYTES;
	const uint8_t *p = s.p;
	const uint8_t *const end = s.p + n;

	while (p < end && (p = memchr(p, a, (size_t)(end - p))) != NULL) {
		if (++p < end && *p == b)
			return true;
	}
	return false;
}

static double
regular(const struct csv_fit *f)
{
	return f->rows > 0 ? f->pattern - (double)f->broken / f->rows : 0;
}

static enum rc
try_rows(const struct sample *s, struct csv_fit *f, uint8_t quote,
	 uint8_t escape)
{
	const struct csv_dialect d = {
		.delimiter = f->d.delimiter,
		.quote = quote,
		.escape = escape,
		.newline = (uint8_t)s->newline,
		.is_runs = f->d.is_runs,
	};

	*f = (struct csv_fit){.d = d};
	return csv_fit_rows(s->text, s->is_last, f, s->arena);
}

/* With the escape, if the sample has what it would escape and gains by it. */
static enum rc
try_quote(const struct sample *s, struct csv_fit *f, uint8_t quote)
{
	struct csv_fit g = *f;
	enum rc rc = try_rows(s, f, quote, 0);

	if (rc != RC_OK || (!(quote != 0 && has_pair(s->text, '\\', quote)) &&
			    !has_pair(s->text, '\\', f->d.delimiter)))
		return rc;
	if ((rc = try_rows(s, &g, quote, '\\')) != RC_OK)
		return rc;
	/* No worse, and quotes after backslashes: they are there to be
	 * escaped. */
	if (regular(&g) > regular(f) + 0.005 ||
	    (quote != 0 && regular(&g) >= regular(f) &&
	     has_pair(s->text, '\\', quote)))
		*f = g;
	return RC_OK;
}

/*
 * The double quote is the rule: where no cell starts with one it makes no
 * difference, and later ones will be understood. It must be proven wrong.
 */
static enum rc
fit_quotes(const struct sample *s, struct csv_fit *f)
{
	const uint8_t delim = f->d.delimiter;
	struct csv_fit g = *f;
	enum rc rc = try_quote(s, f, '"');

	if (rc != RC_OK)
		return rc;
	if (f->quoted == 0 &&
	    (has_pair(s->text, delim, '\'') || has_pair(s->text, '\n', '\'') ||
	     (s->text.n > 0 && s->text.p[0] == '\''))) {
		if ((rc = try_quote(s, &g, '\'')) != RC_OK)
			return rc;
		if (g.broken * 8 <= g.quoted && regular(&g) >= regular(f) &&
		    (g.quoted >= QUOTED_MIN || g.quoted >= g.rows ||
		     regular(&g) > regular(f) + 0.05)) {
			*f = g;
			return RC_OK;
		}
	}
	if (f->broken > 2 * f->quoted &&
	    (f->broken >= QUOTED_MIN || s->is_last)) {
		if ((rc = try_quote(s, &g, 0)) != RC_OK)
			return rc;
		if (g.pattern >= f->pattern)
			*f = g;
	}
	return RC_OK;
}

static struct csv_candidate
candidate(const struct csv_fit *f)
{
	return (struct csv_candidate){
		.delimiter = f->d.delimiter,
		.quote = f->d.quote,
		.escape = f->d.escape,
		.is_runs = f->d.is_runs,
		.cols = f->cols,
		.rows = f->rows,
		.rows_fit = f->rows_fit,
		.pattern = f->pattern,
		.type = f->type,
		.score = f->score,
	};
}

/* Keep ${f} if it is one of the best two, of different delimiters. */
static void
rank(const struct csv_fit *f, struct csv_fit *best, struct csv_fit *second)
{
	if (f->score > best->score) {
		if (best->d.delimiter != f->d.delimiter)
			*second = *best;
		*best = *f;
	} else if (f->score > second->score &&
		   f->d.delimiter != best->d.delimiter) {
		*second = *f;
	}
}

/* The best two of all delimiters; ${only} != 0: of this one. */
static enum rc
best_fits(const struct sample *s, uint8_t only, struct csv_fit *best,
	  struct csv_fit *second)
{
	/* The last is for runs of spaces. */
	static const uint8_t delims[DELIMS] = {',', ';', '\t', '|', ':',
					       '^', '~', ' ',  ' '};

	for (int i = 0; i < DELIMS; i++) {
		struct csv_fit f = {.d.delimiter = delims[i],
				    .d.is_runs = i == DELIMS - 1};
		enum rc rc;

		if (only != 0 && i > 0)
			break;
		if (only != 0)
			f.d.delimiter = only;
		if (memchr(s->text.p, f.d.delimiter, s->text.n) == NULL)
			continue;
		if ((rc = fit_quotes(s, &f)) != RC_OK)
			return rc;
		if (f.cols < 2 || f.pattern < 0.05)
			continue;
		if ((rc = csv_fit_types(s->text, s->is_last, &f, s->arena)) !=
		    RC_OK)
			return rc;
		rank(&f, best, second);
	}
	return RC_OK;
}

/* A list: one column. A comma is as good as none if it never parts a line. */
static enum rc
fit_list(const struct sample *s, struct csv_fit *f)
{
	enum rc rc;

	*f = (struct csv_fit){.d.delimiter = ','};
	if ((rc = fit_quotes(s, f)) != RC_OK)
		return rc;
	if (f->cols > 1 || f->rows_fit < f->rows) {
		*f = (struct csv_fit){0};
		rc = fit_quotes(s, f);
	}
	f->cols = 1;
	return rc;
}

/* No delimiter parts the lines: a list all the same, or what else? */
static enum csv_reason
list_reason(const struct csv_lines *l)
{
	if (l->is_stamped * 2 > l->n)
		return CSV_WHY_LOG;
	if (l->is_pair * 3 > l->n)
		return CSV_WHY_CODE;
	if (l->n >= 2 && (l->is_quoted == l->n || l->is_short == l->n))
		return CSV_WHY_LIST;
	if (l->n >= 20 && l->is_short * 100 >= l->n * 97 && l->words < l->n * 3)
		return CSV_WHY_LIST;
	if (l->is_sentence * 3 > l->n || l->words > 6 * l->n)
		return CSV_WHY_PROSE;
	return CSV_WHY_ONE_COLUMN;
}

/* Does a reading that scores well enough make sense as a table? */
static enum csv_reason
refuse(const struct csv_fit *f, const struct csv_lines *l)
{
	const enum csv_reason lines = csv_lines_reason(l);

	if (lines != CSV_WHY_NONE)
		return lines;
	if (f->score < TABLE_SCORE)
		return CSV_WHY_IRREGULAR;
	if (f->d.delimiter == ',' && f->value == 0 && f->quoted == 0 &&
	    l->is_sentence * 2 > l->n && f->cols < 6)
		return CSV_WHY_PROSE;
	if (byte_in(f->d.delimiter, " :,") && l->is_stamped * 4 > l->n * 3 &&
	    (f->d.delimiter == ':' || f->cols == 2 ||
	     f->rows_fit * 10 < f->rows * 9))
		return CSV_WHY_LOG;
	return CSV_WHY_NONE;
}

static double
confidence(const struct csv_fit *best, const struct csv_fit *second)
{
	const double margin = (best->score - second->score) / best->score;
	const double rows = best->rows / (best->rows + 0.5);
	const double fit = (double)best->rows_fit / best->rows;

	return fmin(1, (0.4 + 0.6 * margin) * rows * (0.5 + 0.5 * fit) *
			       fmin(1, 0.4 + best->score));
}

static void
say_why(const struct csv_fit *best, struct csv_sniff *ret)
{
	if (best->rows_fit * 10 >= best->rows * 9)
		ret->reasons |= 1u << CSV_WHY_SHAPE;
	if (best->value >= 0.5 && best->alike >= 0.9)
		ret->reasons |= 1u << CSV_WHY_TYPES;
	if (best->quoted > best->broken)
		ret->reasons |= 1u << CSV_WHY_QUOTES;
	if (best->rows < 3)
		ret->reasons |= 1u << CSV_WHY_SHORT;
}

/* Decide, once the readings are made. */
static enum rc
decide(const struct sample *s, const struct csv_lines *l, bool is_told,
       struct csv_fit *best, const struct csv_fit *second,
       struct csv_sniff *ret)
{
	enum csv_reason why = CSV_WHY_NONE;
	enum rc rc;

	if (!is_told)
		why = refuse(best, l);
	if (best->score > 0)
		ret->confidence = confidence(best, second);
	if (is_told) {
		ret->main = CSV_WHY_SEP_LINE;
		ret->confidence = 1;
	} else if (why == CSV_WHY_IRREGULAR && best->score < TABLE_SCORE) {
		const enum csv_reason list = list_reason(l);

		if (list != CSV_WHY_ONE_COLUMN || best->score == 0)
			why = list;
	}
	if (why == CSV_WHY_LIST || (why != CSV_WHY_NONE && best->rows == 0)) {
		if ((rc = fit_list(s, best)) != RC_OK)
			return rc;
		ret->confidence = l->n > 2 ? 0.6 : 0.3;
	}
	ret->is_table = why == CSV_WHY_NONE || why == CSV_WHY_LIST;
	say_why(best, ret);
	if (why != CSV_WHY_NONE)
		ret->main = why;
	else if (ret->main == CSV_WHY_NONE)
		ret->main = (ret->reasons & 1u << CSV_WHY_SHAPE) != 0
				    ? CSV_WHY_SHAPE
				    : CSV_WHY_TYPES;
	ret->reasons |= 1u << ret->main;
	return RC_OK;
}

static enum rc
sniff(struct sample *s, struct csv_sniff *ret)
{
	static const uint8_t bom[3] = {0xEF, 0xBB, 0xBF};
	struct csv_fit best = {0};
	struct csv_fit second = {0};
	uint8_t told = 0;
	size_t skip = 0;
	enum rc rc;

	if (s->text.n >= sizeof(bom) &&
	    memcmp(s->text.p, bom, sizeof(bom)) == 0)
		skip = sizeof(bom);
	const size_t sep = sep_line(
		(struct span){s->text.p + skip, s->text.n - skip}, &told);
	skip += sep;
	s->text.p += skip;
	s->text.n -= skip;
	s->newline = find_newline(s->text);

	const struct csv_lines l = csv_lines_look(s->text);
	if ((rc = best_fits(s, sep > 0 ? told : 0, &best, &second)) != RC_OK ||
	    (rc = decide(s, &l, sep > 0 && best.rows > 0, &best, &second,
			 ret)) != RC_OK)
		return rc;
	ret->best = candidate(&best);
	ret->second = candidate(&second);
	ret->dialect = best.d;
	ret->dialect.cols = best.cols > 0 ? best.cols : 1;
	ret->dialect.max_record = CSV_RECORD_DEFAULT;
	if (l.n > 0 &&
	    (rc = csv_head(s->text, s->is_last, &best, s->arena, ret)) != RC_OK)
		return rc;
	ret->skip_bytes += (uint32_t)skip;
	ret->skip_lines += sep > 0;
	return RC_OK;
}

enum rc
csv_sniff(struct span sample, bool is_whole, struct csv_sniff *ret)
{
	struct sample s = {.text = sample, .is_last = is_whole};
	struct csv_sniff found = {0};

	if (s.text.n > CSV_SAMPLE_MAX) {
		s.text.n = CSV_SAMPLE_MAX;
		s.is_last = false;
	}
	if ((s.arena = arena_new(ARENA_BYTES)) == NULL)
		return RC_NOMEM;
	const enum rc rc = sniff(&s, &found);
	arena_free(s.arena);
	if (rc == RC_OK)
		*ret = found;
	return rc;
}
