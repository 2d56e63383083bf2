#include "link/distance/distance.h"
#include "link/form/form.h"
#include "link/phonetic/phonetic.h"

#include <stdlib.h>
#include <string.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop, so that the fuzzer keeps the input. */
static void
need(bool holds)
{
	if (!holds)
		abort();
}

typedef size_t form(struct span text, uint8_t out[static NORM_MAX]);

/* What was formed once is not changed by forming it again. */
static void
check_form(form *f, struct span text)
{
	uint8_t once[NORM_MAX];
	uint8_t twice[NORM_MAX];
	const size_t n = f(text, once);

	need(n <= NORM_MAX);
	const size_t k = f((struct span){once, n}, twice);
	need(k <= n);
}

static void
check_name(struct span text)
{
	struct form_name once;
	struct form_name twice;
	uint8_t sound[PHONETIC_FONEM_MAX];

	form_name(text, &once);
	need(once.n <= FORM_NAME_MAX);
	need(once.n == FORM_NAME_MAX || once.cuts >> once.n == 0);
	need((once.cuts & 1) == 0);
	const struct span name = {once.p, once.n};
	form_name(name, &twice);
	need(twice.n <= FORM_NAME_MAX);
	need(phonetic_fonem(name, sound) <= PHONETIC_FONEM_MAX);
	need(phonetic_soundex2(name, sound) <= PHONETIC_SOUNDEX2);
	need(distance_jaro_winkler(name, name) == (once.n > 0 ? 1000 : 0));
	need(distance_edits(name, name, 2) == 0);
}

/* Two texts, split in the middle. */
static void
check_distance(struct span text)
{
	const struct span a = {text.p, text.n / 2};
	const struct span b = {text.p + text.n / 2, text.n - text.n / 2};
	const unsigned jw = distance_jaro_winkler(a, b);
	const unsigned edits = distance_edits(a, b, 3);

	need(jw <= 1000);
	need(edits <= 4 && distance_edits(b, a, 3) == edits);
	need((edits == 0) == span_equal(a, b));
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t nothing[1];
	const struct span text = {size == 0 ? nothing : data, size};

	check_name(text);
	check_form(form_street, text);
	check_form(form_city, text);
	check_form(form_email, text);
	check_form(form_code, text);
	check_distance(text);
	return 0;
}
