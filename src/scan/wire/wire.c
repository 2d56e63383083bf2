#include "scan/wire/wire.h"

#include "base/io.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A place in a descriptor that is written or read piece by piece. */
struct stream {
	int fd;
	uint64_t at;
	enum rc rc; /* the first failure; later calls do nothing */
};

static void
put(struct stream *s, const void *p, uint64_t n)
{
	if (s->rc == RC_OK)
		s->rc = io_write_at(s->fd, p, n, s->at);
	s->at += n;
}

/* What should be there and is not is a malformed answer. */
static void
get(struct stream *s, void *p, uint64_t n)
{
	size_t got = n;

	if (s->rc == RC_OK)
		s->rc = io_read_at(s->fd, p, n, s->at, &got);
	if (s->rc == RC_OK && got < n)
		s->rc = RC_FORMAT;
	s->at += n;
}

enum rc
wire_plan_save(int fd, const struct wire_plan *plan,
	       const struct column_type *columns)
{
	struct stream s = {.fd = fd, .rc = RC_OK};

	put(&s, plan, sizeof(*plan));
	put(&s, columns, plan->cols * sizeof(*columns));
	return s.rc;
}

bool
wire_name_is_safe(const char *name, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		const uint8_t b = (uint8_t)name[i];

		if (b == '\0')
			return true;
		/* UTF-8 of our own vocabulary is welcome; controls are not. */
		if (b < 0x20 || b == 0x7F)
			return false;
	}
	return false;
}

static bool
plan_is_sound(const struct wire_plan *p)
{
	if (p->format > WIRE_TEXT || p->reason >= WIRE_WHY_COUNT ||
	    p->cols > BATCH_COLS_MAX || p->header > 1)
		return false;
	return p->format != WIRE_CSV ||
	       (p->cols > 0 && p->cols == p->dialect.cols);
}

static bool
column_is_sound(const struct column_type *c, uint32_t cols)
{
	return c->kind < KIND_COUNT && c->role < ROLE_COUNT &&
	       c->agrees_with <= cols && c->confidence <= 100 &&
	       wire_name_is_safe(c->name, sizeof(c->name));
}

enum rc
wire_plan_load(int fd, struct wire_plan *ret_plan,
	       struct column_type **ret_columns)
{
	struct stream s = {.fd = fd, .rc = RC_OK};
	struct wire_plan plan;

	get(&s, &plan, sizeof(plan));
	if (s.rc != RC_OK)
		return s.rc;
	if (!plan_is_sound(&plan))
		return RC_FORMAT;
	struct column_type *columns = calloc(plan.cols + 1, sizeof(*columns));
	if (columns == NULL)
		return RC_NOMEM;
	get(&s, columns, plan.cols * sizeof(*columns));
	for (uint32_t c = 0; c < plan.cols && s.rc == RC_OK; c++)
		if (!column_is_sound(&columns[c], plan.cols))
			s.rc = RC_FORMAT;
	if (s.rc != RC_OK) {
		free(columns);
		return s.rc;
	}
	*ret_plan = plan;
	*ret_columns = columns;
	return RC_OK;
}

enum rc
wire_report_save(int fd, const struct wire_report *r)
{
	const struct wire_answer *h = r->head;
	struct stream s = {.fd = fd, .rc = RC_OK};

	put(&s, h, sizeof(*h));
	put(&s, r->columns, h->n_columns * sizeof(*r->columns));
	put(&s, r->holders, h->n_holders * sizeof(*r->holders));
	put(&s, r->row_tokens, h->n_row_tokens * sizeof(uint64_t));
	put(&s, r->id_tokens, h->n_id_tokens * sizeof(uint64_t));
	put(&s, r->domains, h->n_domains * sizeof(uint64_t));
	put(&s, r->findings, h->n_findings * sizeof(*r->findings));
	return s.rc;
}

/* Add n * size to *total; false past the ceiling. */
static bool
claim(uint64_t *total, uint64_t n, uint64_t size)
{
	uint64_t bytes;

	return !__builtin_mul_overflow(n, size, &bytes) &&
	       !__builtin_add_overflow(*total, bytes, total) &&
	       *total <= WIRE_OUT_MAX;
}

static bool
answer_size(const struct wire_answer *h, uint32_t cols, uint64_t *ret_bytes)
{
	uint64_t total = sizeof(*h);

	if (h->n_columns != cols || h->n_holders > WIRE_HOLDERS_MAX ||
	    h->first > h->next ||
	    !claim(&total, cols, sizeof(struct wire_column)) ||
	    !claim(&total, h->n_holders, sizeof(struct wire_holder)) ||
	    !claim(&total, h->n_row_tokens, sizeof(uint64_t)) ||
	    !claim(&total, h->n_id_tokens, sizeof(uint64_t)) ||
	    !claim(&total, h->n_domains, sizeof(uint64_t)) ||
	    !claim(&total, h->n_findings, sizeof(struct wire_finding)))
		return false;
	*ret_bytes = total;
	return true;
}

