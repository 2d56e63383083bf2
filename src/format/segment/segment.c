#include "format/segment/segment_impl.h"

#include <stdalign.h>
#include <string.h>

enum {
	/* Cells lie one cache line further apart than they are long, so that
	 * their first lines do not all fall in one set of the cache. */
	CELL_APART = 64,
	RANK_MAX = 4, /* digits of a segment's rank, its first field */
	/* A byte of the input can become so many of a row: as a value, its key
	 * in "other", the quotes around it. */
	GROWS_MAX = 32,
	ROW_LEAST = 4 << 10, /* names of columns, commas */
	ARENA_SLACK = 4 * SEGMENT_PAD,
};

/* How much memory a file of some size needs. */
struct room {
	size_t window;
	size_t row;
	size_t fill;
	size_t out;
	size_t cell_short;
	size_t cell_long;
};

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Files of one message are many: they must not cost what a large one does. */
static struct room
room_for(uint64_t size)
{
	const size_t n = size < SEGMENT_WINDOW ? (size_t)size : SEGMENT_WINDOW;
	const size_t made = ROW_LEAST + GROWS_MAX * n;
	struct room ret = {
		.window = least(n + 1, SEGMENT_WINDOW),
		.row = least(made, SEGMENT_ROW_MAX),
		.fill = least(made, SEGMENT_FILL),
		.cell_short = least(made, SEGMENT_SHORT_MAX),
		.cell_long = least(made, SEGMENT_LONG_MAX),
	};

	ret.out = ret.fill + 2 * ret.row;
	return ret;
}

bool
segment_signs_ok(const struct segment_signs *s)
{
	const uint8_t all[] = {s->field, s->component, s->repeat, s->escape,
			       s->sub};

	for (size_t i = 0; i < COUNT_OF(all); i++) {
		if (all[i] == 0 && i > 1)
			continue;
		if (all[i] <= ' ' || all[i] >= 0x7F || is_alnum(all[i]))
			return false;
		for (size_t k = 0; k < i; k++)
			if (all[k] == all[i])
				return false;
	}
	return true;
}

/* Does a message start near the beginning? */
static bool
has_header(struct segments *s)
{
	struct segment_source *in = &s->in;
	struct segment_signs signs;
	bool starts = true;

	segment_fill(in);
	if (in->end >= 3 && memcmp(in->buf, "\xEF\xBB\xBF", 3) == 0)
		in->at = 3;
	for (size_t i = in->at; i < in->end && i < SEGMENT_HEAD_MAX; i++) {
		const struct span line = {in->buf + i, in->end - i};

		if (starts && s->format->header(line, &signs))
			return true;
		starts = in->buf[i] < 0x20;
	}
	return false;
}

static struct segments *
new_segments(const struct segment_format *f, const struct parts_input *in)
{
	const struct room room = room_for(in->size);
	const size_t cells =
		SEG_FIRST_LONG * (room.cell_short + CELL_APART) +
		(SEG_COLUMNS - SEG_FIRST_LONG) * (room.cell_long + CELL_APART);
	struct arena *a =
		arena_new(sizeof(struct segments) + room.window + room.out +
			  cells + SEGMENT_LONG_MAX + ARENA_SLACK);

	if (a == NULL)
		return NULL;
	struct segments *s = ARENA_ARRAY(a, 1, struct segments);

	s->arena = a;
	s->format = f;
	s->fill = room.fill;
	s->in.in = in;
	s->in.room = room.window;
	s->in.buf = ARENA_ARRAY(a, room.window + SEGMENT_PAD, uint8_t);
	s->row.out_room = room.out;
	s->row.out = ARENA_ARRAY(a, room.out + SEGMENT_PAD, uint8_t);
	s->row.scratch_room = room.cell_long;
	s->row.scratch = ARENA_ARRAY(a, room.cell_long + SEGMENT_PAD, uint8_t);
	for (size_t c = 0; c < SEG_COLUMNS; c++) {
		s->row.limit[c] =
			(uint32_t)(c < SEG_FIRST_LONG ? room.cell_short
						      : room.cell_long);
		s->row.cell[c] =
			ARENA_ARRAY(a, s->row.limit[c] + CELL_APART, uint8_t);
	}
	return s;
}

enum rc
segment_open(const struct segment_format *f, const struct parts_input *in,
	     void **ret)
{
	struct segments *s = new_segments(f, in);

	if (s == NULL)
		return RC_NOMEM;
	if (has_header(s)) {
		segment_give_header(&s->row);
		*ret = s;
		return RC_OK;
	}
	const enum rc rc = s->in.rc != RC_OK ? s->in.rc : RC_FORMAT;

	segment_close(s);
	return rc;
}

enum rc
segment_next(void *p, struct part *ret)
{
	struct segments *s = p;

	if (s->is_named)
		return RC_END;
	s->is_named = true;
	*ret = (struct part){
		.name = SPAN_LIT("patients"),
		.bytes = PARTS_SIZE_UNKNOWN,
		.is = PART_TABLE,
	};
	return RC_OK;
}

static const struct segment_rules *
rules_of(const struct segment_format *f, struct span name)
{
	uint8_t key[4] = {0};

	if (name.n >= sizeof(key))
		return NULL;
	memcpy(key, name.p, name.n);
	for (size_t i = 0; i < f->rules_n; i++)
		if (memcmp(key, f->rules[i].name, sizeof(key)) == 0)
			return &f->rules[i];
	return NULL;
}

