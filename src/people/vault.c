#include "people/vault.h"

#include "base/io.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

static enum rc
view_blocks(struct vault *v, const struct vault_place *index)
{
	for (size_t i = 0; i < v->n; i++) {
		if (index[i].at > v->bytes || index[i].at % 8 != 0 ||
		    index[i].bytes > v->bytes - index[i].at)
			return RC_FORMAT;
		const struct span bytes = {
			(const uint8_t *)v->map + index[i].at, index[i].bytes};
		const enum rc rc = mention_block_view(bytes, &v->blocks[i]);
		if (rc != RC_OK)
			return rc;
		v->mentions += v->blocks[i].n;
	}
	return RC_OK;
}

enum rc
vault_open(int fd, int index_fd, uint64_t n, struct vault *v)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return RC_IO;
	v->bytes = (size_t)st.st_size;
	v->n = n;
	if (v->n > SIZE_MAX / sizeof(struct mention_block))
		return RC_LIMIT;
	v->blocks = calloc(v->n + 1, sizeof(*v->blocks));
	struct vault_place *index = calloc(v->n + 1, sizeof(*index));
	const size_t index_bytes = v->n * sizeof(*index);
	size_t got = 0;
	enum rc rc = v->blocks == NULL || index == NULL ? RC_NOMEM : RC_OK;
	if (rc == RC_OK && v->bytes > 0) {
		v->map = mmap(NULL, v->bytes, PROT_READ, MAP_SHARED, fd, 0);
		if (v->map == MAP_FAILED) {
			v->map = NULL;
			rc = RC_NOMEM;
		}
	}
	if (rc == RC_OK)
		rc = io_read_at(index_fd, index, index_bytes, 0, &got);
	if (rc == RC_OK && got < index_bytes)
		rc = RC_IO;
	if (rc == RC_OK)
		rc = view_blocks(v, index);
	free(index);
	return rc;
}

void
vault_close(struct vault *v)
{
	if (v->map != NULL)
		(void)munmap(v->map, v->bytes);
	free(v->blocks);
}
