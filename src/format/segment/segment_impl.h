/* What the files of format/segment share: where segments come from, the row
 * that is being filled, and the reader itself. */
#ifndef TOCSIN_FORMAT_SEGMENT_SEGMENT_IMPL_H
#define TOCSIN_FORMAT_SEGMENT_SEGMENT_IMPL_H

#include "base/arena.h"
#include "format/segment/segment.h"

enum {
	SEGMENT_PAD = 64,  /* bytes past an end that may be read */
	SEGMENT_PEEK = 16, /* of the next line, to know if it goes on */
	SEGMENT_WINDOW = 1 << 20,
	SEGMENT_FILL = 64 << 10, /* rows are made until there are so many */
};

/** A segment and its fields; [0] is its name. */
struct segment {
	size_t n;
	struct span fields[SEGMENT_FIELDS_MAX];
};

/** The window. What is before ${at} is gone. */
struct segment_source {
	const struct parts_input *in;
	uint64_t next; /* byte of the input to read */
	uint8_t *buf;  /* ${room}, and SEGMENT_PAD behind ${end} */
	size_t room;   /* SEGMENT_WINDOW at most */
	size_t at;
	size_t end;
	bool is_over; /* nothing follows ${end} */
	enum rc rc;   /* RC_IO: why it is over */
};

/** Charsets that a message can declare. */
enum segment_charset { SEGMENT_GUESS, SEGMENT_LATIN1, SEGMENT_LATIN9 };

/** What a row has met since it was given. */
enum segment_seen {
	SEGMENT_SEEN_VALUE = 1 << 0, /* that is not of the message */
	SEGMENT_SEEN_ORDER = 1 << 1,
	SEGMENT_SEEN_TEST = 1 << 2,
	SEGMENT_SEEN_RESULT = 1 << 3,
};

/** The row that is being filled. */
struct segment_row {
	uint8_t *cell[SEG_COLUMNS];
	uint32_t n[SEG_COLUMNS];
	uint32_t limit[SEG_COLUMNS];
	uint8_t *scratch;
	size_t scratch_room;
	uint8_t *out; /* rows, one after another */
	size_t out_n;
	size_t out_room;
	struct segment_signs signs;
	uint8_t charset;  /* enum segment_charset */
	uint8_t seen;     /* enum segment_seen */
	bool is_cut;      /* a cell was, since last asked */
	bool first_legal; /* the family name in use is the legal one */
};

/** A reader. */
struct segments {
	const struct segment_format *format;
	struct arena *arena;
	struct segment_source in;
	struct segment_row row;
	struct segment seg;
	size_t fill;   /* rows are made until there are so many bytes */
	size_t out_at; /* bytes of row.out that were given */
	uint64_t skipped;
	bool is_named; /* next() has given the part */
	bool is_done;
	bool is_next_new; /* the next line is known to be a segment */
};

/** segment_fill(s): Bring SEGMENT_MAX bytes and a peek into the window, which
 * may move what is there, or all that is left. */
void segment_fill(struct segment_source *s);

/** A line, with what goes on it. */
struct segment_line {
	struct span text;
	bool is_header; /* it begins a message: row.signs are its own */
	bool is_stray;  /* it is no segment */
	bool is_cut;    /* it is longer: segment_leave_out() when it is read */
};

/** segment_line(s, ret): Step over the next line that is not empty. False:
 * there is none. */
bool segment_line(struct segments *s, struct segment_line *ret);

/** segment_leave_out(s): Step over the rest of a line that was cut. */
void segment_leave_out(struct segment_source *s);

/** segment_split(line, sign, ret): Part ${line} in fields. Bytes behind it
 * may be read. */
void segment_split(struct span line, uint8_t sign, struct segment *ret);

/** segment_clear(r, from): Empty the columns from ${from} on. */
void segment_clear(struct segment_row *r, size_t from);

/** segment_add(r, column, raw): Add ${raw}, a value as it stands in the file,
 * to a cell. */
void segment_add(struct segment_row *r, size_t column, struct span raw);

/** segment_join(r, column, sign): Add our own ${sign} if there is something
 * before it. */
void segment_join(struct segment_row *r, size_t column, const char *sign);

/** segment_add_parts(r, column, raw): The same of all components, with blanks
 * between. */
void segment_add_parts(struct segment_row *r, size_t column, struct span raw);

/** segment_give(r): Write the row, if it has anything, and clear what is only
 * its own. */
void segment_give(struct segment_row *r);

/** segment_give_header(r): Write the names of the columns. */
void segment_give_header(struct segment_row *r);

/** A field, and where it stands: for "PID-22". */
struct segment_field {
	struct span name;
	unsigned number;
	struct span value;
};

/** segment_put(r, rule, f): Put the field ${f} where ${rule} says. */
void segment_put(struct segment_row *r, const struct segment_rule *rule,
		 const struct segment_field *f);

/** segment_keep(r, f, value): Put ${value}, of the field ${f}, in "other". */
void segment_keep(struct segment_row *r, const struct segment_field *f,
		  struct span value);

/** segment_put_result(r, seg): Put the OBX ${seg} in the columns of results. */
void segment_put_result(struct segment_row *r, const struct segment *seg);

/** segment_is_nir(s, out): Is ${s} shaped as a NIR of 13 characters, or of 15
 * with a key that is right? */
bool segment_is_nir(struct span s);

/** segment_is_finess(s): Nine characters with a check digit that is right? */
bool segment_is_finess(struct span s);

/** segment_part(rest, sign): Cut off what is before ${sign}, or all. */
static inline struct span
segment_part(struct span *rest, uint8_t sign)
{
	if (rest->n == 0)
		return (struct span){0};
	const size_t n = sign == 0 ? rest->n : span_find(*rest, sign);
	const struct span part = {rest->p, n};

	rest->p += n;
	rest->n -= n;
	if (rest->n > 0) {
		rest->p++;
		rest->n--;
	}
	return part;
}

#endif
