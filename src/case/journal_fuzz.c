/* Any bytes as a journal, and any bytes behind one: it is read up to them, and
 * what is written after a cut is read again. */
#include "base/io.h"
#include "case/journal.h"
#include "crypto/crypto.h"

#include <stdlib.h>
#include <string.h>
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

static unsigned
count(int fd, const struct seal_key *key)
{
	struct journal_record r;
	struct journal *j;
	unsigned n = 0;

	need(journal_open(fd, key, &j) == RC_OK);
	while (journal_next(j, &r) == RC_OK)
		n++;
	journal_free(j);
	return n;
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct seal_key key = {{7}};
	const struct span part = {data, size};
	const int fd = memfd_create("journal", MFD_CLOEXEC);
	struct journal *j;

	need(crypto_setup() == RC_OK && fd >= 0);
	need(io_write_at(fd, data, size, 0) == RC_OK);
	(void)count(fd, &key);
	/* Two records, and the bytes behind them. */
	need(ftruncate(fd, 0) == 0);
	need(journal_open(fd, &key, &j) == RC_OK);
	need(journal_cut(j, NULL) == RC_OK);
	need(journal_add(j, 1, &part, 1) == RC_OK);
	need(journal_add(j, 2, &part, size > 0 ? 1 : 0) == RC_OK);
	journal_free(j);
	const off_t end = lseek(fd, 0, SEEK_END);
	need(io_write_at(fd, data, size, (uint64_t)end) == RC_OK);
	need(count(fd, &key) == 2);
	(void)close(fd);
	return 0;
}