static bool
holders_are_sound(const struct wire_report *r)
{
	for (uint32_t i = 0; i < r->head->n_holders; i++)
		if (r->holders[i].kind >= KIND_COUNT)
			return false;
	for (uint64_t i = 0; i < r->head->n_findings; i++)
		if (r->findings[i].kind >= KIND_COUNT)
			return false;
	return true;
}

/* Lay the arrays of an answer out over the memory that follows it. */
static void
lay_out(struct wire_report *r, void *memory)
{
	struct wire_answer *h = memory;

	r->memory = memory;
	r->head = h;
	r->columns = (struct wire_column *)(void *)(h + 1);
	r->holders = (struct wire_holder *)(void *)(r->columns + h->n_columns);
	r->row_tokens = (uint64_t *)(void *)(r->holders + h->n_holders);
	r->id_tokens = r->row_tokens + h->n_row_tokens;
	r->domains = r->id_tokens + h->n_id_tokens;
	r->findings =
		(struct wire_finding *)(void *)(r->domains + h->n_domains);
}

enum rc
wire_report_load(int fd, uint32_t cols, struct wire_report *ret_report)
{
	struct stream s = {.fd = fd, .rc = RC_OK};
	struct wire_answer head;
	uint64_t bytes;
	struct stat st;

	get(&s, &head, sizeof(head));
	if (s.rc != RC_OK)
		return s.rc;
	if (!answer_size(&head, cols, &bytes) || fstat(fd, &st) != 0 ||
	    (uint64_t)st.st_size < bytes)
		return RC_FORMAT;
	uint8_t *memory = malloc(bytes);
	if (memory == NULL)
		return RC_NOMEM;
	memcpy(memory, &head, sizeof(head));
	get(&s, memory + sizeof(head), bytes - sizeof(head));

	struct wire_report r;
	lay_out(&r, memory);
	if (s.rc == RC_OK && !holders_are_sound(&r))
		s.rc = RC_FORMAT;
	if (s.rc != RC_OK) {
		free(memory);
		return s.rc;
	}
	*ret_report = r;
	return RC_OK;
}

void
wire_report_free(struct wire_report *r)
{
	free(r->memory);
	memset(r, 0, sizeof(*r));
}

const char *
wire_reason_text(enum wire_reason reason, bool french)
{
	static const char *const texts[WIRE_WHY_COUNT][2] = {
		[WIRE_WHY_NONE] = {"", ""},
		[WIRE_WHY_ARCHIVE] = {"archive of a kind that is not opened",
				      "archive d'un genre qui n'est pas "
				      "ouvert"},
		[WIRE_WHY_PICTURE] = {"picture: content not looked at",
				      "image : contenu non examiné"},
		[WIRE_WHY_ENCRYPTED] = {"encrypted", "chiffré"},
		[WIRE_WHY_BINARY] = {"format not read yet by this version",
				     "format pas encore lu par cette version"},
		[WIRE_WHY_UNKNOWN] = {"bytes of no known format",
				      "octets d'aucun format connu"},
		[WIRE_WHY_DIED] = {"parser stopped",
				   "l'analyseur s'est arrêté"},
		[WIRE_WHY_TIMEOUT] = {"parser took too long",
				      "l'analyseur a pris trop de temps"},
		[WIRE_WHY_SHRANK] =
			{"file became shorter while it was read",
			 "le fichier a raccourci pendant la lecture"},
		[WIRE_WHY_IO] = {"reading failed", "la lecture a échoué"},
		[WIRE_WHY_CEILING] = {"a ceiling was met",
				      "un plafond a été atteint"},
		[WIRE_WHY_MALFORMED] =
			{"malformed records were skipped",
			 "des enregistrements mal formés ont été "
			 "sautés"},
		[WIRE_WHY_DENIED] = {"no permission to read it",
				     "lecture non permise"},
		[WIRE_WHY_SPECIAL] = {"FIFO, socket or device",
				      "tube, prise ou périphérique"},
		[WIRE_WHY_LINK] = {"symbolic link, not followed",
				   "lien symbolique, non suivi"},
		[WIRE_WHY_LOOP] = {"folders too deep or in a loop",
				   "dossiers trop profonds ou en boucle"},
		[WIRE_WHY_GONE] = {"no such file", "fichier introuvable"},
		[WIRE_WHY_DUPLICATE] = {"another name of a file already read",
					"autre nom d'un fichier déjà lu"},
		[WIRE_WHY_STOPPED] = {"scan interrupted",
				      "analyse interrompue"},
		[WIRE_WHY_DAMAGED] = {"damaged: not all could be unpacked",
				      "abîmé : tout n'a pu être extrait"},
	};

	return reason < WIRE_WHY_COUNT ? texts[reason][french ? 1 : 0] : "";
}
