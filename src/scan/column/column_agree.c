/* scan/column: how columns agree with each other, in counts of rows. */
#include "base/fold.h"
#include "detect/name/name.h"
#include "detect/nir/nir.h"
#include "detect/sex/sex.h"
#include "scan/column/column_impl.h"

#include <string.h>

static const uint64_t *
hashes(const struct table *t, uint32_t col)
{
	return t->hash + (size_t)col * t->rows;
}

struct agreement
agree_equal(const struct table *t, uint32_t a, uint32_t b)
{
	const uint64_t *x = hashes(t, a);
	const uint64_t *y = hashes(t, b);
	struct agreement g = {0};

	for (uint32_t r = 0; r < t->rows; r++) {
		if (x[r] == 0 || y[r] == 0)
			continue;
		g.compared++;
		g.agreed += x[r] == y[r];
	}
	return g;
}

struct agreement
agree_follows(const struct table *t, uint32_t from, uint32_t to)
{
	const uint32_t none[2] = {t->cols, t->cols};

	return agree_apart(t, from, to, none);
}

struct agreement
agree_apart(const struct table *t, uint32_t from, uint32_t to,
	    const uint32_t apart[static 2])
{
	const uint64_t *x = hashes(t, from);
	const uint64_t *y = hashes(t, to);
	struct agreement g = {0};

	memset(t->map, 0, t->slots * sizeof(*t->map));
	for (uint32_t r = 0; r < t->rows; r++) {
		if (x[r] == 0 || y[r] == 0)
			continue;
		size_t at = x[r] & (t->slots - 1);
		bool other = true;

		while (t->map[at].key != 0 && t->map[at].key != x[r])
			at = (at + 1) & (t->slots - 1);
		const struct slot *s = &t->map[at];

		for (size_t i = 0; i < 2 && s->key != 0; i++)
			if (apart[i] < t->cols)
				other = other && hashes(t, apart[i])[s->row] !=
							 hashes(t, apart[i])[r];
		if (s->key != 0 && other) {
			g.compared++;
			g.agreed += y[s->row] == y[r];
		}
		t->map[at] = (struct slot){.key = x[r], .row = r};
	}
	return g;
}

struct agreement
agree_birth(const struct table *t, uint32_t nir_col, uint32_t date_col,
	    uint8_t order)
{
	struct agreement g = {0};
	struct nir nir;
	uint32_t date;

	for (uint32_t r = 0; r < t->rows; r++) {
		if (hashes(t, nir_col)[r] == 0 ||
		    nir_parse(table_cell(t, r, nir_col), &nir) == KIND_NO ||
		    birthdate_parse(table_cell(t, r, date_col),
				    (enum date_order)order, &date) == KIND_NO)
			continue;
		g.compared++;
		g.agreed += nir.year == date / 10000 % 100 &&
			    nir.month == date / 100 % 100;
	}
	return g;
}

struct agreement
agree_sex(const struct table *t, uint32_t nir_col, uint32_t sex_col)
{
	struct agreement g = {0};
	struct nir nir;
	uint8_t sex;

	for (uint32_t r = 0; r < t->rows; r++) {
		if (hashes(t, nir_col)[r] == 0 ||
		    nir_parse(table_cell(t, r, nir_col), &nir) == KIND_NO ||
		    sex_parse(table_cell(t, r, sex_col), &sex) == KIND_NO ||
		    sex == SEX_UNKNOWN)
			continue;
		g.compared++;
		g.agreed += nir.sex == sex;
	}
	return g;
}

struct agreement
agree_given(const struct table *t, uint32_t given_col, uint32_t sex_col)
{
	uint8_t norm[NAME_TEXT_MAX];
	struct agreement g = {0};
	uint8_t sex;

	for (uint32_t r = 0; r < t->rows; r++) {
		const struct span s = table_cell(t, r, sex_col);

		if (sex_parse(s, &sex) == KIND_NO || sex == SEX_UNKNOWN) {
			sex = (uint8_t)sex_of_title(s);
			if (sex == SEX_UNKNOWN)
				continue;
		}
		const size_t n = name_normalise(table_cell(t, r, given_col),
						norm, sizeof(norm));
		const enum name_given known =
			name_given_known((struct span){norm, n});

		if (known != NAME_GIVEN_MALE && known != NAME_GIVEN_FEMALE)
			continue;
		g.compared++;
		g.agreed += (uint8_t)known == sex;
	}
	explicit_bzero(norm, sizeof(norm));
	return g;
}

/* Letters of ${s} before its @, capitals. */
static size_t
mailbox(struct span s, uint8_t *out, size_t cap)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n && s.p[i] != '@' && n < cap; i++)
		if (is_alpha(s.p[i]))
			out[n++] = s.p[i] & 0xDF;
	return n;
}

struct agreement
agree_mail(const struct table *t, uint32_t mail_col, uint32_t name_col,
	   uint32_t other_col)
{
	uint8_t box[64];
	uint8_t norm[NAME_TEXT_MAX];
	struct agreement g = {0};

	for (uint32_t r = 0; r < t->rows; r++) {
		if (other_col < t->cols &&
		    hashes(t, other_col)[r] == hashes(t, name_col)[r])
			continue;
		if (hashes(t, mail_col)[r] == 0)
			continue;
		const size_t n =
			mailbox(table_cell(t, r, mail_col), box, sizeof(box));
		size_t k = name_normalise(table_cell(t, r, name_col), norm,
					  sizeof(norm));
		size_t word = 0;

		while (word < k && norm[word] != ' ')
			word++;
		if (n < 4 || word < 4)
			continue;
		k = word < 6 ? word : 6;
		g.compared++;
		g.agreed += memmem(box, n, norm, k) != NULL;
	}
	explicit_bzero(norm, sizeof(norm));
	explicit_bzero(box, sizeof(box));
	return g;
}
