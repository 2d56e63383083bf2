/* Notes as a kind of column. */
#include "base/fold.h"
#include "detect/health/health_impl.h"

enum {
	SEEN_BITS = 8192, /* a set of hashes, to tell a text from a code list */
	DISTINCT_MIN = 12,
};

/* One value of a column. */
struct value {
	bool medical; /* a word of medicine is in it */
	bool speaks;  /* a word that is neither a test nor what is tested */
};

static bool
is_label(const struct health_mark *m)
{
	switch (m->word->class) {
	case WORD_TOPIC:
		return m->word->kind != TOPIC_STATE;
	case WORD_TEST:
	case WORD_PANEL:
	case WORD_NUMBER:
		return true;
	case WORD_CLUE:
		return (m->word->clue & (CLUE_OF | CLUE_LIST)) != 0;
	default:
		return m->class >= SIGN_COMMA;
	}
}

static struct value
weigh(struct span text)
{
	struct health_text t = {.text = text};
	struct health_sentence s;
	struct value v = {false, false};
	uint32_t words = 0;
	uint32_t plain = 0;

	while (health_next(&t, &s)) {
		v.medical |= (s.clues & CLUE_MEDICAL) != 0;
		words += s.words;
		plain += s.foreign;
		for (size_t i = 0; i < s.n; i++)
			plain += !is_label(&s.mark[i]);
	}
	v.speaks = words >= 2 && plain > 0;
	return v;
}

bool
health_is_note(const struct span *values, size_t n)
{
	uint64_t seen[SEEN_BITS / 64] = {0};
	size_t filled = 0;
	size_t medical = 0;
	size_t speaks = 0;
	size_t distinct = 0;

	if (n > HEALTH_NOTES_MAX)
		n = HEALTH_NOTES_MAX;
	for (size_t i = 0; i < n; i++) {
		const struct span text = span_trim(values[i]);
		if (text.n == 0)
			continue;
		const struct value v = weigh(text);
		const uint64_t h = span_hash(text, 0) % SEEN_BITS;
		distinct += (seen[h / 64] >> (h % 64) & 1) == 0;
		seen[h / 64] |= 1ULL << (h % 64);
		filled++;
		medical += v.medical;
		speaks += v.speaks;
	}
	if (filled == 0 || medical * 4 < filled || speaks * 2 < filled)
		return false;
	return distinct * 4 >= filled || distinct >= DISTINCT_MIN;
}

static enum kind_verdict
test(struct span text, struct norm *ret_norm)
{
	if (!health_mentions(text))
		return KIND_NO;
	ret_norm->n = fold_words(text, ret_norm->p, NORM_MAX);
	return KIND_WEAK;
}

static const struct kind_header headers[] = {
	{"RENSEIGNEMENTS CLINIQUES", 3},
	{"RENSEIGNEMENT CLINIQUE", 3},
	{"RENS CLIN", 3},
	{"RENSCLIN", 3},
	{"DONNEES CLINIQUES", 3},
	{"OBSERVATIONS MEDICALES", 3},
	{"COMMENTAIRE MEDICAL", 3},
	{"COMMENTAIRE CLINIQUE", 3},
	{"ANTECEDENTS", 3},
	{"ATCD", 3},
	{"DIAGNOSTIC", 3},
	{"DIAGNOSTIC PRINCIPAL", 3},
	{"PATHOLOGIE", 3},
	{"PATHOLOGIES", 3},
	{"TRAITEMENT", 3},
	{"TRAITEMENTS", 3},
	{"TRAITEMENT EN COURS", 3},
	{"MOTIF DE CONSULTATION", 3},
	{"HISTOIRE DE LA MALADIE", 3},
	{"CLINICAL NOTES", 3},
	{"CLINICAL NOTE", 3},
	{"CLINICAL INFORMATION", 3},
	{"MEDICAL HISTORY", 3},
	{"MEDICAL NOTES", 3},
	{"DIAGNOSIS", 3},
	{"COMMENTAIRE", 2},
	{"COMMENTAIRES", 2},
	{"COMMENTAIRE PATIENT", 2},
	{"COMMENTAIRE DOSSIER", 2},
	{"OBSERVATION", 2},
	{"OBSERVATIONS", 2},
	{"REMARQUE", 2},
	{"REMARQUES", 2},
	{"TEXTE LIBRE", 2},
	{"COMMENT", 2},
	{"COMMENTS", 2},
	{"REMARKS", 2},
	{"COM", 1},
	{"COMM", 1},
	{"OBS", 1},
	{"NOTE", 1},
	{"NOTES", 1},
	{"MEMO", 1},
	{"MOTIF", 1},
	{"FREE TEXT", 1},
	{NULL, 0},
};

static const char *const context[] = {
	"COMMENTAIRE", "OBSERVATION", "ANTECEDENTS", "ATCD",    "DIAGNOSTIC",
	"TRAITEMENT",  "NOTE",        "HISTORY",     "COMMENT", NULL};

const struct kind kind_health_note = {
	.id = KIND_HEALTH_NOTE,
	.name = "health.note",
	.title_en = "note on a person's health",
	.title_fr = "note sur la santé d'une personne",
	.accepts = "Free text, French or English, that holds a word of "
		   "medicine.",
	.check = "none; topics are found by words and what surrounds them",
	.source = "GDPR Art. 4(15) and Art. 9; docs/health-topics.md",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 2,
	.max = 255,
	.headers = headers,
	.context = context,
	.test = test,
};
