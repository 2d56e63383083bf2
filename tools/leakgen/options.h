/* leakgen: the command line. */
#ifndef LEAKGEN_OPTIONS_H
#define LEAKGEN_OPTIONS_H

#include "writer.h"

/** What was asked for. */
struct options {
	uint64_t rows, people; /* 0: decided by the other */
	uint64_t seed;
	const struct preset *preset;
	struct layout layout;
	bool shuffle;
	uint64_t shuffle_seed;
	const char *truth;
	const char *output; /* NULL: standard output */
	bool help;
};

/** Why a command line was refused. */
struct options_error {
	char error[160];
	char hint[160];
};

/**
 * options_read(o, argc, argv, reterr):
 * Read the command line into ${o}.
 *
 * Returns  False if it makes no sense; ${reterr} then says why.
 */
bool options_read(struct options *o, int argc, char **argv,
		  struct options_error *reterr);

/** options_help(): What --help prints. */
const char *options_help(void);

#endif
