/* Whatever the bytes: a kind is found, inside the head, and the same kind again
 * when the head lies elsewhere. */
#include "source/sniff/sniff.h"

#include <stdlib.h>
#include <string.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
check(const struct sniff *s)
{
	size_t n;
	const struct sniff_kind *kinds = sniff_kinds(&n);

	must(s->kind >= kinds && s->kind < kinds + n);
	must(s->locked || sniff_is_read(s->kind) == (sniff_reason(s) == NULL));
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span head = {data, size};
	struct sniff a;
	struct sniff b;

	const bool decided = sniff_bytes(head, size, &a);
	check(&a);
	must(decided == (a.kind->family != SNIFF_FAMILY_NONE));
	(void)sniff_bytes(head, SNIFF_SIZE_UNKNOWN, &b);
	check(&b);

	uint8_t *copy = malloc(size + 1);
	must(copy != NULL);
	memcpy(copy + 1, data, size);
	must(sniff_bytes((struct span){copy + 1, size}, size, &b) == decided);
	must(a.kind == b.kind && a.locked == b.locked);

	sniff_text(head, true, &a);
	must(sniff_is_read(a.kind));
	sniff_text((struct span){copy + 1, size}, true, &b);
	must(a.kind == b.kind);
	sniff_text(head, false, &b);
	check(&b);
	free(copy);
	return 0;
}
