/* The tables of words are sound, and name_dictionary_table.h was made from
 * them. Called with --print, this program writes it. */
#include "base/check.h"
#include "base/word.h"
#include "detect/name/name_cue_table.h"
#include "detect/name/name_dictionary_table.h"
#include "detect/name/name_filter_table.h"
#include "detect/name/name_given_table.h"
#include "detect/name/name_special_table.h"
#include "detect/words/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ENTRIES_MAX = DICTIONARY_SLOTS / 4 * 3 };

/* The dictionary, made afresh. */
struct dictionary {
	struct name_entry entries[ENTRIES_MAX];
	size_t n;
	uint16_t slots[DICTIONARY_SLOTS];
	uint64_t cues[WORDS_FILTER];
	uint64_t givens[WORDS_FILTER];
};

static uint64_t
part_of(const char *word, size_t from)
{
	uint64_t v = 0;

	for (size_t i = from; i < from + 8 && i < strlen(word); i++)
		v |= (uint64_t)(uint8_t)word[i] << (8 * (i - from));
	return v;
}

/* The entry of ${word}, made if it is not there. */
static struct name_entry *
entry_of(struct dictionary *l, const char *word)
{
	const uint64_t head = part_of(word, 0);
	const uint64_t tail = part_of(word, 8);
	uint32_t i = name_entry_hash(head, tail) % DICTIONARY_SLOTS;

	assert_in_range(strlen(word), 1, NAME_LETTERS_MAX);
	for (; l->slots[i] != 0; i = (i + 1) % DICTIONARY_SLOTS) {
		struct name_entry *e = &l->entries[l->slots[i]];

		if (e->head == head && e->tail == tail)
			return e;
	}
	assert_true(l->n < ENTRIES_MAX);
	l->slots[i] = (uint16_t)l->n;
	l->entries[l->n] = (struct name_entry){.head = head, .tail = tail};
	return &l->entries[l->n++];
}

static void
mark(uint64_t *filter, const char *word)
{
	const uint32_t h = words_hash(part_of(word, 0));

	filter[h / 64] |= UINT64_C(1) << (h % 64);
}

static void
make_dictionary(struct dictionary *l)
{
	*l = (struct dictionary){.n = 1};
	for (size_t i = 0; i < COUNT_OF(GIVEN); i++) {
		entry_of(l, GIVEN[i].word)->given = GIVEN[i].sex;
		mark(l->givens, GIVEN[i].word);
	}
	for (size_t i = 0; i < COUNT_OF(cues); i++) {
		entry_of(l, cues[i].word)->cue = cues[i].class;
		mark(l->cues, cues[i].word);
	}
	for (size_t i = 0; i < COUNT_OF(specials); i++)
		entry_of(l, specials[i].word)->word = specials[i].class;
	for (size_t i = 0; i < COUNT_OF(stops); i++)
		entry_of(l, stops[i])->stop = true;
	for (size_t i = 0; i < COUNT_OF(doubtful); i++)
		entry_of(l, doubtful[i])->doubtful = true;
	for (size_t i = 0; i < COUNT_OF(organisations); i++)
		entry_of(l, organisations[i])->organisation = true;
}

static void
print_dictionary(const struct dictionary *l)
{
	printf("/* Made from the other tables of this folder; do not edit.\n"
	       " * name_dictionary_test.c checks it, and writes it when called "
	       "with --print. */\n"
	       "#ifndef TOCSIN_DETECT_NAME_DICTIONARY_TABLE_H\n"
	       "#define TOCSIN_DETECT_NAME_DICTIONARY_TABLE_H\n\n"
	       "#include \"detect/name/name_impl.h\"\n\n"
	       "enum { DICTIONARY_SLOTS = %d };\n\n"
	       "/* clang-format off */\n"
	       "static const struct name_entry ENTRIES[] = {",
	       DICTIONARY_SLOTS);
	for (size_t i = 0; i < l->n; i++) {
		const struct name_entry *e = &l->entries[i];

		printf("%s{0x%" PRIX64 ",0x%" PRIX64 ",%u,%u,%u,%d,%d,%d},",
		       i % 4 == 0 ? "\n\t" : "", e->head, e->tail, e->cue,
		       e->word, e->given, e->stop, e->doubtful,
		       e->organisation);
	}
	printf("\n};\n\n/* Indices of entries; 0: free. */\n"
	       "static const uint16_t SLOTS[DICTIONARY_SLOTS] = {");
	for (size_t i = 0; i < DICTIONARY_SLOTS; i++)
		printf("%s%u,", i % 32 == 0 ? "\n\t" : "", l->slots[i]);
	printf("\n};\n/* clang-format on */\n\n#endif\n");
}

static void
print_bits(const char *name, const uint64_t *bits)
{
	printf("static const uint64_t %s[WORDS_FILTER] = {", name);
	for (size_t i = 0; i < WORDS_FILTER; i++)
		printf("%s0x%" PRIX64 ",", i % 4 == 0 ? "\n\t" : "", bits[i]);
	printf("\n};\n\n");
}

