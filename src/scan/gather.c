/* Adding up what the workers answer. */
#include "base/fold.h"
#include "scan/scan_impl.h"

#include <stdlib.h>
#include <string.h>

bool
gather_room(void **array, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return true;
	const size_t more = *room == 0 ? 16 : 2 * *room;
	void *p = realloc(*array, more * size);
	if (p == NULL)
		return false;
	*array = p;
	*room = more;
	return true;
}

enum rc
gather_document(struct scanner *s, const char *path, size_t *ret_index)
{
	struct scan_result *r = s->result;
	char *copy = strdup(path);

	if (copy == NULL ||
	    !gather_room((void **)&r->documents, r->n_documents,
			 &s->documents_room, sizeof(*r->documents))) {
		free(copy);
		return RC_NOMEM;
	}
	*ret_index = r->n_documents;
	r->documents[r->n_documents++] =
		(struct scan_document){.path = copy, .status = SCAN_READ};
	return RC_OK;
}

void
gather_fault(const struct scanner *s, size_t index, enum wire_reason reason)
{
	struct scan_document *doc = &s->result->documents[index];

	if (doc->status == SCAN_READ)
		doc->status = SCAN_PARTLY;
	/* The gravest reason is the one to tell: the first that is not merely
	 * a record that was badly written. */
	if (doc->reason == WIRE_WHY_NONE || doc->reason == WIRE_WHY_MALFORMED)
		doc->reason = reason;
}

void
gather_unread(const struct scanner *s, size_t index, enum wire_reason reason)
{
	struct scan_document *doc = &s->result->documents[index];

	doc->status = SCAN_UNREAD;
	doc->reason = reason;
	doc->plan.reason = reason;
}

static enum rc
add_holder(struct scanner *s, const struct wire_holder *h)
{
	struct scan_result *r = s->result;

	for (size_t i = 0; i < r->n_holders; i++) {
		if (r->holders[i].code == h->code &&
		    r->holders[i].kind == h->kind) {
			r->holders[i].rows += h->rows;
			return RC_OK;
		}
	}
	if (!gather_room((void **)&r->holders, r->n_holders, &s->holders_room,
			 sizeof(*r->holders)))
		return RC_NOMEM;
	r->holders[r->n_holders++] = *h;
	return RC_OK;
}

static void
add_counts(struct scan_result *r, struct scan_document *doc,
	   const struct wire_report *w)
{
	const struct wire_answer *h = w->head;

	doc->records += h->records;
	doc->malformed += h->malformed;
	doc->ragged += h->ragged;
	doc->blank += h->blank;
	doc->bytes_read += h->next - h->first;
	for (uint32_t c = 0; c < h->n_columns; c++) {
		doc->columns[c].filled += w->columns[c].filled;
		doc->columns[c].valid += w->columns[c].valid;
		doc->columns[c].weak += w->columns[c].weak;
		doc->columns[c].refused += w->columns[c].refused;
	}
	for (unsigned k = 0; k < KIND_COUNT; k++) {
		r->kinds[k].findings += h->kinds[k].findings;
		r->kinds[k].valid += h->kinds[k].valid;
		r->kinds[k].weak += h->kinds[k].weak;
	}
	for (unsigned t = 0; t < TOPIC_COUNT; t++) {
		r->topics[t].said += h->topics[t].said;
		r->topics[t].tested += h->topics[t].tested;
	}
	for (unsigned i = 0; i < WIRE_HASHES_MAX; i++)
		r->hashes[i] += h->hashes[i];
	r->pairs += h->pairs;
	r->rows += h->records;
	r->mentions += h->mentions;
}

static enum rc
add_block(struct scanner *s, const struct document *d, const struct range *r)
{
	struct scan_result *res = s->result;

	if (r->vault_bytes == 0)
		return RC_OK;
	if (!gather_room((void **)&res->blocks, res->n_blocks, &s->blocks_room,
			 sizeof(*res->blocks)))
		return RC_NOMEM;
	res->blocks[res->n_blocks++] = (struct scan_block){
		.document = (uint32_t)d->index,
		.first_record = d->first_record,
		.at = r->vault_at,
		.bytes = r->vault_bytes,
		.sealed = r->sealed,
	};
	return RC_OK;
}

