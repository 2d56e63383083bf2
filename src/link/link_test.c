#include "link/check.h"
#include "link/link.h"
#include "link/mix/mix.h"

#include <stdio.h>

static struct link_result *
link_rows(const struct check_row *rows, size_t n, struct team *team)
{
	const struct mention_block b = check_block(rows, n);
	const struct link_options o = {0};
	struct link_result *r = NULL;

	assert_int_equal(link_people(CHECK_SOURCE(&b, 1), &o, team, &r), RC_OK);
	assert_int_equal(r->mentions, n);
	check_unview(&b);
	return r;
}

static void
nothing_is_nobody(void **state)
{
	struct link_result *r = link_rows(NULL, 0, NULL);

	(void)state;
	assert_int_equal(r->people, 0);
	assert_int_equal(r->low, 0);
	assert_int_equal(r->high, 0);
	assert_int_equal(r->model, LINK_NO_MODEL);
	link_result_free(r);
	link_result_free(NULL);

	const struct link_options o = {0};
	assert_int_equal(link_people(CHECK_SOURCE(NULL, 0), &o, NULL, &r),
			 RC_OK);
	assert_int_equal(r->people, 0);
	link_result_free(r);
}

static void
mentions_that_name_nobody_are_counted_apart(void **state)
{
	static const struct check_row rows[] = {
		{.family = "MARTIN"},
		{.sex = 1},
		{.email = "anne@poste-exemple.fr"},
		{.family = "MARTIN",
		 .given = "ANNE",
		 .role = ROLE_PROFESSIONAL},
	};
	struct link_result *r = link_rows(rows, COUNT_OF(rows), NULL);

	(void)state;
	assert_int_equal(r->people, 1);
	assert_int_equal(r->nobody, 3);
	assert_true(r->person_of[0] == LINK_NOBODY);
	assert_true(r->person_of[1] == LINK_NOBODY);
	assert_int_equal(r->person_of[2], 0);
	assert_true(r->person_of[3] == LINK_NOBODY);
	link_result_free(r);
}

static void
one_identifier_alone_is_a_person(void **state)
{
	static const struct check_row rows[] = {
		{.email = "anne@poste-exemple.fr"},
		{.nir = 2801256123456},
		{.email = "ANNE@poste-exemple.fr"},
		{.phone = {33612345678}},
		{.other = "NHS 123"},
		{.nir = 2801256123456},
	};
	struct link_result *r = link_rows(rows, COUNT_OF(rows), NULL);

	(void)state;
	assert_int_equal(r->people, 4);
	assert_int_equal(r->person_of[0], r->person_of[2]);
	assert_int_equal(r->person_of[1], r->person_of[5]);
	/* A phone alone may be anybody's of the others. */
	assert_int_equal(r->weak, 1);
	assert_true(r->low <= 3);
	link_result_free(r);
}

/* A made-up town: households, some with children under a parent's NIR, couples,
 * twins; some come several times, with slips. */
enum { TOWN_MAX = 12000, TEXTS_MAX = 8 * TOWN_MAX };

struct town {
	struct check_row rows[TOWN_MAX];
	uint32_t person[TOWN_MAX];
	char text[TEXTS_MAX][24];
	size_t n;
	size_t n_text;
	uint32_t people;
	uint64_t h;
};

static uint64_t
draw(struct town *t, uint64_t n)
{
	t->h = mix(t->h);
	return mix_below(t->h, n);
}

/* A made-up word of ${n} syllables. */
static char *
word(struct town *t, uint64_t k, int n)
{
	static const char consonants[] = "BCDFGLMNPRSTV";
	static const char vowels[] = "AEIOU";
	char *out = t->text[t->n_text++];
	size_t at = 0;

	for (int i = 0; i < n; i++) {
		k = mix(k);
		out[at++] = consonants[k % 13];
		out[at++] = vowels[k / 13 % 5];
	}
	out[at++] = consonants[mix(k) % 13];
	out[at] = '\0';
	return out;
}

