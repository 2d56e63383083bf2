#include "base/team.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct member {
	struct team *team;
	unsigned part;
	pthread_t thread;
};

struct team {
	pthread_mutex_t lock;
	pthread_cond_t start;
	pthread_cond_t done;
	team_work *work;
	void *arg;
	unsigned long round; /* grows by one a run */
	unsigned busy;       /* members that have not finished the round */
	bool over;
	unsigned n;       /* with the caller */
	unsigned started; /* threads that run */
	struct member members[TEAM_MAX];
};

/* Wait for a round after ${seen}; false: the team is over. */
static bool
await_round(struct team *t, unsigned long *seen)
{
	(void)pthread_mutex_lock(&t->lock);
	while (!t->over && t->round == *seen)
		(void)pthread_cond_wait(&t->start, &t->lock);
	const bool go = t->round != *seen;
	*seen = t->round;
	(void)pthread_mutex_unlock(&t->lock);
	return go;
}

static void *
member_main(void *arg)
{
	const struct member *m = arg;
	struct team *t = m->team;
	unsigned long seen = 0;

	while (await_round(t, &seen)) {
		t->work(t->arg, m->part, t->n);
		(void)pthread_mutex_lock(&t->lock);
		if (--t->busy == 0)
			(void)pthread_cond_signal(&t->done);
		(void)pthread_mutex_unlock(&t->lock);
	}
	return NULL;
}

struct team *
team_new(unsigned n)
{
	struct team *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return NULL;
	t->n = n == 0 ? 1 : n;
	if (t->n > TEAM_MAX)
		t->n = TEAM_MAX;
	(void)pthread_mutex_init(&t->lock, NULL);
	(void)pthread_cond_init(&t->start, NULL);
	(void)pthread_cond_init(&t->done, NULL);
	for (unsigned i = 0; i + 1 < t->n; i++) {
		struct member *m = &t->members[i];

		m->team = t;
		m->part = i + 1;
		if (pthread_create(&m->thread, NULL, member_main, m) != 0) {
			team_free(t);
			return NULL;
		}
		t->started++;
	}
	return t;
}

unsigned
team_size(const struct team *t)
{
	return t == NULL ? 1 : t->n;
}

void
team_run(struct team *t, team_work *work, void *arg)
{
	if (t == NULL || t->n == 1) {
		work(arg, 0, 1);
		return;
	}
	(void)pthread_mutex_lock(&t->lock);
	t->work = work;
	t->arg = arg;
	t->busy = t->started;
	t->round++;
	(void)pthread_cond_broadcast(&t->start);
	(void)pthread_mutex_unlock(&t->lock);

	work(arg, 0, t->n);

	(void)pthread_mutex_lock(&t->lock);
	while (t->busy > 0)
		(void)pthread_cond_wait(&t->done, &t->lock);
	(void)pthread_mutex_unlock(&t->lock);
}

void
team_free(struct team *t)
{
	if (t == NULL)
		return;
	(void)pthread_mutex_lock(&t->lock);
	t->over = true;
	(void)pthread_cond_broadcast(&t->start);
	(void)pthread_mutex_unlock(&t->lock);
	for (unsigned i = 0; i < t->started; i++)
		(void)pthread_join(t->members[i].thread, NULL);
	(void)pthread_cond_destroy(&t->start);
	(void)pthread_cond_destroy(&t->done);
	(void)pthread_mutex_destroy(&t->lock);
	free(t);
}
