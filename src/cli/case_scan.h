/* cli/case_scan: a scan that is kept in a case, from the side of the command.
 * Without a case every function does nothing. */
#ifndef TOCSIN_CLI_CASE_SCAN_H
#define TOCSIN_CLI_CASE_SCAN_H

#include "cli/case.h"
#include "cli/show.h"

/** The case of a call. */
struct case_scan_call {
	struct cli *c;
	const char *path; /* NULL: none */
	char keys[CLI_KEYS_MAX];
	struct case_folder *folder;
	struct case_fault fault;
	struct kept kept;
};

/**
 * case_scan_open(k, c, path, passphrase_file), case_scan_close(k):
 * Open or make the case ${path}; close it.
 *
 * Errors   As case_open(); say it with case_scan_failed().
 */
enum rc case_scan_open(struct case_scan_call *k, struct cli *c,
		       const char *path, const char *passphrase_file);
void case_scan_close(struct case_scan_call *k);

/**
 * case_scan_keep(k, scan, o, how):
 * Put ${scan}, that of ${o}, into the case, and add to ${o} what the case is
 * then. People are counted over the whole case if it has more scans, as ${how}
 * says; NULL: they are not.
 *
 * Errors   As scan_commit(); say it with case_scan_failed().
 */
enum rc case_scan_keep(struct case_scan_call *k, struct scan_result *scan,
		       struct outcome *o, const struct people_options *how);

/**
 * case_scan_settle(k, o):
 * ${o} has been told: the case is in order.
 *
 * Errors   As scan_settle().
 */
enum rc case_scan_settle(struct case_scan_call *k, const struct outcome *o);

/**
 * case_scan_is_broken(k):
 * Was it the case that made a scan fail?
 */
bool case_scan_is_broken(const struct case_scan_call *k);

/**
 * case_scan_failed(k):
 * Say what is wrong with the case.
 *
 * Returns  Whether it is the key.
 */
bool case_scan_failed(const struct case_scan_call *k);

#endif
