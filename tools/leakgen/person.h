/* leakgen: one made-up person, from birth to e-mail address. */
#ifndef LEAKGEN_PERSON_H
#define LEAKGEN_PERSON_H

#include "people.h"

/**
 * person_add(m, r, sex, year, family, origin):
 * Add somebody new to the block of ${m}: sex, name and birth are known, the
 * rest is not.
 */
struct person *person_add(struct maker *m, struct rng *r, uint32_t sex,
			  uint32_t year, const struct label *family,
			  enum names_origin origin);

/**
 * person_settle(m, r, p):
 * Give ${p}, whose names, birth, laboratory and home are known, the rest: a
 * NIR, a doctor, phones, perhaps an e-mail address.
 */
void person_settle(struct maker *m, struct rng *r, struct person *p);

/** person_mail(m, r, p): Give ${p} an e-mail address of their own. */
void person_mail(const struct maker *m, struct rng *r, struct person *p);

/** person_parent(m, r, child): Add a parent of ${child} who is no patient. */
uint32_t person_parent(struct maker *m, struct rng *r,
		       const struct person *child);

/** person_origin(m, r, lab): Where a family near ${lab} comes from. */
enum names_origin person_origin(const struct maker *m, struct rng *r,
				uint32_t lab);

/** person_marries(r, year): Does a woman of ${year} use a husband's name? */
bool person_marries(struct rng *r, uint32_t year);

#endif
