/* Any bytes as a run: refused, or read to an end that is where it should be. */
#include "base/io.h"
#include "case/run.h"
#include "crypto/crypto.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop, so that the fuzzer keeps the input. */
static void
need(bool holds)
{
	if (!holds)
		abort();
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct run_keys keys = {.owner = {1}};
	const int fd = memfd_create("run", MFD_CLOEXEC);
	uint64_t count;

	need(crypto_setup() == RC_OK && fd >= 0);
	need(io_write_at(fd, data, size, 0) == RC_OK);
	/* A run that holds under this key of zeros has the size it says. */
	if (run_check(fd, RUN_ROWS, &keys, &count) == RC_OK)
		need(size == 64 + 8 * count + SEAL_SUM_BYTES);
	(void)close(fd);
	return 0;
}
