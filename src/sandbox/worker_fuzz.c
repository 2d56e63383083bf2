/* What a worker that was taken over may write to its parent: any bytes, in
 * any packets. The parent takes an answer or ends the worker; never more. */
#include "sandbox/worker_impl.h"

#include <assert.h>
#include <string.h>

/* NOLINTBEGIN(readability-identifier-naming): libFuzzer's name */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct frame f;
	uint32_t seq = 0;

	/* The first four bytes are the number of the job that runs. */
	if (size < sizeof(seq))
		return 0;
	memcpy(&seq, data, sizeof(seq));
	const size_t got = size - sizeof(seq);
	if (got > sizeof(f))
		return 0; /* the kernel cuts it, and says so */

	memset(&f, 0xa5, sizeof(f));
	memcpy(&f, data + sizeof(seq), got);
	if (!frame_is_answer(&f, got, seq))
		return 0;
	assert(f.head.seq == seq);
	assert(f.head.n <= WORKER_BODY_MAX);
	assert(sizeof(f.head) + f.head.n == got);
	assert(f.head.rc <= RC_INTERNAL && f.head.rc != RC_DIED);
	return 0;
}
/* NOLINTEND(readability-identifier-naming) */
