/* What the files of scan/reader share. */
#ifndef TOCSIN_SCAN_READER_READER_IMPL_H
#define TOCSIN_SCAN_READER_READER_IMPL_H

#include "base/arena.h"
#include "base/batch.h"
#include "base/mention.h"
#include "crypto/row.h"
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
	MEMO_ENTRIES = 2048, /* values of a column that are remembered */
	MEMO_COLUMNS = 256,  /* columns whose values are remembered, at most */
};

/** A list of things of one size that grows. */
struct list {
	void *p;
	size_t n;
	size_t room;
	size_t size;
};

/** What a value that is remembered gave: a line of the cache. */
struct memo_value {
	uint64_t number; /* person_number() of it */
	uint32_t text;   /* the norm in the heap of mentions; 0: not there */
	uint8_t norm_n;
	uint8_t norm[51];
};

/** Values of one column and what became of them. Most columns want to know
 * nothing but the verdict: theirs fit the second cache, all together. */
struct memo {
	uint32_t tries;
	uint32_t hits;
	bool valued; /* the values below were written */
	uint64_t tags[MEMO_ENTRIES];
	/* Where the tag is set; one line of the caches each. */
	_Alignas(64) struct memo_value values[MEMO_ENTRIES];
};

/** The memos of a worker. */
struct memos {
	struct memo *memo[MEMO_COLUMNS]; /* as many as were ever needed */
	struct memo **of; /* a column each; NULL: not remembered */
	uint32_t room;
};

/** What a first look at a cell that is not empty says. */
struct glance {
	struct span text; /* trimmed, in UTF-8 */
	uint64_t hash;    /* keyed */
	uint32_t bits;    /* all bytes or'ed together, four by four */
	uint32_t row;
};

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
	struct seal_key vault_key;
	struct sha256 *sha;
	uint8_t *buffer; /* bytes of a window, as read */
	size_t buffer_bytes;
	struct arena *text;
	struct arena *copies;
	struct mention_writer *mentions;
	struct batch batch;
	uint32_t batch_cols;    /* columns that batch has room for */
	struct person *persons; /* BATCH_ROWS */
	struct csv csv;
	struct row_keys row_keys; /* as many columns as were met */
	struct memos memos;
	row_sum *sums;          /* BATCH_ROWS: of the cells of each record */
	uint64_t *kinds;        /* BATCH_ROWS: of the person of each */
	struct glance *glances; /* BATCH_ROWS: of one column.. */
	uint32_t n_glances;     /* ..as many cells of it are not empty */
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
	bool decode; /* cells may be in another charset than UTF-8 */
};

