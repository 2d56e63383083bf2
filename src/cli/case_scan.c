#include "cli/case_scan.h"

#include "crypto/crypto.h"

#include <stdlib.h>
#include <string.h>

enum rc
case_scan_open(struct case_scan_call *k, struct cli *c, const char *path,
	       const char *passphrase_file)
{
	struct cli_passphrase passphrase = {.c = c, .file = passphrase_file};
	const struct case_options o = {
		.path = path,
		.keys = cli_keys(k->keys),
		.make = true,
		.wrap = passphrase_file != NULL,
		.ask = cli_ask,
		.ask_arg = &passphrase,
	};

	k->c = c;
	k->path = path;
	if (path == NULL)
		return RC_OK;
	const enum rc rc = crypto_setup();
	return rc == RC_OK ? case_open(&o, &k->folder, &k->fault) : rc;
}

void
case_scan_close(struct case_scan_call *k)
{
	people_done(&k->kept.people);
	case_close(k->folder);
	k->folder = NULL;
}

static const struct case_fault *
fault_of(const struct case_scan_call *k)
{
	return k->folder != NULL ? case_fault(k->folder) : &k->fault;
}

bool
case_scan_is_broken(const struct case_scan_call *k)
{
	return k->path != NULL && fault_of(k)->why != CASE_GOOD;
}

bool
case_scan_failed(const struct case_scan_call *k)
{
	const struct case_fault *f = fault_of(k);

	cli_case_error(k->c, f, k->path, k->keys);
	return case_fault_is_key(f->why);
}

/* People over all scans of the case. What cannot be counted is not known. */
static enum rc
count_all(struct case_scan_call *k, const struct scan_result *scan,
	  const struct people_options *how)
{
	struct people_options o = *how;
	struct scan_result all = *scan;
	struct case_numbers n;
	struct case_block *blocks;
	size_t n_blocks;
	enum rc rc = case_blocks(k->folder, &blocks, &n_blocks);

	if (rc != RC_OK)
		return case_blame(k->folder, rc, "case.db");
	all.blocks = calloc(n_blocks + 1, sizeof(*all.blocks));
	case_numbers(k->folder, &n);
	all.n_blocks = n_blocks;
	all.mentions = n.mentions;
	for (size_t i = 0; all.blocks != NULL && i < n_blocks; i++)
		all.blocks[i] = (struct scan_block){
			.document = blocks[i].document,
			.first_record = blocks[i].first_record,
			.at = blocks[i].at,
			.bytes = blocks[i].bytes,
			.sealed = true,
		};
	o.clusters = NULL;
	rc = all.blocks == NULL ? RC_NOMEM
				: people_count(&all, &o, &k->kept.people);
	if (rc != RC_OK) {
		people_done(&k->kept.people);
		k->kept.people =
			(struct people_result){.reason = WIRE_WHY_CEILING};
	}
	free(all.blocks);
	free(blocks);
	return RC_OK;
}

/* What the case is, now that the scan is in it. */
static enum rc
describe(struct case_scan_call *k, const struct outcome *o,
	 const struct people_options *how)
{
	struct kept *kept = &k->kept;
	struct case_numbers n;

	case_numbers(k->folder, &n);
	kept->scans = n.scans;
	kept->scan = o->scan->fresh ? o->scan->number : 0;
	enum rc rc = case_distinct(k->folder, RUN_ROWS, &kept->rows);
	if (rc == RC_OK)
		rc = case_distinct(k->folder, RUN_IDS, &kept->identifiers);
	kept->distinct_known = rc == RC_OK;
	if (rc != RC_OK && rc != RC_LIMIT)
		return rc;
	if (how == NULL)
		return RC_OK;
	if (n.scans != 1 || kept->scan != 1)
		return count_all(k, o->scan, how);
	/* It is all there is. */
	kept->people = *o->people;
	kept->people.holders = NULL;
	kept->people.n_holders = 0;
	return RC_OK;
}

enum rc
case_scan_keep(struct case_scan_call *k, struct scan_result *scan,
	       struct outcome *o, const struct people_options *how)
{
	if (k->folder == NULL || scan->interrupted)
		return RC_OK;
	json_t *report = show_report(o);
	char *text = report == NULL ? NULL : json_dumps(report, JSON_COMPACT);
	json_decref(report);
	enum rc rc = text == NULL
			     ? case_blame(k->folder, RC_NOMEM, "case.db")
			     : scan_commit(scan, k->folder, span_str(text));
	free(text);
	if (rc == RC_OK)
		rc = describe(k, o, how);
	o->kept = &k->kept;
	return rc;
}

enum rc
case_scan_settle(struct case_scan_call *k, const struct outcome *o)
{
	return k->folder == NULL ? RC_OK : scan_settle(o->scan, k->folder);
}
