/* The jailed side: links the mentions, and counts what each person has. It
 * reads the vault twice, a block at a time: to link, and to add up. */
#include "base/io.h"
#include "base/mention.h"
#include "base/team.h"
#include "link/room/room.h"
#include "people/people_impl.h"
#include "people/people_set.h"
#include "people/vault.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/** What a worker keeps between its start and its job. */
struct state {
	struct team *team;
	struct seal_key key;
};

/** What a mention says besides who it is about, by person. Threads add bits to
 * it at the same time. */
struct said {
	_Atomic uint64_t *kinds; /* bit set */
	_Atomic uint32_t *said;
	_Atomic uint32_t *tested;
};

/** An organisation, and the first mention that it held. */
struct holder {
	uint64_t code;
	uint64_t first;
	uint32_t kind;
	uint32_t number; /* among all, later on; UINT32_MAX: past the ceiling */
};

/** What one thread gathers besides. */
struct share {
	struct vault *vault;
	struct people_set professionals;
	struct people_set holdings; /* holder << 32 | person */
	struct holder *holders;     /* [PEOPLE_HOLDERS_MAX], by first mention */
	size_t n_holders;
	size_t last_holder;
	uint64_t kinds[KIND_COUNT]; /* of its persons */
	uint64_t said[TOPIC_COUNT];
	uint64_t tested[TOPIC_COUNT];
	uint64_t special;
};

/** The second reading. */
struct tally {
	struct room room;
	const struct link_result *link;
	const struct vault_files *files;
	const struct seal_key *key;
	const size_t *starts; /* [blocks + 1] first mention of each block */
	struct said persons;
	struct share shares[TEAM_MAX];
	size_t n_shares;
	int fd;             /* where clusters go; -1: nowhere */
	atomic_size_t next; /* block */
	atomic_int failed;  /* enum rc */
};

