#include "detect/registry/registry.h"

#include "detect/address/address.h"
#include "detect/birthdate/birthdate.h"
#include "detect/blood/blood.h"
#include "detect/credential/credential.h"
#include "detect/email/email.h"
#include "detect/finess/finess.h"
#include "detect/health/health.h"
#include "detect/iban/iban.h"
#include "detect/name/name.h"
#include "detect/nir/nir.h"
#include "detect/phone/phone.h"
#include "detect/rpps/rpps.h"
#include "detect/sex/sex.h"
#include "detect/siret/siret.h"

/* In the order of enum kind_id, which kind_by_id() relies on. */
static const struct kind *const kinds[KIND_COUNT - 1] = {
	&kind_name_family,    &kind_name_birth,
	&kind_name_given,     &kind_name_full,
	&kind_birth_date,     &kind_sex,
	&kind_address_street, &kind_address_postcode,
	&kind_address_city,   &kind_phone,
	&kind_email,          &kind_fr_nir,
	&kind_fr_rpps,        &kind_fr_finess,
	&kind_fr_siret,       &kind_fr_siren,
	&kind_iban,           &kind_blood_group,
	&kind_health_note,    &kind_password,
	&kind_password_hash,  &kind_organisation_name,
};

const struct kind *
kind_by_id(enum kind_id id)
{
	if (id <= KIND_NONE || id >= KIND_COUNT)
		return NULL;
	return kinds[id - 1];
}

const struct kind *
kind_by_name(struct span name)
{
	for (size_t i = 0; i < KIND_COUNT - 1; i++)
		if (span_equal(name, span_str(kinds[i]->name)))
			return kinds[i];
	return NULL;
}

const struct kind *const *
kind_all(size_t *ret_n)
{
	*ret_n = KIND_COUNT - 1;
	return kinds;
}
