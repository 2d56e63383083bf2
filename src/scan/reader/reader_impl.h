/* What the files of scan/reader share. */
#ifndef TOCSIN_SCAN_READER_READER_IMPL_H
#define TOCSIN_SCAN_READER_READER_IMPL_H

#include "base/arena.h"
#include "base/batch.h"
#include "base/mention.h"
#include "crypto/sha256.h"
#include "detect/prose/prose.h"
#include "format/csv/csv.h"
#include "format/text/text.h"
#include "scan/reader/reader.h"
#include "scan/wire/wire.h"
#include "source/sniff/sniff.h"

enum {
	READER_TEXT_BYTES = 256 << 20, /* decoded text of one window */
	READER_COPY_BYTES = CSV_RECORD_DEFAULT * 3, /* cells with escapes */
	READER_HITS = 64,       /* findings taken from prose at a time */
	READER_CELL_SCORE = 80, /* least score in a cell of a column that
				   is no running text */
	READER_HOLDER_SLOTS = 2 * WIRE_HOLDERS_MAX,
	MEMO_COLUMNS = 256, /* columns whose values are remembered, at most */
};

/** A list of things of one size that grows. */
struct list {
	void *p;
	size_t n;
	size_t room;
	size_t size;
};

/** Values of one column and what became of them. */
struct memo;

/** A part of a document as text, and where it came from. */
struct window {
	struct span text; /* bytes that formats can read */
	uint64_t at;      /* byte of the document where it starts */
	bool last;        /* the document ends with it */
	bool shrank;      /* it ended before its size said */
	bool wide;        /* map holds: UTF-16 or UTF-32 */
	struct charset_window map;
};

/** What one range has given so far. */
struct tally {
	struct wire_answer head;
	struct wire_column *columns; /* head.n_columns */
	struct wire_holder holders[WIRE_HOLDERS_MAX];
	uint16_t holder_slots[READER_HOLDER_SLOTS]; /* index + 1 */
	struct list row_tokens, id_tokens, domains, findings;
	bool full; /* memory or a ceiling stopped something */
};

/** What is known of the person of a record while it is read. */
struct person {
	struct mention m;
	struct span login; /* address of a login, for its domain */
	bool has_secret;
};

/** A worker. */
struct reader {
	struct token_keys keys;
	struct sha256 *sha;
	uint8_t *buffer; /* bytes of a window, as read */
	size_t buffer_bytes;
	struct arena *text;
	struct arena *copies;
	struct mention_writer *mentions;
	struct batch batch;
	uint32_t batch_cols;    /* columns that batch has room for */
	struct person *persons; /* BATCH_ROWS */
	struct norm *norms;     /* BATCH_ROWS */
	struct span *values;    /* BATCH_ROWS: of one column, to be tokens */
	struct token *tokens;   /* BATCH_ROWS */
	struct csv csv;
	uint8_t *row_text; /* of one record, for its token */
	size_t row_text_bytes;
	struct tally tally;
};

/** A range that is being read. */
struct reading {
	struct reader *r;
	const struct wire_range *job;
	const struct wire_plan *plan;
	const struct column_type *types;
	struct window w;
	struct tally *t;
	struct memo **memos; /* a column each; NULL: not remembered */
};

/* window.c */

/** window_read(r, fd, charset, job, begin, end, ret): Read the bytes [begin,
 * end) of the document behind ${fd}, decoded if it is UTF-16 or UTF-32. */
enum rc window_read(struct reader *r, int fd, enum charset charset,
		    const struct wire_range *job, uint64_t begin, uint64_t end,
		    struct window *ret);

/** window_source(w, at), window_text(w, source): From an offset in the text to
 * a byte of the document, and back. */
uint64_t window_source(const struct window *w, size_t at);
size_t window_text(const struct window *w, uint64_t source);

/** window_batch(r, cols): Room for a batch of ${cols} columns. */
enum rc window_batch(struct reader *r, uint32_t cols);

/** batch_decode(charset, b, a): Turn the cells of ${b} into UTF-8, in ${a}
 * where they are not. Also cells that another export wrote in another charset.
 */
void batch_decode(enum charset charset, const struct batch *b, struct arena *a);

/* memo.c */

/** memo_new(types, cols): Memory for the columns where it pays; NULL: none.
 * memo_free(all, cols): Wipe and release it. */
struct memo **memo_new(const struct column_type *types, uint32_t cols);
void memo_free(struct memo **all, uint32_t cols);

/** memo_test(m, kind, text, ret_norm): As kind->test(), remembering. */
enum kind_verdict memo_test(struct memo *m, const struct kind *kind,
			    struct span text, struct norm *ret_norm);

/* tally.c */

bool list_add(struct list *l, const void *item);
void tally_begin(struct tally *t, uint32_t cols);
void tally_end(struct tally *t);
void tally_kind(struct tally *t, enum kind_id kind, enum kind_verdict v);
void tally_holder(struct tally *t, enum kind_id kind, uint64_t code);
void tally_finding(const struct reading *g, const struct wire_finding *f);

/* person.c */

/** person_begin(p, record): Forget who was there. */
void person_begin(struct person *p, uint32_t record);

/** person_take(g, p, type, v, norm): Give ${p} one value of a column. */
void person_take(const struct reading *g, struct person *p,
		 const struct column_type *type, enum kind_verdict v,
		 const struct norm *norm, struct span cell);

/** person_end(g, p): Count the record of ${p}, and keep it as a mention. */
void person_end(const struct reading *g, struct person *p);

/* prose.c */

/** read_prose(g, p, text, at, threshold): Findings in running text that starts
 * at byte ${at} of the window. */
void read_prose(const struct reading *g, struct person *p, struct span text,
		size_t at, uint32_t threshold);

/** read_note(g, p, text, at): Health topics of a note. */
void read_note(const struct reading *g, struct person *p, struct span text,
	       size_t at);

/** read_line(g, p, line, at): One line that is no record, about a person of
 * its own. */
void read_line(const struct reading *g, struct person *p, struct span line,
	       size_t at);

/** read_lines(g): The whole range, as text. */
enum rc read_lines(struct reading *g);

/* table.c */

/** read_table(g): The whole range, as a table. */
enum rc read_table(struct reading *g);

/* probe.c */

/** probe_document(r, fd, job, out): Understand a document. */
enum rc probe_document(struct reader *r, int fd, const struct wire_range *job,
		       int out);

#endif
