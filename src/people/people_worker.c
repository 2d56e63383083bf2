/* The jailed side: links the mentions, and counts what each person has. */
#include "base/io.h"
#include "base/mention.h"
#include "base/sort.h"
#include "base/team.h"
#include "people/people_impl.h"
#include "people/vault.h"

#include <stdlib.h>
#include <string.h>

/** What is gathered of every person. */
struct sums {
	uint64_t *kinds; /* by person: bit set */
	uint32_t *said;
	uint32_t *tested;
};

enum rc
people_prepare(const void *arg, void **ret_state)
{
	const struct people_setup *setup = arg;

	*ret_state = team_new(setup->threads);
	return *ret_state == NULL ? RC_NOMEM : RC_OK;
}

/* Write on at ${at}, and step past it. */
static enum rc
write_all(int fd, const void *p, size_t n, uint64_t *at)
{
	const enum rc rc = io_write_at(fd, p, n, *at);

	*at += n;
	return rc;
}

/* Call ${visit} with every mention and its person. */
static void
each_mention(const struct vault *v, const struct link_result *l,
	     void (*visit)(void *arg, const struct mention *m, uint32_t person),
	     void *arg)
{
	size_t k = 0;

	for (size_t b = 0; b < v->n; b++)
		for (size_t i = 0; i < v->blocks[b].n; i++)
			visit(arg, &v->blocks[b].mentions[i],
			      l->person_of[k++]);
}

static void
sum_mention(void *arg, const struct mention *m, uint32_t person)
{
	struct sums *s = arg;

	if (person == LINK_NOBODY)
		return;
	s->kinds[person] |= m->kinds;
	s->said[person] |= m->topics_said;
	s->tested[person] |= m->topics_tested;
}

static void
count_sums(const struct sums *s, uint64_t people, struct people_answer *a)
{
	for (uint64_t p = 0; p < people; p++) {
		for (unsigned k = 0; k < KIND_COUNT; k++)
			a->kinds[k] += s->kinds[p] >> k & 1;
		for (unsigned t = 0; t < TOPIC_COUNT; t++) {
			a->said[t] += s->said[p] >> t & 1;
			a->tested[t] += (s->tested[p] & ~s->said[p]) >> t & 1;
		}
		a->special += s->said[p] != 0;
	}
}

static enum rc
sum_people(const struct vault *v, const struct link_result *l,
	   struct people_answer *a)
{
	struct sums s = {
		.kinds = calloc(l->people + 1, sizeof(uint64_t)),
		.said = calloc(l->people + 1, sizeof(uint32_t)),
		.tested = calloc(l->people + 1, sizeof(uint32_t)),
	};
	enum rc rc = RC_NOMEM;

	if (s.kinds != NULL && s.said != NULL && s.tested != NULL) {
		each_mention(v, l, sum_mention, &s);
		count_sums(&s, l->people, a);
		rc = RC_OK;
	}
	free(s.kinds);
	free(s.said);
	free(s.tested);
	return rc;
}

/** Numbers gathered from mentions, to be sorted. */
struct gathered {
	uint64_t *v;
	size_t n;
	const struct people_holder *holders;
	size_t n_holders;
};

static void
gather_professionals(void *arg, const struct mention *m, uint32_t person)
{
	struct gathered *g = arg;

	(void)person;
	for (size_t i = 0; i < COUNT_OF(m->professional); i++)
		if (m->professional[i] != 0)
			g->v[g->n++] = m->professional[i];
}

static enum rc
count_professionals(const struct vault *v, const struct link_result *l,
		    struct people_answer *a)
{
	const size_t room = 2 * v->mentions + 1;
	struct gathered g = {.v = calloc(room, sizeof(uint64_t))};
	uint64_t *spare = calloc(room, sizeof(uint64_t));

	if (g.v != NULL && spare != NULL) {
		each_mention(v, l, gather_professionals, &g);
		sort_bits(g.v, spare, g.n, 0, 64);
		a->professionals = sort_unique(g.v, g.n);
	}
	const enum rc rc = g.v == NULL || spare == NULL ? RC_NOMEM : RC_OK;
	free(g.v);
	free(spare);
	return rc;
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

/* The holder of the number ${i} of those met: linear, but met ones are few and
 * the last one usually comes again. */
static size_t
holder_index(struct people_holder *h, size_t *n, const struct mention *m,
	     size_t last)
{
	if (last < *n && h[last].code == m->holder &&
	    h[last].kind == m->holder_kind)
		return last;
	for (size_t i = 0; i < *n; i++)
		if (h[i].code == m->holder && h[i].kind == m->holder_kind)
			return i;
	if (*n == PEOPLE_HOLDERS_MAX)
		return SIZE_MAX;
	h[*n] = (struct people_holder){.code = m->holder,
				       .kind = m->holder_kind};
	return (*n)++;
}

static void
list_holdings(const struct vault *v, const struct link_result *l,
	      struct people_holder *h, size_t *n_h, struct gathered *g)
{
	size_t k = 0;
	size_t last = 0;

