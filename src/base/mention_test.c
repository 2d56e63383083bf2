#include "base/mention.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

enum { LIMIT = 1 << 20 };

/* The bytes of a block, on the heap and to the byte, so that a read past the
 * end is seen. */
struct bytes {
	uint8_t *p;
	size_t n;
};

static struct bytes
saved(const struct mention_writer *w)
{
	const int fd = memfd_create("block", MFD_CLOEXEC);
	struct stat st;

	assert_true(fd >= 0);
	assert_int_equal(mention_writer_save(w, fd), RC_OK);
	assert_int_equal(fstat(fd, &st), 0);
	struct bytes b = {malloc((size_t)st.st_size), (size_t)st.st_size};
	assert_non_null(b.p);
	assert_int_equal(pread(fd, b.p, b.n, 0), b.n);
	assert_int_equal(close(fd), 0);
	return b;
}

static enum rc
view(struct bytes b, struct mention_block *ret_block)
{
	return mention_block_view((struct span){b.p, b.n}, ret_block);
}

static void
assert_text(const struct mention_block *b, uint32_t ref, const char *want)
{
	const struct span text = mention_text(b, ref);

	assert_int_equal(text.n, strlen(want));
	assert_memory_equal(text.p, want, text.n);
}

/* Two people, three mentions. */
static struct mention_writer *
small_block(void)
{
	static const char *const family[] = {"MOREL", "LE GALL", "MOREL"};
	struct mention_writer *w = mention_writer_new(LIMIT);

	assert_non_null(w);
	for (uint32_t i = 0; i < COUNT_OF(family); i++) {
		const struct mention m = {
			.record = i,
			.sex = 1,
			.role = ROLE_PATIENT,
			.nir_state = NIR_GOOD,
			.birth_date = 19690500,
			.holder_kind = KIND_FR_FINESS,
			.holder = code_pack(SPAN_LIT("750803447")),
			.text[MENTION_FAMILY] =
				mention_writer_text(w, span_str(family[i])),
			.text[MENTION_CITY] = mention_writer_text(
				w, SPAN_LIT("SAINT BRIEUC")),
		};
		assert_int_equal(mention_writer_add(w, &m), RC_OK);
	}
	return w;
}

static void
a_block_is_read_as_it_was_written(void **unused)
{
	struct mention_writer *w = small_block();
	const struct bytes b = saved(w);
	struct mention_block block;

	(void)unused;
	assert_int_equal(view(b, &block), RC_OK);
	assert_int_equal(block.n, 3);
	assert_int_equal(block.mentions[2].record, 2);
	assert_int_equal(block.mentions[0].birth_date, 19690500);
	assert_text(&block, block.mentions[0].text[MENTION_FAMILY], "MOREL");
	assert_text(&block, block.mentions[1].text[MENTION_FAMILY], "LE GALL");
	assert_text(&block, block.mentions[1].text[MENTION_CITY],
		    "SAINT BRIEUC");
	assert_text(&block, block.mentions[1].text[MENTION_EMAIL], "");
	free(b.p);
	mention_writer_free(w);
	mention_writer_free(NULL);
}

static void
the_same_text_stands_once(void **unused)
{
	struct mention_writer *w = mention_writer_new(LIMIT);
	char text[16];
	static uint32_t refs[5000];

	(void)unused;
	/* More texts than the table starts with. */
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < COUNT_OF(refs); i++) {
			(void)snprintf(text, sizeof(text), "RUE %zu", i);
			const uint32_t ref =
				mention_writer_text(w, span_str(text));
			assert_int_not_equal(ref, 0);
			if (round == 0)
				refs[i] = ref;
			assert_int_equal(ref, refs[i]);
		}
	assert_int_equal(mention_writer_text(w, (struct span){NULL, 0}), 0);
	mention_writer_free(w);
}

static void
a_long_text_is_cut(void **unused)
{
	struct mention_writer *w = mention_writer_new(LIMIT);
	uint8_t text[NORM_MAX + 50];
	struct mention m = {0};
	struct mention_block block;

	(void)unused;
	memset(text, 'A', sizeof(text));
	m.text[0] = mention_writer_text(w, (struct span){text, sizeof(text)});
	assert_int_equal(mention_writer_add(w, &m), RC_OK);
	const struct bytes b = saved(w);
	assert_int_equal(view(b, &block), RC_OK);
	assert_int_equal(mention_text(&block, block.mentions[0].text[0]).n,
			 NORM_MAX);
	free(b.p);
	mention_writer_free(w);
}