static const char *
slip(struct town *t, const char *text)
{
	char *out = t->text[t->n_text++];

	(void)snprintf(out, sizeof(t->text[0]), "%s", text);
	const size_t n = strlen(out);
	const size_t at = 1 + draw(t, n - 1);
	out[at] = (char)('A' + draw(t, 26));
	return out;
}

/* One row of a person, now and then with a slip. */
static void
come(struct town *t, const struct check_row *who)
{
	struct check_row *r = &t->rows[t->n];

	assert_true(t->n < TOWN_MAX && t->n_text + 8 < TEXTS_MAX);
	*r = *who;
	if (draw(t, 20) == 0)
		r->given = slip(t, r->given);
	if (draw(t, 20) == 0)
		r->family = slip(t, r->family);
	if (draw(t, 60) == 0)
		r->date = r->date / 100 * 100 + 1 + (uint32_t)draw(t, 28);
	if (draw(t, 4) == 0)
		r->phone[0] = 0;
	if (draw(t, 12) == 0)
		r->nir = 0;
	t->person[t->n++] = t->people;
}

static void
come_often(struct town *t, const struct check_row *who)
{
	const uint64_t times = draw(t, 2) == 0 ? 1 : 1 + draw(t, 4);

	for (uint64_t i = 0; i < times; i++)
		come(t, who);
	t->people++;
}

static uint64_t
nir_of(const struct check_row *r, uint64_t order)
{
	const uint64_t sex = r->sex;
	const uint64_t year = r->date / 10000 % 100;
	const uint64_t month = r->date / 100 % 100;

	return ((sex * 100 + year) * 100 + month) * 100000000 + 56000000 +
	       order % 1000000;
}

static void
settle_household(struct town *t)
{
	const uint64_t k = t->h;
	char *street = t->text[t->n_text++];
	struct check_row r = {
		.family = word(t, draw(t, 900), 2),
		.postcode = "56000",
		.street = street,
		.phone = {33297000000 + k % 900000},
	};
	const uint64_t members = 1 + draw(t, 4);
	uint64_t parent = 0;

	(void)snprintf(street, sizeof(t->text[0]), "%u RUE %s",
		       (unsigned)(1 + draw(t, 90)), word(t, draw(t, 80), 2));
	for (uint64_t m = 0; m < members; m++) {
		const uint32_t born = m < 2 ? 1950 + (uint32_t)draw(t, 40)
					    : 2000 + (uint32_t)draw(t, 18);

		r.sex = (uint8_t)(1 + draw(t, 2));
		r.given = word(t, draw(t, 150) * 2 + r.sex, 2);
		/* Twins: the last child is born with the one before. */
		if (m != 3 || draw(t, 10) != 0)
			r.date = born * 10000 +
				 (1 + (uint32_t)draw(t, 12)) * 100 + 1 +
				 (uint32_t)draw(t, 28);
		r.nir = m >= 2 && draw(t, 3) > 0 ? parent
						 : nir_of(&r, draw(t, 900000));
		if (m == 0)
			parent = r.nir;
		come_often(t, &r);
	}
}

static void
found_town(struct town *t, uint64_t seed, uint32_t people)
{
	memset(t, 0, sizeof(*t));
	t->h = mix(seed);
	while (t->people < people)
		settle_household(t);
}

static void
the_people_of_a_town_are_counted(void **state)
{
	static struct town t;
	size_t held = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 6; seed++) {
		found_town(&t, seed, 3000);
		struct link_result *r = link_rows(t.rows, t.n, NULL);
		const double off = (double)r->people - (double)t.people;

		assert_int_equal(r->model, LINK_HOUSEHOLDS);
		assert_true(off < 0.01 * (double)t.people);
		assert_true(off > -0.01 * (double)t.people);
		assert_true(r->low <= r->people && r->people <= r->high);
		held += r->low <= t.people && t.people <= r->high;
		link_result_free(r);
	}
	assert_true(held >= 5);
}

