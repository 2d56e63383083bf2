/* scan/wire: what the parent and its workers say to each other. Everything is
 * of fixed layout and carries no value of the input: counts, offsets, kinds,
 * keyed tokens. A worker may have been taken over by the file it reads, so
 * whatever comes back is checked here before anyone believes it. */
#ifndef TOCSIN_SCAN_WIRE_H
#define TOCSIN_SCAN_WIRE_H

#include "base/batch.h"
#include "base/kind.h"
#include "base/rc.h"
#include "format/csv/csv.h"
#include "scan/column/column.h"
#include "source/charset/charset.h"

enum {
	WIRE_RANGE_BYTES = 8 << 20, /* a document is read in such ranges */
	WIRE_AHEAD_BYTES = (1 << 20) + (1 << 17), /* a record may run on so
						     far past one.. */
	WIRE_BACK_BYTES = 4096,  /* ..and so much before it is read with it */
	WIRE_HOLDERS_MAX = 4096, /* organisations counted in one range */
	WIRE_HASHES_MAX = 64,    /* types of password hash */
	WIRE_THRESHOLD = 50,     /* least score of a finding, if not told */
	WIRE_OUT_MAX = 1 << 30,  /* bytes of an answer, at most */
};

/** What a message asks for. */
enum wire_job {
	WIRE_PROBE = 1, /* how is this document to be understood? */
	WIRE_RANGE,     /* read one range of it */
	WIRE_DIGEST,    /* SHA-256 of a range of it */
};

/** How a document is read, once it is known. */
enum wire_format {
	WIRE_UNREAD, /* not at all: see reason */
	WIRE_EMPTY,  /* no bytes */
	WIRE_CSV,
	WIRE_TEXT,
};

/** Why a document, or a part of it, was not read. */
enum wire_reason {
	WIRE_WHY_NONE,
	WIRE_WHY_ARCHIVE, /* a container that is not opened yet */
	WIRE_WHY_PICTURE,
	WIRE_WHY_ENCRYPTED,
	WIRE_WHY_BINARY,    /* a known binary format that is not read yet */
	WIRE_WHY_UNKNOWN,   /* bytes of no known format */
	WIRE_WHY_DIED,      /* the parser stopped */
	WIRE_WHY_TIMEOUT,   /* the parser took too long */
	WIRE_WHY_SHRANK,    /* the file ended earlier than its size said */
	WIRE_WHY_IO,        /* reading failed */
	WIRE_WHY_CEILING,   /* a ceiling was met */
	WIRE_WHY_MALFORMED, /* records that could not be read were skipped */
	WIRE_WHY_DENIED,    /* no permission to open it */
	WIRE_WHY_SPECIAL,   /* FIFO, device, socket */
	WIRE_WHY_LINK,      /* symbolic link, not followed */
	WIRE_WHY_LOOP,      /* folder that contains itself, or too deep */
	WIRE_WHY_GONE,      /* no such file */
	WIRE_WHY_DUPLICATE, /* another name of a file already read */
	WIRE_WHY_STOPPED,   /* the scan was interrupted */
	WIRE_WHY_DAMAGED,   /* what follows could not be unpacked */
	WIRE_WHY_COUNT
};

/** How a document is understood: answer to WIRE_PROBE, order for WIRE_RANGE.
 * Columns follow it. */
struct wire_plan {
	uint32_t format; /* enum wire_format */
	uint32_t reason; /* enum wire_reason, for WIRE_UNREAD */
	uint32_t kind;   /* index in sniff_kinds() */
	uint32_t locked; /* 1: encrypted within */
	struct charset_guess charset;
	struct csv_dialect dialect;
	struct csv_sniff csv; /* the evidence for it, for inspect */
	uint64_t data_at;     /* first byte of the first record */
	uint32_t cols;        /* columns; 0 for text */
	uint32_t header;      /* 1: a header line names the columns */
	uint32_t unit;        /* enum text_unit, for text */
	uint64_t sampled_rows;
};

