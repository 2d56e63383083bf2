/* link/cluster, inside: what forbids that two groups are one person. */
#ifndef TOCSIN_LINK_CLUSTER_BARS_H
#define TOCSIN_LINK_CLUSTER_BARS_H

#include "link/units/units.h"

/** What a group is known by. */
struct bars {
	uint32_t nir;      /* the person's own; 0: not known */
	uint32_t date;     /* of birth, complete, in most mentions */
	uint32_t mentions; /* that give it */
};

/** bars_of(u): What the unit ${u} alone is known by. */
struct bars bars_of(const struct unit *u);

/** bars_forbid(a, b): May the groups not be one person? */
bool bars_forbid(const struct bars *a, const struct bars *b);

/** bars_join(a, b): What the two together are known by. */
struct bars bars_join(const struct bars *a, const struct bars *b);

#endif
