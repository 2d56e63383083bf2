/* link/values: every distinct value of a kind once, under a number, so that
 * two values are equal when their numbers are. The numbers depend on who came
 * first: they are handles, and nothing may be ordered or drawn by them. */
#ifndef TOCSIN_LINK_VALUES_H
#define TOCSIN_LINK_VALUES_H

#include "base/rc.h"
#include "base/span.h"
#include "link/room/room.h"

enum {
	VALUES_SHARDS = 64,    /* a thread adds to shards of its own only */
	VALUES_TEXT_MAX = 254, /* bytes of a value, at most */
	VALUES_MAX = 1 << 30,  /* values of a set, at most */
};

/** Opaque. Threads may add at the same time if each keeps to its shards;
 * the functions that read may run when no thread adds. */
struct values;

/**
 * values_new(room):
 * Make an empty set that takes its memory from ${room}.
 *
 * Returns  NULL if there is none.
 */
struct values *values_new(struct room *room);

/**
 * values_hash_of(text):
 * The hash by which values_add() knows ${text}.
 */
uint64_t values_hash_of(struct span text);

/** values_shard(hash): The shard of a value with that hash. */
static inline unsigned
values_shard(uint64_t hash)
{
	return (unsigned)(hash >> 58);
}

/**
 * values_expect_slot(v, hash), values_expect_entry(v, hash):
 * Say that ${hash} will be added soon, a dozen additions ahead and half a
 * dozen ahead, so that memory is on its way.
 */
void values_expect_slot(const struct values *v, uint64_t hash);
void values_expect_entry(const struct values *v, uint64_t hash);

/**
 * values_add(v, text, hash, note, ret_id):
 * Find or add ${text}, not empty, whose hash is ${hash}. Of the notes that come
 * with equal texts, the one with the most bits is kept, of those the smallest.
 *
 * Returns  Its number, from 1, in ${ret_id}.
 * Errors   RC_LIMIT: no room left.
 */
enum rc values_add(struct values *v, struct span text, uint64_t hash,
		   uint64_t note, uint32_t *ret_id);

/**
 * values_end(v):
 * One more than the largest number given out.
 */
uint32_t values_end(const struct values *v);

/**
 * values_text(v, id), values_note(v, id), values_hash(v, id):
 * What ${id} stands for; empty and 0 for 0 and for numbers never given out.
 */
struct span values_text(const struct values *v, uint32_t id);
uint64_t values_note(const struct values *v, uint32_t id);
uint64_t values_hash(const struct values *v, uint32_t id);

/**
 * values_free(v):
 * Wipe and release ${v}; NULL does nothing.
 */
void values_free(struct values *v);

#endif
