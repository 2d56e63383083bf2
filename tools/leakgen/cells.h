/* leakgen: what stands in each cell. One function a column, or a few. */
#ifndef LEAKGEN_CELLS_H
#define LEAKGEN_CELLS_H

#include "columns.h"

/* The numbers that a whole family shares, for one purpose. */
static inline struct rng
family_rng(const struct row *row, uint64_t stream)
{
	return rng_for(rng_mix(row->m->seed + 1) + row->person->family, stream);
}

void cell_lab_finess(struct row *row, struct rng *r, struct text *t);
void cell_lab_name(struct row *row, struct rng *r, struct text *t);
void cell_lab_siret(struct row *row, struct rng *r, struct text *t);
void cell_dossier(struct row *row, struct rng *r, struct text *t);
void cell_sample_date(struct row *row, struct rng *r, struct text *t);
void cell_sample_time(struct row *row, struct rng *r, struct text *t);
void cell_civility(struct row *row, struct rng *r, struct text *t);
void cell_used(struct row *row, struct rng *r, struct text *t);
void cell_birth(struct row *row, struct rng *r, struct text *t);
void cell_given(struct row *row, struct rng *r, struct text *t);
void cell_birth_date(struct row *row, struct rng *r, struct text *t);
void cell_sex(struct row *row, struct rng *r, struct text *t);
void cell_nir(struct row *row, struct rng *r, struct text *t);
void cell_street(struct row *row, struct rng *r, struct text *t);
void cell_extra(struct row *row, struct rng *r, struct text *t);
void cell_postcode(struct row *row, struct rng *r, struct text *t);
void cell_city(struct row *row, struct rng *r, struct text *t);
void cell_home_phone(struct row *row, struct rng *r, struct text *t);
void cell_mobile(struct row *row, struct rng *r, struct text *t);
void cell_other_phone(struct row *row, struct rng *r, struct text *t);
void cell_mail(struct row *row, struct rng *r, struct text *t);
void cell_blood(struct row *row, struct rng *r, struct text *t);
void cell_insurer(struct row *row, struct rng *r, struct text *t);
void cell_regime(struct row *row, struct rng *r, struct text *t);
void cell_mutual(struct row *row, struct rng *r, struct text *t);
void cell_insured_family(struct row *row, struct rng *r, struct text *t);
void cell_insured_given(struct row *row, struct rng *r, struct text *t);
void cell_link(struct row *row, struct rng *r, struct text *t);
void cell_doctor_family(struct row *row, struct rng *r, struct text *t);
void cell_doctor_given(struct row *row, struct rng *r, struct text *t);
void cell_doctor_rpps(struct row *row, struct rng *r, struct text *t);
void cell_doctor_postcode(struct row *row, struct rng *r, struct text *t);
void cell_prescribed(struct row *row, struct rng *r, struct text *t);
void cell_prescriber_rpps(struct row *row, struct rng *r, struct text *t);
void cell_analyses(struct row *row, struct rng *r, struct text *t);
void cell_comment_patient(struct row *row, struct rng *r, struct text *t);
void cell_comment_clinical(struct row *row, struct rng *r, struct text *t);
void cell_comment_dossier(struct row *row, struct rng *r, struct text *t);
void cell_fasting(struct row *row, struct rng *r, struct text *t);
void cell_urgent(struct row *row, struct rng *r, struct text *t);
void cell_tubes(struct row *row, struct rng *r, struct text *t);
void cell_price(struct row *row, struct rng *r, struct text *t);
void cell_share(struct row *row, struct rng *r, struct text *t);
void cell_billing(struct row *row, struct rng *r, struct text *t);
void cell_invoice(struct row *row, struct rng *r, struct text *t);
void cell_iban(struct row *row, struct rng *r, struct text *t);
void cell_user(struct row *row, struct rng *r, struct text *t);
void cell_created(struct row *row, struct rng *r, struct text *t);
void cell_modified(struct row *row, struct rng *r, struct text *t);
void cell_request(struct row *row, struct rng *r, struct text *t);
void cell_barcode(struct row *row, struct rng *r, struct text *t);
void cell_archive(struct row *row, struct rng *r, struct text *t);
void cell_validated(struct row *row, struct rng *r, struct text *t);
void cell_edited(struct row *row, struct rng *r, struct text *t);
void cell_service(struct row *row, struct rng *r, struct text *t);
void cell_lot(struct row *row, struct rng *r, struct text *t);
void cell_state(struct row *row, struct rng *r, struct text *t);
void cell_sent_by(struct row *row, struct rng *r, struct text *t);
void cell_full_name(struct row *row, struct rng *r, struct text *t);
void cell_full_doctor(struct row *row, struct rng *r, struct text *t);
void cell_empty(struct row *row, struct rng *r, struct text *t);

#endif
