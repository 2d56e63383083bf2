/* format/text: everything that is text but no table. A record is a line, given
 * as a row of one column; lines may be grouped in blocks, parted by blank
 * lines, as a letter or an address is.
 *
 * Bytes are in UTF-8 or an eight-bit charset and are never decoded here. What
 * a record is depends on nothing but where it starts:
 *  - a line ends at LF, CR or both together, which are not part of it;
 *  - a line of blanks only is no record; it is counted;
 *  - a line that does not end within TEXT_LINE_MAX bytes is cut, after a blank
 *    if there is one near, otherwise between two characters; the rest is read
 *    as lines of its own, so that nothing is lost;
 *  - a block ends before a blank line, or before the first line that starts
 *    TEXT_BLOCK_MAX bytes after it;
 *  - NUL bytes are data. */
#ifndef TOCSIN_FORMAT_TEXT_TEXT_H
#define TOCSIN_FORMAT_TEXT_TEXT_H

#include "base/batch.h"
#include "base/rc.h"
#include "base/span.h"

enum {
	TEXT_LINE_MAX = 1 << 20,  /* bytes of a record */
	TEXT_BLOCK_MAX = 1 << 16, /* bytes from the first line of a block to
				     its last line's start */
	TEXT_BLANK_REACH = 4096,  /* how far back a cut looks for a blank */
	/* Bytes past the end of a range that hold what starts in it. */
	TEXT_REACH = TEXT_LINE_MAX + TEXT_BLOCK_MAX + 2,
	TEXT_SAMPLE_MAX = 1 << 18, /* bytes text_has_blocks() looks at */
};

/** What belongs together, and to the range in which it starts. */
enum text_unit { TEXT_LINES, TEXT_BLOCKS };

/** What was met, since text_open(). Those of ranges add up to the whole. */
struct text_counts {
	uint64_t records; /* given out */
	uint64_t blocks;  /* begun; as records, if lines are the unit */
	uint64_t blank;   /* lines of blanks only */
	uint64_t cut;     /* records that end in a cut, not a line end */
};

/** A reader. Caller's storage; the fields are private. */
struct text {
	enum text_unit unit;
	struct text_counts counts;
	struct span window;
	size_t at;    /* where the next line starts */
	size_t stop;  /* units that start from here on are not ours */
	size_t block; /* start of the block that we are in.. */
	bool inside;  /* ..if we are in one */
	bool is_last;
	size_t next_lf; /* the first LF and CR from ${at} on, or window.n: */
	size_t next_cr; /* no byte is looked for twice */
};

/**
 * text_open(t, unit, window, is_last):
 * Set ${t} to the start of ${window}, where a line must start; ${is_last} says
 * that the document ends with it.
 *
 * Errors   RC_LIMIT: a window of 4 GiB or more.
 * Owns     Nothing.
 */
enum rc text_open(struct text *t, enum text_unit unit, struct span window,
		  bool is_last);

/**
 * text_range(t, from, stop):
 * Read only the units and blank lines that start in bytes [${from}, ${stop})
 * of the window. Before the first text_next().
 *
 * A document cut anywhere gives the same records and blocks as in one pass if
 * each range starts where the one before it ended, by text_offset(). A window
 * that goes on for TEXT_REACH bytes after ${stop} never gives RC_MORE.
 */
void text_range(struct text *t, size_t from, size_t stop);

/**
 * text_next(t, b, group):
 * Fill ${b}, whose cols is 1, with up to BATCH_ROWS records, and ${group}, if
 * it is not NULL, with the number of the block of each, counted from 0 since
 * text_open().
 *
 * Returns  RC_OK: at least one row. RC_END: no record left. RC_MORE: the
 *          window ends inside the line at text_offset() and the document goes
 *          on. Rows before it were given out; open a longer window from
 *          text_restart(), which repeats those of its block.
 * Owns     Nothing: cells point into the window.
 * Cost     O(bytes), about two looks at each.
 */
enum rc text_next(struct text *t, struct batch *b, uint32_t *group);

/**
 * text_offset(t):
 * Where the next line starts, from the window's start: after RC_END the end
 * of what was read, where the next range starts.
 */
size_t text_offset(const struct text *t);

/**
 * text_restart(t):
 * Where the unit that ${t} is in starts; text_offset(t) if it is in none.
 */
size_t text_restart(const struct text *t);

/**
 * text_counts(t):
 * What ${t} has met since text_open().
 */
struct text_counts text_counts(const struct text *t);

/**
 * text_resync(unit, window, from):
 * Guess where the first unit or blank line at or after byte ${from} of
 * ${window} starts, from what stands around it. For lines one byte before
 * ${from} is enough, for blocks one line. ${from} 0 is taken as the middle of a
 * line, unless the document starts there: then nobody needs to ask.
 *
 * Returns  An offset in the window; window.n if none starts in it. The guess
 *          is wrong only where long lines or blocks were cut. That costs a
 *          second reading, never a wrong result: see text_range().
 * Cost     O(length of two lines).
 */
size_t text_resync(enum text_unit unit, struct span window, size_t from);

/**
 * text_has_blocks(sample):
 * Say whether blank lines part the lines of ${sample} in groups worth the
 * name: most of them of 2 to 64 lines. If not, the unit is the line.
 *
 * Cost     O(n), at most TEXT_SAMPLE_MAX bytes.
 */
bool text_has_blocks(struct span sample);

#endif
