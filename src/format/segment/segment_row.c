/* Cells: from a value as it stands in a message to text in UTF-8, and from
 * the cells of a row to a line of the table. */
#include "base/fold.h"
#include "format/segment/segment_impl.h"

#include <assert.h>
#include <string.h>

/* What the words of scan/column know. */
static const char *const NAMES[SEG_COLUMNS] = {
	[SEG_HOLDER] = "etablissement",
	[SEG_HOLDER_FINESS] = "finess_etablissement",
	[SEG_APPLICATION] = "application",
	[SEG_MESSAGE_TYPE] = "type_message",
	[SEG_MESSAGE_DATE] = "date_message",
	[SEG_PATIENT_ID] = "ipp",
	[SEG_NIR] = "nir",
	[SEG_FAMILY] = "nom",
	[SEG_GIVEN] = "prenom",
	[SEG_BIRTH_NAME] = "nom_naissance",
	[SEG_BIRTH_DATE] = "date_naissance",
	[SEG_SEX] = "sexe",
	[SEG_STREET] = "adresse",
	[SEG_STREET_MORE] = "complement_adresse",
	[SEG_POSTCODE] = "code_postal",
	[SEG_CITY] = "ville",
	[SEG_COUNTRY] = "pays",
	[SEG_PHONE] = "telephone",
	[SEG_MOBILE] = "telephone_portable",
	[SEG_WORK_PHONE] = "telephone_pro",
	[SEG_EMAIL] = "email",
	[SEG_BIRTH_PLACE] = "lieu_naissance",
	[SEG_DEATH_DATE] = "date_deces",
	[SEG_INSURED_FAMILY] = "nom_assure",
	[SEG_INSURED_GIVEN] = "prenom_assure",
	[SEG_INSURED_NIR] = "nir_assure",
	[SEG_INSURED_BIRTH] = "date_naissance_assure",
	[SEG_INSURED_RELATION] = "lien_assure",
	[SEG_INSURER] = "organisme",
	[SEG_POLICY] = "numero_contrat",
	[SEG_KIN_FAMILY] = "nom_a_prevenir",
	[SEG_KIN_GIVEN] = "prenom_a_prevenir",
	[SEG_KIN_PHONE] = "telephone_a_prevenir",
	[SEG_KIN_RELATION] = "lien_a_prevenir",
	[SEG_VISIT] = "numero_sejour",
	[SEG_WARD] = "service",
	[SEG_ADMITTED] = "date_entree",
	[SEG_DISCHARGED] = "date_sortie",
	[SEG_DOCTOR_FAMILY] = "nom_medecin",
	[SEG_DOCTOR_GIVEN] = "prenom_medecin",
	[SEG_DOCTOR_RPPS] = "rpps_medecin",
	[SEG_ORDER] = "numero_demande",
	[SEG_EXAM_CODE] = "code_examen",
	[SEG_EXAM] = "examen",
	[SEG_SAMPLED] = "date_prelevement",
	[SEG_RESULT_DATE] = "date_resultat",
	[SEG_ORDERER_FAMILY] = "nom_prescripteur",
	[SEG_ORDERER_GIVEN] = "prenom_prescripteur",
	[SEG_ORDERER_RPPS] = "rpps_prescripteur",
	[SEG_ORDERER_PHONE] = "telephone_prescripteur",
	[SEG_REASON] = "motif",
	[SEG_CLINICAL] = "renseignements_cliniques",
	[SEG_RESULT_CODES] = "codes_resultats",
	[SEG_RESULTS] = "resultats",
	[SEG_DIAGNOSIS] = "diagnostic",
	[SEG_ALLERGY] = "antecedents",
	[SEG_TREATMENT] = "traitement",
	[SEG_COMMENT] = "commentaire",
	[SEG_OTHER] = "other",
};

_Static_assert(2 * (SEG_FIRST_LONG * SEGMENT_SHORT_MAX +
		    (SEG_COLUMNS - SEG_FIRST_LONG) * SEGMENT_LONG_MAX) +
			       4 * SEG_COLUMNS <=
		       SEGMENT_ROW_MAX,
	       "a row of full cells, all quotes, fits");

void
segment_clear(struct segment_row *r, size_t from)
{
	memset(r->n + from, 0, (SEG_COLUMNS - from) * sizeof(r->n[0]));
}

static uint32_t
code_of(uint8_t b, uint8_t charset)
{
	static const struct {
		uint8_t byte;
		uint16_t code;
	} latin9[] = {
		{0xA4, 0x20AC}, {0xA6, 0x0160}, {0xA8, 0x0161}, {0xB4, 0x017D},
		{0xB8, 0x017E}, {0xBC, 0x0152}, {0xBD, 0x0153}, {0xBE, 0x0178},
	};

	for (size_t i = 0; charset == SEGMENT_LATIN9 && i < COUNT_OF(latin9);
	     i++)
		if (latin9[i].byte == b)
			return latin9[i].code;
	return windows_1252(b);
}

