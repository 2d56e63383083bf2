/* Whatever the bytes: it ends, and gives no more than it was given room for. */
#include "base/parts_check.h"
#include "source/archive/archive.h"

#include <stdlib.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MEMBERS_MAX = 64, READS_MAX = 64 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t room[PARTS_READ_MIN];
	struct span s = {data, size};
	const struct parts_input in = parts_in_span(&s);
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
