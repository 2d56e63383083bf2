/* The vocabulary is sound, and health_table.h was made from it. Called with
 * --print, this program writes health_table.h. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/fold.h"
#include "detect/health/health_filter_table.h"
#include "detect/health/health_impl.h"
#include "detect/health/health_table.h"
#include "detect/words/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES_MAX = 4096 };

/* An entry while it is sorted. */
struct item {
	struct health_entry entry;
	uint32_t slot;
	uint32_t letters;
};

static int
compare_items(const void *x, const void *y)
{
	const struct item *a = x;
	const struct item *b = y;

	if (a->slot != b->slot)
		return a->slot < b->slot ? -1 : 1;
	if (a->letters != b->letters) /* the longest first */
		return a->letters > b->letters ? -1 : 1;
	if (a->entry.row != b->entry.row)
		return a->entry.row < b->entry.row ? -1 : 1;
	return a->entry.at < b->entry.at ? -1 : a->entry.at > b->entry.at;
}

static size_t
make_items(struct item *items)
{
	size_t n = 0;

	for (size_t row = 0; row < HEALTH_WORDS_N; row++) {
		const char *text = HEALTH_WORDS[row].text;

		for (size_t at = 0; text[at] != '\0';) {
			const size_t len = strcspn(text + at, " ");
			const size_t letters = strcspn(text + at, "* ");
			struct item *item = &items[n++];

			assert_true(n < ENTRIES_MAX);
			*item = (struct item){
				.entry = {.row = (uint16_t)row,
					  .at = (uint16_t)at,
					  .letters = (uint8_t)letters},
				.letters = (uint32_t)letters,
			};
			uint64_t key = 0;
			for (size_t k = 0; k < 8 && k < letters; k++)
				key |= (uint64_t)(uint8_t)text[at + k]
				       << (8 * k);
			assert_true(letters > 0);
			if (letters < len && letters < 8)
				item->entry.shift =
					(uint8_t)(8 * (8 - letters) % 64);
			item->entry.key = key << item->entry.shift;
			item->slot = health_hash(key);
			at += len;
			at += text[at] == ' ';
		}
	}
	qsort(items, n, sizeof(*items), compare_items);
	return n;
}

static void
print_index(const struct item *items, size_t n)
{
	printf("/* Made from health_words.c; do not edit. health_words_test.c "
	       "checks it, and\n * writes it when called with --print. */\n"
	       "#ifndef TOCSIN_DETECT_HEALTH_TABLE_H\n"
	       "#define TOCSIN_DETECT_HEALTH_TABLE_H\n\n"
	       "#include \"detect/health/health_impl.h\"\n\n"
	       "/* clang-format off */\n"
	       "/* Where the entries of a slot begin; they end where those of "
	       "the next do. */\n"
	       "static const uint16_t HEALTH_SLOT[HEALTH_SLOTS + 1] = {");
	size_t e = 0;
	for (uint32_t slot = 0; slot <= HEALTH_SLOTS; slot++) {
		while (e < n && items[e].slot < slot)
			e++;
		printf("%s%zu,", slot % 16 == 0 ? "\n\t" : "", e);
	}
	printf("\n};\n\nstatic const struct health_entry HEALTH_ENTRY[] = {");
	for (e = 0; e < n; e++)
		printf("%s{0x%016" PRIX64 ",%u,%u,%u,%u},",
		       e % 2 == 0 ? "\n\t" : "", items[e].entry.key,
		       items[e].entry.shift, items[e].entry.letters,
		       items[e].entry.row, items[e].entry.at);
	printf("\n};\n/* clang-format on */\n\n#endif\n");
}

/* The groups in whose company some topic is one. */
static uint64_t
groups_wanted(void)
{
	uint64_t groups = 0;

	for (size_t row = 0; row < HEALTH_WORDS_N; row++)
		if (HEALTH_WORDS[row].class == WORD_TOPIC)
			groups |= HEALTH_WORDS[row].with;
	return groups;
}

/* Bit h: a word that names a topic or belongs to one of ${groups} begins with
 * four letters whose hash is h. */
