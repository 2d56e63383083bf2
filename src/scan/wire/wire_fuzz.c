/* A worker's answer may be any bytes at all: loading it never reads past it,
 * and what is believed is in range. */
#include "scan/wire/wire.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
load_plan(int fd)
{
	struct wire_plan plan;
	struct column_type *columns;

	if (wire_plan_load(fd, &plan, &columns) != RC_OK)
		return;
	for (uint32_t i = 0; i < plan.cols; i++) {
		assert(columns[i].kind < KIND_COUNT);
		assert(wire_name_is_safe(columns[i].name,
					 sizeof(columns[i].name)));
	}
	free(columns);
}

static void
load_report(int fd)
{
	struct wire_report r;
	uint64_t sum = 0;

	if (wire_report_load(fd, 2, &r) != RC_OK)
		return;
	for (uint64_t i = 0; i < r.head->n_findings; i++)
		sum += r.findings[i].n;
	for (uint64_t i = 0; i < r.head->n_domains; i++)
		sum += r.domains[i];
	assert(r.head->first <= r.head->next || sum == 0);
	wire_report_free(&r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0)
		return 0;
	if (write(fd, data, size) == (ssize_t)size) {
		load_plan(fd);
		load_report(fd);
	}
	(void)close(fd);
	return 0;
}
