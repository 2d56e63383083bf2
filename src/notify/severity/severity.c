#include "notify/severity/severity.h"

#include <math.h>

enum { MANY_PEOPLE = 100, CONTEXT_MIN = 1, CONTEXT_MAX = 4 };

/* The method's classes of data, each by the value where it begins. */
enum class { SIMPLE = 1, BEHAVIOUR = 2, FINANCIAL = 3, SENSITIVE = 4 };

/* One kind of data in the leak: its class, and how far from the beginning of
 * the class its nature puts it. */
struct claim {
	bool made;
	enum class class;
	int step;
	enum severity_reason why;
};

static void
add_reason(struct severity_factor *f, double value, enum severity_reason why)
{
	f->value += value;
	if (f->n_reasons < SEVERITY_REASONS_MAX)
		f->reasons[f->n_reasons++] = why;
}

static bool
has_contact(const struct severity_facts *in)
{
	return in->email > 0 || in->phone > 0 || in->address > 0;
}

/* The three are degrees of one thing, what can be made of the data: the
 * highest counts. */
static void
raise_for_use(const struct severity_facts *in, enum class class,
	      struct severity_factor *f)
{
	if (in->safety)
		add_reason(f, 3, SEVERITY_STEP_SAFETY);
	/* The scale of sensitive data is itself about what may be assumed. */
	else if (in->inference && class != SENSITIVE)
		add_reason(f, 2, SEVERITY_STEP_INFERENCE);
	else if (in->profiling)
		add_reason(f, 1, SEVERITY_STEP_PROFILING);
}

static struct severity_factor
weigh(const struct severity_facts *in, const struct claim *c)
{
	struct severity_factor f = {0};

	add_reason(&f, (int)c->class + c->step, c->why);
	raise_for_use(in, c->class, &f);
	if (in->vulnerable)
		add_reason(&f, 1, SEVERITY_STEP_VULNERABLE);
	if (in->outdated)
		add_reason(&f, -1, SEVERITY_STEP_OUTDATED);
	if (in->already_public && c->class == SENSITIVE)
		add_reason(&f, -3, SEVERITY_STEP_PUBLIC_SENSITIVE);
	else if (in->already_public)
		add_reason(&f, -1, SEVERITY_STEP_PUBLIC);
	/* Only where all steps together lead counts, not the way there. */
	if (f.value > CONTEXT_MAX) {
		add_reason(&f, 0, SEVERITY_NOTE_TOP);
		f.value = CONTEXT_MAX;
	} else if (f.value < CONTEXT_MIN) {
		add_reason(&f, 0, SEVERITY_NOTE_FLOOR);
		f.value = CONTEXT_MIN;
	}
	return f;
}

/* Financial data begin at 3. Unless somebody said what they tell: an account
 * number with a name is enough to try fraud; alone it gives little insight
 * (-1). */
static struct claim
claim_bank(const struct severity_facts *in)
{
	const bool made = in->bank > 0;

	switch (in->bank_tells) {
	case SEVERITY_TELLS_CUSTOMER:
		return (struct claim){made, FINANCIAL, -2,
				      SEVERITY_BANK_CUSTOMER};
	case SEVERITY_TELLS_LITTLE:
		return (struct claim){made, FINANCIAL, -1,
				      SEVERITY_BANK_LITTLE};
	case SEVERITY_TELLS_DETAIL:
		return (struct claim){made, FINANCIAL, 0, SEVERITY_BANK_DETAIL};
	case SEVERITY_TELLS_ALL:
		return (struct claim){made, FINANCIAL, 1, SEVERITY_BANK_ALL};
	case SEVERITY_TELLS_UNSAID:
		break;
	}
	if (in->full_name > 0)
		return (struct claim){made, FINANCIAL, 0, SEVERITY_BANK_FRAUD};
	return (struct claim){made, FINANCIAL, -1, SEVERITY_BANK_ALONE};
}

/* Credentials have no class: they count for what they open, which is at least
 * somebody's mail. */
static struct claim
claim_logins(const struct severity_facts *in)
{
	const bool made = in->passwords > 0;

	switch (in->passwords_open) {
	case SEVERITY_OPENS_SIMPLE:
		return (struct claim){made, SIMPLE, 0, SEVERITY_LOGINS_SIMPLE};
	case SEVERITY_OPENS_BEHAVIOUR:
		return (struct claim){made, BEHAVIOUR, 0,
				      SEVERITY_LOGINS_BEHAVIOUR};
	case SEVERITY_OPENS_FINANCIAL:
		return (struct claim){made, FINANCIAL, 0,
				      SEVERITY_LOGINS_FINANCIAL};
	case SEVERITY_OPENS_SENSITIVE:
		return (struct claim){made, SENSITIVE, 0,
				      SEVERITY_LOGINS_SENSITIVE};
	case SEVERITY_OPENS_UNKNOWN:
		break;
	}
	return (struct claim){made, BEHAVIOUR, 0, SEVERITY_LOGINS};
}