static void
make_filter(uint64_t filter[static WORDS_FILTER], bool topics, uint64_t groups)
{
	static struct item items[ENTRIES_MAX];
	const size_t n = make_items(items);

	memset(filter, 0, WORDS_FILTER * sizeof(*filter));
	for (size_t i = 0; i < n; i++) {
		const struct health_entry *e = &items[i].entry;
		const struct health_word *w = &HEALTH_WORDS[e->row];
		uint8_t key[WORDS_KEY] = {0};

		if (!(topics && w->class == WORD_TOPIC) &&
		    (w->clue & groups) == 0)
			continue;
		/* Keys end before digits: "CD4" is found as CD. */
		for (size_t k = 0; k < HEALTH_KEY && k < e->letters; k++) {
			if (is_digit((uint8_t)w->text[e->at + k]))
				break;
			key[k] = (uint8_t)w->text[e->at + k];
		}
		const uint32_t h = words_hash(words_key(key));

		filter[h / 64] |= UINT64_C(1) << (h % 64);
	}
}

static void
print_bits(const char *name, const uint64_t filter[static WORDS_FILTER])
{
	printf("static const uint64_t %s[WORDS_FILTER] = {", name);
	for (size_t i = 0; i < WORDS_FILTER; i++)
		printf("%s0x%" PRIX64 ",", i % 4 == 0 ? "\n\t" : "", filter[i]);
	printf("\n};\n\n");
}

static void
print_filter(void)
{
	uint64_t filter[WORDS_FILTER];

	printf("/* Made as health_table.h is, with --print-filter. */\n"
	       "#ifndef TOCSIN_DETECT_HEALTH_FILTER_TABLE_H\n"
	       "#define TOCSIN_DETECT_HEALTH_FILTER_TABLE_H\n\n"
	       "#include \"detect/words/words.h\"\n\n"
	       "/* Bit h: a word that names a topic or announces codes; one in "
	       "whose company\n * another names a topic: begins with four "
	       "letters whose hash is h. A bit that is\n * not set never lies. "
	       "*/\n"
	       "/* clang-format off */\n");
	make_filter(filter, true, CLUE_CODE);
	print_bits("HEALTH_FILTER", filter);
	make_filter(filter, false, groups_wanted());
	print_bits("HEALTH_COMPANY", filter);
	printf("/* clang-format on */\n\n#endif\n");
}

static void
the_filters_are_what_the_words_give(void **state)
{
	uint64_t filter[WORDS_FILTER];

	(void)state;
	make_filter(filter, true, CLUE_CODE);
	assert_memory_equal(filter, HEALTH_FILTER, sizeof(filter));
	make_filter(filter, false, groups_wanted());
	assert_memory_equal(filter, HEALTH_COMPANY, sizeof(filter));
}

static void
the_index_is_what_the_words_give(void **state)
{
	static struct item items[ENTRIES_MAX];
	const size_t n = make_items(items);

	(void)state;
	assert_int_equal(n, COUNT_OF(HEALTH_ENTRY));
	for (size_t e = 0; e < n; e++)
		assert_memory_equal(&items[e].entry, &HEALTH_ENTRY[e],
				    sizeof(HEALTH_ENTRY[e]));
	size_t e = 0;
	for (uint32_t slot = 0; slot <= HEALTH_SLOTS; slot++) {
		while (e < n && items[e].slot < slot)
			e++;
		assert_int_equal(HEALTH_SLOT[slot], e);
	}
}

static void
every_word_is_folded_and_short_ones_are_whole(void **state)
{
	(void)state;
	for (size_t row = 0; row < HEALTH_WORDS_N; row++) {
		const char *p = HEALTH_WORDS[row].text;

		for (size_t k = 0; p[k] != '\0'; k++) {
			assert_true(is_upper((uint8_t)p[k]) ||
				    is_digit((uint8_t)p[k]) ||
				    byte_in((uint8_t)p[k], "* "));
			if (p[k] == '*')
				assert_true(p[k + 1] == ' ' ||
					    p[k + 1] == '\0');
		}
		while (*p != '\0') {
			const size_t letters = strcspn(p, "* ");
			assert_true(letters > 0 && letters < HEALTH_WORD_MAX);
			if (p[letters] == '*') /* the key is four letters */
				assert_true(letters >= 4);
			p += strcspn(p, " ");
			p += *p == ' ';
		}
	}
}

