#include "source/walk/walk_impl.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

static size_t
slot_of(const struct walk_seen *seen, struct walk_id id)
{
	uint64_t h = (id.inode ^ id.device * 0x9E3779B97F4A7C15ULL) *
		     0xFF51AFD7ED558CCDULL;
	size_t i = (size_t)(h >> 17) & (seen->n_slots - 1);

	while (seen->slots[i].inode != 0 &&
	       (seen->slots[i].inode != id.inode ||
		seen->slots[i].device != id.device))
		i = (i + 1) & (seen->n_slots - 1);
	return i;
}

/* At most half of the slots are taken. */
static bool
grow(struct walk_seen *seen)
{
	const size_t n = seen->n_slots == 0 ? FIRST_SLOTS : seen->n_slots * 2;
	struct walk_seen bigger = {.slots = calloc(n, sizeof(bigger.slots[0])),
				   .n_slots = n};

	if (bigger.slots == NULL)
		return false;
	for (size_t i = 0; i < seen->n_slots; i++)
		if (seen->slots[i].inode != 0)
			bigger.slots[slot_of(&bigger, seen->slots[i])] =
				seen->slots[i];
	free(seen->slots);
	seen->slots = bigger.slots;
	seen->n_slots = n;
	return true;
}

bool
walk_seen_add(struct walk_seen *seen, uint64_t device, uint64_t inode)
{
	const struct walk_id id = {device, inode};

	if (inode == 0) /* some network file systems have no numbers */
		return false;
	if (seen->n_slots > 0) {
		const size_t i = slot_of(seen, id);

		if (seen->slots[i].inode != 0)
			return true;
	}
	if (seen->n == WALK_SEEN_MAX ||
	    (seen->n * 2 >= seen->n_slots && !grow(seen))) {
		seen->forgot++;
		return false;
	}
	seen->slots[slot_of(seen, id)] = id;
	seen->n++;
	return false;
}
