/* detect/name: one table of all words that mean something in or near a name. */
#include "base/word.h"
#include "detect/name/name_dictionary_table.h"

/* The first ${n} <= 8 bytes at ${p}, with zeros behind them. */
static inline uint64_t
load_part(const uint8_t *p, size_t n)
{
	if (n == 8)
		return word_load8(p);
	if (n >= 4)
		return word_load4(p) | (uint64_t)word_load4(p + n - 4)
					       << (8 * (n - 4));
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v |= (uint64_t)p[i] << (8 * i);
	return v;
}

const struct name_entry *
name_look_up(struct span word)
{
	uint64_t head;
	uint64_t tail = 0;

	if (word.n > NAME_LETTERS_MAX)
		return &ENTRIES[0];
	if (word.n > 8) {
		head = word_load8(word.p);
		tail = load_part(word.p + 8, word.n - 8);
	} else {
		head = load_part(word.p, word.n);
	}
	for (uint32_t i = name_entry_hash(head, tail);; i++) {
		const uint16_t slot = SLOTS[i % DICTIONARY_SLOTS];

		/* The first entry is no word: it ends the search. */
		if (slot == 0 ||
		    (ENTRIES[slot].head == head && ENTRIES[slot].tail == tail))
			return &ENTRIES[slot];
	}
}

enum name_given
name_given_known(struct span word)
{
	size_t n = 0;

	while (n < word.n && word.p[n] != ' ')
		n++;
	return (enum name_given)name_look_up((struct span){word.p, n})->given;
}
