/* detect/health: what a note gives away. It finds health topics in free text,
 * French or English, and says of each whether it is said of the patient, only
 * tested or denied, or said of somebody else. */
#ifndef TOCSIN_DETECT_HEALTH_H
#define TOCSIN_DETECT_HEALTH_H

#include "base/kind.h"
#include "detect/words/words.h"

enum {
	HEALTH_SENTENCE_MARKS = 192, /* words of the vocabulary and signs that
					are judged together; a sentence with
					more is judged in parts */
	HEALTH_WORD_MAX = 31,        /* letters of a word that are looked at */
	HEALTH_NOTES_MAX = 4096,     /* values that health_is_note() reads */
};

/** How a topic is meant. HEALTH_NONE is never returned. */
enum health_sense {
	HEALTH_NONE,
	HEALTH_OTHER,  /* of somebody else: a relative, a source of infection */
	HEALTH_TESTED, /* of the patient: asked, tested, denied, or absent. It
			  still reveals the question */
	HEALTH_SAID,   /* of the patient: has it, is it, takes it */
};

/** One word of a note that names a topic. */
struct health_hit {
	uint32_t at, n; /* the word, in bytes of the note */
	uint8_t topic;  /* enum topic */
	uint8_t sense;  /* enum health_sense */
};

/**
 * health_read(note, hits, cap, ret_said, ret_tested):
 * Find the topics of ${note} (UTF-8), in the order of their words, and write
 * the first ${cap} of them to ${hits}. Bit t of ${ret_said} is set if topic t
 * is said of the patient, of ${ret_tested} if it is only tested, among all of
 * the note. No topic is in both: a said one is not listed as tested.
 *
 * Returns  How many were written.
 * Cost     O(n), no allocation, no state. A note without a word that can name a
 *          topic costs a cycle or two a byte, others some fifteen. Of a note
 *          beyond 4 GiB the first 4 GiB are read.
 * Source   docs/health-topics.md.
 */
size_t health_read(struct span note, struct health_hit *hits, size_t cap,
		   uint32_t *ret_said, uint32_t *ret_tested);

/** health_read_words(note, hits, cap, ret_said, ret_tested): health_read() of a
 * text that others read, too. */
size_t health_read_words(struct words_text *note, struct health_hit *hits,
			 size_t cap, uint32_t *ret_said, uint32_t *ret_tested);

/** health_find(note, hits, cap), health_summary(note, ret_said, ret_tested):
 * One half of the answer of health_read(). */
size_t health_find(struct span note, struct health_hit *hits, size_t cap);
void health_summary(struct span note, uint32_t *ret_said, uint32_t *ret_tested);

/**
 * health_mentions(text):
 * Is there any word of medicine in ${text}, whatever it means?
 */
bool health_mentions(struct span text);

/**
 * health_is_note(values, n):
 * Say whether a column with the sample ${values} holds notes on health: enough
 * of those that are not empty name something medical in words of their own. A
 * column of analyses or acts ("TSH", "VIH;HCG") does not; nor does one that
 * repeats few values.
 *
 * Cost     O(bytes); reads the first HEALTH_NOTES_MAX values.
 */
bool health_is_note(const struct span *values, size_t n);

/** The normalised value is the folded note, cut at NORM_MAX. KIND_WEAK for
 * whatever health_mentions(): free text has no check. */
extern const struct kind kind_health_note;

#endif
