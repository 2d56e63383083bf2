#include "cli/progress.h"

#include "base/clock.h"
#include "cli/show.h"

/* Not within the first second, and no more than ten times a second. */
static const double first_s = 1.0, least_s = 0.1;

void
progress_start(struct progress *p, const struct cli *c)
{
	*p = (struct progress){.c = c, .begun = clock_seconds()};
}

double
progress_elapsed(const struct progress *p)
{
	return clock_seconds() - p->begun;
}

static bool
is_time(struct progress *p)
{
	const double t = clock_seconds();

	if (!p->c->progress || t - p->begun < first_s || t - p->drawn < least_s)
		return false;
	p->drawn = t;
	return true;
}

void
progress_scan(void *arg, const struct scan_progress *state)
{
	struct progress *p = arg;
	const struct cli *c = p->c;
	char done[48];
	char all[48];
	char rate[48];
	char docs[48];
	char who[48];

	if (!is_time(p))
		return;
	const double elapsed = clock_seconds() - p->begun;
	const uint64_t bytes = state->bytes_done < state->bytes_known
				       ? state->bytes_done
				       : state->bytes_known;
	const double per_second = (double)bytes / elapsed;
	const double left =
		per_second > 0
			? (double)(state->bytes_known - bytes) / per_second
			: 0;
	fprintf(c->err, "\r\033[K%s / %s  %s/s  %s %s  %s %s  %s %.0f s",
		show_bytes(c, bytes, done),
		show_bytes(c, state->bytes_known, all),
		show_bytes(c, (uint64_t)per_second, rate),
		cli_number(c, state->documents, docs), "documents",
		cli_number(c, state->mentions, who), "mentions",
		c->french ? "lecture, reste" : "reading, left", left);
	(void)fflush(c->err);
}

void
progress_linking(void *arg)
{
	struct progress *p = arg;

	if (!is_time(p))
		return;
	fprintf(p->c->err, "\r\033[K%s %.0f s",
		p->c->french ? "rapprochement des personnes" : "linking people",
		clock_seconds() - p->begun);
	(void)fflush(p->c->err);
}

void
progress_end(struct progress *p)
{
	if (p->drawn > 0)
		fputs("\r\033[K", p->c->err);
	(void)fflush(p->c->err);
}
