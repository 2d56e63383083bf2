/* detect/registry: the one list of the kinds of personal data. */
#ifndef TOCSIN_DETECT_REGISTRY_H
#define TOCSIN_DETECT_REGISTRY_H

#include "base/kind.h"

/**
 * kind_by_id(id):
 * Look up the kind with number ${id}.
 *
 * Returns  NULL for KIND_NONE and for numbers that are none.
 */
const struct kind *kind_by_id(enum kind_id id);

/**
 * kind_by_name(name):
 * Look up the kind with the dotted name ${name}: "fr.nir".
 *
 * Returns  NULL if there is none.
 */
const struct kind *kind_by_name(struct span name);

/**
 * kind_all(ret_n):
 * List every kind, in the order of enum kind_id.
 *
 * Returns  A static array of ${ret_n} pointers, none NULL.
 */
const struct kind *const *kind_all(size_t *ret_n);

#endif
