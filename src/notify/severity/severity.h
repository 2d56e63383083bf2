/* notify/severity: how grave a breach is, by the method that ENISA and the
 * authorities of Germany and Greece published in 2013:
 *
 *     severity = data processing context * ease of identification
 *                + circumstances of the breach
 *
 * Every factor comes with its reasons, so that a person can disagree. */
#ifndef TOCSIN_NOTIFY_SEVERITY_SEVERITY_H
#define TOCSIN_NOTIFY_SEVERITY_SEVERITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What account and card numbers tell, by the method's worked values. */
enum severity_tells {
	SEVERITY_TELLS_UNSAID,   /* judged by whether names are there */
	SEVERITY_TELLS_CUSTOMER, /* 1: a bank letter, expired cards */
	SEVERITY_TELLS_LITTLE,   /* 2: a day of transactions, partial cards */
	SEVERITY_TELLS_DETAIL,   /* 3: a month, partial cards and purchases */
	SEVERITY_TELLS_ALL,      /* 4: a year of statements, full cards */
};

/** What the leaked logins open: they count for the class of that. */
enum severity_opens {
	SEVERITY_OPENS_UNKNOWN, /* taken for a mailbox: 2 */
	SEVERITY_OPENS_SIMPLE,
	SEVERITY_OPENS_BEHAVIOUR,
	SEVERITY_OPENS_FINANCIAL,
	SEVERITY_OPENS_SENSITIVE,
};

/** Whether the e-mail addresses show the names of their holders. */
enum severity_email {
	SEVERITY_EMAIL_UNKNOWN,
	SEVERITY_EMAIL_NAMES,
	SEVERITY_EMAIL_NO_NAMES,
};

/** A factor's value as an analyst decided it. */
struct severity_choice {
	bool set;
	double value; /* NaN counts as not set */
};

/** What a leak holds, in people (or in records, where people were not
 * counted). 0: none. */
struct severity_facts {
	uint64_t people;
	uint64_t full_name; /* family and given name */
	uint64_t birth_date;
	uint64_t national_id; /* NIR and the like */
	uint64_t email;
	uint64_t phone;
	uint64_t address;        /* street */
	uint64_t health_said;    /* a named condition, result or treatment */
	uint64_t health_tested;  /* a named test only */
	uint64_t health_other;   /* blood group, notes without a named topic */
	uint64_t health_routine; /* "general blood tests done", no more */
	uint64_t bank;           /* account or card numbers */
	uint64_t passwords;      /* logins with a password */
	uint64_t behaviour;      /* places, calls, journeys, purchases */
	enum severity_email email_shows;
	enum severity_tells bank_tells;
	enum severity_opens passwords_open;
	bool behaviour_thin; /* no real insight into anybody's habits */
	/* Whole steps of the context, known to a person, not to a scan. Of
	 * the first three the highest counts. */
	bool profiling;  /* +1: a profile or a social status can be made */
	bool inference;  /* +2: allows guesses on health, sex life, beliefs */
	bool safety;     /* +3: somebody's safety depends on it */
	bool vulnerable; /* +1: minors or vulnerable people */
	bool outdated;   /* -1: invalid or old data */
	bool already_public; /* -1: already public; -3 for sensitive data */
	/* Circumstances. The default of a file found among strangers: nothing
	 * set, which means unknown recipients and malicious intent. */
	bool known_recipients;
	bool no_access; /* no evidence that anybody had access */
	bool not_malicious;
	bool integrity_recoverable;  /* altered, can be put right: +0.25 */
	bool integrity_lost;         /* altered for good: +0.5 */
	bool availability_temporary; /* out of reach for a time: +0.25 */
	bool availability_lost;      /* lost for good: +0.5 */
	bool unintelligible;         /* encrypted, and the key is safe */
	/* An analyst's values replace those of the rules. */
	struct severity_choice analyst_dpc; /* 1 to 4; 0: not personal data */
	struct severity_choice analyst_ei;  /* 0.25 to 1 */
	struct severity_choice analyst_cb;  /* 0 to 2 */
};

