#include "base/lexicon.h"

static const char *
row(const struct lexicon *x, size_t i)
{
	return (const char *)x->rows + i * x->stride;
}

/* Is ${word} that of a row which begins with the same eight bytes? */
static inline bool
goes_on(const char *row, struct span word)
{
	/* A shorter one has its NULs among the eight. */
	return word.n < 8 || (row[word.n] == '\0' &&
			      memcmp(row + 8, word.p + 8, word.n - 8) == 0);
}

size_t
lexicon_search(const struct lexicon *x, struct span word)
{
	const unsigned letter = (unsigned)(word.p[0] - 'A');
	const uint64_t key =
		word.n < 8 ? word_short(word.p, word.n) : word_load8(word.p);

	for (size_t i = x->first[letter]; i < x->first[letter + 1]; i++)
		if (word_load8((const uint8_t *)row(x, i)) == key &&
		    goes_on(row(x, i), word))
			return i;
	return x->n;
}

/* Is row ${i} written as the header says, and not before the one above it? */
static bool
row_is_right(const struct lexicon *x, size_t i)
{
	const char *word = row(x, i);
	const size_t n = strnlen(word, LEXICON_WORD);

	if (n == 0 || n == LEXICON_WORD || word[0] < 'A' || word[0] > 'Z')
		return false;
	for (size_t k = n; k < LEXICON_WORD; k++)
		if (word[k] != '\0')
			return false;
	return i == 0 || strcmp(row(x, i - 1), word) <= 0;
}

bool
lexicon_is_right(const struct lexicon *x)
{
	uint32_t lengths[26] = {0};
	size_t rows[26] = {0};

	if (x->n > UINT8_MAX || x->first[0] != 0)
		return false;
	for (size_t i = 0; i < x->n; i++) {
		if (!row_is_right(x, i))
			return false;
		const unsigned letter = (unsigned)(row(x, i)[0] - 'A');
		lengths[letter] |= UINT32_C(1)
				   << strnlen(row(x, i), LEXICON_WORD);
		rows[letter]++;
	}
	for (unsigned k = 0; k < 26; k++)
		if (x->first[k] + rows[k] != x->first[k + 1])
			return false;
	return memcmp(lengths, x->lengths, sizeof(lengths)) == 0;
}
