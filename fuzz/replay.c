/* Feeds every file of the named folders to a fuzz target: how the corpora are
 * replayed by ctest where libFuzzer is not linked. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_BYTES_MAX = 1 << 20 };

static int
replay(const char *dir, const char *name, uint8_t *buf)
{
	char path[4096];

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >=
	    (int)sizeof(path))
		return 0;
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return 0;
	const size_t n = fread(buf, 1, INPUT_BYTES_MAX, f);
	(void)fclose(f);

	/* An exact copy on the heap, so that a read past the end is seen. */
	uint8_t *exact = malloc(n == 0 ? 1 : n);
	if (exact == NULL)
		return 0;
	memcpy(exact, buf, n);
	(void)LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	return 1;
}

int
main(int argc, char **argv)
{
	uint8_t *buf = malloc(INPUT_BYTES_MAX);
	int done = 0;

	if (buf == NULL)
		return 1;
	(void)LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++) {
		DIR *d = opendir(argv[i]);
		const struct dirent *e;

		if (d == NULL) {
			fprintf(stderr, "replay: no corpus %s\n", argv[i]);
			free(buf);
			return 1;
		}
		while ((e = readdir(d)) != NULL)
			if (e->d_name[0] != '.')
				done += replay(argv[i], e->d_name, buf);
		(void)closedir(d);
	}
	free(buf);
	printf("replayed %d inputs\n", done);
	return done == 0;
}
