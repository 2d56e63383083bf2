/* cli/progress: the line that says how far a scan is. */
#ifndef TOCSIN_CLI_PROGRESS_H
#define TOCSIN_CLI_PROGRESS_H

#include "cli/cli.h"
#include "scan/scan.h"

/** Where the line stands. Caller's storage. */
struct progress {
	const struct cli *c;
	double begun;
	double drawn; /* when it was last drawn; 0: never */
};

/**
 * progress_start(p, c):
 * Begin to measure. Nothing is drawn within the first second.
 */
void progress_start(struct progress *p, const struct cli *c);

/**
 * progress_scan(arg, state):
 * For struct scan_options; ${arg} is a struct progress.
 */
void progress_scan(void *arg, const struct scan_progress *state);

/**
 * progress_linking(arg):
 * For struct people_options; ${arg} is a struct progress.
 */
void progress_linking(void *arg);

/**
 * progress_end(p):
 * Clear the line.
 */
void progress_end(struct progress *p);

/**
 * progress_elapsed(p):
 * Seconds since progress_start().
 */
double progress_elapsed(const struct progress *p);

#endif
