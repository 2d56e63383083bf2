#include "base/mention.h"

#include "base/io.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAGIC = 0x4e4f544d, /* "MTON" */
	VERSION = 1,
	TABLE_START = 1 << 12, /* slots of the table of texts; a power of two */
	HEAP_FIRST = 8,        /* offsets below are never a text */
};

struct mention_head {
	uint32_t magic;
	uint32_t version;
	uint64_t mentions;
	uint64_t heap_bytes;
};

/** Where a text is. The hash spares most looks at the heap. */
struct slot {
	uint32_t hash;
	uint32_t at; /* 0: free */
};

struct mention_writer {
	size_t limit; /* of each of the two, half of what was asked */
	struct mention *mentions;
	size_t n;
	uint8_t *heap;
	size_t used;
	struct slot *slots; /* of the table of texts */
	size_t slot_mask;
	size_t texts;
	bool full;
};

static uint8_t *
reserve(size_t bytes)
{
	return calloc(1, bytes);
}

struct mention_writer *
mention_writer_new(size_t limit_bytes)
{
	struct mention_writer *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return NULL;
	w->limit = limit_bytes / 2;
	if (w->limit < sizeof(struct mention) + HEAP_FIRST)
		w->limit = sizeof(struct mention) + HEAP_FIRST;
	if (w->limit > UINT32_MAX)
		w->limit = UINT32_MAX;
	w->mentions = (struct mention *)(void *)reserve(w->limit);
	w->heap = reserve(w->limit);
	w->slots = calloc(TABLE_START, sizeof(*w->slots));
	w->slot_mask = TABLE_START - 1;
	w->used = HEAP_FIRST;
	if (w->mentions == NULL || w->heap == NULL || w->slots == NULL) {
		mention_writer_free(w);
		return NULL;
	}
	return w;
}

static struct span
heap_text(const uint8_t *heap, uint32_t at)
{
	const size_t n = (size_t)heap[at] | (size_t)heap[at + 1] << 8;

	return (struct span){heap + at + 2, n};
}

/* The slot where ${text} is, or the free one where it belongs. */
static struct slot *
find_slot(const struct mention_writer *w, uint64_t hash, struct span text)
{
	size_t i = hash & w->slot_mask;

	while (w->slots[i].at != 0 &&
	       (w->slots[i].hash != hash >> 32 ||
		!span_equal(heap_text(w->heap, w->slots[i].at), text)))
		i = (i + 1) & w->slot_mask;
	return &w->slots[i];
}

static bool
grow_table(struct mention_writer *w)
{
	const size_t old_n = w->slot_mask + 1;
	struct slot *old = w->slots;
	struct slot *fresh = calloc(2 * old_n, sizeof(*fresh));

	if (fresh == NULL)
		return false;
	w->slots = fresh;
	w->slot_mask = 2 * old_n - 1;
	for (size_t i = 0; i < old_n; i++) {
		if (old[i].at == 0)
			continue;
		const struct span text = heap_text(w->heap, old[i].at);
		*find_slot(w, span_hash(text, 0), text) = old[i];
	}
	free(old);
	return true;
}

static bool
has_room(struct mention_writer *w, struct span text)
{
	return text.n + 2 <= w->limit - w->used &&
	       (w->texts * 2 <= w->slot_mask || grow_table(w));
}

uint32_t
mention_writer_text(struct mention_writer *w, struct span text)
{
	if (text.n == 0)
		return 0;
	if (text.n > NORM_MAX)
		text.n = NORM_MAX;
	const uint64_t hash = span_hash(text, 0);
	struct slot *slot = find_slot(w, hash, text);
	if (slot->at != 0)
		return slot->at;
	const struct slot *before = w->slots;
	if (!has_room(w, text)) {
		w->full = true;
		return 0;
	}
	if (w->slots != before)
		slot = find_slot(w, hash, text);

	const uint32_t at = (uint32_t)w->used;
	w->heap[at] = (uint8_t)text.n;
	w->heap[at + 1] = (uint8_t)(text.n >> 8);
	memcpy(w->heap + at + 2, text.p, text.n);
	w->used += text.n + 2;
	*slot = (struct slot){(uint32_t)(hash >> 32), at};
	w->texts++;
	return at;
}

enum rc
mention_writer_add(struct mention_writer *w, const struct mention *m)
{
	if (w->full || (w->n + 1) * sizeof(*m) > w->limit)
		return RC_LIMIT;
	w->mentions[w->n++] = *m;
	return RC_OK;
}

static struct mention_head
head_of(const struct mention_writer *w)
{
	return (struct mention_head){MAGIC, VERSION, w->n, w->used};
}

