/* The jailed side: links the mentions, and answers with numbers. It reads the
 * vault twice, a block at a time: to link, and to add up (people_tally). */
#include "base/io.h"
#include "base/mention.h"
#include "base/team.h"
#include "people/people_tally.h"
#include "people/vault.h"

#include <stdlib.h>
#include <string.h>

/** What a worker keeps between its start and its job. */
struct state {
	struct team *team;
	struct seal_key key;
};

/** The first reading: the blocks, how many mentions came before each, and who
 * held them. */
struct reading {
	struct vault *vault;
	size_t *starts;
	struct people_holders holders;
};

enum rc
people_prepare(const void *arg, void **ret_state)
{
	const struct people_setup *setup = arg;
	struct state *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return RC_NOMEM;
	s->key = setup->vault_key;
	s->team = team_new(setup->threads);
	*ret_state = s;
	return s->team == NULL ? RC_NOMEM : RC_OK;
}

/* Write on at ${at}, and step past it. */
static enum rc
write_all(int fd, const void *p, size_t n, uint64_t *at)
{
	const enum rc rc = io_write_at(fd, p, n, *at);

	*at += n;
	return rc;
}

static void
copy_link(const struct link_result *l, struct people_answer *a)
{
	a->people = l->people;
	a->low = l->low;
	a->high = l->high;
	a->mentions = l->mentions - l->nobody;
	a->nobody = l->nobody;
	a->certain = l->certain;
	a->weak = l->weak;
	memcpy(a->classes, l->classes, sizeof(a->classes));
	a->n_classes = (uint32_t)l->n_classes;
	a->model = l->model;
	a->people_two = l->people_two;
	a->people_households = l->people_households;
	a->false_links = l->false_links;
	a->missed_links = l->missed_links;
	a->units = l->units;
	a->pairs = l->pairs;
	a->blocks_split = l->blocks_split;
	a->blocks_cut = l->blocks_cut;
}

static int
compare_holders(const void *a, const void *b)
{
	const struct people_holder *x = a;
	const struct people_holder *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->code > y->code) - (x->code < y->code);
}

/* Numbers first and holders next, so the clusters, which are written while all
 * is added up, begin where there is room for as many holders as there may be.
 */
static enum rc
answer(const struct people_tally_input *in, struct team *team, int fd)
{
	struct people_answer a = {0};
	struct people_holders *h = in->holders;
	uint64_t at = 0;

	copy_link(in->link, &a);
	if (in->clusters >= 0)
		a.n_clusters = in->link->mentions;
	enum rc rc = people_tally(in, team, &a);
	qsort(h->all, h->n, sizeof(*h->all), compare_holders);
	a.n_holders = h->n;
	if (rc == RC_OK)
		rc = write_all(fd, &a, sizeof(a), &at);
	if (rc == RC_OK)
		rc = write_all(fd, h->all, h->n * sizeof(*h->all), &at);
	return rc;
}

static enum rc
block_at(void *arg, size_t i, struct mention_block *ret_block)
{
	struct reading *r = arg;
	const enum rc rc = vault_block(r->vault, i, ret_block);

	if (rc != RC_OK)
		return rc;
	r->starts[i + 1] = r->starts[i] + ret_block->n;
	people_holders_meet(&r->holders, ret_block);
	return RC_OK;
}

/* Link, and answer. */
static enum rc
count(struct reading *r, const struct vault_files *files, const struct state *s,
      const struct people_job *job, int fd)
{
	const size_t n = vault_blocks(r->vault);
	const struct link_source source = {n, block_at, r};
	const struct link_options o = {.memory_bytes = job->memory_bytes};
	struct link_result *l = NULL;

	enum rc rc = people_holders_init(&r->holders);

	r->starts = calloc(n + 1, sizeof(*r->starts));
	if (r->starts == NULL)
		rc = RC_NOMEM;
	if (rc == RC_OK)
		rc = link_people(&source, &o, s->team, &l);
	if (rc == RC_OK) {
		const struct people_tally_input in = {
			.link = l,
			.files = files,
			.key = &s->key,
			.starts = r->starts,
			.holders = &r->holders,
			.clusters = job->clusters != 0 ? fd : -1,
		};

		rc = answer(&in, s->team, fd);
	}
	people_holders_done(&r->holders);
	free(r->starts);
	link_result_free(l);
	return rc;
}

enum rc
people_handle(void *state, const struct worker_msg *in, const int *fds,
	      size_t nfds, struct worker_msg *ret_out)
{
	const struct state *s = state;
	struct reading r = {.vault = NULL};
	struct people_job job;

	if (in->type != PEOPLE_JOB || in->n != sizeof(job) || nfds != 4)
		return RC_FORMAT;
	memcpy(&job, in->body, sizeof(job));
	ret_out->type = in->type;
	const struct vault_files files = {fds[0], fds[1], fds[2], job.n_blocks};
	enum rc rc = vault_open(&files, &s->key, &r.vault);
	if (rc == RC_OK)
		rc = count(&r, &files, s, &job, fds[3]);
	vault_close(r.vault);
	return rc;
}