/* Number the persons of ${of}, [n], by first appearance in the order ${at}. */
static void
renumber(const uint32_t *of, const size_t *at, size_t n, uint32_t *out)
{
	static uint32_t number[TOWN_MAX];
	uint32_t next = 0;

	memset(number, 0xFF, sizeof(number));
	for (size_t i = 0; i < n; i++) {
		const uint32_t p = of[at[i]];

		if (number[p] == UINT32_MAX)
			number[p] = next++;
		out[i] = number[p];
	}
}

/* Link the town in the order ${at}, cut in blocks of ${block} mentions. */
static struct link_result *
link_in_order(const struct town *t, const size_t *at, size_t block,
	      struct team *team)
{
	enum { BLOCKS = 64 };
	static struct check_row rows[TOWN_MAX];
	struct mention_block blocks[BLOCKS] = {0};
	const struct link_options o = {0};
	struct link_result *r = NULL;
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		rows[i] = t->rows[at[i]];
	for (size_t i = 0; i < t->n; i += block) {
		assert_true(n < BLOCKS);
		blocks[n++] = check_block(rows + i,
					  t->n - i < block ? t->n - i : block);
	}
	assert_int_equal(link_people(CHECK_SOURCE(blocks, n), &o, team, &r),
			 RC_OK);
	for (size_t b = 0; b < n; b++)
		check_unview(&blocks[b]);
	return r;
}

static void
order_blocks_and_threads_change_nothing(void **state)
{
	static struct town t;
	static size_t at[TOWN_MAX];
	static size_t back[TOWN_MAX];
	static uint32_t as_found[TOWN_MAX];
	static const struct {
		uint64_t seed; /* of the order; 0: as it is */
		size_t block;
		unsigned threads;
	} cases[] = {
		{0, 500, 1},
		{0, TOWN_MAX, 3},
		{1, 777, 2},
		{2, 5000, 4},
	};

	(void)state;
	found_town(&t, 99, 2500);
	for (size_t i = 0; i < t.n; i++)
		at[i] = i;
	struct link_result *first = link_in_order(&t, at, TOWN_MAX, NULL);
	for (size_t c = 0; c < COUNT_OF(cases); c++) {
		struct team *team = team_new(cases[c].threads);

		assert_non_null(team);
		for (size_t i = 0; i < t.n; i++)
			at[i] = i;
		for (size_t i = t.n; i > 1 && cases[c].seed != 0; i--) {
			const size_t k =
				mix_below(mix(cases[c].seed * 77777 + i), i);
			const size_t swap = at[i - 1];

			at[i - 1] = at[k];
			at[k] = swap;
		}
		struct link_result *r =
			link_in_order(&t, at, cases[c].block, team);
		assert_int_equal(r->people, first->people);
		assert_int_equal(r->low, first->low);
		assert_int_equal(r->high, first->high);
		assert_int_equal(r->pairs, first->pairs);
		assert_int_equal(r->n_classes, first->n_classes);
		assert_memory_equal(r->classes, first->classes,
				    sizeof(r->classes));
		for (size_t i = 0; i < t.n; i++)
			back[at[i]] = i;
		renumber(r->person_of, back, t.n, as_found);
		for (size_t i = 0; i < t.n; i++)
			assert_int_equal(as_found[i], first->person_of[i]);
		link_result_free(r);
		team_free(team);
	}
	link_result_free(first);
}

static void
persons_are_numbered_as_they_appear(void **state)
{
	static struct town t;
	uint32_t next = 0;

	(void)state;
	found_town(&t, 5, 500);
	struct link_result *r = link_rows(t.rows, t.n, NULL);
	for (size_t i = 0; i < t.n; i++) {
		assert_true(r->person_of[i] <= next);
		next += r->person_of[i] == next;
	}
	assert_int_equal(next, r->people);
	link_result_free(r);
}

