/* cli/case: what commands that use a case share: its options, its key folder,
 * its passphrase, and what is said when it does not open. */
#ifndef TOCSIN_CLI_CASE_H
#define TOCSIN_CLI_CASE_H

#include "case/case.h"
#include "cli/cli.h"
#include "scan/scan.h"

enum { CLI_KEYS_MAX = 4096 }; /* bytes of the path of the key folder */

/** Where a passphrase comes from. */
struct cli_passphrase {
	const struct cli *c;
	const char *file; /* first line of it; NULL: asked on the terminal */
	bool fresh;       /* it is a new one: asked twice */
};

/**
 * cli_ask(arg, out, ret_n):
 * Get a passphrase; ${arg} is a struct cli_passphrase. For struct case_options.
 *
 * Returns  RC_OK; RC_END: there is none.
 */
enum rc cli_ask(void *arg, uint8_t out[KEYFILE_PASSPHRASE_MAX], size_t *ret_n);

/**
 * cli_keys(out):
 * The key folder of this user: $TOCSIN_KEYS, $XDG_DATA_HOME/tocsin/keys, or
 * ~/.local/share/tocsin/keys.
 *
 * Returns  ${out}; "" if none of these is set.
 */
const char *cli_keys(char out[static CLI_KEYS_MAX]);

/**
 * cli_case_error(c, f, path, keys):
 * Say in two lines what is wrong with the case ${path} or its key.
 */
void cli_case_error(const struct cli *c, const struct case_fault *f,
		    const char *path, const char *keys);

/**
 * cli_case_note(arg, note):
 * Tell what a scan with a case found there; ${arg} is a struct cli. For struct
 * scan_options.
 */
void cli_case_note(void *arg, const struct scan_note *note);

#endif
