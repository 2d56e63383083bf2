#include "people/people_tally.h"

#include "base/io.h"
#include "link/room/room.h"
#include "people/people_set.h"

#include <stdatomic.h>
#include <stdlib.h>

/** What a mention says besides who it is about, by person. Threads add bits to
 * it at the same time. */
struct said {
	_Atomic uint64_t *kinds; /* bit set */
	_Atomic uint32_t *said;
	_Atomic uint32_t *tested;
};

/** What one thread gathers besides. */
struct share {
	struct vault *vault;
	struct people_set professionals;
	struct people_set holdings; /* holder << 32 | person */
	uint64_t kinds[KIND_COUNT]; /* of its persons */
	uint64_t said[TOPIC_COUNT];
	uint64_t tested[TOPIC_COUNT];
	uint64_t special;
};

/** The second reading. */
struct tally {
	struct room room;
	const struct people_tally_input *in;
	struct said persons;
	struct share shares[TEAM_MAX];
	size_t n_shares;
	atomic_size_t next; /* block */
	atomic_int failed;  /* enum rc */
};

static enum rc
share_init(struct share *s, struct tally *t)
{
	s->professionals.room = &t->room;
	s->holdings.room = &t->room;
	return vault_open(t->in->files, t->in->key, &s->vault);
}

static enum rc
tally_init(struct tally *t, unsigned parts)
{
	const uint64_t people = t->in->link->people;
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
	}
	const uint64_t people = t->in->link->people;
	const struct said *p = &t->persons;
	room_give(&t->room, p->kinds, people, sizeof(*p->kinds));
	room_give(&t->room, p->said, people, sizeof(*p->said));
	room_give(&t->room, p->tested, people, sizeof(*p->tested));
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
	const uint32_t person = t->in->link->person_of[number];
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
	if (m->holder == 0)
		return RC_OK;
	const size_t holder = people_holders_find(t->in->holders, m);
	if (holder == PEOPLE_HOLDERS_MAX)
		return RC_OK;
	return people_set_add(&s->holdings, (uint64_t)holder << 32 | person);
}

/* The person of every mention of block ${number}. */
static enum rc
write_clusters(const struct tally *t, const struct mention_block *b,
	       size_t number)
{
	struct people_cluster part[BATCH_ROWS];
	const size_t start = t->in->starts[number];
	const uint32_t *person = t->in->link->person_of + start;
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
		rc = io_write_at(t->in->clusters, part, n * sizeof(*part), at);
		at += n * sizeof(*part);
	}
	return rc;
}

static enum rc
add_block(struct tally *t, struct share *s, size_t number)
{
	const size_t start = t->in->starts[number];
	struct mention_block b;
	enum rc rc = vault_block(s->vault, number, &b);

	/* The same block a moment ago had as many. */
	if (rc == RC_OK && b.n != t->in->starts[number + 1] - start)
		rc = RC_FORMAT;
	if (rc == RC_OK && t->in->clusters >= 0)
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
	const uint64_t people = t->in->link->people;
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

/* Add ${more}, which is settled. */
static enum rc
join(struct people_set *s, const struct people_set *more)
{
	enum rc rc = RC_OK;

	for (size_t k = 0; k < more->n && rc == RC_OK; k++)
		rc = people_set_add(s, more->v[k]);
	return rc;
}

/* What all threads have gathered goes to the first. */
static enum rc
join_shares(struct tally *t)
{
	struct share *first = &t->shares[0];
	enum rc rc = RC_OK;

	for (size_t i = 1; i < t->n_shares && rc == RC_OK; i++) {
		const struct share *s = &t->shares[i];

		rc = join(&first->professionals, &s->professionals);
		if (rc == RC_OK)
			rc = join(&first->holdings, &s->holdings);
	}
	if (rc == RC_OK)
		rc = people_set_settle(&first->professionals);
	return rc == RC_OK ? people_set_settle(&first->holdings) : rc;
}

static enum rc
add_all(struct tally *t, struct team *team, struct people_answer *a)
{
	const struct share *first = &t->shares[0];
	enum rc rc = tally_init(t, team_size(team));

	if (rc != RC_OK)
		return rc;
	team_run(team, add_part, t);
	rc = (enum rc)atomic_load(&t->failed);
	if (rc != RC_OK)
		return rc;
	team_run(team, count_part, t);
	sum_counts(t, a);
	rc = join_shares(t);
	if (rc != RC_OK)
		return rc;
	a->professionals = first->professionals.n;
	for (size_t i = 0; i < first->holdings.n; i++)
		t->in->holders->all[first->holdings.v[i] >> 32].people++;
	return RC_OK;
}

enum rc
people_tally(const struct people_tally_input *in, struct team *team,
	     struct people_answer *a)
{
	struct tally *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return RC_NOMEM;
	t->in = in;
	const enum rc rc = add_all(t, team, a);
	tally_done(t);
	free(t);
	return rc;
}
