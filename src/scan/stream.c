/* Standard input and pipes: read once, in order, and handed to the workers in
 * parts, each a memory file that holds one range and what is read around it. */
#include "base/io.h"
#include "scan/scan_impl.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	/* As far as the last record of a range may go, in any charset. */
	STREAM_AHEAD = 4 * WIRE_AHEAD_BYTES,
	POLL_MS = 100, /* until an interrupt is looked for */
	/* Without a byte of a member for so long, its worker is stuck. */
	STUCK_POLLS = 300 * 1000 / POLL_MS,
};

static bool
make_tail(const struct scanner *s, struct document *d)
{
	if (d->tail == NULL)
		d->tail = malloc((size_t)s->range_bytes + STREAM_AHEAD +
				 WIRE_BACK_BYTES);
	return d->tail != NULL;
}

/* Take the ${n} bytes that came to the end of the tail. */
static enum rc
take(struct scanner *s, struct document *d, size_t n)
{
	const enum rc rc =
		sha256_update(d->sha, (struct span){d->tail + d->tail_n, n});

	d->tail_n += n;
	d->size += n;
	s->bytes_known += n;
	if (!parts_allow(d, n)) {
		gather_fault(s, d->index, WIRE_WHY_CEILING);
		d->ended = true;
		d->cut = true;
	}
	return rc;
}

enum rc
stream_fill(struct scanner *s, struct document *d, uint64_t end)
{
	unsigned idle = 0;

	if (!make_tail(s, d))
		return RC_NOMEM;
	while (!d->ended && d->tail_at + d->tail_n < end) {
		const size_t want = (size_t)(end - d->tail_at) - d->tail_n;
		struct pollfd ready = {.fd = d->fd, .events = POLLIN};

		/* Not read() alone: an interrupt just before it would be
		 * noticed when the other side writes, or never. */
		const int met = poll(&ready, 1, POLL_MS);
		if (s->o->stop != NULL && *s->o->stop != 0)
			return RC_END;
		if (met == 0 && d->whole != NULL && ++idle == STUCK_POLLS)
			parts_stuck(d);
		if (met == 0 || (met < 0 && errno == EINTR))
			continue;
		idle = 0;
		const ssize_t k = read(d->fd, d->tail + d->tail_n, want);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return RC_IO;
		d->ended = k == 0;
		const enum rc rc = k == 0 ? RC_OK : take(s, d, (size_t)k);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc
make_part(struct document *d, struct range *r, uint64_t from, uint64_t to)
{
	const uint8_t *p = d->tail + (from - d->tail_at);

	r->part = memory_file("part");
	if (r->part < 0)
		return RC_IO;
	r->part_at = from;
	r->part_end = to;
	r->part_last = d->ended && to == d->size;
	return io_write_at(r->part, p, (size_t)(to - from), 0);
}

/* Forget the bytes before ${at}. */
static void
forget(struct document *d, uint64_t at)
{
	if (at <= d->tail_at)
		return;
	size_t gone = (size_t)(at - d->tail_at);
	if (gone > d->tail_n)
		gone = d->tail_n;
	memmove(d->tail, d->tail + gone, d->tail_n - gone);
	d->tail_n -= gone;
	d->tail_at += gone;
}

enum rc
stream_range(struct scanner *s, struct document *d, size_t i)
{
	const uint64_t begin = i * (uint64_t)s->range_bytes;
	const uint64_t next = begin + s->range_bytes;
	uint64_t end = next + STREAM_AHEAD;

	enum rc rc = stream_fill(s, d, end);
	if (rc != RC_OK)
		return rc;
	if (end > d->size)
		end = d->size;
	if (i > 0 && begin >= d->size) {
		/* The range before this one was the last. */
		d->n_ranges = i;
		if (d->settled == d->n_ranges)
			d->state = DOCUMENT_DONE;
		return RC_END;
	}
	const uint64_t from = d->tail_at;
	rc = make_part(d, &d->ranges[i], from, end);
	if (rc == RC_OK)
		forget(d, next > WIRE_BACK_BYTES ? next - WIRE_BACK_BYTES : 0);
	return rc;
}
