/* The end of a scan that is kept: into the case, and out of the journal. */
#include "scan/scan_impl.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
list_documents(const struct scan_result *r, struct case_document *out)
{
	for (size_t i = 0; i < r->n_documents; i++) {
		out[i].path = r->documents[i].path;
		out[i].sha256 = r->documents[i].sha256;
		out[i].file = r->documents[i].file;
	}
}

static int
compare_places(const void *a, const void *b)
{
	const struct case_block *x = a;
	const struct case_block *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* All blocks of this scan, by place. Those of documents that the case knows
 * already, and of documents that have changed, are nobody's. */
static size_t
list_blocks(const struct scan_result *r, struct case_block *out)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_blocks + r->n_lost; i++) {
		const struct scan_block *b =
			i < r->n_blocks ? &r->blocks[i]
					: &r->lost[i - r->n_blocks];
		const bool known = b->document < r->n_documents &&
				   r->documents[b->document].known != 0;

		out[n++] = (struct case_block){
			.at = b->at,
			.bytes = b->bytes,
			.first_record = b->first_record,
			.document = known ? CASE_NOBODY : b->document,
		};
	}
	qsort(out, n, sizeof(*out), compare_places);
	return n;
}

enum rc
scan_commit(struct scan_result *r, struct case_folder *folder,
	    struct span report)
{
	if (!r->fresh || r->committed || r->interrupted)
		return RC_OK;
	struct case_document *documents =
		calloc(r->n_documents + 1, sizeof(*documents));
	struct case_block *blocks =
		calloc(r->n_blocks + r->n_lost + 1, sizeof(*blocks));
	enum rc rc = RC_NOMEM;

	if (documents != NULL && blocks != NULL) {
		list_documents(r, documents);
		const struct case_scan s = {
			.number = r->number,
			.documents = documents,
			.n_documents = r->n_documents,
			.blocks = blocks,
			.n_blocks = list_blocks(r, blocks),
			.mentions = r->mentions,
			.report = report,
		};
		rc = case_commit(folder, &s);
	} else {
		(void)case_blame(folder, rc, "case.db");
	}
	free(documents);
	free(blocks);
	r->committed = rc == RC_OK;
	return rc;
}

enum rc
scan_settle(const struct scan_result *r, struct case_folder *folder)
{
	struct case_numbers n;

	/* An interrupted scan goes on from its journal. */
	if (r->interrupted)
		return RC_OK;
	case_numbers(folder, &n);
	/* Mentions of what is known already are in no scan. */
	if (ftruncate(case_vault(folder), (off_t)n.vault_bytes) != 0)
		return case_blame(folder, RC_IO, "vault/mentions");
	return case_journal_remove(folder);
}
