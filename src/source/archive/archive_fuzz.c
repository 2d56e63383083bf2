/* Whatever the bytes: it ends, and gives no more than it was given room for. */
#include "source/archive/archive.h"

#include <stdlib.h>
#include <string.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MEMBERS_MAX = 64, READS_MAX = 64 };

static enum rc
read_span(void *arg, uint64_t at, uint8_t *to, size_t n, size_t *ret_n)
{
	const struct span *s = arg;

	*ret_n = at >= s->n ? 0 : n < s->n - at ? n : s->n - (size_t)at;
	if (*ret_n > 0)
		memcpy(to, s->p + at, *ret_n);
	return RC_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t room[PARTS_READ_MIN];
	struct span s = {data, size};
	const struct parts_input in = {
		.read = read_span, .arg = &s, .size = size};
	struct part part;
	void *p;

	if (archive_parts.open(&in, &p) != RC_OK)
		return 0;
	for (int i = 0; i < MEMBERS_MAX; i++) {
		if (archive_parts.next(p, &part) != RC_OK)
			break;
		if (part.name.n > PARTS_NAME_MAX)
			abort();
		size_t n = 1;
		for (int k = 0; k < READS_MAX && n > 0; k++) {
			const enum rc rc =
				archive_parts.read(p, room, sizeof(room), &n);

			if (n > sizeof(room))
				abort();
			if (rc != RC_OK)
				break;
		}
	}
	archive_parts.close(p);
	return 0;
}
