/* leakgen: the free text of the comment columns, and what it says. */
#ifndef LEAKGEN_NOTES_H
#define LEAKGEN_NOTES_H

#include "people.h"

enum { NOTES_EVENTS_MAX = 4, NOTES_TEXT_MAX = 800 };

/** What a note may tell of somebody. */
enum note_topic {
	TOPIC_HIV,
	TOPIC_PREGNANCY,
	TOPIC_ABORTION,
	TOPIC_HEPATITIS,
	TOPIC_STI,
	TOPIC_ADDICTION,
	TOPIC_PSYCHIATRY,
	TOPIC_ONCOLOGY,
	TOPIC_DIABETES,
	TOPIC_THYROID,
	TOPIC_FERTILITY,
	TOPIC_GENETICS,
	TOPIC_DISABILITY,
	TOPIC_COUNT
};

/** How a note tells it. */
enum note_status {
	NOTE_ASSERTED, /* the patient has it */
	NOTE_TESTED,   /* looked for, negative, not known */
	NOTE_OTHER,    /* somebody else has it */
	NOTE_NONE,     /* only seems to be about it */
	NOTE_STATUSES
};

/** Identifiers that a note may hold, a bit each. */
enum note_mention { NOTE_PHONE = 1, NOTE_MAIL = 2, NOTE_NIR = 4 };

/** One thing that a note says. */
struct note_event {
	uint8_t topic;
	uint8_t status;
};

/** All that a note says. */
struct note_facts {
	struct note_event events[NOTES_EVENTS_MAX];
	uint8_t events_n;
	uint8_t mentions;
};

/** Where templates of one topic and status are, made by notes_init(). */
struct notes {
	uint16_t at[TOPIC_COUNT][NOTE_STATUSES][40];
	uint8_t n[TOPIC_COUNT][NOTE_STATUSES];
	uint16_t traps[100];
	uint16_t traps_n;
};

/** notes_init(notes): Fill ${notes}. */
void notes_init(struct notes *notes);

/** notes_topic(topic), notes_status(status): As the truth files say it. */
const char *notes_topic(uint8_t topic);
const char *notes_status(uint8_t status);

/**
 * notes_write(notes, m, p, age, r, t, ret_facts):
 * Append a comment about ${p}, ${age} years old, to ${t}.
 */
void notes_write(const struct notes *notes, const struct maker *m,
		 const struct person *p, uint32_t age, struct rng *r,
		 struct text *t, struct note_facts *ret_facts);

#endif
