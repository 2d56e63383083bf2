/* The jailed side: links the mentions, and counts what each person has. It
 * reads the vault twice, a block at a time: to link, and to add up. */
#include "base/io.h"
#include "base/mention.h"
#include "base/team.h"
#include "people/people_impl.h"
#include "people/people_set.h"
#include "people/vault.h"

#include <stdlib.h>
#include <string.h>

/** What a worker keeps between its start and its job. */
struct state {
	struct team *team;
	struct seal_key key;
};

/** What the second reading gathers. */
struct tally {
	const struct link_result *link;
	size_t next;     /* mention */
	uint64_t *kinds; /* by person: bit set */
	uint32_t *said;
	uint32_t *tested;
	struct people_set professionals;
	struct people_set holdings;    /* holder << 32 | person */
	struct people_holder *holders; /* [PEOPLE_HOLDERS_MAX] */
	size_t n_holders;
	size_t last_holder;
	int fd;      /* where clusters go; -1: nowhere */
	uint64_t at; /* in it */
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

static enum rc
tally_init(struct tally *t, const struct link_result *l)
{
	memset(t, 0, sizeof(*t));
	t->link = l;
	t->fd = -1;
	t->kinds = calloc(l->people + 1, sizeof(*t->kinds));
	t->said = calloc(l->people + 1, sizeof(*t->said));
	t->tested = calloc(l->people + 1, sizeof(*t->tested));
	t->holders = calloc(PEOPLE_HOLDERS_MAX, sizeof(*t->holders));
	return t->kinds != NULL && t->said != NULL && t->tested != NULL &&
			       t->holders != NULL
		       ? RC_OK
		       : RC_NOMEM;
}

static void
tally_done(struct tally *t)
{
	free(t->kinds);
	free(t->said);
	free(t->tested);
	free(t->holders);
	people_set_free(&t->professionals);
	people_set_free(&t->holdings);
}

/* The number of the holder of ${m} among those met: linear, but met ones are
 * few and the last one usually comes again. */
static size_t
holder_index(struct tally *t, const struct mention *m)
{
	struct people_holder *h = t->holders;
	const size_t last = t->last_holder;

	if (last < t->n_holders && h[last].code == m->holder &&
	    h[last].kind == m->holder_kind)
		return last;
	for (size_t i = 0; i < t->n_holders; i++)
		if (h[i].code == m->holder && h[i].kind == m->holder_kind)
			return i;
	if (t->n_holders == PEOPLE_HOLDERS_MAX)
		return SIZE_MAX;
	h[t->n_holders] = (struct people_holder){.code = m->holder,
						 .kind = m->holder_kind};
	return t->n_holders++;
}

static enum rc
add_holding(struct tally *t, const struct mention *m, uint32_t person)
{
	const size_t holder = holder_index(t, m);

	if (holder == SIZE_MAX)
		return RC_OK;
	t->last_holder = holder;
	return people_set_add(&t->holdings, (uint64_t)holder << 32 | person);
}

static enum rc
add_mention(struct tally *t, const struct mention *m, uint32_t person)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < COUNT_OF(m->professional) && rc == RC_OK; i++)
		if (m->professional[i] != 0)
			rc = people_set_add(&t->professionals,
					    m->professional[i]);
	if (person == LINK_NOBODY || rc != RC_OK)
		return rc;
	t->kinds[person] |= m->kinds;
	t->said[person] |= m->topics_said;
	t->tested[person] |= m->topics_tested;
	return m->holder == 0 ? RC_OK : add_holding(t, m, person);
}

/* The person of every mention of block ${number}. */
static enum rc
write_clusters(struct tally *t, const struct mention_block *b, size_t number)
{
	struct people_cluster part[BATCH_ROWS];
	const uint32_t *person = t->link->person_of + t->next;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < b->n && rc == RC_OK;) {
		size_t n = 0;

		for (; i < b->n && n < COUNT_OF(part); i++)
			part[n++] = (struct people_cluster){
				.block = (uint32_t)number,
				.record = b->mentions[i].record,
				.person = person[i],
			};
		rc = write_all(t->fd, part, n * sizeof(*part), &t->at);
	}
	return rc;
}

