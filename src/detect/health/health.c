#include "detect/health/health.h"

#include "detect/health/health_impl.h"

/* Where the hits of a note go. */
struct sink {
	struct health_hit *hits;
	size_t n, cap;
	uint32_t said, tested;
};

static void
take(struct sink *sink, const struct health_mark *m, enum health_sense sense)
{
	if (sense == HEALTH_SAID)
		sink->said |= 1U << m->word->topic;
	if (sense == HEALTH_TESTED)
		sink->tested |= 1U << m->word->topic;
	if (sink->n < sink->cap)
		sink->hits[sink->n++] = (struct health_hit){
			.at = m->at,
			.n = m->n,
			.topic = m->word->topic,
			.sense = (uint8_t)sense,
		};
}

static void
walk(struct span note, struct sink *sink)
{
	struct health_text t = {.text = note};
	struct health_sentence s;

	while (health_next(&t, &s)) {
		if (!health_has(&s, 1U << WORD_TOPIC))
			continue;
		health_settle(&s);
		for (size_t i = 0; i < s.n; i++) {
			if (s.mark[i].class != WORD_TOPIC)
				continue;
			const enum health_sense sense = health_judge(&s, i);
			if (sense != HEALTH_NONE)
				take(sink, &s.mark[i], sense);
		}
	}
}

size_t
health_read_words(struct words_text *note, struct health_hit *hits, size_t cap,
		  uint32_t *ret_said, uint32_t *ret_tested)
{
	struct sink sink = {.hits = hits, .cap = cap};

	if (note->text.n > UINT32_MAX)
		note->text.n = UINT32_MAX;
	if (health_may_tell(note))
		walk(note->text, &sink);
	*ret_said = sink.said;
	*ret_tested = sink.tested & ~sink.said;
	return sink.n;
}

size_t
health_read(struct span note, struct health_hit *hits, size_t cap,
	    uint32_t *ret_said, uint32_t *ret_tested)
{
	struct words_text t;

	words_open(&t, note);
	return health_read_words(&t, hits, cap, ret_said, ret_tested);
}

size_t
health_find(struct span note, struct health_hit *hits, size_t cap)
{
	uint32_t said;
	uint32_t tested;

	return health_read(note, hits, cap, &said, &tested);
}

void
health_summary(struct span note, uint32_t *ret_said, uint32_t *ret_tested)
{
	(void)health_read(note, NULL, 0, ret_said, ret_tested);
}

bool
health_mentions(struct span text)
{
	struct health_text t = {.text = text};
	struct health_sentence s;

	while (health_next(&t, &s))
		if ((s.clues & CLUE_MEDICAL) != 0)
			return true;
	return false;
}
