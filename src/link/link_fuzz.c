/* Linking what a taken-over reader may have written: a block of any bytes that
 * pass the check, and else mentions picked by the input, in two orders. */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	MENTIONS_MAX = 64,
	MENTION_BYTES = 14, /* of the input, for one mention */
};

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop, so that the fuzzer keeps the input. */
static void
need(bool holds)
{
	if (!holds)
		abort();
}

/* Values that meet often, and some that are odd. */
static const char *const NAMES[] = {
	"",        "MARTIN",
	"MARTTIN", "MARTIN-DUBOIS",
	"LE GALL", "LEGALL",
	"J",       "JEAN PIERRE",
	"JEAN",    "ANNE",
	"-",       "\xc3\xa9\xff",
	"ST",      "A B C D E F G H I J K L M N O P Q R S",
	"DUBOIS",  "ANNA",
};
static const char *const STREETS[] = {
	"",         "12 RUE DES LILAS", "12 R LILAS", "14 RUE DES LILAS",
	"LE BOURG", "RUE RUE RUE",      "1",          "12BIS",
};
static const char *const PLACES[] = {"", "56000", "56 000", "VANNES", "65000"};
static const char *const EMAILS[] = {"", "a@b-exemple.fr", "a+b@b-exemple.fr",
				     "@", "b@b-exemple.fr"};
static const uint64_t NIRS[] = {0, 1801256123456, 2801256123456, 1801256123457,
				9999999999999999};
static const uint64_t PHONES[] = {0, 33612345678, 33612345687, 1, UINT64_MAX};
static const uint32_t DATES[] = {0,        19801203, 19800312, 19801204,
				 19800000, 19000101, 99991231, 20150817};

#define PICK(from, k) ((from)[(k) % (sizeof(from) / sizeof(*(from)))])

static void
add_mention(struct mention_writer *w, const uint8_t *d)
{
	struct mention m;

	memset(&m, 0, sizeof(m));
	m.text[MENTION_FAMILY] =
		mention_writer_text(w, span_str(PICK(NAMES, d[0])));
	m.text[MENTION_BIRTH] =
		mention_writer_text(w, span_str(PICK(NAMES, d[1])));
	m.text[MENTION_GIVEN] =
		mention_writer_text(w, span_str(PICK(NAMES, d[2])));
	m.text[MENTION_STREET] =
		mention_writer_text(w, span_str(PICK(STREETS, d[3])));
	m.text[MENTION_POSTCODE] =
		mention_writer_text(w, span_str(PICK(PLACES, d[4])));
	m.text[MENTION_CITY] =
		mention_writer_text(w, span_str(PICK(PLACES, d[5])));
	m.text[MENTION_EMAIL] =
		mention_writer_text(w, span_str(PICK(EMAILS, d[6])));
	/* Bytes of the input as they are. */
	m.text[MENTION_OTHER_ID] =
		mention_writer_text(w, (struct span){d + 7, d[7] % 4U});
	m.nir = PICK(NIRS, d[8]);
	m.phone[0] = PICK(PHONES, d[9]);
	m.phone[2] = PICK(PHONES, d[10]);
	m.birth_date = PICK(DATES, d[11]);
	m.sex = d[12] % 3;
	m.nir_state = d[12] / 3 % 4;
	m.role = d[13] % ROLE_COUNT;
	need(mention_writer_add(w, &m) == RC_OK);
}

/* The mentions of ${data} as a block, forwards or backwards. */
static void *
make_block(const uint8_t *data, size_t n, bool backwards,
	   struct mention_block *ret_block)
{
	struct mention_writer *w = mention_writer_new(1 << 18);

	need(w != NULL);
	for (size_t i = 0; i < n; i++)
		add_mention(w,
			    data + (backwards ? n - 1 - i : i) * MENTION_BYTES);
	const int fd = memfd_create("fuzz", 0);
	need(fd >= 0 && mention_writer_save(w, fd) == RC_OK);
	mention_writer_free(w);
	const off_t size = lseek(fd, 0, SEEK_END);
	void *bytes = malloc((size_t)size);
	need(bytes != NULL &&
	     pread(fd, bytes, (size_t)size, 0) == (ssize_t)size);
	(void)close(fd);
	const struct span s = {bytes, (size_t)size};
	need(mention_block_view(s, ret_block) == RC_OK);
	return bytes;
}

static struct link_result *
link_block(const struct mention_block *b)
{
	const struct link_options o = {0};
	struct link_blocks blocks = {b};
	const struct link_source source = link_source_of(&blocks, 1);
	struct link_result *r = NULL;

	need(link_people(&source, &o, NULL, &r) == RC_OK);
	return r;
}

static struct link_result *
link_once(const uint8_t *data, size_t n, bool backwards)
{
	struct mention_block b;
	void *bytes = make_block(data, n, backwards, &b);
	struct link_result *r = link_block(&b);

	free(bytes);
	return r;
}

static void
check_result(const struct link_result *r, size_t n)
{
	uint64_t links = 0;
	uint32_t next = 0;
	size_t nobody = 0;

	need(r->mentions == n);
	for (size_t i = 0; i < n; i++) {
		if (r->person_of[i] == LINK_NOBODY) {
			nobody++;
			continue;
		}
		need(r->person_of[i] <= next);
		next += r->person_of[i] == next;
	}
	need(r->people == next && r->nobody == nobody);
	need(r->low <= r->people && r->people <= r->high);
	need(r->high <= n - nobody);
	need(r->n_classes <= LINK_CLASSES_MAX);
	for (size_t c = 0; c < r->n_classes; c++)
		links += r->classes[c].links;
	need(links == n - nobody - r->people);
}

/* Whoever are one person in one order are so in the other. */
static void
check_same_people(const struct link_result *a, const struct link_result *b)
{
	const size_t n = a->mentions;

	need(a->people == b->people);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			need((a->person_of[i] == a->person_of[k]) ==
			     (b->person_of[n - 1 - i] ==
			      b->person_of[n - 1 - k]));
}

/* Link ${data} as it is, if it is a block. */
static bool
link_foreign(const uint8_t *data, size_t size)
{
	uint8_t *bytes = malloc(size + 1); /* aligned, as blocks are */
	struct mention_block b;

	need(bytes != NULL);
	if (size > 0)
		memcpy(bytes, data, size);
	const bool is_block =
		mention_block_view((struct span){bytes, size}, &b) == RC_OK;
	if (is_block) {
		struct link_result *r = link_block(&b);

		check_result(r, b.n);
		link_result_free(r);
	}
	free(bytes);
	return is_block;
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t n = size / MENTION_BYTES < MENTIONS_MAX
				 ? size / MENTION_BYTES
				 : MENTIONS_MAX;

	if (link_foreign(data, size))
		return 0;
	struct link_result *a = link_once(data, n, false);
	struct link_result *b = link_once(data, n, true);
	check_result(a, n);
	check_result(b, n);
	check_same_people(a, b);
	link_result_free(a);
	link_result_free(b);
	return 0;
}
