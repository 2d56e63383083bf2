#include "case/journal.h"

#include "base/io.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAGIC = 0x4a534f54 }; /* "TOSJ" */

struct head {
	uint32_t magic;
	uint32_t type;
	uint64_t bytes; /* that follow */
	/* Of this head and the tag before: without it, a changed length could
	 * pass for a torn end. */
	uint8_t check[8];
};

enum {
	HEAD_BYTES = sizeof(struct head),
	ABOUT_BYTES = HEAD_BYTES + SEAL_TAG_BYTES,
};

struct journal {
	int fd;
	struct seal_key key;
	struct journal_place next; /* to be read, or written */
	uint8_t *buffer;           /* head and sealed payload */
	size_t room;
};

enum rc
journal_open(int fd, const struct seal_key *key, struct journal **ret_j)
{
	struct journal *j = calloc(1, sizeof(*j));

	if (j == NULL)
		return RC_NOMEM;
	j->fd = fd;
	j->key = *key;
	*ret_j = j;
	return RC_OK;
}

static enum rc
make_room(struct journal *j, size_t n)
{
	if (n <= j->room)
		return RC_OK;
	const size_t room = n + n / 4;
	uint8_t *p = malloc(room);
	if (p == NULL)
		return RC_NOMEM;
	free(j->buffer);
	j->buffer = p;
	j->room = room;
	return RC_OK;
}

/* What a seal is about: the head, and what came before. */
static struct span
about(const struct head *h, const uint8_t before[static SEAL_TAG_BYTES],
      uint8_t out[static ABOUT_BYTES])
{
	memcpy(out, h, HEAD_BYTES);
	memcpy(out + HEAD_BYTES, before, SEAL_TAG_BYTES);
	return (struct span){out, ABOUT_BYTES};
}

static void
check_of(const struct journal *j, const struct head *h,
	 const uint8_t before[static SEAL_TAG_BYTES], uint8_t out[static 8])
{
	struct head plain = *h;
	uint8_t bytes[ABOUT_BYTES];
	uint8_t sum[SEAL_SUM_BYTES];

	memset(plain.check, 0, sizeof(plain.check));
	seal_sum(&j->key, about(&plain, before, bytes), sum);
	memcpy(out, sum, sizeof(plain.check));
}

static bool
all_zero(const uint8_t *p, size_t n)
{
	while (n > 0 && p[n - 1] == 0)
		n--;
	return n == 0;
}

/* A system that lost its power may have made a file longer than what it wrote:
 * the end is then zeros. */
static enum rc
torn_or_damaged(const uint8_t *p, size_t n)
{
	return all_zero(p, n) ? RC_END : RC_FORMAT;
}

static enum rc
read_head(const struct journal *j, const struct journal_place *place,
	  struct head *h)
{
	uint8_t check[sizeof(h->check)];
	size_t got;
	const enum rc rc = io_read_at(j->fd, h, HEAD_BYTES, place->at, &got);

	if (rc != RC_OK)
		return rc;
	if (got < HEAD_BYTES)
		return RC_END;
	check_of(j, h, place->before, check);
	if (memcmp(check, h->check, sizeof(check)) != 0)
		return torn_or_damaged((const uint8_t *)h, HEAD_BYTES);
	return h->magic == MAGIC && h->bytes >= SEAL_EXTRA_BYTES &&
			       h->bytes <= JOURNAL_BYTES_MAX
		       ? RC_OK
		       : RC_FORMAT;
}

/* Read the record at ${place}, whose place is then overwritten by that of the
 * record after it. */
static enum rc
read_record(struct journal *j, struct journal_place *place,
	    struct journal_record *ret)
{
	uint8_t bytes[ABOUT_BYTES];
	struct head h;
	size_t got;
	enum rc rc = read_head(j, place, &h);

	if (rc == RC_OK)
		rc = make_room(j, (size_t)h.bytes);
	if (rc == RC_OK)
		rc = io_read_at(j->fd, j->buffer, (size_t)h.bytes,
				place->at + HEAD_BYTES, &got);
	if (rc != RC_OK)
		return rc;
	if (got < h.bytes)
		return RC_END;
	uint8_t after[SEAL_TAG_BYTES];
	memcpy(after, j->buffer + h.bytes - SEAL_TAG_BYTES, sizeof(after));
	uint8_t *plain = j->buffer + SEAL_NONCE_BYTES;
	rc = seal_open(&j->key, about(&h, place->before, bytes),
		       (struct span){j->buffer, got}, plain);
	if (rc != RC_OK)
		return torn_or_damaged(after, sizeof(after));
	ret->type = h.type;
	ret->payload = (struct span){plain, got - SEAL_EXTRA_BYTES};
	ret->place = *place;
	place->at += HEAD_BYTES + h.bytes;
	memcpy(place->before, after, sizeof(after));
	return RC_OK;
}

enum rc
journal_next(struct journal *j, struct journal_record *ret)
{
	return read_record(j, &j->next, ret);
}

enum rc
journal_read(struct journal *j, const struct journal_place *place,
	     struct journal_record *ret)
{
	struct journal_place copy = *place;
	const enum rc rc = read_record(j, &copy, ret);

	return rc == RC_END ? RC_FORMAT : rc;
}

enum rc
journal_cut(struct journal *j, const struct journal_place *place)
{
	if (place != NULL)
		j->next = *place;
	return ftruncate(j->fd, (off_t)j->next.at) == 0 ? RC_OK : RC_IO;
}

enum rc
journal_add(struct journal *j, uint32_t type, const struct span *parts,
	    size_t n)
{
	uint8_t bytes[ABOUT_BYTES];
	struct head h = {.magic = MAGIC, .type = type};
	size_t plain = 0;

	assert(n <= JOURNAL_PARTS_MAX);
	for (size_t i = 0; i < n; i++)
		plain += parts[i].n;
	if (plain > JOURNAL_BYTES_MAX - SEAL_EXTRA_BYTES)
		return RC_LIMIT;
	h.bytes = plain + SEAL_EXTRA_BYTES;
	enum rc rc = make_room(j, HEAD_BYTES + (size_t)h.bytes);
	if (rc != RC_OK)
		return rc;
	check_of(j, &h, j->next.before, h.check);
	memcpy(j->buffer, &h, HEAD_BYTES);
	uint8_t *sealed = j->buffer + HEAD_BYTES;
	uint8_t *p = sealed + SEAL_NONCE_BYTES;
	for (size_t i = 0; i < n; i++) {
		if (parts[i].n > 0)
			memcpy(p, parts[i].p, parts[i].n);
		p += parts[i].n;
	}
	seal_close(&j->key, about(&h, j->next.before, bytes),
		   (struct span){sealed + SEAL_NONCE_BYTES, plain}, sealed);
	rc = io_write_at(j->fd, j->buffer, HEAD_BYTES + (size_t)h.bytes,
			 j->next.at);
	if (rc != RC_OK)
		return rc;
	j->next.at += HEAD_BYTES + h.bytes;
	memcpy(j->next.before, sealed + h.bytes - SEAL_TAG_BYTES,
	       SEAL_TAG_BYTES);
	return RC_OK;
}

void
journal_free(struct journal *j)
{
	if (j == NULL)
		return;
	seal_key_wipe(&j->key);
	free(j->buffer);
	free(j);
}
