/* source/charset: which bytes are which letters. It tells the charset of a
 * text, with its evidence, and turns it into UTF-8 with tables of its own: a
 * worker in its jail cannot load the system's. */
#ifndef TOCSIN_SOURCE_CHARSET_CHARSET_H
#define TOCSIN_SOURCE_CHARSET_CHARSET_H

#include "base/arena.h"
#include "base/rc.h"
#include "base/span.h"

/** The charsets we read. */
enum charset {
	CHARSET_NONE, /* no text, or none that we know */
	CHARSET_ASCII,
	CHARSET_UTF8,
	CHARSET_UTF16LE,
	CHARSET_UTF16BE,
	CHARSET_UTF32LE,
	CHARSET_UTF32BE,
	CHARSET_LATIN1,   /* ISO-8859-1 */
	CHARSET_LATIN9,   /* ISO-8859-15 */
	CHARSET_CP1252,   /* windows-1252 */
	CHARSET_CP850,    /* IBM850 */
	CHARSET_MACROMAN, /* macintosh, with the euro of 1998 */
	CHARSET_COUNT
};

enum {
	CHARSET_SAMPLE_MAX = 1 << 18, /* more of a sample is not looked at */
	CHARSET_GROWTH = 3,           /* bytes of UTF-8 for one byte, at most */
	CHARSET_STEP = 256,           /* bytes of a window between two marks */
	CHARSET_WINDOW_MAX = 1 << 26, /* bytes of a window, at most */
};

/** What decided. */
enum charset_reason {
	CHARSET_BY_NOTHING,   /* an empty sample */
	CHARSET_BY_BOM,       /* byte order mark */
	CHARSET_BY_ZEROS,     /* zero bytes in every second or fourth place */
	CHARSET_BY_ASCII,     /* no byte above 0x7F */
	CHARSET_BY_SEQUENCES, /* well-formed UTF-8 sequences */
	CHARSET_BY_LETTERS,   /* accented letters where French has them */
	CHARSET_BY_DEFAULT,   /* an 8-bit text without letters that decide */
	CHARSET_BINARY_ZEROS, /* zero bytes without the order of UTF-16 */
	CHARSET_BINARY_CONTROLS, /* too many control characters */
	CHARSET_BINARY_BYTES,    /* bytes that make no letters in any charset */
	CHARSET_REASONS
};

/** What a sample looks like, and the counts that say so. */
struct charset_guess {
	enum charset charset;
	enum charset runner_up; /* CHARSET_NONE: nothing else came near */
	enum charset_reason reason;
	uint8_t confidence; /* 0 to 100 */
	uint8_t bom_bytes;  /* to leave out at the start of the document */
	uint32_t sample_bytes;
	uint32_t high;      /* bytes above 0x7F */
	uint32_t c1;        /* of these, 0x80 to 0x9F: not used in ISO-8859 */
	uint32_t sequences; /* well-formed UTF-8 of more than one byte */
	uint32_t broken;    /* bytes that are malformed in the charset chosen */
	uint32_t zeros;
	uint32_t controls; /* that texts do not have; the two most frequent
			      may be delimiters and do not count */
	uint32_t letters;  /* bytes above 0x7F that are letters of French or
			      its neighbours, where such letters stand */
};

/**
 * charset_detect(sample, is_whole, ret):
 * Tell the charset of the document that begins with ${sample}; ${is_whole}:
 * nothing follows it.
 *
 * A UTF-8 text with some broken bytes is UTF-8. ISO-8859-1 is chosen over
 * its supersets when no byte of the sample needs them.
 *
 * Cost     O(n), at most CHARSET_SAMPLE_MAX bytes.
 */
void charset_detect(struct span sample, bool is_whole,
		    struct charset_guess *ret);

/**
 * charset_name(cs), charset_reason_text(reason):
 * Name ${cs} as IANA does ("ISO-8859-1"), "binary" for CHARSET_NONE; say
 * ${reason} in English.
 *
 * Returns  A static string.
 */
const char *charset_name(enum charset cs);
const char *charset_reason_text(enum charset_reason reason);

/**
 * charset_by_name(name):
 * Find the charset that ${name} means: an IANA name or a common alias, in
 * any case ("latin1", "CP1252", "utf8").
 *
 * Returns  CHARSET_NONE if there is none.
 */
