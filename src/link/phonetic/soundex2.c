#include "link/phonetic/phonetic.h"

#include <string.h>

/* A word while it is rewritten; it never grows. */
struct word {
	size_t n;
	uint8_t p[PHONETIC_NAME_MAX];
};

static const struct {
	const char *from;
	const char *to;
} GROUPS[] =
	{
		{"GUI", "KI"}, {"GUE", "KE"}, {"GA", "KA"}, {"GO", "KO"},
		{"GU", "K"},   {"CA", "KA"},  {"CO", "KO"}, {"CU", "KU"},
		{"Q", "K"},    {"CC", "K"},   {"CK", "K"},
},
  STARTS[] = {
	  {"MAC", "MCC"}, {"SCH", "SSS"}, {"ASA", "AZA"},
	  {"KN", "NN"},   {"PH", "FF"},   {"PF", "FF"},
};

static bool
stands_at(const struct word *w, size_t i, const char *s)
{
	const size_t n = strlen(s);

	return i + n <= w->n && memcmp(w->p + i, s, n) == 0;
}

static void
replace(struct word *w, const char *from, const char *to)
{
	size_t k = 0;

	while (k < w->n &&
	       !(w->p[k] == (uint8_t)from[0] && stands_at(w, k, from)))
		k++;
	if (k == w->n)
		return;
	const size_t from_n = strlen(from);
	const size_t to_n = strlen(to);
	for (size_t i = k; i < w->n;) {
		if (!stands_at(w, i, from)) {
			w->p[k++] = w->p[i++];
			continue;
		}
		memcpy(w->p + k, to, to_n);
		k += to_n;
		i += from_n;
	}
	w->n = k;
}

static void
replace_start(struct word *w)
{
	for (size_t g = 0; g < COUNT_OF(STARTS); g++)
		if (stands_at(w, 0, STARTS[g].from))
			memcpy(w->p, STARTS[g].to, strlen(STARTS[g].to));
}

/* Leave out ${letter} unless it is the first or the one before is in
 * ${after}. */
static void
leave_out(struct word *w, uint8_t letter, const char *after)
{
	size_t k = 1;

	for (size_t i = 1; i < w->n; i++)
		if (w->p[i] != letter || byte_in(w->p[i - 1], after))
			w->p[k++] = w->p[i];
	w->n = k;
}

static size_t
squeeze_runs(const struct word *w, uint8_t out[static PHONETIC_SOUNDEX2])
{
	size_t n = 0;

	for (size_t i = 0; i < w->n && n < PHONETIC_SOUNDEX2; i++)
		if (i == 0 || w->p[i] != w->p[i - 1])
			out[n++] = w->p[i];
	return n;
}

size_t
phonetic_soundex2(struct span name, uint8_t out[static PHONETIC_SOUNDEX2])
{
	struct word w = {0};

	for (size_t i = 0; i < name.n && w.n < PHONETIC_NAME_MAX; i++)
		if (is_upper(name.p[i]))
			w.p[w.n++] = name.p[i];
	if (w.n == 0)
		return 0;
	for (size_t g = 0; g < COUNT_OF(GROUPS); g++)
		replace(&w, GROUPS[g].from, GROUPS[g].to);
	for (size_t i = 1; i < w.n; i++)
		if (byte_in(w.p[i], "EIOU"))
			w.p[i] = 'A';
	replace_start(&w);
	leave_out(&w, 'H', "CS");
	leave_out(&w, 'Y', "A");
	if (w.n > 1 && byte_in(w.p[w.n - 1], "ADTS"))
		w.n--;
	leave_out(&w, 'A', "");
	return squeeze_runs(&w, out);
}
