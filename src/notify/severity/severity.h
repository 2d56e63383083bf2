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

/** What a leak holds, in people (or in records, where people were not
 * counted). 0: none. */
struct severity_facts {
	uint64_t people;
	uint64_t full_name; /* family and given name */
	uint64_t birth_date;
	uint64_t national_id; /* NIR and the like */
	uint64_t email;
	uint64_t phone;
	uint64_t address;       /* street */
	uint64_t health_said;   /* a named condition, result or treatment */
	uint64_t health_tested; /* a named test only */
	uint64_t health_other;  /* blood group, notes without a named topic */
	uint64_t bank;          /* account or card numbers */
	uint64_t passwords;     /* logins with a password */
	/* Circumstances. The default of a file found among strangers: nothing
	 * set, which means unknown recipients and malicious intent. */
	bool known_recipients;
	bool no_access; /* no evidence that anybody had access */
	bool not_malicious;
	bool integrity_lost;
	bool availability_lost;
	bool unintelligible; /* encrypted, and the key is safe */
};

/** Why a factor has its value. */
enum severity_reason {
	SEVERITY_HEALTH_RESULTS, /* context */
	SEVERITY_HEALTH_TESTS,
	SEVERITY_HEALTH_GENERAL,
	SEVERITY_BANK_FRAUD,
	SEVERITY_BANK_ALONE,
	SEVERITY_LOGINS,
	SEVERITY_SIMPLE_PROFILE,
	SEVERITY_SIMPLE,
	SEVERITY_NOTHING,
	SEVERITY_EI_RECORD, /* ease of identification */
	SEVERITY_EI_NUMBER,
	SEVERITY_EI_NAME_CONTACT,
	SEVERITY_EI_CONTACT,
	SEVERITY_EI_NAME,
	SEVERITY_EI_NONE,
	SEVERITY_CB_UNKNOWN, /* circumstances */
	SEVERITY_CB_KNOWN,
	SEVERITY_CB_NO_ACCESS,
	SEVERITY_CB_MALICIOUS,
	SEVERITY_CB_INTEGRITY,
	SEVERITY_CB_AVAILABILITY,
	SEVERITY_REASONS
};

/** Bands of the method; each begins at its number of points. */
enum severity_band {
	SEVERITY_LOW,       /* 0 */
	SEVERITY_MEDIUM,    /* 2 */
	SEVERITY_HIGH,      /* 3 */
	SEVERITY_VERY_HIGH, /* 4 */
};

enum { SEVERITY_REASONS_MAX = 4 };

/** One factor. */
struct severity_factor {
	double value;
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
 * Judge ${facts}.
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