/* Add ${n} bytes, all of a character, if they fit. */
static bool
put_bytes(struct segment_row *r, size_t column, const uint8_t *p, size_t n)
{
	if (n > r->limit[column] - r->n[column]) {
		r->is_cut = true;
		return false;
	}
	memcpy(r->cell[column] + r->n[column], p, n);
	r->n[column] += (uint32_t)n;
	return true;
}

/* Add text that is not plain: other letters than ASCII, control characters. */
static void
put_letters(struct segment_row *r, size_t column, struct span s)
{
	const bool whole = r->charset == SEGMENT_GUESS || utf8_is_valid(s);
	bool blank = false;

	for (size_t i = 0; i < s.n;) {
		uint32_t code = s.p[i];
		uint8_t out[4];
		size_t n = 1;

		if (code < 0x20 || code == 0x7F) {
			blank = true;
			i++;
			continue;
		}
		if (code >= 0x80 && whole)
			n = utf8_next(s, i, &code);
		if (code >= 0x80 && n == 1)
			code = code_of(s.p[i], r->charset);
		if (blank && i > 0 &&
		    !put_bytes(r, column, (const uint8_t *)" ", 1))
			return;
		blank = false;
		if (!put_bytes(r, column, out, utf8_put(code, out)))
			return;
		i += n;
	}
}

/* Two hexadecimal digits; -1: they are none. */
static int
hex(const uint8_t *p)
{
	int v = 0;

	for (size_t i = 0; i < 2; i++) {
		const uint8_t low = p[i] | 0x20;

		if (is_digit(p[i]))
			v = 16 * v + (p[i] - '0');
		else if (low >= 'a' && low <= 'f')
			v = 16 * v + (low - 'a' + 10);
		else
			return -1;
	}
	return v;
}

/* Write what the escape ${body}, the bytes between two signs, stands for.
 * Returns  False: it is none. ${ret_n}: bytes written, at most body.n. */
static bool
unescape(const struct segment_signs *signs, struct span body, uint8_t *out,
	 size_t *ret_n)
{
	static const char letters[] = "FSTRE";
	const uint8_t signs_of[] = {signs->field, signs->component, signs->sub,
				    signs->repeat, signs->escape};

	*ret_n = 0;
	if (body.n == 0 || body.n > 64)
		return false;
	const char *at = strchr(letters, body.p[0]);

	if (body.n == 1 && at != NULL && body.p[0] != '\0') {
		out[(*ret_n)++] = signs_of[at - letters];
		return true;
	}
	if (body.n == 1 && (body.p[0] == 'H' || body.p[0] == 'N'))
		return true;
	if (body.p[0] == '.') {
		out[(*ret_n)++] = '\n';
		return body.n >= 3 && is_alpha(body.p[1]);
	}
	if (body.p[0] == 'X' && body.n % 2 == 1 && body.n > 1) {
		for (size_t i = 1; i < body.n; i += 2) {
			const int v = hex(body.p + i);

			if (v < 0)
				return false;
			out[(*ret_n)++] = (uint8_t)v;
		}
		return true;
	}
	return false;
}

/* Copy ${s} to the scratch without its escapes. What does not fit is cut. */
static struct span
without_escapes(struct segment_row *r, struct span s)
{
	size_t n = 0;

	while (s.n > 0 && n < r->scratch_room) {
		const size_t plain = span_find(s, r->signs.escape);
		const size_t room = r->scratch_room - n;
		const size_t take = plain < room ? plain : room;

		memcpy(r->scratch + n, s.p, take);
		n += take;
		s.p += take;
		s.n -= take;
		if (s.n == 0 || n + 64 > r->scratch_room)
			break;
		const struct span after = {s.p + 1, s.n - 1};
		const size_t end = span_find(after, r->signs.escape);
		size_t made = 0;

		if (end < after.n &&
		    unescape(&r->signs, (struct span){after.p, end},
			     r->scratch + n, &made)) {
			n += made;
			s.p += end + 2;
			s.n -= end + 2;
		} else {
			r->scratch[n++] = s.p[0];
			s.p++;
			s.n--;
		}
	}
	r->is_cut = r->is_cut || s.n > 0;
	return (struct span){r->scratch, n};
}

/* Copy ${s} to ${to} if it is printable ASCII without ${escape}, eight bytes a
 * step; some bytes behind both may be read and written.
 * Returns  False: it is not. */
