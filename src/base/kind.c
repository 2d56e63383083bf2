#include "base/kind.h"

const char *
role_name(enum role role)
{
	static const char *const names[ROLE_COUNT] = {
		[ROLE_NONE] = "none",
		[ROLE_PATIENT] = "patient",
		[ROLE_INSURED] = "insured",
		[ROLE_PROFESSIONAL] = "professional",
		[ROLE_ORGANISATION] = "organisation",
	};

	return role < ROLE_COUNT ? names[role] : names[ROLE_NONE];
}

const char *
topic_name(enum topic topic)
{
	static const char *const names[TOPIC_COUNT] = {
		[TOPIC_HIV] = "hiv",
		[TOPIC_PREGNANCY] = "pregnancy",
		[TOPIC_ABORTION] = "abortion",
		[TOPIC_HEPATITIS] = "hepatitis",
		[TOPIC_STI] = "sti",
		[TOPIC_ADDICTION] = "addiction",
		[TOPIC_PSYCHIATRY] = "psychiatry",
		[TOPIC_ONCOLOGY] = "oncology",
		[TOPIC_DIABETES] = "diabetes",
		[TOPIC_THYROID] = "thyroid",
		[TOPIC_FERTILITY] = "fertility",
		[TOPIC_GENETICS] = "genetics",
		[TOPIC_DISABILITY] = "disability",
		[TOPIC_VIOLENCE] = "violence",
	};

	return topic < TOPIC_COUNT ? names[topic] : "unknown";
}
