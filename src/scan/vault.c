/* The vault: mentions on their way to the worker that links. In clear they
 * are in a memory file that the parent never maps; sealed they are in the
 * vault of a case, or in a file without a name once memory is short. */
#include "base/io.h"
#include "scan/scan_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <unistd.h>

/* Of the memory of a scan, what mentions may take before they are sealed and
 * put on a disk: reading them back is cheap, and linking needs twice as much as
 * they are long. */
enum { VAULT_SHARE = 8 };

bool
vault_seals(const struct scanner *s)
{
	return s->o->folder != NULL ||
	       s->result->vault_bytes > s->memory_bytes / VAULT_SHARE;
}

/* Append a memory file to that of the vault, inside the kernel. */
static enum rc
append_clear(struct scan_result *res, int from_fd, uint64_t n, struct range *r)
{
	off_t from = 0;

	r->vault_at = res->vault_bytes;
	if (lseek(res->vault, (off_t)r->vault_at, SEEK_SET) < 0)
		return RC_IO;
	while (n > 0) {
		const ssize_t k = sendfile(res->vault, from_fd, &from, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return RC_IO;
		n -= (uint64_t)k;
		r->vault_bytes += (uint64_t)k;
	}
	/* Blocks start at multiples of eight. */
	res->vault_bytes += (r->vault_bytes + 7) & ~UINT64_C(7);
	return RC_OK;
}

/* Take a sealed block into memory, where its worker can no longer change it,
 * and check its seal: what is in a vault must open. */
static enum rc
take_sealed(const struct scanner *s, int fd, uint64_t n, struct range *r)
{
	size_t got;

	if (n > CASE_BLOCK_MAX)
		return RC_FORMAT;
	r->block = malloc((size_t)n);
	if (r->block == NULL)
		return RC_NOMEM;
	enum rc rc = io_read_at(fd, r->block, (size_t)n, 0, &got);
	if (rc == RC_OK && got < n)
		rc = RC_FORMAT;
	if (rc == RC_OK)
		rc = seal_open(&s->setup.vault_key, (struct span){NULL, 0},
			       (struct span){r->block, got}, NULL);
	r->vault_bytes = n;
	return rc;
}

enum rc
vault_take(struct scanner *s, int fd, struct range *r)
{
	const uint64_t n = r->report.head->mention_bytes;

	r->vault_at = 0;
	r->vault_bytes = 0;
	if (!s->o->people || n == 0)
		return RC_OK;
	return r->sealed ? take_sealed(s, fd, n, r)
			 : append_clear(s->result, fd, n, r);
}

enum rc
vault_keep(struct scanner *s, struct range *r)
{
	struct scan_result *res = s->result;

	if (r->block == NULL)
		return RC_OK;
	if (res->vault_disk < 0)
		res->vault_disk = temporary_file(s);
	enum rc rc = res->vault_disk < 0
			     ? RC_IO
			     : io_write_at(res->vault_disk, r->block,
					   (size_t)r->vault_bytes,
					   res->vault_disk_bytes);
	if (rc == RC_OK) {
		r->vault_at = res->vault_disk_bytes;
		res->vault_disk_bytes += r->vault_bytes;
	} else if (s->o->folder != NULL) {
		rc = case_blame(s->o->folder, rc, "vault/mentions");
	} else {
		/* A full disk costs the count of people, not the scan. */
		res->people_complete = false;
		r->vault_bytes = 0;
		rc = RC_OK;
	}
	free(r->block);
	r->block = NULL;
	return rc;
}

void
vault_drop(struct scanner *s, struct range *r)
{
	if (!r->sealed && r->vault_bytes > 0)
		(void)fallocate(s->result->vault,
				FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
				(off_t)r->vault_at, (off_t)r->vault_bytes);
	free(r->block);
	r->block = NULL;
	r->vault_bytes = 0;
}