/** Why a factor has its value. */
enum severity_reason {
	SEVERITY_HEALTH_RESULTS, /* context */
	SEVERITY_HEALTH_TESTS,
	SEVERITY_HEALTH_GENERAL,
	SEVERITY_HEALTH_ROUTINE,
	SEVERITY_BANK_FRAUD,
	SEVERITY_BANK_ALONE,
	SEVERITY_BANK_CUSTOMER,
	SEVERITY_BANK_LITTLE,
	SEVERITY_BANK_DETAIL,
	SEVERITY_BANK_ALL,
	SEVERITY_LOGINS,
	SEVERITY_LOGINS_SIMPLE,
	SEVERITY_LOGINS_BEHAVIOUR,
	SEVERITY_LOGINS_FINANCIAL,
	SEVERITY_LOGINS_SENSITIVE,
	SEVERITY_BEHAVIOUR,
	SEVERITY_BEHAVIOUR_THIN,
	SEVERITY_SIMPLE_PROFILE,
	SEVERITY_SIMPLE,
	SEVERITY_NOTHING,
	SEVERITY_STEP_PROFILING, /* whole steps of the context */
	SEVERITY_STEP_INFERENCE,
	SEVERITY_STEP_SAFETY,
	SEVERITY_STEP_VULNERABLE,
	SEVERITY_STEP_OUTDATED,
	SEVERITY_STEP_PUBLIC,
	SEVERITY_STEP_PUBLIC_SENSITIVE,
	SEVERITY_NOTE_TOP, /* notes, without a value */
	SEVERITY_NOTE_FLOOR,
	SEVERITY_NOTE_RANGE,
	SEVERITY_EI_RECORD, /* ease of identification */
	SEVERITY_EI_NUMBER,
	SEVERITY_EI_NAME_CONTACT,
	SEVERITY_EI_CONTACT,
	SEVERITY_EI_EMAIL_NAMES,
	SEVERITY_EI_EMAIL,
	SEVERITY_EI_EMAIL_NO_NAMES,
	SEVERITY_EI_NAME,
	SEVERITY_EI_NONE,
	SEVERITY_CB_UNKNOWN, /* circumstances */
	SEVERITY_CB_KNOWN,
	SEVERITY_CB_NO_ACCESS,
	SEVERITY_CB_MALICIOUS,
	SEVERITY_CB_INTEGRITY,
	SEVERITY_CB_INTEGRITY_RECOVERABLE,
	SEVERITY_CB_AVAILABILITY,
	SEVERITY_CB_AVAILABILITY_TEMPORARY,
	SEVERITY_BY_ANALYST, /* any factor */
	SEVERITY_REASONS
};

/** Bands of the method; each begins at its number of points. */
enum severity_band {
	SEVERITY_LOW,       /* 0 */
	SEVERITY_MEDIUM,    /* 2 */
	SEVERITY_HIGH,      /* 3 */
	SEVERITY_VERY_HIGH, /* 4 */
};

/** The most reasons a factor can have: its kind, four steps and a note. */
enum { SEVERITY_REASONS_MAX = 6 };

/** One factor. */
struct severity_factor {
	double value;
	double found; /* by the rules, whatever an analyst decided */
	enum severity_reason reasons[SEVERITY_REASONS_MAX];
	size_t n_reasons;
};

/** A judgement. */
struct severity {
	struct severity_factor dpc; /* 1 to 4; 0: no personal data */
	struct severity_factor ei;  /* 0.25 to 1 */
	struct severity_factor cb;  /* 0 to 2 */
	double score;
	enum severity_band band;
	bool many;           /* more than 100 people */
	bool unintelligible; /* a flag beside the number, by the method */
};

/**
 * severity_judge(facts, ret):
 * Judge ${facts}: the gravest kind of data decides the context, with the
 * whole steps applied and kept inside 1 to 4; where the steps lead beyond, a
 * note says so. A value that an analyst chose outside its scale is brought to
 * the nearest end, with a note.
 *
 * Source   ENISA, Recommendations for a methodology of the assessment of
 *          severity of personal data breaches, v1.0, December 2013.
 */
void severity_judge(const struct severity_facts *facts, struct severity *ret);

/**
 * severity_reason_text(reason, french):
 * Say ${reason} in a sentence.
 *
 * Returns  A static string.
 */
const char *severity_reason_text(enum severity_reason reason, bool french);

/**
 * severity_band_name(band), severity_band_text(band, french):
 * Name ${band} as JSON does ("very high"), or in the language of the reader.
 *
 * Returns  A static string.
 */
const char *severity_band_name(enum severity_band band);
const char *severity_band_text(enum severity_band band, bool french);

#endif