enum rc
mention_writer_save(const struct mention_writer *w, int fd)
{
	const struct mention_head head = head_of(w);
	const size_t body = w->n * sizeof(*w->mentions);
	enum rc rc = io_write_at(fd, &head, sizeof(head), 0);

	if (rc == RC_OK)
		rc = io_write_at(fd, w->mentions, body, sizeof(head));
	if (rc == RC_OK)
		rc = io_write_at(fd, w->heap, w->used, sizeof(head) + body);
	return rc;
}

size_t
mention_writer_bytes(const struct mention_writer *w)
{
	return sizeof(struct mention_head) + w->n * sizeof(*w->mentions) +
	       w->used;
}

void
mention_writer_copy(const struct mention_writer *w, uint8_t *out)
{
	const struct mention_head head = head_of(w);
	const size_t body = w->n * sizeof(*w->mentions);

	memcpy(out, &head, sizeof(head));
	memcpy(out + sizeof(head), w->mentions, body);
	memcpy(out + sizeof(head) + body, w->heap, w->used);
}

void
mention_writer_reset(struct mention_writer *w)
{
	explicit_bzero(w->mentions, w->n * sizeof(*w->mentions));
	explicit_bzero(w->heap, w->used);
	memset(w->slots, 0, (w->slot_mask + 1) * sizeof(*w->slots));
	w->n = 0;
	w->used = HEAP_FIRST;
	w->texts = 0;
	w->full = false;
}

void
mention_writer_free(struct mention_writer *w)
{
	if (w == NULL)
		return;
	if (w->mentions != NULL && w->heap != NULL && w->slots != NULL)
		mention_writer_reset(w);
	free(w->mentions);
	free(w->heap);
	free(w->slots);
	free(w);
}

static bool
text_fits(struct span heap, uint32_t at)
{
	if (at == 0)
		return true;
	if (at < HEAP_FIRST || heap.n < 2 || at > heap.n - 2)
		return false;
	const size_t n = heap_text(heap.p, at).n;
	return n <= NORM_MAX && n <= heap.n - 2 - at;
}

static bool
mention_is_sound(const struct mention *m, struct span heap)
{
	for (size_t t = 0; t < MENTION_TEXTS; t++)
		if (!text_fits(heap, m->text[t]))
			return false;
	return m->sex <= 2 && m->nir_state <= NIR_GOOD &&
	       m->role < ROLE_COUNT && m->holder_kind < KIND_COUNT &&
	       m->birth_date <= 99991231;
}

enum rc
mention_block_view(struct span bytes, struct mention_block *ret_block)
{
	struct mention_head head;

	if (bytes.n < sizeof(head))
		return RC_FORMAT;
	memcpy(&head, bytes.p, sizeof(head));
	bytes.p += sizeof(head);
	bytes.n -= sizeof(head);
	if (head.magic != MAGIC || head.version != VERSION ||
	    head.mentions > bytes.n / sizeof(struct mention))
		return RC_FORMAT;
	const size_t body = head.mentions * sizeof(struct mention);
	if (head.heap_bytes != bytes.n - body || head.heap_bytes < HEAP_FIRST)
		return RC_FORMAT;

	const struct mention_block b = {
		.mentions = (const struct mention *)(const void *)bytes.p,
		.n = head.mentions,
		.heap = {bytes.p + body, head.heap_bytes},
	};
	for (size_t i = 0; i < b.n; i++)
		if (!mention_is_sound(&b.mentions[i], b.heap))
			return RC_FORMAT;
	*ret_block = b;
	return RC_OK;
}

struct span
mention_text(const struct mention_block *b, uint32_t ref)
{
	return ref == 0 ? (struct span){NULL, 0} : heap_text(b->heap.p, ref);
}

uint64_t
code_pack(struct span code)
{
	uint64_t v = 0;

	if (code.n > 12)
		return 0;
	for (size_t i = 0; i < code.n; i++) {
		const uint8_t b = code.p[i];

		if (is_digit(b))
			v = v * 37 + (uint64_t)(b - '0') + 1;
		else if (is_upper(b))
			v = v * 37 + (uint64_t)(b - 'A') + 11;
		else
			return 0;
	}
	return v;
}

void
code_unpack(uint64_t packed, char out[static 13])
{
	char rev[13];
	size_t n = 0;

	for (; packed > 0 && n < 12; packed /= 37) {
		const uint64_t d = packed % 37;

		if (d == 0)
			break;
		rev[n++] = (char)(d <= 10 ? '0' + (d - 1) : 'A' + (d - 11));
	}
	for (size_t i = 0; i < n; i++)
		out[i] = rev[n - 1 - i];
	out[n] = '\0';
}
