#include "link/check.h"
#include "link/form/form.h"

struct pair {
	const char *in;
	const char *out;
};

static void
names_are_one_word_with_cuts(void **state)
{
	static const struct {
		const char *in;
		const char *out; /* | at the cuts */
	} cases[] = {
		{"MARTIN", "MARTIN"},
		{"MARTIN-DUBOIS", "MARTIN|DUBOIS"},
		{"MARTIN  DUBOIS ", "MARTIN|DUBOIS"},
		{"LE GALL", "LEGALL"},
		{"LE GALL-MARTIN", "LEGALL|MARTIN"},
		{"D'ARTAGNAN", "DARTAGNAN"},
		{"DE LA TOUR DU PIN", "DELATOUR|DUPIN"},
		{"ST MARTIN", "SAINTMARTIN"},
		{"SAINTE-CROIX", "SAINTECROIX"},
		{"AIT BEN HADDOU", "AITBENHADDOU"},
		{"NGUYEN VAN", "NGUYEN|VAN"},
		{"J.-P.", "J|P"},
		{"LE", "LE"},
		{"", ""},
		{" -'. ", ""},
		{"\xd0\x98\xd0\x92\xd0\x90\xd0\x9d",
		 "\xd0\x98\xd0\x92\xd0\x90\xd0\x9d"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct form_name name;
		char out[2 * FORM_NAME_MAX + 1];
		size_t n = 0;

		form_name(span_str(cases[i].in), &name);
		for (size_t k = 0; k < name.n; k++) {
			if ((name.cuts >> k & 1) != 0)
				out[n++] = '|';
			out[n++] = (char)name.p[k];
		}
		out[n] = '\0';
		assert_string_equal(out, cases[i].out);
	}
}

static void
an_endless_name_is_cut_at_the_ceiling(void **state)
{
	char text[1000];
	struct form_name name;

	(void)state;
	memset(text, 'A', sizeof(text));
	for (size_t gap = 1; gap < 9; gap++) {
		for (size_t i = gap; i < sizeof(text); i += gap + 1)
			text[i] = ' ';
		const struct span s = {(const uint8_t *)text, sizeof(text)};
		form_name(s, &name);
		assert_true(name.n <= FORM_NAME_MAX);
		assert_true(name.n > FORM_NAME_MAX - 2 * gap);
	}
}

typedef size_t form(struct span text, uint8_t out[static NORM_MAX]);

static void
check_forms(form *f, const struct pair *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint8_t out[NORM_MAX + 1];

		out[f(span_str(cases[i].in), out)] = '\0';
		assert_string_equal((const char *)out, cases[i].out);
	}
}

static void
streets_are_written_in_one_way(void **state)
{
	static const struct pair cases[] = {
		{"12 RUE DES LILAS", "12 RUE LILAS"},
		{"12, R. DES LILAS", "12 RUE LILAS"},
		{"012 R LILAS", "12 RUE LILAS"},
		{"12BIS AV. DU GAL DE GAULLE", "12 B AVENUE GENERAL GAULLE"},
		{"12 B AVENUE DU GENERAL DE GAULLE",
		 "12 B AVENUE GENERAL GAULLE"},
		{"LD KERGUEN", "LIEUDIT KERGUEN"},
		{"BD ST-MICHEL", "BOULEVARD SAINT MICHEL"},
		{"", ""},
		{" , ", ""},
	};

	(void)state;
	check_forms(form_street, cases, COUNT_OF(cases));
}

static void
towns_lose_cedex_and_numbers(void **state)
{
	static const struct pair cases[] = {
		{"SAINT BRIEUC", "SAINT BRIEUC"},
		{"ST-BRIEUC CEDEX 2", "SAINT BRIEUC"},
		{"PARIS 14", "PARIS"},
		{"LE MANS", "MANS"},
		{"14", ""},
	};

	(void)state;
	check_forms(form_city, cases, COUNT_OF(cases));
}

static void
emails_lose_case_tags_and_the_dots_of_gmail(void **state)
{
	static const struct pair cases[] = {
		{"Jean.Exemple@poste-exemple.fr",
		 "jean.exemple@poste-exemple.fr"},
		{"jean+labo@poste-exemple.fr", "jean@poste-exemple.fr"},
		{"j.e.a.n@gmail.com", "jean@gmail.com"},
		{"jean@GOOGLEMAIL.com", "jean@googlemail.com"},
		{"a@b@c-exemple.fr", "a@b@c-exemple.fr"},
		{"@poste-exemple.fr", ""},
		{"jean@", ""},
		{"jean", ""},
		{"...@gmail.com", ""},
		{"+@poste-exemple.fr", "+@poste-exemple.fr"},
		{"", ""},
	};

	(void)state;
	check_forms(form_email, cases, COUNT_OF(cases));
}

static void
codes_are_letters_and_digits(void **state)
{
	static const struct pair cases[] = {
		{"56 000", "56000"},
		{"F-56000", "F56000"},
		{"", ""},
	};

	(void)state;
	check_forms(form_code, cases, COUNT_OF(cases));
}

static void
nothing_outgrows_its_room(void **state)
{
	static const char *const fills[] = {"R ", "1A", "ST ",
					    "@",  "A@", "RES "};
	static form *const forms[] = {form_street, form_city, form_email,
				      form_code};
	uint8_t text[600];
	uint8_t out[NORM_MAX];

	(void)state;
	for (size_t f = 0; f < COUNT_OF(fills); f++) {
		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = (uint8_t)fills[f][i % strlen(fills[f])];
		for (size_t n = 0; n <= sizeof(text); n++)
			for (size_t k = 0; k < COUNT_OF(forms); k++)
				assert_true(forms[k]((struct span){text, n},
						     out) <= NORM_MAX);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_one_word_with_cuts),
		cmocka_unit_test(an_endless_name_is_cut_at_the_ceiling),
		cmocka_unit_test(streets_are_written_in_one_way),
		cmocka_unit_test(towns_lose_cedex_and_numbers),
		cmocka_unit_test(emails_lose_case_tags_and_the_dots_of_gmail),
		cmocka_unit_test(codes_are_letters_and_digits),
		cmocka_unit_test(nothing_outgrows_its_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
