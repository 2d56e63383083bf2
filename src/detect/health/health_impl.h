/* detect/health, private: the vocabulary, and sentences reduced to the words
 * of it that they hold. */
#ifndef TOCSIN_DETECT_HEALTH_IMPL_H
#define TOCSIN_DETECT_HEALTH_IMPL_H

#include "base/span.h"
#include "detect/health/health.h"
#include "detect/words/words.h"

/** What a word does in a sentence. */
enum health_class {
	WORD_TOPIC,    /* names a topic */
	WORD_CLUE,     /* does nothing by itself; its groups help others */
	WORD_NOT,      /* denies what follows in its clause: pas, sans, no */
	WORD_NOT_NEXT, /* denies the next two words: non */
	WORD_VOID,     /* uses up a denial just before it: (pas) à jeun */
	WORD_NEGATIVE, /* a result, before or after what was tested */
	WORD_POSITIVE,
	WORD_HAS,      /* the patient has it: porteur, suivi, depuis */
	WORD_TEST,     /* names a test, whatever the topic: dépistage */
	WORD_PANEL,    /* names a test of what is only known by tests: bilan */
	WORD_MAYBE,    /* what follows is not known: suspicion, risque */
	WORD_DOUBT,    /* what stands before or after is not: possible, ? */
	WORD_IF,       /* what follows is of nobody: (en) cas de, hors */
	WORD_KIN,      /* somebody else: mère, mari */
	WORD_KIN_NEAR, /* same, but only for a topic right beside it */
	WORD_KIN_TOLD, /* same, but only for a topic right after it */
	WORD_FAMILY,   /* somebody else, to the end of the line */
	WORD_PATIENT,  /* the patient after all */
	WORD_AT,       /* ends the reach of what stands before: chez */
	WORD_FOR,      /* ends the reach of what follows: pour, avant */
	WORD_NUMBER,
	SIGN_COMMA, /* ends a clause; a list may go on past it */
	SIGN_LINE,  /* same, and ends what WORD_FAMILY began */
	SIGN_BREAK, /* ends a clause and any list */
	SIGN_OPEN,  /* ( */
	SIGN_CLOSE, /* ) */
	SIGN_COLON,
	SIGN_PLUS, /* +, attached to a word or between blanks */
	SIGN_MINUS,
};

/** How a word names its topic. */
enum health_kind {
	TOPIC_STATE,     /* an adjective, an event, a ward: said unless denied;
			    a test does not weaken it (enceinte, CSAPA) */
	TOPIC_CONDITION, /* a disease: said unless denied or looked for */
	TOPIC_AGENT,     /* mostly met in tests: any test weakens it (VIH) */
	TOPIC_ANALYTE,   /* what is measured: tested unless positive (HCG) */
	TOPIC_MARKER,    /* what is measured and proves nothing (TSH, PSA) */
	TOPIC_TREATMENT, /* said unless denied */
	TOPIC_FAMILIAL,  /* of somebody else by itself (code Z80) */
};

/* Groups of words that decide what a word beside them means. */
#define CLUE_BREATH (1ULL << 0)     /* dépression respiratoire */
#define CLUE_HEART (1ULL << 1)      /* IVG: insuffisance ventriculaire */
#define CLUE_DISINFECT (1ULL << 2)  /* solution alcoolique */
#define CLUE_VACCINE (1ULL << 3)    /* vaccin hépatite B */
#define CLUE_WORK (1ULL << 4)       /* PSA Rennes */
#define CLUE_TITLE (1ULL << 5)      /* Mme Sida */
#define CLUE_GENITAL (1ULL << 6)    /* herpès génital */
#define CLUE_VIRAL (1ULL << 7)      /* charge virale */
#define CLUE_GESTATION (1ULL << 8)  /* interruption de grossesse */
#define CLUE_END (1ULL << 9)        /* interruption de grossesse */
#define CLUE_SEXUAL (1ULL << 10)    /* agression sexuelle */
#define CLUE_CONSUME (1ULL << 11)   /* consommation d'alcool */
#define CLUE_GERM (1ULL << 12)      /* séropositif toxoplasmose */
#define CLUE_LIVER_FAT (1ULL << 13) /* stéatose non alcoolique */
#define CLUE_TUMOUR (1ULL << 14)    /* HCG, marqueur tumoral */
#define CLUE_PAIR                                                       \
	(1ULL << 15)                /* the other half of a name: cystic \
					    fibrosis, X fragile */