static void
every_link_has_a_reason(void **state)
{
	static struct town t;
	uint64_t links = 0;

	(void)state;
	found_town(&t, 6, 1500);
	struct link_result *r = link_rows(t.rows, t.n, NULL);
	assert_in_range(r->n_classes, 1, LINK_CLASSES_MAX);
	for (size_t c = 0; c < r->n_classes; c++) {
		assert_true(r->classes[c].links > 0);
		assert_true(r->classes[c].fields < 1U << LINK_FIELDS);
		links += r->classes[c].links;
	}
	assert_int_equal(links, r->mentions - r->nobody - r->people);
	assert_true(r->certain > r->people / 2);
	link_result_free(r);
}

/* Append some rows about one person to a town, and say how many persons they
 * make. */
static uint32_t
persons_among(struct town *t, const struct check_row *rows, size_t n)
{
	const size_t from = t->n;
	uint32_t persons = 0;

	for (size_t i = 0; i < n; i++)
		t->rows[t->n++] = rows[i];
	struct link_result *r = link_rows(t->rows, t->n, NULL);
	for (size_t i = from; i < t->n; i++) {
		bool met = false;

		for (size_t k = from; k < i; k++)
			met |= r->person_of[k] == r->person_of[i];
		persons += !met;
	}
	link_result_free(r);
	t->n = from;
	return persons;
}

#define HOME .street = "12 RUE DES LILAS", .postcode = "56100"

static const struct {
	const char *what;
	uint32_t persons;
	struct check_row rows[4];
} CASES[] = {
	{"a married woman under both names, who moves",
	 1,
	 {{.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 19620417,
	   HOME,
	   .phone = {33297555001}},
	  {.family = "TREMINTIN",
	   .birth = "KERGARADEC",
	   .sex = 2,
	   .given = "SOLANGE",
	   .date = 19620417,
	   HOME,
	   .phone = {33297555001}},
	  {.family = "TREMINTIN",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 19620417,
	   .street = "3 QUAI NORD",
	   .postcode = "29200",
	   .phone = {33297555001}}}},
	{"sister and brother",
	 2,
	 {{.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 20100417,
	   HOME,
	   .phone = {33297555001}},
	  {.family = "KERGARADEC",
	   .given = "ERWANIG",
	   .sex = 1,
	   .date = 20120902,
	   HOME,
	   .phone = {33297555001}}}},
	{"twins under one NIR",
	 2,
	 {{.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 20100417,
	   HOME,
	   .nir = 1750456111222},
	  {.family = "KERGARADEC",
	   .given = "ERWANIG",
	   .sex = 1,
	   .date = 20100417,
	   HOME,
	   .nir = 1750456111222}}},
	{"father and son of one name",
	 2,
	 {{.family = "KERGARADEC",
	   .given = "ERWANIG",
	   .sex = 1,
	   .date = 19550130,
	   HOME,
	   .nir = 1550156111222},
	  {.family = "KERGARADEC",
	   .given = "ERWANIG",
	   .sex = 1,
	   .date = 19840902,
	   HOME,
	   .nir = 1840956333444}}},
	{"a child under the NIR of its mother, twice",
	 2,
	 {{.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 19800417,
	   HOME,
	   .nir = 2800456111222},
	  {.family = "KERGARADEC",
	   .given = "ERWANIG",
	   .sex = 1,
	   .date = 20120902,
	   HOME,
	   .nir = 2800456111222},
	  {.family = "KERGARADEC",
	   .given = "ERWANIC",
	   .sex = 1,
	   .date = 20120902,
	   HOME,
	   .nir = 2800456111222}}},
	{"swapped columns",
	 1,
	 {{.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 19620417,
	   HOME},
	  {.family = "SOLANGE",
	   .given = "KERGARADEC",
	   .sex = 2,
	   .date = 19620417,
	   HOME}}},
	{"day and month swapped",
	 1,
	 {{.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 19620407,
	   HOME,
	   .phone = {33297555001}},
	  {.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 19620704,
	   HOME,
	   .phone = {33297555001}}}},
	{"a birth date that a program filled in",
	 1,
	 {{.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 19620407,
	   HOME,
	   .nir = 2620456111222},
	  {.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 19000101,
	   HOME,
	   .nir = 2620456111222}}},
	{"namesakes born on other days elsewhere",
	 2,
	 {{.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 19620417,
	   HOME},
	  {.family = "KERGARADEC",
	   .given = "SOLANGE",
	   .sex = 2,
	   .date = 19911102,
	   .street = "8 PLACE BASSE",
	   .postcode = "22000"}}},
};

