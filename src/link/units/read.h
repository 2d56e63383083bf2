/* link/units, inside: from mentions to units, a thousand at a time. Threads
 * first form the values that their mentions have (read_chunk), then number
 * those that fall to them (read_number), then write the numbers into the units
 * (read_finish); between the steps they wait for each other. */
#ifndef TOCSIN_LINK_UNITS_READ_H
#define TOCSIN_LINK_UNITS_READ_H

#include "link/units/units.h"

enum {
	READ_MENTIONS = 1024, /* of a chunk, at most */
	READ_NIR = MENTION_TEXTS,
	READ_PHONES,
	READ_VALUES = READ_PHONES + UNITS_PHONES, /* of a mention */
	READ_REFS = READ_MENTIONS * READ_VALUES,
	READ_CACHE = 1 << 14, /* places for the values of a chunk, at most 12
				 a mention */
};

/** A value that is to be numbered. */
struct read_value {
	uint64_t hash;
	uint64_t note;
	uint32_t at; /* in texts */
	uint32_t id; /* its number, once it has one */
	uint16_t n;
	uint8_t set; /* enum units_set */
};

/** A text of a block, or a number, that its chunk has met. */
struct read_cached {
	uint64_t
		key; /* text's place in the heap, or number, and set; 0: free */
	uint32_t value;
};

/** Some mentions of one block, and memory that is used again. */
struct read_chunk {
	struct room *room;
	const struct mention_block *block;
	size_t from, to;    /* mentions of the block */
	struct unit *units; /* [READ_MENTIONS] what they say */
	uint64_t *content;  /* [READ_MENTIONS] a hash of it */
	struct read_value *values;
	uint32_t n_values;
	uint32_t cap_values;
	uint8_t *texts;
	uint32_t n_texts;
	uint32_t cap_texts;
	uint32_t *refs; /* [READ_REFS] value, plus 1 */
};

/**
 * read_chunk_init(c, room), read_chunk_done(c):
 * Take and give back the memory of ${c}.
 *
 * Errors   RC_LIMIT.
 */
enum rc read_chunk_init(struct read_chunk *c, struct room *room);
void read_chunk_done(struct read_chunk *c);

/**
 * read_chunk(c, cache):
 * Read the mentions of ${c} into its units, all but their values, and list
 * those. ${cache} is room for READ_CACHE values.
 *
 * Errors   RC_LIMIT.
 */
enum rc read_chunk(struct read_chunk *c, struct read_cached *cache);

/**
 * read_number(c, sets, part, parts):
 * Number the values of ${c} whose shard is one of thread ${part}'s.
 *
 * Errors   RC_LIMIT.
 */
enum rc read_number(struct read_chunk *c, struct values *const *sets,
		    unsigned part, unsigned parts);

/**
 * read_finish(c):
 * Write the numbers into the units of ${c}, and work out their content.
 */
void read_finish(const struct read_chunk *c);

#endif