/* Is there too little room for the values of ${seg}? */
static bool
is_full(const struct segment_row *r, const struct segment *seg)
{
	const struct span last = seg->fields[seg->n - 1];
	const size_t n = (size_t)(last.p + last.n - seg->fields[0].p);
	const size_t most = r->n[SEG_RESULTS] > r->n[SEG_RESULT_CODES]
				    ? r->n[SEG_RESULTS]
				    : r->n[SEG_RESULT_CODES];

	return most > 0 && most + n > r->limit[SEG_RESULTS];
}

/* Give the row if ${seg} begins another one. */
static void
begin(struct segment_row *r, uint8_t starts, const struct segment *seg)
{
	static const uint8_t ends[] = {
		[SEG_STARTS_NOTHING] = 0,
		[SEG_STARTS_MESSAGE] = UINT8_MAX,
		[SEG_STARTS_PATIENT] = UINT8_MAX,
		[SEG_STARTS_ORDER] = SEGMENT_SEEN_ORDER | SEGMENT_SEEN_TEST |
				     SEGMENT_SEEN_RESULT,
		[SEG_STARTS_TEST] = SEGMENT_SEEN_TEST | SEGMENT_SEEN_RESULT,
		[SEG_IS_RESULT] = 0,
	};
	static const uint8_t marks[] = {
		[SEG_STARTS_ORDER] = SEGMENT_SEEN_ORDER,
		[SEG_STARTS_TEST] = SEGMENT_SEEN_TEST,
		[SEG_IS_RESULT] = SEGMENT_SEEN_RESULT,
	};
	static const uint8_t from[] = {
		[SEG_STARTS_MESSAGE] = 0,
		[SEG_STARTS_PATIENT] = SEG_FIRST_OF_PATIENT,
		[SEG_STARTS_ORDER] = SEG_FIRST_OF_ORDER,
		[SEG_STARTS_TEST] = SEG_FIRST_OF_ORDER,
	};

	if ((r->seen & ends[starts]) != 0) {
		segment_give(r);
		segment_clear(r, from[starts]);
	} else if (starts == SEG_STARTS_MESSAGE ||
		   starts == SEG_STARTS_PATIENT) {
		segment_clear(r, from[starts]);
	} else if (starts == SEG_IS_RESULT && is_full(r, seg)) {
		segment_give(r);
	}
	r->seen |= marks[starts];
}

/* Put every field of the segment where it belongs. */
static void
take(struct segments *s, const struct segment_rules *rules, bool is_header)
{
	static const struct segment_rule none[] = {{0}};
	const struct segment_rule *rule =
		rules != NULL && rules->rules != NULL ? rules->rules : none;
	const struct segment_rule rest = {
		.how = rules != NULL ? rules->rest : SEG_KEEP,
		.column = rules != NULL ? rules->column : SEG_OTHER,
	};
	const unsigned first =
		is_header ? s->format->header_first : s->format->first;
	struct segment_field f = {.name = s->seg.fields[0]};

	for (unsigned i = 1; i < s->seg.n; i++) {
		f.number = first + i;
		f.value = s->seg.fields[i];
		while (rule->field != 0 && rule->field < f.number)
			rule++;
		if (f.value.n == 0)
			continue;
		if (rule->field == f.number) {
			if (rule->how != SEG_DROP)
				segment_put(&s->row, rule, &f);
		} else if (rest.how != SEG_DROP &&
			   (i > 1 || (rules == NULL && f.value.n > RANK_MAX))) {
			segment_put(&s->row, &rest, &f);
		}
	}
}

static void
take_segment(struct segments *s, const struct segment_line *line)
{
	segment_split(line->text, s->row.signs.field, &s->seg);
	const struct segment_rules *rules =
		rules_of(s->format, s->seg.fields[0]);
	const uint8_t starts = line->is_header ? SEG_STARTS_MESSAGE
			       : rules != NULL ? rules->starts
					       : SEG_STARTS_NOTHING;

	begin(&s->row, starts, &s->seg);
	if (line->is_header)
		s->row.charset = SEGMENT_GUESS;
	if (starts == SEG_IS_RESULT)
		segment_put_result(&s->row, &s->seg);
	else
		take(s, rules, line->is_header);
}

/* Make rows until there are some, or nothing is left. */
static void
make_rows(struct segments *s)
{
	struct segment_line line;

	s->row.out_n = 0;
	s->out_at = 0;
	while (s->row.out_n < s->fill) {
		if (!segment_line(s, &line)) {
			segment_give(&s->row);
			s->is_done = true;
			return;
		}
		if (!line.is_stray)
			take_segment(s, &line);
		if (line.is_cut)
			segment_leave_out(&s->in);
		s->skipped += line.is_stray || line.is_cut || s->row.is_cut;
		s->row.is_cut = false;
	}
}

enum rc
segment_read(void *p, uint8_t *to, size_t n, size_t *ret_n)
{
	struct segments *s = p;

	if (s->out_at == s->row.out_n && !s->is_done)
		make_rows(s);
	const size_t left = s->row.out_n - s->out_at;

	*ret_n = n < left ? n : left;
	memcpy(to, s->row.out + s->out_at, *ret_n);
	s->out_at += *ret_n;
	return *ret_n == 0 ? s->in.rc : RC_OK;
}

uint64_t
segment_skipped(const void *p)
{
	return ((const struct segments *)p)->skipped;
}

void
segment_close(void *p)
{
	if (p != NULL)
		arena_free(((struct segments *)p)->arena);
}