static void
named_cases_are_told_apart(void **state)
{
	static struct town t;

	(void)state;
	found_town(&t, 11, 2500);
	for (size_t i = 0; i < COUNT_OF(CASES); i++) {
		size_t n = 0;

		while (n < COUNT_OF(CASES[i].rows) &&
		       CASES[i].rows[n].given != NULL)
			n++;
		const uint32_t got = persons_among(&t, CASES[i].rows, n);
		if (got != CASES[i].persons)
			print_error("%s: %u\n", CASES[i].what, got);
		assert_int_equal(got, CASES[i].persons);
	}
}

/* What differs is what is learnt from, so the people are nearly the same. */
static void
people_are_the_same_stretch_by_stretch(void **state)
{
	static struct town t;
	const struct link_options o = {.stretch_units = 1500};
	struct link_result *r = NULL;
	size_t apart = 0;

	(void)state;
	found_town(&t, 21, 3000);
	struct link_result *whole = link_rows(t.rows, t.n, NULL);
	const struct mention_block b = check_block(t.rows, t.n);
	assert_int_equal(link_people(CHECK_SOURCE(&b, 1), &o, NULL, &r), RC_OK);
	assert_int_equal(r->pairs, whole->pairs);
	assert_int_equal(r->model, whole->model);
	for (size_t i = 1; i < t.n; i++)
		apart += (r->person_of[i] == r->person_of[i - 1]) !=
			 (whole->person_of[i] == whole->person_of[i - 1]);
	assert_true(apart < t.n / 200);
	link_result_free(r);
	link_result_free(whole);
	check_unview(&b);
}

static void
those_who_say_the_same_are_one(void **state)
{
	enum { N = 20000 };
	static struct check_row rows[N];

	(void)state;
	for (size_t i = 0; i < N; i++)
		rows[i] = (struct check_row){.family = "MARTIN",
					     .given = "ANNE",
					     .date = 19800102,
					     .email = "anne@b-exemple.fr"};
	struct link_result *r = link_rows(rows, N, NULL);
	assert_int_equal(r->people, 1);
	assert_int_equal(r->units, 1);
	link_result_free(r);
}

/* Ten thousand who share a name, a street and a phone, in one block of every
 * rule that goes by them: none is lost, and it does not take all day. */
static void
ten_thousand_in_one_block_are_told_apart(void **state)
{
	enum { N = 10000 };
	static struct check_row rows[N];

	(void)state;
	for (uint32_t i = 0; i < N; i++)
		rows[i] = (struct check_row){
			.family = "MARTIN",
			.given = "ANNE",
			.street = "1 RUE HAUTE",
			.postcode = "56000",
			.phone = {33297000001},
			.date = (1920 + i % 80) * 10000 +
				(1 + i / 80 % 12) * 100 + 1 + i / 960 % 28,
		};
	struct link_result *r = link_rows(rows, N, NULL);
	assert_true(r->low <= N && r->people <= N && r->high >= N);
	assert_true(r->people > N / 2);
	link_result_free(r);
}

