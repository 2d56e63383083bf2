#include "cli/cli.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Set by the first interrupt; the second one ends the program at once. */
static volatile sig_atomic_t interrupted;
static volatile int stop;

static void
on_interrupt(int signal)
{
	if (interrupted)
		_exit(128 + signal);
	interrupted = 1;
	stop = 1;
}

static bool
speaks_french(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *v = getenv(names[i]);

		if (v != NULL && *v != '\0')
			return strncmp(v, "fr", 2) == 0;
	}
	return false;
}

/* JSON that lacks what there was no memory for would look like a result: a
 * field that is absent, or a list that is empty. */
static void *
allocate_or_exit(size_t n)
{
	void *p = malloc(n);

	if (p != NULL)
		return p;
	fputs("error: no memory\n", stderr);
	exit(CLI_INTERNAL);
}

int
main(int argc, char **argv)
{
	const char *term = getenv("TERM");
	const bool dumb = term == NULL || strcmp(term, "dumb") == 0;
	struct cli c = {
		.out = stdout,
		.err = stderr,
		.french = speaks_french(),
		.progress = isatty(STDERR_FILENO) && !dumb,
		.colour = isatty(STDOUT_FILENO) && !dumb &&
			  getenv("NO_COLOR") == NULL,
		.stop = &stop,
	};
	const struct sigaction act = {.sa_handler = on_interrupt};

	/* What a scan knows must not end in a core dump. */
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	(void)sigaction(SIGINT, &act, NULL);
	(void)sigaction(SIGTERM, &act, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	/* A file that may not grow is an error of the write. */
	(void)signal(SIGXFSZ, SIG_IGN);
	json_set_alloc_funcs(allocate_or_exit, free);
	return cli_run(&c, argc, argv);
}
