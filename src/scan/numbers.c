/* Many tokens, each once: sorted now and then in memory, and beyond a ceiling
 * in runs on a disk. */
#include "base/sort.h"
#include "scan/scan_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	ROOM_FIRST = 1 << 10, /* tokens, however little memory there is */
	RUNS_MAX = 64,        /* of one kind, before they are merged to one */
};

/* A file that has no name. */
int
temporary_file(const struct scanner *s)
{
	char path[4096];
	const char *tmp = s->o->tmp != NULL ? s->o->tmp : "/tmp";

	if (s->o->folder != NULL)
		return case_temporary(s->o->folder);
	const int fd = open(tmp, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	/* Not every file system can. */
	(void)snprintf(path, sizeof(path), "%s/tocsin.XXXXXX", tmp);
	const int named = mkostemp(path, O_CLOEXEC);
	if (named >= 0)
		(void)unlink(path);
	return named;
}

static enum rc
condense(struct numbers *x)
{
	uint64_t *spare = malloc((x->n + 1) * sizeof(*spare));

	if (spare == NULL)
		return RC_NOMEM;
	sort_whole(x->v, spare, x->n);
	free(spare);
	x->n = sort_unique(x->v, x->n);
	x->sorted = x->n;
	return RC_OK;
}

/* Close the files of runs. */
static void
forget_runs(struct numbers *x)
{
	for (size_t i = 0; i < x->n_runs; i++)
		(void)close(x->runs[i]);
	x->n_runs = 0;
}

/* Merge all runs into ${out}, or count them. */
static enum rc
merge_runs(const struct scanner *s, const struct numbers *x,
	   struct run_writer *out, uint64_t *ret_count)
{
	struct run_reader *in[RUNS_MAX] = {NULL};
	enum rc rc = RC_OK;

	for (size_t i = 0; i < x->n_runs && rc == RC_OK; i++)
		rc = run_reader_open(x->runs[i], x->kind, &s->spill, &in[i]);
	if (rc == RC_OK)
		rc = run_merge(in, x->n_runs, out, ret_count);
	for (size_t i = 0; i < x->n_runs; i++)
		run_reader_free(in[i]);
	return rc;
}

/* Make room for another run: all there are become one. */
static enum rc
join_runs(const struct scanner *s, struct numbers *x)
{
	uint64_t count;
	const int fd = temporary_file(s);
	struct run_writer *w =
		fd < 0 ? NULL : run_writer_new(fd, x->kind, &s->spill);

	if (w == NULL) {
		if (fd >= 0)
			(void)close(fd);
		return fd < 0 ? RC_IO : RC_NOMEM;
	}
	enum rc rc = merge_runs(s, x, w, &count);
	if (rc == RC_OK)
		rc = run_writer_end(w, NULL);
	run_writer_free(w);
	if (rc != RC_OK) {
		(void)close(fd);
		return rc;
	}
	forget_runs(x);
	x->runs[x->n_runs++] = fd;
	return RC_OK;
}

/* Write what is in memory to a run of its own. */
static enum rc
spill(const struct scanner *s, struct numbers *x)
{
	enum rc rc = condense(x);

	if (rc == RC_OK && x->runs == NULL) {
		x->runs = calloc(RUNS_MAX, sizeof(*x->runs));
		rc = x->runs == NULL ? RC_NOMEM : RC_OK;
	}
	if (rc == RC_OK && x->n_runs == RUNS_MAX)
		rc = join_runs(s, x);
	if (rc != RC_OK)
		return rc;
	const int fd = temporary_file(s);
	if (fd < 0)
		return RC_IO;
	x->runs[x->n_runs++] = fd;
	struct run_writer *w = run_writer_new(fd, x->kind, &s->spill);
	rc = w == NULL ? RC_NOMEM : run_write(w, x->v, x->n);
	if (rc == RC_OK)
		rc = run_writer_end(w, NULL);
	run_writer_free(w);
	x->n = 0;
	x->sorted = 0;
	return rc;
}

static enum rc
grow(struct numbers *x, size_t want, size_t limit)
{
	size_t room = x->room == 0 ? ROOM_FIRST : 2 * x->room;

	if (room > limit)
		room = limit;
	if (room < want)
		room = want;
	uint64_t *p = realloc(x->v, room * sizeof(*p));
	if (p == NULL)
		return RC_NOMEM;
	x->v = p;
	x->room = room;
	return RC_OK;
}

/* Without a case, a full disk costs the count, not the scan. */
static enum rc
give_up(const struct scanner *s, struct numbers *x, enum rc rc)
{
	if (rc != RC_IO)
		return rc;
	if (s->o->folder != NULL)
		return case_blame(s->o->folder, rc, "runs");
	x->full = true;
	return RC_OK;
}

enum rc
numbers_add(const struct scanner *s, struct numbers *x, const uint64_t *v,
	    size_t n)
{
	const uint64_t share = s->memory_bytes / 16 / sizeof(*v);
	const size_t limit = share < ROOM_FIRST   ? ROOM_FIRST
			     : share > UINT32_MAX ? UINT32_MAX
						  : (size_t)share;
	enum rc rc = RC_OK;

	if (x->full || n == 0)
		return RC_OK;
	if (x->n + n > x->room && x->n > 2 * x->sorted)
		rc = condense(x);
	if (rc == RC_OK && x->n + n > limit && x->n > 0)
		rc = give_up(s, x, spill(s, x));
	if (rc == RC_OK && x->n + n > x->room)
		rc = grow(x, x->n + n, limit);
	if (rc != RC_OK || x->full)
		return rc;
	memcpy(x->v + x->n, v, n * sizeof(*v));
	x->n += n;
	return RC_OK;
}

enum rc
numbers_end(const struct scanner *s, struct numbers *x, struct run_writer *out,
	    uint64_t *ret_count)
{
	enum rc rc = RC_OK;

	*ret_count = 0;
	if (x->n_runs == 0) {
		rc = condense(x);
		*ret_count = x->n;
		if (rc == RC_OK && out != NULL)
			rc = run_write(out, x->v, x->n);
		return rc;
	}
	if (x->n > 0)
		rc = give_up(s, x, spill(s, x));
	if (rc == RC_OK && !x->full)
		rc = give_up(s, x, merge_runs(s, x, out, ret_count));
	return rc;
}

void
numbers_free(struct numbers *x)
{
	forget_runs(x);
	free(x->runs);
	free(x->v);
	*x = (struct numbers){.v = NULL};
}