static void
past_the_ceiling_nothing_is_added_until_a_reset(void **unused)
{
	const struct mention m = {0};
	struct mention_block block;
	size_t n = 0;

	(void)unused;
	/* By mentions. */
	struct mention_writer *w = mention_writer_new(1 << 14);
	while (n < LIMIT && mention_writer_add(w, &m) == RC_OK)
		n++;
	assert_in_range(n, 1, (1 << 14) / sizeof(m));
	struct bytes b = saved(w);
	assert_int_equal(view(b, &block), RC_OK);
	assert_int_equal(block.n, n);
	free(b.p);

	/* By texts: the mention that would lack one is refused. */
	mention_writer_reset(w);
	assert_int_equal(mention_writer_add(w, &m), RC_OK);
	uint32_t ref = 1;
	char text[16];
	for (size_t i = 0; i < LIMIT && ref != 0; i++) {
		(void)snprintf(text, sizeof(text), "RUE %zu", i);
		ref = mention_writer_text(w, span_str(text));
	}
	assert_int_equal(ref, 0);
	assert_int_equal(mention_writer_add(w, &m), RC_LIMIT);
	mention_writer_reset(w);
	assert_int_equal(mention_writer_add(w, &m), RC_OK);
	b = saved(w);
	assert_int_equal(view(b, &block), RC_OK);
	assert_int_equal(block.n, 1);
	free(b.p);
	mention_writer_free(w);
}

static void
a_smallest_writer_holds_one_mention(void **unused)
{
	const struct mention m = {0};
	struct mention_writer *w = mention_writer_new(0);

	(void)unused;
	assert_non_null(w);
	assert_int_equal(mention_writer_add(w, &m), RC_OK);
	assert_int_equal(mention_writer_add(w, &m), RC_LIMIT);
	mention_writer_free(w);
}

static void
a_file_that_takes_no_more_is_an_error(void **unused)
{
	struct mention_writer *w = small_block();
	const int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	const int closed = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)unused;
	assert_true(fd >= 0);
	assert_int_equal(mention_writer_save(w, fd), RC_IO);
	assert_int_equal(mention_writer_save(w, closed), RC_IO);
	assert_int_equal(close(fd), 0);
	assert_int_equal(close(closed), 0);
	mention_writer_free(w);
}

static void
a_block_that_is_cut_or_longer_is_refused(void **unused)
{
	struct mention_writer *w = small_block();
	const struct bytes b = saved(w);
	struct mention_block block;

	(void)unused;
	for (size_t n = 0; n < b.n; n++) {
		uint8_t *cut = malloc(n + 1);
		assert_non_null(cut);
		memcpy(cut, b.p, n);
		assert_int_equal(view((struct bytes){cut, n}, &block),
				 RC_FORMAT);
		free(cut);
	}
	uint8_t *longer = calloc(b.n + 1, 1);
	assert_non_null(longer);
	memcpy(longer, b.p, b.n);
	assert_int_equal(view((struct bytes){longer, b.n + 1}, &block),
			 RC_FORMAT);
	free(longer);
	free(b.p);
	mention_writer_free(w);
}

/* Reads all that a consumer would read of a block that was let through. */
static void
read_all(const struct mention_block *b)
{
	volatile uint8_t sum = 0;

	for (size_t i = 0; i < b->n; i++)
		for (size_t t = 0; t < MENTION_TEXTS; t++) {
			const struct span s =
				mention_text(b, b->mentions[i].text[t]);
			assert_true(s.n <= NORM_MAX);
			for (size_t k = 0; k < s.n; k++)
				sum = (uint8_t)(sum + s.p[k]);
		}
}

static void
no_byte_of_a_block_can_lead_out_of_it(void **unused)
{
	static const uint8_t values[] = {0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF};
	struct mention_writer *w = small_block();
	const struct bytes b = saved(w);
	struct mention_block block;

	(void)unused;
	for (size_t i = 0; i < b.n; i++) {
		const uint8_t was = b.p[i];
		for (size_t k = 0; k < COUNT_OF(values); k++) {
			b.p[i] = values[k];
			if (view(b, &block) == RC_OK)
				read_all(&block);
		}
		b.p[i] = was;
	}
	free(b.p);
	mention_writer_free(w);
}

enum { HEAD_BYTES = 24 }; /* of a block; its mentions follow */

