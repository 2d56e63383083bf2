#include "source/walk/walk_impl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Names while they are read, with the room that there is for more. */
struct growing {
	struct walk_names *names;
	size_t text_cap;
	size_t at_cap;
};

/* Doubles *p until it holds ${need} of ${size} bytes, *cap at present. */
static bool
reserve(void **p, size_t *cap, size_t need, size_t size)
{
	size_t bytes;

	if (need <= *cap)
		return true;
	const size_t want = need < 64 ? 128 : need * 2;
	if (__builtin_mul_overflow(want, size, &bytes))
		return false;
	void *bigger = realloc(*p, bytes);
	if (bigger == NULL)
		return false;
	*p = bigger;
	*cap = want;
	return true;
}

/* Adds a name. Returns 0 or errno. */
static int
add_name(struct growing *g, const char *name, size_t limit)
{
	struct walk_names *names = g->names;
	const size_t n = strlen(name) + 1;
	void *text = names->text;
	void *at = names->at;

	if (n > limit - names->bytes)
		return E2BIG;
	bool ok = reserve(&text, &g->text_cap, names->bytes + n, 1);
	names->text = text;
	ok = ok && reserve(&at, &g->at_cap, names->n + 1, sizeof(uint32_t));
	names->at = at;
	if (!ok || names->text == NULL || names->at == NULL)
		return ENOMEM;
	memcpy(names->text + names->bytes, name, n);
	names->at[names->n++] = (uint32_t)names->bytes;
	names->bytes += n;
	return 0;
}

static int
compare(const void *a, const void *b, void *text)
{
	const char *names = text;

	return strcmp(names + *(const uint32_t *)a,
		      names + *(const uint32_t *)b);
}

/* All but the folder itself and the one above. */
static int
read_all(struct walk_names *names, DIR *d, size_t limit)
{
	struct growing g = {.names = names};

	for (;;) {
		errno = 0;
		/* NOLINTNEXTLINE(concurrency-mt-unsafe): the stream is ours. */
		const struct dirent *e = readdir(d);
		if (e == NULL)
			return errno;
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		const int error = add_name(&g, e->d_name, limit);
		if (error != 0)
			return error;
	}
}

int
walk_names_read(struct walk_names *names, int fd, size_t limit)
{
	*names = (struct walk_names){0};
	const int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (own < 0)
		return errno;
	DIR *d = fdopendir(own);
	if (d == NULL) {
		const int error = errno;
		(void)close(own);
		return error;
	}
	const int error = read_all(names, d, limit);
	(void)closedir(d);
	if (error == ENOMEM || error == E2BIG)
		walk_names_free(names);
	else if (names->at != NULL)
		qsort_r(names->at, names->n, sizeof(names->at[0]), compare,
			names->text);
	return error;
}

void
walk_names_free(struct walk_names *names)
{
	free(names->text);
	free(names->at);
	*names = (struct walk_names){0};
}