/** One column of a batch. */
struct reader_column {
	const struct column_type *type; /* NULL: the overflow */
	const struct kind *kind;        /* NULL: no kind */
	struct memo *memo;              /* NULL: test each time */
	struct wire_column *count;
	uint32_t index;
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

/** window_decode(charset, s, a): Turn the cell ${s} into UTF-8, in ${a}. False:
 * there is no room, and it stays as it is. */
bool window_decode(enum charset charset, struct span *s, struct arena *a);

/** batch_decode(charset, b, a): Turn the cells of ${b} into UTF-8, in ${a}
 * where they are not. Also cells that another export wrote in another charset.
 */
void batch_decode(enum charset charset, const struct batch *b, struct arena *a);

/* memo.c */

/** memo_begin(all, types, cols): Empty memos for the columns of a kind.
 * memo_end(all): Wipe what they hold. memo_free(all): And release them. */
enum rc memo_begin(struct memos *all, const struct column_type *types,
		   uint32_t cols);
void memo_end(struct memos *all);
void memo_free(struct memos *all);

/** memo_value(m, hash): What a value gave that has that hash and is known. */
static inline struct memo_value *
memo_value(struct memo *m, uint64_t hash)
{
	return &m->values[hash % MEMO_ENTRIES];
}

/** memo_knows(m, hash, ret_v): Is a value with that hash known, and what is
 * its verdict? A tag is the hash, with the verdict plus one in the place of the
 * bits that its place in the table says already. */
static inline bool
memo_knows(const struct memo *m, uint64_t hash, enum kind_verdict *ret_v)
{
	const uint64_t tag = m->tags[hash % MEMO_ENTRIES];
	const uint64_t low = tag ^ (hash - hash % MEMO_ENTRIES);

	*ret_v = (enum kind_verdict)(low - 1);
	return low - 1 <= KIND_VALID;
}

/** memo_pays(m): Do values come again often enough to look them up? */
bool memo_pays(const struct memo *m);

/** memo_keep(m, hash, v): Remember the verdict of a value. */
static inline void
memo_keep(struct memo *m, uint64_t hash, enum kind_verdict v)
{
	m->tags[hash % MEMO_ENTRIES] =
		hash - hash % MEMO_ENTRIES + (uint64_t)v + 1;
}

/** memo_keep_value(m, hash, norm, number): And what it gave, of a value whose
 * verdict is kept. Without room, all of it is forgotten. */
void memo_keep_value(struct memo *m, uint64_t hash, struct span norm,
		     uint64_t number);

/* glance.c */

/** glance_column(g, b, column): Look at the cells of a ${column} of ${b}, add
 * them to the sums of their records, and list those that are not empty in
 * g->r->glances. */
void glance_column(const struct reading *g, const struct batch *b,
		   uint32_t column);

/* tally.c */

bool list_add(struct list *l, const void *item);

/** tally_number(t, l, number): Add a token to ${l}, a list of ${t}. */
void tally_number(struct tally *t, struct list *l, uint64_t number);

/** tally_token(g, kind, value): Add the token of a ${value} that identifies. */
void tally_token(const struct reading *g, enum kind_id kind, struct span value);
void tally_begin(struct tally *t, uint32_t cols);
void tally_end(struct tally *t);
void tally_kind(struct tally *t, enum kind_id kind, enum kind_verdict v);
void tally_kinds(struct tally *t, enum kind_id kind, uint64_t valid,
		 uint64_t weak);
void tally_holder(struct tally *t, enum kind_id kind, uint64_t code);
void tally_finding(const struct reading *g, const struct wire_finding *f);

/* person.c */

/** person_begin(p, record): Forget who was there. */
void person_begin(struct person *p, uint32_t record);

/** What a value of a column gives the person of its record. */
struct person_value {
	enum kind_verdict verdict;
	struct span norm;
	struct span cell;
	uint64_t number; /* person_number() of it */
};

/** person_number(kind, norm): What stands in a mention for the number of a
 * professional or of a place; 0: the value is of another kind. */
uint64_t person_number(enum kind_id kind, struct span norm);

/** person_keep(g, p, type, value): Give ${p} one value of a column.
 * person_take(g, p, type, v, norm, cell): The same of a value without its
 * number. */
void person_keep(const struct reading *g, struct person *p,
		 const struct column_type *type,
		 const struct person_value *value);
void person_take(const struct reading *g, struct person *p,
		 const struct column_type *type, enum kind_verdict v,
		 struct span norm, struct span cell);

/** person_text(kind): The text of a mention that values of ${kind} are;
 * MENTION_TEXTS: none. */
enum mention_text person_text(enum kind_id kind);

/** person_bit(type): The bit in the kinds of a person that a value of a column
 * sets: none if it is of somebody else. */
uint64_t person_bit(const struct column_type *type);

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

/* typed.c */

/** read_typed(g, b, col): The cells of a column of a kind; their glances are in
 * g->r->glances. */
void read_typed(const struct reading *g, const struct batch *b,
		const struct reader_column *col);

/* table.c */

/** read_table(g): The whole range, as a table. */
enum rc read_table(struct reading *g);

/* probe.c */

/** probe_document(r, fd, job, out): Understand a document. */
enum rc probe_document(struct reader *r, int fd, const struct wire_range *job,
		       int out);

#endif
