#include "scan/reader/reader.h"

#include "base/io.h"
#include "base/sort.h"
#include "scan/reader/reader_impl.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	/* The widest window: a range of UTF-32 and what is read around it. */
	BUFFER_BYTES = 2 * WIRE_RANGE_BYTES + 8 * WIRE_AHEAD_BYTES,
	DIGEST_BYTES = 1 << 20,
};

static bool
make_buffers(struct reader *r, uint64_t mention_bytes)
{
	r->buffer_bytes = BUFFER_BYTES;
	r->buffer = malloc(r->buffer_bytes);
	r->text = arena_new(READER_TEXT_BYTES);
	r->copies = arena_new(READER_COPY_BYTES);
	r->mentions = mention_writer_new(mention_bytes);
	r->persons = calloc(BATCH_ROWS, sizeof(*r->persons));
	r->sums = calloc(BATCH_ROWS, sizeof(*r->sums));
	r->kinds = calloc(BATCH_ROWS, sizeof(*r->kinds));
	r->glances = calloc(BATCH_ROWS, sizeof(*r->glances));
	r->batch.row_at = calloc(BATCH_ROWS, sizeof(*r->batch.row_at));
	r->batch.row_ragged = calloc(BATCH_ROWS, sizeof(*r->batch.row_ragged));
	r->sha = sha256_new();
	return r->buffer != NULL && r->text != NULL && r->copies != NULL &&
	       r->mentions != NULL && r->persons != NULL && r->sums != NULL &&
	       r->kinds != NULL && r->glances != NULL &&
	       r->batch.row_at != NULL && r->batch.row_ragged != NULL &&
	       r->sha != NULL;
}

enum rc
reader_prepare(const void *arg, void **ret_state)
{
	const struct reader_setup *setup = arg;
	struct reader *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return RC_NOMEM;
	token_keys_derive(&setup->key, &r->keys);
	r->vault_key = setup->vault_key;
	if (!make_buffers(r, setup->mention_bytes)) {
		reader_free(r);
		return RC_NOMEM;
	}
	*ret_state = r;
	return RC_OK;
}

void
reader_free(void *state)
{
	struct reader *r = state;

	if (r == NULL)
		return;
	free(r->buffer);
	arena_free(r->text);
	arena_free(r->copies);
	mention_writer_free(r->mentions);
	free(r->persons);
	memo_free(&r->memos);
	free(r->sums);
	free(r->kinds);
	free(r->glances);
	row_keys_done(&r->row_keys);
	free(r->batch.row_at);
	free(r->batch.row_ragged);
	free(r->batch.cells);
	free(r->tally.columns);
	free(r->tally.row_tokens.p);
	free(r->tally.id_tokens.p);
	free(r->tally.domains.p);
	free(r->tally.findings.p);
	sha256_free(r->sha);
	token_keys_wipe(&r->keys);
	seal_key_wipe(&r->vault_key);
	free(r);
}

/* Sort, and keep one of each: a range repeats its people. */
static bool
make_unique(struct list *l)
{
	uint64_t *spare = malloc((l->n + 1) * sizeof(*spare));

	if (spare == NULL)
		return false;
	sort_whole(l->p, spare, l->n);
	l->n = sort_unique(l->p, l->n);
	free(spare);
	return true;
}

/* Mentions that may come to lie on a disk leave the jail sealed. */
static enum rc
seal_mentions(const struct reader *r, int fd)
{
	const size_t n = mention_writer_bytes(r->mentions);
	uint8_t *block = malloc(n + SEAL_EXTRA_BYTES);

	if (block == NULL)
		return RC_NOMEM;
	uint8_t *plain = block + SEAL_NONCE_BYTES;
	mention_writer_copy(r->mentions, plain);
	seal_close(&r->vault_key, (struct span){NULL, 0},
		   (struct span){plain, n}, block);
	const enum rc rc = io_write_at(fd, block, n + SEAL_EXTRA_BYTES, 0);
	explicit_bzero(block, n + SEAL_EXTRA_BYTES);
	free(block);
	return rc;
}