/** The first reading: the blocks, and how many mentions came before each. */
struct reading {
	struct vault *vault;
	size_t *starts;
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
share_init(struct share *s, struct tally *t)
{
	s->professionals.room = &t->room;
	s->holdings.room = &t->room;
	s->holders = ROOM_ARRAY(&t->room, PEOPLE_HOLDERS_MAX, struct holder);
	if (s->holders == NULL)
		return RC_NOMEM;
	return vault_open(t->files, t->key, &s->vault);
}

static enum rc
tally_init(struct tally *t, unsigned parts)
{
	const uint64_t people = t->link->people;
	struct said *p = &t->persons;
	enum rc rc = RC_OK;

	room_init(&t->room, 0);
	p->kinds = ROOM_ARRAY(&t->room, people, _Atomic uint64_t);
	p->said = ROOM_ARRAY(&t->room, people, _Atomic uint32_t);
	p->tested = ROOM_ARRAY(&t->room, people, _Atomic uint32_t);
	if (p->kinds == NULL || p->said == NULL || p->tested == NULL)
		return RC_NOMEM;
	while (t->n_shares < parts && rc == RC_OK)
		rc = share_init(&t->shares[t->n_shares++], t);
	return rc;
}

static void
tally_done(struct tally *t)
{
	for (size_t i = 0; i < t->n_shares; i++) {
		struct share *s = &t->shares[i];

		vault_close(s->vault);
		people_set_free(&s->professionals);
		people_set_free(&s->holdings);
		room_give(&t->room, s->holders, PEOPLE_HOLDERS_MAX,
			  sizeof(*s->holders));
	}
	const uint64_t people = t->link->people;
	const struct said *p = &t->persons;
	room_give(&t->room, p->kinds, people, sizeof(*p->kinds));
	room_give(&t->room, p->said, people, sizeof(*p->said));
	room_give(&t->room, p->tested, people, sizeof(*p->tested));
}

/* The number of the holder of ${m} among those met: linear, but met ones are
 * few and the last one usually comes again. */
static size_t
holder_index(struct share *s, const struct mention *m, uint64_t number)
{
	struct holder *h = s->holders;
	const size_t last = s->last_holder;

	if (last < s->n_holders && h[last].code == m->holder &&
	    h[last].kind == m->holder_kind)
		return last;
	for (size_t i = 0; i < s->n_holders; i++)
		if (h[i].code == m->holder && h[i].kind == m->holder_kind)
			return i;
	if (s->n_holders == PEOPLE_HOLDERS_MAX)
		return SIZE_MAX;
	h[s->n_holders] = (struct holder){
		.code = m->holder, .first = number, .kind = m->holder_kind};
	return s->n_holders++;
}

static enum rc
add_holding(struct share *s, const struct mention *m, uint64_t number,
	    uint32_t person)
{
	const size_t holder = holder_index(s, m, number);

	if (holder == SIZE_MAX)
		return RC_OK;
	s->last_holder = holder;
	return people_set_add(&s->holdings, (uint64_t)holder << 32 | person);
}

/* Most of a person's mentions say the same: looking is cheaper than writing
 * what other threads read. */
#define ADD_BITS(at, bits)                                               \
	do {                                                             \
		if ((~atomic_load_explicit((at), memory_order_relaxed) & \
		     (bits)) != 0)                                       \
			atomic_fetch_or_explicit((at), (bits),           \
						 memory_order_relaxed);  \
	} while (false)

static enum rc
add_mention(struct tally *t, struct share *s, const struct mention *m,
	    uint64_t number)
{
	const uint32_t person = t->link->person_of[number];
	enum rc rc = RC_OK;

	for (size_t i = 0; i < COUNT_OF(m->professional) && rc == RC_OK; i++)
		if (m->professional[i] != 0)
			rc = people_set_add(&s->professionals,
					    m->professional[i]);
	if (person == LINK_NOBODY || rc != RC_OK)
		return rc;
	ADD_BITS(&t->persons.kinds[person], m->kinds);
	ADD_BITS(&t->persons.said[person], m->topics_said);
	ADD_BITS(&t->persons.tested[person], m->topics_tested);
	return m->holder == 0 ? RC_OK : add_holding(s, m, number, person);
}

/* The person of every mention of block ${number}. */
static enum rc
write_clusters(const struct tally *t, const struct mention_block *b,
	       size_t number)
{
	struct people_cluster part[BATCH_ROWS];
	const size_t start = t->starts[number];
	const uint32_t *person = t->link->person_of + start;
	uint64_t at = PEOPLE_CLUSTERS_AT + start * sizeof(*part);
	enum rc rc = RC_OK;

	for (size_t i = 0; i < b->n && rc == RC_OK;) {
		size_t n = 0;

		for (; i < b->n && n < COUNT_OF(part); i++)
			part[n++] = (struct people_cluster){
				.block = (uint32_t)number,
				.record = b->mentions[i].record,
				.person = person[i],
			};
		rc = write_all(t->fd, part, n * sizeof(*part), &at);
	}
	return rc;
}

static enum rc
add_block(struct tally *t, struct share *s, size_t number)
{
	const size_t start = t->starts[number];
	struct mention_block b;
	enum rc rc = vault_block(s->vault, number, &b);

	/* The same block a moment ago had as many. */
	if (rc == RC_OK && b.n != t->starts[number + 1] - start)
		rc = RC_FORMAT;
	if (rc == RC_OK && t->fd >= 0)
		rc = write_clusters(t, &b, number);
	for (size_t i = 0; rc == RC_OK && i < b.n; i++)
		rc = add_mention(t, s, &b.mentions[i], start + i);
	return rc;
}

static void
add_part(void *arg, unsigned part, unsigned parts)
{
	struct tally *t = arg;
	struct share *s = &t->shares[part];
	enum rc rc = RC_OK;

	(void)parts;
	while (rc == RC_OK && atomic_load(&t->failed) == RC_OK) {
		const size_t i = atomic_fetch_add(&t->next, 1);

		if (i >= vault_blocks(s->vault))
			break;
		rc = add_block(t, s, i);
	}
	if (rc == RC_OK)
		rc = people_set_settle(&s->professionals);
	if (rc == RC_OK)
		rc = people_set_settle(&s->holdings);
	if (rc != RC_OK)
		atomic_store(&t->failed, (int)rc);
}

static void
count_topics(struct share *s, uint32_t said, uint32_t tested)
{
	for (unsigned k = 0; k < TOPIC_COUNT; k++) {
		s->said[k] += said >> k & 1;
		s->tested[k] += tested >> k & 1;
	}
	s->special += said != 0;
}

/* What a share of the persons has. */
static void
count_part(void *arg, unsigned part, unsigned parts)
{
	struct tally *t = arg;
	struct share *s = &t->shares[part];
	const uint64_t people = t->link->people;
	const uint64_t to = people * (part + 1) / parts;

	for (uint64_t p = people * part / parts; p < to; p++) {
		const uint32_t said = t->persons.said[p];
		const uint32_t tested = t->persons.tested[p] & ~said;

		for (uint64_t left = t->persons.kinds[p]; left != 0;
		     left &= left - 1)
			if (__builtin_ctzll(left) < KIND_COUNT)
				s->kinds[__builtin_ctzll(left)]++;
		if ((said | tested) != 0)
			count_topics(s, said, tested);
	}
}

static void
sum_counts(const struct tally *t, struct people_answer *a)
{
	for (size_t i = 0; i < t->n_shares; i++) {
		const struct share *s = &t->shares[i];

		for (unsigned k = 0; k < KIND_COUNT; k++)
			a->kinds[k] += s->kinds[k];
		for (unsigned k = 0; k < TOPIC_COUNT; k++) {
			a->said[k] += s->said[k];
			a->tested[k] += s->tested[k];
		}
		a->special += s->special;
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

/* Of what the threads have met, the holder that comes next by its first
 * mention; ${at} says how far each has come. */
static struct holder *
next_holder(const struct tally *t, size_t *at)
{
	size_t best = t->n_shares;

	for (size_t i = 0; i < t->n_shares; i++) {
		const struct share *s = &t->shares[i];

		if (at[i] < s->n_holders &&
		    (best == t->n_shares ||
		     s->holders[at[i]].first <
			     t->shares[best].holders[at[best]].first))
			best = i;
	}
	return best < t->n_shares ? &t->shares[best].holders[at[best]++] : NULL;
}

static size_t
find_holder(const struct people_holder *all, size_t n, const struct holder *h)
{
	size_t i = 0;

	while (i < n && (all[i].code != h->code || all[i].kind != h->kind))
		i++;
	return i;
}

/* Number the holders by their first mention, as one thread would. */
static size_t
number_holders(struct tally *t, struct people_holder *all)
{
	size_t at[TEAM_MAX] = {0};
	size_t n = 0;

	for (struct holder *h; (h = next_holder(t, at)) != NULL;) {
		const size_t i = find_holder(all, n, h);

		h->number = UINT32_MAX;
		if (i == PEOPLE_HOLDERS_MAX)
			continue;
		if (i == n)
			all[n++] = (struct people_holder){.code = h->code,
							  .kind = h->kind};
		h->number = (uint32_t)i;
	}
	return n;
}

/* How many people each holder had. */
static enum rc
count_holders(struct tally *t, struct people_holder *all, size_t *ret_n)
{
	struct people_set *one = &t->shares[0].holdings;
	const size_t n = number_holders(t, all);
	struct people_set joined = {.room = &t->room};
	enum rc rc = RC_OK;

	for (size_t i = 0; i < t->n_shares; i++) {
		const struct share *s = &t->shares[i];

		for (size_t k = 0; k < s->holdings.n && rc == RC_OK; k++) {
			const uint64_t v = s->holdings.v[k];
			const uint64_t h = s->holders[v >> 32].number;

			if (h != UINT32_MAX)
				rc = people_set_add(&joined,
						    h << 32 | (uint32_t)v);
		}
	}
	people_set_free(one);
	*one = joined;
	if (rc == RC_OK)
		rc = people_set_settle(one);
	for (size_t i = 0; i < one->n && rc == RC_OK; i++)
		all[one->v[i] >> 32].people++;
	qsort(all, n, sizeof(*all), compare_holders);
	*ret_n = n;
	return rc;
}

static enum rc
count_professionals(struct tally *t, uint64_t *ret_n)
{
	struct people_set *all = &t->shares[0].professionals;
	enum rc rc = RC_OK;

	for (size_t i = 1; i < t->n_shares; i++) {
		const struct people_set *s = &t->shares[i].professionals;

		for (size_t k = 0; k < s->n && rc == RC_OK; k++)
			rc = people_set_add(all, s->v[k]);
	}
	if (rc == RC_OK)
		rc = people_set_settle(all);
	*ret_n = all->n;
	return rc;
}

/* All threads read all blocks between them; then what they have is joined. */
static enum rc
add_all(struct tally *t, struct team *team, struct people_answer *a,
	struct people_holder *holders)
{
	enum rc rc = tally_init(t, team_size(team));
	size_t n = 0;

	if (rc != RC_OK)
		return rc;
	team_run(team, add_part, t);
	rc = (enum rc)atomic_load(&t->failed);
	if (rc != RC_OK)
		return rc;
	team_run(team, count_part, t);
	sum_counts(t, a);
	rc = count_professionals(t, &a->professionals);
	if (rc == RC_OK)
		rc = count_holders(t, holders, &n);
	a->n_holders = n;
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

/* Numbers first and holders next, so the clusters, which are written while all
 * is added up, begin where there is room for as many holders as there may be.
 */
static enum rc
answer(struct tally *t, struct team *team, const struct people_job *job, int fd)
{
	struct people_answer a = {0};
	struct people_holder *holders =
		calloc(PEOPLE_HOLDERS_MAX, sizeof(*holders));
	uint64_t at = 0;

	if (holders == NULL)
		return RC_NOMEM;
	copy_link(t->link, &a);
	t->fd = -1;
	if (job->clusters != 0) {
		a.n_clusters = t->link->mentions;
		t->fd = fd;
	}
	enum rc rc = add_all(t, team, &a, holders);
	if (rc == RC_OK)
		rc = write_all(fd, &a, sizeof(a), &at);
	if (rc == RC_OK)
		rc = write_all(fd, holders, a.n_holders * sizeof(*holders),
			       &at);
	tally_done(t);
	free(holders);
	return rc;
}

static enum rc
block_at(void *arg, size_t i, struct mention_block *ret_block)
{
	struct reading *r = arg;
	const enum rc rc = vault_block(r->vault, i, ret_block);

	if (rc == RC_OK)
		r->starts[i + 1] = r->starts[i] + ret_block->n;
	return rc;
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

	r->starts = calloc(n + 1, sizeof(*r->starts));
	struct tally *t = calloc(1, sizeof(*t));
	enum rc rc = RC_NOMEM;
	if (r->starts != NULL && t != NULL)
		rc = link_people(&source, &o, s->team, &l);
	if (rc == RC_OK) {
		t->link = l;
		t->files = files;
		t->key = &s->key;
		t->starts = r->starts;
		rc = answer(t, s->team, job, fd);
	}
	free(t);
	free(r->starts);
	link_result_free(l);
	return rc;
}

enum rc
people_handle(void *state, const struct worker_msg *in, const int *fds,
	      size_t nfds, struct worker_msg *ret_out)
{
	const struct state *s = state;
	struct reading r = {NULL, NULL};
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