/* The path as a JSON string: it may hold quotes, controls and bytes that are no
 * UTF-8, none of which may break the line. */
static void
print_path(FILE *f, const char *path)
{
	const struct span s = span_str(path);

	for (size_t i = 0; i < s.n;) {
		uint32_t code;
		const size_t n = utf8_next(s, i, &code);

		if (s.p[i] == '"' || s.p[i] == '\\')
			fprintf(f, "\\%c", s.p[i]);
		else if (code < 0x20 || (code == 0xFFFD && n == 1))
			fprintf(f, "\\u%04x", code);
		else
			(void)fwrite(s.p + i, 1, n, f);
		i += n;
	}
}

/* One line of NDJSON a finding: where, what and how sure; never what it says.
 */
static void
print_findings(const struct scanner *s, const struct scan_document *doc,
	       const struct wire_report *w)
{
	FILE *f = s->o->findings;

	for (uint64_t i = 0; i < w->head->n_findings; i++) {
		const struct wire_finding *x = &w->findings[i];

		fputs("{\"path\":\"", f);
		print_path(f, doc->path);
		fprintf(f,
			"\",\"offset\":%llu,\"length\":%u,\"kind\":\"%s\","
			"\"score\":%.2f}\n",
			(unsigned long long)x->at, x->n,
			s->o->kind_name(x->kind), x->score / 100.0);
	}
}

enum rc
gather_range(struct scanner *s, struct document *d, struct range *r)
{
	struct scan_document *doc = &s->result->documents[d->index];
	const struct wire_report *w = &r->report;

	add_counts(s->result, doc, w);
	for (uint32_t i = 0; i < w->head->n_holders; i++)
		if (add_holder(s, &w->holders[i]) != RC_OK)
			return RC_NOMEM;
	if (w->head->malformed > 0)
		gather_fault(s, d->index, WIRE_WHY_MALFORMED);
	if (w->head->shrank != 0)
		gather_fault(s, d->index, WIRE_WHY_SHRANK);
	if (w->head->ceiling != 0)
		gather_fault(s, d->index, WIRE_WHY_CEILING);
	if (s->o->findings != NULL)
		print_findings(s, doc, w);
	enum rc rc = add_block(s, d, r);
	if (rc == RC_OK)
		rc = numbers_add(s, &s->rows, w->row_tokens,
				 w->head->n_row_tokens);
	if (rc == RC_OK)
		rc = numbers_add(s, &s->ids, w->id_tokens,
				 w->head->n_id_tokens);
	if (rc == RC_OK)
		rc = numbers_add(s, &s->domains, w->domains,
				 w->head->n_domains);
	d->first_record += w->head->records;
	return rc;
}

static int
compare_holders(const void *a, const void *b)
{
	const struct wire_holder *x = a;
	const struct wire_holder *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->code > y->code) - (x->code < y->code);
}

static int
compare_blocks(const void *a, const void *b)
{
	const struct scan_block *x = a;
	const struct scan_block *y = b;

	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	return (x->first_record > y->first_record) -
	       (x->first_record < y->first_record);
}

enum rc
gather_end(struct scanner *s)
{
	struct scan_result *r = s->result;

	for (size_t i = 0; i < r->n_documents; i++) {
		const struct scan_document *d = &r->documents[i];

		/* What lies in an archive is part of its bytes. */
		if (d->whole == 0) {
			r->bytes += d->bytes;
			r->bytes_read += d->bytes_read;
		}
		r->unread += d->status == SCAN_UNREAD;
		r->partly += d->status == SCAN_PARTLY;
	}
	if (r->n_holders > 0)
		qsort(r->holders, r->n_holders, sizeof(*r->holders),
		      compare_holders);
	if (r->n_blocks > 0)
		qsort(r->blocks, r->n_blocks, sizeof(*r->blocks),
		      compare_blocks);
	enum rc rc = keep_end(s);
	if (rc == RC_OK)
		rc = keep_numbers(s, &s->rows, &r->distinct_rows);
	if (rc == RC_OK)
		rc = keep_numbers(s, &s->ids, &r->identifiers);
	if (rc == RC_OK)
		rc = keep_numbers(s, &s->domains, &r->domains);
	r->distinct_known = !s->rows.full && !s->ids.full;
	return rc;
}