static bool
copy_plain(uint8_t *to, struct span s, uint8_t escape)
{
	size_t i = 0;

	for (; s.n - i >= 8; i += 8) {
		const uint64_t v = word_load8(s.p + i);

		if (!word_is_plain(v) || word_between(v, escape, escape) != 0)
			return false;
		word_store8(to + i, v);
	}
	if (i == s.n)
		return true;
	/* What is behind the end counts as blanks. */
	const unsigned shift = 8 * (unsigned)(s.n - i);
	const uint64_t v = (word_load8(s.p + i) & ~(UINT64_MAX << shift)) |
			   word_each(' ') << shift;

	word_store8(to + i, v);
	return word_is_plain(v) && word_between(v, escape, escape) == 0;
}

void
segment_add(struct segment_row *r, size_t column, struct span raw)
{
	raw = span_trim(raw);
	/* HL7 writes "" for a value that is to be deleted. */
	if (raw.n == 0 || (raw.n == 2 && memcmp(raw.p, "\"\"", 2) == 0))
		return;
	if (column >= SEG_FIRST_OF_PATIENT)
		r->seen |= SEGMENT_SEEN_VALUE;
	/* NUL, if there is no escape, is not printable anyway. */
	if (raw.n <= r->limit[column] - r->n[column] &&
	    copy_plain(r->cell[column] + r->n[column], raw, r->signs.escape)) {
		r->n[column] += (uint32_t)raw.n;
		return;
	}
	if (r->signs.escape != 0 && span_find(raw, r->signs.escape) < raw.n)
		raw = span_trim(without_escapes(r, raw));
	put_letters(r, column, raw);
}

void
segment_join(struct segment_row *r, size_t column, const char *sign)
{
	if (r->n[column] > 0)
		(void)put_bytes(r, column, (const uint8_t *)sign, strlen(sign));
}

void
segment_add_parts(struct segment_row *r, size_t column, struct span raw)
{
	bool again = false;

	while (raw.n > 0) {
		struct span whole = segment_part(&raw, r->signs.component);

		while (whole.n > 0) {
			const struct span p =
				span_trim(segment_part(&whole, r->signs.sub));

			if (p.n > 0 && again)
				segment_join(r, column, " ");
			again = again || p.n > 0;
			segment_add(r, column, p);
		}
	}
}

/* Copy the cell ${s} to the end of the row, eight bytes a step.
 * Returns  False: it must be quoted. */
static bool
give_plain(struct segment_row *r, struct span s)
{
	uint8_t *to = r->out + r->out_n;
	uint64_t special = 0;

	for (size_t i = 0; i < s.n; i += 8) {
		uint64_t v = word_load8(s.p + i);

		word_store8(to + i, v);
		if (s.n - i < 8)
			v &= ~(UINT64_MAX << 8 * (s.n - i));
		special |=
			word_between(v, ',', ',') | word_between(v, '"', '"');
	}
	if (special != 0 || s.p[0] == ' ' || s.p[s.n - 1] == ' ')
		return false;
	r->out_n += s.n;
	return true;
}

static void
give_quoted(struct segment_row *r, struct span s)
{
	r->out[r->out_n++] = '"';
	while (s.n > 0) {
		const size_t n = span_find(s, '"');

		memcpy(r->out + r->out_n, s.p, n);
		r->out_n += n;
		if (n == s.n)
			break;
		memset(r->out + r->out_n, '"', 2);
		r->out_n += 2;
		s.p += n + 1;
		s.n -= n + 1;
	}
	r->out[r->out_n++] = '"';
}

/* Is there room for the row, were it all quotes? */
static bool
fits(const struct segment_row *r)
{
	size_t n = r->out_n;

	for (size_t c = 0; c < SEG_COLUMNS; c++)
		n += 2 * (size_t)r->n[c] + 3;
	return n <= r->out_room;
}

void
segment_give(struct segment_row *r)
{
	if ((r->seen & SEGMENT_SEEN_VALUE) == 0)
		return;
	assert(fits(r));
	for (size_t c = 0; c < SEG_COLUMNS; c++) {
		const struct span s = {r->cell[c], r->n[c]};

		if (c > 0)
			r->out[r->out_n++] = ',';
		if (s.n > 0 && !give_plain(r, s))
			give_quoted(r, s);
	}
	r->out[r->out_n++] = '\n';
	r->seen = 0;
	segment_clear(r, SEG_FIRST_OF_ROW);
}

void
segment_give_header(struct segment_row *r)
{
	for (size_t c = 0; c < SEG_COLUMNS; c++) {
		const size_t n = strlen(NAMES[c]);

		memcpy(r->out + r->out_n, NAMES[c], n);
		r->out_n += n;
		r->out[r->out_n++] = c + 1 < SEG_COLUMNS ? ',' : '\n';
	}
}
