/* cli/show: what a scan found, as JSON and for a person to read. */
#ifndef TOCSIN_CLI_SHOW_H
#define TOCSIN_CLI_SHOW_H

#include "cli/cli.h"
#include "notify/severity/severity.h"
#include "people/people.h"
#include "scan/scan.h"

#include <jansson.h>

enum { RULES_HEX = 17 };

/** What a case says beside the scan that was put into it. */
struct kept {
	uint32_t scan;  /* its number; 0: nothing in it was new */
	uint32_t scans; /* in the case */
	bool distinct_known;
	uint64_t rows, identifiers;  /* different ones in the whole case */
	struct people_result people; /* of the whole case */
};

/** Everything that is known at the end of a scan. */
struct outcome {
	const struct scan_result *scan;
	const struct people_result *people; /* known false: not counted */
	const struct kept *kept;            /* NULL: it was put into no case */
	struct severity severity;
	double elapsed_s;
	uint64_t peak_bytes;
};

/**
 * show_judge(o):
 * Judge the severity of ${o} from its counts.
 */
void show_judge(struct outcome *o);

/**
 * show_report(o):
 * The document tocsin.scan/1, which the caller owns; NULL: no memory.
 */
json_t *show_report(const struct outcome *o);

/**
 * show_json(c, o):
 * Print the document tocsin.scan/1.
 *
 * Errors   CLI_INTERNAL: no memory.
 */
int show_json(const struct cli *c, const struct outcome *o);

/**
 * show_document(s, d):
 * One document of tocsin.scan/1, of the scan ${s}; NULL will do for one that
 * lies in no other. The caller owns it;
 * NULL: no memory.
 */
json_t *show_document(const struct scan_result *s,
		      const struct scan_document *d);

/**
 * show_print(c, json):
 * Print ${json}, which is consumed, and a newline.
 */
int show_print(const struct cli *c, json_t *json);

/**
 * show_summary(c, o):
 * Print what an analyst needs first, in one screen.
 */
void show_summary(const struct cli *c, const struct outcome *o);

/**
 * show_people(c, p):
 * Print how many people, and why.
 */
void show_people(const struct cli *c, const struct people_result *p);

/**
 * show_lacks_digest(d):
 * Was ${d} read, but its SHA-256 not found out?
 */
bool show_lacks_digest(const struct scan_document *d);

/**
 * show_coverage(c, s):
 * Print what was not read, a line each, or that all was.
 */
void show_coverage(const struct cli *c, const struct scan_result *s);

/**
 * show_bytes(c, n, out):
 * Write ${n} bytes as "358 MB".
 *
 * Returns  ${out}.
 */
const char *show_bytes(const struct cli *c, uint64_t n, char out[static 48]);

/**
 * show_rules(out):
 * Name the rule set: a hash of all that decides what is recognised. Two scans
 * with the same one can be compared.
 */
void show_rules(char out[static RULES_HEX]);

/**
 * show_holder_id(h, out):
 * Write the number of the organisation ${h}.
 */
void show_holder_id(const struct wire_holder *h, char out[static 48]);

/**
 * show_holder_people(p, h):
 * How many people the organisation ${h} held records of; 0 if not counted.
 */
uint64_t show_holder_people(const struct people_result *p,
			    const struct wire_holder *h);

/**
 * show_reasons(v, french, list):
 * Append the reasons of ${v} to the JSON array ${list}.
 */
void show_reasons(const struct severity *v, bool french, json_t *list);

/**
 * show_path(f, path):
 * Print ${path} to ${f}, with "?" for control characters: a file's name may be
 * as hostile as its content.
 */
void show_path(FILE *f, const char *path);

#endif
