#include "people/vault.h"

#include "base/io.h"
#include "link/room/room.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct vault {
	struct vault_files files;
	struct seal_key key;
	struct vault_place *index;
	struct room room;
	uint8_t *held; /* [cap] the last block */
	size_t cap;
};

static enum rc
make_room(struct vault *v, size_t n)
{
	const size_t more = n + n / 4; /* blocks are of a size, more or less */

	if (n <= v->cap)
		return RC_OK;
	room_give(&v->room, v->held, v->cap, 1);
	v->cap = 0;
	v->held = ROOM_ARRAY(&v->room, more, uint8_t);
	if (v->held == NULL)
		return RC_NOMEM;
	v->cap = more;
	return RC_OK;
}

static enum rc
size_of(int fd, uint64_t *ret_bytes)
{
	struct stat st;

	*ret_bytes = 0;
	if (fd < 0)
		return RC_OK;
	if (fstat(fd, &st) != 0)
		return RC_IO;
	*ret_bytes = (uint64_t)st.st_size;
	return RC_OK;
}

static bool
index_is_sound(const struct vault *v, uint64_t memory_bytes,
	       uint64_t disk_bytes)
{
	for (uint64_t i = 0; i < v->files.n; i++) {
		const struct vault_place *p = &v->index[i];
		const uint64_t end = p->sealed != 0 ? disk_bytes : memory_bytes;

		if (p->at > end || p->bytes > end - p->at ||
		    p->bytes > VAULT_BLOCK_MAX)
			return false;
	}
	return true;
}

static enum rc
read_index(struct vault *v)
{
	const uint64_t n = v->files.n;
	size_t got = 0;

	if (n > SIZE_MAX / sizeof(*v->index) - 1)
		return RC_FORMAT;
	v->index = calloc(n + 1, sizeof(*v->index));
	if (v->index == NULL)
		return RC_NOMEM;
	const size_t bytes = n * sizeof(*v->index);
	const enum rc rc = io_read_at(v->files.index, v->index, bytes, 0, &got);
	if (rc != RC_OK)
		return rc;
	return got == bytes ? RC_OK : RC_FORMAT;
}

static enum rc
set_up(struct vault *v)
{
	uint64_t memory_bytes;
	uint64_t disk_bytes;
	enum rc rc = read_index(v);

	if (rc == RC_OK)
		rc = size_of(v->files.memory, &memory_bytes);
	if (rc == RC_OK)
		rc = size_of(v->files.disk, &disk_bytes);
	if (rc != RC_OK)
		return rc;
	return index_is_sound(v, memory_bytes, disk_bytes) ? RC_OK : RC_FORMAT;
}

enum rc
vault_open(const struct vault_files *files, const struct seal_key *key,
	   struct vault **ret_vault)
{
	struct vault *v = calloc(1, sizeof(*v));

	if (v == NULL)
		return RC_NOMEM;
	room_init(&v->room, 0);
	v->files = *files;
	v->key = *key;
	const enum rc rc = set_up(v);
	if (rc != RC_OK) {
		vault_close(v);
		return rc;
	}
	*ret_vault = v;
	return RC_OK;
}

size_t
vault_blocks(const struct vault *v)
{
	return (size_t)v->files.n;
}

/* Open the block that was read, where it lies: behind its nonce, that is at a
 * multiple of eight. */
static enum rc
open_sealed(struct vault *v, size_t n, struct span *ret_bytes)
{
	uint8_t *plain = v->held + SEAL_NONCE_BYTES;

	if (n < SEAL_EXTRA_BYTES)
		return RC_FORMAT;
	*ret_bytes = (struct span){plain, n - SEAL_EXTRA_BYTES};
	return seal_open(&v->key, (struct span){NULL, 0},
			 (struct span){v->held, n}, plain);
}

enum rc
vault_block(struct vault *v, size_t i, struct mention_block *ret_block)
{
	const struct vault_place *place = &v->index[i];
	const bool sealed = place->sealed != 0;
	size_t got = 0;
	enum rc rc = make_room(v, place->bytes);

	/* A copy: whoever wrote it may still change it, and where it is mapped
	 * each few pages of it cost a fault. */
	if (rc == RC_OK)
		rc = io_read_at(sealed ? v->files.disk : v->files.memory,
				v->held, place->bytes, place->at, &got);
	if (rc != RC_OK)
		return rc;
	if (got != place->bytes)
		return RC_FORMAT;
	struct span bytes = {v->held, got};
	if (sealed)
		rc = open_sealed(v, got, &bytes);
	return rc == RC_OK ? mention_block_view(bytes, ret_block) : rc;
}

void
vault_close(struct vault *v)
{
	if (v == NULL)
		return;
	room_give(&v->room, v->held, v->cap, 1);
	seal_key_wipe(&v->key);
	free(v->index);
	free(v);
}
