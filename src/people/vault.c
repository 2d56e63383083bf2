#include "people/vault.h"

#include "base/io.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

/** Bytes that are wiped before they are given back. */
struct room {
	uint8_t *p;
	size_t n;
};

struct vault {
	struct vault_files files;
	struct seal_key key;
	struct vault_place *index;
	void *map; /* of the memory file */
	size_t map_bytes;
	struct room opened; /* the last sealed block */
};

static void
room_free(struct room *r)
{
	if (r->p != NULL)
		explicit_bzero(r->p, r->n);
	free(r->p);
	*r = (struct room){NULL, 0};
}

static enum rc
room_get(struct room *r, size_t n)
{
	if (n <= r->n)
		return RC_OK;
	room_free(r);
	r->p = malloc(n);
	if (r->p == NULL)
		return RC_NOMEM;
	r->n = n;
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
		/* What is viewed where it lies must lie where words do. */
		if (p->sealed == 0 && p->at % 8 != 0)
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
	if (!index_is_sound(v, memory_bytes, disk_bytes))
		return RC_FORMAT;
	if (memory_bytes == 0)
		return RC_OK;
	void *map = mmap(NULL, memory_bytes, PROT_READ, MAP_SHARED,
			 v->files.memory, 0);
	if (map == MAP_FAILED)
		return RC_NOMEM;
	v->map = map;
	v->map_bytes = memory_bytes;
	return RC_OK;
}

enum rc
vault_open(const struct vault_files *files, const struct seal_key *key,
	   struct vault **ret_vault)
{
	struct vault *v = calloc(1, sizeof(*v));

	if (v == NULL)
		return RC_NOMEM;
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

/* Read a sealed block, and open it where it lies: behind its nonce, that is at
 * a multiple of eight. */
static enum rc
open_sealed(struct vault *v, const struct vault_place *place,
	    struct span *ret_bytes)
{
	struct room *room = &v->opened;
	size_t got = 0;
	enum rc rc = room_get(room, place->bytes);

	if (rc == RC_OK)
		rc = io_read_at(v->files.disk, room->p, place->bytes, place->at,
				&got);
	if (rc != RC_OK)
		return rc;
	if (got != place->bytes || got < SEAL_EXTRA_BYTES)
		return RC_FORMAT;
	uint8_t *plain = room->p + SEAL_NONCE_BYTES;
	rc = seal_open(&v->key, (struct span){NULL, 0},
		       (struct span){room->p, got}, plain);
	*ret_bytes = (struct span){plain, got - SEAL_EXTRA_BYTES};
	return rc;
}

enum rc
vault_block(struct vault *v, size_t i, struct mention_block *ret_block)
{
	const struct vault_place *place = &v->index[i];
	struct span bytes;

	if (place->sealed == 0) {
		bytes = (struct span){(const uint8_t *)v->map + place->at,
				      place->bytes};
	} else {
		const enum rc rc = open_sealed(v, place, &bytes);

		if (rc != RC_OK)
			return rc;
	}
	return mention_block_view(bytes, ret_block);
}

void
vault_close(struct vault *v)
{
	if (v == NULL)
		return;
	if (v->map != NULL)
		(void)munmap(v->map, v->map_bytes);
	room_free(&v->opened);
	seal_key_wipe(&v->key);
	free(v->index);
	free(v);
}