/** The body of a WIRE_RANGE message. */
struct wire_range {
	uint64_t begin; /* range of the document, in its bytes */
	uint64_t end;
	uint64_t start;     /* true start of the first record, if exact */
	uint64_t size;      /* of the document; what the descriptor holds of a
			       stream whose end is not known yet */
	uint64_t file_at;   /* byte of the document that the descriptor begins
			       with: 0 for files, more for parts of a stream */
	uint32_t exact;     /* 1: start is true; 0: guess it */
	uint32_t last;      /* 1: the document ends in this window */
	uint32_t findings;  /* 1: list every finding */
	uint32_t mentions;  /* 1: collect mentions for linking */
	uint32_t sealed;    /* 1: seal them */
	uint32_t threshold; /* score of findings in prose, at least */
	uint32_t table;     /* 1: it is delimited text as PART_TABLE says */
	uint32_t pad;
};

/** What was found of one kind. */
struct wire_tally {
	uint64_t findings;
	uint64_t valid;
	uint64_t weak;
};

/** One column, over a range. */
struct wire_column {
	uint64_t filled;
	uint64_t valid;
	uint64_t weak;
	uint64_t refused; /* went to the general recogniser */
};

/** Notes about one topic. */
struct wire_topic {
	uint64_t said;
	uint64_t tested;
};

/** Rows held by one organisation. */
struct wire_holder {
	uint64_t code; /* code_pack() */
	uint32_t kind; /* enum kind_id */
	uint32_t pad;
	uint64_t rows;
};

/** One finding, for --findings. */
struct wire_finding {
	uint64_t at; /* byte of the document */
	uint32_t n;
	uint8_t kind;
	uint8_t verdict;
	uint8_t score;
	uint8_t pad;
};

/** The answer to WIRE_RANGE: this, then the arrays it counts, in its order. */
struct wire_answer {
	uint64_t first; /* where the first record was taken to start */
	uint64_t next;  /* where the record after the last one starts */
	uint64_t bytes; /* read of this range */
	uint64_t records;
	uint64_t malformed;
	uint64_t ragged;
	uint64_t blank;
	uint64_t mentions;
	uint64_t
		mention_bytes; /* length of the block in the other descriptor */
	uint64_t pairs;        /* e-mail or login with a password */
	uint64_t hashes[WIRE_HASHES_MAX];
	uint32_t shrank;  /* 1: the descriptor ended early */
	uint32_t ceiling; /* 1: something was left out at a ceiling */
	struct wire_tally kinds[KIND_COUNT];
	struct wire_topic topics[TOPIC_COUNT];
	uint32_t n_columns;
	uint32_t n_holders;
	uint64_t n_row_tokens;
	uint64_t n_id_tokens;
	uint64_t n_domains;
	uint64_t n_findings;
};

/** A whole answer in memory. */
struct wire_report {
	struct wire_answer *head;
	struct wire_column *columns;
	struct wire_holder *holders;
	uint64_t *row_tokens;
	uint64_t *id_tokens;
	uint64_t *domains; /* tokens of the domains of leaked logins */
	struct wire_finding *findings;
	void *memory; /* all of the above */
};

/**
 * wire_plan_save(fd, plan, columns), wire_plan_load(fd, ret_plan, ret_columns):
 * Write a plan and its ${plan}->cols columns to ${fd}, and read them back into
 * memory that the caller frees with free(). The loader believes nothing: every
 * number is in its range and every name is printable ASCII, or RC_FORMAT.
 */
enum rc wire_plan_save(int fd, const struct wire_plan *plan,
		       const struct column_type *columns);
enum rc wire_plan_load(int fd, struct wire_plan *ret_plan,
		       struct column_type **ret_columns);

/**
 * wire_report_save(fd, r), wire_report_load(fd, cols, ret_report):
 * The same for the answer of a range of a document with ${cols} columns.
 *
 * Owns     wire_report_free() releases what the loader made.
 */
enum rc wire_report_save(int fd, const struct wire_report *r);
enum rc wire_report_load(int fd, uint32_t cols, struct wire_report *ret_report);
void wire_report_free(struct wire_report *r);

/**
 * wire_reason_text(reason, french):
 * Say ${reason} in a few words.
 *
 * Returns  A static string; "" for WIRE_WHY_NONE.
 */
const char *wire_reason_text(enum wire_reason reason, bool french);

/**
 * wire_name_is_safe(name, size):
 * Is ${name} NUL-terminated within ${size} and made of printable characters?
 */
bool wire_name_is_safe(const char *name, size_t size);

#endif