enum charset charset_by_name(struct span name);

/**
 * charset_is_ascii_superset(cs):
 * Say whether delimiters and line ends can be found in the raw bytes of ${cs}:
 * true but for UTF-16 and UTF-32, which need charset_window().
 */
bool charset_is_ascii_superset(enum charset cs);

/**
 * charset_unit(cs):
 * Bytes of a code unit of ${cs}: 1, 2 or 4. Windows start at a multiple of it,
 * counted from the end of the byte order mark.
 */
size_t charset_unit(enum charset cs);

/** How far charset_decode() came. */
struct charset_done {
	size_t used;       /* bytes of the input */
	size_t written;    /* bytes of UTF-8 */
	uint64_t replaced; /* U+FFFD written for what is malformed */
};

/**
 * charset_decode(cs, in, is_last, out, cap, ret):
 * Write ${in} as UTF-8 to ${out}; what is malformed becomes U+FFFD.
 *
 * Returns  RC_OK when all is written. RC_LIMIT: ${out} is full; RC_MORE: ${in}
 *          ends inside a character and ${is_last} is false. ${ret} is set
 *          then too: go on at its used.
 *          With ${cap} >= ${in}.n * CHARSET_GROWTH it is never RC_LIMIT.
 * Errors   RC_UNSUPPORTED: CHARSET_NONE.
 * Cost     O(n); ASCII runs are copied eight bytes a step.
 * Source   RFC 3629, RFC 2781, Unicode 15 s.3.9 and D.1 to D.4; ISO/IEC 8859-1
 *          and -15; the mapping tables of Unicode for CP1252, CP850, ROMAN.
 */
enum rc charset_decode(enum charset cs, struct span in, bool is_last,
		       uint8_t *out, size_t cap, struct charset_done *ret);

/**
 * charset_cell(cs, cell, out, cap):
 * View one ${cell} of a document as UTF-8: itself if it is that already,
 * otherwise decoded to ${out}, cut at a character if it does not fit.
 *
 * Files are put together from exports that do not agree: a cell that is
 * beyond doubt in UTF-8 is read so in a document of 8-bit letters, and one
 * that has nothing of UTF-8 is read as windows-1252 in a document of UTF-8 (or
 * of ASCII, as far as the sample went). UTF-8 that somebody took for
 * windows-1252 and encoded again is undone. Of UTF-16 and UTF-32, ${cell}
 * comes from a window, in UTF-8.
 *
 * Owns     Nothing: the span lies in ${cell} or in ${out}.
 */
struct span charset_cell(enum charset cs, struct span cell, uint8_t *out,
			 size_t cap);

/** Where a piece of a window begins, in the source and in the text. */
struct charset_mark {
	uint32_t source;
	uint32_t text;
};

/** A window of a document as UTF-8, and the way back to its bytes. */
struct charset_window {
	struct span text;   /* UTF-8 */
	struct span source; /* what was decoded: the input, or less by an
			       unfinished character */
	enum charset charset;
	uint64_t replaced; /* as in struct charset_done */
	struct charset_mark *marks;
	size_t n_marks; /* 1 or more; the first is zero, the last the ends */
};

/**
 * charset_window(cs, in, is_last, a, ret):
 * Decode ${in} whole into ${a}, and remember where its characters were. When
 * ${is_last} is false, an unfinished character at the end is left out:
 * ${ret}->source.n says how much was taken.
 *
 * Errors   RC_LIMIT: ${a} is full, or ${in} is longer than CHARSET_WINDOW_MAX.
 *          RC_UNSUPPORTED: CHARSET_NONE.
 * Owns     ${a} holds text and marks; source is the caller's ${in}.
 */
enum rc charset_window(enum charset cs, struct span in, bool is_last,
		       struct arena *a, struct charset_window *ret);

/**
 * charset_window_source(w, at), charset_window_text(w, source_at):
 * Find the offset in ${w}->source of the character that holds byte ${at} of
 * ${w}->text, and the other way round: the offset in text of the character
 * that holds byte ${source_at}. What is past the end gives the end.
 *
 * Cost     O(log n + CHARSET_STEP).
 */
size_t charset_window_source(const struct charset_window *w, size_t at);
size_t charset_window_text(const struct charset_window *w, size_t source_at);

#endif
