/* base/mention: what a record says of the person it is about, normalised, as
 * the workers that read hand it to the worker that links. A block of mentions
 * is personal data: it lives in memory that only jailed processes map, and in
 * no file.
 *
 * A block is laid out as: struct mention_head, the mentions, the heap. In the
 * heap a text is its length in two bytes (little endian) and its bytes; a
 * mention refers to it by its offset in the heap; offset 0 means missing. The
 * same text stands in a block's heap once. */
#ifndef TOCSIN_BASE_MENTION_H
#define TOCSIN_BASE_MENTION_H

#include "base/kind.h"
#include "base/rc.h"
#include "base/span.h"

/** Texts of a mention, all folded (fold_letters) by their detectors. */
enum mention_text {
	MENTION_FAMILY,   /* name in use; "LE GALL" */
	MENTION_BIRTH,    /* birth name */
	MENTION_GIVEN,    /* all given names: "JEAN PIERRE" */
	MENTION_STREET,   /* "12 RUE DES LILAS" */
	MENTION_POSTCODE, /* "56000" */
	MENTION_CITY,     /* "SAINT BRIEUC" */
	MENTION_EMAIL,    /* "jean@exemple.fr", lower case */
	MENTION_OTHER_ID, /* another identifier of the person, kind before it */
	MENTION_TEXTS
};

/** What was said of the NIR of the record. */
enum nir_state {
	NIR_MISSING,
	NIR_BARE,      /* 13 digits without a key */
	NIR_WRONG_KEY, /* kept for comparison: most typing errors end here */
	NIR_GOOD,
};

/** One mention. Zero means missing, everywhere. */
struct mention {
	uint64_t nir;             /* 13 digits; Corsica: 2A as 19, 2B as 18 */
	uint64_t phone[3];        /* E.164 digits without +; sorted, distinct */
	uint64_t professional[2]; /* RPPS, or the hash of a doctor's name with
				     the highest bit set */
	uint64_t holder;          /* who held the row: FINESS or SIRET, packed
				     by code_pack() */
	uint64_t kinds;           /* bit k: the record holds a value of kind k
				     of this person, valid or typed */
	uint32_t record;          /* ordinal in the block's range, from 0 */
	uint32_t text[MENTION_TEXTS];
	uint32_t birth_date;    /* yyyymmdd; mm or dd may be 00 */
	uint32_t topics_said;   /* bit t: said to have, or to be */
	uint32_t topics_tested; /* bit t: tested, or said not to have */
	uint8_t sex;            /* 1 male, 2 female */
	uint8_t nir_state;      /* enum nir_state */
	uint8_t holder_kind;    /* KIND_FR_FINESS or KIND_FR_SIRET */
	uint8_t role;           /* ROLE_PATIENT; others are not linked yet */
};

/** A block as it lies in memory. */
struct mention_block {
	const struct mention *mentions;
	size_t n;
	struct span heap;
};

/** Collects the mentions of one range of a document. Opaque. */
struct mention_writer;

/**
 * mention_writer_new(limit_bytes):
 * Make a writer whose mentions and heap together stay under ${limit_bytes}.
 *
 * Returns  NULL if the system has no memory.
 */
struct mention_writer *mention_writer_new(size_t limit_bytes);

/**
 * mention_writer_text(w, text):
 * Keep ${text} (at most NORM_MAX bytes are kept) in the heap, once.
 *
 * Returns  Its reference, for struct mention; 0 for an empty text or when the
 *          ceiling is met, which mention_writer_add() then reports.
 */
uint32_t mention_writer_text(struct mention_writer *w, struct span text);

/**
 * mention_writer_add(w, m):
 * Append ${m}.
 *
 * Errors   RC_LIMIT: the ceiling was met, now or by a text of ${m}.
 */
enum rc mention_writer_add(struct mention_writer *w, const struct mention *m);

/**
 * mention_writer_save(w, fd):
 * Write the block to ${fd} from its start.
 *
 * Errors   RC_IO.
 */
enum rc mention_writer_save(const struct mention_writer *w, int fd);

/**
 * mention_writer_bytes(w), mention_writer_copy(w, out):
 * The size of the block, and the block itself in memory.
 */
size_t mention_writer_bytes(const struct mention_writer *w);
void mention_writer_copy(const struct mention_writer *w, uint8_t *out);

/**
 * mention_writer_reset(w), mention_writer_free(w):
 * Wipe what was collected, and keep or release the memory. NULL is nothing.
 */
void mention_writer_reset(struct mention_writer *w);
void mention_writer_free(struct mention_writer *w);

/**
 * mention_block_view(bytes, ret_block):
 * View ${bytes} as a block and check all of it: sizes, references, ranges.
 * Whoever wrote it may have been taken over by its input.
 *
 * Errors   RC_FORMAT.
 * Owns     Nothing; ${ret_block} points into ${bytes} (aligned to 8).
 * Cost     O(mentions).
 */
enum rc mention_block_view(struct span bytes, struct mention_block *ret_block);

/**
 * mention_text(b, ref):
 * The text that ${ref} of a mention of ${b} refers to; empty for 0.
 */
struct span mention_text(const struct mention_block *b, uint32_t ref);

/**
 * code_pack(code), code_unpack(packed, out):
 * Pack up to 12 characters of [0-9A-Z] into 64 bits, and write them out again
 * with a NUL. Equal codes pack to equal numbers; 0 is the empty code, and what
 * cannot be packed.
 */
uint64_t code_pack(struct span code);
void code_unpack(uint64_t packed, char out[static 13]);

#endif