static void
print_filter(const struct dictionary *l)
{
	printf("/* Made as name_dictionary_table.h is, with --print-filter. "
	       "*/\n"
	       "#ifndef TOCSIN_DETECT_NAME_FILTER_TABLE_H\n"
	       "#define TOCSIN_DETECT_NAME_FILTER_TABLE_H\n\n"
	       "#include \"detect/words/words.h\"\n\n"
	       "/* Bit h: a cue, a given name begins with eight letters whose "
	       "hash is h. A bit\n * that is set may be another word's; one "
	       "that is not set never lies. */\n"
	       "/* clang-format off */\n");
	print_bits("CUES", l->cues);
	print_bits("GIVENS", l->givens);
	printf("/* clang-format on */\n\n#endif\n");
}

static struct dictionary made;

static void
the_dictionary_is_what_the_tables_give(void **state)
{
	(void)state;
	make_dictionary(&made);
	assert_int_equal(made.n, COUNT_OF(ENTRIES));
	for (size_t i = 0; i < made.n; i++) {
		const struct name_entry *a = &made.entries[i];
		const struct name_entry *b = &ENTRIES[i];

		assert_true(a->head == b->head && a->tail == b->tail &&
			    a->cue == b->cue && a->word == b->word &&
			    a->given == b->given && a->stop == b->stop &&
			    a->doubtful == b->doubtful &&
			    a->organisation == b->organisation);
	}
	assert_memory_equal(made.slots, SLOTS, sizeof(SLOTS));
	assert_memory_equal(made.cues, CUES, sizeof(CUES));
	assert_memory_equal(made.givens, GIVENS, sizeof(GIVENS));
}

static void
every_word_is_found_and_others_are_not(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(GIVEN); i++) {
		const struct span s = span_str(GIVEN[i].word);

		assert_int_equal(name_look_up(s)->given, GIVEN[i].sex);
		/* Cut, and with one letter more, it is another word. */
		assert_true(name_look_up((struct span){s.p, s.n - 1}) !=
			    name_look_up(s));
	}
	for (size_t i = 0; i < COUNT_OF(cues); i++)
		assert_int_equal(name_look_up(span_str(cues[i].word))->cue,
				 cues[i].class);
	for (size_t i = 0; i < COUNT_OF(stops); i++)
		assert_true(name_look_up(span_str(stops[i]))->stop);
	for (size_t i = 0; i < COUNT_OF(specials); i++)
		assert_int_equal(name_word(span_str(specials[i].word)),
				 specials[i].class);
	for (size_t i = 0; i < COUNT_OF(organisations); i++)
		assert_true(name_is_organisation(span_str(organisations[i])));
	static const char *const unknown[] = {"",
					      "Q",
					      "M",
					      "JEAN PIERRE",
					      "PATIENTELLE",
					      "XXXXXXXXXXXXXXX",
					      "XXXXXXXXXXXXXXXX",
					      "MARIE CLAUDE DUPONT"};
	for (size_t i = 0; i < COUNT_OF(unknown); i++) {
		const struct name_entry *e = name_look_up(span_str(unknown[i]));

		assert_true(e->head == 0 && e->cue == 0 && e->word == 0 &&
			    e->given == 0 && !e->stop && !e->doubtful);
	}
}

static void
the_tables_are_sorted(void **state)
{
	(void)state;
	for (size_t i = 1; i < COUNT_OF(specials); i++)
		if (strcmp(specials[i - 1].word, specials[i].word) >= 0)
			fail_msg("%s", specials[i].word);
	for (size_t i = 1; i < COUNT_OF(cues); i++)
		if (strcmp(cues[i - 1].word, cues[i].word) >= 0)
			fail_msg("%s", cues[i].word);
	for (size_t i = 1; i < COUNT_OF(stops); i++)
		if (strcmp(stops[i - 1], stops[i]) >= 0)
			fail_msg("%s", stops[i]);
	for (size_t i = 1; i < COUNT_OF(organisations); i++)
		if (strcmp(organisations[i - 1], organisations[i]) >= 0)
			fail_msg("%s", organisations[i]);
	for (size_t i = 1; i < COUNT_OF(doubtful); i++)
		if (strcmp(doubtful[i - 1], doubtful[i]) >= 0)
			fail_msg("%s", doubtful[i]);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_dictionary_is_what_the_tables_give),
		cmocka_unit_test(every_word_is_found_and_others_are_not),
		cmocka_unit_test(the_tables_are_sorted),
	};

	if (argc == 2 && strcmp(argv[1], "--print") == 0) {
		make_dictionary(&made);
		print_dictionary(&made);
		return 0;
	}
	if (argc == 2 && strcmp(argv[1], "--print-filter") == 0) {
		make_dictionary(&made);
		print_filter(&made);
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
