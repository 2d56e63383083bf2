/* base/kind: the vocabulary of personal data. The kinds have their folders in
 * detect/; this page is what a detector is to everybody else. */
#ifndef TOCSIN_BASE_KIND_H
#define TOCSIN_BASE_KIND_H

#include "base/span.h"

/** The kinds known. Numbers live in memory only; names are for ever. */
enum kind_id {
	KIND_NONE, /* no personal data that we know */
	KIND_NAME_FAMILY,
	KIND_NAME_BIRTH,
	KIND_NAME_GIVEN,
	KIND_NAME_FULL,
	KIND_BIRTH_DATE,
	KIND_SEX,
	KIND_ADDRESS_STREET,
	KIND_ADDRESS_POSTCODE,
	KIND_ADDRESS_CITY,
	KIND_PHONE,
	KIND_EMAIL,
	KIND_FR_NIR,
	KIND_FR_RPPS,
	KIND_FR_FINESS,
	KIND_FR_SIRET,
	KIND_FR_SIREN,
	KIND_IBAN,
	KIND_BLOOD_GROUP,
	KIND_HEALTH_NOTE,
	KIND_PASSWORD,
	KIND_PASSWORD_HASH,
	KIND_ORGANISATION_NAME,
	KIND_COUNT
};

/** What a test says of one value. Ordered: a higher one is surer. */
enum kind_verdict {
	KIND_NO,
	KIND_WEAK,  /* right shape, but nothing checked it (or the check failed
		       on a number that only errs in its check digits) */
	KIND_VALID, /* right shape and every check agrees */
};

/** How a value looks, so that prose offers a candidate to few kinds only. */
enum kind_shape {
	SHAPE_WORDS,  /* decided by column or by words around it: no candidates
		       */
	SHAPE_DIGITS, /* digits with separators; letters only as the kind says
		       */
	SHAPE_ALNUM,  /* letters and digits, such as an IBAN */
	SHAPE_AT,     /* around an @ */
};

enum { NORM_MAX = 254 }; /* bytes of a normalised value, RFC 5321 4.5.3.1 */

/** A value as it is compared: the form that tokens are made of. */
struct norm {
	size_t n;
	uint8_t p[NORM_MAX];
};

/** A header that announces a kind, as fold_words() writes it. */
struct kind_header {
	const char *words; /* "NUMERO SECURITE SOCIALE", "NUMSS", "DDN" */
	uint8_t strength;  /* 3 means this kind alone; 2 usually; 1 maybe */
};

/** One kind of personal data: a constant in its folder of detect/. */
struct kind {
	enum kind_id id;
	const char *name;     /* "fr.nir": dotted, lower case, for ever */
	const char *country;  /* ISO 3166 "FR"; NULL: everywhere */
	const char *title_en; /* "social-security number" */
	const char *title_fr; /* "numéro de sécurité sociale" */
	const char *accepts;  /* what is accepted, in one sentence */
	const char *check;    /* what decides: "97 - (13 digits mod 97)" */
	const char *source;   /* law, register, RFC */
	uint32_t one_in;      /* of random strings of the shape, 1 in so many
				 pass; 1: no check */
	enum kind_shape shape;
	uint8_t min, max; /* characters without separators, of a candidate */
	bool identifies;  /* alone names one person (or nearly) */
	const struct kind_header *headers; /* ends with words == NULL */
	const char *const *context;        /* folded words that stand near such
					      a value in prose; ends with NULL */

	/**
	 * test(text, ret_norm):
	 * Judge whether the whole of ${text} (UTF-8) is one value of the kind.
	 *
	 * Returns  KIND_NO leaves ${ret_norm} undefined; otherwise it holds
	 *          the normalised value.
	 * Cost     O(n), no allocation, no state.
	 */
	enum kind_verdict (*test)(struct span text, struct norm *ret_norm);
};

/** What a person is to the record that names them. */
enum role {
	ROLE_NONE,
	ROLE_PATIENT,
	ROLE_INSURED,
	ROLE_PROFESSIONAL,
	ROLE_ORGANISATION,
	ROLE_COUNT
};

/** Health topics of a note. The names in JSON are for ever. */
enum topic {
	TOPIC_HIV,
	TOPIC_PREGNANCY,
	TOPIC_ABORTION,
	TOPIC_HEPATITIS,
	TOPIC_STI,
	TOPIC_ADDICTION,
	TOPIC_PSYCHIATRY,
	TOPIC_ONCOLOGY,
	TOPIC_DIABETES,
	TOPIC_THYROID,
	TOPIC_FERTILITY,
	TOPIC_GENETICS,
	TOPIC_DISABILITY,
	TOPIC_VIOLENCE,
	TOPIC_COUNT
};

/**
 * role_name(role), topic_name(topic):
 * Name ${role} ("patient") or ${topic} ("hiv") as JSON and the manual do.
 *
 * Returns  A static string.
 */
const char *role_name(enum role role);
const char *topic_name(enum topic topic);

#endif