/* Names and towns alone, so that everybody meets everybody: nothing is sure,
 * and the interval says so. */
static void
where_little_is_known_the_interval_is_wide(void **state)
{
	enum { N = 1000, PEOPLE = 400 };
	static struct town t;

	(void)state;
	memset(&t, 0, sizeof(t));
	t.h = mix(3);
	for (uint32_t i = 0; i < N; i++) {
		const uint64_t p = mix(i) % PEOPLE;

		t.rows[i] = (struct check_row){
			.given = word(&t, mix(p) % 60, 2),
			.family = word(&t, mix(p + 1000) % 80, 2),
			.postcode = p % 3 == 0 ? "56000" : "29200",
		};
		if (i % 7 == 0)
			t.rows[i].given = slip(&t, t.rows[i].given);
	}
	struct link_result *r = link_rows(t.rows, N, NULL);
	assert_true(r->pairs > 100000);
	assert_true(r->low < r->people && r->people < r->high);
	assert_true(r->low <= PEOPLE && PEOPLE <= r->high);
	link_result_free(r);
}

/* People known by a surname and an address that a number tells apart. */
static void
numbered_addresses_are_so_many_people(void **state)
{
	enum { N = 120 };
	static struct check_row rows[N];
	static char emails[N][32];

	(void)state;
	for (size_t i = 0; i < N; i++) {
		const bool first = i < N / 2;

		(void)snprintf(emails[i], sizeof(emails[i]),
			       first ? "d%zu@b-exemple.fr"
				     : "jean.martin%zu@b-exemple.fr",
			       i);
		rows[i] = (struct check_row){
			.family = first ? "DURAND" : "MARTIN",
			.email = emails[i],
		};
	}
	struct link_result *r = link_rows(rows, N, NULL);
	assert_int_equal(r->people, N);
	assert_int_equal(r->high, N);
	link_result_free(r);
}

static void
a_ceiling_of_memory_is_kept(void **state)
{
	static struct town t;
	enum rc rc = RC_LIMIT;

	(void)state;
	found_town(&t, 8, 300);
	const struct mention_block b = check_block(t.rows, t.n);
	struct link_result *r = NULL;
	size_t tries = 0;
	for (size_t limit = 1 << 20; rc == RC_LIMIT; limit += limit / 8) {
		const struct link_options o = {.memory_bytes = limit};

		rc = link_people(CHECK_SOURCE(&b, 1), &o, NULL, &r);
		tries++;
	}
	assert_int_equal(rc, RC_OK);
	assert_true(tries > 3);
	link_result_free(r);
	check_unview(&b);
}

static void
everything_has_a_name(void **state)
{
	(void)state;
	for (unsigned f = 0; f < LINK_FIELDS; f++)
		assert_true(*link_field_name((enum link_field)f) != '\0');
	assert_string_equal(link_model_name(LINK_HOUSEHOLDS), "households");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_nobody),
		cmocka_unit_test(mentions_that_name_nobody_are_counted_apart),
		cmocka_unit_test(one_identifier_alone_is_a_person),
		cmocka_unit_test(the_people_of_a_town_are_counted),
		cmocka_unit_test(order_blocks_and_threads_change_nothing),
		cmocka_unit_test(persons_are_numbered_as_they_appear),
		cmocka_unit_test(every_link_has_a_reason),
		cmocka_unit_test(named_cases_are_told_apart),
		cmocka_unit_test(people_are_the_same_stretch_by_stretch),
		cmocka_unit_test(those_who_say_the_same_are_one),
		cmocka_unit_test(ten_thousand_in_one_block_are_told_apart),
		cmocka_unit_test(where_little_is_known_the_interval_is_wide),
		cmocka_unit_test(numbered_addresses_are_so_many_people),
		cmocka_unit_test(a_ceiling_of_memory_is_kept),
		cmocka_unit_test(everything_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