static enum rc
answer_range(struct reading *g, const int *fds)
{
	struct tally *t = g->t;
	const struct wire_report report = {
		.head = &t->head,
		.columns = t->columns,
		.holders = t->holders,
		.row_tokens = t->row_tokens.p,
		.id_tokens = t->id_tokens.p,
		.domains = t->domains.p,
		.findings = t->findings.p,
	};

	if (!make_unique(&t->row_tokens) || !make_unique(&t->id_tokens) ||
	    !make_unique(&t->domains))
		return RC_NOMEM;
	tally_end(t);
	if (g->job->mentions != 0) {
		const enum rc rc =
			g->job->sealed != 0
				? seal_mentions(g->r, fds[3])
				: mention_writer_save(g->r->mentions, fds[3]);
		const off_t end = lseek(fds[3], 0, SEEK_END);

		if (rc != RC_OK || end < 0)
			return RC_IO;
		t->head.mention_bytes = (uint64_t)end;
	}
	return wire_report_save(fds[2], &report);
}

/* Read one range: from a little before its start, so that a guess of the first
 * record knows what stands there, to as far as its last record may go. */
static enum rc
read_range(struct reader *r, const struct wire_range *job, const int *fds)
{
	struct wire_plan plan;
	struct column_type *types = NULL;
	enum rc rc = wire_plan_load(fds[1], &plan, &types);

	if (rc != RC_OK)
		return rc;
	struct reading g = {.r = r,
			    .job = job,
			    .plan = &plan,
			    .types = types,
			    .t = &r->tally};
	const uint64_t unit = charset_unit(plan.charset.charset);
	const uint64_t least =
		job->file_at + (job->file_at == 0 ? plan.charset.bom_bytes : 0);
	/* The first range also has what stands above the table. */
	uint64_t begin =
		job->exact != 0 && job->begin > 0 ? job->start : job->begin;

	if (job->exact == 0 || job->begin == 0)
		begin = begin > least + WIRE_BACK_BYTES
				? begin - WIRE_BACK_BYTES
				: least;
	tally_begin(&r->tally, plan.cols);
	mention_writer_reset(r->mentions);
	rc = window_read(r, fds[0], plan.charset.charset, job, begin,
			 job->end + WIRE_AHEAD_BYTES * unit, &g.w);
	if (rc == RC_OK)
		rc = memo_begin(&r->memos, types, plan.cols);
	if (rc == RC_OK)
		rc = plan.format == WIRE_CSV ? read_table(&g) : read_lines(&g);
	memo_end(&r->memos);
	r->tally.head.shrank = g.w.shrank;
	if (rc == RC_OK)
		rc = answer_range(&g, fds);
	explicit_bzero(r->buffer, (size_t)(job->end - begin) < r->buffer_bytes
					  ? (size_t)(job->end - begin)
					  : r->buffer_bytes);
	arena_reset(r->text);
	arena_reset(r->copies);
	free(types);
	return rc;
}

/* Of the bytes that are read as a document, not of what a file has become. */
static enum rc
digest(struct reader *r, const struct wire_range *job, int fd,
       struct worker_msg *ret_out)
{
	struct sha256_digest d;
	enum rc rc = RC_OK;
	size_t n = 0;

	for (uint64_t at = job->begin; at < job->end && rc == RC_OK; at += n) {
		const uint64_t left = job->end - at;
		const size_t want = left < DIGEST_BYTES ? left : DIGEST_BYTES;

		rc = io_read_at(fd, r->buffer, want, at, &n);
		if (rc == RC_OK && n < want)
			rc = RC_IO;
		if (rc == RC_OK)
			rc = sha256_update(r->sha, (struct span){r->buffer, n});
	}
	/* After an error, too: what was taken in is not for the next one. */
	const enum rc ended = sha256_final(r->sha, &d);
	if (rc != RC_OK || ended != RC_OK)
		return rc != RC_OK ? rc : ended;
	ret_out->n = SHA256_HEX_SIZE;
	sha256_hex(&d, (char *)ret_out->body);
	return RC_OK;
}

enum rc
reader_handle(void *state, const struct worker_msg *in, const int *fds,
	      size_t nfds, struct worker_msg *ret_out)
{
	struct reader *r = state;
	struct wire_range job;

	ret_out->type = in->type;
	if (in->n != sizeof(job))
		return RC_FORMAT;
	memcpy(&job, in->body, sizeof(job));
	if (in->type == WIRE_DIGEST && nfds == 1)
		return digest(r, &job, fds[0], ret_out);
	if (in->type == WIRE_PROBE && nfds == 2)
		return probe_document(r, fds[0], &job, fds[1]);
	if (in->type == WIRE_RANGE && nfds == 4)
		return read_range(r, &job, fds);
	return RC_FORMAT;
}
