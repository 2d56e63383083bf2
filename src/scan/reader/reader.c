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
	r->norms = calloc(BATCH_ROWS, sizeof(*r->norms));
	r->values = calloc(BATCH_ROWS, sizeof(*r->values));
	r->tokens = calloc(BATCH_ROWS, sizeof(*r->tokens));
	r->row_text_bytes = 2 * (size_t)CSV_RECORD_DEFAULT;
	r->row_text = malloc(r->row_text_bytes);
	r->batch.row_at = calloc(BATCH_ROWS, sizeof(*r->batch.row_at));
	r->batch.row_ragged = calloc(BATCH_ROWS, sizeof(*r->batch.row_ragged));
	r->sha = sha256_new();
	return r->buffer != NULL && r->text != NULL && r->copies != NULL &&
	       r->mentions != NULL && r->persons != NULL && r->norms != NULL &&
	       r->values != NULL && r->tokens != NULL && r->row_text != NULL &&
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
	free(r->norms);
	free(r->values);
	free(r->tokens);
	free(r->row_text);
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
	free(r);
}

/* Sort, and keep one of each: a range repeats its people. */
static bool
make_unique(struct list *l)
{
	uint64_t *spare = malloc((l->n + 1) * sizeof(*spare));

	if (spare == NULL)
		return false;
	sort_bits(l->p, spare, l->n, 0, 64);
	l->n = sort_unique(l->p, l->n);
	free(spare);
	return true;
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
		const enum rc rc = mention_writer_save(g->r->mentions, fds[3]);
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
		g.memos = memo_new(types, plan.cols);
	if (rc == RC_OK)
		rc = plan.format == WIRE_CSV ? read_table(&g) : read_lines(&g);
	memo_free(g.memos, plan.cols);
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

static enum rc
digest(struct reader *r, int fd, struct worker_msg *ret_out)
{
	struct sha256_digest d;
	uint64_t at = 0;
	size_t n;

	do {
		enum rc rc = io_read_at(fd, r->buffer, DIGEST_BYTES, at, &n);

		if (rc == RC_OK)
			rc = sha256_update(r->sha, (struct span){r->buffer, n});
		if (rc != RC_OK)
			return rc;
		at += n;
	} while (n == DIGEST_BYTES);
	const enum rc rc = sha256_final(r->sha, &d);
	if (rc != RC_OK)
		return rc;
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
	if (in->type == WIRE_DIGEST && nfds == 1)
		return digest(r, fds[0], ret_out);
	if (in->n != sizeof(job))
		return RC_FORMAT;
	memcpy(&job, in->body, sizeof(job));
	if (in->type == WIRE_PROBE && nfds == 2)
		return probe_document(r, fds[0], &job, fds[1]);
	if (in->type == WIRE_RANGE && nfds == 4)
		return read_range(r, &job, fds);
	return RC_FORMAT;
}