	for (size_t b = 0; b < v->n; b++) {
		for (size_t i = 0; i < v->blocks[b].n; i++) {
			const struct mention *m = &v->blocks[b].mentions[i];
			const uint32_t person = l->person_of[k++];

			if (person == LINK_NOBODY || m->holder == 0)
				continue;
			last = holder_index(h, n_h, m, last);
			if (last != SIZE_MAX)
				g->v[g->n++] = (uint64_t)last << 32 | person;
		}
	}
}

static enum rc
count_holders(const struct vault *v, const struct link_result *l,
	      struct people_holder **ret_h, struct people_answer *a)
{
	struct people_holder *h = calloc(PEOPLE_HOLDERS_MAX, sizeof(*h));
	struct gathered g = {.v = calloc(v->mentions + 1, sizeof(uint64_t))};
	uint64_t *spare = calloc(v->mentions + 1, sizeof(uint64_t));
	size_t n = 0;
	enum rc rc = RC_NOMEM;

	if (h != NULL && g.v != NULL && spare != NULL) {
		list_holdings(v, l, h, &n, &g);
		sort_bits(g.v, spare, g.n, 0, 64);
		g.n = sort_unique(g.v, g.n);
		for (size_t i = 0; i < g.n; i++)
			h[g.v[i] >> 32].people++;
		qsort(h, n, sizeof(*h), compare_holders);
		a->n_holders = n;
		*ret_h = h;
		rc = RC_OK;
	} else {
		free(h);
	}
	free(g.v);
	free(spare);
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

static enum rc
write_clusters(const struct vault *v, const struct link_result *l, int fd,
	       uint64_t at)
{
	struct people_cluster part[BATCH_ROWS];
	size_t n = 0;
	size_t k = 0;
	enum rc rc = RC_OK;

	for (size_t b = 0; b < v->n && rc == RC_OK; b++) {
		for (size_t i = 0; i < v->blocks[b].n && rc == RC_OK; i++) {
			part[n++] = (struct people_cluster){
				.block = (uint32_t)b,
				.record = v->blocks[b].mentions[i].record,
				.person = l->person_of[k++],
			};
			if (n < COUNT_OF(part))
				continue;
			rc = write_all(fd, part, n * sizeof(*part), &at);
			n = 0;
		}
	}
	return rc == RC_OK ? write_all(fd, part, n * sizeof(*part), &at) : rc;
}

static enum rc
answer(const struct vault *v, const struct link_result *l,
       const struct people_job *job, int fd)
{
	struct people_answer a = {0};
	struct people_holder *holders = NULL;
	uint64_t at = 0;

	copy_link(l, &a);
	enum rc rc = sum_people(v, l, &a);
	if (rc == RC_OK)
		rc = count_professionals(v, l, &a);
	if (rc == RC_OK)
		rc = count_holders(v, l, &holders, &a);
	if (job->clusters != 0)
		a.n_clusters = v->mentions;
	if (rc == RC_OK)
		rc = write_all(fd, &a, sizeof(a), &at);
	if (rc == RC_OK)
		rc = write_all(fd, holders, a.n_holders * sizeof(*holders),
			       &at);
	if (rc == RC_OK && job->clusters != 0)
		rc = write_clusters(v, l, fd, at);
	free(holders);
	return rc;
}

enum rc
people_handle(void *state, const struct worker_msg *in, const int *fds,
	      size_t nfds, struct worker_msg *ret_out)
{
	struct team *team = state;
	struct link_result *l = NULL;
	struct people_job job;
	struct vault v = {0};

	if (in->type != PEOPLE_JOB || in->n != sizeof(job) || nfds != 3)
		return RC_FORMAT;
	memcpy(&job, in->body, sizeof(job));
	ret_out->type = in->type;
	const struct link_options o = {.memory_bytes = job.memory_bytes};
	enum rc rc = vault_open(fds[0], fds[1], job.n_blocks, &v);
	if (rc == RC_OK)
		rc = link_people(v.blocks, v.n, &o, team, &l);
	if (rc == RC_OK)
		rc = answer(&v, l, &job, fds[2]);
	link_result_free(l);
	vault_close(&v);
	return rc;
}