static void
no_word_has_more_senses_than_a_step_may_add(void **state)
{
	static struct item items[ENTRIES_MAX];
	const size_t n = make_items(items);
	size_t senses = 1;

	(void)state;
	for (size_t i = 1; i < n; i++) {
		const bool same = items[i].letters == items[i - 1].letters &&
				  items[i].slot == items[i - 1].slot;
		senses = same ? senses + 1 : 1;
		assert_true(senses <= 8);
	}
}

static void
every_group_that_is_asked_for_has_a_word(void **state)
{
	/* Numbers and signs have these. */
	uint64_t given = CLUE_WEEKS | CLUE_CA | CLUE_COLON;
	uint64_t asked = 0;

	(void)state;
	for (size_t row = 0; row < HEALTH_WORDS_N; row++) {
		given |= HEALTH_WORDS[row].clue;
		asked |= HEALTH_WORDS[row].with | HEALTH_WORDS[row].unless;
	}
	assert_int_equal(asked & ~given, 0);
}

static void
every_topic_has_words(void **state)
{
	uint32_t topics = 0;

	(void)state;
	for (size_t row = 0; row < HEALTH_WORDS_N; row++)
		if (HEALTH_WORDS[row].class == WORD_TOPIC)
			topics |= 1U << HEALTH_WORDS[row].topic;
	assert_int_equal(topics, (1U << TOPIC_COUNT) - 1);
}

static void
codes_are_ranges_and_longer_prefixes_stand_first(void **state)
{
	(void)state;
	for (size_t i = 0; i < HEALTH_CODES_N; i++) {
		const char *a = HEALTH_CODES[i].text;
		const size_t half = strlen(a) / 2;

		assert_int_equal(a[half], '-');
		assert_true(half == 3 || half == 4);
		assert_true(strncmp(a, a + half + 1, half) <= 0);
		for (size_t j = 0; j < i && half == 4; j++) {
			const char *b = HEALTH_CODES[j].text;
			if (strlen(b) / 2 == 3)
				assert_false(strncmp(a, b, 3) >= 0 &&
					     strncmp(a, b + 4, 3) <= 0);
		}
	}
}

/* A letter in front of a word must be read as base/fold reads it. */
static void
letters_past_ascii_fold_as_everywhere(void **state)
{
	(void)state;
	for (uint32_t code = 0xC0; code < 0x250; code++) {
		uint8_t word[4] = {0};
		uint8_t folded[16];
		const size_t n = utf8_put(code, word);
		const size_t m = fold_letters((struct span){word, n}, folded,
					      sizeof(folded));

		if (m == 0 || !is_upper(folded[0]))
			continue;
		/* As the first letter of SEROPO..., only S may match. */
		uint8_t text[16];
		const char *rest = "eropo";
		memcpy(text, word, n);
		for (size_t k = 0; k < 5; k++)
			text[n + k] = (uint8_t)rest[k];
		struct health_hit hit;
		const size_t hits =
			health_find((struct span){text, n + 5}, &hit, 1);
		assert_int_equal(hits, m == 1 && folded[0] == 'S');
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_filters_are_what_the_words_give),
		cmocka_unit_test(the_index_is_what_the_words_give),
		cmocka_unit_test(every_word_is_folded_and_short_ones_are_whole),
		cmocka_unit_test(no_word_has_more_senses_than_a_step_may_add),
		cmocka_unit_test(every_group_that_is_asked_for_has_a_word),
		cmocka_unit_test(every_topic_has_words),
		cmocka_unit_test(
			codes_are_ranges_and_longer_prefixes_stand_first),
		cmocka_unit_test(letters_past_ascii_fold_as_everywhere),
	};

	if (argc == 2 && strcmp(argv[1], "--print") == 0) {
		static struct item items[ENTRIES_MAX];
		print_index(items, make_items(items));
		return 0;
	}
	if (argc == 2 && strcmp(argv[1], "--print-filter") == 0) {
		print_filter();
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