static enum rc
add_block(struct tally *t, const struct mention_block *b, size_t number)
{
	enum rc rc = RC_OK;

	/* The same block a moment ago had as many. */
	if (b->n > t->link->mentions - t->next)
		return RC_FORMAT;
	if (t->fd >= 0)
		rc = write_clusters(t, b, number);
	for (size_t i = 0; i < b->n && rc == RC_OK; i++)
		rc = add_mention(t, &b->mentions[i],
				 t->link->person_of[t->next + i]);
	t->next += b->n;
	return rc;
}

static enum rc
add_blocks(struct tally *t, struct vault *v)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < vault_blocks(v) && rc == RC_OK; i++) {
		struct mention_block b;

		rc = vault_block(v, i, &b);
		if (rc == RC_OK)
			rc = add_block(t, &b, i);
	}
	return rc;
}

static void
count_sums(const struct tally *t, struct people_answer *a)
{
	for (uint64_t p = 0; p < t->link->people; p++) {
		const uint32_t said = t->said[p];
		const uint32_t tested = t->tested[p] & ~said;

		for (uint64_t left = t->kinds[p]; left != 0; left &= left - 1)
			if (__builtin_ctzll(left) < KIND_COUNT)
				a->kinds[__builtin_ctzll(left)]++;
		for (unsigned k = 0; k < TOPIC_COUNT; k++) {
			a->said[k] += said >> k & 1;
			a->tested[k] += tested >> k & 1;
		}
		a->special += said != 0;
	}
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

/* From what was gathered to numbers. */
static enum rc
count_all(struct tally *t, struct people_answer *a)
{
	enum rc rc = people_set_settle(&t->professionals);

	if (rc == RC_OK)
		rc = people_set_settle(&t->holdings);
	if (rc != RC_OK)
		return rc;
	count_sums(t, a);
	a->professionals = t->professionals.n;
	for (size_t i = 0; i < t->holdings.n; i++)
		t->holders[t->holdings.v[i] >> 32].people++;
	qsort(t->holders, t->n_holders, sizeof(*t->holders), compare_holders);
	a->n_holders = t->n_holders;
	return RC_OK;
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

/* Numbers first and holders next, so the clusters, which are written while all
 * is added up, begin where there is room for as many holders as there may be.
 */
static enum rc
answer(struct vault *v, const struct link_result *l,
       const struct people_job *job, int fd)
{
	struct people_answer a = {0};
	struct tally t;
	uint64_t at = 0;
	enum rc rc = tally_init(&t, l);

	copy_link(l, &a);
	if (job->clusters != 0) {
		a.n_clusters = l->mentions;
		t.fd = fd;
		t.at = PEOPLE_CLUSTERS_AT;
	}
	if (rc == RC_OK)
		rc = add_blocks(&t, v);
	if (rc == RC_OK)
		rc = count_all(&t, &a);
	if (rc == RC_OK)
		rc = write_all(fd, &a, sizeof(a), &at);
	if (rc == RC_OK)
		rc = write_all(fd, t.holders, a.n_holders * sizeof(*t.holders),
			       &at);
	tally_done(&t);
	return rc;
}

static enum rc
block_at(void *arg, size_t i, struct mention_block *ret_block)
{
	return vault_block(arg, i, ret_block);
}

enum rc
people_handle(void *state, const struct worker_msg *in, const int *fds,
	      size_t nfds, struct worker_msg *ret_out)
{
	const struct state *s = state;
	struct link_result *l = NULL;
	struct vault *v = NULL;
	struct people_job job;

	if (in->type != PEOPLE_JOB || in->n != sizeof(job) || nfds != 4)
		return RC_FORMAT;
	memcpy(&job, in->body, sizeof(job));
	ret_out->type = in->type;
	const struct link_options o = {.memory_bytes = job.memory_bytes};
	const struct vault_files files = {fds[0], fds[1], fds[2], job.n_blocks};
	enum rc rc = vault_open(&files, &s->key, &v);
	if (rc == RC_OK) {
		const struct link_source source = {vault_blocks(v), block_at,
						   v};

		rc = link_people(&source, &o, s->team, &l);
	}
	if (rc == RC_OK)
		rc = answer(v, l, &job, fds[3]);
	link_result_free(l);
	vault_close(v);
	return rc;
}
