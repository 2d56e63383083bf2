/* The patterns of patterns.txt over a file with vectorscan (or hyperscan), all
 * at once in block mode, which reports every end of a match. Each thread has a
 * part of the file, cut at a line. usage: vectorscan PATTERNS FILE [THREADS] */
#include <hs/hs.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATTERNS_MAX = 64, THREADS_MAX = 16 };

struct patterns {
	char *name[PATTERNS_MAX];
	char *text[PATTERNS_MAX];
	unsigned id[PATTERNS_MAX];
	unsigned flags[PATTERNS_MAX];
	unsigned n;
};

struct part {
	pthread_t thread;
	const hs_database_t *db;
	const char *p;
	size_t n;
	unsigned long found[PATTERNS_MAX];
	int failed;
};

static void
die(const char *what)
{
	fprintf(stderr, "vectorscan: %s\n", what);
	exit(EXIT_FAILURE);
}

static void
read_patterns(const char *path, struct patterns *ps)
{
	char line[1024];
	FILE *f = fopen(path, "r");

	if (f == NULL)
		die("no patterns");
	while (fgets(line, sizeof(line), f) != NULL && ps->n < PATTERNS_MAX) {
		char *tab = strchr(line, '\t');

		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' || tab == NULL)
			continue;
		*tab = '\0';
		ps->name[ps->n] = strdup(line);
		ps->text[ps->n] = strdup(tab + 1);
		ps->id[ps->n] = ps->n;
		ps->n++;
	}
	(void)fclose(f);
}

static hs_database_t *
compile(const struct patterns *ps)
{
	hs_database_t *db;
	hs_compile_error_t *error;

	if (hs_compile_multi((const char *const *)ps->text, ps->flags, ps->id,
			     ps->n, HS_MODE_BLOCK, NULL, &db,
			     &error) != HS_SUCCESS)
		die(error->message);
	return db;
}

static int
on_match(unsigned id, unsigned long long from, unsigned long long to,
	 unsigned flags, void *arg)
{
	struct part *part = arg;

	(void)from;
	(void)to;
	(void)flags;
	part->found[id]++;
	return 0;
}

static void *
scan(void *arg)
{
	struct part *part = arg;
	hs_scratch_t *scratch = NULL;

	part->failed = hs_alloc_scratch(part->db, &scratch) != HS_SUCCESS;
	/* A block is at most 4 GiB. */
	for (size_t at = 0; at < part->n && !part->failed;) {
		const size_t left = part->n - at;
		const unsigned n = left > 1U << 30 ? 1U << 30 : (unsigned)left;

		part->failed = hs_scan(part->db, part->p + at, n, 0, scratch,
				       on_match, part) != HS_SUCCESS;
		at += n;
	}
	(void)hs_free_scratch(scratch);
	return NULL;
}

/* Where the part that begins near byte ${at} really begins. */
static size_t
line_after(const char *p, size_t n, size_t at)
{
	const char *nl =
		at == 0 || at >= n ? NULL : memchr(p + at, '\n', n - at);

	if (at == 0 || at >= n)
		return at < n ? at : n;
	return nl == NULL ? n : (size_t)(nl - p) + 1;
}

int
main(int argc, char **argv)
{
	static struct patterns ps;
	static struct part parts[THREADS_MAX];
	struct stat st;

	if (argc < 3)
		die("usage: vectorscan PATTERNS FILE [THREADS]");
	const int threads = argc > 3 ? atoi(argv[3]) : 1;
	const int fd = open(argv[2], O_RDONLY);
	if (threads < 1 || threads > THREADS_MAX || fd < 0 ||
	    fstat(fd, &st) != 0)
		die("cannot read the file");
	const size_t n = (size_t)st.st_size;
	const char *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		die("cannot map the file");
	read_patterns(argv[1], &ps);
	const hs_database_t *db = compile(&ps);

	for (int i = 0; i < threads; i++) {
		const size_t from =
			line_after(p, n, n / (size_t)threads * (size_t)i);
		const size_t to = i + 1 == threads
					  ? n
					  : line_after(p, n,
						       n / (size_t)threads *
							       ((size_t)i + 1));
		parts[i] =
			(struct part){.db = db, .p = p + from, .n = to - from};
		if (pthread_create(&parts[i].thread, NULL, scan, &parts[i]) !=
		    0)
			die("no thread");
	}
	for (int i = 0; i < threads; i++)
		if (pthread_join(parts[i].thread, NULL) != 0 || parts[i].failed)
			die("scan failed");
	for (unsigned k = 0; k < ps.n; k++) {
		unsigned long sum = 0;

		for (int i = 0; i < threads; i++)
			sum += parts[i].found[k];
		printf("%s\t%lu\n", ps.name[k], sum);
	}
	return EXIT_SUCCESS;
}
