/* link/model, inside: what is expected of registers of people before anything
 * is learnt. */
#ifndef TOCSIN_LINK_MODEL_TYPICAL_H
#define TOCSIN_LINK_MODEL_TYPICAL_H

#include "link/model/model.h"

extern const struct model_class TYPICAL_SAME;
extern const struct model_class TYPICAL_HOUSE;
extern const struct model_class TYPICAL_CHANCE;

#endif
