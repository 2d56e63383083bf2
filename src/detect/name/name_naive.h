/* For the test and the fuzz target of name_find(): the same names, found by
 * looking at every word by the rules. */
#ifndef TOCSIN_DETECT_NAME_NAIVE_H
#define TOCSIN_DETECT_NAME_NAIVE_H

#include "detect/name/name_find_impl.h"

static size_t
naive_find(struct span text, size_t from, struct name_hit *hits, size_t cap,
	   bool *ret_more)
{
	struct name_last last = {0};
	size_t n = 0;
	size_t at = 0;

	*ret_more = false;
	while (at < text.n) {
		struct name_hit hit;
		bool found;

		if (!name_is_letter(text.p[at])) {
			/* A name does not run over the end of a sentence. */
			if (byte_in(text.p[at], ".:;!?\n"))
				last = (struct name_last){0};
			at++;
			continue;
		}
		at = name_step(text, at, &last, &hit, &found);
		if (!found || hit.at < from)
			continue;
		*ret_more = n == cap;
		if (*ret_more)
			break;
		hits[n++] = hit;
	}
	return n;
}

#endif
