/* link/values: every distinct value of a kind once, under a number, so that
 * two values are equal when their numbers are. The numbers depend on who came
 * first: they are handles, and nothing may be ordered or drawn by them. */
#ifndef TOCSIN_LINK_VALUES_H
#define TOCSIN_LINK_VALUES_H

#include "base/rc.h"
#include "base/span.h"
#include "link/room/room.h"

enum {
	VALUES_SHARDS = 16,    /* a thread adds to shards of its own only */
	VALUES_TEXT_MAX = 254, /* bytes of a value, at most */
	VALUES_SHARD_MAX = (1 << 24) - 2, /* values of a shard, at most */
};

/** What a set holds. */
enum values_kind {
	VALUES_TEXTS,
	VALUES_NOTED,   /* texts, with a note each */
	VALUES_NUMBERS, /* eight bytes each, nothing else beside them */
};

/** Opaque. Threads may add at the same time if each keeps to its shards;
 * the functions that read may run when no thread adds. */
struct values;

/**
 * values_new(room, kind):
 * Make an empty set that takes its memory from ${room}.
 *
 * Returns  NULL if there is none.
 */
struct values *values_new(struct room *room, enum values_kind kind);

/**
 * values_hash_of(text):
 * The hash by which values_add() knows ${text}.
 */
uint64_t values_hash_of(struct span text);

/** values_shard(hash): The shard of a value with that hash. */
static inline unsigned
values_shard(uint64_t hash)
{
	return (unsigned)(hash >> 60);
}

/**
 * values_expect_slot(v, hash), values_expect_place(v, hash),
 * values_expect_entry(v, hash):
 * Say that ${hash} will be added soon, each some additions ahead and in this
 * order, so that memory is on its way and none of them waits for it.
 */
void values_expect_slot(const struct values *v, uint64_t hash);
void values_expect_place(const struct values *v, uint64_t hash);
void values_expect_entry(const struct values *v, uint64_t hash);

/**
 * values_add(v, text, hash, note, ret_id):
 * Find or add ${text}, not empty, whose hash is ${hash}. Of the notes that come
 * with equal texts, the one with the most bits is kept, of those the smallest;
 * a set without notes keeps none.
 *
 * Returns  Its number, from 1, in ${ret_id}.
 * Errors   RC_LIMIT: no room left.
 */
enum rc values_add(struct values *v, struct span text, uint64_t hash,
		   uint64_t note, uint32_t *ret_id);

/**
 * values_close(v):
 * Give back what only values_add() needs; nothing is added from now on.
 *
 * Errors   RC_LIMIT: no room to move what is kept to.
 */
enum rc values_close(struct values *v);

/**
 * values_end(v):
 * One more than the largest number given out.
 */
uint32_t values_end(const struct values *v);

/**
 * values_text(v, id), values_note(v, id), values_hash(v, id):
 * What ${id} stands for; empty and 0 for 0 and for numbers never given out.
 *
 * Cost     values_hash(): that of hashing the text again.
 */
struct span values_text(const struct values *v, uint32_t id);
uint64_t values_note(const struct values *v, uint32_t id);
uint64_t values_hash(const struct values *v, uint32_t id);

/**
 * values_number(v, id), values_expect(v, id):
 * The number ${id} of a set of numbers, 0 as above; say that values_text() or
 * values_number() of ${id} will be asked soon.
 */
uint64_t values_number(const struct values *v, uint32_t id);
void values_expect(const struct values *v, uint32_t id);

/**
 * values_free(v):
 * Wipe and release ${v}; NULL does nothing.
 */
void values_free(struct values *v);

#endif