/* Each kind of data is scored, and the gravest decides; of equals the first. */
static void
judge_context(const struct severity_facts *in, struct severity_factor *f)
{
	const bool named = in->full_name > 0;
	const bool contact = has_contact(in);
	/* A full identity allows a profile by itself: not twice, if a person
	 * said what can be made of the data. */
	const bool use_said = in->profiling || in->inference || in->safety;
	const struct claim claims[] = {
		{in->health_said > 0, SENSITIVE, 0, SEVERITY_HEALTH_RESULTS},
		{in->health_tested > 0, SENSITIVE, -1, SEVERITY_HEALTH_TESTS},
		{in->health_other > 0, SENSITIVE, -2, SEVERITY_HEALTH_GENERAL},
		{in->health_routine > 0, SENSITIVE, -3,
		 SEVERITY_HEALTH_ROUTINE},
		claim_bank(in),
		claim_logins(in),
		{in->behaviour > 0 && !in->behaviour_thin, BEHAVIOUR, 0,
		 SEVERITY_BEHAVIOUR},
		{named && contact && in->national_id > 0 && !use_said, SIMPLE,
		 1, SEVERITY_SIMPLE_PROFILE},
		{in->behaviour > 0 && in->behaviour_thin, BEHAVIOUR, -1,
		 SEVERITY_BEHAVIOUR_THIN},
		{named || contact || in->national_id > 0 || in->birth_date > 0,
		 SIMPLE, 0, SEVERITY_SIMPLE},
	};

	for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
		if (!claims[i].made)
			continue;
		const struct severity_factor one = weigh(in, &claims[i]);
		if (one.value > f->value)
			*f = one;
	}
	if (f->n_reasons == 0)
		add_reason(f, 0, SEVERITY_NOTHING);
}

/* E-mail alone is 0.25 to 0.75, by whether it shows the name; without
 * knowing, the middle. */
static void
identify_by_email(enum severity_email shows, struct severity_factor *f)
{
	switch (shows) {
	case SEVERITY_EMAIL_NAMES:
		add_reason(f, 0.75, SEVERITY_EI_EMAIL_NAMES);
		return;
	case SEVERITY_EMAIL_NO_NAMES:
		add_reason(f, 0.25, SEVERITY_EI_EMAIL_NO_NAMES);
		return;
	case SEVERITY_EMAIL_UNKNOWN:
		break;
	}
	add_reason(f, 0.5, SEVERITY_EI_EMAIL);
}

static void
judge_identification(const struct severity_facts *in, struct severity_factor *f)
{
	const bool contact = has_contact(in);
	const bool named = in->full_name > 0;
	const bool shown =
		in->email > 0 && in->email_shows == SEVERITY_EMAIL_NAMES;

	if ((named || shown) && in->birth_date > 0 &&
	    (contact || in->national_id > 0))
		add_reason(f, 1, SEVERITY_EI_RECORD);
	else if (in->national_id > 0)
		add_reason(f, 1, SEVERITY_EI_NUMBER);
	else if (named && (contact || in->birth_date > 0))
		add_reason(f, 0.75, SEVERITY_EI_NAME_CONTACT);
	else if (in->phone > 0 || in->address > 0)
		add_reason(f, 0.75, SEVERITY_EI_CONTACT);
	else if (in->email > 0)
		identify_by_email(in->email_shows, f);
	else if (named)
		add_reason(f, 0.25, SEVERITY_EI_NAME);
	else
		add_reason(f, 0.25, SEVERITY_EI_NONE);
}

static void
judge_circumstances(const struct severity_facts *in, struct severity_factor *f)
{
	if (in->no_access)
		add_reason(f, 0, SEVERITY_CB_NO_ACCESS);
	else if (in->known_recipients)
		add_reason(f, 0.25, SEVERITY_CB_KNOWN);
	else
		add_reason(f, 0.5, SEVERITY_CB_UNKNOWN);
	if (!in->not_malicious)
		add_reason(f, 0.5, SEVERITY_CB_MALICIOUS);
	/* Of the two steps of each loss the graver counts. */
	if (in->integrity_lost)
		add_reason(f, 0.5, SEVERITY_CB_INTEGRITY);
	else if (in->integrity_recoverable)
		add_reason(f, 0.25, SEVERITY_CB_INTEGRITY_RECOVERABLE);
	if (in->availability_lost)
		add_reason(f, 0.5, SEVERITY_CB_AVAILABILITY);
	else if (in->availability_temporary)
		add_reason(f, 0.25, SEVERITY_CB_AVAILABILITY_TEMPORARY);
}

static void
decide(const struct severity_choice *choice, double min, double max,
       struct severity_factor *f)
{
	f->found = f->value;
	if (!choice->set || isnan(choice->value))
		return;
	const double value = choice->value < min   ? min
			     : choice->value > max ? max
						   : choice->value;
	/* The rules' reasons explain the rules' value, not this one. */
	*f = (struct severity_factor){.found = f->found};
	add_reason(f, value, SEVERITY_BY_ANALYST);
	if (value != choice->value)
		add_reason(f, 0, SEVERITY_NOTE_RANGE);
}

static enum severity_band
band_of(double score)
{
	/* The rules' values are quarters, exact in binary; an analyst's need
	 * not be: 3 * 0.7 + 0.9 comes out a hair below 3. */
	const double s = score + 1e-9;

	if (s >= 4)
		return SEVERITY_VERY_HIGH;
	if (s >= 3)
		return SEVERITY_HIGH;
	return s >= 2 ? SEVERITY_MEDIUM : SEVERITY_LOW;
}

void
severity_judge(const struct severity_facts *facts, struct severity *ret)
{
	struct severity s = {0};
	/* An analyst may find that none of it is about people. */
	const bool none = facts->analyst_dpc.value == 0;

	judge_context(facts, &s.dpc);
	judge_identification(facts, &s.ei);
	judge_circumstances(facts, &s.cb);
	decide(&facts->analyst_dpc, none ? 0 : CONTEXT_MIN, CONTEXT_MAX,
	       &s.dpc);
	decide(&facts->analyst_ei, 0.25, 1, &s.ei);
	decide(&facts->analyst_cb, 0, 2, &s.cb);
	/* Without personal data there is no breach of any. */
	if (s.dpc.value > 0)
		s.score = s.dpc.value * s.ei.value + s.cb.value;
	s.band = band_of(s.score);
	s.many = facts->people > MANY_PEOPLE;
	s.unintelligible = facts->unintelligible;
	*ret = s;
}