static void
lies_in_a_block_are_refused(void **unused)
{
	struct mention_writer *w = small_block();
	const struct bytes b = saved(w);
	struct mention_block block;
	struct mention good;

	(void)unused;
	memcpy(&good, b.p + HEAD_BYTES, sizeof(good));
	struct mention lies[10];
	for (size_t i = 0; i < COUNT_OF(lies); i++)
		lies[i] = good;
	lies[0].sex = 3;
	lies[1].role = ROLE_COUNT;
	lies[2].nir_state = NIR_GOOD + 1;
	lies[3].holder_kind = KIND_COUNT;
	lies[4].birth_date = 99991232;
	lies[5].text[MENTION_STREET] = 1; /* before the first text */
	lies[6].text[MENTION_STREET] = (uint32_t)(b.n); /* past the last */
	lies[7].text[MENTION_STREET] = UINT32_MAX;
	lies[8].text[MENTION_STREET] = UINT32_MAX - 1;
	lies[9].text[MENTION_OTHER_ID] = UINT32_MAX - 2;
	for (size_t i = 0; i < COUNT_OF(lies); i++) {
		memcpy(b.p + HEAD_BYTES, &lies[i], sizeof(good));
		if (view(b, &block) != RC_FORMAT)
			fail_msg("lie %zu was believed", i);
	}
	memcpy(b.p + HEAD_BYTES, &good, sizeof(good));
	assert_int_equal(view(b, &block), RC_OK);
	free(b.p);
	mention_writer_free(w);
}

static void
a_text_longer_than_any_that_is_written_is_refused(void **unused)
{
	struct mention_writer *w = mention_writer_new(LIMIT);
	struct mention m = {0};
	struct mention_block block;
	uint8_t text[200];

	(void)unused;
	for (int i = 0; i < 4; i++) {
		memset(text, 'A' + i, sizeof(text));
		m.text[0] = mention_writer_text(
			w, (struct span){text, sizeof(text)});
	}
	m.text[0] = mention_writer_text(w, SPAN_LIT("MOREL"));
	m.text[1] = m.text[0] - 2 * (uint32_t)(sizeof(text) + 2);
	assert_int_equal(mention_writer_add(w, &m), RC_OK);
	const struct bytes b = saved(w);
	assert_int_equal(view(b, &block), RC_OK);

	/* A text in the middle swallows the next: it still ends in the heap. */
	uint8_t *heap = b.p + HEAD_BYTES + sizeof(m);
	heap[m.text[1]] = NORM_MAX;
	assert_int_equal(view(b, &block), RC_OK);
	heap[m.text[1]] = NORM_MAX + 1;
	assert_int_equal(view(b, &block), RC_FORMAT);
	heap[m.text[1]] = 0;
	heap[m.text[1] + 1] = 1;
	assert_int_equal(view(b, &block), RC_FORMAT);
	free(b.p);
	mention_writer_free(w);
}

static void
codes_are_packed_and_written_out_again(void **unused)
{
	static const char *const codes[] = {
		"",          "0",         "00",           "A",
		"Z9",        "750803447", "ZZZZZZZZZZZZ", "000000000000",
		"2A0000001",
	};
	static const char *const not_codes[] = {"abc", "A B", "0000000000000",
						"\xC3\x89"};
	char out[13];

	(void)unused;
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		const uint64_t packed = code_pack(span_str(codes[i]));
		code_unpack(packed, out);
		assert_string_equal(out, codes[i]);
		for (size_t k = 0; k < i; k++)
			assert_true(packed != code_pack(span_str(codes[k])));
	}
	for (size_t i = 0; i < COUNT_OF(not_codes); i++)
		assert_true(code_pack(span_str(not_codes[i])) == 0);
	code_unpack(UINT64_MAX, out); /* no code: any text, but one that ends */
	assert_true(memchr(out, '\0', sizeof(out)) != NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_is_read_as_it_was_written),
		cmocka_unit_test(the_same_text_stands_once),
		cmocka_unit_test(a_long_text_is_cut),
		cmocka_unit_test(
			past_the_ceiling_nothing_is_added_until_a_reset),
		cmocka_unit_test(a_smallest_writer_holds_one_mention),
		cmocka_unit_test(a_file_that_takes_no_more_is_an_error),
		cmocka_unit_test(a_block_that_is_cut_or_longer_is_refused),
		cmocka_unit_test(no_byte_of_a_block_can_lead_out_of_it),
		cmocka_unit_test(lies_in_a_block_are_refused),
		cmocka_unit_test(
			a_text_longer_than_any_that_is_written_is_refused),
		cmocka_unit_test(codes_are_packed_and_written_out_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