#define CLUE_THING (1ULL << 16)     /* place handicapé, bruit sourd */
#define CLUE_COLON (1ULL << 17)     /* the sign */
#define CLUE_COUPLE (1ULL << 18)    /* couple stérile */
#define CLUE_FALSE (1ULL << 19)     /* fausse couche */
#define CLUE_MIND (1ULL << 20)      /* anorexie mentale */
#define CLUE_ORGAN (1ULL << 21)     /* K prostate */
#define CLUE_INSIPID (1ULL << 22)   /* diabète insipide */
#define CLUE_PLACE (1ULL << 23)     /* dans l'enceinte */
#define CLUE_WISH (1ULL << 24)      /* désir de grossesse */
#define CLUE_WEEKS (1ULL << 25)     /* a number from 4 to 42 */
#define CLUE_CA (1ULL << 26)        /* CA 15-3, 19-9, 72-4, 125 */
#define CLUE_UNSEEN (1ULL << 27)    /* charge virale indétectable */
#define CLUE_MEDICAL (1ULL << 28)   /* any word of medicine */
#define CLUE_OWN (1ULL << 29)       /* sa femme */
#define CLUE_EN (1ULL << 30)        /* en cas de */
#define CLUE_DRUG (1ULL << 31)      /* drug abuse */
#define CLUE_TELL (1ULL << 32)      /* prévenir le mari */
#define CLUE_HIV (1ULL << 33)       /* PrEP, VIH */
#define CLUE_VICTIM (1ULL << 34)    /* mère victime de violences */
#define CLUE_OF (1ULL << 35)        /* (cancer) de la mère */
#define CLUE_CODE (1ULL << 36)      /* CIM10 B24 */
#define CLUE_AIDING (1ULL << 37)    /* hearing aids */
#define CLUE_ATTEMPT (1ULL << 38)   /* tentative de suicide; avortée */
#define CLUE_LIST (1ULL << 39)      /* et, ou */
#define CLUE_OR (1ULL << 40)        /* ou, or, ni: ends a denied list */
#define CLUE_CHRONIC (1ULL << 41)   /* OH chronique */
#define CLUE_PAY (1ULL << 42)       /* TPE en panne */
#define CLUE_HEPATITIS (1ULL << 43) /* charge virale VHB */
#define CLUE_BREAST (1ULL << 44)    /* lait, allaitement maternel */
#define CLUE_MATERIAL (1ULL << 45)  /* pile, héparinate de lithium */
#define CLUE_YOUNG (1ULL << 46)     /* jeune fille */
#define CLUE_PAIN (1ULL << 47)      /* opioid analgesia */
#define CLUE_MOTHER (1ULL << 48)    /* mère de trois enfants */
#define CLUE_BESIDE (1ULL << 49)    /* accompagnée de sa mère */
#define CLUE_CAPACITY (1ULL << 50)  /* déficience intellectuelle */
#define CLUE_OVARY (1ULL << 51)     /* stimulation ovarienne */
#define CLUE_DATE_DUE (1ULL << 52)  /* terme prévu */
#define CLUE_OVERDOSE (1ULL << 53)  /* TS médicamenteuse */
#define CLUE_TRADE (1ULL << 54)     /* viole de gambe, agence V.I.H. */
#define CLUE_ANTI (1ULL << 55)      /* anti-HBs */
#define CLUE_INSIDE (1ULL << 56)    /* dans la famille */
#define CLUE_HISTORY (1ULL << 57)   /* family history */
#define CLUE_TAKES (1ULL << 59)     /* sous PrEP */
#define CLUE_REQUEST (1ULL << 60)   /* dossier MDPH */
#define CLUE_PLANNING (1ULL << 58)  /* planning familial */

/** How far, in words, an entry looks for its clues. */
enum {
	NEAR = 3,    /* in the clause, by default */
	AROUND = 15, /* in the sentence, past clauses: from FAR on */
	FAR = 8,
};

/** Some words that do the same, in the vocabulary. A word with two senses
 * stands in two rows. */
struct health_word {
	const char *text;  /* folded words between blanks; a * at the end of
			      one: whatever follows */
	uint64_t with;     /* one of these groups must be near ... */
	uint64_t unless;   /* ... and none of these */
	uint64_t clue;     /* groups that the words themselves belong to */
	uint8_t class;     /* enum health_class */
	uint8_t kind;      /* enum health_kind */
	uint8_t topic;     /* enum topic */
	uint8_t with_in;   /* words; 0: NEAR */
	uint8_t unless_in; /* words; 0: NEAR */
	bool dotted;       /* an abbreviation: its dot ends no sentence */
	uint16_t over;     /* from this number on it is positive, in hundredths;
			      0: numbers say nothing */
};

/** One word of the vocabulary, as the index finds it. */
struct health_entry {
	uint64_t key;  /* its first eight letters, the first lowest; shifted up
			  by ${shift} bits, as what they are compared with */
	uint8_t shift; /* what follows a * is shifted out; 0: a whole word */
	uint8_t letters;
	uint16_t row; /* in HEALTH_WORDS */
	uint16_t at;  /* where it starts in the text of that row */
};

extern const struct health_word HEALTH_WORDS[];
extern const size_t HEALTH_WORDS_N;

/** Groups of ICD-10 codes; ${text} is the first and the last, without dots. */
extern const struct health_word HEALTH_CODES[];
extern const size_t HEALTH_CODES_N;

/** One word or sign of a sentence. */
struct health_mark {
	const struct health_word *word;
	uint32_t at;    /* its place in the note */
	uint32_t value; /* of a number, in hundredths; of a word, 1: ends with
			   S; of + and -, 1: attached to a word */
	uint16_t n;     /* bytes */
	uint16_t pos;   /* words before it in the sentence */
	uint8_t class;  /* enum health_class: what it does here */
	bool asks;      /* it depends on the company of other words */
};

/** A sentence, reduced to what we know of it. */
struct health_sentence {
	size_t n;
	uint64_t clues;        /* groups met */
	uint32_t words;        /* all of them, known or not */
	uint32_t foreign;      /* of three letters and more, not known */
	uint32_t last_letters; /* of the last word */
	uint32_t code_pos;     /* of the last word that announces codes */
	uint32_t classes;      /* bit c: a mark had class c when it was read */
	struct health_mark mark[HEALTH_SENTENCE_MARKS];
};

/** A note being read. */
struct health_text {
	struct span text;
	size_t i;
};

/**
 * health_next(t, ret):
 * Reduce the next sentence of ${t} to ${ret}.
 *
 * Returns  False at the end of the note: ${ret} is empty.
 */
bool health_next(struct health_text *t, struct health_sentence *ret);

/**
 * health_settle(s):
 * Decide what words and signs that depend on their neighbours do in ${s}:
 * whether + is a result, whom "fille" means, what "non détecté" says.
 */
void health_settle(struct health_sentence *s);

/**
 * health_near(s, i, groups, within):
 * Is a word of one of ${groups} at most ${within} words from mark ${i}: in its
 * clause, or from FAR on in the sentence?
 */
bool health_near(const struct health_sentence *s, size_t i, uint64_t groups,
		 unsigned within);

/**
 * health_judge(s, i):
 * Judge the topic that mark ${i} of the settled sentence ${s} names.
 */
enum health_sense health_judge(const struct health_sentence *s, size_t i);

/** health_ends(class): Does this sign end a clause? */
static inline bool
health_ends(uint8_t class)
{
	return class >= SIGN_COMMA && class <= SIGN_CLOSE;
}

/** health_hash(key): Slot of the first four letters of a word. */
static inline uint32_t
health_hash(uint64_t key)
{
	return (uint32_t)key * 0x9E3779B1U >> 21;
}

/** health_is_sign(code): Is the character past ASCII ${code} no letter? */
bool health_is_sign(uint32_t code);

/** What the words that were looked at can be to health_may_tell(). */
struct health_seen {
	bool topic;     /* one names a topic, in whatever company */
	uint64_t wants; /* others do in the company of one of these groups */
	uint64_t clues; /* groups that were met */
};

/**
 * health_glance(text, at, seen):
 * Add what the word at byte ${at} is to ${seen}.
 *
 * Returns  Where the word ends.
 */
size_t health_glance(struct span text, size_t at, struct health_seen *seen);

/**
 * health_may_tell(note):
 * Can ${note} name a topic? False is sure, and quickly said; true is not.
 *
 * Cost     A cycle or two a byte.
 */
bool health_may_tell(struct words_text *note);

/** health_has(s, classes): Was there a mark of one of these (bits)? */
static inline bool
health_has(const struct health_sentence *s, uint32_t classes)
{
	return (s->classes & classes) != 0;
}

enum {
	HEALTH_SLOTS = 1 << 11,
	HEALTH_KEY = 4, /* letters that tell in what slot a word is */
};

#endif
